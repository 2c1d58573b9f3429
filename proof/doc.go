// Package proof holds the formats by which the register can be checked without
// its operator: what a leaf of the Merkle log is, checkpoints, inclusion and
// consistency proofs, and the names of tiles. It is pure: no I/O, no clock, no
// store. A server makes these files, an auditor's machine checks them, both with
// this package or with any other that follows the same texts.
//
// # Leaves
//
// The tree is that of RFC 6962, section 2.1, with SHA-256. Leaf i is the record
// at position i+1 of the log, reservations of identifiers among them. The data
// of a leaf is, with text(x) = length of x in bytes (4 bytes, big-endian) ‖ x:
//
//	0x01 ‖ text(stream)
//	     ‖ number of headers (4 bytes, big-endian)
//	     ‖ for each header: text(name) ‖ text(value)
//	     ‖ text(payload, each box replaced by its digest)
//
// The stream is the subject of the stored message without the prefix of the
// store, such as "530427.institution.01J8…". The headers are the CloudEvents
// attributes ("ce-…") that the message was stored with, in ascending order of
// their names as bytes; left out are those that say nothing of their own:
// ce-specversion, ce-source and content-type are the same everywhere, ce-subject
// is the stream, and an empty header is one that is not there. So a later
// program may write a header that this one does not know, and no leaf of before
// changes.
//
// The payload is that which was stored, byte for byte: a program of today that
// reads an old shape of an event as a new one changes no leaf. In it, each
// sealed value has a member "box", the ciphertext. Wherever the bytes `"box":"`
// stand, not directly behind a backslash, what follows up to the next quote is
// replaced by # and the base64 of its SHA-256; what begins with # already stays.
// So the tree covers the ciphertext, and yet a package can leave the ciphertext
// out and verifies. In JSON without white space around the colon, which is how
// the register writes it, those bytes stand nowhere but where a member "box" with
// a text begins: inside a text a quote has a backslash before it.
//
// Neither the position nor the time of the server is in a leaf. The first is the
// leaf's place; the second does not survive a restore.
//
// # Files
//
//   - A checkpoint is that of c2sp.org/tlog-checkpoint, a signed note whose
//     origin is "minglu/" and the name of the register: Checkpoint, Open, Sign.
//     The log signs with Ed25519 keys of notes, witnesses with the timestamped
//     Ed25519 keys of c2sp.org/tlog-cosignature.
//   - A proof of inclusion is a file of c2sp.org/tlog-proof@v1: Inclusion.
//   - A proof of consistency has the form of a request to a witness of
//     c2sp.org/tlog-witness: Consistency.
//   - Tiles are those of c2sp.org/tlog-tiles: Tile.
//
// Readers are strict: whatever they accept, the writer would have written the
// same way, byte for byte. base64 with stray bits, numbers with leading zeroes or
// a missing newline are refused, although others may let them pass.
//
// A proof proves nothing without a checkpoint that somebody remembered, and
// nothing to somebody who takes the key from where the proof came from.
package proof
