package register

import (
	"context"
	"slices"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/division"
	"minglu/domain/term"
	"minglu/eventstore"
)

// Visible is the rule that a writer may narrow who reads a fact, never widen it.
var Visible = domain.Rule{
	ID: "visibility", Version: 1, Mark: domain.Law,
	Title:    domain.Text{ZH: "公开范围只能缩小，不能放宽", EN: "Visibility is narrowed, never widened"},
	Citation: "政府信息公开条例 第十五条、第十六条；市场监督管理投诉举报处理暂行办法 第三十三条",
}

// narrowing are the visibilities from the widest.
var narrowing = []domain.Visibility{domain.Public, domain.Joint, domain.AgencyOnly, domain.SealedOnly}

// visibilityOf is who may read the facts of an act: as the act's line says, or
// fewer where the writer says so.
func visibilityOf(agg *eventstore.Aggregate, act domain.ActType, asked domain.Visibility) (domain.Visibility, error) {
	widest := act.Visibility
	if widest == "" {
		widest = domain.Public
	}
	if asked == "" {
		return widest, nil
	}
	refuse := func(code string, t domain.Text) (domain.Visibility, error) {
		return "", domain.Refuse(domain.Invalid, Visible, t, domain.Field{Pointer: "/visibility", Code: code, Message: t})
	}
	switch i := slices.Index(narrowing, asked); {
	case i < 0:
		return refuse("unknown_code", domain.Say("公开范围应为 public、joint、agency 或 sealed", "should be public, joint, agency or sealed"))
	case i > slices.Index(narrowing, widest) && booked(agg, act):
		return refuse("too_narrow", domain.Say("账户、订单和流水的记录不能对其他单位或家庭隐去", "what happens on accounts, orders and statements is not hidden from others or from the family"))
	case i < slices.Index(narrowing, widest):
		return refuse("too_wide", domain.Say("这一行为的记录最宽为 %s", "the facts of this act are %s at the widest", string(widest)))
	}
	return asked, nil
}

// booked reports whether the facts of an act are what books and families' traces
// are made of, which would be wrong if some were hidden. What the authority notes
// for itself is not.
func booked(agg *eventstore.Aggregate, act domain.ActType) bool {
	switch act.Competence {
	case authority.Prepay, authority.Pay, authority.Clear, authority.Statement:
		return true
	case authority.Amend:
		return agg == Order || agg == Statement
	}
	return false
}

// ownFacts is the rule that an agency amends what it recorded itself; the same
// department of a division above, which supervises it, may too, and the
// joint-conference office amends what the register recorded by itself. What a bank
// or the platform recorded is amended by the education authority as well, which
// supervises prepayment.
func ownFacts(rec eventstore.Record, who domain.Actor) error {
	recorded, _ := authority.ParseAgency(rec.Meta.Actor.Agency)
	acting, err := authority.ParseAgency(who.Agency)
	if err != nil {
		return err
	}
	outside := recorded.Department == term.Bank || recorded.Department == term.PlatformDept
	if outside && acting.Department == term.EducationDept && (acting.Division == recorded.Division || division.Within(recorded.Division, acting.Division)) {
		return nil
	}
	if acting == recorded || acting.Department == recorded.Department && acting.Bank == recorded.Bank && division.Within(recorded.Division, acting.Division) {
		return nil
	}
	return domain.Refuse(domain.Forbidden, eventstore.Amending, domain.Say(
		"这条事实由 %s 记录，由其或者其上级更正、作废", "the fact was recorded by %s; that agency, or the one above it, amends it", rec.Meta.Actor.Agency),
		domain.Field{Pointer: "/actor/agency", Code: "other_agency", Message: domain.Say("应为 %s", "should be %s", rec.Meta.Actor.Agency)})
}

// narrowed refuses an amendment of what another agency recorded, and makes it no
// more visible than the fact it changes: it tells what that fact held.
func (r *Register) narrowed(ctx context.Context, o *order) error {
	a, ok := o.input.(interface {
		Amends() (uint64, *domain.Change)
	})
	if !ok {
		return nil
	}
	recs, err := r.Log.Records(ctx, o.Stream)
	if err != nil {
		return err
	}
	seq, _ := a.Amends()
	for _, rec := range recs {
		if rec.Meta.Seq != seq {
			continue
		}
		if slices.Index(narrowing, rec.Meta.Visibility) > slices.Index(narrowing, o.Meta.Visibility) {
			o.Meta.Visibility = rec.Meta.Visibility
		}
		if err := ownFacts(rec, o.Meta.Actor); err != nil {
			return err
		}
		return r.mayAmend(ctx, rec, a)
	}
	return nil
}
