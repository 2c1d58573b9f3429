package listing

import (
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/term"
)

// The last days of a watch, of a statement window and of a publication stand in
// the facts that decide them, so their clocks begin with the day of the fact and
// run for the agency that recorded it.

// Moves ends the clock of a watch that has run out before.
func (e WhiteListed) Moves() []clock.Move {
	return append(settled(e), clock.Ended("", term.WatchEnd)...)
}

// Moves ends the proposal that it answers.
func (e WhiteRemoved) Moves() []clock.Move { return settled(e) }

// Moves begins the clock of the watch.
func (e PutOnWatch) Moves() []clock.Move {
	return append(settled(e), clock.Begun(clock.Start{Key: term.WatchEnd, Due: e.Until})...)
}

// Moves ends the clock of the watch.
func (e TakenOffWatch) Moves() []clock.Move {
	return append(settled(e), clock.Ended("", term.WatchEnd)...)
}

// Moves begins the clock of the statement.
func (e BlackNoticeServed) Moves() []clock.Move {
	return append(settled(e), clock.Begun(clock.Start{Key: term.ListingStatement, Due: e.WindowUntil})...)
}

// Moves ends the clock of the statement.
func (StatementRecorded) Moves() []clock.Move { return clock.Ended("", term.ListingStatement) }

// Moves ends the clock of the statement.
func (StatementWaived) Moves() []clock.Move { return clock.Ended("", term.ListingStatement) }

// Moves begins the clock of the publication, and ends those that the decision
// overtakes.
func (e BlackListed) Moves() []clock.Move {
	moves := append(settled(e), clock.Ended("", term.ListingStatement, term.WatchEnd)...)
	return append(moves, clock.Begun(clock.Start{Key: term.ListingEnd, Due: e.MaxUntil})...)
}

// Moves ends the clock of the publication.
func (e BlackRemoved) Moves() []clock.Move {
	return append(settled(e), clock.Ended("", term.ListingEnd)...)
}

// Moves begins the clock of the answer.
func (e CreditRepairApplied) Moves() []clock.Move { return clock.Begun(e.Clocks...) }

// Moves ends the clock of the answer.
func (CreditRepairGranted) Moves() []clock.Move { return clock.Ended("", term.RepairAnswer) }

// Moves ends the clock of the answer.
func (CreditRepairRefused) Moves() []clock.Move { return clock.Ended("", term.RepairAnswer) }

// Moves begins the clock of the decision.
func (e Proposed) Moves() []clock.Move { return clock.Begun(e.Clocks...) }

// Moves ends the clock of the decision.
func (e ProposalDismissed) Moves() []clock.Move { return settled(e) }

// settled returns the moves by which the clocks of the proposals end that a fact
// answers.
func settled(e Event) []clock.Move {
	var out []clock.Move
	for _, p := range answered(e) {
		out = append(out, clock.Ended(string(p), term.ListingProposal)...)
	}
	return out
}

func decideMiss(s State, on calendar.Day, c MissDeadline) ([]Event, error) {
	fact, ok, err := s.Clocks.Miss(on, c.Missing)
	if err != nil || !ok {
		return nil, err
	}
	return domain.OneFact[Event](DeadlineMissed{fact}, nil)
}
