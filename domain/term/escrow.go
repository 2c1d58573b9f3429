package term

import "minglu/domain"

// EscrowMode is a code of the list of mode of supervision (监管方式).
type EscrowMode string

// The codes of EscrowMode.
const (
	BankCustody EscrowMode = "bank_custody" // 银行托管
	RiskDeposit EscrowMode = "risk_deposit" // 风险保证金
	BothModes   EscrowMode = "both"         // 银行托管和风险保证金并行
)

// EscrowModes is the list of mode of supervision.
var EscrowModes = list("escrow_mode", "监管方式", "mode of supervision",
	string(BankCustody), "银行托管", "bank custody",
	string(RiskDeposit), "风险保证金", "risk deposit",
	string(BothModes), "银行托管和风险保证金并行", "custody and deposit in parallel",
)

// UnmarshalText refuses a code that is not in the list.
func (c *EscrowMode) UnmarshalText(b []byte) error { return read(c, b, EscrowModes) }

// Label returns the words for the code.
func (c EscrowMode) Label() domain.Text { return EscrowModes.Label(string(c)) }

// List returns the closed list the code belongs to.
func (EscrowMode) List() *List { return EscrowModes }

// AccountStatus is a code of the list of status of a supervised account (监管账户状态).
type AccountStatus string

// The codes of AccountStatus.
const (
	AccountAgreed AccountStatus = "agreed" // 已签协议
	AccountOpen   AccountStatus = "open"   // 正常
	AccountFrozen AccountStatus = "frozen" // 已冻结
	AccountClosed AccountStatus = "closed" // 已销户
)

// AccountStatuses is the list of status of a supervised account.
var AccountStatuses = list("escrow_status", "监管账户状态", "status of a supervised account",
	string(AccountAgreed), "已签协议", "agreement signed",
	string(AccountOpen), "正常", "open",
	string(AccountFrozen), "已冻结", "frozen",
	string(AccountClosed), "已销户", "closed",
)

// UnmarshalText refuses a code that is not in the list.
func (c *AccountStatus) UnmarshalText(b []byte) error { return read(c, b, AccountStatuses) }

// Label returns the words for the code.
func (c AccountStatus) Label() domain.Text { return AccountStatuses.Label(string(c)) }

// List returns the closed list the code belongs to.
func (AccountStatus) List() *List { return AccountStatuses }

// ReleasePolicy is a code of the list of schedule of release (拨付方式).
type ReleasePolicy string

// The codes of ReleasePolicy.
const (
	ReleasePerLesson  ReleasePolicy = "per_lesson"    // 一课一消，确认即拨付
	ReleaseMonthly    ReleasePolicy = "monthly"       // 按月拨付上月已确认课时
	ReleaseTiers      ReleasePolicy = "monthly_tiers" // 按月三、三、四成拨付
	ReleaseAfterOrder ReleasePolicy = "after_order"   // 整单确认完毕后拨付
	ReleaseOnRequest  ReleasePolicy = "on_request"    // 确认后由机构申请拨付
)

// ReleasePolicies is the list of schedule of release.
var ReleasePolicies = list("release_policy", "拨付方式", "schedule of release",
	string(ReleasePerLesson), "一课一消，确认即拨付", "with each confirmed lesson",
	string(ReleaseMonthly), "按月拨付上月已确认课时", "monthly, for lessons confirmed before the month",
	string(ReleaseTiers), "按月三、三、四成拨付", "by months: 30, 30 and 40 per cent",
	string(ReleaseAfterOrder), "整单确认完毕后拨付", "once the whole order is confirmed",
	string(ReleaseOnRequest), "确认后由机构申请拨付", "after confirmation, at the institution's request",
)

// UnmarshalText refuses a code that is not in the list.
func (c *ReleasePolicy) UnmarshalText(b []byte) error { return read(c, b, ReleasePolicies) }

// Label returns the words for the code.
func (c ReleasePolicy) Label() domain.Text { return ReleasePolicies.Label(string(c)) }

// List returns the closed list the code belongs to.
func (ReleasePolicy) List() *List { return ReleasePolicies }

// OrderStatus is a code of the list of status of an order (订单状态).
type OrderStatus string

// The codes of OrderStatus.
const (
	OrderRunning   OrderStatus = "running"   // 履行中
	OrderRefunding OrderStatus = "refunding" // 退费办理中
	OrderEnded     OrderStatus = "ended"     // 已结清
)

