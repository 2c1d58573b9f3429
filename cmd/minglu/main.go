// Command minglu is the register of off-campus training institutions: it keeps
// the log, answers over HTTP, and does what an operator needs.
package main

import (
	"context"
	"io"
	"log/slog"
	"os"
	"strings"
	"time"

	"minglu/register"
)

func main() {
	os.Exit(run(context.Background(), os.Args[1:], os.Environ(), os.Stdin, os.Stdout, os.Stderr))
}

// run is the whole program: it returns the exit code and leaves nothing
// running.
func run(ctx context.Context, args []string, env environ, stdin io.Reader, stdout, stderr io.Writer) int {
	return program{env: env, stdin: stdin, stdout: stdout, stderr: stderr, now: time.Now}.run(ctx, args)
}

// A program is where minglu runs. Tests bring their own clock.
type program struct {
	env            environ
	stdin          io.Reader
	stdout, stderr io.Writer
	now            clock
	unsynced       bool
	// reacting, where it is not nil, is told the reactor of a register that is
	// served, so that a test can wait for what follows by itself.
	reacting func(*register.Reactor)
}

func (p program) run(ctx context.Context, args []string) int {
	lang := p.language(args)
	err := p.carryOut(ctx, args, lang)
	if err != nil {
		report(p.stderr, lang, err)
	}
	return exitCode(err)
}

func (p program) carryOut(ctx context.Context, args []string, lang string) error {
	leading, words := splitLeading(args)
	path, rest := find(commands(), words)
	asked := asksHelp(leading)
	if len(path) == 0 {
		switch {
		case asked:
			return overview(p.stdout, lang)
		case len(words) == 0:
			if err := overview(p.stderr, lang); err != nil {
				return err
			}
			return ending{code: exitUsage}
		}
		return badUsage("没有名为“%s”的命令；minglu help 列出全部命令", "there is no command %q; minglu help lists them all", words[0])
	}
	cmd := path[len(path)-1]
	f := newFlags(cmd.name)
	act := cmd.run(f)
	words, help, err := f.parse(append(leading, rest...))
	switch {
	case err != nil:
		return err
	case help || asked:
		return explain(p.stdout, lang, path)
	case act == nil && len(words) > 0:
		return badUsage("没有名为“%s”的命令；见 minglu help %s", "there is no command %q; see minglu help %s", words[0], nameOf(path))
	case act == nil:
		if err := explain(p.stderr, lang, path); err != nil {
			return err
		}
		return ending{code: exitUsage}
	case len(words) > 0 && cmd.args == "":
		return badUsage("多余的参数“%s”；见 minglu help %s", "%q is too much; see minglu help %s", words[0], nameOf(path))
	}
	if err := f.resolve(p.env); err != nil {
		return err
	}
	return act(ctx, &call{
		args: words, flags: f, stdin: p.stdin, stdout: p.stdout, stderr: p.stderr,
		lang: f.config.Lang, log: newLogger(p.stderr, f.config), now: p.now, unsynced: p.unsynced, reacting: p.reacting,
	})
}

// splitLeading parts the flags before the name of the command from the rest.
// Of them only those that every command has are taken, and each has a value.
func splitLeading(args []string) (leading, rest []string) {
	for len(args) > 0 && strings.HasPrefix(args[0], "-") && args[0] != "--" {
		n := 1
		if !strings.Contains(args[0], "=") && !asksHelp(args[:1]) && len(args) > 1 {
			n = 2
		}
		leading, args = append(leading, args[:n]...), args[n:]
	}
	return leading, args
}

func asksHelp(args []string) bool {
	for _, a := range args {
		if a == "-h" || a == "-help" || a == "--help" {
			return true
		}
	}
	return false
}

// language is the one that messages have, known before the command line is
// read: what is wrong with it is told in that language.
func (p program) language(args []string) string {
	lang := p.env.get(variable("lang"))
	for i, a := range args {
		if a == "--" {
			break
		}
		name, value, given := strings.Cut(strings.TrimLeft(a, "-"), "=")
		if name != "lang" || !strings.HasPrefix(a, "-") {
			continue
		}
		if !given && i+1 < len(args) {
			value = args[i+1]
		}
		lang = value
	}
	if lang != "en" {
		lang = "zh"
	}
	return lang
}

// newLogger returns the log of the program: lines for operators, never
// payloads.
func newLogger(w io.Writer, c *Config) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(c.LogLevel)); err != nil {
		level = slog.LevelInfo
	}
	o := &slog.HandlerOptions{Level: level}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(w, o))
	}
	return slog.New(slog.NewTextHandler(w, o))
}
