package main

import (
	"context"
	"io"
	"log/slog"
	"slices"
	"time"

	"minglu/domain"
	"minglu/register"
)

// commands is the table of subcommands, in the order of the help. Help,
// completion and the reading of flags are made from it.
func commands() []command {
	return []command{
		serveCommand(),
		importCommand(),
		tokenCommand(),
		replayCommand(),
		rebuildCommand(),
		exportCommand(),
		verifyCommand(),
		drawCommand(),
		backupCommand(),
		restoreCommand(),
		demoCommand(),
		benchCommand(),
		configCommand(),
		completionCommand(),
		versionCommand(),
		helpCommand(),
	}
}

// A command is one line of the table.
type command struct {
	name    string
	args    string      // what stands behind the flags, such as "FILE…"
	summary domain.Text // half a line
	about   domain.Text // paragraphs for "minglu help NAME", or empty
	// values are what may be completed in the place of args; nil is files where
	// args is not empty.
	values func() []string
	// prepare declares the flags and returns what runs once they are read. A
	// command with sub has none.
	prepare func(f *flags) action
	sub     []command
}

// An action carries a command out. Its error says how the program ends; see
// exitCode.
type action func(ctx context.Context, c *call) error

// A call is one use of a command: what it was given, and where it may speak.
type call struct {
	args   []string // behind the flags
	flags  *flags
	stdin  io.Reader
	stdout io.Writer
	stderr io.Writer
	lang   string       // "zh" or "en", for people
	log    *slog.Logger // to stderr, as --log-level and --log-format say
	now    clock
	// unsynced acknowledges before the disk does, for scratch data of tests.
	unsynced bool
	reacting func(*register.Reactor)
}

// run declares the flags of the command and returns its action, nil where it
// only has subcommands.
func (c command) run(f *flags) action {
	if c.prepare == nil {
		return nil
	}
	return c.prepare(f)
}

// A clock tells the present instant.
type clock func() time.Time

// say writes a line for people to w.
func (c *call) say(w io.Writer, t domain.Text) {
	io.WriteString(w, t.In(c.lang)+"\n") //nolint:errcheck // nobody is left to be told
}

// find returns the command that the words name, and the words behind it.
func find(list []command, words []string) (path []command, rest []string) {
	for len(words) > 0 {
		i := slices.IndexFunc(list, func(c command) bool { return c.name == words[0] })
		if i < 0 {
			break
		}
		path, words, list = append(path, list[i]), words[1:], list[i].sub
	}
	return path, words
}
