package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"

	"minglu/demo"
	"minglu/register"
)

// loadDemo carries out the demonstration journal where the log holds nothing
// but tokens, or where an earlier load was broken off, and returns when the
// views show it. It reports whether the register is the demonstration.
func loadDemo(ctx context.Context, n *node) (loaded bool, err error) {
	acts, err := demoActs()
	if err != nil || len(acts) == 0 {
		return false, err
	}
	first, err := firstCommand(ctx, n)
	if err != nil || first != "" && first != acts[0].CommandID {
		return false, err
	}
	refused := 0
	s := n.register.NewSession(nil, func(o register.Outcome) {
		if o.Err != nil {
			refused++
			n.logger.LogAttrs(ctx, slog.LevelError, "demonstration act refused", slog.Int("line", o.Line), slog.Any("error", o.Err))
		}
	})
	defer s.Close()
	for i, a := range acts {
		if err := s.Add(ctx, i+1, a); err != nil {
			return false, fmt.Errorf("load the demonstration: %w", err)
		}
	}
	if err := s.Flush(ctx); err != nil {
		return false, fmt.Errorf("load the demonstration: %w", err)
	}
	if refused > 0 {
		return false, failed("演示名录有 %d 项被拒", "%d acts of the demonstration were refused", refused)
	}
	return true, n.views.CatchUp(ctx)
}

func demoActs() ([]register.Act, error) {
	var acts []register.Act
	for line := range bytes.Lines(demo.Journal()) {
		if line = bytes.TrimSpace(line); len(line) == 0 {
			continue
		}
		a, err := register.ParseAct(line)
		if err != nil {
			return nil, fmt.Errorf("demonstration journal, line %d: %w", len(acts)+1, err)
		}
		acts = append(acts, a)
	}
	return acts, nil
}

// firstCommand returns the id of the first command of the log that is not about
// tokens, or nothing.
func firstCommand(ctx context.Context, n *node) (string, error) {
	head, err := n.store.Head(ctx)
	if err != nil || head == 0 {
		return "", err
	}
	for r, err := range n.store.Follow(ctx, 0) {
		if err != nil {
			return "", err
		}
		if r.Aggregate() != register.Access.Name {
			return r.Meta.CommandID, nil
		}
		if r.Meta.Seq >= head {
			break
		}
	}
	return "", nil
}
