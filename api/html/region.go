package html

import (
	"strings"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/division"
	"minglu/domain/jurisdiction"
	"minglu/domain/term"
	"minglu/register"
)

// Region is the page of one division.
type Region struct {
	Frame
	D       answer.DivisionSummary
	Name    string
	Note    string // what is particular about the code
	Counts  []Count
	Below   []PlaceRow
	Rates   []Rate
	Members *Members // behind the rates; nil where there is no baseline
	Stops   []Stop
	Meets   []Meeting
	Batches []BatchRow
	Policy  []PolicyRow
}

// Members are those of a baseline, with how many are in which state.
type Members struct {
	Usual  Rate // by the usual method
	States []StateCount
	Rows   []MemberRow
	Pages  pages
}

// StateCount is the number of members in a state.
type StateCount struct {
	Word    string
	Number  int
	Reduced bool // the usual method counts it as reduced
}

// MemberRow is a member of a baseline, or one licensed since.
type MemberRow struct {
	answer.ReductionMember
	Href string
}

// Stop is a moratorium with its words.
type Stop struct {
	answer.Moratorium
	Scope string
	By    string // division above that imposed it; empty: its own
	State string
}

// Meeting is a joint conference.
type Meeting struct {
	answer.Conference
	Who string
}

// BatchRow is a published batch of a list.
type BatchRow struct {
	answer.Batch
	Where string // media, in words
}

func (Region) template() string { return "region" }

const membersOnPage = 100

func (s *site) region(v *visit) (page, error) {
	code, err := s.divisionOf(v)
	if err != nil {
		return nil, err
	}
	own, above, d, err := s.division(v, code)
	if err != nil {
		return nil, err
	}
	name := placeName(code, v.moment.AsOf)
	p := &Region{Frame: s.frame(v, name+"的培训机构", "regions", nil), D: d, Name: name, Note: codeNote(code, v.moment)}
	p.crumbs(v, code)
	p.Counts = countsOf(d.Counts, func(st term.Standing) string { return standingHref(v, st, string(code)) })
	if p.Below, err = s.placeRows(v, division.Children(code)); err != nil {
		return nil, err
	}
	if err := s.rates(v, code, p); err != nil {
		return nil, err
	}
	p.decisions(code)
	p.Policy = policyRows(own, above, v.moment.AsOf)
	filter := map[string][]string{"division": {string(code)}}
	p.file("机构名单", "/institutions", filter, "json", "csv", "xlsx")
	p.file("辖区决定", "/divisions/"+string(code), nil, "json")
	p.file("压减率", "/reduction", filter, "json")
	if p.Members != nil {
		p.file("基数成员", "/reduction/members", filter, "csv")
	}
	return p, nil
}

func (p *Region) crumbs(v *visit, code division.Code) {
	p.Crumbs = []Link{{"首页", v.link("/")}, {"各地情况", v.link("/regions")}}
	for _, a := range above(code) {
		p.Crumbs = append(p.Crumbs, Link{shortName(a), v.link("/regions/" + string(a))})
	}
}

// divisionOf reads the code of the address. A code that the table lacks is a
// division all the same where the register has something of it.
func (s *site) divisionOf(v *visit) (division.Code, error) {
	unknown := domain.Fault(domain.NotFound, domain.Say("没有这个地区；区划代码应为六位数字，例如 530427", "there is no such division"))
	code, err := division.Parse(v.PathValue("code"))
	if err != nil {
		return "", unknown
	}
	if division.Resolve(code, 0).Status != division.Unknown {
		return code, nil
	}
	_, total, err := s.Views.Count(string(code), v.moment.AsOf, v.moment.AtSeq)
	if err != nil {
		return "", err
	}
	_, facts, err := s.Views.Jurisdiction(code, v.moment.AtSeq)
	if err == nil && total == 0 && facts == 0 {
		err = unknown
	}
	return code, err
}

// division answers for a division: its own decisions, those above it, and all
// together.
func (s *site) division(v *visit, code division.Code) (own jurisdiction.State, above []answer.Above, d answer.DivisionSummary, err error) {
	own, version, err := s.Views.Jurisdiction(code, v.moment.AtSeq)
	if err != nil {
		return own, nil, d, err
	}
	for _, parent := range division.Parents(code) {
		st, _, err := s.Views.Jurisdiction(parent, v.moment.AtSeq)
		if err != nil {
			return own, nil, d, err
		}
		above = append(above, answer.Above{Code: parent, State: st})
	}
	by, total, err := s.count(v, string(code))
	if err != nil {
		return own, nil, d, err
	}
	id := streamID(register.JurisdictionStream(code))
	return own, above, answer.DivisionOf(code, id, own, above, version, answer.CountsOf(by, total), v.forPublic()), nil
}

// codeNote says what is particular about a code at a moment.
func codeNote(code division.Code, m Moment) string {
	r := division.Resolve(code, m.AsOf)
	switch r.Status {
	case division.Unknown:
		return "区划代码表（截至 " + division.TableVersion + "）里没有这个代码，不等于代码有误。"
	case division.NotYetValid:
		return "这一天还没有启用这个代码。"
	case division.Retired:
		note := "这个代码已于" + dayText(r.Division.ValidTo) + "停用。"
		if next := r.Division.Successor; next != "" {
			note += "后续代码是 " + string(next) + "（" + placeName(next, m.AsOf) + "）。"
		}
		return note
	}
	return ""
}

// rates adds the rates by every method and who is behind them.
func (s *site) rates(v *visit, code division.Code, p *Region) error {
	c, err := s.cohort(v, code)
	if err != nil {
		return err
	}
	p.Rates = ratesOf(c, code, v.forPublic())
	if !c.Frozen {
		return nil
	}
	n, err := v.pageNumber()
	if err != nil {
		return err
	}
	p.Members = &Members{Usual: p.Rates[0]}
	for _, code := range term.CohortStates.Codes() {
		state := term.CohortState(code)
		p.Members.States = append(p.Members.States, StateCount{state.Label().ZH, c.States[state], answer.Reduces(term.Ministry, state)})
	}
	all := behind(c)
	p.Members.Pages = v.pages(p.Path, nil, n, membersOnPage, len(all))
	p.Members.Rows, err = s.memberRows(v, part(all, n, membersOnPage))
	return err
}

// decisions adds words to what the division and those above it decided.
func (p *Region) decisions(code division.Code) {
	for _, m := range p.D.Moratoria {
		st := Stop{Moratorium: m, Scope: stopScope(m), State: "执行中"}
		if m.Division != code {
			st.By = placeName(m.Division, p.D.AsOf.Day)
		}
		switch {
		case p.D.AsOf.Day < m.From.Day:
			st.State = "尚未生效"
		case !m.InForce:
			st.State = "已恢复审批"
		}
		p.Stops = append(p.Stops, st)
	}
	for _, m := range p.D.Conferences {
		p.Meets = append(p.Meets, Meeting{m, agencyNames(m.Agencies, code)})
	}
	for _, b := range p.D.Batches {
		p.Batches = append(p.Batches, BatchRow{b, strings.Join(b.Media, "、")})
	}
}

func stopScope(m answer.Moratorium) string {
	class := "各类"
	if m.Class != "" {
		class = m.Class.Label().ZH
	}
	return class + "，面向" + words(m.Audiences)
}
