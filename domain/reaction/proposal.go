package reaction

import (
	"strings"

	"minglu/domain/calendar"
	"minglu/domain/listing"
	"minglu/domain/term"
)

// proposal is a proposal for the lists.
type proposal struct {
	what   term.Proposal
	cause  string
	reason string
}

// propose puts proposals about an institution before the officers, effective
// today: what was decided since the cause is not proposed again. Where the
// institution is not known there is nobody to list.
func (f Fact) propose(institution string, today calendar.Day, proposals ...proposal) []Act {
	if institution == "" {
		return nil
	}
	var out []Act
	for _, p := range proposals {
		since := calendar.DayOf(f.Meta.Effective)
		out = append(out, proposed(f.ID, f.ID, institution, since, max(today, since), p))
	}
	return out
}

func proposed(key, cause, institution string, since, on calendar.Day, p proposal) Act {
	division, _, _ := strings.Cut(institution, ".")
	because := []string{}
	if cause != "" {
		because = append(because, cause)
	}
	return Act{
		Key: key + "/" + string(p.what), Name: "listing.propose", Division: division, Target: listingOf(institution),
		Effective: on, Agency: keeper(division), Cause: cause, Why: p.reason,
		Body: listing.Propose{Proposal: p.what, Cause: p.cause, Because: because, Since: since, Reason: p.reason},
	}
}

// listingOf is the stream of the listing of an institution: the same id.
func listingOf(institution string) string {
	return strings.Replace(institution, ".institution.", ".listing.", 1)
}
