package main

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"minglu/proof"
)

// export exports a register, stopped or not, and returns the file.
func (s *stressed) export() string {
	s.t.Helper()
	out := filepath.Join(s.t.TempDir(), "log.zip")
	if o := minglu(s.t, nil, "export", "--data", s.data, "--out", out, "--lang", "en"); o.code != exitDone || !strings.HasPrefix(o.stdout, "exported ") {
		s.t.Fatalf("got %+v", o)
	}
	return out
}

func (s *stressed) vkey() string {
	s.t.Helper()
	return strings.Split(string(packaged(s.t, s.export())[packageKeys]), "\n")[0]
}

func packaged(t *testing.T, path string) map[string][]byte {
	t.Helper()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close() //nolint:errcheck // only read
	out := map[string][]byte{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if out[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
	}
	return out
}

// rezipped writes a package with other contents.
func rezipped(t *testing.T, files map[string][]byte) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{packageReadme, packageKeys, packageCheckpoint, packageLeaves, packageLog} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(files[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "altered.zip")
	writeFile(t, path, b.Bytes())
	return path
}

// TestAnExportedLogVerifiesOffline exports a stopped register and one that is
// served, and checks the files with the key alone.
func TestAnExportedLogVerifiesOffline(t *testing.T) {
	t.Parallel()
	s := signed(t, 3)
	first := s.export()
	files := packaged(t, first)
	old := filepath.Join(t.TempDir(), "old")
	writeFile(t, old, files[packageCheckpoint])
	key := s.vkey()
	srv := s.inside("--demo")
	s.end(srv)
	s.more(2)
	srv = s.inside()
	second := s.export()
	s.end(srv)
	if o := minglu(t, nil, "verify", first); o.code != exitDone || !strings.HasPrefix(o.stdout, "完整：minglu/minglu") || !strings.Contains(o.stderr, "公钥取自文件本身") {
		t.Errorf("got %+v", o)
	}
	o := minglu(t, nil, "verify", second, "--key", key, "--checkpoint", old, "--lang", "en")
	if o.code != exitDone || !strings.Contains(o.stdout, "continues the checkpoint of ") || o.stderr != "" {
		t.Errorf("got %+v", o)
	}
	if o := minglu(t, nil, "export", "--data", s.data, "--out", second); o.code != exitFailed || !strings.Contains(o.stderr, "文件已存在") {
		t.Errorf("over a file: got %+v", o)
	}
	newer := filepath.Join(t.TempDir(), "newer")
	writeFile(t, newer, packaged(t, second)[packageCheckpoint])
	if o := minglu(t, nil, "verify", first, "--key", key, "--checkpoint", newer); o.code != exitUnverified || !strings.Contains(o.stderr, "日志变短了") {
		t.Errorf("an older package than the checkpoint: got %+v", o)
	}
}

func TestAnAlteredPackageDoesNotVerify(t *testing.T) {
	t.Parallel()
	s, other := signed(t, 6), signed(t, 2)
	files, key := packaged(t, s.export()), s.vkey()
	lines := bytes.SplitAfter(files[packageLog], []byte("\n"))
	lines = lines[:len(lines)-1]
	size := len(lines)
	log := func(change func(lines [][]byte) [][]byte) func(map[string][]byte) {
		return func(f map[string][]byte) { f[packageLog] = bytes.Join(change(slices.Clone(lines)), nil) }
	}
	// recounted gives lines the positions at which they stand.
	recounted := func(lines [][]byte) [][]byte {
		for i, line := range lines {
			l, err := readPackageLine(line)
			if err != nil {
				t.Fatal(err)
			}
			l.Seq = uint64(i + 1)
			lines[i] = appendPackageLine(nil, l)
		}
		return lines
	}
	swap := func(l [][]byte) [][]byte {
		l[2], l[3] = l[3], l[2]
		return l
	}
	alter := func(l [][]byte) [][]byte {
		for i := range l {
			if bytes.Contains(l[i], []byte("桂山街道")) {
				l[i] = bytes.Replace(l[i], []byte("桂山街道"), []byte("古城街道"), 1)
				return l
			}
		}
		t.Fatal("there is nothing to alter")
		return nil
	}
	leaves := func(f map[string][]byte) {
		var out []byte
		for line := range bytes.Lines(f[packageLog]) {
			l, err := readPackageLine(line)
			if err != nil {
				t.Fatal(err)
			}
			h, err := l.leafOf()
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, h[:]...)
		}
		f[packageLeaves] = out
	}
	first := 1 + slices.IndexFunc(lines, func(l []byte) bool { return bytes.Contains(l, []byte("桂山街道")) })
	for name, c := range map[string]struct {
		change func(map[string][]byte)
		want   string
	}{
		"a fact altered":               {log(alter), fmt.Sprintf("position %d: it was altered", first)},
		"a white space put in":         {log(func(l [][]byte) [][]byte { l[1] = bytes.Replace(l[1], []byte(":"), []byte(": "), 1); return l }), "position 2: it cannot be read"},
		"two facts swapped":            {log(swap), "position 3: record 4 stands there"},
		"two facts swapped, recounted": {log(func(l [][]byte) [][]byte { return recounted(swap(l)) }), "position 3: it was altered, or is another one"},
		"reversed":                     {log(func(l [][]byte) [][]byte { slices.Reverse(l); return l }), "position 1: record"},
		"a fact left out":              {log(func(l [][]byte) [][]byte { return slices.Delete(l, 1, 2) }), "position 2: record 3 stands there"},
		"a fact left out, recounted":   {log(func(l [][]byte) [][]byte { return recounted(slices.Delete(l, 1, 2)) }), "position 2: it was altered"},
		"a fact put in":                {log(func(l [][]byte) [][]byte { return append(l, l[0]) }), fmt.Sprintf("something stands behind position %d", size)},
		"cut short":                    {log(func(l [][]byte) [][]byte { return l[:size-2] }), fmt.Sprintf("position %d: the log ends before it", size-1)},
		"a line cut short":             {log(func(l [][]byte) [][]byte { l[size-1] = l[size-1][:20]; return l }), fmt.Sprintf("position %d: the log ends before it", size)},
		"altered with its hash": {func(f map[string][]byte) {
			log(alter)(f)
			leaves(f)
		}, "which one cannot be told"},
		"the hashes alone": {func(f map[string][]byte) {
			f[packageLeaves] = bytes.Clone(f[packageLeaves])
			f[packageLeaves][40] ^= 1
		}, "position 2 differs"},
		"a forged checkpoint": {func(f map[string][]byte) {
			f[packageCheckpoint] = bytes.Replace(f[packageCheckpoint], fmt.Appendf(nil, "\n%d\n", size), fmt.Appendf(nil, "\n%d\n", size-1), 1)
		}, "the checkpoint is not signed by the key of minglu/minglu"},
		"another register's package": {func(f map[string][]byte) {
			for name, b := range packaged(t, other.export()) {
				f[name] = b
			}
		}, "the checkpoint is not signed by the key of minglu/minglu"},
	} {
		t.Run(name, func(t *testing.T) {
			altered := map[string][]byte{}
			for n, b := range files {
				altered[n] = b
			}
			c.change(altered)
			if o := minglu(t, nil, "verify", rezipped(t, altered), "--key", key, "--lang", "en"); o.code != exitUnverified || !strings.Contains(o.stderr, c.want) || o.stdout != "" {
				t.Errorf("got %+v, want %q", o, c.want)
			}
		})
	}
	if o := minglu(t, nil, "verify", rezipped(t, files), "--key", key); o.code != exitDone {
		t.Errorf("as it was: got %+v", o)
	}
	if o := minglu(t, nil, "verify", rezipped(t, files), "--key", other.vkey()); o.code != exitUnverified || !strings.Contains(o.stderr, "不是 minglu/minglu 的密钥所签") {
		t.Errorf("with another register's key: got %+v", o)
	}
	if o := minglu(t, nil, "verify", rezipped(t, files), "--key", "no key"); o.code != exitUsage {
		t.Errorf("with no key: got %+v", o)
	}
}

