package audit_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"minglu/audit"
	"minglu/proof"
)

// log is a tree in memory. What tree returns can be replaced, as somebody who
// has the disk can replace a log.
type log struct {
	leaves []string
	hashes []tlog.Hash
	fault  error
}

func newLog(leaves ...string) *log {
	l := &log{}
	for _, leaf := range leaves {
		l.add(leaf)
	}
	return l
}

// numbered returns n leaves.
func numbered(n int) (out []string) {
	for i := range n {
		out = append(out, fmt.Sprint("fact ", i+1))
	}
	return out
}

func (l *log) add(leaf string) {
	h, err := tlog.StoredHashes(int64(len(l.leaves)), []byte(leaf), l)
	if err != nil {
		panic(err)
	}
	l.leaves, l.hashes = append(l.leaves, leaf), append(l.hashes, h...)
}

func (l *log) ReadHashes(indexes []int64) (out []tlog.Hash, err error) {
	for _, i := range indexes {
		out = append(out, l.hashes[i])
	}
	return out, nil
}

func (l *log) TreeSize() (uint64, error) { return uint64(len(l.leaves)), l.fault }

func (l *log) TreeHash(size uint64) (proof.Hash, error) {
	return tlog.TreeHash(int64(size), l)
}

func (l *log) ProveTree(old, new uint64) ([]proof.Hash, error) {
	if old == 0 {
		return nil, nil
	}
	return tlog.ProveTree(int64(new), int64(old), l)
}

func options(dir string) audit.Options {
	return audit.Options{Name: "xinping", KeyFile: filepath.Join(dir, "key"), CheckpointFile: filepath.Join(dir, "checkpoints")}
}

