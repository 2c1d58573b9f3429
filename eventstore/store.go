package eventstore

import (
	"context"
	"errors"
	"iter"

	"minglu/domain"
)

// A Store keeps the log. Implementations MUST pass storetest. All methods may
// be called by many goroutines at once.
type Store interface {
	// Append writes all of as or nothing, and what it wrote is durable and
	// readable by Load when it returns; the records take the positions that end
	// with last, without a gap and in order. The guard of a stream is that of
	// its first write in as; later writes to the same stream were decided on
	// the state after it and carry none.
	//
	// ErrConflict: a guard is stale, nothing was written. ErrUnknown: no answer
	// came, so it may or may not be written. ErrFull: the store cannot write,
	// nothing was written as far as it knows.
	Append(ctx context.Context, as ...Append) (last uint64, err error)
	// Load yields the records of one stream, oldest first, and nothing for a
	// stream that does not exist. It sees every append that returned before it
	// was called.
	Load(ctx context.Context, stream string) iter.Seq2[Record, error]
	// Follow yields every record after position after, oldest first and
	// without a gap, and then waits for more. It ends only with an error, that
	// of ctx included.
	Follow(ctx context.Context, after uint64) iter.Seq2[Record, error]
	// Head returns the position of the newest record, 0 for an empty log.
	Head(ctx context.Context) (uint64, error)
}

// Append is what one command writes: to its aggregate first, then to the
// reservations that its facts claim or give back.
type Append struct {
	Meta   domain.Meta
	Writes []Write
}

// Write is the part of an append that goes to one stream.
type Write struct {
	Stream string
	// Last is the guard: the position of the newest record of the stream that
	// the writer knows, 0 for none.
	Last   uint64
	Events []domain.Event
}

// Len returns the number of records that a writes.
func (a Append) Len() int {
	n := 0
	for _, w := range a.Writes {
		n += len(w.Events)
	}
	return n
}

// What Append may answer beside nil; match with errors.Is.
var (
	// ErrConflict says that a guard is stale and nothing was written.
	ErrConflict = errors.New("a guard is stale")
	// ErrUnknown says that no answer came: look for the command id.
	ErrUnknown = errors.New("the outcome of the append is not known")
	// ErrFull says that the store cannot take facts, such as on a full disk.
	ErrFull = errors.New("the store cannot write")
	// ErrClosed says that the store is stopping and takes nothing more.
	ErrClosed = errors.New("the store is closed")
)

// MaxAppend is the most records that one call of Append may write.
const MaxAppend = 1000
