package register

import "sync"

// imports counts the sessions under way. While there is one, history may stand
// half in the log, and nothing is done that follows by itself.
type imports struct {
	mu   sync.Mutex
	n    int
	idle chan struct{} // closed when the last one ends; nil while there is none
}

func (i *imports) begin() {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.n++; i.idle == nil {
		i.idle = make(chan struct{})
	}
}

func (i *imports) end() {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.n--; i.n == 0 {
		close(i.idle)
		i.idle = nil
	}
}

// over returns what is closed when no import is under way any more, or nil where
// there is none.
func (i *imports) over() <-chan struct{} {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.idle
}
