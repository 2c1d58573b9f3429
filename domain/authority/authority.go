package authority

import (
	"regexp"
	"slices"
	"strings"

	"minglu/domain"
	"minglu/domain/division"
	"minglu/domain/term"
)

// The competences that acts name.
const (
	Enter      domain.Competence = "enter"      // take an institution into the register and keep its particulars
	Approval   domain.Competence = "approval"   // licences: grant, change, end
	Revocation domain.Competence = "revocation" // revoke a licence by penalty
	Registry   domain.Competence = "registry"   // the legal person
	Supervise  domain.Competence = "supervise"  // reviews, inspections, interviews, stops
	Listing    domain.Competence = "listing"    // decide on the lists
	Propose    domain.Competence = "propose"    // prepare a decision on the lists
	Hear       domain.Competence = "hear"       // take down what a party states or asks for
	Govern     domain.Competence = "govern"     // moratoria, policy, baselines, conferences, batches
	Administer domain.Competence = "administer" // tokens
	Amend      domain.Competence = "amend"      // correct and annul what one's own agency recorded

	Receive     domain.Competence = "receive"     // take a grievance in
	Handle      domain.Competence = "handle"      // accept, refuse, transfer, mediate, close a grievance
	Arbitrate   domain.Competence = "arbitrate"   // name who handles what agencies dispute
	PlanVisits  domain.Competence = "plan_visits" // plan, launch and close inspections, hold draws, publish results
	Inspect     domain.Competence = "inspect"     // visits, findings, surveys of premises
	Rectify     domain.Competence = "rectify"     // order, extend, verify rectification
	Investigate domain.Competence = "investigate" // the steps of a penalty case but for its decision
	Penalise    domain.Competence = "penalise"    // decide a penalty case, change and revoke the decision
	LegalReview domain.Competence = "legal_review"
	Settle      domain.Competence = "settle"    // disputes of families and institutions
	Cooperate   domain.Competence = "cooperate" // joint cases: open, tie, write one's own part
	Organise    domain.Competence = "organise"  // agencies, officers, task forces, areas, trainings, notices
	Unseal      domain.Competence = "unseal"    // read a sealed value, with a reason
	Erase       domain.Competence = "erase"     // erase personal data
	Clockwork   domain.Competence = "clockwork" // what the register does by itself when a day has passed

	Custody   domain.Competence = "custody"   // supervised accounts: agreements, freezing, alerts, breaches
	Prepay    domain.Competence = "prepay"    // orders of families: payments, lessons, refunds
	Pay       domain.Competence = "pay"       // what a bank carries out on orders: releases, refunds, money moved in
	Clear     domain.Competence = "clear"     // what only the authority decides on orders: pay-outs, disputed lessons, transfers
	Statement domain.Competence = "statement" // what stands in a bank's statement
)

// Grant is one line of the table.
type Grant struct {
	Competence  domain.Competence
	Title       domain.Text
	Departments []term.Department
	Roles       []term.Role
}

var (
	officers  = []term.Role{term.Handler, term.Approver, term.Supervisor}
	deciders  = []term.Role{term.Approver, term.Supervisor}
	competent = []term.Department{term.EducationDept, term.ApprovalBureau, term.SportsDept, term.CultureTourism, term.ScienceDept, term.HumanResources}
	enforcing = []term.Department{
		term.EducationDept, term.MarketDept, term.PublicSecurity, term.Fire, term.HumanResources, term.CivilAffairsDept, term.CultureTourism, term.SportsDept,
		term.ScienceDept, term.Health, term.UrbanManagement, term.Cyberspace, term.Housing, term.ApprovalBureau, term.JointConferenceOffice,
	}
	custodians = append(slices.Clone(competent), term.JointConferenceOffice)
	punishing  = slices.DeleteFunc(slices.Clone(enforcing), func(d term.Department) bool { return d == term.JointConferenceOffice })
)

