// Package register carries out acts: it reads one, checks who may do it, puts
// in what the decision needs to know from elsewhere, seals what is personal,
// and hands it to the log. It is the only way to write, whether the act comes
// over HTTP, from a journal, a ledger or a reaction.
//
// Deciders never read a view or another aggregate; what they need of them is
// read here, before, and travels in the command with the position it was read
// at.
package register
