package reaction

import (
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
)

// Fact is a fact with where it stands.
type Fact struct {
	ID     string // of the event
	Stream string
	Meta   domain.Meta
	Event  domain.Event
}

// Passed is a clock whose last day has passed.
type Passed struct {
	Stream      string
	Institution string // stream of the institution it concerns, or empty
	Clock       clock.Clock
}

// Act is what follows.
type Act struct {
	// Key tells the act from every other: its cause and its place.
	Key       string
	Name      string // "listing.propose"
	Division  string
	Target    string // stream of what it is about; empty where it creates one
	Effective calendar.Day
	Agency    string // in whose name
	Cause     string // id of the event that caused it, or empty
	Why       string // in a few words
	Body      any    // the command
}
