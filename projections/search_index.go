package projections

import (
	"encoding/binary"
	"errors"

	"minglu/eventstore"
)

// A row of an entry within its block: everything that is needed to decide
// whether and how well it matches, so that a query for what most names hold
// reads blocks one after the other and nothing else.
//
//	size (2) ‖ field (1) ‖ institution (4) ‖ from (8) ‖ ceased (8), 0 not yet ‖
//	length and text of id (1+) ‖ of division (1+) ‖ number of units (1) ‖ units (2 each)
const (
	entriesPerBlock = 64 // a query keeps a bit for each in one word
	offField        = 2
	offDoc          = 3
	offFrom         = 7
	offCeased       = 15
	offTexts        = 23
)

type entryRow []byte

// An entryClass are the buckets of entries of one kind. Names and identifiers
// are apart, so that a query for what most names hold does not meet the others.
type entryClass struct {
	blocks, texts, grams, posts string
	gram                        int // units of a gram
}

var (
	nameClass = &entryClass{blocks: "names", texts: "name-texts", grams: "grams", posts: "posts", gram: 2}
	// The digits of identifiers are too few to tell much in pairs.
	idClass = &entryClass{blocks: "identifiers", texts: "identifier-texts", grams: "identifier-grams", posts: "identifier-posts", gram: 4}
)

func classOf(f SearchField) *entryClass {
	if isName(f) {
		return nameClass
	}
	return idClass
}

func (e entryRow) size() int        { return int(binary.LittleEndian.Uint16(e)) }
func (e entryRow) field() uint8     { return e[offField] }
func (e entryRow) doc() uint32      { return binary.LittleEndian.Uint32(e[offDoc:]) }
func (e entryRow) from() uint64     { return binary.LittleEndian.Uint64(e[offFrom:]) }
func (e entryRow) ceased() uint64   { return binary.LittleEndian.Uint64(e[offCeased:]) }
func (e entryRow) id() []byte       { return e[offTexts+1:][:e[offTexts]] }
func (e entryRow) division() []byte { d := e[offTexts+1+int(e[offTexts]):]; return d[1:][:d[0]] }

// at reports whether the entry was there at a position.
func (e entryRow) at(seq uint64) bool {
	c := e.ceased()
	return e.from() <= seq && (c == 0 || seq < c)
}

// units decodes the folded text into buf.
func (e entryRow) units(buf []uint16) []uint16 {
	rest := e[offTexts+1+int(e[offTexts]):]
	rest = rest[1+int(rest[0]):]
	n := int(rest[0])
	buf = buf[:0]
	for i := range n {
		buf = append(buf, binary.LittleEndian.Uint16(rest[1+2*i:]))
	}
	return buf
}

var errBlock = errors.New("a block of entries cannot be read")

// entryAt returns entry i of a block.
func entryAt(block []byte, i int) (entryRow, error) {
	for len(block) >= offTexts {
		n := entryRow(block).size()
		if n > len(block) || n < offTexts {
			break
		}
		if i == 0 {
			return entryRow(block[:n]), nil
		}
		block, i = block[n:], i-1
	}
	return nil, errBlock
}

func blockKey(n uint32) []byte { return binary.BigEndian.AppendUint32(nil, n) }

// addEntry stores an entry and makes it findable from the position of r on.
func addEntry(tx *Tx, e searchEntry, doc uint32, r eventstore.Record) error {
	f := fold(e.Text)
	field, err := fieldNumber(e.Field)
	if err != nil {
		return err
	}
	id := r.AggregateID()
	row := make([]byte, offTexts, offTexts+3+len(id)+len(e.Division)+2*len(f.units))
	row[offField] = field
	binary.LittleEndian.PutUint32(row[offDoc:], doc)
	binary.LittleEndian.PutUint64(row[offFrom:], r.Meta.Seq)
	row = append(append(row, uint8(len(id))), id...)
	row = append(append(row, uint8(len(e.Division))), e.Division...)
	row = append(row, uint8(len(f.units)))
	for _, u := range f.units {
		row = binary.LittleEndian.AppendUint16(row, u)
	}
	binary.LittleEndian.PutUint16(row, uint16(len(row)))

	class := classOf(e.Field)
	blocks, key := tx.Bucket(class.blocks), blockKey(e.Number/entriesPerBlock)
	old := blocks.Get(key)
	blocks.Put(key, append(old[:len(old):len(old)], row...))
	tx.Sequence(class.texts).Put(blockKey(e.Number), []byte(e.Text))
	if class == idClass {
		indexIdentifier(tx, e.Field, f.units, e.Number)
		return nil
	}
	of := tx.Bucket("of")
	list := of.Get(blockKey(doc))
	of.Put(blockKey(doc), binary.BigEndian.AppendUint32(list[:len(list):len(list)], e.Number))
	indexName(tx, f.units, e.Number)
	return nil
}

