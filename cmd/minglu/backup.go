package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"minglu/domain"
	"minglu/eventstore"
	"minglu/projections"
)

// The files of a backup.
const (
	backupLog      = "log.ndjson"
	backupManifest = "manifest.json"
)

// backupFormat is raised when the files are written differently.
const backupFormat = 1

// A manifest describes a backup, so that it can be told whether it is whole and
// whether what was restored from it is the same.
type manifest struct {
	Format  int       `json:"format"`
	Made    time.Time `json:"made"`
	Version string    `json:"version"` // of the program
	// Last is the position of the newest record; they are dense from 1.
	Last   uint64 `json:"last"`
	SHA256 string `json:"sha256"` // of the log file
	Bytes  int64  `json:"bytes"`
	// Views are the digests of the views at position Last.
	Views []viewDigest `json:"views"`
}

// viewDigest is a digest with the version of its view: another version has
// other rows.
type viewDigest struct {
	projections.Digest
	Version int `json:"version"`
}

// A stored message as a line of the log file; positions come first.
type backupLine struct {
	Seq     uint64            `json:"seq"`
	Subject string            `json:"subject"`
	Headers eventstore.Header `json:"headers"`
	Payload []byte            `json:"payload"` // base64
}

func backupCommand() command {
	return command{
		name:    "backup",
		summary: domain.Say("备份日志，也可在运行时", "back the log up, also while it is served"),
		about: domain.Say(
			"写出 log.ndjson（每条存储的记录一行）和 manifest.json（摘要）。视图不备份，恢复时重建。\n个人密钥与主密钥不在其中，须另行保管，否则依法隐去的内容会随恢复而重现。",
			"Writes log.ndjson, one stored record a line, and manifest.json with its digests. Views are not\nbacked up: a restore builds them anew. Persons' keys and the key that wraps them are not in it and\nare to be kept apart, or a restore would bring back what was erased by law."),
		prepare: func(f *flags) action {
			cfg := f.settings(storage...)
			var out string
			f.text(&out, "out", "DIR", domain.Say("备份目录，须为空或不存在", "directory of the backup, empty or not there yet"))
			return func(ctx context.Context, c *call) error {
				if out == "" {
					return badUsage("请给出 --out", "--out is needed")
				}
				if err := needEmpty(out); err != nil {
					return err
				}
				return withOperator(ctx, c, cfg, func(o operator) error { return writeBackup(ctx, c, o, out) })
			}
		},
	}
}

// needEmpty makes a directory where it is missing and refuses one that holds
// anything.
func needEmpty(dir string) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	entries, err := os.ReadDir(dir)
	if err == nil && len(entries) > 0 {
		err = failed("目录不是空的：%s", "the directory is not empty: %s", dir)
	}
	return err
}

// writeBackup writes both files of a backup; the manifest comes last, so that
// without one a backup is known to be unfinished.
func writeBackup(ctx context.Context, c *call, o operator, dir string) error {
	f, err := os.OpenFile(filepath.Join(dir, backupLog), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	h := sha256.New()
	m, err := o.backup(ctx, io.MultiWriter(f, h))
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if sum := hex.EncodeToString(h.Sum(nil)); sum != m.SHA256 {
		return unverified("备份在传输中损坏", "the backup was damaged on its way")
	}
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return err
	}
	if err := writeSynced(filepath.Join(dir, backupManifest), append(b, '\n')); err != nil {
		return err
	}
	c.say(c.stdout, domain.Say("已备份到第 %[1]d 号：%[2]s", "backed up to position %[1]d: %[2]s", m.Last, dir))
	return nil
}

func writeSynced(path string, b []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	return errors.Join(err, f.Sync(), f.Close())
}

// backup writes the log up to where the views are level with it, so that their
// digests belong to it.
func (o operatorHere) backup(ctx context.Context, w io.Writer) (m manifest, err error) {
	m = manifest{Format: backupFormat, Made: o.now().UTC(), Version: readVersions().Version}
	if m.Last, m.Views, err = o.digests(ctx); err != nil {
		return m, err
	}
	h := sha256.New()
	count := &counter{w: io.MultiWriter(w, h)}
	out := bufio.NewWriterSize(count, 256<<10)
	if err := o.writeLog(ctx, out, m.Last); err != nil {
		return m, err
	}
	if err := out.Flush(); err != nil {
		return m, err
	}
	m.SHA256, m.Bytes = hex.EncodeToString(h.Sum(nil)), count.n
	return m, nil
}

func (o operatorHere) writeLog(ctx context.Context, w io.Writer, last uint64) error {
	if last == 0 {
		return nil
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for msg, err := range o.node.store.Messages(ctx, 0) {
		if err != nil {
			return fmt.Errorf("read the log: %w", err)
		}
		if err := e.Encode(backupLine{msg.Seq, msg.Stream, msg.Header, msg.Payload}); err != nil {
			return err
		}
		if msg.Seq >= last {
			break
		}
	}
	return nil
}

// digests returns the digests of all views at one position: as they stand
// where nobody writes, else by a fold from zero.
func (o operatorHere) digests(ctx context.Context) (last uint64, out []viewDigest, err error) {
	v := o.node.views
	if err := v.CatchUp(ctx); err != nil {
		return 0, nil, err
	}
	last = v.Seq()
	for _, s := range v.Status() {
		d, err := v.Digest(ctx, s.Name)
		if err != nil {
			return 0, nil, err
		}
		if d.Seq != last {
			return o.folded(ctx, last)
		}
		out = append(out, viewDigest{d, s.Version})
	}
	return last, out, nil
}

func (o operatorHere) folded(ctx context.Context, last uint64) (uint64, []viewDigest, error) {
	list, err := o.replay(ctx, last)
	if err != nil {
		return 0, nil, err
	}
	var out []viewDigest
	for i, s := range o.node.views.Status() {
		if list[i].Error != "" {
			return 0, nil, fmt.Errorf("view %s: %s", s.Name, list[i].Error)
		}
		out = append(out, viewDigest{list[i].Replayed, s.Version})
	}
	return last, out, nil
}

// A counter counts the bytes it passes on.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}
