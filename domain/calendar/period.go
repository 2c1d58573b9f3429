package calendar

import (
	"strconv"
	"strings"

	"minglu/domain"
)

// Unit is what the length of a period counts.
type Unit string

// The units of periods.
const (
	WorkingDays Unit = "working_days"
	Days        Unit = "days"
	Months      Unit = "months"
	Years       Unit = "years"
)

// maxLength bounds the length of a period in any unit.
const maxLength = 36500

// Period is the length of a legal period. Its text form, which JSON and the
// parameters of jurisdictions use, is "5 working_days" or, with Roll, "60 days
// roll". The zero value is no period and is refused by Due.
type Period struct {
	// N is the number of units, from 0 to 36500.
	N int
	// Unit is what N counts.
	Unit Unit
	// Roll moves a last day that is not a working day to the next working day
	// (Civil Code §203). It says nothing to a period of working days.
	Roll bool
}

// ParsePeriod reads the text form and nothing else: no signs, leading zeros or
// further spaces. The code of the field is "period" or "period_length".
func ParsePeriod(s string) (Period, error) {
	text, roll := strings.CutSuffix(s, " roll")
	length, unit, _ := strings.Cut(text, " ")
	n, err := strconv.Atoi(length)
	if err != nil || strconv.Itoa(n) != length || !Unit(unit).known() {
		return Period{}, domain.BadField("", "period", domain.Say(
			"期限“%s”应写成数字加单位（working_days、days、months、years），如“5 working_days”或“60 days roll”",
			"write the period “%s” as a number and a unit (working_days, days, months, years), such as “5 working_days” or “60 days roll”", clip(s)))
	}
	p := Period{N: n, Unit: Unit(unit), Roll: roll}
	if err := p.check(); err != nil {
		return Period{}, err
	}
	return p, nil
}

// String returns the text form, or "" for no period.
func (p Period) String() string {
	if p.IsZero() {
		return ""
	}
	s := strconv.Itoa(p.N) + " " + string(p.Unit)
	if p.Roll {
		s += " roll"
	}
	return s
}

// IsZero reports whether p is no period.
func (p Period) IsZero() bool {
	return p == Period{}
}

// MarshalText writes the text form. A period that [ParsePeriod] would refuse
// is refused.
func (p Period) MarshalText() ([]byte, error) {
	if err := p.check(); err != nil {
		return nil, err
	}
	return []byte(p.String()), nil
}

// UnmarshalText reads what [ParsePeriod] reads.
func (p *Period) UnmarshalText(text []byte) error {
	read, err := ParsePeriod(string(text))
	if err != nil {
		return err
	}
	*p = read
	return nil
}

// Due returns the last day of a period that starts on start. The start day is
// not counted (Civil Code §201). Days are calendar days; months and years end
// on the day of the same number or, where there is none, on the last day of
// the month (Civil Code §202). The period ends at 24:00 of that day, see
// [Day.End].
//
// cal is asked only for working days and for rolling; it refuses with
// [ErrYearNotPublished] where it must guess.
func (p Period) Due(cal Calendar, start Day) (Day, error) {
	return p.DueWithPauses(cal, start, nil)
}

// DueWithPauses is Due for a period that was suspended: days within a pause
// are not counted. Months and years are first turned into the calendar days to
// the last day they would have without a pause. Pauses may come in any order
// and may overlap. Where the period reaches a pause that is not resumed, the
// refusal is [ErrPaused].
func (p Period) DueWithPauses(cal Calendar, start Day, intervals []Interval) (Day, error) {
	if err := p.check(); err != nil {
		return 0, err
	}
	if start.IsZero() {
		return 0, noDay()
	}
	stops, err := newPauses(intervals)
	if err != nil {
		return 0, err
	}
	if p.Unit == WorkingDays {
		return cal.walk(start, p.N, stops)
	}
	due, err := p.plain(start)
	if err != nil {
		return 0, err
	}
	if len(stops) > 0 {
		if due, err = stops.walk(start, int(due-start)); err != nil {
			return 0, err
		}
	}
	if p.Roll {
		return cal.roll(due, stops)
	}
	return due, nil
}

// plain returns the last day of a period of days, months or years without
// pauses and before rolling.
func (p Period) plain(start Day) (Day, error) {
	n := p.N
	switch p.Unit {
	case Days:
		if n > int(lastDay-start) {
			return 0, tooLate(p, start)
		}
		return start.AddDays(n), nil
	case Years:
		n *= 12
	}
	if 12*start.Year()+int(start.Month())-1+n >= 12*(lastYear+1) {
		return 0, tooLate(p, start)
	}
	return start.AddMonths(n), nil
}

// walk returns the n-th calendar day after start that lies in no pause.
func (p pauses) walk(start Day, n int) (Day, error) {
	d := start
	for range n {
		next, err := p.next(d + 1)
		if err != nil {
			return 0, err
		}
		d = next
	}
	if d > lastDay {
		return 0, domain.BadField("", "date_range", domain.Say(
			"期限届满日晚于 %s", "the period ends after %s", lastDay))
	}
	return d, nil
}

func (p Period) check() error {
	if !p.Unit.known() {
		return domain.BadField("", "period", domain.Say(
			"期限单位“%s”不可识别", "the unit “%s” of a period is not known", clip(string(p.Unit))))
	}
	if p.N < 0 || p.N > maxLength {
		return badLength(p.N)
	}
	return nil
}

func (u Unit) known() bool {
	return u == WorkingDays || u == Days || u == Months || u == Years
}

func tooLate(p Period, start Day) error {
	return domain.BadField("", "date_range", domain.Say(
		"自 %s 起的期限“%s”届满日晚于 %s", "the period “%[2]s” from %[1]s ends after %[3]s", start, p, lastDay))
}
