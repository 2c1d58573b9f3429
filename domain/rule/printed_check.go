package rule

import (
	"slices"
	"strconv"

	"minglu/domain/term"
)

// PrintedCheck says what came of checking a printed rate.
type PrintedCheck struct {
	Verdict  term.RateVerdict
	Rounding term.Rounding // asked for
	// Rate is the printed rate without its sign, empty where the text prints no
	// base at all. Computed is the rate of the numbers as they were printed, by the
	// rounding asked for (half up where that is unknown); empty where one is
	// missing.
	Rate, Computed string
	// The numbers as printed, with what they may stand for; nil where the text
	// prints none. Numerator is what Remaining leaves of Denominator where only
	// that was printed.
	Numerator, Remaining, Denominator *Span
	// Fits are the roundings, of all there are, by which the numbers as printed give
	// the printed rate.
	Fits []term.Rounding
	// Within tells of what numbers within the rounding of the printed ones the rate
	// is; nil unless the verdict rests on it.
	Within *PrintedWithin
	// Denominators are all other denominators of which the rate would be the printed
	// one.
	Denominators []FittingDenominators
}

// PrintedWithin is the smallest and the largest of the numbers that together
// give the printed rate. Part is the numerator, or what is left.
type PrintedWithin struct {
	Kept              term.RatePart // what Part is
	Part, Denominator Range
}

// FittingDenominators are the denominators that give the printed rate where one
// number is kept as it was printed.
type FittingDenominators struct {
	Kept       term.RatePart // the numerator or what is left
	N          int64
	Range      Range
	Candidates []PrintedCandidate
}

// PrintedCandidate is a number of the text in a range of denominators, or a sum
// or difference of two of them. The total of a list is a number of the text.
type PrintedCandidate struct {
	Part   term.RatePart // the list that it stands in; empty: reckoned
	Name   string
	MadeOf string // such as "29 - 5"; empty: printed
	N      int64
	Fits   Range  // the numbers that it may stand for and that give the rate
	Rate   string // with N
}

// CheckPrinted checks a printed rate in whole numbers. It refuses, by
// [PrintedRate], what is no percentage, numbers that cannot be and a denominator
// that is zero. Without a count or a denominator nothing can be checked, and
// without denominators at all the printed text may be anything, such as 清零.
func CheckPrinted(p PrintedShare) (PrintedCheck, error) {
	if err := p.form(); err != nil {
		return PrintedCheck{}, err
	}
	if p.Rounding == "" {
		p.Rounding = term.HalfUp
	}
	c := PrintedCheck{Verdict: term.NotCheckable, Rounding: p.Rounding, Numerator: totalOf(p.Numerator), Remaining: totalOf(p.Remaining), Denominator: totalOf(p.Denominator)}
	if c.Denominator == nil && len(p.Others) == 0 {
		return c, nil
	}
	read, err := readRate(p.Printed)
	if err != nil {
		return PrintedCheck{}, err
	}
	c.Rate = read.text()
	if c.Remaining != nil && c.Denominator != nil {
		n := c.Denominator.less(*c.Remaining)
		c.Numerator = &n
	}
	w := windowOf(read, p.Rounding)
	c.Denominators = c.fitting(p, read, w)
	if c.Numerator != nil && c.Denominator != nil {
		c.compare(p, read, w)
	}
	printed := func(d FittingDenominators) bool {
		return slices.ContainsFunc(d.Candidates, func(x PrintedCandidate) bool { return x.MadeOf == "" })
	}
	if (c.Verdict == term.NotCheckable || c.Verdict == term.Irreproducible) && slices.ContainsFunc(c.Denominators, printed) {
		c.Verdict = term.OtherDenominatorFits
	}
	return c, nil
}

