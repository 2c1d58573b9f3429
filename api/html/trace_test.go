package html_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"minglu/api/html"
	"minglu/domain"
	"minglu/domain/ident"
	"minglu/register"
)

const followPath = "/orders/trace"

// does carries out an act of an agency of Xinping on something with a reference,
// and returns its stream.
func (s *shop) does(agency, act, ref, effective string, b body) (stream string) {
	s.t.Helper()
	raw, err := json.Marshal(b)
	if err != nil {
		s.t.Fatal(err)
	}
	s.acts++
	ans, err := s.reg.Do(s.t.Context(), nil, register.Act{
		CommandID: fmt.Sprintf("00000000-0000-4000-8000-%012d", s.acts), Act: act, Division: xinping, Effective: effective, Body: raw,
		Target: &register.Target{Ref: ref}, Actor: &register.Actor{Agency: xinping + "-" + agency, Officer: "P77"},
	})
	if err != nil {
		s.t.Fatalf("%s %s: %v", act, ref, err)
	}
	s.level()
	aggregate, _, _ := strings.Cut(act, ".")
	return xinping + "." + aggregate + "." + ans.ID
}

// prepaid records an order of a family with three lessons and a request for a
// refund, and returns what its family fills in.
func (s *shop) prepaid(course string) url.Values {
	s.t.Helper()
	s.does("education", "escrow.sign-agreement", "Z", "2026-08-01", body{"institution": body{"ref": "A"}, "bank": "rcc", "bank_name": "农村信用社", "mode": "bank_custody", "size": "small"})
	s.does("education", "escrow.open-account", "Z", "2026-08-03", body{"masked_number": "3108"})
	stream := s.does("platform", "order.record", "D", "2026-10-10", body{
		"account": body{"ref": "Z"}, "pupil": strings.Repeat("0a", 16), "course": course, "hours": 72, "gift_hours": 4, "amount_fen": 720000, "list_price_fen": 15000,
		"period_from": "2026-10-15", "period_to": "2026-12-31", "contract": "2021年修订版"})
	s.does("platform", "order.deliver-lesson", "D", "2026-10-16", body{"hours": 2, "notice": "平台消息"})
	s.does("platform", "order.confirm-lesson", "D", "2026-10-18", body{"lesson": 1, "by": "parent"})
	s.does("education", "order.release-funds", "D", "2026-10-19", body{"lessons": []int{1}})
	s.does("platform", "order.deliver-lesson", "D", "2026-11-10", body{"hours": 2, "notice": "平台消息"})
	s.does("platform", "order.request-refund", "D", "2026-11-18", body{"cause": "consumer", "reason": "转学"})
	code, err := s.reg.OrderCode(s.t.Context(), stream)
	if err != nil {
		s.t.Fatal(err)
	}
	return url.Values{"order": {strings.TrimPrefix(stream, xinping+".order.")}, "code": {code.Text()}}
}

func TestAFamilyFollowsItsOrder(t *testing.T) {
	s := newCounter(t)
	form := s.page(followPath)
	form.checked(followPath)
	form.says("查询预收费订单", "订单编号", "查询码").hides("本页固定地址")
	filled := with(form.form(), "order", "", "code", "")
	for name, values := range s.prepaid("美术创意") {
		filled[name] = values
	}
	a := s.post(followPath, filled).is(http.StatusOK).says(
		"订单：美术创意", "退费办理中", filled.Get("order"), "示例投诉培训学校", "7,200.00 元，2026年10月10日", "共 72 课时（含赠送 4），已上 4，已确认 2", "没有上的课 6,800.00 元",
		"钱在哪里", "7,000.00", "200.00", "退费", "已申请，等待机构答复", "2026年11月18日，家长原因", "最迟什么时候机构答复", "2026年11月25日（还有 3 天）",
		"上过的课", "第 1 次", "费用已拨付", "第 2 次", "待家长确认", "2026年12月1日（还有 9 天）", "视为确认", "收费不合规定的地方", "一次收费超过规定课时：72 课时，上限 60 课时",
		"每一步", "序号", "：200.00 元", "教育部门",
	).before("200.00", "每一步")
	a.hides(filled.Get("code"), strings.ReplaceAll(filled.Get("code"), "-", ""), strings.Repeat("0a", 16), "P77", "本页固定地址")
	for _, link := range a.all("a") {
		if href := attr(link, "href"); strings.Contains(href, filled.Get("order")) {
			t.Errorf("got the link %s, want no order in an address", href)
		}
	}
	s.does("education", "order.agree-refund", "D", "2026-11-20", body{"by": "authority"})
	s.post(followPath, filled).is(http.StatusOK).says("已同意，等待退款", "最迟什么时候退款", "应退 6,600.00 元，已退 0.00 元", "已消 4 课时，按原价（单价 150.00 元）计 600.00 元；应退 6,600.00 元。")
}

