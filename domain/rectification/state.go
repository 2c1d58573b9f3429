package rectification

import (
	"fmt"
	"slices"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/term"
	"minglu/domain/work"
)

// State is one order to correct and what became of it. It is a value.
type State struct {
	Institution string       `json:"i,omitzero"`
	Source      string       `json:"so,omitzero"`
	Agency      string       `json:"a,omitzero"` // who ordered
	Ordered     calendar.Day `json:"o,omitzero"`
	DocumentNo  string       `json:"dn,omitzero"`
	Basis       string       `json:"b,omitzero"`
	Items       []ItemState  `json:"it,omitzero"`
	FollowUps   []Visit      `json:"f,omitzero"`
	Closed      calendar.Day `json:"c,omitzero"` // zero: not closed out
	CloseReason string       `json:"cr,omitzero"`
	Clocks      clock.Clocks `json:"cl,omitzero"`
}

// ItemState is one item and how it stands.
type ItemState struct {
	Item
	Reported calendar.Day `json:"rp,omitzero"` // the last report; zero: none
	Verified calendar.Day `json:"v,omitzero"`
	Failed   calendar.Day `json:"fa,omitzero"`
	Reason   string       `json:"re,omitzero"` // why it failed
}

// Visit is one follow-up.
type Visit struct {
	On     calendar.Day        `json:"o,omitzero"`
	Result term.FollowUpResult `json:"r,omitzero"`
	Text   string              `json:"t,omitzero"`
}

// Open reports whether the item is neither verified nor failed.
func (i ItemState) Open() bool { return i.Verified == 0 && i.Failed == 0 }

// Waits reports whether the item is reported and waits for its check.
func (i ItemState) Waits() bool { return i.Open() && i.Reported != 0 }

// Due returns the last day of the institution's period, extensions included.
func (s State) Due() calendar.Day {
	c, _ := s.Clocks.Last(term.RectificationDue, "")
	return c.Due
}

// Status returns how far it is.
func (s State) Status() term.RectificationStatus {
	switch _, verified := s.verified(); {
	case s.Closed != 0:
		return term.RectificationClosed
	case verified:
		return term.RectificationVerified
	case s.waiting():
		return term.RectificationReported
	case len(s.failed()) > 0 && len(s.open()) == 0:
		return term.RectificationFailed
	}
	return term.RectificationOrdered
}

// Severity returns the worst severity of the items.
func (s State) Severity() term.RectificationSeverity {
	var worst term.RectificationSeverity
	for _, it := range s.Items {
		if worst != term.RectifySerious && it.Severity != "" {
			worst = it.Severity
		}
	}
	return worst
}

// Head returns what a list of work shows.
func (s State) Head() work.Head {
	h := work.Head{
		Number: s.DocumentNo, Title: s.title(), Kind: string(s.Severity()), Status: string(s.Status()), Institution: s.Institution,
		Agency: s.Agency, Agencies: []string{s.Agency}, Opened: s.Ordered, Closed: s.Closed,
	}
	if s.Source != "" {
		h.Sources = []string{s.Source}
	}
	return h
}

// title is the text of the first item, and how many there are.
func (s State) title() string {
	switch n := len(s.Items); n {
	case 0:
		return ""
	case 1:
		return s.Items[0].Text
	default:
		return fmt.Sprintf("%s等 %d 项", s.Items[0].Text, n)
	}
}

// open returns the items that are neither verified nor failed.
func (s State) open() []ItemState { return s.which(ItemState.Open) }

// failed returns the items that failed.
func (s State) failed() []ItemState {
	return s.which(func(i ItemState) bool { return i.Failed != 0 })
}

func (s State) which(of func(ItemState) bool) []ItemState {
	var out []ItemState
	for _, it := range s.Items {
		if of(it) {
			out = append(out, it)
		}
	}
	return out
}

// waiting reports whether something reported waits for its check.
func (s State) waiting() bool { return slices.ContainsFunc(s.Items, ItemState.Waits) }

// verified returns the day on which the last item was verified; ok is false
// where one is not.
func (s State) verified() (on calendar.Day, ok bool) {
	for _, it := range s.Items {
		if it.Verified == 0 {
			return 0, false
		}
		on = max(on, it.Verified)
	}
	return on, len(s.Items) > 0
}

// complete reports whether every open item is reported once those of numbers
// are.
func (s State) complete(numbers []int) bool {
	return !slices.ContainsFunc(s.Items, func(i ItemState) bool {
		return i.Open() && i.Reported == 0 && !slices.Contains(numbers, i.Number)
	})
}

