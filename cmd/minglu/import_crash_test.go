package main

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"minglu/domain/calendar"
	"minglu/domain/money"
	"minglu/domain/term"
	"minglu/projections"
)

// crashLines is how many lines the statement has that is broken off. MINGLU_LONG
// asks for as many as a large bank prints.
func crashLines() int {
	if os.Getenv("MINGLU_LONG") != "" {
		return 100_000
	}
	return 12_000
}

// TestAStatementWhoseImportIsKilledIsImportedOnce kills the importing process
// twice in the middle of a file, and imports it then: each line is there once.
func TestAStatementWhoseImportIsKilledIsImportedOnce(t *testing.T) {
	b := newBureau(t)
	b.withAccount()
	b.file("icbc.json", bankMapping)
	n := crashLines()
	path := b.file("large.csv", longStatement(n))
	args := append(append([]string{"import", "--data", b.data()}, b.statement(path, icbc)...), "--log-level", "error")
	for kill := 1; kill <= 2; kill++ {
		b.killed(args)
	}
	code, stdout, stderr := b.minglu(t.Context(), strings.NewReader(""), args...)
	var imported, known, refused int
	if _, err := fmt.Sscanf(stdout, "imported %d, already known %d, refused %d", &imported, &known, &refused); err != nil || code != exitDone {
		t.Fatalf("ended with %d: %s%s", code, stdout, stderr)
	}
	if imported+known != n || known == 0 || imported == 0 {
		t.Errorf("got %d imported and %d known of %d lines, want some of each", imported, known, n)
	}
	b.wantImport(exitDone, fmt.Sprintf("imported 0, already known %d, refused 0", n), b.statement(path, icbc)...)
	s := &stressed{t: t, data: b.data()}
	s.offline(func(node *node) error {
		if err := node.views.CatchUp(t.Context()); err != nil {
			return err
		}
		accounts, err := node.views.Escrows(projections.EscrowQuery{})
		if err != nil {
			return err
		}
		printed, ok, err := node.views.BankBalance(accounts.Accounts[0].Stream, projections.Now)
		_, there, ierr := node.views.Items(accounts.Accounts[0].Stream, 0, calendar.Date(9999, time.December, 31), projections.Now)
		if err != nil || ierr != nil || !ok || printed.Amount != money.Fen(100*n) || len(there) != n {
			t.Errorf("got %d lines and the balance %v (%v, %v), want %d lines of one yuan", len(there), printed.Amount, err, ierr, n)
		}
		if len(there) > 0 && there[0].Kind != term.MovementOrder {
			t.Errorf("got %+v", there[0])
		}
		return nil
	})
}

// longStatement is a statement of so many lines of one yuan, four hundred a day.
func longStatement(n int) string {
	var out strings.Builder
	out.WriteString(bankHead)
	first := calendar.Date(2026, time.January, 7)
	for i := range n {
		fmt.Fprintf(&out, "%s,%06d,1,,%d,预收费,\n", first.AddDays(i/400), i, i+1)
	}
	return out.String()
}

// killed runs minglu in a process of its own and kills it once the data directory
// has grown.
func (b *bureau) killed(args []string) {
	b.t.Helper()
	clock := b.file("clock", b.program().now().Format(time.RFC3339))
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), childClock+"="+clock)
	before := sizeOf(b.t, b.data())
	if err := cmd.Start(); err != nil {
		b.t.Fatal(err)
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for sizeOf(b.t, b.data()) < before+grown {
		select {
		case <-tick.C:
		case err := <-ended:
			b.t.Fatalf("the import ended before it could be killed: %v", err)
		}
	}
	if err := cmd.Process.Kill(); err != nil {
		b.t.Fatal(err)
	}
	<-ended
}

// grown is by how many bytes: some thousand lines.
const grown = 1 << 20

// sizeOf is the size of all files below a directory; one that vanishes meanwhile
// has none.
func sizeOf(t *testing.T, dir string) (n int64) {
	t.Helper()
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		if info, err := d.Info(); err == nil {
			n += info.Size()
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