func open(t *testing.T, o audit.Options) *audit.Signer {
	t.Helper()
	s, err := audit.Open(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func sign(t *testing.T, s *audit.Signer, l *log) []byte {
	t.Helper()
	b, err := s.SignTree(t.Context(), l)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// signedTo returns a signer that has signed a log at the sizes given, and both.
func signedTo(t *testing.T, dir string, sizes ...int) (*audit.Signer, *log) {
	t.Helper()
	s, l := open(t, options(dir)), newLog()
	for _, n := range sizes {
		for _, leaf := range numbered(n)[len(l.leaves):] {
			l.add(leaf)
		}
		sign(t, s, l)
	}
	return s, l
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func write(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestTheKeyIsMadeOnceAndKept(t *testing.T) {
	o := options(t.TempDir())
	s := open(t, o)
	info, err := os.Stat(o.KeyFile)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got %v %v, want mode 0600", info.Mode(), err)
	}
	if keys := s.Keys(); len(keys) != 1 || !strings.HasPrefix(keys[0], "minglu/xinping+") || s.Origin() != "minglu/xinping" {
		t.Errorf("got keys %v of %s", keys, s.Origin())
	}
	if _, err := note.NewSigner(strings.TrimSuffix(string(read(t, o.KeyFile)), "\n")); err != nil {
		t.Errorf("the key file: %v", err)
	}
	b := sign(t, s, newLog(numbered(3)...))
	again := open(t, o)
	if !slices.Equal(s.Keys(), again.Keys()) {
		t.Errorf("got %v, want %v", again.Keys(), s.Keys())
	}
	if got, c, ok := again.Latest(); !ok || !bytes.Equal(got, b) || c.Size != 3 {
		t.Errorf("got %q, want %q", got, b)
	}
	// Anybody can verify it with the verifier key alone.
	v, err := proof.NewVerifier(s.Keys()[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := note.Open(b, note.VerifierList(v)); err != nil {
		t.Error(err)
	}
}

func TestKeyFilesThatAreNoneOfThisRegister(t *testing.T) {
	dir := t.TempDir()
	o := options(dir)
	signedTo(t, dir, 2)
	good := read(t, o.KeyFile)
	other := options(t.TempDir())
	other.Name = "eshan"
	open(t, other)
	for name, content := range map[string][]byte{
		"empty": nil, "garbage": []byte("garbage\n"), "cut short": good[:len(good)-1], "another register's": read(t, other.KeyFile),
		"with a line that is no key": append(bytes.Clone(good), "no key\n"...),
	} {
		write(t, o.KeyFile, content)
		if _, err := audit.Open(o); err == nil || !strings.Contains(err.Error(), o.KeyFile) {
			t.Errorf("%s: got %v, want an error about the key file", name, err)
		}
		if !bytes.Equal(read(t, o.KeyFile), content) {
			t.Errorf("%s: the file was replaced", name)
		}
	}
	write(t, o.KeyFile, good)
	if err := os.Chmod(o.KeyFile, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := audit.Open(o); err == nil || !strings.Contains(err.Error(), "chmod 600") {
		t.Errorf("got %v, want that others can read the key", err)
	}
	if err := os.Remove(o.KeyFile); err != nil {
		t.Fatal(err)
	}
	if _, err := audit.Open(o); !errors.Is(err, audit.ErrNoKey) {
		t.Errorf("got %v, want ErrNoKey", err)
	}
	o.Name = "新平"
	if _, err := audit.Open(o); err == nil {
		t.Error("a name that makes no origin was taken")
	}
}

func TestOnlyWhatContinuesIsSigned(t *testing.T) {
	s, l := signedTo(t, t.TempDir(), 0, 1, 2, 7, 8, 20)
	before, _, _ := s.Latest()
	if got := sign(t, s, l); !bytes.Equal(got, before) {
		t.Error("the same tree was signed twice")
	}
	altered := numbered(25)
	altered[3] = "fact 4, altered"
	removed := slices.Delete(numbered(26), 5, 6)
	swapped := numbered(25)
	swapped[10], swapped[11] = swapped[11], swapped[10]
	for name, c := range map[string]struct {
		now  *log
		kind audit.Kind
		text string
	}{
		"shorter":            {newLog(numbered(19)...), audit.Truncated, "it has 19 records, a checkpoint of 20 is signed"},
		"empty":              {newLog(), audit.Truncated, "it has 0 records, a checkpoint of 20 is signed"},
		"altered, longer":    {newLog(altered...), audit.Altered, "of its 25 records the first 20 are not"},
		"altered, same size": {newLog(altered[:20]...), audit.Altered, "of its 20 records the first 20 are not"},
		"one record removed": {newLog(removed...), audit.Altered, "of its 25 records the first 20 are not"},
		"two swapped":        {newLog(swapped...), audit.Altered, "of its 25 records the first 20 are not"},
	} {
		_, err := s.SignTree(t.Context(), c.now)
		bad, ok := errors.AsType[*audit.Tampered](err)
		if !ok || bad.Kind != c.kind || !strings.Contains(err.Error(), c.text) {
			t.Errorf("%s: got %v, want %s: %q", name, err, c.kind, c.text)
		}
	}
	// A proof of another log does not help.
	bigger := newLog(altered...)
	root, _ := bigger.TreeHash(25)
	honest := newLog(numbered(25)...)
	if _, err := s.Sign(t.Context(), 25, root, honest.ProveTree); err == nil {
		t.Error("an altered tree was signed with the proof of another")
	}
	fault := errors.New("no proof at present")
	if _, err := s.Sign(t.Context(), 25, root, func(uint64, uint64) ([]proof.Hash, error) { return nil, fault }); !errors.Is(err, fault) {
		t.Errorf("got %v, want the fault", err)
	}
	if after, _, _ := s.Latest(); !bytes.Equal(after, before) {
		t.Error("something was signed")
	}
	if got := sign(t, s, honest); !strings.HasPrefix(string(got), "minglu/xinping\n25\n") {
		t.Errorf("got %q", got)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.SignTree(ended, honest); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want that it was cancelled", err)
	}
}

func TestAtStartTheLogIsComparedWithWhatWasSigned(t *testing.T) {
	dir := t.TempDir()
	_, l := signedTo(t, dir, 5, 10, 15, 20)
	older := newLog(numbered(12)...)
	alteredAt := func(n, size int) *log {
		leaves := numbered(size)
		leaves[n-1] += ", altered"
		return newLog(leaves...)
	}
	for name, c := range map[string]struct {
		now      *log
		kind     audit.Kind
		from, to uint64
	}{
		"as it was":              {now: l},
		"grown":                  {now: newLog(numbered(33)...)},
		"truncated by one":       {newLog(numbered(19)...), audit.Truncated, 0, 0},
		"rolled back":            {older, audit.Truncated, 0, 0},
		"empty":                  {newLog(), audit.Truncated, 0, 0},
		"first leaf altered":     {alteredAt(1, 20), audit.Altered, 1, 5},
		"a leaf altered":         {alteredAt(11, 20), audit.Altered, 11, 15},
		"the last leaf altered":  {alteredAt(20, 40), audit.Altered, 16, 20},
		"rolled back, gone on":   {newLog(append(numbered(12), slices.Repeat([]string{"another fact"}, 30)...)...), audit.Altered, 11, 15},
		"a leaf that is not yet": {now: alteredAt(21, 40)},
	} {
		s := open(t, options(dir))
		size, _ := c.now.TreeSize()
		head, err := s.CheckHead(size), s.Check(c.now)
		bad, ok := errors.AsType[*audit.Tampered](err)
		switch {
		case c.kind == "" && (err != nil || head != nil):
			t.Errorf("%s: got %v %v", name, head, err)
		case c.kind == "":
		case !ok || bad.Kind != c.kind || bad.From != c.from || bad.To != c.to || bad.Signed.Size != 20:
			t.Errorf("%s: got %v, want %s, %d to %d", name, err, c.kind, c.from, c.to)
		case (head != nil) != (c.kind == audit.Truncated):
			t.Errorf("%s: by the head alone: got %v", name, head)
		}
	}
	s := open(t, options(t.TempDir()))
	if err := errors.Join(s.CheckHead(0), s.Check(newLog()), s.Verify()); err != nil {
		t.Errorf("before the first checkpoint: %v", err)
	}
	if _, _, ok := s.Latest(); ok {
		t.Error("nothing was signed yet")
	}
}

func TestForgedCheckpointsAreFound(t *testing.T) {
	dir := t.TempDir()
	s, _ := signedTo(t, dir, 3, 6, 9)
	o := options(dir)
	good := string(read(t, o.CheckpointFile))
	var entries []string
	for half := range slices.Chunk(strings.SplitAfter(good, "\n\n"), 2) {
		entries = append(entries, strings.Join(half, ""))
	}

	stranger := options(t.TempDir())
	strange, _ := signedTo(t, filepath.Dir(stranger.KeyFile), 3, 6, 9, 12)
	foreign, _, _ := strange.Latest()
	other, err := audit.Open(audit.Options{Name: "eshan", KeyFile: filepath.Join(t.TempDir(), "key"), CheckpointFile: filepath.Join(t.TempDir(), "c")})
	if err != nil {
		t.Fatal(err)
	}
	elsewhere, err := other.SignTree(t.Context(), newLog(numbered(12)...))
	if err := errors.Join(err, other.Close()); err != nil {
		t.Fatal(err)
	}

	for name, c := range map[string]struct {
		content string
		entry   int
		is      error
	}{
		"a size raised":              {strings.Replace(good, "\n9\n", "\n8\n", 1), 3, proof.ErrUnsigned},
		"a root altered in the past": {strings.Replace(good, "\n3\n", "\n3\n4", 1), 1, nil},
		"a line by another key":      {good + string(foreign) + "\n", 4, proof.ErrUnsigned},
		"another register's":         {good + string(elsewhere) + "\n", 4, proof.ErrOrigin},
		"two swapped":                {entries[1] + entries[0] + entries[2], 2, nil},
		"garbage behind":             {good + "garbage\n", 4, proof.ErrMalformed},
		"garbage before":             {"garbage\n\n" + good, 1, nil},
		"an entry without signature": {strings.Replace(good, "— ", "x ", 1), 1, nil},
	} {
		write(t, o.CheckpointFile, []byte(c.content))
		_, err := audit.Open(o)
		bad, ok := errors.AsType[*audit.Forged](err)
		if !ok || bad.Entry != c.entry || c.is != nil && !errors.Is(err, c.is) {
			t.Errorf("%s: got %v, want entry %d: %v", name, err, c.entry, c.is)
		}
		if got := read(t, o.CheckpointFile); string(got) != c.content {
			t.Errorf("%s: the file was changed", name)
		}
	}

	// The file of one register with the key of another.
	write(t, o.CheckpointFile, []byte(good))
	wrong := o
	wrong.KeyFile = stranger.KeyFile
	if _, err := audit.Open(wrong); !errors.Is(err, proof.ErrUnsigned) {
		t.Errorf("got %v, want ErrUnsigned", err)
	}
	if err := s.Verify(); err != nil {
		t.Error(err)
	}
	write(t, o.CheckpointFile, []byte(strings.Replace(good, "\n3\n", "\n2\n", 1)))
	if bad, ok := errors.AsType[*audit.Forged](s.Verify()); !ok || bad.Entry != 1 {
		t.Errorf("got %v, want entry 1", bad)
	}
}

// TestNoByteOfTheCheckpointsCanBeFlipped leaves no flip unnoticed.
func TestNoByteOfTheCheckpointsCanBeFlipped(t *testing.T) {
	dir := t.TempDir()
	signedTo(t, dir, 3, 6)
	o := options(dir)
	good := read(t, o.CheckpointFile)
	for i := range good {
		altered := bytes.Clone(good)
		altered[i] ^= 1 << (i % 7)
		write(t, o.CheckpointFile, altered)
		if s, err := audit.Open(o); err == nil {
			t.Errorf("byte %d flipped: it was opened\n%s", i, altered)
			_ = s.Close()
		}
	}
}

// TestWhatACrashLeftIsCutOff cuts the file everywhere within the newest entry.
func TestWhatACrashLeftIsCutOff(t *testing.T) {
	dir := t.TempDir()
	o := options(dir)
	signedTo(t, dir, 3)
	first := len(read(t, o.CheckpointFile))
	_, l := signedTo(t, dir, 3, 6)
	good := read(t, o.CheckpointFile)
	for n := first; n < len(good); n++ {
		write(t, o.CheckpointFile, good[:n])
		s, err := audit.Open(o)
		if err != nil {
			t.Fatalf("cut at %d: %v\n%s", n, err, good[:n])
		}
		size, torn := uint64(3), n-first
		if n == len(good)-1 {
			size, torn = 6, 0 // only the line behind it is missing
		}
		if _, c, _ := s.Latest(); c.Size != size || s.Torn() != torn {
			t.Errorf("cut at %d: got size %d and %d bytes, want %d and %d", n, c.Size, s.Torn(), size, torn)
		}
		sign(t, s, l)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		if got := read(t, o.CheckpointFile); !bytes.Equal(got, good) {
			t.Fatalf("cut at %d: signed again\n%s\nwant\n%s", n, got, good)
		}
	}
}

func TestTheKeyIsRotated(t *testing.T) {
	dir := t.TempDir()
	o := options(dir)
	s, l := signedTo(t, dir, 4)
	old := s.Keys()[0]
	vkey, err := s.Rotate()
	if err != nil || vkey == old || !slices.Equal(s.Keys(), []string{vkey, old}) {
		t.Fatalf("got %v %v", s.Keys(), err)
	}
	if strings.Count(string(read(t, o.KeyFile)), "PRIVATE") != 1 {
		t.Error("the old secret was kept")
	}
	both, _, _ := s.Latest()
	for _, k := range []string{vkey, old} {
		v, err := proof.NewVerifier(k)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := proof.Open(both, proof.Trust{Origin: s.Origin(), Log: []note.Verifier{v}}); err != nil {
			t.Errorf("by %s: %v", k, err)
		}
	}
	l.add("fact 5")
	newest := sign(t, s, l)
	v, _ := proof.NewVerifier(old)
	if _, err := proof.Open(newest, proof.Trust{Origin: s.Origin(), Log: []note.Verifier{v}}); !errors.Is(err, proof.ErrUnsigned) {
		t.Errorf("got %v, want that the old key signs no more", err)
	}
	again := open(t, o)
	if err := errors.Join(again.Verify(), again.Check(l)); err != nil {
		t.Error(err)
	}
	fresh := open(t, options(t.TempDir()))
	if _, err := fresh.Rotate(); err != nil || len(fresh.Keys()) != 2 {
		t.Errorf("before the first checkpoint: %v %v", fresh.Keys(), err)
	}
}

// TestARotationThatACrashCutShort has the new key, and no checkpoint by it yet.
func TestARotationThatACrashCutShort(t *testing.T) {
	dir := t.TempDir()
	o := options(dir)
	s, l := signedTo(t, dir, 4)
	before := read(t, o.CheckpointFile)
	vkey, err := s.Rotate()
	if err != nil {
		t.Fatal(err)
	}
	write(t, o.CheckpointFile, before)
	again := open(t, o)
	v, err := proof.NewVerifier(vkey)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := proof.Open(sign(t, again, l), proof.Trust{Origin: s.Origin(), Log: []note.Verifier{v}}); err != nil {
		t.Errorf("the same tree is to be signed by the new key: %v", err)
	}
}

func TestWitnessesCosign(t *testing.T) {
	dir := t.TempDir()
	s, l := signedTo(t, dir, 4)
	skey, vkey, err := proof.GenerateWitnessKey(bytes.NewReader(make([]byte, 64)), "witness.example/w1")
	if err != nil {
		t.Fatal(err)
	}
	v, err1 := proof.NewVerifier(vkey)
	w, err2 := proof.NewCosigner(skey, time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC))
	b, _, _ := s.Latest()
	line, err3 := proof.Cosign(b, w)
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if b, err = s.AddCosignatures(line, v); err != nil || bytes.Count(b, []byte("— ")) != 2 {
			t.Fatalf("got %q %v", b, err)
		}
	}
	again := open(t, options(dir))
	if got, _, _ := again.Latest(); !bytes.Equal(got, b) {
		t.Errorf("got %q, want %q", got, b)
	}
	if n := strings.Count(string(read(t, options(dir).CheckpointFile)), "minglu/xinping\n4\n"); n != 2 {
		t.Errorf("got %d entries, want 2", n)
	}
	l.add("fact 5")
	sign(t, s, l)
	if _, err := s.AddCosignatures(line, v); !errors.Is(err, proof.ErrUnsigned) {
		t.Errorf("a cosignature of an older checkpoint: got %v, want ErrUnsigned", err)
	}
	if _, err := open(t, options(t.TempDir())).AddCosignatures(line, v); err == nil {
		t.Error("nothing was there to cosign")
	}
}

func TestAClosedSignerSignsNothing(t *testing.T) {
	s, l := signedTo(t, t.TempDir(), 4)
	if err := errors.Join(s.Close(), s.Close()); err != nil {
		t.Fatal(err)
	}
	l.add("fact 5")
	_, err1 := s.SignTree(t.Context(), l)
	_, err2 := s.Rotate()
	_, err3 := s.AddCosignatures(nil)
	for _, err := range []error{err1, err2, err3} {
		if !errors.Is(err, audit.ErrClosed) {
			t.Errorf("got %v, want ErrClosed", err)
		}
	}
}

// loop runs a signer's loop, in a bubble; tick gives it the time, waits until it
// has dealt with it, and returns how many records are signed.
func loop(t *testing.T, s *audit.Signer, l *log) (tick func(time.Duration) uint64, end func() error) {
	t.Helper()
	ticks, done := make(chan time.Time), make(chan error, 1)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		done <- s.Run(ctx, l, ticks, audit.Interval{Records: 100, Time: time.Minute}, slog.New(slog.DiscardHandler))
	}()
	start := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	tick = func(at time.Duration) uint64 {
		ticks <- start.Add(at)
		synctest.Wait()
		_, c, _ := s.Latest()
		return c.Size
	}
	return tick, func() error {
		cancel()
		return <-done
	}
}

func TestTheLoopSignsByRecordsAndByTime(t *testing.T) { synctest.Test(t, signsByRecordsAndByTime) }

func signsByRecordsAndByTime(t *testing.T) {
	s, l := open(t, options(t.TempDir())), newLog()
	tick, end := loop(t, s, l)
	grow := func(n int) {
		for range n {
			l.add("fact")
		}
	}
	for i, c := range []struct {
		grow int
		at   time.Duration
		want uint64
	}{
		{0, 0, 0}, {3, time.Second, 3}, {1, 2 * time.Second, 3}, {98, 3 * time.Second, 3}, {1, 4 * time.Second, 103},
		{1, 63 * time.Second, 103}, {0, 64 * time.Second, 104}, {0, 3 * time.Minute, 104}, {1, 4 * time.Minute, 105},
	} {
		grow(c.grow)
		if got := tick(c.at); got != c.want {
			t.Errorf("step %d: got %d signed, want %d", i, got, c.want)
		}
	}
	if err := end(); err != nil {
		t.Error(err)
	}
}

func TestTheLoopGoesOnAfterAFaultAndEndsOnTampering(t *testing.T) {
	synctest.Test(t, goesOnAfterAFaultAndEndsOnTampering)
}

func goesOnAfterAFaultAndEndsOnTampering(t *testing.T) {
	s, l := open(t, options(t.TempDir())), newLog(numbered(10)...)
	tick, end := loop(t, s, l)
	l.fault = errors.New("the view is being built")
	if got := tick(0); got != 0 {
		t.Errorf("got %d signed, want none", got)
	}
	l.fault = nil
	if got := tick(time.Second); got != 10 {
		t.Errorf("got %d signed, want 10", got)
	}
	*l = *newLog(numbered(9)...)
	if got := tick(2 * time.Second); got != 10 {
		t.Errorf("got %d signed, want still 10", got)
	}
	if bad, ok := errors.AsType[*audit.Tampered](end()); !ok || bad.Kind != audit.Truncated {
		t.Errorf("got %v, want that the log was truncated", bad)
	}
}
