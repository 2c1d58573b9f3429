package main

import (
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
)

const bankMapping = `{"bank":"icbc","columns":{"date":"交易日期","serial":"流水号","in":"收入","out":"支出","balance":"余额","summary":"摘要","reference":"附言"},
"date_layout":"2006-01-02","sign":"in_out","kinds":{"预收费":"order","结息":"interest"},"reference_pattern":"(XP[0-9]{6})","encoding":"utf-8"}`

const bankHead = "交易日期,流水号,收入,支出,余额,摘要,附言\n"

// bankLines are two days of a statement, as a bank prints them and as people
// type them.
const bankLines = bankHead + `2026-03-02,0001,"1,200.00",,"1,200.00",预收费,订单XP000007
2026-03-02,0002,８００,,２０００,预收费,XP000008
2026-03-02,0003,,￥500.5,1499.50,退费,XP000007
2026-03-03,0001,0.05,,1499.55,结息,
合计,,2000.05,500.50,,,
`

// withAccount opens the supervised account ESC-1 at a bank.
func (b *bureau) withAccount() {
	b.t.Helper()
	act := func(n int, act, ref, on, body string) string {
		return fmt.Sprintf(`{"command_id":"00000000-0000-4000-8000-%012d","act":%q,"division":"530427","target":{"ref":%q},"effective":%q,"actor":{"agency":"530427-education","officer":"E1"},"body":%s}`+"\n",
			n, act, ref, on, body)
	}
	b.imports(exitDone, b.file("account.ndjson", fmt.Sprintf(registration, 1, "530427")+"\n"+
		act(2, "escrow.sign-agreement", "ESC-1", "2026-01-05", `{"institution":{"ref":"R1"},"bank":"icbc","bank_name":"示例银行新平支行","mode":"bank_custody","size":"small"}`)+
		act(3, "escrow.open-account", "ESC-1", "2026-01-06", `{"masked_number":"1234"}`)))
}

// statement are the arguments that import a file as a statement of the account.
func (b *bureau) statement(path, agency string) []string {
	return []string{path, "--bank", b.path("icbc.json"), "--account", "ESC-1", "--division", "530427", "--agency", agency}
}

// wantRefused compares where the refused lines of a file are at fault and by
// which rule or code.
func (b *bureau) wantRefused(path string, want ...string) {
	b.t.Helper()
	var got []string
	for _, l := range b.refused(path) {
		why := l.Problem.Rule
		if why == "" {
			why = string(l.Problem.Code)
		}
		got = append(got, fmt.Sprintf("%d %s %s", l.Line, l.Problem.Errors[0].Column+l.Problem.Errors[0].Pointer, why))
	}
	if strings.Join(got, "; ") != strings.Join(want, "; ") {
		b.t.Errorf("got the refusals %q, want %q", got, want)
	}
}

const icbc = "530427-bank-icbc"

func TestAStatementIsImportedOnce(t *testing.T) {
	b := newBureau(t)
	b.withAccount()
	b.file("icbc.json", bankMapping)
	march := b.file("march.csv", bankLines)
	b.wantImport(exitDone, "imported 4, already known 0, refused 0", append(b.statement(march, icbc), "--dry-run")...)
	b.wantImport(exitDone, "imported 4, already known 0, refused 0", b.statement(march, icbc)...)
	b.wantImport(exitDone, "imported 0, already known 4, refused 0", b.statement(march, icbc)...)

	// The same lines in another file, with one more; one of them is changed.
	changed := strings.NewReplacer("0003,,￥500.5,1499.50", "0003,,400.50,1599.50", "1499.55", "1599.55", "合计,,2000.05,500.50", "2026-03-04,0001,1,,1600.55").Replace(bankLines)
	april := b.file("april.csv", changed)
	b.wantImport(exitPartly, "imported 1, already known 2, refused 2", b.statement(april, icbc)...)
	b.wantRefused(april, "4 流水号 idempotency_key_reused", "5 流水号 idempotency_key_reused")
	if hint := b.refused(april)[0].Problem.Detail; !strings.Contains(hint, "0003") {
		t.Errorf("got %q, want it to name the serial", hint)
	}
}

