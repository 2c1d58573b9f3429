package register

import (
	"context"
	"maps"
	"slices"
	"strings"

	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/escrow"
	"minglu/domain/jurisdiction"
	"minglu/domain/money"
	"minglu/domain/reaction"
	"minglu/domain/statement"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/projections"
)

// alarms raises the alerts that are due: on every account once a day, and else on
// those on which something was booked, or that a fact said something of, since.
func (x *Reactor) alarms(ctx context.Context) (acts int, err error) {
	today, seq := x.today(), x.reg.Views.Seq(projections.EscrowView)
	q := projections.MovedQuery{After: x.swept.seq}
	if x.swept.day != today {
		q = projections.MovedQuery{}
	}
	moved, err := x.reg.Views.MovedEscrows(q)
	if err != nil {
		return 0, err
	}
	accounts := x.relook // forgotten once all were looked at
	for _, m := range moved {
		accounts[m.Stream] = true
	}
	for _, account := range slices.Sorted(maps.Keys(accounts)) {
		due, err := x.reg.AlarmsOf(ctx, account, today)
		if err != nil {
			return acts, err
		}
		for _, a := range due {
			n, err := x.carryOut(ctx, []reaction.Act{reaction.Alarm(account, today, a)})
			acts += n
			if err != nil {
				return acts, err
			}
		}
	}
	clear(x.relook)
	x.swept = settled{seq, today}
	return acts, nil
}

// AlarmsOf returns the alerts that are due on a supervised account on a day, by
// the presets of its division. What was raised before and has gone on since is
// not due again.
func (r *Register) AlarmsOf(ctx context.Context, account string, on calendar.Day) ([]escrow.Alarm, error) {
	a, ok, err := r.Views.EscrowAt(account, projections.Now)
	if at := a.State.On(on); err != nil || !ok || at.Opened == 0 || at.Closed != 0 {
		return nil, err
	}
	law, err := r.LawOf(ctx, division.Code(eventstore.Record{Stream: account}.Division()), on)
	if err != nil {
		return nil, err
	}
	gauge, days, err := r.GaugeOf(a, on)
	if err != nil {
		return nil, err
	}
	presets := escrow.PresetsOf(law.Policy, a.State.Size)
	return slices.DeleteFunc(gauge.Alarms(presets), func(due escrow.Alarm) bool {
		return goesOn(a.State, days, presets, due, on)
	}), nil
}

// goesOn reports whether an alarm was raised before and has not stopped since.
func goesOn(s escrow.State, days []escrow.Day, p escrow.Presets, due escrow.Alarm, on calendar.Day) bool {
	raised := calendar.Day(0)
	for _, a := range s.Alerts {
		if a.Metric == due.Metric && (a.Level == due.Level || a.Level == term.Red) {
			raised = max(raised, a.Raised)
		}
	}
	if raised == 0 {
		return false
	}
	return !slices.ContainsFunc(escrow.WhatIf(raised, on, days, s.RequiredOn, p), func(f escrow.Fired) bool {
		return f.Metric == due.Metric && f.On > raised
	})
}

// look notes that a fact says something of an account that the books do not show:
// a line of its statement, the minimum of its deposit, the presets of a division.
func (x *Reactor) look(rec eventstore.Record) {
	switch e := rec.Event.(type) {
	case statement.LineBooked:
		x.relook[e.Account] = true
	case escrow.DepositAdjusted:
		x.relook[rec.Stream] = true
	case jurisdiction.PolicyAdopted:
		x.swept.day = 0
	}
}

// GaugeOf returns what is known of an account on a day, and the days of its books
// that it was reckoned from. Where the bank has printed a balance, what was
// missing then is missing now.
func (r *Register) GaugeOf(a projections.EscrowAccount, on calendar.Day) (escrow.Gauge, []escrow.Day, error) {
	days, err := r.BookDays(a.Stream, projections.Now)
	if err != nil {
		return escrow.Gauge{}, nil, err
	}
	gauge := escrow.GaugeOn(on, days, a.State.RequiredOn(on))
	printed, ok, err := r.Views.BankBalance(a.Stream, projections.Now)
	if ok && printed.Day <= on {
		gauge.Balance = gauge.Held - max(missing(days, printed), 0)
	}
	return gauge, days, err
}

// bookedWithin is how many days before or after the register a bank may book a
// movement.
const bookedWithin = 3

// missing is what the bank printed less than the least that the books had around
// that day: what was on its way then is not missing.
func missing(days []escrow.Day, printed projections.BankBalance) money.Fen {
	least := money.Fen(0)
	for i := -bookedWithin; i <= bookedWithin; i++ {
		then := escrow.GaugeOn(printed.Day.AddDays(i), days, 0)
		if lies := then.Held + then.DepositBalance; i == -bookedWithin || lies < least {
			least = lies
		}
	}
	return least - printed.Amount
}

// BookDays returns what each day changed in the books of an account, as the
// register knew it at a position.
func (r *Register) BookDays(account string, atSeq uint64) ([]escrow.Day, error) {
	booked, err := r.Views.Days(projections.ScopeAccount(account), 0, 0, atSeq)
	out := make([]escrow.Day, len(booked))
	for i, d := range booked {
		out[i] = escrow.Day{On: d.Day, Sheet: d.Sheet, Counts: d.Counts}
	}
	return out, err
}

// spread returns the acts as they are carried out: what is to happen to the
// supervised accounts of an institution is an act on each that is open.
func (x *Reactor) spread(acts []reaction.Act) ([]reaction.Act, error) {
	var out []reaction.Act
	for _, a := range acts {
		if !strings.HasPrefix(a.Name, Escrow.Name+".") || (eventstore.Record{Stream: a.Target}).Aggregate() != Institution.Name {
			out = append(out, a)
			continue
		}
		held, err := x.reg.Views.EscrowsOf(a.Target, projections.Now)
		if err != nil {
			return nil, err
		}
		for _, h := range held {
			if at := h.State.On(a.Effective); at.Opened != 0 && at.Closed == 0 {
				one := a
				one.Key, one.Target, one.Division = a.Key+"/"+h.Stream, h.Stream, ""
				out = append(out, one)
			}
		}
	}
	return out, nil
}
