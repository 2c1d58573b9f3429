package ledger_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"

	"minglu/domain"
	"minglu/ledger"
)

var account = ledger.StatementOptions{Account: "XP-ESC-1", Division: "530427", Agency: "530427-bank-icbc"}

func tryStatement(t *testing.T, name, content string, m ledger.BankMapping, o ledger.StatementOptions) (list []ledger.Entry, err error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := ledger.OpenStatement(path, m, o)
	if err != nil {
		return nil, err
	}
	for e, err := range f.Entries {
		if err != nil {
			return list, err
		}
		list = append(list, e)
	}
	if f.Progress() != 1 && len(list) > 0 {
		t.Errorf("got %v of the file read, want all", f.Progress())
	}
	return list, f.Close()
}

// told are the entries in short: the day and the body of the act, or the column
// and the code of what is wrong, as a person is told it.
func told(list []ledger.Entry) (out []string) {
	for _, e := range list {
		if e.Err == nil {
			out = append(out, fmt.Sprintf("%d: %s %s", e.Line, e.Acts[0].Effective, e.Acts[0].Body))
			continue
		}
		r, _ := errors.AsType[*domain.Error](e.Explain(e.Err))
		out = append(out, fmt.Sprintf("%d: %s %s", e.Line, r.Fields[0].Pointer, r.Fields[0].Code))
	}
	return out
}

func wantStatement(t *testing.T, content string, m ledger.BankMapping, want ...string) {
	t.Helper()
	list, err := tryStatement(t, "statement.csv", content, m, account)
	if err != nil {
		t.Fatal(err)
	}
	wantTold(t, list, want...)
}

func wantTold(t *testing.T, list []ledger.Entry, want ...string) {
	t.Helper()
	if got := strings.Join(told(list), "\n"); got != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", got, strings.Join(want, "\n"))
	}
}

const statementHead = "账号：6222****1234 户名：某某培训学校\n交易日期,交易时间,流水号,收入,支出,余额,摘要,附言,对方户名\n"

const statementLines = `2026-03-02,09:00:00,0001,"1,200.00",,"6,200.00",预收费,订单XP000007 张三,张三
2026-03-02,09:30:00,0002,１２００,0.00,７４００,预收费,XP000007 XP000008,李四
2026-03-02,10:00:00,="0003",--,￥400.5,6999.50,拨付,,

2026-03-03,08:00:00,0001,0.05,,,结息,,
2026-03-03,08:00:00,0002,100元,,7099.55,其他,,
合计,,,2500.05,400.50,,,,
,,,打印日期：2026年3月4日,,,,,
`

var statementRead = []string{
	`3: 2026-03-02 {"serial":"0001","amount_fen":120000,"balance_fen":620000,"kind":"order","reference":"XP000007"}`,
	`4: 2026-03-02 {"serial":"0002","amount_fen":120000,"balance_fen":740000,"kind":"order"}`,
	`5: 2026-03-02 {"serial":"0003","amount_fen":-40050,"balance_fen":699950}`,
	`7: 2026-03-03 {"serial":"0001","amount_fen":5,"kind":"interest"}`,
	`8: 2026-03-03 {"serial":"0002","amount_fen":10000,"balance_fen":709955}`,
}

func TestAStatementIsReadIntoActs(t *testing.T) {
	wantStatement(t, statementHead+statementLines, mapping(t, icbcMapping), statementRead...)
	wantStatement(t, "\xef\xbb\xbf"+changed(statementHead+statementLines, "\n", "\r\n"), mapping(t, icbcMapping), statementRead...)
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(changed(statementHead+statementLines, "￥", ""))
	if err != nil {
		t.Fatal(err)
	}
	wantStatement(t, gbk, mapping(t, changed(icbcMapping, "utf-8", "gbk")), statementRead...)
	wantStatement(t, gbk, mapping(t, changed(icbcMapping, `"encoding":"utf-8",`, "")), statementRead...)
}

