package answer

import (
	"strings"

	"minglu/domain/ident"
	"minglu/domain/institution"
	"minglu/domain/term"
)

// MaskName is how the public reads the name of a natural person.
func MaskName(name string) string { return ident.MaskName(name) }

// MaskAddress is how the public reads the address of a natural person.
func MaskAddress(address string) string { return ident.MaskAddress(address) }

// A mask replaces what the public may not read of one natural person wherever
// it stands in a text. The zero value replaces nothing.
type mask struct{ r *strings.Replacer }

// maskOf returns what hides the person of a state from a reader: nothing where
// it is no natural person or the reader is an officer.
func maskOf(s institution.State, r Reader) mask {
	if s.Kind != term.NaturalPerson || !r.Public() {
		return mask{}
	}
	var pairs []string
	add := func(clear, masked string) {
		if strings.TrimSpace(clear) != "" && clear != masked {
			pairs = append(pairs, clear, masked)
		}
	}
	for _, n := range s.Names {
		add(n.Value, MaskName(n.Value))
	}
	for _, n := range s.OtherNames {
		add(n, MaskName(n))
	}
	for _, a := range s.Addresses {
		add(a.Value, MaskAddress(a.Value))
	}
	for _, c := range s.Codes {
		add(c.Value, "*")
	}
	if len(pairs) == 0 {
		return mask{}
	}
	return mask{strings.NewReplacer(pairs...)}
}

func (m mask) text(s string) string {
	if m.r == nil {
		return s
	}
	return m.r.Replace(s)
}

func (m mask) hides() bool { return m.r != nil }
