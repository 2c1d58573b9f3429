package escrow_test

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"minglu/domain"
	"minglu/domain/book"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/domaintest"
	"minglu/domain/escrow"
	"minglu/domain/figure"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/term"
	"minglu/domain/work"
)

type (
	fact    = domaintest.Fact
	facts   = []domaintest.Fact
	events  = []escrow.Event
	history = domaintest.History[escrow.State, escrow.Command, escrow.Event]
)

const (
	school    = "530427.institution.01J0000000000000000000000A"
	ordered   = "530427.order.01J0000000000000000000000C"
	ordered2  = "530427.order.01J0000000000000000000000D"
	dispute   = "530427.dispute.01J0000000000000000000000B"
	education = "530427-education"
	sports    = "530427-sports"
	office    = "530427-joint_conference_office"
	icbc      = "530427-bank-icbc"
	abc       = "530427-bank-abc"
)

var day = domaintest.Day

// by is the meta of a day on which another agency acts.
func by(agency, on string) domain.Meta {
	m := domaintest.On(on)
	m.Actor.Agency = agency
	return m
}

func was(on string, e escrow.Event) fact { return domaintest.Was(domaintest.On(on), e) }

func after(before facts, more ...fact) facts { return append(slices.Clone(before), more...) }

func given(t testing.TB, before facts) *history {
	t.Helper()
	return domaintest.Given(t, escrow.Decider, before...).Listed(escrow.Acts)
}

// with returns a changed copy.
func with[T any](v T, change func(*T)) T {
	change(&v)
	return v
}

// workdays are those of 2023 and 2024, so that later years have no calendar.
var workdays = domaintest.Workdays(2023, 2024)

func under(pairs ...string) rule.Under {
	values := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		values[pairs[i]] = pairs[i+1]
	}
	return rule.Under{Law: rule.Law{Policy: rule.NewPolicy("test", values), Calendar: workdays}}
}

var (
	sign = escrow.SignAgreement{Under: under("escrow.modes", "both"), Institution: domain.RefTo(school), Bank: "icbc", BankName: "工商银行", Mode: term.BothModes, Size: term.SizeSmall}

	signed  = escrow.AgreementSigned{Institution: school, Bank: "icbc", BankName: "工商银行", Mode: term.BothModes, Size: term.SizeSmall}
	opened  = escrow.AccountOpened{Institution: school, Bank: "icbc", BankName: "工商银行", Mode: term.BothModes, MaskedNumber: "****1234"}
	filed   = escrow.AgreementFiled{DocumentNo: "监备 1 号"}
	minimum = escrow.DepositAdjusted{Required: 600_00, Basis: "在读学员一个收费周期"}
	paid    = escrow.DepositPaid{Amount: 1000_00, BankRef: "B1"}
	frozen  = escrow.Frozen{Reason: "非正常停业"}
	thawed  = escrow.Unfrozen{Reason: "已核实"}
	closed  = escrow.AccountClosed{Reason: "终止办学"}
	breach  = escrow.BreachNoted{Institution: school, Breach: term.BreachOffAccount, Note: "个人收款码收费"}

	answer = clock.Start{Key: term.AlertAnswer, Part: "1", From: day("2023-04-03"), Period: calendar.Period{N: 5, Unit: calendar.WorkingDays}, Due: day("2023-04-11"), Agency: education}
	yellow = escrow.AlertRaised{Number: 1, Institution: school, Level: term.Yellow, Metric: term.MetricRefunds, Value: 12, Preset: "10/20", Clocks: []clock.Start{answer}}
	red    = with(yellow, func(e *escrow.AlertRaised) {
		e.Number, e.Level, e.Value = 2, term.Red, 25
		e.Clocks = []clock.Start{with(answer, func(s *clock.Start) { s.Part, s.From, s.Due = "2", day("2023-04-04"), day("2023-04-12") })}
	})
	assessed = escrow.AlertAssessed{Number: 1, Real: true, Text: "集中退费属实", Conference: "2023-2"}

	isSigned   = facts{was("2023-03-01", signed)}
	isOpen     = after(isSigned, was("2023-03-06", opened))
	isFunded   = after(isOpen, was("2023-03-08", minimum), was("2023-03-10", paid))
	isFrozen   = after(isFunded, was("2023-03-20", frozen))
	isAlerted  = after(isFunded, was("2023-04-03", yellow))
	isAssessed = after(isAlerted, was("2023-04-10", assessed))
	isClosed   = after(isOpen, was("2023-06-01", closed))
	custody    = facts{
		was("2023-03-01", with(signed, func(e *escrow.AgreementSigned) { e.Mode = term.BankCustody })),
		was("2023-03-06", with(opened, func(e *escrow.AccountOpened) { e.Mode = term.BankCustody })),
	}

	open   = escrow.OpenAccount{MaskedNumber: "****1234"}
	pay    = escrow.PayDeposit{Amount: 1000_00, BankRef: "B1"}
	adjust = escrow.AdjustDeposit{Required: 600_00, Basis: "在读学员一个收费周期"}
	use    = escrow.UseDeposit{Amount: 300_00, Order: domain.RefTo(ordered), Dispute: domain.RefTo(dispute), BankRef: "B2"}
	give   = escrow.ReturnDeposit{Amount: 400_00, Reason: "学员减少"}
	note   = escrow.NoteBreach{Breach: term.BreachOffAccount, Note: "个人收款码收费"}
	raise  = escrow.RaiseAlert{Under: under(), Level: term.Yellow, Metric: term.MetricRefunds, Value: 12, Preset: "10/20"}
	assess = escrow.AssessAlert{Number: 1, Real: true, Text: "集中退费属实", Conference: "2023-2"}
	settle = escrow.CloseAlert{Number: 1, Reason: "已退清"}
	freeze = escrow.FreezeAccount{Reason: "非正常停业"}
	thaw   = escrow.UnfreezeAccount{Reason: "已核实"}
	end    = escrow.CloseAccount{Reason: "终止办学"}
)

func TestTables(t *testing.T) {
	domaintest.Acts(t, escrow.Decider, escrow.Acts)
	domaintest.Events(t, escrow.Decider, escrow.Events, facts{
		was("2023-03-01", with(signed, func(e *escrow.AgreementSigned) { e.Supervisor = sports })),
		was("2023-03-06", opened),
		was("2023-03-07", filed),
		was("2023-03-08", minimum),
		was("2023-03-10", paid),
		was("2023-03-15", breach),
		was("2023-03-20", frozen),
		was("2023-03-25", escrow.DepositUsed{Amount: 300_00, Order: ordered, Dispute: dispute, BankRef: "B2"}),
		was("2023-03-30", thawed),
		was("2023-04-03", yellow),
		was("2023-04-04", red),
		was("2023-04-12", escrow.DeadlineMissed{Missing: clock.Missing{Clock: term.AlertAnswer, Part: "1", Due: day("2023-04-11"), Agency: education}}),
		was("2023-04-13", with(assessed, func(e *escrow.AlertAssessed) { e.Publish = true })),
		was("2023-05-04", escrow.AlertClosed{Number: 1, Reason: "已退清"}),
		was("2023-05-30", escrow.DepositReturned{Amount: 700_00, Reason: "终止办学", WindingUp: true, BankRef: "B3"}),
		was("2023-06-01", closed),
		was("2023-06-02", escrow.Corrected{Correction: domain.Correction{TargetSeq: 2, Field: "masked_number", Was: domain.RawJSON(`"****1234"`), Is: domain.RawJSON(`"****1235"`), Reason: "笔误"}}),
		was("2023-06-03", escrow.Annulled{Annulment: domain.Annulment{TargetSeq: 6, Reason: "重复"}}),
	})
}

