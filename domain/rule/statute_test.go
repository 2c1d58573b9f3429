package rule_test

import (
	"slices"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/rule"
)

func TestTheEditionOfADayIsChosen(t *testing.T) {
	for name, c := range map[string]struct {
		title, on, want string // want is the edition; empty: none
	}{
		"the day before the penalty law of 2021":        {"行政处罚法", "2021-07-14", "2017年修正"},
		"its first day":                                 {"中华人民共和国行政处罚法", "2021-07-15", "2021年修订"},
		"book-title marks and spaces do not matter":     {"《中华人民共和国 未成年人保护法》", "2024-04-25", "2020年修订"},
		"the amendment of the minors law":               {"未成年人保护法", "2024-04-26", "2024年修正"},
		"an alias":                                      {"教育部令第53号", "2023-10-15", "2023年"},
		"what is not yet in force":                      {"校外培训行政处罚暂行办法", "2023-10-14", ""},
		"the regulations before their revision":         {"民办教育促进法实施条例", "2021-08-31", "2004年"},
		"the regulations from their revision on":        {"民办教育促进法实施条例", "2021-09-01", "2021年修订"},
		"the private education law as amended":          {"民办教育促进法", "2018-12-29", "2018年修正"},
		"the advertising law as amended":                {"广告法", "2021-04-29", "2021年修正"},
		"the price law on its first day":                {"价格法", "1998-05-01", "1997年"},
		"the fire law as amended":                       {"消防法", "2021-04-29", "2021年修正"},
		"the labour contract law as amended":            {"劳动合同法", "2013-07-01", "2012年修正"},
		"the consumer law as amended":                   {"消费者权益保护法", "2014-03-15", "2013年修正"},
		"the personal information law on its first day": {"个人信息保护法", "2021-11-01", "2021年"},
		"a statute in no table":                         {"某省校外培训条例", "2024-01-01", ""},
	} {
		t.Run(name, func(t *testing.T) {
			e, ok := rule.StatuteOn(c.title, day(c.on))
			if e.Name != c.want || ok != (c.want != "") {
				t.Errorf("got %q, %v, want %q", e.Name, ok, c.want)
			}
		})
	}
}

func TestAProvisionIsOneOfTheDayOfTheAct(t *testing.T) {
	p, err := rule.ProvisionOn(" 《中华人民共和国广告法》", "第二十八条 ", day("2019-01-01"), "/body/contravened/0/statute")
	if want := (rule.Provision{Statute: "广告法", Version: "2018年修正", Article: "第二十八条", On: day("2019-01-01")}); err != nil || p != want {
		t.Errorf("got %+v, %v, want %+v", p, err, want)
	}
	p, err = rule.ProvisionOn("某省校外培训条例", "第一条", day("2019-01-01"), "/body/contravened/0/statute")
	if want := (rule.Provision{Statute: "某省校外培训条例", Article: "第一条", On: day("2019-01-01")}); err != nil || p != want {
		t.Errorf("got %+v, %v, want a statute in no table as it is written", p, err)
	}
	_, err = rule.ProvisionOn("校外培训行政处罚暂行办法", "第十七条", day("2022-06-01"), "/body/contravened/0/statute")
	outcome(t, err, rule.ProvisionInForce, "/body/contravened/0/statute")
}

func TestTheTableOfStatutesIsInOrder(t *testing.T) {
	names := map[string]bool{}
	for _, s := range rule.Statutes {
		for _, n := range append([]string{s.Title}, s.Aliases...) {
			if got, ok := rule.StatuteOf(n); names[n] || !ok || got.Title != s.Title {
				t.Errorf("%s: got %q, want it once", n, got.Title)
			}
			names[n] = true
		}
		if !slices.IsSortedFunc(s.Editions, func(a, b rule.Edition) int { return int(a.From - b.From) }) || len(s.Editions) == 0 {
			t.Errorf("%s: got editions out of order", s.Title)
		}
		var last calendar.Day
		for _, e := range s.Editions {
			if e.Name == "" || e.Citation == "" || e.From <= last || !slices.Contains([]domain.Mark{domain.Law, domain.Seen, domain.Unverified}, e.Mark) {
				t.Errorf("%s: got the edition %+v", s.Title, e)
			}
			last = e.From
		}
	}
}
