package projections

import (
	"minglu/domain/calendar"
	"minglu/domain/listing"
	"minglu/domain/term"
	"minglu/eventstore"
)

// ListsView is the name of the view of lists.
const ListsView = "lists"

// lists shows who is on the white, watch and black list on any day, as
// intervals.
//
// Buckets: facts (id ‖ seq → fact of the listing), current (stream → folded
// state), members (list ‖ stream → nothing, for whoever was ever on it).
type lists struct{ facts facts }

// Lists returns the view.
func Lists(c *eventstore.Codec) Projection { return lists{facts{codec: c, bucket: "facts"}} }

// Name returns the view's name.
func (lists) Name() string { return ListsView }

// Version is raised whenever the rows change.
func (lists) Version() int { return 2 }

// listed is the row of a listing.
type listed struct {
	ID    string
	Seq   uint64
	State listing.State
}

// Apply folds a fact of a listing.
func (v lists) Apply(tx *Tx, r eventstore.Record) error {
	e, ok := r.Event.(listing.Event)
	if !ok {
		return nil
	}
	id := r.AggregateID()
	v.facts.put(tx, id, r)
	cur, _, err := loadState[listed](tx.Bucket("current"), []byte(r.Stream))
	if err != nil {
		return err
	}
	if isAmendment(r) {
		cur.State, err = v.fold(tx.Bucket("facts"), id, Now)
		if err != nil {
			return err
		}
	} else {
		cur.State = listing.Evolve(cur.State, r.Meta, e)
	}
	cur.ID, cur.Seq = id, r.Meta.Seq
	for list, ever := range map[term.ListName]bool{
		term.White: len(cur.State.Whites) > 0, term.Watch: len(cur.State.Watches) > 0, term.Black: len(cur.State.Blacks) > 0,
	} {
		if ever {
			tx.Bucket("members").Put([]byte(string(list)+"/"+r.Stream), nil)
		}
	}
	return putState(tx.Bucket("current"), []byte(r.Stream), cur)
}

func (v lists) fold(b Rows, id string, atSeq uint64) (listing.State, error) {
	recs, err := v.facts.records(b, id, atSeq)
	if err == nil {
		recs, err = v.facts.codec.Amend(recs)
	}
	var s listing.State
	for _, r := range recs {
		s = listing.Evolve(s, r.Meta, r.Event.(listing.Event))
	}
	return s, err
}

// Entry is one row of a list on a day.
type Entry struct {
	Stream     string // of the institution or person
	From       calendar.Day
	Until      calendar.Day // last day known; zero: open
	Reason     string
	Law        string
	DocumentNo string
	DecidedBy  string // agency
	Tier       term.Tier
	MinUntil   calendar.Day
	Override   bool
}

// List returns who is on a list on a day, at a position, in a division with all
// below it, in the order of their streams.
func (v *Views) List(list term.ListName, in string, on calendar.Day, atSeq uint64) (out []Entry, err error) {
	err = v.Read(ListsView, func(r *Read) error {
		for _, prefix := range prefixes(in) {
			base := string(list) + "/"
			for k := range r.Bucket("members").Scan([]byte(base + prefix)) {
				stream := string(k[len(base):])
				s, err := v.lists.at(r, stream, atSeq)
				if err != nil {
					return err
				}
				if e, ok := entry(s, list, on); ok {
					rec := eventstore.Record{Stream: stream}
					e.Stream = eventstore.StreamName(rec.Division(), "institution", rec.AggregateID())
					out = append(out, e)
				}
			}
		}
		return nil
	})
	return out, err
}

func (v lists) at(r *Read, stream string, atSeq uint64) (listing.State, error) {
	cur, ok, err := getState[listed](r.Bucket("current"), []byte(stream))
	if err != nil || !ok || cur.Seq <= atSeq {
		return cur.State, err
	}
	return v.fold(r.Bucket("facts"), cur.ID, atSeq)
}

// entry is the row of a listing on a day, where its standing is that of the
// list.
func entry(s listing.State, list term.ListName, on calendar.Day) (Entry, bool) {
	standing, from, reason := s.Standing(on)
	if string(standing) != string(list) {
		return Entry{}, false
	}
	e := Entry{From: from, Reason: reason}
	switch list {
	case term.White:
		w, _ := s.White(on)
		e.Reason, e.DocumentNo, e.DecidedBy, e.Override, e.Law = "符合白名单条件", w.DocumentNo, w.Agency, w.Override, w.Law
		if w.Override {
			e.Reason = "凭文件列入"
		}
	case term.Watch:
		w, _ := s.Watch(on)
		e.Until, e.DecidedBy = w.Until, w.Agency
	case term.Black:
		b, _ := s.PublicBlack(on)
		e.Until, e.DocumentNo, e.DecidedBy, e.Tier, e.MinUntil = b.MaxUntil, b.DocumentNo, b.Agency, b.Tier, b.MinUntil
		for _, g := range b.Grounds {
			if e.Law != "" {
				e.Law += "；"
			}
			e.Law += g.Law
		}
	}
	return e, true
}
