package demo

import (
	"minglu/domain/calendar"
	"minglu/domain/term"
)

// end is a subject institution that ended after the moratorium, by each of the
// ways there are.
func (l *life) end() {
	if l.rand.chance(35) {
		l.on(30, 200)
		l.review()
	}
	white := l.rand.chance(15) && l.day < calendar.Date(2021, 1, 1)
	if white {
		l.on(1, 60)
		l.act("institution.enrol-platform", handler, "平台入驻记录", "", `{"platform":"省级平台"}`)
		l.listWhite()
	}
	l.day = max(l.day, l.since)
	if l.rand.chance(40) {
		l.on(5, 90)
		l.interview("督促退费和安置学员")
	}
	if l.rand.chance(30) {
		l.on(5, 60)
		l.act("institution.announce-termination", handler, "终止办学公告", "", `{"planned_end":"`, dateText(l.day+120), `","reason":"学科类培训终止"}`)
	}
	l.on(20, 200)
	cause := l.exit()
	l.cancel(cause)
	if white {
		l.act("listing.remove-white", approver, "移出白名单的决定", "", `{"cause":"X1"}`)
	}
	if l.rand.chance(90) {
		l.on(10, 90)
		l.deregister()
	}
}

// exit records how the licence ended, where that is known, and returns the
// cause for its cancellation.
func (l *life) exit() term.CancelCause {
	ways := []struct {
		percent int
		act     string
		reason  string
		cause   term.CancelCause
	}{
		{45, "", "", term.NotPrinted},
		{35, "institution.surrender-licence", "自行终止办学", term.OwnWish},
		{8, "institution.revoke-licence", "违规开展学科类培训，依法吊销", term.CauseRevoked},
		{6, "institution.annul-licence", "以欺骗手段取得许可", term.CauseAnnulled},
		{6, "institution.withdraw-licence", "许可所依据的规定修改", term.CauseWithdrawn},
	}
	n := l.rand.below(100)
	for _, w := range ways {
		if n -= w.percent; n >= 0 {
			continue
		}
		if w.act != "" {
			l.act(w.act, approver, "决定书", "", `{"number":"`, l.licence, `","reason":"`, w.reason, `"}`)
			l.on(1, 20)
		}
		return w.cause
	}
	return term.NotPrinted
}

func (l *life) cancel(cause term.CancelCause) {
	l.act("institution.cancel-licence", approver, "注销公告", "", `{"number":"`, l.licence, `","cause":"`, string(cause), `"}`)
}

func (l *life) deregister() {
	l.do(l.day, "institution.deregister-legal-entity", l.ref, market, registry, "准予注销登记通知书", "",
		`{"procedure":"general","reason":"清算完毕"}`)
}

// turn is a subject institution that was converted and goes on.
func (l *life) turn() {
	l.day = max(l.day, l.since)
	if l.rand.chance(40) {
		l.on(5, 60)
		l.interview("督促转型")
	}
	l.on(30, 240)
	number := "示例审〔" + dateText(l.day)[:4] + "〕" + string(l.county.code) + digits(l.serial, 7) + "号"
	scope := []string{
		`"class":"non_subject","categories":["culture_arts"],"audiences":["compulsory"]`,
		`"class":"non_subject","categories":["sports"],"audiences":["compulsory","senior_high"]`,
		`"class":"non_subject","categories":["science_technology"],"audiences":["compulsory"]`,
	}[l.rand.below(3)]
	l.act("institution.approve-conversion", approver, "同意变更办学内容的批复", number,
		`{"old_licence":"`, l.licence, `","to":{`, scope, `},"new_licence":{"number":"`, number,
		`","kind":"review_opinion","valid_from":"`, dateText(l.day), `","valid_to":"`, dateText(l.day.AddMonths(120)-1), `"}}`)
	l.licence = number
	l.on(1, 40)
	l.review()
	l.template()
	l.inspectYearly(45, true)
}

// turnNonProfit is a subject institution that goes on as a private
// non-enterprise unit.
func (l *life) turnNonProfit() {
	l.day = max(l.day, l.since)
	l.on(20, 120)
	if l.profit {
		l.do(l.day, "institution.convert-to-non-profit", l.ref, civil, registry, "民办非企业单位登记证书", "",
			`{"registration":{"form":"private_non_enterprise","number":"示例民非`, string(l.county.code), digits(l.serial, 7), `"}}`)
	}
	l.on(1, 40)
	l.review()
	l.template()
	l.inspectYearly(50, false)
}
