package main

import (
	"encoding"
	"fmt"
	"io"
	"reflect"
	"strings"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/rule"
	"minglu/domain/term"
	"minglu/register"
)

const generated = "<!-- made by internal/docgen; do not edit -->\n\n"

func acts(w io.Writer) {
	fmt.Fprint(w, "# Acts\n\n"+generated+
		"What an agency may do: the object of `POST /api/v1/…` and of a journal line. Members with `?` may be left out.\n"+
		"Who may do it, and who may read acts marked `joint` or `agency`: [authority.md](authority.md). The rules that judge it: [rules.md](rules.md).\n"+
		"A reference names another thing by stream name, by `{\"id\":…}` or by `{\"ref\":…}`.\n")
	for _, a := range register.Aggregates {
		fmt.Fprintf(w, "\n## %s %s\n\n| act | 中文 | body | needs | rules |\n| --- | --- | --- | --- | --- |\n", a.Name, a.Title.ZH)
		for _, t := range a.Acts {
			var ids []string
			for _, r := range t.Rules {
				ids = append(ids, r.ID)
			}
			notes := ""
			if t.Creates {
				notes = " (creates)"
			}
			if t.Future {
				notes += " (may lie in the future)"
			}
			if t.Visibility != "" && t.Visibility != domain.Public {
				notes += " (" + string(t.Visibility) + ")"
			}
			fmt.Fprintf(w, "| `%s`%s | %s | %s | `%s` | %s |\n", t.Name, notes, t.Title.ZH, members(reflect.TypeOf(t.New()).Elem()), t.Competence, strings.Join(ids, ", "))
		}
	}
}

func events(w io.Writer) {
	fmt.Fprint(w, "# Events\n\n"+generated+
		"What the log holds. Every fact has the envelope of [ARCHITECTURE.md](ARCHITECTURE.md) as CloudEvents headers; the body is below.\n")
	for _, a := range register.Aggregates {
		fmt.Fprintf(w, "\n## %s %s\n\n| event | version | body |\n| --- | --- | --- |\n", a.Name, a.Title.ZH)
		for _, t := range a.Events {
			read := ""
			if !t.Current {
				read = " (read only)"
			}
			fmt.Fprintf(w, "| `%s` | %d%s | %s |\n", t.Name, t.Version, read, members(reflect.TypeOf(t.New()).Elem()))
		}
	}
}

func rules(w io.Writer) {
	fmt.Fprint(w, "# Rules\n\n"+generated+
		"Every rule that may refuse an act, by the id that refusals name. Marks: `law` read in the statute, `seen` read in a copy of a page,\n"+
		"`design` our decision, `unverified` nobody could confirm it.\n\n| id | version | 中文 | citation | mark | in force | acts |\n| --- | --- | --- | --- | --- | --- | --- |\n")
	judged := map[string][]string{}
	for _, a := range register.Aggregates {
		for _, t := range a.Acts {
			for _, r := range t.Rules {
				judged[r.ID] = append(judged[r.ID], "`"+t.Name+"`")
			}
		}
	}
	for _, r := range register.Rules() {
		force := r.From
		if force != "" || r.To != "" {
			force += " – " + r.To
		}
		fmt.Fprintf(w, "| `%s` | %d | %s | %s | `%s` | %s | %s |\n", r.ID, r.Version, r.Title.ZH, r.Citation, r.Mark, force, strings.Join(judged[r.ID], ", "))
	}
	fmt.Fprint(w, "\n## Parameters of a division\n\nWhat `jurisdiction.adopt-policy` may set; a division without its own value takes that of the division above it, else the default.\n\n"+
		"| key | 中文 | type | default | mark | note |\n| --- | --- | --- | --- | --- | --- |\n")
	for _, p := range rule.Parameters {
		fmt.Fprintf(w, "| `%s` | %s | %s | `%s` | `%s` | %s |\n", p.Key, p.Title.ZH, p.Type, p.Default, p.Mark, p.Note)
	}
}

func authorities(w io.Writer) {
	fmt.Fprint(w, "# Authority\n\n"+generated+
		"An agency acts within its division and what lies below it, by a department and a role that have the competence an act needs.\n"+
		"What is not in the table is denied.\n\n| competence | 中文 | departments | roles | acts |\n| --- | --- | --- | --- | --- |\n")
	for _, g := range authority.Table {
		var names []string
		for _, a := range register.Aggregates {
			for _, t := range a.Acts {
				if t.Competence == g.Competence {
					names = append(names, "`"+t.Name+"`")
				}
			}
		}
		fmt.Fprintf(w, "| `%s` | %s | %s | %s | %s |\n", g.Competence, g.Title.ZH, join(g.Departments), join(g.Roles), strings.Join(names, ", "))
	}
	sights(w)
}

func sights(w io.Writer) {
	fmt.Fprint(w, "\n## Who reads what\n\nEvery fact has a visibility: that of its act, or a narrower one where its writer says so. Sealed values are read by an act of their own,\n"+
		"with a reason, and each reading is a fact.\n\n| visibility | 中文 | readers |\n| --- | --- | --- |\n")
	for _, s := range authority.Sights {
		var who []string
		for _, r := range s.Readers {
			who = append(who, authority.Relations[r].ZH)
		}
		if len(who) == 0 {
			who = []string{"—"}
		}
		fmt.Fprintf(w, "| `%s` | %s | %s |\n", s.Visibility, s.Title.ZH, strings.Join(who, "；"))
	}
}

func join[T ~string](codes []T) string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = string(c)
	}
	return strings.Join(out, ", ")
}

// members describes the members of a struct as JSON has them.
func members(t reflect.Type) string {
	var out []string
	for _, f := range reflect.VisibleFields(t) {
		tag := f.Tag.Get("json")
		name, options, _ := strings.Cut(tag, ",")
		if f.Anonymous || name == "" || name == "-" || !f.IsExported() {
			continue
		}
		if strings.Contains(options, "omit") || f.Type.Kind() == reflect.Pointer {
			name += "?"
		}
		out = append(out, "`"+name+"` "+shape(f.Type))
	}
	if len(out) == 0 {
		return "—"
	}
	return strings.Join(out, ", ")
}

var textType = reflect.TypeFor[encoding.TextUnmarshaler]()

func shape(t reflect.Type) string {
	if t.Kind() == reflect.Pointer {
		return shape(t.Elem())
	}
	if v, ok := reflect.New(t).Elem().Interface().(interface{ List() *term.List }); ok {
		return "of " + v.List().Name
	}
	switch {
	case t == reflect.TypeFor[domain.Ref]():
		return "reference"
	case t == reflect.TypeFor[domain.Personal]():
		return "text, sealed"
	case t == reflect.TypeFor[domain.Sealed]():
		return "sealed"
	case t == reflect.TypeFor[domain.RawJSON]():
		return "any value"
	case t.Kind() == reflect.Slice:
		return "list of " + strings.TrimPrefix(shape(t.Elem()), "of ")
	case t.Kind() == reflect.Map:
		return "object"
	case t.Kind() == reflect.Struct:
		return "{" + members(t) + "}"
	case t.Name() == "Day":
		return "day"
	case reflect.PointerTo(t).Implements(textType) || t.Kind() == reflect.String:
		return "text"
	}
	return map[reflect.Kind]string{reflect.Int: "number", reflect.Int64: "number", reflect.Uint64: "number", reflect.Bool: "boolean"}[t.Kind()]
}
