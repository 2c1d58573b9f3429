package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"

	"minglu/domain"
	"minglu/eventstore"
	"minglu/proof"
)

// The files of a package, in the order in which they stand there.
const (
	packageReadme     = "README.txt"
	packageKeys       = "keys.txt"       // verifier keys, a line each, the present one first
	packageCheckpoint = "checkpoint.txt" // the signed note
	packageLeaves     = "leaves.bin"     // the hash of each record's leaf, 32 bytes, in their order
	packageLog        = "log.ndjson"     // the records, a line each
)

func exportCommand() command {
	return command{
		name:    "export",
		summary: domain.Say("导出可以离线核验的整份日志，也可在运行时", "export the whole log as a package that can be checked, also while it is served"),
		about: domain.Say(
			"写出一个 zip 文件：README.txt、签名公钥、签过的检查点、每条记录的散列和全部记录。\n个人信息的密文不在其中，只有其摘要。用 minglu verify 核验，不需要名录本身。",
			"Writes a zip file: README.txt, the public keys, the signed checkpoint, the hash of each record, and\nthe records. Ciphertexts of personal data are left out, their digests are there. Check it with minglu\nverify, which needs nothing of the register."),
		prepare: func(f *flags) action {
			cfg := f.settings(slices.Concat(storage, signing[:3])...)
			var out string
			f.text(&out, "out", "FILE", domain.Say("要写的文件，不得已存在", "the file to write, which must not be there"))
			return func(ctx context.Context, c *call) error {
				if out == "" {
					return badUsage("请给出 --out", "--out is needed")
				}
				remote, err := dialControl(ctx, cfg.Data)
				if err == nil {
					return writePackage(ctx, c, remote, out)
				}
				if !errors.Is(err, errNotServed) {
					return err
				}
				return exportStopped(ctx, c, cfg, out)
			}
		},
	}
}

// exportStopped exports a register that nobody serves, once it is found to be
// what was signed.
func exportStopped(ctx context.Context, c *call, cfg *Config, out string) (err error) {
	n, err := openNode(ctx, c, cfg, openSigner)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, n.close()) }()
	if err := n.views.CatchUp(ctx); err != nil {
		return err
	}
	if err := n.checkTree(ctx, cfg); err != nil {
		return err
	}
	if err := n.signNewest(ctx, cfg); err != nil {
		return err
	}
	return writePackage(ctx, c, operatorHere{n, cfg.Data, c.now}, out)
}

// writePackage leaves no file behind where it fails.
func writePackage(ctx context.Context, c *call, o operator, path string) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, os.ErrExist) {
		return failed("文件已存在：%s", "the file is there already: %s", path)
	}
	if err != nil {
		return err
	}
	size, err := o.export(ctx, f)
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	c.say(c.stdout, domain.Say("已导出 %[1]d 条：%[2]s", "exported %[1]d records: %[2]s", size, path))
	return nil
}

func (o operatorHere) export(ctx context.Context, w io.Writer) (uint64, error) {
	if o.node.signer == nil {
		return 0, failed("这里不签检查点", "no checkpoints are signed here")
	}
	signed, c, ok := o.node.signer.Latest()
	if !ok {
		return 0, failed("日志是空的，没有检查点", "the log is empty, there is no checkpoint")
	}
	z := zip.NewWriter(w)
	keys := strings.Join(o.node.signer.Keys(), "\n") + "\n"
	for _, f := range []struct{ name, text string }{
		{packageReadme, readme(c)}, {packageKeys, keys}, {packageCheckpoint, string(signed)},
	} {
		if err := addFile(z, f.name, func(w *bufio.Writer) error { _, err := w.WriteString(f.text); return err }); err != nil {
			return 0, err
		}
	}
	if err := addFile(z, packageLeaves, func(w *bufio.Writer) error { return o.exportLeaves(w, c.Size) }); err != nil {
		return 0, err
	}
	if err := addFile(z, packageLog, func(w *bufio.Writer) error { return o.exportLog(ctx, w, c.Size) }); err != nil {
		return 0, err
	}
	return c.Size, z.Close()
}

func addFile(z *zip.Writer, name string, write func(*bufio.Writer) error) error {
	f, err := z.Create(name)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 256<<10)
	if err := write(w); err != nil {
		return fmt.Errorf("export %s: %w", name, err)
	}
	return w.Flush()
}

func (o operatorHere) exportLeaves(w io.Writer, size uint64) error {
	for i := uint64(0); i*proof.TileWidth < size; i++ {
		data, err := o.node.views.Tile(proof.Tile{Index: i, Width: int(min(proof.TileWidth, size-i*proof.TileWidth))})
		if err != nil {
			return err
		}
		if _, err := w.Write(data); err != nil {
			return err
		}
	}
	return nil
}

func (o operatorHere) exportLog(ctx context.Context, w io.Writer, size uint64) error {
	var line []byte
	for m, err := range o.node.store.Messages(ctx, 0) {
		if err != nil {
			return err
		}
		line = appendPackageLine(line[:0], packageLine{m.Seq, m.Stream, headersOf(m), proof.AppendBare(nil, m.Payload)})
		if _, err := w.Write(line); err != nil {
			return err
		}
		if m.Seq >= size {
			break
		}
	}
	return nil
}

// headersOf are the headers of a record, without those of the store.
func headersOf(m eventstore.Message) map[string]string {
	out := make(map[string]string, len(m.Header))
	for name, values := range m.Header {
		if len(values) > 0 && values[0] != "" {
			out[name] = values[0]
		}
	}
	return out
}

