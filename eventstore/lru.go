package eventstore

import (
	"container/list"
	"sync"
)

// lru is a bounded map that forgets what was not used longest. It may be used
// by many goroutines.
type lru[K comparable, V any] struct {
	mu    sync.Mutex
	bound int
	older func(a, b V) bool
	order *list.List
	items map[K]*list.Element
}

type lruItem[K comparable, V any] struct {
	key   K
	value V
}

// newLRU returns an empty map of at most bound values, each replaced only by one
// that is not older.
func newLRU[K comparable, V any](bound int, older func(a, b V) bool) *lru[K, V] {
	return &lru[K, V]{bound: bound, older: older, order: list.New(), items: map[K]*list.Element{}}
}

func (l *lru[K, V]) get(k K) (V, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	e, ok := l.items[k]
	if !ok {
		var zero V
		return zero, false
	}
	l.order.MoveToFront(e)
	return e.Value.(lruItem[K, V]).value, true
}

func (l *lru[K, V]) put(k K, v V) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e, ok := l.items[k]; ok {
		if !l.older(v, e.Value.(lruItem[K, V]).value) {
			e.Value = lruItem[K, V]{k, v}
		}
		l.order.MoveToFront(e)
		return
	}
	l.items[k] = l.order.PushFront(lruItem[K, V]{k, v})
	if l.order.Len() > l.bound {
		last := l.order.Back()
		l.order.Remove(last)
		delete(l.items, last.Value.(lruItem[K, V]).key)
	}
}

func (l *lru[K, V]) drop(k K) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e, ok := l.items[k]; ok {
		l.order.Remove(e)
		delete(l.items, k)
	}
}
