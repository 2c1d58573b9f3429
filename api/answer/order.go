package answer

import (
	"fmt"
	"slices"
	"strconv"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/division"
	"minglu/domain/money"
	prepaid "minglu/domain/order"
	"minglu/domain/rule"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/projections"
)

// OrderSummary is what every answer says of a prepaid order.
type OrderSummary struct {
	ID          string           `json:"id"`
	Account     string           `json:"account" doc:"Id of the supervised account."`
	Pupil       string           `json:"pupil" doc:"Opaque reference of the platform; the register knows no name."`
	Course      string           `json:"course"`
	Class       term.Class       `json:"class"`
	Status      term.OrderStatus `json:"status"`
	PaidOn      Date             `json:"paid_on"`
	From        Date             `json:"period_from"`
	To          Date             `json:"period_to"`
	ByPeriod    bool             `json:"by_period" doc:"Charged by period: the hours are days."`
	Hours       int              `json:"hours" doc:"Class-hours, gifts among them."`
	Delivered   int              `json:"delivered_hours" doc:"Given, without those that the family objects to."`
	Confirmed   int              `json:"confirmed_hours"`
	Amount      money.Fen        `json:"amount_fen" doc:"What the family paid."`
	Held        money.Fen        `json:"held_fen" doc:"What lies in the supervised account for it."`
	Undelivered money.Fen        `json:"undelivered_fen" doc:"Paid for what is not delivered, as far as it is not given back, paid out or transferred."`
	Releasable  money.Fen        `json:"releasable_fen" doc:"The fee of what is confirmed and not yet released."`
}

// OrderSummaryOf answers for one order.
func OrderSummaryOf(stream string, s prepaid.State) OrderSummary {
	return OrderSummary{
		ID: idIn(stream), Account: idIn(s.Account), Pupil: s.Pupil, Course: s.Course, Class: s.Class, Status: s.Status(),
		PaidOn: Date{s.PaidOn}, From: Date{s.From}, To: Date{s.To}, ByPeriod: s.ByPeriod, Hours: s.Hours, Delivered: s.Delivered(), Confirmed: s.Confirmed(),
		Amount: s.Amount, Held: s.Held(), Undelivered: s.Undelivered(), Releasable: s.Releasable(),
	}
}

func idIn(stream string) string { return eventstore.Record{Stream: stream}.AggregateID() }

// OrderRow is an order in a list.
type OrderRow struct {
	OrderSummary
	Outside  money.Fen           `json:"outside_fen" doc:"What the institution has of it past the account."`
	Released money.Fen           `json:"released_fen"`
	Refunded money.Fen           `json:"refunded_fen"`
	Breaches []term.ChargeBreach `json:"breaches" doc:"Rules of charging that were broken with it, each once."`
}

// OrderRowOf answers for one row of a list.
func OrderRowOf(o projections.EscrowOrder) OrderRow {
	s := o.State
	r := OrderRow{
		OrderSummary: OrderSummaryOf(o.Stream, s), Outside: s.Outside(), Released: s.Sheet.Of(term.LedgerReleased), Refunded: s.Sheet.Of(term.LedgerRefunded),
		Breaches: []term.ChargeBreach{},
	}
	for _, b := range s.Breaches {
		if !slices.Contains(r.Breaches, b.Breach) {
			r.Breaches = append(r.Breaches, b.Breach)
		}
	}
	return r
}

// Orders is a page of the orders of a supervised account.
type Orders struct {
	Account string     `json:"account"`
	Items   []OrderRow `json:"items"`
	Next    Maybe      `json:"next"`
	Total   int        `json:"total"`
	AsOf    Date       `json:"as_of" doc:"Today: what was so earlier is told by the orders themselves."`
	AtSeq   uint64     `json:"at_seq"`
}

