package rule

import (
	"slices"
	"strconv"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/money"
	"minglu/domain/term"
)

// PenaltySteps keeps the steps of a case in order: alleged, filed, notified,
// heard, reviewed, decided, served, published, performed, closed.
var PenaltySteps = domain.Rule{
	ID: "penalty-steps", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "案件依程序逐步办理", EN: "The steps of a penalty case"},
	Citation: "行政处罚法 第五十四条至第六十二条",
}

// PenaltyAgency leaves a case to the agency that handles it.
var PenaltyAgency = domain.Rule{
	ID: "penalty-agency", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "案件由有管辖权的承办机关办理", EN: "The agency that handles the case acts"},
	Citation: "行政处罚法 第二十二条、第二十五条；校外培训行政处罚暂行办法 第六条",
}

// PenaltyNotice wants the prior notice: what is to be decided, facts, reasons,
// basis and rights; nothing is decided that it did not name.
var PenaltyNotice = domain.Rule{
	ID: "penalty-notice", Version: 1, Mark: domain.Law, From: "2021-07-15",
	Title:    domain.Text{ZH: "处罚前告知", EN: "Prior notice of a penalty"},
	Citation: "行政处罚法 第四十四条、第六十二条",
	Quote:    "行政机关在作出行政处罚决定之前，应当告知当事人拟作出的行政处罚内容及事实、理由、依据，并告知当事人依法享有的陈述、申辩、要求听证等权利。",
}

// PenaltyStatement wants the party heard: a statement reviewed, its window over,
// or the right clearly waived.
var PenaltyStatement = domain.Rule{
	ID: "penalty-statement", Version: 1, Mark: domain.Law, From: "2021-07-15",
	Title:    domain.Text{ZH: "充分听取陈述申辩", EN: "The party is heard"},
	Citation: "行政处罚法 第四十五条、第六十二条",
	Quote:    "行政机关必须充分听取当事人的意见，对当事人提出的事实、理由和证据，应当进行复核",
}

// NoHeavierPenalty keeps a statement from making a penalty heavier.
var NoHeavierPenalty = domain.Rule{
	ID: "no-heavier-penalty", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "不得因陈述申辩加重处罚", EN: "No heavier penalty for making a statement"},
	Citation: "行政处罚法 第四十五条",
	Quote:    "行政机关不得因当事人陈述、申辩而给予更重的处罚。",
}

// PenaltyHearing wants a hearing offered before heavy penalties, and held where
// it was asked for in time.
var PenaltyHearing = domain.Rule{
	ID: "penalty-hearing", Version: 1, Mark: domain.Law, From: "2021-07-15",
	Title:    domain.Text{ZH: "听证", EN: "Hearing"},
	Citation: "行政处罚法 第六十三条、第六十四条",
	Quote:    "当事人要求听证的，行政机关应当组织听证",
}

// PenaltyReview wants the legal review before the decision where the law does.
var PenaltyReview = domain.Rule{
	ID: "penalty-review", Version: 1, Mark: domain.Law, From: "2021-07-15",
	Title:    domain.Text{ZH: "法制审核", EN: "Legal review"},
	Citation: "行政处罚法 第五十八条",
	Quote:    "未经法制审核或者审核未通过的，不得作出决定",
}

// CollectiveDecision wants a major case discussed by the heads of the agency.
var CollectiveDecision = domain.Rule{
	ID: "collective-decision", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "重大案件集体讨论决定", EN: "Major cases are discussed together"},
	Citation: "行政处罚法 第五十七条",
	Quote:    "对情节复杂或者重大违法行为给予行政处罚，行政机关负责人应当集体讨论决定。",
}

