package ledger

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"

	"minglu/domain"
	"minglu/register"
)

// Entry is one line of a journal or one row of a ledger.
type Entry struct {
	Line int // in the file, from 1
	// Acts are to be carried out in order, all or none; none where Err is not
	// nil.
	Acts []register.Act
	// Err is why the entry cannot be read into acts: a *domain.Error.
	Err error

	text  []byte // of a line
	cells *row   // of a row
}

// Original returns the entry as it was written, as JSON: the object of a
// journal's line, a text where the line is none, and of a row an object from
// heading to text. Of a line of a statement it is the day, the serial, the amount
// and the balance alone: who paid or was paid may stand in all other columns.
func (e Entry) Original() json.RawMessage {
	switch {
	case e.cells != nil:
		return e.cells.original()
	case json.Valid(e.text):
		return bytes.TrimSpace(e.text)
	}
	return quoted(e.text)
}

// quotedBytes is how much of a line that is no JSON is repeated.
const quotedBytes = 4096

func quoted(text []byte) json.RawMessage {
	if len(text) > quotedBytes {
		text = text[:quotedBytes]
		for len(text) > 0 && !utf8.Valid(text[max(0, len(text)-utf8.UTFMax):]) {
			text = text[:len(text)-1]
		}
		text = append(text[:len(text):len(text)], "…"...)
	}
	b, err := json.Marshal(string(text))
	if err != nil {
		return nil // a string
	}
	return b
}

// FromLedger reports whether the entry is a row of a ledger, whose acts were
// made here.
func (e Entry) FromLedger() bool { return e.cells != nil }

// Explain returns err as it concerns the entry: the members of an act that
// stand in a column are told by its heading.
func (e Entry) Explain(err error) error {
	if e.cells == nil {
		return err
	}
	return e.cells.explain(err)
}

// problem makes the refusal of an entry.
func problem(code domain.Code, field string, zh, en string, args ...any) *domain.Error {
	t := domain.Say(zh, en, args...)
	return domain.Fault(code, t, domain.Field{Pointer: "", Code: field, Message: t})
}
