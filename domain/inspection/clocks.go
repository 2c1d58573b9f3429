package inspection

import (
	"minglu/domain/clock"
	"minglu/domain/term"
)

// Moves begins the clock of the matching where an institution is without
// inspectors.
func (e DrawHeld) Moves() []clock.Move { return clock.Begun(e.Clocks...) }

// Moves begins the clock of the matching again where an institution is without
// inspectors by it.
func (e OfficerRecused) Moves() []clock.Move { return clock.Begun(e.Clocks...) }

// Moves ends the clock of the matching once every drawn institution has
// inspectors.
func (e InspectorsAssigned) Moves() []clock.Move {
	if !e.Complete {
		return nil
	}
	return clock.Ended("", term.InspectorMatching)
}

// Moves ends the matching and begins the clock of the publication.
func (e Closed) Moves() []clock.Move {
	return append(clock.Ended("", term.InspectorMatching), clock.Begun(e.Clocks...)...)
}

// Moves ends the clock of the publication.
func (e ResultPublished) Moves() []clock.Move { return clock.Ended("", term.InspectionPublication) }

// Moves ends every clock.
func (e Concluded) Moves() []clock.Move { return []clock.Move{{Op: clock.End, Part: clock.AllParts}} }
