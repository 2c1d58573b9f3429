package api

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/escrow"
	"minglu/domain/rule"
	"minglu/domain/term"
	"minglu/projections"
)

var alertRoutes = []*route{
	get("/escrow-alerts", tagEscrows, "The alerts of supervised accounts.", (*server).listAlerts, asTable, withToken, escrowViews,
		about("The one raised last first. "+escrowListAbout+newestAbout)),
	get("/escrows/{id}/alarms", tagEscrows, "Which alerts would have been raised, beside those that were.", (*server).alarms, withToken, escrowViews,
		about("From to to, both included; the year up to as_of where they are left out, ten years at most. The presets are those in force today for institutions of that size; preset.METRIC sets another for this answer, yellow/red or none, "+
			"in fen, days, per cent or requests as the metric has it. What would have fired is reckoned from the books of each day: without the balance that the bank printed. It changes nothing. "+escrowAbout)),
}

const (
	usuallyReplayed = 365
	longestReplayed = 3660
)

type alertsIn struct {
	Division    string `query:"division" example:"530427"`
	Level       string `query:"level" doc:"A code of the list alert_level."`
	Metric      string `query:"metric" doc:"A code of the list alert_metric."`
	Open        string `query:"open" doc:"true: those that are open; false: those that were closed."`
	Institution string `query:"institution" doc:"Id of the institution."`
	Bank        string `query:"bank" doc:"Short code of the bank." example:"icbc"`
	PageParams
	FileParams
	MinSeq string `query:"min_seq" doc:"Wait until the views have reached this position."`
}

func (in *alertsIn) asked() map[string]*string {
	return map[string]*string{"division": &in.Division, "level": &in.Level, "metric": &in.Metric, "open": &in.Open, "institution": &in.Institution, "bank": &in.Bank}
}

func (in *alertsIn) filter(p *params) projections.AlertFilter {
	f := projections.AlertFilter{
		Division: p.division("division", in.Division), Institution: in.Institution, Level: term.AlertLevel(p.code("level", in.Level, term.AlertLevels)),
		Metric: term.AlertMetric(p.code("metric", in.Metric, term.AlertMetrics)),
	}
	switch open := p.flag("open", in.Open); {
	case open:
		f.Standing = projections.WorkOpen
	case in.Open != "":
		f.Standing = projections.WorkClosed
	}
	return f
}

func (s *server) listAlerts(ctx context.Context, in *alertsIn) (*reply[*sheet[*answer.EscrowAlerts, answer.EscrowAlert]], error) {
	w, err := s.walk(ctx, in.asked(), in.PageParams, &Moment{})
	if err != nil {
		return nil, err
	}
	var p params
	f, bank := in.filter(&p), p.bank("bank", in.Bank)
	p.files(in.FileParams)
	r, err := s.newest(ctx, in.MinSeq, &p)
	if err == nil {
		err = r.custody(&f.Division, &bank)
	}
	if err != nil {
		return nil, err
	}
	return onPaper(w, r, in.FileParams, paper[*answer.EscrowAlerts, answer.EscrowAlert]{
		title: "资金预警", columns: alertColumns,
		find: func(after string, limit int) (part[answer.EscrowAlert], error) {
			return s.alertRows(projections.AlertQuery{AlertFilter: f, After: after, Limit: limit}, bank, r)
		},
		page: func(found part[answer.EscrowAlert], next answer.Maybe) *answer.EscrowAlerts {
			return &answer.EscrowAlerts{Items: found.rows, Next: next, Total: found.total, AsOf: answer.Date{Day: r.AsOf}, AtSeq: r.AtSeq}
		},
	})
}

// alertRows returns a page of alerts. Those of one bank are sifted out of all, for
// the list knows no banks.
func (s *server) alertRows(q projections.AlertQuery, bank string, r reading) (out part[answer.EscrowAlert], err error) {
	if bank != "" {
		all := q
		all.After, all.Limit = "", everything
		found, err := s.alertsOfBank(all, bank)
		if err != nil {
			return out, err
		}
		page := cutBy(found, func(i int) string { return alertKey(found[i]) }, q.After, q.Limit)
		out.total, out.next = page.total, page.next
		out.rows, err = s.alertAnswers(page.rows, r)
		return out, err
	}
	found, err := s.Views.Alerts(q)
	if err != nil {
		return out, err
	}
	out.total, out.next = found.Total, found.Next
	out.rows, err = s.alertAnswers(found.Alerts, r)
	return out, err
}

