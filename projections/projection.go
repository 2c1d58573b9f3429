package projections

import "minglu/eventstore"

// A Projection is one view: how facts become rows. It is folded by one
// goroutine, and again from zero whenever the view is rebuilt, so it MUST
// depend on nothing but tx and the records it is given, in log order: no clock,
// no random number, no I/O, no state of its own.
//
// The same records MUST give the same rows however they were grouped.
type Projection interface {
	// Name is the view's name: lower-case letters, digits and hyphens. It is
	// part of the file's name.
	Name() string
	// Version is raised whenever the rows that Apply writes change. A file of
	// another version is never read: the view is built anew beside it.
	Version() int
	// Apply puts r into the rows. It MUST ignore records that it does not
	// know. An error, or a panic, says that the view cannot take this fact: all
	// writes of its command are taken back, and the view stands still before
	// that command.
	Apply(tx *Tx, r eventstore.Record) error
}

// ReservationReader is a Projection that also wants the records by which the
// register keeps its identifiers (eventstore.Record.IsReservation). All others
// are not shown them.
type ReservationReader interface {
	Projection
	// ReadsReservations is never called; its presence is the wish.
	ReadsReservations()
}
