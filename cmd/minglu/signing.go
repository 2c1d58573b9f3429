package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"minglu/audit"
	"minglu/eventstore/jetstream"
	"minglu/proof"
)

// signingKey is where the key that signs checkpoints is kept.
func (c *Config) signingKey() string {
	return cmp.Or(c.SigningKey, filepath.Join(c.Data, "signing-key"))
}

// checkpoints is where every signed checkpoint is kept.
func (c *Config) checkpoints() string {
	return cmp.Or(c.Checkpoints, filepath.Join(c.Data, "checkpoints"))
}

// defaultName is that of a register that nobody named.
const defaultName = "minglu"

// registerName is the name that checkpoints begin with. It stays what it was
// when the key was made, wherever the data directory is moved.
func (c *Config) registerName() (string, error) {
	if c.RegisterName != "" {
		return c.RegisterName, nil
	}
	name, err := audit.NameOf(c.signingKey(), c.checkpoints())
	return cmp.Or(name, defaultName), err
}

// openSigner opens key and checkpoints, and refuses a log that is shorter than
// the newest of them.
func openSigner(ctx context.Context, n *node, cfg *Config) error {
	name, err := cfg.registerName()
	if err != nil {
		return err
	}
	n.signer, err = audit.Open(audit.Options{Name: name, KeyFile: cfg.signingKey(), CheckpointFile: cfg.checkpoints()})
	if err != nil {
		return auditEnding(cfg, err)
	}
	if torn := n.signer.Torn(); torn > 0 {
		n.logger.LogAttrs(ctx, slog.LevelWarn, "an unfinished checkpoint, which nobody was given, was cut off", slog.Int("bytes", torn), slog.String("file", cfg.checkpoints()))
	}
	head, err := n.store.Head(ctx)
	if err != nil {
		return err
	}
	return auditEnding(cfg, n.signer.CheckHead(head))
}

// checkTree compares the newest checkpoint with views that are level, and the
// newest record with what the views have of it: a server that has lost the file
// still says how many there were.
func (n *node) checkTree(ctx context.Context, cfg *Config) error {
	if err := n.signer.Check(n.views); err != nil {
		return auditEnding(cfg, err)
	}
	size, err := n.views.TreeSize()
	if err != nil || size == 0 {
		return err
	}
	want, err := n.views.LeafHash(size)
	if err != nil {
		return err
	}
	switch got, err := n.leaf(ctx, size); {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, jetstream.ErrGap):
		return unverified("日志被截断（truncated）：应有 %[1]d 条，第 %[1]d 条不在了", "the log was truncated: it should have %[1]d records, and record %[1]d is missing", size)
	case err != nil:
		return err
	case got != want:
		return unverified("日志被改动（altered）：第 %d 条不是当初记下的那一条", "the log was altered: record %d is not the one that was written", size)
	}
	return nil
}

// newestWithin is how long the newest record may take to be read at the start.
const newestWithin = 5 * time.Second

// leaf reads one record as it is stored and returns its leaf.
func (n *node) leaf(ctx context.Context, seq uint64) (proof.Hash, error) {
	ctx, cancel := context.WithTimeout(ctx, newestWithin)
	defer cancel()
	for m, err := range n.store.Messages(ctx, seq-1) {
		if err != nil {
			return proof.Hash{}, err
		}
		return proof.LeafHash(proof.Record{Stream: m.Stream, Header: proof.HeaderOf(m.Header), Payload: m.Payload})
	}
	return proof.Hash{}, jetstream.ErrGap
}

