package projections

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// ErrCursor says that a cursor is none that Search gave out.
var ErrCursor = errors.New("no cursor of a search")

// SearchOptions say which part of the answer is wanted.
type SearchOptions struct {
	// Limit is how many hits to return at most, 0 for 50.
	Limit int
	// After is the Next of the page before, empty for the first one. It keeps
	// the position of the first page unless AtSeq says another.
	After string
	// AtSeq is the position to search at, 0 for all that the view knows.
	AtSeq uint64
	// Division says whether institutions of a division are wanted; nil takes
	// all. It is asked once for each division that is met.
	Division func(code string) bool
}

// SearchResult is one page of an answer.
type SearchResult struct {
	Hits []SearchHit
	// Total is how many institutions there are on all pages.
	Total int
	// Next is the After of the next page, empty where there is none.
	Next string
	// Seq is the position that was searched at.
	Seq uint64
}

// SearchHit is an institution that was found.
type SearchHit struct {
	ID       string
	Division string
	Name     string // registered at the position searched at, where there is one
	Field    SearchField
	Text     string // of the field, as it was written
	// Start and End are the bytes of Text that match. Both are 0 where the
	// words of the query match in several places.
	Start, End int
}

// Search returns the institutions that q finds.
//
// A name is found by any part of it without a gap, each character typed as
// itself, as one of its readings, or as the first letter of one, the last one
// also as the beginning of a reading; by words parted by spaces that are each
// found somewhere. An identifier is found as its SearchField says. Width, case,
// marks and traditional forms make no difference. A query without a letter,
// digit or hanzi finds nothing.
//
// Whole texts come first, then those that are found without a gap, then those
// by words; among them those found nearest to the beginning, then the shortest,
// then the present ones before the former, then by id. An institution is one
// hit, for its best text.
func (s *Set) Search(q string, o SearchOptions) (res SearchResult, err error) {
	last, err := parseCursor(o.After)
	if err != nil {
		return SearchResult{}, err
	}
	if o.Limit <= 0 {
		o.Limit = defaultLimit
	}
	query := newSearchQuery(q)
	defer query.free()
	err = s.Read(searchView, func(r *Read) error {
		m := &matcher{r: r, query: query, wanted: o.Division, divisions: map[string]bool{}}
		m.matches = matchLists.Get().(*matches)
		defer m.free()
		m.seq = min(cmp.Or(o.AtSeq, last.seq, r.Seq()), r.Seq())
		if err := m.run(); err != nil {
			return err
		}
		res, err = m.page(o.Limit, last)
		return err
	})
	if err != nil {
		return SearchResult{}, fmt.Errorf("search: %w", err)
	}
	return res, nil
}

// A searchQuery is a query made ready.
type searchQuery struct {
	all   *pattern   // the query without its spaces
	words []*pattern // where there are several
}

// mostWords is how many words of a query count.
const mostWords = 8

func newSearchQuery(q string) *searchQuery {
	sq := &searchQuery{all: newPattern(fold(q).units)}
	words := strings.Fields(q)
	for _, w := range words[:min(len(words), mostWords)] {
		if units := fold(w).units; len(words) > 1 && len(units) > 0 {
			sq.words = append(sq.words, newPattern(units))
		}
	}
	if len(sq.words) == 1 {
		sq.words[0].free()
		sq.words = nil
	}
	return sq
}

func (q *searchQuery) free() {
	q.all.free()
	for _, w := range q.words {
		w.free()
	}
}

// A matcher answers one query on one snapshot.
type matcher struct {
	r         *Read
	query     *searchQuery
	seq       uint64
	wanted    func(code string) bool
	divisions map[string]bool
	units     []uint16
	*matches
}

// Matches are those that a query has found so far. They are used again by
// later queries, since there may be as many as institutions.
type matches struct {
	found []match
	byDoc []int32 // 1 + index into found; all 0 between queries
}

var matchLists = sync.Pool{New: func() any { return new(matches) }}

