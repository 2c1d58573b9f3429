package projections

import (
	"encoding/binary"
	"slices"
	"time"

	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/institution"
	"minglu/domain/listing"
	"minglu/domain/term"
	"minglu/eventstore"
)

// InstitutionsView is the name of the view of institutions.
const InstitutionsView = "institutions"

// institutions shows every institution, person and place of the register with
// its standing: the state now, and that after each fact, as of any day.
//
// Buckets: facts (id ‖ seq → fact of the institution or its listing), current
// (stream → folded state), facets (stream → what lists filter by, day by day)
// and facets_at (stream ‖ seq → the same as it was known then).
type institutions struct{ facts facts }

// Institutions returns the view.
func Institutions(c *eventstore.Codec) Projection {
	return institutions{facts{codec: c, bucket: "facts"}}
}

// Name returns the view's name.
func (institutions) Name() string { return InstitutionsView }

// Version is raised whenever the rows change.
func (institutions) Version() int { return 2 }

// Institution is one institution as the register knew it at one position. Its
// methods and those of its states answer for any day.
type Institution struct {
	ID       string            `json:"id"`
	Stream   string            `json:"stream"`
	Division division.Code     `json:"division"` // at birth
	Version  uint64            `json:"version"`  // number of facts of the institution itself
	Seq      uint64            `json:"seq"`      // position of the newest fact about it
	Recorded time.Time         `json:"recorded"` // when that was recorded
	State    institution.State `json:"state,omitzero"`
	Listing  listing.State     `json:"listing,omitzero"`
}

// Standing returns the standing on a day, from when it has held, and why.
// Whoever is black-listed stays so after the papers have ended; else 已注销
// comes before the other lists.
func (i Institution) Standing(on calendar.Day) (standing term.Standing, since calendar.Day, reason string) {
	standing, since, reason = i.Listing.Standing(on)
	if standing != term.StandingBlack && i.State.Deregistered(on) {
		return term.StandingDeregistered, i.State.DeregisteredSince(on), ""
	}
	if standing == term.StandingUnlisted && since == 0 {
		since = i.State.Since
	}
	return standing, since, reason
}

// Apply folds a fact of an institution or of a listing.
func (v institutions) Apply(tx *Tx, r eventstore.Record) error {
	agg := r.Aggregate()
	if agg != "institution" && agg != "listing" {
		return nil
	}
	id := r.AggregateID()
	v.facts.put(tx, id, r)
	stream := eventstore.StreamName(r.Division(), "institution", id)
	cur, _, err := loadState[Institution](tx.Bucket("current"), []byte(stream))
	if err != nil {
		return err
	}
	if isAmendment(r) {
		cur, err = v.fold(tx.Bucket("facts"), id, Now)
	} else {
		cur = evolved(cur, r)
	}
	if err != nil {
		return err
	}
	cur.ID, cur.Stream, cur.Division = id, stream, division.Code(r.Division())
	if err := putState(tx.Bucket("current"), []byte(stream), cur); err != nil {
		return err
	}
	facets := encodeFacets(cur)
	before := tx.Bucket("facets").Get([]byte(stream))
	if string(before) != string(facets) {
		tx.Bucket("facets").Put([]byte(stream), facets)
		tx.Bucket("facets_at").Put(SeqKey(r.Meta.Seq, stream), facets)
	}
	return nil
}

// evolved is the institution after one more fact, which is no amendment.
func evolved(cur Institution, r eventstore.Record) Institution {
	cur = counted(cur, r)
	switch e := r.Event.(type) {
	case institution.Event:
		cur.State = institution.Evolve(cur.State, r.Meta, e)
	case listing.Event:
		cur.Listing = listing.Evolve(cur.Listing, r.Meta, e)
	}
	return cur
}

func counted(cur Institution, r eventstore.Record) Institution {
	if r.Aggregate() == "institution" {
		cur.Version++
	}
	cur.Seq, cur.Recorded = r.Meta.Seq, r.Meta.Recorded
	return cur
}

