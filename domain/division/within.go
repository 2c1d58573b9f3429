package division

import (
	"slices"
	"strings"

	"minglu/domain/calendar"
)

// Parents returns the codes above a code by parent, nearest first; codes that
// only group are among them. A province and an unknown code have none.
func Parents(code Code) []Code {
	n := table.nodes[code]
	if n == nil {
		return nil
	}
	var codes []Code
	for n = n.parent; n != nil; n = n.parent {
		codes = append(codes, n.code)
	}
	return codes
}

// Within reports whether code is ancestor or lies below it by parent. An
// unknown code lies within itself only.
func Within(code, ancestor Code) bool {
	if code == ancestor {
		return true
	}
	n := table.nodes[code]
	if n == nil {
		return false
	}
	for n = n.parent; n != nil; n = n.parent {
		if n.code == ancestor {
			return true
		}
	}
	return false
}

// Matches reports whether a code passes a filter. A filter of six digits takes
// the division and all below it, as [Within]; a shorter one takes the codes
// that begin with its digits, so that the empty filter takes all. Any other
// filter takes none.
func Matches(code Code, filter string) bool {
	switch {
	case len(filter) == 6:
		return Within(code, Code(filter))
	case len(filter) < 6 && digits(filter):
		return strings.HasPrefix(string(code), filter)
	}
	return false
}

// Children returns the codes directly below a code, in order of code: those of
// every time, so that retired, grouping and statistical codes are among them.
func Children(code Code) []Code {
	n := table.nodes[code]
	if n == nil {
		return nil
	}
	codes := make([]Code, len(n.children))
	for i, child := range n.children {
		codes[i] = child.code
	}
	return codes
}

// Provinces returns the codes without a parent, in order of code.
func Provinces() []Code {
	return slices.Clone(table.provinces)
}

// Counties returns the places of county level that are valid on a day, in order
// of code: no grouping and no statistical codes, but also the prefecture-level
// cities that have no county below them, such as 441900 东莞市, since they are
// their own county-level unit. Without a day (0) it answers for the end of the
// table.
func Counties(day calendar.Day) []Division {
	var found []Division
	for _, n := range table.order {
		row := n.on(day)
		if row.ValidOn(day) && !row.Grouping && !row.Statistical && (row.Level == County || n.undivided()) {
			found = append(found, *row)
		}
	}
	return found
}

// undivided reports whether n is a prefecture-level city without counties; a
// zone with a statistical code does not divide it.
func (n *node) undivided() bool {
	if n.newest().Level != Prefecture {
		return false
	}
	return !slices.ContainsFunc(n.children, func(child *node) bool {
		return !child.newest().Statistical
	})
}
