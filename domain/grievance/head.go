package grievance

import (
	"slices"
	"strings"

	"minglu/domain/work"
)

// Head is what lists of work show: of the whole, with who has to act now.
func (s State) Head() work.Head {
	h := work.Head{
		Number: s.Receipt, Title: s.title(), Kind: string(s.Nature), Status: string(s.Status()),
		Institution: s.Institution, Agency: s.acting(), Opened: s.Received, Closed: s.Ended(),
	}
	if h.Agency != "" {
		h.Agencies = []string{h.Agency}
	}
	for _, p := range s.Parts {
		if !slices.Contains(h.Agencies, p.Handler) {
			h.Agencies = append(h.Agencies, p.Handler)
		}
	}
	return h
}

// acting returns who has to act now: the handler of the first open part, else
// who answers a review, else nobody.
func (s State) acting() string {
	for _, p := range s.Parts {
		if p.Ended() == 0 {
			return p.Handler
		}
	}
	for _, p := range s.Parts {
		if r, ok := p.Reviewing(); ok {
			return r.Reviewer
		}
	}
	return ""
}

// title is made of the topics, so that it says nothing of persons.
func (s State) title() string {
	words := make([]string, len(s.Topics))
	for i, t := range s.Topics {
		words[i] = t.Label().ZH
	}
	return strings.Join(words, "、")
}
