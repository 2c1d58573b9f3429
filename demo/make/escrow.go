package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"minglu/domain/escrow"
	"minglu/domain/jurisdiction"
	"minglu/domain/money"
	"minglu/domain/order"
	"minglu/domain/statement"
	"minglu/domain/term"
)

// The sources say that prepayment came under supervision in both places, in 北碚
// by banks. Banks, accounts, families and amounts are this program's own choice.

// account opens a supervised account of an institution at a bank.
func (c *county) account(ref, institution, bank, bankName string, mode term.EscrowMode, tail, day string) {
	by := c.by(term.EducationDept, 2)
	c.act(day, "escrow.sign-agreement", ref, by, paper("预收费资金监管协议", ""),
		escrow.SignAgreement{Institution: named(institution), Bank: bank, BankName: bankName, Mode: mode, Size: term.SizeSmall})
	c.act(later(day, 4), "escrow.open-account", ref, by, paper("开立专户通知书", ""), escrow.OpenAccount{MaskedNumber: tail})
	c.act(later(day, 6), "escrow.file-agreement", ref, by, paper("监管协议备案表", ""), escrow.FileAgreement{})
}

// purchase is one order of a family.
type purchase struct {
	ref, account, pupil, course, paid string
	months, hours                     int
	fen                               money.Fen
	list                              money.Fen
	offAccount                        bool
}

// pupil is an opaque reference such as a platform would make.
func (c *county) pupil(name string) string {
	sum := sha256.Sum256([]byte("demonstration/" + c.code + "/" + name))
	return hex.EncodeToString(sum[:16])
}

func (c *county) platform() actor { return c.by(term.PlatformDept, 91) }

// purchase records an order whose period begins ten days after it was paid.
func (c *county) purchase(p purchase) {
	from := on(p.paid).AddDays(10)
	c.act(p.paid, "order.record", p.ref, c.platform(), paper("平台订单", ""), order.Record{
		Account: named(p.account), Pupil: c.pupil(p.pupil), Course: p.course, Hours: p.hours, Amount: p.fen, ListPrice: p.list, OffAccount: p.offAccount,
		PeriodFrom: from, PeriodTo: from.AddMonths(p.months).AddDays(-1), Contract: "2021年修订版", BankRef: bankRef(p.ref, 0),
	})
}

// bankRef is the number of a movement at the bank.
func bankRef(ref string, n int) string { return fmt.Sprintf("EX%s%02d", ref, n) }

// taught records a lesson that the parent confirms three days later and whose fee
// is then released.
func (c *county) taught(ref string, lesson int, day string, hours int) {
	c.lesson(ref, day, hours)
	c.act(later(day, 3), "order.confirm-lesson", ref, c.platform(), paper("家长确认", ""), order.ConfirmLesson{Lesson: lesson, By: term.ByParent})
	c.release(ref, lesson, later(day, 4))
}

func (c *county) lesson(ref, day string, hours int) {
	c.act(day, "order.deliver-lesson", ref, c.platform(), paper("课时记录", ""), order.DeliverLesson{Hours: hours, Notice: "平台消息"})
}

func (c *county) release(ref string, lesson int, day string) {
	c.act(day, "order.release-funds", ref, c.platform(), paper("拨付指令", ""), order.ReleaseFunds{Lessons: []int{lesson}, BankRef: bankRef(ref, lesson)})
}

// booked records a line of the bank's statement.
func (c *county) booked(account, bank, day, serial string, fen, balance money.Fen, kind term.Movement) {
	c.act(day, "statement.book-line", account, actor{Agency: c.code + "-bank-" + bank}, paper("银行流水", ""),
		statement.BookLine{Serial: serial, Amount: fen, Balance: &balance, Kind: kind})
}

