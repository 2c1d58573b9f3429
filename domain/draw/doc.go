// Package draw is the draw by lot of who is inspected and by whom (双随机), made
// so that anybody can make it again and find the same: [Algorithm] names how.
//
// # Steps
//
//  1. A [Seed] of 32 random bytes is chosen in secret and its [Seed.Commitment]
//     is published.
//  2. The population is frozen as the register knew it at one position of the
//     log; its [Hash] is that of all ids in ascending order, each followed by a
//     line feed.
//  3. The seed is opened. The rank of an id is SHA-256(seed ‖ 0x00 ‖ id); of each
//     tier the first ⌈rate·n⌉ in ascending order of rank are drawn, ties by id.
//  4. Officers are ranked for each drawn institution by
//     SHA-256(seed ‖ 0x01 ‖ institution ‖ 0x00 ‖ officer); the first two without a
//     recusal inspect it.
//
// A [Package] holds all of it, and [Package.Verify] says which step differs.
//
// # Invariants
//
//   - Seed and population give the same result in every run and in whatever
//     order the population is read.
//   - A larger rate draws a superset. What one tier draws does not depend on the
//     other tiers, nor the rank of an id on who else is there.
//   - Without the seed nobody can tell the result, and with the commitment
//     published nobody can change the seed.
//
// # What it does not promise
//
// Who chooses the seed could try many in secret before publishing a commitment,
// because the ranks do not depend on the population. Seed and draw are therefore
// kept by different people, which the register records and cannot enforce.
// Mixing in a value that nobody knows at the commitment (such as the head of the
// log at the freezing) would close this and is another algorithm: the name in
// every draw says which one was used.
package draw
