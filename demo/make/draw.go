package main

import (
	"crypto/sha256"
	"fmt"

	"minglu/domain/draw"
	"minglu/domain/inspection"
	"minglu/domain/term"
)

// A lot is a double-random inspection of one year: who may be drawn, at what
// rate, and whether an inspector withdraws.
type lot struct {
	year      int
	from      string // the day of the plan; the steps follow at fixed distances
	rate      draw.Rate
	roll      []string // refs of all that hold a paper on the day of the draw, be it the business licence alone
	withdraws bool
}

func (l lot) ref() string { return fmt.Sprintf("LY-D%d", l.year) }

// seed is fixed, so that the journal is the same each time and anybody can tell
// the result before the draw. That is what a seed must never be: a real one is
// 32 random bytes that one agency keeps until another opens it.
func (l lot) seed() draw.Seed {
	return sha256.Sum256(fmt.Appendf(nil, "demonstration of a draw, 371300, %d", l.year))
}

// A ticket is one drawn institution with its inspectors.
type ticket struct {
	stream   string
	ref      string
	officers []string
}

// drawn makes the draw as the register will make it, from the ids that follow
// from the command ids.
func (c *county) drawn(l lot) []ticket {
	refs, ids := map[string]string{}, []string{}
	for _, ref := range l.roll {
		id := c.stream(ref)
		refs[id], ids = ref, append(ids, id)
	}
	var out []ticket
	for _, id := range draw.Flat(draw.Hold(l.seed(), draw.Population{{Name: inspection.Everyone, Rate: l.rate, IDs: ids}})) {
		out = append(out, ticket{stream: id, ref: refs[id], officers: draw.Match(l.seed(), id, c.pool(), nil)})
	}
	return out
}

// pool are the officers of the agencies that draw together.
func (c *county) pool() (out []string) {
	for _, i := range c.roster {
		out = append(out, i.number)
	}
	return out
}

// inspectors are those of a drawn institution once the one who withdraws from
// the first is replaced.
func (c *county) inspectors(l lot, n int) []string {
	t := c.drawn(l)[n]
	if n == 0 && l.withdraws {
		return draw.Match(l.seed(), t.stream, c.pool(), t.officers[:1])
	}
	return t.officers
}

// linyiDraws are the draws of the years in which the register keeps them.
func (c *county) linyiDraws(all []outfit) {
	roll := make([]string, len(all))
	for i, o := range all {
		roll[i] = c.ref(o)
	}
	c.hold(lot{year: 2024, from: "2024-05-07", rate: draw.Rate{Num: 1, Den: 8}, roll: roll})
	c.hold(lot{year: 2025, from: "2025-05-06", rate: draw.Rate{Num: 1, Den: 6}, roll: roll})
	c.hold(lot{year: 2026, from: "2026-05-11", rate: draw.Rate{Num: 1, Den: 5}, roll: roll, withdraws: true})
}

// hold carries a draw out, from the plan to the published result. Another agency
// keeps the seed than the one that draws.
func (c *county) hold(l lot) {
	ref, title := l.ref(), fmt.Sprintf("%d年度双随机抽查", l.year)
	by, keeper := c.by(term.EducationDept, 3), c.by(term.MarketDept, firstNumber[term.MarketDept])
	step := func(days int, act string, by actor, body any) {
		c.act(later(l.from, days), "inspection."+act, ref, by, paper(title, ""), body)
	}
	step(0, "plan", by, inspection.Plan{
		Kind: term.RandomInspection, Theme: title, Number: fmt.Sprintf("示例双随机〔%d〕1号", l.year), Lead: c.agency(term.EducationDept),
		Agencies: c.agencies(linyiSix[1:]...), Period: inspection.Period{From: on(later(l.from, 7)), To: on(later(l.from, 38))}, Rate: l.rate,
	})
	step(7, "launch", by, inspection.Launch{})
	step(7, "commit-seed", keeper, inspection.CommitSeed{Commitment: l.seed().Commitment()})
	step(14, "hold-draw", by, inspection.HoldDraw{Seed: l.seed()})
	if l.withdraws {
		c.replace(l, ref)
	}
	for n := range l.rate.Of(len(l.roll)) {
		step(21+n/2, "record-visit", c.by(term.EducationDept, 1), deferred(func() any {
			officers := c.inspectors(l, n)
			return inspection.RecordVisit{Institution: named(c.drawn(l)[n].ref), Officers: officers, Agencies: c.agenciesOf(officers), Signed: true}
		}))
	}
	step(21, "record-finding", by, deferred(func() any {
		f := feesNotShown(1, c.agenciesOf(c.inspectors(l, 0))[0])
		f.Severity = term.SeverityMinor
		return f
	}))
	step(21, "correct-on-site", by, inspection.CorrectOnSite{Finding: 1})
	c.publish(ref, later(l.from, 38), later(l.from, 49))
}

// replace lets the first inspector of the first drawn institution withdraw, and
// assigns who ranks next.
func (c *county) replace(l lot, ref string) {
	by := c.by(term.EducationDept, 3)
	c.act(later(l.from, 14), "inspection.recuse-officer", ref, by, paper("回避申请", ""), deferred(func() any {
		t := c.drawn(l)[0]
		return inspection.RecuseOfficer{Withdrawn: inspection.Withdrawn{Institution: named(t.ref), Officer: t.officers[0], Reason: "与抽查对象有利害关系"}}
	}))
	c.act(later(l.from, 15), "inspection.assign-inspectors", ref, by, paper("检查人员匹配表", ""), deferred(func() any {
		return inspection.AssignInspectors{Institution: named(c.drawn(l)[0].ref)}
	}))
}
