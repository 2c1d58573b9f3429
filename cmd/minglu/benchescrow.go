package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/ident"
	"minglu/eventstore/jetstream"
	"minglu/projections"
	"minglu/register"
)

func prepareBenchEscrow(f *flags) action {
	var b benchFlags
	e := escrowBench{movements: 1_000_000, accounts: 5_000, acts: 2_000}
	b.declare(f)
	f.number(&e.movements, "movements", "N", domain.Say("银行流水笔数", "movements of one account at its bank"))
	f.number(&e.accounts, "accounts", "N", domain.Say("监管账户数", "supervised accounts, with some orders each"))
	f.number(&e.acts, "acts", "N", domain.Say("在新旧账户上各办理多少行为", "acts on the old account and on a new one"))
	return func(ctx context.Context, c *call) error {
		if e.movements < fewMovements || e.accounts < 2 || e.acts < 1 {
			return badUsage("--movements 至少为 100，--accounts 至少为 2，--acts 至少为 1", "--movements is 100 at least, --accounts 2, --acts 1")
		}
		return b.onScratch(ctx, c, func(n *node, dir string) error {
			fs, err := e.measure(ctx, c, n, dir)
			if err != nil {
				return err
			}
			return b.print(c, fs)
		})
	}
}

// escrowBench measures prepayment: movements of one bank account, acts on that
// account and on one with few movements, the trial balance of a division, and the
// view of supervised accounts from zero.
type escrowBench struct{ movements, accounts, acts int }

// fewMovements is how many the new account has.
const fewMovements = 100

// What the generated register is made of.
const (
	benchDivision  = "530427"
	ordersEach     = 2
	lessonsEach    = 3
	hoursEach      = 40
	lessonsLeft    = hoursEach - lessonsEach // of one class-hour each
	movementsOfDay = 500
	// benchOld and benchNew are the accounts that acts are compared on.
	benchOld, benchNew = 0, 1
)

var (
	benchOpened = calendar.Date(2019, time.January, 7)
	benchPaid   = calendar.Date(2024, time.March, 1)
)

func (e escrowBench) measure(ctx context.Context, c *call, n *node, dir string) (fs figures, err error) {
	if _, err := e.imported(ctx, c, n, dir, "accounts", e.writeAccounts); err != nil {
		return nil, err
	}
	raw, err := jetstream.RawBatches(ctx, n.store, min(e.movements, 200_000), rawBatch, rawSize)
	if err != nil {
		return nil, err
	}
	m := watchMemory()
	took, err := e.imported(ctx, c, n, dir, "movements", e.writeMovements)
	if err != nil {
		return nil, err
	}
	perSecond := float64(e.movements) / took.Seconds()
	fs.add("movements", e.movements)
	fs.add("raw_per_s", whole(raw.PerSecond))
	fs.add("register_per_s", whole(perSecond))
	fs.add("ratio", rounded(perSecond/raw.PerSecond))
	m.add(&fs)
	for _, part := range []struct {
		name string
		of   func(context.Context, *node, string) (figures, error)
	}{{"act", e.acting}, {"trial_balance", e.balances}, {"rebuild", e.rebuilt}} {
		figures, err := part.of(ctx, n, dir)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", part.name, err)
		}
		fs.add(part.name, figures)
	}
	return fs, nil
}

// imported writes a journal and imports it.
func (e escrowBench) imported(ctx context.Context, c *call, n *node, dir, name string, write func(io.Writer)) (time.Duration, error) {
	path := filepath.Join(dir, name+".ndjson")
	f, err := os.Create(path)
	if err != nil {
		return 0, err
	}
	w := bufio.NewWriterSize(f, 1<<20)
	write(w)
	// Else the disk would write the journal down while the import is measured.
	if err := errors.Join(w.Flush(), f.Sync(), f.Close()); err != nil {
		return 0, err
	}
	return importJournal(ctx, c, n, path)
}

// benchLine writes one act of a journal.
func benchLine(w io.Writer, on calendar.Day, act, ref, agency, body string) {
	id := ident.FormatUUID(ident.UUIDv5([16]byte{}, fmt.Append(nil, act, ref, on, body)))
	fmt.Fprintf(w, `{"command_id":%q,"act":%q,"division":%q,"target":{"ref":%q},"effective":%q,"actor":{"agency":%q,"officer":"B-1"},"body":%s}`+"\n",
		id, act, benchDivision, ref, on, benchDivision+"-"+agency, body)
}

func benchAccount(i int) string { return fmt.Sprintf("ACC-%05d", i) }

func benchOrder(account, i int) string { return fmt.Sprintf("ORD-%05d-%d", account, i) }

// orders is how many orders an account has: those that acts are compared on have
// as many as take all lessons.
func (e escrowBench) orders(account int) int {
	if account == benchOld || account == benchNew {
		return e.acts/lessonsLeft + 1
	}
	return ordersEach
}

// writeAccounts writes institutions with an account each and their orders.
func (e escrowBench) writeAccounts(w io.Writer) {
	for i := range e.accounts {
		institution, account := fmt.Sprintf("INS-%05d", i), benchAccount(i)
		benchLine(w, benchOpened, "institution.register", institution, "education",
			fmt.Sprintf(`{"names":["测量用机构%d（示例）"],"kind":"institution","mode":"offline","address":"测量","class":"non_subject","audiences":["compulsory"]}`, i))
		benchLine(w, benchOpened, "escrow.sign-agreement", account, "education",
			fmt.Sprintf(`{"institution":{"ref":%q},"bank":"icbc","bank_name":"测量银行","mode":"bank_custody","size":"small"}`, institution))
		benchLine(w, benchOpened, "escrow.open-account", account, "education", `{"masked_number":"****0001"}`)
		for o := range e.orders(i) {
			e.writeOrder(w, i, o)
		}
	}
}

