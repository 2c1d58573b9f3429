package projections

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"minglu/domain/calendar"
	"minglu/eventstore"
	"minglu/proof"
)

// Merkle is the view "merkle": the Merkle tree over all stored records, those of
// reservations too. Leaf i is the record at position i+1, by package proof, so
// the tree of the first n leaves is what the log was at position n, and stays so.
//
//	hashes: number of the stored hash, by x/mod's order (8 bytes) → hash
//	edge:   "edge" → size of the tree (8 bytes) ‖ roots of its complete subtrees, largest first
//
// Hashes are only ever written behind those that are there, and never read while
// they are: what the next leaf needs of them is the edge, a row of at most 64
// hashes. So a rebuild writes each page once.
type Merkle struct{}

var _ ReservationReader = Merkle{}

// MerkleView is the name of the view of the tree.
const MerkleView = "merkle"

const (
	hashBucket  = "hashes"
	edgeBucket  = "edge"
	edgeMaximum = 64
)

var edgeKey = []byte("edge")

// Name returns "merkle".
func (Merkle) Name() string { return MerkleView }

// Version returns the version of the rows.
func (Merkle) Version() int { return 1 }

// ReadsReservations says that every record is a leaf.
func (Merkle) ReadsReservations() {}

// Apply adds the leaf of r. A record that does not follow on the last one stops
// the view: a tree with a hole would prove something else than it says.
func (Merkle) Apply(tx *Tx, r eventstore.Record) error {
	row := tx.Bucket(edgeBucket)
	var space [edgeMaximum]tlog.Hash
	size, edge, err := readEdge(row.Get(edgeKey), space[:0])
	if err != nil {
		return err
	}
	if r.Meta.Seq != size+1 {
		return fmt.Errorf("record %d follows record %d: the log has a gap", r.Meta.Seq, size)
	}
	leaf, err := proof.LeafHash(Leaf(r))
	if err != nil {
		return err
	}
	// Each trailing 1 of size is a subtree that the leaf completes: it is taken
	// off the edge, and the one of both put behind the leaf and on the edge.
	out, at := tx.Sequence(hashBucket), uint64(tlog.StoredHashIndex(0, int64(size)))
	var key [8]byte
	put := func(h tlog.Hash) {
		out.Put(AppendUint(key[:0], at), h[:])
		at++
	}
	put(leaf)
	root := leaf
	for left := size; left&1 == 1; left >>= 1 {
		if len(edge) == 0 {
			return errors.New("the edge of the tree is too short")
		}
		last := len(edge) - 1
		root, edge = tlog.NodeHash(edge[last], root), edge[:last]
		put(root)
	}
	var value [8 + edgeMaximum*tlog.HashSize]byte
	v := AppendUint(value[:0], size+1)
	for _, h := range append(edge, root) {
		v = append(v, h[:]...)
	}
	row.Put(edgeKey, v)
	return nil
}

// readEdge reads the row of the edge; none is an empty tree.
func readEdge(v []byte, edge []tlog.Hash) (size uint64, out []tlog.Hash, err error) {
	if v == nil {
		return 0, edge, nil
	}
	size, rest, ok := CutUint(v)
	if !ok || len(rest)%tlog.HashSize != 0 || len(rest) > edgeMaximum*tlog.HashSize {
		return 0, nil, errors.New("the edge of the tree cannot be read")
	}
	for ; len(rest) > 0; rest = rest[tlog.HashSize:] {
		edge = append(edge, tlog.Hash(rest[:tlog.HashSize]))
	}
	return size, edge, nil
}

// Leaf returns what the leaf of a record covers. It is what HeaderOf of package
// proof picks from the header that the record was stored with.
func Leaf(r eventstore.Record) proof.Record {
	m := &r.Meta
	header := make([]proof.Field, 0, 19)
	add := func(name, value string) {
		if value != "" {
			header = append(header, proof.Field{Name: name, Value: value})
		}
	}
	add("ce-act", m.Act)
	add("ce-agency", m.Actor.Agency)
	add("ce-calendarversion", m.CalendarVersion)
	add("ce-causationid", m.CausationID)
	add("ce-commanddigest", m.CommandDigest)
	add("ce-commandid", m.CommandID)
	add("ce-correlationid", m.CorrelationID)
	add("ce-count", strconv.Itoa(m.Count))
	add("ce-dataversion", strconv.Itoa(r.Version))
	add("ce-division", m.Division)
	add("ce-effective", eventstore.FormatEffective(m.Effective))
	add("ce-id", r.ID)
	add("ce-officers", strings.Join(m.Actor.Officers, ","))
	add("ce-ordinal", strconv.Itoa(m.Ordinal))
	add("ce-policyversion", m.PolicyVersion)
	add("ce-rules", strings.Join(m.Rules, ","))
	add("ce-time", m.Recorded.In(calendar.Beijing).Format(time.RFC3339Nano))
	add("ce-type", r.Type)
	add("ce-visibility", string(m.Visibility))
	return proof.Record{Stream: r.Stream, Header: header, Payload: r.Payload}
}

