package projections

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"minglu/domain/book"
	"minglu/domain/calendar"
	"minglu/domain/term"
)

// BookFault is a place where the live books do not agree with what they are
// made of.
type BookFault struct {
	Scope  string       // such as "division 530427", or a stream
	Day    calendar.Day // 0: over all days
	Ledger string       // account of the ledger, or what is counted
	Got    int64        // what the books say, in fen
	Want   int64        // what the parts come to
}

// Error names the place with both figures.
func (f *BookFault) Error() string {
	day := ""
	if f.Day != 0 {
		day = fmt.Sprintf(" on %s", f.Day)
	}
	return fmt.Sprintf("the books of %s%s have %d for %s, where the facts come to %d", f.Scope, day, f.Got, f.Ledger, f.Want)
}

// CheckBooks adds the live books up anew: what orders took over of others against
// what was transferred, the orders and the deposit of each account against its
// ledger, the ledger against the account's days, the days of accounts against
// those of divisions and banks, and the accounts of each institution against the
// list of those that count to it. Every sheet has to balance. It returns the first difference as a *BookFault, in order of the
// scopes; any other error says that the view could not be read. It reads the
// view in one snapshot, and ends early with the error of ctx.
func (v *Views) CheckBooks(ctx context.Context) error {
	err := v.Read(EscrowView, func(r *Read) error {
		c := audit{ctx: ctx, r: r, parts: map[string]books{}, moved: map[string]int64{}, taken: map[string]int64{}, ledgers: map[string]ledger{}, days: map[string]books{}}
		for _, step := range []func() error{c.orders, c.accounts, c.accountDays, c.otherDays, c.links} {
			if err := step(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("check the books: %w", err)
	}
	return nil
}

// An audit is one check of the books.
type audit struct {
	ctx     context.Context
	r       *Read
	parts   map[string]books // by account: its orders and deposit
	ledgers map[string]ledger
	moved   map[string]int64 // by order: what was transferred from it
	taken   map[string]int64 // by the same: what another order took over
	days    map[string]books // of divisions and banks, by scope and day: their accounts
	looked  int
}

// pause ends the check where nobody waits for it any more.
func (c *audit) pause() error {
	if c.looked++; c.looked%4096 == 0 {
		return c.ctx.Err()
	}
	return nil
}

// orders adds up the sheets of the orders of each account.
func (c *audit) orders() error {
	for k := range c.r.Bucket(orders.bucket).Scan(nil) {
		f, err := orders.load(c.r.Bucket(orders.bucket), string(k))
		if err == nil {
			err = c.pause()
		}
		if err == nil {
			err = balanced("order "+f.head.Stream, 0, f.state.Sheet)
		}
		if err != nil {
			return err
		}
		if err := c.add(f.state.Account, f.state.Sheet); err != nil {
			return err
		}
		if f.state.Moved.To != "" {
			c.moved[f.head.Stream] += int64(f.state.Moved.Amount)
		}
		if from := f.state.TransferOf; from != "" {
			c.taken[from] += int64(f.state.Amount)
		}
	}
	return c.transfers()
}

// transfers compares what orders took over with what was transferred to them. What
// was transferred and is not taken over is on its way.
func (c *audit) transfers() error {
	for _, from := range slices.Sorted(maps.Keys(c.taken)) {
		if got, want := c.taken[from], c.moved[from]; got != want {
			return &BookFault{Scope: "what was transferred from order " + from, Ledger: string(term.LedgerTransferred), Got: got, Want: want}
		}
	}
	return nil
}

func (c *audit) add(account string, sheet book.Sheet) (err error) {
	if account != "" {
		c.parts[account], err = c.parts[account].plus(books{sheet: sheet})
	}
	return err
}

// accounts compares the ledger of each account with its orders and deposit.
func (c *audit) accounts() error {
	for k := range c.r.Bucket(accounts.bucket).Scan(nil) {
		f, err := accounts.load(c.r.Bucket(accounts.bucket), string(k))
		if err == nil {
			err = c.add(f.head.Stream, f.state.Deposit)
		}
		if err != nil {
			return err
		}
	}
	for k := range c.r.Bucket("ledgers").Scan(nil) {
		l, _, err := readLedger(c.r.Bucket("ledgers"), string(k))
		if err != nil {
			return err
		}
		c.ledgers[string(k)] = l
	}
	for _, account := range eachOf(c.parts, c.ledgers) {
		l := c.ledgers[account]
		if err := sameBooks("account "+account, 0, books{sheet: l.sheet}, c.parts[account]); err != nil {
			return err
		}
		if err := balanced("account "+account, 0, l.sheet); err != nil {
			return err
		}
	}
	return nil
}

// accountDays compares the days of each account with its ledger, and adds them
// up for its division and bank.
func (c *audit) accountDays() error {
	sums := map[string]books{}
	prefix := Key(accountScope)
	for k, row := range c.r.Bucket("days").Scan(prefix) {
		account, rest, _ := CutText(k[len(prefix):])
		d, err := readDay(row)
		if err == nil {
			err = c.pause()
		}
		if err == nil {
			err = balanced("account "+account, dayIn(rest, nil), d.sheet)
		}
		if err == nil {
			sums[account], err = sums[account].plus(d.books)
		}
		if err != nil {
			return err
		}
		scopes := [][]byte{Key(divisionScope, divisionOf(account))}
		if bank := c.ledgers[account].bank; bank != "" {
			scopes = append(scopes, Key(bankScope, divisionOf(account), bank))
		}
		for _, scope := range scopes {
			at := string(append(scope, rest...))
			if c.days[at], err = c.days[at].plus(d.books); err != nil {
				return err
			}
		}
	}
	for _, account := range eachOf(sums, c.ledgers) {
		if err := sameBooks("account "+account, 0, sums[account], c.ledgers[account].books); err != nil {
			return err
		}
	}
	return nil
}

// otherDays compares the days of divisions and banks with those of their
// accounts.
func (c *audit) otherDays() error {
	have := map[string]books{}
	for _, kind := range []string{bankScope, divisionScope} {
		for k, row := range c.r.Bucket("days").Scan(Key(kind)) {
			d, err := readDay(row)
			if err != nil {
				return err
			}
			have[string(k)] = d.books
		}
	}
	for _, at := range eachOf(have, c.days) {
		if err := sameBooks(scopeName(at), dayOfKey(at), have[at], c.days[at]); err != nil {
			return err
		}
	}
	return nil
}

// scopeName names the scope of a key of days.
func scopeName(key string) string {
	kind, rest, _ := CutText([]byte(key))
	code, rest, _ := CutText(rest)
	if kind == bankScope {
		bank, _, _ := CutText(rest)
		return ScopeBank(code, bank).String()
	}
	return ScopeDivision(code).String()
}

func dayOfKey(key string) calendar.Day { return dayIn([]byte(key[len(key)-4:]), nil) }

// links compares the accounts that count to each institution with what the
// accounts say.
func (c *audit) links() error {
	linked, said := map[string]books{}, map[string]books{}
	for account, l := range c.ledgers {
		if id := idOf(l.institution); id != "" {
			var err error
			if said[id], err = said[id].plus(c.ledgers[account].books); err != nil {
				return err
			}
		}
	}
	rows := c.r.Bucket("institutions")
	for _, id := range codesOf(rows, nil) {
		for _, account := range linkedTo(rows, id, Now) {
			var err error
			if linked[id], err = linked[id].plus(c.ledgers[account].books); err != nil {
				return err
			}
		}
	}
	for _, id := range eachOf(linked, said) {
		if err := sameBooks(ScopeInstitution(id).String(), 0, linked[id], said[id]); err != nil {
			return err
		}
	}
	return nil
}

// eachOf returns the keys of two maps, each once, in order.
func eachOf[K cmp.Ordered, V, W any](a map[K]V, b map[K]W) []K {
	return slices.Compact(slices.Sorted(concat(maps.Keys(a), maps.Keys(b))))
}

// balanced returns a fault where a sheet does not balance: what came in against
// what lies on the accounts.
func balanced(scope string, day calendar.Day, s book.Sheet) error {
	if s.Balanced() {
		return nil
	}
	lies := func(on ...term.LedgerAccount) (sum int64) {
		for _, a := range on {
			sum += int64(s.Of(a))
		}
		return sum
	}
	f := &BookFault{Scope: scope, Day: day, Ledger: string(term.LedgerPaid), Got: int64(s.Of(term.LedgerPaid))}
	f.Want = lies(term.LedgerHeld, term.LedgerOutside, term.LedgerReleased, term.LedgerRefunded, term.LedgerPaidOut, term.LedgerTransferred)
	if f.Got == f.Want {
		f.Ledger, f.Got = string(term.LedgerDepositSource), int64(s.Of(term.LedgerDepositSource))
		f.Want = lies(term.LedgerDeposit, term.LedgerDepositUsed, term.LedgerDepositReturned)
	}
	return f
}

// sameBooks returns a fault that names the first figure that differs.
func sameBooks(scope string, day calendar.Day, got, want books) error {
	for _, a := range book.Accounts {
		if g, w := got.sheet.Of(a), want.sheet.Of(a); g != w {
			return &BookFault{Scope: scope, Day: day, Ledger: string(a), Got: int64(g), Want: int64(w)}
		}
	}
	names := [...]string{"orders", "hours", "lessons", "by_parent", "deemed", "refund_requests", "breaches"}
	have := countsOf(&got.counts)
	for i, n := range countsOf(&want.counts) {
		if *have[i] != *n {
			return &BookFault{Scope: scope, Day: day, Ledger: names[i], Got: int64(*have[i]), Want: int64(*n)}
		}
	}
	return nil
}
