package answer

import (
	"bytes"
	"encoding/json"
	"slices"

	"minglu/domain"
)

// Diff is what differs between two answers about one institution, with the
// facts between.
type Diff struct {
	ID     string         `json:"id"`
	Name   string         `json:"name"`
	From   Point          `json:"from"`
	To     Point          `json:"to"`
	Fields []FieldDiff    `json:"fields"`
	Events []HistoryEntry `json:"events"`
}

// Point is one end of a difference.
type Point struct {
	AsOf  Date   `json:"as_of"`
	AtSeq uint64 `json:"at_seq"`
	// Known is false where the register did not have it, then.
	Known bool `json:"known"`
}

// FieldDiff is one member that differs. From and To are JSON values, null where
// there was none.
type FieldDiff struct {
	Field string          `json:"field" doc:"Name of the member; for licences licences/NUMBER and licences/NUMBER/MEMBER."`
	Label string          `json:"label"`
	From  json.RawMessage `json:"from"`
	To    json.RawMessage `json:"to"`
}

// compared are the members that a difference looks at, in their order, with
// their labels. Sentences and positions follow from the others.
var compared = []struct {
	field string
	label domain.Text
}{
	{"name", domain.Text{ZH: "登记名称", EN: "registered name"}},
	{"names", domain.Text{ZH: "全部名称", EN: "all names"}},
	{"kind", domain.Text{ZH: "对象种类", EN: "kind"}},
	{"mode", domain.Text{ZH: "培训方式", EN: "mode"}},
	{"class", domain.Text{ZH: "类别", EN: "class"}},
	{"categories", domain.Text{ZH: "非学科类别", EN: "categories"}},
	{"audiences", domain.Text{ZH: "培训对象", EN: "audiences"}},
	{"address", domain.Text{ZH: "地址", EN: "address"}},
	{"uscc", domain.Text{ZH: "统一社会信用代码", EN: "unified social credit code"}},
	{"identifiers", domain.Text{ZH: "其他标识", EN: "identifiers"}},
	{"legal_registration", domain.Text{ZH: "法人登记", EN: "legal registration"}},
	{"documents", domain.Text{ZH: "证照情况", EN: "documents"}},
	{"standing", domain.Text{ZH: "名单状态", EN: "standing"}},
	{"standing_since", domain.Text{ZH: "名单状态起始日", EN: "standing since"}},
	{"standing_reason", domain.Text{ZH: "名单状态理由", EN: "reason of the standing"}},
	{"standing_basis", domain.Text{ZH: "名单决定", EN: "decision on the standing"}},
	{"status", domain.Text{ZH: "办学状态", EN: "status"}},
	{"termination", domain.Text{ZH: "终止办学公告", EN: "termination"}},
	{"annual_inspections", domain.Text{ZH: "年检结论", EN: "annual inspections"}},
	{"compliance_review", domain.Text{ZH: "合规审核", EN: "compliance review"}},
	{"platform", domain.Text{ZH: "监管平台", EN: "platform"}},
	{"contract_template", domain.Text{ZH: "合同示范文本", EN: "contract template"}},
	{"supervised_account", domain.Text{ZH: "资金监管账户", EN: "supervised account"}},
	{"warnings", domain.Text{ZH: "资金风险提示", EN: "warnings"}},
}

var licenceLabels = []struct {
	field string
	label domain.Text
}{
	{"kind", domain.Text{ZH: "种类", EN: "kind"}},
	{"class", domain.Text{ZH: "类别", EN: "class"}},
	{"categories", domain.Text{ZH: "非学科类别", EN: "categories"}},
	{"audiences", domain.Text{ZH: "培训对象", EN: "audiences"}},
	{"valid_from", domain.Text{ZH: "起始日", EN: "valid from"}},
	{"valid_to", domain.Text{ZH: "截止日", EN: "valid to"}},
	{"state", domain.Text{ZH: "状态", EN: "state"}},
	{"ended_on", domain.Text{ZH: "终止日", EN: "ended on"}},
	{"cancelled_on", domain.Text{ZH: "注销日", EN: "cancelled on"}},
	{"cancel_cause", domain.Text{ZH: "注销原因", EN: "cause of cancellation"}},
}

// DiffOf answers with what differs between two answers; nil stands for one that
// the register did not have then. events are the facts between.
func DiffOf(from, to *Institution, events []HistoryEntry, f For) Diff {
	d := Diff{Fields: []FieldDiff{}, Events: orEmpty(events)}
	before, after := membersOf(from), membersOf(to)
	for _, c := range compared {
		d.add(c.field, f.say(c.label), before[c.field], after[c.field])
	}
	d.licences(from, to, f)
	for _, i := range []*Institution{from, to} {
		if i != nil {
			d.ID, d.Name = i.ID, i.Name
		}
	}
	return d
}

func membersOf(v any) map[string]json.RawMessage {
	b, err := Marshal(v)
	if err != nil {
		return nil
	}
	var m map[string]json.RawMessage
	_ = json.Unmarshal(b, &m)
	return m
}

func (d *Diff) add(field, label string, from, to json.RawMessage) {
	if from == nil {
		from = json.RawMessage("null")
	}
	if to == nil {
		to = json.RawMessage("null")
	}
	if !bytes.Equal(from, to) {
		d.Fields = append(d.Fields, FieldDiff{Field: field, Label: label, From: from, To: to})
	}
}

func (d *Diff) licences(from, to *Institution, f For) {
	before, after := licencesByNumber(from), licencesByNumber(to)
	var numbers []string
	for _, i := range []*Institution{from, to} {
		if i == nil {
			continue
		}
		for _, l := range i.Licences {
			if n := string(l.Number); !slices.Contains(numbers, n) {
				numbers = append(numbers, n)
			}
		}
	}
	for _, n := range numbers {
		field, label := "licences/"+n, f.say(domain.Text{ZH: "许可 ", EN: "licence "})+n
		was, is := before[n], after[n]
		if was == nil || is == nil {
			d.add(field, label, was, is)
			continue
		}
		old, now := membersOf(was), membersOf(is)
		for _, c := range licenceLabels {
			d.add(field+"/"+c.field, label+" "+f.say(c.label), old[c.field], now[c.field])
		}
	}
}

func licencesByNumber(i *Institution) map[string]json.RawMessage {
	out := map[string]json.RawMessage{}
	if i == nil {
		return out
	}
	for _, l := range i.Licences {
		if b, err := Marshal(l); err == nil {
			out[string(l.Number)] = b
		}
	}
	return out
}
