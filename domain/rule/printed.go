package rule

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"minglu/domain"
	"minglu/domain/ident"
	"minglu/domain/term"
)

// PrintedRate checks a printed rate against the numbers printed with it. What
// was printed stays as it is: the computed rate stands beside it, and where two
// readings remain neither is chosen.
var PrintedRate = domain.Rule{
	ID: "printed-rate", Version: 1, Mark: domain.Design,
	Title:    domain.Text{ZH: "公布的比率按同文所列数复算，不改原文", EN: "A printed rate is checked against the numbers printed with it"},
	Citation: "统计法 第三条（真实、准确）；GB/T 8170（数值修约）；新平县 2022-06-08 报告（满意度调查）",
}

// The bounds of a check. They keep every product below within an int64: the
// largest is 2·10⁷·10¹¹.
const (
	largestPrinted = 100_000_000_000
	largestPercent = 1000 // excluded
	mostDecimals   = 4
	mostParts      = 12
	longestText    = 60
)

// PrintedShare is a rate as a text prints it, with the numbers that the text
// prints. The parts of a list are added up.
type PrintedShare struct {
	Printed  string        `json:"printed"`            // such as "97.64%"
	Rounding term.Rounding `json:"rounding,omitempty"` // empty: half up
	// Numerator is what the rate counts. Remaining stands in its place where the
	// text prints what is left of the denominator.
	Numerator   []PrintedNumber `json:"numerator,omitempty"`
	Remaining   []PrintedNumber `json:"remaining,omitempty"`
	Denominator []PrintedNumber `json:"denominator,omitempty"` // empty: none is printed
	// Others are further numbers of the text, of which each may be the true
	// denominator. They are not added up.
	Others []PrintedNumber `json:"others,omitempty"`
}

// PrintedNumber is one number of a text.
type PrintedNumber struct {
	Name      string         `json:"name,omitempty"`
	N         int64          `json:"n"`
	Precision term.Precision `json:"precision,omitempty"` // empty: exact
	// RoundedTo is the unit that the number was rounded to half up, or of which 余
	// and 近 leave less than one. 0: a number without a word was not rounded, one
	// with 余 or 近 was to its last digit that is not 0.
	RoundedTo int64 `json:"rounded_to,omitempty"`
}

// Span is a number as printed and the whole numbers that it may stand for.
type Span struct{ N, From, To int64 }

// Span returns what the number may stand for: 1,200 rounded to 100 is 1,150 to
// 1,249, 2400余 is 2,400 to 2,499, 近30 is 21 to 30.
func (n PrintedNumber) Span() Span {
	unit := n.RoundedTo
	if unit == 0 {
		unit = 1
		for loose := n.Precision != "" && n.Precision != term.Exact; loose && n.N > 0 && n.N%(10*unit) == 0; {
			unit *= 10
		}
	}
	switch n.Precision {
	case term.AtLeast:
		return Span{n.N, n.N, n.N + unit - 1}
	case term.Nearly:
		return Span{n.N, max(0, n.N-unit+1), n.N}
	}
	return Span{n.N, max(0, n.N-unit/2), n.N + (unit-1)/2}
}

func totalOf(parts []PrintedNumber) *Span {
	if len(parts) == 0 {
		return nil
	}
	var sum Span
	for _, p := range parts {
		s := p.Span()
		sum = Span{sum.N + s.N, sum.From + s.From, sum.To + s.To}
	}
	return &sum
}

// less is what is left of s without t. What was printed decides that there is
// something left.
func (s Span) less(t Span) Span {
	return Span{s.N - t.N, max(0, s.From-t.To), max(0, s.To-t.From)}
}

// rateRead is a printed rate as a whole number of units of its last decimal.
type rateRead struct {
	units    int64
	decimals int
}

// text writes units with their decimals.
func (r rateRead) text() string {
	s := strconv.FormatInt(r.units, 10)
	if r.decimals == 0 {
		return s
	}
	if short := r.decimals + 1 - len(s); short > 0 {
		s = strings.Repeat("0", short) + s
	}
	return s[:len(s)-r.decimals] + "." + s[len(s)-r.decimals:]
}

func refuseRate(pointer, code string, t domain.Text) error {
	return domain.Refuse(domain.Invalid, PrintedRate, t, domain.Field{Pointer: pointer, Code: code, Message: t})
}

