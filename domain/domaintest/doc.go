// Package domaintest tests deciders: given facts, when a command, then facts,
// nothing or a refusal. On the way it checks what every decider promises:
//
//   - Decide says the same when it is asked twice, and leaves state and command
//     as they were;
//   - a refusal leaves no facts behind, is whole in both languages and, see
//     [History.Listed], names a rule that the table of acts names;
//   - Evolve takes every fact, says the same when it is asked twice, and
//     changes neither the state it was given nor one that it made before.
package domaintest
