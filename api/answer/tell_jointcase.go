package answer

import (
	"fmt"
	"slices"
	"strings"

	"minglu/domain"
	"minglu/domain/jointcase"
	"minglu/eventstore"
)

func tellJointCase(add func(string, line)) {
	add(tell(func(e jointcase.Opened) domain.Text {
		others := slices.DeleteFunc(slices.Clone(e.Agencies), func(a string) bool { return a == e.Lead })
		lead, all := AgencyName(e.Lead), agencyNames(others)
		return stop(domain.Text{
			ZH: fmt.Sprintf("建立联合案件“%s”，牵头：%s，参加：%s", e.Title, lead.ZH, all.ZH),
			EN: fmt.Sprintf("Joint case %q opened, lead: %s, agencies: %s", e.Title, lead.EN, all.EN),
		})
	}))
	add(tell(func(e jointcase.Joined) domain.Text {
		a := AgencyName(e.Agency)
		return stop(domain.Text{ZH: a.ZH + "加入联合案件", EN: "Joined the case: " + a.EN})
	}))
	add(tell(func(e jointcase.Left) domain.Text {
		a := AgencyName(e.Agency)
		return because(domain.Text{ZH: a.ZH + "退出联合案件", EN: "Left the case: " + a.EN}, e.Reason)
	}))
	add(tell(func(e jointcase.Tied) domain.Text {
		r := e.Role.Label()
		k := kindWord(e.Ref)
		return stop(domain.Text{ZH: "关联" + k.ZH + "（" + r.ZH + "）", EN: "Tied a " + k.EN + " (" + r.EN + ")"})
	}))
	add(tell(func(e jointcase.Untied) domain.Text {
		k := kindWord(e.Ref)
		return because(domain.Text{ZH: "解除与" + k.ZH + "的关联", EN: "Untied a " + k.EN}, e.Reason)
	}))
	add(tell(func(e jointcase.PartRecorded) domain.Text {
		a := AgencyName(e.Agency)
		return stop(domain.Text{ZH: a.ZH + "填写了本部门意见", EN: "Own part recorded: " + a.EN})
	}))
	add(tell(func(e jointcase.PartShared) domain.Text {
		a := AgencyName(e.Agency)
		parts := append([]string{e.Text}, e.Items...)
		return stop(domain.Text{ZH: a.ZH + "共享意见：" + strings.Join(parts, "；"), EN: "Part shared by " + a.EN + ": " + strings.Join(parts, "; ")})
	}))
	tellJointCaseTasks(add)
	add(tell(func(e jointcase.Concluded) domain.Text {
		return stop(domain.Say("联合案件办结：%s", "Joint case concluded: %s", e.Result))
	}))
	add(tell(func(e jointcase.Reopened) domain.Text {
		return because(domain.Text{ZH: "联合案件重新开启", EN: "Joint case reopened"}, e.Reason)
	}))
	add(tell(func(e jointcase.Corrected) domain.Text { return corrected(e.Correction) }))
	add(tell(func(e jointcase.Annulled) domain.Text { return annulled(e.Annulment) }))
}

func tellJointCaseTasks(add func(string, line)) {
	add(tell(func(e jointcase.TaskAssigned) domain.Text {
		a := AgencyName(e.Agency)
		return stop(domain.Text{
			ZH: fmt.Sprintf("交办任务 %d 给%s，期限至 %s：%s", e.Task, a.ZH, written(e.Due), e.Text),
			EN: fmt.Sprintf("Task %d given to %s, due %s: %s", e.Task, a.EN, e.Due, e.Text),
		})
	}))
	add(tell(func(e jointcase.TaskCompleted) domain.Text {
		return stop(domain.Say("任务 %d 完成：%s", "Task %d completed: %s", e.Task, e.Result))
	}))
	add(tell(func(e jointcase.DeadlineMissed) domain.Text { return overdue(e.Missing) }))
}

// kindWord is what a stream is, in words; which one, the fact itself says.
func kindWord(stream string) domain.Text {
	if k, ok := WorkKindOf((eventstore.Record{Stream: stream}).Aggregate()); ok {
		return k.Title
	}
	return domain.Text{ZH: "事项", EN: "matter"}
}
