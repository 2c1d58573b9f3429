package projections

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"minglu/domain"
)

// answer is what a query finds, as "number field text[span]" of each hit.
func answer(t testing.TB, s *Set, q string, o SearchOptions) (out []string) {
	t.Helper()
	res, err := s.Search(q, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range res.Hits {
		n := 0
		for instID(n) != h.ID {
			n++
		}
		out = append(out, fmt.Sprintf("%d %s %s[%s]", n, h.Field, h.Text, h.Text[h.Start:h.End]))
	}
	if o.After == "" && o.Limit == 0 && res.Total != len(out) {
		t.Errorf("%q: %d hits of %d", q, len(out), res.Total)
	}
	return out
}

func wantAnswer(t testing.TB, s *Set, q string, o SearchOptions, want ...string) {
	t.Helper()
	if got := answer(t, s, q, o); !slices.Equal(got, want) {
		t.Errorf("%q at %d: got %q, want %q", q, o.AtSeq, got, want)
	}
}

func TestSearchSaysWhyItFound(t *testing.T) {
	st := &logStore{}
	st.put(foundRecord(0, 0, found{Name: "昆明（启 航）ＡＢＣ学校", Aliases: []string{"启航外语"}, USCC: "91530102MA6K12345X", Licence: "教民153010270000017号"}))
	s := openSearch(t, st)
	for q, want := range map[string]string{
		"qihang":              "0 alias 启航外语[启航]",
		"启航abc":               "0 name 昆明（启 航）ＡＢＣ学校[启 航）ＡＢＣ]",
		"昆明 学校":               "0 name 昆明（启 航）ＡＢＣ学校[]",
		"91530102":            "0 uscc 91530102MA6K12345X[91530102]",
		"９１５３０１０２ｍａ":          "0 uscc 91530102MA6K12345X[91530102MA]",
		"91530102ma6k12345x":  "0 uscc 91530102MA6K12345X[91530102MA6K12345X]",
		"教民 1530102":          "0 licence_number 教民153010270000017号[教民1530102]",
		"15301":               "0 licence_number 教民153010270000017号[15301]",
		"0017号":               "0 licence_number 教民153010270000017号[0017号]",
		"0000":                "0 licence_number 教民153010270000017号[0000]",
		"教民153010270000017号":  "0 licence_number 教民153010270000017号[教民153010270000017号]",
		"教民1530102 70000017号": "0 licence_number 教民153010270000017号[教民153010270000017号]",
	} {
		wantAnswer(t, s, q, SearchOptions{}, want)
	}
	for _, q := range []string{"017", "MA6K", "530102M", "明学校"} {
		wantAnswer(t, s, q, SearchOptions{})
	}
}

func TestSearchKnowsFormerNamesAndEarlierPositions(t *testing.T) {
	st := &logStore{}
	put := func(day int, e domain.Event) uint64 { return st.put(foundRecord(0, day, e)) }
	put(0, found{Name: "启航学校", Licence: "教民1530102700001"})
	put(9, found{Name: "扬帆学校"})
	typo := put(12, found{Name: "扬番学校"})
	fixed := put(13, corrected{domain.Correction{TargetSeq: typo, Field: "name", Is: domain.RawJSON(`"扬凡学校"`)}})
	undone := put(14, annulled{domain.Annulment{TargetSeq: typo}})
	late := put(5, found{Name: "起帆学校"}) // recorded late: it held between the first two
	moved := put(20, found{In: "530103"})
	all := put(21, annulled{domain.Annulment{TargetSeq: 1}})
	s := openSearch(t, st)
	for _, c := range []struct {
		q     string
		atSeq uint64
		want  []string
	}{
		{"启航", 1, []string{"0 name 启航学校[启航]"}},
		{"启航", 2, []string{"0 former_name 启航学校[启航]"}},
		{"扬帆", 1, nil},
		{"扬帆", 2, []string{"0 name 扬帆学校[扬帆]"}},
		{"扬番", typo, []string{"0 name 扬番学校[扬番]"}},
		{"扬帆", typo, []string{"0 former_name 扬帆学校[扬帆]"}},
		{"扬番", fixed, nil},
		{"扬凡", fixed, []string{"0 name 扬凡学校[扬凡]"}},
		{"扬凡", undone, nil},
		{"扬帆", undone, []string{"0 name 扬帆学校[扬帆]"}},
		{"起帆", undone, nil},
		{"起帆", late, []string{"0 former_name 起帆学校[起帆]"}},
		{"扬帆", late, []string{"0 name 扬帆学校[扬帆]"}},
		{"15301027", moved, []string{"0 licence_number 教民1530102700001[15301027]"}},
		{"15301027", all, nil},
		{"启航", all, nil},
		{"起帆", all, []string{"0 former_name 起帆学校[起帆]"}},
		{"扬帆", 0, []string{"0 name 扬帆学校[扬帆]"}},
		{"扬帆", ^uint64(0), []string{"0 name 扬帆学校[扬帆]"}},
	} {
		wantAnswer(t, s, c.q, SearchOptions{AtSeq: c.atSeq}, c.want...)
	}
	in := func(code string) func(string) bool { return func(d string) bool { return d == code } }
	for at, code := range map[uint64]string{late: "530102", moved: "530103"} {
		wantAnswer(t, s, "扬帆", SearchOptions{AtSeq: at, Division: in(code)}, "0 name 扬帆学校[扬帆]")
		wantAnswer(t, s, "扬帆", SearchOptions{AtSeq: at, Division: in("110101")})
	}
	res, err := s.Search("启航", SearchOptions{AtSeq: moved})
	if err != nil || res.Seq != moved || res.Hits[0].Name != "扬帆学校" || res.Hits[0].Division != "530103" {
		t.Errorf("got %+v %v", res, err)
	}
}

func TestPagesOfASearchAreOneState(t *testing.T) {
	st := &logStore{}
	for n := range 300 {
		st.put(foundRecord(n, 0, found{Name: nameOf(n)}))
	}
	s := openSearch(t, st)
	want := answer(t, s, "教育", SearchOptions{Limit: 1000})
	total := len(want)
	var got []string
	o := SearchOptions{Limit: 7}
	for pages := 0; ; pages++ {
		res, err := s.Search("教育", o)
		if err != nil || res.Total != total || pages > total {
			t.Fatal(res.Total, total, err)
		}
		got = append(got, answer(t, s, "教育", o)...)
		if o.After = res.Next; o.After == "" {
			break
		}
		st.put(foundRecord(1000+pages, 0, found{Name: "教育"}))
		st.put(foundRecord(pages, 1, found{Name: "另外"}))
		caughtUp(t, s)
		if pages%5 == 0 {
			if err := s.Rebuild(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
	}
	if total < 50 || !slices.Equal(got, want) {
		t.Errorf("got %d hits page by page, want %d", len(got), total)
	}
	for _, c := range []string{"x", "!", strings.Repeat("A", 9)} {
		if _, err := s.Search("教育", SearchOptions{After: c}); !errors.Is(err, ErrCursor) {
			t.Errorf("cursor %q: got %v", c, err)
		}
	}
}

// typed writes a part of a name as somebody might type it.
func typed(rnd *rand.Rand, name string) string {
	runes := []rune(name)
	first := rnd.IntN(len(runes))
	last := min(len(runes), first+1+rnd.IntN(6))
	var b strings.Builder
	for i := first; i < last; i++ {
		r := readingsOf(uint16(runes[i]))
		reading := func() string { return r[rnd.IntN(len(r))] }
		switch n := rnd.IntN(6); {
		case n == 0 || len(r) == 0:
			b.WriteRune(runes[i])
		case n <= 2:
			b.WriteString(reading())
		case i == last-1:
			s := reading()
			b.WriteString(s[:1+rnd.IntN(len(s))])
		default:
			b.WriteByte(reading()[0])
		}
	}
	return b.String()
}

// TestSearchFindsWhatAPlainLookAtEveryNameFinds compares the way by grams with
// a look at each name.
func TestSearchFindsWhatAPlainLookAtEveryNameFinds(t *testing.T) {
	st := &logStore{}
	const n = 700
	names, licences := make([][]uint16, n), make([][]uint16, n)
	for i := range n {
		licence := fmt.Sprintf("教民1530%07d号", mix(uint64(i))%1e7)
		st.put(foundRecord(i, 0, found{Name: nameOf(i), Licence: licence}))
		names[i], licences[i] = fold(nameOf(i)).units, fold(licence).units
	}
	s := openSearch(t, st)
	rnd := rand.New(rand.NewPCG(5, 6))
	for range 400 {
		one := rnd.IntN(n)
		q := typed(rnd, nameOf(one))
		if rnd.IntN(4) == 0 {
			q += " " + typed(rnd, nameOf(one))
		}
		sq := newSearchQuery(q)
		want := 0
		for i := range n {
			_, _, _, ok := sq.rank(FieldName, names[i])
			_, _, _, id := sq.rank(FieldLicence, licences[i])
			if ok || id {
				want++
			}
		}
		sq.free()
		res, err := s.Search(q, SearchOptions{Limit: 1})
		if err != nil || res.Total != want || want == 0 {
			t.Errorf("%q: got %d institutions, want %d, and %s among them (%v)", q, res.Total, want, nameOf(one), err)
		}
	}
}

func TestTheSearchViewIsTheSameHoweverItIsGrouped(t *testing.T) {
	st, one := &logStore{}, &logStore{}
	view := NewSearch(foundCodec, extractFound)
	live := start(t, t.TempDir(), one, nil, view)
	rnd := rand.New(rand.NewPCG(7, 8))
	for i := range 500 {
		n := rnd.IntN(150)
		var e domain.Event = found{Name: nameOf(rnd.IntN(1000)), USCC: fmt.Sprintf("91%016d", i)}
		switch target := uint64(1 + rnd.IntN(i+1)); rnd.IntN(6) {
		case 0:
			e = corrected{domain.Correction{TargetSeq: target, Field: "name", Is: domain.RawJSON(`"更正教育"`)}}
		case 1:
			e = annulled{domain.Annulment{TargetSeq: target}}
		}
		if _, amends := e.(domain.Amendment); amends && i > 0 {
			n = instNumber(st.recs[rnd.IntN(i)].AggregateID())
		}
		r := foundRecord(n, rnd.IntN(30), e)
		st.put(r)
		if err := live.Wait(t.Context(), one.put(r)); err != nil {
			t.Fatal(err)
		}
	}
	built := start(t, t.TempDir(), st, smallSteps, view)
	caughtUp(t, built)
	sameViews(t, hashes(t, built), hashes(t, live))
}

func instNumber(id string) int {
	n := 0
	for instID(n) != id {
		n++
	}
	return n
}

func FuzzSearch(f *testing.F) {
	for _, q := range []string{"启航", "qihang", "启hang", "zhongqing", "ü", "u\u0308", "①Ⅲ㈱", "\xff\xfe", "𠮷野家", "  ", "153010", strings.Repeat("xian", 40)} {
		f.Add(q, "昆明（启航）Ａ教育Lü")
	}
	st := &logStore{}
	for n, name := range schools {
		st.put(foundRecord(n, n, found{Name: name, Licence: "教民153010270000017号"}))
	}
	s := openSearch(f, st)
	f.Fuzz(func(t *testing.T, q, text string) {
		res, err := s.Search(q, SearchOptions{Limit: 3})
		if err != nil || len(res.Hits) > res.Total {
			t.Fatal(res, err)
		}
		for _, h := range res.Hits {
			if h.Start > h.End || !utf8.ValidString(h.Text[h.Start:h.End]) {
				t.Errorf("%q: bytes %d to %d of %q", q, h.Start, h.End, h.Text)
			}
		}
		folded := fold(text)
		for i := range folded.units {
			from, to := folded.span(0, i+1)
			if from < 0 || from >= to || to > len(text) {
				t.Errorf("%q: unit %d is bytes %d to %d", text, i, from, to)
			}
		}
		p := newPattern(fold(q).units)
		defer p.free()
		if len(p.query) == 0 {
			return
		}
		if from, to, ok := p.find(folded.units); ok && (from < 0 || from >= to || to > len(folded.units)) {
			t.Errorf("%q in %q: units %d to %d", q, text, from, to)
		}
		if whole := newSearchQuery(text); len(folded.units) > 0 && len(folded.units) <= mostQuery {
			if _, from, to, ok := whole.rank(FieldName, folded.units); !ok || from != 0 || to != len(folded.units) {
				t.Errorf("%q does not find itself", text)
			}
			whole.free()
		}
	})
}
