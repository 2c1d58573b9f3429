package api

import (
	"container/list"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"minglu/domain"
)

// Limits bound how many requests one client may make: one budget for each
// anonymous address, one for each token. The zero value does not bound.
type Limits struct {
	PerAddress rate.Limit // requests a second
	PerToken   rate.Limit
	// Burst is how many may come at once; 0 is ten seconds' worth.
	Burst int
	// Clients is how many clients are remembered; 0 is 10,000.
	Clients int
}

// DefaultLimits are generous: nobody who reads pages meets them.
var DefaultLimits = Limits{PerAddress: 50, PerToken: 500}

const rememberedClients = 10_000

// limiter keeps a budget for each client, and forgets who was not seen
// longest.
type limiter struct {
	Limits
	mu    sync.Mutex
	order *list.List
	seen  map[string]*list.Element
}

type budget struct {
	key string
	*rate.Limiter
}

func newLimiter(l Limits) *limiter {
	if l.Clients == 0 {
		l.Clients = rememberedClients
	}
	return &limiter{Limits: l, order: list.New(), seen: map[string]*list.Element{}}
}

// address takes one request off the budget of an anonymous client, or refuses.
func (l *limiter) address(remote string) error {
	if l.PerAddress <= 0 {
		return nil
	}
	return l.take(host(remote), l.PerAddress)
}

// token takes one request off the budget of a token, or refuses.
func (l *limiter) token(authorization string) error {
	if l.PerToken <= 0 {
		return nil
	}
	return l.take(Digest(authorization), l.PerToken)
}

func (l *limiter) take(key string, limit rate.Limit) error {
	if l.budget(key, limit).AllowN(time.Now(), 1) {
		return nil
	}
	return domain.Fault(domain.RateLimited, domain.Say("每秒最多 %.0f 个请求，请稍后再试", "%.0f requests a second at most, try again later", float64(limit)))
}

func (l *limiter) budget(key string, limit rate.Limit) budget {
	l.mu.Lock()
	defer l.mu.Unlock()
	if e, ok := l.seen[key]; ok {
		l.order.MoveToFront(e)
		return e.Value.(budget)
	}
	burst := l.Burst
	if burst == 0 {
		burst = max(1, int(10*limit))
	}
	b := budget{key, rate.NewLimiter(limit, burst)}
	l.seen[key] = l.order.PushFront(b)
	if l.order.Len() > l.Clients {
		last := l.order.Back()
		l.order.Remove(last)
		delete(l.seen, last.Value.(budget).key)
	}
	return b
}
