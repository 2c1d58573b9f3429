package rule_test

import (
	"slices"
	"testing"

	"minglu/domain"
	"minglu/domain/domaintest"
	"minglu/domain/money"
	"minglu/domain/rule"
	"minglu/domain/term"
)

func TestNothingMovesOnAnAccountThatIsNotOpen(t *testing.T) {
	day := domaintest.Day
	for name, c := range map[string]struct {
		account rule.SupervisedAccount
		code    string
	}{
		"open":         {rule.SupervisedAccount{Opened: day("2024-01-01")}, ""},
		"not open yet": {rule.SupervisedAccount{}, "not_open"},
		"frozen":       {rule.SupervisedAccount{Opened: day("2024-01-01"), Frozen: day("2024-02-01")}, "frozen"},
		"closed":       {rule.SupervisedAccount{Opened: day("2024-01-01"), Frozen: day("2024-02-01"), Closed: day("2024-03-01")}, "closed"},
	} {
		t.Run(name, func(t *testing.T) {
			err := c.account.Movable("/body/account")
			if c.code == "" {
				if err != nil {
					t.Fatalf("got %v", err)
				}
				return
			}
			e, ok := err.(*domain.Error)
			if !ok || e.Rule != rule.AccountMovable.ID || len(e.Fields) != 1 || e.Fields[0].Code != c.code || e.Fields[0].Pointer != "/body/account" {
				t.Errorf("got %v, want %s by %s", err, c.code, rule.AccountMovable.ID)
			}
		})
	}
}

func TestWhatWasLeftOutBeforeAFreezeIsRecordedByTheAuthority(t *testing.T) {
	day := domaintest.Day
	open := rule.SupervisedAccount{Opened: day("2024-01-01")}
	frozen, closed := open, open
	frozen.FrozenLater, closed.ClosedLater = day("2024-02-01"), day("2024-03-01")
	today := open
	today.Frozen = day("2024-01-05")
	for name, c := range map[string]struct {
		account rule.SupervisedAccount
		agency  string
		code    string
	}{
		"open, by a bank":                {open, "530427-bank-icbc", ""},
		"frozen later, by a bank":        {frozen, "530427-bank-icbc", "frozen_later"},
		"by a bank that is not named":    {frozen, "530427-bank", "frozen_later"},
		"by the platform":                {frozen, "530427-platform", "frozen_later"},
		"by nobody":                      {frozen, "", "frozen_later"},
		"by the authority":               {frozen, "530427-education", ""},
		"closed later, by the authority": {closed, "530427-education", "closed_later"},
		"closed later, by the platform":  {closed, "530427-platform", "closed_later"},
		"frozen on the day":              {today, "530427-education", "frozen"},
	} {
		t.Run(name, func(t *testing.T) {
			err := c.account.MovableBy(c.agency, "/target")
			if c.code == "" {
				if err != nil {
					t.Fatalf("got %v", err)
				}
				return
			}
			e, ok := err.(*domain.Error)
			if !ok || e.Rule != rule.AccountMovable.ID || len(e.Fields) != 1 || e.Fields[0].Code != c.code || e.Fields[0].Pointer != "/target" {
				t.Errorf("got %v, want %s by %s", err, c.code, rule.AccountMovable.ID)
			}
		})
	}
	if err := closed.Movable("/target"); err != nil {
		t.Errorf("got %v of the day alone, want it movable", err)
	}
}

// charge is 48 class-hours for 3,000 yuan, from March on.
func charge(change func(*rule.Charge)) rule.Charge {
	day := domaintest.Day
	c := rule.Charge{Class: term.NonSubject, Hours: 48, Amount: 300_000, From: day("2024-03-01"), To: day("2024-05-15"), PaidOn: day("2024-02-20")}
	if change != nil {
		change(&c)
	}
	return c
}

