package ledger

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/ident"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/statement"
	"minglu/domain/term"
	"minglu/register"
)

// StatementOptions say what a bank's file does not.
type StatementOptions struct {
	Account  string // supervised account: its reference, or its id
	Division string
	Agency   string
	Officer  string
}

// OpenStatement opens a bank's statement (.csv, .xlsx), each line of which is an
// act statement.book-line. Lines are read as the mapping says and checked against
// each other: days and times go forward, a serial stands once a day, each printed
// balance is the one before it with the amount, and all is of one account. A line
// at fault is refused with its column and does not stop the others; what follows
// is checked against the balance that it printed. The caller MUST Close the file.
//
// The command id of a line is made from the account as the options name it, the
// day and the serial: a line that was imported is known again, in whichever
// file, and one that was changed since is refused.
func OpenStatement(path string, m BankMapping, o StatementOptions) (*File, error) {
	kind := strings.ToLower(filepath.Ext(path))
	if kind != ".csv" && kind != ".xlsx" {
		return nil, problem(domain.UnsupportedMedia, "extension", "不认识的对账单 %s，应为 .csv 或 .xlsx", "the statement %s is of no known kind; .csv and .xlsx are taken", path)
	}
	in, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	sheets, err := m.sheets(in, kind)
	if err = errors.Join(err, in.Close()); err != nil {
		return nil, err
	}
	lines, err := m.entries(sheets, kind == ".xlsx", o)
	if err != nil {
		return nil, err
	}
	f := &File{size: int64(len(lines))}
	f.Entries = func(yield func(Entry, error) bool) {
		for _, e := range lines {
			f.done.Add(1)
			if !yield(e, nil) {
				return
			}
		}
	}
	return f, nil
}

// sheets reads the tables of a file.
func (m BankMapping) sheets(r io.Reader, kind string) ([]sheet, error) {
	if kind == ".xlsx" {
		return readXLSX(r)
	}
	raw, err := io.ReadAll(io.LimitReader(r, maxLedger+1))
	if err != nil {
		return nil, err
	}
	if raw, err = m.decode(raw); err != nil {
		return nil, err
	}
	s, err := readCSV(bytes.NewReader(raw))
	return []sheet{s}, err
}

// decode returns a text in UTF-8. Where the mapping says how it is encoded, one
// that is not is refused with the place where that shows.
func (m BankMapping) decode(raw []byte) ([]byte, error) {
	valid := utf8.Valid(raw)
	switch m.Encoding {
	case "utf-8":
		if !valid {
			return nil, wrongEncoding(raw, firstInvalid(raw), "UTF-8")
		}
	case "gbk":
		if at := bytes.IndexFunc(raw, func(r rune) bool { return r >= utf8.RuneSelf }); valid && at >= 0 {
			return nil, wrongEncoding(raw, at, "GBK")
		}
		text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(raw)
		if err != nil {
			return nil, err
		}
		if at := bytes.IndexRune(text, utf8.RuneError); at >= 0 {
			return nil, wrongEncoding(text, at, "GBK")
		}
		return text, nil
	}
	return raw, nil
}

