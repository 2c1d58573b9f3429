package projections

import (
	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/jurisdiction"
	"minglu/eventstore"
)

// calendars keep, in a view that works out days, the working days that
// divisions have published.
//
// Buckets: calendar_facts (division ‖ seq → fact, thin), calendars (division →
// what it has published, oldest first).
type calendars struct{ facts facts }

func newCalendars(c *eventstore.Codec) calendars {
	return calendars{facts{codec: c, bucket: "calendar_facts"}}
}

// apply takes a fact of a division, and reports whether it changed the working
// days there.
func (v calendars) apply(tx *Tx, r eventstore.Record) (changed bool, err error) {
	if r.Aggregate() != jurisdiction.Decider.Name {
		return false, nil
	}
	if _, ok := r.Event.(jurisdiction.CalendarPublished); !ok && !isAmendment(r) {
		return false, nil
	}
	v.facts.put(tx, r.Division(), thin(r))
	recs, err := v.facts.records(tx.Bucket(v.facts.bucket), r.Division(), Now)
	if err == nil {
		recs, err = v.facts.codec.Amend(recs)
	}
	if err != nil {
		return false, err
	}
	var now []jurisdiction.CalendarPublished
	for _, r := range recs {
		if e, ok := r.Event.(jurisdiction.CalendarPublished); ok {
			now = append(now, e)
		}
	}
	rows, key := tx.Bucket("calendars"), Key(r.Division())
	before := string(rows.Get(key))
	if before == "" && now == nil {
		return false, nil
	}
	if err := putState(rows, key, now); err != nil {
		return false, err
	}
	return before != string(rows.Get(key)), nil
}

// of returns the calendar of a division as an act there is judged by it: that
// of the program, over it those of the divisions above, the farthest first, and
// over them its own.
func (calendars) of(rows Rows, code division.Code) (calendar.Calendar, error) {
	cal := calendar.Default()
	above := division.Parents(code)
	for n := len(above); n >= 0; n-- {
		of := code
		if n > 0 {
			of = above[n-1]
		}
		published, _, err := getState[[]jurisdiction.CalendarPublished](rows, Key(string(of)))
		if err != nil {
			return cal, err
		}
		cal = jurisdiction.State{Calendars: published}.Calendar(cal)
	}
	return cal, nil
}

// thin is a fact without what folding clocks and measures has no use for.
func thin(r eventstore.Record) eventstore.Record {
	out := eventstore.Record{Stream: r.Stream, Type: r.Type, Version: r.Version, Event: r.Event, Body: r.Body}
	out.Meta.Seq, out.Meta.Effective = r.Meta.Seq, r.Meta.Effective
	out.Meta.Division, out.Meta.Actor.Agency = r.Meta.Division, r.Meta.Actor.Agency
	out.Payload = append(append([]byte(`{"body":`), r.Body...), '}')
	return out
}