// TestBytesOfAPackageCannotBeFlipped flips bytes of the contents as they are
// compressed. The same contents may be compressed in two ways: then nothing was
// altered.
func TestBytesOfAPackageCannotBeFlipped(t *testing.T) {
	t.Parallel()
	s := signed(t, 2)
	path := s.export()
	z, err := zip.OpenReader(path)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close() //nolint:errcheck // only read
	good, contents := readFile(t, path), packaged(t, path)
	altered := filepath.Join(t.TempDir(), "altered.zip")
	for _, f := range z.File {
		from, err := f.DataOffset()
		if err != nil {
			t.Fatal(err)
		}
		for i := from; i < from+int64(f.CompressedSize64); i += 7 {
			b := bytes.Clone(good)
			b[i] ^= 1 << (i % 8)
			writeFile(t, altered, b)
			o := minglu(t, nil, "verify", altered)
			if o.code == exitDone && maps.EqualFunc(packaged(t, altered), contents, bytes.Equal) {
				continue
			}
			if o.code != exitUnverified {
				t.Fatalf("byte %d, in %s: got %+v", i, f.Name, o)
			}
		}
	}
	for _, n := range []int{0, 10, len(good) / 2, len(good) - 1} {
		writeFile(t, altered, good[:n])
		if o := minglu(t, nil, "verify", altered); o.code != exitUnverified {
			t.Errorf("cut to %d bytes: got %+v", n, o)
		}
	}
}