// PenaltyTime wants the decision within the period from filing, or within a
// recorded extension of it.
var PenaltyTime = domain.Rule{
	ID: "penalty-time", Version: 1, Mark: domain.Law, From: "2021-07-15",
	Title:    domain.Text{ZH: "自立案之日起九十日内作出决定", EN: "Decided within 90 days of filing"},
	Citation: "行政处罚法 第六十条",
	Quote:    "行政机关应当自行政处罚案件立案之日起九十日内作出行政处罚决定。法律、法规、规章另有规定的，从其规定。",
}

// SeparateDecider keeps investigation, review and decision apart.
var SeparateDecider = domain.Rule{
	ID: "separate-decider", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "调查与审核、决定分离", EN: "Who investigates neither reviews nor decides"},
	Citation: "行政处罚法 第五十七条、第五十八条、第六十四条第四项",
}

// PenaltyMeasures keeps what is decided in order: kinds that exist, amounts and
// terms that belong to them, facts and document named.
var PenaltyMeasures = domain.Rule{
	ID: "penalty-measures", Version: 1, Mark: domain.Seen,
	Title:    domain.Text{ZH: "处罚种类与数额相符", EN: "Kinds and amounts of a penalty agree"},
	Citation: "行政处罚法 第九条、第五十九条；校外培训行政处罚暂行办法 第五条；民办教育促进法实施条例 第六十二条、第六十四条",
}

// SummaryPenalty bounds what may be decided on the spot.
var SummaryPenalty = domain.Rule{
	ID: "summary-penalty", Version: 1, Mark: domain.Law, From: "2021-07-15",
	Title:    domain.Text{ZH: "当场处罚的限度", EN: "What may be decided on the spot"},
	Citation: "行政处罚法 第五十一条、第五十二条",
	Quote:    "对公民处以二百元以下、对法人或者其他组织处以三千元以下罚款或者警告的行政处罚的，可以当场作出行政处罚决定。",
}

// OneFine refuses a second fine for one act.
var OneFine = domain.Rule{
	ID: "one-fine", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "一事不再罚款", EN: "One act, one fine"},
	Citation: "行政处罚法 第二十九条",
	Quote:    "对当事人的同一个违法行为，不得给予两次以上罚款的行政处罚。",
}

// PenaltyLimitation refuses to punish what was discovered too late.
var PenaltyLimitation = domain.Rule{
	ID: "penalty-limitation", Version: 1, Mark: domain.Law, From: "2021-07-15",
	Title:    domain.Text{ZH: "追究时限", EN: "Limitation"},
	Citation: "行政处罚法 第三十六条",
	Quote:    "违法行为在二年内未被发现的，不再给予行政处罚；涉及公民生命健康安全、金融安全且有危害后果的，上述期限延长至五年。",
}

// CorrectionOrder wants the order to correct with every penalty.
var CorrectionOrder = domain.Rule{
	ID: "correction-order", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "处罚时应当责令改正", EN: "A penalty comes with an order to correct"},
	Citation: "行政处罚法 第二十八条",
	Quote:    "行政机关实施行政处罚时，应当责令当事人改正或者限期改正违法行为。",
}

// AggravatedPenalty wants what is said to aggravate to be on record.
var AggravatedPenalty = domain.Rule{
	ID: "aggravated-penalty", Version: 1, Mark: domain.Seen, From: "2023-10-15",
	Title:    domain.Text{ZH: "从重情节须有记录", EN: "What aggravates is on record"},
	Citation: "校外培训行政处罚暂行办法（报道）",
}

// NoPenalty is the rule of cases that end without a penalty, or with an informal
// measure, which is no formal warning.
var NoPenalty = domain.Rule{
	ID: "no-penalty", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "不予处罚须有法定理由", EN: "No penalty needs a ground"},
	Citation: "行政处罚法 第三十条、第三十一条、第三十三条、第三十六条、第五十七条",
}

// PenaltyService wants decision and notice of credit repair served together.
var PenaltyService = domain.Rule{
	ID: "penalty-service", Version: 1, Mark: domain.Seen,
	Title:    domain.Text{ZH: "决定书与信用修复告知书一并送达", EN: "Decision and repair notice are served together"},
	Citation: "行政处罚法 第六十一条；国办发〔2025〕22号",
}

