package reaction

import (
	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/ident"
	"minglu/domain/institution"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// toInstitutions are the exits from the white list that the institution's own
// facts bring about.
var toInstitutions = []Reaction{
	licenceEnds("期满未延续", "expired", func(e institution.LicenceExpired) ident.LicenceNumber { return e.Number }),
	licenceEnds("已吊销", "revoked", func(e institution.LicenceRevoked) ident.LicenceNumber { return e.Number }),
	licenceEnds("已撤销", "annulled", func(e institution.LicenceAnnulled) ident.LicenceNumber { return e.Number }),
	licenceEnds("已撤回", "withdrawn", func(e institution.LicenceWithdrawn) ident.LicenceNumber { return e.Number }),
	licenceEnds("已缴回", "surrendered", func(e institution.LicenceSurrendered) ident.LicenceNumber { return e.Number }),
	licenceEnds("已注销", "cancelled", func(e institution.LicenceCancelled) ident.LicenceNumber { return e.Number }),
	on("法人登记注销：建议移出白名单", "legal entity deregistered: proposal to remove from white",
		func(f Fact, _ institution.LegalEntityDeregistered, _ rule.Law, today calendar.Day) []Act {
			return f.propose(f.Stream, today, proposal{term.ProposeRemoveWhite, string(term.X1), "法人登记已注销"})
		}),
	on("获准转型：建议移出白名单", "conversion approved: proposal to remove from white",
		func(f Fact, _ institution.ConversionApproved, _ rule.Law, today calendar.Day) []Act {
			return f.propose(f.Stream, today, proposal{term.ProposeRemoveWhite, string(term.X4), "已批准变更办学内容，作出新的名单决定前移出"})
		}),
	on("公告终止办学：建议列入整改", "termination announced: proposal to put on watch",
		func(f Fact, _ institution.TerminationAnnounced, _ rule.Law, today calendar.Day) []Act {
			return f.propose(f.Stream, today, proposal{term.ProposePutOnWatch, string(term.X6), "已公告终止办学"})
		}),
	on("年检未合格：建议列入整改", "annual inspection not passed: proposal to put on watch",
		func(f Fact, e institution.AnnualInspectionConcluded, _ rule.Law, today calendar.Day) []Act {
			if e.Result == term.Pass {
				return nil
			}
			return f.propose(f.Stream, today, proposal{term.ProposePutOnWatch, string(term.X3), "年度检查" + e.Result.Label().ZH})
		}),
}

// licenceEnds is the line of an event by which a licence ends (X1).
func licenceEnds[E domain.Event](zh, en string, number func(E) ident.LicenceNumber) Reaction {
	return on("许可"+zh+"：建议移出白名单", "licence "+en+": proposal to remove from white",
		func(f Fact, e E, _ rule.Law, today calendar.Day) []Act {
			return f.propose(f.Stream, today, proposal{term.ProposeRemoveWhite, string(term.X1), "许可 " + string(number(e)) + " " + zh})
		})
}
