package api_test

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"minglu/api"
	"minglu/audit"
	"minglu/eventstore"
	"minglu/projections"
	"minglu/proof"
)

// proved is a register behind HTTP with a signer, and what was signed of it.
func proved(t *testing.T) (f *fixture, sign func() proof.Checkpoint) {
	t.Helper()
	dir := t.TempDir()
	s, err := audit.Open(audit.Options{Name: "xinping", KeyFile: filepath.Join(dir, "key"), CheckpointFile: filepath.Join(dir, "checkpoints")})
	if err != nil {
		t.Fatal(err)
	}
	f = newFixture(t, func(o *api.Options) { o.Checkpoints = s })
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return f, func() proof.Checkpoint {
		t.Helper()
		f.reg.Wait()
		if _, err := s.SignTree(t.Context(), f.reg.Views); err != nil {
			t.Fatal(err)
		}
		_, c, _ := s.Latest()
		return c
	}
}

// trust is what a client makes of the keys that are published.
func (f *fixture) trust() (t proof.Trust, keys []string) {
	f.t.Helper()
	a := f.get("/api/v1/signing-keys").is(200)
	t.Origin = a.at("origin").(string)
	for _, k := range a.at("keys").([]any) {
		v, err := proof.NewVerifier(k.(string))
		if err != nil {
			f.t.Fatal(err)
		}
		t.Log, keys = append(t.Log, v), append(keys, k.(string))
	}
	return t, keys
}

// stored returns the records of the log up to a position.
func (f *fixture) stored(size uint64) (out []eventstore.Record) {
	f.t.Helper()
	for r, err := range f.reg.Log.Follow(f.t.Context(), 0) {
		if err != nil {
			f.t.Fatal(err)
		}
		if out = append(out, r); r.Meta.Seq == size {
			break
		}
	}
	return out
}

func TestEveryFactIsProvedByTheServedFiles(t *testing.T) {
	f, sign := proved(t)
	f.story()
	c := sign()
	trust, keys := f.trust()
	for _, r := range f.stored(c.Size) {
		leaf, err := proof.AppendLeaf(nil, projections.Leaf(r))
		if err != nil {
			t.Fatal(err)
		}
		hash, err := proof.LeafHash(projections.Leaf(r))
		if err != nil {
			t.Fatal(err)
		}
		a := f.get("/api/v1/proofs/" + strconv.FormatUint(r.Meta.Seq, 10)).is(200)
		if ct := a.header.Get("Content-Type"); ct != "text/plain; charset=utf-8" {
			t.Errorf("got the type %s", ct)
		}
		p, err := proof.ParseInclusion(a.body)
		if err != nil {
			t.Fatal(err)
		}
		if s, err := p.Check(hash, trust); err != nil || s.Size != c.Size || p.Index != r.Meta.Seq-1 {
			t.Errorf("record %d: got %v, %v", r.Meta.Seq, s, err)
		}
		if err := specProved(a.body, leaf, keys[0]); err != nil {
			t.Errorf("record %d, by the text of the format: %v", r.Meta.Seq, err)
		}
		if err := specProved(a.body, append(leaf, 'x'), keys[0]); err == nil {
			t.Errorf("record %d: another record was proved", r.Meta.Seq)
		}
	}
}

// specProved checks a file of c2sp.org/tlog-proof@v1 by the texts of the formats
// alone: signed-note, tlog-checkpoint, and RFC 9162, section 2.1.3.2.
func specProved(file, leaf []byte, vkey string) error {
	head, signed, _ := bytes.Cut(file, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
		return errors.New("no proof")
	}
	index, err := strconv.ParseUint(lines[1][len("index "):], 10, 63)
	if err != nil {
		return err
	}
	text, sigs, _ := strings.Cut(string(signed), "\n\n")
	checkpoint := strings.Split(text, "\n")
	name, rest, _ := strings.Cut(vkey, "+")
	_, key64, _ := strings.Cut(rest, "+")
	key, err1 := base64.StdEncoding.DecodeString(key64)
	sig, err2 := base64.StdEncoding.DecodeString(strings.TrimSuffix(strings.TrimPrefix(sigs, "— "+name+" "), "\n"))
	size, err3 := strconv.ParseUint(checkpoint[1], 10, 63)
	root, err4 := base64.StdEncoding.DecodeString(checkpoint[2])
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return err
	}
	if checkpoint[0] != name || !ed25519.Verify(key[1:], []byte(text+"\n"), sig[4:]) {
		return errors.New("the log has not signed")
	}
	node := func(b ...[]byte) []byte {
		h := sha256.Sum256(bytes.Join(b, nil))
		return h[:]
	}
	r := node([]byte{0}, leaf)
	fn, sn := index, size-1
	for _, line := range lines[2:] {
		p, err := base64.StdEncoding.DecodeString(line)
		if err != nil || sn == 0 {
			return errors.New("the path is too long, or none")
		}
		if fn&1 == 1 || fn == sn {
			r = node([]byte{1}, p, r)
			for fn&1 == 0 && fn != 0 {
				fn, sn = fn>>1, sn>>1
			}
		} else {
			r = node([]byte{1}, r, p)
		}
		fn, sn = fn>>1, sn>>1
	}
	if sn != 0 || !bytes.Equal(r, root) {
		return errors.New("the path does not lead to the root")
	}
	return nil
}

