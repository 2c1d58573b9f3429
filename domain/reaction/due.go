package reaction

import (
	"strings"

	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/listing"
	"minglu/domain/term"
)

// Due returns what follows from a clock whose last day has passed, effective on
// the next calendar day: what the law deems to have happened, and else that it
// was missed, or lapsed.
func Due(p Passed) []Act {
	division, rest, _ := strings.Cut(p.Stream, ".")
	aggregate, _, _ := strings.Cut(rest, ".")
	key := strings.Join([]string{p.Stream, string(p.Key), p.Part, p.From.String(), p.Due.String()}, "/")
	after := p.Due.AddDays(1)
	if p.Key == term.ListingEnd {
		return []Act{{
			Key: key, Name: "listing.remove-black", Division: division, Target: p.Stream, Effective: after, Agency: keeper(division),
			Why: "公示期于 " + p.Due.String() + " 届满", Body: listing.RemoveBlack{Cause: term.BlackExpired, Reason: "公示期届满"},
		}}
	}
	if act, deemed := answered(key, division, p, after); deemed {
		return []Act{act}
	}
	out := []Act{{
		Key: key, Name: aggregate + ".miss-deadline", Division: division, Target: p.Stream, Effective: after, Agency: keeper(division),
		Why: p.Key.Label().ZH + "期限于 " + p.Due.String() + " 届满", Body: clock.Missing{Clock: p.Key, Part: p.Part, Due: p.Due},
	}}
	switch p.Key {
	case term.WatchEnd:
		out = append(out, notDone(key, listed(p.Stream), after, "整改期于 "+p.Due.String()+" 届满，未见验收合格"))
	case term.RectificationDue:
		if p.Institution != "" {
			out = append(out, notDone(key, p.Institution, after, "责令整改的期限于 "+p.Due.String()+" 届满，未见整改报告"))
		}
	}
	return out
}

// notDone proposes the black procedure where the time to correct ran out and
// nothing was verified (B7).
func notDone(key, institution string, on calendar.Day, why string) Act {
	return proposed(key, "", institution, on, on, proposal{term.ProposeBlackNotice, string(term.B7), why})
}

// listed is the stream of the institution that a listing is about.
func listed(listing string) string {
	return strings.Replace(listing, ".listing.", ".institution.", 1)
}
