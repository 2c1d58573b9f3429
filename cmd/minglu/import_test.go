package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"minglu/demo"
	"minglu/domain/access"
	"minglu/domain/ident"
	"minglu/domain/term"
	"minglu/ledger"
)

// A bureau is where the tests of import are run: a data directory and files
// beside it.
type bureau struct {
	t   *testing.T
	dir string
	now time.Time
}

func newBureau(t *testing.T) *bureau {
	t.Parallel()
	return &bureau{t: t, dir: t.TempDir(), now: dayAtTen(t, scenarioStart)}
}

func (b *bureau) path(name string) string { return filepath.Join(b.dir, name) }
func (b *bureau) data() string            { return b.path("data") }

func (b *bureau) file(name, content string) string {
	b.t.Helper()
	if err := os.WriteFile(b.path(name), []byte(content), 0o600); err != nil {
		b.t.Fatal(err)
	}
	return b.path(name)
}

func (b *bureau) program() program {
	return program{env: environ{}, stdin: strings.NewReader(""), now: func() time.Time { return b.now }, unsynced: true}
}

// minglu runs a command and returns its exit code and what it said.
func (b *bureau) minglu(ctx context.Context, stdin io.Reader, args ...string) (code int, stdout, stderr string) {
	b.t.Helper()
	var out, errs bytes.Buffer
	p := b.program()
	p.stdin, p.stdout, p.stderr = stdin, &out, &errs
	code = p.run(ctx, args)
	return code, out.String(), errs.String()
}

// imports runs an import, which must end with code, and returns its last line.
func (b *bureau) imports(code int, args ...string) string {
	b.t.Helper()
	got, stdout, stderr := b.minglu(b.t.Context(), strings.NewReader(""), append([]string{"import", "--data", b.data()}, args...)...)
	if got != code {
		b.t.Fatalf("import %q ended with %d, want %d; it said:\n%s%s", args, got, code, stdout, stderr)
	}
	return strings.TrimSuffix(stdout, "\n")
}

// wantImport runs an import and compares its last line.
func (b *bureau) wantImport(code int, want string, args ...string) {
	b.t.Helper()
	if got := b.imports(code, args...); got != want {
		b.t.Fatalf("got %q, want %q", got, want)
	}
}

// refused reads the refused lines of a file.
func (b *bureau) refused(path string) (list []refusedLine) {
	b.t.Helper()
	raw, err := os.ReadFile(path + ".refused.ndjson")
	if err != nil {
		b.t.Fatal(err)
	}
	for line := range bytes.Lines(raw) {
		var l refusedLine
		if err := json.Unmarshal(line, &l); err != nil {
			b.t.Fatal(err)
		}
		list = append(list, l)
	}
	return list
}

func TestAJournalIsImportedOnce(t *testing.T) {
	b := newBureau(t)
	path := b.file("demo.ndjson", string(demo.Journal()))
	n := bytes.Count(demo.Journal(), []byte("\n"))
	b.wantImport(exitDone, fmt.Sprintf("imported %d, already known 0, refused 0", n), path)
	b.wantImport(exitDone, fmt.Sprintf("imported 0, already known %d, refused 0", n), path)
	if _, err := os.Stat(path + ".refused.ndjson"); err == nil {
		t.Error("nothing was refused, and there is a file of refused lines")
	}
}

const registration = `{"command_id":"00000000-0000-4000-8000-%012d","act":"institution.register","division":"%s","target":{"ref":"R%[1]d"},"effective":"2020-01-01",` +
	`"actor":{"agency":"530427-education"},"body":{"names":["甲"],"kind":"institution","mode":"offline","address":"x","class":"subject","audiences":["compulsory"]}}`