// auditEnding tells people what differs from what was signed, by kind, sizes and
// positions.
func auditEnding(cfg *Config, err error) error {
	if bad, ok := errors.AsType[*audit.Tampered](err); ok {
		return tampered(bad, err)
	}
	if bad, ok := errors.AsType[*audit.Forged](err); ok {
		zh := bad.Err.Error()
		switch {
		case errors.Is(err, proof.ErrUnsigned):
			zh = "不是本名录的密钥所签"
		case errors.Is(err, proof.ErrOrigin):
			zh = "属于另一名录"
		case errors.Is(err, proof.ErrMalformed):
			zh = "不是检查点的格式"
		}
		return unverified("检查点文件 %[1]s 的第 %[2]d 条是伪造（forged）或损坏的：%[3]s", "entry %[2]d of the checkpoints in %[1]s is forged or damaged: %[4]v", cfg.checkpoints(), bad.Entry, zh, bad.Err)
	}
	if errors.Is(err, audit.ErrNoKey) {
		return failed("签署检查点的密钥 %[1]s 不在了，而 %[2]s 中已有用它签的检查点；请从备份取回", "the key %[1]s is missing, and the checkpoints in %[2]s were signed with it: put it back from its backup", cfg.signingKey(), cfg.checkpoints())
	}
	return err
}

func tampered(bad *audit.Tampered, err error) error {
	size, signed := bad.Size, bad.Signed.Size
	if bad.Kind == audit.Truncated {
		return unverified(
			"日志被截断（truncated），或换成了较旧的副本：现有 %[1]d 条，签过 %[2]d 条的检查点，第 %[3]d 到第 %[2]d 条不在了",
			"the log was truncated, or replaced by an older copy: it has %[1]d records, a checkpoint of %[2]d is signed; records %[3]d to %[2]d are missing", size, signed, size+1)
	}
	if bad.To == 0 {
		return unverified("日志被改动（altered）：现有 %[1]d 条，其中前 %[2]d 条不是签过的那些：%[3]v", "%[3]v", size, signed, err)
	}
	return unverified(
		"日志被改动（altered）：现有 %[1]d 条，其中前 %[2]d 条不是签过的那些；第一条不同的在第 %[3]d 到第 %[4]d 条之间",
		"the log was altered: of its %[1]d records the first %[2]d are not those that were signed; the first that differs is one of %[3]d to %[4]d", size, signed, bad.From, bad.To)
}

// A signingLoop signs checkpoints while the register is served.
type signingLoop struct {
	end    context.CancelFunc
	done   chan struct{}
	failed chan error // what ended the loop, where it was not stop
}

// signingTick is how often it is looked whether a checkpoint is due.
const signingTick = time.Second

// startSigning signs what is there and goes on to sign what comes. It MUST be
// stopped.
func startSigning(ctx context.Context, n *node, cfg *Config) (*signingLoop, error) {
	if err := n.signNewest(ctx, cfg); err != nil {
		return nil, err
	}
	ctx, end := context.WithCancel(context.WithoutCancel(ctx))
	s := &signingLoop{end: end, done: make(chan struct{}), failed: make(chan error, 1)}
	every := audit.Interval{Records: uint64(cfg.CheckpointEvery), Time: time.Duration(cfg.CheckpointSeconds) * time.Second}
	go func() {
		defer close(s.done)
		t := time.NewTicker(signingTick)
		defer t.Stop()
		if err := n.signer.Run(ctx, n.views, t.C, every, n.logger); err != nil {
			s.failed <- auditEnding(cfg, err)
		}
	}()
	return s, nil
}

// stop waits until the checkpoint under way is signed. It may be called again.
func (s *signingLoop) stop() {
	s.end()
	<-s.done
}

// signLast signs once more when nothing is written any more. That a view cannot
// be read then is no failure: the next start signs.
func (n *node) signLast(ctx context.Context, cfg *Config) error {
	err := n.signNewest(ctx, cfg)
	if _, alarm := errors.AsType[ending](err); err == nil || alarm {
		return err
	}
	n.logger.LogAttrs(ctx, slog.LevelWarn, "the last checkpoint was not signed; the next start does it", slog.Any("error", err))
	return nil
}

// signNewest signs the newest tree, unless there is nothing.
func (n *node) signNewest(ctx context.Context, cfg *Config) error {
	size, err := n.views.TreeSize()
	if err != nil || size == 0 {
		return err
	}
	if _, err := n.signer.SignTree(ctx, n.views); err != nil {
		return fmt.Errorf("sign a checkpoint of %d records: %w", size, auditEnding(cfg, err))
	}
	return nil
}
