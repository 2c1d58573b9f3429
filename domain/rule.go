package domain

import "strconv"

// Rule is the identity of one rule of law or of the register: what refusals
// name, what docs/rules.md lists. Its predicate stands beside it in
// domain/rule.
type Rule struct {
	ID       string // stable, kebab-case, never reused
	Title    Text
	Citation string // statute and article, or the page it was seen on
	Quote    string // the article in Chinese, where the text was read
	Mark     Mark
	From, To string // in force on these days inclusive, YYYY-MM-DD; empty: not bounded or not known
	Version  int    // raised when the predicate changes; events record it
}

// Ref names the rule and the version that judged, as events record it, such as
// "moratorium@1".
func (r Rule) Ref() string {
	return r.ID + "@" + strconv.Itoa(r.Version)
}

// Mark says how sure the register is of a rule or a parameter.
type Mark string

// The marks, from the surest to the least.
const (
	Law        Mark = "law"        // read in the text of the statute
	Seen       Mark = "seen"       // read in a copy of a page
	Printed    Mark = "source"     // printed in a source document
	Design     Mark = "design"     // our own decision
	Unverified Mark = "unverified" // nobody could confirm it
)
