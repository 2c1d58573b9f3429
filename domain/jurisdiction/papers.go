package jurisdiction

import (
	"slices"
	"strconv"
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/figure"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// Document is a document with the status that it has from a day on.
type Document struct {
	DocNo  string // as printed; empty: a draft without a number
	Title  string
	Issuer string
	Status term.DocumentStatus
	From   calendar.Day
}

func (d Document) since() calendar.Day { return d.From }

// is reports whether d is the document of that number, or the draft of that
// title from which it came. Numbers are compared without their brackets, which
// print often loses.
func (d Document) is(docNo, title, issuer string) bool {
	if d.DocNo != "" && docNo != "" {
		return plainNumber(d.DocNo) == plainNumber(docNo)
	}
	return d.Title == title && d.Issuer == issuer
}

func plainNumber(docNo string) string {
	return strings.NewReplacer("〔", "", "〕", "", "[", "", "]", "", "(", "", ")", "", "（", "", "）", "", "【", "", "】", "", " ", "", "　", "").Replace(docNo)
}

// DocumentsOn returns the documents as they stand on a day.
func (s State) DocumentsOn(on calendar.Day) []Document {
	var out []Document
	for _, d := range s.Documents {
		if slices.ContainsFunc(out, func(o Document) bool { return o.is(d.DocNo, d.Title, d.Issuer) }) {
			continue
		}
		if now, ok := current(s.Documents, on, func(o Document) bool { return o.is(d.DocNo, d.Title, d.Issuer) }); ok {
			out = append(out, now)
		}
	}
	return out
}

// decideDocument takes a document in, or the next status of one.
func decideDocument(s State, on calendar.Day, c RegisterDocument) ([]Event, error) {
	if err := domain.Filled("/body/title", c.Title); err != nil {
		return nil, err
	}
	if err := domain.Filled("/body/issuer", c.Issuer); err != nil {
		return nil, err
	}
	if c.Status != term.DocumentDraft {
		if err := domain.Filled("/body/doc_no", c.DocNo); err != nil {
			return nil, err
		}
	}
	refuse := func(pointer, code string, t domain.Text) ([]Event, error) {
		return nil, domain.Refuse(domain.Conflict, rule.RegisteredDocument, t, domain.Field{Pointer: pointer, Code: code, Message: t})
	}
	if d, ok := current(s.Documents, on, func(d Document) bool { return d.is(c.DocNo, c.Title, c.Issuer) }); ok {
		steps := term.DocumentStatuses.Codes()
		was, is := slices.Index(steps, string(d.Status)), slices.Index(steps, string(c.Status))
		switch {
		case d.Title != c.Title || d.Issuer != c.Issuer:
			return refuse("/body/doc_no", "taken", domain.Say("文号 %s 属于《%s》", "number %s is that of %q", d.DocNo, d.Title))
		case is < was:
			return refuse("/body/status", "backwards", domain.Say("该文件%[1]s，不能改回%[2]s", "the document is %[3]s and does not go back to %[4]s", d.Status.Label().ZH, c.Status.Label().ZH, d.Status.Label().EN, c.Status.Label().EN))
		case is == was && (c.DocNo == "" || plainNumber(d.DocNo) == plainNumber(c.DocNo)):
			return nil, nil
		}
	}
	return domain.OneFact[Event](DocumentRegistered(c), nil)
}

// Hotline is the number of an agency from a day on.
type Hotline struct {
	Agency string
	Number string
	Hours  string
	From   calendar.Day
}

func (h Hotline) since() calendar.Day { return h.From }

// HotlinesOn returns the number of each agency on a day, without those of
// agencies that were closed.
func (s State) HotlinesOn(on calendar.Day) []Hotline {
	return holding(s.Hotlines, on, func(h Hotline) string { return h.Agency }, func(h Hotline) bool {
		a, was := current(s.Agencies, on, func(a Agency) bool { return a.Code == h.Agency })
		return was && a.Closed
	})
}

func decideHotline(s State, m domain.Meta, on calendar.Day, c PublishHotline) ([]Event, error) {
	if err := ours(m, "/body/agency", c.Agency); err != nil {
		return nil, err
	}
	if !telephone(c.Number) {
		return nil, domain.BadField("/body/number", "form", domain.Say("电话由数字组成，如 12345 或 0877-7011234；多个号码以顿号隔开", "a telephone number has digits, such as 12345 or 0877-7011234"))
	}
	if err := domain.Filled("/body/hours", c.Hours); err != nil {
		return nil, err
	}
	now, ok := current(s.Hotlines, on, func(h Hotline) bool { return h.Agency == c.Agency })
	if ok && now.Number == c.Number && now.Hours == c.Hours {
		return nil, nil
	}
	return domain.OneFact[Event](HotlinePublished(c), nil)
}

// telephone reports whether s may be one telephone number or more.
func telephone(s string) bool {
	digits := 0
	for _, r := range s {
		switch {
		case r >= '0' && r <= '9':
			digits++
		case !strings.ContainsRune("-+()（）、/ 转", r):
			return false
		}
	}
	return digits >= 3
}

// Notice is a letter or a notice.
type Notice struct {
	On       calendar.Day
	Audience term.NoticeAudience
	Title    string
	Media    []string
}

func decidePublicNotice(s State, on calendar.Day, c PublishNotice) ([]Event, error) {
	if slices.ContainsFunc(s.Notices, func(n Notice) bool { return n.On == on && n.Audience == c.Audience && n.Title == c.Title }) {
		return nil, nil
	}
	return domain.OneFact[Event](NoticePublished{Audience: c.Audience, Title: c.Title, Media: domain.OrEmpty(c.Media)}, domain.Filled("/body/title", c.Title))
}

// Circular tells of what was found.
type Circular struct {
	On       calendar.Day
	Targets  []string
	Findings []string
}

func decideCircular(c IssueCircular) ([]Event, error) {
	err := allFilled("/body/targets", c.Targets)
	if err == nil {
		err = allFilled("/body/findings", c.Findings)
	}
	return domain.OneFact[Event](CircularIssued(c), err)
}

// allFilled refuses a list without texts, and an empty text in it.
func allFilled(pointer string, texts []string) error {
	if len(texts) == 0 {
		return domain.Filled(pointer, "")
	}
	for i, t := range texts {
		if err := domain.Filled(pointer+"/"+strconv.Itoa(i), t); err != nil {
			return err
		}
	}
	return nil
}

// Training is a training, or several about one topic.
type Training struct {
	On           calendar.Day
	Topic        string
	Occasions    figure.Count
	Attendees    *figure.Count // nil: not counted
	Institutions []string
}

func decideTraining(c HoldTraining) ([]Event, error) {
	if err := domain.Filled("/body/topic", c.Topic); err != nil {
		return nil, err
	}
	if err := counted("/body/occasions", c.Occasions, term.Occasions, term.Meetings); err != nil {
		return nil, err
	}
	e := TrainingHeld{Topic: c.Topic, Occasions: c.Occasions.Filled()}
	if c.Attendees != (figure.Count{}) {
		if err := counted("/body/attendees", c.Attendees, term.PersonVisits, term.Persons); err != nil {
			return nil, err
		}
		n := c.Attendees.Filled()
		e.Attendees = &n
	}
	for _, r := range c.Institutions {
		e.Institutions = append(e.Institutions, r.Stream)
	}
	return domain.OneFact[Event](e, nil)
}

// counted refuses a count that is none of the units.
func counted(pointer string, c figure.Count, units ...term.Unit) error {
	if err := c.Check(pointer); err != nil {
		return err
	}
	if slices.Contains(units, c.Unit) {
		return nil
	}
	t := domain.Say("单位应为“%s”", "the unit should be %[2]q", units[0].Label().ZH, units[0].Label().EN)
	return domain.Refuse(domain.Invalid, figure.CountRule, t, domain.Field{Pointer: pointer + "/unit", Code: "other_unit", Message: t})
}
