package html_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"minglu/projections"
)

func utoa(n uint64) string { return strconv.FormatUint(n, 10) }

// seqAt returns the name of the fact at a position.
func (s *shop) seqAt(seq uint64) string {
	s.t.Helper()
	s.level()
	facts, _, err := s.views.Timeline(projections.TimelineQuery{After: seq - 1, Limit: 1})
	if err != nil || len(facts) != 1 {
		s.t.Fatalf("position %d: got %v and %v", seq, facts, err)
	}
	return facts[0].Type
}

func TestAPageIsAsOfTheDayAskedFor(t *testing.T) {
	s := newShop(t)
	s.studio(xinping, "A", "示例时光艺术中心", "教民153042779900006号", "culture_arts")
	s.white(xinping, "A", "2022-05-10", "新教〔2022〕8号")
	s.level()
	path := "/institutions/" + s.ids["A"]
	s.page(path+"?as_of=2022-05-09").says("未列入名单", "截至2022年5月9日", "不是最新情况", "看今天的情况")
	s.page(path+"?as_of=2022-05-10").says("白名单", "自2022年5月10日起")
	s.page(path+"?as_of=2019-01-01").says("2019年1月1日名录里还没有它", "示例时光艺术中心", "2020年9月1日")
	s.page(path+"?as_of=2027-05-01").says("尚未生效", "截至2027年5月1日")
	s.page("/?as_of=2019-01-01").says("名录里有 0 个")
	s.page("/lists/white?as_of=2022-05-09").says("共 0 个")
}

func TestAPageIsAtThePositionAskedFor(t *testing.T) {
	s := newShop(t)
	s.studio(xinping, "A", "示例序号艺术中心", "教民153042779900007号", "culture_arts")
	s.level()
	before := s.views.Seq()
	s.white(xinping, "A", "2022-05-10", "新教〔2022〕8号")
	s.level()
	path := "/institutions/" + s.ids["A"]
	a := s.page(path+"?at_seq="+utoa(before)).says("未列入名单", "序号 "+utoa(before), "不是最新情况").hides("新教〔2022〕8号")
	if got, want := a.header.Get("Minglu-Seq"), utoa(s.views.Seq()); got != want {
		t.Errorf("got Minglu-Seq %s, want %s", got, want)
	}
	s.page("/lists/white?at_seq=" + utoa(before)).says("共 0 个")
	s.page("/search?q=%E5%BA%8F%E5%8F%B7&at_seq="+utoa(before)).says("共 1 个", "未列入名单")
	s.page("/?at_seq=0").says("名录里有 0 个")
	s.page("/search?q=%E5%BA%8F%E5%8F%B7&at_seq=0").says("没有找到")
	if a := s.get(path + "?at_seq=0"); a.status != http.StatusNotFound {
		t.Errorf("got %d, want 404 before it was registered", a.status)
	} else {
		a.says("登记到序号 0 时，名录还没有收录它")
	}
}

func TestAMomentThatCannotBeIsRefusedInWords(t *testing.T) {
	s := newShop(t)
	for query, want := range map[string]string{
		"as_of=2021-02-30":                "历法上没有这一天",
		"as_of=2021-2-3":                  "应写成四位年、两位月、两位日",
		"as_of=yesterday":                 "应写成四位年、两位月、两位日",
		"at_seq=999999":                   "超过了目前的最大序号",
		"at_seq=-1":                       "应为不带符号的整数",
		"at_seq=abc":                      "应为不带符号的整数",
		"min_seq=x":                       "应为不带符号的整数",
		"as_of=%3Cscript%3Ealert%3C/s%3E": "应写成四位年、两位月、两位日",
	} {
		for _, path := range []string{"/", "/search", "/lists/white", "/regions"} {
			a := s.get(path + "?" + query)
			if a.status != http.StatusUnprocessableEntity {
				t.Errorf("%s?%s: got %d, want 422", path, query, a.status)
			}
			a.says("填写的内容有误", want).hides("<script")
			a.checked(path + "?" + query)
		}
	}
}

func TestEmptyAndUnknownParametersAreIgnored(t *testing.T) {
	s := newShop(t)
	s.page("/?as_of=&at_seq=&utm_source=x").says("截至2026年11月22日").hides("utm_source")
}

func TestLinksKeepTheMomentThatWasChosen(t *testing.T) {
	s := newShop(t).demonstration()
	for _, target := range []string{"/", "/lists/white", "/regions", "/regions/530427", "/search?q=%E6%96%B0%E5%B9%B3"} {
		sep := "?"
		if strings.Contains(target, "?") {
			sep = "&"
		}
		a := s.page(target + sep + "as_of=2022-06-08&at_seq=300")
		for _, link := range a.all("a") {
			href := attr(link, "href")
			switch {
			case strings.HasPrefix(href, "#"), strings.HasPrefix(href, "/grievances/"), href == "/orders/trace", textOf(link) == "看今天的情况":
			case !strings.Contains(href, "as_of=2022-06-08") || !strings.Contains(href, "at_seq=300"):
				t.Errorf("%s: got the link %s, which forgets the day or the position", target, href)
			}
		}
		for _, form := range a.all("form") {
			if f := fieldsOf(form); f["as_of"] != "2022-06-08" || f["at_seq"] != "300" {
				t.Errorf("%s: got a form to %s with %v, which forgets the moment", target, attr(form, "action"), f)
			}
		}
		plain := s.page(target)
		for _, link := range plain.all("a") {
			href := attr(link, "href")
			if strings.Contains(href, "as_of=") && !strings.HasPrefix(href, "/api/") && textOf(link) != "本页固定地址" {
				t.Errorf("%s: got the link %s, which fixes the day unasked", target, href)
			}
		}
	}
}

// fieldsOf returns what a form would send.
func fieldsOf(form *html.Node) map[string]string {
	out := map[string]string{}
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Data == "input" {
			out[attr(n, "name")] = attr(n, "value")
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(form)
	return out
}

func TestAPageWaitsForAPosition(t *testing.T) {
	s := newShop(t)
	s.studio(xinping, "A", "示例等候艺术中心", "教民153042779900008号", "culture_arts")
	s.page("/institutions/" + s.ids["A"] + "?min_seq=" + utoa(s.seqs["A"])).says("示例等候艺术中心")
	a := s.get("/?min_seq=" + utoa(s.seqs["A"]+1000))
	if a.status != http.StatusServiceUnavailable || a.header.Get("Retry-After") == "" {
		t.Errorf("got %d with Retry-After %q, want 503 with one", a.status, a.header.Get("Retry-After"))
	}
	a.says("请稍后再试")
}
