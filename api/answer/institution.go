package answer

import (
	"time"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/ident"
	"minglu/domain/institution"
	"minglu/domain/rule"
	"minglu/domain/term"
	"minglu/projections"
)

// Institution is an institution, person or place on one day, as the register
// knew it at one position.
type Institution struct {
	ID          string              `json:"id"`
	Ref         Maybe               `json:"ref" doc:"The reference that its writer chose."`
	Name        string              `json:"name" doc:"The registered name on the day."`
	Names       []string            `json:"names" doc:"The registered name first, then other names, then former ones."`
	FormerNames []string            `json:"former_names"`
	Division    Division            `json:"division"`
	Kind        term.Kind           `json:"kind"`
	Mode        term.Mode           `json:"mode"`
	Class       term.Class          `json:"class"`
	Categories  []term.Category     `json:"categories"`
	Audiences   []term.Audience     `json:"audiences"`
	Address     Maybe               `json:"address"`
	USCC        Maybe               `json:"uscc"`
	Identifiers []Identifier        `json:"identifiers"`
	Licences    []Licence           `json:"licences"`
	Legal       *LegalEntity        `json:"legal_registration" doc:"The live registration of the legal person, null where there is none."`
	Documents   term.Documents      `json:"documents"`
	Standing    term.Standing       `json:"standing"`
	Since       Date                `json:"standing_since"`
	Reason      Maybe               `json:"standing_reason"`
	Basis       *StandingBasis      `json:"standing_basis" doc:"The decision behind the standing, null where there is none."`
	Advice      string              `json:"advice" doc:"One plain sentence: may I sign up?"`
	Status      term.Status         `json:"status"`
	StatusNote  Maybe               `json:"status_note"`
	Termination *Termination        `json:"termination"`
	Inspections []AnnualInspected   `json:"annual_inspections"`
	Review      *Review             `json:"compliance_review"`
	Platform    Maybe               `json:"platform"`
	Contract    Maybe               `json:"contract_template"`
	Registered  Date                `json:"registered_on"`
	Accounts    []SupervisedAccount `json:"supervised_account" doc:"The supervised accounts that are open: prepayment goes there and nowhere else. Empty where none is registered."`
	Warnings    []FundWarning       `json:"warnings" doc:"Of the safety of prepayment, while they last."`
	Version     uint64              `json:"version" doc:"Number of facts about it; what If-Match names."`
	UpdatedSeq  uint64              `json:"updated_seq" doc:"Position of the newest fact about it."`
	Updated     time.Time           `json:"updated" doc:"When that was recorded."`
	AsOf        Date                `json:"as_of"`
	AtSeq       uint64              `json:"at_seq"`
	Scheduled   bool                `json:"scheduled,omitempty" doc:"The day is yet to come: what is shown is scheduled."`
}

// Identifier is a code that belongs to it on the day.
type Identifier struct {
	Kind  term.IdentifierKind `json:"kind"`
	Value string              `json:"value"`
	Since Date                `json:"since"`
}

// Licence is one licence with how it stands on the day.
type Licence struct {
	Number     ident.LicenceNumber `json:"number"`
	Kind       term.LicenceKind    `json:"kind"`
	Class      term.Class          `json:"class"`
	Categories []term.Category     `json:"categories"`
	Audiences  []term.Audience     `json:"audiences"`
	ValidFrom  Date                `json:"valid_from"`
	ValidTo    Date                `json:"valid_to" doc:"The last day."`
	State      term.LicenceState   `json:"state"`
	GrantedOn  Date                `json:"granted_on"`
	EndedOn    Date                `json:"ended_on" doc:"The first day on which it was not held."`
	Cancelled  Date                `json:"cancelled_on"`
	Cause      Maybe               `json:"cancel_cause"`
	Flagged    bool                `json:"under_moratorium,omitempty" doc:"Granted while approvals were stopped, by a document of a higher authority."`
}

// LegalEntity is the registration of the legal person.
type LegalEntity struct {
	Authority term.Registry  `json:"authority"`
	Form      term.LegalForm `json:"form"`
	Number    string         `json:"number"`
	ForProfit bool           `json:"for_profit"`
	Since     Date           `json:"since"`
}

// StandingBasis is the decision behind a standing.
type StandingBasis struct {
	DocumentNo Maybe `json:"document_no"`
	LegalBasis Maybe `json:"legal_basis"`
	DecidedBy  Maybe `json:"decided_by"`
	Agency     Maybe `json:"decided_by_name"`
	Until      Date  `json:"until" doc:"The last day that is known."`
	Tier       Maybe `json:"tier"`
	RepairFrom Date  `json:"repair_from" doc:"From when credit repair may be asked for."`
}

