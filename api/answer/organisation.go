package answer

import (
	"slices"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/jurisdiction"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Organisation is a page of what divisions say about who acts there and what
// they issued.
type Organisation[R any] struct {
	Division  Maybe  `json:"division"`
	Items     []R    `json:"items"`
	Total     int    `json:"total"`
	Next      Maybe  `json:"next"`
	AsOf      Date   `json:"as_of"`
	AtSeq     uint64 `json:"at_seq"`
	Scheduled bool   `json:"scheduled,omitempty"`
}

// AgencyEntry is an agency of a division.
type AgencyEntry struct {
	Division    Division          `json:"division"`
	Agency      string            `json:"agency"`
	Name        string            `json:"name"`
	Status      term.AgencyStatus `json:"status"`
	Competences []string          `json:"competences" doc:"What it answers for, in its own words."`
	From        Date              `json:"from" doc:"Since when it is so."`
}

// AgencyEntriesOf answers with the agencies of a division on the day.
func AgencyEntriesOf(code division.Code, s jurisdiction.State, f For) []AgencyEntry {
	return listOf(s.AgenciesOn(f.AsOf), func(a jurisdiction.Agency) AgencyEntry {
		return AgencyEntry{Division: DivisionOn(code, f.AsOf), Agency: a.Code, Name: a.Name, Status: a.Status, Competences: orEmpty(a.Competences), From: Date{a.From}}
	})
}

// OfficerEntry is an enforcement officer: a number and a credential, never a
// name.
type OfficerEntry struct {
	Division   Division `json:"division"`
	Officer    string   `json:"officer" doc:"The number under which the officer acts."`
	Agency     string   `json:"agency"`
	AgencyName string   `json:"agency_name"`
	Credential string   `json:"credential"`
	Field      Maybe    `json:"field"`
	From       Date     `json:"from"`
	Until      Date     `json:"until" doc:"Last day of the credential; null: open."`
}

// OfficerEntriesOf answers with the officers whose credentials hold on the day.
func OfficerEntriesOf(code division.Code, s jurisdiction.State, f For) []OfficerEntry {
	serving := slices.DeleteFunc(slices.Clone(s.Officers), func(o rule.Officer) bool { return !o.On(f.AsOf) })
	return listOf(serving, func(o rule.Officer) OfficerEntry {
		return OfficerEntry{Division: DivisionOn(code, f.AsOf), Officer: o.ID, Agency: o.Agency, AgencyName: nameOf(o.Agency, s, f),
			Credential: o.Credential, Field: Maybe(o.Field), From: Date{o.From}, Until: Date{o.Until}}
	})
}

// nameOf returns the name under which an agency is registered, or else the words
// for its code.
func nameOf(agency string, s jurisdiction.State, f For) string {
	if a, ok := s.Agency(agency, f.AsOf); ok && !f.English {
		return a.Name
	}
	return f.say(AgencyName(agency))
}

// TaskForceEntry is a task force of agencies.
type TaskForceEntry struct {
	Division Division            `json:"division"`
	Name     string              `json:"name"`
	Lead     string              `json:"lead"`
	LeadName string              `json:"lead_name"`
	Members  []TaskForceAssignee `json:"members" doc:"The lead first."`
	From     Date                `json:"from"`
}

// TaskForceAssignee is one agency of a task force.
type TaskForceAssignee struct {
	Agency string             `json:"agency"`
	Name   string             `json:"name"`
	Role   term.TaskForceRole `json:"role"`
}

// TaskForceEntriesOf answers with the task forces that there are on the day.
func TaskForceEntriesOf(code division.Code, s jurisdiction.State, f For) []TaskForceEntry {
	return listOf(s.TaskForcesOn(f.AsOf), func(t jurisdiction.TaskForce) TaskForceEntry {
		return TaskForceEntry{Division: DivisionOn(code, f.AsOf), Name: t.Name, Lead: t.Lead, LeadName: nameOf(t.Lead, s, f), From: Date{t.From},
			Members: listOf(t.Members, func(m jurisdiction.TaskForceMember) TaskForceAssignee {
				return TaskForceAssignee{Agency: m.Agency, Name: nameOf(m.Agency, s, f), Role: m.Role}
			})}
	})
}

// AreaEntry is an area and who is responsible for it.
type AreaEntry struct {
	Division Division `json:"division"`
	Area     string   `json:"area"`
	Lead     Maybe    `json:"lead" doc:"A post, or the number of an officer; numbers are for officers only."`
	Members  []string `json:"members" doc:"The same."`
	Size     int      `json:"size" doc:"How many are responsible, the lead among them."`
	From     Date     `json:"from"`
}

// AreaEntriesOf answers with the areas and who is responsible for them on the
// day. The public is told posts, and of officers how many.
func AreaEntriesOf(code division.Code, s jurisdiction.State, f For) []AreaEntry {
	hidden := func(who string) bool {
		return f.Reader.Public() && slices.ContainsFunc(s.Officers, func(o rule.Officer) bool { return o.ID == who })
	}
	return listOf(s.AreaTeamsOn(f.AsOf), func(t jurisdiction.AreaTeam) AreaEntry {
		a := AreaEntry{Division: DivisionOn(code, f.AsOf), Area: t.Area, Size: 1 + len(t.Members), From: Date{t.From},
			Members: orEmpty(slices.DeleteFunc(slices.Clone(t.Members), hidden))}
		if !hidden(t.Lead) {
			a.Lead = Maybe(t.Lead)
		}
		return a
	})
}

// ConferenceEntry is a joint conference with what became of its resolutions.
type ConferenceEntry struct {
	Division    Division          `json:"division"`
	Sequence    int               `json:"sequence"`
	On          Date              `json:"on"`
	Agencies    []string          `json:"agencies"`
	Resolutions []ResolutionEntry `json:"resolutions"`
}

// ResolutionEntry is one resolution of a joint conference.
type ResolutionEntry struct {
	Number     int        `json:"number" doc:"In the conference, from 1."`
	Text       string     `json:"text"`
	Agency     Maybe      `json:"agency" doc:"Who carries it out; null where nobody was told to."`
	AgencyName Maybe      `json:"agency_name"`
	Set        Date       `json:"set" doc:"When the agency was told."`
	Due        Date       `json:"due"`
	Done       Date       `json:"done"`
	Late       bool       `json:"late" doc:"Its last day passed before it was carried out."`
	FollowUps  []FollowUp `json:"follow_ups"`
}

// FollowUp is what was found of a resolution.
type FollowUp struct {
	On     Date   `json:"on"`
	Result string `json:"result"`
}

// ConferenceEntriesOf answers with the conferences held by the day, and what was
// known of their resolutions on it.
func ConferenceEntriesOf(code division.Code, s jurisdiction.State, f For) []ConferenceEntry {
	held := slices.DeleteFunc(slices.Clone(s.Conferences), func(c jurisdiction.Conference) bool { return c.On > f.AsOf })
	return listOf(held, func(c jurisdiction.Conference) ConferenceEntry {
		out := ConferenceEntry{Division: DivisionOn(code, f.AsOf), Sequence: c.Sequence, On: Date{c.On}, Agencies: orEmpty(c.Agencies), Resolutions: []ResolutionEntry{}}
		for i, text := range c.Resolutions {
			r, _ := s.Resolution(c.Sequence, i+1)
			out.Resolutions = append(out.Resolutions, resolutionEntry(r, text, s, f))
		}
		return out
	})
}

func resolutionEntry(r jurisdiction.Resolution, text string, s jurisdiction.State, f For) ResolutionEntry {
	by := func(d calendar.Day) bool { return d != 0 && d <= f.AsOf }
	out := ResolutionEntry{Number: r.Number, Text: text, FollowUps: []FollowUp{}}
	if by(r.Set) {
		out.Agency, out.AgencyName = Maybe(r.Agency), Maybe(nameOf(r.Agency, s, f))
		out.Set, out.Due = Date{r.Set}, Date{r.Due}
	}
	if by(r.Done) {
		out.Done = Date{r.Done}
	}
	until := f.AsOf
	if !out.Done.IsZero() {
		until = out.Done.Day
	}
	out.Late = !out.Due.IsZero() && until > out.Due.Day
	for _, u := range r.FollowUp {
		if u.On <= f.AsOf {
			out.FollowUps = append(out.FollowUps, FollowUp{On: Date{u.On}, Result: u.Result})
		}
	}
	return out
}

// ResolutionRow is one resolution with its conference, as files have it. A
// conference without resolutions has one row without a number.
type ResolutionRow struct {
	Division Division `json:"division"`
	Sequence int      `json:"sequence"`
	On       Date     `json:"on"`
	Agencies []string `json:"agencies"`
	ResolutionEntry
}

// ResolutionRowsOf returns every resolution, one a row.
func ResolutionRowsOf(conferences []ConferenceEntry) []ResolutionRow {
	var out []ResolutionRow
	for _, c := range conferences {
		row := ResolutionRow{Division: c.Division, Sequence: c.Sequence, On: c.On, Agencies: c.Agencies}
		for _, r := range c.Resolutions {
			row.ResolutionEntry = r
			out = append(out, row)
		}
		if len(c.Resolutions) == 0 {
			row.FollowUps = []FollowUp{}
			out = append(out, row)
		}
	}
	return out
}

// HotlineEntry is the number of an agency for complaints and reports.
type HotlineEntry struct {
	Division   Division `json:"division"`
	Agency     string   `json:"agency"`
	AgencyName string   `json:"agency_name"`
	Number     string   `json:"number"`
	Hours      string   `json:"hours" doc:"As published; whether somebody answers now is for the reader to see."`
	From       Date     `json:"from"`
}

// HotlineEntriesOf answers with the number of each agency on the day.
func HotlineEntriesOf(code division.Code, s jurisdiction.State, f For) []HotlineEntry {
	return listOf(s.HotlinesOn(f.AsOf), func(h jurisdiction.Hotline) HotlineEntry {
		return HotlineEntry{Division: DivisionOn(code, f.AsOf), Agency: h.Agency, AgencyName: nameOf(h.Agency, s, f), Number: h.Number, Hours: h.Hours, From: Date{h.From}}
	})
}

// DocumentEntry is a document and whether it is in force.
type DocumentEntry struct {
	Division Division            `json:"division"`
	DocNo    Maybe               `json:"doc_no" doc:"Null: a draft without a number."`
	Title    string              `json:"title"`
	Issuer   string              `json:"issuer"`
	Status   term.DocumentStatus `json:"status"`
	From     Date                `json:"from" doc:"Since when it has the status."`
}

// DocumentEntriesOf answers with the documents as they stand on the day.
func DocumentEntriesOf(code division.Code, s jurisdiction.State, f For) []DocumentEntry {
	return listOf(s.DocumentsOn(f.AsOf), func(d jurisdiction.Document) DocumentEntry {
		return DocumentEntry{Division: DivisionOn(code, f.AsOf), DocNo: Maybe(d.DocNo), Title: d.Title, Issuer: d.Issuer, Status: d.Status, From: Date{d.From}}
	})
}

// TrainingEntry is a training, or several about one topic.
type TrainingEntry struct {
	Division     Division           `json:"division"`
	On           Date               `json:"on"`
	Topic        string             `json:"topic"`
	Occasions    TrainingCount      `json:"occasions"`
	Attendees    *TrainingCount     `json:"attendees" doc:"Null where nobody counted them."`
	Institutions []NamedInstitution `json:"institutions" doc:"Those of the trained that are known."`
}

// TrainingCount is a number with its unit.
type TrainingCount struct {
	N         int            `json:"n"`
	Unit      term.Unit      `json:"unit"`
	Precision term.Precision `json:"precision"`
}

// TrainingEntriesOf answers with the trainings held by the day. named are the
// institutions by stream.
func TrainingEntriesOf(code division.Code, s jurisdiction.State, named map[string]*NamedInstitution, f For) []TrainingEntry {
	held := slices.DeleteFunc(slices.Clone(s.Trainings), func(t jurisdiction.Training) bool { return t.On > f.AsOf })
	return listOf(held, func(t jurisdiction.Training) TrainingEntry {
		out := TrainingEntry{Division: DivisionOn(code, f.AsOf), On: Date{t.On}, Topic: t.Topic, Occasions: TrainingCount(t.Occasions.Filled()), Institutions: []NamedInstitution{}}
		if t.Attendees != nil {
			n := TrainingCount(t.Attendees.Filled())
			out.Attendees = &n
		}
		for _, stream := range t.Institutions {
			if i := named[stream]; i != nil {
				out.Institutions = append(out.Institutions, *i)
			}
		}
		return out
	})
}

// NoticeEntry is a letter or a notice to an audience.
type NoticeEntry struct {
	Division Division            `json:"division"`
	On       Date                `json:"on"`
	Audience term.NoticeAudience `json:"audience"`
	Title    string              `json:"title"`
	Media    []string            `json:"media"`
}

// NoticeEntriesOf answers with the notices published by the day.
func NoticeEntriesOf(code division.Code, s jurisdiction.State, f For) []NoticeEntry {
	published := slices.DeleteFunc(slices.Clone(s.Notices), func(n jurisdiction.Notice) bool { return n.On > f.AsOf })
	return listOf(published, func(n jurisdiction.Notice) NoticeEntry {
		return NoticeEntry{Division: DivisionOn(code, f.AsOf), On: Date{n.On}, Audience: n.Audience, Title: n.Title, Media: orEmpty(n.Media)}
	})
}

// listOf makes an entry of every value of a list, never null.
func listOf[T, R any](list []T, f func(T) R) []R {
	out := make([]R, len(list))
	for i, v := range list {
		out[i] = f(v)
	}
	return out
}

// SightEntry says who may read facts of one visibility.
type SightEntry struct {
	Visibility domain.Visibility `json:"visibility"`
	Title      string            `json:"title"`
	Relations  []SightRelation   `json:"relations" doc:"Any of them is enough; none: nobody reads it without a stated reason."`
	MayRead    bool              `json:"may_read" doc:"Whether the reader may, whoever recorded the fact."`
	MayReadOwn bool              `json:"may_read_own" doc:"Whether the reader may, where its own agency recorded the fact."`
}

// SightRelation is how a reader has to stand to a fact.
type SightRelation struct {
	Relation authority.Relation `json:"relation"`
	Label    string             `json:"label"`
}

// Sight is the table of what may be read in a division, and by the reader.
type Sight struct {
	Division Maybe        `json:"division"`
	Agency   Maybe        `json:"agency" doc:"The reader's; null for the public."`
	Role     Maybe        `json:"role"`
	Items    []SightEntry `json:"items"`
}

// SightEntryOf answers for one visibility of the facts of a division.
func SightEntryOf(line authority.Sight, in division.Code, f For) SightEntry {
	sees := func(agency string) bool {
		return f.Reader.Sees(domain.Meta{Visibility: line.Visibility, Division: string(in), Actor: domain.Actor{Agency: agency}})
	}
	return SightEntry{
		Visibility: line.Visibility, Title: f.say(line.Title), MayRead: sees(""), MayReadOwn: sees(f.Reader.Agency),
		Relations: listOf(line.Readers, func(r authority.Relation) SightRelation {
			return SightRelation{Relation: r, Label: f.say(authority.Relations[r])}
		}),
	}
}
