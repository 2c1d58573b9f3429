package eventstore

import (
	"errors"
	"fmt"
	"strings"
)

// Prepared is what one call of Append writes, written down and checked: what
// every store does with it before it differs from the others.
type Prepared struct {
	Messages []Message
	// Guards holds, for each message, the position that its stream must end
	// with, or NoGuard. Only the first message of each stream has one.
	Guards []int64
}

// NoGuard stands for a message whose stream was touched by an earlier message
// of the same append.
const NoGuard int64 = -1

// ErrStream says that a stream's name is none; nothing was asked of the log.
var ErrStream = errors.New("not the name of a stream")

// Prepare writes as down. It refuses names that are none (ErrStream), an
// append of nothing, and one of more than MaxAppend records.
func (c *Codec) Prepare(as ...Append) (Prepared, error) {
	n := 0
	for _, a := range as {
		n += a.Len()
	}
	if n == 0 || n > MaxAppend {
		return Prepared{}, fmt.Errorf("append of %d records; 1 to %d are taken", n, MaxAppend)
	}
	p := Prepared{Messages: make([]Message, 0, n), Guards: make([]int64, 0, n)}
	touched := make(map[string]bool, n)
	for _, a := range as {
		msgs, err := c.Messages(a)
		if err != nil {
			return Prepared{}, err
		}
		p.Messages = append(p.Messages, msgs...)
		for _, w := range a.Writes {
			if err := CheckStream(w.Stream); err != nil {
				return Prepared{}, err
			}
			if len(w.Events) == 0 {
				continue
			}
			guard := int64(w.Last)
			if touched[w.Stream] {
				guard = NoGuard
			}
			touched[w.Stream] = true
			for range w.Events {
				p.Guards = append(p.Guards, guard)
				guard = NoGuard
			}
		}
	}
	return p, nil
}

// CheckStream refuses, with ErrStream, a name that is not two or more tokens
// of ASCII letters, digits, "_" and "-" joined by dots. Nothing is ever
// escaped: two names could then share a stream.
func CheckStream(name string) error {
	tokens := 0
	for token := range strings.SplitSeq(name, ".") {
		if token == "" {
			return fmt.Errorf("%w: %q has an empty token", ErrStream, name)
		}
		for i := range len(token) {
			if !tokenByte(token[i]) {
				return fmt.Errorf("%w: %q holds what is no ASCII letter, digit, _ or -", ErrStream, name)
			}
		}
		tokens++
	}
	if tokens < 2 {
		return fmt.Errorf("%w: %q has one token", ErrStream, name)
	}
	return nil
}

func tokenByte(b byte) bool {
	return b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' || b >= 'a' && b <= 'z' || b == '_' || b == '-'
}