// Termination is an announced end.
type Termination struct {
	Announced  Date   `json:"announced"`
	PlannedEnd Date   `json:"planned_end"`
	Reason     string `json:"reason"`
}

// AnnualInspected is the result of one annual inspection.
type AnnualInspected struct {
	Year        int                   `json:"year"`
	Result      term.InspectionResult `json:"result"`
	PublishedOn Date                  `json:"published_on"`
}

// Review is the last compliance review.
type Review struct {
	On     Date              `json:"on"`
	Result term.ReviewResult `json:"result"`
}

// InstitutionOf answers for one institution. i is what the register knew at
// f.AtSeq, now what it knows at its newest position; they are the same where
// nothing was recorded between.
func InstitutionOf(i, now projections.Institution, f For) Institution {
	s, on := i.State, f.AsOf
	m := maskOf(now.State, f.Reader)
	i = Shown(i, now, f)
	st := standingOf(i, f, m)
	scope := s.Scope(on)
	a := Institution{
		ID: i.ID, Ref: Maybe(s.Ref), Name: m.text(s.Name(on)), Division: DivisionOn(i.Division, on),
		Kind: s.Kind, Mode: s.Mode, Class: scope.Class, Categories: orEmpty(scope.Categories), Audiences: orEmpty(scope.Audiences),
		Address: Maybe(m.text(s.Address(on))), Identifiers: []Identifier{}, Licences: licencesOf(s, f), Documents: s.Documents(on),
		Standing: st.standing, Since: Date{st.since}, Reason: Maybe(st.reason), Basis: st.basis,
		Status: s.Status(on), Inspections: []AnnualInspected{},
		Platform: Maybe(s.Platform(on)), Contract: Maybe(s.ContractTemplate(on)), Registered: Date{s.Since}, Accounts: []SupervisedAccount{}, Warnings: []FundWarning{},
		Version: i.Version, UpdatedSeq: i.Seq, Updated: i.Recorded.In(calendar.Beijing), AsOf: Date{on}, AtSeq: f.AtSeq, Scheduled: f.Scheduled(),
	}
	a.Names, a.FormerNames = namesOf(s, on, m)
	a.Advice, a.StatusNote = f.say(Advice(a.Standing, a.Status)), Maybe(f.say(StatusNote(a.Status)))
	if !m.hides() {
		a.USCC = Maybe(s.USCC(on))
		a.Identifiers = identifiersOf(s, on)
	}
	if r, ok := s.Registration(on); ok {
		a.Legal = &LegalEntity{Authority: r.Authority, Form: r.Form, Number: m.text(r.Number), ForProfit: r.ForProfit, Since: Date{r.From}}
	}
	for _, t := range s.Terminations {
		if t.Announced <= on {
			a.Termination = &Termination{Announced: Date{t.Announced}, PlannedEnd: Date{t.PlannedEnd}, Reason: m.text(t.Reason)}
		}
	}
	for _, n := range s.Inspections {
		if n.PublishedOn != 0 && n.PublishedOn <= on || n.PublishedOn == 0 && f.Reader.Over(i.Division) {
			a.Inspections = append(a.Inspections, AnnualInspected{Year: n.Year, Result: n.Result, PublishedOn: Date{n.PublishedOn}})
		}
	}
	var last calendar.Day
	for _, r := range s.Reviews {
		if r.On <= on && r.On >= last {
			last, a.Review = r.On, &Review{On: Date{r.On}, Result: r.Result}
		}
	}
	return a
}

// Known reports whether it was in the register on the day asked about.
func Known(i projections.Institution, on calendar.Day) bool {
	return i.State.Since != 0 && i.State.Since <= on
}

// namesOf returns all names, the registered one of the day first, and the
// former ones among them.
func namesOf(s institution.State, on calendar.Day, m mask) (all, former []string) {
	all, former = []string{}, []string{}
	seen := map[string]bool{}
	add := func(n string, was bool) {
		n = m.text(n)
		if n == "" || seen[n] {
			return
		}
		seen[n] = true
		all = append(all, n)
		if was {
			former = append(former, n)
		}
	}
	add(s.Name(on), false)
	for _, n := range s.OtherNames {
		add(n, false)
	}
	for k := len(s.Names) - 1; k >= 0; k-- {
		if s.Names[k].From <= on {
			add(s.Names[k].Value, true)
		}
	}
	return all, former
}

