package html_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	xhtml "golang.org/x/net/html"

	"minglu/api/html"
	"minglu/domain"
	"minglu/domain/ident"
	"minglu/eventstore"
	"minglu/register"
)

// newCounter is a register, with one institution, whose pages take grievances in.
func newCounter(t *testing.T) *shop {
	t.Helper()
	s := newShop(t)
	s.school(xinping, "A", "示例投诉培训学校", "教民153042779900021号")
	s.level()
	s.pages = html.New(html.Options{
		Views: s.views, Log: s.reg.Log, Register: s.reg, Demo: true,
		Now: func() time.Time { return today.Time().Add(9*time.Hour + 30*time.Minute) },
	})
	return s
}

// post sends a form.
func (s *shop) post(target string, form url.Values) answer {
	s.t.Helper()
	r := httptest.NewRequest(http.MethodPost, target, strings.NewReader(form.Encode()))
	return s.send(r)
}

func (s *shop) send(r *http.Request) answer {
	s.t.Helper()
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	s.pages.ServeHTTP(w, r)
	tree, err := xhtml.Parse(strings.NewReader(w.Body.String()))
	if err != nil {
		s.t.Fatal(err)
	}
	a := answer{s.t, w.Code, w.Header(), w.Body.String(), tree}
	a.checked(r.URL.Path)
	if got := w.Header().Get("Cache-Control"); got != "no-store" || w.Header().Get("ETag") != "" {
		s.t.Errorf("got Cache-Control %q and ETag %q, want that nobody keeps the answer to a form", got, w.Header().Get("ETag"))
	}
	return a
}

// is fails unless the page has the status.
func (a answer) is(status int) answer {
	a.t.Helper()
	if a.status != status {
		a.t.Fatalf("got %d, want %d\n%s", a.status, status, a.text())
	}
	return a
}

