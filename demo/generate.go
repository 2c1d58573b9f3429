package demo

import (
	"bufio"
	"io"
	"slices"

	"minglu/domain/calendar"
	"minglu/domain/division"
)

// Generate writes a journal about so many institutions, and the decisions of
// their counties, to w. The same numbers give the same bytes. A register that
// holds nothing from it accepts every line in order, by a clock that is not
// before 2026-11-01.
//
// There are about eight acts an institution, from 2018 on: county after county,
// in each by day, with command ids that rise. The counties are those that had
// the same code all the time; the more institutions, the more counties.
func Generate(w io.Writer, institutions int, seed uint64) error {
	institutions = max(institutions, 0)
	out := &writer{out: bufio.NewWriterSize(w, 1<<18), draw: draws(seed*0x9e3779b97f4a7c15 + uint64(institutions))}
	for _, s := range spread(institutions, seed) {
		c := &county{code: s.code, name: s.name, rand: draws(seed ^ number(s.code)<<32)}
		c.decide()
		for i := range s.institutions {
			c.live(i)
		}
		if err := out.county(c); err != nil {
			return err
		}
	}
	return out.out.Flush()
}

// The days of generated data: institutions begin after the first, and nothing
// happens after the last.
var (
	firstDay = calendar.Date(2018, 1, 2)
	lastDay  = calendar.Date(2026, 10, 31)
)

// share is one county's part of the institutions.
type share struct {
	code         division.Code
	name         string
	institutions int
}

const perCounty = 60

// spread gives each of the chosen counties its part, by a weight that is its
// own whatever the seed.
func spread(institutions int, seed uint64) []share {
	all := steady()
	n := min(max(institutions/perCounty, 1), len(all))
	shares := make([]share, n)
	weights, total := make([]int, n), 0
	pick := draws(seed)
	for i := range shares {
		from, to := i*len(all)/n, (i+1)*len(all)/n
		d := all[from+pick.below(to-from)]
		shares[i] = share{code: d.Code, name: d.Name}
		own := draws(number(d.Code))
		weights[i] = 2 + own.below(9)*own.below(4)
		total += weights[i]
	}
	sum := 0
	for i := range shares {
		before := sum * institutions / total
		sum += weights[i]
		shares[i].institutions = sum*institutions/total - before
	}
	return slices.DeleteFunc(shares, func(s share) bool { return s.institutions == 0 })
}

// steady returns the counties whose code held from the first day to the last.
func steady() []division.Division {
	early := map[division.Code]bool{}
	for _, d := range division.Counties(firstDay) {
		early[d.Code] = true
	}
	return slices.DeleteFunc(division.Counties(lastDay), func(d division.Division) bool { return !early[d.Code] })
}

func number(c division.Code) uint64 {
	n := uint64(0)
	for i := range len(c) {
		n = n*10 + uint64(c[i]-'0')
	}
	return n
}

// draws is a source of pseudo-random numbers (SplitMix64) whose sequence is
// part of what Generate promises.
type draws uint64

func (d *draws) next() uint64 {
	*d += 0x9e3779b97f4a7c15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below returns a number from 0 to n-1; 0 where n is not positive.
func (d *draws) below(n int) int {
	if n <= 0 {
		return 0
	}
	return int(d.next() >> 33 % uint64(n))
}

// chance is true in so many of a hundred cases.
func (d *draws) chance(percent int) bool { return d.below(100) < percent }

// between returns a day from one to another, both included; the first where the
// other lies before it.
func (d *draws) between(from, to calendar.Day) calendar.Day {
	return from + calendar.Day(d.below(int(to-from)+1))
}
