package main

import (
	"context"
	"encoding/json"
	"io"

	"minglu/domain"
)

// setValue is one setting as it is in force.
type setValue struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	From  string `json:"from"`
}

func configCommand() command {
	return command{
		name:    "config",
		summary: domain.Say("显示生效的设置及其来源", "show the settings in force and where they come from"),
		about: domain.Say(
			"来源是 flag（命令行）、环境变量名、配置文件名或 default（默认值）。秘密只显示是否已设置。",
			"Values come from a flag, a variable of the environment, the configuration file, or are the default.\nOf secrets it says only whether they are set."),
		prepare: func(f *flags) action {
			var asJSON bool
			var names []string
			for _, o := range f.list {
				if o.setting {
					names = append(names, o.name)
				}
			}
			f.settings(names...)
			f.truth(&asJSON, "json", domain.Say("以 JSON 输出", "print JSON"))
			return func(_ context.Context, c *call) error {
				var list []setValue
				for _, o := range c.flags.list {
					if o.setting {
						list = append(list, setValue{o.name, shown(o, c.flags.set.Lookup(o.name).Value.String()), c.flags.config.sources[o.name]})
					}
				}
				if asJSON {
					return json.NewEncoder(c.stdout).Encode(list)
				}
				return writeSettings(c.stdout, list)
			}
		},
	}
}

func writeSettings(w io.Writer, list []setValue) error {
	rows := make([][]string, len(list))
	for i, s := range list {
		rows[i] = []string{s.Name, s.Value, s.From}
	}
	return columns(w, rows)
}
