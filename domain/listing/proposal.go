package listing

import (
	"slices"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/figure"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Proposal is one proposal about the lists, which an officer decides or
// dismisses.
type Proposal struct {
	What      term.Proposal `json:"w,omitzero"`
	Cause     string        `json:"c,omitzero"`
	Reason    string        `json:"r,omitzero"`
	Because   []string      `json:"b,omitzero"` // event ids or streams
	On        calendar.Day  `json:"o,omitzero"`
	Ended     calendar.Day  `json:"e,omitzero"` // zero: open
	Dismissed string        `json:"d,omitzero"` // why; empty: open, or decided
}

// Proposed returns the open proposal of that kind.
func (s State) Proposed(what term.Proposal) (Proposal, bool) {
	return last(s.Proposals, func(p Proposal) bool { return p.What == what && p.Ended == 0 })
}

// causes are the lists of codes that may be the cause of a proposal.
var causes = map[term.Proposal][]*term.List{
	term.ProposeRemoveWhite:  {term.WhiteRemovals},
	term.ProposePutOnWatch:   {term.WhiteRemovals, term.WatchOutcomes},
	term.ProposeTakeOffWatch: {term.WatchOutcomes, term.BlackRemovals},
	term.ProposeBlackNotice:  {term.BlackGrounds, term.WhiteRemovals, term.WatchOutcomes},
	term.ProposeRemoveBlack:  {term.BlackRemovals},
}

// decideProposal puts a proposal once for what holds on the day; where it would
// change nothing, or stands already, there is nothing to propose. It runs for
// the education bureau of the division, which keeps the lists.
func decideProposal(s State, m domain.Meta, on calendar.Day, c Propose) ([]Event, error) {
	if err := c.known(); err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(causes[c.Proposal], func(l *term.List) bool { return l.Has(c.Cause) }) {
		return nil, domain.Refuse(domain.Invalid, rule.ListingProposal, domain.Say(
			"“%s”不是建议“%s”的原因代码", "%[1]q is no cause to %[3]s", c.Cause, c.Proposal.Label().ZH, c.Proposal.Label().EN),
			domain.Field{Pointer: "/body/cause", Code: "unknown_code", Message: domain.Say("如 X1、B7、verified、failed、expired、revoked", "such as X1, B7, verified, failed, expired, revoked")})
	}
	if err := domain.Filled("/body/reason", c.Reason); err != nil {
		return nil, err
	}
	if _, open := s.Proposed(c.Proposal); open || !s.changes(on, c) {
		return nil, nil
	}
	decide, err := c.Law.Start(term.ListingProposal, on, m.Division+"-"+string(term.EducationDept))
	decide.Part = string(c.Proposal)
	return domain.OneFact[Event](Proposed{Proposal: c.Proposal, Cause: c.Cause, Because: c.Because, Reason: c.Reason, Clocks: []clock.Start{decide}}, err)
}

// changes reports whether what is proposed would change anything on a day: a
// white listing that was decided after the cause stands, and but for a serious
// finding only who is white is put on watch.
func (s State) changes(on calendar.Day, c Propose) bool {
	w, white := s.White(on)
	if white && c.Since != 0 && w.From > c.Since {
		white = false
	}
	_, watch := s.Watch(on)
	_, black := s.Black(on)
	_, noticed := s.open()
	switch c.Proposal {
	case term.ProposeRemoveWhite:
		return white
	case term.ProposePutOnWatch:
		return !watch && !black && (white || !exitOfWhite(c.Cause))
	case term.ProposeTakeOffWatch:
		return watch
	case term.ProposeBlackNotice:
		return !black && !noticed
	}
	return s.removable(on) >= 0
}

// exitOfWhite tells the causes that say something of the white list alone.
func exitOfWhite(cause string) bool {
	return term.WhiteRemovals.Has(cause) && cause != string(term.X2)
}

func decideDismissal(s State, on calendar.Day, c DismissProposal) ([]Event, error) {
	p, ok := last(s.Proposals, func(p Proposal) bool { return p.What == c.Proposal })
	refuse := func(pointer, code string, t domain.Text) ([]Event, error) {
		return nil, domain.Refuse(domain.Conflict, rule.ListingProposal, t, domain.Field{Pointer: pointer, Code: code, Message: t})
	}
	switch {
	case ok && p.Dismissed != "":
		return nil, nil
	case !ok || p.Ended != 0:
		return refuse("/body/proposal", "not_open", domain.Say("没有待处理的建议“%s”", "no proposal to %[2]s waits", c.Proposal.Label().ZH, c.Proposal.Label().EN))
	case on < p.On:
		return refuse("/effective", "too_early", domain.Say("早于建议提出日 %s", "before the proposal of %s", p.On))
	}
	return domain.OneFact[Event](ProposalDismissed(c), domain.Filled("/body/reason", c.Reason))
}

// answered returns the proposals that a fact answers: the decision itself, or
// one after which it would change nothing.
func answered(e Event) []term.Proposal {
	switch e := e.(type) {
	case WhiteListed:
		return []term.Proposal{term.ProposeTakeOffWatch}
	case WhiteRemoved:
		return []term.Proposal{term.ProposeRemoveWhite}
	case PutOnWatch:
		return []term.Proposal{term.ProposePutOnWatch}
	case TakenOffWatch:
		return []term.Proposal{term.ProposeTakeOffWatch}
	case BlackNoticeServed:
		return []term.Proposal{term.ProposeBlackNotice}
	case BlackListed:
		return []term.Proposal{term.ProposePutOnWatch, term.ProposeTakeOffWatch, term.ProposeBlackNotice}
	case BlackRemoved:
		return []term.Proposal{term.ProposeRemoveBlack}
	case ProposalDismissed:
		return []term.Proposal{e.Proposal}
	}
	return nil
}

// evolveProposals ends what the fact answers and takes a new proposal down.
func evolveProposals(s State, on calendar.Day, e Event) State {
	if what := answered(e); len(what) > 0 {
		d, _ := e.(ProposalDismissed)
		s.Proposals = each(s.Proposals,
			func(p Proposal) bool { return p.Ended == 0 && slices.Contains(what, p.What) },
			func(p *Proposal) { p.Ended, p.Dismissed = on, d.Reason })
	}
	if e, ok := e.(Proposed); ok {
		s.Proposals = domain.With(s.Proposals, Proposal{What: e.Proposal, Cause: e.Cause, Reason: e.Reason, Because: e.Because, On: on})
	}
	return s
}

// Measures counts the proposal by what is proposed.
func (e Proposed) Measures() []figure.Measure {
	return []figure.Measure{figure.One(term.ListingsProposed, term.Items, string(e.Proposal))}
}
