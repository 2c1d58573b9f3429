package ledger

import (
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"minglu/domain"
	"minglu/domain/calendar"
)

// otherSheets are those of a workbook that hold no data: what the template has
// beside its own.
var otherSheets = []string{guideSheet, exampleSheet}

// readXLSX reads the visible sheets of a workbook.
func readXLSX(r io.Reader) (sheets []sheet, err error) {
	f, err := excelize.OpenReader(io.LimitReader(r, maxLedger), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxLedger})
	if err != nil {
		return nil, problem(domain.Malformed, "xlsx", "不是可读的 xlsx 文件（旧式 xls 或加密文件请另存为 xlsx）",
			"this is no workbook that can be read; save an old .xls or an encrypted file as .xlsx")
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	props, err := f.GetWorkbookProps()
	if err != nil {
		return nil, err
	}
	b := book{file: f, since1904: props.Date1904 != nil && *props.Date1904, dates: map[int]bool{}}
	for _, name := range f.GetSheetList() {
		visible, err := f.GetSheetVisible(name)
		if err != nil {
			return nil, err
		}
		if !visible || slices.Contains(otherSheets, name) {
			continue
		}
		s, err := b.sheet(name)
		if err != nil {
			return nil, err
		}
		sheets = append(sheets, s)
	}
	return sheets, nil
}

// book is a workbook being read.
type book struct {
	file      *excelize.File
	since1904 bool
	dates     map[int]bool // style → whether it shows a date
}

func (b *book) sheet(name string) (sheet, error) {
	rows, err := b.file.GetRows(name)
	if err != nil {
		return sheet{}, err
	}
	s := sheet{name: name}
	for i, values := range rows {
		l := line{number: i + 1, cells: make([]cell, len(values))}
		for j, v := range values {
			if l.cells[j], err = b.cell(name, i+1, j+1, v); err != nil {
				return sheet{}, err
			}
		}
		s.rows = append(s.rows, l)
	}
	return s, b.unmerge(&s)
}

// cell reads one cell whose stored value is raw.
func (b *book) cell(sheet string, row, column int, raw string) (cell, error) {
	if raw == "" {
		return cell{}, nil
	}
	at, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return cell{}, err
	}
	kind, err := b.file.GetCellType(sheet, at)
	if err != nil {
		return cell{}, err
	}
	switch kind {
	case excelize.CellTypeError:
		return cell{text: raw, fault: problem(domain.Invalid, "formula", "单元格是公式错误 %s", "the cell is the error %s of a formula", clip(raw))}, nil
	case excelize.CellTypeUnset, excelize.CellTypeNumber, excelize.CellTypeDate, excelize.CellTypeFormula:
	default:
		return textCell(raw), nil
	}
	n, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return textCell(raw), nil
	}
	date, err := b.isDate(sheet, at)
	if err != nil {
		return cell{}, err
	}
	if date {
		return b.date(raw, n), nil
	}
	return numberCell(raw, n), nil
}

// exactDigits is how many digits of a number a spreadsheet keeps.
const exactDigits = 15

// numberCell writes a number as somebody would have typed it.
func numberCell(raw string, n float64) cell {
	if n != float64(int64(n)) || n < 0 {
		return textCell(raw)
	}
	text := strconv.FormatInt(int64(n), 10)
	if len(text) > exactDigits {
		return cell{text: text, fault: lostDigits(text)}
	}
	return cell{text: text}
}

func (b *book) date(raw string, n float64) cell {
	t, err := excelize.ExcelDateToTime(n, b.since1904)
	if err != nil {
		return cell{text: raw}
	}
	day := calendar.Date(t.Year(), t.Month(), t.Day())
	if day.IsZero() || t.Year() < 1950 {
		return cell{text: raw, fault: problem(domain.Invalid, "date_range", "单元格的日期 %s 不可能", "the date %s of the cell is impossible", t.Format(time.DateOnly))}
	}
	return cell{text: day.String(), day: day}
}

// isDate reports whether the style of a cell shows its number as a date.
func (b *book) isDate(sheet, at string) (bool, error) {
	id, err := b.file.GetCellStyle(sheet, at)
	if err != nil {
		return false, err
	}
	if is, ok := b.dates[id]; ok {
		return is, nil
	}
	style, err := b.file.GetStyle(id)
	if err != nil {
		return false, err
	}
	is := showsDate(style)
	b.dates[id] = is
	return is, nil
}

// showsDate knows the numbers of the date formats that every program has, and
// reads the others for year or day marks.
func showsDate(s *excelize.Style) bool {
	if s.CustomNumFmt == nil {
		n := s.NumFmt
		return n >= 14 && n <= 17 || n == 22 || n >= 27 && n <= 31 || n == 36 || n >= 50 && n <= 54 || n == 57 || n == 58
	}
	quoted, bracketed := false, false
	for _, r := range strings.ToLower(*s.CustomNumFmt) {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '[':
			bracketed = true
		case r == ']':
			bracketed = false
		case bracketed:
		case r == 'y', r == 'd':
			return true
		}
	}
	return false
}

// unmerge puts the value of cells that are merged downwards into each of them,
// and marks rows that one merged cell takes for the most part: titles, notes.
func (b *book) unmerge(s *sheet) error {
	merged, err := b.file.GetMergeCells(s.name)
	if err != nil {
		return err
	}
	widest := 0
	for _, l := range s.rows {
		widest = max(widest, len(l.cells))
	}
	for _, m := range merged {
		left, top, err := excelize.CellNameToCoordinates(m.GetStartAxis())
		if err != nil {
			return err
		}
		right, bottom, err := excelize.CellNameToCoordinates(m.GetEndAxis())
		if err != nil {
			return err
		}
		for row := top; row <= min(bottom, len(s.rows)); row++ {
			l := &s.rows[row-1]
			if width := right - left + 1; width > 2 && 2*width >= widest {
				l.across = true
			}
			if row == top || left != right {
				continue
			}
			for len(l.cells) < left {
				l.cells = append(l.cells, cell{})
			}
			if from := s.rows[top-1].cells; left <= len(from) {
				l.cells[left-1] = from[left-1]
			}
		}
	}
	return nil
}
