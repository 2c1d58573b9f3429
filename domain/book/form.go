package book

import (
	"encoding/binary"
	"encoding/json"
	"errors"

	"minglu/domain/money"
	"minglu/domain/term"
)

// errForm is what reading a sheet returns that no sheet wrote.
var errForm = errors.New("read a sheet: not in the form that a sheet is written in")

// IsZero reports whether nothing stands on any account.
func (s Sheet) IsZero() bool { return s == Sheet{} }

// MarshalBinary writes the amounts in the order of Accounts, as views store
// states: equal sheets give equal bytes. The form has no version, so it MUST NOT
// be what a fact is stored in.
func (s Sheet) MarshalBinary() ([]byte, error) {
	out := make([]byte, 0, 2*size)
	for _, a := range s.amounts {
		out = binary.AppendVarint(out, int64(a))
	}
	return out, nil
}

// UnmarshalBinary reads what MarshalBinary wrote and nothing else; the sheet is
// then unchanged.
func (s *Sheet) UnmarshalBinary(b []byte) error {
	var read Sheet
	for i := range read.amounts {
		n, width := binary.Varint(b)
		if width <= 0 {
			return errForm
		}
		read.amounts[i], b = money.Fen(n), b[width:]
	}
	if len(b) > 0 {
		return errForm
	}
	*s = read
	return nil
}

// MarshalJSON writes an object with every account in the order of Accounts:
// {"paid":100,"held":100,…}, in fen.
func (s Sheet) MarshalJSON() ([]byte, error) {
	out := []byte{'{'}
	for i, a := range Accounts {
		if i > 0 {
			out = append(out, ',')
		}
		out = append(append(append(out, '"'), a...), '"', ':')
		out = append(out, s.amounts[i].String()...)
	}
	return append(out, '}'), nil
}

// UnmarshalJSON reads an object with accounts as its members; nothing stands on
// those that it leaves out. Members that are no account are refused; the sheet is
// then unchanged.
func (s *Sheet) UnmarshalJSON(b []byte) error {
	var members map[term.LedgerAccount]money.Fen
	if err := json.Unmarshal(b, &members); err != nil {
		return err
	}
	var read Sheet
	for a, amount := range members {
		read.amounts[index(a)] = amount
	}
	*s = read
	return nil
}
