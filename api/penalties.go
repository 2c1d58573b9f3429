package api

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"minglu/api/answer"
	"minglu/domain/calendar"
	"minglu/domain/money"
	"minglu/domain/penalty"
	"minglu/domain/term"
	"minglu/projections"
	"minglu/register"
)

var penaltyWork = func() workKind {
	k := workKindOf(register.Penalty)
	k.public, k.columns = (*server).publishedPenalties, slices.Concat(workColumns, publishedColumns)
	return k
}()

var penaltyRoutes = []*route{
	penaltyWork.list("Penalties.", "Agencies of the division and of those above it see all cases; everybody what is published today, the newest publication first, whatever day is asked about. "),
	get("/penalties/{id}", "penalties", "Show a penalty.", (*server).showPenalty, workViews,
		about("The public reads the decision as it is published, beside its remedies. Of a publication that is over it reads that there was one, and why it was withdrawn.")),
	penaltyWork.events(),
}

// penaltyNow is a case as it is known now, by which the limits of publication are
// judged.
func (s *server) penaltyNow(stream string) (penalty.State, error) {
	now, _, _, err := projections.WorkState[penalty.State](s.Views, stream, projections.Now)
	return now, err
}

func (s *server) showPenalty(ctx context.Context, in *workIn) (*reply[encoded[answer.Penalty]], error) {
	r, err := s.read(ctx, in.Moment)
	if err != nil {
		return nil, err
	}
	v, err := s.work(ctx, penaltyWork, in.ID, r)
	if err != nil {
		return nil, err
	}
	now, err := s.penaltyNow(v.head.Stream)
	if err != nil {
		return nil, err
	}
	p, err := s.pieceOf(v, r, []string{now.Subject}, nil)
	if err != nil {
		return nil, err
	}
	a := answer.PublicPenaltyOf(now, p, r.For)
	if v.opens(r) {
		a = answer.PenaltyOf(v.state.(penalty.State), now, p, r.For)
	}
	return shown(r, a, a.Version, a.UpdatedSeq)
}

// publicPenalty is a penalty that is published today.
type publicPenalty struct {
	head projections.WorkHead
	now  penalty.State
	from calendar.Day
}

// publishedPenalties returns a page of the penalties that are published today and
// were at the moment asked about. r is a reading of the public.
func (s *server) publishedPenalties(f projections.WorkFilter, q, after string, limit int, r reading) (part[answer.WorkRow], error) {
	found, err := s.Views.Work(projections.WorkQuery{
		WorkFilter: projections.WorkFilter{Aggregate: f.Aggregate, Division: f.Division, Institution: f.Institution}, AtSeq: r.AtSeq, Limit: everything,
	})
	if err != nil {
		return part[answer.WorkRow]{}, err
	}
	var all []publicPenalty
	for _, h := range found.Heads {
		one, ok, err := s.publicPenalty(h, f, r)
		if err != nil {
			return part[answer.WorkRow]{}, err
		}
		if ok {
			all = append(all, one)
		}
	}
	if q != "" {
		named, err := s.institutionsNamed(q, r)
		if err != nil {
			return part[answer.WorkRow]{}, err
		}
		all = slices.DeleteFunc(all, func(p publicPenalty) bool {
			_, shown, _ := answer.PenaltyPublicity(p.now, r.Today)
			return !named[p.now.Subject] && !contains(p.now.Decision.Document, q) && !contains(shown.ShownAs, q)
		})
	}
	slices.SortFunc(all, func(a, b publicPenalty) int {
		return cmp.Or(cmp.Compare(b.from, a.from), cmp.Compare(b.head.ID(), a.head.ID()))
	})
	return cut(all, after, limit, func(page []publicPenalty) ([]answer.WorkRow, error) { return s.publicPenaltyRows(page, r) })
}

