package html_test

import (
	"net/http"
	"strings"
	"testing"
)

const xinping = "530427"

// before fails where the first of two words does not come first.
func (a answer) before(first, second string) answer {
	a.t.Helper()
	text := a.text()
	if i, j := strings.Index(text, first), strings.Index(text, second); i < 0 || j < 0 || i > j {
		a.t.Errorf("got %q at %d and %q at %d, want the first before the second", first, i, second, j)
	}
	return a
}

func TestAWhiteInstitutionSaysFirstThatOneMaySignUp(t *testing.T) {
	s := newShop(t)
	s.studio(xinping, "A", "示例白鹭艺术中心", "教民153042779900001号", "culture_arts")
	s.white(xinping, "A", "2022-05-10", "新教〔2022〕8号")
	s.level()
	s.page("/institutions/"+s.ids["A"]).
		says("白名单", "主管部门已把它列入白名单，可以报名，缴费只付入监管账户，不要付给个人。",
			"自2022年5月10日起", "新平彝族傣族自治县教育部门", "新教〔2022〕8号",
			"证照齐全", "教民153042779900001号", "2020-09-01 至 2030-08-31", "有效", "营利性", "登-A",
			"非学科类，文化艺术类", "学龄前儿童、义务教育阶段", "线下", "演示县平甸路 A 号",
			"云南省玉溪市新平彝族傣族自治县", "接下来怎么办", "最近的登记", "序号 1").
		before("主管部门已把它列入白名单", "证照").
		before("证照", "办学情况").before("办学情况", "接下来怎么办")
}

func TestABlackListingSaysWhyByWhomAndUntilWhen(t *testing.T) {
	s := newShop(t)
	s.school(xinping, "A", "示例黑岩培训学校", "教民153042779900002号")
	s.black(xinping, "A", "2026-05-11", "2026-05-12", "2026-05-12", "2027-05-12", "2028-05-11")
	s.level()
	s.page("/institutions/"+s.ids["A"]).
		says("黑名单", "已列入黑名单，请不要报名、不要缴费，已经缴费的可以申请退费或投诉。", "演教罚〔2026〕7号", "无证办学：未取得许可面向中小学生开展学科培训",
			"校外培训行政处罚暂行办法第十七条", "公示到2028年5月11日", "失信等级：严重", "2027年5月12日起可以申请信用修复", "12345")
	s.page("/lists/black").says("示例黑岩培训学校", "2026-05-12", "2028-05-11", "演教罚〔2026〕7号", "共 1 个").hides("失信主体")
}

func TestAnEndedBlackListingIsShownForNoDay(t *testing.T) {
	s := newShop(t)
	s.school(xinping, "A", "示例旧事培训学校", "教民153042779900003号")
	s.black(xinping, "A", "2022-01-10", "2022-01-11", "2022-01-11", "2023-01-11", "2025-01-10")
	s.level()
	in2023 := "?as_of=2023-06-01"
	s.page("/institutions/"+s.ids["A"]+in2023).says("未列入名单").hides("无证办学", "演教罚", "已列入黑名单")
	s.page("/institutions/"+s.ids["A"]+"/history").says("已撤回").hides("无证办学", "演教罚")
	s.page("/lists/black" + in2023).says("共 0 个").hides("示例旧事培训学校")
	s.page("/lists/watch" + in2023).says("共 0 个")
	s.page("/search"+in2023+"&standing=unlisted").says("共 1 个", "示例旧事培训学校")
	s.page("/search" + in2023 + "&standing=black").says("没有找到").hides("示例旧事培训学校")
	s.page("/"+in2023).says("黑名单 0 个", "未列入名单 1 个")
	s.page("/regions/"+xinping+in2023).says("黑名单 0 个", "未列入名单 1 个")
}

