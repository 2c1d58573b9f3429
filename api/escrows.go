package api

import (
	"context"
	"slices"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/division"
	"minglu/domain/escrow"
	"minglu/domain/ident"
	"minglu/domain/money"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/projections"
	"minglu/register"
)

const tagEscrows = "escrows"

// escrowRoutes are the reads of supervised accounts and their books.
var escrowRoutes = slices.Concat([]*route{
	get("/escrows", tagEscrows, "The supervised accounts.", (*server).listEscrows, asTable, withToken, escrowViews,
		about("The one that the register met last first. "+escrowListAbout+newestAbout)),
	get("/escrows/{id}", tagEscrows, "Show a supervised account with its books.", (*server).showEscrow, withToken, escrowViews,
		about("The books are as of the end of the day. "+escrowAbout+"The balance of the bank counts in the gauge at the newest position only.")),
	get("/escrows/{id}/events", tagEscrows, "Its history, newest last.", (*server).escrowEvents, withToken, escrowViews, offers(asJSON, asNDJSON),
		about("Orders under the account have histories of their own. "+escrowAbout)),
}, ledgerRoutes, reconciliationRoutes, owedRoutes, alertRoutes, escrowReportRoutes)

const (
	escrowAbout     = "For agencies of its division and of those above it; a bank reads the accounts that it keeps. "
	escrowListAbout = "Of one's own division unless division says otherwise; for agencies of the division and of those above it. A bank reads of the accounts that it keeps and of no other. "
	newestAbout     = "It answers for today and the newest position, which at_seq tells."
)

var escrowViews = reads(streamsView, timelineView, projections.EscrowView, projections.InstitutionsView)

// ownBank returns the bank that the reader is, and whether it is one. A bank
// without a code keeps no account.
func (r reading) ownBank() (code string, is bool) {
	a, err := authority.ParseAgency(r.Reader.Agency)
	return a.Bank, err == nil && a.Department == term.Bank
}

// keeps reports whether the reader may read of a supervised account.
func (r reading) keeps(a projections.EscrowAccount) bool {
	who, err := authority.ParseAgency(r.Reader.Agency)
	return err == nil && who.Keeps(a.State.Bank) && r.Reader.Serves(division.Code(a.Division()))
}

// custody settles whose accounts a list is about: those of a division that the
// reader is over, of a bank those that it keeps.
func (r reading) custody(in, bank *string) error {
	if *in == "" {
		*in = string(r.Reader.Division)
	}
	if !r.Reader.Serves(wholeDivision(*in)) {
		return domain.Refuse(domain.Forbidden, authority.Missing, domain.Say(
			"监管账户由本辖区和上级辖区的单位查阅；你的单位是 %s", "supervised accounts are read by agencies of the division and of those above it; yours is %s", r.Reader.Agency))
	}
	own, is := r.ownBank()
	if is && (own == "" || *bank != "" && *bank != own) {
		return domain.Refuse(domain.Forbidden, authority.Missing, domain.Say(
			"银行只能查阅本行的监管账户；你的单位是 %s", "a bank reads of the accounts that it keeps; you are %s", r.Reader.Agency))
	}
	if is {
		*bank = own
	}
	return nil
}

// bank takes the short code of a bank, or nothing.
func (p *params) bank(name, text string) string {
	if text != "" && !authority.BankCode(text) {
		p.fault(name, "bank_code", domain.Say("“%s”不是银行代码，应为 2 到 16 位小写字母或数字", "%q is no code of a bank: 2 to 16 lower-case letters and digits", clip(text)))
	}
	return text
}

