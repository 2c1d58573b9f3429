package demo

import (
	"strconv"

	"minglu/domain/calendar"
	"minglu/domain/ident"
	"minglu/domain/term"
)

// life is one institution while its acts are taken down; day is when the last
// thing happened.
type life struct {
	*county
	serial  int
	ref     string
	day     calendar.Day
	licence string
	code    string // credit code, or empty
	profit  bool
}

const serialBase = 1_000_000

// live takes down the i-th institution of the county.
func (c *county) live(i int) {
	serial := serialBase + i + 1
	l := &life{county: c, serial: serial, ref: "G" + digits(serial, 1)}
	switch n := c.rand.below(100); {
	case n < 40:
		l.beginNonSubject()
		l.remain()
	case n < 48:
		l.beginNonSubject()
		l.misbehave()
	case n < 72:
		l.beginSubject()
		l.end()
	case n < 84:
		l.beginSubject()
		l.turn()
	case n < 90:
		l.beginSubject()
		l.turnNonProfit()
	default:
		l.unlicensed()
	}
}

// on moves the day on by from to to days and returns it; the second is whether
// it still lies in the time of the data.
func (l *life) on(from, to int) (calendar.Day, bool) {
	day := l.day + calendar.Day(from+l.rand.below(to-from+1))
	if day > lastDay {
		return l.day, false
	}
	l.day = day
	return day, true
}

// act takes down an act by the education department on the present day.
func (l *life) act(name, officer, title, document string, body ...string) {
	l.do(l.day, name, l.ref, education, officer, title, document, body...)
}

var scopesNonSubject = []string{
	`"class":"non_subject","categories":["culture_arts"],"audiences":["compulsory","senior_high"]`,
	`"class":"non_subject","categories":["sports"],"audiences":["compulsory"]`,
	`"class":"non_subject","categories":["culture_arts"],"audiences":["preschool","compulsory"]`,
	`"class":"non_subject","categories":["science_technology"],"audiences":["compulsory","senior_high"]`,
	`"class":"non_subject","categories":["sports","culture_arts"],"audiences":["preschool","compulsory","senior_high"]`,
}

var scopesSubject = []string{
	`"class":"subject","audiences":["compulsory"]`,
	`"class":"subject","audiences":["compulsory"]`,
	`"class":"subject","audiences":["compulsory","senior_high"]`,
}

func (l *life) beginNonSubject() {
	l.day = l.rand.between(firstDay, calendar.Date(2025, 3, 1))
	l.found(scopesNonSubject[l.rand.below(len(scopesNonSubject))], "培训中心", 108)
}

// beginSubject begins before the baseline, so that no moratorium is met.
func (l *life) beginSubject() {
	l.day = l.rand.between(firstDay, calendar.Date(2021, 5, 1))
	l.found(scopesSubject[l.rand.below(len(scopesSubject))], "培训学校", 36+12*l.rand.below(3))
}

// found registers, licenses for so many months, and records the legal person.
func (l *life) found(scope, ending string, months int) {
	l.profit = l.rand.chance(75)
	l.licence = "教民1" + string(l.county.code) + "7" + digits(l.serial, 7) + "号"
	l.register("institution", l.county.name+l.word()+ending, scope)
	until := l.day.AddMonths(months) - 1
	l.act("institution.grant-licence", handler, "办学许可证", l.licence,
		`{"number":"`, l.licence, `","kind":"school_licence",`, scope, `,"valid_from":"`, dateText(l.day), `","valid_to":"`, dateText(until), `"}`)
	l.on(5, 40)
	l.recordRegistration()
	if l.rand.chance(70) {
		l.on(10, 200)
		l.act("institution.enrol-platform", handler, "平台入驻记录", "", `{"platform":"全国校外教育培训监管与服务综合平台"}`)
	}
}

// register takes it into the register, mostly with its credit code.
func (l *life) register(kind, name, scope string) {
	prefix, code := "52", ""
	if l.profit {
		prefix = "91"
	}
	l.code = string(ident.SyntheticUSCC(prefix, l.county.code, l.serial))
	if kind == "institution" && l.rand.chance(92) {
		code = `","uscc":"` + l.code
	}
	l.act("institution.register", handler, "机构台账", "",
		`{"names":["`, name, `（示例）"],"kind":"`, kind, `","mode":"offline","address":"`,
		l.county.name, `示例路`, digits(1+l.rand.below(400), 1), `号`, code, `",`, scope, `}`)
}

