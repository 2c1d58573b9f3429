package term

import (
	"slices"
	"strings"

	"minglu/domain"
)

// A List is one closed list of codes.
type List struct {
	Name  string
	Title domain.Text
	Items []Item
}

// Item is one code with its label.
type Item struct {
	Code  string
	Label domain.Text
}

// Lists are all closed lists, in the order in which they are shown.
var Lists []*List

func list(name, zh, en string, items ...string) *List {
	l := &List{Name: name, Title: domain.Text{ZH: zh, EN: en}}
	for i := 0; i < len(items); i += 3 {
		l.Items = append(l.Items, Item{Code: items[i], Label: domain.Text{ZH: items[i+1], EN: items[i+2]}})
	}
	Lists = append(Lists, l)
	return l
}

// Has reports whether code is in the list.
func (l *List) Has(code string) bool {
	return slices.ContainsFunc(l.Items, func(i Item) bool { return i.Code == code })
}

// Label returns the label of a code, or the code itself where it is unknown.
func (l *List) Label(code string) domain.Text {
	for _, i := range l.Items {
		if i.Code == code {
			return i.Label
		}
	}
	return domain.Text{ZH: code, EN: code}
}

// Codes returns the codes in order.
func (l *List) Codes() []string {
	out := make([]string, len(l.Items))
	for i := range l.Items {
		out[i] = l.Items[i].Code
	}
	return out
}

// ByLabel returns the code with that Chinese label, as ledgers write it.
func (l *List) ByLabel(zh string) (string, bool) {
	for _, i := range l.Items {
		if i.Label.ZH == zh {
			return i.Code, true
		}
	}
	return "", false
}

// Of returns the list of that name, or nil.
func Of(name string) *List {
	for _, l := range Lists {
		if l.Name == name {
			return l
		}
	}
	return nil
}

func read[T ~string](dst *T, b []byte, l *List) error {
	if !l.Has(string(b)) {
		return domain.BadField("", "unknown_code", domain.Say(
			"“%s”不在%s的代码表中，可用：%s", "%q is no code of %[4]s; one of: %[3]s",
			string(b), l.Title.ZH, strings.Join(l.Codes(), "、"), l.Title.EN))
	}
	*dst = T(b)
	return nil
}
