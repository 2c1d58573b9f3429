package rule

import (
	"slices"
	"strings"
	"time"

	"minglu/domain"
	"minglu/domain/calendar"
)

// ProvisionInForce applies the law of the day of the act: what is said to be
// contravened was in force then.
var ProvisionInForce = domain.Rule{
	ID: "provision-in-force", Version: 1, Mark: domain.Law, From: "2021-07-15",
	Title:    domain.Text{ZH: "适用违法行为发生时的规定", EN: "The law of the day of the act applies"},
	Citation: "行政处罚法 第三十七条",
	Quote:    "实施行政处罚，适用违法行为发生时的法律、法规、规章的规定。",
}

// Statute is a statute with all its editions, oldest first. Each is in force
// until the day before the next one.
type Statute struct {
	Title    string   // without book-title marks and without 中华人民共和国
	Aliases  []string // further names by which it is cited
	Editions []Edition
}

// Edition is one version of a statute.
type Edition struct {
	Name     string       // by which facts record it, such as "2021年修订"
	From     calendar.Day // first day in force
	Citation string       // by what it was made
	Mark     domain.Mark  // how sure the register is of the day
}

// Statutes are those that cases of off-campus training cite. A statute that is
// not here, such as a local one, is taken as it is written.
var Statutes = []Statute{
	{"行政处罚法", nil, []Edition{
		{"1996年", day(1996, 10, 1), "1996-03-17 通过", domain.Law},
		{"2009年修正", day(2009, 8, 27), "2009-08-27 关于修改部分法律的决定", domain.Seen},
		{"2017年修正", day(2018, 1, 1), "2017-09-01 关于修改法官法等八部法律的决定", domain.Seen},
		{"2021年修订", day(2021, 7, 15), "2021-01-22 修订", domain.Law},
	}},
	{"行政许可法", nil, []Edition{
		{"2003年", day(2004, 7, 1), "2003-08-27 通过", domain.Law},
		{"2019年修正", day(2019, 4, 23), "2019-04-23 修正", domain.Seen},
	}},
	{"民办教育促进法", nil, []Edition{
		{"2002年", day(2003, 9, 1), "2002-12-28 通过", domain.Law},
		{"2013年修正", day(2013, 6, 29), "2013-06-29 修正", domain.Seen},
		{"2016年修正", day(2017, 9, 1), "2016-11-07 修正", domain.Seen},
		{"2018年修正", day(2018, 12, 29), "2018-12-29 修正", domain.Law},
	}},
	{"民办教育促进法实施条例", nil, []Edition{
		{"2004年", day(2004, 4, 1), "国务院令第399号", domain.Seen},
		{"2021年修订", day(2021, 9, 1), "国务院令第741号", domain.Law},
	}},
	{"未成年人保护法", nil, []Edition{
		{"1991年", day(1992, 1, 1), "1991-09-04 通过", domain.Seen},
		{"2006年修订", day(2007, 6, 1), "2006-12-29 修订", domain.Seen},
		{"2012年修正", day(2013, 1, 1), "2012-10-26 修正", domain.Seen},
		{"2020年修订", day(2021, 6, 1), "2020-10-17 修订", domain.Law},
		{"2024年修正", day(2024, 4, 26), "2024-04-26 修正", domain.Law},
	}},
	{"校外培训行政处罚暂行办法", []string{"教育部令第53号"}, []Edition{
		{"2023年", day(2023, 10, 15), "教育部令第53号", domain.Law},
	}},
	{"广告法", nil, []Edition{
		{"1994年", day(1995, 2, 1), "1994-10-27 通过", domain.Seen},
		{"2015年修订", day(2015, 9, 1), "2015-04-24 修订", domain.Law},
		{"2018年修正", day(2018, 10, 26), "2018-10-26 修正", domain.Seen},
		{"2021年修正", day(2021, 4, 29), "2021-04-29 修正", domain.Law},
	}},
	{"价格法", nil, []Edition{
		{"1997年", day(1998, 5, 1), "1997-12-29 通过", domain.Law},
	}},
	{"消防法", nil, []Edition{
		{"1998年", day(1998, 9, 1), "1998-04-29 通过", domain.Seen},
		{"2008年修订", day(2009, 5, 1), "2008-10-28 修订", domain.Law},
		{"2019年修正", day(2019, 4, 23), "2019-04-23 修正", domain.Seen},
		{"2021年修正", day(2021, 4, 29), "2021-04-29 修正", domain.Law},
	}},
	{"劳动合同法", nil, []Edition{
		{"2007年", day(2008, 1, 1), "2007-06-29 通过", domain.Law},
		{"2012年修正", day(2013, 7, 1), "2012-12-28 修正", domain.Law},
	}},
	{"消费者权益保护法", nil, []Edition{
		{"1993年", day(1994, 1, 1), "1993-10-31 通过", domain.Law},
		{"2009年修正", day(2009, 8, 27), "2009-08-27 关于修改部分法律的决定", domain.Seen},
		{"2013年修正", day(2014, 3, 15), "2013-10-25 修正", domain.Law},
	}},
	{"个人信息保护法", nil, []Edition{
		{"2021年", day(2021, 11, 1), "2021-08-20 通过", domain.Law},
	}},
	{"民办非企业单位登记管理暂行条例", nil, []Edition{
		{"1998年", day(1998, 10, 25), "国务院令第251号", domain.Law},
	}},
	{"市场主体登记管理条例", nil, []Edition{
		{"2021年", day(2022, 3, 1), "国务院令第746号", domain.Law},
	}},
	{"企业信息公示暂行条例", nil, []Edition{
		{"2014年", day(2014, 10, 1), "国务院令第654号", domain.Law},
		{"2024年修订", day(2024, 5, 1), "国务院令第777号", domain.Unverified},
	}},
}