func TestRefusedLinesAreKeptWithTheirReasons(t *testing.T) {
	b := newBureau(t)
	good := fmt.Sprintf(registration, 1, "530427")
	foreign := fmt.Sprintf(registration, 2, "500109")
	path := b.file("journal.ndjson", strings.Join([]string{
		good, "", "not json", foreign, strings.Replace(good, "institution.register", "institution.invent", 1),
		`{"x":"` + strings.Repeat("y", ledger.MaxLine) + `"}`, good, strings.Replace(good, "甲", "乙", 1), fmt.Sprintf(registration, 3, "530427"),
	}, "\n"))
	b.wantImport(exitPartly, "imported 2, already known 1, refused 5", path)
	want := []struct {
		line int
		code string
	}{{3, "malformed"}, {4, "forbidden"}, {5, "invalid"}, {6, "too_large"}, {8, "idempotency_key_reused"}}
	list := b.refused(path)
	if len(list) != len(want) {
		t.Fatalf("%d refused lines, want %d", len(list), len(want))
	}
	for i, w := range want {
		if l := list[i]; l.Line != w.line || string(l.Problem.Code) != w.code || l.Problem.Detail == "" || len(l.Original) == 0 {
			t.Errorf("got line %d: %+v, want line %d: %s", l.Line, l.Problem, w.line, w.code)
		}
	}
	// What was put right is imported, and the file of refusals goes.
	b.file("journal.ndjson", good+"\n")
	b.wantImport(exitDone, "imported 0, already known 1, refused 0", path)
	if _, err := os.Stat(path + ".refused.ndjson"); err == nil {
		t.Error("the refused lines of an earlier run are still there")
	}
}

// ledgerOf is a ledger of so many rows, every fiftieth of which is bad, each in
// one of several ways.
func ledgerOf(rows int) string {
	bad := []func(name, code, class, audience, licence, from *string){
		func(_, code, _, _, _, _ *string) {
			*code = (*code)[:17] + map[bool]string{true: "Y", false: "X"}[(*code)[17] == 'X']
		},
		func(_, _, _, audience, _, _ *string) { *audience = "中小学" },
		func(_, _, _, _, _, from *string) { *from = "202177日" },
		func(name, _, _, _, _, _ *string) { *name = "" },
		func(_, code, _, _, licence, _ *string) { *code, *licence = "", "教民153042770000002号" },     // that of row 2
		func(_, code, class, _, _, from *string) { *code, *class, *from = "", "学科", "2021-08-01" }, // under moratorium
	}
	var b strings.Builder
	b.WriteString("\ufeff机构台账\n名称,统一社会信用代码,类别,培训对象,办学许可证号,发证日期,有效期止,状态,注销日期\n")
	for i := 1; i <= rows; i++ {
		name, code, class, audience := fmt.Sprintf("示例机构%d号", i), string(ident.SyntheticUSCC("91", "530427", i)), "体育", "小学、初中"
		licence, from, state := fmt.Sprintf("教民15304277%07d号", i), "2020年3月1日", "正常,"
		if i%7 == 0 {
			state = "注销,2022/1/5"
		}
		if i%50 == 0 {
			bad[i/50%len(bad)](&name, &code, &class, &audience, &licence, &from)
		}
		fmt.Fprintf(&b, "%s,%s,%s,%s,%s,%s,2030-2-28,%s\n", name, code, class, audience, licence, from, state)
	}
	return b.String()
}

func TestTheBadRowsOfALedgerAreRefusedAndTheOthersTaken(t *testing.T) {
	b := newBureau(t)
	b.imports(exitDone, b.file("moratorium.ndjson", `{"command_id":"00000000-0000-4000-8000-000000000001","act":"jurisdiction.impose-moratorium","division":"530427",`+
		`"effective":"2021-07-07","actor":{"agency":"530427-education"},"body":{"class":"subject","audiences":["compulsory"],"document_no":"示例1号"}}`+"\n"))
	path := b.file("台账.csv", ledgerOf(10_000))
	b.wantImport(exitPartly, "imported 9800, already known 0, refused 200", path, "--division", "530427", "--officer", "E1")
	columns := map[string]int{}
	for _, l := range b.refused(path) {
		if len(l.Problem.Errors) == 0 || !strings.Contains(string(l.Original), "有效期止") {
			t.Fatalf("line %d: %+v, %s", l.Line, l.Problem, l.Original)
		}
		columns[l.Problem.Errors[0].Column]++
	}
	if columns["统一社会信用代码"] != 33 || columns["培训对象"] != 34 || columns["发证日期"] != 34 || columns["类别"] != 33 {
		t.Errorf("refused by column: %v", columns)
	}
}