// TestOnlyTheOpeningIsPublic: the public may know bank, last digits and since
// when, and nothing of what was paid.
func TestOnlyTheOpeningIsPublic(t *testing.T) {
	for _, a := range escrow.Acts {
		want := domain.Joint
		if a.Name == "escrow.open-account" {
			want = ""
		}
		if a.Visibility != want {
			t.Errorf("%s: got visibility %q, want %q", a.Name, a.Visibility, want)
		}
	}
}

func correction(field, is string) escrow.Correct {
	return escrow.Correct{Under: under("escrow.modes", "both"), Correction: domain.Correction{TargetSeq: 1, Field: field, Is: domain.RawJSON(is), Reason: "笔误"}}
}

func missed(number, due string) escrow.MissDeadline {
	return escrow.MissDeadline{Missing: clock.Missing{Clock: term.AlertAnswer, Part: number, Due: day(due)}}
}

// mode is the signing under a policy by a mode.
func mode(policy string, m term.EscrowMode) escrow.SignAgreement {
	return with(sign, func(c *escrow.SignAgreement) { c.Under, c.Mode = under("escrow.modes", policy), m })
}

func agreed(m term.EscrowMode) events {
	return events{with(signed, func(e *escrow.AgreementSigned) { e.Mode = m })}
}

// lasting is the alert of a day, answered until another; zero: in a year without
// a calendar.
func lasting(from string, due calendar.Day, awaits int) events {
	return events{with(yellow, func(e *escrow.AlertRaised) {
		e.Clocks = []clock.Start{with(answer, func(s *clock.Start) { s.From, s.Due, s.Awaits = day(from), due, awaits })}
	})}
}

func numbered(number string) escrow.OpenAccount { return escrow.OpenAccount{MaskedNumber: number} }

