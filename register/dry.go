package register

import "minglu/eventstore"

// Dry returns a register that carries acts out on another log, such as a
// scratch one above its own, with keys that are thrown away. Acts that ask views
// find there what the real log holds; an import adds what it wrote itself.
func (r *Register) Dry(l *eventstore.Log, keys eventstore.Keys) *Register {
	d := New(l, r.Views, keys, r.Now)
	d.dry = true
	return d
}
