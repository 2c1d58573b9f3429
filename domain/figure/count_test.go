package figure_test

import (
	"testing"

	"minglu/domain/figure"
	"minglu/domain/term"
)

func count(n int, u term.Unit, p term.Precision) figure.Count {
	return figure.Count{N: n, Unit: u, Precision: p}
}

func TestSumsKeepTheirPrecision(t *testing.T) {
	for name, c := range map[string]struct{ a, b, want figure.Count }{
		"exact and exact":         {figure.Of(3, term.Visits), figure.Of(4, term.Visits), figure.Of(7, term.Visits)},
		"exact without a word":    {count(3, term.Visits, ""), count(4, term.Visits, ""), figure.Of(7, term.Visits)},
		"exact and at least":      {figure.Of(3, term.Incidents), count(170, term.Incidents, term.AtLeast), count(173, term.Incidents, term.AtLeast)},
		"nearly and exact":        {count(30, term.PersonVisits, term.Nearly), figure.Of(2, term.PersonVisits), count(32, term.PersonVisits, term.Nearly)},
		"at least and nearly":     {count(170, term.Incidents, term.AtLeast), count(30, term.Incidents, term.Nearly), count(200, term.Incidents, term.UnknownCount)},
		"unknown and exact":       {count(1, term.Visits, term.UnknownCount), figure.Of(2, term.Visits), count(3, term.Visits, term.UnknownCount)},
		"visits and institutions": {figure.Of(80, term.Visits), figure.Of(8, term.Institutions), count(88, term.Visits, term.UnknownCount)},
		"nothing and something":   {figure.Count{}, count(5, term.Persons, ""), figure.Of(5, term.Persons)},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.a.Plus(c.b); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
			got, want := c.b.Plus(c.a), c.want
			if got.N != want.N || got.Precision != want.Precision {
				t.Errorf("the other way round: got %+v, want %+v", got, want)
			}
		})
	}
}

func TestACountIsNotNegativeAndHasAUnit(t *testing.T) {
	if err := figure.Of(0, term.Visits).Check("/body/count"); err != nil {
		t.Errorf("got %v, want none", err)
	}
	for _, c := range []figure.Count{figure.Of(-1, term.Visits), {N: 3}} {
		if c.Check("/body/count") == nil {
			t.Errorf("got %+v accepted, want a refusal", c)
		}
	}
}
