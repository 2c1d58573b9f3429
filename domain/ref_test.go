package domain_test

import (
	"encoding/json"
	"testing"

	"minglu/domain"
)

func TestReferencesAreReadAsTheyAreWritten(t *testing.T) {
	for text, want := range map[string]domain.Ref{
		`"530427.institution.01J8ZK5M3QWERTYASDFGHJ0001"`: {Stream: "530427.institution.01J8ZK5M3QWERTYASDFGHJ0001"},
		`{"id":"01J8ZK5M3QWERTYASDFGHJ0001"}`:             {ID: "01J8ZK5M3QWERTYASDFGHJ0001"},
		`{"ref":"XP-017"}`:                                {Name: "XP-017"},
	} {
		var got domain.Ref
		if err := json.Unmarshal([]byte(text), &got); err != nil || got != want {
			t.Errorf("%s: got %+v, %v, want %+v", text, got, err, want)
		}
		back, err := json.Marshal(got)
		if err != nil || string(back) != text {
			t.Errorf("got %s, %v, want %s as it was written", back, err, text)
		}
	}
}

func TestWhatIsNoReferenceIsRefused(t *testing.T) {
	for _, text := range []string{`"XP-017"`, `"a.b"`, `"a.b.c.d"`, `{}`, `{"id":"1","ref":"2"}`, `{"id":"1","more":true}`, `3`, `[]`, `""`} {
		var got domain.Ref
		if err := json.Unmarshal([]byte(text), &got); err == nil || !got.IsZero() {
			t.Errorf("%s: got %+v, %v, want a refusal that leaves nothing", text, got, err)
		}
	}
}

func TestAResolvedReferenceIsStillWrittenAsItWas(t *testing.T) {
	r := domain.Ref{Name: "XP-017", Stream: "530427.institution.01J8ZK5M3QWERTYASDFGHJ0001"}
	if b, err := json.Marshal(r); err != nil || string(b) != `{"ref":"XP-017"}` {
		t.Errorf("got %s, %v: the digest of an act must not depend on what was resolved", b, err)
	}
}

func FuzzRef(f *testing.F) {
	for _, s := range []string{`"a.b.c"`, `{"id":"x"}`, `{"ref":"x"}`, `null`, `{"id":1}`} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var r domain.Ref
		if json.Unmarshal(b, &r) != nil || r.IsZero() {
			return
		}
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		var again domain.Ref
		if err := json.Unmarshal(text, &again); err != nil || again != r {
			t.Errorf("got %+v, %v from %s, want %+v", again, err, text, r)
		}
	})
}
