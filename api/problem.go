package api

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/eventstore"
	"minglu/projections"
)

// The refusals that only the edge knows.
const (
	NotAcceptable    domain.Code = "not_acceptable"     // no such representation
	MethodNotAllowed domain.Code = "method_not_allowed" // the address has other methods
	Internal         domain.Code = "internal"           // the register's own fault
)

// kind is what a code means over HTTP and to people.
type kind struct {
	code   domain.Code
	status int
	title  domain.Text
	wayOut domain.Text
	// retry is what Retry-After says, in seconds; 0: nothing.
	retry int
}

// kinds are all codes, in the order of their statuses. A code without a line
// fails a test.
var kinds = []kind{
	{domain.Malformed, http.StatusBadRequest,
		domain.Text{ZH: "请求无法读取", EN: "The request cannot be read"},
		domain.Text{ZH: "请按 detail 所说的位置改正格式后再提交；写入请求必须带 Idempotency-Key。", EN: "Correct the form at the place named in detail and send it again; a write needs an Idempotency-Key."}, 0},
	{domain.Unauthenticated, http.StatusUnauthorized,
		domain.Text{ZH: "需要有效的令牌", EN: "A valid token is needed"},
		domain.Text{ZH: "请在 Authorization 头中带上有效的令牌（Bearer）；令牌被撤销的，请向管理员申请新令牌。", EN: "Send a valid bearer token in the Authorization header; if it was revoked, ask your administrator for a new one."}, 0},
	{domain.Forbidden, http.StatusForbidden,
		domain.Text{ZH: "没有这项职权", EN: "The authority is missing"},
		domain.Text{ZH: "detail 写明由哪些部门、哪些角色、在哪个辖区办理；请转由有职权的机关办理。", EN: "The detail says which departments, roles and division have the authority; pass the matter on to them."}, 0},
	{domain.NotFound, http.StatusNotFound,
		domain.Text{ZH: "没有找到", EN: "Not found"},
		domain.Text{ZH: "没有这个地址，或名录在所问的日期和序号上没有这条记录。没有找到不等于合法，也不等于违法。", EN: "There is no such address, or the register had no such entry on the day and at the position asked about. That does not mean that it is lawful, nor that it is not."}, 0},
	{MethodNotAllowed, http.StatusMethodNotAllowed,
		domain.Text{ZH: "这个地址不支持该方法", EN: "The address does not take this method"},
		domain.Text{ZH: "Allow 头列出这个地址支持的方法。", EN: "The Allow header lists the methods that the address takes."}, 0},
	{NotAcceptable, http.StatusNotAcceptable,
		domain.Text{ZH: "没有所要的格式", EN: "No such representation"},
		domain.Text{ZH: "detail 列出这个地址提供的格式；也可以在地址末尾加 .json、.csv、.ndjson 或 .xlsx。", EN: "The detail lists what the address offers; a suffix .json, .csv, .ndjson or .xlsx chooses too."}, 0},
	{domain.Conflict, http.StatusConflict,
		domain.Text{ZH: "与现状冲突，或规则不允许", EN: "In conflict with what is so, or refused by a rule"},
		domain.Text{ZH: "rule 是不予办理所依据的规则，见 /api/v1/rules；未留下任何记录。", EN: "The member rule names the rule that refuses, see /api/v1/rules; nothing was recorded."}, 0},
	{domain.Erased, http.StatusGone,
		domain.Text{ZH: "已依法隐去或作废", EN: "Erased by law, or annulled"},
		domain.Text{ZH: "这里曾有的记录已不再提供；detail 写明理由。", EN: "What was here is no longer given; the detail says why."}, 0},
	{domain.Stale, http.StatusPreconditionFailed,
		domain.Text{ZH: "记录已被更新", EN: "The record has changed since"},
		domain.Text{ZH: "changed 列出其间变化的内容和事实；请核对后按新版本再提交。未作任何改动。", EN: "The member changed lists what has changed meanwhile; compare, and send the act again on the new version. Nothing was changed."}, 0},
	{domain.TooLarge, http.StatusRequestEntityTooLarge,
		domain.Text{ZH: "内容太大", EN: "The content is too large"},
		domain.Text{ZH: "单个行为不超过 1 MiB；大量行为请用 POST /api/v1/journal 逐行提交。", EN: "An act has 1 MiB at most; for many acts use POST /api/v1/journal, line by line."}, 0},
	{domain.UnsupportedMedia, http.StatusUnsupportedMediaType,
		domain.Text{ZH: "内容类型不受支持", EN: "The content type is not taken"},
		domain.Text{ZH: "行为用 application/json，日志用 application/x-ndjson。", EN: "Acts are application/json, a journal is application/x-ndjson."}, 0},
	{domain.Invalid, http.StatusUnprocessableEntity,
		domain.Text{ZH: "有的内容不能接受", EN: "A value cannot be taken"},
		domain.Text{ZH: "errors 逐项指出哪一处为什么不能接受。", EN: "The member errors says for each place why it cannot be taken."}, 0},
	{domain.KeyReused, http.StatusUnprocessableEntity,
		domain.Text{ZH: "编号已用于另一项行为", EN: "The key was used for another act"},
		domain.Text{ZH: "同一 Idempotency-Key 只能用于内容相同的行为；新的行为请用新的 UUID。", EN: "A key belongs to one act with one content; take a new UUID for another act."}, 0},
	{domain.RateLimited, http.StatusTooManyRequests,
		domain.Text{ZH: "请求太多", EN: "Too many requests"},
		domain.Text{ZH: "请按 Retry-After 稍后再试；需要全部数据的，请用 /api/v1/events。", EN: "Try again after Retry-After; who needs everything uses /api/v1/events."}, 1},
	{Internal, http.StatusInternalServerError,
		domain.Text{ZH: "名录内部故障", EN: "A fault of the register"},
		domain.Text{ZH: "请稍后再试；仍然不行的，请把 request_id 告诉运维人员。", EN: "Try again later; if it persists, tell the operator the request_id."}, 0},
	{domain.Busy, http.StatusServiceUnavailable,
		domain.Text{ZH: "暂时不能办理", EN: "Not possible right now"},
		domain.Text{ZH: "请按 Retry-After 稍后用同一编号再试。", EN: "Try again with the same key after Retry-After."}, 1},
}

