package ledger

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
)

// row is one row of a ledger with the columns of its sheet.
type row struct {
	sheet   string
	columns *columns
	cells   []cell
	known   field // by which the institution is told from others
	// told are the fields that may be repeated; nil: all of them.
	told []field
}

// original returns the row as an object from heading to text, as far as it may
// be repeated.
func (r *row) original() json.RawMessage {
	var b bytes.Buffer
	b.WriteByte('{')
	add := func(name, value string) {
		if b.Len() > 1 {
			b.WriteByte(',')
		}
		b.Write(quoted([]byte(name)))
		b.WriteByte(':')
		b.Write(quoted([]byte(value)))
	}
	if r.sheet != "" {
		add("工作表", r.sheet)
	}
	for _, c := range r.columns.list {
		switch v := r.at(c); {
		case v.text == "":
		case r.told == nil:
			add(c.title, v.text)
		case slices.Contains(r.told, c.field):
			add(c.title, nameless(v.text))
		}
	}
	b.WriteByte('}')
	return b.Bytes()
}

func (r *row) at(c column) cell {
	if c.at >= len(r.cells) {
		return cell{}
	}
	return r.cells[c.at]
}

// one returns the cell of a field, and the column where it stands. Of several
// columns one may be filled.
func (r *row) one(f field) (cell, column, error) {
	var found cell
	var where column
	for _, c := range r.columns.of(f) {
		v := r.at(c)
		if v.blank() || isNothing(v.text) {
			continue
		}
		if v.fault != nil {
			return v, c, inColumn(f, v.fault)
		}
		if !found.blank() && found.text != v.text {
			return v, c, inColumn(f, problem(domain.Invalid, "two_values", "“%s”和“%s”两列都填了", "both columns %q and %q are filled", where.title, c.title))
		}
		found, where = v, c
	}
	return found, where, nil
}

// text returns the text of a field, empty where there is none.
func (r *row) text(f field) (string, error) {
	v, _, err := r.one(f)
	return v.text, err
}

// needed is text that must not be empty.
func (r *row) needed(f field) (string, error) {
	s, err := r.text(f)
	if err == nil && s == "" {
		err = missing(f, domain.Text{})
	}
	return s, err
}

func missing(f field, why domain.Text) error {
	return inColumn(f, problem(domain.Invalid, "required", "缺少%[1]s%[2]s", "%[1]s is missing%[3]s", f, why.ZH, why.EN))
}

// day returns the day of a field, zero where there is none.
func (r *row) day(f field) (calendar.Day, error) {
	v, _, err := r.one(f)
	if err != nil || v.text == "" || v.day != 0 {
		return v.day, err
	}
	day, err := readDay(v.text)
	return day, inColumn(f, err)
}

// readDay reads a day as people type it, with a time of day that programs add.
func readDay(s string) (calendar.Day, error) {
	if i := strings.LastIndexAny(s, " T"); i > 0 && strings.Contains(s[i:], ":") && strings.Trim(s[i:], " T0123456789:.") == "" {
		s = s[:i]
	}
	return calendar.ReadLoose(s)
}

// read returns the code of a field by its words, none where it is empty.
func read[T comparable](r *row, f field, w words[T]) (code T, err error) {
	s, err := r.text(f)
	if err != nil || s == "" {
		return code, err
	}
	code, err = w.read(s)
	return code, inColumn(f, err)
}

// inColumn says in which column a fault is.
func inColumn(f field, err error) error {
	e, ok := errors.AsType[*domain.Error](err)
	if !ok {
		return err
	}
	out := *e
	out.Fields = []domain.Field{{Pointer: string(f), Code: string(e.Code), Message: e.Text}}
	if len(e.Fields) > 0 {
		out.Fields[0].Code, out.Fields[0].Message = e.Fields[0].Code, e.Fields[0].Message
	}
	return &out
}

// pointers tell in which column a member of an act stood; the longest beginning
// counts.
var pointers = map[string]field{
	"/division": fDivision, "/effective": fGranted, "/actor": fDivision, "/target": fName,
	"/body/names": fName, "/body/uscc": fUSCC, "/body/kind": fKind, "/body/mode": fMode, "/body/address": fAddress,
	"/body/class": fClass, "/body/categories": fCategory, "/body/audiences": fAudiences, "/body/organiser": fOrganiser, "/body/principal": fPrincipal,
	"/body/number": fLicence, "/body/valid_from": fFrom, "/body/valid_to": fUntil, "/body/form": fForm, "/body/for_profit": fProfit,
	"/body/cause": fStatus, "/body/reason": fStatus, "/body/authority": fForm,
}

// explain tells the members of an act by the headings of their columns.
func (r *row) explain(err error) error {
	e, ok := errors.AsType[*domain.Error](err)
	if !ok {
		return err
	}
	out := *e
	out.Fields = make([]domain.Field, len(e.Fields))
	for i, f := range e.Fields {
		if name, ok := columnOf(f.Pointer); ok {
			f.Pointer = string(name)
		}
		for _, c := range r.columns.of(field(f.Pointer)) {
			if f.Pointer = c.title; !r.at(c).blank() {
				break
			}
		}
		out.Fields[i] = f
	}
	if e.Code == domain.KeyReused {
		value, where, _ := r.one(r.known)
		out.Text = domain.Say("“%s”以前导入过（或在前面的行里），内容与这一行不同，未作改动", "%q was imported before, or stands in a row above, with another content; nothing was changed", clip(value.text))
		out.Hint = domain.Say("情况有变化的，请用相应的行为办理；原来填错的，请用更正", "where things changed, record the act that changed them; where it was wrong, correct it")
		out.Fields = []domain.Field{{Pointer: where.title, Code: "imported_before", Message: out.Text}}
	}
	return &out
}

func columnOf(pointer string) (f field, ok bool) {
	best := ""
	for p, name := range pointers {
		if strings.HasPrefix(pointer, p) && len(p) > len(best) {
			best, f, ok = p, name, true
		}
	}
	return f, ok
}
