package register

import (
	"context"

	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/ident"
	"minglu/domain/institution"
	"minglu/domain/jurisdiction"
	"minglu/domain/rule"
	"minglu/eventstore"
)

// JurisdictionStream returns the stream of a division's own decisions. Its id
// is made from the code.
func JurisdictionStream(code division.Code) string {
	id := ident.NewID("jurisdiction", ident.UUIDv5([16]byte{}, []byte(code)))
	return eventstore.StreamName(string(code), "jurisdiction", id)
}

// LawOf returns what the law of a division says on a day: its own decisions
// and those of the divisions above it.
func (r *Register) LawOf(ctx context.Context, code division.Code, on calendar.Day) (rule.Law, error) {
	return r.law(ctx, live{r.Log, r}, code, on)
}

// LawAt is LawOf as the register knew it at a position.
func (r *Register) LawAt(code division.Code, on calendar.Day, atSeq uint64) (rule.Law, error) {
	return r.lawBy(code, on, func(c division.Code) (jurisdiction.State, error) {
		s, _, err := r.Views.Jurisdiction(c, atSeq)
		return s, err
	})
}

func (r *Register) law(ctx context.Context, k known, code division.Code, on calendar.Day) (rule.Law, error) {
	return r.lawBy(code, on, func(c division.Code) (jurisdiction.State, error) { return jurisdictionOf(ctx, k, c) })
}

// lawBy puts the law of a division together from what it and those above it
// decided.
func (r *Register) lawBy(code division.Code, on calendar.Day, of func(division.Code) (jurisdiction.State, error)) (rule.Law, error) {
	l := rule.Law{Calendar: r.calendar}
	var values []map[string]string
	version := ""
	chain := append(division.Parents(code), code)
	// Parents come nearest first; the farthest is to be overlaid by the nearer.
	for i, j := 0, len(chain)-2; i < j; i, j = i+1, j-1 {
		chain[i], chain[j] = chain[j], chain[i]
	}
	for _, c := range chain {
		s, err := of(c)
		if err != nil {
			return rule.Law{}, err
		}
		l.Moratoria = append(l.Moratoria, s.Moratoria...)
		l.Windows = append(l.Windows, s.Windows...)
		l.Roster = joined(l.Roster, s.Officers)
		l.Calendar = s.Calendar(l.Calendar)
		if v, name := s.Parameters(on); v != nil {
			values = append(values, v)
			version += string(c) + "@" + name + " "
		}
	}
	if len(values) > 0 {
		l.Policy = rule.NewPolicy(version[:len(version)-1], values...)
	}
	return l, nil
}

// joined is a and b, without copying where one of them is empty, as mostly.
func joined[T any](a, b []T) []T {
	if len(a) == 0 {
		return b[:len(b):len(b)]
	}
	return append(a, b...)
}

func jurisdictionOf(ctx context.Context, k known, code division.Code) (jurisdiction.State, error) {
	s, _, err := k.State(ctx, Jurisdiction, JurisdictionStream(code))
	if err != nil {
		return jurisdiction.State{}, err
	}
	return s.(jurisdiction.State), nil
}

// informed is a command that is about an institution and must know it.
type informed interface{ Inform(rule.Subject) }

// inform puts into the command what it needs from elsewhere, and into the meta
// the versions of what it was told.
func (r *Register) inform(ctx context.Context, k known, o *order) error {
	on, cmd, code := calendar.DayOf(o.Meta.Effective), o.input, o.division
	if c, ok := cmd.(rule.Governed); ok {
		l, err := r.law(ctx, k, code, on)
		if err != nil {
			return err
		}
		o.Meta.PolicyVersion, o.Meta.CalendarVersion = l.Policy.Version(), l.Calendar.Version()
		c.Govern(l)
	}
	if c, ok := cmd.(informed); ok {
		s, _, err := k.State(ctx, Institution, subjectStream(o.Stream))
		if err != nil {
			return err
		}
		c.Inform(s.(institution.State).Subject(on))
	}
	if err := r.acquaint(ctx, k, o.Stream, code, on, cmd); err != nil {
		return err
	}
	if err := r.supervise(ctx, k, o); err != nil {
		return err
	}
	if c, ok := cmd.(*jurisdiction.FreezeBaseline); ok {
		roll, err := k.roll(ctx, code, *c)
		if err != nil {
			return err
		}
		c.Enrol(roll)
	}
	if c, ok := cmd.(*jurisdiction.PublishListBatch); ok {
		members, err := k.members(ctx, code, c.List, on)
		if err != nil {
			return err
		}
		c.Compile(members)
	}
	return nil
}

// subjectStream returns the stream of the institution that a listing is about.
func subjectStream(listing string) string {
	rec := eventstore.Record{Stream: listing}
	return eventstore.StreamName(rec.Division(), "institution", rec.AggregateID())
}
