package answer

import (
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/money"
	"minglu/domain/penalty"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Penalty is a penalty case. The public reads of it what is published, as it was
// published, and nothing of the case.
type Penalty struct {
	Work
	Published *PublishedPenalty `json:"published" doc:"What the public is shown; null where nothing is, or was, published."`
	Case      *PenaltyCase      `json:"case" doc:"Null for the public."`
}

// PublicationState says how the publication of a penalty stands today.
type PublicationState string

// The states of a publication.
const (
	PublicationShown     PublicationState = "published"
	PublicationWithdrawn PublicationState = "withdrawn" // before its time, with the reason
	PublicationEnded     PublicationState = "ended"     // its last day has passed
)

// PublishedPenalty is a decision as the public is shown it. Of a publication that
// is over it says that it was, and why it was withdrawn.
type PublishedPenalty struct {
	State       PublicationState      `json:"state" enum:"published,withdrawn,ended"`
	Institution *NamedInstitution     `json:"institution"`
	ShownAs     Maybe                 `json:"shown_as" doc:"The party where the register does not name it."`
	Document    Maybe                 `json:"document"`
	Decided     Date                  `json:"decided_on"`
	Agency      Maybe                 `json:"agency" doc:"Who published it."`
	AgencyName  Maybe                 `json:"agency_name"`
	Sanction    *PenaltySanction      `json:"sanction"`
	Contravened []PenaltyProvision    `json:"contravened"`
	Basis       []domain.Basis        `json:"basis" doc:"Legal basis of the publication, where it names one."`
	Variant     Maybe                 `json:"variant"`
	Disguise    Maybe                 `json:"disguise"`
	Tier        Maybe                 `json:"tier"`
	From        Date                  `json:"from"`
	MinUntil    Date                  `json:"min_until" doc:"Credit repair may end it after this day."`
	MaxUntil    Date                  `json:"max_until" doc:"Last day."`
	Remedies    []PenaltyRemedyStatus `json:"remedies" doc:"Reconsideration and lawsuit beside the decision."`
	Withdrawn   Date                  `json:"withdrawn_on" doc:"The first day on which it was not shown any more."`
	Cause       Maybe                 `json:"withdrawal_cause"`
	Reason      Maybe                 `json:"withdrawal_reason"`
}

// PenaltySanction is what a decision imposes. Amounts are in fen.
type PenaltySanction struct {
	Kinds       []term.PenaltyKind `json:"kinds"`
	Fine        money.Fen          `json:"fine_fen"`
	Confiscated money.Fen          `json:"confiscated_fen"`
	Refund      money.Fen          `json:"refund_ordered_fen"`
	BarYears    int                `json:"bar_years"`
	BarForLife  bool               `json:"bar_for_life"`
}

// PenaltyProvision is an article of a statute in the edition of a day.
type PenaltyProvision struct {
	Statute string `json:"statute"`
	Version Maybe  `json:"version" doc:"Name of the edition."`
	Article string `json:"article"`
	On      Date   `json:"on" doc:"The day that chose the edition."`
}

// PenaltyRemedyStatus is how a remedy stands beside the decision.
type PenaltyRemedyStatus struct {
	Remedy  term.Remedy `json:"remedy"`
	Outcome Maybe       `json:"outcome" doc:"Null while it is under way."`
	Stayed  bool        `json:"stayed"`
}

// PenaltyCase is the case behind a decision, for agencies.
type PenaltyCase struct {
	SourceKind  term.CaseSource   `json:"source_kind"`
	SubjectType Maybe             `json:"subject_type"`
	Premises    Maybe             `json:"premises"`
	Variant     Maybe             `json:"variant"`
	Disguise    Maybe             `json:"disguise"`
	Committed   PenaltyDays       `json:"committed"`
	Discovered  Date              `json:"discovered_on"`
	Facts       Maybe             `json:"facts"`
	Handler     string            `json:"handler"`
	Former      []string          `json:"former_handlers"`
	Transferred Date              `json:"transferred_on" doc:"The last time."`
	Filings     []PenaltyFiling   `json:"filings" doc:"One of each agency that filed; the last counts."`
	Recused     []string          `json:"recused"`
	Notice      *PenaltyNotice    `json:"prior_notice" doc:"The last one of the agency that handles the case."`
	Hearing     *PenaltyHearing   `json:"hearing"`
	Review      *PenaltyReview    `json:"legal_review"`
	Decision    *PenaltyDecision  `json:"decision"`
	Spared      *PenaltySpared    `json:"no_penalty"`
	Informal    []PenaltyMeasure  `json:"informal_measures"`
	Police      []string          `json:"police_referrals" doc:"Documents."`
	Referrals   []PenaltyReferral `json:"accountability_referrals"`
	Published   []PenaltyShowing  `json:"publications"`
	Remedies    []PenaltyRemedy   `json:"remedies"`
	ClosedAs    Maybe             `json:"closed_as"`
}

// PenaltyDays are the first and the last day of an act.
type PenaltyDays struct {
	From Date `json:"from"`
	To   Date `json:"to"`
}

// PenaltyFiling is the case in the hands of one agency.
type PenaltyFiling struct {
	On       Date     `json:"on"`
	HandedOn Date     `json:"handed_on"`
	Officers []string `json:"officers"`
	Harm     bool     `json:"serious_harm"`
	DecideBy Date     `json:"decide_by"`
	Extended bool     `json:"extended"`
}

// PenaltyNotice is a prior notice, with what the party did on it.
type PenaltyNotice struct {
	Served         Date            `json:"served_on"`
	Proposed       PenaltySanction `json:"proposed"`
	Major          bool            `json:"major"`
	StatementUntil Date            `json:"statement_until" doc:"Null: awaits a calendar."`
	Stated         Date            `json:"stated_on"`
	Waived         Date            `json:"waived_on"`
	Offered        bool            `json:"hearing_offered"`
	HearingUntil   Date            `json:"hearing_request_until"`
	Requested      Date            `json:"hearing_requested_on"`
	Withdrawn      Date            `json:"hearing_withdrawn_on"`
	HearingOn      Date            `json:"hearing_on"`
}

// PenaltyHearing is the last hearing of the case.
type PenaltyHearing struct {
	On       Date     `json:"on"`
	Officers []string `json:"officers"`
}

// PenaltyReview is the last legal review.
type PenaltyReview struct {
	On Date   `json:"on"`
	By string `json:"by"`
}

// PenaltyDecision is the decision, as it stands after changes.
type PenaltyDecision struct {
	On          Date                  `json:"on"`
	Document    string                `json:"document"`
	Procedure   term.PenaltyProcedure `json:"procedure"`
	Agency      string                `json:"agency"`
	Decider     Maybe                 `json:"decider"`
	Sanction    PenaltySanction       `json:"sanction"`
	Contravened []PenaltyProvision    `json:"contravened"`
	Correction  Maybe                 `json:"correction_order"`
	CorrectBy   Date                  `json:"correct_by" doc:"Null: at once."`
	Reasons     Maybe                 `json:"reasons"`
	Served      Date                  `json:"served_on"`
	PayBy       Date                  `json:"pay_by"`
	Surcharge   money.Fen             `json:"surcharge_fen"`
	Payments    []PenaltyPayment      `json:"payments"`
	Outstanding []PenaltyPayment      `json:"outstanding"`
	Performed   Date                  `json:"performed_on"`
	Unlawful    Date                  `json:"held_unlawful_on"`
	ToChange    Date                  `json:"to_be_changed_since"`
	Ended       Date                  `json:"fell_on" doc:"Revoked or void from this day."`
	Remedies    []PenaltyRemedyStatus `json:"remedies"`
}

// PenaltyPayment is something that the party did, or is still to do. What has no
// amount has 0.
type PenaltyPayment struct {
	Kind   term.Duty `json:"kind"`
	Amount money.Fen `json:"amount_fen"`
	On     Date      `json:"on"`
}

// PenaltySpared is the decision not to punish.
type PenaltySpared struct {
	On     Date                 `json:"on"`
	Ground term.NoPenaltyGround `json:"ground"`
}

// PenaltyMeasure is an informal measure.
type PenaltyMeasure struct {
	Kind term.Informal `json:"kind"`
	On   Date          `json:"on"`
}

// PenaltyReferral asks another body to hold a person to account.
type PenaltyReferral struct {
	On     Date    `json:"on"`
	Body   string  `json:"body"`
	Person *Sealed `json:"person"`
	Reason Maybe   `json:"reason"`
}

// PenaltyShowing is one time that the decision was shown to the public.
type PenaltyShowing struct {
	Tier      term.Tier `json:"tier"`
	From      Date      `json:"from"`
	MinUntil  Date      `json:"min_until"`
	MaxUntil  Date      `json:"max_until"`
	ShownAs   Maybe     `json:"shown_as"`
	Withdrawn Date      `json:"withdrawn_on"`
	Cause     Maybe     `json:"withdrawal_cause"`
	Reason    Maybe     `json:"withdrawal_reason"`
}

// PenaltyRemedy is one reconsideration or lawsuit.
type PenaltyRemedy struct {
	Remedy  term.Remedy `json:"remedy"`
	Body    string      `json:"body"`
	Filed   Date        `json:"filed_on"`
	Stayed  bool        `json:"stayed"`
	Decided Date        `json:"decided_on"`
	Outcome Maybe       `json:"outcome"`
}

// PenaltyPublicity says how the publication of a penalty stands for the public,
// and which it is: as the case is known now, on the day of today, whatever day or
// position is asked about. ok is false where nothing of it was ever shown.
func PenaltyPublicity(now penalty.State, today calendar.Day) (state PublicationState, last penalty.Publication, ok bool) {
	if p, shown := now.Published(today); shown {
		return PublicationShown, p, true
	}
	for _, p := range now.Publications {
		if p.From > today || p.Withdrawn != 0 && p.Withdrawn < p.From {
			continue // it did not begin
		}
		state, last, ok = PublicationEnded, p, true
		if p.Withdrawn != 0 && p.Withdrawn <= p.MaxUntil {
			state = PublicationWithdrawn
		}
	}
	return state, last, ok
}

// PublishedPenaltyOf answers with what the public is shown: the content of the
// publication that is shown today, as far as the facts have it, else that there
// was one. It is nil where nothing was ever shown. now is the case at the newest
// position.
func PublishedPenaltyOf(now penalty.State, p Piece, f For) *PublishedPenalty {
	state, last, ok := PenaltyPublicity(now, f.Today)
	if !ok {
		return nil
	}
	a := &PublishedPenalty{State: PublicationEnded, Contravened: []PenaltyProvision{}, Basis: []domain.Basis{}, Remedies: []PenaltyRemedyStatus{}}
	if state == PublicationWithdrawn {
		a.State, a.Withdrawn, a.Cause, a.Reason = state, Date{last.Withdrawn}, Maybe(last.Cause), Maybe(p.Names.text(now.Subject, last.Reason))
	}
	each(p, func(m domain.Meta, e penalty.Published) {
		if state != PublicationShown || e.From != last.From || e.From > f.AsOf {
			return
		}
		a.State, a.Institution, a.ShownAs = PublicationShown, p.Names.Of(e.Subject), Maybe(p.Names.text(e.Subject, e.ShownAs))
		a.Document, a.Decided, a.Tier = Maybe(e.Document), Date{e.DecidedOn}, Maybe(e.Tier)
		a.Agency, a.AgencyName, a.Basis = Maybe(m.Actor.Agency), Maybe(f.say(AgencyName(m.Actor.Agency))), orEmpty(m.Basis)
		a.Variant, a.Disguise, a.Contravened = Maybe(e.Variant), Maybe(e.Disguise), provisionsOf(e.Contravened)
		a.From, a.MinUntil, a.MaxUntil, a.Remedies = Date{e.From}, Date{e.MinUntil}, Date{e.MaxUntil}, remediesOf(e.Remedies)
		s := sanctionOf(e.Sanction)
		a.Sanction = &s
	})
	return a
}

// penaltyWord is what the public reads as the title of a penalty.
var penaltyWord = domain.Text{ZH: "行政处罚决定", EN: "penalty decision"}

// PublicPenaltyOf answers to the public for one penalty: with what is published
// and nothing else.
func PublicPenaltyOf(now penalty.State, p Piece, f For) Penalty {
	a := Penalty{Published: PublishedPenaltyOf(now, p, f)}
	a.Work = Piece{Head: p.Head}.work(f)
	a.WorkSummary = publicPenaltyOf(a.Published, p, f)
	return a
}

// PublicPenaltyRowOf answers to the public for a penalty in a list.
func PublicPenaltyRowOf(now penalty.State, p Piece, f For) WorkRow {
	shown := PublishedPenaltyOf(now, p, f)
	return WorkRow{WorkSummary: publicPenaltyOf(shown, p, f), Published: shown}
}

// publicPenaltyOf is what the public reads of a penalty beside the publication.
func publicPenaltyOf(shown *PublishedPenalty, p Piece, f For) WorkSummary {
	s := WorkSummary{Aggregate: p.Head.Aggregate, ID: p.Head.ID(), Title: f.say(penaltyWord), Division: DivisionOn(division.Code(p.Head.Division()), f.AsOf), Agencies: []string{}}
	if shown == nil || shown.State != PublicationShown {
		return s
	}
	s.Number, s.Status, s.Institution, s.Agency, s.AgencyName = shown.Document, Maybe(term.CasePublished), shown.Institution, shown.Agency, shown.AgencyName
	if shown.Agency != "" {
		s.Agencies = append(s.Agencies, string(shown.Agency))
	}
	return s
}

// PenaltyOf answers for one penalty case to agencies; now is the case at the
// newest position.
func PenaltyOf(s, now penalty.State, p Piece, f For) Penalty {
	c := &PenaltyCase{
		SourceKind: s.SourceKind, SubjectType: Maybe(s.Party), Premises: Maybe(s.Premises), Variant: Maybe(s.Variant), Disguise: Maybe(s.Disguise),
		Committed: PenaltyDays{Date{s.Committed.From}, Date{s.Committed.Last()}}, Discovered: Date{s.Discovered}, Handler: s.Agency, Former: orEmpty(s.Former),
		Transferred: Date{s.Handed.On}, Filings: make([]PenaltyFiling, len(s.Filings)), Recused: orEmpty(s.Recused), Informal: make([]PenaltyMeasure, len(s.Informal)),
		Police: orEmpty(s.Police), Referrals: []PenaltyReferral{}, Published: make([]PenaltyShowing, len(s.Publications)),
		Remedies: make([]PenaltyRemedy, len(s.Remedies)), ClosedAs: Maybe(s.ClosedAs),
	}
	for i, x := range s.Filings {
		c.Filings[i] = PenaltyFiling{On: Date{x.On}, HandedOn: Date{x.Handed}, Officers: orEmpty(x.Officers), Harm: x.Harm, DecideBy: Date{x.DecideBy}, Extended: x.Extended}
	}
	for i, x := range s.Informal {
		c.Informal[i] = PenaltyMeasure{Kind: x.Kind, On: Date{x.On}}
	}
	for i, x := range s.Publications {
		c.Published[i] = PenaltyShowing{Tier: x.Tier, From: Date{x.From}, MinUntil: Date{x.MinUntil}, MaxUntil: Date{x.MaxUntil}, ShownAs: Maybe(x.ShownAs),
			Withdrawn: Date{x.Withdrawn}, Cause: Maybe(x.Cause), Reason: Maybe(x.Reason)}
	}
	for i, x := range s.Remedies {
		c.Remedies[i] = PenaltyRemedy{Remedy: x.Kind, Body: x.Body, Filed: Date{x.Filed}, Stayed: x.Stayed, Decided: Date{x.Decided}, Outcome: Maybe(x.Outcome)}
	}
	c.steps(s, f)
	c.told(s, p, f)
	return Penalty{Work: p.work(f), Published: PublishedPenaltyOf(now, p, f), Case: c}
}

// steps adds the steps of the procedure that were done.
func (c *PenaltyCase) steps(s penalty.State, f For) {
	if n := s.Notice; n.Served != 0 {
		c.Notice = &PenaltyNotice{Served: Date{n.Served}, Proposed: sanctionOf(n.Proposed), Major: n.Major, StatementUntil: Date{n.StatementUntil}, Stated: Date{n.Stated},
			Waived: Date{n.Waived}, Offered: n.HearingOffered, HearingUntil: Date{n.HearingUntil}, Requested: Date{n.Requested}, Withdrawn: Date{n.Withdrawn}, HearingOn: Date{n.HearingOn}}
	}
	if s.Heard.On != 0 {
		c.Hearing = &PenaltyHearing{On: Date{s.Heard.On}, Officers: orEmpty(s.Heard.Officers)}
	}
	if s.Review.On != 0 {
		c.Review = &PenaltyReview{On: Date{s.Review.On}, By: s.Review.By}
	}
	if s.Spared.On != 0 {
		c.Spared = &PenaltySpared{On: Date{s.Spared.On}, Ground: s.Spared.Ground}
	}
	if s.Decision.On != 0 {
		c.Decision = penaltyDecisionOf(s, f)
	}
}

func penaltyDecisionOf(s penalty.State, f For) *PenaltyDecision {
	d := s.Decision
	a := &PenaltyDecision{
		On: Date{d.On}, Document: d.Document, Procedure: d.Procedure, Agency: d.Agency, Decider: Maybe(d.Decider), Sanction: sanctionOf(d.Sanction),
		Contravened: provisionsOf(d.Contravened), Correction: Maybe(d.Correction.Text), CorrectBy: Date{d.Correction.Due}, Served: Date{d.Served}, PayBy: Date{d.PayBy},
		Surcharge: d.Surcharge, Payments: make([]PenaltyPayment, len(d.Payments)), Outstanding: []PenaltyPayment{}, Performed: Date{d.Performed}, Unlawful: Date{d.Unlawful},
		ToChange: Date{d.ToChange}, Ended: Date{d.Ended}, Remedies: remediesOf(s.RemedyStatus(f.AsOf)),
	}
	for i, x := range d.Payments {
		a.Payments[i] = PenaltyPayment{Kind: x.Kind, Amount: x.Fen, On: Date{x.On}}
	}
	if d.Ended == 0 {
		for _, x := range d.Outstanding() {
			a.Outstanding = append(a.Outstanding, PenaltyPayment{Kind: x.Kind, Amount: x.Fen})
		}
	}
	return a
}

// told adds what facts say that the state does not keep.
func (c *PenaltyCase) told(s penalty.State, p Piece, f For) {
	each(p, func(_ domain.Meta, e penalty.ViolationAlleged) { c.Facts = Maybe(e.Facts) })
	each(p, func(_ domain.Meta, e penalty.Decided) {
		if c.Decision != nil {
			c.Decision.Reasons = Maybe(e.Reasons)
		}
	})
	each(p, func(m domain.Meta, e penalty.AccountabilityReferred) {
		r := PenaltyReferral{On: dayOf(m), Body: e.Body, Reason: Maybe(e.Reason)}
		if !e.Person.IsZero() {
			r.Person = sealedOf(e.Person.Person, s.Agency == f.Reader.Agency, s.Persons.Erased(e.Person.Person), lettered(personWord, len(c.Referrals)), f)
		}
		c.Referrals = append(c.Referrals, r)
	})
}

// personWord is how other units than the handling one read who is referred.
var personWord = domain.Text{ZH: "人员", EN: "person"}

func sanctionOf(s rule.Sanction) PenaltySanction {
	return PenaltySanction{Kinds: orEmpty(s.Kinds), Fine: s.FineFen, Confiscated: s.ConfiscatedFen, Refund: s.RefundFen, BarYears: s.BarYears, BarForLife: s.BarForLife}
}

func provisionsOf(list []rule.Provision) []PenaltyProvision {
	out := make([]PenaltyProvision, len(list))
	for i, p := range list {
		out[i] = PenaltyProvision{Statute: p.Statute, Version: Maybe(p.Version), Article: p.Article, On: Date{p.On}}
	}
	return out
}

func remediesOf(list []penalty.RemedyStatus) []PenaltyRemedyStatus {
	out := make([]PenaltyRemedyStatus, len(list))
	for i, r := range list {
		out[i] = PenaltyRemedyStatus{Remedy: r.Kind, Outcome: Maybe(r.Outcome), Stayed: r.Stayed}
	}
	return out
}