func TestANaturalPersonIsMasked(t *testing.T) {
	s := newShop(t)
	s.do(xinping, "institution.register", "P", "2026-05-01", body{
		"names": []string{"张示例"}, "kind": "natural_person", "mode": "offline", "address": "演示县桂山街道示例小区3栋502室", "class": "subject", "audiences": compulsory})
	s.black(xinping, "P", "2026-05-11", "2026-05-12", "2026-05-12", "2027-05-12", "2028-05-11")
	s.level()
	id := s.ids["P"]
	for _, target := range []string{"/institutions/" + id, "/institutions/" + id + "/history", "/lists/black", "/search?standing=black", "/search?q=张", "/regions/" + xinping} {
		s.page(target).hides("张示例", "502", "3栋")
	}
	s.page("/institutions/"+id).says("张*", "自然人", "桂山街道", "黑名单", "不代表它可以办学", "没有停办或注销的记录")
	s.page("/lists/black").says("张*", "自然人")
	s.page("/search?q=张示例").says("没有找到").hides("/institutions/" + id)
}

func TestAClosedPlaceSaysWhatToDo(t *testing.T) {
	s := newShop(t)
	s.do(xinping, "institution.register", "S", "2026-09-01", body{
		"names": []string{"示例小区2栋无名培训点"}, "kind": "premises", "mode": "offline", "address": "示例小区2栋", "class": "subject", "audiences": []string{}})
	s.do(xinping, "institution.stop-operation", "S", "2026-09-03", body{"basis": "unlicensed", "reason": "无证办学"})
	s.level()
	s.page("/institutions/"+s.ids["S"]).says("未列入名单", "已关停", "无证无照", "没有登记办学许可", "没有有效的登记", "场所", "退费", "12345")
}

func TestACorrectionIsShownWithWhatItCorrects(t *testing.T) {
	s := newShop(t)
	s.school(xinping, "A", "示例更正培训学校", "教民153042779900004号")
	granted := s.seqs["A"] - 1 // the registration of the legal person came after
	for s.seqAt(granted) != "institution.licence_granted" {
		granted--
	}
	s.do(xinping, "institution.correct", "A", "2026-03-01", body{"target_seq": granted, "field": "valid_to", "was": "2024-02-28", "is": "2029-02-28", "reason": "录入有误"})
	s.do(xinping, "institution.hold-interview", "A", "2026-03-02", body{"reason": "招生宣传问题", "commitments": []string{"限期改正"}})
	held := s.seqs["A"]
	s.do(xinping, "institution.annul", "A", "2026-03-03", body{"target_seq": held, "reason": "登记错了对象"})
	s.level()
	page := s.page("/institutions/"+s.ids["A"]).says("2019-03-01 至 2029-02-28", "更正记录", "录入有误", "登记内容有过更正", "登记错了对象")
	if !strings.Contains(page.body, `href="#amended"`) {
		t.Error("got no link to the corrections")
	}
	s.page("/institutions/"+s.ids["A"]+"/history").says("已更正", "已作废", "针对")
	before := s.page("/institutions/" + s.ids["A"] + "?at_seq=" + utoa(granted+1))
	before.says("2019-03-01 至 2024-02-28").hides("更正记录")
}

func TestAnInstitutionIsReachedByItsCodes(t *testing.T) {
	s := newShop(t)
	s.do(xinping, "institution.register", "A", "2020-09-01", body{
		"names": []string{"示例代码培训中心"}, "kind": "institution", "mode": "offline", "address": "示例路1号", "uscc": "91530427000000000A",
		"class": "non_subject", "categories": []string{"sports"}, "audiences": compulsory})
	s.do(xinping, "institution.grant-licence", "A", "2020-09-01", body{
		"number": "新体许〔2020〕1号", "kind": "training_permit", "class": "non_subject", "categories": []string{"sports"}, "audiences": compulsory,
		"valid_from": "2020-09-01", "valid_to": "2030-08-31"})
	s.level()
	for _, code := range []string{"91530427000000000A", "91530427000000000a", "%E6%96%B0%E4%BD%93%E8%AE%B8%E3%80%942020%E3%80%951%E5%8F%B7"} {
		a := s.get("/institutions/" + code + "?as_of=2026-01-01")
		if want := "/institutions/" + s.ids["A"] + "?as_of=2026-01-01"; a.status != http.StatusFound || a.header.Get("Location") != want {
			t.Errorf("%s: got %d to %q, want 302 to %q", code, a.status, a.header.Get("Location"), want)
		}
		a = s.get("/institutions/" + code + "/history")
		if want := "/institutions/" + s.ids["A"] + "/history"; a.header.Get("Location") != want {
			t.Errorf("%s: got %q, want %q", code, a.header.Get("Location"), want)
		}
	}
	for _, id := range []string{"91530427000000000B", "nobody", s.ids["A"][:25] + "0", strings.ToLower(s.ids["A"])} {
		if a := s.get("/institutions/" + id); a.status != http.StatusNotFound {
			t.Errorf("%s: got %d, want 404", id, a.status)
		}
	}
}

