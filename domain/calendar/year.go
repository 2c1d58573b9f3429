package calendar

import (
	"strconv"
	"time"

	"minglu/domain"
)

// Year is what the notices of the State Council say about the days of one
// calendar year. A notice also names days of the year before or after; they
// belong to the Year they lie in, so that the last days of December are final
// only with the notice of the next year.
type Year struct {
	// DaysOff are the days of the holidays, weekend days among them included.
	DaysOff []Day `json:"days_off"`
	// MakeUpDays are the weekend days that are worked.
	MakeUpDays []Day `json:"make_up_days"`
	// Source names the notice.
	Source string `json:"source"`
}

// Check refuses a year that cannot be: a day outside the year, a day named
// twice, or a make-up day that is not a Saturday or Sunday. The pointers of
// the fields lead to the days, such as "/days_off/3".
func (y Year) Check(year int) error {
	if year < firstYear || year > lastYear {
		return domain.BadField("/year", "date_range", domain.Say(
			"工作日历的年份应在 %d 至 %d 年之间", "the year of a calendar must lie between %d and %d", firstYear, lastYear))
	}
	var faults []domain.Field
	seen := map[Day]bool{}
	check := func(member string, days []Day, weekendOnly bool) {
		for i, d := range days {
			pointer := "/" + member + "/" + strconv.Itoa(i)
			switch {
			case d.Year() != year:
				faults = append(faults, domain.Field{Pointer: pointer, Code: "other_year", Message: domain.Say(
					"%s 不在 %d 年", "%s does not lie in %d", d, year)})
			case seen[d]:
				faults = append(faults, domain.Field{Pointer: pointer, Code: "twice", Message: domain.Say(
					"%s 重复", "%s is named twice", d)})
			case weekendOnly && !weekend(d):
				faults = append(faults, domain.Field{Pointer: pointer, Code: "not_weekend", Message: domain.Say(
					"调休上班日 %s 不是周六或周日", "the make-up day %s is not a Saturday or Sunday", d)})
			}
			seen[d] = true
		}
	}
	check("days_off", y.DaysOff, false)
	check("make_up_days", y.MakeUpDays, true)
	if len(faults) == 0 {
		return nil
	}
	return domain.Fault(domain.Invalid, domain.Say(
		"%d 年工作日历有 %d 处错误", "the calendar of %d has %d faults", year, len(faults)), faults...)
}

func (y Year) clone() Year {
	y.DaysOff = append([]Day(nil), y.DaysOff...)
	y.MakeUpDays = append([]Day(nil), y.MakeUpDays...)
	return y
}

func weekend(d Day) bool {
	return d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
}

// table is a year made ready for questions; it is never changed once made.
type table struct {
	given       Year
	first, last Day
	working     [366]bool
}

func newTable(year int, y Year) *table {
	t := &table{given: y.clone(), first: fromCivil(year, time.January, 1), last: fromCivil(year, time.December, 31)}
	for d := t.first; d <= t.last; d++ {
		t.working[d-t.first] = !weekend(d)
	}
	t.mark(y.DaysOff, false)
	t.mark(y.MakeUpDays, true)
	return t
}

func (t *table) mark(days []Day, working bool) {
	for _, d := range days {
		if d >= t.first && d <= t.last {
			t.working[d-t.first] = working
		}
	}
}
