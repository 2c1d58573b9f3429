package figure

import (
	"minglu/domain"
	"minglu/domain/term"
)

// Measure is what one fact adds to a figure on its effective day.
type Measure struct {
	Key term.Figure
	// Item tells the parts of a figure apart: a check item, a disguise, a
	// channel, an area; empty where there are none.
	Item string
	// Agency is whose figure it is; empty: that of who recorded the fact.
	Agency string
	// Institution is the stream of the institution, for distinct counts; empty
	// where it is not known.
	Institution string
	Count       Count
}

// A Measured event adds to figures. Measures depends on nothing but the event.
type Measured interface {
	domain.Event
	Measures() []Measure
}

// One is a measure of one of a unit.
func One(key term.Figure, unit term.Unit, item string) Measure {
	return Measure{Key: key, Item: item, Count: Of(1, unit)}
}
