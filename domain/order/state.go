package order

import (
	"fmt"
	"slices"

	"minglu/domain"
	"minglu/domain/book"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// State is what is known of an order.
type State struct {
	Account     string       `json:"a,omitzero"`
	Institution string       `json:"i,omitzero"`
	Pupil       string       `json:"p,omitzero"`
	Course      string       `json:"co,omitzero"`
	Group       string       `json:"g,omitzero"`
	Class       term.Class   `json:"cl,omitzero"`
	Hours       int          `json:"h,omitzero"`
	Gifts       int          `json:"gi,omitzero"`
	ByPeriod    bool         `json:"bp,omitzero"`
	From        calendar.Day `json:"f,omitzero"`
	To          calendar.Day `json:"t,omitzero"`
	Amount      money.Fen    `json:"am,omitzero"`
	ListPrice   money.Fen    `json:"lp,omitzero"`
	PaidOn      calendar.Day `json:"po,omitzero"` // zero: there is no order
	Since       calendar.Day `json:"si,omitzero"` // since when it is here: of one that goes on another, the day of that
	OffAccount  bool         `json:"of,omitzero"`
	Deposit     bool         `json:"d,omitzero"`
	Before      bool         `json:"b,omitzero"`
	Contract    string       `json:"ct,omitzero"`
	Number      string       `json:"no,omitzero"`
	TransferOf  string       `json:"tf,omitzero"`
	Breaches    []Breach     `json:"br,omitzero"`
	Lessons     []Lesson     `json:"l,omitzero"`
	Released    int          `json:"rh,omitzero"` // class-hours whose fee is released
	Refund      Refund       `json:"r,omitzero"`
	Over        calendar.Day `json:"ov,omitzero"` // since when all that was owed is refunded, and nothing taught any more
	Moved       Transferred  `json:"m,omitzero"`
	Sheet       book.Sheet   `json:"s,omitzero"`
	FromDeposit money.Fen    `json:"fd,omitzero"` // how much was paid out from the risk deposit
	Ended       calendar.Day `json:"e,omitzero"`
	Last        calendar.Day `json:"la,omitzero"` // the latest effective day of its facts
	Clocks      clock.Clocks `json:"ck,omitzero"`
	// Fault tells that the facts cannot be: one of them could not be by itself, rests
	// on what is not there, or is refused by the ledger.
	Fault bool `json:"x,omitzero"`
}

// Breach is one limit or rule of charging that was broken.
type Breach struct {
	Breach     term.ChargeBreach `json:"b"`
	Cumulative bool              `json:"c,omitzero"`
	Value      int64             `json:"v,omitzero"`
	Limit      int64             `json:"l,omitzero"`
	Note       string            `json:"n,omitzero"`
	On         calendar.Day      `json:"o"`
}

// Lesson is one lesson of the order, numbered from 1 by its place. Where one was
// annulled, its place is empty: those after it keep their numbers.
type Lesson struct {
	Hours     int              `json:"h"`
	On        calendar.Day     `json:"o"`
	Notified  calendar.Day     `json:"n,omitzero"`
	Confirmed calendar.Day     `json:"c,omitzero"`
	By        term.ConfirmedBy `json:"b,omitzero"`
	Disputed  calendar.Day     `json:"d,omitzero"` // zero again once it was judged to count or confirmed
	Void      calendar.Day     `json:"v,omitzero"` // judged not to have been given
	Released  calendar.Day     `json:"r,omitzero"`
}

// Refund is the newest request for a refund.
type Refund struct {
	Requested calendar.Day     `json:"q,omitzero"`
	Cause     term.RefundCause `json:"c,omitzero"`
	Withdrawn calendar.Day     `json:"w,omitzero"`
	Agreed    calendar.Day     `json:"a,omitzero"`
	By        term.AgreedBy    `json:"b,omitzero"`
	Amount    money.Fen        `json:"am,omitzero"` // agreed
	Refused   calendar.Day     `json:"r,omitzero"`
	Paid      money.Fen        `json:"p,omitzero"`
	Out       money.Fen        `json:"o,omitzero"` // paid out meanwhile
	Whole     calendar.Day     `json:"d,omitzero"` // when nothing more was owed
}

// Pending reports whether a refund is asked for and neither refused, withdrawn
// nor wholly paid.
func (r Refund) Pending() bool {
	return r.Requested != 0 && r.Withdrawn == 0 && r.Refused == 0 && r.Whole == 0
}

// Owed is what was agreed and neither paid back nor paid out since.
func (r Refund) Owed() money.Fen { return max(r.Amount-r.Paid-r.Out, 0) }

// Evolve is the state after a fact.
func Evolve(s State, m domain.Meta, e Event) State {
	on := calendar.DayOf(m.Effective)
	s.Clocks = s.Clocks.After(m, e)
	if _, ok := e.(domain.Amendment); !ok {
		s.Last = max(s.Last, on)
	}
	if c, ok := e.(interface{ Check() error }); ok && c.Check() != nil {
		s.Fault = true
	}
	if sheet, err := s.Sheet.Enter(book.ChangeOf(e).Entries...); err == nil {
		s.Sheet = sheet
	} else {
		s.Fault = true
	}
	switch e := e.(type) {
	case Paid:
		return s.paid(on, e)
	case BreachNoted:
		s.Breaches = domain.With(s.Breaches, Breach{Breach: e.Breach, Cumulative: e.Cumulative, Value: e.Value, Limit: e.Limit, Note: e.Note, On: on})
	case LessonDelivered, ParentNotified, LessonConfirmed, LessonDisputed, LessonJudged, FundsReleased:
		return s.taught(on, e)
	case RefundRequested, RefundWithdrawn, RefundAgreed, RefundRefused, RefundPaid, PaidOut:
		return s.refunding(on, e)
	case Transferred:
		s.Moved = e
	case Settled:
		s.Ended = on
	case MovedIn, DeadlineMissed, Corrected, Annulled:
	default:
		panic(fmt.Sprintf("order does not know the event %s", e.EventName()))
	}
	return s
}

// taught is the state after a fact about lessons.
func (s State) taught(on calendar.Day, e Event) State {
	switch e := e.(type) {
	case LessonDelivered:
		return s.delivered(on, e)
	case ParentNotified:
		return s.lesson(e.Lesson, func(l *Lesson) bool { l.Notified = on; return true })
	case LessonConfirmed:
		return s.lesson(e.Lesson, func(l *Lesson) bool { return l.confirmed(e.By, on) })
	case LessonDisputed:
		return s.lesson(e.Lesson, func(l *Lesson) bool { return l.disputed(e.Deemed, on) })
	case LessonJudged:
		return s.lesson(e.Lesson, func(l *Lesson) bool { return l.judged(e, on) })
	case FundsReleased:
		s.Released += e.Hours
		for _, n := range e.Lessons {
			s = s.lesson(n, func(l *Lesson) bool { l.Released = on; return true })
		}
	}
	return s
}

// refunding is the state after a fact about a refund. One without the request, or
// the agreement, that it rests on cannot be.
func (s State) refunding(on calendar.Day, e Event) State {
	asked := s.Refund.Requested != 0
	switch e := e.(type) {
	case RefundRequested:
		s.Refund, asked = Refund{Requested: on, Cause: e.Cause}, true
	case RefundWithdrawn:
		s.Refund.Withdrawn = on
	case RefundAgreed:
		s.Refund.Agreed, s.Refund.By, s.Refund.Amount, s.Refund.Refused = on, e.By, e.Amount, 0
	case RefundRefused:
		s.Refund.Refused = on
	case RefundPaid:
		s.Refund.Paid += e.Amount
		s.Fault = s.Fault || s.Refund.Paid > s.Refund.Amount
		return s.whole(on, e.Whole)
	case PaidOut:
		if e.Deposit {
			s.FromDeposit += e.Amount
		}
		if s.Refund.Pending() && s.Refund.Agreed != 0 {
			s.Refund.Out += e.Amount
		}
		return s.whole(on, e.Whole)
	}
	s.Fault = s.Fault || !asked
	return s
}

// whole ends the refund once nothing more of it is owed, which the fact says too.
func (s State) whole(on calendar.Day, said bool) State {
	done := s.Refund.Pending() && s.Refund.Agreed != 0 && s.Refund.Owed() == 0
	s.Fault = s.Fault || said != done
	if done {
		s.Refund.Whole, s.Over = on, on
	}
	return s
}

func (s State) paid(on calendar.Day, e Paid) State {
	s.Account, s.Institution, s.Pupil, s.Course, s.Group, s.Class = e.Account, e.Institution, e.Pupil, e.Course, e.Group, e.Class
	s.Hours, s.Gifts, s.ByPeriod, s.From, s.To = e.Hours, e.Gifts, e.ByPeriod, e.PeriodFrom, e.PeriodTo
	s.Amount, s.ListPrice, s.PaidOn, s.OffAccount, s.Deposit = e.Amount, e.ListPrice, e.PaidOn, e.OffAccount, e.Deposit
	s.Before, s.Contract, s.Number, s.TransferOf, s.Since = e.Before, e.Contract, e.Number, e.TransferOf, e.PaidOn
	if e.TransferOf != "" {
		s.Since = on
	}
	return s
}

// delivered puts a lesson at its place. Places before it that have none are empty.
func (s State) delivered(on calendar.Day, e LessonDelivered) State {
	if e.Lesson < 1 || e.Lesson > maxHours || e.Hours > maxHours {
		s.Fault = true
		return s
	}
	lessons := make([]Lesson, max(len(s.Lessons), e.Lesson))
	copy(lessons, s.Lessons)
	l := Lesson{Hours: e.Hours, On: on}
	if e.Notice != "" {
		l.Notified = on
	}
	lessons[e.Lesson-1] = l
	s.Lessons = lessons
	return s
}

// has reports whether there is a lesson of that number.
func (s State) has(number int) bool {
	return number >= 1 && number <= len(s.Lessons) && s.Lessons[number-1].On != 0
}

// lesson changes one lesson. A fact about one that there is not, or one that
// change says cannot be, is a fault.
func (s State) lesson(number int, change func(*Lesson) bool) State {
	if !s.has(number) {
		s.Fault = true
		return s
	}
	s.Lessons = slices.Clone(s.Lessons)
	s.Fault = !change(&s.Lessons[number-1]) || s.Fault
	return s
}

// confirmed takes down that the lesson counts, which it does once; deemed it is
// only after a notice.
func (l *Lesson) confirmed(by term.ConfirmedBy, on calendar.Day) bool {
	once := l.Confirmed == 0
	l.Confirmed, l.By, l.Disputed = on, by, 0
	return once && (by != term.ByDeeming || l.Notified != 0)
}

// disputed takes down that the family objects, as the fact says of the lesson.
func (l *Lesson) disputed(deemed bool, on calendar.Day) bool {
	was := l.By
	l.Disputed, l.Confirmed, l.By = on, 0, ""
	return was == "" && !deemed || was == term.ByDeeming && deemed
}

// judged ends a dispute: the lesson counts as confirmed by the parent would, or
// was not given, with all its class-hours.
func (l *Lesson) judged(e LessonJudged, on calendar.Day) bool {
	disputed := l.Disputed != 0
	l.Disputed = 0
	if e.Counts {
		l.Confirmed, l.By = on, term.ByParent
		return disputed && e.Hours == 0
	}
	l.Void = on
	return disputed && e.Hours == l.Hours
}

// Counted reports whether the lesson was given and nobody objects.
func (l Lesson) Counted() bool { return l.Void == 0 && l.Disputed == 0 }

// Delivered is how many class-hours were given, without those that were not or
// to which the family objects.
func (s State) Delivered() int { return s.hours(Lesson.Counted) }

// Confirmed is how many class-hours are confirmed.
func (s State) Confirmed() int { return s.hours(func(l Lesson) bool { return l.Confirmed != 0 }) }

// confirmedBy is how many class-hours were confirmed on a day.
func (s State) confirmedBy(on calendar.Day) int {
	return s.hours(func(l Lesson) bool { return l.Confirmed != 0 && l.Confirmed <= on })
}

// taken is how many class-hours of the order are used up, disputed ones too.
func (s State) taken() int { return s.hours(func(l Lesson) bool { return l.Void == 0 }) }

func (s State) hours(of func(Lesson) bool) (n int) {
	for _, l := range s.Lessons {
		if of(l) {
			n += l.Hours
		}
	}
	return n
}

// Fee is what so many class-hours of the order cost: each the same number of
// fen, and the last of all what the division leaves.
func (s State) Fee(hours int) money.Fen {
	if hours >= s.Hours || s.Hours <= 0 {
		return s.Amount
	}
	return s.Amount / money.Fen(s.Hours) * money.Fen(max(hours, 0))
}

// Undelivered is what of an order is the family's: what was paid for class-hours
// that are not delivered, as far as it is not refunded, paid out or transferred.
// After a refund it is what by its rule is still owed.
func (s State) Undelivered() money.Fen {
	if s.Over != 0 {
		quote, err := s.Quote(s.Refund.Cause)
		if err != nil {
			return 0 // no order: unsound
		}
		return quote.Refund
	}
	gone := s.Sheet.Of(term.LedgerRefunded) + s.Sheet.Of(term.LedgerPaidOut) + max(s.Moved.Amount, 0)
	return max(s.Amount-s.Fee(s.Delivered())-gone, 0)
}

// Held is what lies in the supervised account for the order.
func (s State) Held() money.Fen { return s.Sheet.Of(term.LedgerHeld) }

// Outside is what the institution holds of it.
func (s State) Outside() money.Fen { return s.Sheet.Of(term.LedgerOutside) }

// Releasable is the fee of what is confirmed and not yet released.
func (s State) Releasable() money.Fen {
	return max(s.Fee(s.Confirmed())-s.Sheet.Of(term.LedgerReleased), 0)
}

// Open reports whether anything of the order is left to be delivered, refunded
// or settled.
func (s State) Open() bool { return s.PaidOn != 0 && s.Ended == 0 }

// Status returns the status of the order.
func (s State) Status() term.OrderStatus {
	switch {
	case s.Ended != 0:
		return term.OrderEnded
	case s.Refund.Pending():
		return term.OrderRefunding
	}
	return term.OrderRunning
}

// OpenOrder is the order as the limits on charging look at it beside another one.
func (s State) OpenOrder() rule.OpenOrder {
	if !s.Open() || s.Moved.To != "" {
		return rule.OpenOrder{Received: s.Delivered() > 0}
	}
	hours := max(s.Hours-s.Delivered(), 0)
	if s.ByPeriod || s.Over != 0 {
		hours = 0 // nothing is taught any more; or days, which no limit on class-hours counts
	}
	return rule.OpenOrder{Hours: hours, Amount: s.Undelivered(), Received: s.Delivered() > 0}
}
