// Package answer says what the register answers: one typed struct for each
// answer, with the JSON members of the interface, and pure functions that make
// it from what the views hold. JSON and pages are made from the same structs,
// so they cannot differ.
//
// Every function takes a For: as of which day, at which position, on which
// day today, for whom and in which language. The functions read no view and no
// clock.
//
// # What the public is shown
//
//   - A fact whose visibility is not public is not shown; see Reader.Sees.
//   - Limits of publication are those of today, whatever day is asked about: a
//     black listing that is not published today is not shown, neither as a
//     standing nor as a fact, except that the fact keeps its place as withdrawn
//     once it had been public.
//   - A natural person has a surname and a star for a name, and no house
//     number.
//   - Sealed values are never shown; that there is one is.
package answer