func TestLimitsCountOrdersOfAPupilTogether(t *testing.T) {
	half := rule.OpenOrder{Hours: 13, Amount: 200_001}
	for name, c := range map[string]struct {
		charge rule.Charge
		law    rule.Law
		want   []rule.ChargeExcess
	}{
		"within": {charge(nil), rule.Law{}, nil},
		"split, both limits": {charge(func(c *rule.Charge) { c.Others = []rule.OpenOrder{half} }), rule.Law{}, []rule.ChargeExcess{
			{Cap: term.BreachHours, Cumulative: true, Value: 61, Limit: 60}, {Cap: term.BreachAmount, Cumulative: true, Value: 500_001, Limit: 500_000}}},
		"alone already": {charge(func(c *rule.Charge) { c.Amount = 600_000; c.Others = []rule.OpenOrder{half} }), rule.Law{}, []rule.ChargeExcess{
			{Cap: term.BreachHours, Cumulative: true, Value: 61, Limit: 60}, {Cap: term.BreachAmount, Value: 800_001, Limit: 500_000}}},
		"delivered ones count nothing": {charge(func(c *rule.Charge) { c.Others = []rule.OpenOrder{{Received: true}} }), rule.Law{}, nil},
		"a renewal with few hours left is not early": {charge(func(c *rule.Charge) {
			c.PaidOn, c.Hours, c.Others = domaintest.Day("2024-01-10"), 40, []rule.OpenOrder{{Hours: 20, Amount: 1}}
		}), rule.Law{}, nil},
		"with more it is": {charge(func(c *rule.Charge) {
			c.PaidOn, c.Hours, c.Others = domaintest.Day("2024-01-10"), 39, []rule.OpenOrder{{Hours: 21, Amount: 1}}
		}), rule.Law{}, []rule.ChargeExcess{{Cap: term.BreachEarly, Value: 51, Limit: 29}}},
		"another division allows more": {charge(func(c *rule.Charge) { c.Amount = 600_000 }),
			rule.Law{Policy: rule.NewPolicy("p", map[string]string{"escrow.cap.amount_fen.non_subject": "none"})}, nil},
		"subject has no limit by default": {charge(func(c *rule.Charge) { c.Class, c.Amount = term.Subject, money.Fen(9_000_000) }), rule.Law{}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			if got := c.law.Exceeds(c.charge); !slices.Equal(got, c.want) {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestPresetsAreTwoNumbersOrNone(t *testing.T) {
	for text, want := range map[string]rule.AlertLevels{"20/10": {Yellow: 20, Red: 10}, "0/5": {Red: 5}, "none": {}} {
		if got, err := rule.ParseLevels(text); err != nil || got != want {
			t.Errorf("%s: got %v %v, want %v", text, got, err, want)
		}
	}
	for _, bad := range []string{"", "20", "20/", "-1/2", "0/0", "1/2/3", "２０/10", " 1/2", "01/2"} {
		if got, err := rule.ParseLevels(bad); err == nil {
			t.Errorf("%q: got %v, want a refusal", bad, got)
		}
	}
	p := rule.NewPolicy("p", map[string]string{"escrow.alert.small.refunds": "3/6"})
	if got := p.AlertPreset(term.SizeSmall, term.MetricRefunds); got != (rule.AlertLevels{Yellow: 3, Red: 6}) {
		t.Errorf("got %v", got)
	}
	if got := p.AlertPreset(term.SizeLarge, term.MetricRefunds); !got.IsZero() {
		t.Errorf("got %v for another size, want none", got)
	}
}

func TestTheDepositCoversTheChargingPeriodsOfThePolicy(t *testing.T) {
	two := rule.Law{Policy: rule.NewPolicy("p", map[string]string{"escrow.deposit_periods": "2"})}
	for name, c := range map[string]struct {
		law  rule.Law
		fees []money.Fen
		want money.Fen
	}{
		"nobody":      {rule.Law{}, nil, 0},
		"one period":  {rule.Law{}, []money.Fen{300_000, 160_000}, 460_000},
		"two periods": {two, []money.Fen{300_000, 160_000}, 920_000},
	} {
		if got, err := c.law.DepositMinimum(c.fees); err != nil || got != c.want {
			t.Errorf("%s: got %v, %v, want %v", name, got, err, c.want)
		}
	}
	if got, err := two.DepositMinimum([]money.Fen{1 << 62}); err == nil {
		t.Errorf("got %v, want what no amount holds refused", got)
	}
}
