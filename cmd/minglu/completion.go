package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"minglu/domain"
)

func completionCommand() command {
	return command{
		name: "completion", args: "bash|zsh|fish",
		summary: domain.Say("输出命令行补全脚本", "write a completion script for a shell"),
		about: domain.Say(
			"例如写入 ~/.bashrc：  source <(minglu completion bash)\nzsh：  minglu completion zsh > \"${fpath[1]}/_minglu\"\nfish： minglu completion fish > ~/.config/fish/completions/minglu.fish",
			"For instance in ~/.bashrc:  source <(minglu completion bash)\nzsh:   minglu completion zsh > \"${fpath[1]}/_minglu\"\nfish:  minglu completion fish > ~/.config/fish/completions/minglu.fish"),
		values: func() []string { return []string{"bash", "zsh", "fish"} },
		prepare: func(*flags) action {
			return func(_ context.Context, c *call) error {
				if len(c.args) != 1 {
					return badUsage("请写明一种：bash、zsh 或 fish", "name one shell: bash, zsh or fish")
				}
				var script string
				switch c.args[0] {
				case "bash":
					script = bashCompletion(completions())
				case "zsh":
					script = zshCompletion(completions(), c.lang)
				case "fish":
					script = fishCompletion(completions(), c.lang)
				default:
					return badUsage("不支持 %s：可以是 bash、zsh 或 fish", "%s is not offered: bash, zsh or fish", c.args[0])
				}
				_, err := io.WriteString(c.stdout, script)
				return err
			}
		},
	}
}

// A completion is what may follow one command.
type completion struct {
	path    string // "token create"; empty for minglu itself
	sub     []command
	options []option
	values  []string
	files   bool
}

// completions returns those of every command, minglu itself first.
func completions() []completion {
	out := []completion{{sub: commands()}}
	var walk func(prefix string, list []command)
	walk = func(prefix string, list []command) {
		for _, cmd := range list {
			f := newFlags(cmd.name)
			cmd.run(f)
			c := completion{path: strings.TrimSpace(prefix + " " + cmd.name), sub: cmd.sub}
			for _, o := range f.list {
				if !o.hidden {
					c.options = append(c.options, o)
				}
			}
			if cmd.values != nil {
				c.values = cmd.values()
			} else {
				c.files = cmd.args != ""
			}
			out = append(out, c)
			walk(c.path, cmd.sub)
		}
	}
	walk("", commands())
	return out
}

// words are the values of c that are known beforehand: subcommands or what
// stands in the place of the arguments.
func (c completion) words() []string {
	if len(c.sub) == 0 {
		return c.values
	}
	var out []string
	for _, s := range c.sub {
		out = append(out, s.name)
	}
	return out
}

// takesPath tells that the value of a flag is a file or directory.
func (o option) takesPath() bool { return o.value == "FILE" || o.value == "DIR" }

func bashCompletion(list []completion) string {
	var b strings.Builder
	b.WriteString("# bash completion for minglu\n_minglu() {\n" +
		"  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} path='' i\n" +
		"  COMPREPLY=()\n  for ((i = 1; i < COMP_CWORD; i++)); do\n    case \"$path ${COMP_WORDS[i]}\" in\n")
	for _, c := range list[1:] {
		fmt.Fprintf(&b, "      %q) path=%q ;;\n", parent(c.path)+" "+last(c.path), c.path)
	}
	b.WriteString("    esac\n  done\n  case \"$path $prev\" in\n")
	for _, c := range list {
		for _, o := range c.options {
			switch {
			case len(o.values) > 0:
				fmt.Fprintf(&b, "    %q) COMPREPLY=($(compgen -W %q -- \"$cur\")); return ;;\n", c.path+" --"+o.name, strings.Join(o.values, " "))
			case o.takesPath():
				fmt.Fprintf(&b, "    %q) COMPREPLY=($(compgen -f -- \"$cur\")); return ;;\n", c.path+" --"+o.name)
			case o.value != "":
				fmt.Fprintf(&b, "    %q) return ;;\n", c.path+" --"+o.name)
			}
		}
	}
	b.WriteString("  esac\n  case \"$path\" in\n")
	for _, c := range list {
		words := c.words()
		for _, o := range c.options {
			words = append(words, "--"+o.name)
		}
		fmt.Fprintf(&b, "    %q) COMPREPLY=($(compgen -W %q -- \"$cur\")", c.path, strings.Join(words, " "))
		if c.files {
			b.WriteString(" $(compgen -f -- \"$cur\")")
		}
		b.WriteString(") ;;\n")
	}
	b.WriteString("  esac\n}\ncomplete -o filenames -F _minglu minglu\n")
	return b.String()
}