func TestALineIsTheSameActInEveryFile(t *testing.T) {
	m := mapping(t, icbcMapping)
	read := func(content string, o ledger.StatementOptions) ledger.Entry {
		list, err := tryStatement(t, "statement.csv", content, m, o)
		if err != nil || len(list) == 0 || list[0].Err != nil {
			t.Fatal(list, err)
		}
		return list[0]
	}
	e := read(statementHead+statementLines, account)
	a := e.Acts[0]
	if a.Act != "statement.book-line" || a.Division != "530427" || a.Target.Ref != "XP-ESC-1" || a.Target.ID != "" || a.Actor.Agency != "530427-bank-icbc" || a.Source.Title != "银行对账单（icbc）" {
		t.Errorf("got %+v", a)
	}
	if !e.FromLedger() || !strings.Contains(string(e.Original()), `"流水号":"0001"`) || strings.Contains(string(e.Original()), "对方户名") {
		t.Errorf("got %s, want the columns that are read", e.Original())
	}
	amended := read(changed(statementHead+statementLines, `"1,200.00",,"6,200.00"`, `"1,300.00",,"6,200.00"`), account).Acts[0]
	if amended.CommandID != a.CommandID {
		t.Error("a line with another amount has another id")
	}
	for name, other := range map[string]ledger.Entry{
		"another serial":   read(changed(statementHead+statementLines, "0001", "0009"), account),
		"another day":      read(changed(statementHead+statementLines, "03-02", "03-01"), account),
		"another account":  read(statementHead+statementLines, ledger.StatementOptions{Account: "XP-ESC-2", Division: "530427"}),
		"another division": read(statementHead+statementLines, ledger.StatementOptions{Account: "XP-ESC-1", Division: "530426"}),
	} {
		if other.Acts[0].CommandID == a.CommandID {
			t.Errorf("%s: got the same command id", name)
		}
	}
	byID := read(statementHead+statementLines, ledger.StatementOptions{Account: "01J0000000000000000000000A", Division: "530427"}).Acts[0]
	if byID.Target.ID != "01J0000000000000000000000A" || byID.Target.Ref != "" {
		t.Errorf("got the target %+v", byID.Target)
	}
}

func TestABadLineDoesNotStopTheOthers(t *testing.T) {
	const good = "2026-03-02,,A1,100,,1100,,,\n"
	ok := `3: 2026-03-02 {"serial":"A1","amount_fen":10000,"balance_fen":110000}`
	for name, c := range map[string]struct{ lines, second, third string }{
		"a day that goes back":             {"2026-03-01,,A2,100,,1200,,,\n2026-03-02,,A3,100,,1300,,,\n", "交易日期 order", ""},
		"a time that goes back":            {"2026-03-03,10:00,A2,100,,1200,,,\n2026-03-03,09:59,A3,100,,1300,,,\n", "-", "交易时间 order"},
		"a balance that does not follow":   {"2026-03-02,,A2,100,,1250,,,\n2026-03-02,,A3,100,,1350,,,\n", "余额 balance", ""},
		"a balance that lacks a line":      {"2026-03-02,,A2,100,,1200,,,\n2026-03-03,,A3,100,,1400,,,\n", "-", "余额 balance"},
		"a serial twice a day":             {"2026-03-02,,A1,100,,1200,,,\n2026-03-02,,A3,100,,1300,,,\n", "流水号 two_lines", ""},
		"no serial":                        {"2026-03-02,,,100,,1200,,,\n2026-03-02,,A3,100,,1300,,,\n", "流水号 required", ""},
		"no day":                           {",,A2,100,,1200,,,\n2026-03-02,,A3,100,,1300,,,\n", "交易日期 required", ""},
		"a sum in the middle":              {"合计,,,100,,,,,\n2026-03-02,,A3,100,,1300,,,\n", "交易日期 date_form", ""},
		"a sum of the day in the middle":   {",,小计,100,,1100,,,\n2026-03-02,,A3,100,,1200,,,\n", "交易日期 required", ""},
		"a day in another form":            {"2026/3/2,,A2,100,,1200,,,\n2026-03-02,,A3,100,,1300,,,\n", "交易日期 date_form", ""},
		"a day that there is not":          {"2026-02-30,,A2,100,,1200,,,\n2026-03-02,,A3,100,,1300,,,\n", "交易日期 date_form", ""},
		"a time that is none":              {"2026-03-02,25:00,A2,100,,1200,,,\n2026-03-02,,A3,100,,1300,,,\n", "交易时间 time_form", ""},
		"an amount that is none":           {"2026-03-02,,A2,1.234,,1200,,,\n2026-03-02,,A3,100,,1300,,,\n", "收入 amount_decimals", ""},
		"no amount":                        {"2026-03-02,,A2,,,1200,,,\n2026-03-02,,A3,100,,1300,,,\n", "收入 required", ""},
		"an amount of zero":                {"2026-03-02,,A2,0.00,0.00,1100,,,\n2026-03-02,,A3,100,,1200,,,\n", "收入 zero", ""},
		"amounts both ways":                {"2026-03-02,,A2,100,50,1150,,,\n2026-03-02,,A3,100,,1250,,,\n", "支出 two_values", ""},
		"money out with a sign":            {"2026-03-02,,A2,,-50,1050,,,\n2026-03-02,,A3,100,,1150,,,\n", "支出 signed", ""},
		"money in with a sign":             {"2026-03-02,,A2,-50,,1050,,,\n2026-03-02,,A3,100,,1150,,,\n", "收入 signed", ""},
		"a balance that is none":           {"2026-03-02,,A2,100,,12千,,,\n2026-03-02,,A3,100,,1300,,,\n", "余额 amount_unit", ""},
		"a serial that lost its digits":    {"2026-03-02,,2.02603E+12,100,,1200,,,\n2026-03-02,,A3,100,,1300,,,\n", "流水号 digits_lost", ""},
		"no balance behind what is no sum": {"2026-03-02,,A2,x,,,,,\n2026-03-02,,A3,100,,99,,,\n", "收入 amount_form", ""},
		"a balance beyond all":             {"2026-03-02,,A2,92233720368547758.07,,,,,\n2026-03-02,,A3,100,,99,,,\n", "余额 amount_overflow", ""},
	} {
		t.Run(name, func(t *testing.T) {
			list, err := tryStatement(t, "statement.csv", statementHead+good+c.lines, mapping(t, icbcMapping), account)
			if err != nil {
				t.Fatal(err)
			}
			got := told(list)
			if len(got) != 3 || got[0] != ok {
				t.Fatalf("got %q", got)
			}
			for i, want := range []string{c.second, c.third} {
				if refused := list[i+1].Err != nil; refused != (want != "" && want != "-") || refused && got[i+1] != fmt.Sprintf("%d: %s", i+4, want) {
					t.Errorf("got %q, want %q", got[i+1], want)
				}
			}
		})
	}
}

