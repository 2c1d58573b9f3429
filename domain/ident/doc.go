// Package ident holds the identifiers of the register: those that others give,
// such as the Unified Social Credit Code and licence numbers, and those that
// the register works out itself, such as ids of aggregates and events.
//
// Identifiers given by others may be wrong, damaged or mistaken for those of
// somebody else. The package says what can be said from the characters alone;
// whether an identifier is taken is told elsewhere. What was printed is
// evidence and is kept by the caller; the package returns the normal form.
package ident