// Order is a prepaid order.
type Order struct {
	OrderSummary
	StatusLabel string            `json:"status_label"`
	Institution *NamedInstitution `json:"institution"`
	Division    Division          `json:"division"`
	Group       Maybe             `json:"group" doc:"The class that is taught together."`
	Gifts       int               `json:"gift_hours"`
	ListPrice   *money.Fen        `json:"list_price_fen" doc:"Of one class-hour, where it is known."`
	OffAccount  bool              `json:"off_account" doc:"It was paid past the supervised account."`
	Deposit     bool              `json:"by_deposit" doc:"The institution holds the money; a risk deposit stands for it."`
	Before      bool              `json:"received_before" doc:"The pupil had been taught the course before, so that there is no cooling-off."`
	Contract    string            `json:"contract" doc:"Version of the contract template."`
	TransferOf  Maybe             `json:"transfer_of" doc:"Id of the order that it goes on."`
	Transferred Maybe             `json:"transferred_to" doc:"Id of the account to which the rest went."`
	Ended       Date              `json:"settled_on"`
	Breaches    []OrderBreach     `json:"breaches"`
	Lessons     []OrderLesson     `json:"lessons"`
	Refund      *OrderRefund      `json:"refund" doc:"The newest request; null where none was made."`
	Clocks      []WorkClock       `json:"clocks" doc:"Those that are open."`
	Books       Books             `json:"books"`
	Trace       string            `json:"trace" doc:"Address of where each fen is."`
	Version     uint64            `json:"version"`
	UpdatedSeq  uint64            `json:"updated_seq" doc:"Position of its newest fact."`
	AsOf        Date              `json:"as_of"`
	AtSeq       uint64            `json:"at_seq"`
	Scheduled   bool              `json:"scheduled,omitempty"`
}

// OrderBreach is a rule of charging that was broken with an order.
type OrderBreach struct {
	Breach     term.ChargeBreach `json:"breach"`
	On         Date              `json:"on"`
	Cumulative bool              `json:"cumulative" doc:"Only together with the other orders of the pupil for the course."`
	Value      *int64            `json:"value" doc:"In the unit of the limit: days, class-hours, fen."`
	Limit      *int64            `json:"limit"`
	Text       string            `json:"text" doc:"Breach, value and limit in words."`
	Note       Maybe             `json:"note"`
}

// LessonState is how a lesson stands.
type LessonState string

// The states of a lesson.
const (
	LessonGiven     LessonState = "given"       // the parent was not asked yet
	LessonAsked     LessonState = "asked"       // the parent may confirm it or object
	LessonConfirmed LessonState = "confirmed"   // it counts
	LessonDisputed  LessonState = "disputed"    // the family objects
	LessonVoid      LessonState = "not_counted" // judged not to have been given
	LessonReleased  LessonState = "released"    // its fee is the institution's
)

var lessonStates = map[LessonState]domain.Text{
	LessonGiven:     {ZH: "已授课，尚未通知家长确认", EN: "given, the parent was not asked yet"},
	LessonAsked:     {ZH: "待家长确认", EN: "waiting for the parent"},
	LessonConfirmed: {ZH: "已确认", EN: "confirmed"},
	LessonDisputed:  {ZH: "家长有异议，费用暂停拨付", EN: "disputed, its fee is held"},
	LessonVoid:      {ZH: "经审核不计课时", EN: "judged not to count"},
	LessonReleased:  {ZH: "费用已拨付", EN: "its fee is released"},
}

// OrderLesson is one lesson of an order.
type OrderLesson struct {
	Number     int         `json:"lesson"`
	Hours      int         `json:"hours"`
	On         Date        `json:"day"`
	State      LessonState `json:"state" enum:"given,asked,confirmed,disputed,not_counted,released"`
	StateLabel string      `json:"state_label"`
	Notified   Date        `json:"notified_on"`
	Until      Date        `json:"confirm_until" doc:"The last day on which the parent may confirm or object: silence after it counts as confirmation. Null where nobody waits for it, or a calendar is missing."`
	DaysLeft   *int        `json:"days_left" doc:"Calendar days until then; negative where it has passed."`
	Awaits     *int        `json:"awaits_calendar" doc:"The year whose working days are not published, without which the last day cannot be known."`
	Confirmed  Date        `json:"confirmed_on"`
	By         Maybe       `json:"confirmed_by"`
	Disputed   Date        `json:"disputed_on"`
	Void       Date        `json:"not_counted_on"`
	Released   Date        `json:"released_on"`
}