func (m *matches) free() {
	for _, f := range m.found {
		m.byDoc[f.doc] = 0
	}
	clear(m.found)
	m.found = m.found[:0]
	matchLists.Put(m)
}

// A match is an institution with its best text.
type match struct {
	rank  uint64 // less is better
	id    []byte // of the snapshot
	field SearchField
	entry uint32 // among those of the field's class
	doc   uint32
}

func (m match) compare(n match) int {
	return cmp.Or(cmp.Compare(m.rank, n.rank), bytes.Compare(m.id, n.id))
}

// run finds all matches.
func (m *matcher) run() error {
	if len(m.query.all.query) == 0 {
		return nil
	}
	counts := m.r.Bucket("counts")
	m.byDoc = slices.Grow(m.byDoc[:0], int(GetUint(counts, Key("docs"))))
	m.byDoc = m.byDoc[:cap(m.byDoc)]
	names := newCandidates(m.r, nameClass)
	names.addAll(m.query.all)
	names.addAll(m.query.words...)
	if err := m.look(names); err != nil {
		return err
	}
	ids := newCandidates(m.r, idClass)
	ids.addIdentifiers(m.query.all.query)
	return m.look(ids)
}

// look ranks the candidates.
func (m *matcher) look(c *candidates) error {
	b := m.r.tx.Bucket([]byte(c.class.blocks))
	if b == nil {
		return nil
	}
	at := b.Cursor()
	here := -1 // the block that the cursor is at
	for n, mask := range c.blocks {
		if mask == 0 {
			continue
		}
		var v []byte
		if here >= 0 && here == n-1 {
			_, v = at.Next()
		} else {
			_, v = at.Seek(blockKey(uint32(n)))
		}
		here = n
		if err := m.block(v, uint32(n), mask); err != nil {
			return err
		}
	}
	return nil
}

// block looks at the entries of a block whose bits are set in mask.
func (m *matcher) block(block []byte, number uint32, mask uint64) error {
	for i := range uint32(entriesPerBlock) {
		if len(block) == 0 || mask>>i == 0 {
			return nil
		}
		e, err := entryAt(block, 0)
		if err != nil {
			return err
		}
		block = block[len(e):]
		if mask>>i&1 != 0 && e.at(m.seq) && m.takes(e.division()) {
			m.rank(e, number*entriesPerBlock+i)
		}
	}
	return nil
}

func (m *matcher) takes(division []byte) bool {
	if m.wanted == nil {
		return true
	}
	yes, known := m.divisions[string(division)]
	if !known {
		yes = m.wanted(string(division))
		m.divisions[string(division)] = yes
	}
	return yes
}

// rank ranks an entry, and keeps it where it is the best of its institution.
func (m *matcher) rank(e entryRow, number uint32) {
	m.units = e.units(m.units)
	field := searchFields[e.field()]
	rank, _, _, ok := m.query.rank(field, m.units)
	if !ok {
		return
	}
	doc := e.doc()
	if at := m.byDoc[doc]; at != 0 {
		if f := &m.found[at-1]; rank < f.rank {
			f.rank, f.field, f.entry = rank, field, number
		}
		return
	}
	m.found = append(m.found, match{rank: rank, id: e.id(), field: field, entry: number, doc: doc})
	m.byDoc[doc] = int32(len(m.found))
}

// How a text was found, the best first.
const (
	rankWhole = iota
	rankPart
	rankWords
)

// rank tells whether and how well a text of a field matches, and where.
func (q *searchQuery) rank(field SearchField, units []uint16) (rank uint64, from, to int, ok bool) {
	if isName(field) {
		from, to, ok = q.all.find(units)
	} else {
		from, to, ok = findIdentifier(field, units, q.all.query)
	}
	how := rankPart
	switch {
	case ok && from == 0 && to == len(units):
		how = rankWhole
	case !ok && isName(field) && len(q.words) > 0 && q.hasWords(units):
		how, ok = rankWords, true
	}
	former := 0
	if field == FieldFormer {
		former = 1
	}
	return uint64(how)<<24 | uint64(from)<<16 | uint64(len(units))<<8 | uint64(former), from, to, ok
}

