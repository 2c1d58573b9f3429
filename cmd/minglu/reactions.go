package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"minglu/domain"
	"minglu/domain/reaction"
	"minglu/register"
)

// reactions carries out what follows by itself while the register is served. Its
// position is kept in a file beside the views; without it, it looks at all facts
// again and finds everything done.
type reactions struct {
	end     context.CancelFunc
	done    chan struct{}
	reactor *register.Reactor
}

func positionFile(cfg *Config) string { return filepath.Join(cfg.Data, "reactions.position") }

// startReactions begins behind the position that was kept. It MUST be stopped.
func startReactions(n *node, cfg *Config) (*reactions, error) {
	path := positionFile(cfg)
	position, err := readPosition(path)
	if err != nil {
		return nil, err
	}
	ctx, end := context.WithCancel(context.Background())
	r := &reactions{end: end, done: make(chan struct{}), reactor: n.register.NewReactor(position)}
	r.reactor.Refused = func(ctx context.Context, a reaction.Act, e *domain.Error) {
		n.logger.LogAttrs(ctx, slog.LevelWarn, "an act that follows by itself was refused", slog.String("act", a.Name), slog.String("stream", a.Target),
			slog.String("cause", a.Cause), slog.String("rule", e.Rule))
	}
	go func() {
		defer close(r.done)
		r.reactor.Run(ctx,
			func(seq uint64) error { return writePosition(path, seq) },
			func(err error) {
				n.logger.LogAttrs(ctx, slog.LevelError, "what follows by itself was not carried out; it is tried again", slog.Any("error", err))
			})
	}()
	return r, nil
}

// stop waits until the act under way is carried out. It may be called again.
func (r *reactions) stop() {
	r.end()
	<-r.done
}

// readPosition returns 0 where there is none, or what cannot be read: that costs
// time and nothing else.
func readPosition(path string) (uint64, error) {
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	seq, err := strconv.ParseUint(strings.TrimSpace(string(b)), 10, 64)
	if err != nil {
		return 0, nil
	}
	return seq, nil
}

// writePosition replaces the file as a whole.
func writePosition(path string, seq uint64) error {
	beside := path + ".new"
	if err := os.WriteFile(beside, []byte(strconv.FormatUint(seq, 10)+"\n"), 0o600); err != nil {
		return err
	}
	return os.Rename(beside, path)
}
