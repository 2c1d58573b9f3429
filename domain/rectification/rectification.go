package rectification

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Decider is the aggregate.
var Decider = domain.Decider[State, Command, Event]{Name: "rectification", Decide: Decide, Evolve: Evolve}

// Decide says what a command means: facts, nothing, or a refusal.
func Decide(s State, m domain.Meta, c Command) ([]Event, error) {
	on := calendar.DayOf(m.Effective)
	switch c := c.(type) {
	case Order:
		return decideOrder(s, m, on, c)
	case MissDeadline:
		fact, ok, err := s.Clocks.Miss(on, c.Missing)
		if err != nil || !ok {
			return nil, err
		}
		return []Event{DeadlineMissed{fact}}, nil
	case Correct:
		return domain.OneFact[Event](Corrected(c), rule.Correctable(c.Correction, rule.FrozenPeriods))
	case Annul:
		return domain.OneFact[Event](Annulled(c), domain.Filled("/body/reason", c.Reason))
	}
	if err := s.mustBeOrdered(on); err != nil {
		return nil, err
	}
	if c, ok := c.(Report); ok {
		return decideReport(s, m, on, c)
	}
	if err := s.mustBeOwn(m.Actor.Agency); err != nil {
		return nil, err
	}
	switch c := c.(type) {
	case Extend:
		return decideExtension(s, m, on, c)
	case Verify:
		return decideVerification(s, on, c)
	case Fail:
		return decideFailure(s, on, c)
	case FollowUp:
		return decideFollowUp(s, on, c)
	case CloseOut:
		return decideCloseOut(s, on, c)
	}
	panic(fmt.Sprintf("rectification does not know the command %T", c))
}

// mustBeOrdered refuses a step of an order that was not given, or before it.
func (s State) mustBeOrdered(on calendar.Day) error {
	switch {
	case s.Ordered == 0:
		return domain.Refuse(domain.NotFound, rule.RectificationSteps, domain.Say("没有这份责令整改", "there is no such order to correct"))
	case on < s.Ordered:
		return outOfStep("/effective", "before_order", domain.Say("责令整改于 %s 作出，应不早于该日", "it was ordered on %s; not before that day", s.Ordered))
	}
	return nil
}

// mustBeOpen refuses a step after the close-out.
func (s State) mustBeOpen() error {
	if s.Closed == 0 {
		return nil
	}
	return outOfStep("/body", "closed", domain.Say("已于 %s 销号；仍有问题的，请重新责令整改", "it was closed out on %s; order anew what is left to correct", s.Closed))
}

// mustBeOwn refuses another agency than the one that ordered.
func (s State) mustBeOwn(agency string) error {
	if agency == s.Agency {
		return nil
	}
	return domain.Refuse(domain.Forbidden, rule.RectificationAgency, domain.Say("由责令整改的机关 %s 办理", "it is for the agency that ordered, %s", s.Agency),
		domain.Field{Pointer: "/actor/agency", Code: "other_agency", Message: domain.Say("应为 %s", "should be %s", s.Agency)})
}

func outOfStep(pointer, code string, t domain.Text) error {
	return domain.Refuse(domain.Conflict, rule.RectificationSteps, t, domain.Field{Pointer: pointer, Code: code, Message: t})
}

// decideOrder orders: items, a basis, and a last day by the order or the policy.
func decideOrder(s State, m domain.Meta, on calendar.Day, c Order) ([]Event, error) {
	if s.Ordered != 0 {
		return nil, outOfStep("/target", "ordered", domain.Say("已于 %s 责令整改", "it was ordered on %s", s.Ordered))
	}
	if err := domain.Filled("/body/institution", c.Institution.Stream); err != nil {
		return nil, err
	}
	items, err := c.items()
	if err != nil {
		return nil, err
	}
	if err := domain.Filled("/body/basis", c.Basis); err != nil {
		return nil, err
	}
	due, err := c.lastDay(on)
	if err != nil {
		return nil, err
	}
	return []Event{Ordered{
		Institution: c.Institution.Stream, Source: c.Source.Stream, Items: items, Due: due, Basis: c.Basis, DocumentNo: c.DocumentNo,
		Clocks: []clock.Start{c.Law.Until(term.RectificationDue, on, due, m.Actor.Agency)},
	}}, nil
}

