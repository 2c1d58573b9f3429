package demo

import (
	"minglu/domain/calendar"
	"minglu/domain/term"
)

func (l *life) listWhite() {
	document := "示例白〔" + dateText(l.day)[:4] + "〕" + digits(1+l.rand.below(40), 1) + "号"
	l.act("listing.list-white", approver, "列入白名单的决定", document, `{"document_no":"`, document, `"}`)
}

// misbehave is a licensed institution that was put on watch or black-listed.
func (l *life) misbehave() {
	l.day = max(l.day, calendar.Date(2022, 7, 4))
	if _, ok := l.on(1, 900); !ok {
		return
	}
	l.interview("超范围培训")
	if l.rand.chance(60) {
		l.watch()
	}
	if l.rand.chance(50) {
		l.black("B3", term.Ordinary)
	}
}

func (l *life) watch() {
	if _, ok := l.on(3, 30); !ok {
		return
	}
	l.act("listing.put-on-watch", approver, "限期整改通知书", "", `{"reason":"限期整改","until":"`, dateText(l.day.AddMonths(3)), `"}`)
	if _, ok := l.on(20, 80); ok && l.rand.chance(80) {
		l.act("listing.take-off-watch", approver, "整改验收意见", "", `{"outcome":"verified"}`)
	}
}

// lastNotice leaves the statement window inside the years whose working days
// are known.
var lastNotice = calendar.Date(2026, 8, 1)

// black takes down the whole procedure. Thirty days are more than the window of
// five working days, whatever holidays lie in it.
func (l *life) black(ground string, tier term.Tier) {
	if l.on(5, 60); l.day > lastNotice {
		return
	}
	l.act("listing.serve-black-notice", handler, "拟列入黑名单告知书", "",
		`{"grounds":[{"code":"`, ground, `","facts":"检查发现违规开展学科类培训","law":"校外培训行政处罚暂行办法第十八条"}]}`)
	if l.rand.chance(30) {
		l.day++
		l.act("listing.record-statement", handler, "陈述申辩笔录", "", `{"text":"请求从轻"}`)
		l.on(30, 60)
	} else {
		l.day += 2
		l.act("listing.waive-statement", handler, "放弃陈述申辩声明", "", `{}`)
		l.on(1, 10)
	}
	document := "示例黑〔" + dateText(l.day)[:4] + "〕" + digits(l.serial, 1) + "号"
	l.act("listing.list-black", approver, "列入黑名单决定书", document, `{"document_no":"`, document, `","tier":"`, string(tier), `"}`)
	if tier != term.Ordinary || !l.rand.chance(50) {
		return
	}
	l.day = l.day.AddMonths(4)
	if _, ok := l.on(1, 60); !ok || l.day > lastDay {
		return
	}
	l.act("listing.apply-credit-repair", handler, "信用修复申请", "", `{"statement":"已改正并公开承诺"}`)
	if _, ok := l.on(3, 10); ok {
		l.act("listing.grant-credit-repair", approver, "准予信用修复决定书", "", `{"document_no":"示例修〔2026〕`, digits(l.serial, 1), `号"}`)
	}
}

var surnames = []string{"赵", "钱", "孙", "李", "周", "吴", "郑", "王"}

// unlicensed is a person or a place without papers: closed, some black-listed.
func (l *life) unlicensed() {
	l.day = l.rand.between(calendar.Date(2019, 3, 1), calendar.Date(2026, 3, 1))
	l.profit = true
	kind, name := "premises", l.county.name+l.word()+"托管点"
	if l.rand.chance(10) {
		kind, name = "natural_person", surnames[l.rand.below(len(surnames))]+"某某"
	}
	l.register(kind, name, `"class":"subject","audiences":["compulsory"]`)
	l.on(1, 10)
	l.interview("无证无照举办培训")
	if kind == "premises" {
		l.on(1, 10)
		l.do(l.day, "institution.stop-operation", l.ref, market, registry, "责令停止办学决定书", "",
			`{"basis":"unlicensed","reason":"无证无照举办培训"}`)
	}
	if l.day > calendar.Date(2021, 9, 1) && l.rand.chance(50) {
		l.black("B1", []term.Tier{term.Ordinary, term.Serious}[l.rand.below(2)])
	}
}
