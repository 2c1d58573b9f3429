package api

import (
	"context"
	"iter"
	"maps"
	"slices"
	"strings"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/book"
	"minglu/domain/division"
	"minglu/domain/ident"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/projections"
)

var ledgerRoutes = []*route{
	get("/trial-balance", tagEscrows, "The trial balance of supervised prepayment.", (*server).trialBalance, asTable, withToken, escrowViews,
		about("One row for each account of the ledger: sources as credit, all else as debit. Of a division (one's own where nothing is said), an institution, an account or a bank; "+
			"with by also of each bank, or of each account, a page of which has limit parts. A file has the rows of the parts where by asks for them. "+escrowListAbout)),
	get("/escrow-reports/held", tagEscrows, "What lies in supervised accounts, by bank and by division.", (*server).heldReport, asTable, withToken, escrowViews,
		about("The rows by bank and those by division come to the same. "+escrowListAbout)),
}

type trialIn struct {
	Division    string `query:"division" example:"530427"`
	Institution string `query:"institution" doc:"Id of an institution: all its accounts."`
	Account     string `query:"account" doc:"Id of a supervised account."`
	Bank        string `query:"bank" doc:"Short code of the bank." example:"icbc"`
	By          string `query:"by" enum:"bank,account" doc:"What to part it by."`
	PageParams
	FileParams
	Moment
}

func (in *trialIn) asked() map[string]*string {
	return map[string]*string{"division": &in.Division, "institution": &in.Institution, "account": &in.Account, "bank": &in.Bank, "by": &in.By}
}

// ledger is whose books are asked for: the accounts that are listed, else those of
// a division, of all banks or one.
type ledger struct {
	division, bank string
	listed         bool
	accounts       []projections.EscrowAccount
}

// ledgerOf settles whose books are asked for.
func (s *server) ledgerOf(in *trialIn, p *params, r reading) (l ledger, err error) {
	l = ledger{division: p.division("division", in.Division), bank: p.bank("bank", in.Bank)}
	if in.Account != "" && (in.Division != "" || in.Institution != "" || in.Bank != "") || in.Institution != "" && in.Division != "" {
		p.fault("account", "one_only", domain.Say("account、institution、division 只写一个；bank 可与 institution 或 division 同用", "give one of account, institution and division; bank goes with the latter two"))
	}
	if err := p.err(); err != nil {
		return l, err
	}
	switch {
	case in.Account != "":
		a, err := s.escrow(in.Account, r)
		l.listed, l.accounts = true, []projections.EscrowAccount{a}
		return l, err
	case in.Institution != "":
		return s.ledgerOfInstitution(in.Institution, l.bank, r)
	}
	err = r.custody(&l.division, &l.bank)
	return l, err
}

func (s *server) ledgerOfInstitution(id, bank string, r reading) (l ledger, err error) {
	stream := ""
	if ident.ValidID(id) {
		if stream, err = s.Views.Stream(id, "institution"); err != nil {
			return l, err
		}
	}
	if stream == "" {
		return l, domain.BadField("/institution", "unknown", domain.Say("名录中没有“%s”", "the register has no %q", clip(id)))
	}
	in := eventstore.Record{Stream: stream}.Division()
	if err := r.custody(&in, &bank); err != nil {
		return l, err
	}
	l = ledger{bank: bank, listed: true}
	all, err := s.Views.EscrowsOf(stream, r.AtSeq)
	for _, a := range all {
		if r.keeps(a) && (bank == "" || bank == a.State.Bank) {
			l.accounts = append(l.accounts, a)
		}
	}
	return l, err
}

