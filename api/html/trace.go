package html

import (
	"slices"
	"strconv"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/money"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/register"
)

// AskTrace is the form by which a family asks how its order stands.
type AskTrace struct {
	Frame
	Form
	Order string // as it was written; a code is never shown again
}

func (AskTrace) template() string { return "ask-trace" }

// Trace is an order as its family follows it.
type Trace struct {
	Frame
	Order            string
	Course           string
	Status           string
	About            *Named
	Paid             string // in yuan
	PaidOn           calendar.Day
	OffAccount       bool
	ByDeposit        bool
	Transferred      bool // from an order with another institution
	From, To         calendar.Day
	Unit             string // what is counted: 课时, or 天
	Hours            int
	Gifts            int
	Delivered        int
	Confirmed        int
	Undelivered      string
	Ended            calendar.Day
	Accounts         []AccountLine
	Breaches         []string
	Refund           *RefundLine
	Lessons          []LessonLine
	Facts            []TraceLine // the newest first
	Position         uint64
	WaitsForTheirSay bool // a lesson counts as confirmed if they are silent
}

func (Trace) template() string { return "trace" }

// AccountLine is how much of what was paid lies where.
type AccountLine struct{ Where, Yuan string }

// Countdown is a last day, or why there is none yet.
type Countdown struct {
	Until calendar.Day
	Left  string // how long it is until then
	Why   string
}

// RefundLine is the newest request for a refund.
type RefundLine struct {
	State, Cause string
	Requested    calendar.Day
	Waits        string // what the countdown is of
	Countdown    *Countdown
	Amount, Paid string
	Reckoned     string // how the amount was reckoned
	Refusal      string
}

// LessonLine is one lesson.
type LessonLine struct {
	Number, Hours int
	On            calendar.Day
	State         string
	Countdown     *Countdown
}

// TraceLine is one fact with what it moved.
type TraceLine struct {
	Seq      uint64
	On       calendar.Day
	Said     string
	Agency   string
	Moves    []string
	Annulled bool
}

const tracePath = "/orders/trace"

// traceInputs are the inputs of the form.
var traceInputs = map[string]string{"order": "order", "code": "code"}

func (s *site) askTrace(v *visit) (page, error) { return s.traceForm(v, ""), nil }

func (s *site) traceForm(v *visit, order string) *AskTrace {
	return &AskTrace{Frame: s.ofFamily(v, "查询预收费订单"), Order: order}
}

// ofFamily makes the common part of a page about an order: it has no lasting
// address, and is about the present alone.
func (s *site) ofFamily(v *visit, title string) Frame {
	f := s.private(v, title)
	f.Section = ""
	return f
}

// sendTrace answers how an order stands.
func (s *site) sendTrace(v *visit) (page, error) {
	if s.Register == nil {
		return nil, domain.Fault(domain.Busy, domain.Say("现在不能网上查询，请联系主管部门", "nothing can be asked here now"))
	}
	order := v.field("order")
	err := v.allowed()
	var found register.TracedOrder
	if err == nil {
		found, err = s.Register.TraceOrder(v.Context(), order, v.field("code"))
	}
	if err != nil {
		return s.wrongTrace(v, order, err)
	}
	return s.trace(v, found)
}

// wrongTrace shows the form with what is at fault.
func (s *site) wrongTrace(v *visit, order string, err error) (page, error) {
	p := s.traceForm(v, order)
	status, err := p.refused(err, traceInputs)
	if err != nil {
		return nil, err
	}
	p.status, p.Title = status, "有误："+p.Title
	return p, nil
}

func (s *site) trace(v *visit, found register.TracedOrder) (page, error) {
	piece, err := answer.FamilyPieceOf(s.Log.Codec, found.Records)
	if err != nil {
		return nil, err
	}
	if piece.State.PaidOn == 0 {
		return nil, domain.Refuse(domain.Erased, eventstore.Amending, domain.Say("该订单的记录已经作废，不再提供", "the record of the order was annulled"))
	}
	open, err := s.Views.ClocksOf(found.Stream, v.moment.Today)
	if err != nil {
		return nil, err
	}
	piece.Reckoned(open)
	last := found.Records[len(found.Records)-1].Meta.Seq
	a, err := answer.FamilyOrderOf(piece, nil, answer.For{AsOf: v.moment.Today, AtSeq: last, Today: v.moment.Today})
	if err != nil {
		return nil, err
	}
	p := s.traced(v, a)
	p.About, err = s.named(v, eventstore.Record{Stream: piece.State.Institution}.AggregateID())
	if refusal(err) == nil && err != nil { // one that the views do not show yet is left out
		return nil, err
	}
	return p, nil
}

