package ledger

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"minglu/domain"
)

// maxLedger is the largest ledger, in bytes, before and after it is unpacked.
const maxLedger = 256 << 20

// readCSV reads a table of comma-separated values, or of another mark that
// offices use: UTF-8 with or without a byte order mark, UTF-16 with one, else
// GB18030, of which GBK and GB 2312 are parts.
func readCSV(r io.Reader) (sheet, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxLedger+1))
	if err != nil {
		return sheet{}, err
	}
	if len(raw) > maxLedger {
		return sheet{}, problem(domain.TooLarge, "too_large", "台账超过 %d MiB，请分成几份", "the ledger has more than %d MiB; split it", maxLedger>>20)
	}
	text, err := decoded(raw)
	if err != nil {
		return sheet{}, err
	}
	in := csv.NewReader(strings.NewReader(text))
	in.Comma = separator(text)
	in.FieldsPerRecord, in.LazyQuotes, in.ReuseRecord = -1, true, true
	var s sheet
	for {
		fields, err := in.Read()
		if errors.Is(err, io.EOF) {
			return s, nil
		}
		if err != nil {
			e, _ := errors.AsType[*csv.ParseError](err)
			return sheet{}, problem(domain.Malformed, "csv", "第 %d 行的引号不成对", "the quotes of line %d do not match", e.Line)
		}
		number, _ := in.FieldPos(0)
		l := line{number: number, cells: make([]cell, len(fields))}
		for i, f := range fields {
			l.cells[i] = textCell(f)
		}
		s.rows = append(s.rows, l)
	}
}

func decoded(raw []byte) (string, error) {
	var e encoding.Encoding
	switch {
	case bytes.HasPrefix(raw, []byte("\xef\xbb\xbf")):
		raw, e = raw[3:], unicode.UTF8
	case bytes.HasPrefix(raw, []byte("\xff\xfe")), bytes.HasPrefix(raw, []byte("\xfe\xff")):
		e = unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM)
	case utf8.Valid(raw):
		return string(raw), nil
	default:
		e = simplifiedchinese.GB18030
	}
	text, err := e.NewDecoder().Bytes(raw)
	return string(text), err
}

// separator returns the mark that stands most often in the first lines.
func separator(text string) rune {
	head := text
	for n := 0; n < len(head); n++ {
		if head[n] == '\n' && n > 4096 {
			head = head[:n]
		}
	}
	best, most := ',', strings.Count(head, ",")
	for _, mark := range "\t;" {
		if n := strings.Count(head, string(mark)); n > most {
			best, most = mark, n
		}
	}
	return best
}
