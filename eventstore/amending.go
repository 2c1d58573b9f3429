package eventstore

import (
	"context"
	"encoding/json"
	"reflect"
	"slices"

	"minglu/domain"
)

// Amending is the rule of corrections and annulments.
var Amending = domain.Rule{
	ID:       "amendment",
	Title:    domain.Text{ZH: "更正与作废", EN: "Corrections and annulments"},
	Citation: "政府信息公开条例 第四十一条；市场监督管理行政处罚信息公示规定 第十二条",
	Mark:     domain.Law,
	Version:  1,
}

// amended returns the state of the stream of o with the amendment e in force,
// or refuses an amendment that cannot be, or after which the state would not be
// sound.
func (l *Log) amended(ctx context.Context, o Order, e domain.Event) (any, error) {
	recs, err := l.Records(ctx, o.Stream)
	if err != nil {
		return nil, err
	}
	am := e.(domain.Amendment)
	if err := l.Codec.checkAmendment(recs, am); err != nil {
		return nil, err
	}
	s, err := o.Aggregate.Fold(l.Codec, append(recs[:len(recs):len(recs)], asRecord(o, recs, e)))
	if err != nil {
		return nil, badValue(err)
	}
	if v, ok := s.(interface{ Sound() error }); ok {
		return s, v.Sound()
	}
	return s, nil
}

func asRecord(o Order, recs []Record, e domain.Event) Record {
	m := o.Meta
	m.Seq = ^uint64(0)
	return Record{Stream: o.Stream, Meta: m, Event: e, Type: e.EventName()}
}

// checkAmendment refuses an amendment of a fact that is not there, was already
// annulled, or does not hold what it is said to hold.
func (c *Codec) checkAmendment(recs []Record, am domain.Amendment) error {
	seq, change := am.Amends()
	target, ok := find(recs, seq)
	if !ok {
		return domain.Refuse(domain.Conflict, Amending,
			domain.Say("序号 %d 不是这条记录的事实", "position %d is no fact of this record", seq),
			domain.Field{Pointer: "/body/target_seq", Code: "unknown", Message: domain.Say("没有这条事实", "no such fact")})
	}
	changes, _ := amendments(recs)
	for _, ch := range changes[seq] {
		if ch == nil {
			return domain.Refuse(domain.Conflict, Amending,
				domain.Say("序号 %d 的事实已经作废", "the fact at position %d is already annulled", seq))
		}
	}
	if change == nil {
		return nil
	}
	if _, ok := target.Event.(domain.Amendment); ok {
		return domain.Refuse(domain.Conflict, Amending,
			domain.Say("更正本身不能再更正，请先作废它", "a correction is not corrected; annul it"))
	}
	now, err := c.Corrected(target, changes[seq])
	if err != nil {
		return err
	}
	is, _ := now.MemberOf(change.Field)
	if len(is) == 0 {
		is = json.RawMessage("null")
	}
	was := change.Was
	if len(was) == 0 {
		was = domain.RawJSON("null")
	}
	if !SameJSON(is, was) {
		return notAsNamed(now, change.Field, is)
	}
	after, err := c.Corrected(now, []*domain.Change{change})
	if err != nil {
		return badValue(err)
	}
	if !slices.Equal(seals(now.Event), seals(after.Event)) {
		return domain.Refuse(domain.Conflict, Amending,
			domain.Say("密封的个人信息不能更正，请作废后重新登记", "a sealed value is not corrected; annul the fact and record it anew"),
			domain.Field{Pointer: "/body/field", Code: "sealed", Message: domain.Say("不可更正", "not corrected")})
	}
	if v, ok := after.Event.(interface{ Check() error }); ok {
		return v.Check()
	}
	return nil
}

// notAsNamed refuses a correction whose writer does not know the present value.
// It is told of public facts alone: else it would show what others may not read.
func notAsNamed(r Record, field string, is json.RawMessage) error {
	hint := domain.Say("请先查阅现在的值", "look at the present value first")
	if r.Meta.Visibility == domain.Public && len(seals(r.Event)) == 0 {
		hint = domain.Say("现为 %s", "it is %s", string(is))
	}
	return domain.Refuse(domain.Conflict, Amending,
		domain.Say("“%s”现在的值不是所写的原值", "member %s does not hold the value named", field),
		domain.Field{Pointer: "/body/was", Code: "differs", Message: hint})
}

// seals returns all sealed values of an event, in order. They are told by their
// type: what a correction writes need not look like one.
func seals(e domain.Event) (out []domain.Sealed) {
	var walk func(v reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Pointer, reflect.Interface:
			if !v.IsNil() {
				walk(v.Elem())
			}
		case reflect.Slice, reflect.Array:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Struct:
			if s, ok := reflect.TypeAssert[domain.Sealed](v); ok {
				out = append(out, s)
				return
			}
			for i := range v.NumField() {
				if v.Type().Field(i).IsExported() {
					walk(v.Field(i))
				}
			}
		}
	}
	walk(reflect.ValueOf(e))
	return out
}

// beforeAndAfter returns the claims of the target of am as it stands, and as
// it will stand. Annulling a correction takes its effect back.
func (c *Codec) beforeAndAfter(recs []Record, am domain.Amendment) (before, after []domain.Claim, err error) {
	was, err := c.Amend(recs)
	if err != nil {
		return nil, nil, err
	}
	with := append(recs[:len(recs):len(recs)], Record{Meta: domain.Meta{Seq: ^uint64(0)}, Event: am})
	will, err := c.Amend(with)
	if err != nil {
		return nil, nil, err
	}
	return allClaims(was), allClaims(will), nil
}

// allClaims nets out the claims of a history: what it holds at its end.
func allClaims(recs []Record) []domain.Claim {
	var held []domain.Claim
	for _, r := range recs {
		for _, c := range claimed(r.Event) {
			want := domain.Claim{Kind: c.Kind, Value: c.Value}
			i := slices.Index(held, want)
			switch {
			case c.Release && i >= 0:
				held = append(held[:i], held[i+1:]...)
			case !c.Release && i < 0:
				held = append(held, want)
			}
		}
	}
	return held
}

func find(recs []Record, seq uint64) (Record, bool) {
	for _, r := range recs {
		if r.Meta.Seq == seq {
			return r, true
		}
	}
	return Record{}, false
}

func badValue(err error) error {
	return domain.Refuse(domain.Invalid, Amending,
		domain.Say("更正后的值不能成立", "the corrected value cannot be"),
		domain.Field{Pointer: "/body/is", Code: "invalid", Message: domain.Text{ZH: "值的形式不对：" + err.Error(), EN: err.Error()}})
}
