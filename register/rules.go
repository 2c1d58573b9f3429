package register

import (
	"time"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/eventstore"
)

// DivisionKnown refuses divisions that are none on the day.
var DivisionKnown = domain.Rule{
	ID: "division", Version: 1, Mark: domain.Seen,
	Title:    domain.Text{ZH: "行政区划代码", EN: "Division codes"},
	Citation: "GB/T 2260；统计用区划代码（截至 2023-06-30）",
}

// EffectiveDay refuses days to come where the act does not allow them.
var EffectiveDay = domain.Rule{
	ID: "effective-day", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "生效日", EN: "Effective day"},
}

// divisionOn returns the code if it is a division on the day. Unknown is not
// invalid in the table, but an act needs a place that can be named.
func divisionOn(code string, on calendar.Day) (division.Code, error) {
	const at = "/division"
	c, err := division.Parse(code)
	if err != nil {
		return "", domain.At(at, err)
	}
	refuse := func(code string, t domain.Text) error {
		return domain.Refuse(domain.Invalid, DivisionKnown, t, domain.Field{Pointer: at, Code: code, Message: t})
	}
	r := division.Resolve(c, on)
	switch {
	case r.Status == division.Unknown:
		return "", refuse("unknown_division", domain.Say("区划代码 %s 不在代码表中", "division %s is not in the table", c))
	case r.Status == division.NotYetValid:
		return "", refuse("not_yet_valid", domain.Say("区划代码 %s 自 %s 起启用", "division %s is valid from %s on", c, r.Division.ValidFrom))
	case r.Status == division.Retired && r.Division.Successor != "":
		return "", refuse("retired", domain.Say("区划代码 %s 已于 %s 停用，现为 %s", "division %s was retired on %s; its successor is %s", c, r.Division.ValidTo, r.Division.Successor))
	case r.Status == division.Retired:
		return "", refuse("retired", domain.Say("区划代码 %s 已于 %s 停用", "division %s was retired on %s", c, r.Division.ValidTo))
	case r.Division.Grouping:
		return "", refuse("grouping_code", domain.Say("%s 是汇总码，不是一个地方", "%s groups divisions and is no place", c))
	}
	return c, nil
}

// effectiveOf reads the effective day or instant of an act.
func effectiveOf(s string, future bool, now time.Time) (time.Time, error) {
	const at = "/effective"
	if s == "" {
		return time.Time{}, domain.BadField(at, "required", domain.Say("请写明生效日", "give the effective day"))
	}
	t, err := eventstore.ParseEffective(s)
	if err != nil || t.Year() < 1949 || t.Year() > 2200 {
		return time.Time{}, domain.BadField(at, "impossible_date", domain.Say(
			"“%s”不是可能的日期或时刻，应为 2021-07-07 或 RFC 3339", "%q is no possible day or instant; use 2021-07-07 or RFC 3339", s))
	}
	if !future && calendar.DayOf(t) > calendar.DayOf(now) {
		return time.Time{}, domain.Refuse(domain.Invalid, EffectiveDay, domain.Say(
			"这一行为不能在将来（%s）生效", "this act cannot take effect in the future (%s)", s),
			domain.Field{Pointer: at, Code: "future", Message: domain.Say("应不晚于今天", "not after today")})
	}
	return t, nil
}
