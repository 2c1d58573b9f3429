// Package projections keeps the views: rows worked out from the log, which may
// be deleted at any time and are then worked out again. It is the only package
// that knows bbolt, and it never writes a fact.
//
// # Shape
//
// A view is a Projection: a name, a version, and Apply, which turns one record
// into rows. Its queries stand in the same file and read through Set.Read.
//
//	type Names struct{}
//
//	func (Names) Name() string { return "names" }
//	func (Names) Version() int { return 1 }
//
//	func (Names) Apply(tx *Tx, r eventstore.Record) error {
//		e, ok := r.Event.(institution.Renamed)
//		if !ok {
//			return nil
//		}
//		key := SeqKey(r.Meta.Seq, r.AggregateID())
//		return PutJSON(tx.Bucket("names"), key, e.Name)
//	}
//
//	func (s *Set) NameAt(id string, atSeq uint64) (name string, err error) {
//		err = s.Read("names", func(r *Read) error {
//			for _, v := range r.Bucket("names").Back(Key(id), SeqKey(atSeq+1, id)) {
//				name, err = FromJSON[string](v)
//				return err
//			}
//			return nil
//		})
//		return name, err
//	}
//
// Inside Apply, Tx.Bucket gives Get, Put, Delete and the scans of Rows, which
// see everything written before, by this fact or an earlier one. Tx.Sequence
// is the same for buckets whose keys only grow. Keys are joined by Key, SeqKey,
// AppendText, AppendUint and AppendInt, which keep order and cannot run into
// each other; values are bytes, or JSON by PutJSON, GetJSON and FromJSON.
//
// # Why not the obvious thing
//
//   - One file for all views would have one writer, one rebuild and one
//     corruption for all. Each view has its own.
//   - A transaction per fact is 2,700 a second, synced. Facts are grouped, and
//     the rows of a group are kept in memory and written in the order of their
//     keys: sorted, neighbours share a page; unsorted, each is a page.
//   - A position kept beside the file (a durable consumer, a second file) could
//     disagree with it. The checkpoint is in the same transaction as the rows.
//   - One Follow per view would decode every record once per view. Views that
//     stand close together share one.
//   - A file that is built group by group has nearly all pages of a large bucket
//     written anew by every group, if its keys come in no order. What only is
//     written, as indexes and history are, is put aside in sorted runs instead,
//     and merged into the file once: half the time for a million facts.
//   - bbolt reads a file by mapping it, and a program that went through it once
//     seems to need as much memory. Pages are given back as they are used.
//   - bbolt's own check panics on files that are damaged enough, in a goroutine
//     of its own. Files are checked before bbolt sees them.
//
// # Invariants
//
//   - Rows, index keys and checkpoint of a group are in one transaction, also
//     for records that a view ignores. A group ends where a command ends.
//   - The same log gives the same rows, however it was grouped: Digest and
//     Replay compare.
//   - A fact that a view cannot take stops that view before the fact's command.
//     It is never skipped, and the other views go on.
//   - A file is read only by the version of the view that wrote it.
//   - A file under its own name is always whole: it is built under another one,
//     unsynced, then synced and renamed. What a crash leaves under the other
//     name is deleted.
//   - Reading a bucket in Apply for the first time may apply the command again
//     from its beginning; Apply is a function of tx and the record, so nobody
//     can tell.
//   - Readers never go back: a newly built file is read only once it knows all
//     that the one before it had shown.
//
// # Steps
//
//  1. Open checks every file; what is missing, damaged or ahead of the log is
//     built anew, starting from nothing.
//  2. Views that stand close together get a feed. It follows the log and hands
//     batches of whole commands to the queues of its views.
//  3. The writer of each view applies a batch to its buffer, and commits when
//     nothing more waits, or 500 records or 20 ms are reached; more where many
//     wait. While it builds a file it makes room by size: what is never read
//     goes to a run, the rest to the file.
//  4. A feed that comes close to the end of the log has its builders merge their
//     runs and finish their files, and joins the main feed as soon as nobody
//     there would have to wait for it.
//  5. A file that was built takes the place of the one that was read.
//  6. Close stops the feeds, lets the writers commit what they were given, and
//     closes the files.
package projections