func (s *site) traced(v *visit, a answer.FamilyOrder) *Trace {
	p := &Trace{
		Frame: s.ofFamily(v, "订单："+a.Course), Order: a.ID, Course: a.Course, Status: a.StatusLabel,
		Paid: a.Amount.Yuan(), PaidOn: a.PaidOn.Day, OffAccount: a.OffAccount, ByDeposit: a.Deposit, Transferred: a.TransferOf != "", From: a.From.Day, To: a.To.Day, Unit: "课时", Hours: a.Hours, Gifts: a.Gifts,
		Delivered: a.Delivered, Confirmed: a.Confirmed, Undelivered: a.Undelivered.Yuan(), Ended: a.Ended.Day, Refund: refundLine(a.Refund),
		Accounts: accountLines(a.Books), Position: a.AtSeq,
	}
	p.Crumbs = append(p.Crumbs, Link{"查询预收费订单", tracePath})
	if a.ByPeriod {
		p.Unit = "天"
	}
	for _, b := range a.Breaches {
		p.Breaches = append(p.Breaches, b.Text)
	}
	for _, l := range a.Lessons {
		line := LessonLine{Number: l.Number, Hours: l.Hours, On: l.On.Day, State: l.StateLabel, Countdown: countdown(l.Until, l.DaysLeft, l.Awaits)}
		p.WaitsForTheirSay = p.WaitsForTheirSay || line.Countdown != nil
		p.Lessons = append(p.Lessons, line)
	}
	for _, f := range slices.Backward(a.Facts) {
		p.Facts = append(p.Facts, traceLine(f))
	}
	return p
}

// accountLines are the accounts of the ledger on which something of an order lies.
// What was transferred to it is where it came from, not where it is.
func accountLines(b answer.Books) (lines []AccountLine) {
	for _, of := range []struct {
		account term.LedgerAccount
		fen     money.Fen
	}{
		{term.LedgerHeld, b.Held}, {term.LedgerOutside, b.Outside}, {term.LedgerReleased, b.Released}, {term.LedgerRefunded, b.Refunded},
		{term.LedgerPaidOut, b.PaidOut}, {term.LedgerTransferred, b.Transferred},
	} {
		if of.fen > 0 {
			lines = append(lines, AccountLine{of.account.Label().ZH, of.fen.Yuan()})
		}
	}
	return lines
}

// countdown is nothing where nobody waits.
func countdown(until answer.Date, left, awaits *int) *Countdown {
	switch {
	case left != nil:
		return &Countdown{Until: until.Day, Left: daysLeft(*left)}
	case awaits != nil:
		return &Countdown{Why: strconv.Itoa(*awaits) + " 年的放假安排公布后确定"}
	}
	return nil
}

func daysLeft(n int) string {
	switch {
	case n < 0:
		return "已过 " + strconv.Itoa(-n) + " 天"
	case n == 0:
		return "就在今天"
	}
	return "还有 " + strconv.Itoa(n) + " 天"
}

func refundLine(r *answer.OrderRefund) *RefundLine {
	if r == nil {
		return nil
	}
	l := &RefundLine{
		State: r.StateLabel, Cause: r.Cause.Label().ZH, Requested: r.Requested.Day, Waits: "机构答复", Countdown: countdown(r.Until, r.DaysLeft, r.Awaits),
		Refusal: string(r.Refusal),
	}
	if r.State == answer.RefundAgreed {
		l.Waits = "退款"
	}
	if r.Amount != nil {
		l.Amount, l.Paid = r.Amount.Yuan(), r.Paid.Yuan()
	}
	if r.Computation != nil {
		l.Reckoned = r.Computation.Text
	}
	return l
}

func traceLine(f answer.OrderFact) TraceLine {
	l := TraceLine{Seq: f.Seq, Said: f.Summary, Agency: f.By, Annulled: f.Annulled}
	l.On, _ = calendar.ParseDay(f.Effective[:min(len("2026-11-22"), len(f.Effective))])
	for _, e := range f.Entries {
		l.Moves = append(l.Moves, e.FromLabel+" → "+e.ToLabel+"："+e.Amount.Yuan()+" 元")
	}
	return l
}
