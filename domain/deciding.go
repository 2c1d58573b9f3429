package domain

import "strings"

// OneFact is the answer of a decider whose only question is err: the fact, or
// the refusal.
func OneFact[E Event](e E, err error) ([]E, error) {
	if err != nil {
		return nil, err
	}
	return []E{e}, nil
}

// Filled refuses a member without text.
func Filled(pointer, value string) error {
	if strings.TrimSpace(value) == "" {
		return BadField(pointer, "required", Say("请填写此项", "fill this in"))
	}
	return nil
}

// With returns a list with one value more and leaves the old one as it is, as
// states want it.
func With[T any](list []T, v T) []T { return append(list[:len(list):len(list)], v) }

// OrEmpty makes a missing list an empty one, so that facts always have it.
func OrEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
