package figure

import (
	"minglu/domain"
	"minglu/domain/term"
)

// CountRule keeps units and precisions apart.
var CountRule = domain.Rule{
	ID: "count", Version: 1, Mark: domain.Design,
	Title:    domain.Text{ZH: "计数须有单位与精度，“余”“近”不变成准数", EN: "Counts have a unit and a precision"},
	Citation: "统计法 第三条（真实、准确）",
}

// Count is a number of something, known exactly or not.
type Count struct {
	N         int            `json:"n"`
	Unit      term.Unit      `json:"unit"`
	Precision term.Precision `json:"precision,omitempty"` // empty: exact
}

// Of returns n of a unit, known exactly.
func Of(n int, unit term.Unit) Count { return Count{N: n, Unit: unit, Precision: term.Exact} }

// Check refuses a negative number and a count without unit, at pointer.
func (c Count) Check(pointer string) error {
	if c.N < 0 {
		t := domain.Say("数量不能为负", "a count is not negative")
		return domain.Refuse(domain.Invalid, CountRule, t, domain.Field{Pointer: pointer + "/n", Code: "negative", Message: t})
	}
	if c.Unit == "" {
		t := domain.Say("请写明单位", "a count needs a unit")
		return domain.Refuse(domain.Invalid, CountRule, t, domain.Field{Pointer: pointer + "/unit", Code: "required", Message: t})
	}
	return nil
}

// Filled returns the count with its precision written out.
func (c Count) Filled() Count {
	if c.Precision == "" {
		c.Precision = term.Exact
	}
	return c
}

// Plus adds two counts of one unit. A sum with a part that is at least is at
// least; one with a part that is nearly is nearly; one with both has no bound
// and is unknown. The sum with a count of another unit is unknown too: visits do
// not add up with institutions.
func (c Count) Plus(d Count) Count {
	switch {
	case c.Unit == "":
		return d.Filled()
	case d.Unit == "":
		return c.Filled()
	}
	out := Count{N: c.N + d.N, Unit: c.Unit, Precision: c.Filled().Precision}
	switch a, b := c.Filled().Precision, d.Filled().Precision; {
	case c.Unit != d.Unit:
		out.Precision = term.UnknownCount
	case a == b || b == term.Exact:
	case a == term.Exact:
		out.Precision = b
	default:
		out.Precision = term.UnknownCount
	}
	return out
}
