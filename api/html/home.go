package html

import (
	"net/url"

	"minglu/api/answer"
	"minglu/domain/term"
)

// Home is the first page: one search, the numbers, the lists, the rates.
type Home struct {
	Frame
	Ask    Ask
	Counts []Count
	Total  int
	Lists  []ListCard
	Rates  []DivisionRate
	// More is the number of divisions with decisions that are not among Rates.
	More     int
	MoreHref string
}

// Ask is a search field.
type Ask struct {
	Action string
	Query  string
	Kept   []Param
	Large  bool
}

// ListCard leads to a list.
type ListCard struct {
	Standing term.Standing
	Name     string
	Href     string
	Number   int
	Meaning  string
}

func (Home) template() string { return "home" }

// listWords say what it means to be on a list.
var listWords = map[term.Standing]string{
	term.StandingWhite:        "主管部门决定列入，符合当地条件。证照齐全不等于在白名单。",
	term.StandingWatch:        "正在核查或整改，期间既不在白名单也不在黑名单，不等于违法。",
	term.StandingBlack:        "经告知、陈述申辩和决定程序列入，在公示期内。",
	term.StandingDeregistered: "许可已注销、登记已终止，不能再招生收费。仍可查到它的历史。",
}

// ratesOnHome bounds how many divisions the first page tells of.
const ratesOnHome = 20

func (s *site) home(v *visit) (page, error) {
	p := &Home{
		Frame: s.frame(v, s.Site.Name, "", nil),
		Ask:   Ask{Action: "/search", Large: true, Kept: params(v.moment.chosen())},
	}
	p.Searches = true
	by, total, err := s.count(v, "")
	if err != nil {
		return nil, err
	}
	p.Total = total
	p.Counts = countsOf(answer.CountsOf(by, total), func(st term.Standing) string { return standingHref(v, st, "") })
	for _, st := range []term.Standing{term.StandingWhite, term.StandingWatch, term.StandingBlack} {
		p.Lists = append(p.Lists, ListCard{st, listName(st), standingHref(v, st, ""), by[st], listWords[st]})
	}
	codes, err := s.decided(v, "")
	if err != nil {
		return nil, err
	}
	if p.Rates, err = s.divisionRates(v, codes[:min(len(codes), ratesOnHome)]); err != nil {
		return nil, err
	}
	p.More, p.MoreHref = len(codes)-len(p.Rates), v.link("/regions")
	p.file("", "/institutions", nil, "json", "csv", "xlsx")
	return p, nil
}

// standingHref is the address of those of a standing: its list, or the search
// where no list is kept of it.
func standingHref(v *visit, st term.Standing, division string) string {
	if st == term.StandingUnlisted {
		return v.link("/search", "standing", string(st), "division", division)
	}
	return v.link("/lists/"+string(st), "division", division)
}

// listName is what a list is called.
func listName(st term.Standing) string {
	if st == term.StandingWatch {
		return "整改（预警）名单"
	}
	if st == term.StandingDeregistered {
		return "已注销机构"
	}
	return st.Label().ZH
}

// params writes the parameters of an address as hidden fields, in order.
func params(q url.Values) []Param {
	var out []Param
	for _, name := range sortedKeys(q) {
		out = append(out, Param{name, q.Get(name)})
	}
	return out
}
