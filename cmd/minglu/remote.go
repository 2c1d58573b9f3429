package main

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"minglu/api/client"
	"minglu/domain/access"
	"minglu/domain/calendar"
	"minglu/register"
)

// inLanguage asks a running register for sentences in a language.
type inLanguage string

// RoundTrip adds the header.
func (l inLanguage) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Accept-Language", string(l))
	return http.DefaultTransport.RoundTrip(r)
}

// dial returns a client of the running register that cfg names.
func dial(c *call, cfg *Config) *client.Client {
	return client.New(cfg.Server, cfg.Token, &http.Client{Transport: inLanguage(c.lang)})
}

// remoteTokens keeps the tokens of a running register, as the holder of one.
type remoteTokens struct {
	client *client.Client
	server string
	now    clock
}

func (r remoteTokens) issue(ctx context.Context, division string, t access.IssueToken) error {
	return r.do(ctx, register.Act{Act: "access.issue-token", Division: division, Body: mustJSON(t)})
}

func (r remoteTokens) list(ctx context.Context) ([]tokenLine, error) {
	var page struct {
		Items []tokenLine `json:"items"`
	}
	_, err := r.client.Read(ctx, "/api/v1/tokens", nil, &page)
	return page.Items, r.reached(err)
}

func (r remoteTokens) revoke(ctx context.Context, id string, t access.RevokeToken) error {
	return r.do(ctx, register.Act{Act: "access.revoke-token", Target: &register.Target{ID: id}, Body: mustJSON(t)})
}

func (r remoteTokens) do(ctx context.Context, a register.Act) error {
	a.CommandID, a.Effective = newCommandID(r.now()), calendar.DayOf(r.now()).String()
	_, err := r.client.Do(ctx, a)
	return r.reached(err)
}

// reached is err, with a sentence where nobody answered.
func (r remoteTokens) reached(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		return failed("名录 %s 没有应答：%v", "the register %s does not answer: %v", r.server, e.Err)
	}
	return err
}
