package rule

import (
	"math"

	"minglu/domain/term"
)

// Unbounded is the end of a range that has none.
const Unbounded = math.MaxInt64

// Range is the whole numbers From to To.
type Range struct{ From, To int64 }

func (r Range) empty() bool { return r.From > r.To }

func (r Range) within(s Range) Range { return Range{max(r.From, s.From), min(r.To, s.To)} }

func (s Span) bounds() Range { return Range{s.From, s.To} }

// triedFor returns the roundings to try for one that was asked for.
func triedFor(k term.Rounding) []term.Rounding {
	if k == term.UnknownRounding {
		return everyRounding
	}
	return []term.Rounding{k}
}

var everyRounding = []term.Rounding{term.HalfUp, term.HalfEven, term.Truncated, term.RoundedUp}

// pow10 is ten to a small power.
func pow10(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}

// rounded returns 100·part/base with decimals by a kind of rounding; base is
// positive.
func rounded(part, base int64, decimals int, k term.Rounding) rateRead {
	scaled := 100 * pow10(decimals) * part
	q, rest := scaled/base, scaled%base
	up := false
	switch k {
	case term.Truncated:
	case term.RoundedUp:
		up = rest > 0
	case term.HalfEven:
		up = rest > base-rest || rest == base-rest && q%2 == 1
	default:
		up = rest >= base-rest
	}
	if up {
		q++
	}
	return rateRead{q, decimals}
}

// window is where a rate may lie that is printed as it is. The rate of a part and
// a base is full·part/base in halves of the last decimal, of which full are the
// whole; low and high belong to the window where lowIn and highIn say so.
type window struct {
	low, high     int64
	lowIn, highIn bool
	full          int64
}

// windowOf returns the window of a printed rate. That of an unknown rounding
// holds those of all kinds and nothing else.
func windowOf(r rateRead, k term.Rounding) window {
	w := window{full: 200 * pow10(r.decimals)}
	switch at := 2 * r.units; k {
	case term.Truncated:
		w.low, w.lowIn, w.high = at, true, at+2
	case term.RoundedUp:
		w.low, w.high, w.highIn = at-2, at, true
	case term.UnknownRounding:
		w.low, w.high = at-2, at+2
	case term.HalfEven:
		even := r.units%2 == 0
		w.low, w.lowIn, w.high, w.highIn = at-1, even, at+1, even
	default:
		w.low, w.lowIn, w.high = at-1, true, at+1
	}
	return w.fromZero()
}

// fromZero leaves out what is negative.
func (w window) fromZero() window {
	if w.low < 0 {
		w.low, w.lowIn = 0, true
	}
	return w
}

// rest is the window of what is left of the base.
func (w window) rest() window {
	return window{w.full - w.high, w.full - w.low, w.highIn, w.lowIn, w.full}.fromZero()
}

// least returns the smallest whole number above a/b, or at it where it may be;
// most returns the largest below. b is positive.
func least(a, b int64, in bool) int64 {
	if in && a%b == 0 {
		return a / b
	}
	return a/b + 1
}

func most(a, b int64, in bool) int64 {
	if !in && a%b == 0 {
		return a/b - 1
	}
	return a / b
}

// noRange is a range without numbers.
var noRange = Range{1, 0}

// bases returns the bases of which part is the rate.
func (w window) bases(part int64) Range {
	if w.high < 0 || w.high == 0 && (!w.highIn || part > 0) || w.low == 0 && !w.lowIn && part == 0 {
		return noRange
	}
	r := Range{1, Unbounded}
	if w.high > 0 {
		r.From = max(1, least(w.full*part, w.high, w.highIn))
	}
	if w.low > 0 {
		r.To = most(w.full*part, w.low, w.lowIn)
	}
	return r
}

// parts returns the parts of a base that are the rate.
func (w window) parts(base int64) Range {
	if w.high < 0 {
		return noRange
	}
	return Range{least(w.low*base, w.full, w.lowIn), most(w.high*base, w.full, w.highIn)}
}

// pairs returns the parts and bases of which some of the one are the rate of
// some of the other: smallest and largest, or none. Only bases are walked, and
// not far: beyond 10^(decimals+2) every base has a part, and a base whose parts
// reach across an end of the parts has that end.
func (w window) pairs(parts, bases Range) (Range, Range) {
	fits := func(base int64) Range { return w.parts(base).within(parts) }
	if w.high > 0 {
		bases.From = max(bases.From, least(w.full*parts.From, w.high, w.highIn))
	}
	if w.low > 0 {
		bases.To = min(bases.To, most(w.full*parts.To, w.low, w.lowIn))
	}
	bases.From = max(1, bases.From)
	for !bases.empty() && fits(bases.From).empty() {
		bases.From++
	}
	if bases.empty() {
		return noRange, noRange
	}
	for fits(bases.To).empty() {
		bases.To--
	}
	return Range{fits(bases.From).From, fits(bases.To).To}, bases
}