// xinpingEscrow has an account in custody, with a split order over the limit and
// a refund that the institution kept silent about, and one with a deposit besides.
func (c *county) xinpingEscrow(other []outfit) {
	const first, second = "XP-E1", "XP-E2"
	c.account(first, c.ref(other[0]), "rcc", "新平县农村信用合作联社（示例）", term.BankCustody, "****3108", "2026-02-24")
	c.account(second, c.ref(other[1]), "icbc", "工商银行新平支行（示例）", term.BothModes, "****5521", "2026-02-26")
	c.act("2026-03-09", "escrow.adjust-deposit", second, c.by(term.EducationDept, 2), paper("风险保证金核定表", ""),
		escrow.AdjustDeposit{Required: 3_000_000, Basis: "上一收费周期在册学员费用合计"})
	c.act("2026-03-11", "escrow.pay-deposit", second, actor{Agency: c.agency(term.Bank) + "-icbc"}, paper("保证金缴存回单", ""), escrow.PayDeposit{Amount: 3_000_000, BankRef: "EXDEP01"})
	c.depositOnly("XP-E3", c.ref(other[2]), "abc", "农业银行新平支行（示例）", "****8862")
	c.xinpingOrders(first, second)
	c.xinpingSilentRefund(first)
	c.xinpingStatement(first)
}

func (c *county) xinpingOrders(first, second string) {
	c.purchase(purchase{ref: "XP-O1", account: first, pupil: "A", course: "美术创意", paid: "2026-08-24", months: 3, hours: 48, fen: 480_000})
	for i, day := range []string{"2026-09-05", "2026-09-12", "2026-09-19"} {
		c.taught("XP-O1", i+1, day, 2)
	}
	// Two orders of one pupil for one course, 3,000 yuan each: together above 5,000.
	c.purchase(purchase{ref: "XP-O2", account: first, pupil: "B", course: "少儿国画", paid: "2026-08-26", months: 2, hours: 30, fen: 300_000})
	c.purchase(purchase{ref: "XP-O3", account: first, pupil: "B", course: "少儿国画", paid: "2026-08-27", months: 2, hours: 30, fen: 300_000})
	c.purchase(purchase{ref: "XP-O5", account: second, pupil: "D", course: "篮球基础", paid: "2026-08-20", months: 3, hours: 36, fen: 360_000})
	c.taught("XP-O5", 1, "2026-09-02", 2)
	c.lesson("XP-O5", "2026-09-09", 2)
	c.act("2026-09-11", "order.dispute-lesson", "XP-O5", c.platform(), paper("家长异议", ""), order.DisputeLesson{Lesson: 2, Reason: "当日因场地停电未上课"})
	c.act("2026-09-18", "order.judge-lesson", "XP-O5", c.by(term.EducationDept, 2), paper("课时异议核查单", ""), order.JudgeLesson{Lesson: 2, Reason: "核实当日未授课，不计课时"})
}

// xinpingSilentRefund is a family that stopped after ten class-hours. The
// institution did not answer within five working days.
func (c *county) xinpingSilentRefund(account string) {
	const ref = "XP-O4"
	c.purchase(purchase{ref: ref, account: account, pupil: "C", course: "舞蹈启蒙", paid: "2026-07-06", months: 3, hours: 40, fen: 240_000})
	for i := range 5 {
		c.taught(ref, i+1, later("2026-07-18", 7*i), 2)
	}
	c.act("2026-09-07", "order.request-refund", ref, c.platform(), paper("家长退费申请", ""), order.RequestRefund{Cause: term.CauseConsumer, Reason: "转学"})
	c.act("2026-09-15", "order.agree-refund", ref, c.by(term.JointConferenceOffice, 3), paper("逾期未答复，视为同意", ""), order.AgreeRefund{By: term.BySilence})
	c.act("2026-09-17", "order.pay-refund", ref, c.platform(), paper("原路退回回单", ""), order.PayRefund{Amount: 180_000, Route: term.OriginalRoute, BankRef: bankRef(ref, 90)})
	c.act("2026-09-18", "order.settle", ref, c.platform(), paper("订单结清", ""), order.Settle{})
}

// xinpingStatement is what the bank says of a week: two movements that are here,
// one of another amount, and interest that is not.
func (c *county) xinpingStatement(account string) {
	c.booked(account, "rcc", "2026-08-24", bankRef("XP-O1", 0), 480_000, 660_000, term.MovementOrder)
	c.booked(account, "rcc", "2026-08-26", bankRef("XP-O2", 0), 300_000, 960_000, term.MovementOrder)
	c.booked(account, "rcc", "2026-08-27", bankRef("XP-O3", 0), 290_000, 1_250_000, term.MovementOrder)
	c.booked(account, "rcc", "2026-09-21", "EXINT0926", 812, 1_250_812, term.MovementInterest)
}

