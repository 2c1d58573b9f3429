package listing

import (
	"fmt"
	"slices"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/term"
)

// State is what was decided about one institution or person. It keeps days; its
// methods say how things stood on any of them. It is a value.
type State struct {
	Whites    []White      `json:"w,omitzero"`
	Watches   []Watch      `json:"wa,omitzero"`
	Notices   []Notice     `json:"n,omitzero"`
	Blacks    []Black      `json:"b,omitzero"`
	Repairs   []Repair     `json:"r,omitzero"`
	Proposals []Proposal   `json:"p,omitzero"`
	Clocks    clock.Clocks `json:"c,omitzero"`
}

// White is one time on the white list.
type White struct {
	From       calendar.Day      `json:"f,omitzero"`
	Removed    calendar.Day      `json:"r,omitzero"` // first day off the list; zero: on it
	Cause      term.WhiteRemoval `json:"c,omitzero"`
	DocumentNo string            `json:"dn,omitzero"`
	Override   bool              `json:"o,omitzero"`
	Agency     string            `json:"a,omitzero"`
	Law        string            `json:"l,omitzero"`
}

// Watch is one time under watch.
type Watch struct {
	From    calendar.Day      `json:"f,omitzero"`
	Until   calendar.Day      `json:"u,omitzero"` // last day, by the decision
	Ended   calendar.Day      `json:"e,omitzero"` // first day off; zero: not ended
	Outcome term.WatchOutcome `json:"o,omitzero"`
	Reason  string            `json:"r,omitzero"`
	Agency  string            `json:"a,omitzero"`
}

// Notice is one black procedure.
type Notice struct {
	Served      calendar.Day `json:"s,omitzero"`
	WindowUntil calendar.Day `json:"wu,omitzero"`
	Grounds     []Ground     `json:"g,omitzero"`
	Officer     string       `json:"o,omitzero"`
	Stated      bool         `json:"st,omitzero"`
	Waived      calendar.Day `json:"w,omitzero"` // zero: not waived
	Decided     bool         `json:"d,omitzero"`
}

// Black is one black listing.
type Black struct {
	Decided     calendar.Day      `json:"d,omitzero"`
	DocumentNo  string            `json:"dn,omitzero"`
	Tier        term.Tier         `json:"t,omitzero"`
	PublishFrom calendar.Day      `json:"pf,omitzero"`
	MinUntil    calendar.Day      `json:"mu,omitzero"`
	MaxUntil    calendar.Day      `json:"ma,omitzero"`
	Grounds     []Ground          `json:"g,omitzero"`
	Served      calendar.Day      `json:"s,omitzero"` // zero: not yet
	Removed     calendar.Day      `json:"r,omitzero"` // first day off; zero: not removed
	Cause       term.BlackRemoval `json:"c,omitzero"`
	Reason      string            `json:"re,omitzero"`
	Agency      string            `json:"a,omitzero"`
}

// Repair is one application for credit repair.
type Repair struct {
	Applied calendar.Day `json:"a,omitzero"`
	Answer  string       `json:"an,omitzero"` // "", "granted" or "refused"
	On      calendar.Day `json:"o,omitzero"`
}

// On reports whether the listing holds on a day.
func (w White) On(day calendar.Day) bool {
	return w.From <= day && (w.Removed == 0 || day < w.Removed)
}

// On reports whether the watch holds on a day. It ends by itself after its
// last day, whether or not anybody took it off.
func (w Watch) On(day calendar.Day) bool {
	return w.From <= day && day <= w.Until && (w.Ended == 0 || day < w.Ended)
}

// InForce reports whether the decision stands on a day, published or not. It
// ends by itself after the last day of publication.
func (b Black) InForce(day calendar.Day) bool {
	return b.Decided <= day && day <= b.MaxUntil && (b.Removed == 0 || day < b.Removed)
}

// Public reports whether the listing is to be shown on a day: not before its
// publication begins, nor before the decision was served with the notice of
// credit repair.
func (b Black) Public(day calendar.Day) bool {
	return b.InForce(day) && b.PublishFrom <= day && b.Served != 0 && b.Served <= day
}

