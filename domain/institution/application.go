package institution

import (
	"fmt"
	"slices"
	"strconv"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/ident"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Application is one application for a licence with what became of it.
type Application struct {
	Applied  calendar.Day          `json:"a,omitzero"`
	Kind     term.LicenceKind      `json:"k,omitzero"`
	Scope    rule.Scope            `json:"s,omitzero"`
	Missing  string                `json:"m,omitzero"` // the standard that it waits for; empty: none
	Accepted calendar.Day          `json:"ac,omitzero"`
	Granted  calendar.Day          `json:"g,omitzero"`
	Refused  calendar.Day          `json:"r,omitzero"`
	Grounds  []term.LicenceRefusal `json:"gr,omitzero"`
}

// Open reports whether the application is neither granted nor refused.
func (a Application) Open() bool { return a.Granted == 0 && a.Refused == 0 }

// Waits reports whether the application waits for a standard.
func (a Application) Waits() bool { return a.Open() && a.Missing != "" }

// Application returns the open application.
func (s State) Application() (Application, bool) {
	if n := len(s.Applications); n > 0 && s.Applications[n-1].Open() {
		return s.Applications[n-1], true
	}
	return Application{}, false
}

// Challenge is one challenge of the classification.
type Challenge struct {
	On       calendar.Day               `json:"o,omitzero"`
	Reviewed calendar.Day               `json:"r,omitzero"` // zero: open
	Outcome  term.ClassificationOutcome `json:"u,omitzero"`
}

// challenged returns the challenge that is not reviewed.
func (s State) challenged() (Challenge, bool) {
	if n := len(s.Challenges); n > 0 && s.Challenges[n-1].Reviewed == 0 {
		return s.Challenges[n-1], true
	}
	return Challenge{}, false
}

// decideApplication decides on applications, and on who contests the class.
func decideApplication(s State, on calendar.Day, c Command) ([]Event, error) {
	switch c := c.(type) {
	case ApplyForLicence:
		return decideApplying(s, c)
	case AcceptApplication:
		return decideAcceptance(s, on, c)
	case RefuseLicence:
		return decideRefusal(s, on, c)
	case ChallengeClassification:
		if open, ok := s.challenged(); ok {
			return nil, domain.Refuse(domain.Conflict, rule.ClassificationReview, domain.Say(
				"%s 提出的分类异议尚未复核", "the challenge of %s is not reviewed yet", open.On))
		}
		return domain.OneFact[Event](ClassificationChallenged(c), domain.Filled("/body/grounds", c.Grounds))
	case ReviewClassification:
		return decideReview(s, on, c)
	}
	panic(fmt.Sprintf("institution does not know the command %T", c))
}

func noApplication(pointer, code string, t domain.Text) error {
	return domain.Refuse(domain.Conflict, rule.LicenceApplication, t, domain.Field{Pointer: pointer, Code: code, Message: t})
}

func decideApplying(s State, c ApplyForLicence) ([]Event, error) {
	if len(c.Audiences) == 0 {
		return nil, domain.BadField("/body/audiences", "required", domain.Say("请写明培训对象", "name the audiences"))
	}
	scope := rule.Scope{Class: c.Class, Categories: c.Categories, Audiences: c.Audiences}
	if a, open := s.Application(); open {
		if a.Kind == c.Kind && a.Scope.Same(scope) && a.Missing == c.StandardMissing {
			return nil, nil
		}
		return nil, noApplication("/body", "pending", domain.Say("%s 的申请尚未办结", "the application of %s is not decided yet", a.Applied))
	}
	e := LicenceApplied{
		Kind: c.Kind, Class: c.Class, Categories: domain.OrEmpty(c.Categories), Audiences: c.Audiences,
		Address: c.Address, Materials: domain.OrEmpty(c.Materials), StandardMissing: c.StandardMissing,
	}
	if c.Address == "" {
		return domain.OneFact[Event](e, nil)
	}
	return domain.OneFact[Event](e, s.veiled("/body/address", c.Address, ident.MaskAddress(c.Address)))
}

// pending returns the open application, made by a day.
func (s State) pending(on calendar.Day) (Application, error) {
	a, open := s.Application()
	switch {
	case !open:
		return a, domain.Refuse(domain.Conflict, rule.LicenceApplication, domain.Say("没有待办的许可申请", "no application waits"))
	case on < a.Applied:
		return a, noApplication("/effective", "too_early", domain.Say("早于申请日 %s", "before the application of %s", a.Applied))
	}
	return a, nil
}

// decideAcceptance accepts. An application that waits for a standard is accepted
// under the document that brings it.
func decideAcceptance(s State, on calendar.Day, c AcceptApplication) ([]Event, error) {
	a, err := s.pending(on)
	switch {
	case err != nil:
		return nil, err
	case a.Accepted != 0:
		return nil, nil
	case a.Missing != "" && c.Standard == "":
		return nil, noApplication("/body/standard", "missing", domain.Say(
			"所依标准“%s”尚未出台，申请待其出台后受理；请写明出台的文件", "the standard %q is not issued yet; the application waits for it: name the document once it is", a.Missing))
	}
	return domain.OneFact[Event](LicenceApplicationAccepted(c), nil)
}

func decideRefusal(s State, on calendar.Day, c RefuseLicence) ([]Event, error) {
	if _, err := s.pending(on); err != nil {
		return nil, err
	}
	if len(c.Grounds) == 0 {
		t := domain.Say("不予许可须说明理由", "a refusal says its grounds")
		return nil, domain.Refuse(domain.Invalid, rule.LicenceApplication, t, domain.Field{Pointer: "/body/grounds", Code: "required", Message: t})
	}
	for i, g := range c.Grounds {
		if slices.Contains(c.Grounds[:i], g) {
			return nil, domain.BadField("/body/grounds/"+strconv.Itoa(i), "twice", domain.Say("“%s”写了两次", "%[2]q stands twice", g.Label().ZH, g.Label().EN))
		}
	}
	return domain.OneFact[Event](LicenceRefused(c), because(c.Reason))
}

// applied refuses a grant on an application for that class that was not
// accepted. A licence without an application is that of a time before they were
// recorded.
func (s State) applied(class term.Class) error {
	if a, open := s.Application(); open && a.Scope.Class == class && a.Accepted == 0 {
		return noApplication("/body/class", "not_accepted", domain.Say("%s 的申请尚未受理，请先受理", "the application of %s is not accepted yet; accept it first", a.Applied))
	}
	return nil
}

func decideReview(s State, on calendar.Day, c ReviewClassification) ([]Event, error) {
	open, ok := s.challenged()
	switch {
	case !ok:
		return nil, domain.Refuse(domain.Conflict, rule.ClassificationReview, domain.Say("没有待复核的分类异议", "no challenge waits for its review"))
	case on < open.On:
		return nil, domain.Refuse(domain.Conflict, rule.ClassificationReview, domain.Say("早于异议提出日 %s", "before the challenge of %s", open.On),
			domain.Field{Pointer: "/effective", Code: "too_early", Message: domain.Say("应不早于 %s", "not before %s", open.On)})
	}
	return domain.OneFact[Event](ClassificationReviewed(c), domain.Filled("/body/panel", c.Panel))
}

// answered returns the applications, of which the open one is changed.
func answered(as []Application, change func(*Application)) []Application {
	n := len(as)
	if n == 0 || !as[n-1].Open() {
		return as
	}
	as = slices.Clone(as)
	change(&as[n-1])
	return as
}

func evolveApplication(s State, on calendar.Day, e Event) State {
	switch e := e.(type) {
	case LicenceApplied:
		s.Applications = domain.With(s.Applications, Application{Applied: on, Kind: e.Kind, Missing: e.StandardMissing,
			Scope: rule.Scope{Class: e.Class, Categories: e.Categories, Audiences: e.Audiences}})
	case LicenceApplicationAccepted:
		s.Applications = answered(s.Applications, func(a *Application) { a.Accepted, a.Missing = on, "" })
	case LicenceRefused:
		s.Applications = answered(s.Applications, func(a *Application) { a.Refused, a.Grounds = on, e.Grounds })
	case ClassificationChallenged:
		s.Challenges = domain.With(s.Challenges, Challenge{On: on})
	case ClassificationReviewed:
		if n := len(s.Challenges); n > 0 {
			s.Challenges = slices.Clone(s.Challenges)
			c := &s.Challenges[n-1]
			c.Reviewed, c.Outcome = on, e.Outcome
		}
	}
	return s
}
