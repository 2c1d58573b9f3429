package main

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"

	"minglu/eventstore"
	"minglu/eventstore/jetstream"
	"minglu/eventstore/memory"
	"minglu/eventstore/overlay"
	"minglu/ledger"
	"minglu/register"
)

// with runs f with what carries the acts out, and gives it up again.
func (o importing) with(ctx context.Context, c *call, i *imports, f func() error) error {
	switch {
	case o.cfg.Server != "":
		return o.remote(ctx, c, i, f)
	case o.dry:
		return o.dryRun(ctx, c, i, f)
	}
	return o.local(ctx, c, o.cfg, i, f)
}

// local carries acts out on the register of a data directory.
func (o importing) local(ctx context.Context, c *call, cfg *Config, i *imports, f func() error) (err error) {
	n, err := openNode(ctx, c, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, n.close()) }()
	return inSession(ctx, n.register, i, f)
}

// roomy lets garbage lie longer while much is written, within a bound: it would
// else take a third of the processor. Who set bounds in the environment keeps
// them.
func roomy() (restore func()) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	const percent, limit = 400, 720 << 20
	percentBefore, limitBefore := debug.SetGCPercent(percent), debug.SetMemoryLimit(limit)
	return func() {
		debug.SetGCPercent(percentBefore)
		debug.SetMemoryLimit(limitBefore)
	}
}

// inSession runs f with a session of r, which has its log for itself unless it
// is on an outside server.
func inSession(ctx context.Context, r *register.Register, i *imports, f func() error) error {
	defer roomy()()
	s, err := sessionOf(ctx, r, i)
	if err != nil {
		return err
	}
	defer s.Close()
	i.carrier = localCarrier{s}
	return f()
}

func sessionOf(ctx context.Context, r *register.Register, i *imports) (*register.Session, error) {
	if r.Log.Shared {
		return r.NewSession(nil, i.outcome), nil
	}
	return r.NewImport(ctx, nil, i.outcome)
}

type localCarrier struct{ session *register.Session }

func (l localCarrier) carry(ctx context.Context, e ledger.Entry) error {
	return l.session.Add(ctx, e.Line, e.Acts...)
}

func (l localCarrier) flush(ctx context.Context) error { return l.session.Flush(ctx) }

// dryRun carries acts out on a scratch log above that of the data directory,
// which may not be there yet.
func (o importing) dryRun(ctx context.Context, c *call, i *imports, f func() error) (err error) {
	scratch, err := os.MkdirTemp("", "minglu-dry-run-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	cfg := *o.cfg
	if _, err := os.Stat(cfg.Data); errors.Is(err, fs.ErrNotExist) && cfg.NATS == "" {
		cfg.Data = filepath.Join(scratch, "data")
	}
	n, err := openNode(ctx, c, &cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, n.close()) }()
	above, err := jetstream.Open(ctx, jetstream.Config{Dir: filepath.Join(scratch, "above"), Unsynced: true, Logger: c.log}, n.log.Codec)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, above.Close()) }()
	both, err := overlay.New(ctx, n.store, above)
	if err != nil {
		return err
	}
	log := eventstore.NewLog(both, n.log.Codec, rememberedStreams)
	return inSession(ctx, n.register.Dry(log, new(memory.Keys)), i, f)
}
