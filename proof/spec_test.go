package proof_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// This file checks the files of the register a second time, from the texts of
// the formats alone: RFC 6962 and RFC 9162 section 2.1, c2sp.org/signed-note,
// tlog-checkpoint, tlog-cosignature, tlog-proof, tlog-witness and tlog-tiles, and
// the text about leaves in doc.go. It uses nothing of package proof nor of x/mod.

var (
	specVKey    = regexp.MustCompile(`^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$`)
	specSigLine = regexp.MustCompile(`^— ([^+\s]+) ([A-Za-z0-9+/]+=*)$`)
	specDecimal = regexp.MustCompile(`^(0|[1-9][0-9]*)$`)
	specBox     = regexp.MustCompile(`(^|[^\\])"box":"([^"#][^"]*)"`)
)

// specHash is MTH of RFC 6962, section 2.1, word by word.
func specHash(d [][]byte) [32]byte {
	switch n := len(d); n {
	case 0:
		return sha256.Sum256(nil)
	case 1:
		return sha256.Sum256(append([]byte{0}, d[0]...))
	default:
		k := 1
		for k*2 < n {
			k *= 2
		}
		return specNode(specHash(d[:k]), specHash(d[k:]))
	}
}

func specNode(l, r [32]byte) [32]byte {
	return sha256.Sum256(append(append([]byte{1}, l[:]...), r[:]...))
}

// specPath is PATH(m, D[n]) of RFC 6962, section 2.1.1.
func specPath(m int, d [][]byte) (out [][32]byte) {
	n := len(d)
	if n == 1 {
		return nil
	}
	k := 1
	for k*2 < n {
		k *= 2
	}
	if m < k {
		return append(specPath(m, d[:k]), specHash(d[k:]))
	}
	return append(specPath(m-k, d[k:]), specHash(d[:k]))
}

// specProof is PROOF(m, D[n]) of RFC 6962, section 2.1.2.
func specProof(m int, d [][]byte) [][32]byte { return specSubproof(m, d, true) }

func specSubproof(m int, d [][]byte, whole bool) [][32]byte {
	n := len(d)
	if m == n {
		if whole {
			return nil
		}
		return [][32]byte{specHash(d)}
	}
	k := 1
	for k*2 < n {
		k *= 2
	}
	if m <= k {
		return append(specSubproof(m, d[:k], whole), specHash(d[k:]))
	}
	return append(specSubproof(m-k, d[k:], false), specHash(d[:k]))
}

// specInclusion is RFC 9162, section 2.1.3.2.
func specInclusion(leaf [32]byte, index, size uint64, path [][32]byte, root [32]byte) error {
	if index >= size {
		return errors.New("the leaf is not in the tree")
	}
	fn, sn, r := index, size-1, leaf
	for _, p := range path {
		if sn == 0 {
			return errors.New("the path is too long")
		}
		if fn&1 == 1 || fn == sn {
			r = specNode(p, r)
			for fn&1 == 0 && fn != 0 {
				fn, sn = fn>>1, sn>>1
			}
		} else {
			r = specNode(r, p)
		}
		fn, sn = fn>>1, sn>>1
	}
	if sn != 0 || r != root {
		return errors.New("the path does not lead to the root")
	}
	return nil
}

// specConsistency is RFC 9162, section 2.1.4.2, with the cases before it.
func specConsistency(first, second uint64, path [][32]byte, old, root [32]byte) error {
	switch {
	case first > second:
		return errors.New("the second tree is smaller")
	case first == second:
		if len(path) > 0 || old != root {
			return errors.New("two trees of one size")
		}
		return nil
	case first == 0:
		if len(path) > 0 {
			return errors.New("a proof about nothing")
		}
		return nil
	case len(path) == 0:
		return errors.New("no proof")
	}
	if first&(first-1) == 0 {
		path = append([][32]byte{old}, path...)
	}
	fn, sn := first-1, second-1
	for fn&1 == 1 {
		fn, sn = fn>>1, sn>>1
	}
	fr, sr := path[0], path[0]
	for _, c := range path[1:] {
		if sn == 0 {
			return errors.New("the path is too long")
		}
		if fn&1 == 1 || fn == sn {
			fr, sr = specNode(c, fr), specNode(c, sr)
			for fn&1 == 0 && fn != 0 {
				fn, sn = fn>>1, sn>>1
			}
		} else {
			sr = specNode(sr, c)
		}
		fn, sn = fn>>1, sn>>1
	}
	if fr != old || sr != root || sn != 0 {
		return errors.New("the path does not lead to both roots")
	}
	return nil
}