// acceptances are each act accepted once or more, by the education bureau.
var acceptances = []struct {
	name    string
	before  facts
	at      domain.Meta
	command escrow.Command
	then    events
}{
	{"an agreement is signed as the division demands", nil, domaintest.On("2023-03-01"), sign, events{signed}},
	{"custody is the mode where nothing was adopted", nil, domaintest.On("2023-03-01"), with(mode("both", term.BankCustody), func(c *escrow.SignAgreement) { c.Under = under() }), agreed(term.BankCustody)},
	{"deposit where the division demands that", nil, domaintest.On("2023-03-01"), mode("risk_deposit", term.RiskDeposit), agreed(term.RiskDeposit)},
	{"both do where custody is demanded", nil, domaintest.On("2023-03-01"), mode("bank_custody", term.BothModes), agreed(term.BothModes)},
	{"both do where deposit is demanded", nil, domaintest.On("2023-03-01"), mode("risk_deposit", term.BothModes), agreed(term.BothModes)},
	{"another agency may supervise", nil, domaintest.On("2023-03-01"), with(sign, func(c *escrow.SignAgreement) { c.Supervisor = sports }),
		events{with(signed, func(e *escrow.AgreementSigned) { e.Supervisor = sports })}},

	{"an account is opened", isSigned, domaintest.On("2023-03-06"), open, events{opened}},
	{"on the day of the agreement, by four digits", isSigned, domaintest.On("2023-03-01"), numbered(" 1234 "), events{opened}},
	{"the agreement is filed", isOpen, domaintest.On("2023-03-07"), escrow.FileAgreement{DocumentNo: "监备 1 号"}, events{filed}},
	{"also while it is frozen, with a day before that", isFrozen, domaintest.On("2023-03-07"), escrow.FileAgreement{}, events{escrow.AgreementFiled{}}},
	{"what is filed is so already", after(isOpen, was("2023-03-07", filed)), domaintest.On("2023-04-07"), escrow.FileAgreement{DocumentNo: "监备 1 号"}, nil},
	{"without a number too", after(isOpen, was("2023-03-07", filed)), domaintest.On("2023-04-07"), escrow.FileAgreement{}, nil},

	{"deposit is paid in", isOpen, domaintest.On("2023-03-10"), pay, events{paid}},
	{"recorded by the bank that keeps the account", isOpen, by(icbc, "2023-03-10"), pay, events{paid}},
	{"on the day of the latest step", isFunded, domaintest.On("2023-03-10"), pay, events{paid}},
	{"on a day before an alert", isAlerted, domaintest.On("2023-04-02"), pay, events{paid}},
	{"after a freeze", after(isFrozen, was("2023-03-30", thawed)), domaintest.On("2023-03-30"), pay, events{paid}},
	{"the minimum is set before the opening", isSigned, domaintest.On("2023-03-02"), adjust, events{minimum}},
	{"the minimum is set anew", isFunded, domaintest.On("2023-03-11"), with(adjust, func(c *escrow.AdjustDeposit) { c.Required = 0 }), events{with(minimum, func(e *escrow.DepositAdjusted) { e.Required = 0 })}},
	{"as it is set already", isFunded, domaintest.On("2023-03-11"), adjust, nil},
	{"deposit is used for families", isFunded, domaintest.On("2023-03-25"), use, events{escrow.DepositUsed{Amount: 300_00, Order: ordered, Dispute: dispute, BankRef: "B2"}}},
	{"also of a frozen account, to the last fen", isFrozen, domaintest.On("2023-03-25"), escrow.UseDeposit{Amount: 1000_00, Order: domain.RefTo(ordered)}, events{escrow.DepositUsed{Amount: 1000_00, Order: ordered}}},
	{"deposit is returned down to the minimum", isFunded, domaintest.On("2023-03-25"), give, events{escrow.DepositReturned{Amount: 400_00, Reason: "学员减少"}}},
	{"and wholly where the account is wound up", isFunded, domaintest.On("2023-03-25"), escrow.ReturnDeposit{Amount: 1000_00, Reason: "终止办学", WindingUp: true},
		events{escrow.DepositReturned{Amount: 1000_00, Reason: "终止办学", WindingUp: true}}},

	{"a breach is noted", isSigned, domaintest.On("2023-03-02"), note, events{breach}},
	{"with what was found", isOpen, domaintest.On("2023-03-15"), with(note, func(c *escrow.NoteBreach) { c.Breach, c.Value, c.Limit = term.BreachUnpublishedFee, 300_00, 0 }),
		events{with(breach, func(e *escrow.BreachNoted) { e.Breach, e.Value = term.BreachUnpublishedFee, 300_00 })}},

	{"an alert is raised", isFunded, domaintest.On("2023-04-03"), raise, events{yellow}},
	{"by the office, to be answered by who supervises", isFunded, by(office, "2023-04-03"), raise, events{yellow}},
	{"its answer skips holidays and takes make-up days", isFunded, domaintest.On("2023-04-20"), raise, lasting("2023-04-20", day("2023-04-26"), 0)},
	{"its answer runs over the year's end", isFunded, domaintest.On("2023-12-28"), raise, lasting("2023-12-28", day("2024-01-05"), 0)},
	{"its answer awaits a calendar", isFunded, domaintest.On("2024-12-30"), raise, lasting("2024-12-30", 0, 2025)},
	{"one of the same level is open", isAlerted, domaintest.On("2023-04-04"), raise, nil},
	{"one of a higher level is open", after(isFunded, was("2023-04-03", with(yellow, func(e *escrow.AlertRaised) { e.Level = term.Red }))), domaintest.On("2023-04-04"), raise, nil},
	{"red while yellow is open is a new alert", isAlerted, domaintest.On("2023-04-04"), with(raise, func(c *escrow.RaiseAlert) { c.Level, c.Value = term.Red, 25 }), events{red}},
	{"another metric is a new alert, without a preset too", isAlerted, domaintest.On("2023-04-04"), with(raise, func(c *escrow.RaiseAlert) { c.Metric, c.Value, c.Preset = term.MetricBalance, -5, "none" }),
		events{with(red, func(e *escrow.AlertRaised) {
			e.Level, e.Metric, e.Value, e.Preset = term.Yellow, term.MetricBalance, -5, "none"
		})}},
	{"after one was closed it is a new one", after(isAssessed, was("2023-04-10", escrow.AlertClosed{Number: 1, Reason: "已退清"})), domaintest.On("2023-04-04"), raise,
		events{with(red, func(e *escrow.AlertRaised) { e.Level, e.Value = term.Yellow, 12 })}},
	{"an alert is assessed", isAlerted, domaintest.On("2023-04-03"), assess, events{assessed}},
	{"anew, with a warning", isAssessed, domaintest.On("2023-04-12"), with(assess, func(c *escrow.AssessAlert) { c.Publish = true }), events{with(assessed, func(e *escrow.AlertAssessed) { e.Publish = true })}},
	{"as it was assessed already", isAssessed, domaintest.On("2023-04-12"), assess, nil},
	{"an alert is closed", isAssessed, domaintest.On("2023-04-10"), settle, events{escrow.AlertClosed{Number: 1, Reason: "已退清"}}},
	{"what is closed is so already", after(isAssessed, was("2023-04-10", escrow.AlertClosed{Number: 1, Reason: "已退清"})), domaintest.On("2023-04-12"), settle, nil},

	{"an account is frozen", isFunded, domaintest.On("2023-03-20"), freeze, events{frozen}},
	{"what is frozen is so already", isFrozen, domaintest.On("2023-03-21"), escrow.FreezeAccount{}, nil},
	{"and may be again", after(isFrozen, was("2023-03-30", thawed)), domaintest.On("2023-03-30"), freeze, events{frozen}},
	{"a freeze ends", isFrozen, domaintest.On("2023-03-20"), thaw, events{thawed}},
	{"what is not frozen is so already", isFunded, domaintest.On("2023-03-20"), thaw, nil},
	{"an empty account is closed", isOpen, domaintest.On("2023-06-01"), end, events{closed}},
	{"the largest deposit is paid in", isOpen, domaintest.On("2023-03-10"), escrow.PayDeposit{Amount: rule.MaxAmount}, events{escrow.DepositPaid{Amount: rule.MaxAmount}}},
	{"the largest minimum is set", isOpen, domaintest.On("2023-03-10"), with(adjust, func(c *escrow.AdjustDeposit) { c.Required = rule.MaxAmount }), events{with(minimum, func(e *escrow.DepositAdjusted) { e.Required = rule.MaxAmount })}},
	{"the largest breach is noted", isOpen, domaintest.On("2023-03-15"), with(note, func(c *escrow.NoteBreach) { c.Value, c.Limit = largest, largest }),
		events{with(breach, func(e *escrow.BreachNoted) { e.Value, e.Limit = largest, largest })}},
	{"the least value raises an alert", isFunded, domaintest.On("2023-04-03"), with(raise, func(c *escrow.RaiseAlert) { c.Value = -largest }), events{with(yellow, func(e *escrow.AlertRaised) { e.Value = -largest })}},
	{"an agreement without an account ends", isSigned, domaintest.On("2023-06-01"), end, events{closed}},
	{"what is closed is so already", isClosed, domaintest.On("2023-07-01"), escrow.CloseAccount{Held: 5}, nil},

	{"a missed answer is recorded", isAlerted, domaintest.On("2023-04-12"), missed("1", "2023-04-11"), events{
		escrow.DeadlineMissed{Missing: clock.Missing{Clock: term.AlertAnswer, Part: "1", Due: day("2023-04-11"), Agency: education}}}},
	{"once", after(isAlerted, was("2023-04-12", escrow.DeadlineMissed{Missing: clock.Missing{Clock: term.AlertAnswer, Part: "1", Due: day("2023-04-11")}})), domaintest.On("2023-04-13"), missed("1", "2023-04-11"), nil},
	{"a fact is corrected", isClosed, domaintest.On("2023-07-01"), correction("bank_name", `"农业银行"`), events{escrow.Corrected{Correction: correction("bank_name", `"农业银行"`).Correction}}},
	{"the last digits are corrected", isOpen, domaintest.On("2023-07-01"), correction("masked_number", `"****1235"`), events{escrow.Corrected{Correction: correction("masked_number", `"****1235"`).Correction}}},
	{"the bank is corrected to another code", isOpen, domaintest.On("2023-07-01"), correction("bank", `"abc"`), events{escrow.Corrected{Correction: correction("bank", `"abc"`).Correction}}},
	{"a reference is corrected", isFunded, domaintest.On("2023-07-01"), correction("bank_ref", `"B9"`), events{escrow.Corrected{Correction: correction("bank_ref", `"B9"`).Correction}}},
	{"the mode is corrected to what is demanded", isOpen, domaintest.On("2023-07-01"), correction("mode", `"both"`), events{escrow.Corrected{Correction: correction("mode", `"both"`).Correction}}},
	{"a fact is annulled", isOpen, domaintest.On("2023-07-01"), escrow.Annul{Annulment: domain.Annulment{TargetSeq: 1, Reason: "重复"}},
		events{escrow.Annulled{Annulment: domain.Annulment{TargetSeq: 1, Reason: "重复"}}}},
}

func TestActsAreAccepted(t *testing.T) {
	accepted := map[reflect.Type]bool{}
	for _, c := range acceptances {
		t.Run(c.name, func(t *testing.T) {
			given(t, c.before).When(c.at, c.command).Then(c.then...)
		})
		accepted[reflect.TypeOf(c.command)] = accepted[reflect.TypeOf(c.command)] || len(c.then) > 0
	}
	for _, a := range escrow.Acts {
		if !accepted[reflect.TypeOf(a.Command(a.New()))] {
			t.Errorf("%s: got no case that accepts it", a.Name)
		}
	}
}

const largest = int64(rule.MaxAmount)

// anyFault stands for a refusal without a rule.
var anyFault = domain.Rule{}

