package html

import (
	"slices"
	"strconv"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/eventstore"
	"minglu/register"
)

// AskProgress is the form by which the holder of a receipt asks how the
// grievance stands.
type AskProgress struct {
	Frame
	Form
	Number string // as it was written; a code is never shown again
}

func (AskProgress) template() string { return "ask-progress" }

// Progress is how a grievance stands.
type Progress struct {
	Frame
	Form
	Number, Code string
	Status       string
	Remedy       string // what may be done about a refusal
	About        *Named
	Place        string
	Topics       string
	Nature       string
	Received     calendar.Day
	Ended        calendar.Day
	Parts        []PartLine
	Due          []DueLine
	Steps        []StepLine // the newest first
	Score        int        // zero: not rated
	Scores       []Choice   // where it may be rated
	JustRated    bool
}

func (Progress) template() string { return "progress" }

// PartLine is how the whole stands, or one part of it.
type PartLine struct {
	Part, Status, Handler, Ground, Result string
}

// DueLine is one clock that is open.
type DueLine struct {
	What, Agency string
	Due          calendar.Day // zero: see Why
	Why          string       // why there is no day
	Yours        bool         // bounds what the complainant may ask for
}

// StepLine is one step.
type StepLine struct {
	On                 calendar.Day
	What, Part, Agency string
}

// progressInputs are the inputs of the forms about a receipt.
var progressInputs = map[string]string{"number": "number", "code": "code", "score": "score-5"}

func (s *site) askProgress(v *visit) (page, error) {
	return s.progressForm(v, ""), nil
}

func (s *site) progressForm(v *visit, number string) *AskProgress {
	return &AskProgress{Frame: s.private(v, "查询投诉举报进度"), Number: number}
}

// sendProgress answers how a grievance stands, and takes its rating.
func (s *site) sendProgress(v *visit) (page, error) {
	number, code := v.field("number"), v.field("code")
	if s.Register == nil {
		return nil, domain.Fault(domain.Busy, domain.Say("现在不能网上查询，请拨打 12345", "nothing can be asked here now"))
	}
	rates := v.field("action") == "rate"
	var wrong error
	if rates {
		score, _ := strconv.Atoi(v.field("score"))
		_, wrong = s.Register.Rate(v.Context(), v.field("key"), number, code, score)
	}
	now, err := s.Register.Status(v.Context(), number, code)
	if err != nil {
		return s.wrongProgress(v, number, err)
	}
	p, err := s.progress(v, now, code)
	if err != nil {
		return nil, err
	}
	p.JustRated = rates && wrong == nil
	if wrong != nil {
		if p.status, err = p.refused(wrong, progressInputs); err != nil {
			return nil, err
		}
	}
	return p, nil
}

// wrongProgress shows the form with what is at fault.
func (s *site) wrongProgress(v *visit, number string, err error) (page, error) {
	p := s.progressForm(v, number)
	status, err := p.refused(err, progressInputs)
	if err != nil {
		return nil, err
	}
	p.status, p.Title = status, "有误："+p.Title
	return p, nil
}

func (s *site) progress(v *visit, now register.Progress, code string) (*Progress, error) {
	p := &Progress{
		Frame: s.private(v, "进度："+now.Status.Label().ZH), Form: Form{Key: newKey(s.Now())}, Number: string(now.Number), Code: code,
		Status: now.Status.Label().ZH, Place: placeName(now.Division, v.moment.Today), Topics: words(now.Topics), Nature: now.Nature.Label().ZH,
		Received: now.Received, Ended: now.Ended, Score: now.Score,
	}
	p.Crumbs = append(p.Crumbs, Link{"查询投诉举报进度", progressPath})
	var err error
	p.About, err = s.named(v, eventstore.Record{Stream: now.Institution}.AggregateID())
	if refusal(err) == nil && err != nil { // one that the views do not show yet is left out
		return nil, err
	}
	p.parts(now)
	for _, c := range now.Due {
		p.Due = append(p.Due, dueLine(c))
	}
	for _, st := range slices.Backward(now.Steps) {
		p.Steps = append(p.Steps, StepLine{st.On, st.Code.Label().ZH, partWord(st.Part, now), answer.AgencyName(st.Agency).ZH})
	}
	if now.Ended != 0 && now.Score == 0 {
		p.Scores = scores
	}
	return p, nil
}

// remedy is said of what was refused.
const remedy = "对不予受理有异议的，可以先向承办单位问清理由、补齐材料后重新提交；认为它违法的，可以依法申请行政复议或者提起行政诉讼。"

func (p *Progress) parts(now register.Progress) {
	for _, part := range now.Parts {
		line := PartLine{Part: partWord(part.Part, now), Status: part.Status.Label().ZH, Handler: answer.AgencyName(part.Handler).ZH, Result: part.Result}
		if part.Ground != "" {
			line.Ground, p.Remedy = part.Ground.Label().ZH, remedy
		}
		p.Parts = append(p.Parts, line)
	}
}

// partWord names a part by its nature.
func partWord(number string, now register.Progress) string {
	for _, part := range now.Parts {
		if part.Part == number && number != "" {
			return part.Nature.Label().ZH
		}
	}
	return ""
}

// dueLine says until when something is answered, or why there is no day.
func dueLine(c clock.Clock) DueLine {
	l := DueLine{What: c.Key.Label().ZH, Agency: answer.AgencyName(c.Agency).ZH, Due: c.Due, Yours: clock.Lapses(c.Key)}
	switch {
	case c.Due != 0:
	case c.Awaits != 0:
		l.Why = strconv.Itoa(c.Awaits) + " 年的放假安排公布后确定"
	case c.Paused():
		l.Why = "期限中止，恢复后重新计算"
	}
	return l
}

// scores are the ratings, the best first.
var scores = []Choice{
	{Value: "5", Text: "非常满意"}, {Value: "4", Text: "满意"}, {Value: "3", Text: "一般"}, {Value: "2", Text: "不满意"}, {Value: "1", Text: "非常不满意"},
}