// specKey is a verifier key of c2sp.org/signed-note.
type specKey struct {
	name string
	id   [4]byte
	typ  byte
	key  ed25519.PublicKey
}

func specParseKey(vkey string) (k specKey, err error) {
	m := specVKey.FindStringSubmatch(vkey)
	if m == nil {
		return k, errors.New("no verifier key")
	}
	raw, err := base64.StdEncoding.Strict().DecodeString(m[3])
	if err != nil || len(raw) != 33 {
		return k, errors.New("no key of Ed25519")
	}
	sum := sha256.Sum256([]byte(m[1] + "\n" + string(raw)))
	if fmt.Sprintf("%x", sum[:4]) != m[2] {
		return k, errors.New("the id is not that of the key")
	}
	return specKey{m[1], [4]byte(sum[:4]), raw[0], raw[1:]}, nil
}

// specCheckpoint is a checkpoint with who signed it.
type specCheckpoint struct {
	origin string
	size   uint64
	root   [32]byte
	more   []string
	signed map[string]uint64 // name → time, 0 for a log
}

func specNumber(s string) (uint64, error) {
	if !specDecimal.MatchString(s) {
		return 0, fmt.Errorf("%q is no number", s)
	}
	return strconv.ParseUint(s, 10, 63)
}

func spec32(s string) (h [32]byte, err error) {
	raw, err := base64.StdEncoding.Strict().DecodeString(s)
	if err != nil || len(raw) != 32 || strings.ContainsAny(s, "\r\n") {
		return h, fmt.Errorf("%q is no hash", s)
	}
	return [32]byte(raw), nil
}

// specOpen reads a signed note whose text is a checkpoint and verifies what keys
// have signed; without the signature of a key named like the origin it fails.
func specOpen(file []byte, keys ...string) (c specCheckpoint, err error) {
	end := bytes.LastIndex(file, []byte("\n\n"))
	if end < 0 || file[len(file)-1] != '\n' {
		return c, errors.New("no note")
	}
	text, sigs := file[:end+1], string(file[end+2:len(file)-1])
	lines := strings.Split(string(text[:end]), "\n")
	if len(lines) < 3 {
		return c, errors.New("a checkpoint has three lines")
	}
	c.origin, c.more, c.signed = lines[0], lines[3:], map[string]uint64{}
	if c.size, err = specNumber(lines[1]); err != nil {
		return c, err
	}
	if c.root, err = spec32(lines[2]); err != nil {
		return c, err
	}
	var known []specKey
	for _, v := range keys {
		k, err := specParseKey(v)
		if err != nil {
			return c, err
		}
		known = append(known, k)
	}
	for _, line := range strings.Split(sigs, "\n") {
		m := specSigLine.FindStringSubmatch(line)
		if m == nil {
			return c, fmt.Errorf("no signature: %q", line)
		}
		raw, err := base64.StdEncoding.Strict().DecodeString(m[2])
		if err != nil || len(raw) < 5 {
			return c, fmt.Errorf("no signature: %q", line)
		}
		for _, k := range known {
			if k.name != m[1] || k.id != [4]byte(raw) {
				continue
			}
			at, ok := k.verify(text, raw[4:])
			if !ok {
				return c, fmt.Errorf("the signature of %s does not hold", k.name)
			}
			c.signed[k.name] = at
		}
	}
	if at, ok := c.signed[c.origin]; !ok || at != 0 {
		return c, errors.New("the log has not signed")
	}
	return c, nil
}