// PenaltyPublicity is the rule of what the public is shown of a decision, from
// when to when, and when it is withdrawn.
var PenaltyPublicity = domain.Rule{
	ID: "penalty-publicity", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "处罚决定的公开与撤回", EN: "Publication of a penalty and its withdrawal"},
	Citation: "行政处罚法 第四十八条；政府信息公开条例 第二十六条；国办发〔2025〕22号",
	Quote:    "公开的行政处罚决定被依法变更、撤销、确认违法或者确认无效的，行政机关应当在三日内撤回行政处罚决定信息并公开说明理由。",
}

// PenaltyPerformance keeps what was paid and carried out within what was
// decided.
var PenaltyPerformance = domain.Rule{
	ID: "penalty-performance", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "处罚的履行与结案", EN: "Performance of a penalty and end of the case"},
	Citation: "行政处罚法 第六十六条、第六十七条、第七十二条",
}

// FineSurcharge is what is added to a fine that is paid late.
var FineSurcharge = domain.Rule{
	ID: "fine-surcharge", Version: 1, Mark: domain.Law, From: "2021-07-15",
	Title:    domain.Text{ZH: "加处罚款", EN: "Surcharge on a late fine"},
	Citation: "行政处罚法 第七十二条、第七十三条",
	Quote:    "到期不缴纳罚款的，每日按罚款数额的百分之三加处罚款，加处罚款的数额不得超出罚款的数额",
}

// PenaltyRemedy keeps reconsideration and litigation as labels beside the
// decision: they suspend nothing by themselves.
var PenaltyRemedy = domain.Rule{
	ID: "penalty-remedy", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "复议、诉讼期间不停止执行", EN: "A remedy suspends nothing by itself"},
	Citation: "行政处罚法 第七十三条；行政复议法 第二十三条、第四十二条；行政诉讼法 第四十五条、第四十六条",
}

// PenaltyReversal is the rule of a decision that is changed or revoked: on
// record once, with reason, and never to the party's disadvantage.
var PenaltyReversal = domain.Rule{
	ID: "penalty-reversal", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "变更、撤销处罚决定须说明理由且不得加重", EN: "A decision is changed or revoked with reason, never made heavier"},
	Citation: "行政处罚法 第四十八条、第七十五条；行政复议法 第六十三条；行政诉讼法 第七十七条",
}

// PenaltyReferral is the rule of sending a suspected crime to the police and a
// responsible person to those who hold to account.
var PenaltyReferral = domain.Rule{
	ID: "penalty-referral", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "涉嫌犯罪移送、责任人移送问责", EN: "Referral to the police and for accountability"},
	Citation: "行政处罚法 第二十七条、第五十七条",
}

// Sanction is the content of a penalty decision, as it is proposed, decided or
// changed. What is to be refunded goes with it and is no penalty.
type Sanction struct {
	Kinds          []term.PenaltyKind `json:"kinds"`
	FineFen        money.Fen          `json:"fine_fen,omitempty"`
	ConfiscatedFen money.Fen          `json:"confiscated_fen,omitempty"`
	RefundFen      money.Fen          `json:"refund_ordered_fen,omitempty"`
	BarYears       int                `json:"bar_years,omitempty"`
	BarForLife     bool               `json:"bar_for_life,omitempty"`
}

// Has reports whether a kind is among those of the sanction.
func (s Sanction) Has(kinds ...term.PenaltyKind) bool {
	return slices.ContainsFunc(kinds, func(k term.PenaltyKind) bool { return slices.Contains(s.Kinds, k) })
}

// Equal reports whether two sanctions are the same but for the order of kinds.
func (s Sanction) Equal(t Sanction) bool {
	a, b := slices.Sorted(slices.Values(s.Kinds)), slices.Sorted(slices.Values(t.Kinds))
	return slices.Equal(a, b) && s.FineFen == t.FineFen && s.ConfiscatedFen == t.ConfiscatedFen && s.RefundFen == t.RefundFen &&
		s.BarYears == t.BarYears && s.BarForLife == t.BarForLife
}

