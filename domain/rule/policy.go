package rule

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/draw"
	"minglu/domain/term"
)

// PolicyParameter refuses parameters that no rule reads or whose value cannot
// be.
var PolicyParameter = domain.Rule{
	ID: "policy-parameter", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "地方参数", EN: "Division parameters"},
}

// Parameter is one dated setting of a division's policy.
type Parameter struct {
	Key     string
	Title   domain.Text
	Type    ParameterType
	Default string // in the text form of its type; empty: none
	Mark    domain.Mark
	Note    string
	choices []string
}

// ParameterType says how the text of a value reads.
type ParameterType string

// The types of parameters.
const (
	Integer  ParameterType = "integer"
	Boolean  ParameterType = "boolean"
	Choice   ParameterType = "choice"
	Choices  ParameterType = "choices"  // comma-separated
	Months   ParameterType = "months"   // "3-12": shortest and longest
	Clock    ParameterType = "clock"    // "5 working_days"
	Fraction ParameterType = "fraction" // "1/20"
	Amount   ParameterType = "amount"   // whole fen
	Ceiling  ParameterType = "ceiling"  // whole fen, or "none"
	Levels   ParameterType = "levels"   // "20/10": where yellow and red begin
)

// Parameters are the settings that rules read. Everything a division may set
// stands here; an unknown key is refused.
var Parameters = append([]Parameter{
	{Key: "list.serious_finding", Type: Choice, Default: "watch", choices: []string{"watch", "black_procedure"}, Mark: domain.Seen,
		Title: domain.Text{ZH: "严重问题的处理", EN: "what follows a serious finding"}, Note: "云南、兴安：整改；江苏：黑名单程序"},
	{Key: "list.watch_limit_months", Type: Integer, Default: "3", Mark: domain.Seen,
		Title: domain.Text{ZH: "整改最长月数", EN: "longest watch in months"}, Note: "兴安 2024-10"},
	{Key: "list.accepted_licence_kinds", Type: Choices, Default: strings.Join(term.LicenceKinds.Codes(), ","), choices: term.LicenceKinds.Codes(), Mark: domain.Seen,
		Title: domain.Text{ZH: "认可的许可文件", EN: "licence kinds accepted"}, Note: "云南 2023-12-15"},
	{Key: "list.white_requires_escrow", Type: Boolean, Default: "false", Mark: domain.Design,
		Title: domain.Text{ZH: "白名单须有监管账户", EN: "white list needs escrow"}},
	{Key: "list.minor_finding_keeps_white", Type: Boolean, Default: "true", Mark: domain.Design,
		Title: domain.Text{ZH: "一般问题不移出白名单", EN: "a minor finding keeps white"}},
	{Key: "list.red_alert_removes_white", Type: Boolean, Default: "false", Mark: domain.Design,
		Title: domain.Text{ZH: "红色预警移出白名单", EN: "a red alert removes from white"}},
	{Key: "list.statement_window_working_days", Type: Integer, Default: "5", Mark: domain.Unverified,
		Title: domain.Text{ZH: "陈述申辩期（工作日）", EN: "statement window in working days"}, Note: "比照听证"},
	{Key: "list.batch_interval_months", Type: Integer, Default: "3", Mark: domain.Unverified,
		Title: domain.Text{ZH: "名单公布间隔（月）", EN: "months between list batches"}},
	{Key: "list.tier.minor", Type: Months, Default: "0-3", Mark: domain.Seen,
		Title: domain.Text{ZH: "轻微失信公示期（月）", EN: "publication of the minor tier in months"}, Note: "国办发〔2025〕22号"},
	{Key: "list.tier.ordinary", Type: Months, Default: "3-12", Mark: domain.Seen,
		Title: domain.Text{ZH: "一般失信公示期（月）", EN: "publication of the ordinary tier in months"}, Note: "国办发〔2025〕22号"},
	{Key: "list.tier.serious", Type: Months, Default: "12-36", Mark: domain.Seen,
		Title: domain.Text{ZH: "严重失信公示期（月）", EN: "publication of the serious tier in months"}, Note: "国办发〔2025〕22号"},
	{Key: "list.publication_working_days", Type: Integer, Default: "20", Mark: domain.Law,
		Title: domain.Text{ZH: "公布期限（工作日）", EN: "working days to publish"}, Note: "政府信息公开条例 第二十六条"},
	{Key: "list.withdrawal_working_days", Type: Integer, Default: "3", Mark: domain.Law,
		Title: domain.Text{ZH: "撤回期限（工作日）", EN: "working days to withdraw"}, Note: "行政处罚法 第四十八条"},
	{Key: "reduction.method", Type: Choice, Default: "ministry", choices: term.Methods.Codes(), Mark: domain.Seen,
		Title: domain.Text{ZH: "压减率算法", EN: "reduction method"}},
	{Key: "licence.renewal_days", Type: Integer, Default: "30", Mark: domain.Unverified,
		Title: domain.Text{ZH: "延续申请提前天数", EN: "days before expiry to ask for renewal"}, Note: "行政许可法 第五十条"},
	{Key: "repair.working_days", Type: Integer, Default: "10", Mark: domain.Unverified,
		Title: domain.Text{ZH: "信用修复办理期限（工作日）", EN: "working days to answer a repair application"}},
	{Key: "inspection.random_rate", Type: Fraction, Default: "1/20", Mark: domain.Seen,
		Title: domain.Text{ZH: "双随机抽查比例", EN: "rate of the random draw"}, Note: "镇平县实施细则"},
	{Key: "rectification.days", Type: Integer, Default: "15", Mark: domain.Unverified,
		Title: domain.Text{ZH: "整改天数（未写明时）", EN: "days to rectify where the order names none"}},
	{Key: "penalty.large_fine_fen", Type: Amount, Default: "1000000", Mark: domain.Unverified,
		Title: domain.Text{ZH: "较大数额罚款（分）", EN: "large fine in fen"}, Note: "由省规定；未核"},
	{Key: "penalty.repeat_years", Type: Integer, Default: "2", Mark: domain.Seen,
		Title: domain.Text{ZH: "再次违法的年限", EN: "years within which a violation is a repeat"}, Note: "教育部令第53号（报道）"},
	{Key: "grievance.small_number", Type: Integer, Default: "5", Mark: domain.Design,
		Title: domain.Text{ZH: "公开统计的最小数", EN: "smallest number that is published"}},
	{Key: "cards.enabled", Type: Boolean, Default: "false", Mark: domain.Printed,
		Title: domain.Text{ZH: "黄红牌制度", EN: "yellow and red cards"}, Note: "怀仁 2022-08（仅对校长）"},
}, slices.Concat(escrowParameters(), clockParameters())...)