// refusals are each act refused once or more, by every rule of its line.
var refusals = []struct {
	name    string
	before  facts
	at      domain.Meta
	command escrow.Command
	by      domain.Rule
	pointer string
}{
	{"an agreement is of an institution", nil, domaintest.On("2023-03-01"), with(sign, func(c *escrow.SignAgreement) { c.Institution = domain.Ref{} }), anyFault, "/body/institution"},
	{"an agreement is with a bank", nil, domaintest.On("2023-03-01"), with(sign, func(c *escrow.SignAgreement) { c.Bank = "" }), anyFault, "/body/bank"},
	{"a bank has a code", nil, domaintest.On("2023-03-01"), with(sign, func(c *escrow.SignAgreement) { c.Bank = "ICBC" }), anyFault, "/body/bank"},
	{"a bank has a name", nil, domaintest.On("2023-03-01"), with(sign, func(c *escrow.SignAgreement) { c.BankName = " " }), anyFault, "/body/bank_name"},
	{"an agreement has a mode", nil, domaintest.On("2023-03-01"), with(sign, func(c *escrow.SignAgreement) { c.Mode = "" }), anyFault, "/body/mode"},
	{"an agreement has a size", nil, domaintest.On("2023-03-01"), with(sign, func(c *escrow.SignAgreement) { c.Size = "" }), anyFault, "/body/size"},
	{"who supervises is an agency", nil, domaintest.On("2023-03-01"), with(sign, func(c *escrow.SignAgreement) { c.Supervisor = "教育局" }), anyFault, "/body/supervisor"},
	{"a deposit alone is not custody", nil, domaintest.On("2023-03-01"), mode("bank_custody", term.RiskDeposit), rule.FullCustody, "/body/mode"},
	{"custody alone is no deposit", nil, domaintest.On("2023-03-01"), mode("risk_deposit", term.BankCustody), rule.FullCustody, "/body/mode"},
	{"where both are demanded custody alone does not do", nil, domaintest.On("2023-03-01"), mode("both", term.BankCustody), rule.FullCustody, "/body/mode"},
	{"nor does a deposit alone", nil, domaintest.On("2023-03-01"), mode("both", term.RiskDeposit), rule.FullCustody, "/body/mode"},
	{"it is signed once", isSigned, domaintest.On("2023-03-02"), sign, rule.SupervisedAccountSteps, "/target"},

	{"nothing is opened without an agreement", nil, domaintest.On("2023-03-06"), open, rule.SupervisedAccountSteps, ""},
	{"nor before it", isSigned, domaintest.On("2023-02-28"), open, rule.SupervisedAccountSteps, "/effective"},
	{"nor twice", isOpen, domaintest.On("2023-03-07"), open, rule.SupervisedAccountSteps, "/target"},
	{"nor after the end", after(isSigned, was("2023-03-05", closed)), domaintest.On("2023-03-06"), open, rule.SupervisedAccountSteps, "/target"},
	{"a number is needed", isSigned, domaintest.On("2023-03-06"), numbered(" "), anyFault, "/body/masked_number"},
	{"a whole number is never kept", isSigned, domaintest.On("2023-03-06"), numbered("6222021234567891234"), rule.AccountNumber, "/body/masked_number"},
	{"nor in groups", isSigned, domaintest.On("2023-03-06"), numbered("6222 0212 3456 1234"), rule.AccountNumber, "/body/masked_number"},
	{"nor a part of it behind asterisks", isSigned, domaintest.On("2023-03-06"), numbered("6222****1234"), rule.AccountNumber, "/body/masked_number"},
	{"nor in full-width digits", isSigned, domaintest.On("2023-03-06"), numbered("６２２２０"), rule.AccountNumber, "/body/masked_number"},
	{"nor five digits", isSigned, domaintest.On("2023-03-06"), numbered("****12345"), rule.AccountNumber, "/body/masked_number"},
	{"three digits are too few", isSigned, domaintest.On("2023-03-06"), numbered("****123"), anyFault, "/body/masked_number"},
	{"letters are no digits", isSigned, domaintest.On("2023-03-06"), numbered("12a4"), anyFault, "/body/masked_number"},
	{"full-width digits are not kept", isSigned, domaintest.On("2023-03-06"), numbered("１２３４"), anyFault, "/body/masked_number"},

	{"nothing is filed that is not opened", isSigned, domaintest.On("2023-03-07"), escrow.FileAgreement{}, rule.SupervisedAccountSteps, "/target"},
	{"nothing is filed before the opening", isOpen, domaintest.On("2023-03-05"), escrow.FileAgreement{}, rule.SupervisedAccountSteps, "/effective"},
	{"nothing is filed under another number", after(isOpen, was("2023-03-07", filed)), domaintest.On("2023-03-08"), escrow.FileAgreement{DocumentNo: "监备 2 号"}, rule.SupervisedAccountSteps, "/body/document_no"},

	{"no other bank takes deposit in", isOpen, by(abc, "2023-03-10"), pay, rule.AccountBank, "/actor/agency"},
	{"nor a bank that does not say which it is", isOpen, by("530427-bank", "2023-03-10"), pay, rule.AccountBank, "/actor/agency"},
	{"nor who is no agency", isOpen, by("nobody", "2023-03-10"), pay, anyFault, "/actor/agency"},
	{"custody has no deposit", custody, domaintest.On("2023-03-10"), pay, rule.EscrowDeposit, "/target"},
	{"nothing is paid into what is not open", isSigned, domaintest.On("2023-03-10"), pay, rule.AccountMovable, "/target"},
	{"nothing is paid into what is frozen", isFrozen, domaintest.On("2023-03-21"), pay, rule.AccountMovable, "/target"},
	{"nothing is paid before the latest step", isFunded, domaintest.On("2023-03-09"), pay, rule.SupervisedAccountSteps, "/effective"},
	{"nothing is paid after the end", isClosed, domaintest.On("2023-06-02"), pay, rule.SupervisedAccountSteps, "/target"},
	{"no deposit of nothing", isOpen, domaintest.On("2023-03-10"), escrow.PayDeposit{}, anyFault, "/body/amount_fen"},
	{"no deposit of less than nothing", isOpen, domaintest.On("2023-03-10"), escrow.PayDeposit{Amount: -1}, anyFault, "/body/amount_fen"},
	{"no deposit beyond the bound", isOpen, domaintest.On("2023-03-10"), escrow.PayDeposit{Amount: rule.MaxAmount + 1}, anyFault, "/body/amount_fen"},
	{"no reference that tells of a person", isOpen, domaintest.On("2023-03-10"), with(pay, func(c *escrow.PayDeposit) { c.BankRef = "TEL 13812345678" }), rule.PersonalData, "/body/bank_ref"},
	{"no deposit beyond the range", isFunded, domaintest.On("2023-03-10"), escrow.PayDeposit{Amount: math.MaxInt64}, anyFault, "/body/amount_fen"},

	{"custody has no minimum", custody, domaintest.On("2023-03-10"), adjust, rule.EscrowDeposit, "/target"},
	{"no minimum below nothing", isOpen, domaintest.On("2023-03-10"), with(adjust, func(c *escrow.AdjustDeposit) { c.Required = -1 }), anyFault, "/body/required_fen"},
	{"no minimum beyond the bound", isOpen, domaintest.On("2023-03-10"), with(adjust, func(c *escrow.AdjustDeposit) { c.Required = rule.MaxAmount + 1 }), anyFault, "/body/required_fen"},
	{"a minimum has a basis", isOpen, domaintest.On("2023-03-10"), with(adjust, func(c *escrow.AdjustDeposit) { c.Basis = "" }), anyFault, "/body/basis"},
	{"no minimum before the latest step", isFunded, domaintest.On("2023-03-09"), adjust, rule.SupervisedAccountSteps, "/effective"},

	{"custody has no deposit to use", custody, domaintest.On("2023-03-25"), use, rule.EscrowDeposit, "/target"},
	{"not more is used than there is", isFunded, domaintest.On("2023-03-25"), with(use, func(c *escrow.UseDeposit) { c.Amount = 1000_01 }), rule.EscrowDeposit, "/body/amount_fen"},
	{"nothing is used of what is not open", isSigned, domaintest.On("2023-03-25"), use, rule.AccountMovable, "/target"},
	{"nothing is used after the end", isClosed, domaintest.On("2023-06-02"), use, rule.SupervisedAccountSteps, "/target"},
	{"nothing is not used", isFunded, domaintest.On("2023-03-25"), escrow.UseDeposit{}, anyFault, "/body/amount_fen"},

	{"nothing is used beyond the bound", isFunded, domaintest.On("2023-03-25"), with(use, func(c *escrow.UseDeposit) { c.Amount = rule.MaxAmount + 1 }), anyFault, "/body/amount_fen"},
	{"nothing is used for no order", isFunded, domaintest.On("2023-03-25"), with(use, func(c *escrow.UseDeposit) { c.Order = domain.Ref{} }), anyFault, "/body/order"},
	{"nothing is used without a closure", isFunded, domaintest.On("2023-03-25"), with(use, func(c *escrow.UseDeposit) { c.Dispute = domain.Ref{} }), rule.ClosurePayout, "/body/dispute"},
	{"nor with a name as a reference", isFunded, domaintest.On("2023-03-25"), with(use, func(c *escrow.UseDeposit) { c.BankRef = "张三" }), rule.PersonalData, "/body/bank_ref"},

	{"nothing is returned beyond the bound", isFunded, domaintest.On("2023-03-25"), with(give, func(c *escrow.ReturnDeposit) { c.Amount = rule.MaxAmount + 1 }), anyFault, "/body/amount_fen"},
	{"nor with a telephone as a reference", isFunded, domaintest.On("2023-03-25"), with(give, func(c *escrow.ReturnDeposit) { c.BankRef = "13812345678" }), rule.PersonalData, "/body/bank_ref"},
	{"not more is returned than leaves the minimum", isFunded, domaintest.On("2023-03-25"), with(give, func(c *escrow.ReturnDeposit) { c.Amount = 400_01 }), rule.EscrowDeposit, "/body/amount_fen"},
	{"nor than there is where it is wound up", isFunded, domaintest.On("2023-03-25"), with(give, func(c *escrow.ReturnDeposit) { c.Amount, c.WindingUp = 1000_01, true }), rule.EscrowDeposit, "/body/amount_fen"},
	{"nothing is returned while frozen", isFrozen, domaintest.On("2023-03-25"), give, rule.AccountMovable, "/target"},
	{"nothing is returned without a reason", isFunded, domaintest.On("2023-03-25"), with(give, func(c *escrow.ReturnDeposit) { c.Reason = "" }), anyFault, "/body/reason"},
	{"nothing is returned before the latest step", isFunded, domaintest.On("2023-03-09"), give, rule.SupervisedAccountSteps, "/effective"},

	{"a breach is of a kind", isOpen, domaintest.On("2023-03-15"), with(note, func(c *escrow.NoteBreach) { c.Breach = "" }), anyFault, "/body/breach"},
	{"a cap on months belongs to an order", isOpen, domaintest.On("2023-03-15"), with(note, func(c *escrow.NoteBreach) { c.Breach = term.BreachMonths }), rule.ChargingLimits, "/body/breach"},
	{"one on hours", isOpen, domaintest.On("2023-03-15"), with(note, func(c *escrow.NoteBreach) { c.Breach = term.BreachHours }), rule.ChargingLimits, "/body/breach"},
	{"one on amounts", isOpen, domaintest.On("2023-03-15"), with(note, func(c *escrow.NoteBreach) { c.Breach = term.BreachAmount }), rule.ChargingLimits, "/body/breach"},
	{"and early collection", isOpen, domaintest.On("2023-03-15"), with(note, func(c *escrow.NoteBreach) { c.Breach = term.BreachEarly }), rule.ChargingLimits, "/body/breach"},
	{"a breach has a note", isOpen, domaintest.On("2023-03-15"), with(note, func(c *escrow.NoteBreach) { c.Note = "" }), anyFault, "/body/note"},
	{"a value is not negative", isOpen, domaintest.On("2023-03-15"), with(note, func(c *escrow.NoteBreach) { c.Value = -1 }), anyFault, "/body/value"},
	{"a limit is not negative", isOpen, domaintest.On("2023-03-15"), with(note, func(c *escrow.NoteBreach) { c.Limit = -1 }), anyFault, "/body/limit"},
	{"a value is bounded", isOpen, domaintest.On("2023-03-15"), with(note, func(c *escrow.NoteBreach) { c.Value = largest + 1 }), anyFault, "/body/value"},
	{"and so is a limit", isOpen, domaintest.On("2023-03-15"), with(note, func(c *escrow.NoteBreach) { c.Limit = largest + 1 }), anyFault, "/body/limit"},
	{"no breach before the agreement", isOpen, domaintest.On("2023-02-28"), note, rule.SupervisedAccountSteps, "/effective"},

	{"an alert has a level", isFunded, domaintest.On("2023-04-03"), with(raise, func(c *escrow.RaiseAlert) { c.Level = "" }), anyFault, "/body/level"},
	{"an alert has a metric", isFunded, domaintest.On("2023-04-03"), with(raise, func(c *escrow.RaiseAlert) { c.Metric = "" }), anyFault, "/body/metric"},
	{"an alert has a preset", isFunded, domaintest.On("2023-04-03"), with(raise, func(c *escrow.RaiseAlert) { c.Preset = "" }), rule.EscrowAlert, "/body/preset"},
	{"a value of an alert is bounded", isFunded, domaintest.On("2023-04-03"), with(raise, func(c *escrow.RaiseAlert) { c.Value = math.MinInt64 }), anyFault, "/body/value"},
	{"upwards too", isFunded, domaintest.On("2023-04-03"), with(raise, func(c *escrow.RaiseAlert) { c.Value = largest + 1 }), anyFault, "/body/value"},
	{"no alert after the end", isClosed, domaintest.On("2023-06-02"), raise, rule.SupervisedAccountSteps, "/target"},
	{"what was not raised is not assessed", isAlerted, domaintest.On("2023-04-10"), with(assess, func(c *escrow.AssessAlert) { c.Number = 2 }), rule.EscrowAlert, "/body/alert"},
	{"nor before it was raised", isAlerted, domaintest.On("2023-04-02"), assess, rule.EscrowAlert, "/effective"},
	{"nor before it was assessed last", isAssessed, domaintest.On("2023-04-09"), with(assess, func(c *escrow.AssessAlert) { c.Real = false }), rule.EscrowAlert, "/effective"},
	{"nor after it was closed", after(isAssessed, was("2023-04-10", escrow.AlertClosed{Number: 1})), domaintest.On("2023-04-11"), assess, rule.EscrowAlert, "/body/alert"},
	{"the public is not warned of nothing", isAlerted, domaintest.On("2023-04-10"), with(assess, func(c *escrow.AssessAlert) { c.Real, c.Publish = false, true }), rule.EscrowAlert, "/body/publish"},
	{"an assessment says what was found", isAlerted, domaintest.On("2023-04-10"), with(assess, func(c *escrow.AssessAlert) { c.Text = "" }), anyFault, "/body/text"},
	{"nothing is assessed without an agreement", nil, domaintest.On("2023-04-10"), assess, rule.SupervisedAccountSteps, ""},
	{"what is not assessed is not closed", isAlerted, domaintest.On("2023-04-10"), settle, rule.EscrowAlert, "/body/alert"},
	{"what was not raised is not closed", isAlerted, domaintest.On("2023-04-10"), with(settle, func(c *escrow.CloseAlert) { c.Number = 0 }), rule.EscrowAlert, "/body/alert"},
	{"nothing is closed before its assessment", isAssessed, domaintest.On("2023-04-09"), settle, rule.EscrowAlert, "/effective"},
	{"nothing is closed without a reason", isAssessed, domaintest.On("2023-04-10"), with(settle, func(c *escrow.CloseAlert) { c.Reason = "" }), anyFault, "/body/reason"},
	{"no alert is closed without an agreement", nil, domaintest.On("2023-04-10"), settle, rule.SupervisedAccountSteps, ""},

	{"what is not open is not frozen", isSigned, domaintest.On("2023-03-20"), freeze, rule.SupervisedAccountSteps, "/target"},
	{"nothing is frozen before the latest step", isFunded, domaintest.On("2023-03-09"), freeze, rule.SupervisedAccountSteps, "/effective"},
	{"nothing is frozen without a reason", isFunded, domaintest.On("2023-03-20"), escrow.FreezeAccount{}, anyFault, "/body/reason"},
	{"what is not open has no freeze to end", isSigned, domaintest.On("2023-03-20"), thaw, rule.SupervisedAccountSteps, "/target"},
	{"no freeze ends before it began", isFrozen, domaintest.On("2023-03-19"), thaw, rule.SupervisedAccountSteps, "/effective"},
	{"no freeze ends without a reason", isFrozen, domaintest.On("2023-03-30"), escrow.UnfreezeAccount{}, anyFault, "/body/reason"},

	{"nothing is closed while deposit is left", isFunded, domaintest.On("2023-06-01"), end, rule.SupervisedAccountSteps, "/target"},
	{"nor while orders are unsettled", isOpen, domaintest.On("2023-06-01"), holding(1), rule.SupervisedAccountSteps, "/target"},
	{"nor while an alert is open", after(isOpen, was("2023-04-03", yellow)), domaintest.On("2023-06-01"), end, rule.EscrowAlert, "/target"},
	{"nor while it is frozen", after(isOpen, was("2023-04-03", frozen)), domaintest.On("2023-06-01"), end, rule.AccountMovable, "/target"},
	{"nor before a breach was noted", after(isOpen, was("2023-06-02", breach)), domaintest.On("2023-06-01"), end, rule.SupervisedAccountSteps, "/effective"},
	{"nor without a reason", isOpen, domaintest.On("2023-06-01"), escrow.CloseAccount{}, anyFault, "/body/reason"},

	{"nothing is missed on its last day", isAlerted, domaintest.On("2023-04-11"), missed("1", "2023-04-11"), clock.MissedRule, "/effective"},
	{"nothing is missed that was assessed", isAssessed, domaintest.On("2023-04-12"), missed("1", "2023-04-11"), clock.MissedRule, "/body/clock"},
	{"a period is not corrected", isAlerted, domaintest.On("2023-07-01"), correction("clocks/0/due", `"2023-05-01"`), clock.ExtensionRule, "/body/field"},
	{"the number of an alert is not corrected", isAlerted, domaintest.On("2023-07-01"), correction("alert", `2`), rule.EscrowAlert, "/body/field"},
	{"no mode is corrected to what is not allowed", isOpen, domaintest.On("2023-07-01"), correction("mode", `"risk_deposit"`), rule.FullCustody, "/body/is"},
	{"no mode is corrected to what is none", isOpen, domaintest.On("2023-07-01"), correction("mode", `"cash"`), anyFault, "/body/is"},
	{"no number is corrected to a whole one", isOpen, domaintest.On("2023-07-01"), correction("masked_number", `"6222021234567891234"`), rule.AccountNumber, "/body/is"},
	{"no number is corrected to what is none", isOpen, domaintest.On("2023-07-01"), correction("masked_number", `1234`), rule.AccountNumber, "/body/is"},
	{"whose account it is is not corrected", isOpen, domaintest.On("2023-07-01"), correction("institution", `"530427.institution.01J0000000000000000000000Z"`), rule.SupervisedAccountSteps, "/body/field"},
	{"nor for which order deposit was used", isOpen, domaintest.On("2023-07-01"), correction("order", `"530427.order.01J0000000000000000000000D"`), rule.SupervisedAccountSteps, "/body/field"},
	{"no bank is corrected to what is no code", isOpen, domaintest.On("2023-07-01"), correction("bank", `"中国 银行!"`), anyFault, "/body/is"},
	{"nor to what is no text", isOpen, domaintest.On("2023-07-01"), correction("bank", `7`), anyFault, "/body/is"},
	{"no reference is corrected to a telephone", isFunded, domaintest.On("2023-07-01"), correction("bank_ref", `"13812345678"`), rule.PersonalData, "/body/is"},
	{"nor to what is no text either", isFunded, domaintest.On("2023-07-01"), correction("bank_ref", `7`), anyFault, "/body/is"},
	{"a correction needs a reason", isOpen, domaintest.On("2023-07-01"), escrow.Correct{}, anyFault, "/body/reason"},
	{"an annulment needs a reason", isOpen, domaintest.On("2023-07-01"), escrow.Annul{}, anyFault, "/body/reason"},
}

