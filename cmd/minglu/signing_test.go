package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"minglu/audit"
	"minglu/proof"
)

// signed is a stopped register with some acts and checkpoints of them.
func signed(t *testing.T, acts int) *stressed {
	t.Helper()
	s := newStressed(t)
	s.issueToken()
	s.more(acts)
	return s
}

// more serves the register once more and adds acts.
func (s *stressed) more(acts int) {
	s.t.Helper()
	srv := s.inside()
	w := &writer{rng: rand.New(rand.NewPCG(5, uint64(len(s.acts)))), n: len(s.acts)}
	for range acts {
		a := w.next(0)
		w.acts = append(w.acts, a)
		if !s.send(srv, a) {
			s.t.Fatalf("got no answer; it said:\n%s", srv.stderr)
		}
	}
	s.acts = append(s.acts, w.acts...)
	s.end(srv)
}

// refusedStart serves what does not start.
func refusedStart(t *testing.T, args ...string) outcome {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), startTimeout/3)
	defer cancel()
	var out, errs bytes.Buffer
	p := program{stdin: strings.NewReader(""), stdout: &out, stderr: &errs, now: time.Now, unsynced: true}
	code := p.run(ctx, append([]string{"serve", "--listen", "127.0.0.1:0", "--log-level", "error"}, args...))
	return outcome{code, out.String(), errs.String()}
}

// newest is the newest checkpoint of a stopped register.
func (s *stressed) newest() proof.Checkpoint {
	s.t.Helper()
	o := audit.Options{Name: defaultName, KeyFile: s.config().signingKey(), CheckpointFile: s.config().checkpoints()}
	signer, err := audit.Open(o)
	if err != nil {
		s.t.Fatal(err)
	}
	_, c, ok := signer.Latest()
	if err := signer.Close(); err != nil || !ok {
		s.t.Fatal(err, ok)
	}
	return c
}

func copyDir(t *testing.T, to, from string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}

// replaceLog puts the log of another data directory in the place of this one's.
func (s *stressed) replaceLog(from string) {
	s.t.Helper()
	log := filepath.Join(s.data, "jetstream")
	if err := os.RemoveAll(log); err != nil {
		s.t.Fatal(err)
	}
	copyDir(s.t, log, filepath.Join(from, "jetstream"))
}

func TestTheWholeLogIsSignedAtAStopAndAtAStart(t *testing.T) {
	t.Parallel()
	s := signed(t, 3)
	var head uint64
	s.offline(func(n *node) (err error) {
		head, err = n.store.Head(t.Context())
		return err
	})
	if c := s.newest(); c.Size != head || c.Origin != "minglu/minglu" {
		t.Errorf("got a checkpoint of %d by %s, want one of %d", c.Size, c.Origin, head)
	}
	info, err := os.Stat(filepath.Join(s.data, "signing-key"))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got %v, %v, want a key for the owner alone", info, err)
	}
	srv := s.inside()
	status, body := fetched(t, srv, "/readyz")
	if status != http.StatusOK || !strings.Contains(body, fmt.Sprintf(`"size":%d`, head)) {
		t.Errorf("got %d %s, want the size of the checkpoint", status, body)
	}
	s.end(srv)
}

func TestTheNameStaysWithTheKey(t *testing.T) {
	t.Parallel()
	s := newStressed(t)
	s.issueToken()
	s.end(s.inside("--register-name", "xinping.example"))
	s.end(s.inside())
	b := readFile(t, filepath.Join(s.data, "checkpoints"))
	if n := bytes.Count(b, []byte("minglu/xinping.example\n")); n != 1 {
		t.Errorf("got %d checkpoints of that name, want one:\n%s", n, b)
	}
	if o := refusedStart(t, "--data", s.data, "--register-name", "eshan"); o.code != exitUnverified || !strings.Contains(o.stderr, "属于另一名录") {
		t.Errorf("under another name: got %+v", o)
	}
	if o := refusedStart(t, "--data", s.data, "--register-name", "新平"); o.code != exitUsage || !strings.Contains(o.stderr, "register-name") {
		t.Errorf("under no name: got %+v", o)
	}
}

