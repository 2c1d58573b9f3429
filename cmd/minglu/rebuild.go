package main

import (
	"context"
	"fmt"
	"slices"

	"minglu/domain"
	"minglu/projections"
	"minglu/register"
)

func rebuildCommand() command {
	return command{
		name: "rebuild", args: "[VIEW…]",
		summary: domain.Say("重建视图，建成后切换", "build views anew beside the old ones and switch over"),
		about: domain.Say(
			"不写视图名就重建全部。名录运行时也可以，其间查询照常。",
			"Rebuilds all views where none is named. The register may be running and goes on answering."),
		values: viewNames,
		prepare: func(f *flags) action {
			cfg := f.settings(storage...)
			return func(ctx context.Context, c *call) error {
				names := viewNames()
				for _, name := range c.args {
					if !slices.Contains(names, name) {
						return badUsage("没有名为 %s 的视图", "there is no view %s", name)
					}
				}
				return withOperator(ctx, c, cfg, func(o operator) error {
					list, err := o.rebuild(ctx, c.args)
					if err != nil {
						return err
					}
					return writeStatus(c, list, c.args)
				})
			}
		},
	}
}

// writeStatus writes how the named views stand, or all where none is named.
func writeStatus(c *call, list []projections.Status, names []string) error {
	var rows [][]string
	for _, s := range list {
		if len(names) == 0 || slices.Contains(names, s.Name) {
			rows = append(rows, []string{s.Name, fmt.Sprint(s.Version), fmt.Sprint(s.Seq), string(s.State)})
		}
	}
	return columns(c.stdout, rows)
}

func viewNames() []string {
	var out []string
	for _, p := range projections.All(register.Codec()) {
		out = append(out, p.Name())
	}
	return out
}
