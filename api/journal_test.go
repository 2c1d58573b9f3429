package api_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"

	"minglu/api"
	"minglu/api/client"
	"minglu/register/registertest"
)

// lineOf is one line of a journal.
func lineOf(n int, text string) string {
	return `{"command_id":"` + registertest.CommandID(0x9000+n) + `",` + text[1:] + "\n"
}

func enrolLine(n int) string {
	return lineOf(n, fmt.Sprintf(`{"act":"institution.register","target":{"ref":"J%d"},"effective":"2019-03-01","body":{"names":["新平县第%d培训学校"],"kind":"institution","mode":"offline","address":"桂山街道","class":"subject","categories":[],"audiences":["compulsory"]}}`, n, n))
}

func grantLine(n, of int) string {
	return lineOf(n, fmt.Sprintf(`{"act":"institution.grant-licence","division":"530427","target":{"ref":"J%d"},"effective":"2019-03-01","body":{"number":"L%d","kind":"school_licence","class":"subject","categories":[],"audiences":["compulsory"],"valid_from":"2019-03-01","valid_to":"2029-02-28"}}`, of, of))
}

type journalLine struct {
	Line     int
	ID       string
	Version  int
	Seq      uint64
	Repeated bool
	Events   []struct{ Event string }
	Problem  *struct {
		Code   string
		Status int
		Errors []struct{ Pointer, Code string }
	}
}

func (f *fixture) journal(token, body string) []journalLine {
	f.t.Helper()
	a := f.do("POST", "/api/v1/journal", body, "Authorization", "Bearer "+token, "Content-Type", "application/x-ndjson").is(200)
	var out []journalLine
	d := json.NewDecoder(bytes.NewReader(a.body))
	for d.More() {
		var l journalLine
		if err := d.Decode(&l); err != nil {
			f.t.Fatalf("%v: %s", err, a.body)
		}
		out = append(out, l)
	}
	f.reg.Wait()
	return out
}

func TestAJournalIsAnsweredLineByLine(t *testing.T) {
	f := newFixture(t)
	token := f.bureau()
	body := enrolLine(1) + "\n" + // an empty line counts
		grantLine(2, 1) +
		"{not json}\n" +
		grantLine(4, 99) +
		strings.Replace(enrolLine(5), `"effective"`, `"actor":{"agency":"530427-fire"},"effective"`, 1) +
		strings.Replace(enrolLine(6), `"effective"`, `"actor":{"agency":"530427-education"},"effective"`, 1) +
		strings.Replace(enrolLine(7), `"institution.register"`, `"institution.abolish"`, 1) +
		enrolLine(1) +
		grantLine(9, 1) +
		strings.TrimSuffix(enrolLine(10), "\n")
	got := f.journal(token, body)
	want := []struct {
		line int
		code string
	}{{1, ""}, {3, ""}, {4, "malformed"}, {5, "not_found"}, {6, "invalid"}, {7, ""}, {8, "invalid"}, {9, ""}, {10, "conflict"}, {11, ""}}
	if len(got) != len(want) {
		t.Fatalf("got %d answers, want %d: %+v", len(got), len(want), got)
	}
	for i, w := range want {
		code := ""
		if got[i].Problem != nil {
			code = got[i].Problem.Code
		}
		if got[i].Line != w.line || code != w.code {
			t.Errorf("got line %d %q, want %d %q: %+v", got[i].Line, code, w.line, w.code, got[i].Problem)
		}
	}
	if !got[7].Repeated || got[7].ID != got[0].ID || got[1].Version != 2 || got[1].ID != got[0].ID {
		t.Errorf("got %+v", got)
	}
	for i, l := range f.journal(token, body) {
		if l.Problem == nil && (!l.Repeated || l.Seq != got[i].Seq || l.Version != got[i].Version || len(l.Events) != len(got[i].Events)) {
			t.Errorf("line %d: got %+v, want the first answer repeated", l.Line, l)
		}
	}
}