func parent(path string) string {
	i := strings.LastIndexByte(path, ' ')
	return path[:max(i, 0)]
}

func last(path string) string { return path[strings.LastIndexByte(path, ' ')+1:] }

func zshCompletion(list []completion, lang string) string {
	var b strings.Builder
	b.WriteString("#compdef minglu\n_minglu() {\n  local path='' w\n  for w in ${words[2,CURRENT-1]}; do\n    case \"$path $w\" in\n")
	for _, c := range list[1:] {
		fmt.Fprintf(&b, "      %q) path=%q ;;\n", parent(c.path)+" "+last(c.path), c.path)
	}
	b.WriteString("    esac\n  done\n  local -a subs\n  case \"$path\" in\n")
	for _, c := range list {
		fmt.Fprintf(&b, "    %q)\n", c.path)
		switch {
		case len(c.sub) > 0:
			b.WriteString("      subs=(")
			for _, s := range c.sub {
				fmt.Fprintf(&b, " %s", zshWord(s.name+":"+s.summary.In(lang)))
			}
			b.WriteString(" )\n      _describe -t commands command subs ;;\n")
		default:
			b.WriteString("      _arguments -S")
			for _, o := range c.options {
				fmt.Fprintf(&b, " %s", zshWord("--"+o.name+zshValue(o, lang)))
			}
			switch {
			case len(c.values) > 0:
				fmt.Fprintf(&b, " %s", zshWord("*::value:("+strings.Join(c.values, " ")+")"))
			case c.files:
				b.WriteString(" '*:file:_files'")
			}
			b.WriteString(" ;;\n")
		}
	}
	b.WriteString("  esac\n}\ncompdef _minglu minglu\n")
	return b.String()
}

func zshValue(o option, lang string) string {
	text := "[" + strings.NewReplacer("[", "(", "]", ")", ":", "：").Replace(o.usage.In(lang)) + "]"
	switch {
	case o.value == "":
		return text
	case len(o.values) > 0:
		return "=" + text + ":" + o.value + ":(" + strings.Join(o.values, " ") + ")"
	case o.takesPath():
		return "=" + text + ":" + o.value + ":_files"
	}
	return "=" + text + ":" + strings.ReplaceAll(o.value, ":", `\:`) + ": "
}

func zshWord(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

func fishCompletion(list []completion, lang string) string {
	var b strings.Builder
	b.WriteString("# fish completion for minglu\ncomplete -c minglu -f\n")
	for _, c := range list {
		condition := "__fish_use_subcommand"
		if c.path != "" {
			condition = "__fish_seen_subcommand_from " + strings.ReplaceAll(c.path, " ", "; and __fish_seen_subcommand_from ")
		}
		line := func(format string, args ...any) {
			fmt.Fprintf(&b, "complete -c minglu -n '%s' "+format+"\n", append([]any{condition}, args...)...)
		}
		for _, s := range c.sub {
			line("-a %s -d %s", s.name, fishWord(s.summary.In(lang)))
		}
		for _, v := range c.values {
			line("-a %s", v)
		}
		if c.files {
			line("-F")
		}
		for _, o := range c.options {
			switch {
			case o.value == "":
				line("-l %s -d %s", o.name, fishWord(o.usage.In(lang)))
			case len(o.values) > 0:
				line("-l %s -x -a %s -d %s", o.name, fishWord(strings.Join(o.values, " ")), fishWord(o.usage.In(lang)))
			case o.takesPath():
				line("-l %s -r -F -d %s", o.name, fishWord(o.usage.In(lang)))
			default:
				line("-l %s -x -d %s", o.name, fishWord(o.usage.In(lang)))
			}
		}
	}
	return b.String()
}

func fishWord(s string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, "'", `\'`).Replace(s) + "'"
}
