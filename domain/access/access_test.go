package access_test

import (
	"strings"
	"testing"

	"minglu/domain"
	"minglu/domain/access"
	"minglu/domain/domaintest"
	"minglu/domain/term"
)

var digest = strings.Repeat("ab", 32)

func on(day string) domain.Meta {
	m := domaintest.On(day)
	m.Division = "530427"
	return m
}

func issue() access.IssueToken {
	return access.IssueToken{Digest: digest, Agency: "530427-education", Role: term.Approver, Officer: "XP-E01"}
}

func TestATokenIsIssuedOnceAndRevokedOnce(t *testing.T) {
	given := func(facts ...domaintest.Fact) *domaintest.History[access.State, access.Command, access.Event] {
		return domaintest.Given(t, access.Decider, facts...).Listed(access.Acts)
	}
	issued := domaintest.Was(on("2026-01-01"), access.TokenIssued(issue()))
	revoked := domaintest.Was(on("2026-02-01"), access.TokenRevoked{Reason: "调离"})
	given().When(on("2026-01-01"), issue()).Then(access.TokenIssued(issue()))
	given(issued).When(on("2026-01-02"), issue()).ThenRefused(access.TokenRule)
	given(issued).When(on("2026-02-01"), access.RevokeToken{Reason: "调离"}).Then(access.TokenRevoked{Reason: "调离"})
	given(issued, revoked).When(on("2026-02-02"), access.RevokeToken{}).Then()
	given().When(on("2026-02-01"), access.RevokeToken{}).ThenRefused(access.TokenRule)
}

func TestATokenOfAnotherDivisionIsRefused(t *testing.T) {
	c := issue()
	c.Agency = "500109-education"
	domaintest.Given(t, access.Decider).When(on("2026-01-01"), c).ThenRefused(access.TokenRule, "/body/agency")
}

func TestADigestAndAnAgencyAreWhatTheyShouldBe(t *testing.T) {
	short, circus := issue(), issue()
	short.Digest = "abcd"
	circus.Agency = "530427-circus"
	domaintest.Given(t, access.Decider).When(on("2026-01-01"), short).ThenFault(domain.Invalid, "/body/digest")
	domaintest.Given(t, access.Decider).When(on("2026-01-01"), circus).ThenFault(domain.Invalid, "/body/agency")
}

func TestTables(t *testing.T) {
	domaintest.Acts(t, access.Decider, access.Acts)
	domaintest.Events(t, access.Decider, access.Events, []domaintest.Fact{
		domaintest.Was(on("2026-01-01"), access.TokenIssued(issue())),
		domaintest.Was(on("2026-02-01"), access.TokenRevoked{Reason: "调离"}),
	})
}
