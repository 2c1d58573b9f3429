package main

import (
	"context"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"minglu/domain"
)

func helpCommand() command {
	return command{
		name: "help", args: "[COMMAND]",
		summary: domain.Say("说明命令及其选项", "explain commands and their flags"),
		values:  commandNames,
		prepare: func(*flags) action {
			return func(_ context.Context, c *call) error {
				if len(c.args) == 0 {
					return overview(c.stdout, c.lang)
				}
				path, rest := find(commands(), c.args)
				if len(rest) > 0 {
					return badUsage("没有名为“%s”的命令；minglu help 列出全部命令", "there is no command %q; minglu help lists them all", strings.Join(c.args, " "))
				}
				return explain(c.stdout, c.lang, path)
			}
		},
	}
}

func commandNames() []string {
	var out []string
	for _, c := range commands() {
		out = append(out, c.name)
	}
	return out
}

// nameOf is the name of a command as it is typed behind "minglu".
func nameOf(path []command) string {
	names := make([]string, len(path))
	for i, c := range path {
		names[i] = c.name
	}
	return strings.Join(names, " ")
}

var (
	tagline = domain.Say("名录：校外培训机构登记，每一项都有依据、有日期、可核对", "minglu: the register of off-campus training institutions, dated and verifiable")
	usage   = domain.Say("用法", "Usage")
	cmds    = domain.Say("命令", "Commands")
	options = domain.Say("选项", "Flags")
	deflt   = domain.Say("（默认 %s）", "(default %s)")
	more    = domain.Say(
		"minglu help 命令 说明一个命令。每个选项也可写作环境变量 MINGLU_选项名，\n设置还可写在 --config 文件中；命令行先于环境变量，环境变量先于文件。\n\n退出码：0 完成，1 失败，2 用法错误，3 部分被拒，4 核对不符。",
		"minglu help COMMAND explains a command. Every flag can be given as MINGLU_<FLAG>\nin the environment, settings in the --config file too; the command line comes\nbefore the environment, and that before the file.\n\nExit codes: 0 done, 1 failed, 2 wrong usage, 3 part refused, 4 does not verify.")
)

// overview writes what there is.
func overview(w io.Writer, lang string) error {
	var b strings.Builder
	b.WriteString(tagline.In(lang) + "\n\n" + usage.In(lang) + ": minglu COMMAND [--flags] …\n\n" + cmds.In(lang) + ":\n")
	var rows [][2]string
	for _, c := range commands() {
		rows = append(rows, [2]string{c.name, c.summary.In(lang)})
	}
	table(&b, rows)
	b.WriteString("\n" + more.In(lang) + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// explain writes what one command does.
func explain(w io.Writer, lang string, path []command) error {
	cmd := path[len(path)-1]
	f := newFlags(cmd.name)
	cmd.run(f)
	var b strings.Builder
	b.WriteString("minglu " + nameOf(path) + " — " + cmd.summary.In(lang) + "\n\n" + usage.In(lang) + ": minglu " + nameOf(path))
	if len(cmd.sub) > 0 {
		b.WriteString(" COMMAND")
	}
	b.WriteString(" [--flags]")
	if cmd.args != "" {
		b.WriteString(" " + cmd.args)
	}
	b.WriteString("\n")
	if about := cmd.about.In(lang); about != "" {
		b.WriteString("\n" + about + "\n")
	}
	if len(cmd.sub) > 0 {
		b.WriteString("\n" + cmds.In(lang) + ":\n")
		var rows [][2]string
		for _, c := range cmd.sub {
			rows = append(rows, [2]string{c.name, c.summary.In(lang)})
		}
		table(&b, rows)
	} else {
		b.WriteString("\n" + options.In(lang) + ":\n")
		table(&b, optionRows(f, lang))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func optionRows(f *flags, lang string) [][2]string {
	var own, common [][2]string
	for _, o := range f.list {
		if o.hidden {
			continue
		}
		row := [2]string{strings.TrimSpace("--" + o.name + " " + o.value), o.usage.In(lang)}
		if len(o.values) > 0 {
			row[1] += ": " + strings.Join(o.values, " | ")
		}
		if v := f.fallback(o.name); v != "" {
			row[1] += " " + strings.ReplaceAll(deflt.In(lang), "%s", v)
		}
		if slices.Contains(everywhere, o.name) || o.name == "config" {
			common = append(common, row)
		} else {
			own = append(own, row)
		}
	}
	return append(own, common...)
}

// table writes rows of two columns.
func table(w io.Writer, rows [][2]string) {
	width := 0
	for _, r := range rows {
		width = max(width, utf8.RuneCountInString(r[0]))
	}
	for _, r := range rows {
		pad := strings.Repeat(" ", width-utf8.RuneCountInString(r[0]))
		io.WriteString(w, "  "+r[0]+pad+"  "+r[1]+"\n") //nolint:errcheck // a strings.Builder
	}
}