func (o Order) items() ([]Item, error) {
	out := make([]Item, len(o.Items))
	for i, it := range o.Items {
		if err := checkItem("/body/items", i, it.Item, it.Text); err != nil {
			return nil, err
		}
		out[i] = Item{Number: i + 1, Item: it.Item, Text: it.Text, Severity: it.Severity}
	}
	return out, anyItems("/body/items", len(out))
}

func anyItems(pointer string, n int) error {
	if n > 0 {
		return nil
	}
	return badItems(pointer, "required", domain.Say("请写明整改事项", "name what is to be corrected"))
}

func checkItem(pointer string, i int, item, text string) error {
	at := pointer + "/" + strconv.Itoa(i)
	if err := domain.Filled(at+"/item", item); err != nil {
		return err
	}
	return domain.Filled(at+"/text", text)
}

func badItems(pointer, code string, t domain.Text) error {
	return domain.Refuse(domain.Conflict, rule.RectificationItems, t, domain.Field{Pointer: pointer, Code: code, Message: t})
}

// lastDay is the last day of the order: the named one, else that of the policy,
// which a watch cuts short.
func (o Order) lastDay(on calendar.Day) (calendar.Day, error) {
	if o.Due == 0 {
		due := on.AddDays(o.Law.Policy.Int("rectification.days"))
		if o.WatchUntil != 0 {
			due = min(due, o.WatchUntil)
		}
		return due, nil
	}
	if o.WithinWatch && o.WatchUntil != 0 {
		o.Due = min(o.Due, o.WatchUntil)
	}
	if o.Due < on {
		t := domain.Say("整改期限应不早于责令之日 %s", "the last day is not before the day of the order, %s", on)
		return 0, domain.Refuse(domain.Invalid, rule.RectificationDue, t, domain.Field{Pointer: "/body/due", Code: "before_order", Message: t})
	}
	return o.Due, o.within(o.Due)
}

// within refuses a last day beyond the watch of the institution.
func (w OnWatch) within(due calendar.Day) error {
	if w.WatchUntil == 0 || due <= w.WatchUntil {
		return nil
	}
	return domain.Refuse(domain.Conflict, rule.WatchLimit, domain.Say("机构列入整改至 %s，整改期限不能更晚", "the institution is on watch until %s, and its last day is not later", w.WatchUntil),
		domain.Field{Pointer: "/body/due", Code: "beyond_watch", Message: domain.Say("应不晚于 %s", "not after %s", w.WatchUntil)})
}

// decideExtension gives a later last day, approved by another officer.
func decideExtension(s State, m domain.Meta, on calendar.Day, c Extend) ([]Event, error) {
	if c.Due == 0 {
		return nil, domain.Filled("/body/due", "")
	}
	if err := s.Clocks.Extendable(term.RectificationDue, "", on, c.Due, c.Reason, c.Approver, "/body/due"); err != nil {
		return nil, err
	}
	if c.Approver == m.Actor.Officer() {
		t := domain.Say("批准人与经办人不能是同一人", "who approves is not who records it")
		return nil, domain.Refuse(domain.Conflict, rule.RectificationApproval, t, domain.Field{Pointer: "/body/approver", Code: "same_officer", Message: t})
	}
	return domain.OneFact[Event](Extended{Due: c.Due, Reason: c.Reason, Approver: c.Approver}, c.within(c.Due))
}

// decideReport takes a report down: of open items, with a statement or evidence.
// The period of the check begins with the first report that waits for it.
func decideReport(s State, m domain.Meta, on calendar.Day, c Report) ([]Event, error) {
	if err := s.mustBeOpen(); err != nil {
		return nil, err
	}
	if err := s.openItems(c.Items); err != nil {
		return nil, err
	}
	if strings.TrimSpace(c.Statement) == "" && len(m.Evidence) == 0 {
		return nil, domain.BadField("/body/statement", "required", domain.Say("请写明整改情况或附证据", "say what was corrected, or add evidence"))
	}
	e := Reported{Items: c.Items, Statement: c.Statement, Complete: s.complete(c.Items)}
	if !s.waiting() {
		start, err := c.Law.Start(term.RectificationCheck, on, s.Agency)
		if err != nil {
			return nil, err
		}
		e.Clocks = append(e.Clocks, start)
	}
	return []Event{e}, nil
}

