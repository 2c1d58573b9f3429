package main

import (
	"flag"
	"io"
	"slices"
	"strings"
	"time"

	"minglu/domain"
)

// flags are those of one command, on the standard library's, with what help
// and completion need to know of each. A flag that is not given is read from
// the environment, and a setting from the configuration file as well.
type flags struct {
	set    *flag.FlagSet
	list   []option
	config *Config
	uses   bool // the command uses the configuration
}

// An option is one flag.
type option struct {
	name    string
	value   string // what the value is, such as "DIR"; empty for a switch
	usage   domain.Text
	values  []string // the closed list of values, for completion
	secret  bool     // is never shown
	setting bool     // may stand in the configuration file
	hidden  bool     // a setting that the command has no flag for
}

// newFlags returns the flags that every command has: the language, the log and
// the configuration file. The other settings are known, but hidden.
func newFlags(name string) *flags {
	f := &flags{set: flag.NewFlagSet(name, flag.ContinueOnError), config: &Config{}}
	f.set.SetOutput(io.Discard)
	f.config.setDefaults()
	f.config.declare(f)
	for i := range f.list {
		f.list[i].setting = true
		f.list[i].hidden = !slices.Contains(everywhere, f.list[i].name)
	}
	f.text(&f.config.File, "config", "FILE", domain.Say("配置文件：JSON 对象，或每行一个“键=值”", "configuration file: a JSON object, or key=value lines"))
	return f
}

// settings gives the command flags for the named settings and returns the
// configuration, which is whole once the flags are read.
func (f *flags) settings(names ...string) *Config {
	f.uses = true
	for i := range f.list {
		if slices.Contains(names, f.list[i].name) {
			f.list[i].hidden = false
		}
	}
	return f.config
}

// preset gives a setting another default in this command.
func (f *flags) preset(name, value string) {
	g := f.set.Lookup(name)
	g.DefValue = value
	if err := g.Value.Set(value); err != nil {
		panic(err) // a constant of the program
	}
}

// text declares a flag whose value is a text; *p holds the default.
func (f *flags) text(p *string, name, value string, usage domain.Text) *option {
	f.set.StringVar(p, name, *p, "")
	return f.add(name, value, usage)
}

// oneOf declares a flag whose value is one of a closed list.
func (f *flags) oneOf(p *string, name, value string, values []string, usage domain.Text) *option {
	f.set.Var(&choice{p, values}, name, "")
	o := f.add(name, value, usage)
	o.values = values
	return o
}

// truth declares a switch.
func (f *flags) truth(p *bool, name string, usage domain.Text) *option {
	f.set.BoolVar(p, name, *p, "")
	return f.add(name, "", usage)
}

// number declares a flag whose value is a whole number.
func (f *flags) number(p *int, name, value string, usage domain.Text) *option {
	f.set.IntVar(p, name, *p, "")
	return f.add(name, value, usage)
}

// position declares a flag whose value is a whole number from 0.
func (f *flags) position(p *uint64, name, value string, usage domain.Text) *option {
	f.set.Uint64Var(p, name, *p, "")
	return f.add(name, value, usage)
}

// duration declares a flag whose value is a length of time, such as 30s.
func (f *flags) duration(p *time.Duration, name, value string, usage domain.Text) *option {
	f.set.DurationVar(p, name, *p, "")
	return f.add(name, value, usage)
}

// size declares a flag whose value is a number of bytes, such as 20G.
func (f *flags) size(p *int64, name, value string, usage domain.Text) *option {
	f.set.Var((*byteSize)(p), name, "")
	return f.add(name, value, usage)
}

func (f *flags) add(name, value string, usage domain.Text) *option {
	f.list = append(f.list, option{name: name, value: value, usage: usage})
	return &f.list[len(f.list)-1]
}

// option returns the flag of that name that the command shows.
func (f *flags) option(name string) (option, bool) {
	i := slices.IndexFunc(f.list, func(o option) bool { return o.name == name && !o.hidden })
	if i < 0 {
		return option{}, false
	}
	return f.list[i], true
}

// fallback is the default of a flag as help shows it, or empty.
func (f *flags) fallback(name string) string {
	switch v := f.set.Lookup(name).DefValue; v {
	case "0", "0s", "false":
		return ""
	default:
		return v
	}
}

// parse reads args, in which flags and other words may be mixed; what follows
// "--" is no flag. It returns the other words, and tells where help is asked
// for.
func (f *flags) parse(args []string) (words []string, help bool, err error) {
	for len(args) > 0 {
		word := args[0]
		args = args[1:]
		if word == "--" {
			return append(words, args...), help, nil
		}
		name, ok := strings.CutPrefix(word, "-")
		if !ok || name == "" {
			words = append(words, word)
			continue
		}
		name, value, given := strings.Cut(strings.TrimPrefix(name, "-"), "=")
		if name == "help" || name == "h" {
			help = true
			continue
		}
		o, ok := f.option(name)
		if !ok {
			return nil, help, badUsage("没有选项 --%s", "there is no flag --%s", name)
		}
		switch {
		case given:
		case o.value == "":
			value = "true"
		case len(args) == 0:
			return nil, help, badUsage("选项 --%s 缺少值", "the flag --%s needs a value", name)
		default:
			value, args = args[0], args[1:]
		}
		if err := f.put(name, value); err != nil {
			return nil, help, badUsage("选项 --%[1]s：%[2]s", "flag --%[1]s: %[3]s", name, inZH(err), inEN(err))
		}
	}
	return words, help, nil
}

// put gives a flag its value.
func (f *flags) put(name, value string) error {
	if err := f.set.Set(name, value); err != nil {
		if e, ok := err.(ending); ok {
			return e
		}
		return ending{exitUsage, domain.Say("“%s”不能作为值", "%q cannot be a value", value)}
	}
	return nil
}

func inZH(err error) string { return err.(ending).text.ZH }
func inEN(err error) string { return err.(ending).text.EN }

// variable is the name of the environment variable of a flag.
func variable(name string) string {
	return "MINGLU_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
}