func TestProofsThatCannotBeGivenSayWhy(t *testing.T) {
	f, sign := proved(t)
	f.get("/checkpoint").refused(404, "not_found")
	f.get("/api/v1/proofs/1").refused(404, "not_found")
	f.story()
	c := sign()
	f.reg.Do(`{"act":"jurisdiction.lift-moratorium","division":"530427","effective":"2023-07-07","body":{"class":"subject","audiences":["compulsory"],"document_no":"新政〔2023〕7号"}}`)
	f.reg.Wait()
	next, head := strconv.FormatUint(c.Size+1, 10), f.reg.Views.Seq()
	if p := f.get("/api/v1/proofs/"+next).refused(409, "conflict"); pointers(p)["/seq"] != "after_checkpoint" || !strings.Contains(p["detail"].(string), "晚于最新的检查点") {
		t.Errorf("after the checkpoint: got %v", p)
	}
	if p := f.get("/api/v1/proofs/"+strconv.FormatUint(head+1, 10)).refused(404, "not_found"); pointers(p)["/seq"] != "beyond_log" {
		t.Errorf("beyond the log: got %v", p)
	}
	for seq, code := range map[string]string{"0": "out_of_range", "one": "integer", "-1": "integer", "99999999999999999999": "integer"} {
		if p := f.get("/api/v1/proofs/"+seq).refused(422, "invalid"); pointers(p)["/seq"] != code {
			t.Errorf("%s: got %v", seq, p)
		}
	}
	for query, want := range map[string]string{"old=x": "/old", "old=9999": "/old", "old=1&new=x": "/new", "old=1&ne=2": "/ne"} {
		if p := f.get("/api/v1/consistency?"+query).refused(422, "invalid"); pointers(p)[want] == "" {
			t.Errorf("%s: got %v", query, p)
		}
	}
	if p := f.get("/api/v1/consistency?old=1&new="+next).refused(404, "not_found"); pointers(p)["/new"] != "not_signed" {
		t.Errorf("a size that was not signed: got %v", p)
	}
	sign()
	f.get("/api/v1/proofs/" + next).is(200)
	f.get("/api/v1/proofs/"+next, "Accept", "text/csv").refused(406, "not_acceptable")
}

func TestOlderStatesAreContainedInNewerOnes(t *testing.T) {
	f, sign := proved(t)
	var signed []proof.Checkpoint
	f.bureau()
	signed = append(signed, sign())
	f.story()
	signed = append(signed, sign())
	f.reg.Do(`{"act":"jurisdiction.lift-moratorium","division":"530427","effective":"2023-07-07","body":{"class":"subject","audiences":["compulsory"],"document_no":"新政〔2023〕7号"}}`)
	signed = append(signed, sign())
	trust, _ := f.trust()
	for i, old := range signed {
		for _, c := range signed[i:] {
			query := "old=" + strconv.FormatUint(old.Size, 10) + "&new=" + strconv.FormatUint(c.Size, 10)
			p, err := proof.ParseConsistency(f.get("/api/v1/consistency?" + query).is(200).body)
			if err != nil {
				t.Fatal(err)
			}
			if s, err := p.Check(old, trust); err != nil || s.Checkpoint.Text() != c.Text() {
				t.Errorf("%s: got %v, %v", query, s, err)
			}
		}
	}
	other := signed[0]
	other.Root[0] ^= 1
	p, err := proof.ParseConsistency(f.get("/api/v1/consistency?old=" + strconv.FormatUint(other.Size, 10)).is(200).body)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Check(other, trust); !errors.Is(err, proof.ErrConsistency) {
		t.Errorf("got %v, want that another log is none of before", err)
	}
}

func TestCheckpointAndTilesAreWhereOthersLookForThem(t *testing.T) {
	f, sign := proved(t)
	f.story()
	c := sign()
	trust, keys := f.trust()
	v, err := note.NewVerifier(keys[0])
	if err != nil {
		t.Fatal(err)
	}
	a := f.get("/checkpoint").is(200)
	if n, err := note.Open(a.body, note.VerifierList(v)); err != nil || n.Text != c.Text() || a.header.Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("got %s, %v", a.body, err)
	}
	if _, err := proof.Open(a.body, trust); err != nil {
		t.Error(err)
	}
	for _, tile := range proof.Tiles(0, c.Size) {
		a := f.get("/" + tile.Path()).is(200)
		if len(a.body) != 32*tile.Width || !strings.Contains(a.header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: got %d bytes, %s", tile.Path(), len(a.body), a.header)
		}
		for i := range tile.Width {
			hash, err := proof.LeafHash(projections.Leaf(f.stored(c.Size)[i]))
			if tile.Level == 0 && (err != nil || !bytes.Equal(a.body[32*i:32*i+32], hash[:])) {
				t.Errorf("hash %d of %s: got another, %v", i, tile.Path(), err)
			}
		}
	}
	for _, path := range []string{"/tile/0/001", "/tile/0/000", "/tile/x", "/tile/0/000.p/999", "/tile/entries/000.p/1", "/tile/"} {
		f.get(path).refused(404, "not_found")
	}
}
