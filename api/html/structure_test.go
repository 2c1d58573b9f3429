package html_test

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// void are the elements without an end tag.
var void = []string{"meta", "link", "input", "br", "img", "hr", "path", "circle", "rect"}

// blocks may not stand in a paragraph.
var blocks = []string{"p", "div", "ul", "ol", "dl", "table", "form", "section", "nav", "main", "header", "footer", "h1", "h2", "h3", "details"}

// nested returns what is wrong with how the tags of a page are nested. Parsers
// of browsers mend such faults, each in its way.
func nested(page string) (faults []string) {
	z := html.NewTokenizer(strings.NewReader(page))
	var open []string
	for {
		switch z.Next() {
		case html.ErrorToken:
			if len(open) > 0 {
				faults = append(faults, fmt.Sprintf("not closed: %v", open))
			}
			return faults
		case html.StartTagToken:
			name, _ := z.TagName()
			tag := string(name)
			if slices.Contains(blocks, tag) && slices.Contains(open, "p") {
				faults = append(faults, "<"+tag+"> in a paragraph")
			}
			if tag == "a" && slices.Contains(open, "a") {
				faults = append(faults, "a link in a link")
			}
			if !slices.Contains(void, tag) {
				open = append(open, tag)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if n := len(open); n == 0 || open[n-1] != string(name) {
				return append(faults, fmt.Sprintf("</%s> closes %v", name, open))
			}
			open = open[:len(open)-1]
		}
	}
}

// checked fails where the page is not built as every page must be.
func (a answer) checked(target string) {
	a.t.Helper()
	fault := func(format string, args ...any) {
		a.t.Helper()
		a.t.Errorf("%s: %s", target, fmt.Sprintf(format, args...))
	}
	if n := len(a.body); n > 100_000 {
		fault("got %d bytes, want 100 KB at most", n)
	}
	for _, f := range nested(a.body) {
		fault("%s", f)
	}
	for name, want := range map[string]int{"html": 1, "title": 1, "h1": 1, "main": 1, "header": 1, "footer": 1, "script": 0, "style": 0, "iframe": 0} {
		if n := len(a.all(name)); n != want {
			fault("got %d times <%s>, want %d", n, name, want)
		}
	}
	if lang := attr(a.all("html")[0], "lang"); lang != "zh-CN" {
		fault("got the language %q, want zh-CN", lang)
	}
	a.headings(fault)
	a.labels(fault)
	a.tables(fault)
	a.harmless(fault)
	if !strings.Contains(a.body, `<a class="skip" href="#main">`) {
		fault("got no skip link")
	}
	if !strings.Contains(a.text(), "截至") || !strings.Contains(a.text(), "序号") {
		fault("got no day or no position")
	}
}

// headings begin with the first level and leave none out.
func (a answer) headings(fault func(string, ...any)) {
	level := 0
	a.each(func(n *html.Node) {
		if len(n.Data) != 2 || n.Data[0] != 'h' || n.Data[1] < '1' || n.Data[1] > '6' {
			return
		}
		next := int(n.Data[1] - '0')
		if next > level+1 {
			fault("got <%s> after a heading of level %d", n.Data, level)
		}
		if strings.TrimSpace(textOf(n)) == "" {
			fault("got an empty heading")
		}
		level = next
	})
}

// labels: every field has one, ids are unique, and what refers to an id finds
// it.
func (a answer) labels(fault func(string, ...any)) {
	ids, labelled := map[string]bool{}, map[string]bool{}
	a.each(func(n *html.Node) {
		if id := attr(n, "id"); id != "" {
			if ids[id] {
				fault("got the id %s twice", id)
			}
			ids[id] = true
		}
		if n.Data == "label" {
			labelled[attr(n, "for")] = true
		}
	})
	a.each(func(n *html.Node) {
		switch n.Data {
		case "input", "select", "textarea":
			if attr(n, "type") != "hidden" && !labelled[attr(n, "id")] {
				fault("got a field %s without a label", attr(n, "name"))
			}
		case "a", "button", "summary":
			if strings.TrimSpace(textOf(n)) == "" {
				fault("got a <%s> without words", n.Data)
			}
		case "nav", "section":
			if attr(n, "aria-label") == "" {
				fault("got a <%s> without a name", n.Data)
			}
		case "svg":
			if attr(n, "aria-hidden") != "true" {
				fault("got a picture that is neither hidden nor told")
			}
		}
		for _, ref := range []string{"for", "aria-describedby"} {
			if id := attr(n, ref); id != "" && !ids[id] {
				fault("got %s=%s, which is nowhere", ref, id)
			}
		}
		if href := attr(n, "href"); strings.HasPrefix(href, "#") && !ids[href[1:]] {
			fault("got the link %s, which leads nowhere", href)
		}
	})
}

// tables have a caption and say which of their cells are heads of what.
func (a answer) tables(fault func(string, ...any)) {
	for _, t := range a.all("table") {
		captions, heads := 0, 0
		var walk func(n *html.Node)
		walk = func(n *html.Node) {
			switch n.Data {
			case "caption":
				captions++
			case "th":
				heads++
				if s := attr(n, "scope"); s != "col" && s != "row" {
					fault("got a <th> without scope")
				}
			}
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				walk(c)
			}
		}
		walk(t)
		if captions != 1 || heads == 0 {
			fault("got a table with %d captions and %d heads", captions, heads)
		}
	}
}

// harmless: nothing in the page runs, is styled in place or comes from
// elsewhere.
func (a answer) harmless(fault func(string, ...any)) {
	a.each(func(n *html.Node) {
		for _, x := range n.Attr {
			switch {
			case x.Key == "style" || strings.HasPrefix(x.Key, "on"):
				fault("got the attribute %s", x.Key)
			case (x.Key == "href" || x.Key == "src" || x.Key == "action") && !strings.HasPrefix(x.Val, "/") && !strings.HasPrefix(x.Val, "#"):
				fault("got %s=%q, want an address of the register", x.Key, x.Val)
			case (x.Key == "href" || x.Key == "src" || x.Key == "action") && strings.HasPrefix(x.Val, "//"):
				fault("got %s=%q on another host", x.Key, x.Val)
			}
		}
	})
}
