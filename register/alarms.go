package register

import (
	"context"
	"slices"
	"strings"

	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/escrow"
	"minglu/domain/money"
	"minglu/domain/reaction"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/projections"
)

// alarms raises the alerts that are due: on every account once a day, and else on
// those on which something was booked since.
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
	for _, m := range moved {
		if m.Status == term.AccountAgreed {
			continue
		}
		due, err := x.reg.AlarmsOf(ctx, m.Stream, today)
		if err != nil {
			return acts, err
		}
		for _, a := range due {
			n, err := x.carryOut(ctx, []reaction.Act{reaction.Alarm(m.Stream, today, a)})
			acts += n
			if err != nil {
				return acts, err
			}
		}
	}
	x.swept = settled{seq, today}
	return acts, nil
}

// AlarmsOf returns the alerts that are due on a supervised account on a day, by
// the presets of its division. What was raised before and has gone on since is
// not due again.
func (r *Register) AlarmsOf(ctx context.Context, account string, on calendar.Day) ([]escrow.Alarm, error) {
	a, ok, err := r.Views.EscrowAt(account, projections.Now)
	if err != nil || !ok {
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
		then := escrow.GaugeOn(printed.Day, days, 0)
		missing := then.Held + then.DepositBalance - printed.Amount
		gauge.Balance = min(gauge.Held, gauge.Held-max(missing, money.Fen(0)))
	}
	return gauge, days, err
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
