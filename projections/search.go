package projections

import (
	"cmp"
	"fmt"
	"slices"

	"minglu/domain"
	"minglu/eventstore"
)

// Search is the view "search": institutions by any part of any of their names,
// in hanzi, pinyin, initials or a mixture, and by their identifiers.
//
//	facts:    stream ‖ position → a fact that counts, or an amendment, see packRecord
//	docs:     stream → what is known of the institution, a searchDoc
//	of:       number of the institution → the numbers of its names
//	counts:   how many institutions, names and identifiers there are
//	chars:    0 ‖ unit → nothing; first letter ‖ unit → nothing: units that names hold
//
// and for the names, and apart from them for the identifiers (entryClass):
//
//	names:    number of the block → entries, see entryRow
//	texts:    number of the entry → the text as it was written
//	grams:    neighbouring units → number of full blocks ‖ entries since the last one
//	posts:    gram ‖ number of the block → entries
//	ids:      identifier ‖ entry → nothing
//
// An entry is never changed but for the position at which it ceased, so what
// was found at any position is found again. Blocks are filled in the order of
// the log, so they do not depend on how commits were grouped.
type Search struct {
	codec   *eventstore.Codec
	extract SearchExtract
}

var _ Projection = (*Search)(nil)

const searchView = "search"

// SearchExtract says what a fact tells about how an institution is found, and
// whether it tells anything: a matter of the fact's type alone. Amendments are
// not asked about; when one comes the view takes all facts of the stream in
// their amended form and asks again.
type SearchExtract func(eventstore.Record) (SearchFact, bool)

// SearchFact is what one fact tells. What is empty says nothing.
type SearchFact struct {
	// Name is the registered name from then on. The one before is a former
	// name, and stays findable.
	Name string `json:"n,omitempty"`
	// Aliases are further names.
	Aliases []string `json:"a,omitempty"`
	// Division is where the institution is from then on; until the first, it
	// is the one of its stream.
	Division string `json:"d,omitempty"`
	// Identifiers are codes of the institution. They stay findable until they
	// are dropped, also when what they stand for has ended.
	Identifiers []SearchIdentifier `json:"i,omitempty"`
	Dropped     []SearchIdentifier `json:"x,omitempty"`
}

// SearchIdentifier is a code of an institution.
type SearchIdentifier struct {
	Field SearchField `json:"f"`
	Value string      `json:"v"`
}

// SearchField says as what a text was found.
type SearchField string

// The fields. A USCC is found by its beginning; a licence number by its
// beginning, by that of its digits, and by any four characters or more in a
// row.
const (
	FieldName    SearchField = "name"
	FieldAlias   SearchField = "alias"
	FieldFormer  SearchField = "former_name"
	FieldUSCC    SearchField = "uscc"
	FieldLicence SearchField = "licence_number"
)

// searchFields are the fields by the number under which they are stored;
// append only.
var searchFields = []SearchField{FieldName, FieldAlias, FieldFormer, FieldUSCC, FieldLicence}

// NewSearch returns the view. codec reads amended facts.
func NewSearch(codec *eventstore.Codec, extract SearchExtract) *Search {
	return &Search{codec: codec, extract: extract}
}

// Name returns "search".
func (*Search) Name() string { return searchView }

// Version returns the version of the rows.
func (*Search) Version() int { return 1 }

// searchDoc is what the view knows of one institution.
type searchDoc struct {
	Number  uint32        `json:"n"`
	Facts   []datedFact   `json:"f"`
	Entries []searchEntry `json:"e"` // those that have not ceased
}

// A datedFact is a SearchFact with its two times.
type datedFact struct {
	Seq       uint64 `json:"s"`
	Effective int64  `json:"t"`
	SearchFact
}

// A searchEntry is one way to find an institution.
type searchEntry struct {
	Number   uint32      `json:"n"`
	Field    SearchField `json:"f"`
	Text     string      `json:"t"`
	Division string      `json:"d"`
}

// Apply works out anew how the institution of r is found.
func (s *Search) Apply(tx *Tx, r eventstore.Record) error {
	_, amends := r.Event.(domain.Amendment)
	fact, tells := SearchFact{}, false
	if !amends {
		if fact, tells = s.extract(r); !tells {
			return nil
		}
	}
	doc, known, err := GetJSON[searchDoc](tx.Bucket("docs"), Key(r.Stream))
	if err != nil || amends && !known {
		return err
	}
	tx.Bucket("facts").Put(SeqKey(r.Meta.Seq, r.Stream), packRecord(&r))
	if !known {
		doc.Number = next(tx, "docs")
	}
	if tells {
		doc.Facts = append(doc.Facts, dated(r, fact))
	} else if doc.Facts, err = s.amended(tx, r.Stream); err != nil {
		return err
	}
	return s.update(tx, r, doc)
}

