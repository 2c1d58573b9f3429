package rule

import (
	"slices"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/term"
)

// PreschoolSubject refuses licences for subject training of preschool children.
var PreschoolSubject = domain.Rule{
	ID: "preschool-subject", Version: 1, Mark: domain.Seen, From: "2021-07-24",
	Title:    domain.Text{ZH: "不得面向学龄前儿童开展学科类培训", EN: "No subject training of preschool children"},
	Citation: "中办发〔2021〕40号",
}

var preschoolSubjectFrom = calendar.Date(2021, 7, 24)

// NoPreschoolSubject refuses a grant from the day on which the opinion became
// public.
func NoPreschoolSubject(class term.Class, audiences []term.Audience, on calendar.Day) error {
	if class != term.Subject || !slices.Contains(audiences, term.Preschool) || on < preschoolSubjectFrom {
		return nil
	}
	return domain.Refuse(domain.Conflict, PreschoolSubject, domain.Say(
		"不得面向学龄前儿童开展学科类培训，不能发证", "subject training of preschool children is not licensed"),
		domain.Field{Pointer: "/body/audiences", Code: "forbidden", Message: domain.Say("学科类不得包含学龄前", "subject training excludes preschool")})
}