func TestLinesThatCannotBeBookedAreRefused(t *testing.T) {
	b := newBureau(t)
	b.withAccount()
	b.file("icbc.json", bankMapping)

	other := b.file("other.csv", bankLines)
	b.wantImport(exitPartly, "imported 0, already known 0, refused 4", b.statement(other, "530427-bank-ccb")...)
	b.wantRefused(other, "2 --division, --agency escrow-bank", "3 --division, --agency escrow-bank", "4 --division, --agency escrow-bank", "5 --division, --agency escrow-bank")

	early := b.file("early.csv", bankHead+"2025-12-31,0001,5,,5,,\n")
	b.wantImport(exitPartly, "imported 0, already known 0, refused 1", b.statement(early, icbc)...)
	b.wantRefused(early, "2 --account escrow-movable")

	// The second and the third line are out of order: neither follows, nor does
	// what comes behind them.
	mixed := b.file("mixed.csv", bankHead+"2026-03-02,0001,5,,5,,\n2026-03-02,0003,5,,15,,\n2026-03-02,0002,5,,10,,\n2026-03-03,0001,5,,20,,\n")
	b.wantImport(exitPartly, "imported 1, already known 0, refused 3", b.statement(mixed, icbc)...)
	b.wantRefused(mixed, "3 余额 invalid", "4 余额 invalid", "5 余额 invalid")

	// The file follows, and what was booked before does not.
	gap := b.file("gap.csv", bankHead+"2026-03-02,0003,5,,15,,\n")
	b.wantImport(exitPartly, "imported 0, already known 0, refused 1", b.statement(gap, icbc)...)
	b.wantRefused(gap, "2 余额 bank-statement")

	ordered := b.file("mixed.csv", bankHead+"2026-03-02,0001,5,,5,,\n2026-03-02,0002,5,,10,,\n2026-03-02,0003,5,,15,,\n2026-03-03,0001,5,,20,,\n")
	b.wantImport(exitDone, "imported 3, already known 1, refused 0", b.statement(ordered, icbc)...)
	if _, err := os.Stat(ordered + ".refused.ndjson"); err == nil {
		t.Error("the refused lines of an earlier run are still there")
	}
}

// The payer's name stands in the summary, the reference and a column that is not
// read; nothing that an import leaves behind repeats it.
func TestNobodyIsNamedByAnImport(t *testing.T) {
	b := newBureau(t)
	b.withAccount()
	b.file("icbc.json", bankMapping)
	const name, phone = "王小明", "13800138000"
	march := b.file("march.csv", strings.Replace(bankHead, "\n", ",对方户名\n", 1)+strings.ReplaceAll(`2026-03-02,0001,5,,5,付款人NAME,附NAME,NAME
2026-03-02,0002,5,,11,付款人NAME PHONE,XP000007 NAME PHONE,NAME
2026-03-02,0001,5,,16,NAME,NAME,NAME
2026-03-02,NAME,5,,21,NAME,NAME,NAME
NAME,0005,5,,26,NAME,NAME,NAME
2026-03-02,0006,NAME,,26,NAME,NAME,NAME
`, "NAME", name)+"2026-03-02,0007,5,,31,"+phone+",,\n")
	if err := os.WriteFile(march+".refused.ndjson", nil, 0o644); err != nil { // of an earlier run
		t.Fatal(err)
	}
	for _, dry := range [][]string{{"--dry-run"}, nil} {
		args := append([]string{"import", "--data", b.data()}, append(b.statement(march, icbc), dry...)...)
		code, stdout, stderr := b.minglu(t.Context(), http.NoBody, args...)
		if code != exitPartly {
			t.Fatalf("ended with %d; it said:\n%s%s", code, stdout, stderr)
		}
		refused, err := os.ReadFile(march + ".refused.ndjson")
		if err != nil {
			t.Fatal(err)
		}
		for what, text := range map[string]string{"standard output": stdout, "standard error": stderr, "the refused lines": string(refused)} {
			for _, secret := range []string{name, "小明", phone} {
				if strings.Contains(text, secret) {
					t.Errorf("%s names the payer:\n%s", what, text)
				}
			}
		}
		info, err := os.Stat(march + ".refused.ndjson")
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("got %v, %v, want the refused lines for their owner alone", info.Mode(), err)
		}
	}
	want := `{"交易日期":"2026-03-02","流水号":"0002","收入":"5","余额":"11"}`
	if got := string(b.refused(march)[0].Original); got != want {
		t.Errorf("got the original %s, want %s", got, want)
	}
}

