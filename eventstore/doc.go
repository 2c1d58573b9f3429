// Package eventstore is the log of facts as the rest of the register sees it:
// what a store must do, how facts are written down and read back, and the one
// way to carry out an act.
//
// A stream holds the facts of one aggregate; its name is three tokens,
// "530427.institution.01J8…". Writes are guarded by the position at which the
// writer last saw each stream, so whoever is late decides again. Identifiers
// that may belong to one aggregate only are reserved in streams of their own,
// "uniq.<kind>.<hash>", written in the same append.
package eventstore
