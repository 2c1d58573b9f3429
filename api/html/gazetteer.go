package html

import (
	"slices"
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/division"
)

// gazetteer finds divisions by name, so that nobody needs to know a code.
type gazetteer struct {
	places []place
}

type place struct {
	code division.Code
	name string // own name, newest
}

// newGazetteer reads the names of all divisions.
func newGazetteer() *gazetteer {
	g := &gazetteer{}
	var add func(codes []division.Code)
	add = func(codes []division.Code) {
		for _, c := range codes {
			if d := division.Resolve(c, 0).Division; !d.Grouping && !d.Statistical {
				g.places = append(g.places, place{c, d.Name})
			}
			add(division.Children(c))
		}
	}
	add(division.Provinces())
	return g
}

// find returns the divisions whose own or full name begins with text, in order
// of code. One with exactly that name comes alone.
func (g *gazetteer) find(text string) []division.Code {
	var out []division.Code
	for _, p := range g.places {
		if p.name == text {
			return []division.Code{p.code}
		}
		if strings.HasPrefix(p.name, text) || len(text) > len("省") && strings.HasPrefix(division.FullName(p.code, 0), text) && strings.HasSuffix(text, p.name) {
			out = append(out, p.code)
		}
	}
	return out
}

// choose reads a filter by division: a code, the beginning of one, or a name. A
// name that several divisions have is refused with their full names and codes.
func (g *gazetteer) choose(text string) (string, error) {
	text = strings.TrimSpace(text)
	if text == "" || len(text) <= 6 && strings.Trim(text, "0123456789") == "" {
		return text, nil
	}
	found := g.find(text)
	switch {
	case len(found) == 0:
		return "", domain.BadField("/division", "unknown", domain.Say(
			"没有找到名称以“%s”开头的地区，请写全称或六位区划代码", "no division has a name that begins with %q", clip(text)))
	case len(found) > 1:
		var names []string
		for _, c := range found[:min(len(found), 8)] {
			names = append(names, division.FullName(c, 0)+" "+string(c))
		}
		return "", domain.BadField("/division", "several", domain.Say(
			"名称以“%s”开头的地区有 %d 个，请写六位区划代码：%s", "%[2]d divisions have names that begin with %[1]q; give a code: %[3]s",
			clip(text), len(found), strings.Join(names, "，")))
	}
	return string(found[0]), nil
}

// placeName is the full name of a division on a day, or words that say that the
// table lacks it.
func placeName(c division.Code, on calendar.Day) string {
	if name := division.FullName(c, on); name != "" {
		return name
	}
	return "区划代码 " + string(c) + "（名称不在表中）"
}

// shortName is a division's own name.
func shortName(c division.Code) string {
	if name := division.Name(c); name != "" {
		return name
	}
	return placeName(c, 0)
}

// filterName says in words which divisions a filter takes.
func filterName(filter string, on calendar.Day) string {
	if len(filter) == 6 {
		return placeName(division.Code(filter), on)
	}
	return "代码以 " + filter + " 开头的地区"
}

// above returns the divisions above a code that are places, farthest first.
func above(c division.Code) []division.Code {
	out := slices.DeleteFunc(division.Parents(c), func(p division.Code) bool { return division.Resolve(p, 0).Division.Grouping })
	slices.Reverse(out)
	return out
}