func TestTheHistoryComesInPagesOfAHundred(t *testing.T) {
	s := newShop(t)
	s.school(xinping, "A", "示例长史培训学校", "教民153042779900005号")
	for range 120 {
		s.do(xinping, "institution.hold-interview", "A", "2026-03-02", body{"reason": "例行约谈", "commitments": []string{}})
	}
	s.level()
	path := "/institutions/" + s.ids["A"] + "/history"
	first := s.page(path).says("共 123 条", "第 1 页，共 2 页", "下一页")
	if n := len(first.all("li")); strings.Count(first.body, `id="seq-`) != 100 {
		t.Errorf("got %d entries of %d items, want 100", strings.Count(first.body, `id="seq-`), n)
	}
	second := s.page(path+"?page=2").says("第 2 页，共 2 页", "上一页", "登记入册")
	if n := strings.Count(second.body, `id="seq-`); n != 23 {
		t.Errorf("got %d entries, want 23", n)
	}
	if !strings.Contains(first.body, "at_seq=") || !strings.Contains(first.body, "page=2") {
		t.Error("got a next page that does not keep the position")
	}
	if a := s.get(path + "?page=0"); a.status != http.StatusUnprocessableEntity {
		t.Errorf("got %d, want 422 for page 0", a.status)
	}
}

func TestAPageSaysWherePrepaymentIsSafe(t *testing.T) {
	s := newShop(t)
	s.studio(xinping, "A", "示例白鹭艺术中心", "教民153042779900001号", "culture_arts")
	s.level()
	page := "/institutions/" + s.ids["A"]
	s.page(page).says("预收费 没有登记资金监管账户").hides("资金受监管")
	s.do(xinping, "escrow.sign-agreement", "E", "2026-02-26", body{"institution": body{"ref": "A"}, "bank": "icbc", "bank_name": "工商银行新平支行", "mode": "both", "size": "small"})
	s.level()
	s.page(page).says("没有登记资金监管账户")
	s.do(xinping, "escrow.open-account", "E", "2026-03-02", body{"masked_number": "5521"})
	s.do(xinping, "escrow.adjust-deposit", "E", "2026-03-09", body{"required_fen": 3456700, "basis": "一个周期的学费"})
	s.do(xinping, "escrow.raise-alert", "E", "2026-10-08", body{"level": "red", "metric": "deposit", "value": 13, "preset": "none"})
	s.level()
	s.page(page).says("资金受监管：工商银行新平支行，账户尾号 5521，自 2026-03-02").hides("没有登记资金监管账户", "资金风险提示", "34567", "34,567")
	s.page(page + "?as_of=2026-03-01").says("没有登记资金监管账户").hides("资金受监管")
	s.do(xinping, "escrow.assess-alert", "E", "2026-10-12", body{"alert": 1, "real": true, "text": "保证金不足，请暂缓缴费", "publish": true})
	s.level()
	s.page(page).says("资金风险提示（2026年10月12日起）：保证金不足，请暂缓缴费")
	s.page(page + "?as_of=2026-10-11").hides("资金风险提示")
	s.do(xinping, "escrow.close-alert", "E", "2026-10-20", body{"alert": 1, "reason": "已补足"})
	s.level()
	s.page(page + "?as_of=2026-10-15").hides("资金风险提示")
}