// RefundState is how a request for a refund stands.
type RefundState string

// The states of a request.
const (
	RefundAsked     RefundState = "asked"     // the institution has to answer
	RefundAgreed    RefundState = "agreed"    // it is owed
	RefundRefused   RefundState = "refused"   // by the institution
	RefundWithdrawn RefundState = "withdrawn" // by the family
	RefundPaid      RefundState = "paid"      // nothing more is owed
)

var refundStates = map[RefundState]domain.Text{
	RefundAsked:     {ZH: "已申请，等待机构答复", EN: "asked for, the institution has to answer"},
	RefundAgreed:    {ZH: "已同意，等待退款", EN: "agreed, to be paid"},
	RefundRefused:   {ZH: "机构不同意", EN: "refused by the institution"},
	RefundWithdrawn: {ZH: "已撤回申请", EN: "withdrawn"},
	RefundPaid:      {ZH: "已退清", EN: "paid in full"},
}

// OrderRefund is the newest request for a refund of an order.
type OrderRefund struct {
	State       RefundState      `json:"state" enum:"asked,agreed,refused,withdrawn,paid"`
	StateLabel  string           `json:"state_label"`
	Requested   Date             `json:"requested_on"`
	Cause       term.RefundCause `json:"cause"`
	Reason      Maybe            `json:"reason"`
	Until       Date             `json:"until" doc:"The last day of what is waited for: of the answer, after which silence counts as agreement, or of payment."`
	DaysLeft    *int             `json:"days_left" doc:"Calendar days until then; negative where it has passed."`
	Awaits      *int             `json:"awaits_calendar"`
	Agreed      Date             `json:"agreed_on"`
	By          Maybe            `json:"agreed_by"`
	Amount      *money.Fen       `json:"amount_fen" doc:"What is owed; null until it is agreed."`
	Computation *RefundReckoning `json:"computation" doc:"How it was reckoned; null until it is agreed."`
	Refused     Date             `json:"refused_on"`
	Refusal     Maybe            `json:"refusal_reason"`
	Withdrawn   Date             `json:"withdrawn_on"`
	Paid        money.Fen        `json:"paid_fen" doc:"How much of it was paid."`
	Owed        *money.Fen       `json:"owed_fen" doc:"What was neither paid back nor paid out since; null until it is agreed."`
	Whole       Date             `json:"paid_in_full_on"`
}

// OrderPiece is what the answer about an order is made of: what its reader may
// read of it, as it stood on the day and was known at the position asked about.
type OrderPiece struct {
	// All are the facts up to the position, amendments among them and whoever may
	// read them.
	All []eventstore.Record
	// Facts are those that are shown, as they were amended; State is what they make.
	Facts  []eventstore.Record
	State  prepaid.State
	Clocks clock.Clocks

	codec *eventstore.Codec
	shown func(eventstore.Record) bool
}

// OrderPieceOf puts together what is shown of an order; all are its facts, oldest
// first, with their events. An amendment is taken in whether it is shown or not.
func OrderPieceOf(c *eventstore.Codec, all []eventstore.Record, shown func(eventstore.Record) bool) (p OrderPiece, err error) {
	p = OrderPiece{All: all, codec: c, shown: shown}
	if p.Facts, err = p.amended(len(all)); err != nil {
		return p, err
	}
	for _, r := range p.Facts {
		p.State = prepaid.Evolve(p.State, r.Meta, r.Event.(prepaid.Event))
	}
	p.Clocks = slices.Clone(p.State.Clocks)
	return p, nil
}

// amended returns those of the first n facts that are shown, as they were amended
// by then.
func (p OrderPiece) amended(n int) ([]eventstore.Record, error) {
	recs, err := p.codec.Amend(p.All[:n:n])
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(recs), func(r eventstore.Record) bool { return !p.shown(r) }), nil
}

