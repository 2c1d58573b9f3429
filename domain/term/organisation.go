package term

import "minglu/domain"

// Proposal is a code of the list of proposal for the lists (名单建议).
type Proposal string

// The codes of Proposal.
const (
	ProposeRemoveWhite  Proposal = "remove_white"       // 移出白名单
	ProposePutOnWatch   Proposal = "put_on_watch"       // 列入整改
	ProposeTakeOffWatch Proposal = "take_off_watch"     // 结束整改
	ProposeBlackNotice  Proposal = "serve_black_notice" // 送达列入黑名单告知书
	ProposeRemoveBlack  Proposal = "remove_black"       // 移出黑名单
)

// Proposals is the list of proposal for the lists.
var Proposals = list("listing_proposal", "名单建议", "proposal for the lists",
	string(ProposeRemoveWhite), "移出白名单", "remove from the white list",
	string(ProposePutOnWatch), "列入整改", "put on watch",
	string(ProposeTakeOffWatch), "结束整改", "take off watch",
	string(ProposeBlackNotice), "送达列入黑名单告知书", "serve the notice of a black listing",
	string(ProposeRemoveBlack), "移出黑名单", "remove from the black list",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Proposal) UnmarshalText(b []byte) error { return read(c, b, Proposals) }

// Label returns the words for the code.
func (c Proposal) Label() domain.Text { return Proposals.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Proposal) List() *List { return Proposals }

// AgencyStatus is a code of the list of status of an agency (机关设置).
type AgencyStatus string

// The codes of AgencyStatus.
const (
	AgencyFull   AgencyStatus = "full"   // 专设机构
	AgencyActing AgencyStatus = "acting" // 代行职责
)

// AgencyStatuses is the list of status of an agency.
var AgencyStatuses = list("agency_status", "机关设置", "status of an agency",
	string(AgencyFull), "专设机构", "an agency of its own",
	string(AgencyActing), "代行职责", "acting in its place",
)

// UnmarshalText refuses a code that is not in the list.
func (c *AgencyStatus) UnmarshalText(b []byte) error { return read(c, b, AgencyStatuses) }

// Label returns the words for the code.
func (c AgencyStatus) Label() domain.Text { return AgencyStatuses.Label(string(c)) }

// List returns the closed list the code belongs to.
func (AgencyStatus) List() *List { return AgencyStatuses }

// TaskForceRole is a code of the list of role in a task force (专班分工).
type TaskForceRole string

// The codes of TaskForceRole.
const (
	TaskForceLead   TaskForceRole = "lead"   // 牵头
	TaskForceAssist TaskForceRole = "assist" // 配合
)

// TaskForceRoles is the list of role in a task force.
var TaskForceRoles = list("task_force_role", "专班分工", "role in a task force",
	string(TaskForceLead), "牵头", "lead",
	string(TaskForceAssist), "配合", "assist",
)

// UnmarshalText refuses a code that is not in the list.
func (c *TaskForceRole) UnmarshalText(b []byte) error { return read(c, b, TaskForceRoles) }

// Label returns the words for the code.
func (c TaskForceRole) Label() domain.Text { return TaskForceRoles.Label(string(c)) }

// List returns the closed list the code belongs to.
func (TaskForceRole) List() *List { return TaskForceRoles }

// DocumentStatus is a code of the list of status of a document (文件状态).
type DocumentStatus string

// The codes of DocumentStatus.
const (
	DocumentDraft   DocumentStatus = "draft"    // 起草中
	DocumentInForce DocumentStatus = "in_force" // 施行中
	DocumentEnded   DocumentStatus = "ended"    // 已失效
)

// DocumentStatuses is the list of status of a document.
var DocumentStatuses = list("document_status", "文件状态", "status of a document",
	string(DocumentDraft), "起草中", "draft",
	string(DocumentInForce), "施行中", "in force",
	string(DocumentEnded), "已失效", "ended",
)

// UnmarshalText refuses a code that is not in the list.
func (c *DocumentStatus) UnmarshalText(b []byte) error { return read(c, b, DocumentStatuses) }

// Label returns the words for the code.
func (c DocumentStatus) Label() domain.Text { return DocumentStatuses.Label(string(c)) }

// List returns the closed list the code belongs to.
func (DocumentStatus) List() *List { return DocumentStatuses }

// NoticeAudience is a code of the list of audience of a notice (告知对象).
type NoticeAudience string

// The codes of NoticeAudience.
const (
	NoticeToParents      NoticeAudience = "parents"      // 家长
	NoticeToInstitutions NoticeAudience = "institutions" // 培训机构
	NoticeToTeachers     NoticeAudience = "teachers"     // 教师
	NoticeToPublic       NoticeAudience = "public"       // 社会公众
)

