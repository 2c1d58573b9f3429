package division

import "minglu/domain/calendar"

// Status says what a code is on a day.
type Status string

// The statuses of a code.
const (
	Valid       Status = "valid"
	NotYetValid Status = "not_yet_valid"
	Retired     Status = "retired"
	// Unknown is a code that the table lacks. It is not thereby wrong.
	Unknown Status = "unknown"
)

// Resolution is what the table of [TableVersion] says about a code on a day.
type Resolution struct {
	Status Status
	// Division is the row that holds on the day; for Retired the last one that
	// had ended, with its successor where one is recorded; for NotYetValid the
	// first one to come. For Unknown only the code is set.
	Division Division
}

// Resolve says what a code is on a day. Without a day (0) it answers for the
// end of the table, and days after that are taken to be like it.
func Resolve(code Code, day calendar.Day) Resolution {
	return table.resolve(code, day)
}

func (t *tree) resolve(code Code, day calendar.Day) Resolution {
	n := t.nodes[code]
	if n == nil {
		return Resolution{Unknown, Division{Code: code}}
	}
	row := n.on(day)
	switch {
	case row.ValidOn(day):
		return Resolution{Valid, *row}
	case !day.IsZero() && day < row.ValidFrom:
		return Resolution{NotYetValid, *row}
	}
	return Resolution{Retired, *row}
}

// Name returns the newest name of a code, such as "新平彝族傣族自治县", or ""
// where the code is unknown.
func Name(code Code) string {
	n := table.nodes[code]
	if n == nil {
		return ""
	}
	return n.newest().Name
}

// FullName returns the name of a code on a day with the names of the divisions
// above it, such as "云南省玉溪市新平彝族傣族自治县"; codes that only group are left
// out. Where a code did not hold on the day its nearest name stands. Without a
// day (0) names are the newest. An unknown code has "".
func FullName(code Code, day calendar.Day) string {
	name := ""
	for n := table.nodes[code]; n != nil; n = n.parent {
		if row := n.on(day); !row.Grouping {
			name = row.Name + name
		}
	}
	return name
}
