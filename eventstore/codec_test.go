package eventstore_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"minglu/domain"
	"minglu/eventstore"
	"minglu/eventstore/storetest"
)

type happened struct{}

func (happened) EventName() string { return "thing.happened" }

func TestCodecPanicsOnFaultyTables(t *testing.T) {
	old := func(v int) domain.EventType {
		return domain.Old("thing.happened", v, func(struct{}) happened { return happened{} })
	}
	current := domain.Current[happened]
	for name, c := range map[string]struct {
		tables [][]domain.EventType
		want   string
	}{
		"gap":            {[][]domain.EventType{{current(3), old(1)}}, "version 2 is missing"},
		"no first":       {[][]domain.EventType{{current(2)}}, "version 1 is missing"},
		"double":         {[][]domain.EventType{{current(2), old(1), old(1)}}, "stands twice"},
		"double current": {[][]domain.EventType{{current(1)}, {current(2), old(1)}}, "two current shapes"},
		"two currents":   {[][]domain.EventType{{current(1), current(2)}}, "two current shapes"},
		"beyond":         {[][]domain.EventType{{current(1), old(2)}}, "beyond the current 1"},
		"no current":     {[][]domain.EventType{{old(1)}}, "no current shape"},
		"version 0":      {[][]domain.EventType{{current(0)}}, "version 0"},
		"the store's":    {[][]domain.EventType{{domain.Current[eventstore.Reserved](1)}}, "twice"},
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if p := fmt.Sprint(recover()); !strings.Contains(p, c.want) {
					t.Fatalf("got panic %q, want %q", p, c.want)
				}
			}()
			eventstore.NewCodec(c.tables...)
		})
	}
}

// message returns the first stored message of the n-th act.
func message(tb testing.TB, n int) eventstore.Message {
	tb.Helper()
	msgs, err := storetest.Codec.Messages(storetest.Append(n, storetest.Stream(n), 0, 1))
	if err != nil {
		tb.Fatal(err)
	}
	m := msgs[0]
	m.Seq = uint64(n)
	return m
}

func with(m eventstore.Message, name, value string) eventstore.Message {
	m.Header = maps.Clone(m.Header)
	m.Header[name] = []string{value}
	return m
}

func TestOldShapeIsReadAsTodays(t *testing.T) {
	m := with(message(t, 1), "ce-dataversion", "1")
	m.Payload = []byte(`{"body":{"n":7}}`)
	r, err := storetest.Codec.Decode(m)
	if err != nil {
		t.Fatal(err)
	}
	if want := (storetest.Added{Amount: 7, Unit: "piece"}); r.Event != want || r.Version != 1 || string(r.Body) != `{"n":7}` {
		t.Fatalf("got %+v of version %d from %s, want %+v", r.Event, r.Version, r.Body, want)
	}
	// A correction speaks of the stored shape.
	fixed, err := storetest.Codec.Corrected(r, []*domain.Change{{Field: "n", Is: domain.RawJSON("8")}})
	if err != nil || fixed.Event != (storetest.Added{Amount: 8, Unit: "piece"}) {
		t.Fatalf("got %+v, %v", fixed.Event, err)
	}
}

func TestDecodeIsStrict(t *testing.T) {
	good := message(t, 1)
	payload := func(s string) eventstore.Message {
		m := good
		m.Payload = []byte(s)
		return m
	}
	for name, m := range map[string]eventstore.Message{
		"unknown event":         with(good, "ce-type", "tally.vanished"),
		"version to come":       with(good, "ce-dataversion", "3"),
		"version no number":     with(good, "ce-dataversion", "x"),
		"no ordinal":            with(good, "ce-ordinal", ""),
		"bad time":              with(good, "ce-time", "yesterday"),
		"bad effective":         with(good, "ce-effective", "2021-02-30"),
		"no header":             {Stream: good.Stream, Payload: good.Payload},
		"no payload":            payload(""),
		"no object":             payload(`[]`),
		"unknown member":        payload(`{"body":{"amount":1,"unit":"piece"},"note":1}`),
		"unknown body member":   payload(`{"body":{"amount":1,"unit":"piece","more":1}}`),
		"unknown first":         payload(`{"note":1,"body":{"amount":1,"unit":"piece"}}`),
		"unknown source member": payload(`{"body":{"amount":1,"unit":"piece"},"source":{"page":1}}`),
		"wrong type":            payload(`{"body":{"amount":"1","unit":"piece"}}`),
		"cut short":             payload(`{"body":{"amount":1,"unit":"piece"`),
		"text behind":           payload(`{"body":{"amount":1,"unit":"piece"}} {}`),
		"brace behind":          payload(`{"body":{"amount":1,"unit":"piece"}}}`),
	} {
		if r, err := storetest.Codec.Decode(m); err == nil {
			t.Errorf("%s: read as %+v", name, r.Event)
		}
	}
	// The decoders are used again, whatever one met before.
	if _, err := storetest.Codec.Decode(good); err != nil {
		t.Fatal(err)
	}
}

