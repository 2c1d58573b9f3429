package api

import (
	"context"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"
	"golang.org/x/time/rate"

	"minglu/api/answer"
	"minglu/api/html"
	"minglu/domain"
	"minglu/domain/clock"
	"minglu/domain/ident"
	"minglu/domain/term"
	"minglu/projections"
	"minglu/register"
)

const tagFilings = "filings"

// filingRoutes are what the public may send without a token: a grievance, and
// number and code of its receipt. They carry out grievance.receive and
// grievance.rate and nothing else.
var filingRoutes = []*route{
	withoutToken[register.Filing]("/filings", "File a complaint, report or petition, without an account.", (*server).file, created,
		about("Carried out once under its Idempotency-Key, which should be random: the same one gives the same receipt for ever. The query code is shown here alone; no copy is kept. "+
			"Name, contact and content are sealed before they are stored. The topic that comes first decides who handles it. "+
			"Warnings point at what stands in the clear and seems to identify a person.")),
	withoutToken[ReceiptIn]("/filings/status", "How a grievance stands, by number and code of its receipt.", (*server).filingStatus,
		about("A wrong code and an unknown number are answered alike.")),
	withoutToken[RatingIn]("/filings/rate", "Rate the handling of a grievance that has ended, once.", (*server).rateFiling),
	formOf("/grievances/new"),
	formOf("/grievances/status"),
}

// withoutToken is the line of something that the public may send: an object as
// register.Decode reads B.
func withoutToken[B, I, O any](path, summary string, h handler[I, O], options ...func(*route)) *route {
	r := newRoute(http.MethodPost, base+path, tagFilings, summary, h, options)
	add := r.register
	r.register = func(s *server, r *route) {
		add(s, r)
		// What is described before the route is added, huma reads itself.
		s.huma.OpenAPI().Paths[r.path].Post.RequestBody = &huma.RequestBody{
			Required: true, Content: map[string]*huma.MediaType{typeJSON: {Schema: schemaOf(reflect.TypeFor[B]())}}}
	}
	return r
}

// formOf is the line of a page that takes a form. The page files under the same
// limit as the data do, and asks for it when it does.
func formOf(path string) *route {
	r := &route{method: http.MethodPost, path: path, plain: true}
	r.register = func(s *server, r *route) {
		if s.HTML == nil {
			return
		}
		s.mux.HandleFunc(r.pattern, func(w http.ResponseWriter, req *http.Request) {
			s.HTML.ServeHTTP(w, html.Limited(req, func() error { return s.limits.filing(req.RemoteAddr) }))
		})
	}
	return r
}

// filingsPerAddress bounds how many grievances one address may file: many
// people may share one, and nobody files this many.
const filingsPerAddress rate.Limit = 1

// filing takes one filing off the budget of an address, or refuses. Where
// requests are not bounded, filings are not either.
func (l *limiter) filing(remote string) error {
	if l.PerAddress <= 0 || l.budget("filings "+host(remote), min(l.PerAddress, filingsPerAddress)).Allow() {
		return nil
	}
	return &domain.Error{Code: domain.RateLimited, Text: domain.Say("从您的网络提交的太多了，这一份还没有提交", "too many grievances were filed from your address; this one was not taken"),
		Hint: domain.Say("请过一分钟再提交一次，或者拨打 12345", "try again in a minute")}
}

// filingLimit bounds the body of what the public may send.
const filingLimit = 64 << 10

// filingHeaders are what a filing is sent with.
type filingHeaders struct {
	Key string `header:"Idempotency-Key" required:"true" format:"uuid" doc:"Random UUID chosen by the client: the same one gives the same answer for ever. Who knows it and the content learns the code."`
}

type receiptHeaders struct{}

// ReceiptIn is number and code of a receipt.
type ReceiptIn struct {
	Number string `json:"number" example:"TS-530427-20261102-00041805-7"`
	Code   string `json:"code"`
}

// RatingIn is a rating by the holder of a receipt.
type RatingIn struct {
	ReceiptIn
	Score int `json:"score"`
}

// Filed is the receipt of a grievance.
type Filed struct {
	Number      string          `json:"number" example:"TS-530427-20261102-00041805-7"`
	Code        string          `json:"code" doc:"Shown here alone."`
	Received    answer.Date     `json:"received"`
	Division    answer.Division `json:"division"`
	Handler     string          `json:"handler" doc:"Who handles it first."`
	HandlerName string          `json:"handler_name"`
	Due         []FilingDue     `json:"due"`
	Warnings    []ProblemField  `json:"warnings,omitempty" doc:"What stands in the clear and seems to identify a person."`
	Repeated    bool            `json:"repeated,omitempty"`
}

