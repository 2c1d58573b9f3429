package rule

import (
	"slices"
	"strconv"

	"minglu/domain"
	"minglu/domain/calendar"
)

// TwoOfficers wants at least two different officers with a credential where the
// law wants two: inspections, investigations, hearings.
var TwoOfficers = domain.Rule{
	ID: "two-officers", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "执法人员不得少于两人并持证", EN: "At least two officers with credentials"},
	Citation: "行政处罚法 第四十二条",
	Quote:    "行政处罚应当由具有行政执法资格的执法人员实施。执法人员不得少于两人，法律另有规定的除外。",
}

// Recusal keeps out officers with an interest.
var Recusal = domain.Rule{
	ID: "recusal", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "有利害关系的执法人员应当回避", EN: "An officer with an interest withdraws"},
	Citation: "行政处罚法 第四十三条",
}

// Officer is one enforcement officer of the register: a number, never a name.
type Officer struct {
	ID         string       `json:"id"`
	Agency     string       `json:"agency"`
	Credential string       `json:"credential"`
	Field      string       `json:"field,omitempty"`
	From       calendar.Day `json:"from"`
	Until      calendar.Day `json:"until,omitzero"` // last day of the credential; zero: open
}

// On reports whether the officer's credential holds on a day.
func (o Officer) On(day calendar.Day) bool {
	return o.From <= day && (o.Until == 0 || day <= o.Until)
}

// Officer returns the officer of that number whose credential holds on a day.
func (l Law) Officer(id string, on calendar.Day) (Officer, bool) {
	for _, o := range slices.Backward(l.Roster) {
		if o.ID == id && o.On(on) {
			return o, true
		}
	}
	return Officer{}, false
}

// Own returns how many of some officers are of an agency on a day; those whose
// credential has ended count for the one where they were last.
func (l Law) Own(agency string, on calendar.Day, officers []string) int {
	n := 0
	for _, id := range officers {
		o, ok := l.Officer(id, on)
		for _, last := range l.Roster {
			if !ok && last.ID == id {
				o = last
			}
		}
		if o.Agency == agency {
			n++
		}
	}
	return n
}

// TwoOfficersOf refuses as TwoOfficers does, and officers of whom fewer than two
// are of an agency: those of others may join two of its own.
func (l Law) TwoOfficersOf(agency string, on calendar.Day, officers []string, pointer string) error {
	if err := l.TwoOfficers(on, officers, pointer); err != nil || l.Own(agency, on, officers) >= 2 {
		return err
	}
	t := domain.Say("承办机关 %s 的执法人员不得少于两人，其他机关的人员可以参加", "at least two officers are of %s, which handles it; those of others may join them", agency)
	return domain.Refuse(domain.Conflict, TwoOfficers, t, domain.Field{Pointer: pointer, Code: "other_agency", Message: t})
}

// TwoOfficers refuses officers who are fewer than two different ones, or of whom
// one is not in the register of officers with a credential that holds on the
// day. pointer is where the list stands in the act.
func (l Law) TwoOfficers(on calendar.Day, officers []string, pointer string) error {
	refuse := func(pointer, code string, t domain.Text) error {
		return domain.Refuse(domain.Conflict, TwoOfficers, t, domain.Field{Pointer: pointer, Code: code, Message: t})
	}
	seen := map[string]bool{}
	for i, o := range officers {
		at := pointer + "/" + strconv.Itoa(i)
		if seen[o] {
			return refuse(at, "same_officer", domain.Say("同一人员 %s 写了两次", "officer %s stands twice", o))
		}
		seen[o] = true
		if _, ok := l.Officer(o, on); !ok {
			return refuse(at, "not_registered", domain.Say("%s 当日没有在册的执法资格", "%s holds no registered credential on the day", o))
		}
	}
	if len(seen) < 2 {
		return refuse(pointer, "too_few", domain.Say("执法人员不得少于两人", "at least two officers are needed"))
	}
	return nil
}
