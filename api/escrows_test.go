package api_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

const (
	icbcOf = "530427-bank-icbc"
	rccOf  = "530427-bank-rcc"
)

// amountsOf are amounts that the public reads nowhere.
var amountsOf = []string{"360000", "340000", "300000", "480000", "3000000", "440000", "435000", "_fen"}

// custody opens a supervised account of B at ICBC (E-1) and one of A at the rural
// cooperative (E-2), with orders, a deposit, statements and an alert.
func custody(t *testing.T) *scene {
	t.Helper()
	sc := newScene(t)
	sc.account("E-1", "B", "icbc", "工商银行新平支行", "both", "5521")
	sc.account("E-2", "A", "rcc", "新平县农村信用合作联社", "bank_custody", "3108")
	sc.edu("escrow.adjust-deposit", "E-1", "2026-03-09", `{"required_fen":3000000,"basis":"一个收费周期的学费"}`)
	sc.by(icbcOf, "", "escrow.pay-deposit", "E-1", "2026-03-11", `{"amount_fen":100000,"bank_ref":"DEP1"}`)
	sc.line("E-1", icbcOf, "2026-03-11", "DEP1", 100000, 100000)
	sc.order("O-1", "E-1", 1, "2026-08-20", 36, 360000, `,"bank_ref":"S1"`)
	sc.order("O-2", "E-1", 2, "2026-08-26", 30, 300000, `,"off_account":true`)
	sc.order("O-3", "E-2", 3, "2026-08-24", 48, 480000, "")
	sc.order("O-4", "E-1", 4, "2026-08-27", 15, 150000, `,"off_account":true`)
	sc.by(platformOf, "", "order.deliver-lesson", "O-1", "2026-09-02", `{"hours":2,"notice":"平台消息"}`)
	sc.by(platformOf, "", "order.confirm-lesson", "O-1", "2026-09-05", `{"lesson":1,"by":"parent"}`)
	sc.by(platformOf, "", "order.release-funds", "O-1", "2026-09-06", `{"lessons":[1],"bank_ref":"R1"}`)
	sc.order("O-6", "E-1", 6, "2026-09-08", 10, 100000, `,"bank_ref":"S6"`)
	sc.line("E-1", icbcOf, "2026-08-21", "S1", 360000, 460000)
	sc.line("E-1", icbcOf, "2026-09-06", "R1", -25000, 435000)
	sc.line("E-1", icbcOf, "2026-09-10", "X9", 7700, 442700)
	sc.edu("escrow.raise-alert", "E-1", "2026-10-08", `{"level":"red","metric":"balance","value":440000,"preset":"none"}`)
	return sc
}

func (sc *scene) account(ref, institution, bank, name, mode, tail string) {
	sc.t.Helper()
	sc.ids[ref] = sc.edu("escrow.sign-agreement", ref, "2026-02-26", fmt.Sprintf(`{"institution":{"ref":%q},"bank":%q,"bank_name":%q,"mode":%q,"size":"small"}`, institution, bank, name, mode))
	sc.edu("escrow.open-account", ref, "2026-03-02", fmt.Sprintf(`{"masked_number":%q}`, tail))
	sc.edu("escrow.file-agreement", ref, "2026-03-04", `{"document_no":"新教监〔2026〕1号"}`)
}

func (sc *scene) order(ref, account string, pupil int, paid string, hours, fen int, more string) {
	sc.t.Helper()
	sc.ids[ref] = sc.by(platformOf, "", "order.record", ref, paid, fmt.Sprintf(
		`{"account":{"ref":%q},"pupil":"%032x","course":"美术","hours":%d,"period_from":"2026-09-01","period_to":"2026-11-20","amount_fen":%d,"contract":"2021年修订版"%s}`,
		account, pupil, hours, fen, more))
}

func (sc *scene) line(account, bank, day, serial string, fen, balance int) {
	sc.t.Helper()
	sc.by(bank, "", "statement.book-line", account, day, fmt.Sprintf(`{"serial":%q,"amount_fen":%d,"balance_fen":%d}`, serial, fen, balance))
}

// table reads a CSV answer.
func (a answered) table() [][]string {
	a.t.Helper()
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(string(a.body), "\uFEFF"))).ReadAll()
	if err != nil {
		a.t.Fatal(err)
	}
	return rows
}