func firstInvalid(raw []byte) int {
	for i := 0; i < len(raw); {
		r, size := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(raw)
}

func wrongEncoding(raw []byte, at int, want string) error {
	before := raw[:at]
	inLine := before[bytes.LastIndexByte(before, '\n')+1:]
	row, column := bytes.Count(before, []byte("\n"))+1, bytes.Count(inLine, []byte(string(separator(string(before)))))+1
	return problem(domain.Malformed, "encoding", "第 %d 行第 %d 列不是 %s 编码的文字，请核对对应文件中的 encoding",
		"row %d, column %d is no text in %s; see the encoding in the mapping", row, column, want)
}

// entries are the lines of all sheets that have the headings.
func (m BankMapping) entries(sheets []sheet, workbook bool, o StatementOptions) ([]Entry, error) {
	var out []Entry
	var missing error
	found, seen := false, map[string]place{}
	for _, s := range sheets {
		head, err := m.headings(s)
		if err != nil {
			missing = cmp.Or(missing, err)
			continue
		}
		found = true
		table, err := m.table(s, head)
		if err != nil {
			return nil, err
		}
		reader := statementReader{mapping: m, options: o, table: table, workbook: workbook, seen: seen}
		for _, l := range table.lines(s.rows[head+1:]) {
			out = append(out, reader.entry(l))
		}
	}
	if !found {
		return nil, missing
	}
	return out, nil
}

// headings returns the place of the headings: the first row that is not blank
// behind those that the mapping passes over. It refuses one that lacks any.
func (m BankMapping) headings(s sheet) (int, error) {
	i := slices.IndexFunc(s.rows, func(l line) bool { return l.number > m.SkipRows && !l.blank() })
	if i < 0 {
		return 0, problem(domain.Invalid, "no_headings", "第 %d 行以下没有表头", "there are no headings below row %d", m.SkipRows)
	}
	var missing []string
	for _, title := range m.titles() {
		if !slices.ContainsFunc(s.rows[i].cells, func(c cell) bool { return c.text == title }) {
			missing = append(missing, title)
		}
	}
	if len(missing) > 0 {
		return 0, problem(domain.Invalid, "no_column", "第 %d 行应为表头，但缺少列：%s；表头不在该行的，请在对应文件中填写 skip_rows",
			"row %d should hold the headings and lacks: %s; where they stand below, say so by skip_rows in the mapping", s.rows[i].number, strings.Join(missing, "、"))
	}
	return i, nil
}

// statementTable is one sheet of a statement below its headings.
type statementTable struct {
	sheet   string
	columns *columns
	at      map[string]int // heading → place
	date    int
	serial  int
}

func (m BankMapping) table(s sheet, head int) (*statementTable, error) {
	t := &statementTable{sheet: s.name, at: map[string]int{}}
	for i, c := range s.rows[head].cells {
		if !slices.Contains(m.titles(), c.text) {
			continue
		}
		if before, twice := t.at[c.text]; twice {
			return nil, problem(domain.Invalid, "two_columns", "第 %[1]d 行有两列都叫“%[2]s”（第 %[3]d、%[4]d 列）",
				"two columns of row %[1]d are called %[2]q, columns %[3]d and %[4]d", s.rows[head].number, c.text, before+1, i+1)
		}
		t.at[c.text] = i
	}
	t.columns, t.date, t.serial = m.columns(t.at), t.at[tidy(m.Columns.Date)], t.at[tidy(m.Columns.Serial)]
	return t, m.named(s.rows[:head])
}

// named refuses a statement that names another account, or none, above its
// headings, where the mapping says that it stands there.
func (m BankMapping) named(above []line) error {
	if m.Account == nil || m.Account.Column != "" {
		return nil
	}
	for _, l := range above {
		for _, c := range l.cells {
			for _, number := range accountNumbers.FindAllString(c.text, -1) {
				if strings.HasSuffix(number, m.Account.Tail) {
					return nil
				}
			}
		}
	}
	return problem(domain.Invalid, "other_account", "表头以上 %d 行中没有尾号为 %s 的账号", "the %d rows above the headings name no account that ends in %s", len(above), m.Account.Tail)
}

// accountNumbers are numbers of accounts, of which signs may be hidden.
var accountNumbers = regexp.MustCompile(`[0-9*＊xX]*[0-9]+`)

// columns are the columns of a statement under the members of the act that are
// made from them, so that refusals name them.
func (m BankMapping) columns(at map[string]int) *columns {
	c := &columns{}
	add := func(member field, title string) {
		if title = tidy(title); title != "" && !slices.ContainsFunc(c.list, func(k column) bool { return k.title == title }) {
			c.list = append(c.list, column{heading: heading{field: member}, at: at[title], title: title})
		}
	}
	add(fGranted, m.Columns.Date) // /effective
	add("/time", m.Columns.Time)
	add("/body/serial", m.Columns.Serial)
	add("/body/amount_fen", m.Columns.Amount)
	add("/body/amount_fen", m.Columns.In)
	add("/body/amount_fen", m.Columns.Out)
	if m.Flag != nil {
		add("/flag", m.Flag.Column)
	}
	add("/body/balance_fen", m.Columns.Balance)
	add(fKind, m.Columns.Summary) // /body/kind
	add("/body/reference", m.Columns.Reference)
	if m.Account != nil {
		add("/account", m.Account.Column)
	}
	// What stands in no column was said with the file.
	c.list = append(c.list, column{heading: heading{field: fName}, at: math.MaxInt, title: "--account"},
		column{heading: heading{field: fDivision}, at: math.MaxInt, title: "--division, --agency"})
	return c
}

// lines are the rows that say something. Those at the end without a day and a
// serial are sums and remarks; further above such a row is a line at fault.
func (t *statementTable) lines(rows []line) []line {
	rows = slices.DeleteFunc(slices.Clone(rows), func(l line) bool { return l.blank() || t.columns.repeats(l) })
	end := len(rows)
	for end > 0 && t.sums(rows[end-1]) {
		end--
	}
	return rows[:end]
}

// sums reports whether a row is no line: it has neither day nor serial, or the
// word of a sum in their place.
func (t *statementTable) sums(l line) bool {
	for _, at := range []int{t.date, t.serial} {
		c := cellAt(l, at)
		if !c.blank() && !slices.ContainsFunc(sums, func(s string) bool { return strings.HasPrefix(c.text, s) }) {
			return false
		}
	}
	return true
}

func cellAt(l line, at int) cell {
	if at >= len(l.cells) {
		return cell{}
	}
	return l.cells[at]
}

// place is a line that was read.
type place struct {
	sheet string
	row   int
}

// statementReader reads the lines of one sheet, each as it follows those before.
type statementReader struct {
	mapping  BankMapping
	options  StatementOptions
	table    *statementTable
	workbook bool
	seen     map[string]place // day and serial
	account  string           // that the first line names

	last    bankLine   // the one before, where it has a day
	balance *money.Fen // after the one before; nil: not known
	behind  int        // row of that balance
}

// bankLine is what one line says, as far as it could be read.
type bankLine struct {
	line
	day     calendar.Day
	second  int // of the day, or below zero
	serial  string
	amount  *money.Fen
	balance *money.Fen
	kind    term.Movement
	order   string
	err     error // the first fault
}

func (b *bankLine) fault(err error) {
	if b.err == nil {
		b.err = err
	}
}

// entry reads one line.
func (r *statementReader) entry(l line) Entry {
	b := bankLine{line: l, second: -1}
	for _, read := range []func(*bankLine){r.when, r.ofAccount, r.numbers, r.money, r.words, r.goesOn, r.once, r.follows} {
		read(&b)
	}
	e := Entry{Line: l.number, Err: b.err, cells: &row{sheet: r.table.sheet, columns: r.table.columns, cells: l.cells, known: "/body/serial", told: toldOfLine}}
	if b.err == nil {
		e.Acts = []register.Act{r.act(b)}
	}
	return e
}

// toldOfLine are the members of a line that may be repeated to people: in all
// others there may be names.
var toldOfLine = []field{fGranted, "/body/serial", "/body/amount_fen", "/body/balance_fen"}

// nameless returns what may be repeated of a cell: Chinese characters other than
// those of days and amounts are hidden, for they may be of a name that stands in
// the wrong column.
func nameless(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Han, r) && !strings.ContainsRune("年月日元百千万亿", r) {
			return '＊'
		}
		return r
	}, text)
}

