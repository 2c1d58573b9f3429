package ledger

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"iter"

	"minglu/domain"
	"minglu/register"
)

// MaxLine is the longest line of a journal, in bytes.
const MaxLine = 1 << 20

// Journal yields the entries of a journal in order. Empty lines are passed
// over; a line that is too long or no act is an entry with its refusal. An
// error of r ends it.
func Journal(r io.Reader) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		in := lines{r: bufio.NewReaderSize(r, 1<<18)}
		for {
			text, err := in.next()
			switch {
			case errors.Is(err, errLong):
				if !yield(Entry{Line: in.n, text: text, Err: tooLong()}, nil) {
					return
				}
				continue
			case err == io.EOF:
				return
			case err != nil:
				yield(Entry{}, err)
				return
			}
			if in.n == 1 {
				text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
			}
			if len(bytes.TrimSpace(text)) == 0 {
				continue
			}
			e := Entry{Line: in.n, text: text}
			a, err := register.ParseAct(text)
			if err == nil {
				e.Acts = []register.Act{a}
			} else {
				e.Err = err
			}
			if !yield(e, nil) {
				return
			}
		}
	}
}

func tooLong() error {
	return problem(domain.TooLarge, "too_long", "一行超过 %d 字节", "the line has more than %d bytes", MaxLine)
}

var errLong = errors.New("the line is too long")

// lines reads lines of at most MaxLine bytes. Each is a slice of its own that
// may be kept.
type lines struct {
	r     *bufio.Reader
	n     int    // of the line returned last
	arena []byte // where short lines are copied to
}

const (
	arenaBytes = 64 << 10
	shortLine  = 8 << 10
)

// next returns the next line without its end, io.EOF behind the last, and
// errLong with the beginning of a line that is too long, whose rest it passes
// over.
func (l *lines) next() ([]byte, error) {
	part, err := l.r.ReadSlice('\n')
	if len(part) == 0 && err != nil {
		return nil, err
	}
	l.n++
	if err == nil || err == io.EOF {
		return l.keep(bytes.TrimRight(part, "\r\n")), nil
	}
	long := bytes.Clone(part)
	for errors.Is(err, bufio.ErrBufferFull) && len(long) <= MaxLine {
		part, err = l.r.ReadSlice('\n')
		long = append(long, part...)
	}
	for errors.Is(err, bufio.ErrBufferFull) {
		_, err = l.r.ReadSlice('\n')
	}
	if err != nil && err != io.EOF {
		return nil, err
	}
	long = bytes.TrimRight(long, "\r\n")
	if len(long) > MaxLine {
		return bytes.Clone(long[:2*quotedBytes]), errLong
	}
	return long, nil
}

func (l *lines) keep(text []byte) []byte {
	if len(text) > shortLine {
		return bytes.Clone(text)
	}
	if len(l.arena)+len(text) > cap(l.arena) {
		l.arena = make([]byte, 0, arenaBytes)
	}
	n := len(l.arena)
	l.arena = append(l.arena, text...)
	return l.arena[n:len(l.arena):len(l.arena)]
}
