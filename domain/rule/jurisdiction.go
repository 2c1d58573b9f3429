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

// Resolution follows what a joint conference resolved: each resolution has an
// agency and a last day, and stays open until it is carried out.
var Resolution = domain.Rule{
	ID: "conference-resolution", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "联席会议议定事项须有责任机关和期限", EN: "A resolution has an agency and a last day"},
	Citation: "民办教育促进法实施条例 第四十七条",
}

// RegisteredDocument keeps a document's status in order: drafted, in force,
// ended, and never back.
var RegisteredDocument = domain.Rule{
	ID: "registered-document", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "文件由起草到施行到失效，不倒退", EN: "A document goes from draft to in force to ended"},
}

// PrintedFigure keeps a printed figure verbatim beside its reading, effective on
// the last day of its period, and counts no period twice.
var PrintedFigure = domain.Rule{
	ID: "printed-figure", Version: 1, Mark: domain.Design,
	Title:    domain.Text{ZH: "公布数照录原文，同一时期只计一次", EN: "A printed figure is kept verbatim and counted once"},
	Citation: "统计法 第三条（真实、准确）",
}