// text returns what stands under a heading, and the cell. A cell that cannot be
// read is not repeated.
func (r *statementReader) text(b *bankLine, title string) (string, cell, error) {
	if title = tidy(title); title == "" {
		return "", cell{}, nil
	}
	c := cellAt(b.line, r.table.at[title])
	if c.fault != nil {
		return "", c, under(title, problem(c.fault.Code, c.fault.Fields[0].Code, "单元格无法读取：编码有误，公式出错，或表格软件改写了日期、数字，末尾数位可能已丢失；请以文本格式重新导出",
			"the cell cannot be read: its encoding or its formula is wrong, or a spreadsheet rewrote a day or a number, whose last digits may be lost; export it anew as text"))
	}
	return untyped(c.text), c, nil
}

// untyped takes off what keeps spreadsheets from turning a text into a number:
// ="123" and '123.
func untyped(s string) string {
	if inner, ok := strings.CutPrefix(s, `="`); ok && strings.HasSuffix(inner, `"`) {
		return strings.TrimSuffix(inner, `"`)
	}
	return strings.TrimPrefix(s, "'")
}

// under says under which heading a fault is.
func under(title string, err error) error { return inColumn(field(tidy(title)), err) }

// when reads the day, and the time where there is one.
func (r *statementReader) when(b *bankLine) {
	text, c, err := r.text(b, r.mapping.Columns.Date)
	if err != nil {
		b.fault(err)
		return
	}
	if text == "" {
		b.fault(under(r.mapping.Columns.Date, problem(domain.Invalid, "required", "缺少日期；合计行只能在表末", "the day is missing; sums stand at the end only")))
		return
	}
	date, clock, _ := strings.Cut(text, " ")
	if b.day = c.day; b.day == 0 {
		t, err := time.Parse(r.mapping.DateLayout, strings.Map(halfWidth, date))
		if err != nil {
			b.fault(under(r.mapping.Columns.Date, problem(domain.Invalid, "date_form", "“%[1]s”不是按 %[2]s 写的日期", "%[1]q is no date written as %[2]s", clip(nameless(text)), r.mapping.DateLayout)))
			return
		}
		b.day = calendar.Date(t.Year(), t.Month(), t.Day())
	}
	title := r.mapping.Columns.Date
	if r.mapping.Columns.Time != "" && r.mapping.Columns.Time != r.mapping.Columns.Date {
		title = r.mapping.Columns.Time
		if clock, _, err = r.text(b, title); err != nil {
			b.fault(err)
			return
		}
	}
	if clock = strings.Map(halfWidth, clock); clock == "" {
		return
	}
	if b.second, err = r.second(clock); err != nil {
		b.fault(under(title, err))
	}
}

