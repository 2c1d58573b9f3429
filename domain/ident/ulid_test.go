package ident_test

import (
	"crypto/sha256"
	"math/big"
	"strings"
	"testing"

	"minglu/domain/ident"
)

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

func TestNewIDIsTheStartOfTheCommandIDAndOfTheHash(t *testing.T) {
	id := uuid(t, commandID)
	sum := sha256.Sum256([]byte("institution" + string(id[:])))
	bits := new(big.Int).SetBytes(append(id[:6:6], sum[:10]...))
	want := strings.Repeat("0", 26)
	for i, digit := 25, new(big.Int); i >= 0; i-- {
		bits.DivMod(bits, big.NewInt(32), digit)
		want = want[:i] + crockford[digit.Int64():digit.Int64()+1] + want[i+1:]
	}
	got := ident.NewID("institution", id)
	if got != want || !ident.ValidID(got) {
		t.Fatalf("got %q, want %q", got, want)
	}
}

func TestTheSameCommandMakesTheSameIDAndNoOtherDoes(t *testing.T) {
	id := uuid(t, commandID)
	first := ident.NewID("institution", id)
	if again := ident.NewID("institution", id); again != first {
		t.Fatalf("got %q, want %q", again, first)
	}
	if other := ident.NewID("inspection", id); other == first {
		t.Fatalf("got %q for two aggregates, want two ids", other)
	}
	id[15]++
	if other := ident.NewID("institution", id); other == first || other[:9] != first[:9] {
		t.Fatalf("got %q, want another id of the same time as %q", other, first)
	}
}

func TestIDsOfLaterCommandsSortLater(t *testing.T) {
	earlier := ident.NewID("institution", uuid(t, "0190163d-8694-739b-aea5-966c26f8ad91"))
	later := ident.NewID("institution", uuid(t, "0190163d-8695-739b-aea5-966c26f8ad91"))
	if earlier >= later {
		t.Fatalf("got %q before %q, want the other order", later, earlier)
	}
}

func TestTheGreatestAndLeastIDsAreValid(t *testing.T) {
	var least, greatest [16]byte
	for i := range greatest {
		greatest[i] = 0xff
	}
	for _, id := range [][16]byte{least, greatest} {
		if got := ident.NewID("x", id); !ident.ValidID(got) {
			t.Errorf("got %q invalid, want it valid", got)
		}
	}
	if got := ident.NewID("x", greatest); got[:9] != "7ZZZZZZZZ" {
		t.Errorf("got %q, want it to begin with 7ZZZZZZZZ", got)
	}
}

func TestOtherTextsAreNoIDs(t *testing.T) {
	valid := "01J8ZK5M3QWERTYASDFGHJ0001"
	if !ident.ValidID(valid) {
		t.Fatalf("got %q invalid, want it valid", valid)
	}
	for _, s := range []string{"", valid[1:], valid + "0", "8" + valid[1:], strings.ToLower(valid), valid[:25] + "I", valid[:25] + "L",
		valid[:25] + "O", valid[:25] + "U", valid[:25] + "*", valid[:25] + ".", valid[:25] + " ", valid[:23] + "云"} {
		if ident.ValidID(s) {
			t.Errorf("got %q valid, want it refused", s)
		}
	}
}

func FuzzNewID(f *testing.F) {
	f.Add("institution", []byte("0123456789abcdef"))
	f.Add("", make([]byte, 16))
	f.Fuzz(func(t *testing.T, aggregate string, id []byte) {
		if len(id) < 16 {
			return
		}
		if got := ident.NewID(aggregate, [16]byte(id[:16])); !ident.ValidID(got) {
			t.Fatalf("got %q invalid, want it valid", got)
		}
	})
}

func FuzzValidID(f *testing.F) {
	f.Add("01J8ZK5M3QWERTYASDFGHJ0001")
	f.Add("\xff")
	f.Fuzz(func(t *testing.T, s string) {
		if ident.ValidID(s) && (len(s) != 26 || strings.Trim(s, crockford) != "") {
			t.Fatalf("got %q valid, want it refused", s)
		}
	})
}
