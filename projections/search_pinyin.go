package projections

import (
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/mozillazg/go-pinyin"
	"golang.org/x/text/unicode/norm"
)

// readingsOf returns all readings of a character, without tones, ü as v and
// also as u: every one the dictionary has, for which of them a name means
// cannot be told from its characters.
func readingsOf(unit uint16) []string {
	if unit < 0x3000 {
		return nil
	}
	slot := &readings[unit]
	if r := slot.Load(); r != nil {
		return *r
	}
	var out []string
	for reading := range strings.SplitSeq(pinyin.PinyinDict[int(unit)], ",") {
		plain := plainReading(reading)
		for _, r := range []string{plain, strings.ReplaceAll(plain, "v", "u")} {
			if r != "" && !slices.Contains(out, r) {
				out = append(out, r)
			}
		}
	}
	slot.Store(&out)
	return out
}

var readings [1 << 16]atomic.Pointer[[]string]

// plainReading takes the tone off a reading.
func plainReading(s string) string {
	out := make([]byte, 0, len(s))
	for _, r := range norm.NFD.String(s) {
		switch {
		case r == '\u0308' && len(out) > 0 && out[len(out)-1] == 'u':
			out[len(out)-1] = 'v'
		case r < 0x80:
			out = append(out, byte(r))
		}
	}
	return string(out)
}

// syllables are all readings that there are, longest six letters.
var syllables = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for _, readings := range pinyin.PinyinDict {
		for reading := range strings.SplitSeq(readings, ",") {
			plain := plainReading(reading)
			set[plain], set[strings.ReplaceAll(plain, "v", "u")] = true, true
		}
	}
	delete(set, "")
	return set
})

const longestSyllable = 6

// syllablePrefixes are the beginnings of all readings.
var syllablePrefixes = sync.OnceValue(func() map[string]bool {
	set := map[string]bool{}
	for s := range syllables() {
		for i := 1; i <= len(s); i++ {
			set[s[:i]] = true
		}
	}
	return set
})

// initials returns the first letters by which a unit can be typed.
func initials(unit uint16) (letters []byte) {
	if isLetter(unit) {
		return []byte{byte(unit)}
	}
	for _, r := range readingsOf(unit) {
		if !slices.Contains(letters, r[0]) {
			letters = append(letters, r[0])
		}
	}
	return letters
}