func dated(r eventstore.Record, f SearchFact) datedFact {
	return datedFact{Seq: r.Meta.Seq, Effective: r.Meta.Effective.Unix(), SearchFact: f}
}

// amended returns what the facts of a stream tell in their amended form.
func (s *Search) amended(tx *Tx, stream string) (facts []datedFact, err error) {
	var recs []eventstore.Record
	prefix := Key(stream)
	for k, v := range tx.Bucket("facts").Scan(prefix) {
		seq, _, _ := CutUint(k[len(prefix):])
		r, err := unpackRecord(seq, v)
		if err != nil {
			return nil, err
		}
		if r.Event, err = s.codec.Event(r.Type, r.Version, r.Body); err != nil {
			return nil, err
		}
		recs = append(recs, r)
	}
	if recs, err = s.codec.Amend(recs); err != nil {
		return nil, err
	}
	for _, r := range recs {
		if f, ok := s.extract(r); ok {
			facts = append(facts, dated(r, f))
		}
	}
	return facts, nil
}

// update makes the entries of an institution what its facts say, from the
// position of r on.
func (s *Search) update(tx *Tx, r eventstore.Record, doc searchDoc) error {
	wanted := wantedEntries(r, doc.Facts)
	var kept []searchEntry
	for _, e := range doc.Entries {
		if i := slices.IndexFunc(wanted, e.same); i >= 0 {
			kept = append(kept, e)
			wanted = slices.Delete(wanted, i, i+1)
			continue
		}
		if err := cease(tx, e, r.Meta.Seq); err != nil {
			return err
		}
	}
	for _, e := range wanted {
		e.Number = next(tx, classOf(e.Field).blocks)
		if err := addEntry(tx, e, doc.Number, r); err != nil {
			return err
		}
		kept = append(kept, e)
	}
	doc.Entries = kept
	return PutJSON(tx.Bucket("docs"), Key(r.Stream), doc)
}

func (e searchEntry) same(f searchEntry) bool {
	return e.Field == f.Field && e.Text == f.Text && e.Division == f.Division
}

// wantedEntries folds facts, in the order in which they hold, into the entries
// of an institution.
func wantedEntries(r eventstore.Record, facts []datedFact) (out []searchEntry) {
	facts = slices.Clone(facts)
	slices.SortStableFunc(facts, func(a, b datedFact) int {
		return cmp.Or(cmp.Compare(a.Effective, b.Effective), cmp.Compare(a.Seq, b.Seq))
	})
	division, name := r.Division(), ""
	var former, aliases []string
	var ids []SearchIdentifier
	for _, f := range facts {
		if f.Name != "" && f.Name != name {
			former = append(former, name)
			name = f.Name
		}
		if f.Division != "" {
			division = f.Division
		}
		aliases = append(aliases, f.Aliases...)
		ids = append(ids, f.Identifiers...)
		ids = slices.DeleteFunc(ids, func(i SearchIdentifier) bool { return slices.Contains(f.Dropped, i) })
	}
	add := func(field SearchField, text string) {
		known := slices.ContainsFunc(out, func(e searchEntry) bool {
			return e.Text == text && (e.Field == field || isName(e.Field) && isName(field))
		})
		if text != "" && !known {
			out = append(out, searchEntry{Field: field, Text: text, Division: division})
		}
	}
	add(FieldName, name)
	for _, a := range aliases {
		add(FieldAlias, a)
	}
	for _, f := range former {
		add(FieldFormer, f)
	}
	for _, i := range ids {
		add(i.Field, i.Value)
	}
	return out
}

func isName(f SearchField) bool {
	return f == FieldName || f == FieldAlias || f == FieldFormer
}

// next counts up, from 0.
func next(tx *Tx, what string) uint32 {
	b := tx.Bucket("counts")
	n := GetUint(b, Key(what))
	PutUint(b, Key(what), n+1)
	return uint32(n)
}

func fieldNumber(f SearchField) (uint8, error) {
	i := slices.Index(searchFields, f)
	if i < 0 {
		return 0, fmt.Errorf("search field %q", f)
	}
	return uint8(i), nil
}
