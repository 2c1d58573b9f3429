package domain

// Competence is what an agency must have to carry out an act; domain/authority
// says which department and role has which.
type Competence string

// ActType is one line of an aggregate's table of acts. Route, form, schema,
// journal line and docs/acts.md are made from it.
type ActType struct {
	Name       string // "institution.grant-licence"
	Title      Text
	Competence Competence
	// Rules are those that judge the act; the facts record their versions.
	Rules []Rule
	// Creates tells the acts that make a new aggregate.
	Creates bool
	// Visibility is the widest that the facts of the act may have, and theirs
	// where the act names none; empty stands for Public.
	Visibility Visibility
	// Future tells the acts that may take effect on a day to come.
	Future bool
	// New returns a pointer to a zero command, to be filled from the body.
	New func() any
	// Command returns the command such a pointer holds.
	Command func(any) any
}

// Creates is the line of an act that makes a new aggregate.
func Creates[C any](name string, competence Competence, title Text) ActType {
	t := On[C](name, competence, title)
	t.Creates = true
	return t
}

// On is the line of an act on an aggregate that exists, or that its first act
// brings about.
func On[C any](name string, competence Competence, title Text) ActType {
	return ActType{
		Name: name, Title: title, Competence: competence,
		New:     func() any { return new(C) },
		Command: func(p any) any { return *p.(*C) },
	}
}

// MayBeFuture returns the line of an act that may take effect on a day to come.
func (t ActType) MayBeFuture() ActType {
	t.Future = true
	return t
}

// Seen returns the line of an act whose facts only those of v may read.
func (t ActType) Seen(v Visibility) ActType {
	t.Visibility = v
	return t
}

// By returns the line with the rules that judge the act.
func (t ActType) By(rules ...Rule) ActType {
	t.Rules = rules
	return t
}

// RuleRefs returns the rules and versions that judge the act, as facts record
// them.
func (t ActType) RuleRefs() []string {
	var out []string
	for _, r := range t.Rules {
		out = append(out, r.Ref())
	}
	return out
}