// publicPenalty reports whether a filter takes a penalty that the public may see.
// A case without a decision is not looked at.
func (s *server) publicPenalty(h projections.WorkHead, f projections.WorkFilter, r reading) (p publicPenalty, ok bool, err error) {
	if h.Number == "" || f.Status != "" && f.Status != string(term.CasePublished) {
		return p, false, nil
	}
	now, err := s.penaltyNow(h.Stream)
	if err != nil {
		return p, false, err
	}
	state, shown, _ := answer.PenaltyPublicity(now, r.Today)
	if state != answer.PublicationShown || f.Agency != "" && f.Agency != now.Agency {
		return p, false, nil
	}
	p = publicPenalty{head: h, now: now, from: shown.From}
	if !r.earlier() {
		return p, true, nil
	}
	v, err := s.sight(h.Stream, r)
	then := answer.PublishedPenaltyOf(now, answer.Piece{Head: v.head, Facts: v.facts}, r.For)
	return p, then.State == answer.PublicationShown, err
}

func (s *server) publicPenaltyRows(page []publicPenalty, r reading) ([]answer.WorkRow, error) {
	subjects := make([]string, len(page))
	for i, one := range page {
		subjects[i] = one.now.Subject
	}
	names, err := s.namesOf(subjects, r)
	if err != nil {
		return nil, err
	}
	rows := make([]answer.WorkRow, len(page))
	for i, one := range page {
		v, err := s.sight(one.head.Stream, r)
		if err != nil {
			return nil, err
		}
		rows[i] = answer.PublicPenaltyRowOf(one.now, answer.Piece{Head: v.head, Facts: v.facts, Names: names}, r.For)
	}
	return rows, nil
}

func published[T any](of func(*answer.PublishedPenalty) T) func(answer.WorkRow) T {
	return func(r answer.WorkRow) T {
		if r.Published == nil {
			return of(&answer.PublishedPenalty{Sanction: &answer.PenaltySanction{}})
		}
		return of(r.Published)
	}
}

// amount is a column of money, in fen.
func amount(name, zh string, of func(answer.PenaltySanction) money.Fen) column[answer.WorkRow] {
	return number(name, zh+"（分）", published(func(p *answer.PublishedPenalty) string {
		if n := of(*p.Sanction); n != 0 {
			return strconv.FormatInt(int64(n), 10)
		}
		return ""
	}))
}

// publishedColumns are those of what the public reads of a penalty.
var publishedColumns = []column[answer.WorkRow]{
	plain("shown_as", "当事人（对外名称）", published(func(p *answer.PublishedPenalty) string { return string(p.ShownAs) })),
	plain("decided_on", "处罚决定日", published(func(p *answer.PublishedPenalty) string { return p.Decided.String() })),
	codes("penalty_kinds", "处罚种类", published(func(p *answer.PublishedPenalty) []term.PenaltyKind { return p.Sanction.Kinds })),
	amount("fine_fen", "罚款", func(s answer.PenaltySanction) money.Fen { return s.Fine }),
	amount("confiscated_fen", "没收", func(s answer.PenaltySanction) money.Fen { return s.Confiscated }),
	amount("refund_ordered_fen", "责令退费", func(s answer.PenaltySanction) money.Fen { return s.Refund }),
	coded("tier", "失信等级", published(func(p *answer.PublishedPenalty) term.Tier { return term.Tier(p.Tier) })),
	plain("published_from", "公示起始日", published(func(p *answer.PublishedPenalty) string { return p.From.String() })),
	plain("published_min_until", "最短公示期截止日", published(func(p *answer.PublishedPenalty) string { return p.MinUntil.String() })),
	plain("published_max_until", "公示截止日", published(func(p *answer.PublishedPenalty) string { return p.MaxUntil.String() })),
	codes("remedies", "救济途径", published(func(p *answer.PublishedPenalty) []term.Remedy {
		out := make([]term.Remedy, len(p.Remedies))
		for i, x := range p.Remedies {
			out[i] = x.Remedy
		}
		return out
	})),
}