func TestALedgerIsImportedOnce(t *testing.T) {
	b := newBureau(t)
	path := b.file("台账.csv", ledgerOf(299))
	// Four rows are bad, and a fifth would be so under a moratorium.
	b.wantImport(exitPartly, "imported 295, already known 0, refused 4", path, "--division", "530427", "--officer", "E1")
	b.wantImport(exitPartly, "imported 0, already known 295, refused 4", path, "--division", "530427", "--officer", "E1")
}

func TestARowIsTakenWholeOrNotAtAll(t *testing.T) {
	b := newBureau(t)
	const head = "机构名称,类别,学段,许可证号,发证日期,有效期止,状态,状态日期\n"
	one := b.file("one.csv", head+"甲,体育,小学,A-1,2020-1-1,2030-1-1,,\n")
	b.imports(exitDone, one, "--division", "530427")
	// The number of the licence is taken, and a state that the licence cannot have.
	two := b.file("two.csv", strings.Replace(head, "机构名称", "机构名称,社会信用代码", 1)+
		"乙,"+string(ident.SyntheticUSCC("91", "530427", 1))+",体育,小学,A-1 ,2020-1-1,2030-1-1,,\n"+
		"丙,"+string(ident.SyntheticUSCC("91", "530427", 2))+",体育,小学,A-3,2020-1-1,2030-1-1,过期,2025-1-1\n"+
		"丁,"+string(ident.SyntheticUSCC("91", "530427", 3))+",体育,小学,A-4,2020-1-1,2030-1-1,,\n")
	b.wantImport(exitPartly, "imported 1, already known 0, refused 2", two, "--division", "530427")
	for i, want := range []string{"idempotency_key_reused", "conflict"} {
		if got := b.refused(two)[i].Problem.Code; string(got) != want {
			t.Errorf("row %d was refused as %s, want %s", i+1, got, want)
		}
	}
	// The credit codes of the refused rows are free.
	three := b.file("three.csv", strings.Replace(head, "机构名称", "机构名称,社会信用代码", 1)+
		"乙,"+string(ident.SyntheticUSCC("91", "530427", 1))+",体育,小学,A-5,2020-1-1,2030-1-1,,\n"+
		"丙,"+string(ident.SyntheticUSCC("91", "530427", 2))+",体育,小学,A-6,2020-1-1,2030-1-1,,\n")
	b.wantImport(exitDone, "imported 2, already known 0, refused 0", three, "--division", "530427")
}

func TestADryRunDecidesAndWritesNothing(t *testing.T) {
	b := newBureau(t)
	journal := string(demo.Journal())
	lines := strings.Count(journal, "\n")
	path := b.file("demo.ndjson", journal+"not json\n")
	b.wantImport(exitPartly, fmt.Sprintf("imported %d, already known 0, refused 1", lines), path, "--dry-run")
	if _, err := os.Stat(b.data()); err == nil {
		t.Fatal("a dry run made the data directory")
	}
	first, rest, _ := strings.Cut(journal, "\n")
	b.imports(exitDone, b.file("first.ndjson", first+"\n"))
	b.wantImport(exitPartly, fmt.Sprintf("imported %d, already known 1, refused 1", lines-1), path, "--dry-run")
	b.wantImport(exitDone, fmt.Sprintf("imported %d, already known 0, refused 0", lines-1), b.file("rest.ndjson", rest))
}