// sum returns the books at the moment that is asked about.
func (s *server) sum(l ledger, r reading) (sheet book.Sheet, counts book.Counts, err error) {
	switch {
	case !l.listed && l.bank != "":
		return s.Views.Balance(projections.ScopeBank(l.division, l.bank), r.AsOf, r.AtSeq)
	case !l.listed:
		return s.Views.Balance(projections.ScopeDivision(l.division), r.AsOf, r.AtSeq)
	}
	for _, a := range l.accounts {
		b, n, err := s.Views.Balance(projections.ScopeAccount(a.Stream), r.AsOf, r.AtSeq)
		if err == nil {
			sheet, err = sheet.Plus(b)
		}
		if err != nil {
			return sheet, counts, err
		}
		counts = counts.Plus(n)
	}
	return sheet, counts, nil
}

// accountsOf returns the accounts whose books are asked for, as they were known
// at the position.
func (s *server) accountsOf(l ledger, r reading) ([]projections.EscrowAccount, error) {
	if l.listed {
		return l.accounts, nil
	}
	f := projections.EscrowFilter{Division: l.division, Bank: l.bank}
	if r.AtSeq != r.head {
		f.Bank = "" // it may have been another then
	}
	found, err := s.Views.Escrows(projections.EscrowQuery{EscrowFilter: f, Limit: everything})
	if err != nil || r.AtSeq == r.head {
		return found.Accounts, err
	}
	var out []projections.EscrowAccount
	for _, now := range found.Accounts {
		a, ok, err := s.Views.EscrowAt(now.Stream, r.AtSeq)
		if err != nil {
			return nil, err
		}
		if ok && (l.bank == "" || l.bank == a.State.Bank) {
			out = append(out, a)
		}
	}
	return out, nil
}

func (s *server) trialBalance(ctx context.Context, in *trialIn) (*reply[*sheet[*answer.TrialBalance, answer.TrialLine]], error) {
	w, err := s.walk(ctx, in.asked(), in.PageParams, &in.Moment)
	if err != nil {
		return nil, err
	}
	var p params
	by := p.oneOf("by", in.By, "", "bank", "account")
	p.files(in.FileParams)
	r, err := s.readWith(ctx, in.Moment, &p)
	if err != nil {
		return nil, err
	}
	l, err := s.ledgerOf(in, &p, r)
	if err != nil {
		return nil, err
	}
	out := &reply[*sheet[*answer.TrialBalance, answer.TrialLine]]{Seq: r.position(), ContentType: mediaTypes[r.q.rep], Disposition: attachment("试算平衡表", r.q.rep)}
	if fresh(out, r) {
		return out, nil
	}
	whole, counts, err := s.trial(l, r)
	if err != nil {
		return nil, err
	}
	page := &answer.TrialBalance{
		Division: answer.Maybe(l.division), Institution: answer.Maybe(in.Institution), Account: answer.Maybe(in.Account), Bank: answer.Maybe(l.bank),
		Rows: whole.Rows, Debit: whole.Debit, Credit: whole.Credit, Balanced: whole.Balanced, Counts: answer.BookCountsOf(counts), By: answer.Maybe(by),
		Items: []answer.TrialPart{}, AsOf: answer.Date{Day: r.AsOf}, AtSeq: r.AtSeq, Scheduled: r.Scheduled(),
	}
	out.Body = &sheet[*answer.TrialBalance, answer.TrialLine]{Page: page, columns: trialColumns, words: in.Labels == "zh", bare: in.BOM == "0", rows: rowsOf(whole.Lines())}
	if by == "" {
		return out, nil
	}
	parts, err := s.trialParts(l, by, r)
	if err != nil {
		return nil, err
	}
	found, err := parts(w.after, w.limit)
	if err != nil {
		return nil, err
	}
	page.Items, page.Total = found.rows, found.total
	page.Next, out.Link = w.next(found.next, r)
	out.Body.rows = linesOf(rowsOf(found.rows))
	if w.whole {
		if err := tooManyRows(r.q.rep, found.total*len(book.Accounts)); err != nil {
			return nil, err
		}
		out.Link, out.Body.rows = "", linesOf(found.andMore(parts))
	}
	return out, nil
}

func (s *server) trial(l ledger, r reading) (p answer.TrialPart, counts book.Counts, err error) {
	sheet, counts, err := s.sum(l, r)
	if err == nil {
		p, err = answer.TrialPartOf(sheet, r.For)
	}
	return p, counts, err
}

