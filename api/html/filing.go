package html

import (
	"net/url"
	"slices"
	"strings"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/clock"
	"minglu/domain/division"
	"minglu/domain/ident"
	"minglu/domain/term"
	"minglu/register"
)

// Topics is the page on which somebody who wants to complain says of what.
type Topics struct {
	Frame
	Form
	About  *Named // the institution, where one was chosen
	Topics []Choice
}

// Named is an institution by name.
type Named struct{ ID, Name, Place, Href string }

func (Topics) template() string { return "topics" }

// Filing is the form of a grievance.
type Filing struct {
	Frame
	Form
	Written
	About   *Named
	Topic   string // in words
	Tell    string // what to write
	Places  bool   // asks for the place although the institution is known
	Natures []Choice
	Further []Choice // topics beside the chief one
	Back    string   // address where another topic is chosen
}

// Choice is one of several answers.
type Choice struct {
	Value, Text, Means string
	Chosen             bool
}

func (Filing) template() string { return "filing" }

// Preview shows a grievance before it is sent: what others will see, and what
// the handling agency alone will.
type Preview struct {
	Frame
	Form
	Written
	About    *Named
	Division string // in words, where no institution was chosen
	Topics   string
	Nature   string
	Warnings []string
}

func (Preview) template() string { return "preview" }

// Receipt is the page that shows number and code, once.
type Receipt struct {
	Frame
	Number, Code string
	Handler      string
	Due          []DueLine
	Warnings     []string
	Repeated     bool
}

func (Receipt) template() string { return "receipt" }

// Written is what somebody wrote into the form of a grievance.
type Written struct {
	Institution, Division, Premises string
	TopicCode, NatureCode           string
	FurtherCodes                    []string
	Content, Complainant, Contact   string
	ChildInvolved                   bool
}

// Fields are what was written, to be sent once more.
func (w Written) Fields() []Param {
	out := []Param{
		{"institution", w.Institution}, {"division", w.Division}, {"premises", w.Premises}, {"topic", w.TopicCode}, {"nature", w.NatureCode},
		{"content", w.Content}, {"complainant", w.Complainant}, {"contact", w.Contact},
	}
	for _, code := range w.FurtherCodes {
		out = append(out, Param{"further", code})
	}
	if w.ChildInvolved {
		out = append(out, Param{"child", "1"})
	}
	return slices.DeleteFunc(out, func(p Param) bool { return p.Value == "" })
}

// filingInputs are the first inputs of the form's fields.
var filingInputs = map[string]string{
	"division": "division", "premises": "premises", "nature": "nature-complaint", "content": "content", "complainant": "complainant", "contact": "contact",
}

// chooseTopic asks for the topic, or shows the form about the one that was
// chosen.
func (s *site) chooseTopic(v *visit) (page, error) {
	about, err := s.named(v, v.query.Get("institution"))
	if err != nil {
		return nil, err
	}
	code := v.query.Get("topic")
	if chosen, ok := topicOf(code); ok {
		w := Written{Institution: v.query.Get("institution"), TopicCode: code, NatureCode: string(chosen.nature)}
		return s.filingForm(v, about, chosen, w, Form{Key: newKey(s.Now())}), nil
	}
	p := &Topics{Frame: s.private(v, "我要投诉举报"), About: about}
	for _, t := range topics {
		p.Topics = append(p.Topics, Choice{Value: string(t.code), Text: t.code.Label().ZH, Means: t.means})
	}
	if v.query.Has("topic") || v.query.Has("chosen") {
		p.status, err = p.refused(domain.BadField("/topic", "required", domain.Say("请选择一个事项", "choose a topic")), map[string]string{"topic": "topic-refund"})
		p.Title = "有误：" + p.Title
	}
	return p, err
}

const (
	filingPath   = "/grievances/new"
	progressPath = "/grievances/status"
)

// filingAddress is where a grievance about an institution is begun.
func filingAddress(institution string) string {
	if institution == "" {
		return filingPath
	}
	return address(filingPath, url.Values{"institution": {institution}})
}

// private makes the common part of a page about a grievance: it has no lasting
// address, and is about the present alone.
func (s *site) private(v *visit, title string) Frame {
	f := s.frame(v, title, "complain", nil)
	f.Permanent, f.Present = "", ""
	f.Crumbs = []Link{{"首页", "/"}}
	return f
}

// named returns the institution of an id; nothing for no id.
func (s *site) named(v *visit, id string) (*Named, error) {
	if id == "" {
		return nil, nil
	}
	unknown := domain.Fault(domain.NotFound, domain.Say("名录里没有这个编号", "the register has no such id"))
	if !ident.ValidID(id) {
		return nil, unknown
	}
	stream, err := s.Views.Stream(id, register.Institution.Name)
	if err != nil {
		return nil, err
	}
	list, err := s.Views.Institutions([]string{stream}, v.moment.Head)
	if err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, unknown
	}
	i := list[0]
	n := answer.NamedInstitutionOf(i, i, answer.For{AsOf: v.moment.Today, AtSeq: v.moment.Head, Today: v.moment.Today})
	return &Named{ID: id, Name: n.Name, Place: placeName(i.Division, v.moment.Today), Href: "/institutions/" + id}, nil
}

