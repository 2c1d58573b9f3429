package rule

import (
	"strconv"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/term"
)

// WhiteEligibility is the advice whether an institution meets the criteria W1
// to W7 on a day. Rules compute eligibility; listing stays a decision.
var WhiteEligibility = domain.Rule{
	ID: "white-eligibility", Version: 1, Mark: domain.Seen,
	Title:    domain.Text{ZH: "白名单条件 W1–W7", EN: "White list criteria W1–W7"},
	Citation: "云南省校外培训黑白名单管理办法（试行）；国办发〔2018〕80号",
}

// Subject is an institution as the list rules see it on one day.
type Subject struct {
	Known        bool // it is registered
	Kind         term.Kind
	Name         string
	Licences     []HeldLicence
	Registered   bool   // a live legal registration
	Form         string // its form
	Inspections  []Inspection
	LicensedFrom calendar.Day // first day of the oldest licence held
	Violations   []string     // what is open, each in a few words
	Platform     string       // enrolment number, or the platform's name
	Escrow       bool
	Terminating  bool
	Stopped      bool
	Class        term.Class
	Categories   []term.Category
	Authority    string // competent agency assigned
}

// HeldLicence is a licence in force on the day.
type HeldLicence struct {
	Number string
	Kind   term.LicenceKind
}

// Inspection is a concluded annual inspection.
type Inspection struct {
	Year        int                   `json:"y,omitzero"`
	Result      term.InspectionResult `json:"r,omitzero"`
	PublishedOn calendar.Day          `json:"p,omitzero"`
}

// Criterion is one line of an eligibility report.
type Criterion struct {
	ID    string      `json:"id"`
	OK    bool        `json:"ok"`
	Title domain.Text `json:"title"`
	Found domain.Text `json:"found"` // what was found
}

// Report is the answer of the eligibility rules.
type Report []Criterion

// Eligible reports whether every criterion holds.
func (r Report) Eligible() bool {
	for _, c := range r {
		if !c.OK {
			return false
		}
	}
	return true
}

// Results returns the report as facts record it: criterion → met.
func (r Report) Results() map[string]bool {
	out := make(map[string]bool, len(r))
	for _, c := range r {
		out[c.ID] = c.OK
	}
	return out
}

// Fields returns the criteria that fail as members of a refusal.
func (r Report) Fields() []domain.Field {
	var out []domain.Field
	for _, c := range r {
		if !c.OK {
			out = append(out, domain.Field{Pointer: "/eligibility/" + c.ID, Code: "not_met",
				Message: domain.Text{ZH: c.Title.ZH + "：" + c.Found.ZH, EN: c.Title.EN + ": " + c.Found.EN}})
		}
	}
	return out
}

// White returns the eligibility report of s on a day. black tells that a black
// listing is in force.
func (l Law) White(s Subject, black bool, on calendar.Day) Report {
	return Report{
		l.licensed(s), registration(s), l.inspected(s, on), unviolated(s),
		l.enrolled(s), neitherBlackNorEnding(s, black), supervised(s),
	}
}

func criterion(id, zh, en string, ok bool, found domain.Text) Criterion {
	return Criterion{ID: id, OK: ok, Title: domain.Text{ZH: zh, EN: en}, Found: found}
}

func (l Law) licensed(s Subject) Criterion {
	ok, found := false, domain.Say("当日没有有效许可", "no licence in force")
	for _, h := range s.Licences {
		if l.Policy.Has("list.accepted_licence_kinds", string(h.Kind)) {
			ok, found = true, domain.Say("许可 %s 有效", "licence %s in force", h.Number)
			break
		}
		found = domain.Say("本地不认可%s", "kind %s is not accepted here", h.Kind.Label().ZH)
	}
	return criterion("W1", "持有本地认可的有效许可", "a valid licence of an accepted kind", ok, found)
}

func registration(s Subject) Criterion {
	found := domain.Say("没有有效的法人登记", "no live legal registration")
	if s.Registered {
		found = domain.Say("登记形式 %s", "registered as %s", s.Form)
	}
	return criterion("W2", "营业执照或民办非企业单位登记有效", "a valid legal registration", s.Registered, found)
}

