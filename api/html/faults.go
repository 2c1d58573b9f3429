package html

import (
	"context"
	"errors"
	"net/http"

	"minglu/domain"
	"minglu/projections"
)

// statuses maps the kinds of refusal to the statuses of HTTP.
var statuses = map[domain.Code]int{
	domain.Malformed: http.StatusBadRequest, domain.Unauthenticated: http.StatusUnauthorized, domain.Forbidden: http.StatusForbidden,
	domain.NotFound: http.StatusNotFound, domain.Conflict: http.StatusConflict, domain.Erased: http.StatusGone,
	domain.Stale: http.StatusPreconditionFailed, domain.TooLarge: http.StatusRequestEntityTooLarge,
	domain.UnsupportedMedia: http.StatusUnsupportedMediaType, domain.Invalid: http.StatusUnprocessableEntity,
	domain.KeyReused: http.StatusUnprocessableEntity, domain.RateLimited: http.StatusTooManyRequests, domain.Busy: http.StatusServiceUnavailable,
}

// Fault is the page of a refusal, or of a fault of the register's own, of which
// it says nothing but that it happened.
type Fault struct {
	Frame
	Heading  string
	Sentence string
	Hint     string
	Rule     string
	Fields   []FaultField
	Request  string // id of the request, to be named when asking for help
	Ask      Ask    // a search, where something was not found
}

// FaultField is one value at fault.
type FaultField struct{ Name, Message string }

func (Fault) template() string { return "fault" }

// fault makes the page of an error.
func (s *site) fault(w http.ResponseWriter, r *http.Request, v *visit, err error) page {
	e := refusal(err)
	if e == nil {
		s.Logger.ErrorContext(r.Context(), "page", "path", r.URL.Path, "error", err)
		e = &domain.Error{Text: domain.Say("登记系统出了问题，这一页暂时不能显示", "the register is at fault")}
	}
	status, known := statuses[e.Code]
	if !known {
		status = http.StatusInternalServerError
	}
	heading := faultHeading(status)
	p := &Fault{
		Frame: s.frame(v, heading, "", nil), Heading: heading, Sentence: sentence(e.Text.ZH), Hint: sentence(e.Hint.ZH), Rule: e.Rule,
		Request: w.Header().Get("Request-Id"), Ask: Ask{Action: "/search"},
	}
	p.status, p.Searches, p.Permanent, p.Present = status, true, "", ""
	for _, f := range e.Fields {
		if len(e.Fields) == 1 && f.Message.ZH == e.Text.ZH {
			p.Sentence = fieldName(f.Pointer) + "：" + p.Sentence
			break
		}
		p.Fields = append(p.Fields, FaultField{fieldName(f.Pointer), sentence(f.Message.ZH)})
	}
	if status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "5")
	}
	return p
}

// refusal returns what may be shown of an error; nil for a fault of the
// register's own.
func refusal(err error) *domain.Error {
	if e, ok := errors.AsType[*domain.Error](err); ok {
		return e
	}
	for _, busy := range []error{projections.ErrNotReady, projections.ErrStopped, projections.ErrClosed, context.DeadlineExceeded, context.Canceled} {
		if errors.Is(err, busy) {
			return domain.Fault(domain.Busy, domain.Say("登记系统正在整理数据，请稍后再试", "the views are not ready; try again"))
		}
	}
	return nil
}

func faultHeading(status int) string {
	switch status {
	case http.StatusNotFound:
		return "没有这个页面"
	case http.StatusMethodNotAllowed:
		return "这个地址只能查看"
	case http.StatusGone:
		return "内容已依法隐去"
	case http.StatusUnprocessableEntity, http.StatusBadRequest:
		return "填写的内容有误"
	case http.StatusServiceUnavailable, http.StatusTooManyRequests:
		return "请稍后再试"
	case http.StatusInternalServerError:
		return "页面出了问题"
	}
	return "不能这样做"
}

// fieldName is the name of a parameter in words.
func fieldName(pointer string) string {
	names := map[string]string{
		"/as_of": "日期", "/at_seq": "序号", "/min_seq": "序号", "/division": "地区", "/standing": "名单状态", "/class": "类别",
		"/documents": "证照情况", "/status": "办学状态", "/page": "页码", "/q": "查询词",
	}
	if n, ok := names[pointer]; ok {
		return n
	}
	return pointer
}

// sentence ends a text as a sentence.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	for _, end := range []string{"。", "？", "！", "；", "："} {
		if len(s) >= len(end) && s[len(s)-len(end):] == end {
			return s
		}
	}
	return s + "。"
}

func (s *site) unknown(*visit) (page, error) {
	return nil, domain.Fault(domain.NotFound, domain.Say("这里没有页面，地址可能写错了或已经过时", "there is no such page"))
}

func (s *site) wrongMethod(v *visit) (page, error) {
	heading := faultHeading(http.StatusMethodNotAllowed)
	p := &Fault{Frame: s.frame(v, heading, "", nil), Heading: heading, Sentence: "这里的页面只能查看，不能提交。", Ask: Ask{Action: "/search"}}
	p.status, p.Searches, p.Permanent = http.StatusMethodNotAllowed, true, ""
	return p, nil
}
