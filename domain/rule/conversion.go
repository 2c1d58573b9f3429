package rule

import (
	"slices"

	"minglu/domain"
	"minglu/domain/term"
)

// Conversion closes the old licence and opens the new one in one fact, under
// another class, category or audience.
var Conversion = domain.Rule{
	ID: "conversion", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "转型须重新审批", EN: "Conversion is a new approval"},
	Citation: "民办教育促进法 第五十五条",
}

// NonProfit is the change of registration from for-profit to non-profit; the
// licence is kept, and the institution stays in the cohort of the rate.
var NonProfit = domain.Rule{
	ID: "non-profit", Version: 1, Mark: domain.Seen,
	Title:    domain.Text{ZH: "营转非", EN: "Turning non-profit"},
	Citation: "中办发〔2021〕40号：现有学科类培训机构统一登记为非营利性机构",
}

// Scope is what a licence is for.
type Scope struct {
	Class      term.Class      `json:"class"`
	Categories []term.Category `json:"categories,omitempty"`
	Audiences  []term.Audience `json:"audiences"`
}

// Same reports whether two scopes are the same, whatever the order.
func (s Scope) Same(o Scope) bool {
	return s.Class == o.Class && sameSet(s.Categories, o.Categories) && sameSet(s.Audiences, o.Audiences)
}

// Converts refuses a conversion that changes nothing.
func Converts(from, to Scope) error {
	if !from.Same(to) {
		return nil
	}
	return domain.Refuse(domain.Conflict, Conversion, domain.Say(
		"转型前后的类别、非学科类别和培训对象完全相同，不是转型", "class, categories and audiences are the same before and after: nothing is converted"),
		domain.Field{Pointer: "/body/to", Code: "unchanged", Message: domain.Say("至少一项应当改变", "one of them must change")})
}

func sameSet[T ~string](a, b []T) bool {
	in := func(x []T) func(T) bool { return func(v T) bool { return !slices.Contains(x, v) } }
	return !slices.ContainsFunc(a, in(b)) && !slices.ContainsFunc(b, in(a))
}
