package demo_test

import (
	"bytes"
	"io"
	"testing"

	"minglu/demo"
	"minglu/register"
)

func generated(tb testing.TB, institutions int, seed uint64) []byte {
	tb.Helper()
	var b bytes.Buffer
	if err := demo.Generate(&b, institutions, seed); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

func TestEveryGeneratedLineIsTaken(t *testing.T) {
	journal := generated(t, 300, 7)
	l := load(t, bytes.NewReader(journal))
	l.wantAllTaken(t)
	lines := bytes.Count(journal, []byte("\n"))
	want(t, "acts", l.acts, lines)
	if per := float64(lines) / 300; per < 7 || per > 9 {
		t.Errorf("%.1f acts an institution, want about 8", per)
	}
}

func TestTheSameNumbersGiveTheSameJournal(t *testing.T) {
	if !bytes.Equal(generated(t, 50, 3), generated(t, 50, 3)) {
		t.Error("two journals of one seed differ")
	}
	if bytes.Equal(generated(t, 50, 3), generated(t, 50, 4)) {
		t.Error("two seeds give one journal")
	}
}

func TestGeneratedActsAreOfMostKindsAndInOrder(t *testing.T) {
	kinds, last := map[string]int{}, ""
	for line := range bytes.Lines(generated(t, 2000, 1)) {
		a, err := register.ParseAct(line)
		if err != nil {
			t.Fatal(err)
		}
		kinds[a.Act]++
		if a.CommandID <= last {
			t.Fatalf("%s follows %s", a.CommandID, last)
		}
		last = a.CommandID
	}
	for _, name := range []string{
		"institution.register", "institution.grant-licence", "institution.record-legal-registration", "institution.cancel-licence",
		"institution.surrender-licence", "institution.revoke-licence", "institution.annul-licence", "institution.withdraw-licence",
		"institution.approve-conversion", "institution.convert-to-non-profit", "institution.announce-termination", "institution.suspend-licence",
		"institution.reinstate-licence", "institution.conclude-annual-inspection", "institution.stop-operation", "institution.hold-interview",
		"listing.list-white", "listing.remove-white", "listing.put-on-watch", "listing.take-off-watch", "listing.serve-black-notice",
		"listing.record-statement", "listing.waive-statement", "listing.list-black", "listing.apply-credit-repair", "listing.grant-credit-repair",
		"jurisdiction.impose-moratorium", "jurisdiction.freeze-baseline", "jurisdiction.hold-joint-conference", "jurisdiction.open-annual-inspection",
		"jurisdiction.publish-list-batch",
	} {
		if kinds[name] == 0 {
			t.Errorf("no %s among 2000 institutions", name)
		}
	}
}

func TestNoInstitutionsMakeAnEmptyJournal(t *testing.T) {
	want(t, "bytes", len(generated(t, 0, 1)), 0)
}

// BenchmarkGenerate prints lines a second.
func BenchmarkGenerate(b *testing.B) {
	lines := bytes.Count(generated(b, 20_000, 1), []byte("\n"))
	for b.Loop() {
		if err := demo.Generate(io.Discard, 20_000, 1); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(lines)*float64(b.N)/b.Elapsed().Seconds(), "lines/s")
}