// filesAs fails where the files of a list do not have the rows of its pages.
func (sc *scene) filesAs(token, path string, columns map[string]string) {
	sc.t.Helper()
	whole := sc.as(token, path).is(200)
	list := whole.at("items").([]any)
	rows := sc.as(token, suffixed(path, ".csv")).is(200).table()
	if len(rows) != len(list)+1 {
		sc.t.Fatalf("%s: got %d rows of CSV, want %d and the header", path, len(rows), len(list))
	}
	for i, name := range rows[0] {
		member, is := columns[name]
		for n := range list {
			if got, want := rows[n+1][i], at(list[n], member); is && got != text(want) {
				sc.t.Errorf("%s: row %d: got %s %q, want %v", path, n, name, got, want)
			}
		}
	}
	lines := strings.Split(strings.TrimSpace(string(sc.as(token, suffixed(path, ".ndjson")).is(200).body)), "\n")
	for i, line := range lines {
		want, err := json.Marshal(list[i])
		var again any
		if err == nil {
			err = json.Unmarshal([]byte(line), &again)
		}
		if got := string(mustJSON(again)); err != nil || got != string(want) {
			sc.t.Errorf("%s: got %s, want %s", path, got, want)
		}
	}
	sc.as(token, suffixed(path, ".xlsx")).is(200)
	sc.walked(token, path, list)
}

// suffixed puts a suffix on the path of an address.
func suffixed(address, suffix string) string {
	path, query, found := strings.Cut(address, "?")
	if found {
		return path + suffix + "?" + query
	}
	return path + suffix
}

// walked fails where single steps through the pages do not give the same rows.
func (sc *scene) walked(token, path string, want []any) {
	sc.t.Helper()
	var got []any
	next := suffixed(path+"&limit=1", "")
	if !strings.Contains(path, "?") {
		next = path + "?limit=1"
	}
	for range len(want) + 1 {
		a := sc.as(token, next).is(200)
		if a.at("total") != float64(len(want)) {
			sc.t.Errorf("%s: got a total of %v, want %d", next, a.at("total"), len(want))
		}
		got = append(got, a.at("items").([]any)...)
		cursor, _ := a.at("next").(string)
		if cursor == "" {
			break
		}
		next = strings.SplitN(path, "?", 2)[0] + "?limit=1&cursor=" + cursor
	}
	if string(mustJSON(got)) != string(mustJSON(want)) {
		sc.t.Errorf("%s: got %s step by step, want %s", path, mustJSON(got), mustJSON(want))
	}
}

func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case float64:
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprint(v)
}

func TestAccountsAreListed(t *testing.T) {
	sc := custody(t)
	edu := sc.of(educationOf)
	sc.as(edu, "/api/v1/escrows").is(200).want(t, map[string]any{
		"total": 2.0, "next": nil, "as_of": "2026-11-22", "items/0/id": sc.ids["E-2"], "items/1/id": sc.ids["E-1"], "items/1/institution/id": sc.ids["B"],
		"items/1/institution/name": "新平县山水美术培训中心", "items/1/bank": "icbc", "items/1/bank_name": "工商银行新平支行", "items/1/tail": "5521", "items/1/mode": "both", "items/1/status": "open",
		"items/1/opened": "2026-03-02", "items/1/closed": nil, "items/1/held_fen": 440000.0, "items/1/deposit_fen": 100000.0, "items/1/deposit_minimum_fen": 3000000.0,
		"items/1/deposit_shortfall_fen": 2900000.0, "items/1/open_alerts": 1.0, "items/1/bank_balance_fen": 442700.0, "items/1/bank_balance_on": "2026-09-10",
		"items/0/bank_balance_fen": nil, "items/0/bank_balance_on": nil, "items/0/held_fen": 480000.0, "items/0/deposit_shortfall_fen": 0.0, "items/0/open_alerts": 0.0,
	})
	for query, want := range map[string]string{
		"bank=icbc": "E-1", "mode=bank_custody": "E-2", "status=open": "E-2 E-1", "status=frozen": "", "institution=" + sc.ids["A"]: "E-2", "division=530427": "E-2 E-1",
		"bank=ccb": "",
	} {
		var refs []string
		for _, ref := range strings.Fields(want) {
			refs = append(refs, sc.ids[ref])
		}
		if got := strings.Trim(fmt.Sprint(sc.as(edu, "/api/v1/escrows?"+query).is(200).each("items", "id")), "[]"); got != strings.Join(refs, " ") {
			t.Errorf("%s: got %s, want %s", query, got, want)
		}
	}
	sc.filesAs(edu, "/api/v1/escrows", map[string]string{"id": "id", "institution_name": "institution/name", "tail": "tail", "held_fen": "held_fen", "bank_balance_fen": "bank_balance_fen", "opened": "opened"})
	if got := sc.as(edu, "/api/v1/escrows.csv?labels=zh").is(200).table(); got[0][8] != "监管方式" || got[2][8] != "银行托管和风险保证金并行" {
		t.Errorf("got %v, want Chinese headers and labels", got)
	}
	for query, want := range map[string]string{"bank=ICBC": "/bank bank_code", "mode=x": "/mode unknown_code", "status=x": "/status unknown_code", "as_of=2026-01-01": "/as_of unknown_parameter", "labels=en": "/labels unknown_code"} {
		pointer, code, _ := strings.Cut(want, " ")
		if p := sc.as(edu, "/api/v1/escrows?"+query).refused(422, "invalid"); pointers(p)[pointer] != code {
			t.Errorf("%s: got %v, want %s", query, pointers(p), want)
		}
	}
}

