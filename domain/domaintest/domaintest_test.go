package domaintest_test

import (
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"minglu/domain"
	"minglu/domain/domaintest"
)

// A toy aggregate: a list of words.
type (
	state   struct{ words []string }
	command interface{ toy() }
	add     struct {
		word string
		list []string
	}
	event interface {
		domain.Event
		toy()
	}
	added struct {
		Word string `json:"word"`
	}
)

func (add) toy()                {}
func (added) toy()              {}
func (added) EventName() string { return "toy.added" }

var (
	short  = domain.Rule{ID: "short", Version: 1}
	absent = domain.Rule{ID: "absent", Version: 1}
)

var acts = []domain.ActType{domain.On[add]("toy.add", "any", domain.Say("加", "add")).By(short)}

func decide(s state, _ domain.Meta, c command) ([]event, error) {
	switch w := c.(add).word; {
	case w == "":
		return nil, domain.BadField("/body/word", "required", domain.Say("请填写", "fill this in"))
	case len(w) > 5:
		return nil, domain.Refuse(domain.Conflict, short, domain.Say("太长", "too long"), domain.Field{Pointer: "/body/word", Code: "too_long", Message: domain.Say("太长", "too long")})
	case slices.Contains(s.words, w):
		return nil, nil
	default:
		return []event{added{w}}, nil
	}
}

func evolve(s state, _ domain.Meta, e event) state {
	s.words = append(s.words[:len(s.words):len(s.words)], e.(added).Word)
	return s
}

var toy = domain.Decider[state, command, event]{Name: "toy", Decide: decide, Evolve: evolve}

// recorder is a test that keeps what is said of it.
type recorder struct {
	testing.TB
	said []string
}

func (r *recorder) Helper() {}
func (r *recorder) Errorf(f string, args ...any) {
	r.said = append(r.said, fmt.Sprintf(f, args...))
}
func (r *recorder) Fatalf(f string, args ...any) {
	r.Errorf(f, args...)
	runtime.Goexit()
}

// faults returns what a test says that runs to its end or to its first Fatalf.
func faults(test func(testing.TB)) string {
	r, done := &recorder{}, make(chan struct{})
	go func() { defer close(done); test(r) }()
	<-done
	return strings.Join(r.said, "\n")
}

var now = domaintest.On("2021-07-07")

func TestGoodDecidersPass(t *testing.T) {
	given := func() *domaintest.History[state, command, event] {
		return domaintest.Given(t, toy, domaintest.Was(now, added{"one"})).Listed(acts)
	}
	if got := given().When(now, add{word: "two"}).Then(added{"two"}).words; !slices.Equal(got, []string{"one", "two"}) {
		t.Errorf("got %v, want both words", got)
	}
	given().When(now, add{word: "one"}).Then()
	given().When(now, add{word: "longest"}).ThenRefused(short)
	given().When(now, add{word: "longest"}).ThenRefused(short, "/body/word")
	given().When(now, add{}).ThenFault(domain.Invalid, "/body/word")
	domaintest.Acts(t, toy, acts)
	domaintest.Events(t, toy, []domain.EventType{domain.Current[added](1)}, []domaintest.Fact{domaintest.Was(now, added{"one"})})
}

func TestADayIsItsMidnightInBeijing(t *testing.T) {
	if got, want := domaintest.On("2021-07-07").Effective.UTC().String(), "2021-07-06 16:00:00 +0000 UTC"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestWrongExpectationsAreReported(t *testing.T) {
	for name, c := range map[string]struct {
		test func(h *domaintest.History[state, command, event])
		want string
	}{
		"another fact is a diff": {
			func(h *domaintest.History[state, command, event]) { h.When(now, add{word: "two"}).Then(added{"six"}) },
			"-   \"word\": \"two\"\n+   \"word\": \"six\"",
		},
		"a fact where nothing was wanted": {
			func(h *domaintest.History[state, command, event]) { h.When(now, add{word: "two"}).Then() },
			"+ (nothing)",
		},
		"nothing where a fact was wanted": {
			func(h *domaintest.History[state, command, event]) { h.When(now, add{word: "one"}).Accepted() },
			"leads to no fact",
		},
		"a refusal where a fact was wanted": {
			func(h *domaintest.History[state, command, event]) { h.When(now, add{}).Then(added{""}) },
			"is refused",
		},
		"a fact where a refusal was wanted": {
			func(h *domaintest.History[state, command, event]) { h.When(now, add{word: "two"}).ThenRefused(short) },
			"is not refused",
		},
		"a refusal by another rule": {
			func(h *domaintest.History[state, command, event]) {
				h.When(now, add{word: "longest"}).ThenRefused(absent)
			},
			`by rule "short"`,
		},
		"a refusal elsewhere": {
			func(h *domaintest.History[state, command, event]) {
				h.When(now, add{word: "longest"}).ThenRefused(short, "/effective")
			},
			`want it at ["/effective"]`,
		},
		"a rule where none was wanted": {
			func(h *domaintest.History[state, command, event]) {
				h.When(now, add{word: "longest"}).ThenFault(domain.Invalid)
			},
			"by none",
		},
		"a rule that the act does not name": {
			func(h *domaintest.History[state, command, event]) {
				h.Listed([]domain.ActType{domain.On[add]("toy.add", "any", domain.Text{})}).When(now, add{word: "longest"}).ThenRefused(short)
			},
			"no rule of its act",
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := faults(func(tb testing.TB) {
				c.test(domaintest.Given(tb, toy, domaintest.Was(now, added{"one"})))
			})
			if !strings.Contains(got, c.want) {
				t.Errorf("got %q, want it to say %q", got, c.want)
			}
		})
	}
}

