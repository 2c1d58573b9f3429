package proof_test

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"minglu/proof"
)

const origin = "minglu/xinping"

// seeded are bytes of which keys of tests are made, the same each time.
func seeded(n byte) *rand.ChaCha8 { return rand.NewChaCha8([32]byte{n}) }

// key makes a key of a log.
func key(t testing.TB, name string, n byte) (note.Signer, string, note.Verifier) {
	t.Helper()
	skey, vkey, err := note.GenerateKey(seeded(n), name)
	if err != nil {
		t.Fatal(err)
	}
	s, err1 := note.NewSigner(skey)
	v, err2 := proof.NewVerifier(vkey)
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	return s, vkey, v
}

var cosignedAt = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// witness makes a key of a witness that signs at cosignedAt.
func witness(t testing.TB, name string, n byte) (note.Signer, string, note.Verifier) {
	t.Helper()
	skey, vkey, err := proof.GenerateWitnessKey(seeded(n), name)
	if err != nil {
		t.Fatal(err)
	}
	s, err1 := proof.NewCosigner(skey, cosignedAt)
	v, err2 := proof.NewVerifier(vkey)
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	return s, vkey, v
}

// tree is a log in memory, by x/mod.
type tree struct {
	leaves [][]byte
	hashes []tlog.Hash
}

func (t *tree) ReadHashes(indexes []int64) (out []tlog.Hash, err error) {
	for _, i := range indexes {
		out = append(out, t.hashes[i])
	}
	return out, nil
}

func grow(t testing.TB, n int) *tree {
	t.Helper()
	tr := &tree{}
	for i := range n {
		leaf := fmt.Appendf(nil, "leaf %d", i)
		h, err := tlog.StoredHashes(int64(i), leaf, tr)
		if err != nil {
			t.Fatal(err)
		}
		tr.leaves, tr.hashes = append(tr.leaves, leaf), append(tr.hashes, h...)
	}
	return tr
}

// at returns the checkpoint of the first size leaves.
func (t *tree) at(tb testing.TB, size int) proof.Checkpoint {
	tb.Helper()
	root, err := tlog.TreeHash(int64(size), t)
	if err != nil {
		tb.Fatal(err)
	}
	return proof.Checkpoint{Origin: origin, Size: uint64(size), Root: root}
}

// TestLeavesAreAsWrittenDown compares leaves with the golden ones, which were
// read by eye once, and with those of the second checker.
func TestLeavesAreAsWrittenDown(t *testing.T) {
	for _, c := range leafCases {
		t.Run(c.name, func(t *testing.T) {
			stored := map[string][]string{"Nats-Expected-Last-Subject-Sequence": {"4"}, "ce-empty": {""}, "ce-none": nil}
			for k, v := range c.header {
				stored[k] = []string{v, "a second value is not read"}
			}
			r := proof.Record{Stream: c.stream, Header: proof.HeaderOf(stored), Payload: []byte(c.payload)}
			got, err := proof.AppendLeaf(nil, r)
			if err != nil {
				t.Fatal(err)
			}
			if want := specLeaf(c.stream, c.header, c.payload); !bytes.Equal(got, want) {
				t.Errorf("got  %q\nspec %q", got, want)
			}
			h, err := proof.LeafHash(r)
			if want := specHash([][]byte{got}); err != nil || h != want {
				t.Errorf("got hash %x, want %x (%v)", h, want, err)
			}
			golden(t, c.name+".leaf", hex.Dump(got)+fmt.Sprintf("hash %s\n", h))
			r.Payload = proof.AppendBare(nil, r.Payload)
			if bare, err := proof.LeafHash(r); bare != h || err != nil {
				t.Errorf("without the ciphertext: got %s, want %s (%v)", bare, h, err)
			}
		})
	}
}