func day(y int, m time.Month, d int) calendar.Day { return calendar.Date(y, m, d) }

// StatuteOf returns the statute of a title or alias, with or without book-title
// marks and 中华人民共和国.
func StatuteOf(title string) (Statute, bool) {
	t := bareTitle(title)
	i := slices.IndexFunc(Statutes, func(s Statute) bool { return s.Title == t || slices.Contains(s.Aliases, t) })
	if i < 0 {
		return Statute{}, false
	}
	return Statutes[i], true
}

func bareTitle(title string) string {
	t := strings.Join(strings.Fields(title), "")
	t = strings.TrimSuffix(strings.TrimPrefix(t, "《"), "》")
	return strings.TrimPrefix(t, "中华人民共和国")
}

// On returns the edition in force on a day.
func (s Statute) On(on calendar.Day) (Edition, bool) {
	for _, e := range slices.Backward(s.Editions) {
		if e.From <= on {
			return e, true
		}
	}
	return Edition{}, false
}

// StatuteOn returns the edition of a statute in force on a day; ok is false for
// a statute that is not in the table, and for a day before its first edition.
func StatuteOn(title string, on calendar.Day) (e Edition, ok bool) {
	s, ok := StatuteOf(title)
	if !ok {
		return Edition{}, false
	}
	return s.On(on)
}

// Provision is an article of the edition of a statute that was in force on the
// day of an act.
type Provision struct {
	Statute string       `json:"statute"`
	Version string       `json:"version,omitempty"` // name of the edition; empty: the statute is in no table
	Article string       `json:"article"`
	On      calendar.Day `json:"on"` // the day that chose the edition
}

// ProvisionOn returns the article of a statute as it was in force on a day, or
// refuses a statute that was not yet. pointer is where it stands in the act.
func ProvisionOn(title, article string, on calendar.Day, pointer string) (Provision, error) {
	p := Provision{Statute: strings.TrimSpace(title), Article: strings.TrimSpace(article), On: on}
	s, known := StatuteOf(title)
	if !known {
		return p, nil
	}
	e, ok := s.On(on)
	if !ok {
		return p, domain.Refuse(domain.Conflict, ProvisionInForce, domain.Say(
			"《%s》自 %s 起施行，不适用于 %s 的行为", "《%s》 is in force from %s and does not apply to what was done on %s", s.Title, s.Editions[0].From, on),
			domain.Field{Pointer: pointer, Code: "not_in_force", Message: domain.Say("%s 起施行", "in force from %s", s.Editions[0].From)})
	}
	p.Statute, p.Version = s.Title, e.Name
	return p, nil
}