func TestAnAccountIsShown(t *testing.T) {
	sc := custody(t)
	edu, path := sc.of(educationOf), "/api/v1/escrows/"+sc.ids["E-1"]
	before := sc.as(edu, path).is(200)
	before.want(t, map[string]any{
		"status": "open", "size": "small", "agency": educationOf, "agreed": "2026-02-26", "filed": "2026-03-04", "filed_as": "新教监〔2026〕1号", "close_reason": nil,
		"books/paid_fen": 910000.0, "books/held_fen": 440000.0, "books/outside_fen": 450000.0, "books/released_fen": 20000.0, "books/refunded_fen": 0.0,
		"books/deposit_source_fen": 100000.0, "books/deposit_fen": 100000.0, "counts/orders": 4.0, "counts/confirmed_by_parent": 1.0, "counts/hours": 2.0,
		"deposit_minimums/0/amount_fen": 3000000.0, "alerts/0/alert": 1.0, "alerts/0/level": "red", "alerts/0/metric": "balance", "alerts/0/real": nil, "alerts/0/closed": nil,
		"clocks/0/clock": "alert_answer", "gauge/held_fen": 440000.0, "gauge/balance_fen": 440000.0, "gauge/deposit_required_fen": 3000000.0, "gauge/deemed_percent": nil,
		"gauge/stale_days": 81.0, "as_of": "2026-11-22",
	})
	sc.edu("escrow.freeze", "E-1", "2026-11-20", `{"reason":"机构非正常关停"}`)
	sc.as(edu, path).is(200).want(t, map[string]any{"status": "frozen", "freezes/0/from": "2026-11-20", "freezes/0/ended": nil, "freezes/0/reason": "机构非正常关停"})
	sc.as(edu, path+"?at_seq="+jsonNumber(before.at("at_seq"))).is(200).want(t, map[string]any{"status": "open", "freezes/0": nil, "books/held_fen": 440000.0})
	sc.as(edu, path+"?as_of=2026-09-01").is(200).want(t, map[string]any{
		"status": "open", "books/held_fen": 360000.0, "books/released_fen": 0.0, "counts/orders": 3.0, "alerts/0": nil, "open_alerts": 0.0, "bank_balance_fen": nil, "gauge/out_week_fen": 0.0})
	sc.as(edu, path+"?as_of=2026-03-01").is(200).want(t, map[string]any{"status": "agreed", "tail": nil, "opened": nil, "filed": nil, "books/paid_fen": 0.0, "deposit_minimum_fen": 0.0})
	sc.as(edu, path+"?as_of=2026-02-25").refused(404, "not_found")
	sc.as(edu, path+"?at_seq=1").refused(404, "not_found")
	if tag := before.header.Get("ETag"); tag == "" {
		t.Error("got no ETag")
	}
	history := sc.as(edu, path+"/events").is(200)
	if got, want := fmt.Sprint(history.each("items", "event")), "[escrow.agreement_signed escrow.account_opened escrow.agreement_filed escrow.deposit_adjusted escrow.deposit_paid escrow.alert_raised escrow.frozen]"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := sc.as(edu, path+"/events?as_of=2026-03-05&limit=2").is(200); got.at("total") != 3.0 || got.at("next") == nil {
		t.Errorf("got %s", got.body)
	}
	sc.edu("escrow.annul", "E-2", "2026-11-21", fmt.Sprintf(`{"target_seq":%s,"reason":"录入错误"}`, jsonNumber(sc.as(edu, "/api/v1/escrows/"+sc.ids["E-2"]+"/events").at("items/2/seq"))))
	sc.as(edu, "/api/v1/escrows/"+sc.ids["E-2"]).is(200).want(t, map[string]any{"filed": nil})
}

