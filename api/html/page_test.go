package html_test

import (
	"strings"

	"golang.org/x/net/html"
)

// text is what a reader reads: tags taken away, blanks joined.
func (a answer) text() string {
	a.t.Helper()
	return strings.Join(strings.Fields(textOf(a.tree)), " ")
}

func textOf(n *html.Node) string {
	switch {
	case n.Type == html.TextNode:
		return n.Data
	case n.Type == html.ElementNode && (n.Data == "head" || n.Data == "script" || n.Data == "style"):
		return ""
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(textOf(c))
	}
	if n.Type == html.ElementNode && breaks[n.Data] {
		b.WriteString("\n")
	}
	return b.String()
}

// breaks are the elements behind which a new line begins.
var breaks = map[string]bool{
	"p": true, "li": true, "td": true, "th": true, "tr": true, "h1": true, "h2": true, "h3": true, "dt": true, "dd": true, "div": true,
	"caption": true, "summary": true, "label": true, "option": true, "button": true, "section": true, "br": true,
}

// each calls f for every element of the page, in order.
func (a answer) each(f func(n *html.Node)) {
	a.t.Helper()
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.ElementNode {
			f(n)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(a.tree)
}

// all returns the elements of that name.
func (a answer) all(name string) (out []*html.Node) {
	a.t.Helper()
	a.each(func(n *html.Node) {
		if n.Data == name {
			out = append(out, n)
		}
	})
	return out
}

func attr(n *html.Node, name string) string {
	for _, x := range n.Attr {
		if x.Key == name {
			return x.Val
		}
	}
	return ""
}
