package projections

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"

	bolt "go.etcd.io/bbolt"
)

// Runs are the writes to blind buckets of a file that is being built, put aside
// in key order, group by group. In the end they are merged into the file, which
// so has each of its pages written once. Written group by group, a large bucket
// with keys in no order would have nearly all its pages written anew by every
// group.
type runs struct {
	path string
	f    *os.File
	size int64
	of   map[string][]extent // by bucket, oldest first
	buf  []byte
}

type extent struct{ off, size int64 }

func newRuns(path string) (*runs, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	return &runs{path: path, f: f, of: map[string][]extent{}}, nil
}

// remove closes and deletes the file.
func (r *runs) remove() error {
	return errors.Join(r.f.Close(), os.Remove(r.path))
}

// runBuffer is how much is written, and read of each run, at a time.
const runBuffer = 128 << 10

// put writes the group of one bucket as a run. After an error the run is as if
// it had not been written.
func (r *runs) put(b *Bucket) error {
	e := extent{off: r.size}
	flush := func() error {
		n, err := r.f.WriteAt(r.buf, e.off+e.size)
		e.size += int64(n)
		r.buf = r.buf[:0]
		return err
	}
	r.buf = r.buf[:0]
	for _, i := range b.buffer.sorted() {
		s := &b.buffer.slots[i]
		r.buf = binary.AppendUvarint(r.buf, uint64(s.key.n))
		r.buf = append(r.buf, b.buffer.key(int(i))...)
		r.buf = append(r.buf, s.state)
		if s.state == put {
			r.buf = binary.AppendUvarint(r.buf, uint64(s.value.n))
			r.buf = append(r.buf, b.buffer.value(int(i))...)
		}
		if len(r.buf) >= runBuffer {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil {
		return err
	}
	r.size += e.size
	r.of[b.name] = append(r.of[b.name], e)
	return nil
}

// load merges the runs of a bucket into the file, in transactions of about
// part bytes. The file holds nothing of the bucket yet.
func (r *runs) load(db *bolt.DB, bucket string, part int) error {
	m, err := r.merge(bucket)
	if err != nil {
		return err
	}
	var values arena
	for !m.done() {
		values.reset(part)
		err := db.Update(func(tx *bolt.Tx) error {
			b, err := tx.CreateBucketIfNotExists([]byte(bucket))
			if err != nil {
				return err
			}
			b.FillPercent = sequenceFill
			for size := 0; !m.done() && size < part; size += slotSize {
				top := m.heads[0]
				if top.state == put {
					size += len(top.key) + len(top.value)
					if err := b.Put(top.key, values.bytes(values.hold(top.value, 0))); err != nil {
						return err
					}
				}
				if err := m.next(); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("bucket %s: %w", bucket, err)
		}
	}
	delete(r.of, bucket)
	return nil
}

// A merge reads runs side by side. The head with the least key is the first;
// of one key, that of the newest run, which counts.
type merge struct{ heads []*runHead }

type runHead struct {
	r          *bufio.Reader
	age        int // greater is newer
	key, value []byte
	state      uint8
}

func (r *runs) merge(bucket string) (*merge, error) {
	m := &merge{}
	for age, e := range r.of[bucket] {
		h := &runHead{r: bufio.NewReaderSize(io.NewSectionReader(r.f, e.off, e.size), runBuffer), age: age}
		more, err := h.next()
		if err != nil {
			return nil, err
		}
		if more {
			m.heads = append(m.heads, h)
		}
	}
	for i := len(m.heads) / 2; i >= 0; i-- {
		m.sink(i)
	}
	return m, nil
}

func (m *merge) done() bool { return len(m.heads) == 0 }

// next moves on to the next key.
func (m *merge) next() error {
	key := bytes.Clone(m.heads[0].key)
	for !m.done() && bytes.Equal(m.heads[0].key, key) {
		more, err := m.heads[0].next()
		if err != nil {
			return err
		}
		if !more {
			last := len(m.heads) - 1
			m.heads[0] = m.heads[last]
			m.heads = m.heads[:last]
		}
		m.sink(0)
	}
	return nil
}

func (m *merge) less(i, j int) bool {
	a, b := m.heads[i], m.heads[j]
	if c := bytes.Compare(a.key, b.key); c != 0 {
		return c < 0
	}
	return a.age > b.age
}

func (m *merge) sink(i int) {
	for {
		c := 2*i + 1
		if c >= len(m.heads) {
			return
		}
		if c+1 < len(m.heads) && m.less(c+1, c) {
			c++
		}
		if !m.less(c, i) {
			return
		}
		m.heads[i], m.heads[c] = m.heads[c], m.heads[i]
		i = c
	}
}

func (h *runHead) next() (more bool, err error) {
	n, err := binary.ReadUvarint(h.r)
	if err == io.EOF {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	if h.key, err = h.read(h.key, n); err != nil {
		return false, err
	}
	if h.state, err = h.r.ReadByte(); err != nil {
		return false, err
	}
	if h.state != put {
		return true, nil
	}
	if n, err = binary.ReadUvarint(h.r); err == nil {
		h.value, err = h.read(h.value, n)
	}
	return err == nil, err
}

func (h *runHead) read(into []byte, n uint64) ([]byte, error) {
	if uint64(cap(into)) < n {
		into = make([]byte, n, 2*n)
	}
	into = into[:n]
	_, err := io.ReadFull(h.r, into)
	return into, err
}
