package main

import (
	"context"
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"

	"minglu/domain"
)

// versions are those of the program and of what it rests on.
type versions struct {
	Version string `json:"version"`
	Commit  string `json:"commit"`
	Go      string `json:"go"`
	NATS    string `json:"nats"`
	Bbolt   string `json:"bbolt"`
}

func versionCommand() command {
	return command{
		name:    "version",
		summary: domain.Say("程序及其组件的版本", "version of the program and its parts"),
		prepare: func(f *flags) action {
			var asJSON bool
			f.truth(&asJSON, "json", domain.Say("以 JSON 输出", "print JSON"))
			return func(_ context.Context, c *call) error {
				v := readVersions()
				if asJSON {
					return json.NewEncoder(c.stdout).Encode(v)
				}
				_, err := fmt.Fprintf(c.stdout, "minglu %s\ncommit %s\ngo %s\nnats-server %s\nbbolt %s\n", v.Version, v.Commit, v.Go, v.NATS, v.Bbolt)
				return err
			}
		},
	}
}

// readVersions reads what the build recorded.
func readVersions() versions {
	v := versions{Version: "(devel)", Commit: "unknown", Go: runtime.Version(), NATS: "unknown", Bbolt: "unknown"}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	if info.Main.Version != "" {
		v.Version = info.Main.Version
	}
	modified := ""
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			v.Commit = s.Value
		case "vcs.modified":
			if s.Value == "true" {
				modified = "+modified"
			}
		}
	}
	v.Commit += modified
	for _, m := range info.Deps {
		switch m.Path {
		case "github.com/nats-io/nats-server/v2":
			v.NATS = m.Version
		case "go.etcd.io/bbolt":
			v.Bbolt = m.Version
		}
	}
	return v
}
