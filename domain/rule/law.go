package rule

import (
	"minglu/domain/calendar"
	"minglu/domain/term"
)

// Law is what the division's law says on the effective day of an act: it is
// read before the act is decided and travels in the command, so that the fact
// records what was known.
type Law struct {
	Policy    Policy
	Calendar  calendar.Calendar
	Moratoria []Moratory // in force or lifted, of the division and those above it
	Windows   []Window   // annual inspection windows
	Roster    []Officer  // officers of the division and of those above it
}

// Moratory is one stop of approvals (停止审批).
type Moratory struct {
	Division   string
	Class      term.Class // empty: any class
	Audiences  []term.Audience
	From       calendar.Day
	Lifted     calendar.Day // zero: in force
	DocumentNo string
}

// Window is the time in which a division inspects the institutions of a class
// for a year.
type Window struct {
	Year     int
	Class    term.Class // empty: every class
	From, To calendar.Day
}

// A Governed command is told the law before it is decided.
type Governed interface {
	Govern(Law)
}

// Under is embedded by commands that need the law.
type Under struct {
	Law Law `json:"-"`
}

// Govern puts the law into the command.
func (u *Under) Govern(l Law) { u.Law = l }
