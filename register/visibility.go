package register

import (
	"context"
	"slices"

	"minglu/domain"
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
func visibilityOf(act domain.ActType, asked domain.Visibility) (domain.Visibility, error) {
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
	case i < slices.Index(narrowing, widest):
		return refuse("too_wide", domain.Say("这一行为的记录最宽为 %s", "the facts of this act are %s at the widest", string(widest)))
	}
	return asked, nil
}

// narrowed makes an amendment no more visible than the fact it changes: it tells
// what that fact held.
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
		if rec.Meta.Seq == seq && slices.Index(narrowing, rec.Meta.Visibility) > slices.Index(narrowing, o.Meta.Visibility) {
			o.Meta.Visibility = rec.Meta.Visibility
		}
	}
	return nil
}