// compare settles what follows from the numbers of the rate itself.
func (c *PrintedCheck) compare(p PrintedShare, read rateRead, w window) {
	tried := triedFor(p.Rounding)
	c.Computed = rounded(c.Numerator.N, c.Denominator.N, read.decimals, tried[0]).text()
	for _, k := range everyRounding {
		if rounded(c.Numerator.N, c.Denominator.N, read.decimals, k) == read {
			c.Fits = append(c.Fits, k)
		}
	}
	if slices.ContainsFunc(tried, func(k term.Rounding) bool { return slices.Contains(c.Fits, k) }) {
		c.Verdict = term.Reproducible
		return
	}
	kept, part := term.NumeratorPart, *c.Numerator
	if c.Remaining != nil {
		kept, part, w = term.RemainingPart, *c.Remaining, w.rest()
	}
	base := c.Denominator.bounds()
	if r := w.bases(part.N).within(base); !r.empty() {
		c.Verdict, c.Within = term.ReproducibleIfBase, &PrintedWithin{kept, Range{part.N, part.N}, r}
		return
	}
	if parts, bases := w.pairs(part.bounds(), base); !bases.empty() {
		c.Verdict, c.Within = term.ReproducibleIfRounded, &PrintedWithin{kept, parts, bases}
		return
	}
	c.Verdict = term.Irreproducible
}

// fitting finds the denominators that give the rate with the numerator as it was
// printed, and with what is left as it was printed.
func (c *PrintedCheck) fitting(p PrintedShare, read rateRead, w window) []FittingDenominators {
	var out []FittingDenominators
	add := func(kept term.RatePart, part *Span, w window) {
		if part == nil {
			return
		}
		if r := w.bases(part.N); !r.empty() {
			f := FittingDenominators{Kept: kept, N: part.N, Range: r}
			f.Candidates = c.candidates(p, f, read.decimals)
			out = append(out, f)
		}
	}
	add(term.NumeratorPart, c.Numerator, w)
	add(term.RemainingPart, c.Remaining, w.rest())
	return out
}

// candidates are the numbers of the text, and what two of them make, in a range.
// What the rate was printed of is none: the denominator itself, and, unless the
// text names it as another number, the count.
func (c *PrintedCheck) candidates(p PrintedShare, f FittingDenominators, decimals int) []PrintedCandidate {
	taken := map[int64]bool{0: true}
	for _, s := range []*Span{c.Numerator, c.Remaining, c.Denominator} {
		if s != nil {
			taken[s.N] = true
		}
	}
	var out []PrintedCandidate
	add := func(x PrintedCandidate) {
		x.Rate = rounded(f.over(x.N), x.N, decimals, triedFor(p.Rounding)[0]).text()
		out = append(out, x)
		taken[x.N] = true
	}
	numbers := p.pool()
	for _, n := range numbers {
		own := taken[n.span.N] && (n.part != term.OtherPart || c.Denominator != nil && n.span.N == c.Denominator.N)
		if fits := f.Range.within(n.span.bounds()); !own && !fits.empty() {
			add(PrintedCandidate{Part: n.part, Name: n.name, N: n.span.N, Fits: fits})
		}
	}
	if f.Range.To == Unbounded {
		return out // everything fits, and so nothing tells
	}
	for i, a := range numbers {
		for _, b := range numbers[i+1:] {
			if a.part == b.part && a.total != b.total {
				continue
			}
			for _, m := range a.with(b) {
				if !taken[m.N] && f.Range.From <= m.N && m.N <= f.Range.To {
					m.Fits = Range{m.N, m.N}
					add(m)
				}
			}
		}
	}
	return out
}

// over returns the numerator over a denominator: what is kept, or what it leaves.
func (f FittingDenominators) over(base int64) int64 {
	if f.Kept == term.RemainingPart {
		return max(0, base-f.N)
	}
	return f.N
}

// pooled is a number of a text, or the total of a list.
type pooled struct {
	part  term.RatePart
	name  string
	total bool
	span  Span
}

// with returns what two numbers make together.
func (p pooled) with(q pooled) []PrintedCandidate {
	a, b := max(p.span.N, q.span.N), min(p.span.N, q.span.N)
	write := func(sign string) string { return strconv.FormatInt(a, 10) + sign + strconv.FormatInt(b, 10) }
	return []PrintedCandidate{{MadeOf: write(" + "), N: a + b}, {MadeOf: write(" - "), N: a - b}}
}

// pool returns the other numbers of the text first, then those of the rate, with
// the total of each list of several.
func (p PrintedShare) pool() []pooled {
	var out []pooled
	lists := p.lists()
	slices.Reverse(lists)
	for _, l := range lists {
		for _, n := range l.numbers {
			out = append(out, pooled{l.part, n.Name, false, n.Span()})
		}
		if l.part != term.OtherPart && len(l.numbers) > 1 {
			out = append(out, pooled{l.part, "", true, *totalOf(l.numbers)})
		}
	}
	return out
}
