package projections

import (
	"bytes"
	"cmp"
	"slices"
	"testing"
)

func TestKeysSortAsTheirPartsDo(t *testing.T) {
	texts := []string{"", "\x00", "\x00\x00", "\x00\x01", "\x01", "\x01\x02", "\x02", "a", "a\x00", "a\x00b", "a\x01", "aa", "ab", "b", "启航", "启航教育", "\xff"}
	for _, a := range texts {
		for _, b := range texts {
			got := bytes.Compare(Key(a, "x"), Key(b, "x"))
			if got != cmp.Compare(a, b) {
				t.Errorf("keys of %q and %q compare as %d", a, b, got)
			}
			if a != b && bytes.HasPrefix(Key(a, b), Key(b)) {
				t.Errorf("the key of %q, %q begins as that of %q", a, b, b)
			}
			first, rest, ok := CutText(AppendUint(Key(a, b), ^uint64(0)))
			second, rest, ok2 := CutText(rest)
			n, rest, ok3 := CutUint(rest)
			if first != a || second != b || n != ^uint64(0) || len(rest) != 0 || !ok || !ok2 || !ok3 {
				t.Errorf("%q, %q are cut off as %q, %q, %d", a, b, first, second, n)
			}
		}
	}
	numbers := []int64{-1 << 63, -9, -1, 0, 1, 9, 1<<63 - 1}
	for _, a := range numbers {
		for _, b := range numbers {
			if got := bytes.Compare(AppendInt(nil, a), AppendInt(nil, b)); got != cmp.Compare(a, b) {
				t.Errorf("%d and %d compare as %d", a, b, got)
			}
		}
		if n, rest, ok := CutInt(AppendInt(nil, a)); n != a || len(rest) != 0 || !ok {
			t.Errorf("%d is cut off as %d", a, n)
		}
	}
	if !slices.Equal(after([]byte{1, 0xff}), []byte{2}) || after([]byte{0xff}) != nil || after(nil) != nil {
		t.Error("the key behind a prefix")
	}
}

func FuzzCutText(f *testing.F) {
	f.Add([]byte("a\x00"), "a\x01\x00")
	f.Add([]byte{1, 2, 0}, "")
	f.Fuzz(func(t *testing.T, key []byte, s string) {
		if text, rest, ok := CutText(key); ok {
			if again := append(AppendText(nil, text), rest...); !bytes.Equal(again, key) {
				t.Errorf("%x is written again as %x", key, again)
			}
		}
		if got, rest, ok := CutText(append(AppendText(nil, s), key...)); !ok || got != s || !bytes.Equal(rest, key) {
			t.Errorf("%q is cut off as %q", s, got)
		}
	})
}