// OrderStatuses is the list of status of an order.
var OrderStatuses = list("order_status", "订单状态", "status of an order",
	string(OrderRunning), "履行中", "running",
	string(OrderRefunding), "退费办理中", "refund under way",
	string(OrderEnded), "已结清", "settled",
)

// UnmarshalText refuses a code that is not in the list.
func (c *OrderStatus) UnmarshalText(b []byte) error { return read(c, b, OrderStatuses) }

// Label returns the words for the code.
func (c OrderStatus) Label() domain.Text { return OrderStatuses.Label(string(c)) }

// List returns the closed list the code belongs to.
func (OrderStatus) List() *List { return OrderStatuses }

// ChargeBreach is a code of the list of breach of the charging rules (收费违规).
type ChargeBreach string

// The codes of ChargeBreach.
const (
	BreachMonths         ChargeBreach = "months"          // 一次收费超过规定时长
	BreachHours          ChargeBreach = "hours"           // 一次收费超过规定课时
	BreachAmount         ChargeBreach = "amount"          // 一次收费超过规定金额
	BreachEarly          ChargeBreach = "early"           // 提前收费
	BreachOffAccount     ChargeBreach = "off_account"     // 账外收费
	BreachLoan           ChargeBreach = "loan"            // 诱导培训贷
	BreachUnpublishedFee ChargeBreach = "unpublished_fee" // 收取公示以外的费用
)

// ChargeBreaches is the list of breach of the charging rules.
var ChargeBreaches = list("charge_breach", "收费违规", "breach of the charging rules",
	string(BreachMonths), "一次收费超过规定时长", "more than the months allowed at once",
	string(BreachHours), "一次收费超过规定课时", "more than the class-hours allowed at once",
	string(BreachAmount), "一次收费超过规定金额", "more than the amount allowed at once",
	string(BreachEarly), "提前收费", "collected too early",
	string(BreachOffAccount), "账外收费", "collected outside the supervised account",
	string(BreachLoan), "诱导培训贷", "training loan",
	string(BreachUnpublishedFee), "收取公示以外的费用", "a fee that was not publicised",
)

// UnmarshalText refuses a code that is not in the list.
func (c *ChargeBreach) UnmarshalText(b []byte) error { return read(c, b, ChargeBreaches) }

// Label returns the words for the code.
func (c ChargeBreach) Label() domain.Text { return ChargeBreaches.Label(string(c)) }

// List returns the closed list the code belongs to.
func (ChargeBreach) List() *List { return ChargeBreaches }

// ConfirmedBy is a code of the list of how a lesson was confirmed (确认方式).
type ConfirmedBy string

// The codes of ConfirmedBy.
const (
	ByParent  ConfirmedBy = "parent" // 家长确认
	ByDeeming ConfirmedBy = "deemed" // 逾期视为确认
)

// ConfirmedBys is the list of how a lesson was confirmed.
var ConfirmedBys = list("confirmed_by", "确认方式", "how a lesson was confirmed",
	string(ByParent), "家长确认", "by the parent",
	string(ByDeeming), "逾期视为确认", "deemed after the period",
)

// UnmarshalText refuses a code that is not in the list.
func (c *ConfirmedBy) UnmarshalText(b []byte) error { return read(c, b, ConfirmedBys) }

// Label returns the words for the code.
func (c ConfirmedBy) Label() domain.Text { return ConfirmedBys.Label(string(c)) }

// List returns the closed list the code belongs to.
func (ConfirmedBy) List() *List { return ConfirmedBys }

// AgreedBy is a code of the list of how a refund was agreed (同意方式).
type AgreedBy string

// The codes of AgreedBy.
const (
	ByInstitution AgreedBy = "institution" // 机构同意
	BySilence     AgreedBy = "deemed"      // 逾期视为同意
	ByCoolingOff  AgreedBy = "cooling_off" // 冷静期内无理由退费
	ByAuthority   AgreedBy = "authority"   // 主管部门审核
)

// AgreedBys is the list of how a refund was agreed.
var AgreedBys = list("agreed_by", "同意方式", "how a refund was agreed",
	string(ByInstitution), "机构同意", "by the institution",
	string(BySilence), "逾期视为同意", "deemed after the period",
	string(ByCoolingOff), "冷静期内无理由退费", "within the cooling-off period",
	string(ByAuthority), "主管部门审核", "after review by the authority",
)

// UnmarshalText refuses a code that is not in the list.
func (c *AgreedBy) UnmarshalText(b []byte) error { return read(c, b, AgreedBys) }

// Label returns the words for the code.
func (c AgreedBy) Label() domain.Text { return AgreedBys.Label(string(c)) }