// ParameterOf returns the parameter of that key.
func ParameterOf(key string) (Parameter, bool) {
	i := slices.IndexFunc(Parameters, func(p Parameter) bool { return p.Key == key })
	if i < 0 {
		return Parameter{}, false
	}
	return Parameters[i], true
}

// Policy is the set of a division's parameters in force on a day. The zero
// value has the defaults.
type Policy struct {
	version string
	values  map[string]string
}

// NewPolicy returns the defaults overlaid by values; later ones win, so a
// division's own come after those of the divisions above it. version names
// where they came from.
func NewPolicy(version string, values ...map[string]string) Policy {
	p := Policy{version: version, values: map[string]string{}}
	for _, v := range values {
		maps.Copy(p.values, v)
	}
	return p
}

// Version names the policy facts behind the values; "default" where there are
// none.
func (p Policy) Version() string {
	if p.version == "" {
		return "default"
	}
	return p.version
}

// Text returns a value in the text form of its type. It panics on a key that
// is in no table, which only a fault of the program can bring about.
func (p Policy) Text(key string) string {
	if v, ok := p.values[key]; ok {
		return v
	}
	param, ok := ParameterOf(key)
	if !ok {
		panic("no parameter " + key)
	}
	return param.Default
}

// Int returns the value of an integer parameter.
func (p Policy) Int(key string) int {
	n, _ := strconv.Atoi(p.Text(key))
	return n
}