// NoticeAudiences is the list of audience of a notice.
var NoticeAudiences = list("notice_audience", "告知对象", "audience of a notice",
	string(NoticeToParents), "家长", "parents",
	string(NoticeToInstitutions), "培训机构", "institutions",
	string(NoticeToTeachers), "教师", "teachers",
	string(NoticeToPublic), "社会公众", "the public",
)

// UnmarshalText refuses a code that is not in the list.
func (c *NoticeAudience) UnmarshalText(b []byte) error { return read(c, b, NoticeAudiences) }

// Label returns the words for the code.
func (c NoticeAudience) Label() domain.Text { return NoticeAudiences.Label(string(c)) }

// List returns the closed list the code belongs to.
func (NoticeAudience) List() *List { return NoticeAudiences }

// AuditResult is a code of the list of result of an audit (核验结果).
type AuditResult string

// The codes of AuditResult.
const (
	AuditIntact AuditResult = "intact" // 完整一致
	AuditBroken AuditResult = "broken" // 不一致
)

// AuditResults is the list of result of an audit.
var AuditResults = list("audit_result", "核验结果", "result of an audit",
	string(AuditIntact), "完整一致", "intact",
	string(AuditBroken), "不一致", "broken",
)

// UnmarshalText refuses a code that is not in the list.
func (c *AuditResult) UnmarshalText(b []byte) error { return read(c, b, AuditResults) }

// Label returns the words for the code.
func (c AuditResult) Label() domain.Text { return AuditResults.Label(string(c)) }

// List returns the closed list the code belongs to.
func (AuditResult) List() *List { return AuditResults }

// ClassificationOutcome is a code of the list of outcome of a classification review (分类复核结论).
type ClassificationOutcome string

// The codes of ClassificationOutcome.
const (
	ClassificationUpheld  ClassificationOutcome = "upheld"  // 维持原分类
	ClassificationChanged ClassificationOutcome = "changed" // 应改变分类
)

// ClassificationOutcomes is the list of outcome of a classification review.
var ClassificationOutcomes = list("classification_outcome", "分类复核结论", "outcome of a classification review",
	string(ClassificationUpheld), "维持原分类", "classification upheld",
	string(ClassificationChanged), "应改变分类", "classification to be changed",
)

// UnmarshalText refuses a code that is not in the list.
func (c *ClassificationOutcome) UnmarshalText(b []byte) error {
	return read(c, b, ClassificationOutcomes)
}

// Label returns the words for the code.
func (c ClassificationOutcome) Label() domain.Text { return ClassificationOutcomes.Label(string(c)) }

// List returns the closed list the code belongs to.
func (ClassificationOutcome) List() *List { return ClassificationOutcomes }

// LicenceRefusal is a code of the list of ground of refusing a licence (不予许可的理由).
type LicenceRefusal string

// The codes of LicenceRefusal.
const (
	RefusedByMoratorium  LicenceRefusal = "moratorium"     // 停止审批期间
	RefusedAsForbidden   LicenceRefusal = "forbidden"      // 不得开展的培训
	RefusedByStandard    LicenceRefusal = "below_standard" // 不符合设置标准
	RefusedAsIncomplete  LicenceRefusal = "incomplete"     // 材料不全且未补正
	RefusedForSafety     LicenceRefusal = "unsafe"         // 场所或消防不合格
	RefusedForFraud      LicenceRefusal = "untrue"         // 隐瞒情况或提供虚假材料
	RefusedAsIncompetent LicenceRefusal = "not_competent"  // 不属本机关职权
)

// LicenceRefusals is the list of ground of refusing a licence.
var LicenceRefusals = list("licence_refusal", "不予许可的理由", "ground of refusing a licence",
	string(RefusedByMoratorium), "停止审批期间", "approvals are stopped",
	string(RefusedAsForbidden), "不得开展的培训", "training that is forbidden",
	string(RefusedByStandard), "不符合设置标准", "below the standard",
	string(RefusedAsIncomplete), "材料不全且未补正", "incomplete and not completed",
	string(RefusedForSafety), "场所或消防不合格", "unsafe premises",
	string(RefusedForFraud), "隐瞒情况或提供虚假材料", "untrue statements",
	string(RefusedAsIncompetent), "不属本机关职权", "not for this agency",
)

// UnmarshalText refuses a code that is not in the list.
func (c *LicenceRefusal) UnmarshalText(b []byte) error { return read(c, b, LicenceRefusals) }

// Label returns the words for the code.
func (c LicenceRefusal) Label() domain.Text { return LicenceRefusals.Label(string(c)) }

// List returns the closed list the code belongs to.
func (LicenceRefusal) List() *List { return LicenceRefusals }

