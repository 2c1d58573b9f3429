package api

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"time"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/term"
	"minglu/projections"
	"minglu/register"
)

// authenticate finds out for whom a bearer token stands.
func (s *server) authenticate(q *request, header string) error {
	scheme, token, ok := strings.Cut(header, " ")
	token = strings.TrimSpace(token)
	if !ok || !strings.EqualFold(scheme, "Bearer") || token == "" || len(token) > 512 {
		return domain.Fault(domain.Unauthenticated, domain.Say("Authorization 头应为“Bearer 令牌”", "the Authorization header should be “Bearer TOKEN”"))
	}
	t, err := s.token(q.r.Context(), Digest(token))
	if err != nil {
		return err
	}
	agency, err := authority.ParseAgency(t.Agency)
	if err != nil {
		return err
	}
	q.principal = &register.Principal{Agency: t.Agency, Role: t.Role, Officer: t.Officer}
	q.reader = answer.Reader{Agency: t.Agency, Division: agency.Division, Role: t.Role, Officer: t.Officer}
	return nil
}

// Digest is how the register knows a bearer token: its SHA-256, hexadecimal.
func Digest(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// tokenWait bounds how long an unknown token waits for the view to be level
// with the log: a token is often used right after it was issued.
const tokenWait = time.Second

func (s *server) token(ctx context.Context, digest string) (projections.Token, error) {
	t, ok, err := s.Views.Token(digest)
	if err != nil || ok {
		return t, err
	}
	if head, err := s.Log.Head(ctx); err == nil && s.Views.Seq(projections.TokensView) < head {
		ctx, cancel := context.WithTimeout(ctx, tokenWait)
		defer cancel()
		_ = s.Views.Wait(ctx, head, projections.TokensView)
		if t, ok, err = s.Views.Token(digest); err != nil || ok {
			return t, err
		}
	}
	return t, domain.Fault(domain.Unauthenticated, domain.Say("令牌无效或已被撤销", "the token is not known, or was revoked"))
}

// needRole refuses a reader without one of the roles.
func (q *request) needRole(what domain.Text, roles ...term.Role) error {
	for _, r := range roles {
		if q.reader.Role == r {
			return nil
		}
	}
	words := make([]string, len(roles))
	english := make([]string, len(roles))
	for i, r := range roles {
		words[i], english[i] = r.Label().ZH, r.Label().EN
	}
	return domain.Refuse(domain.Forbidden, authority.Missing, domain.Text{
		ZH: what.ZH + "需要的角色：" + strings.Join(words, "、"), EN: what.EN + " needs one of the roles: " + strings.Join(english, ", ")})
}
