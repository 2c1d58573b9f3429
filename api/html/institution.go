package html

import (
	"net/url"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/ident"
	"minglu/domain/term"
	"minglu/projections"
)

// Institution is the page of one institution, person or place.
type Institution struct {
	Frame
	I         answer.Institution
	Name      string
	Place     Link
	TierWord  string
	State     string        // how it operates, in words
	Steps     []string      // none where the day is past
	History   []HistoryLine // newest entries
	Total     int           // of the whole history
	Older     string        // address of the history
	Amended   []HistoryLine // corrections and annulments
	Absent    bool          // on the day it was not in the register yet
	Beginning string        // address on the day it was taken in
}

func (Institution) template() string { return "institution" }

// newestShown is how many entries of the history stand on the page itself.
const newestShown = 5

func (s *site) institution(v *visit) (page, error) {
	i, err := s.subject(v, "")
	if err != nil {
		return nil, err
	}
	f := v.forPublic()
	a, err := s.supervised(v, i)
	if err != nil {
		return nil, err
	}
	p := &Institution{I: a, Name: a.Name, Place: v.placeLink(i.then.Division), Older: v.link("/institutions/" + a.ID + "/history")}
	if !answer.Known(i.then, v.moment.AsOf) {
		p.Absent = true
		f.AsOf = i.then.State.Since
		p.Name = answer.InstitutionOf(i.then, i.now, f).Name
		p.Beginning = address("/institutions/"+a.ID, url.Values{"as_of": {i.then.State.Since.String()}})
	}
	p.Frame = s.frame(v, p.Name+"："+a.Standing.Label().ZH, "search", nil)
	if p.Absent {
		p.Title = p.Name + "：这一天尚未收录"
	}
	p.Crumbs = s.crumbs(v, i)
	if a.Basis != nil && a.Basis.Tier != "" {
		p.TierWord = term.Tier(a.Basis.Tier).Label().ZH
	}
	p.State = stateWord(a)
	if v.moment.AsOf >= v.moment.Today {
		p.Steps = steps(a)
	}
	lines, err := s.lines(v, i)
	if err != nil {
		return nil, err
	}
	p.Total = len(lines)
	p.History = lines[:min(len(lines), newestShown)]
	for _, l := range lines {
		if l.Amends != 0 {
			p.Amended = append(p.Amended, l)
		}
	}
	p.file("", "/institutions/"+a.ID, nil, "json")
	return p, nil
}

// supervised is the answer about an institution with its supervised accounts.
func (s *site) supervised(v *visit, i twice) (a answer.Institution, err error) {
	then, err := s.Views.EscrowsOf(i.then.Stream, v.moment.AtSeq)
	if err != nil {
		return a, err
	}
	now := then
	if v.moment.AtSeq != v.moment.Head {
		if now, err = s.Views.EscrowsOf(i.then.Stream, projections.Now); err != nil {
			return a, err
		}
	}
	return answer.InstitutionOf(i.then, i.now, v.forPublic()).Supervised(i.now, then, now, v.forPublic()), nil
}

func (s *site) crumbs(v *visit, i twice) []Link {
	code := i.then.Division
	return []Link{{"首页", v.link("/")}, {shortName(code), v.link("/regions/" + string(code))}}
}

// subject resolves the id of the address, at the position of the visit. A credit
// code or licence number leads to the institution that has it; rest is the part
// of the address behind the id.
func (s *site) subject(v *visit, rest string) (twice, error) {
	id := v.PathValue("id")
	if !ident.ValidID(id) {
		return twice{}, s.elsewhere(v, id, rest)
	}
	stream, err := s.Views.Stream(id, "institution")
	if err != nil {
		return twice{}, err
	}
	list, err := s.institutions(v, []string{stream})
	switch {
	case err != nil:
		return twice{}, err
	case stream == "":
		return twice{}, domain.Fault(domain.NotFound, domain.Say("名录里没有这个编号", "the register has no such id"))
	case len(list) == 0:
		return twice{}, domain.Fault(domain.NotFound, domain.Say(
			"登记到序号 %d 时，名录还没有收录它", "the register did not know it at position %d", v.moment.AtSeq))
	}
	return list[0], nil
}

// elsewhere sends whoever asks with a credit code or licence number to the
// institution that has it.
func (s *site) elsewhere(v *visit, text, rest string) error {
	claims := map[string]string{"licence": string(ident.NormaliseLicenceNumber(text))}
	if code, _ := ident.ReadUSCC(text); code != "" {
		claims["uscc"] = string(code)
	}
	for kind, value := range claims {
		owner, _, err := s.Log.Owner(v.Context(), kind, value)
		if err != nil {
			return err
		}
		if owner != "" {
			v.elsewhere = address("/institutions/"+streamID(owner)+rest, v.query)
			return errElsewhere
		}
	}
	return domain.Fault(domain.NotFound, domain.Say("名录里没有这个编号、代码或许可证号", "the register has no such id, code or licence number"))
}