// List returns the closed list the code belongs to.
func (AgreedBy) List() *List { return AgreedBys }

// RefundCause is a code of the list of cause of a refund (退费原因).
type RefundCause string

// The codes of RefundCause.
const (
	CauseOperator RefundCause = "operator" // 机构原因
	CauseConsumer RefundCause = "consumer" // 家长原因
)

// RefundCauses is the list of cause of a refund.
var RefundCauses = list("refund_cause", "退费原因", "cause of a refund",
	string(CauseOperator), "机构原因", "on the institution's side",
	string(CauseConsumer), "家长原因", "on the family's side",
)

// UnmarshalText refuses a code that is not in the list.
func (c *RefundCause) UnmarshalText(b []byte) error { return read(c, b, RefundCauses) }

// Label returns the words for the code.
func (c RefundCause) Label() domain.Text { return RefundCauses.Label(string(c)) }

// List returns the closed list the code belongs to.
func (RefundCause) List() *List { return RefundCauses }

// RefundRoute is a code of the list of route of a refund (退费路径).
type RefundRoute string

// The codes of RefundRoute.
const (
	OriginalRoute RefundRoute = "original" // 原路退回
	OtherRoute    RefundRoute = "other"    // 其他路径
)

// RefundRoutes is the list of route of a refund.
var RefundRoutes = list("refund_route", "退费路径", "route of a refund",
	string(OriginalRoute), "原路退回", "by the original route",
	string(OtherRoute), "其他路径", "by another route",
)

// UnmarshalText refuses a code that is not in the list.
func (c *RefundRoute) UnmarshalText(b []byte) error { return read(c, b, RefundRoutes) }

// Label returns the words for the code.
func (c RefundRoute) Label() domain.Text { return RefundRoutes.Label(string(c)) }

// List returns the closed list the code belongs to.
func (RefundRoute) List() *List { return RefundRoutes }

// AlertLevel is a code of the list of level of an alert (预警级别).
type AlertLevel string

// The codes of AlertLevel.
const (
	Yellow AlertLevel = "yellow" // 黄色
	Red    AlertLevel = "red"    // 红色
)

// AlertLevels is the list of level of an alert.
var AlertLevels = list("alert_level", "预警级别", "level of an alert",
	string(Yellow), "黄色", "yellow",
	string(Red), "红色", "red",
)

// UnmarshalText refuses a code that is not in the list.
func (c *AlertLevel) UnmarshalText(b []byte) error { return read(c, b, AlertLevels) }

// Label returns the words for the code.
func (c AlertLevel) Label() domain.Text { return AlertLevels.Label(string(c)) }

// List returns the closed list the code belongs to.
func (AlertLevel) List() *List { return AlertLevels }

// AlertMetric is a code of the list of metric of an alert (预警指标).
type AlertMetric string

// The codes of AlertMetric.
const (
	MetricBalance  AlertMetric = "balance"   // 余额不足
	MetricDayFlow  AlertMetric = "day_flow"  // 单日资金异动
	MetricWeekFlow AlertMetric = "week_flow" // 七日资金异动
	MetricRefunds  AlertMetric = "refunds"   // 退费激增
	MetricStale    AlertMetric = "stale"     // 久未消课
	MetricSilence  AlertMetric = "silence"   // 家长确认率低
	MetricDeposit  AlertMetric = "deposit"   // 保证金不足
)

// AlertMetrics is the list of metric of an alert.
var AlertMetrics = list("alert_metric", "预警指标", "metric of an alert",
	string(MetricBalance), "余额不足", "balance below what is held for orders or the preset",
	string(MetricDayFlow), "单日资金异动", "outflow of a day",
	string(MetricWeekFlow), "七日资金异动", "outflow of seven days",
	string(MetricRefunds), "退费激增", "surge of refund requests",
	string(MetricStale), "久未消课", "no lesson for long",
	string(MetricSilence), "家长确认率低", "few lessons confirmed by parents",
	string(MetricDeposit), "保证金不足", "deposit below its minimum",
)

// UnmarshalText refuses a code that is not in the list.
func (c *AlertMetric) UnmarshalText(b []byte) error { return read(c, b, AlertMetrics) }

// Label returns the words for the code.
func (c AlertMetric) Label() domain.Text { return AlertMetrics.Label(string(c)) }

// List returns the closed list the code belongs to.
func (AlertMetric) List() *List { return AlertMetrics }

// SizeClass is a code of the list of size class (规模).
type SizeClass string

