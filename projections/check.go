package projections

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
)

// checkFile reads the structure of a bbolt file, page by page, and returns a
// damage where it does not hold together. bbolt's own check cannot be used on a
// file that may be damaged: without a stored freelist, opening the file already
// walks it, in a goroutine that panics on the first fault, and a truncated file
// is a bus error there. This one only reads what lies within the file.
//
// A file larger than whole that was closed in order (it has its list of free pages) is read
// at the top of its trees only, so that a register with millions of facts
// starts at once. A page below that was damaged since is noticed when it is
// read, and the view is then built anew.
//
// A value that was altered without touching the structure is not noticed;
// Replay finds it.
func checkFile(path string, whole int64) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	c := &checker{f: f, size: info.Size(), whole: whole}
	if err := c.run(); err != nil {
		if pe, ok := errors.AsType[*os.PathError](err); ok {
			return pe
		}
		return damage{err}
	}
	return nil
}

// The layout of a page, as bbolt's file format version 2 has it; all numbers
// are little-endian on the machines this runs on.
const (
	pageHeader  = 16
	elementSize = 16

	flagBranch   = 0x01
	flagLeaf     = 0x02
	flagMeta     = 0x04
	flagFreelist = 0x10

	noFreelist = ^uint64(0)

	metaMagic   = 0xED0CDAED
	metaVersion = 2

	bucketElement = 0x01
	bucketHeader  = 16
	maxDepth      = 64
)

// wholeCheck is the size up to which a file is read as a whole; reading takes
// some seconds a GiB.
const wholeCheck = 64 << 20

// topLevels are the levels of the trees of a larger file that are read.
const topLevels = 2

type checker struct {
	f        io.ReaderAt
	top      bool // read the top of the trees only
	size     int64
	whole    int64 // up to this size the file is read as a whole
	pageSize int64
	high     uint64 // first page behind those in use
	seen     []bool
	levels   [maxDepth + 2]level
}

// A level is the memory for one page on the way down.
type level struct {
	page []byte
	keys [][]byte
}

type fileMeta struct {
	root, freelist, high, txid uint64
	pageSize                   int64
}

func (c *checker) run() error {
	m, err := c.meta()
	if err != nil {
		return err
	}
	c.pageSize, c.high = m.pageSize, m.high
	if err := c.metaPages(); err != nil {
		return err
	}
	if c.high < 3 || c.high > uint64(c.size/c.pageSize) {
		return fmt.Errorf("%d pages of %d bytes in a file of %d", c.high, c.pageSize, c.size)
	}
	c.seen = make([]bool, c.high)
	c.top = c.size > c.whole && m.freelist != noFreelist
	if err := c.tree(m.root, 0, nil, nil); err != nil || m.freelist == noFreelist {
		return err
	}
	return c.free(m.freelist)
}

// free checks the list of free pages: none of them may be in use.
func (c *checker) free(id uint64) error {
	p, err := c.page(id, 0)
	if err != nil {
		return err
	}
	le := binary.LittleEndian
	count, ids := uint64(le.Uint16(p[10:])), p[pageHeader:]
	if count == 0xffff {
		count, ids = le.Uint64(ids), ids[8:]
	}
	if le.Uint16(p[8:]) != flagFreelist || count > uint64(len(ids)/8) {
		return fmt.Errorf("page %d is no list of free pages", id)
	}
	last := uint64(1)
	for i := range count {
		free := le.Uint64(ids[8*i:])
		if free <= last || free >= c.high || c.seen[free] {
			return fmt.Errorf("page %d cannot be free", free)
		}
		last = free
	}
	return nil
}

// metaPages checks the heads of the first two pages, which never change and
// which no checksum covers.
func (c *checker) metaPages() error {
	var head [pageHeader]byte
	for id := range int64(2) {
		if _, err := c.f.ReadAt(head[:], id*c.pageSize); err != nil {
			return err
		}
		le := binary.LittleEndian
		if le.Uint64(head[:]) != uint64(id) || le.Uint16(head[8:]) != flagMeta {
			return fmt.Errorf("page %d is no meta page", id)
		}
	}
	return nil
}

// meta returns the newer of the two valid meta pages.
func (c *checker) meta() (fileMeta, error) {
	var best fileMeta
	found := false
	take := func(off int64) {
		m, ok := c.metaAt(off)
		if ok && (!found || m.txid > best.txid) {
			best, found = m, true
		}
	}
	take(0)
	if found {
		take(best.pageSize)
	} else {
		for size := int64(1024); size <= 16<<10; size *= 2 {
			take(size)
		}
	}
	if !found {
		return fileMeta{}, errors.New("no valid meta page")
	}
	return best, nil
}

func (c *checker) metaAt(off int64) (m fileMeta, ok bool) {
	var b [pageHeader + 64]byte
	if _, err := c.f.ReadAt(b[:], off); err != nil {
		return m, false
	}
	le, p := binary.LittleEndian, b[pageHeader:]
	sum := fnv.New64a()
	sum.Write(p[:56])
	if le.Uint32(p) != metaMagic || le.Uint32(p[4:]) != metaVersion || le.Uint64(p[56:]) != sum.Sum64() {
		return m, false
	}
	m = fileMeta{
		pageSize: int64(le.Uint32(p[8:])),
		root:     le.Uint64(p[16:]), freelist: le.Uint64(p[32:]), high: le.Uint64(p[40:]), txid: le.Uint64(p[48:]),
	}
	return m, m.pageSize >= 1024 && m.pageSize <= 64<<10
}