// decideVerification finds reported items corrected. Where nothing is open any
// more and other items have failed, it says of the whole that it failed.
func decideVerification(s State, on calendar.Day, c Verify) ([]Event, error) {
	if err := s.mustBeOpen(); err != nil {
		return nil, err
	}
	if err := s.openItems(c.Items); err != nil {
		return nil, err
	}
	if err := s.reported(on, c.Items); err != nil {
		return nil, err
	}
	if err := c.Law.TwoOfficers(on, c.Officers, "/body/officers"); err != nil {
		return nil, err
	}
	open, waiting := s.left(c.Items)
	failed := s.failed()
	out := []Event{Verified{
		Institution: s.Institution, Items: c.Items, By: c.Officers,
		Whole: !open && len(failed) == 0, Checked: !waiting,
	}}
	if !open && len(failed) > 0 {
		out = append(out, Failed{Institution: s.Institution, Items: numbers(failed), Reason: reasons(failed), Whole: true, Checked: true})
	}
	return out, nil
}

// decideFailure finds items not corrected: reported ones, or any after the last
// day.
func decideFailure(s State, on calendar.Day, c Fail) ([]Event, error) {
	if err := s.mustBeOpen(); err != nil {
		return nil, err
	}
	if err := s.openItems(c.Items); err != nil {
		return nil, err
	}
	if on <= s.Due() {
		if err := s.reported(on, c.Items); err != nil {
			return nil, err
		}
	}
	open, waiting := s.left(c.Items)
	return domain.OneFact[Event](Failed{Institution: s.Institution, Items: c.Items, Reason: c.Reason, Whole: !open, Checked: !waiting},
		domain.Filled("/body/reason", c.Reason))
}

// decideFollowUp takes a visit down after the whole was verified, also after the
// close-out. A relapse says what it is.
func decideFollowUp(s State, on calendar.Day, c FollowUp) ([]Event, error) {
	verified, ok := s.verified()
	switch {
	case !ok:
		return nil, outOfStep("/body", "not_verified", domain.Say("全部事项验收合格后才能回头看", "followed up once every item is verified"))
	case on < verified:
		return nil, outOfStep("/effective", "before_verification", domain.Say("应不早于验收合格之日 %s", "not before the day it was verified, %s", verified))
	case c.Result == term.FollowUpRelapsed:
		return domain.OneFact[Event](FollowedUp(c), domain.Filled("/body/text", c.Text))
	}
	return []Event{FollowedUp(c)}, nil
}

// decideCloseOut ends the matter: once every item is judged, or with the reason
// why the open ones are not pursued.
func decideCloseOut(s State, on calendar.Day, c CloseOut) ([]Event, error) {
	if s.Closed != 0 {
		return nil, nil
	}
	if last := s.lastStep(); on < last {
		return nil, outOfStep("/effective", "before_last_step", domain.Say("最近一步在 %s，应不早于该日", "the latest step was on %s; not before that day", last))
	}
	if open := s.open(); len(open) > 0 && strings.TrimSpace(c.Reason) == "" {
		n := numbers(open)
		return nil, outOfStep("/body/reason", "items_open", domain.Say(
			"第 %s 项尚未验收，不再追究的须写明理由", "items %[2]s are not judged; say why they are not pursued", listed(n, "、"), listed(n, ", ")))
	}
	return []Event{ClosedOut(c)}, nil
}

func numbers(items []ItemState) []int {
	out := make([]int, len(items))
	for i, it := range items {
		out[i] = it.Number
	}
	return out
}

func reasons(items []ItemState) string {
	var out []string
	for _, it := range items {
		if !slices.Contains(out, it.Reason) {
			out = append(out, it.Reason)
		}
	}
	return strings.Join(out, "；")
}

func listed(numbers []int, between string) string {
	words := make([]string, len(numbers))
	for i, n := range numbers {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, between)
}
