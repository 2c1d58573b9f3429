// Package jetstream keeps the log in a stream of NATS JetStream: embedded in
// the process, which is the default, or in an outside server or cluster.
//
// # Why not the obvious thing
//
// A guarded publish is one fsync, about 4,000 a second however many writers
// there are; an atomic batch has a fixed cost of 2 to 5 ms, and batches do not
// overlap. Neither alone serves one clerk and a busy province, so appends meet
// in one committer (committer.go), which publishes singly while few write and
// groups them into atomic batches when many do.
//
// A consumer per load is eight times slower than one batch read by direct get,
// for which nats.go has no call (client.go). A durable consumer for views would
// keep a second checkpoint. The client library fills a map of some 25 headers
// for each message, half the cost of a replay, so followers of the embedded
// server read its connection themselves (pipe.go). A subject per event, or per
// command, costs memory for ever. Wildcard guards are not safe on replicated
// streams.
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
//   - Load, Follow and Head of an embedded store show nothing beyond the newest
//     acknowledged position: a consumer may see a message before its sync, and a
//     server whose disk fails keeps half a batch until it is started again.
//   - A follower of an outside server may see half a command; command borders are
//     Ordinal and Count, not the batches of the server, which hold many commands.
//   - Appends are refused while there still is room (room.go), since a batch that
//     meets the end of the disk is stored half, and at once after a failed write.
//   - The configuration of the stream is code (stream.go). A stream that differs
//     is refused by the names of the fields, never updated; it is created only
//     where there was nothing.
//   - One process for each data directory, by a lock file.
//
// # The path of an append
//
//  1. Prepare (package eventstore) writes the events down and says which message
//     carries a guard; the caller's goroutine does it, so encoding is parallel.
//  2. Few at work: the caller publishes itself. Otherwise the append queues. How
//     few, is worked out from what syncs and batches take on this disk (costs.go).
//  3. The committer takes what waits. Conflicts that it knows of are answered at
//     once; a few single events are published side by side; more go into one
//     atomic batch, which others join while the server makes ready for it and
//     until the writers of the last group are back.
//  4. The acknowledgement names the last position; those of the members are
//     counted back from it.
//  5. A refused batch stored nothing and does not say whose guard was stale: its
//     members are published one by one.
package jetstream