func kindOf(code domain.Code) (kind, bool) {
	for _, k := range kinds {
		if k.code == code {
			return k, true
		}
	}
	return kind{}, false
}

// Status returns the HTTP status of a code; that of a code without a line is
// 500.
func Status(code domain.Code) int {
	if k, ok := kindOf(code); ok {
		return k.status
	}
	return http.StatusInternalServerError
}

// Problem is a refusal as it is answered (RFC 9457).
type Problem struct {
	Type      string         `json:"type" doc:"Address of a page that explains the problem and the way out."`
	Title     string         `json:"title"`
	Status    int            `json:"status"`
	Detail    string         `json:"detail"`
	Hint      string         `json:"hint,omitempty" doc:"What to do next."`
	Instance  string         `json:"instance"`
	Code      domain.Code    `json:"code"`
	Rule      string         `json:"rule,omitempty" doc:"The rule that refuses, see /api/v1/rules."`
	Errors    []ProblemField `json:"errors,omitempty"`
	Changed   *Changed       `json:"changed,omitempty" doc:"With 412: what has changed since the version that If-Match names."`
	RequestID string         `json:"request_id"`

	headers http.Header
}

// ProblemField points at what is at fault.
type ProblemField struct {
	Pointer string `json:"pointer" doc:"JSON pointer into the body, or /NAME for a parameter or header."`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Changed is what happened to a record since a version.
type Changed struct {
	Version uint64                `json:"version" doc:"The present version."`
	Fields  []answer.FieldDiff    `json:"fields"`
	Events  []answer.HistoryEntry `json:"events"`
}

// Error returns the sentence.
func (p *Problem) Error() string { return p.Detail }

// GetStatus returns the status.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders returns what the answer carries beside the body.
func (p *Problem) GetHeaders() http.Header { return p.headers }

// ContentType is that of every problem, whatever was asked for.
func (p *Problem) ContentType(string) string { return problemType }

const problemType = "application/problem+json"

// problem is err as it is answered to q: a refusal as what it says, anything
// else as a fault that is logged and says nothing.
func (s *server) problem(q *request, err error) *Problem {
	if p, ok := errors.AsType[*Problem](err); ok {
		return p
	}
	e, ok := errors.AsType[*domain.Error](err)
	if !ok {
		e = s.unexpected(q, err)
	}
	k, ok := kindOf(e.Code)
	if !ok {
		k, _ = kindOf(Internal)
	}
	p := &Problem{
		Type: "/problems/" + string(k.code), Title: q.say(k.title), Status: k.status, Detail: q.say(e.Text), Hint: q.say(e.Hint),
		Instance: q.r.URL.Path, Code: k.code, Rule: e.Rule, RequestID: q.id, headers: http.Header{},
	}
	for _, f := range e.Fields {
		p.Errors = append(p.Errors, ProblemField{Pointer: f.Pointer, Code: f.Code, Message: q.say(f.Message)})
		if f.Code == underway && k.retry == 0 {
			k.retry = 1
		}
	}
	if k.retry > 0 {
		p.headers.Set("Retry-After", strconv.Itoa(k.retry))
	}
	if k.code == domain.Unauthenticated {
		p.headers.Set("WWW-Authenticate", `Bearer realm="minglu"`)
	}
	return p
}

// underway is the field code of a key whose first request is still running.
const underway = "underway"

// unexpected is what is said of an error that is no refusal.
func (s *server) unexpected(q *request, err error) *domain.Error {
	switch {
	case errors.Is(err, projections.ErrNotReady), errors.Is(err, projections.ErrStopped), errors.Is(err, projections.ErrClosed),
		errors.Is(err, projections.ErrNoView):
		return domain.Fault(domain.Busy, domain.Say("查询视图正在建立或暂停，请稍后再试", "a view is being built or stands still, try again later"))
	case errors.Is(err, eventstore.ErrClosed), errors.Is(err, eventstore.ErrFull):
		return domain.Fault(domain.Busy, domain.Say("名录正在停止或不能写入，请稍后再试", "the register is stopping or cannot write, try again later"))
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return domain.Fault(domain.Busy, domain.Say("请求没有办完", "the request was not finished"))
	}
	s.Logger.ErrorContext(q.r.Context(), "request failed", "request_id", q.id, "method", q.r.Method, "route", q.pattern(), "error", err)
	return domain.Fault(Internal, internalText)
}

// internalText is all that is said of a fault.
var internalText = domain.Text{ZH: "名录内部故障，未说明细节", EN: "a fault of the register; nothing more is said"}

// write answers a problem where no handler of huma did.
func (p *Problem) write(w http.ResponseWriter) {
	b, err := answer.Marshal(p)
	if err != nil {
		b = []byte("{}")
	}
	h := w.Header()
	for name, values := range p.headers {
		h[name] = values
	}
	h.Set("Content-Type", problemType)
	h.Set("Content-Length", strconv.Itoa(len(b)))
	h.Set("Cache-Control", "no-store")
	w.WriteHeader(p.Status)
	_, _ = w.Write(b)
}