func TestTheBooksBalance(t *testing.T) {
	sc := custody(t)
	edu := sc.of(educationOf)
	a := sc.as(edu, "/api/v1/trial-balance").is(200)
	a.want(t, map[string]any{
		"division": "530427", "rows/0/ledger_account": "paid", "rows/0/label": "家庭缴纳", "rows/0/credit_fen": 1390000.0, "rows/0/debit_fen": 0.0,
		"rows/1/ledger_account": "held", "rows/1/debit_fen": 920000.0, "rows/2/debit_fen": 450000.0, "rows/3/debit_fen": 20000.0,
		"debit_fen": 1490000.0, "credit_fen": 1490000.0, "balanced": true, "counts/orders": 5.0, "by": nil, "items/0": nil, "total": 0.0,
	})
	for query, want := range map[string]float64{
		"institution=" + sc.ids["B"]: 1010000, "account=" + sc.ids["E-2"]: 480000, "bank=icbc": 1010000, "bank=ccb": 0, "institution=" + sc.ids["B"] + "&bank=rcc": 0,
		"as_of=2026-08-20": 460000, "as_of=2026-03-10": 0, "at_seq=1": 0, "division=5304": 0, "account=" + sc.ids["E-1"] + "&as_of=2026-08-26": 760000,
	} {
		got := sc.as(edu, "/api/v1/trial-balance?"+query)
		if query == "division=5304" {
			got.refused(403, "forbidden")
			continue
		}
		if got.is(200).at("debit_fen") != want || got.at("credit_fen") != want || got.at("balanced") != true {
			t.Errorf("%s: got %v, want %v: %s", query, got.at("debit_fen"), want, got.body)
		}
	}
	sc.as(sc.of(prefectureOf), "/api/v1/trial-balance?division=5304").is(200).want(t, map[string]any{"debit_fen": 1490000.0})
	sc.as(edu, "/api/v1/trial-balance?by=bank").is(200).want(t, map[string]any{"total": 2.0, "items/0/bank": "icbc", "items/0/debit_fen": 1010000.0, "items/0/escrow": nil, "items/1/bank": "rcc", "items/1/credit_fen": 480000.0, "items/1/balanced": true})
	by := sc.as(edu, "/api/v1/trial-balance?by=account").is(200)
	sums := 0.0
	for _, sum := range by.each("items", "debit_fen") {
		sums += sum.(float64)
	}
	if sums != 1490000 || by.at("total") != 2.0 {
		t.Errorf("got %s, want parts that come to the whole", by.body)
	}
	sc.walked(edu, "/api/v1/trial-balance?by=account", by.at("items").([]any))
	// What is booked later changes nothing at a position.
	seq := jsonNumber(a.at("at_seq"))
	sc.order("O-9", "E-2", 9, "2026-08-20", 10, 90000, "")
	sc.as(edu, "/api/v1/trial-balance?at_seq="+seq).is(200).want(t, map[string]any{"debit_fen": 1490000.0})
	sc.as(edu, "/api/v1/trial-balance?as_of=2026-08-20&at_seq="+seq).is(200).want(t, map[string]any{"debit_fen": 460000.0})
	sc.as(edu, "/api/v1/trial-balance?as_of=2026-08-20").is(200).want(t, map[string]any{"debit_fen": 550000.0})
	sc.as(edu, "/api/v1/trial-balance?by=account&at_seq="+seq).is(200).want(t, map[string]any{"total": 2.0})
	rows := sc.as(edu, "/api/v1/trial-balance.csv?at_seq="+seq).is(200).table()
	if len(rows) != 12 || strings.Join(rows[0], ",") != "bank,escrow,institution_id,institution_name,ledger_account,debit_fen,credit_fen" || strings.Join(rows[1], ",") != ",,,,paid,0,1390000" {
		t.Errorf("got %v", rows)
	}
	if rows := sc.as(edu, "/api/v1/trial-balance.csv?by=account").is(200).table(); len(rows) != 23 {
		t.Errorf("got %d rows, want eleven of each account", len(rows))
	}
	for query, pointer := range map[string]string{"by=pupil": "/by", "account=" + sc.ids["E-1"] + "&bank=icbc": "/account", "institution=x": "/institution", "division=530427&institution=" + sc.ids["A"]: "/account"} {
		if p := sc.as(edu, "/api/v1/trial-balance?"+query).refused(422, "invalid"); pointers(p)[pointer] == "" {
			t.Errorf("%s: got %v, want a fault at %s", query, pointers(p), pointer)
		}
	}
	sc.as(edu, "/api/v1/escrow-reports/held?at_seq="+seq).is(200).want(t, map[string]any{
		"held_fen": 920000.0, "deposit_fen": 100000.0, "outside_fen": 450000.0, "orders": 5.0, "total": 3.0, "items/0/by": "bank", "items/0/code": "icbc", "items/0/held_fen": 440000.0,
		"items/1/code": "rcc", "items/1/held_fen": 480000.0, "items/2/by": "division", "items/2/code": "530427", "items/2/held_fen": 920000.0, "items/2/name": "云南省玉溪市新平彝族傣族自治县"})
	if rows := sc.as(edu, "/api/v1/escrow-reports/held.csv?at_seq="+seq).is(200).table(); len(rows) != 4 || rows[1][3] != "440000" {
		t.Errorf("got %v", rows)
	}
}