// holding is the closing of an account whose orders hold so much.
func holding(held money.Fen) escrow.CloseAccount {
	c := end
	c.Holding(held)
	return c
}

func TestActsAreRefused(t *testing.T) {
	refused := map[reflect.Type]bool{}
	for _, c := range refusals {
		t.Run(c.name, func(t *testing.T) {
			o := given(t, c.before).When(c.at, c.command)
			var pointers []string
			if c.pointer != "" {
				pointers = []string{c.pointer}
			}
			if c.by == anyFault {
				o.ThenFault(domain.Invalid, pointers...)
				return
			}
			o.ThenRefused(c.by, pointers...)
		})
		refused[reflect.TypeOf(c.command)] = true
	}
	for _, a := range escrow.Acts {
		if !refused[reflect.TypeOf(a.Command(a.New()))] {
			t.Errorf("%s: got no case that refuses it", a.Name)
		}
	}
}

func TestEveryRuleOfALineRefusesOnce(t *testing.T) {
	for _, a := range escrow.Acts {
		of := reflect.TypeOf(a.Command(a.New()))
		for _, r := range a.Rules {
			found := false
			for _, c := range refusals {
				found = found || reflect.TypeOf(c.command) == of && c.by == r
			}
			if !found {
				t.Errorf("%s: got no refusal by %s", a.Name, r.ID)
			}
		}
	}
}

