package html

import (
	"slices"

	"minglu/domain/term"
)

// topic is one matter that people complain of, with what is asked about it.
type topic struct {
	code  term.GrievanceTopic
	means string // in plain words
	tell  string // what to write
	// nature is how it is mostly handled.
	nature term.Nature
	// place tells that it may have happened elsewhere than where the institution
	// is registered.
	place bool
}

// topics are in the order in which people ask for them.
var topics = []topic{
	{term.TopicRefund, "课没上完，机构不退钱、少退钱或者一直拖着", "哪天交了多少钱、报的什么课、共多少次、已经上了几次、哪天提出退费、对方怎么答复。", term.Complaint, false},
	{term.TopicClosure, "机构关门，或者联系不上负责人", "哪天发现的、门口有没有告示、还剩多少次课和多少钱、最后一次联系上是哪天。", term.Mixed, false},
	{term.TopicUnlicensed, "没有办学许可证或营业执照就招生上课", "看到什么、什么时间上课、大约多少学生、教什么。", term.Report, true},
	{term.TopicSchedule, "在不允许的时间上学科课，比如节假日、休息日、寒暑假或者太晚", "哪天几点到几点、上什么课、大约多少学生。", term.Report, true},
	{term.TopicFees, "收费太高、一次收得太多、不公示价格或者不给票据", "收了多少钱、包括什么、哪天收的、付到哪个账户、有没有票据。", term.Mixed, false},
	{term.TopicContract, "不签合同，或者合同条款不公平", "有没有合同、哪一条不公平、跟对方怎么说的。", term.Complaint, false},
	{term.TopicStaff, "老师没有资格，或者是在职的中小学老师", "哪门课的老师、怎么知道的。涉及老师的姓名写在这里，不要写在别处。", term.Report, false},
	{term.TopicContent, "教的内容超前、超标或者不合适", "什么课、用什么教材、哪些内容有问题。", term.Report, false},
	{term.TopicSafety, "消防、房屋、食品或人身安全有问题", "在几楼、看到什么隐患、什么时间。有人身危险的先拨打 110 或 119。", term.Report, true},
	{term.TopicAdvertising, "虚假宣传、夸大效果或者到处发广告", "在哪里看到、怎么写的、哪天。", term.Report, false},
	{term.TopicOther, "其他问题", "时间、经过和希望怎样解决。", term.Complaint, true},
}

// topicOf returns the topic of a code.
func topicOf(code string) (topic, bool) {
	i := slices.IndexFunc(topics, func(t topic) bool { return string(t.code) == code })
	if i < 0 {
		return topic{}, false
	}
	return topics[i], true
}

// natures are the ways in which something can be handled, in the words of who
// files it.
var natures = []struct {
	code  term.Nature
	words string
	means string
}{
	{term.Complaint, "帮我和机构解决（投诉）", "由主管部门组织调解，要留姓名和联系方式。调解需要时，对方会知道是谁投诉。"},
	{term.Report, "查处违法行为（举报）", "由主管部门核查，可以不留姓名；不会告诉对方是谁举报。留了姓名和联系方式的，会告诉您结果。"},
	{term.Mixed, "两样都要", "分成投诉和举报两部分，分别办理，一个编号都能查到。"},
	{term.Petition, "对主管部门的工作有意见或建议（信访）", "由有权处理的部门答复，要留姓名和联系方式。"},
}