// FilingDue is a clock that is open.
type FilingDue struct {
	Clock      term.Clock   `json:"clock"`
	Label      string       `json:"label"`
	Part       answer.Maybe `json:"part"`
	Agency     string       `json:"agency"`
	AgencyName string       `json:"agency_name"`
	Due        answer.Date  `json:"due" doc:"The last day; null where it stands still or lacks a calendar."`
	Awaits     *int         `json:"awaits_calendar" doc:"The year whose working days are not published, without which the last day cannot be known."`
	Yours      bool         `json:"yours" doc:"It bounds what the complainant may ask for, not an answer."`
}

// FilingStatus is how a grievance stands. It holds nothing of who filed it and
// names no officer.
type FilingStatus struct {
	Number      string                   `json:"number"`
	Division    answer.Division          `json:"division"`
	Institution *answer.NamedInstitution `json:"institution" doc:"Null where it is about none that is known."`
	Nature      term.Nature              `json:"nature"`
	Topics      []term.GrievanceTopic    `json:"topics"`
	Received    answer.Date              `json:"received"`
	Ended       answer.Date              `json:"ended"`
	Status      term.GrievanceStatus     `json:"status"`
	StatusLabel string                   `json:"status_label"`
	Parts       []FilingPart             `json:"parts"`
	Steps       []FilingStep             `json:"steps" doc:"In the order in which they were recorded."`
	Due         []FilingDue              `json:"due"`
	Score       *int                     `json:"score" doc:"The rating, from 1 to 5."`
}

// FilingPart is how the whole, or one part of a mixed grievance, stands.
type FilingPart struct {
	Part        answer.Maybe         `json:"part" doc:"Null: the whole."`
	Nature      term.Nature          `json:"nature"`
	Status      term.GrievanceStatus `json:"status"`
	StatusLabel string               `json:"status_label"`
	Handler     string               `json:"handler"`
	HandlerName string               `json:"handler_name"`
	Ground      answer.Maybe         `json:"ground" doc:"Why it was not accepted."`
	GroundLabel answer.Maybe         `json:"ground_label"`
	Result      answer.Maybe         `json:"result" doc:"What the handling agency answers."`
}

// FilingStep is one step.
type FilingStep struct {
	On         answer.Date        `json:"on"`
	Step       term.GrievanceStep `json:"step"`
	What       string             `json:"what"`
	Part       answer.Maybe       `json:"part"`
	Agency     string             `json:"agency" doc:"Who has it after the step."`
	AgencyName string             `json:"agency_name"`
}

// Rated is the answer to a rating.
type Rated struct {
	Number   string `json:"number"`
	Score    int    `json:"score"`
	Repeated bool   `json:"repeated,omitempty"`
}

func (s *server) file(ctx context.Context, in *filingHeaders) (*reply[*Filed], error) {
	q := asked(ctx)
	var f register.Filing
	if err := q.reads(&f); err != nil {
		return nil, err
	}
	if err := s.limits.filing(q.r.RemoteAddr); err != nil {
		return nil, err
	}
	f.Key = in.Key
	r, err := s.Register.File(ctx, f)
	s.metrics.act("grievance.receive", err)
	if err != nil {
		return nil, err
	}
	q.seq = r.Seq
	out := &Filed{
		Number: string(r.Number), Code: r.Code.Text(), Received: answer.Date{Day: r.Received}, Division: answer.DivisionOn(r.Division, r.Received),
		Handler: r.Handler, HandlerName: q.say(answer.AgencyName(r.Handler)), Due: []FilingDue{}, Repeated: r.Repeated,
	}
	for _, c := range r.Clocks {
		out.Due = append(out.Due, q.filingDue(clock.Clock{Key: c.Key, Part: c.Part, Due: c.Due, Awaits: c.Awaits, Agency: c.Agency}))
	}
	for _, w := range r.Warnings {
		out.Warnings = append(out.Warnings, ProblemField{Pointer: w.Pointer, Code: w.Code, Message: q.say(w.Message)})
	}
	return &reply[*Filed]{Status: http.StatusCreated, Body: out, ContentType: typeJSON, Cache: noStore}, nil
}

