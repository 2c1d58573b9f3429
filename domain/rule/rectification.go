package rule

import "minglu/domain"

// RectificationAgency leaves an order to correct to the agency that gave it.
// What the institution reports may be taken down by another one.
var RectificationAgency = domain.Rule{
	ID: "rectification-agency", Version: 1, Mark: domain.Design,
	Title:    domain.Text{ZH: "谁责令、谁验收", EN: "Who orders verifies"},
	Citation: "行政处罚法 第二十八条（责令改正的机关）",
}

// RectificationItems keeps the items of an order apart: each is named, and
// verified or failed on its own, once.
var RectificationItems = domain.Rule{
	ID: "rectification-items", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "整改事项逐项写明、逐项验收", EN: "Each item is named and judged on its own"},
}

// RectificationSteps is the order of steps: order, report, check, follow-up,
// close-out.
var RectificationSteps = domain.Rule{
	ID: "rectification-steps", Version: 1, Mark: domain.Design,
	Title:    domain.Text{ZH: "责令、报告、验收、回头看、销号依次进行", EN: "Order, report, check, follow-up, close-out"},
	Citation: "比照 教育督导条例 第十七条至第二十三条",
}

// RectificationDue is the rule of the last day of an order to correct.
var RectificationDue = domain.Rule{
	ID: "rectification-due", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "限期改正", EN: "An order to correct has a last day"},
	Citation: "行政处罚法 第二十八条",
	Quote:    "行政机关实施行政处罚时，应当责令当事人改正或者限期改正违法行为。",
}

// RectificationApproval wants an extension to be approved by another officer
// than the one who records it.
var RectificationApproval = domain.Rule{
	ID: "rectification-approval", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "整改延期由另一人批准", EN: "Another officer approves an extension"},
}