// Reckoned gives the open clocks the last days that they have by the calendars
// that are known now.
func (p *OrderPiece) Reckoned(open []projections.DueClock) {
	for _, now := range open {
		for i := range p.Clocks {
			if c := &p.Clocks[i]; c.Open() && c.Key == now.Key && c.Part == now.Part {
				c.Due, c.Awaits = now.Due, now.Awaits
			}
		}
	}
}

// stream is that of the order; p has facts.
func (p OrderPiece) stream() string { return p.All[0].Stream }

// OrderOf answers for one order.
func OrderOf(p OrderPiece, about *NamedInstitution, f For) Order {
	s, last := p.State, p.All[len(p.All)-1]
	a := Order{
		OrderSummary: OrderSummaryOf(p.stream(), s), StatusLabel: f.say(s.Status().Label()), Institution: about,
		Division: DivisionOn(division.Code(last.Division()), f.AsOf), Group: Maybe(s.Group), Gifts: s.Gifts, OffAccount: s.OffAccount, Deposit: s.Deposit,
		Before: s.Before, Contract: s.Contract, TransferOf: Maybe(idIn(s.TransferOf)), Transferred: Maybe(idIn(s.Moved.To)), Ended: Date{s.Ended},
		Breaches: []OrderBreach{}, Lessons: []OrderLesson{}, Refund: p.refund(f), Clocks: WorkClocksOf(p.Clocks.Open(), f), Books: BooksOf(s.Sheet),
		Trace: "/api/v1/orders/" + idIn(p.stream()) + "/trace", Version: uint64(len(p.All)), UpdatedSeq: last.Meta.Seq,
		AsOf: Date{f.AsOf}, AtSeq: f.AtSeq, Scheduled: f.Scheduled(),
	}
	if s.ListPrice > 0 {
		a.ListPrice = &s.ListPrice
	}
	for _, b := range s.Breaches {
		a.Breaches = append(a.Breaches, orderBreachOf(b, f))
	}
	for i, l := range s.Lessons {
		if l.On != 0 { // else it was annulled, and the others keep their numbers
			a.Lessons = append(a.Lessons, p.lesson(i+1, l, f))
		}
	}
	return a
}

func orderBreachOf(b prepaid.Breach, f For) OrderBreach {
	out := OrderBreach{Breach: b.Breach, On: Date{b.On}, Cumulative: b.Cumulative, Text: f.say(breachWords(b)), Note: Maybe(b.Note)}
	if b.Value != 0 {
		out.Value = &b.Value
	}
	if b.Limit != 0 {
		out.Limit = &b.Limit
	}
	return out
}

// breachWords writes a breach with its value and its limit.
func breachWords(b prepaid.Breach) domain.Text {
	t := b.Breach.Label()
	if b.Value != 0 {
		v := ofBreach(b.Breach, b.Value)
		t.ZH += "：" + v.ZH
		t.EN += ": " + v.EN
	}
	if b.Limit != 0 {
		l := ofBreach(b.Breach, b.Limit)
		t.ZH += "，上限 " + l.ZH
		t.EN += ", the limit is " + l.EN
	}
	if b.Cumulative {
		t.ZH += "（与该学员同一课程的其他订单合计）"
		t.EN += " (together with the other orders of the pupil for the course)"
	}
	return t
}

func (p OrderPiece) lesson(number int, l prepaid.Lesson, f For) OrderLesson {
	out := OrderLesson{
		Number: number, Hours: l.Hours, On: Date{l.On}, State: LessonGiven, Notified: Date{l.Notified}, Confirmed: Date{l.Confirmed}, By: Maybe(l.By),
		Disputed: Date{l.Disputed}, Void: Date{l.Void}, Released: Date{l.Released},
	}
	switch {
	case l.Void != 0:
		out.State = LessonVoid
	case l.Released != 0:
		out.State = LessonReleased
	case l.Disputed != 0:
		out.State = LessonDisputed
	case l.Confirmed != 0:
		out.State = LessonConfirmed
	case l.Notified != 0:
		out.State = LessonAsked
	}
	out.StateLabel = f.say(lessonStates[out.State])
	out.Until, out.DaysLeft, out.Awaits = p.countdown(term.LessonConfirmation, strconv.Itoa(number), f)
	return out
}

