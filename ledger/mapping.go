package ledger

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/term"
	"minglu/register"
)

// BankMapping says how one bank lays out its statements: under which headings
// what stands, and how it is written. It is made by [ReadBankMapping].
type BankMapping struct {
	Bank    string      `json:"bank"` // short code, as in agencies' codes
	Columns BankColumns `json:"columns"`
	// DateLayout is one of the layouts of [time.Parse] in dateLayouts.
	DateLayout string    `json:"date_layout"`
	Sign       BankSign  `json:"sign"`
	Flag       *BankFlag `json:"flag,omitempty"` // where the sign is "flag"
	// Kinds tell by the text of the summary what a line is.
	Kinds map[string]term.Movement `json:"kinds,omitempty"`
	// ReferencePattern is a regular expression (RE2) whose one group is the number
	// of the order in the text of the reference, or else of the summary.
	ReferencePattern string        `json:"reference_pattern,omitempty"`
	Encoding         string        `json:"encoding,omitempty"`  // utf-8 or gbk; empty: found out
	SkipRows         int           `json:"skip_rows,omitempty"` // above the headings
	Account          *AccountNamed `json:"account,omitempty"`

	pattern *regexp.Regexp
}

// BankColumns are the headings, exactly as the bank writes them. Date and serial
// are needed, and amount, or in and out.
type BankColumns struct {
	Date      string `json:"date"`
	Time      string `json:"time,omitempty"`
	Serial    string `json:"serial"`
	Amount    string `json:"amount,omitempty"`
	In        string `json:"in,omitempty"`
	Out       string `json:"out,omitempty"`
	Balance   string `json:"balance,omitempty"`
	Summary   string `json:"summary,omitempty"`
	Reference string `json:"reference,omitempty"`
}

// BankSign says how a bank tells money in from money out.
type BankSign string

// The ways of telling.
const (
	SignedAmount BankSign = "signed" // amounts out are below zero
	InAndOut     BankSign = "in_out" // two columns, of which a line fills one
	FlaggedSign  BankSign = "flag"   // a column of its own says which way
)

// BankFlag is the column that says which way, with its words.
type BankFlag struct {
	Column string `json:"column"`
	In     string `json:"in"`
	Out    string `json:"out"`
}

// AccountNamed says where a statement names its account: in a column, whose
// lines must all be of one account, and by the end of its number, which stands
// in that column or else above the headings.
type AccountNamed struct {
	Column string `json:"column,omitempty"`
	Tail   string `json:"tail,omitempty"`
}

// dateLayouts are the layouts that banks use.
var dateLayouts = []string{"2006-01-02", "20060102", "2006/1/2", "2006/01/02", "2006.01.02", "2006年1月2日", "2006年01月02日"}

// encodings are those of text files.
var encodings = []string{"", "utf-8", "gbk"}

// maxMapping is the largest mapping file, in bytes.
const maxMapping = 1 << 20

// ReadBankMapping reads a mapping: one JSON object, strictly. It refuses all
// that is at fault at once, with pointers.
func ReadBankMapping(r io.Reader) (BankMapping, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxMapping))
	if err != nil {
		return BankMapping{}, err
	}
	var m BankMapping
	if err := register.Decode("", raw, &m); err != nil {
		return BankMapping{}, err
	}
	var c mappingCheck
	c.columns(m)
	c.sign(m)
	c.reference(&m)
	c.rest(&m)
	if len(c.faults) > 0 {
		return BankMapping{}, domain.Fault(domain.Invalid, domain.Say("银行对账单的列对应文件有误", "the mapping of the bank's columns is wrong"), c.faults...)
	}
	return m, nil
}

// mappingCheck gathers what is wrong with a mapping.
type mappingCheck struct{ faults []domain.Field }

// want puts a fault down unless ok.
func (c *mappingCheck) want(ok bool, pointer, code, zh, en string, args ...any) {
	if !ok {
		c.faults = append(c.faults, domain.Field{Pointer: pointer, Code: code, Message: domain.Say(zh, en, args...)})
	}
}

func (c *mappingCheck) needed(pointer, value string) {
	c.want(value != "", pointer, "required", "请填写此项", "fill this in")
}

func (c *mappingCheck) unused(pointer, value, why string) {
	c.want(value == "", pointer, "unused", "sign 为 %s 时不填此项", "this is not used where sign is %s", why)
}

func (c *mappingCheck) columns(m BankMapping) {
	c.needed("/columns/date", m.Columns.Date)
	c.needed("/columns/serial", m.Columns.Serial)
	c.want(len(m.Kinds) == 0 || m.Columns.Summary != "", "/columns/summary", "required", "填了 kinds 就要写明摘要列", "kinds are told by the column of the summary")
	c.want(slices.Contains(dateLayouts, m.DateLayout), "/date_layout", "unknown_code", "应为下列之一：%s", "one of: %s", strings.Join(dateLayouts, "、"))
}

