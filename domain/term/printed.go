package term

import "minglu/domain"

// RateVerdict is a code of the list of rate_verdict (公布比率的复算结论).
type RateVerdict string

// The codes of RateVerdict, in the order in which they are tried: the first
// that holds is the verdict.
const (
	Reproducible          RateVerdict = "reproducible"                     // 可复算
	ReproducibleIfBase    RateVerdict = "reproducible_if_baseline_rounded" // 分母取整时可复算
	ReproducibleIfRounded RateVerdict = "reproducible_if_rounded"          // 所列数取整时可复算
	OtherDenominatorFits  RateVerdict = "other_denominator_fits"           // 另一分母相符
	Irreproducible        RateVerdict = "irreproducible"                   // 不能复算
	NotCheckable          RateVerdict = "not_checkable"                    // 无从复算
)

// RateVerdicts is the list of rate_verdict.
var RateVerdicts = list("rate_verdict", "公布比率的复算结论", "verdict on a printed rate",
	string(Reproducible), "可复算", "reproducible",
	string(ReproducibleIfBase), "分母取整时可复算", "reproducible if the base was rounded",
	string(ReproducibleIfRounded), "所列数取整时可复算", "reproducible if the numbers were rounded",
	string(OtherDenominatorFits), "另一分母相符", "another denominator fits",
	string(Irreproducible), "不能复算", "not reproducible",
	string(NotCheckable), "无从复算", "not checkable",
)

// UnmarshalText refuses a code that is not in the list.
func (c *RateVerdict) UnmarshalText(b []byte) error { return read(c, b, RateVerdicts) }

// Label returns the words for the code.
func (c RateVerdict) Label() domain.Text { return RateVerdicts.Label(string(c)) }

// List returns the closed list the code belongs to.
func (RateVerdict) List() *List { return RateVerdicts }

// Rounding is a code of the list of rounding (修约方式).
type Rounding string

// The codes of Rounding.
const (
	HalfUp          Rounding = "half_up"    // 四舍五入
	HalfEven        Rounding = "half_even"  // 四舍六入五成双（GB/T 8170）
	Truncated       Rounding = "truncated"  // 舍去尾数
	RoundedUp       Rounding = "rounded_up" // 进一
	UnknownRounding Rounding = "unknown"    // 不明
)

// Roundings is the list of rounding.
var Roundings = list("rounding", "修约方式", "rounding",
	string(HalfUp), "四舍五入", "half up",
	string(HalfEven), "四舍六入五成双", "half to even",
	string(Truncated), "舍去尾数", "truncated",
	string(RoundedUp), "进一", "rounded up",
	string(UnknownRounding), "不明", "unknown",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Rounding) UnmarshalText(b []byte) error { return read(c, b, Roundings) }

// Label returns the words for the code.
func (c Rounding) Label() domain.Text { return Roundings.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Rounding) List() *List { return Roundings }

// RatePart is a code of the list of rate_part (比率的组成).
type RatePart string

// The codes of RatePart.
const (
	NumeratorPart   RatePart = "numerator"   // 分子
	RemainingPart   RatePart = "remaining"   // 剩余数
	DenominatorPart RatePart = "denominator" // 分母
	OtherPart       RatePart = "others"      // 同文其他数
)

// RateParts is the list of rate_part.
var RateParts = list("rate_part", "比率的组成", "part of a rate",
	string(NumeratorPart), "分子", "numerator",
	string(RemainingPart), "剩余数", "what is left",
	string(DenominatorPart), "分母", "denominator",
	string(OtherPart), "同文其他数", "other number of the text",
)

// UnmarshalText refuses a code that is not in the list.
func (c *RatePart) UnmarshalText(b []byte) error { return read(c, b, RateParts) }

// Label returns the words for the code.
func (c RatePart) Label() domain.Text { return RateParts.Label(string(c)) }

// List returns the closed list the code belongs to.
func (RatePart) List() *List { return RateParts }