// alertsOfBank returns all alerts of the accounts that a bank keeps, in order of
// their keys.
func (s *server) alertsOfBank(q projections.AlertQuery, bank string) ([]projections.EscrowAlert, error) {
	kept, err := s.Views.Escrows(projections.EscrowQuery{EscrowFilter: projections.EscrowFilter{Division: q.Division, Bank: bank, Institution: q.Institution}, Limit: everything})
	if err != nil {
		return nil, err
	}
	own := map[string]bool{}
	for _, a := range kept.Accounts {
		own[a.Stream] = true
	}
	found, err := s.Views.Alerts(q)
	out := slices.DeleteFunc(found.Alerts, func(a projections.EscrowAlert) bool { return !own[a.Account] })
	slices.SortFunc(out, func(a, b projections.EscrowAlert) int { return strings.Compare(alertKey(a), alertKey(b)) })
	return out, err
}

// alertKey puts alerts in order, the one raised last first.
func alertKey(a projections.EscrowAlert) string {
	return fmt.Sprintf("%010d %s %010d", math.MaxInt32-int(a.Raised), a.Account, math.MaxInt32-a.Number)
}

// alertAnswers answers for alerts with what their accounts know of them.
func (s *server) alertAnswers(alerts []projections.EscrowAlert, r reading) ([]answer.EscrowAlert, error) {
	streams := make([]string, len(alerts))
	for i, a := range alerts {
		streams[i] = a.Institution
	}
	names, err := s.namesOf(streams, r)
	if err != nil {
		return nil, err
	}
	accounts := map[string]projections.EscrowAccount{}
	out := make([]answer.EscrowAlert, 0, len(alerts))
	for _, alert := range alerts {
		a, known := accounts[alert.Account]
		if !known {
			if a, _, err = s.Views.EscrowAt(alert.Account, projections.Now); err != nil {
				return nil, err
			}
			accounts[alert.Account] = a
		}
		i := slices.IndexFunc(a.State.Alerts, func(n escrow.Alert) bool { return n.Number == alert.Number })
		if i >= 0 { // else annulled meanwhile
			out = append(out, answer.EscrowAlertOf(a, a.State.Alerts[i], names, r.For))
		}
	}
	return out, nil
}

// PresetParams are the presets that a request gives.
type PresetParams struct {
	Balance  string `query:"preset.balance" doc:"yellow/red, or none." example:"20000000/10000000"`
	DayFlow  string `query:"preset.day_flow"`
	WeekFlow string `query:"preset.week_flow"`
	Refunds  string `query:"preset.refunds"`
	Stale    string `query:"preset.stale"`
	Silence  string `query:"preset.silence"`
	Deposit  string `query:"preset.deposit"`
}

// given are the presets by metric.
func (in PresetParams) given() map[term.AlertMetric]string {
	return map[term.AlertMetric]string{
		term.MetricBalance: in.Balance, term.MetricDayFlow: in.DayFlow, term.MetricWeekFlow: in.WeekFlow, term.MetricRefunds: in.Refunds,
		term.MetricStale: in.Stale, term.MetricSilence: in.Silence, term.MetricDeposit: in.Deposit,
	}
}

// over lays the presets that are given over those in force, and tells which are
// which.
func (in PresetParams) over(force escrow.Presets, p *params) (escrow.Presets, []answer.EscrowPreset) {
	out, told := escrow.Presets{}, []answer.EscrowPreset{}
	given := in.given()
	for _, item := range term.AlertMetrics.Items {
		metric := term.AlertMetric(item.Code)
		levels := force[metric]
		if text := given[metric]; text != "" {
			var err error
			if levels, err = rule.ParseLevels(text); err != nil {
				p.refused("preset."+item.Code, err)
			}
		}
		if !levels.IsZero() {
			out[metric] = levels
		}
		told = append(told, answer.EscrowPreset{Metric: metric, Preset: levelsText(levels), Given: given[metric] != ""})
	}
	return out, told
}

func levelsText(l rule.AlertLevels) string {
	if l.IsZero() {
		return "none"
	}
	return strconv.FormatInt(l.Yellow, 10) + "/" + strconv.FormatInt(l.Red, 10)
}