// Check refuses a sanction without kinds, and amounts and terms that do not
// belong to its kinds. pointer is where its members stand in the act.
func (s Sanction) Check(pointer string) error {
	switch n := len(s.Kinds); {
	case n == 0:
		return measure(pointer+"/kinds", "required", domain.Say("请写明处罚种类", "name the kinds of penalty"))
	case len(slices.Compact(slices.Sorted(slices.Values(s.Kinds)))) < n:
		return measure(pointer+"/kinds", "twice", domain.Say("同一处罚种类写了两次", "a kind stands twice"))
	case s.FineFen < 0 || s.Has(term.Fine) != (s.FineFen > 0):
		return measure(pointer+"/fine_fen", "differs", domain.Say("罚款种类与罚款数额应同时写明，数额大于零", "a fine has the kind fine and an amount above zero"))
	case s.ConfiscatedFen < 0 || s.ConfiscatedFen > 0 && !s.Has(term.ConfiscateIncome, term.ConfiscateGoods),
		s.ConfiscatedFen == 0 && s.Has(term.ConfiscateIncome):
		return measure(pointer+"/confiscated_fen", "differs", domain.Say("没收种类与没收数额不符", "the amount does not agree with the confiscation"))
	case s.RefundFen < 0:
		return measure(pointer+"/refund_ordered_fen", "negative", domain.Say("责令退费数额不能为负", "a refund is not negative"))
	case s.BarForLife && s.BarYears != 0, s.Has(term.PracticeBar) != (s.BarForLife || s.BarYears != 0):
		return measure(pointer+"/bar_years", "differs", domain.Say("限制从业须写明年数或者终身，二者择一", "a practice bar has a number of years or is for life"))
	case s.BarYears != 0 && (s.BarYears < 1 || s.BarYears > 5):
		return measure(pointer+"/bar_years", "out_of_range", domain.Say("限制从业为一年至五年或者终身", "a practice bar is one to five years or for life"))
	}
	return nil
}

func measure(pointer, code string, t domain.Text) error {
	return domain.Refuse(domain.Invalid, PenaltyMeasures, t, domain.Field{Pointer: pointer, Code: code, Message: t})
}

// Within refuses a sanction that goes beyond a bound: a kind that it does not
// name, other than a warning or criticism in place of something heavier, or more
// than its amounts and terms. by is the rule that sets the bound, pointer where
// the members stand in the act.
func (s Sanction) Within(bound Sanction, by domain.Rule, pointer string) error {
	beyond := func(member string, t domain.Text) error {
		return domain.Refuse(domain.Conflict, by, t, domain.Field{Pointer: pointer + "/" + member, Code: "heavier", Message: t})
	}
	for i, k := range s.Kinds {
		if !bound.Has(k) && !(lightest(k) && bound.heavy()) {
			l := k.Label()
			return beyond("kinds/"+strconv.Itoa(i), domain.Say("“%s”不在原定的处罚种类之内", "the bound does not name %[2]q", l.ZH, l.EN))
		}
	}
	switch {
	case s.FineFen > bound.FineFen:
		return beyond("fine_fen", domain.Say("罚款不得超过 %s 元", "the fine is %s yuan at most", bound.FineFen.Yuan()))
	case s.ConfiscatedFen > bound.ConfiscatedFen:
		return beyond("confiscated_fen", domain.Say("没收数额不得超过 %s 元", "the confiscation is %s yuan at most", bound.ConfiscatedFen.Yuan()))
	case s.BarForLife && !bound.BarForLife, !bound.BarForLife && s.BarYears > bound.BarYears:
		return beyond("bar_years", domain.Say("限制从业的期限长于原定期限", "the practice bar is longer than the bound"))
	}
	return nil
}

