package register

import (
	"context"
	"maps"
	"slices"

	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/inspection"
	"minglu/domain/institution"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/projections"
)

// population is who may be drawn in an inspection on a day: the institutions of
// its scope that have not ended, as the register knows them at the head of the
// log, each in the tier of its risk where the plan has tiers.
func (l live) population(ctx context.Context, stream string, code division.Code, on calendar.Day) (roll inspection.PopulationRoll, err error) {
	s, err := stateOf[inspection.State](ctx, l, Inspection, stream)
	if err != nil {
		return roll, err
	}
	if roll.CommittedSeq, err = l.committed(ctx, stream); err != nil || roll.CommittedSeq == 0 {
		return roll, err
	}
	if err := l.caughtUp(ctx, projections.InstitutionsView, projections.WorkView, projections.DivisionsView); err != nil {
		return roll, err
	}
	roll.AtSeq = l.r.Views.Seq(projections.InstitutionsView, projections.WorkView, projections.DivisionsView)
	roll.Tiers, err = l.r.tiers(s, code, on, roll.AtSeq)
	return roll, err
}

// committed is the position of the newest commitment of a seed that stands; 0 for
// none. One whose seed was opened by a draw that was annulled since is none: the
// seed is known.
func (l live) committed(ctx context.Context, stream string) (seq uint64, err error) {
	recs, err := l.Records(ctx, stream)
	if err != nil {
		return 0, err
	}
	amended, err := l.Codec.Amend(recs)
	if err != nil {
		return 0, err
	}
	for _, r := range amended {
		if _, ok := r.Event.(inspection.SeedCommitted); ok {
			seq = r.Meta.Seq
		}
	}
	for _, r := range recs {
		if _, ok := r.Event.(inspection.DrawHeld); ok && r.Meta.Seq > seq {
			return 0, nil
		}
	}
	return seq, nil
}

// Population returns who could be drawn in an inspection on a day, tier by tier,
// as the register knew them at a position: what a draw froze can be found again.
func (r *Register) Population(ctx context.Context, stream string, on calendar.Day, atSeq uint64) ([]inspection.RollTier, error) {
	s, err := stateOf[inspection.State](ctx, live{r.Log, r}, Inspection, stream)
	if err != nil {
		return nil, err
	}
	return r.tiers(s, division.Code(eventstore.Record{Stream: stream}.Division()), on, atSeq)
}

func (r *Register) tiers(s inspection.State, code division.Code, on calendar.Day, atSeq uint64) ([]inspection.RollTier, error) {
	streams, err := r.inScope(s.Scope, code, on, atSeq)
	if err != nil {
		return nil, err
	}
	names := s.TierNames()
	if len(names) == 1 && names[0] == inspection.Everyone {
		return []inspection.RollTier{{Name: inspection.Everyone, IDs: streams}}, nil
	}
	byTier := map[string][]string{}
	for _, stream := range streams {
		score, err := r.RiskAt(stream, on, atSeq)
		if err != nil {
			return nil, err
		}
		byTier[string(score.Tier)] = append(byTier[string(score.Tier)], stream)
	}
	var out []inspection.RollTier
	for _, name := range names {
		out = append(out, inspection.RollTier{Name: name, IDs: byTier[name]})
	}
	return out, nil
}

// inScope returns the streams of the institutions of a scope that hold papers and
// go on on a day, in order. Places and persons without any paper are not drawn by
// lot: they are looked for by sweeps.
func (r *Register) inScope(s inspection.Scope, code division.Code, on calendar.Day, atSeq uint64) (streams []string, err error) {
	taken := map[string]bool{}
	for _, category := range orAny(s.Categories) {
		for _, audience := range orAny(s.Audiences) {
			for _, status := range goingOn {
				f := projections.Filter{Division: string(code), Class: string(s.Class), Category: string(category), Audience: string(audience), Status: string(status)}
				p, err := r.Views.Find(f, on, atSeq, "", everyone)
				if err != nil {
					return nil, err
				}
				f.Documents = string(term.Neither)
				bare, err := r.Views.Among(p.Streams, f, on, atSeq)
				if err != nil {
					return nil, err
				}
				for _, stream := range p.Streams {
					taken[stream] = true
				}
				for _, stream := range bare {
					delete(taken, stream)
				}
			}
		}
	}
	return slices.Sorted(maps.Keys(taken)), nil
}

// drawable reports the same of one institution by its state.
func drawable(i institution.State, s inspection.Scope, on calendar.Day) bool {
	scope := i.Scope(on)
	return i.Since != 0 && i.Since <= on && slices.Contains(goingOn, i.Status(on)) && i.Documents(on) != term.Neither &&
		(s.Class == "" || s.Class == scope.Class) && anyOf(s.Categories, scope.Categories) && anyOf(s.Audiences, scope.Audiences)
}

// anyOf reports whether one of the wanted is there, or none is wanted.
func anyOf[T comparable](wanted, there []T) bool {
	return len(wanted) == 0 || slices.ContainsFunc(wanted, func(w T) bool { return slices.Contains(there, w) })
}

// goingOn are the statuses of those who have not ended.
var goingOn = []term.Status{term.Operating, term.Suspended, term.Terminating}

const everyone = 1 << 30

// orAny returns a list with the empty code, which filters nothing, where there
// is none.
func orAny[T ~string](codes []T) []T {
	if len(codes) == 0 {
		return []T{""}
	}
	return codes
}
