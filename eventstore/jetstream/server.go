package jetstream

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// startTimeout bounds how long the embedded server may take to recover its
// streams: 1.6 s per million subjects were measured, on a slow disk ten times
// that.
const startTimeout = 2 * time.Minute

// consumerMemory bounds what the server keeps in memory for followers.
const consumerMemory = 256 << 20

// startServer starts a server inside this process, without a listener: it is
// reached by an in-process connection only.
func startServer(cfg Config) (*server.Server, error) {
	store := cfg.MaxStore
	if store <= 0 {
		// The server's own default is what the disk has free at the start, which
		// shrinks as the log grows. The room is watched in room.go instead.
		store = math.MaxInt64
	}
	s, err := server.NewServer(&server.Options{
		ServerName: "minglu", DontListen: true, NoSigs: true,
		JetStream: true, StoreDir: cfg.Dir, SyncAlways: !cfg.Unsynced,
		JetStreamMaxStore: store, JetStreamMaxMemory: consumerMemory,
		DisableJetStreamBanner: true, NoSystemAccount: true,
	})
	if err != nil {
		return nil, fmt.Errorf("configure the embedded server: %w", err)
	}
	s.SetLoggerV2(logAdapter{cfg.Logger}, false, false, false)
	go s.Start()
	if !s.ReadyForConnections(startTimeout) || !s.JetStreamEnabled() {
		stopServer(s)
		return nil, errors.New("start the embedded server: it did not become ready; its log says why")
	}
	return s, nil
}

// stopServer returns when everything is closed. The lame-duck way does nothing
// for a server without a listener.
func stopServer(s *server.Server) {
	s.Shutdown()
	s.WaitForShutdown()
}

// untouched reports whether dir holds no log yet: no folder but that of the
// server, and in that no stream of the name. A start that was broken off
// before the stream was made leaves it untouched.
func untouched(dir, stream string) (bool, error) {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return true, nil
	}
	if err != nil {
		return false, err
	}
	for _, e := range entries {
		if e.IsDir() && e.Name() != server.JetStreamStoreDir {
			return false, nil
		}
	}
	found, err := filepath.Glob(filepath.Join(dir, server.JetStreamStoreDir, "*", "streams", stream))
	return len(found) == 0, err
}

// logAdapter writes the server's lines to slog. They hold no payloads: debug
// and trace are off.
type logAdapter struct{ log *slog.Logger }

func (l logAdapter) line(level slog.Level, format string, v []any) {
	if ctx := context.Background(); l.log.Enabled(ctx, level) {
		l.log.LogAttrs(ctx, level, "nats", slog.String("line", fmt.Sprintf(format, v...)))
	}
}

func (l logAdapter) Noticef(format string, v ...any) { l.line(slog.LevelDebug, format, v) }
func (l logAdapter) Warnf(format string, v ...any)   { l.line(slog.LevelWarn, format, v) }
func (l logAdapter) Errorf(format string, v ...any)  { l.line(slog.LevelError, format, v) }
func (l logAdapter) Fatalf(format string, v ...any)  { l.line(slog.LevelError, format, v) }
func (l logAdapter) Debugf(format string, v ...any)  { l.line(slog.LevelDebug, format, v) }
func (l logAdapter) Tracef(format string, v ...any)  { l.line(slog.LevelDebug, format, v) }