func TestAJournalNeedsATokenATypeAndShortLines(t *testing.T) {
	f := newFixture(t)
	token := f.bureau()
	f.do("POST", "/api/v1/journal", enrolLine(1), "Content-Type", "application/x-ndjson").refused(401, "unauthenticated")
	f.do("POST", "/api/v1/journal", enrolLine(1), "Authorization", "Bearer "+token, "Content-Type", "application/json").refused(415, "unsupported_media")
	got := f.journal(token, enrolLine(1)+`{"x":"`+strings.Repeat("x", 2<<20)+`"}`+"\n"+enrolLine(3))
	if len(got) != 2 || got[0].Problem != nil || got[1].Problem == nil || got[1].Problem.Code != "too_large" || got[1].Line != 2 {
		t.Errorf("got %+v, want the journal to end at the long line", got)
	}
	if got := f.journal(token, ""); len(got) != 0 {
		t.Errorf("got %+v for nothing", got)
	}
	handler := f.issue("530427-education", "handler", "H1")
	if got := f.journal(handler, grantLine(2, 1)); got[0].Problem == nil || got[0].Problem.Code != "forbidden" {
		t.Errorf("got %+v", got)
	}
}

// TestAJournalIsAnsweredWhileItIsSent sends one line, reads its answer, and
// sends the next: what is answered is durable.
func TestAJournalIsAnsweredWhileItIsSent(t *testing.T) {
	f := newFixture(t)
	c := client.New(f.srv.URL, f.bureau(), f.srv.Client())
	r, w := io.Pipe()
	lines := make(chan client.Outcome)
	go func() {
		defer close(lines)
		for o, err := range c.Journal(t.Context(), r) {
			if err != nil {
				t.Error(err)
				return
			}
			lines <- o
		}
	}()
	for n := range 3 {
		if _, err := io.WriteString(w, enrolLine(n)); err != nil {
			t.Fatal(err)
		}
		o := <-lines
		if o.Problem != nil || o.Line != n+1 || o.Seq == 0 {
			t.Fatalf("got %+v", o)
		}
		if head, _ := f.reg.Log.Head(t.Context()); head < o.Seq {
			t.Errorf("got the log at %d, the answer at %d", head, o.Seq)
		}
	}
	_ = w.Close()
	if o, more := <-lines; more {
		t.Errorf("got %+v after the end", o)
	}
}

// TestALongJournalIsTakenFromWhoReadsAtTheEnd sends more than the connection
// holds before anything is read.
func TestALongJournalIsTakenFromWhoReadsAtTheEnd(t *testing.T) {
	f := newFixture(t)
	var b strings.Builder
	for n := range 3000 {
		b.WriteString(enrolLine(n))
	}
	got := f.journal(f.bureau(), b.String())
	if len(got) != 3000 {
		t.Fatalf("got %d answers", len(got))
	}
	for i, l := range got {
		if l.Problem != nil || l.Line != i+1 {
			t.Fatalf("got %+v", l)
		}
	}
	if n := f.get("/api/v1/institutions?limit=1").is(200).at("total"); n != 3000.0 {
		t.Errorf("got %v institutions", n)
	}
}

func TestAJournalStopsWithTheRegister(t *testing.T) {
	stop := make(chan struct{})
	f := newFixture(t, func(o *api.Options) { o.Stopping = stop })
	c := client.New(f.srv.URL, f.bureau(), f.srv.Client())
	r, w := io.Pipe()
	go func() {
		_, _ = io.WriteString(w, enrolLine(1))
	}()
	n := 0
	for o, err := range c.Journal(t.Context(), r) {
		if err != nil {
			t.Fatal(err)
		}
		if n++; n == 1 {
			if o.Problem != nil {
				t.Fatalf("got %+v", o)
			}
			close(stop)
			continue
		}
		if o.Problem == nil || o.Problem.Code != "busy" {
			t.Errorf("got %+v", o)
		}
	}
	if n != 2 {
		t.Errorf("got %d answers", n)
	}
}
