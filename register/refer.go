package register

import (
	"context"
	"slices"
	"strings"

	"minglu/domain"
	"minglu/domain/division"
	"minglu/domain/rule"
	"minglu/eventstore"
)

// refer resolves the references of a command, a pointer, to the streams they
// stand for, and refuses those that stand for nothing. References by id go by
// the views, those by the writer's own name belong to the division of the act.
func (r *Register) refer(ctx context.Context, k known, code division.Code, cmd any) error {
	c, ok := cmd.(domain.Referring)
	if !ok {
		return nil
	}
	for _, ref := range c.Refs() {
		if ref.Ref == nil || ref.Ref.IsZero() {
			continue
		}
		stream, err := r.resolve(ctx, k, code, ref)
		if err != nil {
			return err
		}
		ref.Ref.Stream = stream
	}
	return nil
}

func (r *Register) resolve(ctx context.Context, k known, code division.Code, ref domain.Reference) (string, error) {
	for _, kind := range ref.Kinds {
		agg := aggregateOf(kind)
		if agg == nil {
			panic("a reference to the aggregate " + kind + ", which there is not")
		}
		stream, err := r.resolveAs(ctx, k, code, agg, *ref.Ref)
		if err != nil || stream != "" {
			return stream, err
		}
	}
	what := ref.Ref.Stream + ref.Ref.ID + ref.Ref.Name
	return "", domain.Refuse(domain.NotFound, rule.Registered, domain.Say("名录中没有“%s”", "the register has no %q", what),
		domain.Field{Pointer: ref.Pointer, Code: "unknown", Message: domain.Say("没有找到（应为：%s）", "not found (should be one of: %s)", strings.Join(ref.Kinds, ", "))})
}

// resolveAs returns the stream of a reference as one of an aggregate, or
// nothing where it is none.
func (r *Register) resolveAs(ctx context.Context, k known, code division.Code, agg *eventstore.Aggregate, ref domain.Ref) (string, error) {
	switch {
	case ref.Name != "":
		return k.owner(ctx, eventstore.RefValue(string(code), home(agg).Name, ref.Name))
	case ref.ID != "":
		return k.stream(ref.ID, agg.Name)
	}
	rec := eventstore.Record{Stream: ref.Stream}
	if rec.Aggregate() != agg.Name {
		return "", nil
	}
	_, last, err := k.State(ctx, agg, ref.Stream)
	if err != nil || last == 0 {
		return "", err
	}
	return ref.Stream, nil
}

func aggregateOf(name string) *eventstore.Aggregate {
	i := slices.IndexFunc(Aggregates, func(a *eventstore.Aggregate) bool { return a.Name == name })
	if i < 0 {
		return nil
	}
	return Aggregates[i]
}