// The register keeps what it was told: after a start the lines are known, over
// HTTP too, where the token says which bank it is.
func TestAStatementIsImportedIntoARunningRegister(t *testing.T) {
	b := newBureau(t)
	b.withAccount()
	b.file("icbc.json", bankMapping)
	march := b.file("march.csv", bankLines)
	b.wantImport(exitDone, "imported 4, already known 0, refused 0", b.statement(march, icbc)...)
	token := func(agency string) string {
		code, stdout, stderr := b.minglu(t.Context(), http.NoBody, "token", "create", "--data", b.data(), "--agency", agency, "--role", "approver", "--officer", "B1")
		if code != exitDone {
			t.Fatalf("token: %d, %s", code, stderr)
		}
		return strings.TrimSpace(stdout)
	}
	own, other := token(icbc), token("530427-bank-ccb")
	s := startInside(t, b.program(), "--data", b.data(), "--listen", "127.0.0.1:0")
	april := b.file("april.csv", bankHead+"2026-04-01,0001,5,,1504.55,,\n")
	for _, c := range []struct {
		token, path, want string
		code              int
	}{
		{other, april, "imported 0, already known 0, refused 1", exitPartly},
		{own, april, "imported 1, already known 0, refused 0", exitDone},
		{own, april, "imported 0, already known 1, refused 0", exitDone},
	} {
		args := []string{"import", "--server", s.base, "--token", c.token, "--bank", b.path("icbc.json"), "--account", "ESC-1", "--division", "530427", c.path}
		code, stdout, stderr := b.minglu(t.Context(), http.NoBody, args...)
		if code != c.code || strings.TrimSpace(stdout) != c.want {
			t.Errorf("ended with %d, %q, want %q; it said:\n%s", code, stdout, c.want, stderr)
		}
	}
}

func TestStatementsThatCannotBeginToBeImported(t *testing.T) {
	b := newBureau(t)
	b.file("icbc.json", bankMapping)
	b.file("wrong.json", strings.Replace(bankMapping, "in_out", "both", 1))
	b.file("march.csv", bankLines)
	b.file("icbc.csv", "日期,金额\n")
	for name, c := range map[string]struct {
		code int
		args string
		says string
	}{
		"no account":           {exitUsage, "march.csv --bank icbc.json --division 530427 --agency " + icbc, "--account"},
		"no bank":              {exitUsage, "march.csv --account ESC-1", "--bank"},
		"no agency":            {exitUsage, "march.csv --bank icbc.json --account ESC-1 --division 530427", "--agency"},
		"no division":          {exitUsage, "march.csv --bank icbc.json --account ESC-1 --agency " + icbc, "--division"},
		"from standard input":  {exitUsage, "- --bank icbc.json --account ESC-1 --division 530427 --agency " + icbc, "标准输入"},
		"no mapping":           {exitFailed, "march.csv --bank none.json --account ESC-1 --division 530427 --agency " + icbc, "none.json"},
		"a mapping at fault":   {exitFailed, "march.csv --bank wrong.json --account ESC-1 --division 530427 --agency " + icbc, "/sign"},
		"no headings in a row": {exitFailed, "icbc.csv --bank icbc.json --account ESC-1 --division 530427 --agency " + icbc, "缺少列：交易日期"},
	} {
		args := []string{"import", "--data", b.data()}
		for _, a := range strings.Fields(c.args) {
			if strings.HasSuffix(a, ".json") || strings.HasSuffix(a, ".csv") {
				a = b.path(a)
			}
			args = append(args, a)
		}
		if code, _, stderr := b.minglu(t.Context(), http.NoBody, args...); code != c.code || !strings.Contains(stderr, c.says) {
			t.Errorf("%s: ended with %d, want %d; it said:\n%s", name, code, c.code, stderr)
		}
	}
}
