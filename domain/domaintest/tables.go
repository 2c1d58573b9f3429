package domaintest

import (
	"bytes"
	"encoding/json"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"minglu/domain"
)

var (
	actName   = regexp.MustCompile(`^[a-z]+\.[a-z]+(-[a-z]+)*$`)
	eventName = regexp.MustCompile(`^[a-z]+\.[a-z]+(_[a-z]+)*$`)
)

// Acts checks a table of acts: names, titles, rules, and that the empty body is
// read into a command C of its own.
func Acts[S, C any, E domain.Event](t testing.TB, d domain.Decider[S, C, E], acts []domain.ActType) {
	t.Helper()
	names, commands := map[string]bool{}, map[reflect.Type]bool{}
	for _, a := range acts {
		if !actName.MatchString(a.Name) || !strings.HasPrefix(a.Name, d.Name+".") {
			t.Errorf("%s: got a name that is not kebab-case under %s", a.Name, d.Name)
		}
		if !whole(a.Title) || a.Competence == "" {
			t.Errorf("%s: got title %q and competence %q, want both titles and a competence", a.Name, a.Title, a.Competence)
		}
		p := a.New()
		if err := json.Unmarshal([]byte("{}"), p); err != nil {
			t.Errorf("%s: got %v reading the empty body", a.Name, err)
		}
		c, ok := a.Command(p).(C)
		if !ok {
			t.Errorf("%s: got a %T, which is no command of %s", a.Name, a.Command(p), d.Name)
			continue
		}
		if !reflect.DeepEqual(p, a.New()) {
			t.Errorf("%s: got %s from the empty body, want the zero command", a.Name, snapshot(p))
		}
		if names[a.Name] || commands[reflect.TypeOf(c)] {
			t.Errorf("%s: got the name or the command %T twice", a.Name, c)
		}
		names[a.Name], commands[reflect.TypeOf(c)] = true, true
		rules := map[string]bool{}
		for _, r := range a.Rules {
			if rules[r.ID] {
				t.Errorf("%s: got rule %s twice", a.Name, r.ID)
			}
			rules[r.ID] = true
		}
	}
}

// Events checks a table of stored shapes with one sample or more of each
// current one: names and versions, that the stored form of a sample is read
// back as it was, and that Evolve takes it in the state where it stands.
func Events[S, C any, E domain.Event](t testing.TB, d domain.Decider[S, C, E], types []domain.EventType, samples []Fact) {
	t.Helper()
	current := map[string]domain.EventType{}
	for _, e := range types {
		if !eventName.MatchString(e.Name) || !strings.HasPrefix(e.Name, d.Name+".") {
			t.Errorf("%s: got a name that is not snake_case under %s", e.Name, d.Name)
		}
		if !e.Current {
			continue
		}
		if _, twice := current[e.Name]; twice || e.Version < 1 {
			t.Errorf("%s: got version %d, current twice: %v", e.Name, e.Version, twice)
		}
		current[e.Name] = e
	}
	fed := map[string]bool{}
	for i, f := range samples {
		name := f.Event.EventName()
		if e, ok := f.Event.(E); ok {
			evolve(t, d, Given(t, d, samples[:i]...).state, f.Meta, e, deep)
		}
		e, ok := current[name]
		if !ok {
			t.Errorf("%s: got a sample that is in no line of the table", name)
			continue
		}
		fed[name] = true
		again, err := reread(e, f.Event)
		if err != nil {
			t.Errorf("%s: got %v reading what was stored", name, err)
		} else if !reflect.DeepEqual(again, f.Event) {
			t.Errorf("%s is not read back as it was stored (- got, + want)\n%s", name, diff(snapshot(again), snapshot(f.Event)))
		}
	}
	for name := range current {
		if !fed[name] {
			t.Errorf("%s: got no sample, so Evolve was never fed with it", name)
		}
	}
}

func reread(e domain.EventType, stored domain.Event) (domain.Event, error) {
	body, err := json.Marshal(stored)
	if err != nil {
		return nil, err
	}
	p := e.New()
	d := json.NewDecoder(bytes.NewReader(body))
	d.DisallowUnknownFields()
	if err := d.Decode(p); err != nil {
		return nil, err
	}
	return e.Event(p), nil
}
