package rule

import (
	"slices"

	"minglu/domain"
)

// PersonalData keeps names and addresses of natural persons out of the clear:
// a fact holds what may be shown, and the full text sealed.
var PersonalData = domain.Rule{
	ID: "personal-data", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "自然人信息脱敏", EN: "Natural persons are masked"},
	Citation: "个人信息保护法 第六条、第二十八条；政府信息公开条例 第十五条",
}

// Unsealing is the rule of reading sealed values: on a stated reason, each
// reading on record.
var Unsealing = domain.Rule{
	ID: "unsealing", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "查阅个人信息须有理由并留痕", EN: "Reading personal data needs a reason and is recorded"},
	Citation: "个人信息保护法 第三十四条、第五十一条；市场监督管理投诉举报处理暂行办法 第三十三条",
}

// Erasure is the rule of erasing personal data: by law, with its basis.
var Erasure = domain.Rule{
	ID: "erasure", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "依法删除个人信息", EN: "Erasure of personal data"},
	Citation: "个人信息保护法 第四十七条",
}

// Person is one of whom an aggregate holds sealed values.
type Person struct {
	Ref    string `json:"r,omitzero"`
	Erased bool   `json:"e,omitzero"`
}

// Persons are those of whom an aggregate holds sealed values, each once. It is a
// value.
type Persons []Person

// With returns the list with the persons of sealed values.
func (ps Persons) With(values ...domain.Sealed) Persons {
	for _, v := range values {
		if !v.IsZero() && ps.index(v.Person) < 0 {
			ps = domain.With(ps, Person{Ref: v.Person})
		}
	}
	return ps
}

// Without returns the list with a person marked as erased.
func (ps Persons) Without(ref string) Persons {
	if i := ps.index(ref); i >= 0 {
		ps = slices.Clone(ps)
		ps[i].Erased = true
	}
	return ps
}

func (ps Persons) index(ref string) int {
	return slices.IndexFunc(ps, func(p Person) bool { return p.Ref == ref })
}

// Erased reports whether a person was erased.
func (ps Persons) Erased(ref string) bool {
	i := ps.index(ref)
	return i >= 0 && ps[i].Erased
}

// Unseal refuses to read a value of somebody unknown or erased, or without a
// reason.
func (ps Persons) Unseal(u domain.Unsealing) error {
	switch i := ps.index(u.Person); {
	case i < 0:
		return nobody(Unsealing)
	case ps[i].Erased:
		return domain.Refuse(domain.Erased, Unsealing, domain.Say("该信息已依法删除", "the value was erased by law"))
	}
	return domain.Filled("/body/reason", u.Reason)
}

// Erase refuses to erase somebody unknown, or without reason or legal basis;
// already tells that it is done.
func (ps Persons) Erase(e domain.Erasure) (already bool, err error) {
	switch i := ps.index(e.Person); {
	case i < 0:
		return false, nobody(Erasure)
	case ps[i].Erased:
		return true, nil
	}
	if err := domain.Filled("/body/reason", e.Reason); err != nil {
		return false, err
	}
	return false, domain.Filled("/body/legal_basis", e.LegalBasis)
}

func nobody(r domain.Rule) error {
	t := domain.Say("这条记录没有该人员的密封信息", "the record holds no sealed value of that person")
	return domain.Refuse(domain.NotFound, r, t, domain.Field{Pointer: "/body/person_ref", Code: "unknown", Message: t})
}
