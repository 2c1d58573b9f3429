package ident_test

import (
	"testing"

	"minglu/domain/ident"
)

const commandID = "0190163d-8694-739b-aea5-966c26f8ad91"

func uuid(t *testing.T, s string) [16]byte {
	t.Helper()
	id, err := ident.ParseUUID(s)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestUUIDsAreReadInEitherCaseAndWrittenInLower(t *testing.T) {
	for _, s := range []string{commandID, "0190163D-8694-739B-AEA5-966C26F8AD91", "0190163D-8694-739b-aeA5-966c26f8ad91"} {
		if got := ident.FormatUUID(uuid(t, s)); got != commandID {
			t.Errorf("got %q, want %q", got, commandID)
		}
	}
	if got := uuid(t, commandID)[0]; got != 0x01 {
		t.Errorf("got %x, want 01", got)
	}
}

func TestOtherFormsOfUUIDsAreRefused(t *testing.T) {
	for _, s := range []string{
		"", "0190163d8694739baea5966c26f8ad91", "{0190163d-8694-739b-aea5-966c26f8ad91}", "urn:uuid:0190163d-8694-739b-aea5-966c26f8ad91",
		" 0190163d-8694-739b-aea5-966c26f8ad91", "0190163d-8694-739b-aea5-966c26f8ad9", "0190163g-8694-739b-aea5-966c26f8ad91",
		"0190163d-8694-739b-aea5_966c26f8ad91", "0190163d--694-739b-aea5-966c26f8ad91",
	} {
		id, err := ident.ParseUUID(s)
		if f := field(t, err); f.Code != "uuid" || id != [16]byte{} {
			t.Errorf("%q: got %x %+v, want a refusal", s, id, f)
		}
	}
}

func TestVersion5AgreesWithRFC9562(t *testing.T) {
	dns := uuid(t, "6ba7b810-9dad-11d1-80b4-00c04fd430c8")
	const want = "2ed6657d-e927-568b-95e1-2665a8aea6a2"
	if got := ident.FormatUUID(ident.UUIDv5(dns, []byte("www.example.com"))); got != want {
		t.Fatalf("got %q, want %q", got, want)
	}
}

func TestEventIDsAreThoseOfCommandAndOrdinal(t *testing.T) {
	id := uuid(t, commandID)
	if got, want := ident.EventID(id, 12), ident.FormatUUID(ident.UUIDv5(id, []byte("12"))); got != want {
		t.Fatalf("got %q, want %q", got, want)
	}
	if ident.EventID(id, 0) == ident.EventID(id, 1) {
		t.Fatal("got one id for two ordinals, want two")
	}
}

func FuzzParseUUID(f *testing.F) {
	for _, s := range []string{commandID, "0190163D-8694-739B-AEA5-966C26F8AD91", "", "------------------------------------", "\xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		id, err := ident.ParseUUID(s)
		if err != nil {
			return
		}
		if again, err := ident.ParseUUID(ident.FormatUUID(id)); err != nil || again != id {
			t.Fatalf("got %x %v, want %x", again, err, id)
		}
	})
}
