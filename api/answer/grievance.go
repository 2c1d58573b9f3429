package answer

import (
	"minglu/domain"
	"minglu/domain/grievance"
	"minglu/domain/term"
)

// Grievance is a grievance as agencies read it. Who filed it, and what they
// wrote, is sealed.
type Grievance struct {
	Work
	Channel     term.Channel          `json:"channel"`
	Nature      term.Nature           `json:"nature"`
	Topics      []term.GrievanceTopic `json:"topics"`
	Premises    Maybe                 `json:"premises"`
	RealName    bool                  `json:"real_name"`
	Child       bool                  `json:"child_involved"`
	Complainant *Sealed               `json:"complainant" doc:"Null where it is anonymous."`
	Content     *Sealed               `json:"content"`
	Parts       []GrievancePart       `json:"parts" doc:"One without a number, or those of a mixed grievance."`
	Steps       []GrievanceStep       `json:"steps" doc:"What the complainant may follow."`
	Linked      []GrievanceLink       `json:"linked" doc:"Other grievances that it is tied to, as far as the reader may see them."`
	Score       *int                  `json:"score" doc:"How the handling was rated, from 1 to 5."`
}

// GrievancePart is what is handled on its own.
type GrievancePart struct {
	Part        Maybe                `json:"part"`
	Nature      term.Nature          `json:"nature"`
	Status      term.GrievanceStatus `json:"status"`
	Handler     string               `json:"handler"`
	HandlerName string               `json:"handler_name"`
	Since       Date                 `json:"since" doc:"When it came to the handler."`
	Senders     []string             `json:"senders" doc:"Agencies that sent it on to the handler, the first first."`
	Returned    Date                 `json:"returned_on"`
	Disputed    Date                 `json:"disputed_on"`
	Arbitrated  Date                 `json:"arbitrated_on"`
	Accepted    Date                 `json:"accepted_on"`
	AcceptedBy  Maybe                `json:"accepted_by"`
	Refused     Date                 `json:"refused_on"`
	Ground      Maybe                `json:"refusal_ground"`
	Mediation   Date                 `json:"mediation_started_on"`
	Settled     Date                 `json:"settled_on"`
	Terms       Maybe                `json:"settlement_terms"`
	Terminated  Date                 `json:"terminated_on"`
	EndCause    Maybe                `json:"termination_cause"`
	LeadDecided Date                 `json:"lead_decided_on" doc:"Of a lead found in the mediation."`
	Checked     Maybe                `json:"check_outcome"`
	Extended    Date                 `json:"check_extended_on"`
	Decided     Date                 `json:"filing_decided_on"`
	Filed       *bool                `json:"case_filed" doc:"Null where it was not decided."`
	Penalty     *WorkLink            `json:"penalty"`
	PetitionExt Date                 `json:"petition_extended_on"`
	Opinion     Date                 `json:"opinion_issued_on"`
	Reviews     []GrievanceReview    `json:"reviews"`
	Closed      Date                 `json:"closed_on"`
	Result      Maybe                `json:"result" doc:"In the words of the handling agency."`
}

// GrievanceReview is one review of a petition.
type GrievanceReview struct {
	Stage     term.ReviewStage `json:"stage"`
	Reviewer  string           `json:"reviewer"`
	Requested Date             `json:"requested_on"`
	Answered  Date             `json:"answered_on"`
	Outcome   Maybe            `json:"outcome"`
}

// GrievanceStep is one step of the handling.
type GrievanceStep struct {
	Step       term.GrievanceStep `json:"step"`
	Label      string             `json:"label"`
	On         Date               `json:"on"`
	Part       Maybe              `json:"part"`
	Agency     string             `json:"agency" doc:"Who has the part after it."`
	AgencyName string             `json:"agency_name"`
}

// GrievanceLink is another grievance that it is tied to.
type GrievanceLink struct {
	Relation term.GrievanceRelation `json:"relation"`
	Work     WorkLink               `json:"grievance"`
}

// GrievanceDuplicates are the grievances that may tell of the same matter.
type GrievanceDuplicates struct {
	Items     []GrievanceDuplicate `json:"items" doc:"The nearest in time first."`
	AsOf      Date                 `json:"as_of"`
	AtSeq     uint64               `json:"at_seq"`
	Scheduled bool                 `json:"scheduled,omitempty"`
}

// GrievanceDuplicate is one of them, with what suggests it.
type GrievanceDuplicate struct {
	Work   WorkLink              `json:"grievance"`
	Topics []term.GrievanceTopic `json:"topics" doc:"That both have."`
	Days   int                   `json:"days" doc:"How many days after the other it was received; negative: before."`
}

// GrievanceDuplicatesOf answers with what may tell of the same matter.
func GrievanceDuplicatesOf(items []GrievanceDuplicate, f For) *GrievanceDuplicates {
	return &GrievanceDuplicates{Items: orEmpty(items), AsOf: Date{f.AsOf}, AtSeq: f.AtSeq, Scheduled: f.Scheduled()}
}

