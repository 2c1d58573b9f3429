package html_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

func TestTheFirstPageTellsNumbersListsAndRates(t *testing.T) {
	s := newShop(t).demonstration()
	a := s.page("/").says("演示数据：机构名称、证号和代码都是编造的", "名录里有 75 个", "白名单 17 个", "整改中 1 个", "黑名单 1 个", "已注销 15 个", "未列入名单 41 个",
		"100.00%（24/24）", "无法计算（没有基数）", "四种算法对照")
	for _, href := range []string{`href="/lists/white"`, `href="/lists/watch"`, `href="/lists/black"`, `href="/lists/deregistered"`, `href="/search?standing=unlisted"`,
		`href="/regions/530427#rate"`, `action="/search"`} {
		if !strings.Contains(a.body, href) {
			t.Errorf("got no %s", href)
		}
	}
}

func TestNumbersAreThoseOfTheLists(t *testing.T) {
	s := newShop(t).demonstration()
	for list, n := range map[string]int{"white": 17, "watch": 1, "black": 1, "deregistered": 15} {
		a := s.page("/lists/" + list).says(fmt.Sprintf("共 %d 个", n))
		if got := strings.Count(a.body, `<tr><th scope="row"><a href="/institutions/`); got != n {
			t.Errorf("%s: got %d rows, want %d", list, got, n)
		}
	}
	s.page("/search?standing=unlisted").says("共 41 个")
}

func TestAListIsFilteredByDivision(t *testing.T) {
	s := newShop(t).demonstration()
	for filter, n := range map[string]int{"530427": 14, "530000": 14, "53": 14, "%E6%96%B0%E5%B9%B3": 14, "500109": 3, "110000": 0} {
		s.page("/lists/white?division=" + filter).says(fmt.Sprintf("共 %d 个", n))
	}
	s.page("/lists/white?division=%E6%96%B0%E5%B9%B3").says("白名单：云南省玉溪市新平彝族傣族自治县", "公布的批次", "第 2 批")
	if a := s.get("/lists/white?division=%E6%B2%A1%E6%9C%89%E7%9A%84"); a.status != http.StatusUnprocessableEntity {
		t.Errorf("got %d, want 422 for a place that is not", a.status)
	} else {
		a.says("没有找到名称以“没有的”开头的地区")
	}
	if a := s.get("/lists/grey"); a.status != http.StatusNotFound {
		t.Errorf("got %d, want 404 for a list that is not", a.status)
	}
}

func TestAListHasItsDataInOtherForms(t *testing.T) {
	s := newShop(t).demonstration()
	a := s.page("/lists/white?division=530427&as_of=2022-08-01")
	for _, suffix := range []string{"json", "csv", "xlsx"} {
		found := false
		for _, link := range a.all("a") {
			href := attr(link, "href")
			if strings.HasPrefix(href, "/api/v1/lists/white."+suffix+"?") && strings.Contains(href, "as_of=2022-08-01") && strings.Contains(href, "division=530427") && strings.Contains(href, "at_seq=") {
				found = true
			}
		}
		if !found {
			t.Errorf("got no link to the same list as %s", suffix)
		}
	}
}

func TestADivisionTellsItsRatesAndDecisions(t *testing.T) {
	s := newShop(t).demonstration()
	s.page("/regions/530427").says("机构 29 个", "100.00%（24/24）", "62.50%（15/24）", "82.76%（24/29）", "教育部口径", "只计注销", "双减基数", "2021年7月1日",
		"24 个机构", "已注销 15", "已转型 9", "2021-07-07", "学科类，面向义务教育阶段", "执行中", "共 4 次", "第 4 次", "2022-05-19", "第 2 批", "待核实", "12 至 36 个月",
		"新平县星桥培训学校（示例）")
	s.page("/regions/500109").says("无法计算（没有基数）", "这不等于 0，也不等于 100%", "共 3 次", "没有登记停止审批的决定").hides("100.00%", "0.00%")
	s.page("/regions/530000").says("云南省", "下级地区", "玉溪市", "100.00%（24/24）")
	s.page("/regions/140624").says("停用", "140681")
	for _, code := range []string{"999999", "53", "abcdef"} {
		if a := s.get("/regions/" + code); a.status != http.StatusNotFound {
			t.Errorf("%s: got %d, want 404", code, a.status)
		}
	}
}

