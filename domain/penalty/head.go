package penalty

import (
	"slices"

	"minglu/domain/term"
	"minglu/domain/work"
)

// Status returns where the case stands.
func (s State) Status() term.CaseStatus {
	switch d := s.Decision; {
	case s.Handed.Outside:
		return term.CaseTransferred
	case s.Closed != 0:
		return term.CaseClosed
	case d.Ended != 0:
		return term.CaseRevoked
	case s.Spared.On != 0:
		return term.CaseNotPunished
	case d.On != 0:
		return s.executing()
	case s.Notice.pending():
		return term.CaseHearing
	case s.Notice.Served != 0:
		return term.CaseNotified
	}
	if _, ok := s.Filing(); ok {
		return term.CaseFiled
	}
	if s.Agency != "" && len(s.Former) > 0 {
		return term.CaseTransferred
	}
	return term.CaseAlleged
}

// executing returns where a case stands after its decision.
func (s State) executing() term.CaseStatus {
	_, published := s.standing()
	switch {
	case s.Decision.Performed != 0:
		return term.CasePerformed
	case published:
		return term.CasePublished
	case s.Decision.Served != 0:
		return term.CaseServed
	}
	return term.CaseDecided
}

// Head returns what lists of work show. The title names no person.
func (s State) Head() work.Head {
	h := work.Head{
		Number: s.Decision.Document, Title: s.title(), Kind: string(s.SourceKind), Status: string(s.Status()), Institution: s.Subject,
		Agency: s.Agency, Agencies: []string{s.Agency}, Opened: s.Alleged, Closed: s.Closed,
	}
	for _, a := range s.Former {
		if !slices.Contains(h.Agencies, a) {
			h.Agencies = append(h.Agencies, a)
		}
	}
	if s.Source != "" {
		h.Sources = []string{s.Source}
	}
	return h
}

func (s State) title() string {
	switch {
	case s.Disguise != "":
		return "涉嫌隐形变异：" + s.Disguise.Label().ZH
	case s.Variant != "":
		return "涉嫌隐形变异：" + s.Variant.Label().ZH
	case s.Party == term.InServiceTeacher:
		return "涉嫌在职教师违规培训"
	}
	return "涉嫌违法开展校外培训"
}
