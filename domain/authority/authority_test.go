package authority_test

import (
	"errors"
	"testing"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/division"
	"minglu/domain/institution"
	"minglu/domain/jurisdiction"
	"minglu/domain/listing"
	"minglu/domain/term"
)

func TestEveryActNeedsACompetenceOfTheTable(t *testing.T) {
	for _, acts := range [][]domain.ActType{institution.Acts, listing.Acts, jurisdiction.Acts} {
		for _, a := range acts {
			if _, ok := authority.Of(a.Competence); !ok {
				t.Errorf("%s: got the competence %q, which is not in the table", a.Name, a.Competence)
			}
		}
	}
}

func TestTheTableIsWhole(t *testing.T) {
	seen := map[domain.Competence]bool{}
	for _, g := range authority.Table {
		if seen[g.Competence] || g.Title.ZH == "" || g.Title.EN == "" || len(g.Departments) == 0 || len(g.Roles) == 0 {
			t.Errorf("%s: got %+v, want it once with titles, departments and roles", g.Competence, g)
		}
		seen[g.Competence] = true
		departments := map[term.Department]bool{}
		for _, d := range g.Departments {
			if departments[d] || !term.Departments.Has(string(d)) {
				t.Errorf("%s: got the department %q twice or unknown", g.Competence, d)
			}
			departments[d] = true
		}
		for _, r := range g.Roles {
			if !term.Roles.Has(string(r)) || r == term.Auditor {
				t.Errorf("%s: got the role %q, who may do nothing", g.Competence, r)
			}
		}
	}
}

func TestAgenciesAreDivisionAndDepartment(t *testing.T) {
	got, err := authority.ParseAgency("530427-market_regulation")
	if want := (authority.Agency{Division: "530427", Department: term.MarketDept}); err != nil || got != want {
		t.Errorf("got %v, %v, want %v", got, err, want)
	}
	for _, bad := range []string{"", "530427", "education", "530427-", "-education", "530427-magic", "53042-education", "530427_education", "530427-education-2"} {
		_, err := authority.ParseAgency(bad)
		if e, ok := errors.AsType[*domain.Error](err); !ok || len(e.Fields) != 1 || e.Fields[0].Pointer != "/actor/agency" {
			t.Errorf("got %v for %q, want a refusal at the agency", err, bad)
		}
	}
}

func TestAgenciesActWithinTheirAuthority(t *testing.T) {
	grant := actOf(t, institution.Acts, "institution.grant-licence")
	propose := actOf(t, listing.Acts, "listing.serve-black-notice")
	deregister := actOf(t, institution.Acts, "institution.deregister-legal-entity")
	unknown := domain.On[struct{}]("institution.fly", "flying", domain.Text{ZH: "飞", EN: "fly"})
	for name, c := range map[string]struct {
		act     domain.ActType
		agency  string
		role    term.Role
		in      division.Code
		pointer string // empty: allowed
	}{
		"in its own division":                       {grant, "530427-education", term.Approver, "530427", ""},
		"in a division below":                       {grant, "530400-education", term.Approver, "530427", ""},
		"not in a division above":                   {grant, "530427-education", term.Approver, "530400", "/division"},
		"not in the division beside":                {grant, "530424-education", term.Approver, "530427", "/division"},
		"not by a department without it":            {grant, "530427-fire", term.Approver, "530427", "/actor/agency"},
		"not by an auditor":                         {grant, "530427-auditor", term.Auditor, "530427", "/actor/agency"},
		"not by a handler where an approver is due": {grant, "530427-education", term.Handler, "530427", "/actor"},
		"by a handler where one is enough":          {propose, "530427-education", term.Handler, "530427", ""},
		"not by an auditor of the department":       {propose, "530427-education", term.Auditor, "530427", "/actor"},
		"by an import without a role":               {grant, "530427-education", "", "530427", ""},
		"by the registry for the legal person":      {deregister, "530427-market_regulation", term.Handler, "530427", ""},
		"not by the registry for a licence":         {grant, "530427-market_regulation", term.Supervisor, "530427", "/actor/agency"},
		"not where nobody has the competence":       {unknown, "530427-education", term.Supervisor, "530427", "/act"},
	} {
		t.Run(name, func(t *testing.T) {
			agency, err := authority.ParseAgency(c.agency)
			if err != nil {
				t.Fatal(err)
			}
			err = authority.Check(c.act, agency, c.role, c.in)
			if c.pointer == "" {
				if err != nil {
					t.Errorf("got %v, want it allowed", err)
				}
				return
			}
			e, ok := errors.AsType[*domain.Error](err)
			if !ok || e.Code != domain.Forbidden || e.Rule != authority.Missing.ID || len(e.Fields) != 1 || e.Fields[0].Pointer != c.pointer {
				t.Errorf("got %v, want it forbidden at %s", err, c.pointer)
			}
		})
	}
}

func actOf(t *testing.T, acts []domain.ActType, name string) domain.ActType {
	t.Helper()
	for _, a := range acts {
		if a.Name == name {
			return a
		}
	}
	t.Fatalf("got no act %s", name)
	return domain.ActType{}
}