// readRate reads "97.64", "97.64%", "９７．６４％" and "百分之97.64". The decimals that
// are printed decide what the rate was rounded to.
func readRate(printed string) (rateRead, error) {
	const at = "/printed"
	s := ident.NormaliseName(printed)
	if before, ok := strings.CutSuffix(s, "%"); ok {
		s = before
	} else {
		s = strings.TrimPrefix(s, "百分之")
	}
	if rest, ok := strings.CutPrefix(s, "-"); ok && decimal(rest) {
		return rateRead{}, refuseRate(at, "negative", domain.Say("占比不能为负", "a share is not negative"))
	}
	if !decimal(s) {
		return rateRead{}, refuseRate(at, "rate_form", domain.Say("“%s”不是百分比，应如 97.64%%", "%q is no percentage such as 97.64%%", printed))
	}
	whole, part, _ := strings.Cut(s, ".")
	if len(part) > mostDecimals {
		return rateRead{}, refuseRate(at, "decimals", domain.Say("最多 %d 位小数", "%d decimals at most", mostDecimals))
	}
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil || n >= largestPercent {
		return rateRead{}, refuseRate(at, "too_large", domain.Say("应小于 %d%%", "less than %d%%", largestPercent))
	}
	r := rateRead{n, len(part)}
	for _, digit := range part {
		r.units = 10*r.units + int64(digit-'0')
	}
	return r, nil
}

// decimal reports whether s is digits, with one point inside or none.
func decimal(s string) bool {
	whole, part, point := strings.Cut(s, ".")
	digits := func(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }
	return digits(whole) && (!point || digits(part))
}

// form refuses numbers that cannot be, and a share of nothing.
func (p PrintedShare) form() error {
	if err := domain.Filled("/printed", p.Printed); err != nil {
		return err
	}
	if utf8.RuneCountInString(p.Printed) > longestText {
		return refuseRate("/printed", "too_long", domain.Say("最多 %d 个字", "%d characters at most", longestText))
	}
	for _, l := range p.lists() {
		if err := listForm("/"+string(l.part), l.numbers); err != nil {
			return err
		}
	}
	for i, n := range p.Others {
		if n.N == 0 {
			return refuseRate("/others/"+strconv.Itoa(i)+"/n", "undefined", undefinedRate)
		}
	}
	base, left := totalOf(p.Denominator), totalOf(p.Remaining)
	switch {
	case len(p.Numerator) > 0 && left != nil:
		return refuseRate("/remaining", "one_of", domain.Say("分子与剩余数只能写一项", "give the numerator or what is left, not both"))
	case base == nil:
		return nil
	case base.N == 0:
		return refuseRate("/denominator", "undefined", undefinedRate)
	case left != nil && left.N > base.N:
		return refuseRate("/remaining", "negative", domain.Say("剩余数 %d 大于分母 %d", "%d are left of %d", left.N, base.N))
	}
	return nil
}

var undefinedRate = domain.Text{ZH: "分母为零，比率无定义", EN: "the denominator is zero: the rate is undefined"}

func listForm(at string, numbers []PrintedNumber) error {
	if len(numbers) > mostParts {
		return refuseRate(at, "too_many", domain.Say("最多 %d 个数", "%d numbers at most", mostParts))
	}
	for i, n := range numbers {
		if err := n.form(at + "/" + strconv.Itoa(i)); err != nil {
			return err
		}
	}
	if sum := totalOf(numbers); sum != nil && sum.To > largestPrinted {
		return refuseRate(at, "too_large", domain.Say("合计不超过 %d", "%d at most together", largestPrinted))
	}
	return nil
}

func (n PrintedNumber) form(at string) error {
	switch {
	case n.N < 0:
		return refuseRate(at+"/n", "negative", domain.Say("数量不能为负", "a count is not negative"))
	case n.N > largestPrinted:
		return refuseRate(at+"/n", "too_large", domain.Say("不超过 %d", "%d at most", largestPrinted))
	case n.RoundedTo < 0:
		return refuseRate(at+"/rounded_to", "negative", domain.Say("取整单位不能为负", "a unit is not negative"))
	case n.RoundedTo > largestPrinted:
		return refuseRate(at+"/rounded_to", "too_large", domain.Say("不超过 %d", "%d at most", largestPrinted))
	case n.RoundedTo > 0 && n.N%n.RoundedTo != 0:
		return refuseRate(at+"/rounded_to", "not_a_multiple", domain.Say("%d 不是取整到 %d 的数", "%d was not rounded to %d", n.N, n.RoundedTo))
	case n.Precision == term.UnknownCount:
		return refuseRate(at+"/precision", "unknown_precision", domain.Say("精度不明的数不能用来复算", "a number of unknown precision checks nothing"))
	case utf8.RuneCountInString(n.Name) > longestText:
		return refuseRate(at+"/name", "too_long", domain.Say("最多 %d 个字", "%d characters at most", longestText))
	}
	return nil
}

// printedList is one list of the numbers of a text.
type printedList struct {
	part    term.RatePart
	numbers []PrintedNumber
}

func (p PrintedShare) lists() []printedList {
	return []printedList{
		{term.NumeratorPart, p.Numerator}, {term.RemainingPart, p.Remaining}, {term.DenominatorPart, p.Denominator}, {term.OtherPart, p.Others},
	}
}