// countdown is the last day of a clock that is open.
func (p OrderPiece) countdown(key term.Clock, part string, f For) (until Date, left, awaits *int) {
	c, ok := p.Clocks.Find(key, part)
	switch {
	case !ok:
	case c.Due != 0:
		n := int(c.Due - f.AsOf)
		return Date{c.Due}, &n, nil
	case c.Awaits != 0:
		return Date{}, nil, &c.Awaits
	}
	return Date{}, nil, nil
}

func (p OrderPiece) refund(f For) *OrderRefund {
	r := p.State.Refund
	if r.Requested == 0 {
		return nil
	}
	a := &OrderRefund{
		State: RefundAsked, Requested: Date{r.Requested}, Cause: r.Cause, Agreed: Date{r.Agreed}, By: Maybe(r.By), Refused: Date{r.Refused},
		Withdrawn: Date{r.Withdrawn}, Paid: r.Paid, Whole: Date{r.Whole},
	}
	waits := term.RefundAnswer
	switch {
	case r.Whole != 0:
		a.State = RefundPaid
	case r.Withdrawn != 0:
		a.State = RefundWithdrawn
	case r.Refused != 0:
		a.State = RefundRefused
	case r.Agreed != 0:
		a.State, waits = RefundAgreed, term.RefundPayment
	}
	a.StateLabel = f.say(refundStates[a.State])
	a.Until, a.DaysLeft, a.Awaits = p.countdown(waits, "", f)
	if r.Agreed != 0 {
		owed := r.Owed()
		a.Amount, a.Owed = &r.Amount, &owed
	}
	p.refundWords(a, f)
	return a
}

// refundWords adds what was said of the newest request, which its state does not
// keep.
func (p OrderPiece) refundWords(a *OrderRefund, f For) {
	for _, r := range p.Facts {
		switch e := r.Event.(type) {
		case prepaid.RefundRequested:
			a.Reason, a.Refusal, a.Computation = Maybe(e.Reason), "", nil
		case prepaid.RefundAgreed:
			c := refundReckoningOf(e.Computation, p.State.ByPeriod, f)
			a.Computation, a.Refusal = &c, ""
		case prepaid.RefundRefused:
			a.Refusal = Maybe(e.Reason)
		}
	}
}

// RefundReckoning is how a refund is reckoned.
type RefundReckoning struct {
	Paid        money.Fen        `json:"paid_fen"`
	Units       int64            `json:"units" doc:"Class-hours, or days of a term, that were paid for, with gifts."`
	Delivered   int64            `json:"delivered" doc:"How many of them were delivered and nobody objects to."`
	ListPrice   *money.Fen       `json:"list_price_fen" doc:"Of one unit, where it is known."`
	Cause       term.RefundCause `json:"cause"`
	AtListPrice bool             `json:"at_list_price" doc:"What was delivered is priced at the list price; else at what was paid."`
	Value       money.Fen        `json:"delivered_value_fen" doc:"What was delivered is worth."`
	Refund      money.Fen        `json:"refund_fen"`
	Text        string           `json:"text" doc:"The computation in words."`
}

// refundReckoningOf answers for a computation in class-hours or days of a term.
func refundReckoningOf(c prepaid.Computation, byPeriod bool, f For) RefundReckoning {
	r := RefundReckoning{
		Paid: c.Paid, Units: c.Units, Delivered: c.Delivered, Cause: c.Cause, AtListPrice: c.AtListPrice, Value: c.Value, Refund: c.Refund,
		Text: f.say(reckoningWords(c, byPeriod)),
	}
	if c.ListPrice > 0 {
		r.ListPrice = &c.ListPrice
	}
	return r
}

// RuleCited is a rule with its source.
type RuleCited struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Citation Maybe  `json:"citation"`
}

func ruleCited(r domain.Rule, f For) RuleCited {
	return RuleCited{ID: r.ID, Title: f.say(r.Title), Citation: Maybe(r.Citation)}
}

