// Package rule holds the rules of law that the register applies, one file a
// rule: its identity and citation, the days between which it is in force, and
// its predicate. Rules are pure: what they need to know is handed to them.
//
// All lists every rule; docs/rules.md and GET /rules are made from it.
package rule
