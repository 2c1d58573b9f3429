package institution

import (
	"slices"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/ident"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// State is what is known of an institution. Views keep it as a row, under the
// short names of its tags, without what is personal. It keeps days, so that the methods
// can say how things stood on any of them. It is a value: see domain.Decider.
type State struct {
	Since      calendar.Day    `json:"s,omitzero"` // registered from; zero: not registered
	Ref        string          `json:"r,omitzero"`
	Kind       term.Kind       `json:"k,omitzero"`
	Mode       term.Mode       `json:"m,omitzero"`
	Names      []Dated         `json:"n,omitzero"` // registered names, in log order
	OtherNames []string        `json:"on,omitzero"`
	Addresses  []Dated         `json:"a,omitzero"`
	Codes      []Code          `json:"c,omitzero"`
	Organiser  *domain.Sealed  `json:"-"`
	Principal  *domain.Sealed  `json:"-"`
	Persons    rule.Persons    `json:"-"`           // of whom values are sealed
	Class      term.Class      `json:"cl,omitzero"` // as registered; a licence held says more
	Categories []term.Category `json:"ca,omitzero"`
	Audiences  []term.Audience `json:"au,omitzero"`

	Licences      []Licence         `json:"l,omitzero"`
	Registrations []Registration    `json:"re,omitzero"`
	Terminations  []Termination     `json:"t,omitzero"`
	Stops         []calendar.Day    `json:"st,omitzero"`
	Reviews       []Review          `json:"rev,omitzero"`
	Inspections   []rule.Inspection `json:"i,omitzero"`
	Platforms     []Dated           `json:"p,omitzero"`
	Templates     []Dated           `json:"te,omitzero"`
	Interviews    []calendar.Day    `json:"in,omitzero"`
	Applications  []Application     `json:"ap,omitzero"`
	Challenges    []Challenge       `json:"ch,omitzero"`
	Reports       []Report          `json:"rp,omitzero"`
	Cards         []Card            `json:"cd,omitzero"`
	Closures      []Closure         `json:"cs,omitzero"`
	Clocks        clock.Clocks      `json:"ck,omitzero"`
}

// Dated is a value from a day on.
type Dated struct {
	From  calendar.Day `json:"f,omitzero"`
	Value string       `json:"v,omitzero"`
}

// Code is an identifier with the days between which it was attached.
type Code struct {
	Kind  term.IdentifierKind `json:"k,omitzero"`
	Value string              `json:"v,omitzero"`
	From  calendar.Day        `json:"f,omitzero"` // To is the first day without it; zero: attached
	To    calendar.Day        `json:"t,omitzero"`
}

// Licence is one licence with its life.
type Licence struct {
	Number    ident.LicenceNumber `json:"n,omitzero"`
	Kind      term.LicenceKind    `json:"k,omitzero"`
	Scope     rule.Scope          `json:"s,omitzero"`
	GrantedOn calendar.Day        `json:"go,omitzero"`
	ValidFrom calendar.Day        `json:"vf,omitzero"`
	ValidTo   calendar.Day        `json:"vt,omitzero"`
	Pauses    []calendar.Interval `json:"p,omitzero"`
	Exit      term.LicenceState   `json:"e,omitzero"`  // empty: none
	ExitOn    calendar.Day        `json:"eo,omitzero"` // first day on which it is not held
	Cancelled calendar.Day        `json:"c,omitzero"`
	Cause     term.CancelCause    `json:"ca,omitzero"`
	Flagged   bool                `json:"f,omitzero"` // granted under a moratorium by override
}

// Registration is one registration of a legal person.
type Registration struct {
	Authority term.Registry  `json:"a,omitzero"`
	Form      term.LegalForm `json:"f,omitzero"`
	Number    string         `json:"n,omitzero"`
	ForProfit bool           `json:"fp,omitzero"`
	From      calendar.Day   `json:"fr,omitzero"`
	Ended     calendar.Day   `json:"e,omitzero"` // first day without it; zero: live
}

// Termination is an announced end.
type Termination struct {
	Announced  calendar.Day `json:"a,omitzero"`
	PlannedEnd calendar.Day `json:"pe,omitzero"`
	Reason     string       `json:"r,omitzero"`
}

// Review is a compliance review.
type Review struct {
	On     calendar.Day      `json:"o,omitzero"`
	Result term.ReviewResult `json:"r,omitzero"`
}

// at returns the last value that began on or before a day: the greatest day
// wins, and among equal ones the one recorded last.
func at(values []Dated, on calendar.Day) string {
	best, found := Dated{}, false
	for _, v := range values {
		if v.From <= on && (!found || v.From >= best.From) {
			best, found = v, true
		}
	}
	return best.Value
}

// Name returns the registered name on a day.
func (s State) Name(on calendar.Day) string { return at(s.Names, on) }

// Address returns the address on a day.
func (s State) Address(on calendar.Day) string { return at(s.Addresses, on) }

// Platform returns the supervision platform on a day.
func (s State) Platform(on calendar.Day) string { return at(s.Platforms, on) }

// ContractTemplate returns the version of the contract in use on a day.
func (s State) ContractTemplate(on calendar.Day) string { return at(s.Templates, on) }

// USCC returns the credit code attached on a day, or nothing.
func (s State) USCC(on calendar.Day) ident.USCC {
	for _, c := range slices.Backward(s.Codes) {
		if c.Kind == term.USCCIdentifier && c.From <= on && (c.To == 0 || on < c.To) {
			return ident.USCC(c.Value)
		}
	}
	return ""
}

// Licence returns the licence of that number.
func (s State) Licence(n ident.LicenceNumber) (Licence, bool) {
	i := slices.IndexFunc(s.Licences, func(l Licence) bool { return l.Number == n })
	if i < 0 {
		return Licence{}, false
	}
	return s.Licences[i], true
}

// Held reports whether the licence is held on a day: granted, begun, and not
// ended. A suspended licence is held; one whose term has run out is held until
// the exit is recorded.
func (l Licence) Held(on calendar.Day) bool {
	return l.GrantedOn <= on && l.ValidFrom <= on && (l.Exit == "" || on < l.ExitOn)
}

// Suspended reports whether the licence is paused on a day.
func (l Licence) Suspended(on calendar.Day) bool {
	return slices.ContainsFunc(l.Pauses, func(p calendar.Interval) bool {
		return p.Suspended <= on && (p.Resumed == 0 || on < p.Resumed)
	})
}

// Valid reports whether the licence is in force on a day: held, not suspended,
// within its term.
func (l Licence) Valid(on calendar.Day) bool {
	return l.Held(on) && !l.Suspended(on) && on <= l.ValidTo
}

// State returns the word for the licence on a day.
func (l Licence) State(on calendar.Day) term.LicenceState {
	switch {
	case l.Cancelled != 0 && l.Cancelled <= on:
		return term.LicenceCancelled
	case l.Exit != "" && l.ExitOn <= on:
		return l.Exit
	case on < l.GrantedOn || on < l.ValidFrom:
		return term.LicencePending
	case l.Suspended(on):
		return term.LicenceSuspended
	case on > l.ValidTo:
		return term.LicenceLapsed
	}
	return term.LicenceValid
}

// Registration returns the live registration on a day.
func (s State) Registration(on calendar.Day) (Registration, bool) {
	for _, r := range slices.Backward(s.Registrations) {
		if r.From <= on && (r.Ended == 0 || on < r.Ended) {
			return r, true
		}
	}
	return Registration{}, false
}

// ValidLicences returns the licences in force on a day.
func (s State) ValidLicences(on calendar.Day) []Licence {
	var out []Licence
	for _, l := range s.Licences {
		if l.Valid(on) {
			out = append(out, l)
		}
	}
	return out
}

// Documents says which papers are in force on a day: 证 is a licence or
// recognised instrument, 照 is the legal registration of either kind.
func (s State) Documents(on calendar.Day) term.Documents {
	licensed := len(s.ValidLicences(on)) > 0
	_, registered := s.Registration(on)
	switch {
	case licensed && registered:
		return term.Complete
	case licensed:
		return term.LicensedOnly
	case registered:
		return term.RegisteredOnly
	}
	return term.Neither
}

// Scope returns what it teaches on a day: the scope of the licence granted
// last among those held, else that of the registration or of the last licence
// held before.
func (s State) Scope(on calendar.Day) rule.Scope {
	scope := rule.Scope{Class: s.Class, Categories: s.Categories, Audiences: s.Audiences}
	newest, held := calendar.Day(0), false
	for _, l := range s.Licences {
		begun := l.GrantedOn <= on && l.ValidFrom <= on
		first := l.Held(on) && !held
		if !begun || held && !l.Held(on) || !first && l.ValidFrom < newest {
			continue
		}
		newest, held, scope = l.ValidFrom, l.Held(on), l.Scope
	}
	return scope
}

// Deregistered reports whether it has ended on a day (已注销): it held a licence
// or a registration, every licence is cancelled (or was closed by a conversion
// to one that is), and no registration is live.
func (s State) Deregistered(on calendar.Day) bool {
	if _, live := s.Registration(on); live {
		return false
	}
	had := false
	for _, l := range s.Licences {
		if l.GrantedOn > on {
			continue
		}
		converted := l.Exit == term.LicenceConverted && l.ExitOn <= on
		if !converted && (l.Cancelled == 0 || l.Cancelled > on) {
			return false
		}
		had = true
	}
	for _, r := range s.Registrations {
		had = had || r.Ended != 0 && r.Ended <= on
	}
	return had
}

// Terminating reports whether an end is announced on a day.
func (s State) Terminating(on calendar.Day) bool {
	return slices.ContainsFunc(s.Terminations, func(t Termination) bool { return t.Announced <= on })
}

// Stopped reports whether it was closed by a day and no licence was granted
// since.
func (s State) Stopped(on calendar.Day) bool {
	return slices.ContainsFunc(s.Stops, func(stop calendar.Day) bool { return stop <= on && !s.licensedAfter(stop, on) })
}

// Left reports whether an abnormal closure was reported by a day and no licence
// was granted since.
func (s State) Left(on calendar.Day) bool {
	return slices.ContainsFunc(s.Closures, func(c Closure) bool { return c.On <= on && !s.licensedAfter(c.On, on) })
}

func (s State) licensedAfter(day, on calendar.Day) bool {
	return slices.ContainsFunc(s.Licences, func(l Licence) bool { return l.GrantedOn > day && l.GrantedOn <= on })
}

// Status returns how it operates on a day.
func (s State) Status(on calendar.Day) term.Status {
	held, suspended := 0, 0
	for _, l := range s.Licences {
		if l.Held(on) {
			held++
			if l.Suspended(on) {
				suspended++
			}
		}
	}
	switch {
	case s.Deregistered(on):
		return term.Deregistered
	case s.Stopped(on), s.Left(on):
		return term.Closed
	case s.Terminating(on):
		return term.Terminating
	case held > 0 && held == suspended:
		return term.Suspended
	}
	return term.Operating
}

// Subject returns the institution as the list rules see it on a day.
func (s State) Subject(on calendar.Day) rule.Subject {
	sub := rule.Subject{
		Known: s.Since != 0 && s.Since <= on, Kind: s.Kind, Name: s.Name(on),
		Platform: s.Platform(on), Terminating: s.Terminating(on), Stopped: s.Stopped(on) || s.Left(on),
	}
	scope := s.Scope(on)
	sub.Class, sub.Categories = scope.Class, scope.Categories
	for _, l := range s.ValidLicences(on) {
		sub.Licences = append(sub.Licences, rule.HeldLicence{Number: string(l.Number), Kind: l.Kind})
		if sub.LicensedFrom == 0 || l.ValidFrom < sub.LicensedFrom {
			sub.LicensedFrom = l.ValidFrom
		}
	}
	if r, ok := s.Registration(on); ok {
		sub.Registered, sub.Form = true, r.Form.Label().ZH
	}
	for _, i := range s.Inspections {
		if i.PublishedOn != 0 && i.PublishedOn <= on {
			sub.Inspections = append(sub.Inspections, i)
		}
	}
	if r, ok := s.lastReview(on); ok && r.Result == term.Failed {
		sub.Violations = append(sub.Violations, "合规审核未通过（"+r.On.String()+"）")
	}
	for _, l := range s.Licences {
		if l.Flagged && l.Held(on) {
			sub.Violations = append(sub.Violations, "停止审批期间发证（"+string(l.Number)+"）")
		}
	}
	return sub
}

func (s State) lastReview(on calendar.Day) (Review, bool) {
	last, found := Review{}, false
	for _, r := range s.Reviews {
		if r.On <= on && (!found || r.On >= last.On) {
			last, found = r, true
		}
	}
	return last, found
}

// DeregisteredSince returns the day from which it has ended, where it has on
// the day asked for: the last day on which a licence or registration ended.
func (s State) DeregisteredSince(on calendar.Day) calendar.Day {
	var since calendar.Day
	last := func(d calendar.Day) {
		if d != 0 && d <= on {
			since = max(since, d)
		}
	}
	for _, l := range s.Licences {
		last(l.ExitOn)
		last(l.Cancelled)
	}
	for _, r := range s.Registrations {
		last(r.Ended)
	}
	return since
}
