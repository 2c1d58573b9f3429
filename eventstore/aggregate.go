package eventstore

import (
	"fmt"

	"minglu/domain"
)

// Aggregate is a decider with its tables, its types set aside so that the
// register can hold all of them in one list.
type Aggregate struct {
	Name   string
	Plural string // in addresses
	Title  domain.Text
	Events []domain.EventType
	Acts   []domain.ActType

	start  any
	decide func(s any, m domain.Meta, c any) ([]domain.Event, error)
	evolve func(s any, m domain.Meta, e domain.Event) any
}

// Bind makes an aggregate of a decider and its tables. It panics where an act
// does not belong to the aggregate, which only a fault of the program can
// bring about.
func Bind[S, C any, E domain.Event](d domain.Decider[S, C, E], plural string, title domain.Text, events []domain.EventType, acts []domain.ActType) *Aggregate {
	for _, t := range acts {
		if _, ok := t.Command(t.New()).(C); !ok {
			panic(fmt.Sprintf("act %s is no command of %s", t.Name, d.Name))
		}
	}
	return &Aggregate{
		Name: d.Name, Plural: plural, Title: title, Events: events, Acts: acts,
		start: d.Start,
		decide: func(s any, m domain.Meta, c any) ([]domain.Event, error) {
			facts, err := d.Decide(s.(S), m, c.(C))
			if err != nil {
				return nil, err
			}
			out := make([]domain.Event, len(facts))
			for i, f := range facts {
				out[i] = f
			}
			return out, nil
		},
		evolve: func(s any, m domain.Meta, e domain.Event) any {
			return d.Evolve(s.(S), m, e.(E))
		},
	}
}

// Act returns the line of the act of that full name.
func (a *Aggregate) Act(name string) (domain.ActType, bool) {
	for _, t := range a.Acts {
		if t.Name == name {
			return t, true
		}
	}
	return domain.ActType{}, false
}

// Fold returns the state after recs, the records of one stream in log order,
// with corrections and annulments made good.
func (a *Aggregate) Fold(c *Codec, recs []Record) (any, error) {
	amended, err := c.Amend(recs)
	if err != nil {
		return nil, err
	}
	s := a.start
	for _, r := range amended {
		s = a.evolve(s, r.Meta, r.Event)
	}
	return s, nil
}

// Start returns the state before the first fact.
func (a *Aggregate) Start() any { return a.start }

// Evolve returns the state after one more fact, which is no amendment.
func (a *Aggregate) Evolve(s any, m domain.Meta, e domain.Event) any { return a.evolve(s, m, e) }
