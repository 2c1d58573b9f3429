package projections

import (
	"context"
	"log/slog"

	"minglu/eventstore"
)

// Views are all views of the register with their queries. Every query says at
// which position and as of which day it answers.
type Views struct {
	*Set
	codec        *eventstore.Codec
	institutions institutions
	lists        lists
	divisions    divisions
	reduction    reduction
	works        works
	escrows      escrows
}

// All returns every view of the register; a new one is one line here.
func All(c *eventstore.Codec) []Projection {
	return []Projection{
		Streams{}, Commands{}, Institutions(c), Lists(c), Reduction(c), Divisions(c), Tokens(), NewTimeline(c), NewSearch(c, searchFact),
		Due(c), Figures(c), Work(c), Escrow(c), Merkle{},
	}
}

// OpenViews opens all views in a directory and starts to keep them up to date.
func OpenViews(ctx context.Context, dir string, st eventstore.Store, c *eventstore.Codec, log *slog.Logger) (*Views, error) {
	s, err := Open(ctx, Options{Dir: dir, Store: st, Projections: All(c), Logger: log})
	if err != nil {
		return nil, err
	}
	return &Views{
		Set: s, codec: c,
		institutions: institutions{facts{codec: c, bucket: "facts"}},
		lists:        lists{facts{codec: c, bucket: "facts"}},
		divisions:    divisions{facts{codec: c, bucket: "facts"}},
		reduction:    newReduction(c),
		works:        newWorks(c, workKinds...),
		escrows:      newEscrows(c),
	}, nil
}