func TestABreachOfAnOrderSaysWhereItGoes(t *testing.T) {
	e := given(t, isOpen).When(domaintest.On("2023-03-15"), escrow.NoteBreach{Breach: term.BreachAmount, Note: "超额"}).ThenRefused(rule.ChargingLimits)
	if e.Hint.ZH == "" || e.Hint.EN == "" {
		t.Errorf("got the hint %q, want what to do instead", e.Hint)
	}
}

// TestAccountsOnADay looks at one history from several days: what is later than a
// day has not happened on it.
func TestAccountsOnADay(t *testing.T) {
	s := given(t, after(isFrozen, was("2023-03-30", thawed), was("2023-04-10", frozen), was("2023-04-20", thawed),
		was("2023-05-01", escrow.DepositReturned{Amount: 1000_00, Reason: "终止办学", WindingUp: true}), was("2023-06-01", closed))).State()
	for on, want := range map[string]struct {
		status   term.AccountStatus
		frozen   string
		movable  bool
		required money.Fen
	}{
		"2023-02-28": {term.AccountAgreed, "", false, 0},
		"2023-03-05": {term.AccountAgreed, "", false, 0},
		"2023-03-06": {term.AccountOpen, "", true, 0},
		"2023-03-19": {term.AccountOpen, "", true, 600_00},
		"2023-03-20": {term.AccountFrozen, "2023-03-20", false, 600_00},
		"2023-03-29": {term.AccountFrozen, "2023-03-20", false, 600_00},
		"2023-03-30": {term.AccountOpen, "", true, 600_00},
		"2023-04-10": {term.AccountFrozen, "2023-04-10", false, 600_00},
		"2023-05-01": {term.AccountOpen, "", true, 0},
		"2023-06-01": {term.AccountClosed, "", false, 0},
	} {
		a := s.On(day(on))
		if got := s.Status(day(on)); got != want.status || a.Frozen.String() != want.frozen || (a.Movable("/body/account") == nil) != want.movable {
			t.Errorf("%s: got %s, frozen since %q, movable %v, want %+v", on, got, a.Frozen, a.Movable("/body/account"), want)
		}
		if a.Institution != school || a.Bank != "icbc" || a.Mode != term.BothModes || a.Stream != "" {
			t.Errorf("%s: got %+v, want what was agreed", on, a)
		}
		if got := s.RequiredOn(day(on)); got != want.required {
			t.Errorf("%s: got a minimum of %d, want %d", on, got, want.required)
		}
	}
}