// TestCiphertextsAreNotExported also shows that the records verify without them.
func TestCiphertextsAreNotExported(t *testing.T) {
	t.Parallel()
	s := newStressed(t)
	s.end(s.inside("--demo"))
	path := s.export()
	if o := minglu(t, nil, "verify", path); o.code != exitDone {
		t.Errorf("got %+v", o)
	}
	log := packaged(t, path)[packageLog]
	if n, bare := bytes.Count(log, []byte(`"box":"`)), bytes.Count(log, []byte(`"box":"#`)); n != bare {
		t.Errorf("got %d boxes, %d of them left out", n, bare)
	}
}

// BenchmarkVerify tells how many records a second are checked.
func BenchmarkVerify(b *testing.B) {
	line := appendPackageLine(nil, packageLine{1, "530427.institution.0000000000T35DDVP3G3B2ZRCW",
		map[string]string{"ce-id": "00000000-0000-4000-8000-000000000001", "ce-type": "institution.registered", "ce-act": "institution.register", "ce-agency": "530427-education",
			"ce-commandid": "00000000-0000-4000-8000-000000000001", "ce-count": "1", "ce-ordinal": "1", "ce-dataversion": "1", "ce-division": "530427",
			"ce-effective": "2019-03-01", "ce-officers": "XP-E01", "ce-time": "2026-11-22T12:00:00+08:00", "ce-visibility": "public", "ce-source": "urn:minglu",
			"ce-commanddigest": strings.Repeat("a", 64), "ce-specversion": "1.0", "content-type": "application/json", "ce-subject": "530427.institution.0000000000T35DDVP3G3B2ZRCW"},
		[]byte(`{"names":["新平县远航培训学校（示例）"],"kind":"institution","mode":"offline","address":"桂山街道","class":"non_subject","categories":["sports"],"audiences":["compulsory"]}`)})
	var t tree
	for b.Loop() {
		l, err := readPackageLine(line)
		if err != nil {
			b.Fatal(err)
		}
		h, err := l.leafOf()
		if err != nil {
			b.Fatal(err)
		}
		t.add(h)
	}
	if t.root() == proof.EmptyRoot {
		b.Fatal("nothing was added")
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "records/s")
}
