package answer

import (
	"slices"

	"minglu/domain/jointcase"
	"minglu/domain/term"
)

// JointCase is a joint case as one agency may see it: its own parts and those
// that others shared. Of what others did not share it says whose it is.
type JointCase struct {
	Work
	Lead     string             `json:"lead"`
	LeadName string             `json:"lead_name"`
	Result   Maybe              `json:"result"`
	Reopened Date               `json:"reopened_on"`
	Members  []JointCaseMember  `json:"members" doc:"In order of joining, the lead first."`
	Ties     []JointCaseTie     `json:"ties"`
	Parts    []JointCasePart    `json:"parts" doc:"One's own and those that were shared, in order of recording."`
	Unshared []JointCaseUnshare `json:"unshared" doc:"Agencies whose latest part is not shared."`
	Tasks    []JointCaseTask    `json:"tasks"`
}

// JointCaseMember is one time that an agency takes part.
type JointCaseMember struct {
	Agency     string `json:"agency"`
	AgencyName string `json:"agency_name"`
	Joined     Date   `json:"joined_on"`
	Left       Date   `json:"left_on"`
	Reason     Maybe  `json:"reason"`
}

// JointCaseTie is one piece of work that is, or was, tied to the case.
type JointCaseTie struct {
	Work   *WorkLink    `json:"work" doc:"Null where the reader may not see it."`
	Role   term.TieRole `json:"role"`
	Agency string       `json:"agency" doc:"Who tied it."`
	From   Date         `json:"from"`
	Untied Date         `json:"untied_on"`
	Reason Maybe        `json:"reason"`
}

// JointCasePart is what an agency has to say, at one time.
type JointCasePart struct {
	Agency     string   `json:"agency"`
	AgencyName string   `json:"agency_name"`
	On         Date     `json:"on"`
	Text       string   `json:"text"`
	Items      []string `json:"items"`
	Shared     Date     `json:"shared_on" doc:"Null: read by the agency alone."`
}

// JointCaseUnshare is an agency whose latest part is not shared.
type JointCaseUnshare struct {
	Agency     string `json:"agency"`
	AgencyName string `json:"agency_name"`
}

// JointCaseTask is one task.
type JointCaseTask struct {
	Task       int    `json:"task"`
	By         string `json:"by" doc:"Who gave it."`
	Agency     string `json:"agency"`
	AgencyName string `json:"agency_name"`
	Officer    Maybe  `json:"officer"`
	Text       string `json:"text"`
	Given      Date   `json:"given_on"`
	Due        Date   `json:"due"`
	Done       Date   `json:"done_on"`
	Result     Maybe  `json:"result"`
	Dropped    Date   `json:"dropped_on" doc:"When its agency left the case."`
}

// JointCaseOf answers for one joint case. Whatever s holds, the answer has what
// the reader's agency may see.
func JointCaseOf(s jointcase.State, p Piece, f For) JointCase {
	s = s.SeenBy(f.Reader.Agency)
	a := JointCase{
		Work: p.work(f), Lead: s.Lead, LeadName: f.say(AgencyName(s.Lead)), Result: Maybe(s.Result), Reopened: Date{s.Reopened},
		Members: make([]JointCaseMember, len(s.Members)), Ties: make([]JointCaseTie, len(s.Ties)), Parts: []JointCasePart{}, Unshared: []JointCaseUnshare{},
		Tasks: make([]JointCaseTask, len(s.Tasks)),
	}
	for i, m := range s.Members {
		a.Members[i] = JointCaseMember{Agency: m.Agency, AgencyName: f.say(AgencyName(m.Agency)), Joined: Date{m.Joined}, Left: Date{m.Left}, Reason: Maybe(m.Reason)}
	}
	for i, t := range s.Ties {
		a.Ties[i] = JointCaseTie{Work: p.Links.of(t.Ref), Role: t.Role, Agency: t.Agency, From: Date{t.From}, Untied: Date{t.Untied}, Reason: Maybe(t.Reason)}
	}
	for i, t := range s.Tasks {
		a.Tasks[i] = JointCaseTask{Task: t.Number, By: t.By, Agency: t.Agency, AgencyName: f.say(AgencyName(t.Agency)), Officer: Maybe(t.Officer), Text: t.Text,
			Given: Date{t.Given}, Due: Date{t.Due}, Done: Date{t.Done}, Result: Maybe(t.Result), Dropped: Date{t.Dropped}}
	}
	a.parts(s, f)
	return a
}

// JointCaseLinks are the streams of the work that the case ties together.
func JointCaseLinks(s jointcase.State) (streams []string) {
	for _, t := range s.Ties {
		streams = append(streams, t.Ref)
	}
	return streams
}

func (a *JointCase) parts(s jointcase.State, f For) {
	var agencies []string
	for _, t := range s.Parts {
		if !slices.Contains(agencies, t.Agency) {
			agencies = append(agencies, t.Agency)
		}
		if t.Shared == 0 && t.Agency != f.Reader.Agency {
			continue
		}
		a.Parts = append(a.Parts, JointCasePart{Agency: t.Agency, AgencyName: f.say(AgencyName(t.Agency)), On: Date{t.On}, Text: t.Text, Items: orEmpty(t.Items), Shared: Date{t.Shared}})
	}
	for _, agency := range agencies {
		if last, _ := s.Part(agency); last.Shared == 0 {
			a.Unshared = append(a.Unshared, JointCaseUnshare{Agency: agency, AgencyName: f.say(AgencyName(agency))})
		}
	}
}