const noStore = "no-store"

// reads reads the body of what the public sends.
func (q *request) reads(into any) error {
	if err := q.content(typeJSON); err != nil {
		return err
	}
	raw, err := q.body(filingLimit)
	if err != nil {
		return err
	}
	return register.Decode("", raw, into)
}

func (s *server) filingStatus(ctx context.Context, _ *receiptHeaders) (*reply[*FilingStatus], error) {
	q := asked(ctx)
	var in ReceiptIn
	if err := q.reads(&in); err != nil {
		return nil, err
	}
	p, err := s.Register.Status(ctx, in.Number, in.Code)
	if err != nil {
		return nil, err
	}
	out := &FilingStatus{
		Number: string(p.Number), Division: answer.DivisionOn(p.Division, q.today), Nature: p.Nature, Topics: p.Topics, Received: answer.Date{Day: p.Received},
		Ended: answer.Date{Day: p.Ended}, Status: p.Status, StatusLabel: q.say(p.Status.Label()), Steps: []FilingStep{}, Parts: []FilingPart{}, Due: []FilingDue{},
		Score: orNone(p.Score),
	}
	if out.Institution, err = s.filedAbout(q, p.Institution); err != nil {
		return nil, err
	}
	for _, part := range p.Parts {
		out.Parts = append(out.Parts, q.filingPart(part))
	}
	for _, st := range p.Steps {
		out.Steps = append(out.Steps, FilingStep{
			On: answer.Date{Day: st.On}, Step: st.Code, What: q.say(st.Code.Label()), Part: answer.Maybe(st.Part), Agency: st.Agency, AgencyName: q.say(answer.AgencyName(st.Agency))})
	}
	for _, c := range p.Due {
		out.Due = append(out.Due, q.filingDue(c))
	}
	return &reply[*FilingStatus]{Status: http.StatusOK, Body: out, ContentType: typeJSON, Cache: noStore}, nil
}

func (s *server) rateFiling(ctx context.Context, in *filingHeaders) (*reply[*Rated], error) {
	q := asked(ctx)
	var b RatingIn
	if err := q.reads(&b); err != nil {
		return nil, err
	}
	ans, err := s.Register.Rate(ctx, in.Key, b.Number, b.Code, b.Score)
	s.metrics.act("grievance.rate", err)
	if err != nil {
		return nil, err
	}
	number, err := ident.ReadReceiptNumber(b.Number)
	if err != nil {
		return nil, err
	}
	q.seq = ans.Seq
	return &reply[*Rated]{Status: http.StatusOK, Body: &Rated{string(number), b.Score, ans.Repeated}, ContentType: typeJSON, Cache: noStore}, nil
}

// filedAbout is the institution of a stream as the public may see it; nothing
// where there is none, or the view has not come so far.
func (s *server) filedAbout(q *request, stream string) (*answer.NamedInstitution, error) {
	if stream == "" {
		return nil, nil
	}
	list, err := s.Views.Institutions([]string{stream}, s.Views.Seq(projections.InstitutionsView))
	if err != nil || len(list) == 0 {
		return nil, err
	}
	n := answer.NamedInstitutionOf(list[0], list[0], answer.For{AsOf: q.today, Today: q.today, English: q.english})
	return &n, nil
}

func (q *request) filingDue(c clock.Clock) FilingDue {
	return FilingDue{
		Clock: c.Key, Label: q.say(c.Key.Label()), Part: answer.Maybe(c.Part), Agency: c.Agency, AgencyName: q.say(answer.AgencyName(c.Agency)),
		Due: answer.Date{Day: c.Due}, Awaits: orNone(c.Awaits), Yours: clock.Lapses(c.Key),
	}
}

func (q *request) filingPart(p register.PartProgress) FilingPart {
	out := FilingPart{
		Part: answer.Maybe(p.Part), Nature: p.Nature, Status: p.Status, StatusLabel: q.say(p.Status.Label()), Handler: p.Handler,
		HandlerName: q.say(answer.AgencyName(p.Handler)), Ground: answer.Maybe(p.Ground), Result: answer.Maybe(p.Result),
	}
	if p.Ground != "" {
		out.GroundLabel = answer.Maybe(q.say(p.Ground.Label()))
	}
	return out
}

// orNone is a number, or nothing where it is zero.
func orNone(n int) *int {
	if n == 0 {
		return nil
	}
	return &n
}