func (k specKey) verify(text, sig []byte) (at uint64, ok bool) {
	switch {
	case k.typ == 1:
		return 0, ed25519.Verify(k.key, text, sig)
	case k.typ == 4 && len(sig) == 72:
		at = binary.BigEndian.Uint64(sig)
		return at, ed25519.Verify(k.key, []byte("cosignature/v1\ntime "+strconv.FormatUint(at, 10)+"\n"+string(text)), sig[8:])
	}
	return 0, false
}

// specLogProof reads a file of c2sp.org/tlog-proof@v1 and checks it for a leaf.
func specLogProof(file, leaf []byte, keys ...string) (c specCheckpoint, index uint64, err error) {
	head, checkpoint, ok := bytes.Cut(file, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if !ok || lines[0] != "c2sp.org/tlog-proof@v1" {
		return c, 0, errors.New("no proof")
	}
	lines = lines[1:]
	if len(lines) > 0 && strings.HasPrefix(lines[0], "extra ") {
		if _, err := base64.StdEncoding.Strict().DecodeString(lines[0][6:]); err != nil {
			return c, 0, err
		}
		lines = lines[1:]
	}
	if len(lines) == 0 || !strings.HasPrefix(lines[0], "index ") {
		return c, 0, errors.New("no index")
	}
	if index, err = specNumber(lines[0][6:]); err != nil {
		return c, 0, err
	}
	var path [][32]byte
	for _, l := range lines[1:] {
		h, err := spec32(l)
		if err != nil {
			return c, 0, err
		}
		path = append(path, h)
	}
	if c, err = specOpen(checkpoint, keys...); err != nil {
		return c, 0, err
	}
	return c, index, specInclusion(specHash([][]byte{leaf}), index, c.size, path, c.root)
}

// specWitness reads a request of c2sp.org/tlog-witness and checks it against the
// root that the witness has seen.
func specWitness(file []byte, root [32]byte, keys ...string) (c specCheckpoint, old uint64, err error) {
	head, checkpoint, ok := bytes.Cut(file, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if !ok || !strings.HasPrefix(lines[0], "old ") {
		return c, 0, errors.New("no request")
	}
	if old, err = specNumber(lines[0][4:]); err != nil {
		return c, 0, err
	}
	var path [][32]byte
	for _, l := range lines[1:] {
		h, err := spec32(l)
		if err != nil {
			return c, 0, err
		}
		path = append(path, h)
	}
	if c, err = specOpen(checkpoint, keys...); err != nil {
		return c, 0, err
	}
	return c, old, specConsistency(old, c.size, path, root, c.root)
}

// specTile is the sequence of hashes that c2sp.org/tlog-tiles gives a tile.
func specTile(level, n, width int, d [][]byte) (out []byte) {
	span := 1
	for range level {
		span *= 256
	}
	for i := range width {
		from := (n*256 + i) * span
		h := specHash(d[from : from+span])
		out = append(out, h[:]...)
	}
	return out
}

// specLeaf is a leaf by the text in doc.go, from a header as it is stored.
func specLeaf(stream string, header map[string]string, payload string) []byte {
	var names []string
	for n := range header {
		covered := strings.HasPrefix(n, "ce-") && n != "ce-specversion" && n != "ce-source" && n != "ce-subject"
		if covered && header[n] != "" {
			names = append(names, n)
		}
	}
	for i := range names { // by bytes
		for j := range i {
			if names[i] < names[j] {
				names[i], names[j] = names[j], names[i]
			}
		}
	}
	text := func(s string) string {
		n := len(s)
		return string([]byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}) + s
	}
	bare := specBox.ReplaceAllStringFunc(payload, func(m string) string {
		at := strings.Index(m, `"box":"`) + len(`"box":"`)
		sum := sha256.Sum256([]byte(m[at : len(m)-1]))
		return m[:at] + "#" + base64.StdEncoding.EncodeToString(sum[:]) + `"`
	})
	out := "\x01" + text(stream) + string([]byte{0, 0, 0, byte(len(names))})
	for _, n := range names {
		out += text(n) + text(header[n])
	}
	return []byte(out + text(bare))
}
