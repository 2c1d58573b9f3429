package domain_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"minglu/domain"
)

var (
	one = domain.Rule{ID: "one", Version: 2}
	two = domain.Rule{ID: "two", Version: 1}
)

func TestErrorsAnswerForCodeAndRule(t *testing.T) {
	err := fmt.Errorf("decide: %w", domain.Refuse(domain.Conflict, one, domain.Say("不行", "no")))
	for name, c := range map[string]struct {
		target error
		want   bool
	}{
		"the same code and rule":      {domain.Refuse(domain.Conflict, one, domain.Text{}), true},
		"the family of the code":      {domain.Fault(domain.Conflict, domain.Text{}), true},
		"another rule":                {domain.Refuse(domain.Conflict, two, domain.Text{}), false},
		"another code":                {domain.Refuse(domain.Invalid, one, domain.Text{}), false},
		"another code and no rule":    {domain.Fault(domain.Invalid, domain.Text{}), false},
		"an error that is no refusal": {errors.New("不行"), false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := errors.Is(err, c.target); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
	if errors.Is(domain.Fault(domain.Conflict, domain.Text{}), domain.Refuse(domain.Conflict, one, domain.Text{})) {
		t.Error("got a fault that answers for a rule")
	}
}

func TestErrorsSpeakChineseWithTheirFields(t *testing.T) {
	plain := domain.Fault(domain.Busy, domain.Say("请稍后", "later"))
	if got := plain.Error(); got != "请稍后" {
		t.Errorf("got %q", got)
	}
	e := domain.Refuse(domain.Invalid, one, domain.Say("不行", "no"),
		domain.Field{Pointer: "/a", Message: domain.Say("甲", "a")}, domain.Field{Pointer: "/b", Message: domain.Say("乙", "b")})
	if got, want := e.Error(), "不行（/a 甲；/b 乙）"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if e.Rule != "one" || one.Ref() != "one@2" {
		t.Errorf("got rule %q and ref %q", e.Rule, one.Ref())
	}
}

func TestAtTellsWhereAValueStands(t *testing.T) {
	value := domain.BadField("/serial", "length", domain.Say("太短", "too short"))
	moved := domain.At("/body/number", fmt.Errorf("read: %w", value))
	e, ok := errors.AsType[*domain.Error](moved)
	if !ok || e.Fields[0].Pointer != "/body/number/serial" || e.Fields[0].Code != "length" {
		t.Errorf("got %v, want the pointer before the one of the field", moved)
	}
	if value.Fields[0].Pointer != "/serial" {
		t.Errorf("got the first refusal changed to %q", value.Fields[0].Pointer)
	}
	bare, _ := errors.AsType[*domain.Error](domain.At("/body", domain.Refuse(domain.Conflict, one, domain.Say("不行", "no"))))
	if want := []domain.Field{{Pointer: "/body", Code: "conflict", Message: domain.Say("不行", "no")}}; !slices.Equal(bare.Fields, want) || bare.Rule != "one" {
		t.Errorf("got %v, want one field for the whole", bare.Fields)
	}
	other := errors.New("disk")
	if domain.At("/body", other) != other || domain.At("/body", nil) != nil {
		t.Error("got something else for what is no refusal")
	}
}

func TestSayFormatsBothLanguages(t *testing.T) {
	for name, c := range map[string]struct{ got, want domain.Text }{
		"the same order":                   {domain.Say("%s 到 %d", "%s to %d", "甲", 3), domain.Text{ZH: "甲 到 3", EN: "甲 to 3"}},
		"another order":                    {domain.Say("%[2]s 在 %[1]s", "%s on %s", "名单", "今天"), domain.Text{ZH: "今天 在 名单", EN: "名单 on 今天"}},
		"an argument for one language":     {domain.Say("第 %s", "no. %[2]s", "一", "one"), domain.Text{ZH: "第 一", EN: "no. one"}},
		"arguments for none":               {domain.Say("好", "good", 1, 2), domain.Text{ZH: "好", EN: "good"}},
		"per cent signs without arguments": {domain.Say("100%", "100%"), domain.Text{ZH: "100%", EN: "100%"}},
	} {
		t.Run(name, func(t *testing.T) {
			if c.got != c.want {
				t.Errorf("got %q, want %q", c.got, c.want)
			}
		})
	}
}

func TestTextFallsBackToTheOtherLanguage(t *testing.T) {
	both := domain.Text{ZH: "好", EN: "good"}
	for _, c := range []struct {
		text       domain.Text
		lang, want string
	}{
		{both, "en", "good"}, {both, "zh", "好"}, {both, "", "好"}, {both, "fr", "好"},
		{domain.Text{ZH: "好"}, "en", "好"}, {domain.Text{EN: "good"}, "zh", "good"}, {domain.Text{}, "en", ""},
	} {
		if got := c.text.In(c.lang); got != c.want {
			t.Errorf("got %q for %q, want %q", got, c.lang, c.want)
		}
	}
}

func TestPersonalValuesAreNeverWrittenInClear(t *testing.T) {
	const secret = "张三"
	type body struct {
		Organiser domain.Personal  `json:"organiser"`
		Principal *domain.Personal `json:"principal"`
	}
	p := domain.PersonalText(secret)
	p.Sealed = domain.Sealed{Person: "p-1", Commit: "c0ffee"}
	b := body{Organiser: p, Principal: &p}
	written, err := json.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"JSON": string(written), "%v": fmt.Sprintf("%v", b), "%+v": fmt.Sprintf("%+v", b), "%#v": fmt.Sprintf("%#v", b.Organiser), "%s": p.String(), "%q": fmt.Sprintf("%q", p),
	} {
		if strings.Contains(text, secret) {
			t.Errorf("%s: got %s, want it hidden", name, text)
		}
	}
	if !strings.Contains(string(written), `"organiser":{"person":"p-1","commit":"c0ffee"}`) {
		t.Errorf("got %s, want the seal", written)
	}
	if p.Clear() != secret {
		t.Errorf("got %q, want what is to be sealed", p.Clear())
	}
}

func TestPersonalValuesAreReadInClear(t *testing.T) {
	var b struct {
		Organiser domain.Personal `json:"organiser,omitzero"`
		Principal domain.Personal `json:"principal,omitzero"`
	}
	if err := json.Unmarshal([]byte(`{"organiser":"张三"}`), &b); err != nil || b.Organiser.Clear() != "张三" {
		t.Errorf("got %q, %v", b.Organiser.Clear(), err)
	}
	if b.Organiser.IsZero() || !b.Principal.IsZero() || !(domain.Sealed{}).IsZero() || (domain.Sealed{Person: "p"}).IsZero() {
		t.Error("got the wrong one for no value")
	}
	if err := json.Unmarshal([]byte(`{"organiser":{"person":"p-1"}}`), &b); err == nil {
		t.Error("got a seal taken from a client")
	}
}

func TestTheActingOfficerComesFirst(t *testing.T) {
	if got := (domain.Actor{Officers: []string{"a", "b"}}).Officer(); got != "a" {
		t.Errorf("got %q, want a", got)
	}
	if got := (domain.Actor{}).Officer(); got != "" {
		t.Errorf("got %q, want none", got)
	}
}

func TestRawJSONIsKeptAsItWasWritten(t *testing.T) {
	var c domain.Correction
	const text = `{"target_seq":7,"field":"valid_to","was":"2024-01-01","is":{"a" : 1},"reason":"笔误"}`
	if err := json.Unmarshal([]byte(text), &c); err != nil {
		t.Fatal(err)
	}
	seq, change := c.Amends()
	if seq != 7 || change.Field != "valid_to" || string(change.Was) != `"2024-01-01"` || string(change.Is) != `{"a" : 1}` {
		t.Errorf("got %d and %+v", seq, change)
	}
	if b, err := json.Marshal(domain.Correction{}); err != nil || string(b) != `{"target_seq":0,"field":"","was":null,"is":null,"reason":""}` {
		t.Errorf("got %s, %v, want null for no text", b, err)
	}
	if seq, change := (domain.Annulment{TargetSeq: 9}).Amends(); seq != 9 || change != nil {
		t.Errorf("got %d and %v, want no change", seq, change)
	}
}

type (
	happened   struct{ What string }
	happenedV1 struct{ Which string }
)

func (happened) EventName() string { return "toy.happened" }

func TestEventTypesReadTheirShapes(t *testing.T) {
	now := domain.Current[happened](2)
	if now.Name != "toy.happened" || now.Version != 2 || !now.Current {
		t.Errorf("got %+v", now)
	}
	if got := now.Event(&happened{"x"}); got != (happened{"x"}) {
		t.Errorf("got %v", got)
	}
	old := domain.Old("toy.happened", 1, func(o happenedV1) happened { return happened{o.Which} })
	p := old.New().(*happenedV1)
	p.Which = "y"
	if got := old.Event(p); old.Current || old.Version != 1 || got != (happened{"y"}) {
		t.Errorf("got %v, want it in the shape of today", got)
	}
}

func TestActTypesSayWhatTheyAre(t *testing.T) {
	a := domain.Creates[happened]("toy.begin", "enter", domain.Say("开始", "begin")).MayBeFuture().By(one, two)
	if !a.Creates || !a.Future || !slices.Equal(a.RuleRefs(), []string{"one@2", "two@1"}) {
		t.Errorf("got %+v", a)
	}
	b := domain.On[happened]("toy.go-on", "enter", domain.Say("继续", "go on"))
	p := b.New()
	p.(*happened).What = "z"
	if b.Creates || b.Future || b.Command(p) != (happened{"z"}) || b.RuleRefs() != nil {
		t.Errorf("got %+v", b)
	}
}