// TestAccountsKnowWhatCameLater: an act of an earlier day is told of the first
// freeze after it, and of the end.
func TestAccountsKnowWhatCameLater(t *testing.T) {
	s := given(t, after(isFrozen, was("2023-03-30", thawed), was("2023-04-10", frozen), was("2023-04-20", thawed),
		was("2023-05-01", escrow.DepositReturned{Amount: 1000_00, Reason: "终止办学", WindingUp: true}), was("2023-06-01", closed))).State()
	for on, want := range map[string]struct{ frozen, closed string }{
		"2023-03-06": {"2023-03-20", "2023-06-01"},
		"2023-03-20": {"2023-04-10", "2023-06-01"},
		"2023-04-10": {"", "2023-06-01"},
		"2023-05-31": {"", "2023-06-01"},
		"2023-06-01": {"", ""},
	} {
		if a := s.On(day(on)); a.FrozenLater.String() != want.frozen || a.ClosedLater.String() != want.closed {
			t.Errorf("%s: got frozen later %q, closed later %q, want %+v", on, a.FrozenLater, a.ClosedLater, want)
		}
	}
}

func TestTheDepositIsUsedForOrders(t *testing.T) {
	first := was("2023-03-25", escrow.DepositUsed{Amount: 300_00, Order: ordered})
	before := after(isFrozen, first, was("2023-03-26", escrow.DepositUsed{Amount: 100_00, Order: ordered2}))
	s := given(t, before).When(domaintest.On("2023-03-27"), with(use, func(c *escrow.UseDeposit) { c.Amount = 200_00 })).Accepted()
	if s.UsedFor(ordered) != 500_00 || s.UsedFor(ordered2) != 100_00 || s.UsedFor("") != 0 {
		t.Errorf("got %+v, want what went to each", s.Used)
	}
	if s := given(t, before).State(); s.UsedFor(ordered) != 300_00 {
		t.Errorf("got %+v of the state before, want it as it was", s.Used)
	}
}

func TestFactsCheckThemselvesAfterACorrection(t *testing.T) {
	type checked interface{ Check() error }
	for _, c := range []struct{ good, bad checked }{
		{paid, escrow.DepositPaid{}},
		{paid, escrow.DepositPaid{Amount: rule.MaxAmount + 1}},
		{minimum, escrow.DepositAdjusted{Required: -1}},
		{escrow.DepositAdjusted{}, escrow.DepositAdjusted{Required: rule.MaxAmount + 1}},
		{escrow.DepositUsed{Amount: 1}, escrow.DepositUsed{Amount: -1}},
		{escrow.DepositReturned{Amount: 1}, escrow.DepositReturned{Amount: math.MaxInt64}},
		{breach, escrow.BreachNoted{Value: largest + 1}},
		{breach, escrow.BreachNoted{Limit: -1}},
		{escrow.AlertRaised{Value: -5}, escrow.AlertRaised{Value: largest + 1}},
		{yellow, escrow.AlertRaised{Value: -largest - 1}},
	} {
		if c.good.Check() != nil || c.bad.Check() == nil {
			t.Errorf("%T: got %v and %v, want the second refused", c.good, c.good.Check(), c.bad.Check())
		}
	}
}

func TestTheDepositIsKeptInBooks(t *testing.T) {
	for name, c := range map[string]struct {
		before    facts
		balance   money.Fen
		shortfall money.Fen
	}{
		"nothing":                 {isOpen, 0, 0},
		"a minimum alone":         {after(isOpen, was("2023-03-08", minimum)), 0, 600_00},
		"enough":                  {isFunded, 1000_00, 0},
		"used below the minimum":  {after(isFrozen, was("2023-03-25", escrow.DepositUsed{Amount: 700_00})), 300_00, 300_00},
		"a higher minimum":        {after(isFunded, was("2023-03-25", escrow.DepositAdjusted{Required: 1500_00})), 1000_00, 500_00},
		"wound up":                {after(isFunded, was("2023-03-25", escrow.DepositReturned{Amount: 1000_00, WindingUp: true})), 0, 0},
		"used, returned and paid": {after(isFunded, was("2023-03-25", escrow.DepositUsed{Amount: 100_00}), was("2023-03-26", escrow.DepositReturned{Amount: 200_00}), was("2023-03-27", paid)), 1700_00, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := given(t, c.before).State()
			if s.Balance() != c.balance || s.Shortfall() != c.shortfall || s.Sound() != nil || !s.Deposit.Balanced() {
				t.Errorf("got %d, short of %d, %v, want %d, short of %d and sound", s.Balance(), s.Shortfall(), s.Sound(), c.balance, c.shortfall)
			}
		})
	}
}

// TestAmendedHistoriesAreUnsound folds what no act leads to: facts that another
// one stood behind before it was corrected or annulled.
func TestAmendedHistoriesAreUnsound(t *testing.T) {
	used := was("2023-03-25", escrow.DepositUsed{Amount: 300_00})
	for name, before := range map[string]facts{
		"what was used was never paid":          after(isOpen, used),
		"nor then, though later":                after(isOpen, used, was("2023-03-26", paid)),
		"less was paid than returned":           after(isOpen, was("2023-03-10", escrow.DepositPaid{Amount: 100}), was("2023-03-12", escrow.DepositReturned{Amount: 101})),
		"less than nothing was paid":            after(isOpen, was("2023-03-10", escrow.DepositPaid{Amount: -5})),
		"a minimum beyond all bounds":           after(isFunded, was("2023-03-11", escrow.DepositAdjusted{Required: rule.MaxAmount + 1})),
		"more was paid than the ledger can say": after(isFunded, was("2023-03-11", escrow.DepositPaid{Amount: math.MaxInt64})),
	} {
		t.Run(name, func(t *testing.T) {
			err := given(t, before).State().Sound()
			e, ok := err.(*domain.Error)
			if !ok || e.Code != domain.Conflict || e.Rule != rule.EscrowDeposit.ID {
				t.Errorf("got %v, want a conflict by %s", err, rule.EscrowDeposit.ID)
			}
		})
	}
}