func TestBadTablesAreReported(t *testing.T) {
	type other struct{ added }
	line := domain.Current[added](1)
	inPlace := func(s state, m domain.Meta, _ event) state {
		s.words = append(s.words, m.Division)
		return s
	}
	sample := []domaintest.Fact{domaintest.Was(now, added{"one"})}
	named := func(name string) domain.ActType { return domain.On[add](name, "any", domain.Say("加", "add")) }
	for name, c := range map[string]struct {
		test func(testing.TB)
		want string
	}{
		"Evolve that appends in place": {func(tb testing.TB) {
			bad := domain.Decider[state, command, event]{Name: "toy", Decide: decide, Evolve: inPlace}
			domaintest.Events(tb, bad, []domain.EventType{line}, sample)
		}, "changed"},
		"an event without a sample": {func(tb testing.TB) {
			domaintest.Events(tb, toy, []domain.EventType{line}, nil)
		}, "no sample"},
		"a sample without a line": {func(tb testing.TB) {
			domaintest.Events(tb, toy, nil, sample)
		}, "in no line"},
		"an event that is read back as another": {func(tb testing.TB) {
			bad := line
			bad.Event = func(any) domain.Event { return other{} }
			domaintest.Events(tb, toy, []domain.EventType{bad}, sample)
		}, "not read back"},
		"an event of another aggregate": {func(tb testing.TB) {
			bad := line
			bad.Name = "other.Added"
			domaintest.Events(tb, toy, []domain.EventType{bad}, nil)
		}, "not snake_case under toy"},
		"an act in another case":      {func(tb testing.TB) { domaintest.Acts(tb, toy, []domain.ActType{named("toy.Add")}) }, "not kebab-case under toy"},
		"an act of another aggregate": {func(tb testing.TB) { domaintest.Acts(tb, toy, []domain.ActType{named("other.add")}) }, "not kebab-case under toy"},
		"an act named twice":          {func(tb testing.TB) { domaintest.Acts(tb, toy, []domain.ActType{named("toy.add"), named("toy.add")}) }, "twice"},
		"an act with a rule twice":    {func(tb testing.TB) { domaintest.Acts(tb, toy, []domain.ActType{named("toy.add").By(short, short)}) }, "rule short twice"},
		"an act without titles": {func(tb testing.TB) {
			domaintest.Acts(tb, toy, []domain.ActType{domain.On[add]("toy.add", "any", domain.Text{})})
		}, "want both titles"},
		"an act that is no command": {func(tb testing.TB) {
			domaintest.Acts(tb, toy, []domain.ActType{domain.On[string]("toy.add", "any", domain.Say("加", "add"))})
		}, "no command of toy"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := faults(c.test); !strings.Contains(got, c.want) {
				t.Errorf("got %q, want it to say %q", got, c.want)
			}
		})
	}
}

func TestBadDecidersAreReported(t *testing.T) {
	calls := 0
	for name, c := range map[string]struct {
		decide func(state, domain.Meta, command) ([]event, error)
		evolve func(state, domain.Meta, event) state
		want   string
	}{
		"Decide that counts": {
			func(state, domain.Meta, command) ([]event, error) {
				calls++
				return []event{added{strings.Repeat("x", calls)}}, nil
			}, evolve, "not repeatable",
		},
		"Decide that writes into the state": {
			func(s state, _ domain.Meta, _ command) ([]event, error) { s.words[0] = "changed"; return nil, nil },
			evolve, "changed the state",
		},
		"Decide that writes into the command": {
			func(_ state, _ domain.Meta, c command) ([]event, error) { c.(add).list[0] = "changed"; return nil, nil },
			evolve, "changed the command",
		},
		"a refusal with facts": {
			func(state, domain.Meta, command) ([]event, error) {
				return []event{added{"x"}}, domain.Refuse(domain.Conflict, short, domain.Say("不", "no"))
			}, evolve, "leaves facts behind",
		},
		"a refusal in one language": {
			func(state, domain.Meta, command) ([]event, error) {
				return nil, domain.Refuse(domain.Conflict, short, domain.Text{ZH: "不"})
			}, evolve, "not whole",
		},
		"a refusal that lacks an argument": {
			func(state, domain.Meta, command) ([]event, error) {
				return nil, domain.Refuse(domain.Conflict, short, domain.Say("%s %s", "%s", 1))
			}, evolve, "not whole",
		},
		"an error of its own": {
			func(state, domain.Meta, command) ([]event, error) { return nil, fmt.Errorf("oh") }, evolve, "that may be shown",
		},
		"Evolve that writes into its state": {
			decide, func(s state, _ domain.Meta, e event) state {
				if len(s.words) > 0 {
					s.words[0] += "!"
				}
				return evolve(s, domain.Meta{}, e)
			}, "changed the state that it was given",
		},
		"Evolve that counts": {
			decide, func(state, domain.Meta, event) state {
				calls++
				return state{[]string{strings.Repeat("x", calls)}}
			}, "not repeatable",
		},
	} {
		t.Run(name, func(t *testing.T) {
			bad := domain.Decider[state, command, event]{Name: "toy", Decide: c.decide, Evolve: c.evolve}
			got := faults(func(tb testing.TB) {
				domaintest.Given(tb, bad, domaintest.Was(now, added{"one"})).When(now, add{word: "two", list: []string{"a"}}).ThenRefused(short)
			})
			if !strings.Contains(got, c.want) {
				t.Errorf("got %q, want it to say %q", got, c.want)
			}
		})
	}
}