// TestALogThatIsNotWhatWasSignedStopsTheStart names each kind of tampering.
func TestALogThatIsNotWhatWasSignedStopsTheStart(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		tamper func(t *testing.T, s *stressed, older string, was, is uint64)
		zh, en string // with both sizes, where they have two
		code   int
	}{
		"rolled back to an older copy": {func(t *testing.T, s *stressed, older string, _, _ uint64) { s.replaceLog(older) },
			"日志被截断（truncated），或换成了较旧的副本：现有 %d 条，签过 %d 条的检查点", "it has %d records, a checkpoint of %d is signed", exitUnverified},
		"its views rolled back too": {func(t *testing.T, s *stressed, older string, _, _ uint64) {
			s.replaceLog(older)
			if err := os.RemoveAll(filepath.Join(s.data, "views")); err != nil {
				t.Fatal(err)
			}
			copyDir(t, filepath.Join(s.data, "views"), filepath.Join(older, "views"))
		}, "现有 %d 条，签过 %d 条的检查点", "it has %d records, a checkpoint of %d is signed", exitUnverified},
		"a checkpoint forged": {func(t *testing.T, s *stressed, _ string, _, is uint64) {
			path := filepath.Join(s.data, "checkpoints")
			b := readFile(t, path)
			writeFile(t, path, bytes.Replace(b, fmt.Appendf(nil, "\n%d\n", is), fmt.Appendf(nil, "\n%d\n", is+1), 1))
		}, "是伪造（forged）或损坏的：不是本名录的密钥所签", "is forged or damaged", exitUnverified},
		"another register's key": {func(t *testing.T, s *stressed, _ string, _, _ uint64) {
			other := signed(t, 1)
			writeFile(t, filepath.Join(s.data, "signing-key"), readFile(t, filepath.Join(other.data, "signing-key")))
		}, "检查点文件", "is forged or damaged", exitUnverified},
		"the key gone": {func(t *testing.T, s *stressed, _ string, _, _ uint64) {
			if err := os.Remove(filepath.Join(s.data, "signing-key")); err != nil {
				t.Fatal(err)
			}
		}, "不在了", "is missing", exitFailed},
		"a message file deleted": {func(t *testing.T, s *stressed, _ string, _, _ uint64) {
			for _, path := range messageFiles(t, s.data) {
				if err := os.Remove(path); err != nil {
					t.Fatal(err)
				}
			}
			for _, path := range glob(t, s.data, "jetstream/*/streams/MINGLU/msgs/index.db") {
				if err := os.Remove(path); err != nil {
					t.Fatal(err)
				}
			}
		}, "日志被截断（truncated）", "the log was truncated", exitUnverified},
		"a message file deleted, the index kept": {func(t *testing.T, s *stressed, _ string, _, _ uint64) {
			for _, path := range messageFiles(t, s.data) {
				if err := os.Remove(path); err != nil {
					t.Fatal(err)
				}
			}
		}, "日志被截断（truncated）", "the log was truncated", exitUnverified},
		"bytes of the messages flipped": {func(t *testing.T, s *stressed, _ string, _, _ uint64) {
			path := messageFiles(t, s.data)[0]
			b := readFile(t, path)
			b[len(b)/2] ^= 1
			writeFile(t, path, b)
			for _, path := range glob(t, s.data, "jetstream/*/streams/MINGLU/msgs/index.db") {
				if err := os.Remove(path); err != nil {
					t.Fatal(err)
				}
			}
		}, "日志被截断（truncated）", "the log was truncated", exitUnverified},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := signed(t, 2)
			was := s.newest().Size
			older := filepath.Join(t.TempDir(), "older")
			copyDir(t, older, s.data)
			s.more(2)
			is := s.newest().Size
			c.tamper(t, s, older, was, is)
			before := readFile(t, filepath.Join(s.data, "checkpoints"))
			for lang, want := range map[string]string{"zh": c.zh, "en": c.en} {
				if strings.Contains(want, "%d") {
					want = fmt.Sprintf(want, was, is)
				}
				if o := refusedStart(t, "--data", s.data, "--lang", lang); o.code != c.code || !strings.Contains(o.stderr, want) || o.stdout != "" {
					t.Errorf("got %+v, want exit code %d and %q", o, c.code, want)
				}
			}
			if !bytes.Equal(before, readFile(t, filepath.Join(s.data, "checkpoints"))) {
				t.Error("something was signed")
			}
		})
	}
}

func glob(t *testing.T, data, pattern string) []string {
	t.Helper()
	paths, err := filepath.Glob(filepath.Join(data, pattern))
	if err != nil || len(paths) == 0 {
		t.Fatalf("got %v, %v, want files like %s", paths, err, pattern)
	}
	return paths
}