// linesOf yields the rows of parts.
func linesOf(parts iter.Seq2[answer.TrialPart, error]) iter.Seq2[answer.TrialLine, error] {
	return func(yield func(answer.TrialLine, error) bool) {
		for p, err := range parts {
			if err != nil {
				yield(answer.TrialLine{}, err)
				return
			}
			for _, line := range p.Lines() {
				if !yield(line, nil) {
					return
				}
			}
		}
	}
}

// trialParts finds the trial balances of banks in order of their codes, or of
// accounts in the order of lists.
func (s *server) trialParts(l ledger, by string, r reading) (func(after string, limit int) (part[answer.TrialPart], error), error) {
	if by == "bank" {
		banks, err := s.trialByBank(l, r)
		return func(after string, limit int) (part[answer.TrialPart], error) {
			return cutBy(banks, func(i int) string { return string(banks[i].Bank) }, after, limit), nil
		}, err
	}
	accounts, err := s.accountsOf(l, r)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(accounts, func(a, b projections.EscrowAccount) int { return strings.Compare(a.Stream, b.Stream) })
	return func(after string, limit int) (part[answer.TrialPart], error) {
		found := cutBy(accounts, func(i int) string { return accounts[i].Stream }, after, limit)
		names, err := s.namesOf(holders(found.rows), r)
		out := part[answer.TrialPart]{rows: make([]answer.TrialPart, len(found.rows)), total: found.total, next: found.next}
		for i, a := range found.rows {
			if err != nil {
				break
			}
			out.rows[i], _, err = s.trial(ledger{listed: true, accounts: found.rows[i : i+1]}, r)
			out.rows[i].Bank, out.rows[i].Account, out.rows[i].Institution = answer.Maybe(a.State.Bank), answer.Maybe(a.ID()), names.Of(a.State.Institution)
		}
		return out, err
	}, nil
}

func (s *server) trialByBank(l ledger, r reading) ([]answer.TrialPart, error) {
	banks, err := s.byBank(l, r)
	out := make([]answer.TrialPart, len(banks))
	for i, b := range banks {
		if err == nil {
			out[i], err = answer.TrialPartOf(b.Sheet, r.For)
		}
		out[i].Bank = answer.Maybe(b.Bank)
	}
	return out, err
}

// byBank returns the books of each bank.
func (s *server) byBank(l ledger, r reading) ([]projections.BankBook, error) {
	if !l.listed {
		all, err := s.Views.HeldByBank(l.division, r.AsOf, r.AtSeq)
		return slices.DeleteFunc(all, func(b projections.BankBook) bool { return l.bank != "" && l.bank != b.Bank }), err
	}
	of := map[string][]projections.EscrowAccount{}
	for _, a := range l.accounts {
		of[a.State.Bank] = append(of[a.State.Bank], a)
	}
	var out []projections.BankBook
	for _, bank := range slices.Sorted(maps.Keys(of)) {
		sheet, counts, err := s.sum(ledger{listed: true, accounts: of[bank]}, r)
		if err != nil {
			return nil, err
		}
		out = append(out, projections.BankBook{Bank: bank, Sheet: sheet, Counts: counts})
	}
	return out, nil
}

type heldIn struct {
	Division string `query:"division" example:"530427"`
	FileParams
	Moment
}