// Table is the whole of it: competence × departments × roles.
var Table = []Grant{
	{Enter, domain.Text{ZH: "登记对象及其基本情况", EN: "take into the register"}, enforcing, officers},
	{Approval, domain.Text{ZH: "许可的发放、变更与终止", EN: "licences"}, competent, deciders},
	{Revocation, domain.Text{ZH: "吊销许可", EN: "revoke a licence"}, competent, deciders},
	{Registry, domain.Text{ZH: "法人登记与注销", EN: "the legal person"},
		[]term.Department{term.MarketDept, term.CivilAffairsDept, term.ApprovalBureau, term.EducationDept}, officers},
	{Supervise, domain.Text{ZH: "监督检查、年检、约谈、关停", EN: "supervision"}, enforcing, officers},
	{Listing, domain.Text{ZH: "名单决定", EN: "decisions on the lists"},
		append(slices.Clone(competent), term.JointConferenceOffice, term.MarketDept), deciders},
	{Propose, domain.Text{ZH: "名单决定的提出与告知", EN: "proposals and notices"},
		append(slices.Clone(competent), term.JointConferenceOffice, term.MarketDept), officers},
	{Hear, domain.Text{ZH: "听取陈述、受理申请", EN: "statements and applications"},
		append(slices.Clone(competent), term.JointConferenceOffice, term.MarketDept), officers},
	{Govern, domain.Text{ZH: "辖区决定：停止审批、参数、基数、联席会议、名单公布", EN: "decisions for the division"},
		[]term.Department{term.EducationDept, term.ApprovalBureau, term.JointConferenceOffice}, deciders},
	{Administer, domain.Text{ZH: "访问令牌的签发与撤销", EN: "tokens"}, enforcing, []term.Role{term.Administrator}},
	{Receive, domain.Text{ZH: "接收投诉举报", EN: "receive grievances"}, enforcing, officers},
	{Handle, domain.Text{ZH: "办理投诉举报", EN: "handle grievances"}, enforcing, officers},
	{Arbitrate, domain.Text{ZH: "裁定承办单位", EN: "name who handles a grievance"}, []term.Department{term.JointConferenceOffice}, deciders},
	{PlanVisits, domain.Text{ZH: "检查的计划、抽取与公开", EN: "plan, draw and publish inspections"}, enforcing, deciders},
	{Inspect, domain.Text{ZH: "现场检查与摸排", EN: "visits and surveys"}, enforcing, officers},
	{Rectify, domain.Text{ZH: "责令整改与验收", EN: "rectifications"}, enforcing, officers},
	{Investigate, domain.Text{ZH: "案件调查与告知", EN: "investigation of penalty cases"}, punishing, officers},
	{LegalReview, domain.Text{ZH: "法制审核", EN: "legal review"}, punishing, deciders},
	{Penalise, domain.Text{ZH: "处罚决定", EN: "decisions of penalty cases"}, punishing, deciders},
	{Settle, domain.Text{ZH: "关停纠纷处置", EN: "disputes on closure"}, enforcing, officers},
	{Cooperate, domain.Text{ZH: "联合案件", EN: "joint cases"}, enforcing, officers},
	{Organise, domain.Text{ZH: "机关、人员、专班与宣传培训", EN: "agencies, officers, task forces, trainings, notices"}, enforcing, deciders},
	{Unseal, domain.Text{ZH: "查阅密封信息", EN: "read sealed values"}, enforcing, officers},
	{Erase, domain.Text{ZH: "删除个人信息", EN: "erase personal data"}, enforcing, deciders},
	{Custody, domain.Text{ZH: "预收费监管账户", EN: "supervised accounts"}, custodians, officers},
	{Prepay, domain.Text{ZH: "预收费订单、课时与退费", EN: "prepaid orders, lessons and refunds"}, append(slices.Clone(custodians), term.PlatformDept), officers},
	{Pay, domain.Text{ZH: "拨付、退费与转入的支付", EN: "releases, refunds and money moved in"}, append(slices.Clone(custodians), term.Bank, term.PlatformDept), officers},
	{Clear, domain.Text{ZH: "清退、划转与争议课时的审核", EN: "pay-outs, transfers and disputed lessons"}, custodians, officers},
	{Statement, domain.Text{ZH: "银行流水", EN: "bank statements"}, append(slices.Clone(custodians), term.Bank), officers},
	{Clockwork, domain.Text{ZH: "期限届满的自动记录", EN: "what follows by itself when a day has passed"}, []term.Department{term.JointConferenceOffice}, []term.Role{term.Supervisor}},
	{Amend, domain.Text{ZH: "更正与作废本部门的记录", EN: "corrections of one's own records"}, append(slices.Clone(enforcing), term.Bank, term.PlatformDept), deciders},
}