func TestRefusalsNameTheLineBefore(t *testing.T) {
	list, err := tryStatement(t, "statement.csv", statementHead+"2026-03-02,,A1,100,,1100,,,\n2026-03-02,,A2,100,,1250.5,,,\n2026-03-01,,A3,100,,1350.5,,,\n", mapping(t, icbcMapping), account)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range map[int][]string{1: {"第 3 行", "1,100.00", "1,200.00", "1,250.50"}, 2: {"第 4 行", "2026-03-01", "2026-03-02"}} {
		for _, part := range want {
			if text := list[i].Err.Error(); !strings.Contains(text, part) {
				t.Errorf("got %q, want it to say %q", text, part)
			}
		}
	}
}

// What no column holds was said on the command line.
func TestRefusalsOfTheRegisterAreToldByColumns(t *testing.T) {
	list, err := tryStatement(t, "statement.csv", statementHead+statementLines, mapping(t, icbcMapping), account)
	if err != nil {
		t.Fatal(err)
	}
	for pointer, want := range map[string]string{
		"/effective": "交易日期", "/body/serial": "流水号", "/body/amount_fen": "收入", "/body/balance_fen": "余额", "/body/kind": "摘要",
		"/body/reference": "附言", "/actor/agency": "--division, --agency", "/division": "--division, --agency", "/target": "--account",
	} {
		e, _ := errors.AsType[*domain.Error](list[0].Explain(domain.BadField(pointer, "x", domain.Say("不行", "no"))))
		if e.Fields[0].Pointer != want {
			t.Errorf("%s: got %q, want %q", pointer, e.Fields[0].Pointer, want)
		}
	}
	e, _ := errors.AsType[*domain.Error](list[2].Explain(domain.Fault(domain.KeyReused, domain.Say("不行", "no"))))
	if e.Fields[0].Pointer != "流水号" || !strings.Contains(e.Text.ZH, "0003") {
		t.Errorf("got %+v", e)
	}
}