func (e escrowBench) writeOrder(w io.Writer, account, order int) {
	ref := benchOrder(account, order)
	benchLine(w, benchPaid, "order.record", ref, "platform", fmt.Sprintf(
		`{"account":{"ref":%q},"pupil":"%032x","course":"测量","hours":%d,"amount_fen":400000,"period_from":"2024-03-05","period_to":"2024-05-31","contract":"1"}`, benchAccount(account), account<<32+order, hoursEach))
	for l := 1; l <= lessonsEach; l++ {
		on := benchPaid.AddDays(4 + 7*l)
		benchLine(w, on, "order.deliver-lesson", ref, "platform", `{"hours":1,"notice":"平台消息"}`)
		benchLine(w, on.AddDays(1), "order.confirm-lesson", ref, "platform", fmt.Sprintf(`{"lesson":%d,"by":"parent"}`, l))
		benchLine(w, on.AddDays(2), "order.release-funds", ref, "platform", fmt.Sprintf(`{"lessons":[%d]}`, l))
	}
}

// writeMovements writes the statement of the old account, and then that of the
// new one.
func (e escrowBench) writeMovements(w io.Writer) {
	e.writeStatement(w, benchOld, e.movements-fewMovements)
	e.writeStatement(w, benchNew, fewMovements)
}

func (e escrowBench) writeStatement(w io.Writer, account, movements int) {
	for n := range movements {
		on := benchOpened.AddDays(1 + n/movementsOfDay)
		benchLine(w, on, "statement.book-line", benchAccount(account), "bank-icbc",
			fmt.Sprintf(`{"serial":"S%09d","amount_fen":%d,"balance_fen":%d,"kind":"order"}`, n, 10_000, 10_000*(n+1)))
	}
}

// acting measures acts on orders of the old account and of the new one in turns:
// lessons that the edge tells how the account stands.
func (e escrowBench) acting(ctx context.Context, n *node, _ string) (figures, error) {
	if err := n.views.CatchUp(ctx); err != nil {
		return nil, err
	}
	defer n.views.Hold()()
	times := map[int][]time.Duration{}
	for i := range e.acts {
		for _, account := range []int{benchOld, benchNew} {
			began := time.Now()
			if err := e.act(ctx, n, account, i); err != nil {
				return nil, err
			}
			times[account] = append(times[account], time.Since(began))
		}
	}
	before, after := percentile(times[benchNew], 0.5), percentile(times[benchOld], 0.5)
	var fs figures
	fs.add("new_p50_ms", milliseconds(before))
	fs.add("old_p50_ms", milliseconds(after))
	fs.add("ratio", rounded(float64(after)/float64(before)))
	return fs, nil
}

// act records a lesson on an order of the account.
func (e escrowBench) act(ctx context.Context, n *node, account, i int) error {
	id := ident.UUIDv5([16]byte{1}, fmt.Append(nil, account, i))
	_, err := n.register.Do(ctx, nil, register.Act{
		CommandID: ident.FormatUUID(id), Act: "order.deliver-lesson", Division: benchDivision, Target: &register.Target{Ref: benchOrder(account, i/lessonsLeft)},
		Effective: "2024-05-20", Actor: &register.Actor{Agency: benchDivision + "-platform", Officer: "B-1"}, Body: []byte(`{"hours":1,"notice":"平台消息"}`),
	})
	return err
}

// benchBalances is how many trial balances are asked for.
const benchBalances = 200

// balances measures trial balances of the division at random days and positions.
func (e escrowBench) balances(ctx context.Context, n *node, _ string) (figures, error) {
	if err := n.views.CatchUp(ctx); err != nil {
		return nil, err
	}
	head, r := n.views.Seq(projections.EscrowView), rand.New(rand.NewPCG(1, 2))
	var times []time.Duration
	for range benchBalances {
		on, seq := benchPaid.AddDays(r.IntN(60)), r.Uint64N(head)+1
		began := time.Now()
		if _, _, err := n.views.Balance(projections.ScopeDivision(benchDivision), on, seq); err != nil {
			return nil, err
		}
		times = append(times, time.Since(began))
	}
	var fs figures
	fs.add("accounts", e.accounts)
	fs.add("p50_ms", milliseconds(percentile(times, 0.5)))
	fs.add("p99_ms", milliseconds(percentile(times, 0.99)))
	return fs, nil
}

// rebuilt measures the view of supervised accounts from zero.
func (e escrowBench) rebuilt(ctx context.Context, n *node, dir string) (figures, error) {
	defer n.views.Hold()()
	head, err := n.store.Head(ctx)
	if err != nil {
		return nil, err
	}
	facts, err := countFacts(ctx, n, head)
	if err != nil {
		return nil, err
	}
	raw, err := projections.RawPuts(ctx, dir, n.store, int(head))
	if err != nil {
		return nil, err
	}
	raw *= float64(facts) / float64(head)
	began := time.Now()
	set, err := projections.Open(ctx, projections.Options{
		Dir: filepath.Join(dir, "escrow"), Store: n.store, Logger: slog.New(slog.DiscardHandler),
		Projections: []projections.Projection{projections.Escrow(n.log.Codec)},
	})
	if err != nil {
		return nil, err
	}
	err = set.CatchUp(ctx)
	took := time.Since(began)
	if err = errors.Join(err, set.Close()); err != nil {
		return nil, err
	}
	perSecond := float64(facts) / took.Seconds()
	var fs figures
	fs.add("facts", facts)
	fs.add("raw_per_s", whole(raw))
	fs.add("register_per_s", whole(perSecond))
	fs.add("ratio", rounded(perSecond/raw))
	return fs, nil
}