func (q *searchQuery) hasWords(units []uint16) bool {
	for _, w := range q.words {
		if _, _, ok := w.find(units); !ok {
			return false
		}
	}
	return true
}

// findIdentifier finds a query in an identifier.
func findIdentifier(field SearchField, units, query []uint16) (from, to int, ok bool) {
	if unitsAt(units, query, 0) {
		return 0, len(query), true
	}
	if field != FieldLicence {
		return 0, 0, false
	}
	if d := firstDigit(units); d > 0 && unitsAt(units, query, d) {
		return d, d + len(query), true
	}
	for i := 1; len(query) >= idClass.gram && i+len(query) <= len(units); i++ {
		if unitsAt(units, query, i) {
			return i, i + len(query), true
		}
	}
	return 0, 0, false
}

// page returns the best matches behind last.
func (m *matcher) page(limit int, last cursor) (SearchResult, error) {
	res := SearchResult{Total: len(m.found), Seq: m.seq}
	best := m.best(limit+1, last)
	if len(best) > limit {
		best = best[:limit]
		end := best[limit-1]
		res.Next = cursor{seq: m.seq, rank: end.rank, id: end.id}.String()
	}
	for _, b := range best {
		hit, err := m.hit(b)
		if err != nil {
			return SearchResult{}, err
		}
		res.Hits = append(res.Hits, hit)
	}
	return res, nil
}

// best returns the n best matches behind last, in order. It sorts whenever as
// many again have come that are better than the last one kept.
func (m *matcher) best(n int, last cursor) []match {
	end := match{rank: last.rank, id: last.id}
	best := make([]match, 0, min(2*n, len(m.found)))
	full := false // best[n-1] is the worst one kept
	for _, f := range m.found {
		if last.set && f.compare(end) <= 0 || full && f.compare(best[n-1]) >= 0 {
			continue
		}
		if best = append(best, f); len(best) == 2*n {
			slices.SortFunc(best, match.compare)
			best, full = best[:n], true
		}
	}
	slices.SortFunc(best, match.compare)
	return best[:min(n, len(best))]
}

// hit makes a match ready for show.
func (m *matcher) hit(b match) (SearchHit, error) {
	class := classOf(b.field)
	e, err := m.entry(class, b.entry)
	if err != nil {
		return SearchHit{}, err
	}
	text := m.r.Bucket(class.texts).Get(blockKey(b.entry))
	h := SearchHit{ID: string(b.id), Division: string(e.division()), Field: b.field, Text: string(text)}
	f := fold(h.Text)
	if _, from, to, ok := m.query.rank(h.Field, f.units); ok {
		h.Start, h.End = f.span(from, to)
	}
	of := m.r.Bucket("of").Get(blockKey(b.doc))
	for ; len(of) >= 4; of = of[4:] {
		n := binary.BigEndian.Uint32(of)
		e, err := m.entry(nameClass, n)
		if err != nil {
			return SearchHit{}, err
		}
		if searchFields[e.field()] == FieldName && e.at(m.seq) {
			h.Name = string(m.r.Bucket(nameClass.texts).Get(blockKey(n)))
		}
	}
	return h, nil
}

func (m *matcher) entry(class *entryClass, number uint32) (entryRow, error) {
	block := m.r.Bucket(class.blocks).Get(blockKey(number / entriesPerBlock))
	return entryAt(block, int(number%entriesPerBlock))
}

// A cursor is where a page ended.
type cursor struct {
	set  bool
	seq  uint64
	rank uint64
	id   []byte
}

func (c cursor) String() string {
	b := AppendUint(AppendUint(nil, c.seq), c.rank)
	return base64.RawURLEncoding.EncodeToString(append(b, c.id...))
}

func parseCursor(s string) (c cursor, err error) {
	if s == "" {
		return c, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(b) < 16 {
		return c, ErrCursor
	}
	return cursor{set: true, seq: binary.BigEndian.Uint64(b), rank: binary.BigEndian.Uint64(b[8:]), id: b[16:]}, nil
}