// cease ends an entry at a position.
func cease(tx *Tx, e searchEntry, seq uint64) error {
	blocks, key := tx.Bucket(classOf(e.Field).blocks), blockKey(e.Number/entriesPerBlock)
	block := append([]byte(nil), blocks.Get(key)...)
	row, err := entryAt(block, int(e.Number%entriesPerBlock))
	if err != nil {
		return err
	}
	binary.LittleEndian.PutUint64(row[offCeased:], seq)
	blocks.Put(key, block)
	return nil
}

func indexName(tx *Tx, units []uint16, entry uint32) {
	chars := tx.Bucket("chars")
	for _, u := range units {
		key := charKey(0, u)
		if chars.Get(key) != nil {
			continue
		}
		chars.Put(key, nil)
		for _, letter := range initials(u) {
			chars.Put(charKey(letter, u), nil)
		}
	}
	for i := range units {
		second := uint16(0) // the end of the name
		if i+1 < len(units) {
			second = units[i+1]
		}
		post(tx, nameClass, gramKey(units[i], second), entry)
	}
}

func indexIdentifier(tx *Tx, field SearchField, units []uint16, entry uint32) {
	ids := tx.Bucket("ids")
	ids.Put(identifierKey(units, entry), nil)
	if field != FieldLicence {
		return
	}
	if d := firstDigit(units); d > 0 {
		ids.Put(identifierKey(units[d:], entry), nil)
	}
	for i := 0; i+idClass.gram <= len(units); i++ {
		post(tx, idClass, gramKey(units[i:i+idClass.gram]...), entry)
	}
}

func firstDigit(units []uint16) int {
	for i, u := range units {
		if isDigit(u) {
			return i
		}
	}
	return -1
}

func charKey(letter byte, unit uint16) []byte { return []byte{letter, byte(unit >> 8), byte(unit)} }

func gramKey(units ...uint16) []byte {
	key := make([]byte, 0, 2*len(units)+8)
	for _, u := range units {
		key = binary.BigEndian.AppendUint16(key, u)
	}
	return key
}

// identifierKey ends the text by a unit that none has, so that all that begin
// alike stand together.
func identifierKey(units []uint16, entry uint32) []byte {
	return binary.BigEndian.AppendUint32(append(gramKey(units...), 0, 0), entry)
}

// postsPerBlock is how many entries a full block of postings has.
const postsPerBlock = 128

// post adds an entry to those that have a gram, once. The row of the gram holds
// the number of full blocks and the entries since.
func post(tx *Tx, class *entryClass, gram []byte, entry uint32) {
	b := tx.Bucket(class.grams)
	old := b.Get(gram)
	row := append(make([]byte, 0, len(old)+8), old...)
	if len(row) == 0 {
		row = append(row, 0, 0, 0, 0)
	}
	if n := len(row); n > 4 && binary.BigEndian.Uint32(row[n-4:]) == entry {
		return
	}
	row = binary.BigEndian.AppendUint32(row, entry)
	if len(row) == 4+4*postsPerBlock {
		full := binary.BigEndian.Uint32(row)
		key := binary.BigEndian.AppendUint32(append(make([]byte, 0, len(gram)+4), gram...), full)
		tx.Bucket(class.posts).Put(key, row[4:])
		row = binary.BigEndian.AppendUint32(row[:0], full+1)
	}
	b.Put(gram, row)
}

// posted returns how many entries a row of grams stands for.
func posted(row []byte) int {
	if len(row) < 4 {
		return 0
	}
	return int(binary.BigEndian.Uint32(row))*postsPerBlock + len(row)/4 - 1
}