// escrow returns the supervised account that an address names, as the register
// knew it at the position. Of one that the reader may not read it says the same
// as of an unknown id.
func (s *server) escrow(id string, r reading) (a projections.EscrowAccount, err error) {
	if !ident.ValidID(id) {
		return a, unknownEscrow(id)
	}
	now, ok, err := s.Views.EscrowAt(id, projections.Now)
	switch {
	case err != nil:
		return a, err
	case !ok || !r.Reader.Serves(division.Code(now.Division())):
		return a, unknownEscrow(id)
	case now.State.Institution == "":
		return a, annulledEscrow(id, r)
	case !r.keeps(now):
		return a, unknownEscrow(id)
	}
	a, ok, err = s.Views.EscrowAt(now.Stream, r.AtSeq)
	if err == nil && (!ok || a.State.Agreed == 0 || a.State.Agreed > r.AsOf) {
		err = domain.Fault(domain.NotFound, domain.Say("%[1]s 当日、序号 %[2]d 时还没有这个监管账户", "there was no such account on %s at position %d", r.AsOf, r.AtSeq))
	}
	return a, err
}

// annulledEscrow says that an account was annulled, to whom it could have been
// shown: a bank is not told whose it was.
func annulledEscrow(id string, r reading) error {
	if _, is := r.ownBank(); is {
		return unknownEscrow(id)
	}
	return domain.Refuse(domain.Erased, eventstore.Amending, domain.Say("该条记录已经作废，不再提供", "the record was annulled and is no longer given"))
}

func unknownEscrow(id string) error {
	one := register.Escrow.Title
	return domain.Fault(domain.NotFound, domain.Say("没有编号为“%[1]s”的%[2]s", "there is no %[3]s %[1]q", clip(id), one.ZH, one.EN))
}

// EscrowParams are the parameters that choose supervised accounts.
type EscrowParams struct {
	Division    string `query:"division" doc:"Six digits, with all that lies below, or the digits that codes begin with; one's own where it is left out." example:"530427"`
	Bank        string `query:"bank" doc:"Short code of the bank." example:"icbc"`
	Mode        string `query:"mode" doc:"A code of the list escrow_mode."`
	Status      string `query:"status" doc:"A code of the list escrow_status."`
	Institution string `query:"institution" doc:"Id of the institution."`
}

type escrowsIn struct {
	EscrowParams
	PageParams
	FileParams
	MinSeq string `query:"min_seq" doc:"Wait until the views have reached this position."`
}

func (in *EscrowParams) asked() map[string]*string {
	return map[string]*string{"division": &in.Division, "bank": &in.Bank, "mode": &in.Mode, "status": &in.Status, "institution": &in.Institution}
}

func (in *EscrowParams) filter(p *params) projections.EscrowFilter {
	return projections.EscrowFilter{
		Division: p.division("division", in.Division), Bank: p.bank("bank", in.Bank), Mode: term.EscrowMode(p.code("mode", in.Mode, term.EscrowModes)),
		Status: term.AccountStatus(p.code("status", in.Status, term.AccountStatuses)), Institution: in.Institution,
	}
}

// paper is how a list is answered: its name, its columns, and its page made of a
// part and the cursor of the next one.
type paper[P, R any] struct {
	title   string
	columns []column[R]
	find    func(after string, limit int) (part[R], error)
	page    func(found part[R], next answer.Maybe) P
}

// onPaper answers with a page of a list, or with all of it as a file.
func onPaper[P, R any](w walk, r reading, f FileParams, list paper[P, R]) (*reply[*sheet[P, R]], error) {
	out := &reply[*sheet[P, R]]{Seq: r.position(), ContentType: mediaTypes[r.q.rep], Disposition: attachment(list.title, r.q.rep)}
	if fresh(out, r) {
		return out, nil
	}
	found, err := list.find(w.after, w.limit)
	if err != nil {
		return nil, badCursor(err)
	}
	if found.rows == nil {
		found.rows = []R{}
	}
	next, link := w.next(found.next, r)
	out.Link = link
	out.Body = &sheet[P, R]{Page: list.page(found, next), columns: list.columns, words: f.Labels == "zh", bare: f.BOM == "0", rows: rowsOf(found.rows)}
	if w.whole {
		if err := tooManyRows(r.q.rep, found.total); err != nil {
			return nil, err
		}
		out.Link, out.Body.rows = "", found.andMore(list.find)
	}
	return out, nil
}

