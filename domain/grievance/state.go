package grievance

import (
	"slices"

	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// State is one grievance. It keeps days; its methods say how it stands. It is a
// value.
type State struct {
	Received    calendar.Day          `json:"r,omitzero"` // zero: there is none
	Channel     term.Channel          `json:"ch,omitzero"`
	Nature      term.Nature           `json:"n,omitzero"`
	Institution string                `json:"i,omitzero"` // stream
	Premises    string                `json:"pr,omitzero"`
	Topics      []term.GrievanceTopic `json:"t,omitzero"`
	RealName    bool                  `json:"rn,omitzero"`
	Child       bool                  `json:"c,omitzero"`
	Complainant string                `json:"co,omitzero"` // whose sealed values can be reached
	Receipt     string                `json:"no,omitzero"`
	QueryDigest string                `json:"q,omitzero"`
	Handler     string                `json:"h,omitzero"` // at receipt
	Parts       []Part                `json:"p,omitzero"`
	Links       []Linked              `json:"l,omitzero"`
	Steps       []Step                `json:"s,omitzero"`
	// Counted is when the end of the whole was counted. It stays where the close of
	// a part is annulled, so that its second one does not count once more, and goes
	// where a part is opened again.
	Counted calendar.Day `json:"k,omitzero"`
	Score   int          `json:"sc,omitzero"` // zero: not rated since it ended
	Persons rule.Persons `json:"pe,omitzero"`
	Clocks  clock.Clocks `json:"cl,omitzero"`
}

// Part is what is handled on its own: the whole of a grievance of one nature,
// or one part of a mixed one.
type Part struct {
	Number  string      `json:"p,omitzero"` // empty: the whole
	Nature  term.Nature `json:"n,omitzero"`
	Handler string      `json:"h,omitzero"`
	// Since is when it came to the handler.
	Since calendar.Day `json:"s,omitzero"`
	// Senders are those that sent it on to the handler, the first first.
	Senders    []string     `json:"se,omitzero"`
	Returned   calendar.Day `json:"re,omitzero"` // when it was given back, which is done once
	Disputed   calendar.Day `json:"di,omitzero"` // waits for the joint-conference office
	Arbitrated calendar.Day `json:"ar,omitzero"` // when that named the handler

	Accepted   calendar.Day `json:"a,omitzero"`
	AcceptedBy string       `json:"ab,omitzero"`
	Refused    calendar.Day `json:"rf,omitzero"`

	Mediation   calendar.Day `json:"m,omitzero"` // begun
	Settled     calendar.Day `json:"st,omitzero"`
	Terminated  calendar.Day `json:"te,omitzero"`
	LeadDecided calendar.Day `json:"ld,omitzero"` // on a lead found in mediation

	CheckExtended calendar.Day `json:"ce,omitzero"`
	Decided       calendar.Day `json:"d,omitzero"` // whether a case is filed on the report
	Filed         bool         `json:"f,omitzero"`
	Penalty       string       `json:"pn,omitzero"` // stream

	PetitionExtended calendar.Day `json:"px,omitzero"`
	Opinion          calendar.Day `json:"o,omitzero"`
	Reviews          []Review     `json:"rv,omitzero"`

	Closed calendar.Day `json:"c,omitzero"`
}

// Review is one review of a petition.
type Review struct {
	Stage     term.ReviewStage   `json:"s,omitzero"`
	Reviewer  string             `json:"a,omitzero"`
	Requested calendar.Day       `json:"r,omitzero"`
	Answered  calendar.Day       `json:"d,omitzero"` // zero: not yet
	Outcome   term.ReviewOutcome `json:"o,omitzero"`
}

// Step is one step that who filed may see: what was done, when, and which agency
// has the part after it.
type Step struct {
	Code   term.GrievanceStep `json:"c,omitzero"`
	On     calendar.Day       `json:"o,omitzero"`
	Agency string             `json:"a,omitzero"`
	Part   string             `json:"p,omitzero"`
}

// Ended returns when the part was closed or refused; zero: it is open.
func (p Part) Ended() calendar.Day { return max(p.Closed, p.Refused) }

// Outcome returns when the handling came to a result: a mediation ended, the
// filing of a case was decided, an opinion was issued; zero: not yet.
func (p Part) Outcome() calendar.Day {
	return max(p.Settled, p.Terminated, p.Decided, p.Opinion)
}

// Status says how the part stands.
func (p Part) Status() term.GrievanceStatus {
	switch {
	case p.Closed != 0:
		return term.GrievanceClosed
	case p.Refused != 0:
		return term.GrievanceRefused
	case p.Settled != 0:
		return term.GrievanceSettled
	case p.Terminated != 0:
		return term.GrievanceTerminated
	case p.Outcome() != 0:
		return term.GrievanceDecided
	case p.moved() && !p.taken():
		return term.GrievanceTransferred
	case p.Mediation != 0:
		return term.GrievanceInMediation
	case p.Accepted != 0:
		return term.GrievanceAccepted
	}
	return term.GrievanceReceived
}

// moved reports whether the handler got the part from another agency.
func (p Part) moved() bool { return len(p.Senders) > 0 || p.Arbitrated != 0 }

// taken reports whether the handler itself accepted the part.
func (p Part) taken() bool { return p.Accepted != 0 && p.AcceptedBy == p.Handler }

// Reviewing returns the review that waits for its answer.
func (p Part) Reviewing() (Review, bool) {
	if n := len(p.Reviews); n > 0 && p.Reviews[n-1].Answered == 0 {
		return p.Reviews[n-1], true
	}
	return Review{}, false
}

// Final reports whether the second review was answered, which ends a petition
// for good.
func (p Part) Final() bool {
	n := len(p.Reviews)
	return n > 0 && p.Reviews[n-1].Stage == term.SecondReview && p.Reviews[n-1].Answered != 0 && p.Reviews[n-1].Outcome != term.ReviewRemanded
}

// Part returns the part of that number.
func (s State) Part(number string) (Part, bool) {
	i := slices.IndexFunc(s.Parts, func(p Part) bool { return p.Number == number })
	if i < 0 {
		return Part{}, false
	}
	return s.Parts[i], true
}

// Ended returns when the last part ended; zero while one is open.
func (s State) Ended() calendar.Day {
	var last calendar.Day
	for _, p := range s.Parts {
		if p.Ended() == 0 {
			return 0
		}
		last = max(last, p.Ended())
	}
	return last
}

// Status says how the whole stands: as its first open part does; closed once all
// have ended and one was closed, refused where all were refused.
func (s State) Status() term.GrievanceStatus {
	status := term.GrievanceReceived
	for i, p := range s.Parts {
		if p.Ended() == 0 {
			return p.Status()
		}
		if i == 0 || p.Closed != 0 {
			status = p.Status()
		}
	}
	return status
}

// Reachable reports whether there is somebody to tell: a complainant or contact
// who was not erased.
func (s State) Reachable() bool { return s.Complainant != "" && !s.Persons.Erased(s.Complainant) }

// Handles reports whether an agency handles a part, or answers a review of one.
func (s State) Handles(agency string) bool {
	return slices.ContainsFunc(s.Parts, func(p Part) bool {
		r, reviewing := p.Reviewing()
		return p.Handler == agency || reviewing && r.Reviewer == agency
	})
}

// Progress returns the steps so far, in the order in which they were recorded.
func (s State) Progress() []Step { return slices.Clone(s.Steps) }

// whole returns the nature of the whole where every part but one has ended and
// its end was not counted: that of what the end of that part ends.
func (s State) whole(but string) term.Nature {
	if s.Counted != 0 {
		return ""
	}
	for _, p := range s.Parts {
		if p.Number != but && p.Ended() == 0 {
			return ""
		}
	}
	return s.Nature
}