func TestWhatTheBankSaysIsReconciled(t *testing.T) {
	sc := custody(t)
	edu, path := sc.of(educationOf), "/api/v1/escrows/"+sc.ids["E-1"]+"/reconciliation"
	a := sc.as(edu, path+"?from=2026-03-01&to=2026-09-30").is(200)
	a.want(t, map[string]any{
		"tolerance_days": 3.0, "agrees": false, "total": 5.0, "totals/0/outcome": "matched", "totals/0/count": 2.0, "totals/0/here_fen": 460000.0, "totals/0/there_fen": 460000.0,
		"items/0/outcome": "matched", "items/0/here/amount_fen": 100000.0, "items/1/here/on": "2026-08-20", "items/1/there/on": "2026-08-21", "items/1/here/reference": sc.ids["O-1"], "items/1/difference_fen": 0.0,
		"items/2/outcome": "different_amount", "items/2/difference_fen": -5000.0, "items/3/outcome": "missing_there", "items/3/there": nil, "items/3/here/bank_ref": "S6",
		"items/4/outcome": "missing_here", "items/4/here": nil, "items/4/there/bank_ref": "X9", "items/4/difference_fen": 7700.0,
	})
	// The payment of the last day is on the next at the bank, and belongs to the first time alone.
	sc.as(edu, path+"?from=2026-08-01&to=2026-08-20").is(200).want(t, map[string]any{"agrees": true, "total": 1.0})
	sc.as(edu, path+"?from=2026-08-21&to=2026-08-31").is(200).want(t, map[string]any{"agrees": true, "total": 0.0})
	sc.as(edu, path+"?from=2026-03-01&to=2026-09-30&outcome=missing_here").is(200).want(t, map[string]any{"agrees": false, "total": 1.0, "items/0/there/amount_fen": 7700.0, "totals/0/count": 2.0})
	sc.as(edu, path).is(200).want(t, map[string]any{"from": "2026-10-24", "to": "2026-11-22", "total": 0.0, "agrees": true})
	sc.as(edu, path+"?as_of=2026-09-10").is(200).want(t, map[string]any{"from": "2026-08-12", "to": "2026-09-10", "total": 4.0})
	sc.filesAs(edu, path+"?from=2026-03-01&to=2026-09-30", map[string]string{"outcome": "outcome", "here_on": "here/on", "there_amount_fen": "there/amount_fen", "difference_fen": "difference_fen"})
	for query, want := range map[string]string{"from=2026-10-02&to=2026-10-01": "order", "from=2025-01-01&to=2026-10-01": "too_long"} {
		if p := sc.as(edu, path+"?"+query).refused(422, "invalid"); pointers(p)["/from"] != want {
			t.Errorf("%s: got %v, want %s", query, pointers(p), want)
		}
	}
}

func TestTheMinimumOfADepositIsReckoned(t *testing.T) {
	sc := custody(t)
	sc.edu("jurisdiction.adopt-policy", "", "2026-10-01", `{"parameters":{"escrow.deposit_periods":2}}`)
	sc.as(sc.of(educationOf), "/api/v1/escrows/"+sc.ids["E-1"]+"/deposit-minimum").is(200).want(t, map[string]any{
		"orders": 4.0, "fees_fen": 910000.0, "charging_periods": 2.0, "minimum_fen": 1820000.0, "set_fen": 3000000.0, "deposit_fen": 100000.0, "shortfall_fen": 1720000.0, "rule/id": "escrow-deposit",
	})
}

func TestWhatIsOwedOnClosureIsShared(t *testing.T) {
	sc := custody(t)
	edu, path := sc.of(educationOf), "/api/v1/escrows/"+sc.ids["E-1"]+"/owed"
	sc.as(edu, path).is(200).want(t, map[string]any{
		"open_orders": 4.0, "total": 4.0, "owed_fen": 890000.0, "held_fen": 440000.0, "supervised_fen": 440000.0, "deposit_fen": 100000.0, "from_deposit_fen": 100000.0, "deposit_left_fen": 0.0, "short_fen": 350000.0,
		"items/0/claim": 1.0, "items/0/rank": "trainee", "items/0/order": sc.ids["O-1"], "items/0/hours_left": 34.0, "items/0/undelivered_fen": 340000.0, "items/0/supervised_fen": 340000.0, "items/0/shortfall_fen": 0.0,
		"items/1/order": sc.ids["O-2"], "items/1/held_fen": 0.0, "items/1/uncovered_fen": 300000.0, "items/1/deposit_share_fen": 66667.0, "items/1/shortfall_fen": 233333.0,
		"items/2/order": sc.ids["O-4"], "items/2/deposit_share_fen": 33333.0, "items/2/shortfall_fen": 116667.0, "items/3/deposit_share_fen": 0.0,
	})
	sc.filesAs(edu, path, map[string]string{"claim": "claim", "order": "order", "undelivered_fen": "undelivered_fen", "deposit_share_fen": "deposit_share_fen", "shortfall_fen": "shortfall_fen"})
	sc.by(platformOf, "", "order.request-refund", "O-1", "2026-11-16", `{"cause":"operator"}`)
	sc.as(edu, path).is(200).want(t, map[string]any{"open_orders": 4.0, "items/0/order": sc.ids["O-1"], "items/0/undelivered_fen": 340000.0})
}

