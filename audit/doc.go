// Package audit is the operator's side of the Merkle log: the key that signs,
// the checkpoints that were signed, and the refusal to sign away what was signed
// before. It keeps two files, apart from the log and from the views.
//
// # Invariants
//
//   - No tree is signed that does not contain the newest one that was: Sign
//     checks the proof itself, and does not take the view's word for it.
//   - A checkpoint is durable in the file of checkpoints before anybody is shown
//     it. So whatever was given out is known after a crash.
//   - The file of checkpoints only grows. What a crash left unfinished at its
//     end was never given out and is cut off when it is opened.
//   - A key is made once, where neither key nor checkpoints are there. A missing
//     key beside checkpoints is an error: a new one would orphan them.
//
// # Start
//
//  1. Open reads both files.
//  2. Signer.CheckHead compares the newest checkpoint with the head of the log,
//     before views are opened: a log that is shorter was cut, or is an older copy.
//  3. Signer.Check, once the views are level, compares the root too: a log in
//     which a record was altered, removed or put in has another one. It names the
//     checkpoints between which the first difference lies.
//
// Either refusal is a *Tampered, on which the register MUST NOT start.
//
// # What it cannot see
//
// Whoever puts back an older copy of the log and of this file at once shows a log
// that agrees with itself. Only a checkpoint that somebody else remembers tells:
// a witness, or anybody who kept an extract.
package audit