// fold folds the facts of an institution and its listing up to a position.
func (v institutions) fold(b Rows, id string, atSeq uint64) (Institution, error) {
	recs, err := v.facts.records(b, id, atSeq)
	if err != nil {
		return Institution{}, err
	}
	var cur Institution
	for _, r := range recs {
		cur = counted(cur, r)
		cur.Stream = eventstore.StreamName(r.Division(), "institution", id)
		cur.Division = division.Code(r.Division())
	}
	cur.ID = id
	amended, err := v.facts.codec.Amend(recs)
	if err != nil {
		return Institution{}, err
	}
	for _, r := range amended {
		switch e := r.Event.(type) {
		case institution.Event:
			cur.State = institution.Evolve(cur.State, r.Meta, e)
		case listing.Event:
			cur.Listing = listing.Evolve(cur.Listing, r.Meta, e)
		}
	}
	return cur, nil
}

// Facets are what lists of institutions filter by, on one day.
type Facets struct {
	Standing   term.Standing
	Status     term.Status
	Documents  term.Documents
	Class      term.Class
	Categories uint8 // a bit for each of term.Categories
	Audiences  uint8 // a bit for each of term.Audiences
	Known      bool  // it was registered by then
}

// HasCategory reports whether the category is among them.
func (f Facets) HasCategory(c string) bool { return hasBit(f.Categories, term.Categories, c) }

// HasAudience reports whether the audience is among them.
func (f Facets) HasAudience(a string) bool { return hasBit(f.Audiences, term.Audiences, a) }

func hasBit(mask uint8, l *term.List, code string) bool {
	i := slices.Index(l.Codes(), code)
	return i >= 0 && mask&(1<<i) != 0
}

// facetSize is the length of one day's facets: day, then a byte each.
const facetSize = 4 + 7

// encodeFacets writes the facets from each day on which they change.
func encodeFacets(i Institution) []byte {
	days := append(i.State.Turns(), i.Listing.Turns()...)
	slices.Sort(days)
	days = slices.Compact(days)
	var out []byte
	for _, day := range days {
		row := binary.BigEndian.AppendUint32(make([]byte, 0, facetSize), uint32(day))
		standing, _, _ := i.Standing(day)
		scope := i.State.Scope(day)
		known := byte(0)
		if i.State.Since != 0 && i.State.Since <= day {
			known = 1
		}
		row = append(row,
			index(term.Standings, string(standing)), index(term.Statuses, string(i.State.Status(day))),
			index(term.DocumentsList, string(i.State.Documents(day))), index(term.Classes, string(scope.Class)),
			mask(term.Categories, scope.Categories), mask(term.Audiences, scope.Audiences), known)
		if n := len(out); n > 0 && string(out[n-facetSize+4:]) == string(row[4:]) {
			continue
		}
		out = append(out, row...)
	}
	return out
}

// decodeFacets returns the facets that hold on a day.
func decodeFacets(b []byte, on calendar.Day) (Facets, bool) {
	for n := len(b) - facetSize; n >= 0; n -= facetSize {
		row := b[n : n+facetSize]
		if calendar.Day(binary.BigEndian.Uint32(row)) > on {
			continue
		}
		return Facets{
			Standing: term.Standing(code(term.Standings, row[4])), Status: term.Status(code(term.Statuses, row[5])),
			Documents: term.Documents(code(term.DocumentsList, row[6])), Class: term.Class(code(term.Classes, row[7])),
			Categories: row[8], Audiences: row[9], Known: row[10] == 1,
		}, true
	}
	return Facets{}, false
}

func index(l *term.List, code string) byte {
	return byte(slices.IndexFunc(l.Items, func(i term.Item) bool { return i.Code == code }))
}

func code(l *term.List, i byte) string {
	if int(i) >= len(l.Items) {
		return ""
	}
	return l.Items[i].Code
}

func mask[T ~string](l *term.List, codes []T) byte {
	var m byte
	for _, c := range codes {
		if i := index(l, string(c)); i < 8 {
			m |= 1 << i
		}
	}
	return m
}
