package rule

import (
	"slices"
	"strings"
	"unicode"

	"minglu/domain"
	"minglu/domain/calendar"
)

// InspectionPlan wants a plan that says who checks what, where and when.
var InspectionPlan = domain.Rule{
	ID: "inspection-plan", Version: 1, Mark: domain.Seen,
	Title:    domain.Text{ZH: "检查须有计划：对象、事项、部门、期间", EN: "An inspection has a plan"},
	Citation: "镇平县双随机抽查实施细则（一单两库一细则）；民办教育促进法实施条例 第四十七条",
}

// InspectionSteps keeps the steps of an inspection in order: planned, launched,
// drawn where it is by lot, visited, closed, published.
var InspectionSteps = domain.Rule{
	ID: "inspection-steps", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "检查按步骤进行", EN: "Steps of an inspection"},
}

// InspectionAgency keeps each agency to its part: those of the plan alone take
// part, each on the items that the plan gives it; the lead opens and ends it.
var InspectionAgency = domain.Rule{
	ID: "inspection-agency", Version: 1, Mark: domain.Seen,
	Title:    domain.Text{ZH: "参加检查的部门各查各的事项", EN: "Each agency inspects its own items"},
	Citation: "辽宁省九部门联合执法机制；浙江省校外培训联合执法分工",
}

// RandomDraw is the inspection by lot: object and inspectors are drawn, the
// result is published.
var RandomDraw = domain.Rule{
	ID: "random-draw", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "双随机、一公开", EN: "Random inspection"},
	Citation: "市场主体登记管理条例 第三十八条",
}

// DrawSeed makes a draw replayable: the seed is committed before the population
// is frozen, opened with the result, and nothing of it is changed afterwards.
var DrawSeed = domain.Rule{
	ID: "draw-seed", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "抽取可复算：先承诺种子，后冻结名录", EN: "A draw can be made again"},
}

// InspectorMatching gives each drawn institution the inspectors that the draw
// ranks first, within two working days.
var InspectorMatching = domain.Rule{
	ID: "inspector-matching", Version: 1, Mark: domain.Seen,
	Title:    domain.Text{ZH: "检查人员随机匹配", EN: "Inspectors are matched by lot"},
	Citation: "山东省双随机抽查工作细则（2017）",
}

// SignedRecord wants the record of a visit signed by the officers; a covert visit
// may go without.
var SignedRecord = domain.Rule{
	ID: "signed-record", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "检查记录由检查人员签字", EN: "The record of a visit is signed"},
	Citation: "民办教育促进法实施条例 第四十七条；行政许可法 第六十一条",
}

// VisitCount keeps visits and institutions apart: a number of visits is never
// one of institutions.
var VisitCount = domain.Rule{
	ID: "visit-count", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "所次不是家数", EN: "Visits are not institutions"},
}

// CovertConfidential keeps covert visits and checks of grievances from the public
// until their result is published.
var CovertConfidential = domain.Rule{
	ID: "covert-confidential", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "暗访和投诉举报核查在公开结果之前不公开", EN: "Covert visits and checks of grievances stay joint"},
	Citation: "市场监督管理投诉举报处理暂行办法 第三十三条；政府信息公开条例 第十六条",
}

// PublishedResult is the publication of what an inspection found, within twenty
// working days of its end.
var PublishedResult = domain.Rule{
	ID: "published-result", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "检查结果向社会公开", EN: "The result of an inspection is published"},
	Citation: "政府信息公开条例 第二十六条；民办教育促进法实施条例 第四十七条",
}

// RightOfReply lets an institution answer beside the published result, once and
// in its own words.
var RightOfReply = domain.Rule{
	ID: "right-of-reply", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "被检查机构可以回应", EN: "Right of reply"},
}

// Pool returns the numbers of the officers of some agencies whose credential
// holds on a day, in order and each once: those among whom inspectors are
// matched (执法人员名录库).
func (l Law) Pool(on calendar.Day, agencies []string) []string {
	out := []string{}
	for _, o := range l.Roster {
		if o.On(on) && slices.Contains(agencies, o.Agency) {
			out = append(out, o.ID)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// StreetLevel refuses a place that is written down to the door: a number with
// 号, 栋, 幢, 单元, 室 and the like behind it. Premises may be somebody's home. A
// street that has a number for its name (三号路) is none.
func StreetLevel(place, pointer string) error {
	text := []rune(strings.TrimSpace(place))
	for i := 1; i < len(text); i++ {
		if numeral(text[i-1]) && door(text[i:]) {
			t := domain.Say("地点只写到街路，不写门牌和房号", "a place is written down to its street, without door or room")
			return domain.Refuse(domain.Invalid, PersonalData, t, domain.Field{Pointer: pointer, Code: "too_exact", Message: t})
		}
	}
	return nil
}

func numeral(r rune) bool {
	return unicode.IsDigit(r) || strings.ContainsRune("一二三四五六七八九十百零〇两", r)
}

// door reports whether what follows a number makes it one of a door, a house or
// a room.
func door(text []rune) bool {
	if strings.ContainsRune("栋幢室户", text[0]) || strings.HasPrefix(string(text), "单元") {
		return true
	}
	return text[0] == '号' && (len(text) == 1 || !strings.ContainsRune("路街巷弄道线", text[1]))
}