// However a payload is written, its body and the event say the same.
func TestBodyIsWhatTheEventWasReadFrom(t *testing.T) {
	for name, payload := range map[string]string{
		"as written":     `{"body":{"amount":1,"unit":"{\"}\\"},"source":{"title":"文件"}}`,
		"spaced":         ` { "body" : { "amount" : 1 , "unit" : "{\"}\\" } } ` + "\n",
		"not first":      `{"source":{},"body":{"amount":1,"unit":"{\"}\\"}}`,
		"twice":          `{"body":{"amount":2,"unit":"no"},"body":{"amount":1,"unit":"{\"}\\"}}`,
		"twice, folded":  `{"body":{"amount":2},"BODY":{"amount":1,"unit":"{\"}\\"}}`,
		"twice, escaped": `{"body":{"amount":2,"unit":"no"},"\u0062ody":{"amount":1,"unit":"{\"}\\"}}`,
	} {
		m := message(t, 1)
		m.Payload = []byte(payload)
		r, err := storetest.Codec.Decode(m)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		fromBody, err := storetest.Codec.Event(r.Type, r.Version, r.Body)
		if want := (storetest.Added{Amount: 1, Unit: `{"}\`}); err != nil || r.Event != want || fromBody != want {
			t.Errorf("%s: event %+v, body %s, %v", name, r.Event, r.Body, err)
		}
	}
}

// FuzzDecode checks that decoding never panics, and that what it reads is
// written down and read again as the same.
func FuzzDecode(f *testing.F) {
	a := storetest.Append(1, storetest.Stream(1), 0, 1)
	a.Meta.Source = domain.Source{Title: "文件", DatePrinted: "二〇二一年"}
	a.Meta.Basis = []domain.Basis{{Statute: "民办教育促进法"}}
	a.Meta.Evidence = []domain.Evidence{{SHA256: "ab"}}
	msgs, err := storetest.Codec.Messages(a)
	if err != nil {
		f.Fatal(err)
	}
	f.Add("tally.added", "2", "2021-09-01", "2021-09-01T08:30:00+08:00", msgs[0].Payload)
	f.Add("tally.added", "1", "2021-09-01T08:30:00+08:00", "2021-09-01T08:30:00Z", []byte(`{"body":{"n":3}}`))
	f.Add("tally.opened", "1", "1900-01-01", "2021-09-01T08:30:00.123456789+08:00", []byte(`{"body":{"number":"x"},"basis":[]}`))
	f.Add("tally.corrected", "1", "2200-12-31", "0001-01-01T00:00:00Z",
		[]byte(`{"body":{"target_seq":1,"field":"a/b","was":null,"is":{"x":[1,2.50]},"reason":""}}`))
	f.Add("register.identifier_reserved", "1", "2021-09-01", "2021-09-01T08:30:00+08:00", []byte(`{"body":null}`))
	f.Fuzz(func(t *testing.T, name, version, effective, recorded string, payload []byte) {
		m := message(t, 1)
		for header, value := range map[string]string{
			"ce-type": name, "ce-dataversion": version, "ce-effective": effective, "ce-time": recorded,
		} {
			m = with(m, header, value)
		}
		m.Payload = payload
		_, _ = storetest.Codec.Decode(eventstore.Message{Stream: m.Stream, RawHeader: payload, Payload: payload}) // no panic
		r, err := storetest.Codec.Decode(m)
		if err != nil {
			return
		}
		meta := r.Meta
		meta.Ordinal, meta.Count = 0, 0
		again, err := storetest.Codec.Messages(eventstore.Append{
			Meta: meta, Writes: []eventstore.Write{{Stream: r.Stream, Events: []domain.Event{r.Event}}},
		})
		if err != nil {
			t.Fatalf("write down what was read: %v", err)
		}
		again[0].Seq = m.Seq
		back, err := storetest.Codec.Decode(again[0])
		if err != nil {
			t.Fatalf("read again %s: %v", again[0].Payload, err)
		}
		if diff := cmp.Diff(canonical(r), canonical(back)); diff != "" {
			t.Fatalf("read, written and read again:\n%s", diff)
		}
	})
}

// canonical leaves out what writing down may change without changing what is
// said: the shape's version, the stored bytes, empty lists, the zone of an
// instant.
func canonical(r eventstore.Record) eventstore.Record {
	r.Version, r.Body, r.Payload = 0, nil, nil
	r.Meta.Recorded, r.Meta.Effective = r.Meta.Recorded.UTC(), r.Meta.Effective.UTC()
	if len(r.Meta.Basis) == 0 {
		r.Meta.Basis = nil
	}
	if len(r.Meta.Evidence) == 0 {
		r.Meta.Evidence = nil
	}
	if c, ok := r.Event.(storetest.Corrected); ok {
		c.Was, c.Is = compact(c.Was), compact(c.Is)
		r.Event = c
	}
	return r
}

func compact(raw domain.RawJSON) domain.RawJSON {
	var b bytes.Buffer
	if len(raw) == 0 {
		return domain.RawJSON("null")
	}
	if err := json.Compact(&b, raw); err != nil {
		return raw
	}
	var escaped bytes.Buffer
	json.HTMLEscape(&escaped, b.Bytes())
	return escaped.Bytes()
}

// A header as NATS writes it and one taken apart say the same.
func TestRawHeaderIsReadAsAMap(t *testing.T) {
	m := message(t, 1)
	want, err := storetest.Codec.Decode(m)
	if err != nil {
		t.Fatal(err)
	}
	raw := "NATS/1.0\r\nNats-Batch-Id: x\r\n"
	for name, values := range m.Header {
		raw += name + ": " + values[0] + "\r\n"
	}
	m.Header, m.RawHeader = nil, []byte(raw+"\r\n")
	got, err := storetest.Codec.Decode(m)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Fatalf("read from the raw header:\n%s", diff)
	}
	for _, bad := range []string{"", "NATS/1.0", "NATS/1.0\r\n", raw, strings.TrimSuffix(raw, "\n"), "NATS/1.0\r\nno name\r\n\r\n", "HTTP/1.1\r\n\r\n", "NATS/1.0\r\n\n"} {
		m.RawHeader = []byte(bad)
		if _, err := storetest.Codec.Decode(m); err == nil {
			t.Errorf("%q was read as a header", bad)
		}
	}
}
