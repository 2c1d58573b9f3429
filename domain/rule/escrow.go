package rule

import (
	"cmp"
	"strconv"
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/money"
	"minglu/domain/term"
)

var escrowRules = []domain.Rule{
	SupervisedAccountSteps, AccountNumber, FullCustody, AccountBank, AccountMovable, EscrowDeposit, EscrowAlert, ChargingLimits, OpaquePupil,
	OrderSteps, LessonConfirmation, ReleaseLimit, RefundAnswer, RefundAmount, CoolingOff, ClosurePayout, BankStatement,
}

// SupervisedAccountSteps is the order of steps of a supervised account: agreement,
// opening, filing, and closing once nothing is left in it.
var SupervisedAccountSteps = domain.Rule{
	ID: "escrow-steps", Version: 1, Mark: domain.Seen,
	Title:    domain.Text{ZH: "签约、开户、备案、销户依次进行", EN: "Agreed, opened, filed, closed"},
	Citation: "教监管函〔2021〕2号",
}

// AccountNumber keeps account numbers out of the register: the last four digits
// tell an account of an institution at its bank from another.
var AccountNumber = domain.Rule{
	ID: "escrow-account-number", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "只登记账号末四位", EN: "Only the last four digits of an account number"},
}

// FullCustody is the rule that all prepayment goes through the supervised
// account, by the mode that the division demands.
var FullCustody = domain.Rule{
	ID: "escrow-full", Version: 1, Mark: domain.Seen,
	Title:    domain.Text{ZH: "预收费全额进入监管账户", EN: "All prepayment under supervision"},
	Citation: "教监管函〔2021〕2号",
}

// AccountBank leaves what happens on an account to the bank that keeps it, the
// platform and the authority: no bank writes to an account of another.
var AccountBank = domain.Rule{
	ID: "escrow-bank", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "银行只能记录本行监管账户", EN: "A bank writes to its own accounts alone"},
}

// AccountMovable is the rule that no money moves on an account that is not open,
// frozen or closed. Families are paid out of a frozen one by the authority.
var AccountMovable = domain.Rule{
	ID: "escrow-movable", Version: 1, Mark: domain.Seen,
	Title:    domain.Text{ZH: "未开立、已冻结或已销户的账户不得收付", EN: "No movement on an account that is not open"},
	Citation: "教监管函〔2021〕2号",
}

// EscrowDeposit is the minimum of the risk deposit: the fees of all pupils for
// one charging period.
var EscrowDeposit = domain.Rule{
	ID: "escrow-deposit", Version: 1, Mark: domain.Unverified,
	Title:    domain.Text{ZH: "风险保证金不低于一个收费周期的费用", EN: "The deposit covers one charging period"},
	Citation: "教监管函〔2021〕2号（未核）",
}

// EscrowAlert is how alerts are raised and answered: by presets of the division
// for the size of the institution, assessed by the joint conference, closed.
var EscrowAlert = domain.Rule{
	ID: "escrow-alert", Version: 1, Mark: domain.Seen,
	Title:    domain.Text{ZH: "黄色、红色预警的触发、研判与解除", EN: "Yellow and red alerts"},
	Citation: "浙江省校外培训机构预收费监管（2020-12，报道）",
}

// ChargingLimits are the caps on what is collected at once, by order and
// together with what is not yet delivered to the same pupil for the same course.
// Exceeding one is a breach that is put down; the payment stands.
var ChargingLimits = domain.Rule{
	ID: "charging-limits", Version: 1, Mark: domain.Seen,
	Title:    domain.Text{ZH: "一次收费不超过三个月、60 课时、5000 元，不提前一个月以上", EN: "At most three months, 60 class-hours, 5,000 yuan at once, not over a month early"},
	Citation: "教监管函〔2021〕2号；十三部门关于规范面向中小学生的非学科类校外培训的意见（2022-12）（报道）",
}

// OpaquePupil keeps children out of the register: a pupil is a reference that
// only the platform can resolve, 32 to 64 hexadecimal digits.
var OpaquePupil = domain.Rule{
	ID: "opaque-pupil", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "学员只以不可识别的编号出现", EN: "Pupils are opaque references"},
	Citation: "个人信息保护法 第二十八条、第三十一条",
}

// OrderSteps is the order of steps of a prepaid order: paid, lessons, refund,
// settled.
var OrderSteps = domain.Rule{
	ID: "order-steps", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "订单各步骤依次进行", EN: "The steps of an order"},
}

// LessonConfirmation is how a lesson counts: confirmed by the parent, or deemed
// to be after the period, of which notice was given, and never after a dispute.
var LessonConfirmation = domain.Rule{
	ID: "lesson-confirmation", Version: 1, Mark: domain.Seen,
	Title:    domain.Text{ZH: "课时由家长确认，通知后逾期视为确认，有异议的不得视为确认", EN: "Confirmed by the parent, or deemed after notice; never after a dispute"},
	Citation: "全国校外教育培训监管与服务综合平台公告（报道）",
}

