package api

import (
	"container/list"
	"net/http"
	"sync"

	"minglu/domain/calendar"
)

// A cache remembers answers to the public. An answer is found again only at the
// very position of the views at which it was made and on the same day, so it is
// never stale; what is not found any more is pushed out by what is.
type cache struct {
	mu    sync.Mutex
	bound int
	used  int
	order *list.List
	items map[cacheKey]*list.Element
}

// cacheKey is everything that an answer to the public depends on.
type cacheKey struct {
	uri      string
	rep      representation
	accept   string // where the representation is not chosen by a suffix
	english  bool
	position uint64
	today    calendar.Day
}

type cached struct {
	key    cacheKey
	header http.Header
	body   []byte
	etag   string
	length []string
}

// largestEntry bounds one answer: longer ones are sent as they are made.
const largestEntry = 512 << 10

// entryOverhead is about what an entry costs beside its body.
const entryOverhead = 1 << 10

func newCache(bound int) *cache {
	return &cache{bound: bound, order: list.New(), items: map[cacheKey]*list.Element{}}
}

func (c *cache) get(k cacheKey) (*cached, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.items[k]
	if !ok {
		return nil, false
	}
	c.order.MoveToFront(e)
	return e.Value.(*cached), true
}

func (c *cache) put(v *cached) {
	size := len(v.body) + entryOverhead
	if size > c.bound {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.items[v.key]; ok {
		return
	}
	c.items[v.key] = c.order.PushFront(v)
	c.used += size
	for c.used > c.bound {
		last := c.order.Back()
		old := last.Value.(*cached)
		c.order.Remove(last)
		delete(c.items, old.key)
		c.used -= len(old.body) + entryOverhead
	}
}

// rememberable reports whether the answer to a request may be in memory: one to
// the public, to a read.
func (s *server) rememberable(q *request) bool {
	return s.cache.bound > 0 && q.principal == nil && q.route.method == http.MethodGet && !q.route.stream &&
		(q.r.Method == http.MethodGet || q.r.Method == http.MethodHead)
}

// key is where the answer to a request is kept.
func (q *request) key() cacheKey {
	k := cacheKey{uri: q.r.RequestURI, rep: q.rep, english: q.english, position: q.position, today: q.today}
	if !q.suffixed {
		k.rep = ""
		if accept := q.r.Header["Accept"]; len(accept) == 1 {
			k.accept = accept[0]
		} else if len(accept) > 1 {
			k.accept = "\x00" // not worth remembering apart
		}
	}
	return k
}

// fromMemory answers a request by what is remembered.
func (s *server) fromMemory(q *request) bool {
	if !s.rememberable(q) {
		return false
	}
	q.position = s.Views.Seq(q.route.views...)
	v, ok := s.cache.get(q.key())
	if !ok {
		return false
	}
	head := q.w.Header()
	for name, values := range v.header {
		head[name] = values
	}
	if notModified(q.r.Header.Get("If-None-Match"), v.etag) {
		q.w.WriteHeader(http.StatusNotModified)
		return true
	}
	head["Content-Length"] = v.length
	q.w.WriteHeader(http.StatusOK)
	_, _ = q.w.Write(v.body)
	return true
}

// keptHeaders are those of an answer that belong to its content.
var keptHeaders = []string{"Content-Type", "Content-Disposition", "Etag", "Link", "Cache-Control", "Minglu-Seq"}

// intoMemory remembers an answer that was made at the very position at which
// the request came, where the views have not moved since.
func (s *server) intoMemory(q *request) {
	c := q.w.copied
	if c == nil || q.w.status != http.StatusOK || !q.remember || !s.rememberable(q) {
		return
	}
	if q.position == 0 || s.Views.Seq(q.route.views...) != q.position {
		return
	}
	k := q.key()
	if k.accept == "\x00" {
		return
	}
	v := &cached{key: k, header: http.Header{}, body: c.body, etag: q.w.Header().Get("ETag"), length: []string{itoa(len(c.body))}}
	for _, name := range keptHeaders {
		if values, ok := q.w.Header()[name]; ok {
			v.header[name] = values
		}
	}
	s.cache.put(v)
}
