// Package statement is the aggregate of what a bank says of a supervised account
// on one day: the lines of its statement, as they follow each other. There is a
// stream for each account and day, so that none grows without bound.
//
// The register never works out what a bank says, and a bank never says what the
// register holds: the two are laid beside each other by [Reconcile], and what
// differs is for people to look at.
//
//   - A serial of the bank is booked once a day.
//   - The balance printed with a line is that of the line before it with the
//     amount; what does not follow is out of order or lacks a line, and is
//     refused. A line without a balance is taken as it is. So it is after every
//     correction and annulment: see [State.Sound].
//   - An amount and a balance are at most [rule.MaxAmount] either way.
//   - Nobody's name, number or card is in a line: whose money it is follows from
//     the order that the reference names.
package statement
