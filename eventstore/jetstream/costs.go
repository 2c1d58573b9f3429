package jetstream

import "time"

// costs remembers what a sync and a batch take on this disk, as moving medians:
// a disk that stalls for 100 ms now and then would spoil a mean. Their ratio says
// from how many appends on a batch is faster; 12 to 25 were measured where a
// sync takes 0.2 ms. It is guarded by the committer's lock.
type costs struct {
	single, batch time.Duration
}

const (
	// What a disk of 0.2 ms a sync takes, until something was measured.
	usualSingle = 220 * time.Microsecond
	usualBatch  = 4 * time.Millisecond
	// perRecord is what each record adds to a batch, nearly all of it work of the
	// processor.
	perRecord = 15 * time.Microsecond
	// The bounds of groupFrom, so that one odd measurement cannot hold the
	// committer to either way.
	leastGroup = 4
	mostGroup  = 32
	// step is by what part a median moves with each measurement.
	step = 32
)

func newCosts() costs { return costs{single: usualSingle, batch: usualBatch} }

// singles takes down that n records, published side by side, took d.
func (c *costs) singles(n int, d time.Duration) { towards(&c.single, d/time.Duration(n)) }

// batches takes down that a batch of n records took d.
func (c *costs) batches(n int, d time.Duration) { towards(&c.batch, d-time.Duration(n)*perRecord) }

func towards(median *time.Duration, d time.Duration) {
	switch {
	case d > *median:
		*median += *median / step
	case d < *median:
		*median -= *median / step
	}
}

// groupFrom returns from how many single events on a batch is faster than as
// many publishes.
func (c *costs) groupFrom() int {
	return min(max(int(c.batch/max(c.single, perRecord)), leastGroup), mostGroup)
}
