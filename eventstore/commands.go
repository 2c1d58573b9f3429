package eventstore

import "minglu/domain"

// perChunk is how many commands are copied at most when one is added to a log of
// them.
const perChunk = 256

// commandLog are the commands that a stream holds, in order. It is a value: what
// is full is shared by those that were made from it, and only adding a chunk
// copies the list of them.
type commandLog struct {
	full   []*chunk
	newest []done // fewer than perChunk
}

// chunk are perChunk commands, found by their id.
type chunk struct {
	list []done
	at   map[string]int
}

// with returns the log with one more command.
func (l commandLog) with(d done) commandLog {
	l.newest = domain.With(l.newest, d)
	if len(l.newest) == perChunk {
		l.full, l.newest = domain.With(l.full, chunked(l.newest)), nil
	}
	return l
}

// logOf returns the log of all commands of a stream.
func logOf(list []done) (l commandLog) {
	for ; len(list) >= perChunk; list = list[perChunk:] {
		l.full = append(l.full, chunked(list[:perChunk:perChunk]))
	}
	l.newest = list
	return l
}

func chunked(list []done) *chunk {
	c := &chunk{list: list, at: make(map[string]int, len(list))}
	for i, d := range list {
		c.at[d.id] = i
	}
	return c
}

// find returns the command of an id, the newest first: what is asked for again
// was mostly asked for a moment ago.
func (l commandLog) find(id string) (done, bool) {
	for i := len(l.newest) - 1; i >= 0; i-- {
		if l.newest[i].id == id {
			return l.newest[i], true
		}
	}
	for i := len(l.full) - 1; i >= 0; i-- {
		if at, ok := l.full[i].at[id]; ok {
			return l.full[i].list[at], true
		}
	}
	return done{}, false
}
