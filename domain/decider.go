package domain

// A Decider is one aggregate: a start state and two pure functions.
//
// States are values: Evolve never changes what an earlier state can see, so a
// state may be kept, shared and evolved twice.
type Decider[S, C any, E Event] struct {
	// Name is the aggregate's: the second token of its streams.
	Name string
	// Start is the state before the first fact.
	Start S
	// Decide says what a command means in a state: facts, nothing (it is
	// already so), or an *Error that refuses. m carries who and when; it has no
	// position yet.
	Decide func(s S, m Meta, c C) ([]E, error)
	// Evolve is the state after a fact. It takes facts in log order, keeps days
	// instead of flags, and cannot fail.
	Evolve func(s S, m Meta, e E) S
}
