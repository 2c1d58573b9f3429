package reaction

import (
	"minglu/domain/calendar"
	"minglu/domain/ident"
	"minglu/domain/institution"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// toInstitutions are the exits from the white list that the institution's own
// facts bring about.
var toInstitutions = []Reaction{
	on("许可期满：建议移出白名单", "licence expired: proposal to remove from white",
		func(f Fact, e institution.LicenceExpired, _ rule.Law, today calendar.Day) []Act {
			return f.licenceEnded(e.Number, "期满未延续", today)
		}),
	on("许可吊销：建议移出白名单", "licence revoked: proposal to remove from white",
		func(f Fact, e institution.LicenceRevoked, _ rule.Law, today calendar.Day) []Act {
			return f.licenceEnded(e.Number, "已吊销", today)
		}),
	on("许可撤销：建议移出白名单", "licence annulled: proposal to remove from white",
		func(f Fact, e institution.LicenceAnnulled, _ rule.Law, today calendar.Day) []Act {
			return f.licenceEnded(e.Number, "已撤销", today)
		}),
	on("许可撤回：建议移出白名单", "licence withdrawn: proposal to remove from white",
		func(f Fact, e institution.LicenceWithdrawn, _ rule.Law, today calendar.Day) []Act {
			return f.licenceEnded(e.Number, "已撤回", today)
		}),
	on("许可缴回：建议移出白名单", "licence surrendered: proposal to remove from white",
		func(f Fact, e institution.LicenceSurrendered, _ rule.Law, today calendar.Day) []Act {
			return f.licenceEnded(e.Number, "已缴回", today)
		}),
	on("许可注销：建议移出白名单", "licence cancelled: proposal to remove from white",
		func(f Fact, e institution.LicenceCancelled, _ rule.Law, today calendar.Day) []Act {
			return f.licenceEnded(e.Number, "已注销", today)
		}),
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

func (f Fact) licenceEnded(number ident.LicenceNumber, how string, today calendar.Day) []Act {
	return f.propose(f.Stream, today, proposal{term.ProposeRemoveWhite, string(term.X1), "许可 " + string(number) + " " + how})
}