// left reports whether an item is open, and whether one waits for its check,
// once those of numbers are judged.
func (s State) left(numbers []int) (open, waiting bool) {
	for _, it := range s.Items {
		if !slices.Contains(numbers, it.Number) {
			open, waiting = open || it.Open(), waiting || it.Waits()
		}
	}
	return open, waiting
}

// lastStep returns the day of the latest step.
func (s State) lastStep() calendar.Day {
	last := s.Ordered
	for _, it := range s.Items {
		last = max(last, it.Reported, it.Verified, it.Failed)
	}
	return last
}

// openItems refuses numbers that are none, stand twice, name no item, or an item
// that is judged.
func (s State) openItems(numbers []int) error {
	if len(numbers) == 0 {
		return badItems("/body/items", "required", domain.Say("请写明事项序号", "name the items by their numbers"))
	}
	for i, n := range numbers {
		if err := s.openItem(fmt.Sprintf("/body/items/%d", i), n, numbers[:i]); err != nil {
			return err
		}
	}
	return nil
}

func (s State) openItem(pointer string, n int, before []int) error {
	at := s.index(n)
	switch {
	case at < 0:
		return badItems(pointer, "unknown", domain.Say("没有第 %d 项，共 %d 项", "there is no item %d; there are %d", n, len(s.Items)))
	case slices.Contains(before, n):
		return badItems(pointer, "twice", domain.Say("第 %d 项写了两次", "item %d stands twice", n))
	case s.Items[at].Verified != 0:
		return badItems(pointer, "verified", domain.Say("第 %d 项已于 %s 验收合格", "item %d was verified on %s", n, s.Items[at].Verified))
	case s.Items[at].Failed != 0:
		return badItems(pointer, "failed", domain.Say("第 %d 项已于 %s 认定不合格，需重新责令整改", "item %d failed on %s and is to be ordered anew", n, s.Items[at].Failed))
	}
	return nil
}

// reported refuses to judge items that are not reported on the day.
func (s State) reported(on calendar.Day, numbers []int) error {
	for i, n := range numbers {
		pointer := fmt.Sprintf("/body/items/%d", i)
		switch it := s.Items[s.index(n)]; {
		case it.Reported == 0:
			return outOfStep(pointer, "not_reported", domain.Say(
				"第 %d 项尚未报告：先记录整改报告，或在期限 %s 届满后认定不合格", "item %d is not reported: record the report first, or fail it after its last day, %s", n, s.Due()))
		case on < it.Reported:
			return outOfStep("/effective", "before_report", domain.Say("第 %d 项于 %s 报告，应不早于该日", "item %d was reported on %s; not before that day", n, it.Reported))
		}
	}
	return nil
}

func (s State) index(number int) int {
	return slices.IndexFunc(s.Items, func(i ItemState) bool { return i.Number == number })
}

// Evolve is the state after a fact.
func Evolve(s State, m domain.Meta, e Event) State {
	s.Clocks = s.Clocks.After(m, e)
	on := calendar.DayOf(m.Effective)
	switch e := e.(type) {
	case Ordered:
		s.Institution, s.Source, s.Agency, s.Ordered = e.Institution, e.Source, m.Actor.Agency, on
		s.DocumentNo, s.Basis = e.DocumentNo, e.Basis
		s.Items = make([]ItemState, len(e.Items))
		for i, it := range e.Items {
			s.Items[i].Item = it
		}
	case Reported:
		s.Items = each(s.Items, e.Items, func(i *ItemState) { i.Reported = on })
	case Verified:
		s.Items = each(s.Items, e.Items, func(i *ItemState) { i.Verified = on })
	case Failed:
		s.Items = each(s.Items, e.Items, func(i *ItemState) { i.Failed, i.Reason = on, e.Reason })
	case FollowedUp:
		s.FollowUps = domain.With(s.FollowUps, Visit{On: on, Result: e.Result, Text: e.Text})
	case ClosedOut:
		s.Closed, s.CloseReason = on, e.Reason
	case Extended, DeadlineMissed:
		// The clocks say it all.
	case Corrected, Annulled:
		// The store folds amended histories; the amendment itself says nothing more.
	default:
		panic(fmt.Sprintf("rectification does not know the event %s", e.EventName()))
	}
	return s
}

// each returns a list in which the open items of those numbers are changed.
func each(list []ItemState, numbers []int, change func(*ItemState)) []ItemState {
	list = slices.Clone(list)
	for i := range list {
		if it := &list[i]; it.Open() && slices.Contains(numbers, it.Number) {
			change(it)
		}
	}
	return list
}
