package proof

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// Hash is a node of the tree: SHA-256 as RFC 6962 applies it.
type Hash = tlog.Hash

// leafVersion is the first byte of every leaf. Another one would be another
// form of leaf; leaves that are there keep theirs.
const leafVersion = 1

// Record is a stored record as far as its leaf is concerned.
type Record struct {
	Stream string
	// Header has the attributes that the leaf covers, ascending by name, none of
	// them empty: see HeaderOf.
	Header []Field
	// Payload is the stored message, with its boxes or with their digests.
	Payload []byte
}

// Field is one header.
type Field struct{ Name, Value string }

// notCovered are the headers that say the same of every record, or what the
// stream says.
var notCovered = []string{"ce-specversion", "ce-source", "ce-subject", "content-type"}

// HeaderOf picks from a stored header what a leaf covers. Of a name with several
// values the first counts, which is the only one that the register reads.
func HeaderOf(stored map[string][]string) []Field {
	out := make([]Field, 0, len(stored))
	for name, values := range stored {
		if strings.HasPrefix(name, "ce-") && len(values) > 0 && values[0] != "" && !slices.Contains(notCovered, name) {
			out = append(out, Field{name, values[0]})
		}
	}
	slices.SortFunc(out, func(a, b Field) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// LeafHash returns the hash of the leaf of r.
func LeafHash(r Record) (Hash, error) {
	var space [4096]byte
	b, err := AppendLeaf(space[:1], r) // 0x00 before a leaf, by RFC 6962
	if err != nil {
		return Hash{}, err
	}
	return sha256.Sum256(b), nil
}

// AppendLeaf appends the data of the leaf of r. An error says that the header is
// not in the order that a leaf has.
func AppendLeaf(b []byte, r Record) ([]byte, error) {
	b = append(b, leafVersion)
	b = appendText(b, r.Stream)
	b = binary.BigEndian.AppendUint32(b, uint32(len(r.Header)))
	last := ""
	for _, f := range r.Header {
		if f.Name <= last || f.Value == "" {
			return nil, fmt.Errorf("leaf of %s: header %q is empty or out of order", r.Stream, f.Name)
		}
		last = f.Name
		b = appendText(b, f.Name)
		b = appendText(b, f.Value)
	}
	start := len(b)
	b = append(b, 0, 0, 0, 0)
	b = AppendBare(b, r.Payload)
	binary.BigEndian.PutUint32(b[start:], uint32(len(b)-start-4))
	return b, nil
}

func appendText(b []byte, s string) []byte {
	b = binary.BigEndian.AppendUint32(b, uint32(len(s)))
	return append(b, s...)
}

const (
	boxStart  = `"box":"`
	boxDigest = '#'
)

// AppendBare appends a stored payload with each box replaced by its digest. Of
// a payload that is bare it appends the same bytes.
func AppendBare(b, payload []byte) []byte {
	from := 0
	for {
		i := bytes.Index(payload[from:], []byte(boxStart))
		if i < 0 {
			return append(b, payload...)
		}
		from += i + len(boxStart)
		if q := from - len(boxStart); q > 0 && payload[q-1] == '\\' {
			continue
		}
		end := endOfText(payload, from)
		if end < 0 {
			return append(b, payload...)
		}
		if from < end && payload[from] == boxDigest {
			continue
		}
		b = append(b, payload[:from]...)
		b = append(b, boxDigest)
		sum := sha256.Sum256(payload[from:end])
		b = base64.StdEncoding.AppendEncode(b, sum[:])
		payload, from = payload[end:], 0
	}
}

// endOfText returns where the quote stands that ends a JSON text, or -1.
func endOfText(b []byte, from int) int {
	for i := from; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return -1
}