// inspected looks at the last annual inspection that was due: one whose window
// ended before the day and which began when the institution was licensed
// already.
func (l Law) inspected(s Subject, on calendar.Day) Criterion {
	const zh, en = "最近一次应检年检合格并已公布", "last due annual inspection passed and published"
	due, last, any := l.annual(s, on)
	switch {
	case !any && due == 0:
		return criterion("W3", zh, en, true, domain.Say("尚未到首个检查期", "the first window has not come"))
	case !any || last.Year < due:
		return criterion("W3", zh, en, false, domain.Say("%d 年度未检", "no inspection for %d", due))
	}
	return criterion("W3", zh, en, last.Result == term.Pass,
		domain.Text{ZH: strconv.Itoa(last.Year) + " 年度" + last.Result.Label().ZH, EN: strconv.Itoa(last.Year) + ": " + last.Result.Label().EN})
}

// annual returns the year of the last annual inspection that was due, and the
// newest that is on record; any is false where there is none. Newly approved
// institutions are exempt until their first window.
func (l Law) annual(s Subject, on calendar.Day) (due int, last Inspection, any bool) {
	for _, w := range l.Windows {
		if w.To < on && (w.Class == "" || w.Class == s.Class) && s.LicensedFrom != 0 && s.LicensedFrom < w.From {
			due = max(due, w.Year)
		}
	}
	for _, i := range s.Inspections {
		if i.PublishedOn <= on && (!any || i.Year >= last.Year) {
			last, any = i, true
		}
	}
	return due, last, any
}

// Annual returns the result of the last annual inspection of s that was due, and
// whether it is missing although its window is over.
func (l Law) Annual(s Subject, on calendar.Day) (result term.InspectionResult, missing bool) {
	due, last, any := l.annual(s, on)
	if any && last.Year >= due {
		return last.Result, false
	}
	return "", due != 0
}

func unviolated(s Subject) Criterion {
	found := domain.Say("没有未了结的问题", "nothing is open")
	if len(s.Violations) > 0 {
		found = domain.Say("%s", "%s", s.Violations[0])
	}
	return criterion("W4", "没有未了结的违规", "no open violation", len(s.Violations) == 0, found)
}

func (l Law) enrolled(s Subject) Criterion {
	const zh, en = "已纳入全国监管服务平台", "enrolled on the national platform"
	switch {
	case s.Platform == "":
		return criterion("W5", zh, en, false, domain.Say("未见平台登记", "no enrolment on record"))
	case l.Policy.Bool("list.white_requires_escrow") && !s.Escrow:
		return criterion("W5", zh, en, false, domain.Say("没有监管账户", "no supervised account"))
	}
	return criterion("W5", zh, en, true, domain.Say("%s", "%s", s.Platform))
}

func neitherBlackNorEnding(s Subject, black bool) Criterion {
	const zh, en = "不在黑名单、未在终止办学", "neither black-listed nor ending"
	switch {
	case black:
		return criterion("W6", zh, en, false, domain.Say("在黑名单中", "on the black list"))
	case s.Stopped:
		return criterion("W6", zh, en, false, domain.Say("已关停", "closed"))
	case s.Terminating:
		return criterion("W6", zh, en, false, domain.Say("已公告终止办学", "termination is announced"))
	}
	return criterion("W6", zh, en, true, domain.Say("均无", "none"))
}

// usualAuthority is the department that is usually competent for a category.
var usualAuthority = map[term.Category]term.Department{
	term.Sports: term.SportsDept, term.CultureArts: term.CultureTourism, term.ScienceTechnology: term.ScienceDept,
}

func supervised(s Subject) Criterion {
	const zh, en = "主管部门明确", "competent authority known"
	if s.Authority != "" {
		return criterion("W7", zh, en, true, domain.Say("%s", "%s", s.Authority))
	}
	if s.Class == term.Subject {
		return criterion("W7", zh, en, true, term.EducationDept.Label())
	}
	for _, c := range s.Categories {
		if d, ok := usualAuthority[c]; ok {
			return criterion("W7", zh, en, true, d.Label())
		}
	}
	return criterion("W7", zh, en, false, domain.Say("类别没有对应的主管部门", "no department is usual for its category"))
}

// Refusal refuses a white listing whose report has a criterion that fails.
func (r Report) Refusal() error {
	if r.Eligible() {
		return nil
	}
	return domain.Refuse(domain.Conflict, WhiteEligibility, domain.Say(
		"不符合列入白名单的条件", "the criteria of the white list are not met"), r.Fields()...)
}
