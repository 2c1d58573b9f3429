package division

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"

	"minglu/domain/calendar"
)

// Level is the rank of a division.
type Level string

// The levels of the table.
const (
	Province   Level = "province"
	Prefecture Level = "prefecture"
	County     Level = "county"
)

// Division is one row of the table: a code as it was between two days. A code
// that was given out again has several.
type Division struct {
	Code   Code
	Name   string
	Level  Level
	Parent Code // empty for provinces
	// ValidFrom is the first day, or 0 where it is not known.
	ValidFrom calendar.Day
	// ValidTo is the first day on which the code was no longer valid, or 0 as
	// long as it is.
	ValidTo calendar.Day
	// Successor is the code that followed an ended one, maybe under another
	// parent; empty where none is recorded, and then none may be guessed.
	Successor Code
	// Note is the remark of the table, in English.
	Note string
	// Statistical marks a code of the statistics office, mostly of a zone: a
	// location, but no county of GB/T 2260.
	Statistical bool
	// Grouping marks a code that groups others and is no place.
	Grouping bool
}

// ValidOn reports whether the row holds on a day; on no day it holds where it
// has not ended.
func (d Division) ValidOn(day calendar.Day) bool {
	if day.IsZero() {
		return d.ValidTo.IsZero()
	}
	return d.ValidFrom <= day && (d.ValidTo.IsZero() || day < d.ValidTo)
}

// node is a code with its rows, oldest first, and its place in the tree.
type node struct {
	code     Code
	rows     []Division
	parent   *node
	children []*node
}

// newest is the last row of the code.
func (n *node) newest() *Division {
	return &n.rows[len(n.rows)-1]
}

// on returns the row that holds on a day or, where none does, the last that
// had ended by then, or else the first.
func (n *node) on(day calendar.Day) *Division {
	found := &n.rows[0]
	if day.IsZero() {
		found = n.newest()
	}
	for i := range n.rows {
		row := &n.rows[i]
		if row.ValidOn(day) {
			return row
		}
		if !row.ValidTo.IsZero() && row.ValidTo <= day {
			found = row
		}
	}
	return found
}

// tree is the whole table.
type tree struct {
	nodes     map[Code]*node
	order     []*node // by code
	provinces []Code
}

//go:embed divisions.csv
var divisions string

var table = func() *tree {
	t, err := newTree(divisions)
	if err != nil {
		panic(fmt.Sprintf("read divisions.csv: %v", err))
	}
	return t
}()

// newTree reads the table and checks that it is a tree of three levels.
func newTree(text string) (*tree, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = 8
	records, err := r.ReadAll()
	if err != nil {
		return nil, err
	}
	t := &tree{nodes: make(map[Code]*node, len(records)), order: make([]*node, 0, len(records))}
	for _, record := range records[1:] {
		row, err := newDivision(record)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", record[0], err)
		}
		n := t.nodes[row.Code]
		if n == nil {
			n = &node{code: row.Code, rows: make([]Division, 0, 1)}
			t.nodes[row.Code] = n
			t.order = append(t.order, n)
		}
		n.rows = append(n.rows, row)
	}
	slices.SortFunc(t.order, func(a, b *node) int { return strings.Compare(string(a.code), string(b.code)) })
	return t, t.link()
}

func newDivision(record []string) (Division, error) {
	d := Division{
		Name: record[1], Level: Level(record[2]), Note: record[7],
		Statistical: strings.HasPrefix(record[7], "statistical code"),
		Grouping:    strings.HasPrefix(record[7], "grouping code"),
	}
	var err error
	if d.Code, err = Parse(record[0]); err != nil {
		return d, err
	}
	if d.Parent, err = optional(record[3], Parse); err != nil {
		return d, err
	}
	if d.ValidFrom, err = optional(record[4], calendar.ParseDay); err != nil {
		return d, err
	}
	if d.ValidTo, err = optional(record[5], calendar.ParseDay); err != nil {
		return d, err
	}
	d.Successor, err = optional(record[6], Parse)
	return d, err
}

// optional reads a member that may be empty.
func optional[T any](s string, parse func(string) (T, error)) (T, error) {
	if s == "" {
		var none T
		return none, nil
	}
	return parse(s)
}

// link sets parents and children.
func (t *tree) link() error {
	for _, n := range t.order {
		slices.SortStableFunc(n.rows, func(a, b Division) int { return int(a.ValidFrom - b.ValidFrom) })
		row := n.newest()
		if row.Level == Province {
			t.provinces = append(t.provinces, n.code)
			continue
		}
		n.parent = t.nodes[row.Parent]
		if n.parent == nil || rank(n.parent.newest().Level) != rank(row.Level)-1 {
			return fmt.Errorf("%s: no parent of the level above", n.code)
		}
		n.parent.children = append(n.parent.children, n)
	}
	return nil
}

func rank(l Level) int {
	return slices.Index([]Level{Province, Prefecture, County}, l)
}