// fraction is a time of day as workbooks store it.
var fraction = regexp.MustCompile(`^0(\.[0-9]{1,20})?$`)

// second reads a time of day.
func (r *statementReader) second(s string) (int, error) {
	for _, layout := range []string{time.TimeOnly, "15:04", "150405"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Hour()*3600 + t.Minute()*60 + t.Second(), nil
		}
	}
	if r.workbook && fraction.MatchString(s) {
		if part, ok := new(big.Rat).SetString(s); ok {
			part.Mul(part, big.NewRat(24*3600, 1))
			return int(new(big.Int).Quo(part.Num(), part.Denom()).Int64()), nil
		}
	}
	return -1, problem(domain.Invalid, "time_form", "“%s”不是时间，应写成 09:30:00", "%q is no time of day; write 09:30:00", clip(nameless(s)))
}

// ofAccount refuses a line of another account.
func (r *statementReader) ofAccount(b *bankLine) {
	a := r.mapping.Account
	if a == nil || a.Column == "" {
		return
	}
	text, _, err := r.text(b, a.Column)
	if err != nil {
		b.fault(err)
		return
	}
	number := strings.NewReplacer(" ", "", "-", "").Replace(strings.Map(halfWidth, text))
	if r.account == "" && strings.HasSuffix(number, a.Tail) {
		r.account = number
	}
	if number == "" || number != r.account {
		b.fault(under(a.Column, problem(domain.Invalid, "other_account", "本行的账号（尾号 %s）不是本对账单的账户", "the line is of another account, which ends in %s", tail(number))))
	}
}

// tail is the end of a number that may be told.
func tail(number string) string {
	signs := []rune(nameless(number))
	return string(signs[max(0, len(signs)-4):])
}