func messageFiles(t *testing.T, data string) []string {
	t.Helper()
	return glob(t, data, "jetstream/*/streams/MINGLU/msgs/*.blk")
}

// TestAnAlteredLogStopsTheStart restores a log in which a payload was altered,
// whole in every other respect, beside the checkpoints of the true one.
func TestAnAlteredLogStopsTheStart(t *testing.T) {
	t.Parallel()
	s, to := signed(t, 3), newStressed(t)
	is := s.newest().Size
	out := filepath.Join(t.TempDir(), "out")
	s.backup(out)
	alterBackup(t, out, "桂山街道", "古城街道")
	if o := minglu(t, nil, "restore", "--from", out, "--data", to.data); o.code != exitDone {
		t.Fatalf("got %+v", o)
	}
	for _, name := range []string{"signing-key", "checkpoints"} {
		writeFile(t, filepath.Join(to.data, name), readFile(t, filepath.Join(s.data, name)))
	}
	o := refusedStart(t, "--data", to.data)
	if want := fmt.Sprintf("日志被改动（altered）：现有 %d 条，其中前 %[1]d 条不是签过的那些；第一条不同的在第 ", is); o.code != exitUnverified || !strings.Contains(o.stderr, want) {
		t.Errorf("got %+v, want %q", o, want)
	}
}

// TestARestoredRegisterGoesOnSigning puts key and checkpoints beside a restored
// log.
func TestARestoredRegisterGoesOnSigning(t *testing.T) {
	t.Parallel()
	s, to := signed(t, 3), newStressed(t)
	out := filepath.Join(t.TempDir(), "out")
	s.backup(out)
	if o := minglu(t, nil, "restore", "--from", out, "--data", to.data); o.code != exitDone {
		t.Fatalf("got %+v", o)
	}
	for _, name := range []string{"signing-key", "checkpoints"} {
		writeFile(t, filepath.Join(to.data, name), readFile(t, filepath.Join(s.data, name)))
	}
	is := s.newest()
	to.end(to.inside())
	if c := to.newest(); c.Size < is.Size {
		t.Errorf("got %d, want %d or more", c.Size, is.Size)
	}
}

func TestAnAlarmOfTheLoopNamesBothSizes(t *testing.T) {
	t.Parallel()
	bad := &audit.Tampered{Kind: audit.Altered, Signed: proof.Checkpoint{Size: 7}, Size: 9}
	err := auditEnding(newStressed(t).config(), fmt.Errorf("sign: %w", bad))
	if exitCode(err) != exitUnverified || !strings.Contains(err.Error(), "of its 9 records the first 7 are not those") {
		t.Errorf("got %v with exit code %d", err, exitCode(err))
	}
}

// alterBackup replaces text in the log of a backup and gives it the digest that
// it then has; digests of views are left out.
func alterBackup(t *testing.T, dir, from, to string) {
	t.Helper()
	path, manifestPath := filepath.Join(dir, backupLog), filepath.Join(dir, backupManifest)
	var out bytes.Buffer
	for line := range bytes.Lines(readFile(t, path)) {
		var l backupLine
		if err := json.Unmarshal(line, &l); err != nil {
			t.Fatal(err)
		}
		l.Payload = bytes.Replace(l.Payload, []byte(from), []byte(to), 1)
		out.Write(append(mustJSON(l), '\n'))
	}
	var m manifest
	if err := json.Unmarshal(readFile(t, manifestPath), &m); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(out.Bytes())
	m.SHA256, m.Bytes, m.Views = hex.EncodeToString(sum[:]), int64(out.Len()), nil
	writeFile(t, path, out.Bytes())
	writeFile(t, manifestPath, mustJSON(m))
}

// TestReplayFindsWhatTheViewsHide alters a message where the views, which have
// read it, stand in for it.
func TestReplayFindsWhatTheViewsHide(t *testing.T) {
	t.Parallel()
	s := signed(t, 3)
	path := messageFiles(t, s.data)[0]
	b := readFile(t, path)
	b[len(b)/2] ^= 1
	writeFile(t, path, b)
	if o := minglu(t, nil, "replay", "--data", s.data, "--lang", "en"); o.code != exitUnverified || !strings.Contains(o.stderr, "a record of the log is missing") {
		t.Errorf("got %+v", o)
	}
}