func (l *life) recordRegistration() {
	if l.profit {
		l.do(l.day, "institution.record-legal-registration", l.ref, market, registry, "营业执照", l.code,
			`{"authority":"market_regulation","form":"company","number":"`, l.code, `","for_profit":true}`)
		return
	}
	l.do(l.day, "institution.record-legal-registration", l.ref, civil, registry, "民办非企业单位登记证书", l.code,
		`{"authority":"civil_affairs","form":"private_non_enterprise","number":"`, l.code, `","for_profit":false}`)
}

var nameWords = []rune("星桥云杉竹溪雁橡果木棉蓝楹石榴青箬山葵麦穗白鹭菱角银杏茶坡松荷塘棠梨芒蔗花绿盘红谷岭滩泉磨刀缙温嘉金")

// word returns two or three characters for a name.
func (l *life) word() string {
	n := 2 + l.rand.below(2)
	out := make([]rune, n)
	for i := range out {
		out[i] = nameWords[l.rand.below(len(nameWords))]
	}
	return string(out)
}

// remain is an institution in good order: reviewed, inspected, mostly white.
func (l *life) remain() {
	l.day = max(l.day, calendar.Date(2021, 10, 1))
	if _, ok := l.on(1, 300); ok && l.rand.chance(60) {
		l.review()
	}
	if l.rand.chance(50) {
		l.template()
	}
	if l.rand.chance(8) {
		l.pause()
	}
	l.inspectYearly(60, true)
	if l.rand.chance(5) {
		l.announceTermination()
	}
}

// inspectYearly concludes the inspections of some years and, where one was
// passed, may list as white once; whoever is not on the platform is enrolled
// before.
func (l *life) inspectYearly(percent int, white bool) {
	for year := max(firstWindow, l.day.Year()); year <= lastDay.Year(); year++ {
		day := calendar.Date(year, 4, 10) + calendar.Day(l.rand.below(75))
		if day <= l.day || !l.rand.chance(percent) {
			continue
		}
		l.day = day
		passed := l.inspect(year)
		if white && passed && l.rand.chance(60) {
			l.on(3, 30)
			l.act("institution.enrol-platform", handler, "平台入驻记录", "", `{"platform":"全国平台"}`)
			l.listWhite()
			white = false
		}
	}
}

// inspect concludes the inspection of a year on the present day and tells
// whether it was passed.
func (l *life) inspect(year int) bool {
	result := term.Pass
	if l.rand.chance(8) {
		result = term.ConditionalPass
	}
	l.act("institution.conclude-annual-inspection", handler, "年度检查结果公告", "",
		`{"year":`, strconv.Itoa(year), `,"result":"`, string(result), `","published_on":"`, dateText(l.day), `"}`)
	return result == term.Pass
}

func (l *life) review() {
	l.act("institution.record-compliance-review", handler, "合规审核记录", "",
		`{"result":"passed","criteria":["办学资质","场所安全","从业人员","收费管理"]}`)
}

func (l *life) template() {
	if _, ok := l.on(1, 60); ok {
		l.act("institution.adopt-contract-template", handler, "服务合同备案", "", `{"version":"2021年修订版"}`)
	}
}

func (l *life) interview(reason string) {
	l.act("institution.hold-interview", approver, "约谈记录", "", `{"reason":"`, reason, `","commitments":["限期改正"]}`)
}

// pause suspends the licence and gives it back.
func (l *life) pause() {
	if _, ok := l.on(1, 200); !ok {
		return
	}
	l.act("institution.suspend-licence", approver, "暂停办学通知", "", `{"number":"`, l.licence, `","reason":"装修停课"}`)
	if _, ok := l.on(30, 120); ok {
		l.act("institution.reinstate-licence", approver, "恢复办学通知", "", `{"number":"`, l.licence, `","reason":"恢复办学条件"}`)
	}
}

func (l *life) announceTermination() {
	if _, ok := l.on(10, 200); ok {
		l.act("institution.announce-termination", handler, "终止办学公告", "",
			`{"planned_end":"`, dateText(l.day+180), `","reason":"不再办学"}`)
	}
}