// Bool returns the value of a boolean parameter.
func (p Policy) Bool(key string) bool { return p.Text(key) == "true" }

// Has reports whether a list parameter holds code.
func (p Policy) Has(key, code string) bool {
	return slices.Contains(strings.Split(p.Text(key), ","), code)
}

// Months returns the shortest and the longest period of a tier.
func (p Policy) Months(key string) (shortest, longest int) {
	a, b, _ := strings.Cut(p.Text(key), "-")
	shortest, _ = strconv.Atoi(a)
	longest, _ = strconv.Atoi(b)
	return shortest, longest
}

// ReadParameters checks the values of an adopted policy and returns them in
// text form. JSON numbers, booleans, texts and lists of texts are taken.
func ReadParameters(raw map[string]json.RawMessage) (map[string]string, error) {
	out := map[string]string{}
	var fields []domain.Field
	for _, key := range slices.Sorted(maps.Keys(raw)) {
		text, err := readParameter(key, raw[key])
		if err != nil {
			fields = append(fields, domain.Field{Pointer: "/body/parameters/" + key, Code: "invalid", Message: *err})
			continue
		}
		out[key] = text
	}
	if len(fields) > 0 {
		return nil, domain.Refuse(domain.Invalid, PolicyParameter, domain.Say("参数不能采用", "the parameters cannot be adopted"), fields...)
	}
	return out, nil
}

func readParameter(key string, raw json.RawMessage) (string, *domain.Text) {
	p, ok := ParameterOf(key)
	if !ok {
		t := domain.Say("没有名为 %s 的参数", "there is no parameter %s", key)
		return "", &t
	}
	text, ok := plain(raw)
	if !ok || !p.accepts(text) {
		t := domain.Say("%s 的值应为 %s", "the value of %s should be %s", key, p.form())
		return "", &t
	}
	return text, nil
}

func plain(raw json.RawMessage) (string, bool) {
	var list []string
	if json.Unmarshal(raw, &list) == nil && list != nil {
		return strings.Join(list, ","), true
	}
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s, string(raw) != "null"
	}
	var n json.Number
	if json.Unmarshal(raw, &n) == nil {
		return n.String(), true
	}
	var b bool
	if json.Unmarshal(raw, &b) == nil {
		return strconv.FormatBool(b), true
	}
	return "", false
}

func (p Parameter) accepts(text string) bool {
	switch p.Type {
	case Integer:
		n, err := strconv.Atoi(text)
		return err == nil && n >= 0 && n <= 1200
	case Boolean:
		return text == "true" || text == "false"
	case Choice:
		return slices.Contains(p.choices, text)
	case Choices:
		for part := range strings.SplitSeq(text, ",") {
			if !slices.Contains(p.choices, part) {
				return false
			}
		}
		return true
	case Months:
		var a, b int
		n, err := fmt.Sscanf(text, "%d-%d", &a, &b)
		return err == nil && n == 2 && text == fmt.Sprintf("%d-%d", a, b) && 0 <= a && a <= b && b <= 1200
	case Clock:
		_, err := calendar.ParsePeriod(text)
		return err == nil
	case Fraction:
		_, err := draw.ParseRate(text)
		return err == nil
	case Levels:
		_, err := ParseLevels(text)
		return err == nil
	case Amount, Ceiling:
		if p.Type == Ceiling && text == "none" {
			return true
		}
		n, err := strconv.ParseInt(text, 10, 64)
		return err == nil && n >= 0 && strconv.FormatInt(n, 10) == text
	}
	return false
}

func (p Parameter) form() string {
	if len(p.choices) > 0 {
		return strings.Join(p.choices, "|")
	}
	return map[ParameterType]string{Integer: "0…1200", Boolean: "true|false", Months: "3-12", Clock: "5 working_days", Fraction: "1/20", Amount: "1000000", Ceiling: "500000|none", Levels: "20/10|none"}[p.Type]
}