// unserved reports whether the decision could be served on a day: made, not
// removed before, and not served.
func (b Black) unserved(day calendar.Day) bool {
	return b.Served == 0 && b.Decided <= day && (b.Removed == 0 || day < b.Removed)
}

// removable returns the place of the listing that a removal on a day is about:
// the one in force, else the newest that nobody removed; -1 where there is none.
func (s State) removable(day calendar.Day) int {
	found := -1
	for i, b := range s.Blacks {
		switch {
		case b.Removed != 0 || b.Decided > day:
		case b.InForce(day), found < 0, !s.Blacks[found].InForce(day):
			found = i
		}
	}
	return found
}

// White returns the white listing that holds on a day.
func (s State) White(day calendar.Day) (White, bool) {
	return last(s.Whites, func(w White) bool { return w.On(day) })
}

// Watch returns the watch that holds on a day.
func (s State) Watch(day calendar.Day) (Watch, bool) {
	return last(s.Watches, func(w Watch) bool { return w.On(day) })
}

// Black returns the black listing in force on a day, published or not.
func (s State) Black(day calendar.Day) (Black, bool) {
	return last(s.Blacks, func(b Black) bool { return b.InForce(day) })
}

// PublicBlack returns the black listing to be shown on a day.
func (s State) PublicBlack(day calendar.Day) (Black, bool) {
	return last(s.Blacks, func(b Black) bool { return b.Public(day) })
}

// Standing returns the standing that the lists give on a day and from when it
// has held: black, watch, white or unlisted, in that order.
func (s State) Standing(day calendar.Day) (standing term.Standing, since calendar.Day, reason string) {
	if b, ok := s.PublicBlack(day); ok {
		return term.StandingBlack, max(b.PublishFrom, b.Served), groundsText(b.Grounds)
	}
	if w, ok := s.Watch(day); ok {
		return term.StandingWatch, w.From, w.Reason
	}
	if w, ok := s.White(day); ok {
		return term.StandingWhite, w.From, w.DocumentNo
	}
	return term.StandingUnlisted, s.unlistedSince(day), ""
}

// unlistedSince returns the last day on which a listing ended, or no day.
func (s State) unlistedSince(day calendar.Day) calendar.Day {
	var since calendar.Day
	ended := func(on calendar.Day) {
		if on != 0 && on <= day {
			since = max(since, on)
		}
	}
	for _, w := range s.Whites {
		ended(w.Removed)
	}
	for _, w := range s.Watches {
		ended(endOf(w.Ended, w.Until))
	}
	for _, b := range s.Blacks {
		ended(endOf(b.Removed, b.MaxUntil))
	}
	return since
}

// endOf returns the day on which something was over that was ended on a day, or
// on none, and in any case by itself after a last one.
func endOf(ended, last calendar.Day) calendar.Day {
	if over := last.AddDays(1); ended == 0 || over < ended {
		return over
	}
	return ended
}

func groundsText(gs []Ground) string {
	text := ""
	for i, g := range gs {
		if i > 0 {
			text += "；"
		}
		text += g.Code.Label().ZH
		if g.Facts != "" {
			text += "：" + g.Facts
		}
	}
	return text
}

func last[T any](list []T, holds func(T) bool) (T, bool) {
	for _, v := range slices.Backward(list) {
		if holds(v) {
			return v, true
		}
	}
	var none T
	return none, false
}

// open returns the procedure that is not decided.
func (s State) open() (Notice, bool) {
	if n := len(s.Notices); n > 0 && !s.Notices[n-1].Decided {
		return s.Notices[n-1], true
	}
	return Notice{}, false
}

// pending returns the application for repair that is not answered.
func (s State) pending() (Repair, bool) {
	if n := len(s.Repairs); n > 0 && s.Repairs[n-1].Answer == "" {
		return s.Repairs[n-1], true
	}
	return Repair{}, false
}