// ScheduleRule is a code of the list of rule on training times (培训时间要求).
type ScheduleRule string

// The codes of ScheduleRule.
const (
	NotOnWeekends       ScheduleRule = "weekend"            // 休息日不得培训
	NotOnHolidays       ScheduleRule = "holiday"            // 法定节假日不得培训
	NotInVacations      ScheduleRule = "vacation"           // 寒暑假不得培训
	NotAfterHours       ScheduleRule = "after_hours"        // 线下不晚于20:30结束
	OnlineNotAfterHours ScheduleRule = "online_after_hours" // 线上不晚于21:00结束
	OnlineLength        ScheduleRule = "online_length"      // 线上每课时不超过30分钟
	OnlineInterval      ScheduleRule = "online_interval"    // 线上课程间隔不少于10分钟
)

// ScheduleRules is the list of rule on training times.
var ScheduleRules = list("schedule_rule", "培训时间要求", "rule on training times",
	string(NotOnWeekends), "休息日不得培训", "not on rest days",
	string(NotOnHolidays), "法定节假日不得培训", "not on holidays",
	string(NotInVacations), "寒暑假不得培训", "not in vacations",
	string(NotAfterHours), "线下不晚于20:30结束", "offline not after 20:30",
	string(OnlineNotAfterHours), "线上不晚于21:00结束", "online not after 21:00",
	string(OnlineLength), "线上每课时不超过30分钟", "online lessons of 30 minutes at most",
	string(OnlineInterval), "线上课程间隔不少于10分钟", "online intervals of 10 minutes at least",
)

// UnmarshalText refuses a code that is not in the list.
func (c *ScheduleRule) UnmarshalText(b []byte) error { return read(c, b, ScheduleRules) }

// Label returns the words for the code.
func (c ScheduleRule) Label() domain.Text { return ScheduleRules.Label(string(c)) }

// List returns the closed list the code belongs to.
func (ScheduleRule) List() *List { return ScheduleRules }

// Advertisement is a code of the list of kind of advertisement (广告种类).
type Advertisement string

// The codes of Advertisement.
const (
	OutdoorAdvertisement Advertisement = "outdoor"   // 户外广告
	Signboard            Advertisement = "signboard" // 招牌
	Leaflet              Advertisement = "leaflet"   // 传单
	OnlineAdvertisement  Advertisement = "online"    // 网络广告
	OtherAdvertisement   Advertisement = "other"     // 其他广告
)

// Advertisements is the list of kind of advertisement.
var Advertisements = list("advertisement", "广告种类", "kind of advertisement",
	string(OutdoorAdvertisement), "户外广告", "outdoor advertisement",
	string(Signboard), "招牌", "signboard",
	string(Leaflet), "传单", "leaflet",
	string(OnlineAdvertisement), "网络广告", "online advertisement",
	string(OtherAdvertisement), "其他广告", "other advertisement",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Advertisement) UnmarshalText(b []byte) error { return read(c, b, Advertisements) }

// Label returns the words for the code.
func (c Advertisement) Label() domain.Text { return Advertisements.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Advertisement) List() *List { return Advertisements }

// Warning is a code of the list of kind of warning (告知书种类).
type Warning string

// The codes of Warning.
const (
	LetterToParents  Warning = "letter_to_parents" // 告家长书
	NoticeForParents Warning = "notice_to_parents" // 家长须知
)

// Warnings is the list of kind of warning.
var Warnings = list("warning", "告知书种类", "kind of warning",
	string(LetterToParents), "告家长书", "letter to parents",
	string(NoticeForParents), "家长须知", "notice to parents",
)

// UnmarshalText refuses a code that is not in the list.
func (c *Warning) UnmarshalText(b []byte) error { return read(c, b, Warnings) }

// Label returns the words for the code.
func (c Warning) Label() domain.Text { return Warnings.Label(string(c)) }

// List returns the closed list the code belongs to.
func (Warning) List() *List { return Warnings }

// CardColour is a code of the list of colour of a card (警示牌).
type CardColour string

// The codes of CardColour.
const (
	YellowCard CardColour = "yellow" // 黄牌
	RedCard    CardColour = "red"    // 红牌
)

// CardColours is the list of colour of a card.
var CardColours = list("card_colour", "警示牌", "colour of a card",
	string(YellowCard), "黄牌", "yellow card",
	string(RedCard), "红牌", "red card",
)

// UnmarshalText refuses a code that is not in the list.
func (c *CardColour) UnmarshalText(b []byte) error { return read(c, b, CardColours) }

// Label returns the words for the code.
func (c CardColour) Label() domain.Text { return CardColours.Label(string(c)) }

// List returns the closed list the code belongs to.
func (CardColour) List() *List { return CardColours }
