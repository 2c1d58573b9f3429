// Package domain holds what every aggregate of the register shares: what a
// fact is, who did it and when it holds, how a rule refuses, and how a decider
// turns a command into facts.
//
// It imports nothing but the standard library and does no I/O: it reads no
// clock, no file and no random number, so every decision can be taken again
// years later from the facts alone.
package domain
