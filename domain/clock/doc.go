// Package clock is the one mechanism of legal periods that run for an agency:
// a fact begins, ends, pauses, resumes, extends or hands on clocks, and how
// they stand on any day follows from the facts alone.
//
// # Shape
//
// The last day of a clock is worked out when the fact is decided, by the
// calendar and the policy in force, and recorded in it; the envelope names the
// versions of both. Where the calendar of a year is not published, the fact
// records which year it waits for instead of a guess, and whoever needs the day
// is told so.
//
// An event that has to do with clocks is a [Mover]. The states of aggregates
// and the view of what is due both fold its moves with [Clocks.After], so that
// there is one answer.
//
// # Invariants
//
//   - A clock is known by its key and its part; at most one of them is open.
//   - A day within a pause does not count (the day of the suspension does not,
//     that of the resumption does).
//   - A clock runs out at 24:00 Beijing time of its last day. What the law deems
//     to have happened then is effective on the next calendar day.
//   - That a clock was missed is a fact of its own; missing it does not end it.
package clock
