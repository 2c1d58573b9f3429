package main

import (
	"context"
	"errors"
	"io"
	"path/filepath"

	"minglu/eventstore/jetstream"
	"minglu/projections"
)

// An operator does what may be done on a register while it runs or while it is
// stopped.
type operator interface {
	// replay folds the log anew and compares it with the views; see
	// projections.Set.Replay.
	replay(ctx context.Context, atSeq uint64) ([]projections.Comparison, error)
	// rebuild builds views anew and returns how they stand.
	rebuild(ctx context.Context, names []string) ([]projections.Status, error)
	// backup writes the log to w, as it is now, and returns what describes it.
	backup(ctx context.Context, w io.Writer) (manifest, error)
	// export writes the signed log to w as a package, and returns how many
	// records it has.
	export(ctx context.Context, w io.Writer) (uint64, error)
}

// withOperator calls f with the register of the data directory: that of the
// process that serves it, where there is one, else opened here.
func withOperator(ctx context.Context, c *call, cfg *Config, f func(operator) error) error {
	remote, err := dialControl(ctx, cfg.Data)
	if err == nil {
		return f(remote)
	}
	if !errors.Is(err, errNotServed) {
		return err
	}
	return withNode(ctx, c, cfg, func(n *node) error { return f(operatorHere{n, cfg.Data, c.now}) })
}

// operatorHere works on a register that is opened in this process.
type operatorHere struct {
	node *node
	data string
	now  clock
}

func (o operatorHere) replay(ctx context.Context, atSeq uint64) ([]projections.Comparison, error) {
	list, err := o.node.views.Replay(ctx, scratchDir(o.data), atSeq)
	if errors.Is(err, jetstream.ErrGap) {
		return nil, unverified("日志中缺少记录，不能重放：%v", "records of the log are missing, it cannot be folded: %v", err)
	}
	if err != nil {
		return nil, err
	}
	return list, o.balance(ctx, list)
}

// balance adds the live books of prepayment up anew, and puts what does not
// balance down for their view.
func (o operatorHere) balance(ctx context.Context, list []projections.Comparison) error {
	err := o.node.views.CheckBooks(ctx)
	fault, unbalanced := errors.AsType[*projections.BookFault](err)
	if !unbalanced {
		return err
	}
	for i := range list {
		if list[i].Name == projections.EscrowView {
			list[i].Same, list[i].Error = false, fault.Error()
		}
	}
	return nil
}

// scratchDir is where replays fold. What a process left there that was killed
// is removed by the next one.
func scratchDir(data string) string { return filepath.Join(data, "scratch") }

func (o operatorHere) rebuild(ctx context.Context, names []string) ([]projections.Status, error) {
	err := o.node.views.Rebuild(ctx, names...)
	return o.node.views.Status(), err
}
