package rule

import "minglu/domain"

// DisputeLead leaves routing, distribution and the end of a dispute, and who its
// claimants are, to the agency that opened it. Claims, meetings and visits are
// taken down by whoever takes part.
var DisputeLead = domain.Rule{
	ID: "dispute-lead", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "纠纷由牵头机关分流、分配、办结，并查阅债权人信息", EN: "The lead agency routes, distributes, resolves, and reads who claims"},
}

// DisputeSteps is the order of steps of a dispute: opened, routed, resolved by
// a way it was routed to.
var DisputeSteps = domain.Rule{
	ID: "dispute-steps", Version: 1, Mark: domain.Design,
	Title:    domain.Text{ZH: "登记、分流、化解依次进行", EN: "Opened, routed, resolved"},
	Citation: "比照 消费者权益保护法 第三十九条",
}

// ClosureRanking is the order in which money is shared out when an institution
// ends: rank by rank, in proportion within a rank, exact to the fen. What is
// supervised for an order belongs to its family first and is not shared.
var ClosureRanking = domain.Rule{
	ID: "closure-ranking", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "财产按顺序清偿，同一顺序按比例", EN: "Paid rank by rank, in proportion within a rank"},
	Citation: "民办教育促进法 第五十九条；企业破产法 第一百一十三条、第一百三十五条（参照适用）",
	Quote:    "对民办学校的财产按照下列顺序清偿：（一）应退受教育者学费、杂费和其他费用；（二）应发教职工的工资及应缴纳的社会保险费用；（三）偿还其他债务。",
}