// ReleaseLimit is what may be released: the fee of confirmed class-hours, each
// once, by the schedule of the division, and nothing while a refund is pending.
var ReleaseLimit = domain.Rule{
	ID: "release-limit", Version: 1, Mark: domain.Seen,
	Title:    domain.Text{ZH: "拨付与授课同步、同比例，不超过已确认课时的费用", EN: "Released with the teaching, never beyond what is confirmed"},
	Citation: "教监管函〔2021〕2号",
}

// RefundAnswer is the institution's duty to answer a refund request; silence
// counts as agreement.
var RefundAnswer = domain.Rule{
	ID: "refund-answer", Version: 1, Mark: domain.Seen,
	Title:    domain.Text{ZH: "机构逾期不答复的视为同意退费", EN: "Silence counts as agreement to a refund"},
	Citation: "全国校外教育培训监管与服务综合平台公告（报道）",
}

// RefundAmount is what is refunded: what was paid less the value delivered, at
// the price paid or, where the family is the cause, at the list price; never
// below zero.
var RefundAmount = domain.Rule{
	ID: "refund-amount", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "退费金额为预付款减去已履行部分的价款，不低于零", EN: "Prepaid less the value delivered, never below zero"},
	Citation: "法释〔2025〕4号 第十五条、第十八条至第二十条、第二十二条",
}

// CoolingOff is the right to the prepayment back within days of payment, unless
// the same service had been received before.
var CoolingOff = domain.Rule{
	ID: "cooling-off", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "付款之日起七日内可以无理由退费", EN: "Refund without reason within seven days"},
	Citation: "法释〔2025〕4号 第十四条",
}

// ClosurePayout is how families are paid when an institution has closed: after
// review by the authority, from what is supervised for their order first.
var ClosurePayout = domain.Rule{
	ID: "closure-payout", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "关停清退先付学员，专户中该订单的资金先归该家庭", EN: "On closure families come first, each with what is held for its order"},
	Citation: "民办教育促进法 第五十九条；成都市校外培训机构预收费资金监管办法（报道）",
}

// BankStatement is what a line of a statement must be: of that account and day,
// once, and each balance the one before it with the amount.
var BankStatement = domain.Rule{
	ID: "bank-statement", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "银行流水逐笔一次、余额连续", EN: "Statement lines once each, with balances that follow"},
}

// MaxAmount is the largest amount of one fact and of one balance, a thousand
// million yuan: far above what is lawful, so that what is not lawful is put down
// and not refused. Sums over all facts of a country stay within money.Fen.
const MaxAmount money.Fen = 100_000_000_000

// SupervisedAccount is an account as the rules of orders and statements see it on
// one day.
type SupervisedAccount struct {
	Stream      string
	Institution string
	Bank        string // code of the bank
	Mode        term.EscrowMode
	Opened      calendar.Day // zero: not by that day
	Frozen      calendar.Day // since when; zero: not frozen
	Closed      calendar.Day // zero: not by that day
	// FrozenLater and ClosedLater are what came after that day, as the register
	// knows it now: the first day since then on which it was frozen, and the day on
	// which it was closed.
	FrozenLater calendar.Day
	ClosedLater calendar.Day
	// ForOrder is what was taken from the deposit for the order that an act is about.
	ForOrder money.Fen
}

// Movable refuses a movement on an account that is not open, frozen or closed on
// the day. pointer is where the act names the account.
func (a SupervisedAccount) Movable(pointer string) error {
	switch {
	case a.Closed != 0:
		return immovable(pointer, "closed", domain.Say("监管账户已于 %s 销户，不能再收付", "the account was closed on %s", a.Closed))
	case a.Opened == 0:
		return immovable(pointer, "not_open", domain.Say("当日监管账户尚未开立", "the account was not open on that day"))
	case a.Frozen != 0:
		return immovable(pointer, "frozen", domain.Say("监管账户自 %s 起冻结，不能收付", "the account has been frozen since %s", a.Frozen))
	}
	return nil
}

// MovableBy refuses what Movable does, and a movement that an agency records of a
// day before the account was closed, or before it was frozen: what was left out
// before a freeze the authority alone records, no bank and no platform.
func (a SupervisedAccount) MovableBy(agency, pointer string) error {
	if err := a.Movable(pointer); err != nil {
		return err
	}
	switch {
	case a.ClosedLater != 0:
		return immovable(pointer, "closed_later", domain.Say(
			"账户后来已销户（%s），不能补记收付", "the account was closed later, on %s; no movement is added", a.ClosedLater))
	case a.FrozenLater != 0 && !authorityAct(agency):
		return immovable(pointer, "frozen_later", domain.Say(
			"监管账户自 %s 起冻结，补记冻结以前的收付由主管部门办理", "the account was frozen from %s on; the authority records what was left out before", a.FrozenLater))
	}
	return nil
}

