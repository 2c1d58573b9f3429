package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
)

// Where values come from, as "minglu config" says it.
const (
	fromDefault = "default"
	fromFlag    = "flag"
)

// environ is the environment of the program: NAME=value.
type environ []string

// get returns the value of a variable; one that is set to nothing is not set.
func (e environ) get(name string) string {
	for _, v := range slices.Backward(e) {
		if n, value, ok := strings.Cut(v, "="); ok && n == name {
			return value
		}
	}
	return ""
}

// resolve gives every flag that was not given its value from the environment,
// the configuration file or its default, in this order, and checks the
// configuration. Faults are returned all at once.
func (f *flags) resolve(env environ) error {
	given := map[string]bool{}
	f.set.Visit(func(g *flag.Flag) { given[g.Name] = true })
	if !given["config"] {
		f.config.File = env.get(variable("config"))
	}
	file, err := f.readFile()
	if err != nil {
		return err
	}
	var errs []error
	sources := map[string]string{}
	for _, o := range f.list {
		if o.hidden && !f.uses {
			continue
		}
		sources[o.name] = fromDefault
		if given[o.name] {
			sources[o.name] = fromFlag
			continue
		}
		value, source := env.get(variable(o.name)), variable(o.name)
		if v, ok := file[o.name]; ok && value == "" {
			value, source = v, f.config.File
		}
		if value == "" || o.name == "config" {
			continue
		}
		sources[o.name] = source
		if err := f.put(o.name, value); err != nil {
			errs = append(errs, badUsage("%[1]s 中的 %[2]s：%[3]s", "%[2]s in %[1]s: %[4]s", source, o.name, inZH(err), inEN(err)))
		}
	}
	f.config.sources = sources
	if len(errs) == 0 && f.uses {
		errs = append(errs, f.config.Validate())
	}
	return errors.Join(errs...)
}

// readFile reads the configuration file, if there is one, and refuses keys
// that are no settings.
func (f *flags) readFile() (map[string]string, error) {
	if f.config.File == "" {
		return nil, nil
	}
	raw, err := os.ReadFile(f.config.File)
	if err != nil {
		return nil, badUsage("不能读取配置文件：%v", "cannot read the configuration file: %v", err)
	}
	read := readPairs
	if bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) {
		read = readObject
	}
	values, err := read(raw)
	if err != nil {
		return nil, badUsage("配置文件 %s：%v", "configuration file %s: %v", f.config.File, err)
	}
	var errs []error
	for _, key := range slices.Sorted(maps.Keys(values)) {
		known := func(o option) bool { return o.name == key && o.setting }
		if !slices.ContainsFunc(f.list, known) {
			errs = append(errs, badUsage("配置文件 %s：没有名为 %s 的设置", "configuration file %s: there is no setting %s", f.config.File, key))
		}
	}
	return values, errors.Join(errs...)
}

func readObject(raw []byte) (map[string]string, error) {
	var members map[string]any
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if err := d.Decode(&members); err != nil {
		return nil, err
	}
	if d.More() {
		return nil, errors.New("more than one JSON object")
	}
	out := make(map[string]string, len(members))
	for key, v := range members {
		switch v.(type) {
		case string, bool, json.Number:
			out[key] = fmt.Sprint(v)
		default:
			return nil, fmt.Errorf("%s: neither text, number nor truth value", key)
		}
	}
	return out, nil
}

// readPairs reads key=value lines; empty lines and those that begin with # are
// passed over.
func readPairs(raw []byte) (map[string]string, error) {
	out := map[string]string{}
	lines := bufio.NewScanner(bytes.NewReader(raw))
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		if !ok {
			return nil, fmt.Errorf("line %d: not key=value", n)
		}
		out[strings.TrimSpace(key)] = strings.TrimSpace(value)
	}
	return out, lines.Err()
}