func TestAlertsAndWhatIf(t *testing.T) {
	sc := custody(t)
	edu := sc.of(educationOf)
	sc.edu("escrow.raise-alert", "E-2", "2026-10-10", `{"level":"yellow","metric":"stale","value":20,"preset":"20/30"}`)
	sc.edu("escrow.assess-alert", "E-2", "2026-10-12", `{"alert":1,"real":false,"text":"系统延迟"}`)
	sc.edu("escrow.close-alert", "E-2", "2026-10-13", `{"alert":1,"reason":"误报"}`)
	all := sc.as(edu, "/api/v1/escrow-alerts").is(200)
	if all.at("total") != 2.0 {
		t.Errorf("got %s", all.body)
	}
	sc.as(edu, "/api/v1/escrow-alerts?open=true").is(200).want(t, map[string]any{"total": 1.0, "items/0/escrow": sc.ids["E-1"], "items/0/level": "red", "items/0/value": 440000.0, "items/0/bank": "icbc", "items/0/institution/id": sc.ids["B"]})
	sc.as(edu, "/api/v1/escrow-alerts?open=false").is(200).want(t, map[string]any{"total": 1.0, "items/0/real": false, "items/0/closed": "2026-10-13", "items/0/close_reason": "误报", "items/0/preset": "20/30"})
	for query, want := range map[string]float64{"level=red": 1, "metric=stale": 1, "institution=" + sc.ids["A"]: 1, "bank=rcc": 1, "bank=ccb": 0, "level=yellow&open=true": 0} {
		if got := sc.as(edu, "/api/v1/escrow-alerts?"+query).is(200); got.at("total") != want || len(got.at("items").([]any)) != int(want) {
			t.Errorf("%s: got %s, want %v", query, got.body, want)
		}
	}
	sc.filesAs(edu, "/api/v1/escrow-alerts", map[string]string{"escrow": "escrow", "level": "level", "value": "value", "raised": "raised", "closed": "closed"})
	if p := sc.as(edu, "/api/v1/escrow-alerts?open=maybe").refused(422, "invalid"); pointers(p)["/open"] != "boolean" {
		t.Errorf("got %v", p)
	}

	path := "/api/v1/escrows/" + sc.ids["E-1"] + "/alarms"
	sc.as(edu, path+"?from=2026-08-01&to=2026-10-31").is(200).want(t, map[string]any{"fired/0": nil, "raised/0/alert": 1.0, "presets/0/metric": "balance", "presets/0/preset": "none", "presets/0/given": false})
	sc.as(edu, path+"?from=2026-08-01&to=2026-10-31&preset.balance=400000/350000&preset.stale=20/60").is(200).want(t, map[string]any{
		"presets/0/preset": "400000/350000", "presets/0/given": true, "fired/0/on": "2026-08-01", "fired/0/level": "red", "fired/0/metric": "balance", "fired/0/value": 0.0,
		"fired/1/on": "2026-09-06", "fired/1/level": "red", "fired/1/value": 340000.0, "fired/2/on": "2026-09-22", "fired/2/metric": "stale", "fired/2/level": "yellow", "fired/3": nil,
	})
	sc.edu("jurisdiction.adopt-policy", "", "2026-11-01", `{"parameters":{"escrow.alert.small.stale":"20/60"}}`)
	sc.as(edu, path+"?from=2026-09-01&to=2026-10-31").is(200).want(t, map[string]any{"fired/0/metric": "stale", "fired/0/on": "2026-09-22", "fired/0/preset": "20/60", "fired/1": nil})
	sc.as(edu, path+"?from=2026-09-01&to=2026-10-31&preset.stale=none").is(200).want(t, map[string]any{"fired/0": nil})
	sc.as(edu, path).is(200).want(t, map[string]any{"from": "2025-11-23", "to": "2026-11-22"})
	for query, pointer := range map[string]string{"preset.balance=many": "/preset.balance", "preset.colour=1/2": "/preset.colour", "from=2000-01-01": "/from"} {
		if p := sc.as(edu, path+"?"+query).refused(422, "invalid"); pointers(p)[pointer] == "" {
			t.Errorf("%s: got %v, want a fault at %s", query, pointers(p), pointer)
		}
	}
}