// ErrNoTree says that the log has not, or not yet, as many records as were asked
// about.
var ErrNoTree = errors.New("the log has not so many records")

// TreeSize returns the size of the newest tree that the view knows.
func (s *Set) TreeSize() (size uint64, err error) {
	err = s.Read(MerkleView, func(r *Read) error {
		size, _, err = readEdge(r.Bucket(edgeBucket).Get(edgeKey), nil)
		return err
	})
	return size, err
}

// TreeHash returns the root of the tree of the first size records.
func (s *Set) TreeHash(size uint64) (root proof.Hash, err error) {
	err = s.tree(size, func(h tlog.HashReader) error {
		root, err = tlog.TreeHash(int64(size), h)
		return err
	})
	return root, err
}

// LeafHash returns the hash of the leaf of the record at seq.
func (s *Set) LeafHash(seq uint64) (leaf proof.Hash, err error) {
	if seq == 0 {
		return leaf, fmt.Errorf("%w: there is no record 0", ErrNoTree)
	}
	err = s.tree(seq, func(h tlog.HashReader) error {
		hashes, err := h.ReadHashes([]int64{tlog.StoredHashIndex(0, int64(seq-1))})
		if err == nil {
			leaf = hashes[0]
		}
		return err
	})
	return leaf, err
}

// ProveRecord returns the hashes by which the record at seq is in the tree of
// the first size records. One that came after that tree is proof.ErrLater.
func (s *Set) ProveRecord(seq, size uint64) (path []proof.Hash, err error) {
	if seq == 0 {
		return nil, fmt.Errorf("%w: there is no record 0", ErrNoTree)
	}
	err = s.tree(size, func(h tlog.HashReader) error {
		if seq > size {
			return fmt.Errorf("%w: record %d, the checkpoint has %d", proof.ErrLater, seq, size)
		}
		path, err = tlog.ProveRecord(int64(size), int64(seq-1), h)
		return err
	})
	return path, err
}

// ProveTree returns the hashes by which the tree of the first new records
// contains that of the first old ones; none where old is 0. The order is that of
// time, other than in x/mod.
func (s *Set) ProveTree(old, new uint64) (path []proof.Hash, err error) {
	err = s.tree(new, func(h tlog.HashReader) error {
		switch {
		case old > new:
			return fmt.Errorf("%w: %d before %d", ErrNoTree, old, new)
		case old == 0:
			return nil
		}
		path, err = tlog.ProveTree(int64(new), int64(old), h)
		return err
	})
	return path, err
}

// Tile returns the hashes of a tile, one behind the other.
func (s *Set) Tile(t proof.Tile) (data []byte, err error) {
	err = s.Read(MerkleView, func(r *Read) error {
		size, _, err := readEdge(r.Bucket(edgeBucket).Get(edgeKey), nil)
		if err != nil {
			return err
		}
		if !t.In(size) {
			return fmt.Errorf("%w: tile %s of %d records", ErrNoTree, t.Path(), size)
		}
		data, err = tlog.ReadTileData(t.TLog(), storedHashes(r))
		return err
	})
	return data, err
}

// tree calls f with the hashes of a tree of size records, which may be part of a
// larger one.
func (s *Set) tree(size uint64, f func(tlog.HashReader) error) error {
	return s.Read(MerkleView, func(r *Read) error {
		have, _, err := readEdge(r.Bucket(edgeBucket).Get(edgeKey), nil)
		if err != nil {
			return err
		}
		if size > have {
			return fmt.Errorf("%w: %d, it has %d", ErrNoTree, size, have)
		}
		return f(storedHashes(r))
	})
}

func storedHashes(r *Read) tlog.HashReader {
	rows := r.Bucket(hashBucket)
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, n := range indexes {
			v := rows.Get(AppendUint(nil, uint64(n)))
			if len(v) != tlog.HashSize {
				return nil, fmt.Errorf("hash %d of the tree cannot be read", n)
			}
			out[i] = tlog.Hash(v)
		}
		return out, nil
	})
}
