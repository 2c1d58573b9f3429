package ledger

import (
	"strings"
	"unicode"

	"minglu/domain"
	"minglu/domain/calendar"
)

// A sheet is one table of a file, with nothing read into it yet: rows as they
// stand, above, with and below the headings.
type sheet struct {
	name string // empty where the file has no sheets
	rows []line
}

// line is one row of a sheet.
type line struct {
	number int // in the file or sheet, from 1
	cells  []cell
	across bool // one merged cell takes most of the row
}

// cell is what one field of a table holds.
type cell struct {
	text string
	// day is set where the file itself says that this is a date.
	day calendar.Day
	// fault is why the cell cannot be read, such as a number that has lost its
	// last digits.
	fault *domain.Error
}

func (c cell) blank() bool { return c.text == "" && c.fault == nil }

func (l line) blank() bool {
	for _, c := range l.cells {
		if !c.blank() {
			return false
		}
	}
	return true
}

// filled returns how many cells hold something.
func (l line) filled() int {
	n := 0
	for _, c := range l.cells {
		if !c.blank() {
			n++
		}
	}
	return n
}

// textCell is a cell with what somebody typed, without the marks that nobody
// sees and without spaces around it.
func textCell(s string) cell {
	c := cell{text: tidy(s)}
	switch {
	case strings.ContainsRune(c.text, unicode.ReplacementChar):
		c.fault = problem(domain.Invalid, "encoding", "“%s”含无法识别的字符，请以 UTF-8 或 GB18030 编码保存", "%q holds signs that cannot be read; save the file as UTF-8 or GB18030", clip(c.text))
	case scientific(c.text):
		c.fault = lostDigits(c.text)
	}
	return c
}

func lostDigits(s string) *domain.Error {
	return problem(domain.Invalid, "digits_lost", "“%s”是表格软件改写过的数字，末尾数位可能已丢失，请以文本格式填写原号码",
		"%q is a number as a spreadsheet rewrote it: its last digits may be lost; enter the original as text", clip(s))
}

// scientific reports whether s looks like 9.15304E+17.
func scientific(s string) bool {
	mantissa, exponent, ok := strings.Cut(strings.ToUpper(s), "E+")
	return ok && mantissa != "" && exponent != "" && strings.Trim(mantissa, "0123456789.") == "" && strings.Trim(exponent, "0123456789") == ""
}

// tidy takes out what nobody sees, turns line breaks into spaces, joins spaces,
// and takes those away that stand beside a Chinese character.
func tidy(s string) string {
	var b strings.Builder
	var before rune
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = b.Len() > 0
			continue
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			continue
		}
		if space && !wide(before) && !wide(r) {
			b.WriteByte(' ')
		}
		space, before = false, r
		b.WriteRune(r)
	}
	return b.String()
}

// wide reports whether r is a Chinese character or mark.
func wide(r rune) bool {
	return unicode.Is(unicode.Han, r) || r >= 0x3000 && r <= 0x303f || r >= 0xff00 && r <= 0xffef
}

// clip shortens what is quoted in a sentence.
func clip(s string) string {
	const most = 40
	runes := 0
	for i := range s {
		if runes == most {
			return s[:i] + "…"
		}
		runes++
	}
	return s
}
