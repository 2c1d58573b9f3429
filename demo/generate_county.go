package demo

import (
	"strconv"

	"minglu/domain/calendar"
	"minglu/domain/term"
)

// The officers of every generated county; who serves a notice and who decides
// are two.
const (
	handler  = "G-E01"
	approver = "G-E02"
	head     = "G-E03"
	registry = "G-E11"
)

var (
	education = string(term.EducationDept)
	market    = string(term.MarketDept)
	civil     = string(term.CivilAffairsDept)
)

// firstWindow is the first year with an annual inspection.
const firstWindow = 2022

// decide takes down what the county decided for itself: moratorium and baseline
// of 2021, conferences, inspection windows, and in some a published list.
func (c *county) decide() {
	c.since = c.rand.between(calendar.Date(2021, 7, 7), calendar.Date(2021, 9, 5))
	document := "示例教〔2021〕" + digits(1+c.rand.below(90), 1) + "号"
	c.do(c.since-1, "jurisdiction.freeze-baseline", "", education, head, "学科类培训机构底数", "",
		`{"name":"双减基数","date":"2021-06-30","class":"subject","audiences":["compulsory"]}`)
	c.do(c.since, "jurisdiction.impose-moratorium", "", education, head, "停止审批学科类培训机构的通知", document,
		`{"class":"subject","audiences":["compulsory","senior_high"],"document_no":"`, document, `"}`)
	day := c.since + 10
	for n := range 2 + c.rand.below(3) {
		c.do(day, "jurisdiction.hold-joint-conference", "", education, head, "联席会议纪要", "",
			`{"sequence":`, strconv.Itoa(n+1), `,"agencies":["education","market_regulation","public_security","civil_affairs","fire"],"resolutions":["联合排查，分类处置"]}`)
		day += calendar.Day(60 + c.rand.below(90))
	}
	for year := firstWindow; year <= lastDay.Year(); year++ {
		y := strconv.Itoa(year)
		c.do(calendar.Date(year, 3, 20), "jurisdiction.open-annual-inspection", "", education, head, "年度检查通知", "",
			`{"year":`, y, `,"class":"non_subject","window_from":"`, y, `-04-01","window_to":"`, y, `-06-30"}`)
	}
	if c.rand.chance(10) {
		c.do(calendar.Date(2024, 9, 2), "jurisdiction.publish-list-batch", "", education, head, "校外培训机构白名单", "",
			`{"list":"white","media":["政府网站"]}`)
	}
}