func TestClocksFollowTheAlerts(t *testing.T) {
	both := after(isAlerted, was("2023-04-04", red))
	for name, c := range map[string]struct {
		before facts
		due    map[string]calendar.Day
	}{
		"raised":             {both, map[string]calendar.Day{"1": day("2023-04-11"), "2": day("2023-04-12")}},
		"one assessed":       {after(both, was("2023-04-10", assessed)), map[string]calendar.Day{"2": day("2023-04-12")}},
		"one closed as well": {after(both, was("2023-04-10", assessed), was("2023-04-10", escrow.AlertClosed{Number: 1})), map[string]calendar.Day{"2": day("2023-04-12")}},
	} {
		t.Run(name, func(t *testing.T) {
			got := map[string]calendar.Day{}
			for _, k := range given(t, c.before).State().Clocks.Open() {
				got[k.Part] = k.Due
			}
			if !reflect.DeepEqual(got, c.due) {
				t.Errorf("got %v open, want %v", got, c.due)
			}
		})
	}
}

func TestWhoSupervisesAnswers(t *testing.T) {
	before := facts{was("2023-03-01", with(signed, func(e *escrow.AgreementSigned) { e.Supervisor = sports })), was("2023-03-06", opened)}
	s := given(t, before).When(by(office, "2023-04-03"), raise).Accepted()
	if c, ok := s.Clocks.Find(term.AlertAnswer, "1"); !ok || c.Agency != sports {
		t.Errorf("got the clock %+v, want that of %s", c, sports)
	}
}

func TestWarningsStandUntilTheAlertIsClosed(t *testing.T) {
	warned := with(assessed, func(e *escrow.AlertAssessed) { e.Publish = true })
	again := with(warned, func(e *escrow.AlertAssessed) { e.Text = "仍在退费" })
	s := given(t, after(isAlerted, was("2023-04-10", warned), was("2023-04-12", again), was("2023-05-04", escrow.AlertClosed{Number: 1}))).State()
	for on, want := range map[string]bool{"2023-04-09": false, "2023-04-10": true, "2023-05-03": true, "2023-05-04": false} {
		if got := s.Alerts[0].Warns(day(on)); got != want {
			t.Errorf("%s: got warned %v, want %v", on, got, want)
		}
	}
	if a := s.Alerts[0]; a.Text != "仍在退费" || a.Assessed != day("2023-04-12") {
		t.Errorf("got %+v, want the newer text", a)
	}
	s = given(t, after(isAlerted, was("2023-04-10", warned), was("2023-04-12", escrow.AlertAssessed{Number: 1, Text: "系误报"}))).State()
	if s.Alerts[0].Warns(day("2023-04-12")) {
		t.Errorf("got %+v, want the warning withdrawn", s.Alerts[0])
	}
}

func TestHeadsSayHowItStands(t *testing.T) {
	for name, c := range map[string]struct {
		before        facts
		number, title string
		status        term.AccountStatus
		closed        string
	}{
		"agreed":   {isSigned, "", "工商银行", term.AccountAgreed, "2023-03-01"},
		"open":     {after(isOpen, was("2023-03-07", filed)), "监备 1 号", "工商银行 尾号 1234", term.AccountOpen, "2023-03-07"},
		"frozen":   {isFrozen, "", "工商银行 尾号 1234", term.AccountFrozen, "2023-03-20"},
		"unfrozen": {after(isFrozen, was("2023-03-30", thawed)), "", "工商银行 尾号 1234", term.AccountOpen, "2023-03-30"},
		"closed":   {isClosed, "", "工商银行 尾号 1234", term.AccountClosed, "2023-06-01"},
	} {
		t.Run(name, func(t *testing.T) {
			want := work.Head{
				Number: c.number, Title: c.title, Kind: "both", Status: string(c.status), Institution: school,
				Agency: education, Agencies: []string{education}, Opened: day("2023-03-01"),
			}
			if c.closed != "" {
				want.Closed = day(c.closed)
			}
			if got := given(t, c.before).State().Head(); !reflect.DeepEqual(got, want) {
				t.Errorf("got %+v, want %+v", got, want)
			}
		})
	}
	if h := given(t, isAlerted).State().Head(); h.Closed != 0 {
		t.Errorf("got it done on %s while an alert is open", h.Closed)
	}
	supervised := given(t, facts{was("2023-03-01", with(signed, func(e *escrow.AgreementSigned) { e.Supervisor = sports }))}).State().Head()
	if want := []string{sports, education}; supervised.Agency != sports || !slices.Equal(supervised.Agencies, want) {
		t.Errorf("got %s of %v, want %v, the first foremost", supervised.Agency, supervised.Agencies, want)
	}
}

func TestFactsAreMeasured(t *testing.T) {
	for _, c := range []struct {
		event figure.Measured
		key   term.Figure
		item  string
	}{
		{opened, term.EscrowAccountsOpened, "both"},
		{breach, term.ChargeBreachesNoted, "off_account"},
		{red, term.EscrowAlertsRaised, "red"},
	} {
		want := []figure.Measure{{Key: c.key, Item: c.item, Institution: school, Count: figure.Of(1, term.Incidents)}}
		if got := c.event.Measures(); !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, want %+v", c.event.EventName(), got, want)
		}
	}
	if got := book.ChangeOf(breach); len(got.Entries) != 0 || got.Counts != (book.Counts{Breaches: 1}) {
		t.Errorf("got %+v, want the breach counted", got)
	}
	if got := signed.Concerns(); !slices.Equal(got, []string{school}) {
		t.Errorf("got %v concerned, want %s", got, school)
	}
}

func TestReferencesAreNamed(t *testing.T) {
	s, u := sign, use
	for _, c := range []struct {
		command domain.Referring
		ref     domain.Ref
		kind    string
		pointer string
	}{{&s, domain.RefTo(school), "institution", "/body/institution"}, {&u, domain.RefTo(ordered), "order", "/body/order"}, {&u, domain.RefTo(dispute), "dispute", "/body/dispute"}} {
		refs := c.command.Refs()
		i := slices.IndexFunc(refs, func(r domain.Reference) bool { return r.Pointer == c.pointer })
		if i < 0 || *refs[i].Ref != c.ref || !slices.Equal(refs[i].Kinds, []string{c.kind}) {
			t.Errorf("got %+v, want %s at %s", refs, c.ref.Stream, c.pointer)
		}
	}
}

// TestStatesAreStoredWhole: views keep states as CBOR.
func TestStatesAreStoredWhole(t *testing.T) {
	s := given(t, after(isAssessed, was("2023-04-20", frozen), was("2023-04-21", breach), was("2023-04-22", escrow.DepositUsed{Amount: 1, Order: ordered}))).State()
	stored, err := cbor.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var again escrow.State
	if err := cbor.Unmarshal(stored, &again); err != nil || !reflect.DeepEqual(again, s) {
		t.Errorf("got %+v (%v), want %+v", again, err, s)
	}
}
