package register

import (
	"context"
	"hash/maphash"
	"slices"

	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/ident"
	"minglu/domain/inspection"
	"minglu/domain/institution"
	"minglu/domain/jurisdiction"
	"minglu/domain/listing"
	"minglu/domain/money"
	"minglu/domain/term"
	"minglu/eventstore"
)

// NewImport is NewSession for one who has the log for himself: the views stand
// still while the session goes on, which makes it several times faster, and
// whatever acts need of them is worked out from what the session itself wrote
// since. Acts of anybody else, by Do or another session, MUST wait until Close.
// The caller MUST Close the session; the views then catch up.
func (r *Register) NewImport(ctx context.Context, p *Principal, report func(Outcome)) (*Session, error) {
	s := r.NewSession(p, report)
	s.records, s.since = importRecords, &since{seed: maphash.MakeSeed()}
	if err := s.since.begin(ctx, r); err != nil {
		r.importing.end()
		return nil, err
	}
	return s, nil
}

// Close ends the session, and lets the views of an import go on. What was not
// flushed is dropped. It may be called again.
func (s *Session) Close() {
	if s.closed {
		return
	}
	s.closed = true
	s.reg.importing.end()
	if s.since != nil {
		s.since.release()
	}
}

// since is what an import wrote behind the position of the views.
type since struct {
	release func()
	head    uint64 // newest record, but for what the batch holds
	seed    maphash.Seed
	// commands holds a hash of the stream of each command id.
	commands map[[16]byte]uint64
	// touched holds streams by aggregate and division.
	touched map[string]map[string]map[string]bool
}

// maxSince bounds the memory of an import: beyond so many commands, the views
// catch up.
const maxSince = 2_000_000

func (n *since) begin(ctx context.Context, r *Register) error {
	if n.release != nil {
		n.release()
	}
	if err := r.Views.CatchUp(ctx); err != nil {
		return err
	}
	n.release = r.Views.Hold()
	if err := n.stand(ctx, r); err != nil {
		return err
	}
	n.commands = map[[16]byte]uint64{}
	n.touched = map[string]map[string]map[string]bool{Institution.Name: {}, Listing.Name: {}}
	return nil
}

// stand asks the log where it ends; nothing may be on its way.
func (n *since) stand(ctx context.Context, r *Register) (err error) {
	n.head, err = r.Log.Head(ctx)
	return err
}

// position is where the log will end once the batch is appended: nobody else
// writes, and where the append fails, the acts are decided again.
func (s *Session) position() uint64 { return s.since.head + uint64(s.batch.Ahead()) }

// wrote takes down that an order is in the batch. One that is taken out of it
// again does no harm: its stream is looked at and found as it was.
func (n *since) wrote(o order) {
	byDivision := n.touched[o.Aggregate.Name]
	if byDivision == nil {
		return
	}
	rec := eventstore.Record{Stream: o.Stream}
	streams := byDivision[rec.Division()]
	if streams == nil {
		streams = map[string]bool{}
		byDivision[rec.Division()] = streams
	}
	streams[o.Stream] = true
}

// usedElsewhere reports whether the command id of o was used on another stream,
// and remembers it.
func (n *since) usedElsewhere(o order) bool {
	id, err := ident.ParseUUID(o.Meta.CommandID)
	if err != nil {
		return false // order has read it
	}
	stream := maphash.String(n.seed, o.Stream)
	before, used := n.commands[id]
	if !used {
		n.commands[id] = stream
	}
	return used && before != stream
}

// below yields the touched streams of an aggregate in a division with all that
// lies below it.
func (n *since) below(agg *eventstore.Aggregate, in division.Code, yield func(stream string) error) error {
	for code, streams := range n.touched[agg.Name] {
		if !division.Within(division.Code(code), in) {
			continue
		}
		for stream := range streams {
			if err := yield(stream); err != nil {
				return err
			}
		}
	}
	return nil
}

func (n *since) has(agg *eventstore.Aggregate, stream string) bool {
	rec := eventstore.Record{Stream: stream}
	return n.touched[agg.Name][rec.Division()][stream]
}

// The session is what its acts know: the log behind its batch, and the views
// with what it wrote since they stand still.
var _ known = (*Session)(nil)

// State returns the state of an aggregate after what the session has so far.
func (s *Session) State(ctx context.Context, a *eventstore.Aggregate, stream string) (state any, last uint64, err error) {
	return s.batch.State(ctx, a, stream)
}

func (s *Session) owner(ctx context.Context, ref string) (string, error) {
	if s.expected != "" {
		return s.expected, nil
	}
	if stream, ok := s.refs.get(ref); ok {
		return stream, nil
	}
	stream, _, err := s.reg.Log.Owner(ctx, "ref", ref)
	if err == nil && stream != "" {
		s.refs.put(ref, stream)
	}
	return stream, err
}

