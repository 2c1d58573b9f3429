package api

import (
	"context"
	"net/http"

	"minglu/api/answer"
	"minglu/api/html"
	"minglu/domain"
	"minglu/domain/division"
	prepaid "minglu/domain/order"
)

// TraceIn is the id of an order and the code that its family was given.
type TraceIn struct {
	Order string `json:"order" example:"01JBR00001ZJBEK0EC3KSYAV2Z"`
	Code  string `json:"code"`
}

// tracing takes one look at an order by its code off the budget of an address, or
// refuses: as many as grievances may be filed. Where requests are not bounded,
// neither are these.
func (l *limiter) tracing(remote string) error {
	if l.PerAddress <= 0 || l.budget("traces "+host(remote), min(l.PerAddress, filingsPerAddress)).Allow() {
		return nil
	}
	return &domain.Error{Code: domain.RateLimited, Text: domain.Say("从您的网络查询得太多了", "too many orders were asked about from your address"),
		Hint: domain.Say("请过一分钟再查一次", "try again in a minute")}
}

// tracePage is the line of the page on which a family follows its order, under the
// same limit as the data.
func tracePage(path string) *route {
	r := &route{method: http.MethodPost, path: path, plain: true}
	r.register = func(s *server, r *route) {
		if s.HTML == nil {
			return
		}
		s.mux.HandleFunc(r.pattern, func(w http.ResponseWriter, req *http.Request) {
			s.HTML.ServeHTTP(w, html.Limited(req, func() error { return s.limits.tracing(req.RemoteAddr) }))
		})
	}
	return r
}

func (s *server) followOrder(ctx context.Context, _ *receiptHeaders) (*reply[*answer.FamilyOrder], error) {
	q := asked(ctx)
	var in TraceIn
	if err := q.reads(&in); err != nil {
		return nil, err
	}
	if err := s.limits.tracing(q.r.RemoteAddr); err != nil {
		return nil, err
	}
	found, err := s.Register.TraceOrder(ctx, in.Order, in.Code)
	if err != nil {
		return nil, err
	}
	p, err := answer.FamilyPieceOf(s.Log.Codec, found.Records)
	if err == nil && p.State.PaidOn == 0 {
		err = annulledOrder()
	}
	if err != nil {
		return nil, err
	}
	open, err := s.Views.ClocksOf(found.Stream, q.today)
	if err != nil {
		return nil, err
	}
	p.Reckoned(open)
	about, err := s.filedAbout(q, p.State.Institution)
	if err != nil {
		return nil, err
	}
	a, err := answer.FamilyOrderOf(p, about, answer.For{AsOf: q.today, AtSeq: p.All[len(p.All)-1].Meta.Seq, Today: q.today, English: q.english})
	return &reply[*answer.FamilyOrder]{Status: http.StatusOK, Body: &a, ContentType: typeJSON, Cache: noStore}, err
}

type codeIn struct {
	ID string `path:"id"`
}

func (s *server) handOutCode(ctx context.Context, in *codeIn) (*reply[*answer.OrderCode], error) {
	r, err := s.read(ctx, Moment{})
	if err != nil {
		return nil, err
	}
	p, err := s.order(in.ID, r)
	if err == nil && !r.Reader.Serves(division.Code(p.All[0].Division())) {
		err = unknownOrder(in.ID)
	}
	if err != nil {
		return nil, err
	}
	code, err := s.Register.OrderCode(ctx, p.All[0].Stream)
	if err != nil {
		return nil, err
	}
	return &reply[*answer.OrderCode]{Status: http.StatusOK, Body: &answer.OrderCode{Order: in.ID, Code: code.Text()}, ContentType: typeJSON, Cache: noStore}, nil
}

func (s *server) quoteTerms(ctx context.Context, _ *receiptHeaders) (*reply[*answer.RefundQuote], error) {
	q := asked(ctx)
	var t prepaid.Terms
	if err := q.reads(&t); err != nil {
		return nil, err
	}
	if err := domain.Filled("/cause", string(t.Cause)); err != nil {
		return nil, err
	}
	c, err := prepaid.Compute(t)
	if err != nil {
		return nil, err
	}
	a := answer.RefundQuoteOf(c, answer.For{AsOf: q.today, Today: q.today, English: q.english})
	return &reply[*answer.RefundQuote]{Status: http.StatusOK, Body: &a, ContentType: typeJSON, Cache: noStore}, nil
}