// page reads a page with its overflow and claims it.
func (c *checker) page(id uint64, depth int) (p []byte, err error) {
	if id < 2 || id >= c.high {
		return nil, fmt.Errorf("page %d of %d", id, c.high)
	}
	l := &c.levels[depth]
	if l.page == nil {
		l.page = make([]byte, c.pageSize)
	}
	head := l.page
	if _, err := c.f.ReadAt(head, int64(id)*c.pageSize); err != nil {
		return nil, fmt.Errorf("page %d: %w", id, err)
	}
	le := binary.LittleEndian
	if got := le.Uint64(head); got != id {
		return nil, fmt.Errorf("page %d says it is %d", id, got)
	}
	pages := uint64(le.Uint32(head[12:])) + 1
	if id+pages > c.high {
		return nil, fmt.Errorf("page %d is %d pages long", id, pages)
	}
	for i := id; i < id+pages; i++ {
		if c.seen[i] {
			return nil, fmt.Errorf("page %d is used twice", i)
		}
		c.seen[i] = true
	}
	if pages == 1 {
		return head, nil
	}
	p = make([]byte, int64(pages)*c.pageSize)
	_, err = c.f.ReadAt(p, int64(id)*c.pageSize)
	return p, err
}

// tree checks the tree below a page; its keys are at least low and less than
// high, where those are not nil.
func (c *checker) tree(id uint64, depth int, low, high []byte) error {
	if depth > maxDepth {
		return fmt.Errorf("page %d is too deep", id)
	}
	if c.top && depth >= topLevels {
		return nil
	}
	p, err := c.page(id, depth)
	if err != nil {
		return err
	}
	return c.nodes(p, id, depth, low, high)
}

func (c *checker) nodes(p []byte, id uint64, depth int, low, high []byte) error {
	le := binary.LittleEndian
	flags, count := le.Uint16(p[8:]), int(le.Uint16(p[10:]))
	if pageHeader+count*elementSize > len(p) {
		return fmt.Errorf("page %d: %d elements", id, count)
	}
	if flags != flagLeaf && (flags != flagBranch || count == 0) {
		return fmt.Errorf("page %d: flags %#x, %d elements", id, flags, count)
	}
	keys := c.levels[depth].keys[:0]
	for i := range count {
		key, err := element(p, flags, i)
		if err != nil {
			return fmt.Errorf("page %d: %w", id, err)
		}
		keys = append(keys, key)
		outside := i == 0 && low != nil && bytes.Compare(key, low) < 0 || high != nil && bytes.Compare(key, high) >= 0
		if outside || i > 0 && bytes.Compare(keys[i-1], key) >= 0 {
			return fmt.Errorf("page %d: key %d is out of order", id, i)
		}
	}
	c.levels[depth].keys = keys
	for i := range count {
		at := pageHeader + i*elementSize
		if flags == flagBranch {
			next := high
			if i+1 < count {
				next = keys[i+1]
			}
			if err := c.tree(le.Uint64(p[at+8:]), depth+1, keys[i], next); err != nil {
				return err
			}
			continue
		}
		if le.Uint32(p[at:])&bucketElement != 0 {
			if err := c.bucket(leafValue(p, at), id, depth); err != nil {
				return err
			}
		}
	}
	return nil
}

// element returns the key of an element, with all of it inside the page.
func element(p []byte, flags uint16, i int) ([]byte, error) {
	le := binary.LittleEndian
	at := pageHeader + i*elementSize
	var pos, size, value uint64
	if flags == flagBranch {
		pos, size = uint64(le.Uint32(p[at:])), uint64(le.Uint32(p[at+4:]))
	} else {
		pos, size, value = uint64(le.Uint32(p[at+4:])), uint64(le.Uint32(p[at+8:])), uint64(le.Uint32(p[at+12:]))
	}
	start := uint64(at) + pos
	if size == 0 || start+size+value > uint64(len(p)) {
		return nil, fmt.Errorf("element %d reaches out of the page", i)
	}
	return p[start : start+size], nil
}

func leafValue(p []byte, at int) []byte {
	le := binary.LittleEndian
	start := uint64(at) + uint64(le.Uint32(p[at+4:])) + uint64(le.Uint32(p[at+8:]))
	return p[start : start+uint64(le.Uint32(p[at+12:]))]
}

// bucket checks a bucket: a tree of its own, or a page inside the value.
func (c *checker) bucket(v []byte, id uint64, depth int) error {
	if len(v) < bucketHeader {
		return fmt.Errorf("page %d: bucket of %d bytes", id, len(v))
	}
	if root := binary.LittleEndian.Uint64(v); root != 0 {
		return c.tree(root, depth+1, nil, nil)
	}
	if v = v[bucketHeader:]; len(v) < pageHeader {
		return fmt.Errorf("page %d: bucket of %d bytes", id, len(v))
	}
	if depth >= maxDepth {
		return fmt.Errorf("page %d is too deep", id)
	}
	return c.nodes(v, id, depth+1, nil, nil)
}