func lightest(k term.PenaltyKind) bool { return k == term.WarningPenalty || k == term.Criticism }

// heavy reports whether a kind is heavier than a warning or criticism.
func (s Sanction) heavy() bool {
	return slices.ContainsFunc(s.Kinds, func(k term.PenaltyKind) bool { return !lightest(k) })
}

// Tier returns the tier of publication by the heaviest kind. An order to stop
// enrolment, and what other laws provide, count as ordinary.
func (s Sanction) Tier() term.Tier {
	switch {
	case s.Has(term.RevokeLicencePenalty, term.StopOperation, term.PracticeBar):
		return term.Serious
	case s.heavy():
		return term.Ordinary
	}
	return term.Minor
}

// openTier reports whether the tier is not settled by the heaviest kind.
func (s Sanction) openTier() bool {
	return s.Tier() != term.Serious && s.Has(term.StopEnrolment, term.OtherPenalty)
}

// HearingDue reports whether a hearing must be offered before the sanction.
func (l Law) HearingDue(s Sanction) bool {
	large := money.Fen(l.Policy.Int("penalty.large_fine_fen"))
	return s.Has(term.RevokeLicencePenalty, term.StopOperation, term.PracticeBar) || s.FineFen >= large && s.FineFen > 0 ||
		s.ConfiscatedFen >= large && s.ConfiscatedFen > 0
}

// HearingOn refuses a hearing on a day that is less than seven working days
// after the notification.
func (l Law) HearingOn(notified, on calendar.Day) error {
	first, err := l.Calendar.AddWorkingDays(notified, 7)
	if err != nil {
		return err
	}
	if on >= first {
		return nil
	}
	t := domain.Say("应在举行听证的七个工作日前通知，最早 %s 举行", "the party is told seven working days before; the hearing is on %s at the earliest", first)
	return domain.Refuse(domain.Conflict, PenaltyHearing, t, domain.Field{Pointer: "/body/on", Code: "too_early", Message: t})
}

// SummaryLimit returns the largest fine that may be decided on the spot.
func SummaryLimit(party term.PartyType) money.Fen {
	if party == term.OrganisationParty {
		return 300_000
	}
	return 20_000
}

// OnTheSpot refuses a sanction that may not be decided on the spot.
func (s Sanction) OnTheSpot(party term.PartyType) error {
	refuse := func(pointer, code string, t domain.Text) error {
		return domain.Refuse(domain.Conflict, SummaryPenalty, t, domain.Field{Pointer: pointer, Code: code, Message: t})
	}
	for i, k := range s.Kinds {
		if k != term.WarningPenalty && k != term.Fine {
			return refuse("/body/kinds/"+strconv.Itoa(i), "not_summary", domain.Say("当场只能处以警告或者罚款", "only a warning or a fine is decided on the spot"))
		}
	}
	if limit := SummaryLimit(party); s.FineFen > limit {
		if party == "" {
			return refuse("/body/fine_fen", "too_much", domain.Say(
				"当事人类型未登记，当场罚款不得超过 %s 元", "the type of the party is not on record: the fine on the spot is %s yuan at most", limit.Yuan()))
		}
		return refuse("/body/fine_fen", "too_much", domain.Say("当场罚款不得超过 %s 元", "the fine on the spot is %s yuan at most", limit.Yuan()))
	}
	return nil
}

// WithinLimitation refuses to punish an act that ended on a day and was
// discovered on another more than two years later; five, where it touched life,
// health or financial safety and did harm.
func WithinLimitation(ended, discovered calendar.Day, harm bool) error {
	years := 2
	if harm {
		years = 5
	}
	last := ended.AddMonths(12 * years)
	if discovered <= last {
		return nil
	}
	return domain.Refuse(domain.Conflict, PenaltyLimitation, domain.Say(
		"行为于 %s 终了，%d 年内（至 %s）未被发现，不再给予处罚", "the act ended on %s and was not discovered within %d years, by %s", ended, years, last))
}

