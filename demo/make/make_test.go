package main

import (
	"bytes"
	"os"
	"testing"

	"minglu/demo"
)

func TestTheJournalIsWhatTheFiguresSay(t *testing.T) {
	got := compose()
	if os.Getenv("MINGLU_UPDATE") != "" {
		if err := os.WriteFile("../journal.ndjson", got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if !bytes.Equal(got, demo.Journal()) {
		t.Fatal("journal.ndjson differs from what this program composes; run: MINGLU_UPDATE=1 go test ./demo/make")
	}
}
