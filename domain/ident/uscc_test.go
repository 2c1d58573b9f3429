package ident_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"minglu/domain"
	"minglu/domain/division"
	"minglu/domain/ident"
)

type usccVector struct {
	Input               string        `json:"input"`
	Code                string        `json:"code"`
	Error               string        `json:"error"`
	At                  int           `json:"at"`
	ExpectedCheck       string        `json:"expected_check"`
	OrganisationCheck   string        `json:"organisation_check"`
	OrganisationCheckOK bool          `json:"organisation_check_ok"`
	DivisionAtIssue     division.Code `json:"division_at_issue"`
	Division            division.Code `json:"division"`
	Form                string        `json:"form"`
	Note                string        `json:"note"`
}

type vectors struct {
	USCC struct {
		Valid          []usccVector `json:"valid"`
		Invalid        []usccVector `json:"invalid"`
		Normalised     []usccVector `json:"normalised"`
		OverrideNeeded []usccVector `json:"override_needed"`
		Synthetic      []usccVector `json:"synthetic"`
		SyntheticMore  []usccVector `json:"synthetic_more"`
	} `json:"uscc"`
	LicenceNumber struct {
		Examples []licenceVector `json:"examples"`
	} `json:"licence_number"`
}

func readVectors(t *testing.T) vectors {
	t.Helper()
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	u := v.USCC
	for _, n := range []int{len(u.Valid), len(u.Invalid), len(u.Normalised), len(u.OverrideNeeded), len(u.Synthetic), len(u.SyntheticMore), len(v.LicenceNumber.Examples)} {
		if n == 0 {
			t.Fatal("got an empty group of vectors")
		}
	}
	return v
}

func TestLawfulCodesAreRead(t *testing.T) {
	for _, c := range readVectors(t).USCC.Valid {
		u, err := ident.ReadUSCC(c.Code)
		if err != nil || u.String() != c.Code || u.Check() != nil {
			t.Errorf("%s: got %q %v, want it read", c.Code, u, err)
		}
		if got := u.DivisionAtIssue(); got != c.DivisionAtIssue {
			t.Errorf("%s: got %q, want %q", c.Code, got, c.DivisionAtIssue)
		}
		if _, ok := u.CheckOrganisationCode(); ok != c.OrganisationCheckOK {
			t.Errorf("%s: got organisation code %v, want %v", c.Code, ok, c.OrganisationCheckOK)
		}
	}
}

func TestFaultyCodesAreRefused(t *testing.T) {
	v := readVectors(t).USCC
	for _, c := range append(v.Invalid, v.OverrideNeeded...) {
		t.Run(c.Code+" is refused for "+c.Error, func(t *testing.T) {
			u, err := ident.ReadUSCC(c.Code)
			f := field(t, err)
			if f.Code != c.Error {
				t.Fatalf("got %q, want %q", f.Code, c.Error)
			}
			if overridable := c.Error == "checksum"; errors.Is(err, ident.ErrChecksum) != overridable || (u == "") == overridable {
				t.Fatalf("got %q %v, want overridable %v", u, err, overridable)
			}
			if c.ExpectedCheck != "" && !strings.Contains(f.Message.ZH, "末位应为“"+c.ExpectedCheck+"”") {
				t.Fatalf("got %q, want the expected character %s named", f.Message.ZH, c.ExpectedCheck)
			}
			if c.At != 0 && !strings.Contains(f.Message.ZH, fmt.Sprintf("第 %d 位", c.At)) {
				t.Fatalf("got %q, want position %d named", f.Message.ZH, c.At)
			}
		})
	}
}

func TestAnOverridableCodeIsReturnedInNormalForm(t *testing.T) {
	u, err := ident.ReadUSCC(" 91350100m0001tgqxm")
	if u != "91350100M0001TGQXM" || !errors.Is(err, ident.ErrChecksum) {
		t.Fatalf("got %q %v, want the code and ErrChecksum", u, err)
	}
}

