package answer

import (
	"slices"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/listing"
	"minglu/domain/penalty"
	"minglu/eventstore"
	"minglu/projections"
)

// Shown returns i as the reader of f may see it: for the public without the
// black listings that are not to be shown today. now is the same institution at
// the newest position, by which the limits of publication are judged.
func Shown(i, now projections.Institution, f For) projections.Institution {
	if f.Reader.Over(i.Division) {
		return i
	}
	hidden := func(b listing.Black) bool { return !publicNow(b, now.Listing, f.Today) }
	if slices.ContainsFunc(i.Listing.Blacks, hidden) {
		i.Listing.Blacks = slices.DeleteFunc(slices.Clone(i.Listing.Blacks), hidden)
	}
	return i
}

// publicNow reports whether a black listing, as it was known once, is among
// those that are to be shown today.
func publicNow(b listing.Black, now listing.State, today calendar.Day) bool {
	return slices.ContainsFunc(now.Blacks, func(n listing.Black) bool {
		return (n.Decided == b.Decided || n.DocumentNo == b.DocumentNo) && n.Public(today)
	})
}

// Publication says how a fact is shown.
type Publication int

// How a fact is shown.
const (
	Full      Publication = iota // with all that it says
	Withdrawn                    // its place alone: its publication has ended
	Hidden                       // not at all
)

// About is what must be known of the subject of facts to show them: the
// institution at the newest position, zero for facts about others, and where to
// find the fact that an amendment is about.
type About struct {
	Now    projections.Institution
	Target func(seq uint64) (eventstore.Record, bool)
	// Penalty is the state of a penalty case by its stream, at the newest
	// position; without it the public is shown no decision.
	Penalty func(stream string) (penalty.State, bool)
}

// Penalties looks penalty cases up in the views.
func Penalties(v *projections.Views) func(stream string) (penalty.State, bool) {
	return func(stream string) (penalty.State, bool) {
		s, _, ok, err := projections.WorkState[penalty.State](v, stream, projections.Now)
		return s, ok && err == nil
	}
}

// PublicationOf says how the reader of f is shown a fact. Facts of a black
// procedure are public with the listing they led to: hidden before its
// publication begins, withdrawn after it has ended. An amendment is shown as
// what it amends. r has its Event.
func PublicationOf(r eventstore.Record, about About, f For) Publication {
	if r.IsReservation() || !f.Reader.Sees(r.Meta) || r.Aggregate() == "access" && !f.Reader.keepsTokens() {
		return Hidden
	}
	if r.Aggregate() == "penalty" && !f.Reader.Over(division.Code(r.Division())) {
		return penaltyPublication(r, about, f.Today)
	}
	if r.Aggregate() != "listing" || f.Reader.Over(about.Now.Division) {
		return Full
	}
	if a, ok := r.Event.(domain.Amendment); ok {
		seq, _ := a.Amends()
		target, found := eventstore.Record{}, false
		if about.Target != nil {
			target, found = about.Target(seq)
		}
		if !found {
			return Hidden
		}
		return PublicationOf(target, about, f)
	}
	return blackPublication(r, about.Now.Listing, f.Today)
}

// penaltyPublication says how a public fact of a penalty case is shown: what was
// published for as long as it is to be shown, what took it back for ever.
func penaltyPublication(r eventstore.Record, about About, today calendar.Day) Publication {
	e, ok := r.Event.(penalty.Published)
	if !ok {
		return Full
	}
	var s penalty.State
	if about.Penalty != nil {
		s, _ = about.Penalty(r.Stream)
	}
	switch p, shown := s.Published(today); {
	case shown && p.From == e.From:
		return Full
	case e.From > today:
		return Hidden
	}
	return Withdrawn
}

// blackPublication says how a fact of a listing is shown to the public.
func blackPublication(r eventstore.Record, now listing.State, today calendar.Day) Publication {
	on := calendar.DayOf(r.Meta.Effective)
	var led func(listing.Black) bool
	newest := false
	switch e := r.Event.(type) {
	case listing.WhiteRemoved, listing.TakenOffWatch:
		if r.Meta.Act != "listing.list-black" {
			return Full
		}
		led = func(b listing.Black) bool { return b.Decided == on } // they tell of it
	case listing.BlackNoticeServed, listing.StatementRecorded, listing.StatementWaived:
		led = func(b listing.Black) bool { return b.Decided >= on }
	case listing.BlackListed:
		led = func(b listing.Black) bool { return b.Decided == on || b.DocumentNo == e.DocumentNo }
	case listing.DecisionServed, listing.BlackRemoved, listing.CreditRepairApplied, listing.CreditRepairGranted, listing.CreditRepairRefused:
		led = func(b listing.Black) bool { return b.Decided <= on }
		newest = true
	default:
		return Full
	}
	shown, found := Hidden, false
	for _, b := range now.Blacks {
		if led(b) && (!found || newest) {
			shown, found = publicationOn(b, today), true
		}
	}
	if _, listed := r.Event.(listing.BlackListed); listed && !found {
		return Withdrawn // annulled since
	}
	return shown
}

// publicationOn says whether a black listing is public on a day, was, or never
// yet. One that is removed on the day on which its publication began had been
// public for a part of that day.
func publicationOn(b listing.Black, today calendar.Day) Publication {
	from := max(b.Decided, b.PublishFrom, b.Served)
	switch {
	case b.Public(today):
		return Full
	case b.Served == 0, from > today, from > b.MaxUntil, b.Removed != 0 && from > b.Removed:
		return Hidden
	}
	return Withdrawn
}
