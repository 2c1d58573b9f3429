package demo

import (
	"bufio"
	"encoding/binary"
	"encoding/hex"
	"slices"

	"minglu/domain/calendar"
	"minglu/domain/division"
)

// county collects the acts of one division: their text without the command id,
// one after the other, and where each begins.
type county struct {
	code  division.Code
	name  string
	rand  draws
	text  []byte
	acts  []act
	since calendar.Day // of the moratorium
}

type act struct {
	day      calendar.Day
	from, to int
}

// do takes down an act of a department on the thing with that ref, or on the
// division where ref is empty. body is JSON in parts; no part may hold what JSON
// would escape.
func (c *county) do(day calendar.Day, name, ref, department, officer, title, document string, body ...string) {
	from := len(c.text)
	t := append(c.text, `","act":"`...)
	t = append(t, name...)
	t = append(t, `","division":"`...)
	t = append(t, c.code...)
	if ref != "" {
		t = append(t, `","target":{"ref":"`...)
		t = append(t, ref...)
		t = append(t, `"},"effective":"`...)
	} else {
		t = append(t, `","effective":"`...)
	}
	t = append(t, dateText(day)...)
	t = append(t, `","actor":{"agency":"`...)
	t = append(t, c.code...)
	t = append(t, '-')
	t = append(t, department...)
	t = append(t, `","officer":"`...)
	t = append(t, officer...)
	t = append(t, `"},"source":{"title":"演示数据：`...)
	t = append(t, title...)
	if document != "" {
		t = append(t, `","doc_no":"`...)
		t = append(t, document...)
	}
	t = append(t, `"},"body":`...)
	for _, part := range body {
		t = append(t, part...)
	}
	c.text = append(t, '}', '\n')
	c.acts = append(c.acts, act{day: day, from: from, to: len(c.text)})
}

// writer gives the acts their command ids and writes them.
type writer struct {
	out  *bufio.Writer
	draw draws
	n    int64
}

// county writes the acts of c by day, those of one day as they were taken down.
func (w *writer) county(c *county) error {
	slices.SortStableFunc(c.acts, func(a, b act) int { return int(a.day - b.day) })
	var start [16 + 36]byte
	copy(start[:], `{"command_id":"`)
	for _, a := range c.acts {
		line := w.commandID(start[:15])
		if _, err := w.out.Write(line); err != nil {
			return err
		}
		if _, err := w.out.Write(c.text[a.from:a.to]); err != nil {
			return err
		}
	}
	return nil
}

// idEpoch is 2026-01-01 00:00 in Beijing, in milliseconds: the time in the first
// command id. Each act is one millisecond later.
var idEpoch = calendar.Date(2026, 1, 1).Time().UnixMilli()

// commandID appends the next UUID of version 7.
func (w *writer) commandID(b []byte) []byte {
	var id [16]byte
	binary.BigEndian.PutUint64(id[:], uint64(idEpoch+w.n)<<16|w.draw.next()>>48)
	binary.BigEndian.PutUint64(id[8:], w.draw.next())
	id[6] = id[6]&0x0f | 0x70
	id[8] = id[8]&0x3f | 0x80
	w.n++
	for i, part := range [][]byte{id[:4], id[4:6], id[6:8], id[8:10], id[10:]} {
		if i > 0 {
			b = append(b, '-')
		}
		b = hex.AppendEncode(b, part)
	}
	return b
}

// dateText returns a day as text, from a table for the usual ones.
func dateText(d calendar.Day) string {
	if i := int(d - firstDay); i >= 0 && i < len(dateTexts) {
		return dateTexts[i]
	}
	return d.String()
}

var dateTexts = func() []string {
	all := make([]string, 20*366)
	for i := range all {
		all[i] = (firstDay + calendar.Day(i)).String()
	}
	return all
}()

// digits returns n in decimal, filled up to width.
func digits(n, width int) string {
	var b [20]byte
	i := len(b)
	for ; n > 0 || width > 0; width-- {
		i--
		b[i] = byte('0' + n%10)
		n /= 10
	}
	return string(b[i:])
}