// Evolve is the state after a fact.
func Evolve(s State, m domain.Meta, e Event) State {
	on := calendar.DayOf(m.Effective)
	s.Clocks = s.Clocks.After(m, e)
	s = evolveProposals(s, on, e)
	switch e := e.(type) {
	case WhiteListed:
		s.Whites = domain.With(s.Whites, White{From: on, DocumentNo: e.DocumentNo, Override: e.Override != nil, Agency: m.Actor.Agency, Law: basis(m)})
	case WhiteRemoved:
		s.Whites = each(s.Whites, func(w White) bool { return w.On(on) }, func(w *White) { w.Removed, w.Cause = on, e.Cause })
	case PutOnWatch:
		s.Watches = domain.With(s.Watches, Watch{From: on, Until: e.Until, Reason: e.Reason, Agency: m.Actor.Agency})
	case TakenOffWatch:
		s.Watches = each(s.Watches, func(w Watch) bool { return w.On(on) }, func(w *Watch) { w.Ended, w.Outcome = on, e.Outcome })
	case Proposed, ProposalDismissed, DeadlineMissed:
		// The clocks and the proposals say it all.
	case Corrected, Annulled:
		// The store folds amended histories; the amendment itself says nothing more.
	default:
		return evolveBlack(s, m, on, e)
	}
	return s
}

func evolveBlack(s State, m domain.Meta, on calendar.Day, e Event) State {
	switch e := e.(type) {
	case BlackNoticeServed:
		s.Notices = domain.With(s.Notices, Notice{Served: on, WindowUntil: e.WindowUntil, Grounds: e.Grounds, Officer: m.Actor.Officer()})
	case StatementRecorded:
		s.Notices = each(s.Notices, undecided, func(n *Notice) { n.Stated = true })
	case StatementWaived:
		s.Notices = each(s.Notices, undecided, func(n *Notice) { n.Waived = on })
	case BlackListed:
		b := Black{Decided: on, DocumentNo: e.DocumentNo, Tier: e.Tier, PublishFrom: e.PublishFrom, MinUntil: e.MinUntil, MaxUntil: e.MaxUntil,
			Grounds: e.Grounds, Agency: m.Actor.Agency}
		if e.ServedWithDecision {
			b.Served = on
		}
		s.Blacks = domain.With(s.Blacks, b)
		s.Notices = each(s.Notices, undecided, func(n *Notice) { n.Decided = true })
	case DecisionServed:
		s.Blacks = each(s.Blacks, func(b Black) bool { return b.unserved(e.ServedOn) }, func(b *Black) { b.Served = e.ServedOn })
	case BlackRemoved:
		if i := s.removable(on); i >= 0 {
			s.Blacks = slices.Clone(s.Blacks)
			b := &s.Blacks[i]
			b.Removed, b.Cause, b.Reason = on, e.Cause, e.Reason
		}
	case CreditRepairApplied:
		s.Repairs = domain.With(s.Repairs, Repair{Applied: on})
	case CreditRepairGranted:
		s.Repairs = each(s.Repairs, unanswered, func(r *Repair) { r.Answer, r.On = "granted", on })
	case CreditRepairRefused:
		s.Repairs = each(s.Repairs, unanswered, func(r *Repair) { r.Answer, r.On = "refused", on })
	default:
		panic(fmt.Sprintf("listing does not know the event %s", e.EventName()))
	}
	return s
}

func undecided(n Notice) bool { return !n.Decided }

func unanswered(r Repair) bool { return r.Answer == "" }

func basis(m domain.Meta) string {
	text := ""
	for i, b := range m.Basis {
		if i > 0 {
			text += "；"
		}
		text += b.Statute + b.Article
	}
	return text
}

// each returns a list in which the values that match are changed.
func each[T any](list []T, match func(T) bool, change func(*T)) []T {
	list = slices.Clone(list)
	for i := range list {
		if match(list[i]) {
			change(&list[i])
		}
	}
	return list
}
