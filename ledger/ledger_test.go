package ledger_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/ident"
	"minglu/ledger"
)

var xinping = ledger.Options{Division: "530427", Officer: "XP-E01"}

// entries reads a file of that name and content.
func entries(t *testing.T, name, content string, o ledger.Options) []ledger.Entry {
	t.Helper()
	list, err := tryEntries(t, name, content, o)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func tryEntries(t *testing.T, name, content string, o ledger.Options) (list []ledger.Entry, err error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := ledger.Open(path, o)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	for e, err := range f.Entries {
		if err != nil {
			return list, err
		}
		list = append(list, e)
	}
	return list, nil
}

// show is an entry in one line: its acts in short, or what is wrong where.
func show(e ledger.Entry) string {
	if e.Err != nil {
		r, ok := errors.AsType[*domain.Error](e.Err)
		if !ok || len(r.Fields) == 0 {
			return fmt.Sprintf("%d: %v", e.Line, e.Err)
		}
		return fmt.Sprintf("%d: %s %s", e.Line, r.Fields[0].Pointer, r.Fields[0].Code)
	}
	var parts []string
	for _, a := range e.Acts {
		parts = append(parts, strings.TrimPrefix(a.Act, "institution.")+"@"+a.Effective)
	}
	return fmt.Sprintf("%d: %s", e.Line, strings.Join(parts, " "))
}

func wantShown(t *testing.T, list []ledger.Entry, want ...string) {
	t.Helper()
	if len(list) != len(want) {
		t.Errorf("%d entries, want %d", len(list), len(want))
	}
	for i := range min(len(list), len(want)) {
		if got := show(list[i]); got != want[i] {
			t.Errorf("entry %d: got %q, want %q", i+1, got, want[i])
		}
	}
}

const full = `新平县校外培训机构台账,,,,,,,,,,,
（2022年6月）
序号,机构名称*,统一社会信用代码,类 别,培训对象,办学地址,办学许可证号,发证日期,有效期起,有效期至（年月日）,登记形式,营利性,状态,注销日期,乡镇
1,新平县星桥培训学校（示例）,%s,K9,,桂山街道,教民153042779000001号,2019年3月1日,2019-03-01,2024-02-29,公司,是,已注销,2021/12/31,桂山
2, 云杉 体育中心 ,,体育,小学、初中，高中,,教民 1530427 79000002 号,２０２０.５.６,,20300505,民非,,正常,,
`

func TestALedgerIsReadAsItWasTyped(t *testing.T) {
	code := ident.SyntheticUSCC("91", "530427", 9_000_001)
	content := fmt.Sprintf(full, strings.ToLower(string(code)))
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(content)
	if err != nil {
		t.Fatal(err)
	}
	utf16, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(strings.ReplaceAll(content, ",", "\t"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"UTF-8": content, "with BOM": "\xef\xbb\xbf" + content, "GB18030": gb, "UTF-16 with tabs": utf16, "CRLF": strings.ReplaceAll(content, "\n", "\r\n")} {
		t.Run(name, func(t *testing.T) {
			list := entries(t, "台账.csv", text, xinping)
			wantShown(t, list,
				"4: register@2019-03-01 grant-licence@2019-03-01 record-legal-registration@2019-03-01 cancel-licence@2021-12-31",
				"5: 登记证号 required")
			got := string(list[0].Acts[0].Body)
			want := `{"names":["新平县星桥培训学校（示例）"],"kind":"institution","mode":"offline","address":"桂山街道","uscc":"` + string(code) + `","class":"subject","audiences":["compulsory"]}`
			if got != want {
				t.Errorf("got %s\nwant %s", got, want)
			}
			if a := list[0].Acts[3]; string(a.Body) != `{"number":"教民153042779000001号","cause":"not_printed"}` || a.Actor.Agency != "530427-education" || a.Actor.Officer != "XP-E01" {
				t.Errorf("cancellation %s by %+v", a.Body, a.Actor)
			}
		})
	}
}

func TestRowsSayWhatTheyMean(t *testing.T) {
	const head = "名称,类别,非学科类型,学段,许可证号,批准日期,有效期,登记类型,登记号,状态,状态日期,行政区划代码\n"
	for row, want := range map[string]string{
		"甲,学科类,,义务教育,1530427700001,2019-3-1,2019.3.1-2024.2.28,,,,,":       "register@2019-03-01 grant-licence@2019-03-01",
		"甲,学科类,,义务教育,1530427700001,2019-3-1,2019-03-01至2024-02-28,,,,,":    "register@2019-03-01 grant-licence@2019-03-01",
		"甲,非学科,艺术,3-6岁,A-1,,2019年3月1日—2024年2月28日,,,,,":                     "register@2019-03-01 grant-licence@2019-03-01",
		"甲,艺术/体育,,初中,A-1,2019/3/1,2019/3/1~2024/2/28,,,吊销,2020-1-1,":       "register@2019-03-01 grant-licence@2019-03-01 revoke-licence@2020-01-01",
		"甲,科技,,高中,A-1,2019/3/1,2019/3/1~2024/2/28,,,过期,,":                  "register@2019-03-01 grant-licence@2019-03-01 expire-licence@2024-02-29",
		"甲,科技,,高中,A-1,2019/3/1,2019/3/1~2024/2/28,,,停业整顿,2020-1-1,":        "register@2019-03-01 grant-licence@2019-03-01 suspend-licence@2020-01-01",
		"甲,科技,,高中,A-1,2019/3/1 00:00:00,2019/3/1~2024/2/28,,,撤销,2020-1-1,": "register@2019-03-01 grant-licence@2019-03-01 annul-licence@2020-01-01",
		"甲,科技,,高中,,2019/3/1,,公司,X-1,,,":                                    "register@2019-03-01 record-legal-registration@2019-03-01",
		"甲,科技,,高中,无,2019/3/1,/,—,,,,530427000000":                          "register@2019-03-01",

		"甲,学科类,,义务教育,A,202177日,2019-03-01至2024-02-28,,,,,":         "发证日期 date_damaged",
		"甲,学科类,,义务教育,A,2021年7月,2019-03-01至2024-02-28,,,,,":         "发证日期 date_incomplete",
		"甲,学科类,,义务教育,A,44384,2019-03-01至2024-02-28,,,,,":           "发证日期 date_damaged",
		"甲,学科类,,义务教育,A,2021-2-30,2019-03-01至2024-02-28,,,,,":       "发证日期 date_impossible",
		"甲,学科类,,义务教育,A,2019-3-1,长期,,,,,":                           "有效期 period_form",
		"甲,学科类,,义务教育,A,2019-3-1,,,,,,":                             "有效期止 required",
		"甲,学科类,,义务教育,A,,,,,,,":                                     "发证日期 required",
		"甲,学科类,,义务教育,,,,,,,,":                                      "发证日期 required",
		"甲,学科类,,中小学,A,2019-3-1,2019-03-01至2024-02-28,,,,,":         "培训对象 unknown_word",
		"甲,学科类,,,A,2019-3-1,2019-03-01至2024-02-28,,,,,":            "培训对象 required",
		"甲,培优,,小学,A,2019-3-1,2019-03-01至2024-02-28,,,,,":           "类别 unknown_word",
		"甲,,,小学,A,2019-3-1,2019-03-01至2024-02-28,,,,,":             "类别 required",
		",学科,,小学,A,2019-3-1,2019-03-01至2024-02-28,,,,,":            "机构名称 required",
		"甲,学科,体育,小学,A,2019-3-1,2019-03-01至2024-02-28,,,,,":         "非学科类别 inconsistent",
		"甲,学科,,小学,A,2019-3-1,2019-03-01至2024-02-28,,,注销,,":         "状态日期 required",
		"甲,学科,,小学,A,2019-3-1,2019-03-01至2024-02-28,,,转型,2021-1-1,": "状态 unknown_word",
		"甲,学科,,小学,,2019-3-1,,,,注销,2021-1-1,":                       "办学许可证号 required",
		"甲,学科,,小学,9.15304E+17,2019-3-1,2019-03-01至2024-02-28,,,,,": "办学许可证号 digits_lost",
		"甲,学科,,小学,A,2019-3-1,2019-03-01至2024-02-28,,,,,53042":      "区划代码 division_form",
		"甲,学科,,小学,A,2019-3-1,2019-03-01至2024-02-28,公司,,,,":         "登记证号 required",
		"甲,学科,,小学,A,2019-3-1,2019-03-01至2024-02-28,,X-1,,,":        "登记形式 required",
	} {
		wantShown(t, entries(t, "a.csv", head+row, xinping), "2: "+want)
	}
}

func TestTheDayOfTheLedgerStandsForMissingDates(t *testing.T) {
	o := xinping
	o.AsOf = calendar.Date(2022, time.June, 8)
	list := entries(t, "a.csv", "机构名称,类别,学段,许可证号,发证日期,有效期止,状态\n甲,学科,小学,,,,\n乙,学科,小学,A,2019-3-1,2024-2-28,注销\n", o)
	wantShown(t, list, "2: register@2022-06-08", "3: register@2019-03-01 grant-licence@2019-03-01 cancel-licence@2022-06-08")
}

func TestTheHeadingSaysOfWhichKindANumberIs(t *testing.T) {
	const head = "机构名称,类别,学段,办学许可证号,培训许可证号,发证日期,有效期止\n"
	list := entries(t, "a.csv", head+"甲,科技,小学,,P-1,2023-1-1,2026-1-1\n乙,科技,小学,教民1,P-2,2023-1-1,2026-1-1\n", xinping)
	wantShown(t, list, "2: register@2023-01-01 grant-licence@2023-01-01", "3: 办学许可证号 two_values")
	if body := string(list[0].Acts[1].Body); !strings.Contains(body, `"kind":"training_permit"`) {
		t.Errorf("grant %s", body)
	}
}

func TestWhatHoldsNoInstitutionIsPassedOver(t *testing.T) {
	const text = "\n机构名称,类别,学段,发证日期\n\n桂山街道,,,\n甲,科技,小学,2023-1-1\n机构名称,类别,学段,发证日期\n乙,科技,小学,2023-1-1\n合计,2,,\n注：本表每月更新,,,\n"
	list := entries(t, "a.csv", text, xinping)
	wantShown(t, list, "4: 类别 required", "5: register@2023-01-01", "7: register@2023-01-01")
}

func TestReadingAgainSaysTheSameActs(t *testing.T) {
	const head, row = "机构名称,类别,学段,许可证号,发证日期,有效期止", "甲,科技,小学,A-1,2023-1-1,2026-1-1"
	one := entries(t, "a.csv", head+"\n"+row+"\n", xinping)
	other := entries(t, "另一份.csv", "台账\n\n备注,"+head+"\n,"+row+"\n", xinping)
	for i, a := range one[0].Acts {
		b := other[0].Acts[i]
		if a.CommandID != b.CommandID || string(a.Body) != string(b.Body) || *a.Source != *b.Source || *a.Target != *b.Target {
			t.Errorf("act %d: %+v and %+v", i+1, a, b)
		}
	}
}

func TestFilesThatAreNoLedgerAreRefused(t *testing.T) {
	for name, text := range map[string]string{
		"a.doc": "x", "a.csv": "甲,乙\n1,2\n", "b.csv": "机构名称,单位名称,类别\n甲,乙,学科\n", "a.xlsx": "not a workbook", "a.ndjson.gz": "not packed",
	} {
		if _, err := tryEntries(t, name, text, xinping); err == nil {
			t.Errorf("%s: taken", name)
		} else if _, ok := errors.AsType[*domain.Error](err); !ok {
			t.Errorf("%s: %v is no refusal", name, err)
		}
	}
}

func TestUnknownHeadingsAreTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(path, []byte("机构名称,类别,学段,发证日期,吉祥物\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := ledger.Open(path, xinping)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if len(f.Ignored) != 1 || f.Ignored[0] != "吉祥物" {
		t.Errorf("ignored %q", f.Ignored)
	}
}

const act = `{"command_id":"0190163d-8694-739b-aea5-966c26f8ad91","act":"institution.register","division":"530427"}`

func TestAJournalIsReadLineByLine(t *testing.T) {
	long := act[:len(act)-1] + `,"effective":"` + strings.Repeat("x", ledger.MaxLine) + `"}`
	fits := act[:len(act)-1] + `,"effective":"` + strings.Repeat("x", 100_000) + `"}`
	text := "\xef\xbb\xbf" + act + "\r\n\n  \nnot json\n" + long + "\n" + `{"acts":1}` + "\n" + fits + "\n" + act
	var z bytes.Buffer
	w := gzip.NewWriter(&z)
	if _, err := w.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"a.ndjson": text, "a.jsonl": text, "a.ndjson.gz": z.String()} {
		list := entries(t, name, content, xinping)
		wantShown(t, list, "1: register@", "4:  syntax", "5:  too_long", "6: /acts unknown_field", "7: register@"+strings.Repeat("x", 100_000), "8: register@")
		if got := string(list[1].Original()); got != `"not json"` {
			t.Errorf("original %s", got)
		}
		if got := list[2].Original(); len(got) > 5000 || got[0] != '"' {
			t.Errorf("original of a long line has %d bytes and begins with %c", len(got), got[0])
		}
		if got := string(list[3].Original()); got != `{"acts":1}` {
			t.Errorf("original %s", got)
		}
	}
}

func TestARefusalNamesTheColumn(t *testing.T) {
	list := entries(t, "a.csv", "机构名称,类别,学段,办学许可证编号,发证日期,有效期止\n甲,科技,小学,A-1,2023-1-1,2026-1-1\n", xinping)
	err := list[0].Explain(domain.BadField("/body/valid_to", "before_start", domain.Say("早", "early")))
	if e, _ := errors.AsType[*domain.Error](err); e.Fields[0].Pointer != "有效期止" {
		t.Errorf("%+v", e.Fields)
	}
	err = list[0].Explain(domain.BadField("/body/number", "taken", domain.Say("已登记", "held")))
	if e, _ := errors.AsType[*domain.Error](err); e.Fields[0].Pointer != "办学许可证编号" {
		t.Errorf("%+v", e.Fields)
	}
	if got := string(list[0].Original()); got != `{"机构名称":"甲","类别":"科技","学段":"小学","办学许可证编号":"A-1","发证日期":"2023-1-1","有效期止":"2026-1-1"}` {
		t.Errorf("original %s", got)
	}
}