func TestARateIsThatOfTheDay(t *testing.T) {
	s := newShop(t).demonstration()
	s.page("/regions/530427?as_of=2021-06-30").says("无法计算（没有基数）").hides("100.00%")
	s.page("/regions/530427?as_of=2021-07-07").says("0.00%（0/24）", "执行中")
	s.page("/regions/530427?as_of=2021-07-06").says("没有登记停止审批的决定")
	s.page("/regions/530427?at_seq=1").says("无法计算（没有基数）", "没有登记联席会议")
}

func TestASearchSaysWhyItFound(t *testing.T) {
	s := newShop(t).demonstration()
	s.page("/search?q=%E6%98%9F%E6%A1%A5").says("共 1 个", "新平县星桥培训学校（示例）", "已注销", "云南省玉溪市新平彝族傣族自治县")
	if a := s.page("/search?q=%E6%98%9F%E6%A1%A5"); !strings.Contains(a.body, "<mark>星桥</mark>") {
		t.Error("got no mark at what was searched for")
	}
	s.page("/search?q=xingqiao").says("新平县星桥培训学校（示例）")
	a := s.page("/search?q=153042770000001").says("许可证号", "新平县星桥培训学校（示例）")
	if !strings.Contains(a.body, "<mark>153042770000001</mark>") {
		t.Error("got no mark in the licence number")
	}
	s.page("/search?q=915304270000000197").says("统一社会信用代码")
}

func TestAFilterKeepsTheQuery(t *testing.T) {
	s := newShop(t).demonstration()
	a := s.page("/search?q=%E5%9F%B9%E8%AE%AD&standing=white&division=530427").says("共 14 个", "名单状态：白名单", "地区：云南省玉溪市新平彝族傣族自治县")
	if !strings.Contains(a.body, `<input type="hidden" name="q" value="培训">`) {
		t.Error("got a filter that forgets the query")
	}
	s.page("/search?standing=watch").says("共 1 个")
	s.page("/search?class=subject&documents=neither&status=deregistered").says("共 15 个")
	if got := s.get("/search?standing=purple"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("got %d, want 422 for a standing that is not", got.status)
	} else {
		got.says("名单状态", "purple")
	}
}

func TestNothingFoundSaysWhatThatMeans(t *testing.T) {
	s := newShop(t).demonstration()
	s.page("/search?q=zzzz").says("名录里没有找到。没有找到不等于合法，也不等于违法；收录范围和截至日期见下。可疑的培训点可以举报。", "收录范围", "12345", "截至2026年11月22日")
}

func TestAListComesInPages(t *testing.T) {
	s := newShop(t)
	for i := range 60 {
		s.do(xinping, "institution.register", fmt.Sprintf("R%02d", i), "2022-01-01", body{
			"names": []string{fmt.Sprintf("示例第%02d培训点", i)}, "kind": "premises", "mode": "offline", "address": "x", "class": "subject", "audiences": []string{}})
	}
	s.level()
	first := s.page("/search").says("共 60 个", "第 1 页，共 2 页")
	second := s.page("/search?page=2").says("共 60 个", "第 2 页，共 2 页")
	if a, b := strings.Count(first.body, "<h3>"), strings.Count(second.body, "<h3>"); a != 50 || b != 10 {
		t.Errorf("got %d and %d rows, want 50 and 10", a, b)
	}
	found := s.page("/search?q=%E5%9F%B9%E8%AE%AD%E7%82%B9&page=2").says("共 60 个")
	if n := strings.Count(found.body, "<h3>"); n != 10 {
		t.Errorf("got %d rows of a search, want 10", n)
	}
}
