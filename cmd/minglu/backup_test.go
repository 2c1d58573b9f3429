package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// withDemo is a stopped register with the demonstration in it.
func withDemo(t *testing.T) *stressed {
	t.Helper()
	s := newStressed(t)
	s.end(s.inside("--demo"))
	return s
}

func (s *stressed) backup(out string) {
	s.t.Helper()
	if o := minglu(s.t, nil, "backup", "--data", s.data, "--out", out, "--lang", "en"); o.code != exitDone || !strings.HasPrefix(o.stdout, "backed up to position ") {
		s.t.Fatalf("got %+v", o)
	}
}

// TestARestoredRegisterIsTheSame is the drill: backup, restore into an empty
// directory, the same positions, digests and bytes.
func TestARestoredRegisterIsTheSame(t *testing.T) {
	t.Parallel()
	s := withDemo(t)
	first, second := filepath.Join(t.TempDir(), "first"), filepath.Join(t.TempDir(), "second")
	s.backup(first)
	to := newStressed(t)
	o := minglu(t, nil, "restore", "--from", first, "--data", to.data, "--lang", "en")
	if o.code != exitDone || !strings.Contains(o.stdout, "every view has the same digest") {
		t.Fatalf("got %+v", o)
	}
	to.backup(second)
	if !bytes.Equal(readFile(t, filepath.Join(first, backupLog)), readFile(t, filepath.Join(second, backupLog))) {
		t.Error("got another log after the restore")
	}
	to.sameFromZero()
	if o := minglu(t, nil, "restore", "--from", first, "--data", to.data, "--lang", "en"); o.code != exitFailed || !strings.Contains(o.stderr, "not empty") {
		t.Errorf("a second time: got %+v, want that the directory is not empty", o)
	}
	if o := minglu(t, nil, "backup", "--out", second, "--data", s.data, "--lang", "en"); o.code != exitFailed || !strings.Contains(o.stderr, "not empty") {
		t.Errorf("into the same place: got %+v, want that the directory is not empty", o)
	}
}

func TestABackupOfAnEmptyLogIsRestored(t *testing.T) {
	t.Parallel()
	s, to := newStressed(t), newStressed(t)
	out := filepath.Join(t.TempDir(), "out")
	s.backup(out)
	if o := minglu(t, nil, "restore", "--from", out, "--data", to.data); o.code != exitDone {
		t.Errorf("got %+v", o)
	}
}

func TestADamagedBackupIsNotRestored(t *testing.T) {
	t.Parallel()
	s := withDemo(t)
	whole := filepath.Join(t.TempDir(), "whole")
	s.backup(whole)
	for name, c := range map[string]struct {
		damage func(log, manifest []byte) (l, m []byte)
		code   int
	}{
		"a byte changed": {func(l, m []byte) ([]byte, []byte) {
			l[len(l)/2] ^= 1
			return l, m
		}, exitUnverified},
		"cut short":            {func(l, m []byte) ([]byte, []byte) { return l[:len(l)-100], m }, exitUnverified},
		"without its manifest": {func(l, _ []byte) ([]byte, []byte) { return l, nil }, exitFailed},
		"of another format": {func(l, m []byte) ([]byte, []byte) {
			return l, bytes.Replace(m, []byte(`"format": 1`), []byte(`"format": 9`), 1)
		}, exitFailed},
		"with the digest of another view": {func(l, m []byte) ([]byte, []byte) {
			at := bytes.Index(m, []byte(`"hash": "`)) + len(`"hash": "`)
			m[at] ^= 1
			return l, m
		}, exitUnverified},
		"that says it is longer": {func(l, m []byte) ([]byte, []byte) {
			return l, bytes.Replace(m, []byte(`"last": `), []byte(`"last": 1`), 1)
		}, exitUnverified},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			from, to := t.TempDir(), newStressed(t)
			l, m := c.damage(readFile(t, filepath.Join(whole, backupLog)), readFile(t, filepath.Join(whole, backupManifest)))
			writeFile(t, filepath.Join(from, backupLog), l)
			if m != nil {
				writeFile(t, filepath.Join(from, backupManifest), m)
			}
			if o := minglu(t, nil, "restore", "--from", from, "--data", to.data); o.code != c.code || o.stdout != "" {
				t.Errorf("got %+v, want exit code %d", o, c.code)
			}
		})
	}
}

// TestOperatorsWorkOnARunningRegister replays, rebuilds and backs up through
// the process that serves the data directory, also where its path is too long
// for the address of a socket.
func TestOperatorsWorkOnARunningRegister(t *testing.T) {
	t.Parallel()
	s := newStressed(t)
	s.data = filepath.Join(t.TempDir(), strings.Repeat("a-long-name/", 12))
	srv := s.inside("--demo")
	s.sameFromZero()
	out := filepath.Join(t.TempDir(), "out")
	s.backup(out)
	if o := minglu(t, nil, "rebuild", "streams", "--data", s.data); o.code != exitDone || !strings.HasPrefix(o.stdout, "streams") || strings.Count(o.stdout, "\n") != 1 {
		t.Errorf("got %+v", o)
	}
	if info, err := os.Stat(filepath.Join(s.data, controlName)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got %v, %v, want a socket for the owner alone", info, err)
	}
	s.end(srv)
	if _, err := os.Stat(filepath.Join(s.data, controlName)); !os.IsNotExist(err) {
		t.Errorf("got %v, want that the socket is gone", err)
	}
	to := newStressed(t)
	if o := minglu(t, nil, "restore", "--from", out, "--data", to.data); o.code != exitDone {
		t.Errorf("got %+v", o)
	}
}
