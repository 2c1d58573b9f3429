package rule

import "minglu/domain"

// ListingProposal keeps a proposal about the lists from being the decision: it
// is put once for what holds on the day, and an officer decides or dismisses it
// with a reason.
var ListingProposal = domain.Rule{
	ID: "listing-proposal", Version: 1, Mark: domain.Design,
	Title:    domain.Text{ZH: "建议不是决定，须由人员决定或不予采纳", EN: "A proposal is no decision; an officer decides or dismisses it"},
	Citation: "云南省校外培训黑白名单管理办法（试行）（县级决定、动态管理）",
}
