package jetstream

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"

	"minglu/domain"
	"minglu/eventstore"
)

// DefaultStream is the name of the stream of facts unless Config names another.
const DefaultStream = "MINGLU"

// Config says where the log is. The zero value with Dir set is an embedded
// server that syncs every append.
type Config struct {
	// Dir is the data directory of the embedded server, whose files are in its
	// folder "jetstream". It is locked while the store is open. Used only where
	// URL is empty.
	Dir string
	// URL is the address of an outside server or cluster, several parted by
	// commas; user and password may stand in it. Every node MUST have
	// "sync_interval: always".
	URL string
	// Credentials is a file of NATS credentials for the outside server, or empty.
	Credentials string
	// Replicas is 1, or 3 with an outside cluster; 0 is 1.
	Replicas int
	// StreamName is that of the JetStream stream; empty is DefaultStream. The keys
	// of persons are in the stream of that name with "_KEYS" behind it.
	StreamName string
	// Unsynced acknowledges before the sync. What was appended may then be lost
	// with the power, though not with the process: for tests and for scratch data.
	Unsynced bool
	// MaxStore bounds the bytes of the embedded server's files; 0 is no bound
	// but the disk's.
	MaxStore int64
	// Timeout is how long the answer to an append is waited for; 0 is 10 s. After
	// it the append is ErrUnknown.
	Timeout time.Duration
	// Logger takes lines about the server and the connection, never payloads; nil
	// is none.
	Logger *slog.Logger
}

const (
	defaultTimeout = 10 * time.Second
	readTimeout    = 10 * time.Second
	// createTimeout is for making a stream: a starved disk takes long.
	createTimeout = 30 * time.Second
)

func (c *Config) setDefaults() {
	c.Replicas = cmp.Or(c.Replicas, 1)
	c.StreamName = cmp.Or(c.StreamName, DefaultStream)
	c.Timeout = cmp.Or(c.Timeout, defaultTimeout)
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
}

var streamName = regexp.MustCompile(`^[0-9A-Za-z_-]+$`)

// Validate returns all faults of c at once, or nil.
func (c Config) Validate() error {
	c.setDefaults()
	var errs []error
	bad := func(zh, en string) { errs = append(errs, domain.BadField("", "invalid", domain.Say(zh, en))) }
	if (c.Dir == "") == (c.URL == "") {
		bad("数据目录与外部服务器地址须恰好给出一个", "name either a data directory or an outside server")
	}
	if c.Replicas != 1 && c.Replicas != 3 {
		bad("副本数须为 1 或 3", "replicas are 1 or 3")
	}
	if c.Replicas != 1 && c.URL == "" {
		bad("内置服务器只有一个副本", "the embedded server keeps one replica")
	}
	if c.URL == "" && c.Credentials != "" {
		bad("内置服务器不用凭证", "the embedded server takes no credentials")
	}
	if c.URL != "" && (c.Unsynced || c.MaxStore != 0) {
		bad("落盘方式与容量由外部服务器自己的配置决定", "syncing and limits of an outside server are in its own configuration")
	}
	if !streamName.MatchString(c.StreamName) {
		bad("流名只能用 ASCII 字母、数字、“_”和“-”", "the name of the stream has ASCII letters, digits, _ and - only")
	}
	return errors.Join(errs...)
}

// Store is an event store on JetStream. It may be used by many goroutines.
type Store struct {
	cfg   Config
	codec *eventstore.Codec

	lock   *Lock          // nil with an outside server
	server *server.Server // nil with an outside server
	conn   *nats.Conn     // appends, loads, and the API
	feed   *nats.Conn     // followers of an outside server, so that a replay does not delay an append's answer
	inbox  *inbox
	log    client
	commit *committer
	// errands are the making of keys ahead.
	errands errands
	// durable is the newest position known to be on disk.
	durable watermark
	room    room

	stopped   chan struct{} // closed when loads, followers and the store's own work are to end
	closeOnce sync.Once
	closeErr  error
}

var _ eventstore.Store = (*Store)(nil)

// Open opens the log that cfg names, and makes it where there is nothing yet.
// A stream that is not configured as it must be is refused with ErrDrift; a
// data directory that another process uses, with a *domain.Error. The caller
// MUST Close the store.
func Open(ctx context.Context, cfg Config, codec *eventstore.Codec) (_ *Store, err error) {
	if err := cfg.Validate(); err != nil {
		return nil, err
	}
	cfg.setDefaults()
	s := &Store{cfg: cfg, codec: codec, stopped: make(chan struct{})}
	s.commit = newCommitter(s)
	defer func() {
		if err != nil {
			err = errors.Join(err, s.Close())
		}
	}()
	fresh := true
	if cfg.URL == "" {
		if s.lock, err = LockDir(cfg.Dir); err != nil {
			return nil, err
		}
		if fresh, err = untouched(cfg.Dir, cfg.StreamName); err != nil {
			return nil, fmt.Errorf("look at the data directory: %w", err)
		}
		if s.server, err = startServer(cfg); err != nil {
			return nil, err
		}
	}
	if err := s.connect(); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, createTimeout)
	defer cancel()
	if err := s.ensureBoth(ctx, fresh); err != nil {
		return nil, err
	}
	return s, nil
}