// numbers reads the serial.
func (r *statementReader) numbers(b *bankLine) {
	title := r.mapping.Columns.Serial
	text, _, err := r.text(b, title)
	if b.fault(err); err == nil && text == "" {
		err = problem(domain.Invalid, "required", "缺少流水号；合计行只能在表末", "the serial is missing; sums stand at the end only")
		b.fault(under(title, err))
	}
	if err == nil {
		err = rule.Wordless("", text)
		b.fault(under(title, err))
	}
	if err == nil {
		b.serial = text
	}
}

// amount reads one amount, nil where none is written.
func (r *statementReader) amount(b *bankLine, title string) *money.Fen {
	text, _, err := r.text(b, title)
	if err != nil {
		b.fault(err)
		return nil
	}
	if text == "" || isNothing(text) {
		return nil
	}
	if r.workbook {
		text = shown(text)
	}
	f, err := ParseAmount(nameless(text))
	if err != nil {
		b.fault(under(title, err))
		return nil
	}
	return &f
}

// money reads the amount, with its sign, and the balance.
func (r *statementReader) money(b *bankLine) {
	before := b.err
	b.err = nil
	switch r.mapping.Sign {
	case InAndOut:
		r.inOrOut(b)
	case FlaggedSign:
		r.flagged(b)
	default:
		b.amount = r.amount(b, r.mapping.Columns.Amount)
		r.moves(b, r.mapping.Columns.Amount)
	}
	if b.err != nil {
		b.amount = nil
	}
	if before != nil {
		b.err = before
	}
	b.balance = r.amount(b, r.mapping.Columns.Balance)
}

// moves refuses a line that moves nothing.
func (r *statementReader) moves(b *bankLine, title string) {
	switch {
	case b.amount == nil:
		b.fault(under(title, problem(domain.Invalid, "required", "缺少金额", "the amount is missing")))
	case *b.amount == 0:
		b.fault(under(title, problem(domain.Invalid, "zero", "流水金额不能为零", "a line moves an amount that is not zero")))
	}
}

func (r *statementReader) inOrOut(b *bankLine) {
	titles := r.mapping.Columns
	in, out := r.amount(b, titles.In), r.amount(b, titles.Out)
	zero := func(f *money.Fen) bool { return f == nil || *f == 0 }
	switch {
	case in != nil && *in < 0:
		b.fault(under(titles.In, unsigned(*in)))
	case out != nil && *out < 0:
		b.fault(under(titles.Out, unsigned(*out)))
	case !zero(in) && !zero(out):
		b.fault(under(titles.Out, problem(domain.Invalid, "two_values", "“%s”和“%s”两列都填了金额", "there are amounts under both %q and %q", titles.In, titles.Out)))
	case !zero(out):
		paid := -*out
		b.amount = &paid
	case in == nil:
		b.amount = out
	default:
		b.amount = in
	}
	r.moves(b, titles.In)
}

func unsigned(f money.Fen) error {
	return problem(domain.Invalid, "signed", "收支已由列或标志说明，金额 %s 不应再带负号；冲正请登记为相反方向", "the column or the flag tells the way already; %s should have no sign of its own", f.Yuan())
}

func (r *statementReader) flagged(b *bankLine) {
	flag, title := r.mapping.Flag, r.mapping.Columns.Amount
	word, _, err := r.text(b, flag.Column)
	if err != nil {
		b.fault(err)
		return
	}
	amount := r.amount(b, title)
	switch {
	case word != tidy(flag.In) && word != tidy(flag.Out):
		b.fault(under(flag.Column, problem(domain.Invalid, "flag", "收支标志应为“%s”或“%s”", "the flag should be %q or %q", flag.In, flag.Out)))
		return
	case amount != nil && *amount < 0:
		b.fault(under(title, unsigned(*amount)))
		return
	case amount != nil && word == tidy(flag.Out):
		*amount = -*amount
	}
	b.amount = amount
	r.moves(b, title)
}