type alarmsIn struct {
	ID   string `path:"id"`
	From string `query:"from" example:"2026-01-01"`
	To   string `query:"to" example:"2026-10-31"`
	PresetParams
	Moment
}

func (s *server) alarms(ctx context.Context, in *alarmsIn) (*reply[*answer.EscrowAlarms], error) {
	var p params
	r, err := s.readWith(ctx, in.Moment, &p)
	if err != nil {
		return nil, err
	}
	a, err := s.escrow(in.ID, r)
	if err != nil {
		return nil, err
	}
	from, to := p.span(in.From, in.To, usuallyReplayed, longestReplayed, r)
	law, err := s.Register.LawOf(ctx, division.Code(a.Division()), r.Today)
	if err != nil {
		return nil, err
	}
	presets, told := in.over(escrow.PresetsOf(law.Policy, a.State.Size), &p)
	if err := p.err(); err != nil {
		return nil, err
	}
	out := &reply[*answer.EscrowAlarms]{Seq: r.position(), ContentType: typeJSON, Cache: "no-store"}
	days, err := s.Register.BookDays(a.Stream, r.AtSeq)
	if err != nil {
		return nil, err
	}
	names, err := s.namesOf([]string{a.State.Institution}, r)
	if err != nil {
		return nil, err
	}
	page := &answer.EscrowAlarms{Account: a.ID(), From: answer.Date{Day: from}, To: answer.Date{Day: to}, Presets: told,
		Fired: []answer.EscrowFired{}, Raised: []answer.EscrowAlert{}, AsOf: answer.Date{Day: r.AsOf}, AtSeq: r.AtSeq}
	for _, f := range escrow.WhatIf(from, to, days, a.State.RequiredOn, presets) {
		page.Fired = append(page.Fired, answer.EscrowFiredOf(f))
	}
	for _, alert := range a.State.Alerts {
		if raisedIn(alert, from, to) {
			page.Raised = append(page.Raised, answer.EscrowAlertOf(a, alert, names, r.For))
		}
	}
	out.Body = page
	return out, nil
}

func raisedIn(a escrow.Alert, from, to calendar.Day) bool { return from <= a.Raised && a.Raised <= to }

var alertColumns = []column[answer.EscrowAlert]{
	plain("escrow", "监管账户编号", func(r answer.EscrowAlert) string { return r.Account }),
	number("alert", "预警序号", func(r answer.EscrowAlert) string { return itoa(r.Number) }),
	plain("institution_id", "机构编号", func(r answer.EscrowAlert) string { return r.Institution.IDOrNone() }),
	plain("institution_name", "机构名称", func(r answer.EscrowAlert) string { return r.Institution.NameOrNone() }),
	plain("bank", "银行代码", func(r answer.EscrowAlert) string { return r.Bank }),
	coded("level", "级别", func(r answer.EscrowAlert) term.AlertLevel { return r.Level }),
	coded("metric", "指标", func(r answer.EscrowAlert) term.AlertMetric { return r.Metric }),
	number("value", "数值", func(r answer.EscrowAlert) string { return strconv.FormatInt(r.Value, 10) }),
	plain("preset", "预警值", func(r answer.EscrowAlert) string { return r.Preset }),
	plain("raised", "预警日", func(r answer.EscrowAlert) string { return r.Raised.String() }),
	plain("assessed", "研判日", func(r answer.EscrowAlert) string { return r.Assessed.String() }),
	{name: "real", zh: "属实", value: func(r answer.EscrowAlert) string {
		if r.Real == nil {
			return ""
		}
		return yesNo(*r.Real)
	}, label: func(r answer.EscrowAlert) domain.Text {
		switch {
		case r.Real == nil:
			return domain.Text{}
		case *r.Real:
			return domain.Text{ZH: "是", EN: "yes"}
		}
		return domain.Text{ZH: "否", EN: "no"}
	}},
	plain("text", "研判意见", func(r answer.EscrowAlert) string { return string(r.Text) }),
	plain("published", "公布日", func(r answer.EscrowAlert) string { return r.Published.String() }),
	plain("closed", "解除日", func(r answer.EscrowAlert) string { return r.Closed.String() }),
	plain("close_reason", "解除原因", func(r answer.EscrowAlert) string { return string(r.CloseReason) }),
}