func identifiersOf(s institution.State, on calendar.Day) []Identifier {
	out := []Identifier{}
	for _, c := range s.Codes {
		if c.From <= on && (c.To == 0 || on < c.To) {
			out = append(out, Identifier{Kind: c.Kind, Value: c.Value, Since: Date{c.From}})
		}
	}
	return out
}

// licencesOf returns the licences that there were by the day; asked about today
// or later, those too that are granted from a day to come.
func licencesOf(s institution.State, f For) []Licence {
	out := []Licence{}
	for _, l := range s.Licences {
		if l.GrantedOn > f.AsOf && f.AsOf < f.Today {
			continue
		}
		out = append(out, licenceOf(l, f.AsOf))
	}
	return out
}

func licenceOf(l institution.Licence, on calendar.Day) Licence {
	a := Licence{
		Number: l.Number, Kind: l.Kind, Class: l.Scope.Class, Categories: orEmpty(l.Scope.Categories), Audiences: orEmpty(l.Scope.Audiences),
		ValidFrom: Date{l.ValidFrom}, ValidTo: Date{l.ValidTo}, State: l.State(on), GrantedOn: Date{l.GrantedOn}, Flagged: l.Flagged,
	}
	if l.Exit != "" && l.ExitOn <= on {
		a.EndedOn = Date{l.ExitOn}
	}
	if l.Cancelled != 0 && l.Cancelled <= on {
		a.Cancelled, a.Cause = Date{l.Cancelled}, Maybe(l.Cause)
	}
	return a
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// standing is a standing with what stands behind it.
type standing struct {
	standing term.Standing
	since    calendar.Day
	reason   string
	basis    *StandingBasis
}

// standingOf returns the standing of i, which is already as its reader may see
// it.
func standingOf(i projections.Institution, f For, m mask) standing {
	st := standing{}
	st.standing, st.since, st.reason = i.Standing(f.AsOf)
	l := i.Listing
	switch st.standing {
	case term.StandingWhite:
		w, _ := l.White(f.AsOf)
		st.basis = &StandingBasis{DocumentNo: Maybe(w.DocumentNo), LegalBasis: Maybe(w.Law), DecidedBy: Maybe(w.Agency)}
		st.reason = f.say(whiteReason(w.Override))
	case term.StandingWatch:
		w, _ := l.Watch(f.AsOf)
		st.basis = &StandingBasis{DecidedBy: Maybe(w.Agency), Until: Date{w.Until}}
	case term.StandingBlack:
		b, _ := l.PublicBlack(f.AsOf)
		st.basis = &StandingBasis{
			DocumentNo: Maybe(b.DocumentNo), LegalBasis: Maybe(lawsOf(b.Grounds)), DecidedBy: Maybe(b.Agency),
			Until: Date{b.MaxUntil}, Tier: Maybe(b.Tier), RepairFrom: Date{b.MinUntil},
		}
		st.reason = groundsText(b.Grounds, f)
	case term.StandingDeregistered:
		st.reason = deregistrationText(i.State, f)
	}
	if st.basis != nil {
		st.basis.Agency = Maybe(f.say(AgencyName(string(st.basis.DecidedBy))))
	}
	st.reason = m.text(st.reason)
	return st
}

func whiteReason(override bool) domain.Text {
	if override {
		return domain.Text{ZH: "凭文件列入", EN: "listed by a document"}
	}
	return domain.Text{ZH: "符合白名单条件", EN: "meets the criteria of the white list"}
}

// deregistrationText says by what it ended: the last cancellation.
func deregistrationText(s institution.State, f For) string {
	var last institution.Licence
	for _, l := range s.Licences {
		if l.Cancelled != 0 && l.Cancelled <= f.AsOf && l.Cancelled >= last.Cancelled {
			last = l
		}
	}
	if last.Cancelled == 0 {
		return f.say(domain.Text{ZH: "法人登记已注销", EN: "the legal entity is deregistered"})
	}
	cause := last.Cause.Label()
	return f.say(domain.Text{ZH: "许可已注销（" + cause.ZH + "）", EN: "the licence is cancelled (" + cause.EN + ")"})
}

// scopeText writes a scope for a sentence.
func scopeText(s rule.Scope) domain.Text {
	return scopeWords(s.Class, s.Categories, s.Audiences)
}