var leafCases = []struct {
	name, stream string
	header       map[string]string
	payload      string
}{
	{"fact", "530427.institution.01J8ZQ4T9WJ3N6M0X2R5V7B8CD", map[string]string{
		"ce-specversion": "1.0", "ce-id": "0e4b7a3c-52d0-5a1e-9a0b-0f6c2f1d9e11", "ce-type": "institution.licence_granted",
		"ce-source": "urn:minglu", "ce-subject": "530427.institution.01J8ZQ4T9WJ3N6M0X2R5V7B8CD", "ce-time": "2026-11-22T10:00:00.5+08:00",
		"content-type": "application/json", "ce-dataversion": "1", "ce-effective": "2019-03-01",
		"ce-commandid": "7b0c1f5e-0c9c-4b8e-8c55-6a1d1f0a2b3c", "ce-commanddigest": "00ff", "ce-act": "institution.grant-licence",
		"ce-ordinal": "1", "ce-count": "2", "ce-division": "530427", "ce-agency": "530427-education", "ce-officers": "XP-E01,XP-E02",
		"ce-visibility": "public", "ce-policyversion": "3", "ce-calendarversion": "2019-1", "ce-rules": "moratorium@1",
	}, `{"body":{"number":"教民153042770000017号"},"source":{"title":"办学许可证"}}`},
	{"reservation", "uniq.licence.0123456789abcdef0123456789abcdef01234567", map[string]string{
		"ce-id": "9a4b7a3c-52d0-5a1e-9a0b-0f6c2f1d9e22", "ce-type": "register.identifier_reserved", "ce-dataversion": "1", "ce-ordinal": "2", "ce-count": "2",
	}, `{"body":{"owner":"530427.institution.01J8ZQ4T9WJ3N6M0X2R5V7B8CD"}}`},
	{"sealed", "530427.grievance.01J8ZQ4T9WJ3N6M0X2R5V7B8CE", map[string]string{"ce-type": "grievance.received"},
		`{"body":{"complainant":{"person":"p1","commit":"c1","box":"AAECAw=="},"contact":{"person":"p1","commit":"c2","box":"#47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="},"content":{"person":"p1","commit":"c3","box":"BAUG"},"note":"他说 \"box\":\"AAECAw==\" 是密文","names":{"a\"box":"a key that ends so"}}}`},
	{"bare", "s", nil, ``},
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("MINGLU_UPDATE") != "" {
		if err := errors.Join(os.MkdirAll("testdata", 0o755), os.WriteFile(path, []byte(got), 0o644)); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || string(want) != got {
		t.Errorf("got\n%s\nwant\n%s\n(%v)", got, want, err)
	}
}

func TestALeafTellsItsPartsApart(t *testing.T) {
	base := proof.Record{Stream: "a.b.c", Header: []proof.Field{{Name: "ce-act", Value: "x"}, {Name: "ce-id", Value: "y"}}, Payload: []byte(`{"body":{"box":"AA"}}`)}
	seen := map[proof.Hash]string{}
	for name, change := range map[string]func(*proof.Record){
		"nothing":            func(*proof.Record) {},
		"the stream":         func(r *proof.Record) { r.Stream = "a.b.d" },
		"a value":            func(r *proof.Record) { r.Header[0].Value = "z" },
		"a name":             func(r *proof.Record) { r.Header[1].Name = "ce-ie" },
		"a header less":      func(r *proof.Record) { r.Header = r.Header[:1] },
		"a byte of the box":  func(r *proof.Record) { r.Payload = []byte(`{"body":{"box":"AB"}}`) },
		"a byte beside it":   func(r *proof.Record) { r.Payload = []byte(`{"body":{"bux":"AA"}}`) },
		"what stands behind": func(r *proof.Record) { r.Payload = append(r.Payload, ' ') },
		"another border":     func(r *proof.Record) { r.Stream, r.Header[0].Name = "a.b.c\x00", "ce-act" },
	} {
		r := base
		r.Header, r.Payload = slices.Clone(base.Header), slices.Clone(base.Payload)
		change(&r)
		h, err := proof.LeafHash(r)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if other, ok := seen[h]; ok {
			t.Errorf("%s and %s give one leaf", name, other)
		}
		seen[h] = name
	}
	for name, h := range map[string][]proof.Field{
		"descending": {{Name: "ce-id", Value: "y"}, {Name: "ce-act", Value: "x"}},
		"twice":      {{Name: "ce-id", Value: "y"}, {Name: "ce-id", Value: "y"}},
		"empty":      {{Name: "ce-id", Value: ""}},
	} {
		if _, err := proof.LeafHash(proof.Record{Stream: "s", Header: h}); err == nil {
			t.Errorf("a header that is %s was taken", name)
		}
	}
}

func TestOriginIsANameOfARegister(t *testing.T) {
	if got, err := proof.Origin("xinping-530427.gov"); got != "minglu/xinping-530427.gov" || err != nil {
		t.Errorf("got %q %v", got, err)
	}
	for _, bad := range []string{"", "新平", "a b", "a+b", "a/b", "A", "a\n"} {
		if _, err := proof.Origin(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}

// TestKnownKeys opens the example of c2sp.org/signed-note, by its
// key, and finds the ids of keys that others published.
func TestKnownKeys(t *testing.T) {
	v, err := proof.NewVerifier("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
	if err != nil {
		t.Fatal(err)
	}
	const example = "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
	if _, err := note.Open([]byte(example), note.VerifierList(v)); err != nil {
		t.Error(err)
	}
	w, err := proof.NewVerifier("remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2")
	if err != nil || w.Name() != "remora.n621.de" || w.KeyHash() != 0xda77ade7 {
		t.Errorf("got %v %v", w, err)
	}
	for _, bad := range []string{
		"", "a", "a+530d903a", "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
		"example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k", "remora.n621.de+da77ade8+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2",
		"remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw", "remora.n621.de+da77ade7+Bg==",
	} {
		if _, err := proof.NewVerifier(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}

func TestCheckpointsAreReadStrictly(t *testing.T) {
	good := grow(t, 7).at(t, 7)
	good.Extensions = []string{"published 2026-11-22", "— not a signature"}
	got, err := proof.ParseCheckpoint(good.Text())
	if err != nil || got.Text() != good.Text() || len(got.Extensions) != 2 {
		t.Fatalf("got %+v %v", got, err)
	}
	root := good.Root.String()
	stray := root[:42] + string(rune(root[42]+1)) + "=" // the same 32 bytes and a stray bit
	for name, text := range map[string]string{
		"empty": "", "two lines": origin + "\n7\n", "no end": origin + "\n7\n" + root, "no origin": "\n7\n" + root + "\n",
		"leading zero": origin + "\n07\n" + root + "\n", "signed size": origin + "\n+7\n" + root + "\n", "negative": origin + "\n-7\n" + root + "\n",
		"too large": origin + "\n9223372036854775808\n" + root + "\n", "short root": origin + "\n7\n" + root[4:] + "\n", "stray bits": origin + "\n7\n" + stray + "\n",
		"empty extension": origin + "\n7\n" + root + "\n\n", "carriage return": origin + "\r\n7\n" + root + "\n", "control": origin + "\n7\n" + root + "\nx\x01\n",
		"not UTF-8": origin + "\n7\n" + root + "\nx\xff\n", "empty tree with a root": origin + "\n0\n" + root + "\n",
	} {
		if _, err := proof.ParseCheckpoint(text); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if _, err := proof.Sign(proof.Checkpoint{Origin: "a\nb", Size: 1}); err == nil {
		t.Error("an origin of two lines was signed")
	}
}

// signed is a log with two keys and a witness, and who trusts them.
type signed struct {
	tree  *tree
	trust proof.Trust
	keys  []string // for the second checker
	sign  []note.Signer
}

func signedLog(t testing.TB, n int) signed {
	t.Helper()
	log, vlog, tlog := key(t, origin, 1)
	wit, vwit, twit := witness(t, "witness.example/w1", 2)
	return signed{
		grow(t, n), proof.Trust{Origin: origin, Log: []note.Verifier{tlog}, Witnesses: []note.Verifier{twit}, Quorum: 1},
		[]string{vlog, vwit}, []note.Signer{log, wit},
	}
}

func (s signed) note(t testing.TB, size int) []byte {
	t.Helper()
	b, err := proof.Sign(s.tree.at(t, size), s.sign...)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestSignaturesOfLogAndWitness(t *testing.T) {
	s := signedLog(t, 5)
	b := s.note(t, 5)
	got, err := proof.Open(b, s.trust)
	if err != nil || len(got.By) != 2 || !got.By[0].Time.IsZero() || !got.By[1].Time.Equal(cosignedAt) || got.Size != 5 {
		t.Fatalf("got %+v %v", got, err)
	}
	c, err := specOpen(b, s.keys...)
	if err != nil || c.size != 5 || c.signed[origin] != 0 || c.signed["witness.example/w1"] != uint64(cosignedAt.Unix()) {
		t.Errorf("the second checker: got %+v %v", c, err)
	}
	if c, err := proof.ReadCheckpoint(b); err != nil || c.Root != got.Root {
		t.Errorf("got %v %v", c, err)
	}

	// A witness that comes later, and one that nobody knows.
	alone, err := proof.Sign(s.tree.at(t, 5), s.sign[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := proof.Open(alone, s.trust); !errors.Is(err, proof.ErrQuorum) {
		t.Errorf("got %v, want ErrQuorum", err)
	}
	unknown, _, _ := witness(t, "witness.example/w1", 3)
	for _, w := range []note.Signer{unknown, s.sign[1]} {
		line, err1 := proof.Cosign(alone, w)
		more, err2 := proof.Add(alone, line)
		again, err3 := proof.Add(more, line)
		if err := errors.Join(err1, err2, err3); err != nil || !bytes.Equal(more, again) {
			t.Fatalf("twice the same line: %v", err)
		}
		alone = more
	}
	if got, err := proof.Open(alone, s.trust); err != nil || len(got.By) != 2 {
		t.Errorf("got %+v %v", got, err)
	}
	if _, err := proof.Add(alone, []byte("no signature\n")); err == nil {
		t.Error("a line that is no signature was added")
	}

	other := s.trust
	other.Origin = "minglu/eshan"
	if _, err := proof.Open(b, other); !errors.Is(err, proof.ErrOrigin) {
		t.Errorf("got %v, want ErrOrigin", err)
	}
	_, _, stranger := key(t, origin, 9)
	other = proof.Trust{Origin: origin, Log: []note.Verifier{stranger}}
	if _, err := proof.Open(b, other); !errors.Is(err, proof.ErrUnsigned) {
		t.Errorf("got %v, want ErrUnsigned", err)
	}
	// A witness alone does not speak for the log.
	line, err := proof.Sign(s.tree.at(t, 5), s.sign[1])
	if _, err2 := proof.Open(line, s.trust); err != nil || !errors.Is(err2, proof.ErrUnsigned) {
		t.Errorf("got %v %v, want ErrUnsigned", err, err2)
	}
}

// TestTimesOfCosignatures has times that a cosignature cannot have.
func TestTimesOfCosignatures(t *testing.T) {
	skey, vkey, err := proof.GenerateWitnessKey(seeded(2), "witness.example/w1")
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []time.Time{{}, time.Unix(0, 0), time.Unix(-1, 0)} {
		if _, err := proof.NewCosigner(skey, at); err == nil {
			t.Errorf("%v was taken", at)
		}
	}
	v, err := proof.NewVerifier(vkey)
	if err != nil {
		t.Fatal(err)
	}
	public, encoded := skey[:len(skey)-44], skey[len(skey)-44:] // 33 bytes in base64
	seed, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || len(seed) != 33 {
		t.Fatalf("secret %q: %v", skey, err)
	}
	text := []byte(grow(t, 3).at(t, 3).Text())
	for at, want := range map[uint64]bool{1: true, 1<<63 - 1: true, 1 << 63: false} {
		sig := ed25519.Sign(ed25519.NewKeyFromSeed(seed[1:]), fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s", at, text))
		if got := v.Verify(text, append(binary.BigEndian.AppendUint64(nil, at), sig...)); got != want {
			t.Errorf("time %d: got %v, want %v", at, got, want)
		}
	}
	for name, bad := range map[string]string{
		"a log's": public + base64.StdEncoding.EncodeToString(append([]byte{1}, seed[1:]...)), "no secret": vkey, "cut": skey[:len(skey)-4], "another name": strings.Replace(skey, "w1", "w2", 1),
	} {
		if _, err := proof.NewCosigner(bad, cosignedAt); err == nil {
			t.Errorf("%s was taken", name)
		}
	}
	if _, _, err := proof.GenerateWitnessKey(seeded(2), "a b"); err == nil {
		t.Error("a name with a space was taken")
	}
}

// TestInclusionAgreesWithTheSecondChecker proves every leaf of every small tree.
func TestInclusionAgreesWithTheSecondChecker(t *testing.T) {
	const most = 40
	s := signedLog(t, most)
	for size := 1; size <= most; size++ {
		b := s.note(t, size)
		for i := range size {
			path, err := tlog.ProveRecord(int64(size), int64(i), s.tree)
			if err != nil {
				t.Fatal(err)
			}
			p := proof.Inclusion{Index: uint64(i), Path: path, Checkpoint: b}
			if i%2 == 1 {
				p.Extra = []byte("第 1 号")
			}
			file := p.Marshal()
			read, err := proof.ParseInclusion(file)
			if err != nil || !bytes.Equal(read.Marshal(), file) {
				t.Fatalf("leaf %d of %d: read again: %v", i, size, err)
			}
			if _, err := read.Check(tlog.RecordHash(s.tree.leaves[i]), s.trust); err != nil {
				t.Errorf("leaf %d of %d: %v", i, size, err)
			}
			if c, index, err := specLogProof(file, s.tree.leaves[i], s.keys...); err != nil || index != uint64(i) || c.size != uint64(size) {
				t.Errorf("leaf %d of %d, the second checker: %v", i, size, err)
			}
			if want := specPath(i, s.tree.leaves[:size]); !slices.Equal(want, hashes(path)) {
				t.Errorf("leaf %d of %d: the path is not that of the text", i, size)
			}
		}
	}
}

func hashes(in []proof.Hash) (out [][32]byte) {
	for _, h := range in {
		out = append(out, h)
	}
	return out
}

func TestConsistencyAgreesWithTheSecondChecker(t *testing.T) {
	const most = 40
	s := signedLog(t, most)
	for size := 1; size <= most; size++ {
		b := s.note(t, size)
		for old := range size + 1 {
			var path tlog.TreeProof
			if old > 0 {
				var err error
				if path, err = tlog.ProveTree(int64(size), int64(old), s.tree); err != nil {
					t.Fatal(err)
				}
			}
			before := s.tree.at(t, old)
			file := proof.Consistency{Old: uint64(old), Path: path, Checkpoint: b}.Marshal()
			read, err := proof.ParseConsistency(file)
			if err != nil || !bytes.Equal(read.Marshal(), file) {
				t.Fatalf("%d to %d: read again: %v", old, size, err)
			}
			if _, err := read.Check(before, s.trust); err != nil {
				t.Errorf("%d to %d: %v", old, size, err)
			}
			if _, _, err := specWitness(file, before.Root, s.keys...); err != nil {
				t.Errorf("%d to %d, the second checker: %v", old, size, err)
			}
			if old > 0 && old < size {
				if want := specProof(old, s.tree.leaves[:size]); !slices.Equal(want, hashes(path)) {
					t.Errorf("%d to %d: the path is not that of the text", old, size)
				}
				before.Root[0] ^= 1
				if _, err := read.Check(before, s.trust); !errors.Is(err, proof.ErrConsistency) {
					t.Errorf("%d to %d with another root: got %v, want ErrConsistency", old, size, err)
				}
				if _, _, err := specWitness(file, before.Root, s.keys...); err == nil {
					t.Errorf("%d to %d with another root: the second checker took it", old, size)
				}
			}
		}
	}
	longer := s.tree.at(t, 30)
	if _, err := (proof.Consistency{Old: 30, Checkpoint: s.note(t, 20)}).Check(longer, s.trust); !errors.Is(err, proof.ErrShorter) {
		t.Errorf("got %v, want ErrShorter", err)
	}
	if _, err := (proof.Consistency{Old: 10, Checkpoint: s.note(t, 20)}).Check(longer, s.trust); !errors.Is(err, proof.ErrConsistency) {
		t.Errorf("got %v, want ErrConsistency", err)
	}
	other := longer
	other.Origin = "minglu/eshan"
	if err := proof.Extends(longer, other, nil); !errors.Is(err, proof.ErrOrigin) {
		t.Errorf("got %v, want ErrOrigin", err)
	}
}

// TestNoAlteredProofIsTaken flips every bit of files, cuts them everywhere, and
// uses them for what they are not about.
func TestNoAlteredProofIsTaken(t *testing.T) {
	s := signedLog(t, 21)
	path, err := tlog.ProveRecord(21, 13, s.tree)
	if err != nil {
		t.Fatal(err)
	}
	leaf := s.tree.leaves[13]
	p := proof.Inclusion{Index: 13, Path: path, Checkpoint: s.note(t, 21)}
	file := p.Marshal()
	check := func(file []byte, leaf []byte) error {
		read, err := proof.ParseInclusion(file)
		if err != nil {
			return err
		}
		_, err = read.Check(tlog.RecordHash(leaf), s.trust)
		return err
	}
	if err := check(file, leaf); err != nil {
		t.Fatal(err)
	}
	for i := range file {
		for bit := range 8 {
			altered := bytes.Clone(file)
			altered[i] ^= 1 << bit
			if check(altered, leaf) == nil {
				t.Errorf("bit %d of byte %d flipped was taken:\n%s", bit, i, altered)
			}
			if c, _, err := specLogProof(altered, leaf, s.keys...); err == nil && len(c.signed) == 2 {
				t.Errorf("bit %d of byte %d flipped: the second checker took it:\n%s", bit, i, altered)
			}
		}
		if check(file[:i], leaf) == nil {
			t.Errorf("cut at %d was taken", i)
		}
	}
	if check(append(bytes.Clone(file), '\n'), leaf) == nil {
		t.Error("an empty line at the end was taken")
	}
	if err := check(file, s.tree.leaves[12]); !errors.Is(err, proof.ErrInclusion) {
		t.Errorf("another leaf: got %v, want ErrInclusion", err)
	}
	for _, index := range []uint64{0, 12, 14, 20} {
		p.Index = index
		if err := check(p.Marshal(), leaf); !errors.Is(err, proof.ErrInclusion) {
			t.Errorf("as leaf %d: got %v, want ErrInclusion", index, err)
		}
	}
	for _, index := range []uint64{21, 22, 1 << 62} {
		p.Index = index
		if err := check(p.Marshal(), leaf); !errors.Is(err, proof.ErrLater) {
			t.Errorf("as leaf %d: got %v, want ErrLater", index, err)
		}
	}
	p.Index = 13
	for name, path := range map[string][]proof.Hash{
		"one hash less": path[1:], "one at the end less": path[:len(path)-1], "one more": append(slices.Clone(path), path[0]), "none": nil,
		"two swapped": {path[1], path[0], path[2], path[3], path[4]},
	} {
		p.Path = path
		if err := check(p.Marshal(), leaf); !errors.Is(err, proof.ErrInclusion) {
			t.Errorf("%s: got %v, want ErrInclusion", name, err)
		}
	}
	p.Path = make([]proof.Hash, 64)
	if _, err := proof.ParseInclusion(p.Marshal()); err == nil {
		t.Error("a path of 64 hashes was taken")
	}
}

func TestTilePathsBothWays(t *testing.T) {
	for path, tile := range map[string]proof.Tile{
		"tile/0/000":                  {Level: 0, Index: 0, Width: 256},
		"tile/0/067.p/8":              {Level: 0, Index: 67, Width: 8},
		"tile/4/x001/x234/067":        {Level: 4, Index: 1234067, Width: 256},
		"tile/63/x001/x234/067.p/255": {Level: 63, Index: 1234067, Width: 255},
	} {
		if got := tile.Path(); got != path {
			t.Errorf("got %s, want %s", got, path)
		}
		if got, err := proof.ParseTile(path); err != nil || got != tile {
			t.Errorf("%s: got %v %v, want %v", path, got, err, tile)
		}
	}
	for _, bad := range []string{
		"", "tile", "tile/", "/tile/0/000", "tile/0/0", "tile/0/000/", "tile/00/000", "tile/+1/000", "tile/-1/000", "tile/64/000", "tile/data/000", "tile/entries/000",
		"tile/8/0/000", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/x000/000", "tile/0/001/x234", "tile/0/x001/234.p/", "tile/0/1000",
		"tile/0/x999/x999/x999/x999/x999/x999/x999/999", "tile/0/000.p/1/2", "tile/0/..",
	} {
		if got, err := proof.ParseTile(bad); err == nil {
			t.Errorf("%q was read as %v", bad, got)
		}
	}
}

// TestTilesOfALog looks at the example of c2sp.org/tlog-tiles and at the bytes of
// small tiles.
func TestTilesOfALog(t *testing.T) {
	count := map[string]int{}
	for _, tile := range proof.Tiles(0, 70_000) {
		if !tile.In(70_000) {
			t.Errorf("%s is not in the log", tile.Path())
		}
		if full := tile; full.Width == proof.TileWidth && tile.In((tile.Index+1)<<(8*(tile.Level+1))-1) {
			t.Errorf("%s is in a log that ends within it", tile.Path())
		}
		count[fmt.Sprintf("level %d width %d", tile.Level, tile.Width)]++
	}
	want := "map[level 0 width 112:1 level 0 width 256:273 level 1 width 17:1 level 1 width 256:1 level 2 width 1:1]"
	if got := fmt.Sprint(count); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	for _, no := range []proof.Tile{
		{Level: 0, Index: 273, Width: 113}, {Level: 0, Index: 274, Width: 1}, {Level: 2, Index: 0, Width: 2}, {Level: 3, Index: 0, Width: 1}, {Level: 63, Index: 0, Width: 1},
		{Level: 64, Width: 1}, {Level: -1, Width: 1}, {Width: 0}, {Width: 257}, {Index: 1 << 63, Width: 256}, {Index: 1<<56 + 1, Width: 1},
	} {
		if no.In(70_000) {
			t.Errorf("%+v is not in the log", no)
		}
	}
	tr := grow(t, 600)
	for _, tile := range proof.Tiles(0, 600) {
		got, err := tlog.ReadTileData(tile.TLog(), tr)
		if want := specTile(tile.Level, int(tile.Index), tile.Width, tr.leaves); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not that of the text: %v", tile.Path(), err)
		}
	}
}

func FuzzFilesAreReadAsTheyAreWritten(f *testing.F) {
	s := signedLog(f, 9)
	b := s.note(f, 9)
	path, _ := tlog.ProveRecord(9, 4, s.tree)
	f.Add(b)
	f.Add(proof.Inclusion{Index: 4, Path: path, Checkpoint: b, Extra: []byte("x")}.Marshal())
	f.Add(proof.Consistency{Old: 0, Checkpoint: b}.Marshal())
	f.Add([]byte("tile/0/x001/234.p/17"))
	f.Add([]byte(strings.Replace(string(b), "=", "", 1)))
	f.Fuzz(func(t *testing.T, in []byte) {
		if p, err := proof.ParseInclusion(in); err == nil && !bytes.Equal(p.Marshal(), in) {
			t.Errorf("proof of inclusion: %q is written %q", in, p.Marshal())
		}
		if p, err := proof.ParseConsistency(in); err == nil && !bytes.Equal(p.Marshal(), in) {
			t.Errorf("proof of consistency: %q is written %q", in, p.Marshal())
		}
		if c, err := proof.ParseCheckpoint(string(in)); err == nil && c.Text() != string(in) {
			t.Errorf("checkpoint: %q is written %q", in, c.Text())
		}
		if p, err := proof.ParseTile(string(in)); err == nil && p.Path() != string(in) {
			t.Errorf("tile: %q is written %q", in, p.Path())
		}
		if got, err := proof.Open(in, s.trust); err == nil {
			if _, err := specOpen(in, s.keys...); err != nil {
				t.Errorf("%q: opened as %+v, the second checker says %v", in, got, err)
			}
		}
	})
}

func FuzzBare(f *testing.F) {
	for _, c := range leafCases {
		f.Add([]byte(c.payload))
	}
	f.Add([]byte(`"box":"`))
	f.Add([]byte(`"box":""box":"\""box":"#"`))
	f.Fuzz(func(t *testing.T, in []byte) {
		bare := proof.AppendBare(nil, in)
		if again := proof.AppendBare(nil, bare); !bytes.Equal(again, bare) {
			t.Errorf("%q: bare %q, again %q", in, bare, again)
		}
	})
}

func BenchmarkLeafHash(b *testing.B) {
	c := leafCases[0]
	stored := map[string][]string{}
	for k, v := range c.header {
		stored[k] = []string{v}
	}
	r := proof.Record{Stream: c.stream, Header: proof.HeaderOf(stored), Payload: bytes.Repeat([]byte(c.payload), 8)}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := proof.LeafHash(r); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "leaves/s")
}
