package register

import (
	"context"
	"crypto/subtle"
	"errors"
	"time"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/division"
	"minglu/domain/grievance"
	"minglu/domain/ident"
	"minglu/domain/term"
	"minglu/eventstore"
)

// Progress is how a grievance stands, for who holds its receipt. It names
// agencies and no officer, and holds nothing of who filed it.
type Progress struct {
	Number      ident.ReceiptNumber
	Division    division.Code
	Institution string // stream, or empty
	Topics      []term.GrievanceTopic
	Nature      term.Nature
	Received    calendar.Day
	Ended       calendar.Day // zero: it goes on
	Status      term.GrievanceStatus
	Parts       []PartProgress
	Steps       []grievance.Step // in the order in which they were recorded
	Due         []clock.Clock    // open ones that bound an answer, or what the complainant may still ask for
	Score       int              // zero: not rated
}

// PartProgress is how what is handled on its own stands: the whole, or one part
// of a message that is a complaint and a report at once.
type PartProgress struct {
	Part    string // empty: the whole
	Nature  term.Nature
	Status  term.GrievanceStatus
	Handler string
	Ground  term.RefusalGround // where it was refused
	Result  string             // in the words of the handling agency, or empty
}

// refusedAfter is how long it takes to refuse an unknown number or a wrong code:
// longer than to find either out, so that the time tells nothing.
const refusedAfter = 25 * time.Millisecond

// Status returns how the grievance of a receipt stands, right after it was filed
// too. An unknown number and a wrong code are refused alike.
func (r *Register) Status(ctx context.Context, number, code string) (Progress, error) {
	f, err := r.find(ctx, number, code)
	if err != nil {
		return Progress{}, err
	}
	p := Progress{
		Number: f.number, Division: division.Code(eventstore.Record{Stream: f.stream}.Division()),
		Institution: f.state.Institution, Topics: f.state.Topics, Nature: f.state.Nature,
		Received: f.state.Received, Ended: f.state.Ended(), Status: f.state.Status(), Steps: f.state.Progress(), Score: f.state.Score,
	}
	for _, c := range f.state.Clocks.Open() {
		if told(c.Key) {
			p.Due = append(p.Due, c)
		}
	}
	said, err := r.said(f.recs)
	if err != nil {
		return Progress{}, err
	}
	for _, part := range f.state.Parts {
		s := said[part.Number]
		s.Part, s.Nature, s.Status, s.Handler = part.Number, part.Nature, part.Status(), part.Handler
		p.Parts = append(p.Parts, s)
	}
	return p, nil
}

// told reports whether the complainant is told of a clock: what an agency owes,
// and what may be asked for. What agencies settle among themselves, and the check
// of a lead, is not.
func told(key term.Clock) bool {
	switch key {
	case term.PetitionReviewRequest, term.PetitionRereviewRequest:
		return true
	case term.MediationLeadCheck, term.OfficeDispute:
		return false
	}
	return !clock.Lapses(key)
}

// said is what was answered on each part, as the facts have it: a part that was
// reopened has no answer until it ends again.
func (r *Register) said(recs []eventstore.Record) (map[string]PartProgress, error) {
	recs, err := r.Log.Codec.Amend(recs)
	if err != nil {
		return nil, err
	}
	out := map[string]PartProgress{}
	for _, rec := range recs {
		switch e := rec.Event.(type) {
		case grievance.Refused:
			out[e.Part] = PartProgress{Ground: e.Ground, Result: e.Reason}
		case grievance.Closed:
			out[e.Part] = PartProgress{Result: e.Result}
		case grievance.Reopened:
			delete(out, e.Part)
		}
	}
	return out, nil
}