// form is what the last form of the page would send, but for its buttons.
func (a answer) form() url.Values {
	a.t.Helper()
	out := url.Values{}
	forms := a.all("form")
	var walk func(n *xhtml.Node)
	walk = func(n *xhtml.Node) {
		kind := attr(n, "type")
		switch {
		case n.Data == "textarea":
			out.Add(attr(n, "name"), textOf(n))
		case n.Data == "input" && (kind != "radio" && kind != "checkbox" || has(n, "checked")):
			out.Add(attr(n, "name"), attr(n, "value"))
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(forms[len(forms)-1])
	return out
}

func has(n *xhtml.Node, name string) bool {
	return slices.ContainsFunc(n.Attr, func(x xhtml.Attribute) bool { return x.Key == name })
}

// id is the text of the element of an id.
func (a answer) id(id string) (text string) {
	a.t.Helper()
	a.each(func(n *xhtml.Node) {
		if attr(n, "id") == id {
			text = strings.TrimSpace(textOf(n))
		}
	})
	return text
}

// with is a form with some fields set.
func with(form url.Values, fields ...string) url.Values {
	out := url.Values{}
	for name, values := range form {
		out[name] = values
	}
	for i := 0; i+1 < len(fields); i += 2 {
		out.Set(fields[i], fields[i+1])
	}
	return out
}

const (
	newPath    = "/grievances/new"
	statusPath = "/grievances/status"
	paid       = "6月3日交了4800元，\n上了三次课就关门了"
)

// refund is the form about a refund, filled in.
func (s *shop) refund(fields ...string) url.Values {
	s.t.Helper()
	return with(s.page(newPath+"?topic=refund").form(), append([]string{
		"division", "新平彝族傣族自治县", "premises", "平山路启航培训班", "content", paid, "complainant", "欧阳示例", "contact", "13800138000",
	}, fields...)...)
}

// filed files a grievance and returns its receipt.
func (s *shop) filed(fields ...string) (number, code string) {
	s.t.Helper()
	a := s.post(newPath, s.refund(append(fields, "action", "submit")...)).is(http.StatusOK)
	return a.id("number"), a.id("code")
}

func (s *shop) head() uint64 {
	s.t.Helper()
	head, err := s.reg.Log.Head(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return head
}

func TestSomebodyComplainsWithoutAnAccount(t *testing.T) {
	s := newCounter(t)
	before := s.head()
	first := s.page(newPath)
	first.checked(newPath)
	first.says("要反映什么", "退费", "关停跑路", "查到它", "不用注册")
	form := s.page(newPath + "?topic=refund&chosen=1")
	form.checked(newPath)
	form.says("退费", "哪天交了多少钱", "投诉", "举报").hides("本页固定地址")
	if got := form.form(); got.Get("nature") != "complaint" || got.Get("topic") != "refund" {
		t.Errorf("got %v, want the nature that suits the topic chosen", got)
	}
	filled := s.refund("further", "closure", "child", "1")
	preview := s.post(newPath, with(filled, "action", "preview")).is(http.StatusOK).
		says("提交前请看一遍", "公开时的样子", "投诉人 A", "退费、关停跑路", "平山路启航培训班", "云南省玉溪市新平彝族傣族自治县", "不满 14 周岁", "只有办理单位能看到", "13800138000")
	preview.before("公开时的样子", "投诉人 A").before("只有办理单位能看到", "欧阳示例").before("只有办理单位能看到", "13800138000").hides("似有")
	if s.head() != before {
		t.Error("got something filed by the preview")
	}
	back := s.post(newPath, with(preview.form(), "action", "edit")).is(http.StatusOK)
	if got, want := back.form(), filled; got.Get("key") != want.Get("key") || strings.TrimPrefix(got.Get("content"), "\n") != paid || got.Get("complainant") != "欧阳示例" || got.Get("further") != "closure" || got.Get("child") != "1" {
		t.Errorf("got %v, want what was written: %v", got, want)
	}
	receipt := s.post(newPath, with(preview.form(), "action", "submit")).is(http.StatusOK).
		says("已经收到", "请现在抄下来", "市场监管部门先办理", "投诉受理：最迟 2026年12月1日").hides("欧阳示例", "13800138000", "此前已经提交过")
	number, code := receipt.id("number"), receipt.id("code")
	if _, err := ident.ReadReceiptNumber(number); err != nil {
		t.Error(err)
	}
	if _, err := ident.ReadQueryCode(code); err != nil {
		t.Error(err)
	}
	for _, link := range receipt.all("a") {
		if href := attr(link, "href"); strings.Contains(href, code) || strings.Contains(href, "530427") {
			t.Errorf("got the link %s, want no code and no number in an address", href)
		}
	}
	again := s.post(newPath, with(preview.form(), "action", "submit")).is(http.StatusOK).says("此前已经提交过")
	if again.id("number") != number || again.id("code") != code {
		t.Errorf("got %s %s, want %s %s once more", again.id("number"), again.id("code"), number, code)
	}
	status := s.post(statusPath, url.Values{"number": {strings.ToLower(number)}, "code": {strings.ToLower(code)}}).is(http.StatusOK).
		says("进度：已收到", number, "2026年11月22日", "投诉受理：最迟 2026年12月1日", "市场监管部门", "办到哪一步了").hides("欧阳示例", "13800138000", "4800元", "您满意吗")
	if n := len(status.all("form")); n != 1 {
		t.Errorf("got %d forms, want the search alone before it has ended", n)
	}
}

func TestAComplaintBeginsAtTheInstitution(t *testing.T) {
	s := newCounter(t)
	id := s.ids["A"]
	if page := s.page("/institutions/" + id); !strings.Contains(page.body, `<a href="/grievances/new?institution=`+id+`">我要投诉</a>`) {
		t.Error("got no way from the institution to a complaint")
	}
	s.page(newPath + "?institution=" + id).says("关于：示例投诉培训学校")
	form := s.page(newPath+"?institution="+id+"&topic=unlicensed").says("关于：示例投诉培训学校", "发生在别处的").form()
	if form.Has("division") || form.Get("institution") != id {
		t.Errorf("got %v, want nothing asked that the institution says", form)
	}
	form = with(form, "content", "周末上课", "action", "preview")
	s.post(newPath, form).is(http.StatusOK).says("示例投诉培训学校", "没有填写")
	a := s.post(newPath, with(form, "action", "submit")).is(http.StatusOK).says("教育部门先办理", "举报核查：最迟")
	s.post(statusPath, url.Values{"number": {a.id("number")}, "code": {a.id("code")}}).is(http.StatusOK).says("示例投诉培训学校", "无证办学（举报）")
	for _, unknown := range []string{"x", ident.NewID("institution", [16]byte{7})} {
		if a := s.get(newPath + "?institution=" + unknown); a.status != http.StatusNotFound {
			t.Errorf("%s: got %d, want 404", unknown, a.status)
		}
		s.post(newPath, with(form, "institution", unknown)).is(http.StatusNotFound)
	}
}

func TestAFormSaysWhatIsAtFault(t *testing.T) {
	s := newCounter(t)
	before := s.head()
	for name, c := range map[string]struct {
		fields []string
		status int
		says   string
		input  string // to which the summary leads
	}{
		"no division":              {[]string{"division", ""}, 422, "请写明在哪个县（市、区）", "division"},
		"an unknown division":      {[]string{"division", "无此县"}, 422, "没有找到名称以“无此县”开头的地区", "division"},
		"a code that is none":      {[]string{"division", "123"}, 422, "没有找到“123”", "division"},
		"a house number":           {[]string{"premises", "平山路9号"}, 422, "不写门牌和房号", "premises"},
		"no content":               {[]string{"content", " "}, 422, "请写明发生了什么", "content"},
		"a complaint by nobody":    {[]string{"complainant", ""}, 422, "需要填写姓名", "complainant"},
		"no way to be reached":     {[]string{"contact", ""}, 422, "需要填写联系方式", "contact"},
		"no nature":                {[]string{"nature", ""}, 422, "请选择希望怎么处理", "nature-complaint"},
		"a nature that is none":    {[]string{"nature", "wish"}, 422, "请选择希望怎么处理", "nature-complaint"},
		"a key that is none":       {[]string{"key", "1"}, 400, "不是 UUID", ""},
		"a content without an end": {[]string{"content", strings.Repeat("长", 5001)}, 422, "最多 5000 个字", "content"},
	} {
		a := s.post(newPath, s.refund(append(c.fields, "action", "submit")...)).is(c.status).says(c.says, "请看这里")
		if c.input != "" && (!strings.Contains(a.body, `<a href="#`+c.input+`">`) || !strings.Contains(a.text(), c.says)) {
			t.Errorf("%s: got no way to the field", name)
		}
		if got := a.form(); len(c.fields[1]) < 99 && c.input != "" && c.input != "nature-complaint" && got.Get(c.fields[0]) != strings.TrimSpace(c.fields[1]) || got.Get("key") == "" {
			t.Errorf("%s: got %v, want what was written kept", name, got)
		}
		if !strings.Contains(a.body, "<title>有误：") {
			t.Errorf("%s: got no fault in the title", name)
		}
	}
	s.post(newPath, s.refund("topic", "nothing")).is(422)
	s.post(newPath, s.refund("content", strings.Repeat("x", 200<<10))).is(http.StatusRequestEntityTooLarge)
	if a := s.get(newPath + "?chosen=1"); a.status != 422 || !strings.Contains(a.body, `<a href="#topic-refund">`) {
		t.Errorf("got %d, want 422 where no topic was chosen", a.status)
	}
	if s.head() != before {
		t.Error("got something filed, want nothing")
	}
}

func TestThePreviewWarnsOfNumbersInThePlace(t *testing.T) {
	s := newCounter(t)
	a := s.post(newPath, s.refund("premises", "平山路启航班，老师13800138000", "action", "preview")).is(http.StatusOK).says("似有手机号码")
	s.post(newPath, with(a.form(), "action", "submit")).is(http.StatusOK).says("已经收到", "似有手机号码")
}

func TestAFormThatWasSentBeforeIsNotTakenForAnother(t *testing.T) {
	s := newCounter(t)
	form := s.refund("action", "submit")
	s.post(newPath, form).is(http.StatusOK)
	s.post(newPath, with(form, "premises", "平山路另一家")).is(422).says("已用于另一项内容不同的行为")
	keys := map[string]bool{}
	for range 5 {
		key := s.page(newPath + "?topic=safety").form().Get("key")
		if id, err := ident.ParseUUID(key); err != nil || id[6]>>4 != 7 || keys[key] {
			t.Errorf("got the key %q (%v), want a new UUID of version 7 for each form", key, err)
		}
		keys[key] = true
	}
}

func TestTheLimitIsAskedBeforeAnythingIsFiled(t *testing.T) {
	s := newCounter(t)
	asked, before := 0, s.head()
	full := func() error {
		asked++
		return domain.Fault(domain.RateLimited, domain.Say("提交太多，请稍后再试", "too many"))
	}
	send := func(action string) answer {
		r := httptest.NewRequest(http.MethodPost, newPath, strings.NewReader(s.refund("action", action).Encode()))
		return s.send(html.Limited(r, full))
	}
	send("preview").is(http.StatusOK)
	if asked != 0 {
		t.Error("got the limit asked for a preview")
	}
	a := send("submit").is(http.StatusTooManyRequests).says("提交太多，请稍后再试")
	if got := a.form(); asked != 1 || s.head() != before || got.Get("complainant") != "欧阳示例" {
		t.Errorf("got the limit asked %d times and %v, want nothing filed and everything kept", asked, got)
	}
}

func TestAWrongCodeAndAnUnknownNumberShowTheSame(t *testing.T) {
	s := newCounter(t)
	s.page(statusPath).checked(statusPath)
	number, code := s.filed()
	s.level()
	unknown, err := ident.MakeReceiptNumber(xinping, today, 1)
	if err != nil {
		t.Fatal(err)
	}
	wrong := s.post(statusPath, url.Values{"number": {number}, "code": {ident.MakeQueryCode([10]byte{1}).Text()}}).is(404).says("没有这个受理编号，或者查询码不对")
	other := s.post(statusPath, url.Values{"number": {string(unknown)}, "code": {code}}).is(404).hides(code)
	if strings.ReplaceAll(wrong.body, number, "") != strings.ReplaceAll(other.body, string(unknown), "") {
		t.Errorf("got\n%s\nand\n%s", wrong.text(), other.text())
	}
	a := s.post(statusPath, url.Values{"number": {"TS-1"}, "code": {"SECRET-CODE"}}).is(422).says("应形如 TS-", "查询码为 16 个字母和数字").hides("SECRET-CODE")
	for _, input := range []string{"number", "code"} {
		if !strings.Contains(a.body, `<a href="#`+input+`">`) {
			t.Errorf("got no way to the field %s", input)
		}
	}
}

// handled carries out an act of the market-supervision bureau on a grievance.
func (s *shop) handled(act, number string, b body) {
	s.t.Helper()
	stream, err := s.reg.Receipted(s.t.Context(), ident.ReceiptNumber(number))
	if err != nil || stream == "" {
		s.t.Fatalf("%s: %v", number, err)
	}
	s.level()
	s.by(xinping+"-market_regulation", act, stream, b)
}

func TestTheHolderOfAReceiptRatesTheHandling(t *testing.T) {
	s := newCounter(t)
	number, code := s.filed("nature", "mixed")
	for _, part := range []string{"1", "2"} {
		if part == "1" {
			s.handled("grievance.refuse", number, body{"part": part, "ground": "over_three_years"})
			continue
		}
		s.handled("grievance.check-lead", number, body{"part": part, "outcome": "unsubstantiated"})
		s.handled("grievance.decide-filing", number, body{"part": part, "filed": false, "reason": "不属实"})
		s.handled("grievance.notify-complainant", number, body{"part": part, "step": "report_outcome", "means": "phone"})
		s.handled("grievance.close", number, body{"part": part, "result": "现场核查<b>没有</b>发现"})
	}
	receipt := url.Values{"number": {number}, "code": {code}}
	page := s.post(statusPath, receipt).is(200).says("进度：已办结", "投诉部分", "不予受理的理由：知道权益受侵害已超过三年", "行政复议", "举报部分", "现场核查<b>没有</b>发现", "您满意吗").
		before("办结", "告知").hides("officer-1")
	form := page.form()
	s.post(statusPath, with(form, "action", "rate")).is(422).says("评价为 1 至 5 分", "进度：已办结")
	for range 2 {
		s.post(statusPath, with(form, "action", "rate", "score", "4")).is(200).says("谢谢", "您的评价：4 分").hides("您满意吗")
	}
	s.post(statusPath, with(form, "action", "rate", "score", "1", "key", "0190163d-8694-739b-aea5-966c26f8ad91")).is(409).says("已经评价过", "您的评价：4 分")
	s.post(statusPath, with(form, "action", "rate", "score", "4", "code", ident.MakeQueryCode([10]byte{1}).Text())).is(404).says("没有这个受理编号，或者查询码不对")
}

func TestHostileTextOfAFormStaysText(t *testing.T) {
	s := newCounter(t)
	for _, text := range hostile[:10] {
		a := s.post(newPath, s.refund("premises", text, "content", text, "complainant", text, "contact", text, "action", "preview")).is(200)
		if n := len(a.all("script")) + len(a.all("img")) + len(a.all("textarea")); n != 0 {
			t.Errorf("%q: got %d elements of it", text, n)
		}
		edit := s.post(newPath, with(a.form(), "action", "edit")).is(200)
		if n := len(edit.all("textarea")); n != 1 {
			t.Errorf("%q: got %d text areas, want one", text, n)
		}
	}
}

func TestPagesWithoutARegisterTakeNothing(t *testing.T) {
	s := newShop(t)
	s.post(newPath, s.refund("action", "submit")).is(http.StatusServiceUnavailable).says("12345")
	s.post(statusPath, url.Values{"number": {"x"}, "code": {"x"}}).is(http.StatusServiceUnavailable).says("12345")
}

func TestAParentFilesFromATelephone(t *testing.T) {
	s := newCounter(t).demonstration()
	b := openBrowser(t, s)
	for _, px := range []int64{320, 1280} {
		size := "-" + strconv.FormatInt(px, 10)
		b.width(px)
		b.open(s.first("/lists/white"))
		b.follow(chromedp.Click(chromedp.CSS(`a[href^="/grievances/new"]`)))
		b.fits(px)
		b.picture("complain-topics" + size)

		b.follow(chromedp.Click(chromedp.ID("topic-refund")), chromedp.Click(chromedp.CSS(".form button")))
		b.fits(px)
		b.picture("complain-form" + size)

		b.do(chromedp.SendKeys(chromedp.ID("content"), "交了4800元，上了三次课就关门了"))
		b.refused(422, chromedp.Click(chromedp.CSS(".form button")))
		if got := ask(b, chromedp.TextContent(chromedp.CSS(".fault"))); !strings.Contains(got, "需要填写姓名") || !strings.Contains(got, "需要填写联系方式") {
			t.Errorf("got %q, want what is missing", got)
		}
		b.fits(px)
		b.picture("complain-faults" + size)

		b.do(chromedp.SendKeys(chromedp.ID("complainant"), "欧阳示例"), chromedp.SendKeys(chromedp.ID("contact"), "13800138000"))
		b.follow(chromedp.Click(chromedp.CSS(".form button")))
		if got := ask(b, chromedp.TextContent(chromedp.CSS("dl.facts"))); !strings.Contains(got, "投诉人 A") || strings.Contains(got, "欧阳") || strings.Contains(got, "4800") {
			t.Errorf("got %q, want what others may see", got)
		}
		b.fits(px)
		b.picture("complain-preview" + size)

		b.follow(chromedp.Click(chromedp.CSS(`button[value="submit"]`)))
		number, code := ask(b, chromedp.TextContent(chromedp.ID("number"))), ask(b, chromedp.TextContent(chromedp.ID("code")))
		if at := ask(b, chromedp.Location()); at != b.url+newPath {
			t.Errorf("got the address %s, want nothing of the receipt in it", at)
		}
		b.fits(px)
		b.picture("complain-receipt" + size)

		b.follow(chromedp.Click(chromedp.CSS(`main a[href="/grievances/status"]`)))
		b.fits(px)
		b.picture("status-form" + size)
		b.do(chromedp.SendKeys(chromedp.ID("number"), number), chromedp.SendKeys(chromedp.ID("code"), strings.ToLower(code)))
		b.follow(chromedp.Click(chromedp.CSS(".form button")))
		if got := ask(b, chromedp.TextContent(chromedp.CSS("h1"))); got != "进度：已收到" {
			t.Errorf("got %q, want how it stands", got)
		}
		if at := ask(b, chromedp.Location()); at != b.url+statusPath {
			t.Errorf("got the address %s, want nothing of the receipt in it", at)
		}
		b.fits(px)
		b.picture("status" + size)
	}
}

// refused is follow for what is to be refused.
func (b *browser) refused(status int64, steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	r, err := chromedp.RunResponse(b.ctx, steps...)
	if err != nil {
		b.t.Fatal(err)
	}
	if r.Status != status {
		b.t.Fatalf("%s: got %d, want %d", r.URL, r.Status, status)
	}
}

// by carries out an act of an agency on a stream, today.
func (s *shop) by(agency, act, stream string, b body) {
	s.t.Helper()
	raw, err := json.Marshal(b)
	if err != nil {
		s.t.Fatal(err)
	}
	s.acts++
	rec := eventstore.Record{Stream: stream}
	_, err = s.reg.Do(s.t.Context(), nil, register.Act{
		CommandID: fmt.Sprintf("00000000-0000-4000-8000-%012d", s.acts), Act: act, Division: rec.Division(), Effective: today.String(), Body: raw,
		Target: &register.Target{ID: rec.AggregateID()}, Actor: &register.Actor{Agency: agency, Officer: "officer-1"},
	})
	if err != nil {
		s.t.Fatalf("%s: %v", act, err)
	}
}
