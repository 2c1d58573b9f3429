package penalty

import (
	"fmt"
	"slices"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// State is what happened in one case. It keeps days; its methods say how things
// stood on any of them. It is a value.
type State struct {
	SourceKind term.CaseSource `json:"sk,omitzero"`
	Source     string          `json:"so,omitzero"`
	Subject    string          `json:"su,omitzero"`
	Premises   string          `json:"pr,omitzero"`
	Party      term.PartyType  `json:"pt,omitzero"`
	Variant    term.Variant    `json:"v,omitzero"`
	Disguise   term.Disguise   `json:"dg,omitzero"`
	Committed  Days            `json:"co,omitzero"`
	Discovered calendar.Day    `json:"di,omitzero"`
	Alleged    calendar.Day    `json:"al,omitzero"` // zero: there is no case

	Agency   string    `json:"ag,omitzero"` // that handles the case
	Former   []string  `json:"fa,omitzero"` // agencies that handled it before
	Handed   Handing   `json:"ha,omitzero"`
	Filings  []Filing  `json:"fi,omitzero"` // one of each time that an agency filed, the last counts
	Recused  []string  `json:"re,omitzero"`
	Notice   Notice    `json:"no,omitzero"` // the last one of the agency that handles
	Bound    Bound     `json:"bo,omitzero"` // also for an agency to which the case was handed
	Heard    Heard     `json:"he,omitzero"`
	Review   Review    `json:"rv,omitzero"` // of what is on record of notice, statement and hearing
	Decision Decision  `json:"de,omitzero"`
	Spared   Spared    `json:"sp,omitzero"`
	Informal []Measure `json:"in,omitzero"`
	Police   []string  `json:"po,omitzero"` // documents of referrals

	Publications []Publication `json:"pu,omitzero"`
	Remedies     []Remedy      `json:"rm,omitzero"`
	Closed       calendar.Day  `json:"cl,omitzero"`
	ClosedAs     term.CaseEnd  `json:"ca,omitzero"`

	Persons rule.Persons `json:"ps,omitzero"`
	Clocks  clock.Clocks `json:"c,omitzero"`
}

// Handing is the last time the case was handed to another agency.
type Handing struct {
	On      calendar.Day `json:"o,omitzero"`
	Ruled   bool         `json:"r,omitzero"` // by who names the agency, not by the one before
	Outside bool         `json:"x,omitzero"` // to another division: the case ended here
}

// Filing is the case in the hands of one agency.
type Filing struct {
	On       calendar.Day `json:"o,omitzero"`
	Handed   calendar.Day `json:"h,omitzero"` // first day in other hands; zero: not handed on
	Officers []string     `json:"of,omitzero"`
	Harm     bool         `json:"ha,omitzero"`
	DecideBy calendar.Day `json:"d,omitzero"`
	Extended bool         `json:"x,omitzero"`
}

// Notice is one prior notice, with what the party did on it.
type Notice struct {
	Served         calendar.Day  `json:"s,omitzero"`
	Proposed       rule.Sanction `json:"p,omitzero"`
	Major          bool          `json:"m,omitzero"`
	StatementUntil calendar.Day  `json:"su,omitzero"` // zero: awaits a calendar
	Stated         calendar.Day  `json:"st,omitzero"`
	Waived         calendar.Day  `json:"w,omitzero"`

	HearingOffered bool         `json:"ho,omitzero"`
	HearingUntil   calendar.Day `json:"hu,omitzero"` // last day to ask; zero: awaits a calendar
	Requested      calendar.Day `json:"rq,omitzero"`
	Withdrawn      calendar.Day `json:"wd,omitzero"`
	HearingOn      calendar.Day `json:"on,omitzero"` // as notified
	Held           calendar.Day `json:"h,omitzero"`
}

// Bound is what a party that made a statement was told: no later notice goes
// beyond it.
type Bound struct {
	Sanction rule.Sanction `json:"s,omitzero"`
	Set      bool          `json:"b,omitzero"`
}

// Heard is the last hearing of the case.
type Heard struct {
	On       calendar.Day `json:"o,omitzero"`
	Officers []string     `json:"of,omitzero"`
}

// Review is the last legal review.
type Review struct {
	On calendar.Day `json:"o,omitzero"`
	By string       `json:"b,omitzero"`
}

// Decision is the penalty decision.
type Decision struct {
	On          calendar.Day          `json:"o,omitzero"`
	Sanction    rule.Sanction         `json:"s,omitzero"` // as it stands after changes
	Procedure   term.PenaltyProcedure `json:"p,omitzero"`
	Document    string                `json:"d,omitzero"`
	Decider     string                `json:"by,omitzero"`
	Agency      string                `json:"a,omitzero"`
	Contravened []rule.Provision      `json:"c,omitzero"`
	Correction  CorrectionOrder       `json:"co,omitzero"`
	FineKey     string                `json:"f,omitzero"`
	Served      calendar.Day          `json:"se,omitzero"`
	PayBy       calendar.Day          `json:"pb,omitzero"` // last day to pay the fine
	Payments    []Payment             `json:"pa,omitzero"`
	Surcharge   money.Fen             `json:"su,omitzero"` // levied so far
	Performed   calendar.Day          `json:"pe,omitzero"` // from when nothing is left to do
	Unlawful    calendar.Day          `json:"u,omitzero"`  // held unlawful, yet not revoked
	ToChange    calendar.Day          `json:"tc,omitzero"` // a remedy changed it and the change is not on record
	Ended       calendar.Day          `json:"e,omitzero"`  // revoked or void
}

// Payment is something the party did of what was decided.
type Payment struct {
	Kind term.Duty    `json:"k,omitzero"`
	Fen  money.Fen    `json:"f,omitzero"`
	On   calendar.Day `json:"o,omitzero"`
}

// Spared is the decision not to punish.
type Spared struct {
	On     calendar.Day         `json:"o,omitzero"`
	Ground term.NoPenaltyGround `json:"g,omitzero"`
}

// Measure is an informal measure.
type Measure struct {
	Kind term.Informal `json:"k,omitzero"`
	On   calendar.Day  `json:"o,omitzero"`
}

// Publication is one time the decision was shown to the public.
type Publication struct {
	Tier      term.Tier            `json:"t,omitzero"`
	From      calendar.Day         `json:"f,omitzero"`
	MinUntil  calendar.Day         `json:"mi,omitzero"`
	MaxUntil  calendar.Day         `json:"ma,omitzero"`
	ShownAs   string               `json:"sa,omitzero"`
	Remedies  []RemedyStatus       `json:"r,omitzero"` // as last shown
	Withdrawn calendar.Day         `json:"w,omitzero"` // first day off
	Cause     term.WithdrawalCause `json:"c,omitzero"`
	Reason    string               `json:"re,omitzero"`
}

// Remedy is one reconsideration or lawsuit.
type Remedy struct {
	Kind    term.Remedy        `json:"k,omitzero"`
	Body    string             `json:"b,omitzero"`
	Filed   calendar.Day       `json:"f,omitzero"`
	Stayed  bool               `json:"s,omitzero"`
	Decided calendar.Day       `json:"d,omitzero"`
	Outcome term.RemedyOutcome `json:"o,omitzero"`
}

// Filing returns the filing of the agency that handles the case.
func (s State) Filing() (Filing, bool) {
	if n := len(s.Filings); n > 0 && s.Filings[n-1].Handed == 0 {
		return s.Filings[n-1], true
	}
	return Filing{}, false
}

// InForce returns the decision where it holds on a day.
func (s State) InForce(on calendar.Day) (Decision, bool) {
	d := s.Decision
	return d, d.On != 0 && d.On <= on && (d.Ended == 0 || on < d.Ended)
}

// Open reports whether the case counts as an open violation on a day: a penalty
// that is not performed, or a case that is filed and not decided.
func (s State) Open(on calendar.Day) bool {
	if s.Decision.On != 0 && s.Decision.On <= on {
		d, holds := s.InForce(on)
		return holds && (d.Performed == 0 || on < d.Performed)
	}
	if s.Spared.On != 0 && s.Spared.On <= on {
		return false
	}
	return slices.ContainsFunc(s.Filings, func(f Filing) bool { return f.On <= on && (f.Handed == 0 || on < f.Handed) })
}

// Published returns the publication that is shown on a day.
func (s State) Published(on calendar.Day) (Publication, bool) {
	for _, p := range slices.Backward(s.Publications) {
		if p.From <= on && on <= p.MaxUntil && (p.Withdrawn == 0 || on < p.Withdrawn) {
			return p, true
		}
	}
	return Publication{}, false
}

// standing returns the last publication where nobody withdrew it.
func (s State) standing() (Publication, bool) {
	if n := len(s.Publications); n > 0 && s.Publications[n-1].Withdrawn == 0 {
		return s.Publications[n-1], true
	}
	return Publication{}, false
}

// ranOut reports whether the last publication was shown for all of its time.
func (s State) ranOut(on calendar.Day) bool {
	p, ok := s.standing()
	return ok && on > p.MaxUntil
}

// RemedyStatus returns how the remedies stand beside the decision on a day, each
// kind once, by its last.
func (s State) RemedyStatus(on calendar.Day) []RemedyStatus {
	var out []RemedyStatus
	for _, kind := range []term.Remedy{term.Reconsideration, term.Litigation} {
		for _, r := range slices.Backward(s.Remedies) {
			if r.Kind != kind || r.Filed > on {
				continue
			}
			st := RemedyStatus{Kind: kind, Stayed: r.Stayed}
			if r.Decided != 0 && r.Decided <= on {
				st = RemedyStatus{Kind: kind, Outcome: r.Outcome}
			}
			out = append(out, st)
			break
		}
	}
	return out
}

// underway returns the remedy of a kind that has no outcome.
func (s State) underway(kind term.Remedy) (Remedy, bool) {
	i := slices.IndexFunc(s.Remedies, func(r Remedy) bool { return r.Kind == kind && r.Decided == 0 })
	if i < 0 {
		return Remedy{}, false
	}
	return s.Remedies[i], true
}

// ends reports whether a decision falls with an outcome.
func ends(o term.RemedyOutcome) bool { return o == term.RemedyRevoked || o == term.RemedyVoid }

// reverses reports whether what was published is withdrawn with an outcome.
func reverses(o term.RemedyOutcome) bool { return o != term.RemedyUpheld && o != term.RemedyWithdrawn }

// Evolve is the state after a fact.
func Evolve(s State, m domain.Meta, e Event) State {
	on := calendar.DayOf(m.Effective)
	s.Clocks = s.Clocks.After(m, e)
	switch e := e.(type) {
	case ViolationAlleged:
		s.SourceKind, s.Source, s.Subject, s.Premises, s.Party = e.SourceKind, e.Source, e.Subject, e.Premises, e.SubjectType
		s.Variant, s.Disguise, s.Committed, s.Discovered, s.Alleged = e.Variant, e.Disguise, e.Committed, e.Discovered, on
		s.Agency = m.Actor.Agency
	case InformalMeasureTaken:
		s.Informal = domain.With(s.Informal, Measure{Kind: e.Kind, On: on})
	case ReferredToPolice:
		s.Police = domain.With(s.Police, e.Document)
	case AccountabilityReferred:
		s.Persons = s.Persons.With(e.Person)
	case PersonalDataErased:
		s.Persons = s.Persons.Without(e.Person)
	case Closed:
		s.Closed, s.ClosedAs = on, e.As
	case PersonalDataRead, DeadlineMissed, Corrected, Annulled:
		// What they say stands in the clocks, or in the history alone.
	case Filed, Transferred, JurisdictionAssigned, OfficerRecused:
		return evolveHandling(s, on, e)
	case PriorNoticeServed, StatementRecorded, StatementWaived, HearingRequested, HearingWithdrawn, HearingNotified, HearingHeld, LegalReviewPassed, Extended:
		return evolveHearing(s, on, e)
	case ReconsiderationFiled:
		return s.filed(on, term.Reconsideration, e.RemedyFiling)
	case LitigationFiled:
		return s.filed(on, term.Litigation, e.RemedyFiling)
	case ReconsiderationDecided:
		return s.decided(on, term.Reconsideration, e.Outcome)
	case LitigationDecided:
		return s.decided(on, term.Litigation, e.Outcome)
	default:
		return evolveDecision(s, m, on, e)
	}
	return s
}

// evolveHandling is the state after a fact about who handles the case.
func evolveHandling(s State, on calendar.Day, e Event) State {
	switch e := e.(type) {
	case Filed:
		f := Filing{On: on, Officers: e.Officers, Harm: e.SeriousHarm}
		if n := len(s.Filings); n > 0 {
			f.DecideBy, f.Extended = s.Filings[n-1].DecideBy, s.Filings[n-1].Extended
		}
		for _, c := range e.Clocks {
			f.DecideBy, f.Extended = c.Due, false
		}
		s.Filings = domain.With(s.Filings, f)
	case Transferred:
		if e.Outside {
			s.Handed, s.Closed = Handing{On: on, Outside: true}, on
			return s.handedOn(on)
		}
		s = s.resumed(e.Resumption).handedTo(on, e.To)
		s.Handed = Handing{On: on}
	case JurisdictionAssigned:
		if e.Agency != e.Was {
			s = s.resumed(e.Resumption).handedTo(on, e.Agency)
		}
		s.Handed = Handing{On: on, Ruled: true}
	case OfficerRecused:
		s.Recused = domain.With(s.Recused, e.Officer)
		s = s.filing(func(f *Filing) {
			f.Officers = slices.DeleteFunc(slices.Clone(f.Officers), func(o string) bool { return o == e.Officer })
			if e.Replacement != "" {
				f.Officers = append(f.Officers, e.Replacement)
			}
		})
	}
	return s
}

// handedTo is the state in the hands of another agency, which begins anew: the
// period to decide and the bound of a statement stay.
func (s State) handedTo(on calendar.Day, agency string) State {
	s.Former, s.Agency = domain.With(s.Former, s.Agency), agency
	return s.handedOn(on)
}

func (s State) handedOn(on calendar.Day) State {
	s = s.filing(func(f *Filing) { f.Handed = on })
	s.Notice, s.Heard, s.Review = Notice{}, Heard{}, Review{}
	return s
}

// filing changes the filing of the agency that handles the case.
func (s State) filing(change func(*Filing)) State {
	if _, ok := s.Filing(); ok {
		s.Filings = slices.Clone(s.Filings)
		change(&s.Filings[len(s.Filings)-1])
	}
	return s
}

// evolveHearing is the state after a fact about the party's rights and what
// leads to the decision.
func evolveHearing(s State, on calendar.Day, e Event) State {
	switch e := e.(type) {
	case PriorNoticeServed:
		s.Notice = Notice{Served: on, Proposed: e.Proposed, Major: e.Major, HearingOffered: e.HearingOffered}
		s.Review = Review{}
		for _, c := range e.Clocks {
			switch c.Key {
			case term.PenaltyStatement:
				s.Notice.StatementUntil = c.Due
			case term.HearingRequest:
				s.Notice.HearingUntil = c.Due
			}
		}
	case StatementRecorded:
		s.Notice.Stated = on
		s.Bound = Bound{Sanction: s.Notice.Proposed, Set: true}
		s.Review = Review{}
	case StatementWaived:
		s.Notice.Waived = on
	case HearingRequested:
		s.Notice.Requested, s.Notice.Withdrawn, s.Notice.HearingOn = on, 0, 0
	case HearingWithdrawn:
		s.Notice.Withdrawn = on
		s = s.resumed(e.Resumption)
	case HearingNotified:
		s.Notice.HearingOn = e.On
	case HearingHeld:
		s.Notice.Held = on
		s.Heard = Heard{On: on, Officers: e.Officers}
		s.Review = Review{}
		s = s.resumed(e.Resumption)
	case LegalReviewPassed:
		s.Review = Review{On: on, By: e.By}
	case Extended:
		s = s.filing(func(f *Filing) { f.DecideBy, f.Extended = e.Until, true })
	}
	return s
}

func (s State) resumed(r Resumption) State {
	if r == (Resumption{}) {
		return s
	}
	return s.filing(func(f *Filing) { f.DecideBy = r.DecideBy })
}

// filed is the state after a remedy was asked for.
func (s State) filed(on calendar.Day, kind term.Remedy, e RemedyFiling) State {
	s.Remedies = domain.With(s.Remedies, Remedy{Kind: kind, Body: e.Body, Filed: on, Stayed: e.Stayed})
	return s
}

// decided is the state after the outcome of a remedy.
func (s State) decided(on calendar.Day, kind term.Remedy, o term.RemedyOutcome) State {
	s.Remedies = slices.Clone(s.Remedies)
	for i := range s.Remedies {
		if r := &s.Remedies[i]; r.Kind == kind && r.Decided == 0 {
			r.Decided, r.Outcome = on, o
		}
	}
	switch {
	case s.Decision.Ended != 0:
		// It had fallen before.
	case ends(o):
		s.Decision.Ended = on
	case o == term.RemedyUnlawful:
		s.Decision.Unlawful = on
	case o == term.RemedyChanged:
		s.Decision.ToChange = on
	}
	return s
}

// evolveDecision is the state after a fact about the decision.
func evolveDecision(s State, m domain.Meta, on calendar.Day, e Event) State {
	d := &s.Decision
	switch e := e.(type) {
	case Decided:
		s.Decision = Decision{On: on, Sanction: e.Sanction, Procedure: e.Procedure, Document: e.Document, Decider: m.Actor.Officer(), Agency: m.Actor.Agency,
			Contravened: e.Contravened, Correction: e.Correction, FineKey: e.FineKey}
	case NoPenaltyDecided:
		s.Spared = Spared{On: on, Ground: e.Ground}
	case DecisionServed:
		d.Served = e.ServedOn
		for _, c := range e.Clocks {
			if c.Key == term.FinePayment {
				d.PayBy = c.Due
			}
		}
	case Performed:
		d.Payments = domain.With(d.Payments, Payment{Kind: e.Kind, Fen: e.AmountFen, On: on})
	case SurchargeLevied:
		d.Surcharge = e.AmountFen
	case Revoked:
		d.Ended = on
	case Changed:
		d.Sanction, d.ToChange = e.To, 0
		d.Surcharge = min(d.Surcharge, e.To.FineFen)
	case Published, PublicationWithdrawn:
		return evolvePublication(s, on, e)
	default:
		panic(fmt.Sprintf("penalty does not know the event %s", e.EventName()))
	}
	d.settle(on)
	return s
}

// settle keeps from when nothing is left to do.
func (d *Decision) settle(on calendar.Day) {
	switch {
	case d.Served == 0 || len(d.Outstanding()) > 0:
		d.Performed = 0
	case d.Performed == 0:
		d.Performed = on
	}
}

func evolvePublication(s State, on calendar.Day, e Event) State {
	switch e := e.(type) {
	case Published:
		p := Publication{Tier: e.Tier, From: e.From, MinUntil: e.MinUntil, MaxUntil: e.MaxUntil, ShownAs: e.ShownAs, Remedies: e.Remedies}
		if _, again := s.standing(); again {
			s.Publications = slices.Clone(s.Publications)
			s.Publications[len(s.Publications)-1] = p
			return s
		}
		s.Publications = domain.With(s.Publications, p)
	case PublicationWithdrawn:
		if n := len(s.Publications); n > 0 {
			s.Publications = slices.Clone(s.Publications)
			p := &s.Publications[n-1]
			p.Withdrawn, p.Cause, p.Reason = on, e.Cause, e.Reason
		}
	}
	return s
}