// Rate takes down how the holder of a receipt rates the handling, from 1 to 5,
// once, however often it is asked under one key. An unknown number and a wrong
// code are refused alike.
func (r *Register) Rate(ctx context.Context, key, number, code string, score int) (Answer, error) {
	id, err := readKey(key)
	if err != nil {
		return Answer{}, err
	}
	f, err := r.find(ctx, number, code)
	if err != nil {
		return Answer{}, err
	}
	in := eventstore.Record{Stream: f.stream}.Division()
	a := Act{
		CommandID: ident.FormatUUID(commandOf("rating", id)), Act: "grievance.rate", Division: in,
		Target: &Target{ID: eventstore.Record{Stream: f.stream}.AggregateID()}, Effective: calendar.DayOf(r.Now()).String(),
		Actor: &Actor{Agency: agencyOf(division.Code(in), term.JointConferenceOffice)},
		Body:  bodyOf(map[string]any{"query_code": string(f.code), "score": score}),
	}
	ans, err := patiently(ctx, func() (Answer, error) { return r.Do(ctx, nil, a) })
	return ans, outward(err)
}

// found is the grievance of a receipt.
type found struct {
	number ident.ReceiptNumber
	code   ident.QueryCode
	stream string
	recs   []eventstore.Record
	state  grievance.State
}

// find looks for the grievance of a receipt. The number itself, or its
// reservation, says which it is, so no view need have come so far.
func (r *Register) find(ctx context.Context, number, code string) (f found, err error) {
	if f, err = readReceipt(number, code); err != nil {
		return found{}, err
	}
	even := time.NewTimer(refusedAfter)
	defer even.Stop()
	if f.stream, err = r.streamOf(ctx, f.number); err != nil {
		return found{}, err
	}
	if f.stream != "" {
		if f.recs, err = r.Log.Records(ctx, f.stream); err != nil {
			return found{}, err
		}
		state, err := Grievance.Fold(r.Log.Codec, f.recs)
		if err != nil {
			return found{}, err
		}
		f.state = state.(grievance.State)
	}
	if f.state.Receipt == string(f.number) && subtle.ConstantTimeCompare([]byte(f.state.QueryDigest), []byte(f.code.Digest())) == 1 {
		return f, nil
	}
	select {
	case <-even.C:
	case <-ctx.Done():
	}
	return found{}, &domain.Error{Code: domain.NotFound,
		Text: domain.Say("没有这个受理编号，或者查询码不对", "there is no such receipt, or the query code is another"),
		Hint: domain.Say("请核对回执上的编号和查询码。查询码没有留底，遗失的请联系承办单位", "compare both with your receipt; no copy of a query code is kept, so ask the handling agency where yours is lost")}
}

// receiptClaim is the kind under which serial numbers of receipts are reserved.
const receiptClaim = "receipt"

// streamOf is the stream that a number leads to, or empty. It need not hold a
// grievance.
func (r *Register) streamOf(ctx context.Context, n ident.ReceiptNumber) (stream string, err error) {
	if id := n.Names(); id != "" {
		return eventstore.StreamName(string(n.Division()), Grievance.Name, id), nil
	}
	stream, _, err = r.Log.Owner(ctx, receiptClaim, string(n))
	return stream, err
}

// Receipted returns the stream of the grievance with a number, or nothing where
// there is none.
func (r *Register) Receipted(ctx context.Context, n ident.ReceiptNumber) (stream string, err error) {
	if stream, err = r.streamOf(ctx, n); err != nil || stream == "" {
		return "", err
	}
	s, err := stateOf[grievance.State](ctx, live{r.Log, r}, Grievance, stream)
	if err != nil || s.Receipt != string(n) {
		return "", err
	}
	return stream, nil
}

// readReceipt reads number and code as people write them.
func readReceipt(number, code string) (f found, err error) {
	var faults []domain.Field
	refused := func(pointer string, err error) {
		if e, ok := errors.AsType[*domain.Error](domain.At(pointer, err)); ok {
			faults = append(faults, e.Fields...)
		}
	}
	f.number, err = ident.ReadReceiptNumber(number)
	refused("/number", err)
	f.code, err = ident.ReadQueryCode(code)
	refused("/code", err)
	if len(faults) == 0 {
		return f, nil
	}
	return f, domain.Fault(domain.Invalid, domain.Say("有 %d 处不能接受", "%d members cannot be taken", len(faults)), faults...)
}