// Missing is the rule that refuses an agency without the competence.
var Missing = domain.Rule{
	ID: "authority", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "须有相应职权", EN: "Authority for the act"},
}

// Agency is an agency's code taken apart.
type Agency struct {
	Division   division.Code
	Department term.Department
	// Bank is which bank it is, where the department is Bank, as the code names it
	// ("icbc"); empty where the code names none.
	Bank string
}

// Keeps reports whether an account at a bank, by its code, is not closed to the
// agency: it is that bank, or no bank at all. One whose code names none keeps no
// account.
func (a Agency) Keeps(bank string) bool {
	return a.Department != term.Bank || a.Bank != "" && a.Bank == bank
}

var bankCode = regexp.MustCompile(`^[a-z][a-z0-9]{1,15}$`)

// BankCode reports whether s is the short code of a bank, as agencies' codes and
// accounts name it: 2 to 16 lower-case letters and digits, a letter first.
func BankCode(s string) bool { return bankCode.MatchString(s) }

// ParseAgency reads "530427-education", or "530427-bank-icbc".
func ParseAgency(s string) (Agency, error) {
	code, dept, ok := strings.Cut(s, "-")
	c, err := division.Parse(code)
	bank := ""
	if name, is := strings.CutPrefix(dept, string(term.Bank)+"-"); is && BankCode(name) {
		dept, bank = string(term.Bank), name
	}
	if !ok || err != nil || !term.Departments.Has(dept) {
		return Agency{}, domain.BadField("/actor/agency", "unknown_agency", domain.Say(
			"“%s”不是机关代码，应为“区划代码-部门”，例如 530427-education", "%q is no agency; it should be division-department, such as 530427-education", s))
	}
	return Agency{Division: c, Department: term.Department(dept), Bank: bank}, nil
}

// Check refuses an act that the agency may not do: within its division or
// below, by a department and a role that have the competence. An empty role
// stands for an import by the operator, who answers for the roles.
func Check(act domain.ActType, agency Agency, role term.Role, in division.Code) error {
	if agency.Division != in && !division.Within(in, agency.Division) {
		return denied(act, domain.Say("%s 不在该机关的辖区内", "%s is outside the agency's division", in), "/division")
	}
	g, ok := Of(act.Competence)
	switch {
	case !ok:
		return denied(act, domain.Say("没有部门有此职权", "no department has this authority"), "/act")
	case !slices.Contains(g.Departments, agency.Department):
		return denied(act, domain.Say("“%s”由以下部门办理：%s", "%[3]q belongs to: %[4]s",
			g.Title.ZH, labels(g.Departments, false), g.Title.EN, labels(g.Departments, true)), "/actor/agency")
	case role != "" && !slices.Contains(g.Roles, role):
		return denied(act, domain.Say("需要的角色：%s", "needs one of the roles: %[2]s", labels(g.Roles, false), labels(g.Roles, true)), "/actor")
	}
	return nil
}

// Of returns the line of a competence.
func Of(c domain.Competence) (Grant, bool) {
	i := slices.IndexFunc(Table, func(g Grant) bool { return g.Competence == c })
	if i < 0 {
		return Grant{}, false
	}
	return Table[i], true
}

func denied(act domain.ActType, why domain.Text, pointer string) error {
	return domain.Refuse(domain.Forbidden, Missing,
		domain.Text{ZH: "无权办理“" + act.Title.ZH + "”：" + why.ZH, EN: "no authority for " + act.Name + ": " + why.EN},
		domain.Field{Pointer: pointer, Code: "forbidden", Message: why})
}

func labels[T interface{ Label() domain.Text }](codes []T, english bool) string {
	words := make([]string, len(codes))
	for i, c := range codes {
		words[i] = c.Label().ZH
		if english {
			words[i] = c.Label().EN
		}
	}
	if english {
		return strings.Join(words, ", ")
	}
	return strings.Join(words, "、")
}