func (s *server) heldReport(ctx context.Context, in *heldIn) (*reply[*sheet[*answer.Held, answer.HeldRow]], error) {
	var p params
	l := ledger{division: p.division("division", in.Division)}
	p.files(in.FileParams)
	r, err := s.readWith(ctx, in.Moment, &p)
	if err == nil {
		err = p.err()
	}
	if err == nil {
		err = r.custody(&l.division, &l.bank)
	}
	if err != nil {
		return nil, err
	}
	out := &reply[*sheet[*answer.Held, answer.HeldRow]]{Seq: r.position(), ContentType: mediaTypes[r.q.rep], Disposition: attachment("监管资金留存", r.q.rep)}
	if fresh(out, r) {
		return out, nil
	}
	rows, err := s.heldRows(l, r)
	if err != nil {
		return nil, err
	}
	sheetOf, counts, err := s.sum(l, r)
	if err != nil {
		return nil, err
	}
	all := answer.HeldRowOf("", "", sheetOf, counts)
	page := &answer.Held{Division: answer.Maybe(l.division), Held: all.Held, Outside: all.Outside, Deposit: all.Deposit, Orders: all.Orders,
		Items: rows, Total: len(rows), AsOf: answer.Date{Day: r.AsOf}, AtSeq: r.AtSeq, Scheduled: r.Scheduled()}
	out.Body = &sheet[*answer.Held, answer.HeldRow]{Page: page, columns: heldColumns, words: in.Labels == "zh", bare: in.BOM == "0", rows: rowsOf(rows)}
	return out, nil
}

// heldRows are the books of each bank, then those of each division that has
// accounts.
func (s *server) heldRows(l ledger, r reading) ([]answer.HeldRow, error) {
	out := []answer.HeldRow{}
	banks, err := s.byBank(l, r)
	if err != nil {
		return nil, err
	}
	for _, b := range banks {
		out = append(out, answer.HeldRowOf("bank", b.Bank, b.Sheet, b.Counts))
	}
	found, err := s.Views.Escrows(projections.EscrowQuery{EscrowFilter: projections.EscrowFilter{Division: l.division}, Limit: everything})
	if err != nil {
		return nil, err
	}
	of := map[string]bool{}
	for _, a := range found.Accounts {
		of[a.Division()] = true
	}
	for _, code := range slices.Sorted(maps.Keys(of)) {
		sheet, counts, err := s.sum(ledger{division: code, bank: l.bank}, r)
		if err != nil {
			return nil, err
		}
		if sheet.IsZero() && counts == (book.Counts{}) {
			continue
		}
		row := answer.HeldRowOf("division", code, sheet, counts)
		row.Name = answer.Maybe(answer.DivisionOn(division.Code(code), r.AsOf).FullName)
		out = append(out, row)
	}
	return out, nil
}

var trialColumns = []column[answer.TrialLine]{
	plain("bank", "银行代码", func(r answer.TrialLine) string { return string(r.Bank) }),
	plain("escrow", "监管账户编号", func(r answer.TrialLine) string { return string(r.Account) }),
	plain("institution_id", "机构编号", func(r answer.TrialLine) string { return r.Institution.IDOrNone() }),
	plain("institution_name", "机构名称", func(r answer.TrialLine) string { return r.Institution.NameOrNone() }),
	coded("ledger_account", "科目", func(r answer.TrialLine) term.LedgerAccount { return r.Ledger }),
	number("debit_fen", "借方（分）", func(r answer.TrialLine) string { return r.Debit.String() }),
	number("credit_fen", "贷方（分）", func(r answer.TrialLine) string { return r.Credit.String() }),
}

var heldColumns = []column[answer.HeldRow]{
	{name: "by", zh: "口径", value: func(r answer.HeldRow) string { return r.By }, label: func(r answer.HeldRow) domain.Text {
		return map[string]domain.Text{"bank": {ZH: "银行", EN: "bank"}, "division": {ZH: "辖区", EN: "division"}}[r.By]
	}},
	plain("code", "代码", func(r answer.HeldRow) string { return r.Code }),
	plain("name", "名称", func(r answer.HeldRow) string { return string(r.Name) }),
	number("held_fen", "专户留存（分）", func(r answer.HeldRow) string { return r.Held.String() }),
	number("outside_fen", "账外收费（分）", func(r answer.HeldRow) string { return r.Outside.String() }),
	number("deposit_fen", "保证金余额（分）", func(r answer.HeldRow) string { return r.Deposit.String() }),
	number("orders", "订单数", func(r answer.HeldRow) string { return itoa(r.Orders) }),
}