func TestAnImportThatBrokeOffGoesOn(t *testing.T) {
	b := newBureau(t)
	var journal bytes.Buffer
	if err := demo.Generate(&journal, 400, 5); err != nil {
		t.Fatal(err)
	}
	lines := bytes.Count(journal.Bytes(), []byte("\n"))
	half := bytes.LastIndexByte(journal.Bytes()[:journal.Len()/2], '\n') + 1
	ctx, cancel := context.WithCancel(t.Context())
	// The signal comes while the second half is awaited.
	stdin := io.MultiReader(bytes.NewReader(journal.Bytes()[:half]), readerFunc(func([]byte) (int, error) {
		cancel()
		return 0, io.EOF
	}))
	code, stdout, stderr := b.minglu(ctx, stdin, "import", "--data", b.data(), "-")
	var imported, known, refused int
	if _, err := fmt.Sscanf(stdout, "imported %d, already known %d, refused %d", &imported, &known, &refused); err != nil || code != exitFailed || !strings.Contains(stderr, "重新运行") {
		t.Fatalf("ended with %d: %s%s", code, stdout, stderr)
	}
	b.wantImport(exitDone, fmt.Sprintf("imported %d, already known %d, refused 0", lines-imported, imported), b.file("all.ndjson", journal.String()))
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func TestAJournalIsImportedIntoARunningRegister(t *testing.T) {
	b := newBureau(t)
	token := "mgl_import"
	cfg := Config{}
	cfg.setDefaults()
	cfg.Data = b.data()
	p := b.program()
	c := &call{log: newLogger(io.Discard, &cfg), now: p.now, unsynced: true, lang: "zh", stderr: io.Discard}
	err := withNode(t.Context(), c, &cfg, func(n *node) error {
		issue := access.IssueToken{Digest: digestOf(token), Agency: "530427-education", Role: term.Supervisor, Officer: "E1"}
		_, err := n.register.Do(t.Context(), nil, localTokens{n, p.now}.act("access.issue-token", "530427", nil, issue))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	s := startInside(t, p, "--data", b.data(), "--listen", "127.0.0.1:0")
	const head = "机构名称,类别,学段,许可证号,发证日期,有效期止\n"
	rows := head
	for i := range 40 {
		rows += fmt.Sprintf("示例%d,体育,小学,A-%d,2020-1-1,2030-1-1\n", i, i)
	}
	path := b.file("台账.csv", rows+"示例,体育,中小学,B-1,2020-1-1,2030-1-1\n示例,体育,小学,B-2,2031-1-1,2030-1-1\n")
	journal := b.file("journal.ndjson", fmt.Sprintf(registration, 7, "530427")+"\nnot json\n"+fmt.Sprintf(registration, 8, "500109")+"\n")
	for _, want := range []string{"imported 41, already known 0, refused 4", "imported 0, already known 41, refused 4"} {
		args := []string{"import", "--server", s.base, "--token", token, "--division", "530427", path, journal}
		code, stdout, stderr := b.minglu(t.Context(), strings.NewReader(""), args...)
		if code != exitPartly || strings.TrimSpace(stdout) != want {
			t.Errorf("ended with %d, %q, want %q; it said:\n%s", code, stdout, want, stderr)
		}
	}
	if code, _, stderr := b.minglu(t.Context(), strings.NewReader(""), "import", "--server", s.base, "--token", "mgl_unknown", "--division", "530427", path); code != exitFailed {
		t.Errorf("a token that nobody issued: ended with %d; it said:\n%s", code, stderr)
	}
}

func TestTheTemplateIsWrittenOnce(t *testing.T) {
	b := newBureau(t)
	path := b.path("ledger.xlsx")
	if got := b.imports(exitDone, "--template", path); got != "" {
		t.Errorf("said %q", got)
	}
	b.imports(exitFailed, "--template", path)
	b.wantImport(exitDone, "imported 0, already known 0, refused 0", path)
}

func TestImportsThatCannotBegin(t *testing.T) {
	b := newBureau(t)
	for args, code := range map[string]int{
		"": exitUsage, "nowhere.ndjson": exitFailed, b.file("a.doc", "x"): exitFailed,
		"--as-of yesterday " + b.path("a.doc"): exitUsage, "--dry-run --server http://127.0.0.1:1 x.csv": exitUsage,
	} {
		b.imports(code, strings.Fields(args)...)
	}
}
