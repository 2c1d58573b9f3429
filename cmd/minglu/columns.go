package main

import (
	"io"
	"strings"
	"unicode/utf8"
)

// columns writes rows in columns, two blanks apart, without blanks at the end
// of a line.
func columns(w io.Writer, rows [][]string) error {
	var widths []int
	for _, r := range rows {
		for i, cell := range r {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], columnWidth(cell))
		}
	}
	var b strings.Builder
	for _, r := range rows {
		pad := 0
		for i, cell := range r {
			b.WriteString(strings.Repeat(" ", pad) + cell)
			pad = widths[i] - columnWidth(cell) + 2
			if cell == "" && i == len(r)-1 {
				pad = 0
			}
		}
		b.WriteByte('\n')
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// columnWidth is how many columns a terminal gives to s: Chinese characters
// take two.
func columnWidth(s string) int {
	n := utf8.RuneCountInString(s)
	for _, r := range s {
		if r >= 0x1100 {
			n++
		}
	}
	return n
}
