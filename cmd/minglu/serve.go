package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"slices"
	"sync/atomic"
	"syscall"
	"time"

	"minglu/domain"
)

func serveCommand() command {
	return command{
		name:    "serve",
		summary: domain.Say("运行名录", "run the register"),
		about: domain.Say(
			"可以应答时，标准输出有一行 ready http://HOST:PORT。SIGINT 或 SIGTERM 按次序停止；\n再来一次就不再等待。数据目录同时只能由一个进程使用。",
			"When it answers, standard output has one line, ready http://HOST:PORT. SIGINT or SIGTERM stop it in\norder; a second one skips the waiting. A data directory is used by one process at a time."),
		prepare: func(f *flags) action {
			cfg := f.settings(slices.Concat([]string{"listen", "demo", "stop-within", "address-limit", "token-limit"}, site, signing, storage)...)
			f.preset("log-level", "info")
			return func(ctx context.Context, c *call) error { return serve(ctx, c, cfg) }
		},
	}
}

// headerTimeout bounds how long a client may take to send its headers, and
// idleTimeout how long it may keep a connection without asking anything.
const (
	headerTimeout = 10 * time.Second
	idleTimeout   = 2 * time.Minute
)

// serve runs the register until ctx ends or a signal comes, and then stops in
// the reverse order of the start.
func serve(ctx context.Context, c *call, cfg *Config) (err error) {
	ctx, hurry, release := stopSignals(ctx)
	defer release()
	n, err := openNode(ctx, c, cfg, openSigner)
	if err != nil {
		return unlessStopped(ctx, err)
	}
	defer func() { err = errors.Join(err, n.close()) }()
	if err := n.views.CatchUp(ctx); err != nil {
		return unlessStopped(ctx, err)
	}
	if err := n.checkTree(ctx, cfg); err != nil {
		return unlessStopped(ctx, err)
	}
	demo := false
	if cfg.Demo {
		if demo, err = loadDemo(ctx, n); err != nil {
			return unlessStopped(ctx, err)
		}
	}
	signs, err := startSigning(ctx, n, cfg)
	if err != nil {
		return unlessStopped(ctx, err)
	}
	defer signs.stop()
	follows, err := startReactions(n, cfg)
	if err != nil {
		return err
	}
	defer follows.stop()
	if c.reacting != nil {
		c.reacting(follows.reactor)
	}
	operators, err := startControl(operatorHere{n, cfg.Data, c.now})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, operators.stop()) }()
	s, err := startHTTP(c, cfg, n, demo)
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(c.stdout, "ready http://%s\n", s.address); err != nil {
		return errors.Join(err, s.stop(hurry, 0))
	}
	select {
	case <-ctx.Done():
	case err = <-s.failed:
	case err = <-signs.failed:
		c.log.LogAttrs(ctx, slog.LevelError, "ALARM: the log is not what was signed; the register stops", slog.Any("error", err))
	}
	c.log.LogAttrs(ctx, slog.LevelInfo, "stopping")
	err = errors.Join(err, s.stop(hurry, cfg.StopWithin), operators.stop())
	follows.stop()
	signs.stop()
	if n.settle(hurry) && err == nil {
		err = n.signLast(hurry, cfg)
	}
	return err
}

// unlessStopped is err, or nothing where the start was broken off by a signal.
func unlessStopped(ctx context.Context, err error) error {
	if ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return nil
	}
	return err
}

// stopSignals returns a context that ends with parent or at the first signal,
// and one that ends at the second: from then on nothing is waited for.
func stopSignals(parent context.Context) (stop, hurry context.Context, release func()) {
	stop, stopNow := context.WithCancel(parent)
	hurry, hurryNow := context.WithCancel(context.WithoutCancel(parent))
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	done := make(chan struct{})
	go func() {
		for _, end := range []func(){stopNow, hurryNow} {
			select {
			case <-signals:
				end()
			case <-done:
				return
			}
		}
	}()
	return stop, hurry, func() {
		signal.Stop(signals)
		close(done)
		stopNow()
		hurryNow()
	}
}

// A webServer answers HTTP for a node.
type webServer struct {
	server  *http.Server
	address string
	ready   *atomic.Bool
	failed  chan error
	endRead context.CancelFunc // ends answers that have no end of their own
}

func startHTTP(c *call, cfg *Config, n *node, demo bool) (*webServer, error) {
	l, err := net.Listen("tcp", cfg.Listen)
	if err != nil {
		return nil, failed("不能在 %s 监听：%v", "cannot listen on %s: %v", cfg.Listen, err)
	}
	s := &webServer{address: l.Addr().String(), ready: &atomic.Bool{}, failed: make(chan error, 1)}
	stopping, end := context.WithCancel(context.Background())
	s.endRead = end
	s.server = &http.Server{
		Handler:           newHandler(c, cfg, n, handlerState{ready: s.ready, stopping: stopping.Done(), demo: demo}),
		ReadHeaderTimeout: headerTimeout, IdleTimeout: idleTimeout,
		ErrorLog: slog.NewLogLogger(c.log.Handler(), slog.LevelDebug),
	}
	go func() {
		if err := s.server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			s.failed <- err
		}
	}()
	s.ready.Store(true)
	return s, nil
}

// stop takes no more requests and waits for those under way, no longer than
// within, and not once hurry has ended.
func (s *webServer) stop(hurry context.Context, within time.Duration) error {
	s.ready.Store(false)
	s.endRead()
	ctx, cancel := context.WithTimeout(hurry, within)
	defer cancel()
	if err := s.server.Shutdown(ctx); err != nil {
		return s.server.Close()
	}
	return nil
}
