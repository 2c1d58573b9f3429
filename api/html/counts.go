package html

import (
	"minglu/api/answer"
	"minglu/domain/term"
)

// Count is the number of institutions of one standing, with the list of them.
type Count struct {
	Standing term.Standing
	Number   int
	Href     string
}

// countsOf lists the numbers in the order of the standings, zero included. href
// makes the address of those of a standing.
func countsOf(c answer.Counts, href func(term.Standing) string) []Count {
	out := []Count{
		{term.StandingWhite, c.White, ""}, {term.StandingWatch, c.Watch, ""}, {term.StandingBlack, c.Black, ""},
		{term.StandingDeregistered, c.Deregistered, ""}, {term.StandingUnlisted, c.Unlisted, ""},
	}
	for i := range out {
		out[i].Href = href(out[i].Standing)
	}
	return out
}
