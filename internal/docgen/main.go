// Command docgen writes the documents that are made from the code: acts,
// events, rules, authority. With -check it writes nothing and fails where a
// document differs from what it would write.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() {
	if err := run(os.Args[1:], os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// documents are what is generated, by file name.
var documents = map[string]func(io.Writer){
	"acts.md": acts, "events.md": events, "rules.md": rules, "authority.md": authorities,
}

func run(args []string, stderr io.Writer) error {
	f := flag.NewFlagSet("docgen", flag.ContinueOnError)
	f.SetOutput(stderr)
	check := f.Bool("check", false, "compare instead of writing")
	if err := f.Parse(args); err != nil {
		return err
	}
	if f.NArg() != 1 {
		return fmt.Errorf("usage: docgen [-check] DIRECTORY")
	}
	for name, write := range documents {
		var b bytes.Buffer
		write(&b)
		path := filepath.Join(f.Arg(0), name)
		if !*check {
			if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
				return err
			}
			continue
		}
		if is, err := os.ReadFile(path); err != nil || !bytes.Equal(is, b.Bytes()) {
			return fmt.Errorf("%s is not what the code says: run make update and read the difference", path)
		}
	}
	return nil
}
