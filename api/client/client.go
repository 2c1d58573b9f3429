// Package client asks a running register over HTTP: it carries out acts, sends
// journals, and reads. It knows acts, not the server.
package client

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"minglu/domain"
	"minglu/register"
)

// Client asks one register. It may be used by many goroutines.
type Client struct {
	server string
	token  string
	http   *http.Client
}

// New returns a client of the register at an address such as
// "http://127.0.0.1:8080". An empty token asks as the public; hc may be nil.
func New(server, token string, hc *http.Client) *Client {
	if hc == nil {
		hc = http.DefaultClient
	}
	return &Client{server: strings.TrimSuffix(server, "/"), token: token, http: hc}
}

// Problem is a refusal of the register, or its fault.
type Problem struct {
	Type      string      `json:"type"`
	Title     string      `json:"title"`
	Status    int         `json:"status"`
	Detail    string      `json:"detail"`
	Hint      string      `json:"hint"`
	Code      domain.Code `json:"code"`
	Rule      string      `json:"rule"`
	RequestID string      `json:"request_id"`
	Errors    []Field     `json:"errors"`
	// RetryAfter is how many seconds to wait before trying again; 0: nothing is
	// said.
	RetryAfter int `json:"-"`
}

// Field points at what is at fault.
type Field struct {
	Pointer string `json:"pointer"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

// Error returns the sentence, with those of the fields.
func (p *Problem) Error() string {
	text := p.Detail
	for _, f := range p.Errors {
		text += "; " + f.Pointer + " " + f.Message
	}
	return text
}

// Refusal returns the problem as the register itself refuses. The sentences are
// in the language that was asked for.
func (p *Problem) Refusal() *domain.Error {
	e := &domain.Error{Code: p.Code, Rule: p.Rule, Text: domain.Text{ZH: p.Detail, EN: p.Detail}, Hint: domain.Text{ZH: p.Hint, EN: p.Hint}}
	for _, f := range p.Errors {
		e.Fields = append(e.Fields, domain.Field{Pointer: f.Pointer, Code: f.Code, Message: domain.Text{ZH: f.Message, EN: f.Message}})
	}
	return e
}

// Do carries out an act, once, however often it is asked with the same command
// id. A refusal is a *Problem. The actor is made from the token: an act that
// names one is refused. A thing that is named by its writer's reference is
// addressed through the journal.
func (c *Client) Do(ctx context.Context, a register.Act) (register.Answer, error) {
	path, direct := address(a)
	if !direct || a.Actor != nil {
		return c.one(ctx, a)
	}
	key := a.CommandID
	a.CommandID = ""
	if !createsThing(a) {
		a.Target = nil
	}
	body, err := json.Marshal(a)
	if err != nil {
		return register.Answer{}, err
	}
	req, err := c.request(ctx, http.MethodPost, path, nil, bytes.NewReader(body))
	if err != nil {
		return register.Answer{}, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Idempotency-Key", key)
	if a.IfVersion != nil {
		req.Header.Set("If-Match", strconv.FormatUint(*a.IfVersion, 10))
	}
	var ans register.Answer
	return ans, c.send(req, &ans)
}

// address returns the address of an act; direct is false where it has none of
// its own.
func address(a register.Act) (path string, direct bool) {
	agg, act, ok := register.ActOf(a.Act)
	if !ok {
		return "", false
	}
	path = "/api/v1/" + agg.Plural
	if act.Creates {
		return path, true
	}
	_, name, _ := strings.Cut(act.Name, ".")
	switch {
	case agg == register.Jurisdiction && a.Division != "":
		return path + "/" + a.Division + "/" + name, true
	case a.Target != nil && a.Target.ID != "":
		return path + "/" + url.PathEscape(a.Target.ID) + "/" + name, true
	}
	return "", false
}

func createsThing(a register.Act) bool {
	_, act, _ := register.ActOf(a.Act)
	return act.Creates
}

// one carries out one act as a journal of one line.
func (c *Client) one(ctx context.Context, a register.Act) (register.Answer, error) {
	text, err := json.Marshal(a)
	if err != nil {
		return register.Answer{}, err
	}
	for o, err := range c.Journal(ctx, bytes.NewReader(append(text, '\n'))) {
		switch {
		case err != nil:
			return register.Answer{}, err
		case o.Problem != nil:
			return register.Answer{}, o.Problem
		}
		return o.Answer, nil
	}
	return register.Answer{}, fmt.Errorf("the register did not answer the act")
}

// Read reads an address such as "/api/v1/institutions" into a value, and
// returns the position up to which the register's views stood.
func (c *Client) Read(ctx context.Context, path string, query url.Values, into any) (seq uint64, err error) {
	req, err := c.request(ctx, http.MethodGet, path, query, nil)
	if err != nil {
		return 0, err
	}
	res, err := c.open(req)
	if err != nil {
		return 0, err
	}
	defer drain(res.Body)
	seq, _ = strconv.ParseUint(res.Header.Get("Minglu-Seq"), 10, 64)
	if err := json.NewDecoder(res.Body).Decode(into); err != nil {
		return seq, fmt.Errorf("read the answer of %s: %w", path, err)
	}
	return seq, nil
}

func (c *Client) request(ctx context.Context, method, path string, query url.Values, body io.Reader) (*http.Request, error) {
	address := c.server + path
	if len(query) > 0 {
		address += "?" + query.Encode()
	}
	req, err := http.NewRequestWithContext(ctx, method, address, body)
	if err != nil {
		return nil, err
	}
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	return req, nil
}

func (c *Client) send(req *http.Request, into any) error {
	res, err := c.open(req)
	if err != nil {
		return err
	}
	defer drain(res.Body)
	if err := json.NewDecoder(res.Body).Decode(into); err != nil {
		return fmt.Errorf("read the answer of %s: %w", req.URL.Path, err)
	}
	return nil
}

// open sends a request and returns an answer that is no problem.
func (c *Client) open(req *http.Request) (*http.Response, error) {
	res, err := c.http.Do(req)
	if err != nil {
		return nil, err
	}
	if res.StatusCode < 300 {
		return res, nil
	}
	defer drain(res.Body)
	p := &Problem{Status: res.StatusCode}
	b, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	if err != nil || json.Unmarshal(b, p) != nil || p.Code == "" {
		return nil, fmt.Errorf("%s %s: the server answered %s", req.Method, req.URL.Path, res.Status)
	}
	p.RetryAfter, _ = strconv.Atoi(res.Header.Get("Retry-After"))
	return nil, p
}

// drain lets a connection be used again.
func drain(body io.ReadCloser) {
	_, _ = io.CopyN(io.Discard, body, 64<<10)
	_ = body.Close()
}