func TestInstitutionsWithoutAnAccountAreListed(t *testing.T) {
	sc := newScene(t)
	edu := sc.of(educationOf)
	sc.as(edu, "/api/v1/escrow-reports/uncovered").is(200).want(t, map[string]any{"total": 2.0, "items/0/id": sc.ids["A"], "items/0/class": "non_subject", "items/0/since": "2022-01-01", "items/0/account_closed": nil,
		"items/1/id": sc.ids["B"], "items/1/name": "新平县山水美术培训中心", "items/1/standing": "white", "items/1/since": "2020-03-02"})
	sc.filesAs(edu, "/api/v1/escrow-reports/uncovered", map[string]string{"id": "id", "name": "name", "since": "since", "standing": "standing"})
	sc.account("E-1", "B", "icbc", "工商银行新平支行", "bank_custody", "5521")
	sc.edu("escrow.sign-agreement", "E-2", "2026-06-01", `{"institution":{"ref":"A"},"bank":"rcc","bank_name":"信用社","mode":"bank_custody","size":"small"}`)
	sc.as(edu, "/api/v1/escrow-reports/uncovered").is(200).want(t, map[string]any{"total": 1.0, "items/0/id": sc.ids["A"], "items/0/agreed": "2026-06-01"})
	sc.edu("escrow.close-account", "E-1", "2026-10-01", `{"reason":"变更开户行"}`)
	sc.as(edu, "/api/v1/escrow-reports/uncovered").is(200).want(t, map[string]any{"total": 2.0, "items/1/id": sc.ids["B"], "items/1/since": "2026-10-01", "items/1/account_closed": "2026-10-01"})
	sc.as(sc.of(icbcOf), "/api/v1/escrow-reports/uncovered").refused(403, "forbidden")
}

func TestABankReadsOfItsOwnAccounts(t *testing.T) {
	sc := custody(t)
	icbc := sc.of(icbcOf)
	sc.as(icbc, "/api/v1/escrows").is(200).want(t, map[string]any{"total": 1.0, "items/0/id": sc.ids["E-1"]})
	sc.as(icbc, "/api/v1/escrow-alerts").is(200).want(t, map[string]any{"total": 1.0, "items/0/escrow": sc.ids["E-1"]})
	sc.as(sc.of(rccOf), "/api/v1/escrow-alerts").is(200).want(t, map[string]any{"total": 0.0, "items/0": nil})
	sc.as(icbc, "/api/v1/trial-balance").is(200).want(t, map[string]any{"bank": "icbc", "debit_fen": 1010000.0})
	sc.as(icbc, "/api/v1/trial-balance?by=account").is(200).want(t, map[string]any{"total": 1.0, "items/0/escrow": sc.ids["E-1"]})
	sc.as(icbc, "/api/v1/trial-balance?institution="+sc.ids["A"]).is(200).want(t, map[string]any{"debit_fen": 0.0})
	sc.as(icbc, "/api/v1/escrow-reports/held").is(200).want(t, map[string]any{"held_fen": 440000.0, "total": 2.0, "items/1/held_fen": 440000.0})
	for _, path := range []string{"", "/events", "/reconciliation", "/owed", "/deposit-minimum", "/alarms"} {
		sc.as(icbc, "/api/v1/escrows/"+sc.ids["E-1"]+path).is(200)
		sc.as(icbc, "/api/v1/escrows/"+sc.ids["E-2"]+path).refused(404, "not_found")
		sc.as(sc.of(neighbourOf), "/api/v1/escrows/"+sc.ids["E-1"]+path).refused(404, "not_found")
		sc.as(sc.of(prefectureOf), "/api/v1/escrows/"+sc.ids["E-1"]+path).is(200)
		sc.get("/api/v1/escrows/"+sc.ids["E-1"]+path).refused(401, "unauthenticated")
		sc.as(icbc, "/api/v1/escrows/x"+path).refused(404, "not_found")
		sc.as(icbc, "/api/v1/escrows/"+sc.ids["O-1"]+path).refused(404, "not_found")
	}
	sc.as(icbc, "/api/v1/trial-balance?account="+sc.ids["E-2"]).refused(404, "not_found")
	for _, path := range []string{"/api/v1/escrows", "/api/v1/trial-balance", "/api/v1/escrow-alerts"} {
		sc.as(icbc, path+"?bank=rcc").refused(403, "forbidden")
		sc.as(sc.of("530427-bank"), path).refused(403, "forbidden")
		sc.as(sc.of(neighbourOf), path+"?division=530427").refused(403, "forbidden")
		sc.get(path).refused(401, "unauthenticated")
	}
	for _, path := range []string{"/api/v1/escrow-reports/held", "/api/v1/escrow-reports/uncovered"} {
		sc.as(sc.of(neighbourOf), path+"?division=530427").refused(403, "forbidden")
		sc.get(path).refused(401, "unauthenticated")
	}
	a := sc.as(icbc, "/api/v1/escrows?limit=1")
	if a.at("next") != nil || strings.Contains(string(a.body), "rcc") {
		t.Errorf("got %s, want nothing of another bank", a.body)
	}
}

