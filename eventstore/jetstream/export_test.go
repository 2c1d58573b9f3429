package jetstream

import (
	"context"
)

// Wrapped returns the wrapped key of a person as it is stored.
func Wrapped(ctx context.Context, k *Keys, person string) ([]byte, error) {
	subject, err := k.personOf(person)
	if err != nil {
		return nil, err
	}
	_, box, err := k.newest(ctx, subject)
	return box, err
}

// DropConsumers has the server forget every consumer of the log, as it does with
// those that were idle for long.
func DropConsumers(ctx context.Context, s *Store) (n int, err error) {
	var names struct {
		Consumers []string `json:"consumers"`
	}
	if err := s.log.api(ctx, "CONSUMER.NAMES."+s.cfg.StreamName, nil, &names); err != nil {
		return 0, err
	}
	for _, name := range names.Consumers {
		s.forget(name)
	}
	return len(names.Consumers), nil
}

// Settled returns when no batch of keys is under way.
func Settled(k *Keys) {
	k.ahead.mu.Lock()
	m := k.ahead.making
	k.ahead.mu.Unlock()
	if m != nil {
		<-m.done
	}
}

// Stock returns how many keys nobody has taken.
func Stock(k *Keys) int {
	k.ahead.mu.Lock()
	defer k.ahead.mu.Unlock()
	return len(k.ahead.ready)
}

// Misdirect has keys made in a stream that there is not, until it is undone. No
// batch of them may be under way at either time.
func Misdirect(k *Keys) (undo func()) {
	stream := k.stream
	k.stream = "NONE"
	return func() { k.stream = stream }
}