// RepeatOf returns the earlier decision of which an act that ended on a day is a
// repeat: the last one before it, within the years that the policy names.
func (l Law) RepeatOf(earlier []calendar.Day, ended calendar.Day) (calendar.Day, bool) {
	months := 12 * l.Policy.Int("penalty.repeat_years")
	var found calendar.Day
	for _, d := range earlier {
		if d < ended && ended <= d.AddMonths(months) {
			found = max(found, d)
		}
	}
	return found, found != 0
}

// Surcharge returns what is added to a fine that is so many days late: three per
// cent of it a day, rounded down to the fen, and never more than the fine.
func Surcharge(fine money.Fen, daysLate int) money.Fen {
	switch {
	case fine <= 0 || daysLate <= 0:
		return 0
	case daysLate > 33:
		return fine
	}
	percent := money.Fen(3 * daysLate)
	return fine/100*percent + fine%100*percent/100
}

// DaysLate returns by how many days a payment due by a day is late on another.
// Days on which a remedy was under way are not counted, from that of the filing
// to the one before the outcome.
func DaysLate(due, on calendar.Day, remedies []calendar.Interval) int {
	n := 0
	for d := due + 1; d <= on; d++ {
		if !slices.ContainsFunc(remedies, func(i calendar.Interval) bool { return i.Suspended <= d && (i.Resumed == 0 || d < i.Resumed) }) {
			n++
		}
	}
	return n
}

// PublishPenalty checks the publication of a decision served on a day, and fills
// what is left open: the tier of its heaviest kind and the ends of the tier.
func (l Law) PublishPenalty(s Sanction, tier term.Tier, served calendar.Day, p Publication) (term.Tier, Publication, error) {
	refuse := func(member, code string, t domain.Text) error {
		return domain.Refuse(domain.Conflict, PenaltyPublicity, t, domain.Field{Pointer: "/body/" + member, Code: code, Message: t})
	}
	if tier == "" {
		tier = s.Tier()
	}
	if own := s.Tier(); tier != own && !s.openTier() {
		return tier, p, refuse("tier", "differs", domain.Say("该处罚属于“%s”等级", "the tier of this penalty is %[2]q", own.Label().ZH, own.Label().EN))
	}
	if p.From < served {
		return tier, p, refuse("from", "before_service", domain.Say("送达（%s）之前不得公示", "not published before the service of %s", served))
	}
	shortest, longest := l.Policy.Months("list.tier." + string(tier))
	first, last := p.From.AddMonths(shortest), p.From.AddMonths(longest)
	if p.MinUntil == 0 && shortest > 0 {
		p.MinUntil = first
	}
	if p.MaxUntil == 0 {
		p.MaxUntil = last
	}
	switch {
	case p.MinUntil != 0 && p.MinUntil < first:
		return tier, p, refuse("min_until", "too_short", domain.Say("最短公示到 %s", "published until %s at least", first))
	case p.MaxUntil > last:
		return tier, p, refuse("max_until", "too_long", domain.Say("最长公示到 %s", "published until %s at most", last))
	case p.MaxUntil < p.From || p.MaxUntil < p.MinUntil:
		return tier, p, refuse("max_until", "before_min", domain.Say("公示结束早于最短公示期", "the publication ends before the shortest"))
	}
	return tier, p, nil
}

// LawsuitAfterReconsideration returns the clock of a lawsuit after the decision
// of a reconsideration was received: fifteen days.
func (l Law) LawsuitAfterReconsideration(from calendar.Day, agency string) (clock.Start, error) {
	s := clock.Start{Key: term.LitigationRequest, From: from, Period: calendar.Period{N: 15, Unit: calendar.Days, Roll: true}, Agency: agency}
	due, err := s.Period.Due(l.Calendar, from)
	s.Due, s.Awaits, err = l.orAwaits(due, from, err)
	return s, err
}
