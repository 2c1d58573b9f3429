package register

import (
	"context"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/ident"
	"minglu/domain/rule"
	"minglu/eventstore"
)

// target returns the stream that an act is about, the division it belongs to,
// and the reference under which it is known or will be.
func (r *Register) target(ctx context.Context, agg *eventstore.Aggregate, act domain.ActType, a Act, commandID [16]byte, m domain.Meta, k known) (stream string, code division.Code, ref string, err error) {
	t := Target{}
	if a.Target != nil {
		t = *a.Target
	}
	if a.Division == "" && t.ID != "" && agg != Jurisdiction {
		return r.byID(k, agg, t.ID)
	}
	if a.Division == "" {
		return "", "", "", domain.BadField("/division", "required", domain.Say("请写明区划代码", "give the division"))
	}
	if code, err = divisionOn(a.Division, calendar.DayOf(m.Effective)); err != nil {
		return "", "", "", err
	}
	switch {
	case agg == Jurisdiction:
		return JurisdictionStream(code), code, "", nil
	case act.Creates && t.ID != "":
		return "", "", "", domain.BadField("/target/id", "not_taken", domain.Say("新对象的编号由登记给出，请用 ref", "the register gives the id of a new thing; use ref"))
	case act.Creates:
		if err := checkRef(t.Ref); err != nil {
			return "", "", "", err
		}
		return eventstore.StreamName(string(code), agg.Name, ident.NewID(agg.Name, commandID)), code, t.Ref, nil
	case t.ID != "":
		return r.inDivision(ctx, k, agg, code, t.ID)
	case t.Ref != "":
		stream, err = byRef(ctx, k, agg, code, t.Ref)
		return stream, code, t.Ref, err
	}
	return "", "", "", domain.BadField("/target", "required", domain.Say("请用 id 或 ref 写明对象", "name the target by id or ref"))
}

// refLength is the longest reference, in bytes.
const refLength = 128

func checkRef(ref string) error {
	if len(ref) > refLength {
		return domain.BadField("/target/ref", "too_long", domain.Say("ref 最长 %d 字节", "a ref has %d bytes at most", refLength))
	}
	return nil
}

func unknownTarget(pointer, what string) error {
	return domain.Refuse(domain.NotFound, rule.Registered, domain.Say("名录中没有“%s”", "the register has no %q", what),
		domain.Field{Pointer: pointer, Code: "unknown", Message: domain.Say("没有找到", "not found")})
}

// home is the aggregate under whose id another one is addressed: a listing has
// the id of the institution or person it is about, and a bank statement is found
// by its supervised account and day.
func home(agg *eventstore.Aggregate) *eventstore.Aggregate {
	switch agg {
	case Listing:
		return Institution
	case Statement:
		return Escrow
	}
	return agg
}

// under is the aggregate of the stream that a target resolves to.
func under(agg *eventstore.Aggregate) *eventstore.Aggregate {
	if agg == Statement {
		return Escrow
	}
	return agg
}

// byID resolves an id without a division: by the views, which may lag behind
// by milliseconds.
func (r *Register) byID(k known, agg *eventstore.Aggregate, id string) (string, division.Code, string, error) {
	if !ident.ValidID(id) {
		return "", "", "", unknownTarget("/target/id", id)
	}
	subject, err := k.stream(id, home(agg).Name)
	if err != nil {
		return "", "", "", err
	}
	if subject == "" {
		return "", "", "", unknownTarget("/target/id", id)
	}
	rec := eventstore.Record{Stream: subject}
	return eventstore.StreamName(rec.Division(), under(agg).Name, id), division.Code(rec.Division()), "", nil
}

// inDivision resolves an id whose division at birth is that of the act, or
// else is known to the views.
func (r *Register) inDivision(ctx context.Context, k known, agg *eventstore.Aggregate, code division.Code, id string) (string, division.Code, string, error) {
	if !ident.ValidID(id) {
		return "", "", "", unknownTarget("/target/id", id)
	}
	stream := eventstore.StreamName(string(code), home(agg).Name, id)
	if _, last, err := k.State(ctx, home(agg), stream); err != nil || last > 0 {
		return eventstore.StreamName(string(code), under(agg).Name, id), code, "", err
	}
	stream, _, _, err := r.byID(k, agg, id)
	return stream, code, "", err
}

// byRef resolves a writer's own reference.
func byRef(ctx context.Context, k known, agg *eventstore.Aggregate, code division.Code, ref string) (string, error) {
	owner, err := k.owner(ctx, eventstore.RefValue(string(code), home(agg).Name, ref))
	if err != nil {
		return "", err
	}
	if owner == "" {
		return "", unknownTarget("/target/ref", ref)
	}
	rec := eventstore.Record{Stream: owner}
	return eventstore.StreamName(rec.Division(), under(agg).Name, rec.AggregateID()), nil
}