// cutBy returns a part of a list that was worked out whole: what stands behind a
// key, by which the list is in order.
func cutBy[R any](all []R, key func(i int) string, after string, limit int) part[R] {
	from := 0
	for after != "" && from < len(all) && key(from) <= after {
		from++
	}
	out := part[R]{rows: all[from:], total: len(all)}
	if len(out.rows) > limit {
		out.rows, out.next = out.rows[:limit], key(from+limit-1)
	}
	return out
}

// newest settles the moment of a list that answers for the newest position only,
// whatever a cursor says.
func (s *server) newest(ctx context.Context, minSeq string, p *params) (reading, error) {
	r, err := s.readWith(ctx, Moment{MinSeq: minSeq}, p)
	if err == nil {
		err = p.err()
	}
	return r, err
}

// files reads how a file is to be written.
func (p *params) files(f FileParams) { p.oneOf("labels", f.Labels, "codes", "zh") }

func (s *server) listEscrows(ctx context.Context, in *escrowsIn) (*reply[*sheet[*answer.Escrows, answer.EscrowRow]], error) {
	w, err := s.walk(ctx, in.asked(), in.PageParams, &Moment{})
	if err != nil {
		return nil, err
	}
	var p params
	f := in.filter(&p)
	p.files(in.FileParams)
	r, err := s.newest(ctx, in.MinSeq, &p)
	if err == nil {
		err = r.custody(&f.Division, &f.Bank)
	}
	if err != nil {
		return nil, err
	}
	return onPaper(w, r, in.FileParams, paper[*answer.Escrows, answer.EscrowRow]{
		title: "监管账户", columns: escrowColumns,
		find: func(after string, limit int) (part[answer.EscrowRow], error) {
			return s.escrowRows(projections.EscrowQuery{EscrowFilter: f, After: after, Limit: limit}, r)
		},
		page: func(found part[answer.EscrowRow], next answer.Maybe) *answer.Escrows {
			return &answer.Escrows{Items: found.rows, Next: next, Total: found.total, AsOf: answer.Date{Day: r.AsOf}, AtSeq: r.AtSeq}
		},
	})
}

func (s *server) escrowRows(q projections.EscrowQuery, r reading) (part[answer.EscrowRow], error) {
	found, err := s.Views.Escrows(q)
	if err != nil {
		return part[answer.EscrowRow]{}, err
	}
	names, err := s.namesOf(holders(found.Accounts), r)
	out := part[answer.EscrowRow]{total: found.Total, next: found.Next}
	for _, a := range found.Accounts {
		if err != nil {
			return out, err
		}
		var printed answer.Printed
		printed, err = s.printed(a.Stream, r)
		out.rows = append(out.rows, answer.EscrowRowOf(a, printed, names, r.For))
	}
	return out, err
}

// holders are the institutions of accounts.
func holders(accounts []projections.EscrowAccount) []string {
	out := make([]string, len(accounts))
	for i, a := range accounts {
		out[i] = a.State.Institution
	}
	return out
}

// printed returns the newest balance that the bank has printed by the day asked
// about; nil where that is not known.
func (s *server) printed(account string, r reading) (answer.Printed, error) {
	b, ok, err := s.Views.BankBalance(account, r.AtSeq)
	if err != nil || !ok || b.Day > r.AsOf {
		return nil, err
	}
	return &b, nil
}

type escrowIn struct {
	ID string `path:"id"`
	Moment
}

func (s *server) showEscrow(ctx context.Context, in *escrowIn) (*reply[encoded[answer.Escrow]], error) {
	r, err := s.read(ctx, in.Moment)
	if err != nil {
		return nil, err
	}
	a, err := s.escrow(in.ID, r)
	if err != nil {
		return nil, err
	}
	x := answer.EscrowFacts{}
	if x.Sheet, x.Counts, err = s.Views.Balance(projections.ScopeAccount(a.Stream), r.AsOf, r.AtSeq); err != nil {
		return nil, err
	}
	if x.Gauge, err = s.gauge(a, r); err != nil {
		return nil, err
	}
	if x.Printed, err = s.printed(a.Stream, r); err != nil {
		return nil, err
	}
	if x.Names, err = s.namesOf([]string{a.State.Institution}, r); err != nil {
		return nil, err
	}
	e := answer.EscrowOf(a, x, r.For)
	return shown(r, e, e.Version, e.UpdatedSeq)
}

