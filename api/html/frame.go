package html

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"minglu/domain/calendar"
)

// page is what a template is given. Its first embedded member is a Frame.
type page interface {
	frame() *Frame
	// template names the template that shows the page.
	template() string
}

// Frame is what every page has in common.
type Frame struct {
	Title   string // of the document, without the name of the site
	Crumbs  []Link // from the first page down to, and without, this one
	Section string // entrance of the menu to which the page belongs
	Moment  Moment
	// Path is the address of the page without parameters, Kept the parameters
	// that the form for another day keeps.
	Path string
	Kept []Param
	// Present is the address of the page as of today; empty where it is about
	// today already.
	Present string
	// Permanent is the address that shows this very state later too.
	Permanent string
	// Files are the same data in other forms.
	Files []Link
	// Searches tells that the page has a search of its own, so that the head
	// needs none.
	Searches bool

	Site  Site
	Demo  bool
	Style string
	Icon  string

	status int
	// unkept tells that nobody may keep the page.
	unkept bool
}

func (f *Frame) frame() *Frame { return f }

// Link is a text that leads somewhere.
type Link struct{ Text, Href string }

// Param is one parameter of an address.
type Param struct{ Name, Value string }

// Entrances are the entries of the menu.
func (f *Frame) Entrances() []Entrance {
	out := []Entrance{
		{"查机构", "/search", "search"}, {"白名单", "/lists/white", "white"}, {"整改中", "/lists/watch", "watch"},
		{"黑名单", "/lists/black", "black"}, {"各地情况", "/regions", "regions"},
	}
	for i := range out {
		out[i].Href = address(out[i].Href, f.Moment.chosen())
	}
	return out
}

// Entrance is one entry of the menu.
type Entrance struct{ Text, Href, Section string }

// Home is the address of the first page.
func (f *Frame) Home() string { return address("/", f.Moment.chosen()) }

// frame makes the common part of a page. kept are the parameters that belong to
// what the page shows, such as a filter; api is the address of the same data
// without its suffix, or empty, and forms the suffixes there are.
func (s *site) frame(v *visit, title, section string, kept url.Values) Frame {
	f := Frame{
		Title: title, Section: section, Moment: v.moment, Path: v.URL.EscapedPath(),
		Site: s.Site, Demo: s.Demo, Style: stylePath, Icon: iconPath, status: 200,
	}
	for _, name := range sortedKeys(kept) {
		f.Kept = append(f.Kept, Param{name, kept.Get(name)})
	}
	if v.moment.ChosenDay || v.moment.ChosenSeq {
		f.Present = address(f.Path, kept)
	}
	f.Permanent = address(f.Path, kept, v.moment.pinned())
	return f
}

// file offers the data of a page in other forms, at the same day and position
// and with the same filter. what names the data where the page has several.
func (f *Frame) file(what, path string, params url.Values, forms ...string) {
	for _, form := range forms {
		q := f.Moment.pinned()
		for _, name := range sortedKeys(params) {
			q.Set(name, params.Get(name))
		}
		if form == "csv" || form == "xlsx" {
			q.Set("labels", "zh")
		}
		f.Files = append(f.Files, Link{strings.TrimSpace(what + " " + formNames[form]), address(apiRoot+path+"."+form, q)})
	}
}

const apiRoot = "/api/v1"

var formNames = map[string]string{
	"json": "JSON", "csv": "CSV", "xlsx": "Excel（XLSX）", "ndjson": "NDJSON",
}

func sortedKeys(q url.Values) []string {
	var out []string
	for name := range q {
		if q.Get(name) != "" {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

func seqText(n uint64) string { return strconv.FormatUint(n, 10) }

// dayText writes a day as text does: 2026年11月2日.
func dayText(d calendar.Day) string {
	if d == 0 {
		return ""
	}
	return strconv.Itoa(d.Year()) + "年" + strconv.Itoa(int(d.Month())) + "月" + strconv.Itoa(d.Day()) + "日"
}
