package api

import (
	"context"
	"errors"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/division"
	"minglu/domain/term"
	"minglu/projections"
	"minglu/register"
)

const tagAuthority = "authority"

var authorityRoutes = []*route{
	get("/authority/check", tagAuthority, "May I do this act in this division, and if not, why not?", (*server).checkAuthority, withToken, reads(projections.TokensView)),
	get("/tokens", tagAuthority, "The tokens of one's own division and of those below it.", (*server).listTokens, withToken, reads(projections.TokensView)),
}

// Permission says whether an act may be done.
type Permission struct {
	Act         string   `json:"act"`
	Division    string   `json:"division"`
	Agency      string   `json:"agency"`
	Role        string   `json:"role"`
	Allowed     bool     `json:"allowed"`
	Why         string   `json:"why" doc:"Which authority is missing; empty where it is allowed."`
	Rule        string   `json:"rule,omitempty"`
	Authority   string   `json:"authority" doc:"What the act needs, in words."`
	Departments []string `json:"departments" doc:"Who has it."`
	Roles       []string `json:"roles"`
}

type permissionIn struct {
	Act      string `query:"act" required:"true" example:"institution.grant-licence"`
	Division string `query:"division" doc:"One's own where it is left out." example:"530427"`
}

func (s *server) checkAuthority(ctx context.Context, in *permissionIn) (*reply[*Permission], error) {
	q := asked(ctx)
	var p params
	_, act, ok := register.ActOf(in.Act)
	if !ok {
		p.fault("act", "unknown_act", domain.Say("没有名为“%s”的行为", "there is no act %q", clip(in.Act)))
	}
	if in.Division == "" {
		in.Division = string(q.reader.Division)
	}
	p.division("division", in.Division)
	if len(in.Division) != 6 {
		p.fault("division", "division_form", domain.Say("应为六位区划代码", "should be a division code of six digits"))
	}
	if err := p.err(); err != nil {
		return nil, err
	}
	out := &Permission{Act: act.Name, Division: in.Division, Agency: q.principal.Agency, Role: string(q.principal.Role), Allowed: true, Departments: []string{}, Roles: []string{}}
	if g, ok := authority.Of(act.Competence); ok {
		out.Authority = q.say(g.Title)
		for _, d := range g.Departments {
			out.Departments = append(out.Departments, string(d))
		}
		for _, r := range g.Roles {
			out.Roles = append(out.Roles, string(r))
		}
	}
	agency := authority.Agency{Division: q.reader.Division}
	if a, err := authority.ParseAgency(q.principal.Agency); err == nil {
		agency = a
	}
	if err := authority.Check(act, agency, q.principal.Role, division.Code(in.Division)); err != nil {
		e, ok := errors.AsType[*domain.Error](err)
		if !ok {
			return nil, err
		}
		out.Allowed, out.Why, out.Rule = false, q.say(e.Text), e.Rule
	}
	return &reply[*Permission]{Body: out, ContentType: typeJSON}, nil
}

// TokenInfo is what a token stands for; the token itself is known to nobody but
// its holder.
type TokenInfo struct {
	ID       string `json:"id"`
	Division string `json:"division"`
	Agency   string `json:"agency"`
	Role     string `json:"role"`
	Officer  string `json:"officer,omitempty"`
	Revoked  bool   `json:"revoked"`
}

// Tokens are all that the reader may see.
type Tokens struct {
	Items []TokenInfo `json:"items"`
	Total int         `json:"total"`
}

type tokensIn struct {
	MinSeq string `query:"min_seq" doc:"Wait until the views have reached this position."`
}

func (s *server) listTokens(ctx context.Context, in *tokensIn) (*reply[*Tokens], error) {
	q := asked(ctx)
	if err := q.needRole(domain.Text{ZH: "查阅令牌", EN: "reading the tokens"}, term.Administrator, term.Auditor); err != nil {
		return nil, err
	}
	r, err := s.read(ctx, Moment{MinSeq: in.MinSeq})
	if err != nil {
		return nil, err
	}
	all, err := s.Views.AllTokens()
	if err != nil {
		return nil, err
	}
	out := &Tokens{Items: []TokenInfo{}}
	for _, t := range all {
		if q.reader.Over(division.Code(t.Division)) {
			out.Items = append(out.Items, TokenInfo{ID: t.ID, Division: t.Division, Agency: t.Agency, Role: string(t.Role), Officer: t.Officer, Revoked: t.Revoked})
		}
	}
	out.Total = len(out.Items)
	return &reply[*Tokens]{Body: out, Seq: r.position(), ContentType: typeJSON, Cache: "no-store"}, nil
}

// knownAgency refuses what is no agency's code.
func knownAgency(code string) error {
	if _, err := authority.ParseAgency(code); err != nil {
		return domain.Fault(domain.NotFound, domain.Say("“%s”不是机关代码", "%q is no agency", clip(code)))
	}
	return nil
}
