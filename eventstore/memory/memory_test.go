package memory_test

import (
	"testing"

	"minglu/eventstore"
	"minglu/eventstore/memory"
	"minglu/eventstore/storetest"
)

func TestStore(t *testing.T) {
	storetest.Run(t, func(*testing.T) func() eventstore.Store {
		return func() eventstore.Store { return memory.New(storetest.Codec) }
	}, storetest.Features{})
}

func TestKeys(t *testing.T) {
	storetest.RunKeys(t, func(*testing.T) eventstore.Keys { return new(memory.Keys) })
}