// A packageLine is a record in a package. Its payload is that which is stored,
// byte for byte, with boxes replaced by their digests.
type packageLine struct {
	Seq     uint64            `json:"seq"`
	Stream  string            `json:"stream"`
	Headers map[string]string `json:"headers"`
	Payload json.RawMessage   `json:"payload"`
}

// appendPackageLine writes the one form that a record has in a package.
func appendPackageLine(b []byte, l packageLine) []byte {
	b = strconv.AppendUint(append(b, `{"seq":`...), l.Seq, 10)
	b = appendJSONText(append(b, `,"stream":`...), l.Stream)
	b = append(b, `,"headers":{`...)
	for i, name := range slices.Sorted(maps.Keys(l.Headers)) {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(appendJSONText(b, name), ':')
		b = appendJSONText(b, l.Headers[name])
	}
	b = append(append(b, `},"payload":`...), l.Payload...)
	return append(b, '}', '\n')
}

func appendJSONText(b []byte, s string) []byte {
	if isPlain(s) {
		return append(append(append(b, '"'), s...), '"')
	}
	return append(b, mustJSON(s)...)
}

// isPlain reports whether a text stands in JSON as it is.
func isPlain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' {
			return false
		}
	}
	return true
}

// errPackageLine says that a line is not in the form of a package.
var errPackageLine = errors.New("the line is not in the form of a package")

// readPackageLine reads what appendPackageLine writes, and nothing else. The
// payload is a part of line. A million lines are to be read in seconds, so it
// does not go through encoding/json.
func readPackageLine(line []byte) (l packageLine, err error) {
	s := lineScanner{rest: line}
	s.skip(`{"seq":`)
	l.Seq = s.number()
	s.skip(`,"stream":`)
	l.Stream = s.text()
	s.skip(`,"headers":{`)
	l.Headers = make(map[string]string, 24)
	for last := ""; !s.bad && !bytes.HasPrefix(s.rest, []byte("}")); {
		if last != "" {
			s.skip(",")
		}
		name := s.text()
		s.skip(":")
		if name <= last {
			s.bad = true
		}
		l.Headers[name], last = s.text(), name
	}
	s.skip(`},"payload":`)
	payload, whole := bytes.CutSuffix(s.rest, []byte("}\n"))
	if s.bad || !whole || len(payload) == 0 {
		return packageLine{}, errPackageLine
	}
	l.Payload = payload
	return l, nil
}

// A lineScanner takes a line apart. Once it is bad it stays so.
type lineScanner struct {
	rest []byte
	bad  bool
}

func (s *lineScanner) skip(text string) {
	if !bytes.HasPrefix(s.rest, []byte(text)) {
		s.bad = true
		return
	}
	s.rest = s.rest[len(text):]
}

func (s *lineScanner) number() uint64 {
	end := bytes.IndexByte(s.rest, ',')
	if end < 0 {
		s.bad = true
		return 0
	}
	n, err := strconv.ParseUint(string(s.rest[:end]), 10, 64)
	if err != nil || strconv.FormatUint(n, 10) != string(s.rest[:end]) {
		s.bad = true
	}
	s.rest = s.rest[end:]
	return n
}

// text reads a JSON text as appendJSONText writes it.
func (s *lineScanner) text() (text string) {
	s.skip(`"`)
	end := 0
	for end < len(s.rest) && s.rest[end] != '"' {
		if s.rest[end] == '\\' {
			end++
		}
		end++
	}
	if s.bad || end >= len(s.rest) {
		s.bad = true
		return ""
	}
	raw := s.rest[:end]
	s.rest = s.rest[end+1:]
	if isPlain(string(raw)) {
		return string(raw)
	}
	quoted := append(append([]byte{'"'}, raw...), '"')
	if json.Unmarshal(quoted, &text) != nil || !bytes.Equal(mustJSON(text), quoted) {
		s.bad = true
	}
	return text
}

// leafOf is the leaf of a record in a package.
func (l packageLine) leafOf() (proof.Hash, error) {
	header := make(map[string][]string, len(l.Headers))
	for name, value := range l.Headers {
		header[name] = []string{value}
	}
	return proof.LeafHash(proof.Record{Stream: l.Stream, Header: proof.HeaderOf(header), Payload: l.Payload})
}

// readme tells a person what the package is and how it is checked.
func readme(c proof.Checkpoint) string {
	return fmt.Sprintf(`%[1]s

这个文件是一份名录的全部记录（%[2]d 条）及其证明。
This file holds all records of a register (%[2]d), with what proves them.

  checkpoint.txt  签过的检查点 / the signed checkpoint (c2sp.org/tlog-checkpoint)
  keys.txt        签名公钥 / verifier keys of it (c2sp.org/signed-note)
  leaves.bin      各条记录的叶散列 / leaf hashes, 32 bytes each, RFC 6962, SHA-256
  log.ndjson      全部记录，一行一条 / the records, one a line

核验 / to check it, on any machine, without the register:

  minglu verify FILE --key KEY [--checkpoint OLD]

KEY 是从别处（不是从这个文件）得到的公钥；OLD 是你以前保存的检查点。
KEY is the verifier key, which you got in another way than this file; OLD a checkpoint that you kept.

个人信息的密文已换成其 SHA-256 摘要（"box":"#…"），不影响核验。
Ciphertexts of personal data are replaced by their SHA-256 ("box":"#…"); it verifies all the same.
`, c.Origin, c.Size)
}
