// Package jetstream keeps the log in a stream of NATS JetStream: embedded in
// the process, which is the default, or in an outside server or cluster.
//
// # Why not the obvious thing
//
// A guarded publish is one fsync, about 4,000 a second however many writers
// there are; an atomic batch has a fixed cost of 2 to 3 ms, and batches do not
// overlap. Neither alone serves one clerk and a busy province, so appends meet
// in one committer (committer.go), which publishes singly while few write and
// groups them into atomic batches when many do.
//
// A consumer per load is eight times slower than one batch read by direct get,
// for which nats.go has no call; a durable consumer for views would keep a
// second checkpoint. A subject per event, or per command, costs memory for
// ever. Wildcard guards are not safe on replicated streams.
//
// # Invariants
//
//   - The subject of a stream is the name of the JetStream stream in lower case,
//     a dot and the stream's name, literal. Tokens are ASCII letters, digits,
//     "_" and "-"; others are refused, never escaped.
//   - The first message of each subject in an append carries the guard, the
//     stream sequence of the last message on that subject; later ones none.
//   - Append returns without an error only after the server's acknowledgement,
//     which it gives after the sync (unless Config.Unsynced). An attempt that
//     was not answered is ErrUnknown, is not sent again and may appear later.
//   - No Nats-Msg-Id is set: one duplicate would refuse a batch of many writers.
//   - What Follow yields of an embedded store is durable: it waits for the
//     acknowledgement, where a consumer may see a message before its sync. With
//     an outside server it may see half a command; take borders from Ordinal and
//     Count.
//   - The configuration of the stream is code (stream.go). A stream that differs
//     is refused by the names of the fields, never updated; it is created only
//     where there was nothing.
//   - One process for each data directory, by a lock file.
//
// # The path of an append
//
//  1. Prepare (package eventstore) writes the events down and says which message
//     carries a guard; the caller's goroutine does it, so encoding is parallel.
//  2. Few at work: the caller publishes itself. Otherwise the append queues.
//  3. The committer takes what waits: conflicts that it already knows of are
//     answered at once, a few single events are published side by side, more
//     go into one atomic batch.
//  4. The acknowledgement names the last position; those of the members are
//     counted back from it.
//  5. A refused batch stored nothing and does not say whose guard was stale: its
//     members are published one by one.
package jetstream
