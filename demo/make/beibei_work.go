package main

import (
	"fmt"

	"minglu/domain/grievance"
	"minglu/domain/ident"
	"minglu/domain/jointcase"
	"minglu/domain/rectification"
	"minglu/domain/term"
)

// What 北碚 does in 2026 is invented as a whole, so that there is work of every
// kind to look at, some of it open. Nothing of it falls into the year of the
// printed figures.

// beibeiAutumn is a thematic check of 2026 whose visits are on record one by one.
// At the third institution the exit is blocked, which was reported before and
// puts it on watch.
func (c *county) beibeiAutumn(outfits []outfit) {
	k := check{
		ref: "BB-T26", number: "示例专查〔2026〕3号", kind: term.ThematicInspection, theme: "秋季消防安全与收费专项检查", from: "2026-09-15", days: 4,
		with: []term.Department{term.MarketDept, term.Fire},
	}
	c.begin(k)
	for i, o := range outfits[:4] {
		c.visit(k, later(k.from, i), c.ref(o), [][]string{c.pair(1, 31), c.pair(11, 32)}[i%2])
	}
	c.find(k, "2026-09-16", feesNotShown(2, c.agency(term.MarketDept)))
	c.correctOnSite(k, "2026-09-16", 1)
	c.find(k, "2026-09-17", blockedExit(3, c.agency(term.Fire)))
	c.publish(k.ref, "2026-09-21", "2026-10-12")
	c.beibeiWatched(c.ref(outfits[2]), k.ref)
}

// beibeiWatched is what follows for one institution: an interview, an order to
// correct that runs into 2027, and a joint case that ties it together.
func (c *county) beibeiWatched(institution, check string) {
	const order, joint, document = "BB-R1", "BB-C1", "示例碚教改〔2026〕3号"
	by := c.by(term.EducationDept, 2)
	c.interview(institution, "2026-10-22", "消防通道占用，约谈负责人", "清理消防通道", "完善安全管理制度")
	c.act("2026-10-26", "case.open", joint, by, paper("联合案件审批表", ""), jointcase.Open{
		Institution: named(institution), Title: "消防通道占用联合处置", Agencies: c.agencies(term.Fire),
	})
	c.act("2026-10-26", "case.tie", joint, by, paper("联合案件审批表", ""), jointcase.Tie{Ref: named("BB-G3"), Role: term.TieOrigin})
	c.act("2026-10-26", "case.assign-task", joint, by, paper("任务交办单", ""), jointcase.AssignTask{
		Agency: c.agency(term.Fire), Text: "核查疏散通道并指导整改", Due: on("2026-12-31"),
	})
	c.act("2026-10-30", "rectification.order", order, by, paper("限期整改通知书", document), rectification.Order{
		Institution: named(institution), Source: named(check), Due: on("2027-01-15"), Basis: "民办教育促进法 第六十二条", DocumentNo: document,
		Items: []rectification.OrderItem{{Item: string(term.ItemSafety), Text: "清理消防通道并保持畅通", Severity: term.RectifyMinor}},
	})
	c.act("2026-10-30", "case.tie", joint, by, paper("联合案件审批表", ""), jointcase.Tie{Ref: named(order), Role: term.TieResult})
}

// A filing is a grievance as it was received. All are anonymous: a journal would
// hold a name in clear.
type filing struct {
	serial      int
	day         string
	channel     term.Channel
	nature      term.Nature
	topic       term.GrievanceTopic
	institution string // ref; else a place
	place       string
	receiver    term.Department
	handler     term.Department
}

func (f filing) ref() string { return fmt.Sprintf("BB-G%d", f.serial) }

// file receives a grievance with a receipt. The query code is the serial number
// with zeros before it, as nobody would choose it but for a demonstration.
func (c *county) file(f filing) {
	number, err := ident.MakeReceiptNumber(c.division(), on(f.day), f.serial)
	if err != nil {
		panic(err)
	}
	code := ident.MakeQueryCode([10]byte{9: byte(f.serial)})
	r := grievance.Receive{
		Channel: f.channel, Nature: f.nature, Topics: []term.GrievanceTopic{f.topic}, Premises: f.place, Handler: c.agency(f.handler),
		Receipt: &grievance.Receipt{Number: number, QueryDigest: code.Digest()},
	}
	if f.institution != "" {
		r.Institution = named(f.institution)
	}
	c.act(f.day, "grievance.receive", f.ref(), c.by(f.receiver, firstNumber[f.receiver]), paper("投诉举报登记表", string(number)), r)
}

// beibeiGrievances are four of 2026: a report that proved unfounded, a complaint
// that lacked what is needed to tell anybody, a report that led to an order, and
// one that was sent on and is open.
func (c *county) beibeiGrievances(outfits []outfit) {
	handle := func(f filing, day, act string, body any) {
		c.act(day, "grievance."+act, f.ref(), c.by(f.handler, firstNumber[f.handler]), paper("投诉举报办理记录", ""), body)
	}
	unfounded := filing{serial: 1, day: "2026-03-02", channel: term.ChannelEducation, nature: term.Report, topic: term.TopicSchedule,
		institution: c.ref(outfits[1]), receiver: term.EducationDept, handler: term.EducationDept}
	c.file(unfounded)
	handle(unfounded, "2026-03-03", "accept", grievance.Accept{})
	handle(unfounded, "2026-03-10", "check-lead", grievance.CheckLead{Outcome: term.LeadUnsubstantiated})
	handle(unfounded, "2026-03-12", "decide-filing", grievance.DecideFiling{Reason: "经现场核查，所反映的时段没有开课"})
	handle(unfounded, "2026-03-13", "close", grievance.Close{Result: "反映情况不属实"})

	lacking := filing{serial: 2, day: "2026-05-18", channel: term.Channel12345, nature: term.Complaint, topic: term.TopicRefund,
		place: "朝阳街道示例路", receiver: term.EducationDept, handler: term.EducationDept}
	c.file(lacking)
	handle(lacking, "2026-05-21", "refuse", grievance.Refuse{Ground: term.RefusedMaterialMissing})

	blocked := filing{serial: 3, day: "2026-09-14", channel: term.ChannelPlatform, nature: term.Report, topic: term.TopicSafety,
		institution: c.ref(outfits[2]), receiver: term.EducationDept, handler: term.Fire}
	c.file(blocked)
	handle(blocked, "2026-09-15", "accept", grievance.Accept{})
	handle(blocked, "2026-09-17", "check-lead", grievance.CheckLead{Outcome: term.LeadSubstantiated})
	handle(blocked, "2026-09-22", "decide-filing", grievance.DecideFiling{Reason: "情节轻微，由教育部门责令限期整改"})
	handle(blocked, "2026-09-23", "close", grievance.Close{Result: "已责令整改"})

	open := filing{serial: 4, day: "2026-10-29", channel: term.ChannelUrban, nature: term.Report, topic: term.TopicAdvertising,
		place: "天生街道示例路", receiver: term.UrbanManagement, handler: term.UrbanManagement}
	c.file(open)
	handle(open, "2026-10-30", "transfer", grievance.Transfer{To: c.agency(term.MarketDept), Reason: "广告内容由市场监管部门查处"})
}