func TestOtherWaysOfTellingInFromOut(t *testing.T) {
	const signed = `{"bank":"ccb","columns":{"date":"日期","serial":"凭证号","amount":"金额","balance":"余额","summary":"摘要"},"date_layout":"20060102","sign":"signed","reference_pattern":"([0-9]{5,})"}`
	wantStatement(t, "日期,凭证号,金额,余额,摘要\n20260302,1,\"(1,200.00)\",0,退费12345\n２０２６０３０３,2,+5,5.00,\n", mapping(t, signed),
		`2: 2026-03-02 {"serial":"1","amount_fen":-120000,"balance_fen":0,"reference":"12345"}`,
		`3: 2026-03-03 {"serial":"2","amount_fen":500,"balance_fen":500}`)
	const flagged = `{"bank":"abc","columns":{"date":"时间","time":"时间","serial":"凭证号","amount":"金额"},"date_layout":"2006/1/2","sign":"flag","flag":{"column":"借贷","in":"贷","out":"借"}}`
	wantStatement(t, "时间\t凭证号\t金额\t借贷\n2026/3/2 09:00:00\t1\t12\t借\n2026/03/02 09:00\t2\t5\t贷\n2026/3/2 08:00:00\t3\t5\t贷\n2026/3/2\t4\t5\t收\n2026/3/2\t5\t-5\t贷\n2026/3/2\t6\t\t贷\n", mapping(t, flagged),
		`2: 2026-03-02 {"serial":"1","amount_fen":-1200}`, `3: 2026-03-02 {"serial":"2","amount_fen":500}`, "4: 时间 order", "5: 借贷 flag", "6: 金额 signed", "7: 金额 required")
}

func TestAStatementIsOfOneAccount(t *testing.T) {
	const head, lines = "日期,流水号,金额,账号\n", "20260302,1,5,6222 0000 1234\n20260302,2,5,622200005678\n20260302,3,5,622200001234\n20260302,4,5,\n"
	const m = `{"bank":"ccb","columns":{"date":"日期","serial":"流水号","amount":"金额"},"date_layout":"20060102","sign":"signed","account":{"column":"账号"}}`
	want := []string{`2: 2026-03-02 {"serial":"1","amount_fen":500}`, "3: 账号 other_account", `4: 2026-03-02 {"serial":"3","amount_fen":500}`, "5: 账号 other_account"}
	wantStatement(t, head+lines, mapping(t, m), want...)
	byTail := changed(m, `{"column":"账号"}`, `{"column":"账号","tail":"5678"}`)
	wantStatement(t, head+lines, mapping(t, byTail), "2: 账号 other_account", `3: 2026-03-02 {"serial":"2","amount_fen":500}`, "4: 账号 other_account", "5: 账号 other_account")
	wantUnread(t, changed(statementHead, "1234", "5678")+statementLines, icbcMapping, "other_account", "1234")
}

// wantUnread wants a file that is refused whole, with a sentence that has these
// parts.
func wantUnread(t *testing.T, content, mappingText, code string, parts ...string) {
	t.Helper()
	_, err := tryStatement(t, "statement.csv", content, mapping(t, mappingText), account)
	e, ok := errors.AsType[*domain.Error](err)
	if !ok || len(e.Fields) == 0 || e.Fields[0].Code != code {
		t.Fatalf("got %v, want %s", err, code)
	}
	for _, p := range parts {
		if !strings.Contains(e.Text.ZH, p) {
			t.Errorf("got %q, want it to say %q", e.Text.ZH, p)
		}
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	all := statementHead + statementLines
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(changed(all, "￥", ""))
	if err != nil {
		t.Fatal(err)
	}
	wantUnread(t, gbk, icbcMapping, "encoding", "第 1 行", "UTF-8")
	wantUnread(t, statementHead+"2026-03-02,,A1,100,,1100,\xff,,\n", icbcMapping, "encoding", "第 3 行第 7 列")
	wantUnread(t, all, changed(icbcMapping, "utf-8", "gbk"), "encoding", "GBK")
	wantUnread(t, "\xff\n", changed(icbcMapping, "utf-8", "gbk"), "encoding", "第 1 行第 1 列")
	wantUnread(t, all, changed(icbcMapping, `"skip_rows":1`, `"skip_rows":0`), "no_column", "第 1 行", "交易日期、交易时间、流水号")
	wantUnread(t, changed(all, "余额", "结余"), icbcMapping, "no_column", "第 2 行", "余额")
	wantUnread(t, changed(all, "对方户名", "余额"), icbcMapping, "two_columns", "第 2 行", "第 6、9 列")
	wantUnread(t, "", icbcMapping, "no_headings")
	if _, err := tryStatement(t, "statement.pdf", all, mapping(t, icbcMapping), account); err == nil || !strings.Contains(err.Error(), ".csv") {
		t.Errorf("got %v", err)
	}
	if _, err := tryStatement(t, "statement.xlsx", all, mapping(t, icbcMapping), account); err == nil {
		t.Error("a text was read as a workbook")
	}
	if _, err := ledger.OpenStatement(filepath.Join(t.TempDir(), "none.csv"), mapping(t, icbcMapping), account); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
}

func TestAStatementInAWorkbook(t *testing.T) {
	const m = `{"bank":"ccb","columns":{"date":"日期","time":"时间","serial":"流水号","amount":"金额","balance":"余额"},"date_layout":"2006-01-02","sign":"signed"}`
	book := workbook(t, func(f *excelize.File) error {
		_, err := f.NewSheet("说明页")
		return errors.Join(err, setRows(f, "说明页", []any{"本页无流水"}),
			setRows(f, "Sheet1",
				[]any{"日期", "时间", "流水号", "金额", "余额"},
				[]any{time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC), 0.375, "0001", 4.0999999999999996, 100},
				[]any{"2026-03-02", "09:30", 2, 0.30000000000000004, 100.3},
				[]any{"2026-03-02", 0.2, 3, -1200, -1099.7},
				[]any{"2026-03-02", nil, 4, 0.125, nil},
				[]any{"2026-03-02", nil, 915304270000000197, 1, nil},
				[]any{nil, nil, nil, 5, nil},
			))
	})
	list, err := tryStatement(t, "statement.xlsx", book, mapping(t, m), account)
	if err != nil {
		t.Fatal(err)
	}
	wantTold(t, list, `2: 2026-03-02 {"serial":"0001","amount_fen":410,"balance_fen":10000}`, `3: 2026-03-02 {"serial":"2","amount_fen":30,"balance_fen":10030}`,
		"4: 时间 order", "5: 金额 amount_decimals", "6: 流水号 digits_lost")
	if !strings.Contains(string(list[0].Original()), `"工作表":"Sheet1"`) {
		t.Errorf("got %s", list[0].Original())
	}
}