func (s *site) filingForm(v *visit, about *Named, t topic, w Written, f Form) *Filing {
	label := t.code.Label().ZH
	p := &Filing{
		Frame: s.private(v, "我要投诉举报："+label), Form: f, Written: w, About: about, Topic: label, Tell: t.tell,
		Places: about == nil || t.place, Back: filingAddress(w.Institution),
	}
	for _, n := range natures {
		if n.code == term.Petition && t.code != term.TopicOther {
			continue
		}
		p.Natures = append(p.Natures, Choice{string(n.code), n.words, n.means, string(n.code) == w.NatureCode})
	}
	for _, other := range topics {
		if other.code != t.code && other.code != term.TopicOther {
			p.Further = append(p.Further, Choice{string(other.code), other.code.Label().ZH, other.means, slices.Contains(w.FurtherCodes, string(other.code))})
		}
	}
	if len(f.Faults) > 0 {
		p.Title = "有误：" + p.Title
	}
	return p
}

// sendFiling takes the form: to show it once more, to show the preview, or to
// file the grievance.
func (s *site) sendFiling(v *visit) (page, error) {
	w := v.written()
	t, ok := topicOf(w.TopicCode)
	if !ok {
		return nil, domain.BadField("/topic", "unknown_code", domain.Say("请选择一个事项", "choose a topic"))
	}
	about, err := s.named(v, w.Institution)
	if err != nil {
		return nil, err
	}
	form := Form{Key: v.field("key")}
	f, err := s.toFile(v, about, w, form.Key)
	action := v.field("action")
	if err != nil && action != "edit" {
		return s.wrongFiling(v, about, t, w, form, err)
	}
	switch action {
	case "edit":
		return s.filingForm(v, about, t, w, form), nil
	case "submit":
		r, err := s.file(v, f)
		if err != nil {
			return s.wrongFiling(v, about, t, w, form, err)
		}
		return s.receiptPage(v, r), nil
	}
	return s.preview(v, about, w, form, f), nil
}

// wrongFiling shows the form with what is at fault.
func (s *site) wrongFiling(v *visit, about *Named, t topic, w Written, form Form, err error) (page, error) {
	status, err := form.refused(err, filingInputs)
	if err != nil {
		return nil, err
	}
	p := s.filingForm(v, about, t, w, form)
	p.status = status
	return p, nil
}

func (v *visit) written() Written {
	return Written{
		Institution: v.field("institution"), Division: v.field("division"), Premises: v.field("premises"),
		TopicCode: v.field("topic"), NatureCode: v.field("nature"), FurtherCodes: v.PostForm["further"],
		Content: strings.ReplaceAll(v.field("content"), "\r\n", "\n"), Complainant: v.field("complainant"), Contact: v.field("contact"), ChildInvolved: v.field("child") != "",
	}
}

// toFile is what was written as a filing; it is checked as far as that goes
// without filing it.
func (s *site) toFile(v *visit, about *Named, w Written, key string) (register.Filing, error) {
	f := register.Filing{
		Key: key, Premises: w.Premises, Nature: term.Nature(w.NatureCode), Topics: []term.GrievanceTopic{term.GrievanceTopic(w.TopicCode)},
		Content: domain.PersonalText(w.Content), Complainant: domain.PersonalText(w.Complainant), Contact: domain.PersonalText(w.Contact),
		RealName: w.Complainant != "" && w.Contact != "", ChildInvolved: w.ChildInvolved,
	}
	for _, code := range w.FurtherCodes {
		if t := term.GrievanceTopic(code); term.GrievanceTopics.Has(code) && !slices.Contains(f.Topics, t) {
			f.Topics = append(f.Topics, t)
		}
	}
	if !term.Natures.Has(w.NatureCode) {
		f.Nature = ""
	}
	if about != nil {
		f.Institution = domain.Ref{ID: about.ID}
		return f, f.Check()
	}
	code, err := s.places.choose(w.Division)
	if err == nil && code != "" && division.Resolve(division.Code(code), v.moment.Today).Status != division.Valid {
		err = domain.BadField("/division", "unknown", domain.Say("没有找到“%s”，请写县（市、区）的全称或六位区划代码", "no division is called %q", clip(w.Division)))
	}
	if err != nil {
		return f, err
	}
	f.Division = code
	return f, f.Check()
}

// file files a grievance, where the limits allow it.
func (s *site) file(v *visit, f register.Filing) (register.Receipt, error) {
	if s.Register == nil {
		return register.Receipt{}, domain.Fault(domain.Busy, domain.Say("现在不能网上提交，请拨打 12345", "nothing can be filed here now"))
	}
	if err := v.allowed(); err != nil {
		return register.Receipt{}, err
	}
	return s.Register.File(v.Context(), f)
}

func (s *site) preview(v *visit, about *Named, w Written, form Form, f register.Filing) *Preview {
	p := &Preview{
		Frame: s.private(v, "提交前请看一遍"), Form: form, Written: w, About: about, Topics: words(f.Topics), Nature: f.Nature.Label().ZH,
		Warnings: sentences(f.Warnings()),
	}
	if f.Division != "" {
		p.Division = placeName(division.Code(f.Division), v.moment.Today)
	}
	return p
}

func (s *site) receiptPage(v *visit, r register.Receipt) *Receipt {
	p := &Receipt{
		Frame: s.private(v, "已经收到"), Number: string(r.Number), Code: r.Code.Text(), Handler: answer.AgencyName(r.Handler).ZH,
		Warnings: sentences(r.Warnings), Repeated: r.Repeated,
	}
	for _, c := range r.Clocks {
		p.Due = append(p.Due, dueLine(clock.Clock{Key: c.Key, Part: c.Part, Due: c.Due, Awaits: c.Awaits, Agency: c.Agency}))
	}
	return p
}

func sentences(fields []domain.Field) []string {
	var out []string
	for _, f := range fields {
		out = append(out, sentence(f.Message.ZH))
	}
	return out
}
