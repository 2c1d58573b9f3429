package client_test

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"minglu/api"
	"minglu/api/client"
	"minglu/domain"
	"minglu/register"
	"minglu/register/registertest"
)

func serve(t *testing.T) (*registertest.Register, *client.Client, string) {
	t.Helper()
	reg := registertest.New(t)
	reg.Do(`{"act":"access.issue-token","division":"530427","effective":"2026-11-01","body":{"digest":"` + api.Digest("secret") + `","agency":"530427-education","role":"approver","officer":"E1"}}`)
	srv := httptest.NewServer(api.New(api.Options{Register: reg.Register, Views: reg.Views, Log: reg.Log, Logger: slog.New(slog.NewTextHandler(io.Discard, nil))}))
	t.Cleanup(srv.Close)
	return reg, client.New(srv.URL+"/", "secret", srv.Client()), srv.URL
}

func act(t *testing.T, n int, text string) register.Act {
	t.Helper()
	a, err := register.ParseAct([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	a.CommandID = registertest.CommandID(0x7000 + n)
	return a
}

func TestActsAreCarriedOutByTheirAddress(t *testing.T) {
	reg, c, _ := serve(t)
	made, err := c.Do(t.Context(), act(t, 1, `{"act":"institution.register","target":{"ref":"A"},"effective":"2019-03-01","body":{"names":["甲学校"],"kind":"institution","mode":"offline","address":"x","class":"subject","categories":[],"audiences":["compulsory"]}}`))
	if err != nil || made.ID == "" || made.Ref != "A" || made.Version != 1 {
		t.Fatalf("got %+v, %v", made, err)
	}
	for n, text := range []string{
		`{"act":"institution.hold-interview","target":{"id":"` + made.ID + `"},"effective":"2026-01-01","body":{"reason":"x"}}`,
		`{"act":"institution.hold-interview","division":"530427","target":{"ref":"A"},"effective":"2026-01-02","body":{"reason":"x"}}`,
		`{"act":"institution.hold-interview","division":"530427","target":{"ref":"A"},"actor":{"agency":"530427-education"},"effective":"2026-01-03","body":{"reason":"x"}}`,
		`{"act":"jurisdiction.impose-moratorium","division":"530427","effective":"2021-07-07","body":{"class":"subject","audiences":["compulsory"],"document_no":"x"}}`,
	} {
		got, err := c.Do(t.Context(), act(t, 10+n, text))
		if err != nil || len(got.Events) != 1 {
			t.Errorf("%s: got %+v, %v", text, got, err)
		}
		again, err := c.Do(t.Context(), act(t, 10+n, text))
		if err != nil || !again.Repeated || again.Seq != got.Seq {
			t.Errorf("%s: got %+v, %v", text, again, err)
		}
	}
	stale := act(t, 20, `{"act":"institution.hold-interview","target":{"id":"`+made.ID+`"},"effective":"2026-02-01","body":{"reason":"x"}}`)
	version := uint64(1)
	stale.IfVersion = &version
	_, err = c.Do(t.Context(), stale)
	p, ok := errors.AsType[*client.Problem](err)
	if !ok || p.Code != domain.Stale || p.Status != http.StatusPreconditionFailed || !errors.Is(p.Refusal(), domain.Fault(domain.Stale, domain.Text{})) {
		t.Errorf("got %v", err)
	}
	_, err = c.Do(t.Context(), act(t, 21, `{"act":"institution.hold-interview","target":{"id":"`+made.ID+`"},"effective":"2026-02-01","body":{}}`))
	if p, ok := errors.AsType[*client.Problem](err); !ok || len(p.Errors) != 1 || p.Errors[0].Pointer != "/body/reason" || !strings.Contains(p.Error(), "/body/reason") {
		t.Errorf("got %v", err)
	}
	_, err = c.Do(t.Context(), act(t, 22, `{"act":"institution.hold-interview","division":"530427","target":{"ref":"A"},"actor":{"agency":"530427-fire"},"effective":"2026-01-03","body":{"reason":"x"}}`))
	if p, ok := errors.AsType[*client.Problem](err); !ok || p.Code != domain.Invalid {
		t.Errorf("got %v, want another agency refused", err)
	}
	reg.Wait()
	var page struct {
		Total int `json:"total"`
		Items []struct{ Version uint64 }
	}
	seq, err := c.Read(t.Context(), "/api/v1/institutions", url.Values{"division": {"530427"}}, &page)
	if err != nil || page.Total != 1 || page.Items[0].Version != 4 || seq == 0 {
		t.Errorf("got %+v at %d, %v", page, seq, err)
	}
	n := 0
	for line, err := range c.Events(t.Context(), 0, false, url.Values{"aggregate": {"institution"}}) {
		if err != nil || !strings.Contains(string(line), `"institution.`) {
			t.Fatalf("got %s, %v", line, err)
		}
		n++
	}
	if n != 4 {
		t.Errorf("got %d events", n)
	}
}

func TestWhatIsNoRegisterIsToldApart(t *testing.T) {
	_, c, address := serve(t)
	if _, err := c.Read(t.Context(), "/api/v1/nothing", nil, new(any)); !errorIs(err, domain.NotFound) {
		t.Errorf("got %v", err)
	}
	if _, err := client.New(address, "wrong", nil).Do(t.Context(), act(t, 1, `{"act":"institution.register","effective":"2019-03-01"}`)); !errorIs(err, domain.Unauthenticated) {
		t.Errorf("got %v", err)
	}
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { http.Error(w, "teapot", http.StatusTeapot) }))
	defer other.Close()
	_, err := client.New(other.URL, "", nil).Read(t.Context(), "/api/v1/institutions", nil, new(any))
	if _, ok := errors.AsType[*client.Problem](err); err == nil || ok {
		t.Errorf("got %v, want an error that is no refusal", err)
	}
	for o, err := range client.New(other.URL, "", nil).Journal(t.Context(), strings.NewReader("{}\n")) {
		if err == nil {
			t.Errorf("got %+v", o)
		}
	}
}

func errorIs(err error, code domain.Code) bool {
	p, ok := errors.AsType[*client.Problem](err)
	return ok && p.Code == code
}