func TestAWrongCodeOfAnOrderShowsTheForm(t *testing.T) {
	s := newCounter(t)
	right := s.prepaid("国画")
	other := ident.MakeQueryCode([10]byte{1}).Text()
	unknown := "01JBR00001ZJBEK0EC3KSYAV2Z"
	wrong := s.post(followPath, with(right, "code", other)).is(404).says("没有这个订单，或者查询码不对").hides(other)
	none := s.post(followPath, with(right, "order", unknown)).is(404).hides(right.Get("code"))
	if strings.ReplaceAll(wrong.body, right.Get("order"), "") != strings.ReplaceAll(none.body, unknown, "") {
		t.Errorf("got\n%s\nand\n%s", wrong.text(), none.text())
	}
	a := s.post(followPath, url.Values{"code": {"SECRET-CODE"}}).is(422).says("请填写订单编号", "查询码为 16 个字母和数字").hides("SECRET-CODE")
	for _, input := range []string{"order", "code"} {
		if !strings.Contains(a.body, `<a href="#`+input+`">`) {
			t.Errorf("got no way to the field %s", input)
		}
	}
	r := httptest.NewRequest(http.MethodPost, followPath, strings.NewReader(right.Encode()))
	full := func() error { return domain.Fault(domain.RateLimited, domain.Say("查询得太多了", "too many")) }
	s.send(html.Limited(r, full)).is(http.StatusTooManyRequests).says("查询得太多了").hides("国画")
	newShop(t).post(followPath, right).is(http.StatusServiceUnavailable)
	if a := s.get(followPath + "?order=" + right.Get("order") + "&code=" + right.Get("code")); strings.Contains(a.body, right.Get("code")) || strings.Contains(a.body, "国画") {
		t.Error("got an order by its address")
	}
}

func TestHostileTextOfAnOrderStaysText(t *testing.T) {
	for _, text := range hostile[:3] {
		s := newCounter(t)
		a := s.post(followPath, s.prepaid(text)).is(200)
		if n := len(a.all("script")) + len(a.all("img")); n != 0 {
			t.Errorf("%q: got %d elements of it", text, n)
		}
	}
}

func TestAFamilyFollowsItsOrderOnATelephone(t *testing.T) {
	s := newCounter(t)
	filled := s.prepaid("美术创意")
	b := openBrowser(t, s)
	for _, px := range []int64{320, 1280} {
		b.width(px)
		b.open(followPath)
		b.fits(px)
		b.do(chromedp.SendKeys(chromedp.ID("order"), filled.Get("order")), chromedp.SendKeys(chromedp.ID("code"), filled.Get("code")))
		b.follow(chromedp.Click(chromedp.CSS(".form button")))
		b.fits(px)
		b.picture("order-" + strconv.FormatInt(px, 10))
	}
}

func TestAnOrderThatWasTransferredSaysWhereItsMoneyCameFrom(t *testing.T) {
	s := newCounter(t)
	s.prepaid("国画")
	s.does("education", "order.withdraw-refund", "D", "2026-11-19", body{})
	s.school(xinping, "B", "示例接收培训学校", "教民153042779900022号")
	s.does("education", "escrow.sign-agreement", "Y", "2026-08-01", body{"institution": body{"ref": "B"}, "bank": "rcc", "bank_name": "农村信用社", "mode": "bank_custody", "size": "small"})
	s.does("education", "escrow.open-account", "Y", "2026-08-03", body{"masked_number": "3109"})
	s.does("platform", "order.confirm-lesson", "D", "2026-11-20", body{"lesson": 2, "by": "parent"})
	s.does("education", "order.transfer", "D", "2026-11-20", body{"to": body{"ref": "Y"}})
	stream := s.does("education", "order.record", "E", "2026-11-20", body{
		"account": body{"ref": "Y"}, "transfer_of": body{"ref": "D"}, "pupil": strings.Repeat("0a", 16), "course": "国画", "hours": 68, "amount_fen": 680000,
		"period_from": "2026-11-20", "period_to": "2026-12-31", "contract": "transferred"})
	code, err := s.reg.OrderCode(t.Context(), stream)
	if err != nil {
		t.Fatal(err)
	}
	s.post(followPath, url.Values{"order": {strings.TrimPrefix(stream, xinping+".order.")}, "code": {code.Text()}}).is(http.StatusOK).
		says("6,800.00 元", "从另一家机构的订单划转而来", "专户留存").hides("-6,800.00", "各项相加")
}
