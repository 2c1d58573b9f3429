// Package access is the aggregate of one bearer token: which agency, role and
// officer it stands for, and whether it was revoked. Who could do what, and
// when, is thus in the log like everything else; of the token itself the log
// holds a SHA-256 digest alone.
package access

import (
	"encoding/hex"
	"fmt"
	"strings"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/term"
)

// Event is a fact about a token.
type Event interface {
	domain.Event
	accessEvent()
}

// Events are the stored shapes.
var Events = []domain.EventType{
	domain.Current[TokenIssued](1),
	domain.Current[TokenRevoked](1),
}

// TokenIssued says what a token stands for.
type TokenIssued struct {
	Digest  string    `json:"digest"` // SHA-256 of the token, hexadecimal
	Agency  string    `json:"agency"`
	Role    term.Role `json:"role"`
	Officer string    `json:"officer,omitempty"`
}

// TokenRevoked ends it.
type TokenRevoked struct {
	Reason string `json:"reason"`
}

// EventName returns the stored name.
func (TokenIssued) EventName() string { return "access.token_issued" }

// EventName returns the stored name.
func (TokenRevoked) EventName() string { return "access.token_revoked" }

func (TokenIssued) accessEvent()  {}
func (TokenRevoked) accessEvent() {}

// Command is what may be asked of a token.
type Command interface{ accessCommand() }

// Acts lists what may be asked. They are never public.
var Acts = []domain.ActType{
	domain.Creates[IssueToken]("access.issue-token", authority.Administer, domain.Text{ZH: "签发访问令牌", EN: "issue a token"}).Seen(domain.AgencyOnly).By(TokenRule),
	domain.On[RevokeToken]("access.revoke-token", authority.Administer, domain.Text{ZH: "撤销访问令牌", EN: "revoke a token"}).Seen(domain.AgencyOnly).By(TokenRule),
}

// TokenRule keeps tokens in order.
var TokenRule = domain.Rule{
	ID: "token", Version: 1, Mark: domain.Design,
	Title: domain.Text{ZH: "访问令牌", EN: "Tokens"},
}

// IssueToken issues a token whose digest is given.
type IssueToken struct {
	Digest  string    `json:"digest"`
	Agency  string    `json:"agency"`
	Role    term.Role `json:"role"`
	Officer string    `json:"officer,omitempty"`
}

// RevokeToken revokes it.
type RevokeToken struct {
	Reason string `json:"reason"`
}

func (IssueToken) accessCommand()  {}
func (RevokeToken) accessCommand() {}

// State is what is known of a token.
type State struct {
	Token   TokenIssued
	Issued  calendar.Day // zero: there is none
	Revoked bool
}

// Decider is the aggregate.
var Decider = domain.Decider[State, Command, Event]{Name: "access", Decide: Decide, Evolve: Evolve}

// Decide says what a command means: facts, nothing, or a refusal.
func Decide(s State, m domain.Meta, c Command) ([]Event, error) {
	switch c := c.(type) {
	case IssueToken:
		return decideIssue(s, m, c)
	case RevokeToken:
		switch {
		case s.Issued == 0:
			return nil, domain.Refuse(domain.NotFound, TokenRule, domain.Say("没有这个令牌", "there is no such token"))
		case s.Revoked:
			return nil, nil
		}
		return []Event{TokenRevoked(c)}, nil
	}
	panic(fmt.Sprintf("access does not know the command %T", c))
}

func decideIssue(s State, m domain.Meta, c IssueToken) ([]Event, error) {
	if s.Issued != 0 {
		return nil, domain.Refuse(domain.Conflict, TokenRule, domain.Say("该令牌已经签发", "the token is issued already"))
	}
	if b, err := hex.DecodeString(c.Digest); err != nil || len(b) != 32 {
		return nil, domain.BadField("/body/digest", "form", domain.Say("应为令牌的 SHA-256（十六进制）", "should be the SHA-256 of the token in hexadecimal"))
	}
	a, err := authority.ParseAgency(c.Agency)
	if err != nil {
		return nil, domain.BadField("/body/agency", "unknown_agency", domain.Say("不是机关代码", "this is no agency"))
	}
	if string(a.Division) != m.Division {
		return nil, domain.Refuse(domain.Invalid, TokenRule, domain.Say("机关不属于区划 %s", "the agency is not one of division %s", m.Division),
			domain.Field{Pointer: "/body/agency", Code: "other_division", Message: domain.Say("请写该机关自己的区划", "use the agency's own division")})
	}
	c.Digest = strings.ToLower(c.Digest)
	return []Event{TokenIssued(c)}, nil
}

// Evolve is the state after a fact.
func Evolve(s State, m domain.Meta, e Event) State {
	switch e := e.(type) {
	case TokenIssued:
		s.Token, s.Issued = e, calendar.DayOf(m.Effective)
	case TokenRevoked:
		s.Revoked = true
	default:
		panic(fmt.Sprintf("access does not know the event %s", e.EventName()))
	}
	return s
}
