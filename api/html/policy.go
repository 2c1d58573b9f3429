package html

import (
	"strings"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/jurisdiction"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// localValue is a value that a division adopted.
type localValue struct {
	text   string
	origin string
}

// localValues returns what a division adopted by a day, the latest of each
// parameter; by names the division where it is one above.
func localValues(s jurisdiction.State, on calendar.Day, by string) map[string]localValue {
	from := map[string]calendar.Day{}
	out := map[string]localValue{}
	for _, p := range s.Policies {
		if p.From > on {
			continue
		}
		for key, text := range p.Parameters {
			if p.From < from[key] {
				continue
			}
			from[key] = p.From
			origin := "本地规定"
			if by != "" {
				origin = by + "规定"
			}
			if p.Document != "" {
				origin += "，" + p.Document
			}
			out[key] = localValue{text, origin + "，自" + dayText(p.From) + "起"}
		}
	}
	return out
}

// markWords say how sure the register is of a default.
var markWords = map[domain.Mark]string{
	domain.Law: "法律法规原文", domain.Seen: "见于公开文件", domain.Printed: "见于来源文件", domain.Design: "本系统设定", domain.Unverified: "待核实",
}

// PolicyRow is a parameter with the value in force.
type PolicyRow struct {
	Title, Value string
	Origin       string // by whom or on what ground the value is what it is
	Unverified   bool
	Note         string
}

// policyRows returns every parameter with the value in force on a day: the
// division's own, else that of the nearest above, else the default.
func policyRows(own jurisdiction.State, above []answer.Above, on calendar.Day) []PolicyRow {
	values := localValues(own, on, "")
	for _, a := range above {
		for key, value := range localValues(a.State, on, placeName(a.Code, on)) {
			if _, nearer := values[key]; !nearer {
				values[key] = value
			}
		}
	}
	var out []PolicyRow
	for _, p := range rule.Parameters {
		row := PolicyRow{Title: p.Title.ZH, Value: valueWords(p, p.Default), Origin: markWords[p.Mark], Unverified: p.Mark == domain.Unverified, Note: p.Note}
		if v, ok := values[p.Key]; ok {
			row.Value, row.Origin, row.Unverified, row.Note = valueWords(p, v.text), v.origin, false, ""
		}
		out = append(out, row)
	}
	return out
}

// choiceWords are the words for choices that no list of codes has.
var choiceWords = map[string]string{"watch": "列入整改", "black_procedure": "启动列入黑名单程序"}

// valueWords writes the value of a parameter as people read it.
func valueWords(p rule.Parameter, text string) string {
	switch p.Type {
	case rule.Boolean:
		if text == "true" {
			return "是"
		}
		return "否"
	case rule.Months:
		shortest, longest, _ := strings.Cut(text, "-")
		return shortest + " 至 " + longest + " 个月"
	case rule.Choice, rule.Choices:
		parts := strings.Split(text, ",")
		for i, c := range parts {
			switch {
			case term.Methods.Has(c):
				parts[i] = term.Methods.Label(c).ZH
			case term.LicenceKinds.Has(c):
				parts[i] = term.LicenceKinds.Label(c).ZH
			case choiceWords[c] != "":
				parts[i] = choiceWords[c]
			}
		}
		return strings.Join(parts, "、")
	}
	return text
}
