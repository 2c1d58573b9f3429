package projections

import (
	"minglu/domain/access"
	"minglu/domain/term"
	"minglu/eventstore"
)

// TokensView is the name of the view of tokens.
const TokensView = "tokens"

// tokens shows what each bearer token stands for.
//
// Buckets: digests (SHA-256 of the token → Token), streams (stream → digest).
type tokens struct{}

// Tokens returns the view.
func Tokens() Projection { return tokens{} }

// Name returns the view's name.
func (tokens) Name() string { return TokensView }

// Version is raised whenever the rows change.
func (tokens) Version() int { return 1 }

// Token is what a bearer token stands for.
type Token struct {
	ID       string    `json:"id"`
	Division string    `json:"division"`
	Digest   string    `json:"digest"`
	Agency   string    `json:"agency"`
	Role     term.Role `json:"role"`
	Officer  string    `json:"officer,omitempty"`
	Revoked  bool      `json:"revoked"`
}

// Apply keeps what a token stands for.
func (tokens) Apply(tx *Tx, r eventstore.Record) error {
	switch e := r.Event.(type) {
	case access.TokenIssued:
		tx.Bucket("streams").Put([]byte(r.Stream), []byte(e.Digest))
		return PutJSON(tx.Bucket("digests"), []byte(e.Digest), Token{
			ID: r.AggregateID(), Division: r.Division(), Digest: e.Digest, Agency: e.Agency, Role: e.Role, Officer: e.Officer})
	case access.TokenRevoked:
		digest := tx.Bucket("streams").Get([]byte(r.Stream))
		t, ok, err := GetJSON[Token](tx.Bucket("digests"), digest)
		if !ok || err != nil {
			return err
		}
		t.Revoked = true
		return PutJSON(tx.Bucket("digests"), []byte(t.Digest), t)
	}
	return nil
}

// Token returns what the token of that digest stands for; ok is false where
// there is none or it was revoked.
func (v *Views) Token(digest string) (t Token, ok bool, err error) {
	err = v.Read(TokensView, func(r *Read) error {
		t, ok, err = GetJSON[Token](r.Bucket("digests"), []byte(digest))
		return err
	})
	return t, ok && !t.Revoked, err
}

// AllTokens returns every token, revoked ones included.
func (v *Views) AllTokens() (out []Token, err error) {
	err = v.Read(TokensView, func(r *Read) error {
		for _, b := range r.Bucket("digests").Scan(nil) {
			t, err := FromJSON[Token](b)
			if err != nil {
				return err
			}
			out = append(out, t)
		}
		return nil
	})
	return out, err
}
