package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"minglu/audit"
	"minglu/eventstore"
	"minglu/eventstore/jetstream"
	"minglu/projections"
	"minglu/register"
)

// rememberedStreams bounds the memory of folded streams: some 4 KB each.
const rememberedStreams = 50_000

// A node is the register opened in this process. It has the data directory for
// itself until it is closed.
type node struct {
	lock     *jetstream.Lock // with an outside server; the embedded one locks itself
	store    *jetstream.Store
	log      *eventstore.Log
	views    *projections.Views
	register *register.Register
	signer   *audit.Signer // of who serves; else nil
	logger   *slog.Logger
}

// openNode opens the register that cfg names: lock, server or connection, log,
// keys, views, in this order. Views may still be behind the log: see CatchUp.
// What is before is done once the log is open, and before anything is made of
// it. The caller MUST close the node.
func openNode(ctx context.Context, c *call, cfg *Config, before ...func(context.Context, *node, *Config) error) (_ *node, err error) {
	n := &node{logger: c.log}
	defer func() {
		if err != nil {
			err = errors.Join(err, n.close())
		}
	}()
	if err := n.openStore(ctx, c, cfg); err != nil {
		return nil, err
	}
	for _, f := range before {
		if err := f(ctx, n, cfg); err != nil {
			return nil, err
		}
	}
	if err := os.RemoveAll(scratchDir(cfg.Data)); err != nil {
		return nil, err
	}
	keys, err := n.openKeys(ctx, cfg)
	if err != nil {
		return nil, err
	}
	n.views, err = projections.OpenViews(ctx, viewsDir(cfg), n.store, n.log.Codec, c.log)
	if err != nil {
		if errors.Is(err, projections.ErrInUse) {
			err = failed("数据目录正由另一进程使用：%s", "another process is using the data directory %s", cfg.Data)
		}
		return nil, err
	}
	n.register = register.New(n.log, n.views, keys, c.now)
	return n, nil
}

func (n *node) openStore(ctx context.Context, c *call, cfg *Config) (err error) {
	sc := jetstream.Config{Dir: cfg.Data, MaxStore: cfg.MaxStore, Unsynced: c.unsynced, Logger: c.log}
	if cfg.NATS != "" {
		if n.lock, err = jetstream.LockDir(cfg.Data); err != nil {
			return err
		}
		sc = jetstream.Config{URL: cfg.NATS, Credentials: cfg.NATSCreds, Replicas: cfg.Replicas, Logger: c.log}
	}
	codec := register.Codec()
	if n.store, err = jetstream.Open(ctx, sc, codec); err != nil {
		return err
	}
	n.log = eventstore.NewLog(n.store, codec, rememberedStreams)
	n.log.Shared = cfg.NATS != ""
	return nil
}

// openKeys opens the keys of persons. A key to wrap them with is made only
// with a new log and where none was named: a second one would open nothing.
func (n *node) openKeys(ctx context.Context, cfg *Config) (eventstore.Keys, error) {
	head, err := n.store.Head(ctx)
	if err != nil {
		return nil, err
	}
	kek, err := jetstream.LoadKEK(cfg.kekFile(), cfg.KEKFile == "" && head == 0)
	if err != nil {
		return nil, errors.Join(failed("没有主密钥不能打开个人密钥：%s", "persons' keys need their key-encryption key: %s", cfg.kekFile()), err)
	}
	keys, err := n.store.Keys(ctx, kek)
	if errors.Is(err, jetstream.ErrKEK) {
		return nil, failed("%s 不是这份名录的主密钥", "%s is not the key-encryption key of this register", cfg.kekFile())
	}
	return keys, err
}

func viewsDir(cfg *Config) string { return filepath.Join(cfg.Data, "views") }

// close stops what is open, in the reverse order of the flow: the views, then
// the log, which finishes the appends under way, then the lock.
func (n *node) close() error {
	var errs []error
	if n.views != nil {
		errs = append(errs, n.views.Close())
	}
	if n.signer != nil {
		errs = append(errs, n.signer.Close())
	}
	if n.store != nil {
		errs = append(errs, n.store.Close())
	}
	if n.lock != nil {
		errs = append(errs, n.lock.Close())
	}
	return errors.Join(errs...)
}

// settleWithin is how long views may take to reach the end of the log before a
// stop; what they lack they read at the next start.
const settleWithin = 10 * time.Second

// settle waits until the views have passed the last append, and reports whether
// they have.
func (n *node) settle(ctx context.Context) (level bool) {
	ctx, cancel := context.WithTimeout(ctx, settleWithin)
	defer cancel()
	err := n.views.CatchUp(ctx)
	if err != nil {
		n.logger.LogAttrs(ctx, slog.LevelWarn, "views are behind at the stop and catch up at the next start", slog.Any("error", err))
	}
	return err == nil
}

// withNode runs f on the register of cfg while no other process has it, with
// views level with the log.
func withNode(ctx context.Context, c *call, cfg *Config, f func(n *node) error) (err error) {
	n, err := openNode(ctx, c, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, n.close()) }()
	if err := n.views.CatchUp(ctx); err != nil {
		return err
	}
	if err := f(n); err != nil {
		return err
	}
	n.settle(ctx)
	return nil
}