// The codes of SizeClass.
const (
	SizeSmall  SizeClass = "small"  // 小型
	SizeMedium SizeClass = "medium" // 中型
	SizeLarge  SizeClass = "large"  // 大型
)

// SizeClasses is the list of size class.
var SizeClasses = list("size_class", "规模", "size class",
	string(SizeSmall), "小型", "small",
	string(SizeMedium), "中型", "medium",
	string(SizeLarge), "大型", "large",
)

// UnmarshalText refuses a code that is not in the list.
func (c *SizeClass) UnmarshalText(b []byte) error { return read(c, b, SizeClasses) }

// Label returns the words for the code.
func (c SizeClass) Label() domain.Text { return SizeClasses.Label(string(c)) }

// List returns the closed list the code belongs to.
func (SizeClass) List() *List { return SizeClasses }

// Movement is a code of the list of kind of a bank movement (流水类别).
type Movement string

// The codes of Movement.
const (
	MovementOrder    Movement = "order"    // 收到预收费
	MovementRelease  Movement = "release"  // 拨付
	MovementRefund   Movement = "refund"   // 退费
	MovementPayout   Movement = "payout"   // 关停清退
	MovementTransfer Movement = "transfer" // 划转
	MovementDeposit  Movement = "deposit"  // 保证金
	MovementInterest Movement = "interest" // 利息
	MovementFee      Movement = "fee"      // 手续费
	MovementOther    Movement = "other"    // 其他
)

// Movements is the list of kind of a bank movement.
var Movements = list("bank_movement", "流水类别", "kind of a bank movement",
	string(MovementOrder), "收到预收费", "order paid in",
	string(MovementRelease), "拨付", "released to the institution",
	string(MovementRefund), "退费", "refunded",
	string(MovementPayout), "关停清退", "paid out on closure",
	string(MovementTransfer), "划转", "transferred",
	string(MovementDeposit), "保证金", "risk deposit",
	string(MovementInterest), "利息", "interest",
	string(MovementFee), "手续费", "bank fee",
	string(MovementOther), "其他", "other",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Movement) UnmarshalText(b []byte) error { return read(c, b, Movements) }

// Label returns the words for the code.
func (c Movement) Label() domain.Text { return Movements.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Movement) List() *List { return Movements }

// LedgerAccount is a code of the list of account of the ledger (总账科目).
type LedgerAccount string

// The codes of LedgerAccount.
const (
	LedgerPaid            LedgerAccount = "paid"             // 家庭缴纳
	LedgerHeld            LedgerAccount = "held"             // 专户留存
	LedgerOutside         LedgerAccount = "outside"          // 机构持有（未在专户）
	LedgerReleased        LedgerAccount = "released"         // 已拨付
	LedgerRefunded        LedgerAccount = "refunded"         // 已退费
	LedgerPaidOut         LedgerAccount = "paid_out"         // 关停清退
	LedgerTransferred     LedgerAccount = "transferred"      // 划转
	LedgerDeposit         LedgerAccount = "deposit"          // 保证金余额
	LedgerDepositSource   LedgerAccount = "deposit_source"   // 保证金缴存
	LedgerDepositUsed     LedgerAccount = "deposit_used"     // 保证金用于清退
	LedgerDepositReturned LedgerAccount = "deposit_returned" // 保证金退还机构
)

// LedgerAccounts is the list of account of the ledger.
var LedgerAccounts = list("ledger_account", "总账科目", "account of the ledger",
	string(LedgerPaid), "家庭缴纳", "paid by families",
	string(LedgerHeld), "专户留存", "held in the supervised account",
	string(LedgerOutside), "机构持有（未在专户）", "with the institution, outside the account",
	string(LedgerReleased), "已拨付", "released to the institution",
	string(LedgerRefunded), "已退费", "refunded to families",
	string(LedgerPaidOut), "关停清退", "paid out on closure",
	string(LedgerTransferred), "划转", "transferred between institutions",
	string(LedgerDeposit), "保证金余额", "risk deposit",
	string(LedgerDepositSource), "保证金缴存", "risk deposit paid in",
	string(LedgerDepositUsed), "保证金用于清退", "risk deposit used for families",
	string(LedgerDepositReturned), "保证金退还机构", "risk deposit returned",
)

// UnmarshalText refuses a code that is not in the list.
func (c *LedgerAccount) UnmarshalText(b []byte) error { return read(c, b, LedgerAccounts) }

// Label returns the words for the code.
func (c LedgerAccount) Label() domain.Text { return LedgerAccounts.Label(string(c)) }

// List returns the closed list the code belongs to.
func (LedgerAccount) List() *List { return LedgerAccounts }
