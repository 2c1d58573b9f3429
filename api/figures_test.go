package api_test

import (
	"fmt"
	"slices"
	"testing"

	"minglu/api/answer"
	"minglu/domain/figure"
	"minglu/domain/term"
	"minglu/projections"
)

// breakdown is a figure of complaints with a part for each number.
func breakdown(numbers ...int) projections.FigureTotal {
	t := projections.FigureTotal{Key: term.GrievancesReceived}
	for i, n := range numbers {
		c := figure.Of(n, term.Incidents)
		t.Total = t.Total.Plus(c)
		t.Items = append(t.Items, projections.FigurePart{Code: fmt.Sprint("item", i), Count: c})
	}
	return t
}

// told is what the public is told of the parts of a figure, -1 where they are
// withheld; nil where no part is told.
func told(small int, numbers ...int) []int {
	var out []int
	for _, i := range answer.FigureItemsOf([]projections.FigureTotal{breakdown(numbers...)}, answer.Publicity{Small: small}, answer.For{})[0].Items {
		n := -1
		if !i.Suppressed {
			n = *i.N
		}
		out = append(out, n)
	}
	return out
}

func TestWithheldPartsCannotBeWorkedOut(t *testing.T) {
	for _, c := range []struct{ numbers, want []int }{
		{[]int{8, 6, 2}, []int{8, -1, -1}},
		{[]int{8, 6, 0}, []int{8, 6, 0}},
		{[]int{3, 13}, []int{-1, -1}},
		{[]int{1, 1, 9, 7}, []int{-1, -1, 9, -1}},
		{[]int{4, 4, 9, 7}, []int{-1, -1, 9, -1}},
		{[]int{1, 2, 9, 7}, []int{-1, -1, 9, 7}},
		{[]int{1, 1, 1, 1, 1}, nil},
		{[]int{1, 2}, nil},
	} {
		if got := told(5, c.numbers...); !slices.Equal(got, c.want) {
			t.Errorf("%v: got %v, want %v", c.numbers, got, c.want)
		}
	}
	// Who knows how numbers are withheld, the total and the parts that are told
	// finds at least two numbers for each that is not.
	const small, most = 3, 7
	for n := range most * most * most * most {
		numbers := []int{n % most, n / most % most, n / most / most % most, n / most / most / most}
		seen := told(small, numbers...)
		if seen == nil || !slices.Contains(seen, -1) {
			continue
		}
		possible := make([]map[int]bool, len(numbers))
		for i := range possible {
			possible[i] = map[int]bool{}
		}
		guesses(numbers, seen, func(guess []int) {
			if slices.Equal(told(small, guess...), seen) {
				for i, g := range guess {
					possible[i][g] = true
				}
			}
		})
		for i, s := range seen {
			if s == -1 && len(possible[i]) < 2 {
				t.Errorf("%v is told as %v: part %d is %v", numbers, seen, i, possible[i])
			}
		}
	}
}

// guesses calls f with every list that has the total of numbers and the parts
// that were seen.
func guesses(numbers, seen []int, f func([]int)) {
	left := 0
	var open []int
	for i, s := range seen {
		if s == -1 {
			left += numbers[i]
			open = append(open, i)
		}
	}
	guess := slices.Clone(numbers)
	var fill func(k, left int)
	fill = func(k, left int) {
		if k == len(open)-1 {
			guess[open[k]] = left
			f(guess)
			return
		}
		for v := 1; v < left; v++ {
			guess[open[k]] = v
			fill(k+1, left-v)
		}
	}
	fill(0, left)
}
