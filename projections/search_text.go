package projections

import (
	"sync"
	"unicode"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"
)

// A folded text is what names, identifiers and queries are compared by: a
// sequence of UTF-16 units, so that each hanzi of common use is one. Width,
// case, accents, spaces, brackets and all other marks are gone, and traditional
// characters are simplified. ü is v, as it is typed.
type folded struct {
	units []uint16
	// from and to are the bytes of the text that each unit stands for.
	from, to []int
}

// mostUnits is how much of a text counts.
const mostUnits = 255

// fold folds a text.
func fold(text string) folded {
	var f folded
	var buf [16]byte
	for at, r := range text {
		if len(f.units) == mostUnits {
			break
		}
		end := at + len(string(r))
		if r < 0x80 {
			f.add(r, at, end)
			continue
		}
		for _, d := range string(norm.NFKD.AppendString(buf[:0], string(r))) {
			f.add(d, at, end)
		}
	}
	return f
}

func (f *folded) add(r rune, from, to int) {
	switch {
	case r == '\u0308' && len(f.units) > 0 && f.units[len(f.units)-1] == 'u':
		f.units[len(f.units)-1] = 'v' // the dots of ü
		f.to[len(f.to)-1] = to
		return
	case unicode.Is(unicode.Mn, r) && len(f.units) > 0:
		f.to[len(f.to)-1] = to
		return
	case !unicode.IsLetter(r) && !unicode.IsNumber(r):
		return
	}
	r = simplify(unicode.ToLower(r))
	for _, u := range utf16.AppendRune(nil, r) {
		if len(f.units) < mostUnits {
			f.units = append(f.units, u)
			f.from, f.to = append(f.from, from), append(f.to, to)
		}
	}
}

// span returns the bytes of the text that units i to j stand for, j excluded.
func (f *folded) span(i, j int) (from, to int) {
	if i >= j || j > len(f.units) {
		return 0, 0
	}
	return f.from[i], f.to[j-1]
}

var toSimplified = sync.OnceValue(func() map[rune]rune {
	table := map[rune]rune{}
	from := rune(0)
	for _, r := range simplified {
		if from == 0 {
			from = r
			continue
		}
		table[from], from = r, 0
	}
	return table
})

func simplify(r rune) rune {
	if r < 0x3400 {
		return r
	}
	if s, ok := toSimplified()[r]; ok {
		return s
	}
	return r
}

func isDigit(u uint16) bool  { return u >= '0' && u <= '9' }
func isLetter(u uint16) bool { return u >= 'a' && u <= 'z' }