// gauge returns what alerts look at: at the newest position as the register does
// that raises them, at an earlier one from the books alone.
func (s *server) gauge(a projections.EscrowAccount, r reading) (escrow.Gauge, error) {
	if r.AtSeq == r.head {
		g, _, err := s.Register.GaugeOf(a, r.AsOf)
		return g, err
	}
	days, err := s.Register.BookDays(a.Stream, r.AtSeq)
	return escrow.GaugeOn(r.AsOf, days, a.State.RequiredOn(r.AsOf)), err
}

func (s *server) escrowEvents(ctx context.Context, in *historyIn) (*reply[*sheet[*answer.History, answer.HistoryEntry]], error) {
	w, err := s.walk(ctx, nil, in.PageParams, &in.Moment)
	if err != nil {
		return nil, err
	}
	r, err := s.read(ctx, in.Moment)
	if err != nil {
		return nil, err
	}
	a, err := s.escrow(in.ID, r)
	if err != nil {
		return nil, err
	}
	recs, err := s.facts(a.ID(), r.AtSeq)
	if err != nil {
		return nil, err
	}
	recs = slices.DeleteFunc(recs, func(rec eventstore.Record) bool { return rec.Stream != a.Stream })
	var subject answer.About
	if subject.Now, _, err = s.Views.Institution(a.State.Institution, projections.Now); err != nil {
		return nil, err
	}
	return s.historyPage(answer.HistoryOf(since(recs, r), subject, r.For), w, r)
}

// fenOrNone writes an amount that may be unknown.
func fenOrNone(f *money.Fen) string {
	if f == nil {
		return ""
	}
	return f.String()
}

var escrowColumns = []column[answer.EscrowRow]{
	plain("id", "编号", func(r answer.EscrowRow) string { return r.ID }),
	plain("institution_id", "机构编号", func(r answer.EscrowRow) string { return r.Institution.IDOrNone() }),
	plain("institution_name", "机构名称", func(r answer.EscrowRow) string { return r.Institution.NameOrNone() }),
	plain("division_code", "区划代码", func(r answer.EscrowRow) string { return string(r.Division.Code) }),
	plain("division_name", "区划名称", func(r answer.EscrowRow) string { return r.Division.FullName }),
	plain("bank", "银行代码", func(r answer.EscrowRow) string { return r.Bank }),
	plain("bank_name", "银行", func(r answer.EscrowRow) string { return r.BankName }),
	plain("tail", "账户尾号", func(r answer.EscrowRow) string { return string(r.Tail) }),
	coded("mode", "监管方式", func(r answer.EscrowRow) term.EscrowMode { return r.Mode }),
	coded("status", "状态", func(r answer.EscrowRow) term.AccountStatus { return r.Status }),
	plain("opened", "开户日", func(r answer.EscrowRow) string { return r.Opened.String() }),
	plain("closed", "销户日", func(r answer.EscrowRow) string { return r.Closed.String() }),
	number("held_fen", "专户留存（分）", func(r answer.EscrowRow) string { return r.Held.String() }),
	number("deposit_fen", "保证金余额（分）", func(r answer.EscrowRow) string { return r.Deposit.String() }),
	number("deposit_minimum_fen", "保证金最低额（分）", func(r answer.EscrowRow) string { return r.Minimum.String() }),
	number("deposit_shortfall_fen", "保证金缺口（分）", func(r answer.EscrowRow) string { return r.Shortfall.String() }),
	number("open_alerts", "未解除预警", func(r answer.EscrowRow) string { return itoa(r.OpenAlerts) }),
	number("bank_balance_fen", "银行余额（分）", func(r answer.EscrowRow) string { return fenOrNone(r.BankBalance) }),
	plain("bank_balance_on", "银行余额日期", func(r answer.EscrowRow) string { return r.BankBalanced.String() }),
}