// words reads the kind from the summary, and the number of the order. A text in
// which several could be it names none.
func (r *statementReader) words(b *bankLine) {
	summary, _, err := r.text(b, r.mapping.Columns.Summary)
	b.fault(err)
	b.kind = r.mapping.Kinds[summary]
	if r.mapping.pattern == nil {
		return
	}
	text := summary
	if r.mapping.Columns.Reference != "" {
		text, _, err = r.text(b, r.mapping.Columns.Reference)
		b.fault(err)
	}
	for _, m := range r.mapping.pattern.FindAllStringSubmatch(text, -1) {
		switch {
		case m[1] == "", m[1] == b.order:
		case b.order != "":
			b.order = ""
			return
		default:
			b.order = m[1]
		}
	}
}

// goesOn refuses a line that goes back in time behind the one before.
func (r *statementReader) goesOn(b *bankLine) {
	before := r.last
	if b.day == 0 {
		return
	}
	r.last = *b
	switch {
	case b.day < before.day:
		b.fault(under(r.mapping.Columns.Date, problem(domain.Invalid, "order", "日期 %s 早于上一行（第 %d 行）的 %s，流水应按时间先后排列",
			"the day %s is before that of row %d above, %s; lines stand in the order of time", b.day, before.number, before.day)))
	case b.day == before.day && b.second >= 0 && b.second < before.second:
		title := r.mapping.Columns.Time
		if title == "" {
			title = r.mapping.Columns.Date
		}
		b.fault(under(title, problem(domain.Invalid, "order", "时间早于同日的上一行（第 %d 行），流水应按时间先后排列",
			"the time is before that of row %d above; lines stand in the order of time", before.number)))
	}
}

// once refuses a second line of one serial on one day.
func (r *statementReader) once(b *bankLine) {
	if b.day == 0 || b.serial == "" {
		return
	}
	key := b.day.String() + b.serial
	if at, ok := r.seen[key]; ok {
		b.fault(under(r.mapping.Columns.Serial, problem(domain.Invalid, "two_lines", "流水号“%[2]s”在 %[1]s 已有一行（%[3]s第 %[4]d 行）",
			"the serial %[2]q of %[1]s stands in another line, %[3]s row %[4]d", b.day, clip(b.serial), at.sheet, at.row)))
		return
	}
	r.seen[key] = place{r.table.sheet, b.number}
}

// follows refuses a balance that is not the one before with the amount, and goes
// on from what is printed.
func (r *statementReader) follows(b *bankLine) {
	before, behind := r.balance, r.behind
	r.balance, r.behind = b.balance, b.number
	if before == nil || b.amount == nil {
		return
	}
	want, err := before.Add(*b.amount)
	switch {
	case err != nil:
		b.fault(under(r.mapping.Columns.Balance, err))
	case b.balance == nil:
		r.balance = &want
	case want != *b.balance:
		b.fault(under(r.mapping.Columns.Balance, problem(domain.Invalid, "balance", "余额不连续：按第 %[1]d 行的余额 %[2]s 加本行，应为 %[3]s，表中为 %[4]s",
			"the balance does not follow: with %[2]s in row %[1]d it should be %[3]s, and is %[4]s", behind, before.Yuan(), want.Yuan(), b.balance.Yuan())))
	}
}

// statementNamespace is the namespace of the command ids of lines of statements.
var statementNamespace = ident.UUIDv5([16]byte{}, []byte("minglu statement"))

func (r *statementReader) act(b bankLine) register.Act {
	raw, err := json.Marshal(statement.BookLine{Serial: b.serial, Amount: *b.amount, Balance: b.balance, Kind: b.kind, Reference: b.order})
	if err != nil {
		panic(err) // a struct of texts and amounts that were read
	}
	o := r.options
	target := &register.Target{Ref: o.Account}
	if ident.ValidID(o.Account) {
		target = &register.Target{ID: o.Account}
	}
	id := ident.UUIDv5(statementNamespace, []byte(strings.Join([]string{o.Division, o.Account, b.day.String(), b.serial}, "\x00")))
	return register.Act{
		CommandID: ident.FormatUUID(id), Act: "statement.book-line", Division: o.Division, Target: target, Effective: b.day.String(),
		Actor: &register.Actor{Agency: o.Agency, Officer: o.Officer}, Source: r.mapping.source(), Body: raw,
	}
}
