package inspection

import (
	"slices"
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/draw"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// lot refuses what belongs to a draw in an inspection that is not by lot.
func (s State) lot() error {
	if s.Kind == term.RandomInspection {
		return nil
	}
	return domain.Refuse(domain.Conflict, rule.RandomDraw, domain.Say("这项检查不是双随机抽查", "this is no random inspection"))
}

// decideCommit publishes a commitment. Any agency that takes part may keep the
// seed: better one that does not hold the draw.
func decideCommit(s State, m domain.Meta, on calendar.Day, c CommitSeed) ([]Event, error) {
	if err := s.open(on); err != nil {
		return nil, err
	}
	if err := s.joined(m); err != nil {
		return nil, err
	}
	if err := s.lot(); err != nil {
		return nil, err
	}
	switch {
	case c.Commitment.IsZero():
		return nil, domain.Filled("/body/commitment", "")
	case s.Committed != 0 && s.Commitment == c.Commitment:
		return nil, nil
	case s.Committed != 0:
		return nil, refuse(rule.DrawSeed, "/body/commitment", "committed", domain.Say(
			"已于 %s 公布另一承诺；种子遗失须先作废该承诺", "another commitment was published on %s; where its seed is lost, annul it first", s.Committed))
	}
	return []Event{SeedCommitted(c)}, nil
}

func decideDraw(s State, m domain.Meta, on calendar.Day, c HoldDraw) ([]Event, error) {
	if err := s.begun(on); err != nil {
		return nil, err
	}
	if err := s.led(m); err != nil {
		return nil, err
	}
	if err := s.lot(); err != nil {
		return nil, err
	}
	if s.Held() {
		if s.Draw.Seed == c.Seed {
			return nil, nil
		}
		return nil, domain.Refuse(domain.Conflict, rule.RandomDraw, domain.Say("已于 %s 抽取", "the draw was held on %s", s.Draw.On))
	}
	if err := s.opens(on, c); err != nil {
		return nil, err
	}
	tiers, err := s.frozen(c.Population)
	if err != nil {
		return nil, err
	}
	recusals, err := c.withdrawn()
	if err != nil {
		return nil, err
	}
	return domain.OneFact[Event](s.hold(on, c, tiers, recusals))
}

// opens refuses a seed that was not committed before the population was frozen.
func (s State) opens(on calendar.Day, c HoldDraw) error {
	p := c.Population
	switch {
	case c.Seed.IsZero():
		return domain.Filled("/body/seed", "")
	case s.Committed == 0:
		return hint(refuse(rule.DrawSeed, "/body/seed", "not_committed", domain.Say("尚未公布种子的承诺", "no commitment of a seed was published")),
			"请先办理 inspection.commit-seed", "publish it first (inspection.commit-seed)")
	case on < s.Committed:
		return refuse(rule.DrawSeed, "/effective", "too_early", domain.Say("承诺于 %s 公布，抽取应不早于该日", "the commitment was published on %s; the draw is not before", s.Committed))
	case c.Seed.Commitment() != s.Commitment:
		return refuse(rule.DrawSeed, "/body/seed", "differs", domain.Say("种子与承诺不符", "the seed is not the one that was committed"))
	case p.CommittedSeq == 0 || p.CommittedSeq > p.AtSeq:
		return refuse(rule.DrawSeed, "/body/seed", "committed_late", domain.Say(
			"承诺须先于名录冻结入册（冻结于序号 %d）", "the commitment must be in the log before the population is frozen (at position %d)", p.AtSeq))
	}
	return nil
}

// frozen returns the population of the draw, tier by tier.
func (s State) frozen(roll PopulationRoll) (draw.Population, error) {
	for _, t := range roll.Tiers {
		if !slices.Contains(s.TierNames(), t.Name) {
			return nil, domain.Refuse(domain.Conflict, rule.RandomDraw, domain.Say("计划中没有层级“%s”", "the plan has no tier %q", t.Name))
		}
	}
	p := population(s.Tiers, roll.Tiers)
	if err := p.Check(); err != nil {
		return nil, domain.At("/population", err)
	}
	if len(p.IDs()) == 0 {
		return nil, hint(domain.Refuse(domain.Conflict, rule.RandomDraw, domain.Say("抽查范围内没有机构", "nobody is in the population")),
			"请结束检查，或按另一范围重新计划", "close the inspection, or plan one of another scope")
	}
	return p, nil
}

// withdrawn returns the recusals that are declared with the draw.
func (c HoldDraw) withdrawn() ([]Recusal, error) {
	var out []Recusal
	for i, w := range c.Recusals {
		if err := w.filled(at("/body/recusals", i)); err != nil {
			return nil, err
		}
		out = append(out, w.recusal())
	}
	return out, nil
}

func (w Withdrawn) recusal() Recusal {
	return Recusal{Institution: w.Institution.Stream, Officer: w.Officer, Reason: w.Reason}
}

func (w Withdrawn) filled(pointer string) error {
	return recusalFilled(draw.Recusal{Officer: w.Officer, Reason: w.Reason}, pointer)
}

// recusalFilled refuses a recusal without officer or reason.
func recusalFilled(r draw.Recusal, pointer string) error {
	missing := func(name string) error {
		t := domain.Say("回避须写明人员和理由", "a recusal names officer and reason")
		return domain.Refuse(domain.Invalid, rule.Recusal, t, domain.Field{Pointer: pointer + name, Code: "required", Message: t})
	}
	switch {
	case strings.TrimSpace(r.Officer) == "":
		return missing("/officer")
	case strings.TrimSpace(r.Reason) == "":
		return missing("/reason")
	}
	return nil
}

// hold draws, and matches inspectors as far as there are officers.
func (s State) hold(on calendar.Day, c HoldDraw, tiers draw.Population, recusals []Recusal) (DrawHeld, error) {
	ids := tiers.IDs()
	e := DrawHeld{
		Algorithm: draw.Algorithm, Seed: c.Seed, CommittedSeq: c.Population.CommittedSeq, PopulationSeq: c.Population.AtSeq,
		PopulationHash: draw.Hash(ids), N: len(ids), OfficerPool: c.Law.Pool(on, s.Agencies), Recusals: recusals,
	}
	drawn := draw.Hold(c.Seed, tiers)
	for i, t := range tiers {
		e.Tiers = append(e.Tiers, TierDrawn{Name: t.Name, Rate: t.Rate, N: len(t.IDs), Drawn: len(drawn[i].IDs), Hash: draw.Hash(t.IDs)})
	}
	e.Drawn = draw.Flat(drawn)
	s.Recusals = append(slices.Clone(s.Recusals), recusals...)
	for _, id := range e.Drawn {
		if two := draw.Match(c.Seed, id, e.OfficerPool, officersOf(s.recused(id))); len(two) == draw.Inspectors {
			e.Inspectors = append(e.Inspectors, Matched{Institution: id, Officers: two})
		}
	}
	if len(e.Inspectors) == len(e.Drawn) {
		return e, nil
	}
	var err error
	e.Clocks, err = matching(c.Law, on, s.Lead())
	return e, err
}

// matching begins the clock until which every drawn institution has inspectors.
func matching(l rule.Law, on calendar.Day, agency string) ([]clock.Start, error) {
	start, err := l.Start(term.InspectorMatching, on, agency)
	return []clock.Start{start}, err
}

func officersOf(recusals []draw.Recusal) []string {
	out := make([]string, len(recusals))
	for i, r := range recusals {
		out[i] = r.Officer
	}
	return out
}

// decideAssign gives a drawn institution its inspectors. They follow the ranks of
// the draw, so that nobody chooses them: where the first two are wrong, they
// withdraw and the next follow.
func decideAssign(s State, m domain.Meta, on calendar.Day, c AssignInspectors) ([]Event, error) {
	if err := s.begun(on); err != nil {
		return nil, err
	}
	if err := s.led(m); err != nil {
		return nil, err
	}
	i, err := s.assignable(on, c.Institution.Stream)
	if err != nil {
		return nil, err
	}
	e := InspectorsAssigned{Institution: c.Institution.Stream}
	recused := s.recused(e.Institution)
	for i, r := range c.Recusals {
		if err := recusalFilled(r, at("/body/recusals", i)); err != nil {
			return nil, err
		}
		if more := withRecusal(recused, r); len(more) > len(recused) {
			recused, e.Recusals = more, append(e.Recusals, r)
		}
	}
	two, err := s.match(on, c.Law, &e, officersOf(recused))
	if err != nil {
		return nil, err
	}
	if e.Officers, err = withMatched(two, c.Officers, officersOf(recused)); err != nil {
		return nil, err
	}
	if err := c.Law.TwoOfficers(on, e.Officers, "/body/officers"); err != nil {
		return nil, err
	}
	if was := s.Draw.Drawn[i]; len(e.Recusals) == 0 && slices.Equal(was.Officers, e.Officers) {
		return nil, nil
	}
	e.Complete = !slices.ContainsFunc(s.Draw.Drawn, func(d Drawn) bool { return d.Institution != e.Institution && len(d.Officers) == 0 })
	return []Event{e}, nil
}

// assignable returns the place of a drawn institution that was not visited.
func (s State) assignable(on calendar.Day, institution string) (int, error) {
	switch i := s.drawn(institution); {
	case !s.Held():
		return 0, hint(domain.Refuse(domain.Conflict, rule.RandomDraw, domain.Say("尚未抽取", "the draw was not held")),
			"请先办理 inspection.hold-draw", "hold it first (inspection.hold-draw)")
	case on < s.Draw.On:
		return 0, tooEarly(s.Draw.On, domain.Say("抽取于 %s 进行", "the draw was held on %s", s.Draw.On))
	case i < 0:
		return 0, refuse(rule.RandomDraw, "/body/institution", "not_drawn", domain.Say("该机构没有被抽中", "the institution was not drawn"))
	case s.visited(institution):
		return 0, refuse(rule.InspectionSteps, "/body/institution", "visited", domain.Say("该机构已检查，不再匹配人员", "the institution was visited; its inspectors stay"))
	default:
		return i, nil
	}
}

// match returns the two officers that the draw ranks first. Where its pool has not
// two left, they come from the pool of the day, which the fact then names.
func (s State) match(on calendar.Day, l rule.Law, e *InspectorsAssigned, recused []string) ([]string, error) {
	two := draw.Match(s.Draw.Seed, e.Institution, s.Draw.OfficerPool, recused)
	if len(two) == draw.Inspectors {
		return two, nil
	}
	e.OfficerPool = l.Pool(on, s.Agencies)
	two = draw.Match(s.Draw.Seed, e.Institution, e.OfficerPool, recused)
	if len(two) < draw.Inspectors {
		return nil, hint(refuse(rule.InspectorMatching, "/body/officers", "too_few", domain.Say(
			"参加部门在册且不需回避的执法人员不足两名", "the agencies have not two registered officers who need not withdraw")),
			"请先登记执法人员", "register officers first")
	}
	return two, nil
}

// withMatched returns the two that were matched before those who join them, and refuses
// a list without them or with one who withdrew.
func withMatched(two, officers, recused []string) ([]string, error) {
	if len(officers) == 0 {
		return two, nil
	}
	out := slices.Clone(two)
	for i, o := range officers {
		switch {
		case slices.Contains(recused, o):
			return nil, refuse(rule.Recusal, at("/body/officers", i), "recused", domain.Say("%s 已回避", "%s withdrew", o))
		case !slices.Contains(two, o):
			out = append(out, o)
		}
	}
	if len(out) != len(officers) {
		return nil, refuse(rule.InspectorMatching, "/body/officers", "not_matched", domain.Say(
			"按抽取结果应由 %s 检查；不能到场的先回避", "the draw ranks %s first; who cannot go withdraws first", strings.Join(two, ", ")))
	}
	return out, nil
}

// decideRecusal takes down that an officer withdraws. Where that leaves drawn
// institutions without inspectors, others are to be assigned in time.
func decideRecusal(s State, m domain.Meta, on calendar.Day, c RecuseOfficer) ([]Event, error) {
	if err := s.open(on); err != nil {
		return nil, err
	}
	if err := s.joined(m); err != nil {
		return nil, err
	}
	if err := c.filled("/body"); err != nil {
		return nil, err
	}
	e := OfficerRecused{Recusal: c.recusal()}
	if slices.ContainsFunc(s.Recusals, func(r Recusal) bool {
		return r.Officer == e.Officer && (r.Institution == "" || r.Institution == e.Institution)
	}) {
		return nil, nil
	}
	if v, ok := s.visitedBy(e.Recusal); ok {
		return nil, hint(refuse(rule.Recusal, "/body/officer", "visited", domain.Say("%s 已参加第 %d 次检查", "%s took part in visit %d", e.Officer, v.Number)),
			"请逐一写明尚未检查的机构", "name the institutions that were not visited, one by one")
	}
	for _, d := range s.Draw.Drawn {
		about := e.Institution == "" || e.Institution == d.Institution
		if about && slices.Contains(d.Officers, e.Officer) && !s.visited(d.Institution) {
			e.Unmatched = append(e.Unmatched, d.Institution)
		}
	}
	var err error
	if _, running := s.Clocks.Find(term.InspectorMatching, ""); len(e.Unmatched) > 0 && !running {
		e.Clocks, err = matching(c.Law, on, s.Lead())
	}
	return domain.OneFact[Event](e, err)
}

// visitedBy returns a visit that the recusal is about and in which the officer took
// part: that cannot be undone.
func (s State) visitedBy(r Recusal) (Visit, bool) {
	i := slices.IndexFunc(s.Visits, func(v Visit) bool {
		return (r.Institution == "" || r.Institution == v.Institution) && slices.Contains(v.Officers, r.Officer)
	})
	if i < 0 {
		return Visit{}, false
	}
	return s.Visits[i], true
}
