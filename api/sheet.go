package api

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"net/url"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/xuri/excelize/v2"

	"minglu/api/answer"
	"minglu/domain"
)

// A sheet is a list in all its representations: a page as JSON, and rows as a
// file. The rows of a file are read while they are written.
type sheet[P, R any] struct {
	Page    P
	columns []column[R]
	rows    iter.Seq2[R, error]
	words   bool // Chinese headers and labels
	bare    bool // CSV without a byte order mark
}

// column is one column of a file.
type column[R any] struct {
	name, zh string
	number   bool                // exempt from the guard, a number in XLSX
	value    func(R) string      // the code
	label    func(R) domain.Text // the words for it; nil: the value
}

// Schema is that of the page: what JSON answers.
func (sheet[P, R]) Schema(r huma.Registry) *huma.Schema {
	return r.Schema(reflect.TypeFor[P](), true, "")
}

// MarshalJSON writes the page.
func (s sheet[P, R]) MarshalJSON() ([]byte, error) { return answer.Marshal(s.Page) }

func (s sheet[P, R]) page() any { return s.Page }

// tabular is what the formats need of a sheet.
type tabular interface {
	page() any
	writeCSV(io.Writer) error
	writeNDJSON(io.Writer) error
	writeXLSX(io.Writer) error
}

// formats write an answer in the representation that was settled.
var formats = map[string]huma.Format{
	typeJSON: {Marshal: writeJSON, Unmarshal: json.Unmarshal},
	"json":   {Marshal: writeJSON, Unmarshal: json.Unmarshal}, // application/problem+json
	asCSV.mediaType(): {Marshal: func(w io.Writer, v any) error {
		return v.(tabular).writeCSV(w)
	}},
	typeNDJSON: {Marshal: func(w io.Writer, v any) error {
		return v.(tabular).writeNDJSON(w)
	}},
	typeXLSX: {Marshal: func(w io.Writer, v any) error {
		return v.(tabular).writeXLSX(w)
	}},
}

func writeJSON(w io.Writer, v any) error {
	switch t := v.(type) {
	case interface{ written() []byte }:
		_, err := w.Write(t.written())
		return err
	case tabular:
		v = t.page()
	}
	b, err := answer.Marshal(v)
	if err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}

const byteOrderMark = "\uFEFF"

func (s sheet[P, R]) writeCSV(w io.Writer) error {
	b := bufio.NewWriterSize(w, 64<<10)
	if !s.bare {
		_, _ = b.WriteString(byteOrderMark)
	}
	c := csv.NewWriter(b)
	c.UseCRLF = true
	line := make([]string, len(s.columns))
	for i, col := range s.columns {
		line[i] = s.header(col)
	}
	if err := c.Write(line); err != nil {
		return err
	}
	for r, err := range s.rows {
		if err != nil {
			return err
		}
		for i, col := range s.columns {
			line[i] = s.cell(col, r)
			if !col.number {
				line[i] = guarded(line[i])
			}
		}
		if err := c.Write(line); err != nil {
			return err
		}
	}
	c.Flush()
	if err := c.Error(); err != nil {
		return err
	}
	return b.Flush()
}

func (s sheet[P, R]) header(c column[R]) string {
	if s.words {
		return c.zh
	}
	return c.name
}

func (s sheet[P, R]) cell(c column[R], r R) string {
	if s.words && c.label != nil {
		return c.label(r).ZH
	}
	return c.value(r)
}

// guarded puts a mark before a text that a spreadsheet would take for a
// formula.
func guarded(s string) string {
	if strings.HasPrefix(s, "=") || strings.HasPrefix(s, "+") || strings.HasPrefix(s, "-") || strings.HasPrefix(s, "@") ||
		strings.HasPrefix(s, "＝") || strings.HasPrefix(s, "＋") || strings.HasPrefix(s, "－") || strings.HasPrefix(s, "＠") ||
		strings.HasPrefix(s, "\t") || strings.HasPrefix(s, "\r") || strings.HasPrefix(s, "\n") || strings.HasPrefix(s, "\x00") {
		return "'" + s
	}
	return s
}

