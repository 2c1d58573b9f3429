package jetstream

import (
	"context"
)

// Wrapped returns the wrapped key of a person as it is stored.
func Wrapped(ctx context.Context, k *Keys, person string) ([]byte, error) {
	subject, err := k.personOf(person)
	if err != nil {
		return nil, err
	}
	_, box, err := k.newest(ctx, subject)
	return box, err
}