// ensureBoth makes the stream of keys before that of facts, so that facts
// without their keys' stream can only be a loss, and so can keys without facts.
func (s *Store) ensureBoth(ctx context.Context, fresh bool) error {
	keys, err := s.ensure(ctx, keysConfig(s.keysName(), s.cfg.Replicas), fresh)
	if err != nil {
		return err
	}
	info, err := s.ensure(ctx, logConfig(s.cfg.StreamName, s.cfg.Replicas), fresh && keys.State.LastSeq == 0)
	if err != nil {
		return err
	}
	s.durable.reach(info.State.LastSeq)
	return nil
}

func (s *Store) connect() (err error) {
	opts := []nats.Option{
		nats.Name("minglu"),
		nats.MaxReconnects(-1),
		// Nothing is kept for a server that is away: it would be sent later, when
		// its writer has long been told that the outcome is unknown.
		nats.ReconnectBufSize(-1),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) {
			s.cfg.Logger.LogAttrs(context.Background(), slog.LevelWarn, "nats connection", attrError(err))
		}),
		nats.DisconnectErrHandler(func(_ *nats.Conn, err error) {
			if err != nil {
				s.cfg.Logger.LogAttrs(context.Background(), slog.LevelWarn, "nats disconnected", attrError(err))
			}
		}),
	}
	if s.server != nil {
		opts = append(opts, nats.InProcessServer(s.server))
	}
	if s.cfg.Credentials != "" {
		opts = append(opts, nats.UserCredentials(s.cfg.Credentials))
	}
	if s.conn, err = nats.Connect(s.cfg.URL, opts...); err != nil {
		return fmt.Errorf("connect: %w", err)
	}
	if s.server == nil {
		if s.feed, err = nats.Connect(s.cfg.URL, opts...); err != nil {
			return fmt.Errorf("connect: %w", err)
		}
	}
	if s.inbox, err = newInbox(s.conn, s.stopped); err != nil {
		return err
	}
	s.log = s.clientOf(s.cfg.StreamName)
	if s.server != nil {
		s.log.late = func(m *nats.Msg) {
			if a, err := decodeAck(m); err == nil {
				s.durable.reach(a.Seq)
			}
		}
	}
	return nil
}

// Head returns the position of the newest record, 0 for an empty log. Of an
// embedded store it is the newest that is known to be durable.
func (s *Store) Head(ctx context.Context) (uint64, error) {
	if err := s.usable(ctx); err != nil {
		return 0, err
	}
	if s.server != nil {
		return s.durable.at(), nil
	}
	try, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	info, err := s.log.info(try)
	if err != nil {
		return 0, s.unreadable(ctx, fmt.Errorf("head: %w", err))
	}
	return info.State.LastSeq, nil
}

// unreadable returns the error of a read: that of ctx where it ended, and a
// *domain.Error of code busy where the servers did not answer.
func (s *Store) unreadable(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, context.DeadlineExceeded):
		s.cfg.Logger.LogAttrs(ctx, slog.LevelWarn, "the log cannot be read", attrError(err))
		return &domain.Error{
			Code: domain.Busy,
			Text: domain.Say("登记现在不能读取", "the register cannot be read now"),
			Hint: domain.Say("请稍后再试", "try again later"),
		}
	}
	return err
}

// usable returns the error of ctx, or ErrClosed.
func (s *Store) usable(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.isStopped() {
		return eventstore.ErrClosed
	}
	return nil
}

func (s *Store) isStopped() bool {
	select {
	case <-s.stopped:
		return true
	default:
		return false
	}
}

// lifetime returns a context that also ends with the store.
func (s *Store) lifetime(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(ctx)
	go func() {
		select {
		case <-s.stopped:
			cancel()
		case <-ctx.Done():
		}
	}()
	return ctx, cancel
}

// Close refuses new appends with ErrClosed, finishes those under way, ends
// loads and followers, stops the embedded server and gives the lock up. It may
// be called more than once and returns when all is done.
func (s *Store) Close() error {
	s.closeOnce.Do(func() {
		s.commit.close()
		s.errands.close()
		close(s.stopped)
		s.commit.work.Wait()
		for _, c := range []*nats.Conn{s.feed, s.conn} {
			if c != nil {
				c.Close()
			}
		}
		if s.server != nil {
			stopServer(s.server)
		}
		if s.lock != nil {
			s.closeErr = s.lock.Close()
		}
	})
	return s.closeErr
}

const levelInfo = slog.LevelInfo

func attrStream(name string) slog.Attr { return slog.String("stream", name) }
func attrError(err error) slog.Attr    { return slog.Any("error", err) }
