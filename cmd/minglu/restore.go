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

	"minglu/domain"
	"minglu/eventstore"
)

func restoreCommand() command {
	return command{
		name:    "restore",
		summary: domain.Say("从备份恢复到空的数据目录", "restore a backup into an empty data directory"),
		about: domain.Say(
			"先核对备份的摘要，再逐条写入，最后核对序号和各视图的摘要。不符以 4 退出。\n个人密钥不在备份中：恢复的名录有新的主密钥，已密封的内容须另行恢复密钥才能读取。",
			"Checks the digest of the backup, writes every record, and then checks positions and the digest of\neach view. Exits with 4 where something does not verify. Persons' keys are not in a backup: the\nrestored register has a new key to wrap them, and what is sealed stays sealed until they are back."),
		prepare: func(f *flags) action {
			cfg := f.settings(storage...)
			var from string
			f.text(&from, "from", "DIR", domain.Say("备份目录", "directory of the backup"))
			return func(ctx context.Context, c *call) error {
				if from == "" {
					return badUsage("请给出 --from", "--from is needed")
				}
				m, err := checkBackup(from)
				if err != nil {
					return err
				}
				if err := needEmpty(cfg.Data); err != nil {
					return err
				}
				return withNode(ctx, c, cfg, func(n *node) error { return restore(ctx, c, n, from, m) })
			}
		},
	}
}

// checkBackup reads the manifest and compares the log file with it.
func checkBackup(dir string) (m manifest, err error) {
	b, err := os.ReadFile(filepath.Join(dir, backupManifest))
	if errors.Is(err, os.ErrNotExist) {
		return m, failed("%s 不是完整的备份：没有 %s", "%s is no finished backup: there is no %s", dir, backupManifest)
	}
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(b, &m); err != nil {
		return m, unverified("不能读取 %s：%v", "cannot read %s: %v", backupManifest, err)
	}
	if m.Format != backupFormat {
		return m, failed("备份的格式是 %d，这个程序读取格式 %d", "the backup has format %d, this program reads format %d", m.Format, backupFormat)
	}
	f, err := os.Open(filepath.Join(dir, backupLog))
	if err != nil {
		return m, err
	}
	h := sha256.New()
	n, err := io.Copy(h, f)
	if err := errors.Join(err, f.Close()); err != nil {
		return m, err
	}
	if n != m.Bytes || hex.EncodeToString(h.Sum(nil)) != m.SHA256 {
		return m, unverified("%s 与 %s 中的摘要不符", "%s does not agree with the digest in %s", backupLog, backupManifest)
	}
	return m, nil
}

// restoreRecords is how many records are appended at once.
const restoreRecords = 500

func restore(ctx context.Context, c *call, n *node, dir string, m manifest) error {
	head, err := n.store.Head(ctx)
	switch {
	case err != nil:
		return err
	case head != 0:
		return failed("日志不是空的", "the log is not empty")
	}
	if err := restoreLog(ctx, n, filepath.Join(dir, backupLog)); err != nil {
		return err
	}
	if head, err = n.store.Head(ctx); err != nil {
		return err
	}
	if head != m.Last {
		return unverified("恢复到第 %d 号，备份有 %d 条", "restored to position %d, the backup has %d", head, m.Last)
	}
	if err := n.views.CatchUp(ctx); err != nil {
		return err
	}
	if err := sameViews(ctx, n, m); err != nil {
		return err
	}
	c.say(c.stdout, domain.Say("已恢复到第 %d 号，各视图摘要相符", "restored to position %d; every view has the same digest", head))
	return nil
}

func restoreLog(ctx context.Context, n *node, path string) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	d := json.NewDecoder(bufio.NewReaderSize(f, 256<<10))
	var msgs []eventstore.Message
	flush := func() error {
		if len(msgs) == 0 {
			return nil
		}
		err := n.store.Restore(ctx, msgs)
		msgs = msgs[:0]
		return err
	}
	for {
		var l backupLine
		if err := d.Decode(&l); errors.Is(err, io.EOF) {
			return flush()
		} else if err != nil {
			return fmt.Errorf("%s: %w", backupLog, err)
		}
		msgs = append(msgs, eventstore.Message{Stream: l.Subject, Seq: l.Seq, Header: l.Headers, Payload: l.Payload})
		if len(msgs) == restoreRecords {
			if err := flush(); err != nil {
				return err
			}
		}
	}
}

// sameViews compares the views with the digests of a manifest. A view of
// another version has other rows and is not compared.
func sameViews(ctx context.Context, n *node, m manifest) error {
	versions := map[string]int{}
	for _, s := range n.views.Status() {
		versions[s.Name] = s.Version
	}
	for _, want := range m.Views {
		if versions[want.Name] != want.Version {
			continue
		}
		got, err := n.views.Digest(ctx, want.Name)
		if err != nil {
			return err
		}
		if got != want.Digest {
			return unverified("视图 %s 的摘要与备份不符", "the digest of view %s is not that of the backup", want.Name)
		}
	}
	return nil
}