// complainantWord is how other units than the handling one read who filed.
var complainantWord = domain.Text{ZH: "投诉人", EN: "complainant"}

// GrievanceOf answers for one grievance.
func GrievanceOf(s grievance.State, p Piece, f For) Grievance {
	a := Grievance{
		Work: p.work(f), Channel: s.Channel, Nature: s.Nature, Topics: orEmpty(s.Topics), Premises: Maybe(s.Premises), RealName: s.RealName, Child: s.Child,
		Parts: grievancePartsOf(s, p, f), Steps: []GrievanceStep{}, Linked: []GrievanceLink{},
	}
	each(p, func(_ domain.Meta, e grievance.Received) {
		handles := s.Handles(f.Reader.Agency)
		if s.Complainant != "" {
			a.Complainant = sealedOf(s.Complainant, handles, s.Persons.Erased(s.Complainant), lettered(complainantWord, 0), f)
		}
		if e.Content != nil {
			a.Content = sealedOf(e.Content.Person, handles, s.Persons.Erased(e.Content.Person), domain.Text{}, f)
		}
	})
	for _, t := range s.Steps {
		a.Steps = append(a.Steps, GrievanceStep{Step: t.Code, Label: f.say(t.Code.Label()), On: Date{t.On}, Part: Maybe(t.Part),
			Agency: t.Agency, AgencyName: f.say(AgencyName(t.Agency))})
	}
	for _, l := range s.Links {
		if link := p.Links.of(l.Other); link != nil {
			a.Linked = append(a.Linked, GrievanceLink{Relation: l.Relation, Work: *link})
		}
	}
	if s.Score != 0 {
		a.Score = &s.Score
	}
	return a
}

// GrievanceLinks are the streams of the other work that the answer leads to.
func GrievanceLinks(s grievance.State) (streams []string) {
	for _, l := range s.Links {
		streams = append(streams, l.Other)
	}
	for _, p := range s.Parts {
		streams = append(streams, p.Penalty)
	}
	return streams
}

func grievancePartsOf(s grievance.State, p Piece, f For) []GrievancePart {
	said := grievanceWords(p)
	out := make([]GrievancePart, len(s.Parts))
	for i, t := range s.Parts {
		a := said[t.Number]
		a.Part, a.Nature, a.Status = Maybe(t.Number), t.Nature, t.Status()
		a.Handler, a.HandlerName, a.Since, a.Senders = t.Handler, f.say(AgencyName(t.Handler)), Date{t.Since}, orEmpty(t.Senders)
		a.Returned, a.Disputed, a.Arbitrated = Date{t.Returned}, Date{t.Disputed}, Date{t.Arbitrated}
		a.Accepted, a.AcceptedBy, a.Refused = Date{t.Accepted}, Maybe(t.AcceptedBy), Date{t.Refused}
		a.Mediation, a.Settled, a.Terminated, a.LeadDecided = Date{t.Mediation}, Date{t.Settled}, Date{t.Terminated}, Date{t.LeadDecided}
		a.Extended, a.Decided, a.Penalty = Date{t.CheckExtended}, Date{t.Decided}, p.Links.of(t.Penalty)
		if t.Decided != 0 || t.LeadDecided != 0 {
			a.Filed = &t.Filed
		}
		a.PetitionExt, a.Opinion, a.Closed = Date{t.PetitionExtended}, Date{t.Opinion}, Date{t.Closed}
		a.Reviews = make([]GrievanceReview, len(t.Reviews))
		for j, r := range t.Reviews {
			a.Reviews[j] = GrievanceReview{Stage: r.Stage, Reviewer: r.Reviewer, Requested: Date{r.Requested}, Answered: Date{r.Answered}, Outcome: Maybe(r.Outcome)}
		}
		out[i] = a
	}
	return out
}

// grievanceWords are what was said of each part in words and codes that its
// state does not keep: nothing of what a reopening took away.
func grievanceWords(p Piece) map[string]GrievancePart {
	out := map[string]GrievancePart{}
	change := func(part string, f func(*GrievancePart)) {
		a := out[part]
		f(&a)
		out[part] = a
	}
	for _, r := range p.Facts {
		switch e := r.Event.(type) {
		case grievance.Refused:
			change(e.Part, func(a *GrievancePart) { a.Ground, a.Result = Maybe(e.Ground), Maybe(e.Reason) })
		case grievance.MediationSettled:
			change(e.Part, func(a *GrievancePart) { a.Terms = Maybe(e.Terms) })
		case grievance.MediationTerminated:
			change(e.Part, func(a *GrievancePart) { a.EndCause = Maybe(e.Cause) })
		case grievance.LeadChecked:
			change(e.Part, func(a *GrievancePart) { a.Checked = Maybe(e.Outcome) })
		case grievance.Closed:
			change(e.Part, func(a *GrievancePart) { a.Result = Maybe(e.Result) })
		case grievance.Reopened:
			delete(out, e.Part)
		case grievance.ReviewAnswered:
			if e.Outcome == term.ReviewRemanded {
				change(e.Part, func(a *GrievancePart) { a.Result = "" })
			}
		}
	}
	return out
}