// A payer may be named in any column, also where the export has put one into the
// wrong place; nothing that is said of a line repeats it.
func TestNobodyIsNamedInWhatIsSaidOfALine(t *testing.T) {
	m := mapping(t, icbcMapping)
	flagged := mapping(t, `{"bank":"icbc","columns":{"date":"日期","time":"时间","serial":"流水号","amount":"金额","balance":"余额","summary":"摘要"},"date_layout":"2006-01-02","sign":"flag","flag":{"column":"借贷","in":"贷","out":"借"}}`)
	const flagHead = "日期,时间,流水号,金额,余额,摘要,借贷\n"
	for name, c := range map[string]struct {
		m       ledger.BankMapping
		content string
	}{
		"the date":     {flagged, flagHead + "王小明,,1,5,5,,贷\n"},
		"the time":     {flagged, flagHead + "2026-03-02,王小明,1,5,5,,贷\n"},
		"the serial":   {flagged, flagHead + "2026-03-02,,王小明1,5,5,,贷\n"},
		"the amount":   {flagged, flagHead + "2026-03-02,,1,王小明,5,,贷\n"},
		"the balance":  {flagged, flagHead + "2026-03-02,,1,5,王小明,,贷\n"},
		"the flag":     {flagged, flagHead + "2026-03-02,,1,5,5,,王小明\n"},
		"the summary":  {flagged, flagHead + "2026-03-02,,1,,5,王小明,贷\n"},
		"an ill one":   {flagged, flagHead + "2026-03-02,,1,5,5,王小明\uFFFD,贷\n"},
		"no column":    {m, statementHead + changed(statementLines, "6,200.00", "6,200.001")},
		"a spread out": {flagged, flagHead + "2026-03-02,,1,5,5,6.2E+15,贷\n"},
	} {
		list, err := tryStatement(t, "statement.csv", c.content, c.m, account)
		if err != nil || len(list) == 0 {
			t.Fatal(name, list, err)
		}
		for _, e := range list {
			said := string(e.Original()) + fmt.Sprintf("%+v", e.Explain(e.Err))
			if d, ok := errors.AsType[*domain.Error](e.Err); ok {
				said += fmt.Sprintf("%+v", *d)
			}
			for _, secret := range []string{"王", "6.2E", "张"} {
				if strings.Contains(said, secret) {
					t.Errorf("%s: %s is told in %s", name, secret, said)
				}
			}
		}
		if name != "no column" && list[0].Err == nil {
			t.Errorf("%s: the line is not refused", name)
		}
	}
}

func TestOriginalsOfLinesAreFourColumns(t *testing.T) {
	list, err := tryStatement(t, "statement.csv", statementHead+statementLines, mapping(t, icbcMapping), account)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(list[0].Original()), `{"交易日期":"2026-03-02","流水号":"0001","收入":"1,200.00","余额":"6,200.00"}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}
