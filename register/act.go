package register

import (
	"encoding/json"

	"minglu/domain"
)

// Act is what an agency does, as a line of a journal says it and as the body
// of a request does.
type Act struct {
	CommandID  string            `json:"command_id,omitempty"`
	Act        string            `json:"act,omitempty"`
	Division   string            `json:"division,omitempty"`
	Target     *Target           `json:"target,omitempty"`
	Effective  string            `json:"effective,omitempty"`
	Actor      *Actor            `json:"actor,omitempty"`
	Source     *domain.Source    `json:"source,omitempty"`
	Basis      []domain.Basis    `json:"basis,omitempty"`
	Evidence   []domain.Evidence `json:"evidence,omitempty"`
	Visibility domain.Visibility `json:"visibility,omitempty"`
	Causation  string            `json:"causation_id,omitempty"`
	Body       json.RawMessage   `json:"body,omitempty"`

	// IfVersion is the version the writer saw, from If-Match.
	IfVersion *uint64 `json:"-"`
}

// Target names what the act is about: by id, or by the reference that its
// writer chose when it was created.
type Target struct {
	ID  string `json:"id,omitempty"`
	Ref string `json:"ref,omitempty"`
}

// Actor is who acts, as a journal says it. Over HTTP it comes from the token.
type Actor struct {
	Agency   string   `json:"agency"`
	Officer  string   `json:"officer,omitempty"`
	Officers []string `json:"officers,omitempty"` // others who acted with the officer
}

// ParseAct reads one act strictly: unknown members and wrong types are refused,
// each with a pointer to it. The body is read later, when the act is known.
func ParseAct(raw []byte) (Act, error) {
	var a Act
	if err := Decode("", raw, &a); err != nil {
		return Act{}, err
	}
	return a, nil
}

// meta is the actor as facts record it: the acting officer first.
func (a *Actor) meta() domain.Actor {
	out := domain.Actor{Agency: a.Agency}
	for _, o := range append([]string{a.Officer}, a.Officers...) {
		if o != "" {
			out.Officers = append(out.Officers, o)
		}
	}
	return out
}