func (c *mappingCheck) sign(m BankMapping) {
	switch m.Sign {
	case SignedAmount, FlaggedSign:
		c.needed("/columns/amount", m.Columns.Amount)
		c.unused("/columns/in", m.Columns.In, string(m.Sign))
		c.unused("/columns/out", m.Columns.Out, string(m.Sign))
	case InAndOut:
		c.needed("/columns/in", m.Columns.In)
		c.needed("/columns/out", m.Columns.Out)
		c.unused("/columns/amount", m.Columns.Amount, string(m.Sign))
		c.want(m.Columns.In == "" || m.Columns.In != m.Columns.Out, "/columns/out", "two_columns", "收入列和支出列不能相同", "money in and money out stand in two columns")
	default:
		c.want(false, "/sign", "unknown_code", "应为下列之一：signed、in_out、flag", "one of: signed, in_out, flag")
	}
	if m.Sign != FlaggedSign {
		c.want(m.Flag == nil, "/flag", "unused", "只有 sign 为 flag 时才填此项", "this is for the sign flag alone")
		return
	}
	if m.Flag == nil {
		c.want(false, "/flag", "required", "请写明收支标志列及其两个词", "say which column tells the way, and its two words")
		return
	}
	c.needed("/flag/column", m.Flag.Column)
	c.needed("/flag/in", m.Flag.In)
	c.needed("/flag/out", m.Flag.Out)
	c.want(m.Flag.In == "" || m.Flag.In != m.Flag.Out, "/flag/out", "two_values", "收和支的词不能相同", "in and out need different words")
}

func (c *mappingCheck) reference(m *BankMapping) {
	if m.ReferencePattern == "" {
		c.want(m.Columns.Reference == "", "/reference_pattern", "required",
			"附言中可能有姓名，须用 reference_pattern 写明订单号的样式", "the text may hold names; say how an order's number looks in it")
		return
	}
	c.want(m.Columns.Reference+m.Columns.Summary != "", "/columns/reference", "required", "请写明在哪一列查找订单号", "say in which column the number of the order is looked for")
	p, err := regexp.Compile(m.ReferencePattern)
	if err != nil {
		c.want(false, "/reference_pattern", "pattern", "不是有效的正则表达式：%v", "this is no regular expression: %v", err)
		return
	}
	c.want(p.NumSubexp() == 1, "/reference_pattern", "pattern", "应恰有一个分组，现有 %d 个", "it needs exactly one group, and has %d", p.NumSubexp())
	m.pattern = p
}

var accountTail = regexp.MustCompile(`^[0-9]{4,32}$`)

func (c *mappingCheck) rest(m *BankMapping) {
	c.want(authority.BankCode(m.Bank), "/bank", "bank", "应为银行的简码，如 icbc", "should be the short code of a bank, such as icbc")
	c.want(slices.Contains(encodings, m.Encoding), "/encoding", "unknown_code", "应为 utf-8 或 gbk", "utf-8 or gbk")
	c.want(m.SkipRows >= 0, "/skip_rows", "range", "不能为负", "it cannot be below zero")
	if a := m.Account; a != nil {
		c.want(a.Column+a.Tail != "", "/account", "required", "请写明账号所在的列、账号末几位，或两者", "say in which column the account stands, how its number ends, or both")
		c.want(a.Tail == "" || accountTail.MatchString(a.Tail), "/account/tail", "tail", "应为账号的最后几位数字，至少四位", "the last digits of the account, four or more")
	}
	kinds := map[string]term.Movement{}
	for text, kind := range m.Kinds {
		kinds[tidy(text)] = kind
	}
	m.Kinds = kinds
}

// titles are the headings that a statement must have, each once.
func (m BankMapping) titles() (list []string) {
	all := []string{m.Columns.Date, m.Columns.Time, m.Columns.Serial, m.Columns.Amount, m.Columns.In, m.Columns.Out, m.Columns.Balance,
		m.Columns.Summary, m.Columns.Reference}
	if m.Flag != nil {
		all = append(all, m.Flag.Column)
	}
	if m.Account != nil {
		all = append(all, m.Account.Column)
	}
	for _, t := range all {
		if t = tidy(t); t != "" && !slices.Contains(list, t) {
			list = append(list, t)
		}
	}
	return list
}

// source is the paper that the acts go back to.
func (m BankMapping) source() *domain.Source {
	return &domain.Source{Title: fmt.Sprintf("银行对账单（%s）", m.Bank)}
}
