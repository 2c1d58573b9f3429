package main

import (
	"fmt"

	"minglu/domain/ident"
	"minglu/domain/institution"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// An outfit is one institution of the demonstration as it began.
type outfit struct {
	serial   int
	name     string
	place    string
	began    string // the day of registration and licence
	scope    rule.Scope
	until    string // last day of the licence
	civil    bool   // a private non-enterprise unit, else a company
	licences term.LicenceKind
}

// licence is the licence number of an outfit.
func (c *county) licence(o outfit) ident.LicenceNumber {
	if o.licences == term.SchoolLicence {
		return ident.LicenceNumber(fmt.Sprintf("教民1%s7%07d号", c.code, o.serial))
	}
	return ident.LicenceNumber(fmt.Sprintf("示例培许〔%s〕%03d号", o.began[:4], o.serial))
}

func (c *county) ref(o outfit) string { return fmt.Sprintf("%s-%03d", c.officer, o.serial) }

// found registers an outfit, licenses it, and records its legal registration.
func (c *county) found(o outfit) {
	ref, number := c.ref(o), c.licence(o)
	education, licence := c.by(term.EducationDept, 1), paper("办学许可证", string(number))
	prefix, reg := "91", institution.RecordLegalRegistration{Authority: term.MarketRegulation, Form: term.Company, ForProfit: true}
	registry := c.by(term.MarketDept, 11)
	if o.civil {
		prefix, reg = "52", institution.RecordLegalRegistration{Authority: term.CivilAffairs, Form: term.PrivateNonEnterprise}
		registry = c.by(term.CivilAffairsDept, 21)
	}
	code := ident.SyntheticUSCC(prefix, c.division(), o.serial)
	reg.Number = string(code)
	c.act(o.began, "institution.register", ref, education, licence, institution.Register{
		Names: []string{o.name}, Kind: term.Institution, Mode: term.Offline, Address: o.place, USCC: code,
		Class: o.scope.Class, Categories: o.scope.Categories, Audiences: o.scope.Audiences,
	})
	c.act(o.began, "institution.grant-licence", ref, education, licence, institution.GrantLicence{
		Number: number, Kind: o.licences, Class: o.scope.Class, Categories: o.scope.Categories, Audiences: o.scope.Audiences,
		ValidFrom: on(o.began), ValidTo: on(o.until),
	})
	c.act(later(o.began, 19), "institution.record-legal-registration", ref, registry, paper("登记证照", string(code)), reg)
}

// enter registers an outfit that has its legal registration and no licence.
func (c *county) enter(o outfit, source string) {
	ref, code := c.ref(o), ident.SyntheticUSCC("91", c.division(), o.serial)
	c.act(o.began, "institution.register", ref, c.by(term.EducationDept, 1), paper(source, ""), institution.Register{
		Names: []string{o.name}, Kind: term.Institution, Mode: term.Offline, Address: o.place, USCC: code,
		Class: o.scope.Class, Categories: o.scope.Categories, Audiences: o.scope.Audiences,
	})
	c.act(o.began, "institution.record-legal-registration", ref, c.by(term.MarketDept, 11), paper("登记证照", string(code)),
		institution.RecordLegalRegistration{Authority: term.MarketRegulation, Form: term.Company, Number: string(code), ForProfit: true})
}

// close cancels the licence and ends the legal person three weeks later.
func (c *county) close(o outfit, day string) {
	c.act(day, "institution.cancel-licence", c.ref(o), c.by(term.EducationDept, 2), paper("注销办学许可证的公告", ""),
		institution.CancelLicence{Number: c.licence(o), Cause: term.NotPrinted})
	c.act(later(day, 21), "institution.deregister-legal-entity", c.ref(o), c.by(term.MarketDept, 11), paper("准予注销登记通知书", ""),
		institution.DeregisterLegalEntity{Procedure: term.General, Reason: "清算完毕，申请注销登记"})
}

// convert closes the licence and opens one of another kind.
func (c *county) convert(o outfit, day string, to rule.Scope, number, until string) {
	c.act(day, "institution.approve-conversion", c.ref(o), c.by(term.EducationDept, 2), paper("同意变更办学内容的批复", number),
		institution.ApproveConversion{OldLicence: c.licence(o), To: to, NewLicence: institution.NewLicence{
			Number: ident.LicenceNumber(number), Kind: term.ReviewOpinion, ValidFrom: on(day), ValidTo: on(until),
		}})
}

// supervise brings an outfit up to what the white list asks for.
func (c *county) supervise(o outfit, template, platform, review string) {
	by := c.by(term.EducationDept, 1)
	c.act(template, "institution.adopt-contract-template", c.ref(o), by, paper("校外培训服务合同备案", ""),
		institution.AdoptContractTemplate{Version: "2021年修订版"})
	c.act(platform, "institution.enrol-platform", c.ref(o), by, paper("平台入驻记录", ""),
		institution.EnrolPlatform{Platform: "全国校外教育培训监管与服务综合平台"})
	c.act(review, "institution.record-compliance-review", c.ref(o), by, paper("合规审核记录", ""),
		institution.RecordComplianceReview{Result: term.Passed, Criteria: []string{"办学资质", "场所安全", "从业人员", "收费管理", "培训内容"}})
}

func (c *county) inspect(o outfit, year int, day string, result term.InspectionResult) {
	c.act(day, "institution.conclude-annual-inspection", c.ref(o), c.by(term.EducationDept, 1), paper(fmt.Sprintf("%d年度检查结果公告", year), ""),
		institution.ConcludeAnnualInspection{Year: year, Result: result, PublishedOn: on(day)})
}

func (c *county) interview(ref, day, reason string, commitments ...string) {
	c.act(day, "institution.hold-interview", ref, c.by(term.EducationDept, 2), paper("约谈记录", ""),
		institution.HoldInterview{Reason: reason, Commitments: commitments})
}
