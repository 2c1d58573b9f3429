package register

import "minglu/eventstore"

// references remembers, for one import, which stream a reference stands for,
// also where its reservation is not yet in the log.
type references struct{ streams map[string]string }

// maxReferences bounds the memory of an import: beyond it none is known and
// they are asked for again.
const maxReferences = 300_000

func newReferences() *references { return &references{streams: map[string]string{}} }

func (r *references) get(value string) (string, bool) {
	s, ok := r.streams[value]
	return s, ok
}

func (r *references) put(value, stream string) {
	if len(r.streams) >= maxReferences {
		clear(r.streams)
	}
	r.streams[value] = stream
}

// forget takes out what the orders would have created.
func (r *references) forget(orders []order) {
	for _, o := range orders {
		if o.Creates && o.ref != "" {
			delete(r.streams, eventstore.RefValue(o.Meta.Division, o.Aggregate.Name, o.ref))
		}
	}
}