func immovable(pointer, code string, t domain.Text) error {
	return domain.Refuse(domain.Conflict, AccountMovable, t, domain.Field{Pointer: pointer, Code: code, Message: t})
}

// authorityAct reports whether an agency's code is that of an authority: of a
// department that is neither a bank nor the platform.
func authorityAct(agency string) bool {
	_, department, _ := strings.Cut(agency, "-")
	return term.Departments.Has(department) && department != string(term.Bank) && department != string(term.PlatformDept)
}

// OpenOrder is another order of the same pupil for the same course at the same
// institution: what of it is not yet delivered.
type OpenOrder struct {
	Hours  int
	Amount money.Fen
	// Received tells that something of it had been delivered before.
	Received bool
}

// Charge is what is collected at once, as the limits look at it.
type Charge struct {
	Class  term.Class
	Hours  int // class-hours with gifts; 0 for an order by period alone
	Amount money.Fen
	From   calendar.Day // first day of the period; zero: none
	To     calendar.Day // last day
	PaidOn calendar.Day
	// Others are the other orders of the same pupil for the same course at the same
	// institution.
	Others []OpenOrder
}

// ChargeExcess is one limit that a charge exceeds: the value and the limit in the
// limit's own unit (months as days, hours, fen, days).
type ChargeExcess struct {
	Cap        term.ChargeBreach
	Cumulative bool // only together with other orders
	Value      int64
	Limit      int64
}

// Exceeds returns the limits that a charge exceeds. Exactly at a limit is within
// it.
func (l Law) Exceeds(c Charge) []ChargeExcess {
	var out []ChargeExcess
	hours, amount := c.Hours, c.Amount
	for _, o := range c.Others {
		hours += o.Hours
		amount += o.Amount
	}
	if months := l.Policy.Int("escrow.cap.months"); c.From != 0 && c.To >= c.From.AddMonths(months) {
		out = append(out, ChargeExcess{Cap: term.BreachMonths, Value: int64(c.To-c.From) + 1, Limit: int64(c.From.AddMonths(months) - c.From)})
	}
	if limit := l.Policy.Int("escrow.cap.hours"); hours > limit {
		out = append(out, ChargeExcess{Cap: term.BreachHours, Cumulative: c.Hours <= limit, Value: int64(hours), Limit: int64(limit)})
	}
	if limit, ok := l.amountCap(c.Class); ok && amount > limit {
		out = append(out, ChargeExcess{Cap: term.BreachAmount, Cumulative: c.Amount <= limit, Value: int64(amount), Limit: int64(limit)})
	}
	if e, early := l.early(c); early {
		out = append(out, e)
	}
	return out
}

func (l Law) amountCap(class term.Class) (money.Fen, bool) {
	text := l.Policy.Text("escrow.cap.amount_fen." + cmp.Or(string(class), string(term.NonSubject)))
	n, err := strconv.ParseInt(text, 10, 64)
	return money.Fen(n), err == nil
}

// early tells whether money was taken too long before the period begins. A
// renewal by class-hours may be paid once few hours of the course are left.
func (l Law) early(c Charge) (ChargeExcess, bool) {
	if c.From == 0 {
		return ChargeExcess{}, false
	}
	first := c.From.AddMonths(-l.Policy.Int("escrow.early.months"))
	if c.PaidOn >= first {
		return ChargeExcess{}, false
	}
	left := 0
	for _, o := range c.Others {
		left += o.Hours
	}
	if c.Hours > 0 && len(c.Others) > 0 && left <= l.Policy.Int("escrow.early.hours_left") {
		return ChargeExcess{}, false
	}
	return ChargeExcess{Cap: term.BreachEarly, Value: int64(c.From - c.PaidOn), Limit: int64(c.From - first)}, true
}

// AlertLevels are where the yellow and the red level of a metric begin. The zero
// value is no preset.
type AlertLevels struct{ Yellow, Red int64 }

// IsZero reports whether there is no preset.
func (l AlertLevels) IsZero() bool { return l == AlertLevels{} }

// ParseLevels reads "20/10", or "none".
func ParseLevels(text string) (AlertLevels, error) {
	if text == "none" {
		return AlertLevels{}, nil
	}
	y, r, _ := strings.Cut(text, "/")
	yellow, err1 := strconv.ParseInt(y, 10, 64)
	red, err2 := strconv.ParseInt(r, 10, 64)
	out := AlertLevels{yellow, red}
	if err1 != nil || err2 != nil || yellow < 0 || red < 0 || out.text() != text || out.IsZero() {
		return AlertLevels{}, domain.BadField("", "levels", domain.Say(
			"预警值应写成“黄色/红色”两个非负整数，如“20/10”，或“none”", "write the levels as yellow/red in whole numbers, such as 20/10, or none"))
	}
	return out, nil
}

