package answer

import (
	"minglu/domain"
	"minglu/domain/rectification"
	"minglu/domain/term"
)

// Rectification is an order to correct and what became of it.
type Rectification struct {
	Work
	Basis       string                  `json:"basis"`
	DocumentNo  Maybe                   `json:"document_no"`
	Due         Date                    `json:"due" doc:"The last day for the institution, extensions included."`
	Items       []RectificationItem     `json:"items"`
	Reports     []RectificationReport   `json:"reports"`
	FollowUps   []RectificationFollowUp `json:"follow_ups"`
	CloseReason Maybe                   `json:"close_reason" doc:"Why items that are open were not pursued."`
}

// RectificationItem is one thing to correct.
type RectificationItem struct {
	Number   int    `json:"number"`
	Item     string `json:"item"`
	Text     string `json:"text"`
	Severity Maybe  `json:"severity"`
	Reported Date   `json:"reported_on"`
	Verified Date   `json:"verified_on"`
	Failed   Date   `json:"failed_on"`
	Reason   Maybe  `json:"reason" doc:"Why it failed."`
}

// RectificationReport is what the institution reported once.
type RectificationReport struct {
	On        Date   `json:"on"`
	Items     []int  `json:"items"`
	Statement Maybe  `json:"statement"`
	Evidence  int    `json:"evidence" doc:"How many documents stand behind it."`
	Agency    string `json:"agency" doc:"Who took it down."`
}

// RectificationFollowUp is one later visit.
type RectificationFollowUp struct {
	On     Date                `json:"on"`
	Result term.FollowUpResult `json:"result"`
	Text   Maybe               `json:"text"`
}

// RectificationOf answers for one order to correct.
func RectificationOf(s rectification.State, p Piece, f For) Rectification {
	a := Rectification{
		Work: p.work(f), Basis: s.Basis, DocumentNo: Maybe(s.DocumentNo), Due: Date{s.Due()}, CloseReason: Maybe(s.CloseReason),
		Items: make([]RectificationItem, len(s.Items)), Reports: []RectificationReport{}, FollowUps: make([]RectificationFollowUp, len(s.FollowUps)),
	}
	for i, it := range s.Items {
		a.Items[i] = RectificationItem{Number: it.Number, Item: it.Item.Item, Text: it.Text, Severity: Maybe(it.Severity),
			Reported: Date{it.Reported}, Verified: Date{it.Verified}, Failed: Date{it.Failed}, Reason: Maybe(it.Reason)}
	}
	for i, v := range s.FollowUps {
		a.FollowUps[i] = RectificationFollowUp{On: Date{v.On}, Result: v.Result, Text: Maybe(v.Text)}
	}
	each(p, func(m domain.Meta, e rectification.Reported) {
		a.Reports = append(a.Reports, RectificationReport{On: dayOf(m), Items: orEmpty(e.Items), Statement: Maybe(e.Statement), Evidence: len(m.Evidence), Agency: m.Actor.Agency})
	})
	return a
}