func TestTheChecksumFaultIsRecognisedBelowAPointer(t *testing.T) {
	_, err := ident.ReadUSCC("914403001922038217")
	err = domain.At("/body/uscc", err)
	if !errors.Is(err, ident.ErrChecksum) || field(t, err).Pointer != "/body/uscc" {
		t.Fatalf("got %v, want ErrChecksum at /body/uscc", err)
	}
	if _, err := ident.ReadUSCC("short"); errors.Is(err, ident.ErrChecksum) {
		t.Fatalf("got ErrChecksum for %v, want a plain refusal", err)
	}
}

func TestWrittenFormsAreNormalised(t *testing.T) {
	more := []usccVector{
		{Input: "９１４４０３００７１５２６７２６ｘｇ", Code: "9144030071526726XG"},
		{Input: "\u200b91440300\u3000715267\u00a026XG\t\n", Code: "9144030071526726XG"},
	}
	for _, c := range append(readVectors(t).USCC.Normalised, more...) {
		if got, err := ident.ReadUSCC(c.Input); err != nil || got.String() != c.Code {
			t.Errorf("%q: got %q %v, want %q", c.Input, got, err, c.Code)
		}
	}
}

func TestLettersInTheFirstTwoPlacesAreAllowed(t *testing.T) {
	const first17 = "N2530427000000000"
	accepted := 0
	for _, check := range "0123456789ABCDEFGHJKLMNPQRTUWXY" {
		if _, err := ident.ReadUSCC(first17 + string(check)); err == nil {
			accepted++
		} else if !errors.Is(err, ident.ErrChecksum) {
			t.Errorf("%c: got %v, want ErrChecksum", check, err)
		}
	}
	if accepted != 1 {
		t.Fatalf("got %d check characters accepted, want 1", accepted)
	}
}

func TestCharactersOfOtherScriptsAreNamedWithTheirPosition(t *testing.T) {
	_, err := ident.ReadUSCC("914403001922038云16")
	f := field(t, err)
	if f.Code != "alphabet" || !strings.Contains(f.Message.ZH, "第 16 位“云”") {
		t.Fatalf("got %+v, want 云 at 16", f)
	}
}

func TestAWrongOrganisationCodeIsOnlyAWarning(t *testing.T) {
	// The organisation code 19220382-1 with its check character raised by one.
	u, err := ident.ReadUSCC("914403001922038226")
	if u == "" || err != nil && !errors.Is(err, ident.ErrChecksum) {
		t.Fatalf("got %q %v, want a code", u, err)
	}
	w, ok := u.CheckOrganisationCode()
	if ok || w.Code != "organisation_checksum" || !strings.Contains(w.Message.ZH, "“1”") || w.Message.EN == "" {
		t.Fatalf("got %+v %v, want a warning naming 1", w, ok)
	}
}

func TestAStringThatIsNoCodeIsHarmless(t *testing.T) {
	for _, s := range []ident.USCC{"", "91", "914403001922o38216", "９１４４０３００１９２２０３８２１６"} {
		if err := s.Check(); err == nil || errors.Is(err, ident.ErrChecksum) {
			t.Errorf("%q: got %v, want a refusal", s, err)
		}
		if got := s.DivisionAtIssue(); got != "" {
			t.Errorf("%q: got %q, want no division", s, got)
		}
		if _, ok := s.CheckOrganisationCode(); !ok {
			t.Errorf("%q: got a warning, want none", s)
		}
	}
	if got := ident.USCC("91AB0300192203821X").DivisionAtIssue(); got != "" {
		t.Errorf("got %q, want no division", got)
	}
}

