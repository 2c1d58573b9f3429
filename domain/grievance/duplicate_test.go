package grievance_test

import (
	"slices"
	"testing"

	"minglu/domain/grievance"
	"minglu/domain/term"
)

func TestWhatRepeatsAGrievance(t *testing.T) {
	of := func(institution, received string, topics ...term.GrievanceTopic) grievance.State {
		return grievance.State{Institution: institution, Received: day(received), Topics: topics}
	}
	first := of("a", "2024-05-06", term.TopicRefund, term.TopicFees)
	for _, c := range []struct {
		name  string
		other grievance.State
		days  int
		topic term.GrievanceTopic // empty: it does not repeat it
	}{
		{"the same day", of("a", "2024-05-06", term.TopicRefund), 0, term.TopicRefund},
		{"the last day", of("a", "2024-08-04", term.TopicClosure, term.TopicFees), 90, term.TopicFees},
		{"a day too late", of("a", "2024-08-05", term.TopicFees), 0, ""},
		{"the first day", of("a", "2024-02-06", term.TopicRefund), -90, term.TopicRefund},
		{"a day too early", of("a", "2024-02-05", term.TopicRefund), 0, ""},
		{"another institution", of("b", "2024-05-06", term.TopicRefund), 0, ""},
		{"another topic", of("a", "2024-05-06", term.TopicClosure), 0, ""},
		{"none received", grievance.State{Institution: "a", Topics: first.Topics}, 0, ""},
	} {
		common, days, ok := first.Repeats(c.other)
		if ok != (c.topic != "") || days != c.days || (ok && !slices.Equal(common, []term.GrievanceTopic{c.topic})) {
			t.Errorf("%s: got %v, %d days, %v", c.name, common, days, ok)
		}
	}
	if _, _, ok := of("", "2024-05-06", term.TopicRefund).Repeats(of("", "2024-05-06", term.TopicRefund)); ok {
		t.Error("two without an institution have nothing in common")
	}
	tied := grievance.State{Links: []grievance.Linked{{Other: "x"}}}
	if !tied.Tied("x") || tied.Tied("y") {
		t.Error("got it tied to another than x")
	}
}
