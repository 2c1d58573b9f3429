package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"minglu/domain"
)

// progress draws a bar on a terminal, and nothing elsewhere.
type progress struct {
	call     *call
	terminal bool
	file     interface{ Progress() float64 }
	name     string
	began    time.Time
	drawn    time.Time
}

func newProgress(c *call) *progress { return &progress{call: c, terminal: isTerminal(c.stderr)} }

// isTerminal reports whether w is a character device that people read.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
}

func (p *progress) begin(name string, file interface{ Progress() float64 }) {
	p.name, p.file, p.began = name, file, time.Now()
}

// barWidth and drawEvery are how wide the bar is, and how often it is drawn.
const (
	barWidth  = 30
	drawEvery = 200 * time.Millisecond
)

func (p *progress) show(done, refused int) {
	if !p.terminal || time.Since(p.drawn) < drawEvery {
		return
	}
	p.drawn = time.Now()
	part := p.file.Progress()
	full := int(part * barWidth)
	rate := float64(done) / max(time.Since(p.began).Seconds(), 0.001)
	t := domain.Say("%d 行，被拒 %d，每秒 %.0f 行", "%d lines, %d refused, %.0f lines/s", done, refused, rate)
	fmt.Fprintf(p.call.stderr, "\r\x1b[K%s [%s%s] %3.0f%% %s", p.name, strings.Repeat("#", full), strings.Repeat(".", barWidth-full), part*100, t.In(p.call.lang)) //nolint:errcheck // a bar
}

// note tells a line that stays.
func (p *progress) note(t domain.Text) {
	p.end()
	p.call.say(p.call.stderr, t)
}

// end takes the bar away.
func (p *progress) end() {
	if p.terminal && !p.drawn.IsZero() {
		io.WriteString(p.call.stderr, "\r\x1b[K") //nolint:errcheck // a bar
		p.drawn = time.Time{}
	}
}
