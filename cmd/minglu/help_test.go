package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestHelp compares the help of every command, in both languages, and the
// completion scripts with testdata/help.
func TestHelp(t *testing.T) {
	t.Parallel()
	for _, c := range completions() {
		name := strings.ReplaceAll(c.path, " ", "-")
		if c.path == "" {
			name = "minglu"
		}
		for _, lang := range []string{"zh", "en"} {
			o := minglu(t, nil, append([]string{"help", "--lang", lang}, strings.Fields(c.path)...)...)
			golden(t, name+"."+lang+".txt", o.stdout)
			if o.code != exitDone || o.stderr != "" {
				t.Errorf("help %s: got %+v", c.path, o)
			}
		}
	}
	for _, shell := range []string{"bash", "zsh", "fish"} {
		golden(t, "completion."+shell, minglu(t, nil, "completion", shell).stdout)
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "help", name)
	if os.Getenv("MINGLU_UPDATE") != "" {
		if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o640); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil || got != string(want) {
		t.Errorf("%s differs; MINGLU_UPDATE=1 writes it anew\ngot:\n%s\nwant:\n%s", path, got, want)
	}
}

func TestHelpIsAskedForInManyWays(t *testing.T) {
	t.Parallel()
	want := minglu(t, nil, "help", "token", "create").stdout
	for _, args := range [][]string{{"token", "create", "--help"}, {"token", "create", "-h"}, {"--help", "token", "create"}} {
		if o := minglu(t, nil, args...); o.code != exitDone || o.stdout != want {
			t.Errorf("%v: got %+v", args, o)
		}
	}
	overview := minglu(t, nil, "help").stdout
	if o := minglu(t, nil, "--help"); o.code != exitDone || o.stdout != overview {
		t.Errorf("got %+v", o)
	}
	if o := minglu(t, nil); o.code != exitUsage || o.stdout != "" || o.stderr != overview {
		t.Errorf("nothing: got %+v", o)
	}
	if o := minglu(t, nil, "token"); o.code != exitUsage || !strings.Contains(o.stderr, "create") {
		t.Errorf("token alone: got %+v", o)
	}
}

func TestFlagsMayStandBeforeTheCommandAndBehindItsWords(t *testing.T) {
	t.Parallel()
	want := minglu(t, nil, "help", "--lang", "en", "token").stdout
	for _, args := range [][]string{{"--lang", "en", "help", "token"}, {"--lang=en", "help", "token"}, {"help", "token", "--lang", "en"}, {"help", "--lang=en", "--", "token"}} {
		if o := minglu(t, nil, args...); o.code != exitDone || o.stdout != want {
			t.Errorf("%v: got %+v", args, o)
		}
	}
}

// TestEveryCommandExplainsItself keeps the table whole.
func TestEveryCommandExplainsItself(t *testing.T) {
	t.Parallel()
	var check func(path string, list []command)
	check = func(path string, list []command) {
		var names []string
		for _, c := range list {
			if c.summary.ZH == "" || c.summary.EN == "" || (c.about.ZH == "") != (c.about.EN == "") || slices.Contains(names, c.name) {
				t.Errorf("%s%s: got a line that is not whole in both languages, or stands twice", path, c.name)
			}
			if (c.prepare == nil) == (c.sub == nil) {
				t.Errorf("%s%s: got neither an action nor subcommands, or both", path, c.name)
			}
			f := newFlags(c.name)
			c.run(f)
			for _, o := range f.list {
				if o.usage.ZH == "" || o.usage.EN == "" {
					t.Errorf("%s%s --%s: got no usage in one of the languages", path, c.name, o.name)
				}
			}
			names = append(names, c.name)
			check(path+c.name+" ", c.sub)
		}
	}
	check("", commands())
}

func TestVersionNamesThePartsItRestsOn(t *testing.T) {
	t.Parallel()
	o := minglu(t, nil, "version")
	for _, want := range []string{"minglu ", "commit ", "go go1.", "nats-server ", "bbolt "} {
		if !strings.Contains(o.stdout, want) {
			t.Errorf("got %q, want %q in it", o.stdout, want)
		}
	}
}
