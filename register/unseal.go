package register

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strconv"

	"minglu/domain"
	"minglu/domain/rule"
	"minglu/eventstore"
)

// Revealed is one sealed value, opened for who asked with a reason. It lives in
// the answer alone.
type Revealed struct {
	Member string `json:"member" doc:"Where it stands: event and member, such as grievance.received/complainant."`
	Value  string `json:"value"`
}

// reveal opens the values of a person in one stream.
func (r *Register) reveal(ctx context.Context, stream, person string) ([]Revealed, error) {
	if r.Keys == nil {
		return nil, domain.Fault(domain.Busy, domain.Say("密钥库不可用", "the key store is not there"))
	}
	recs, err := r.Log.Records(ctx, stream)
	if err != nil {
		return nil, err
	}
	var out []Revealed
	for _, rec := range recs {
		var body any
		if err := json.Unmarshal(rec.Body, &body); err != nil {
			return nil, err
		}
		for _, f := range sealedOf(rec.Type, body, person) {
			v, err := eventstore.Unseal(ctx, r.Keys, f.value)
			switch {
			case errors.Is(err, eventstore.ErrDestroyed), errors.Is(err, eventstore.ErrNoKey):
				return nil, domain.Refuse(domain.Erased, rule.Unsealing, domain.Say("该信息已依法删除", "the value was erased by law"))
			case err != nil:
				return nil, err
			}
			out = append(out, Revealed{Member: f.member, Value: v})
		}
	}
	return out, nil
}

type sealedMember struct {
	member string
	value  domain.Sealed
}

// sealedOf finds the sealed values of a person in the body of a fact.
func sealedOf(at string, v any, person string) (out []sealedMember) {
	switch v := v.(type) {
	case map[string]any:
		if v["person"] == person {
			commit, _ := v["commit"].(string)
			box, _ := v["box"].(string)
			if commit != "" && box != "" {
				return []sealedMember{{at, domain.Sealed{Person: person, Commit: commit, Box: box}}}
			}
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			out = append(out, sealedOf(at+"/"+name, v[name], person)...)
		}
	case []any:
		for i := range v {
			out = append(out, sealedOf(at+"/"+strconv.Itoa(i), v[i], person)...)
		}
	}
	return out
}

// destroy makes the keys of erased persons unreadable. It may be asked again:
// who was erased is a fact, and the key follows it.
func (r *Register) destroy(ctx context.Context, e domain.Event) error {
	er, ok := e.(domain.Eraser)
	if !ok || r.Keys == nil {
		return nil
	}
	return r.Keys.Destroy(ctx, er.Erases())
}
