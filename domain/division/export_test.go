package division

import "minglu/domain/calendar"

// ResolveIn resolves in another table than the embedded one.
func ResolveIn(text string, code Code, day calendar.Day) (Resolution, error) {
	t, err := newTree(text)
	if err != nil {
		return Resolution{}, err
	}
	return t.resolve(code, day), nil
}
