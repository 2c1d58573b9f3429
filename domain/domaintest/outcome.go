package domaintest

import (
	"errors"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"minglu/domain"
)

// Outcome is what a command led to.
type Outcome[S, C any, E domain.Event] struct {
	history *History[S, C, E]
	meta    domain.Meta
	command C
	events  []E
	err     error
	after   S
}

// Then wants exactly these facts; without any, that it was so already. It
// returns the state after them.
func (o *Outcome[S, C, E]) Then(want ...E) S {
	t := o.history.t
	t.Helper()
	switch {
	case o.err != nil:
		t.Errorf("%T is refused: %v\nwant %s", o.command, o.err, show(want))
	case len(o.events) != len(want), len(want) > 0 && !reflect.DeepEqual(o.events, want):
		t.Errorf("%T leads to other facts (- got, + want)\n%s", o.command, diff(show(o.events), show(want)))
	}
	return o.after
}

// Accepted wants at least one fact and returns the state after them.
func (o *Outcome[S, C, E]) Accepted() S {
	o.history.t.Helper()
	if o.err != nil || len(o.events) == 0 {
		o.history.t.Errorf("%T leads to no fact, got error %v", o.command, o.err)
	}
	return o.after
}

// ThenRefused wants a refusal by a rule, with exactly these pointers where any
// are given.
func (o *Outcome[S, C, E]) ThenRefused(by domain.Rule, pointers ...string) *domain.Error {
	t := o.history.t
	t.Helper()
	e := o.refusal(pointers)
	if e == nil {
		return &domain.Error{}
	}
	if e.Rule != by.ID {
		t.Errorf("%T: got a refusal by rule %q (%v), want %q", o.command, e.Rule, e, by.ID)
	}
	if rules, known := o.history.rules(o.command); known && !rules[e.Rule] {
		t.Errorf("%T: refused by %q, which is no rule of its act", o.command, e.Rule)
	}
	return e
}

// ThenFault wants a refusal that no rule stands behind, with exactly these
// pointers where any are given.
func (o *Outcome[S, C, E]) ThenFault(code domain.Code, pointers ...string) *domain.Error {
	t := o.history.t
	t.Helper()
	e := o.refusal(pointers)
	if e == nil {
		return &domain.Error{}
	}
	if e.Rule != "" || e.Code != code {
		t.Errorf("%T: got a refusal %q by rule %q (%v), want %q by none", o.command, e.Code, e.Rule, e, code)
	}
	return e
}

var snakeCase = regexp.MustCompile(`^[a-z0-9]+(_[a-z0-9]+)*$`)

// refusal returns the refusal, or nil and a fault of the test where there is
// none or it is not whole.
func (o *Outcome[S, C, E]) refusal(pointers []string) *domain.Error {
	t := o.history.t
	t.Helper()
	e, ok := errors.AsType[*domain.Error](o.err)
	switch {
	case o.err == nil:
		t.Errorf("%T is not refused, it leads to\n%s", o.command, show(o.events))
		return nil
	case !ok:
		t.Errorf("%T: got %T (%v), want a refusal that may be shown", o.command, o.err, o.err)
		return nil
	}
	if e.Code == "" || !whole(e.Text) {
		t.Errorf("%T: the refusal is not whole: %q %q", o.command, e.Code, e.Text)
	}
	got := make([]string, len(e.Fields))
	for i, f := range e.Fields {
		got[i] = f.Pointer
		if !snakeCase.MatchString(f.Code) || !whole(f.Message) || !strings.HasPrefix(f.Pointer, "/") {
			t.Errorf("%T: the field %q of the refusal is not whole: %q %q", o.command, f.Pointer, f.Code, f.Message)
		}
	}
	if len(pointers) > 0 && !slices.Equal(got, pointers) {
		t.Errorf("%T: got a refusal at %q (%v), want it at %q", o.command, got, e, pointers)
	}
	return e
}

// whole reports whether a sentence stands in both languages, without a verb
// that found no argument.
func whole(s domain.Text) bool {
	return s.ZH != "" && s.EN != "" && !strings.Contains(s.ZH+s.EN, "%!")
}