// RefundQuote is what a refund would be.
type RefundQuote struct {
	RefundReckoning
	Rule RuleCited `json:"rule"`
}

// RefundQuoteOf answers for a computation in class-hours.
func RefundQuoteOf(c prepaid.Computation, f For) RefundQuote { return quoted(c, false, f) }

func quoted(c prepaid.Computation, byPeriod bool, f For) RefundQuote {
	return RefundQuote{refundReckoningOf(c, byPeriod, f), ruleCited(rule.RefundAmount, f)}
}

// reckoningWords writes a computation. What it does not refund of what is left was
// given back before.
func reckoningWords(c prepaid.Computation, byPeriod bool) domain.Text {
	paid, value, refund := yuan(c.Paid), yuan(c.Value), yuan(c.Refund)
	whole, delivered := extent(int(c.Units), byPeriod), extent(int(c.Delivered), byPeriod)
	price := domain.Text{ZH: "实付价", EN: "the price paid"}
	if c.AtListPrice {
		list := yuan(c.ListPrice)
		price = domain.Text{ZH: "原价（单价 " + list.ZH + "）", EN: "the list price of " + list.EN + " each"}
	}
	t := domain.Text{
		ZH: fmt.Sprintf("已付 %s，共 %s；已消 %s，按%s计 %s", paid.ZH, whole.ZH, delivered.ZH, price.ZH, value.ZH),
		EN: fmt.Sprintf("%s paid for %s; %s delivered, worth %s at %s", paid.EN, whole.EN, delivered.EN, value.EN, price.EN),
	}
	if back := c.Paid - c.Value - c.Refund; back > 0 {
		b := yuan(back)
		t.ZH += "；此前已退回或转出 " + b.ZH
		t.EN += "; given back or transferred before: " + b.EN
	}
	t.ZH += "；应退 " + refund.ZH + "。"
	t.EN += "; to be refunded: " + refund.EN + "."
	return t
}

// OrderRefundQuote is what a refund of an order would be today.
type OrderRefundQuote struct {
	Order string `json:"order"`
	RefundQuote
	Back       money.Fen   `json:"given_back_fen" doc:"What was refunded, paid out or transferred before; it is taken off."`
	CoolingOff *CoolingOff `json:"cooling_off" doc:"Null where the pupil had been taught the course before."`
	Pending    bool        `json:"refund_pending" doc:"A request is under way."`
	AsOf       Date        `json:"as_of"`
	AtSeq      uint64      `json:"at_seq"`
}

// OrderRefundQuoteOf answers with what a refund of an order would be for a cause,
// as order.request-refund reckons it. cooling is the last day of its cooling-off,
// and no day where there is none; within it what was delivered is priced as paid.
func OrderRefundQuoteOf(p OrderPiece, cause term.RefundCause, cooling calendar.Day, f For) (OrderRefundQuote, error) {
	s := p.State
	a := OrderRefundQuote{
		Order: idIn(p.stream()), Back: s.Sheet.Of(term.LedgerRefunded) + s.Sheet.Of(term.LedgerPaidOut) + s.Moved.Amount, Pending: s.Refund.Pending(),
		AsOf: Date{f.AsOf}, AtSeq: f.AtSeq,
	}
	if cooling != 0 {
		a.CoolingOff = &CoolingOff{Until: Date{cooling}, Applies: f.AsOf <= cooling, Rule: ruleCited(rule.CoolingOff, f)}
	}
	c, err := s.QuoteOn(f.AsOf, cooling, cause)
	a.RefundQuote = quoted(c, s.ByPeriod, f)
	return a, err
}

// CoolingOff is the time in which a family may have its money back without reason.
type CoolingOff struct {
	Until   Date      `json:"until" doc:"The last day."`
	Applies bool      `json:"applies" doc:"Today is within it: what was delivered is priced as paid, whoever is the cause."`
	Rule    RuleCited `json:"rule"`
}

// OrderCode is what a family needs to follow its order.
type OrderCode struct {
	Order string `json:"order"`
	Code  string `json:"code" doc:"For the family alone."`
}