func (l AlertLevels) text() string {
	return strconv.FormatInt(l.Yellow, 10) + "/" + strconv.FormatInt(l.Red, 10)
}

// AlertPreset returns the preset of a metric for institutions of a size.
func (p Policy) AlertPreset(size term.SizeClass, metric term.AlertMetric) AlertLevels {
	l, _ := ParseLevels(p.Text(alertKey(size, metric)))
	return l
}

func alertKey(size term.SizeClass, metric term.AlertMetric) string {
	return "escrow.alert." + string(size) + "." + string(metric)
}

// DepositMinimum reckons what the risk deposit should have at least: the fees of
// all pupils for the charging periods that the policy names. An order is paid for
// one charging period at most, so that fees are those of the orders under way. It
// refuses sums beyond what money.Fen holds.
func (l Law) DepositMinimum(fees []money.Fen) (minimum money.Fen, err error) {
	for _, f := range fees {
		if minimum, err = minimum.Add(f); err != nil {
			return 0, err
		}
	}
	return minimum.Mul(int64(l.Policy.Int("escrow.deposit_periods")))
}

// escrowParameters are the settings of prepayment of a division.
func escrowParameters() []Parameter {
	out := []Parameter{
		{Key: "escrow.modes", Type: Choices, Default: string(term.BankCustody), choices: term.EscrowModes.Codes(), Mark: domain.Seen,
			Title: domain.Text{ZH: "可采用的预收费监管方式", EN: "modes of supervision that may be taken"}, Note: "教监管函〔2021〕2号"},
		{Key: "escrow.release", Type: Choice, Default: string(term.ReleasePerLesson), choices: term.ReleasePolicies.Codes(), Mark: domain.Seen,
			Title: domain.Text{ZH: "拨付方式", EN: "schedule of release"}, Note: "玉溪：一课一消；沙坪坝：按月 334；芜湖：整单之后（报道）"},
		{Key: "escrow.cap.months", Type: Integer, Default: "3", Mark: domain.Seen, Title: domain.Text{ZH: "一次收费最长月数", EN: "months collected at once"}, Note: "海南、成都"},
		{Key: "escrow.cap.hours", Type: Integer, Default: "60", Mark: domain.Seen, Title: domain.Text{ZH: "一次收费最多课时", EN: "class-hours collected at once"}, Note: "海南、成都"},
		{Key: "escrow.cap.amount_fen.non_subject", Type: Ceiling, Default: "500000", Mark: domain.Seen,
			Title: domain.Text{ZH: "非学科类一次收费上限（分）", EN: "non-subject: fen collected at once"}, Note: "十三部门意见（报道）"},
		{Key: "escrow.cap.amount_fen.subject", Type: Ceiling, Default: "none", Mark: domain.Unverified,
			Title: domain.Text{ZH: "学科类一次收费上限（分）", EN: "subject: fen collected at once"}, Note: "未见规定，实行政府指导价"},
		{Key: "escrow.early.months", Type: Integer, Default: "1", Mark: domain.Seen, Title: domain.Text{ZH: "最早提前收费月数", EN: "months before the start"}, Note: "海南、成都"},
		{Key: "escrow.early.hours_left", Type: Integer, Default: "20", Mark: domain.Seen, Title: domain.Text{ZH: "剩余课时不多于此数可续费", EN: "hours left for a renewal"}, Note: "成都"},
		{Key: "escrow.deposit_periods", Type: Integer, Default: "1", Mark: domain.Unverified, Title: domain.Text{ZH: "风险保证金覆盖的收费周期数", EN: "charging periods that the deposit covers"}, Note: "教监管函〔2021〕2号（未核）"},
		{Key: "escrow.cooling_off_days", Type: Integer, Default: "7", Mark: domain.Law, Title: domain.Text{ZH: "冷静期（日）", EN: "cooling-off days"}, Note: "法释〔2025〕4号 第十四条"},
	}
	for _, size := range term.SizeClasses.Items {
		for _, metric := range term.AlertMetrics.Items {
			out = append(out, Parameter{Key: alertKey(term.SizeClass(size.Code), term.AlertMetric(metric.Code)), Type: Levels, Default: "none", Mark: domain.Seen,
				Title: domain.Text{ZH: "预警值：" + size.Label.ZH + "，" + metric.Label.ZH, EN: "alert preset: " + size.Label.EN + ", " + metric.Label.EN},
				Note:  "由市按机构规模设定（浙江，报道）"})
		}
	}
	return out
}
