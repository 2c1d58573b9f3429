package authority_test

import (
	"testing"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/term"
)

func TestWhoMaySeeAFact(t *testing.T) {
	m := domain.Meta{Division: "530427", Actor: domain.Actor{Agency: "530427-fire"}}
	public := authority.Reader{}
	recording := authority.Reader{Agency: "530427-fire", Division: "530427", Role: term.Handler}
	beside := authority.Reader{Agency: "530427-education", Division: "530427", Role: term.Supervisor}
	above := authority.Reader{Agency: "530400-education", Division: "530400", Role: term.Handler}
	elsewhere := authority.Reader{Agency: "500109-fire", Division: "500109", Role: term.Handler}
	auditor := authority.Reader{Agency: "530400-auditor", Division: "530400", Role: term.Auditor}
	bank := authority.Reader{Agency: "530427-bank-icbc", Division: "530427", Role: term.Handler}
	platform := authority.Reader{Agency: "530427-platform", Division: "530427", Role: term.Handler}
	for name, c := range map[string]struct {
		visibility domain.Visibility
		may, not   []authority.Reader
	}{
		"published":      {domain.Public, []authority.Reader{public, recording, beside, above, elsewhere, auditor}, nil},
		"without a word": {"", []authority.Reader{public, elsewhere}, nil},
		"joint":          {domain.Joint, []authority.Reader{recording, beside, above, auditor}, []authority.Reader{public, elsewhere, bank, platform}},
		"one's own part": {domain.AgencyOnly, []authority.Reader{recording, auditor}, []authority.Reader{public, beside, above, elsewhere}},
		"sealed":         {domain.SealedOnly, nil, []authority.Reader{public, recording, beside, above, elsewhere, auditor}},
		"of no table":    {"secret", nil, []authority.Reader{public, recording, auditor}},
	} {
		t.Run(name, func(t *testing.T) {
			m := m
			m.Visibility = c.visibility
			for _, r := range c.may {
				if !authority.MaySee(r, m) {
					t.Errorf("got it hidden from %+v, want it shown", r)
				}
			}
			for _, r := range c.not {
				if authority.MaySee(r, m) {
					t.Errorf("got it shown to %+v, want it hidden", r)
				}
			}
		})
	}
}

func TestBanksReadWhatTheyRecorded(t *testing.T) {
	bank := authority.Reader{Agency: "530427-bank-icbc", Division: "530427", Role: term.Handler}
	m := domain.Meta{Division: "530427", Visibility: domain.Joint, Actor: domain.Actor{Agency: "530427-bank-icbc"}}
	if !authority.MaySee(bank, m) || bank.Over("530427") || !bank.Serves("530427") || bank.Serves("500109") {
		t.Errorf("got own facts shown: %v, over: %v, serving: %v", authority.MaySee(bank, m), bank.Over("530427"), bank.Serves("530427"))
	}
	m.Actor.Agency = "530427-bank-abc"
	if authority.MaySee(bank, m) {
		t.Error("got what another bank recorded")
	}
}

func TestAnAccountIsClosedToOtherBanks(t *testing.T) {
	for agency, want := range map[string]bool{"530427-bank-icbc": true, "530427-bank-abc": false, "530427-bank": false, "530427-education": true, "530427-platform": true} {
		a, err := authority.ParseAgency(agency)
		if err != nil || a.Keeps("icbc") != want {
			t.Errorf("%s: got %v, %v, want %v", agency, a.Keeps("icbc"), err, want)
		}
	}
}