func (s *Session) stream(id, aggregate string) (string, error) {
	if s.since != nil {
		for code, streams := range s.since.touched[aggregate] {
			if name := eventstore.StreamName(code, aggregate, id); streams[name] {
				return name, nil
			}
		}
	}
	return s.reg.Views.Stream(id, aggregate)
}

func (s *Session) roll(ctx context.Context, in division.Code, c jurisdiction.FreezeBaseline) (jurisdiction.Roll, error) {
	if s.since == nil {
		return live{s.reg.Log, s.reg}.roll(ctx, in, c)
	}
	if !rolls(c) {
		return jurisdiction.Roll{}, nil
	}
	leftOut := func(stream string) bool { return s.since.has(Institution, stream) }
	roll, err := s.reg.Views.RollWithout(string(in), c.Class, c.Audiences, c.Mode, c.Date, leftOut)
	if err != nil {
		return roll, err
	}
	mask := institution.Mask(c.Class, c.Audiences)
	err = s.since.below(Institution, in, func(stream string) error {
		v, _, err := s.State(ctx, Institution, stream)
		if err != nil {
			return err
		}
		state := v.(institution.State)
		if c.Mode != "" && (c.Mode == term.Online) != (state.Mode == term.Online) {
			return nil
		}
		t := state.TenureOn(c.Date)
		if t.Any {
			roll.LicensedInAll++
		}
		if t.Held&mask != 0 {
			roll.Members = append(roll.Members, stream)
		}
		return nil
	})
	roll.AtSeq = s.position()
	return roll, err
}

// about are the streams of work about an institution that the views know, and
// those that the session itself made.
func (s *Session) about(_ context.Context, institution string) ([]string, error) {
	streams, err := s.reg.worksOn(institution)
	for _, own := range s.works[institution] {
		if !slices.Contains(streams, own) {
			streams = append(streams, own)
		}
	}
	return streams, err
}

// ordersOf are the orders that the views know and those that the session made.
func (s *Session) ordersOf(_ context.Context, who pupilAt) ([]string, error) {
	streams, err := s.reg.Views.OrdersOfPupil(who.institution, who.pupil, who.course)
	for _, own := range s.pupils[who] {
		if !slices.Contains(streams, own) {
			streams = append(streams, own)
		}
	}
	return streams, err
}

// held is known to the views alone, once they know what the session wrote.
func (s *Session) held(context.Context, string) (money.Fen, error) { return 0, eventstore.ErrAlone }

// population is who may be drawn, of the views and of what the session wrote since
// they stand still. Tiers go by the risk that views tell, so that such a draw is
// carried out by itself.
func (s *Session) population(ctx context.Context, stream string, in division.Code, on calendar.Day) (roll inspection.PopulationRoll, err error) {
	if s.since == nil {
		return live{s.reg.Log, s.reg}.population(ctx, stream, in, on)
	}
	state, err := stateOf[inspection.State](ctx, s, Inspection, stream)
	if err != nil {
		return roll, err
	}
	if names := state.TierNames(); len(names) != 1 || names[0] != inspection.Everyone {
		return roll, eventstore.ErrAlone
	}
	if roll.CommittedSeq, err = (live{s.reg.Log, s.reg}).committed(ctx, stream); err != nil || roll.CommittedSeq == 0 {
		return roll, err
	}
	roll.AtSeq = s.position()
	known, err := s.reg.inScope(state.Scope, in, on, s.reg.Views.Seq())
	if err != nil {
		return roll, err
	}
	ids := slices.DeleteFunc(known, func(stream string) bool { return s.since.has(Institution, stream) })
	err = s.since.below(Institution, in, func(stream string) error {
		i, err := stateOf[institution.State](ctx, s, Institution, stream)
		if err == nil && drawable(i, state.Scope, on) {
			ids = append(ids, stream)
		}
		return err
	})
	slices.Sort(ids)
	roll.Tiers = []inspection.RollTier{{Name: inspection.Everyone, IDs: ids}}
	return roll, err
}

func (s *Session) members(ctx context.Context, in division.Code, list term.ListName, on calendar.Day) (m jurisdiction.Members, err error) {
	if s.since == nil {
		return live{s.reg.Log, s.reg}.members(ctx, in, list, on)
	}
	entries, err := s.reg.Views.List(list, string(in), on, s.reg.Views.Seq())
	if err != nil {
		return m, err
	}
	for _, e := range entries {
		rec := eventstore.Record{Stream: e.Stream}
		if !s.since.has(Listing, eventstore.StreamName(rec.Division(), Listing.Name, rec.AggregateID())) {
			m.Rows = append(m.Rows, e.Stream)
		}
	}
	err = s.since.below(Listing, in, func(stream string) error {
		v, _, err := s.State(ctx, Listing, stream)
		if err != nil {
			return err
		}
		if standing, _, _ := v.(listing.State).Standing(on); string(standing) == string(list) {
			m.Rows = append(m.Rows, subjectStream(stream))
		}
		return nil
	})
	m.AtSeq = s.position()
	return m, err
}
