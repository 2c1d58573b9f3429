package answer

import (
	"strings"

	"minglu/domain"
	"minglu/domain/listing"
	"minglu/domain/term"
)

// labelled is a code with its words.
type labelled interface{ Label() domain.Text }

// labels joins the words for codes.
func labels[T labelled](codes []T) domain.Text {
	zh, en := make([]string, len(codes)), make([]string, len(codes))
	for i, c := range codes {
		t := c.Label()
		zh[i], en[i] = t.ZH, t.EN
	}
	return domain.Text{ZH: strings.Join(zh, "、"), EN: strings.Join(en, ", ")}
}

// scopeWords writes what is taught to whom.
func scopeWords(class term.Class, categories []term.Category, audiences []term.Audience) domain.Text {
	t := class.Label()
	if class == "" {
		t = domain.Text{ZH: "各类别", EN: "any class"}
	}
	if len(categories) > 0 {
		l := labels(categories)
		t.ZH += "（" + l.ZH + "）"
		t.EN += " (" + l.EN + ")"
	}
	if len(audiences) > 0 {
		l := labels(audiences)
		t.ZH += "，面向" + l.ZH
		t.EN += " for " + l.EN
	}
	return t
}

// groundsText writes the grounds of a black listing.
func groundsText(gs []listing.Ground, f For) string {
	return f.say(grounds(gs))
}

func grounds(gs []listing.Ground) domain.Text {
	var t domain.Text
	for i, g := range gs {
		if i > 0 {
			t.ZH += "；"
			t.EN += "; "
		}
		l := g.Code.Label()
		t.ZH += l.ZH
		t.EN += l.EN
		if g.Facts != "" {
			t.ZH += "：" + g.Facts
			t.EN += ": " + g.Facts
		}
	}
	return t
}

func lawsOf(gs []listing.Ground) string {
	laws := make([]string, 0, len(gs))
	for _, g := range gs {
		if g.Law != "" {
			laws = append(laws, g.Law)
		}
	}
	return strings.Join(laws, "；")
}