func (s sheet[P, R]) writeNDJSON(w io.Writer) error {
	b := bufio.NewWriterSize(w, 64<<10)
	for r, err := range s.rows {
		if err != nil {
			return err
		}
		line, err := answer.Marshal(r)
		if err != nil {
			return err
		}
		_, _ = b.Write(line)
		if err := b.WriteByte('\n'); err != nil {
			return err
		}
	}
	return b.Flush()
}

// mostXLSXRows is how many rows a workbook is made of: beyond it CSV is the
// answer.
const mostXLSXRows = 100_000

func (s sheet[P, R]) writeXLSX(w io.Writer) (err error) {
	f := excelize.NewFile()
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	sw, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		return err
	}
	line := make([]any, len(s.columns))
	for i, c := range s.columns {
		line[i] = s.header(c)
	}
	row := 1
	for next := range s.lines(line) {
		if next.err != nil {
			return next.err
		}
		if err := sw.SetRow(fmt.Sprintf("A%d", row), next.cells); err != nil {
			return err
		}
		row++
	}
	if err := sw.Flush(); err != nil {
		return err
	}
	return f.Write(w)
}

type xlsxLine struct {
	cells []any
	err   error
}

// lines yields the header, then every row: numbers as numbers, all else as
// text.
func (s sheet[P, R]) lines(header []any) iter.Seq[xlsxLine] {
	return func(yield func(xlsxLine) bool) {
		if !yield(xlsxLine{cells: header}) {
			return
		}
		for r, err := range s.rows {
			cells := make([]any, len(s.columns))
			for i, c := range s.columns {
				text := s.cell(c, r)
				cells[i] = text
				if n, e := strconv.ParseFloat(text, 64); c.number && e == nil {
					cells[i] = n
				}
			}
			if !yield(xlsxLine{cells, err}) || err != nil {
				return
			}
		}
	}
}

// tooManyRows refuses a workbook that would not fit.
func tooManyRows(rep representation, total int) error {
	if rep != asXLSX || total <= mostXLSXRows {
		return nil
	}
	return domain.Fault(domain.Invalid, domain.Say("共 %d 行，超过 XLSX 的 %d 行，请改用 .csv", "there are %d rows, more than the %d of XLSX; take .csv", total, mostXLSXRows))
}

// attachment is the Content-Disposition of a file.
func attachment(zh string, rep representation) string {
	if rep == asJSON {
		return ""
	}
	return "attachment; filename=\"minglu." + string(rep) + "\"; filename*=UTF-8''" + url.PathEscape(zh+"."+string(rep))
}

// rowsOf yields the rows of a page.
func rowsOf[R any](rows []R) iter.Seq2[R, error] {
	return func(yield func(R, error) bool) {
		for _, r := range rows {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// joined writes codes, and their words, in one cell.
func joined[T interface {
	~string
	Label() domain.Text
}](codes []T) (string, domain.Text) {
	values, zh, en := make([]string, len(codes)), make([]string, len(codes)), make([]string, len(codes))
	for i, c := range codes {
		values[i], zh[i], en[i] = string(c), c.Label().ZH, c.Label().EN
	}
	return strings.Join(values, ";"), domain.Text{ZH: strings.Join(zh, "；"), EN: strings.Join(en, "; ")}
}

// plain is a column of text.
func plain[R any](name, zh string, value func(R) string) column[R] {
	return column[R]{name: name, zh: zh, value: value}
}

// coded is a column of a code with its words.
func coded[R any, T interface {
	~string
	Label() domain.Text
}](name, zh string, of func(R) T) column[R] {
	return column[R]{name: name, zh: zh, value: func(r R) string { return string(of(r)) }, label: func(r R) domain.Text { return of(r).Label() }}
}

// codes is a column of several codes.
func codes[R any, T interface {
	~string
	Label() domain.Text
}](name, zh string, of func(R) []T) column[R] {
	return column[R]{name: name, zh: zh,
		value: func(r R) string { v, _ := joined(of(r)); return v },
		label: func(r R) domain.Text { _, t := joined(of(r)); return t }}
}

// number is a column of numbers.
func number[R any](name, zh string, value func(R) string) column[R] {
	return column[R]{name: name, zh: zh, number: true, value: value}
}