func TestThePublicIsToldWhereMoneyIsSafe(t *testing.T) {
	sc := custody(t)
	path := "/api/v1/institutions/" + sc.ids["B"]
	before := sc.get(path).is(200)
	before.want(t, map[string]any{"supervised_account/0/bank": "工商银行新平支行", "supervised_account/0/tail": "5521", "supervised_account/0/since": "2026-03-02", "supervised_account/1": nil, "warnings/0": nil})
	sc.get(path+"?as_of=2026-03-01").is(200).want(t, map[string]any{"supervised_account/0": nil})
	sc.get(path+"?at_seq=12").is(200).want(t, map[string]any{"supervised_account/0": nil})
	sc.get("/api/v1/institutions/"+sc.ids["P"]).is(200).want(t, map[string]any{"supervised_account/0": nil})
	sc.edu("escrow.assess-alert", "E-1", "2026-10-12", `{"alert":1,"real":true,"text":"资金余额异常，请暂缓缴费","publish":true}`)
	warned := sc.get(path).is(200)
	warned.want(t, map[string]any{"warnings/0/text": "资金余额异常，请暂缓缴费", "warnings/0/since": "2026-10-12", "warnings/1": nil})
	if warned.header.Get("ETag") == before.header.Get("ETag") {
		t.Error("got the same validator, want another")
	}
	sc.get(path+"?as_of=2026-10-11").is(200).want(t, map[string]any{"warnings/0": nil})
	diff := sc.get(path + "/diff?from=2026-03-01").is(200)
	if got := fmt.Sprint(diff.each("fields", "field")); !strings.Contains(got, "supervised_account warnings") {
		t.Errorf("got %s", got)
	}
	for _, path := range []string{path, path + "/events?limit=1000", path + "/events.ndjson", path + "/diff?from=2020-01-01", "/api/v1/institutions", "/api/v1/institutions.csv", "/api/v1/institutions.ndjson", "/api/v1/lists/white",
		"/api/v1/events", "/api/v1/events?aggregate=escrow", "/api/v1/events?aggregate=order", "/api/v1/events?aggregate=statement", "/api/v1/divisions/530427/events", "/api/v1/figures?division=530427"} {
		sc.get(path).is(200).keeps(t, amountsOf...)
	}
	sc.edu("escrow.close-alert", "E-1", "2026-10-20", `{"alert":1,"reason":"已补足"}`)
	past := path + "?as_of=2026-10-15&at_seq=" + jsonNumber(warned.at("at_seq"))
	sc.get(past).is(200).want(t, map[string]any{"warnings/0": nil})
	sc.as(sc.of(educationOf), past).is(200).want(t, map[string]any{"warnings/0/text": "资金余额异常，请暂缓缴费"})
}

func TestAccountsAreWhatTheDescriptionSays(t *testing.T) {
	sc := custody(t)
	c, _ := schemas(t, sc.fixture)
	edu, one := sc.of(educationOf), "/api/v1/escrows/"+sc.ids["E-1"]
	for route, addresses := range map[string][]string{
		"/api/v1/escrows":                      {"/api/v1/escrows", "/api/v1/escrows?bank=ccb"},
		"/api/v1/escrows/{id}":                 {one, one + "?as_of=2026-03-01"},
		"/api/v1/escrows/{id}/events":          {one + "/events"},
		"/api/v1/escrows/{id}/reconciliation":  {one + "/reconciliation?from=2026-03-01&to=2026-09-30"},
		"/api/v1/escrows/{id}/owed":            {one + "/owed"},
		"/api/v1/escrows/{id}/deposit-minimum": {one + "/deposit-minimum"},
		"/api/v1/escrows/{id}/alarms":          {one + "/alarms?preset.stale=20/60"},
		"/api/v1/escrow-alerts":                {"/api/v1/escrow-alerts"},
		"/api/v1/trial-balance":                {"/api/v1/trial-balance", "/api/v1/trial-balance?by=account", "/api/v1/trial-balance?by=bank"},
		"/api/v1/escrow-reports/held":          {"/api/v1/escrow-reports/held"},
		"/api/v1/escrow-reports/uncovered":     {"/api/v1/escrow-reports/uncovered"},
		"/api/v1/institutions/{id}":            {"/api/v1/institutions/" + sc.ids["B"]},
	} {
		s, err := c.Compile(pointer("paths", route, "get", "responses", "200", "content", "application/json", "schema"))
		if err != nil {
			t.Fatal(err)
		}
		for _, address := range addresses {
			v, err := jsonschema.UnmarshalJSON(bytes.NewReader(sc.as(edu, address).is(200).body))
			if err == nil {
				err = s.Validate(v)
			}
			if err != nil {
				t.Errorf("%s: %v", address, err)
			}
		}
	}
}
