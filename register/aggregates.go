package register

import (
	"minglu/domain"
	"minglu/domain/access"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/dispute"
	"minglu/domain/escrow"
	"minglu/domain/figure"
	"minglu/domain/grievance"
	"minglu/domain/ident"
	"minglu/domain/inspection"
	"minglu/domain/institution"
	"minglu/domain/jointcase"
	"minglu/domain/jurisdiction"
	"minglu/domain/listing"
	prepaid "minglu/domain/order"
	"minglu/domain/penalty"
	"minglu/domain/rectification"
	"minglu/domain/rule"
	"minglu/domain/statement"
	"minglu/eventstore"
)

// The aggregates of the register.
var (
	Institution = eventstore.Bind(institution.Decider, "institutions",
		domain.Text{ZH: "机构", EN: "institution"}, institution.Events, institution.Acts)
	Listing = eventstore.Bind(listing.Decider, "listings",
		domain.Text{ZH: "名单", EN: "listing"}, listing.Events, listing.Acts)
	Jurisdiction = eventstore.Bind(jurisdiction.Decider, "jurisdictions",
		domain.Text{ZH: "辖区", EN: "jurisdiction"}, jurisdiction.Events, jurisdiction.Acts)
	Grievance = eventstore.Bind(grievance.Decider, "grievances",
		domain.Text{ZH: "投诉举报", EN: "grievance"}, grievance.Events, grievance.Acts)
	Inspection = eventstore.Bind(inspection.Decider, "inspections",
		domain.Text{ZH: "检查", EN: "inspection"}, inspection.Events, inspection.Acts)
	Rectification = eventstore.Bind(rectification.Decider, "rectifications",
		domain.Text{ZH: "整改", EN: "rectification"}, rectification.Events, rectification.Acts)
	Penalty = eventstore.Bind(penalty.Decider, "penalties",
		domain.Text{ZH: "处罚案件", EN: "penalty case"}, penalty.Events, penalty.Acts)
	Dispute = eventstore.Bind(dispute.Decider, "disputes",
		domain.Text{ZH: "纠纷", EN: "dispute"}, dispute.Events, dispute.Acts)
	Case = eventstore.Bind(jointcase.Decider, "cases",
		domain.Text{ZH: "联合案件", EN: "joint case"}, jointcase.Events, jointcase.Acts)
	Escrow = eventstore.Bind(escrow.Decider, "escrows",
		domain.Text{ZH: "监管账户", EN: "supervised account"}, escrow.Events, escrow.Acts)
	Order = eventstore.Bind(prepaid.Decider, "orders",
		domain.Text{ZH: "预收费订单", EN: "prepaid order"}, prepaid.Events, prepaid.Acts)
	Statement = eventstore.Bind(statement.Decider, "statements",
		domain.Text{ZH: "银行流水", EN: "bank statement"}, statement.Events, statement.Acts)
	Access = eventstore.Bind(access.Decider, "tokens",
		domain.Text{ZH: "令牌", EN: "token"}, access.Events, access.Acts)

	// Aggregates are all of them; a new one is one line here.
	Aggregates = []*eventstore.Aggregate{
		Institution, Listing, Jurisdiction, Grievance, Inspection, Rectification, Penalty, Dispute, Case,
		Escrow, Order, Statement, Access,
	}
)

// Codec returns a codec of all events of the register.
func Codec() *eventstore.Codec {
	var tables [][]domain.EventType
	for _, a := range Aggregates {
		tables = append(tables, a.Events)
	}
	return eventstore.NewCodec(tables...)
}

// Rules are all rules that may refuse an act.
func Rules() []domain.Rule {
	out := append([]domain.Rule{}, rule.All...)
	return append(out, clock.MissedRule, clock.ExtensionRule, figure.CountRule, ident.ChecksumRule, calendar.PublishedRule, authority.Missing, access.TokenRule,
		eventstore.UniqueIdentifier, eventstore.Amending, DivisionKnown, EffectiveDay, Visible)
}

// ActOf returns the act of that full name and its aggregate.
func ActOf(name string) (*eventstore.Aggregate, domain.ActType, bool) {
	for _, a := range Aggregates {
		if t, ok := a.Act(name); ok {
			return a, t, true
		}
	}
	return nil, domain.ActType{}, false
}
