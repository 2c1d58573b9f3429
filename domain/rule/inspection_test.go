package rule_test

import (
	"errors"
	"slices"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/rule"
)

func TestThePoolIsWhoHasACredentialOfTheAgencies(t *testing.T) {
	march, june := calendar.Date(2026, 3, 1), calendar.Date(2026, 6, 1)
	l := rule.Law{Roster: []rule.Officer{
		{ID: "XP-E03", Agency: "530427-education", From: march},
		{ID: "XP-E01", Agency: "530427-education", From: march},
		{ID: "XP-E01", Agency: "530427-education", From: june},
		{ID: "XP-F01", Agency: "530427-fire", From: march, Until: june - 1},
		{ID: "XP-M01", Agency: "530427-market_regulation", From: march},
	}}
	agencies := []string{"530427-education", "530427-fire"}
	for _, c := range []struct {
		on   calendar.Day
		want []string
	}{
		{march - 1, []string{}}, {march, []string{"XP-E01", "XP-E03", "XP-F01"}}, {june, []string{"XP-E01", "XP-E03"}},
	} {
		if got := l.Pool(c.on, agencies); !slices.Equal(got, c.want) || got == nil {
			t.Errorf("%s: got %v, want %v", c.on, got, c.want)
		}
	}
}

func TestPlacesStayAtTheStreet(t *testing.T) {
	for place, ok := range map[string]bool{
		"桂山街道平山路": true, "平山路某艺术中心": true, "三号路": true, "东1号街": true, "二十号线沿线": true, "新平一中旁": true, "万达广场二楼": true, "": true, "号": true, "平山路口": true,
		"平山路12号": false, "平山路１２号": false, "平山路十二号": false, "平山路12号院": false, "幸福小区3栋": false, "幸福小区三幢": false, "幸福小区2单元": false, "502室": false, "三零二室": false,
		"幸福小区12户": false, "平山路 12号 ": false,
	} {
		err := rule.StreetLevel(place, "/body/address")
		if (err == nil) != ok {
			t.Errorf("%q: got %v, want it taken: %v", place, err, ok)
		}
		if e, refused := errors.AsType[*domain.Error](err); !ok && (!refused || e.Rule != rule.PersonalData.ID || e.Fields[0].Pointer != "/body/address") {
			t.Errorf("%q: got %v, want a refusal by the rule of personal data", place, err)
		}
	}
}
