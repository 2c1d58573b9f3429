// Package storetest is what every event store must pass, and a small aggregate
// to pass it with: a tally with a number of its own, which is nobody's business
// but the tests'.
//
// A store proves itself by handing Run a way to open it; what it cannot do, it
// says by Features, and nothing is skipped silently.
package storetest
