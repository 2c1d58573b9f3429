package ledger

import (
	"compress/gzip"
	"errors"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"minglu/domain"
)

// File is a file that is being read into entries.
type File struct {
	// Entries yields what the file holds, once. A fault of reading ends it.
	Entries iter.Seq2[Entry, error]
	// Ignored are headings of a ledger that nobody knows.
	Ignored []string

	size    int64
	done    atomic.Int64
	closers []io.Closer
}

// Progress returns how much of the file was read, from 0 to 1; 0 where its size
// is not known. It may be asked by another goroutine.
func (f *File) Progress() float64 {
	if f.size <= 0 {
		return 0
	}
	return min(1, float64(f.done.Load())/float64(f.size))
}

// Close closes the file.
func (f *File) Close() error {
	var errs []error
	for _, c := range f.closers {
		errs = append(errs, c.Close())
	}
	f.closers = nil
	return errors.Join(errs...)
}

// Open opens a journal (.ndjson, .jsonl, either with .gz) or a ledger (.csv,
// .xlsx), told apart by the end of the name. The caller MUST Close the file.
func Open(path string, o Options) (_ *File, err error) {
	kind := strings.ToLower(filepath.Ext(strings.TrimSuffix(strings.ToLower(path), ".gz")))
	packed := strings.HasSuffix(strings.ToLower(path), ".gz")
	switch kind {
	case ".ndjson", ".jsonl", ".csv", ".xlsx":
	default:
		return nil, problem(domain.UnsupportedMedia, "extension", "不认识的文件 %s，应为 .ndjson、.csv 或 .xlsx", "%s is of no known kind; .ndjson, .csv and .xlsx are taken", path)
	}
	in, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	f := &File{closers: []io.Closer{in}}
	defer func() {
		if err != nil {
			err = errors.Join(err, f.Close())
		}
	}()
	info, err := in.Stat()
	if err != nil {
		return nil, err
	}
	var r io.Reader = &counter{in, &f.done}
	if packed {
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, problem(domain.Malformed, "gzip", "不是可读的 gzip 文件", "this is no gzip file that can be read")
		}
		r = z
	}
	switch kind {
	case ".csv", ".xlsx":
		return f, f.table(r, kind, o)
	}
	f.size, f.Entries = info.Size(), Journal(r)
	return f, nil
}

// counter counts what was read.
type counter struct {
	io.Reader
	n *atomic.Int64
}

func (c *counter) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.n.Add(int64(n))
	return n, err
}

// table reads a ledger whole.
func (f *File) table(r io.Reader, kind string, o Options) error {
	var sheets []sheet
	var err error
	if kind == ".xlsx" {
		sheets, err = readXLSX(r)
	} else {
		sheets = make([]sheet, 1)
		sheets[0], err = readCSV(r)
	}
	if err != nil {
		return err
	}
	var rows []rowAt
	found := false
	for _, s := range sheets {
		c, below, ok, err := findColumns(s)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		found = true
		f.Ignored = append(f.Ignored, c.ignored...)
		for _, l := range below {
			if !c.passOver(l) {
				rows = append(rows, rowAt{l.number, &row{sheet: s.name, columns: c, cells: l.cells}})
			}
		}
	}
	if !found {
		return problem(domain.Invalid, "no_headings", "前 %d 行内没有找到表头，至少要有“机构名称”和“类别”等列名；minglu import --template 可生成模板",
			"there are no headings in the first %d rows, such as 机构名称 and 类别; minglu import --template makes a ledger with all of them", headingRows)
	}
	f.size = int64(len(rows))
	f.done.Store(0)
	f.Entries = func(yield func(Entry, error) bool) {
		for _, at := range rows {
			f.done.Add(1)
			e := Entry{Line: at.line, cells: at.row}
			e.Acts, e.Err = at.acts(o)
			if !yield(e, nil) {
				return
			}
		}
	}
	return nil
}

type rowAt struct {
	line int
	*row
}

// sums begin the rows that add others up, remarks those that explain.
var (
	sums    = []string{"合计", "总计", "小计", "共计"}
	remarks = []string{"注:", "注：", "备注:", "备注：", "说明:", "说明：", "填表", "填报", "制表", "审核人", "*"}
)

// passOver reports whether a row holds no institution: blank, a title merged
// across, the headings once more, a sum, a remark by itself.
func (c *columns) passOver(l line) bool {
	if l.blank() || l.across || c.repeats(l) {
		return true
	}
	first := ""
	for _, v := range l.cells {
		if !v.blank() {
			first = v.text
			break
		}
	}
	for _, s := range sums {
		if strings.HasPrefix(first, s) {
			return true
		}
	}
	if l.filled() > 1 {
		return false
	}
	name := c.of(fName)[0]
	if name.at >= len(l.cells) || l.cells[name.at].blank() {
		return true // the one cell is no name: the title of a part, a place
	}
	for _, s := range remarks {
		if strings.HasPrefix(first, s) {
			return true
		}
	}
	return false
}