func TestJSONTakesAWrongCheckCharacterAndNothingWorse(t *testing.T) {
	var v struct {
		USCC ident.USCC `json:"uscc,omitempty"`
	}
	if err := json.Unmarshal([]byte(`{"uscc":"91350100m0001tgqxm"}`), &v); err != nil || v.USCC != "91350100M0001TGQXM" {
		t.Fatalf("got %q %v, want the code", v.USCC, err)
	}
	for _, text := range []string{`{"uscc":""}`, `{"uscc":"91"}`, `{"uscc":"91I403001922038216"}`, `{"uscc":914403001922038216}`} {
		if err := json.Unmarshal([]byte(text), &v); err == nil {
			t.Errorf("%s: got %q, want a refusal", text, v.USCC)
		}
	}
}

func TestSyntheticCodesAreThoseOfTheFixtures(t *testing.T) {
	v := readVectors(t).USCC
	prefixes := map[string]string{"company": "91", "private_non_enterprise": "52"}
	for _, c := range append(v.Synthetic, v.SyntheticMore...) {
		serial := 0
		if _, number, ok := strings.Cut(c.Note, "organisation code 0000000"); ok {
			serial = int(number[0] - '0')
		}
		got := ident.SyntheticUSCC(prefixes[c.Form], c.Division, serial)
		if got.String() != c.Code {
			t.Errorf("got %s, want %s", got, c.Code)
		}
	}
}

func TestSyntheticCodesPassEveryCheckAndDiffer(t *testing.T) {
	seen := map[ident.USCC]bool{}
	for serial := range 2000 {
		u := ident.SyntheticUSCC("52", "530427", serial*4999)
		if _, err := ident.ReadUSCC(u.String()); err != nil || seen[u] {
			t.Fatalf("%d: got %s %v, want a new code", serial, u, err)
		}
		if w, ok := u.CheckOrganisationCode(); !ok {
			t.Fatalf("%d: got %v, want no warning", serial, w)
		}
		seen[u] = true
	}
}

func TestSyntheticCodesOfOtherKindsPanic(t *testing.T) {
	for _, c := range []struct {
		prefix string
		d      division.Code
		serial int
	}{{"93", "530427", 0}, {"91", "5304", 0}, {"91", "530427", -1}, {"91", "530427", 10_000_000}} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%+v: got a code, want a panic", c)
				}
			}()
			ident.SyntheticUSCC(c.prefix, c.d, c.serial)
		}()
	}
}

func FuzzReadUSCC(f *testing.F) {
	for _, s := range []string{"914403001922038216", "9144030071526726xg", " 9144 0300 1922 0382 16 ", "９１４４０３００１９２２０３８２１６",
		"91350100M0001TGQXM", "", "91I403001922038216", "ſſſſſſſſſ", "\xff\xfe", "91440300192203821\u0131"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		u, err := ident.ReadUSCC(s)
		if (u == "") != (err != nil && !errors.Is(err, ident.ErrChecksum)) {
			t.Fatalf("got %q with %v, want a code exactly where it may be accepted", u, err)
		}
		if u == "" {
			return
		}
		again, err2 := ident.ReadUSCC(u.String())
		if again != u || (err == nil) != (err2 == nil) {
			t.Fatalf("got %q %v, want %q %v", again, err2, u, err)
		}
		u.DivisionAtIssue()
		u.CheckOrganisationCode()
	})
}

func BenchmarkReadUSCC(b *testing.B) {
	b.Run("normal form", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			ident.ReadUSCC("914403001922038216")
		}
	})
	b.Run("full width", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			ident.ReadUSCC("９１４４０３００１９２２０３８２１６")
		}
	})
}

// field returns the only field of a refusal.
func field(t *testing.T, err error) domain.Field {
	t.Helper()
	e, ok := errors.AsType[*domain.Error](err)
	if !ok || e.Code != domain.Invalid || len(e.Fields) != 1 || e.Text.ZH == "" || e.Text.EN == "" || strings.Contains(e.Text.ZH+e.Text.EN, "%!") {
		t.Fatalf("got %#v, want a refusal with one field in both languages", err)
	}
	return e.Fields[0]
}