// beibeiEscrow has an account in custody that runs well, one with a deposit
// besides, and one of an institution that closed: a part of its fees had been
// taken outside, so that families were paid in part.
func (c *county) beibeiEscrow(outfits []outfit, closed string) {
	const custody, parallel = "BB-E1", "BB-E2"
	c.account(custody, c.ref(outfits[0]), "cqrcb", "重庆农村商业银行北碚支行（示例）", term.BankCustody, "****7740", "2026-03-02")
	c.account(parallel, c.ref(outfits[1]), "ccb", "建设银行北碚支行（示例）", term.BothModes, "****0096", "2026-03-04")
	c.act("2026-03-16", "escrow.pay-deposit", parallel, actor{Agency: c.agency(term.Bank) + "-ccb"}, paper("保证金缴存回单", ""), escrow.PayDeposit{Amount: 2_000_000, BankRef: "EXDEP02"})
	c.purchase(purchase{ref: "BB-O1", account: custody, pupil: "E", course: "机器人搭建", paid: "2026-08-28", months: 3, hours: 40, fen: 500_000})
	for i := range 4 {
		c.taught("BB-O1", i+1, later("2026-09-09", 7*i), 2)
	}
	c.purchase(purchase{ref: "BB-O2", account: parallel, pupil: "F", course: "羽毛球", paid: "2026-09-03", months: 2, hours: 24, fen: 288_000})
	c.depositOnly("BB-E4", c.ref(outfits[2]), "ccb", "建设银行北碚支行（示例）", "****0411")
	c.beibeiShortfall(closed)
}

// depositOnly lets the county take deposits besides custody, and opens an account
// for one; the institution holds what a family pays.
func (c *county) depositOnly(account, institution, bank, bankName, tail string) {
	c.act("2026-03-12", "jurisdiction.adopt-policy", "", c.by(term.EducationDept, 3), paper("预收费资金监管实施细则", ""),
		jurisdiction.AdoptPolicy{Parameters: map[string]json.RawMessage{"escrow.modes": json.RawMessage(`["bank_custody","risk_deposit"]`)}})
	c.account(account, institution, bank, bankName, term.RiskDeposit, tail, "2026-03-16")
	c.act("2026-03-24", "escrow.pay-deposit", account, actor{Agency: c.agency(term.Bank) + "-" + bank}, paper("保证金缴存回单", ""), escrow.PayDeposit{Amount: 1_500_000, BankRef: "EXDEP" + account})
	order := account + "O"
	c.purchase(purchase{ref: order, account: account, pupil: account, course: "书法", paid: "2026-08-31", months: 2, hours: 20, fen: 160_000})
	c.taught(order, 1, "2026-09-13", 2)
}

// beibeiShortfall is the account of one of the four that left contracts behind.
func (c *county) beibeiShortfall(institution string) {
	const account, claims = "BB-E3", "BB-J4"
	c.account(account, institution, "cqrcb", "重庆农村商业银行北碚支行（示例）", term.BankCustody, "****2265", "2021-06-15")
	c.purchase(purchase{ref: "BB-O3", account: account, pupil: "G", course: "数学思维", paid: "2021-08-23", months: 3, hours: 40, fen: 400_000})
	c.purchase(purchase{ref: "BB-O4", account: account, pupil: "H", course: "英语拓展", paid: "2021-08-25", months: 3, hours: 40, fen: 300_000, offAccount: true})
	c.taught("BB-O3", 1, "2021-09-11", 4)
	by := c.by(term.EducationDept, 2)
	c.act("2021-10-16", "escrow.freeze", account, by, paper("冻结监管账户通知书", ""), escrow.FreezeAccount{Reason: "机构自行关门"})
	c.act("2021-10-16", "escrow.raise-alert", account, by, paper("红色预警单", ""),
		escrow.RaiseAlert{Level: term.Red, Metric: term.MetricBalance, Value: 660_000, Preset: "700000/660001"})
	c.act("2021-10-21", "escrow.assess-alert", account, by, paper("联席会议研判记录", ""),
		escrow.AssessAlert{Number: 1, Real: true, Text: "机构已关门，专户资金不足以退还全部未消课费用", Publish: true})
	c.act("2021-11-15", "order.pay-out", "BB-O3", by, paper("清退审核表", ""), order.PayOut{Amount: 360_000, Dispute: named(claims), BankRef: bankRef("BB-O3", 95)})
}
