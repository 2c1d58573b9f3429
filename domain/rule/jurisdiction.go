package rule

import "minglu/domain"

// FrozenBaseline keeps a baseline as it was frozen; a mistake is a new baseline
// with a reason.
var FrozenBaseline = domain.Rule{
	ID: "frozen-baseline", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "基数一经冻结不再改变", EN: "A frozen baseline never changes"},
}

// ConferenceSequence keeps the numbers of joint conferences in order.
var ConferenceSequence = domain.Rule{
	ID: "conference-sequence", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "联席会议序次", EN: "Sequence of joint conferences"},
}

// ListBatch keeps the numbers of published list batches in order.
var ListBatch = domain.Rule{
	ID: "list-batch", Version: 1, Mark: domain.Seen,
	Title:    domain.Text{ZH: "名单分批公布", EN: "List batches"},
	Citation: "江苏省教育厅 2024-04-30 第三批名单",
}
