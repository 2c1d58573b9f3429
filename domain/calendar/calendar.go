package calendar

import (
	"maps"
	"slices"
	"strconv"

	"minglu/domain"
)

// PublishedRule is the rule that a working day is known only from a published
// notice. Refusals by it match [ErrYearNotPublished].
var PublishedRule = domain.Rule{
	ID: "calendar-published",
	Title: domain.Text{
		ZH: "工作日以国务院办公厅公布的节假日安排为准，未公布的年份不作推算",
		EN: "working days follow the published holiday notice; a year without one is not guessed",
	},
	Citation: "全国年节及纪念日放假办法；国务院办公厅年度节假日安排通知",
	Mark:     domain.Design,
	Version:  1,
}

// ErrYearNotPublished matches, with errors.Is, every refusal for want of the
// calendar of a year; the refusal itself names the year.
var ErrYearNotPublished error = domain.Refuse(domain.Conflict, PublishedRule, domain.Text{
	ZH: "该年度工作日历尚未公布", EN: "the working-day calendar of that year is not published",
})

// Calendar tells working days from others: Monday to Friday without the days
// off, and the make-up days. It is a value that never changes and may be used
// by many at once. The zero value has no year, so that it refuses every
// question.
type Calendar struct {
	version string
	years   map[int]*table
}

// New returns the calendar of the given years. Years that fail [Year.Check]
// are refused, with pointers such as "/2027/days_off/3". The calendar keeps
// copies of the days.
func New(version string, years map[int]Year) (Calendar, error) {
	c := Calendar{version: version, years: make(map[int]*table, len(years))}
	for _, year := range slices.Sorted(maps.Keys(years)) {
		if err := years[year].Check(year); err != nil {
			return Calendar{}, domain.At("/"+strconv.Itoa(year), err)
		}
		c.years[year] = newTable(year, years[year])
	}
	return c, nil
}

// With returns a calendar of that version in which the year is y, whether or
// not it was there before; c is unchanged. y MUST have passed [Year.Check]. A
// year that did not is read as far as it goes: days outside the year count for
// nothing, and a day in both lists is worked.
func (c Calendar) With(year int, y Year, version string) Calendar {
	years := maps.Clone(c.years)
	if years == nil {
		years = map[int]*table{}
	}
	years[year] = newTable(year, y)
	return Calendar{version: version, years: years}
}

// Version names the calendar, as facts that rest on it record it.
func (c Calendar) Version() string {
	return c.version
}

// Years returns the years of the calendar, oldest first.
func (c Calendar) Years() []int {
	return slices.Sorted(maps.Keys(c.years))
}

// Year returns a copy of what was published for a year, and whether there is
// anything.
func (c Calendar) Year(year int) (Year, bool) {
	t, ok := c.years[year]
	if !ok {
		return Year{}, false
	}
	return t.given.clone(), true
}

// IsWorkingDay reports whether d is a working day.
func (c Calendar) IsWorkingDay(d Day) (bool, error) {
	t, err := c.table(d)
	if err != nil {
		return false, err
	}
	return t.working[d-t.first], nil
}

// AddWorkingDays returns the n-th working day after start. The start day is
// not counted, whether or not it is a working day (Civil Code §201); with n = 0
// the answer is start. A negative n is refused.
func (c Calendar) AddWorkingDays(start Day, n int) (Day, error) {
	if n < 0 {
		return 0, badLength(n)
	}
	return c.walk(start, n, nil)
}

// CountWorkingDays returns the number of working days from from to to, both
// included; 0 where to lies before from.
func (c Calendar) CountWorkingDays(from, to Day) (int, error) {
	if from.IsZero() || to.IsZero() {
		return 0, noDay()
	}
	n := 0
	for d := from; d <= to; d++ {
		working, err := c.IsWorkingDay(d)
		if err != nil {
			return 0, err
		}
		if working {
			n++
		}
	}
	return n, nil
}

// RollForward returns d where d is a working day, and else the next one (Civil
// Code §203).
func (c Calendar) RollForward(d Day) (Day, error) {
	return c.roll(d, nil)
}

// walk returns the n-th working day after start that lies in no pause.
func (c Calendar) walk(start Day, n int, p pauses) (Day, error) {
	if start.IsZero() {
		return 0, noDay()
	}
	d := start
	var t *table
	for n > 0 {
		next, err := p.next(d + 1)
		if err != nil {
			return 0, err
		}
		d = next
		if t == nil || d > t.last {
			if t, err = c.table(d); err != nil {
				return 0, err
			}
		}
		if t.working[d-t.first] {
			n--
		}
	}
	return d, nil
}

// roll returns the first working day from d on that lies in no pause.
func (c Calendar) roll(d Day, p pauses) (Day, error) {
	for {
		next, err := p.next(d)
		if err != nil {
			return 0, err
		}
		working, err := c.IsWorkingDay(next)
		if err != nil || working {
			return next, err
		}
		d = next + 1
	}
}

func (c Calendar) table(d Day) (*table, error) {
	if d.IsZero() {
		return nil, noDay()
	}
	year := d.Year()
	t, ok := c.years[year]
	if !ok {
		e := domain.Refuse(domain.Conflict, PublishedRule, domain.Say(
			"%d 年工作日历尚未公布，无法计算工作日", "the working-day calendar of %d is not published, so working days in it cannot be counted", year))
		e.Hint = domain.Say("公布 %d 年工作日历后再办", "publish the calendar of %d first", year)
		return nil, e
	}
	return t, nil
}

func noDay() error {
	return domain.BadField("", "no_day", domain.Say("缺少日期，无法计算", "there is no day to count from"))
}

func badLength(n int) error {
	return domain.BadField("", "period_length", domain.Say(
		"期限长度 %d 应在 0 至 %d 之间", "the length %d of a period must lie between 0 and %d", n, maxLength))
}
