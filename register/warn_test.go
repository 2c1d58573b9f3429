package register_test

import (
	"slices"
	"strings"
	"testing"

	"minglu/register/registertest"
)

func TestPersonalNumbersInFreeTextAreWarnedOf(t *testing.T) {
	r := registertest.New(t)
	const about = `{"act":"institution.register","division":"530427","effective":"2026-03-01","body":{"kind":"premises","mode":"offline","class":"subject","audiences":["compulsory"],"names":["培训点（示例）"],"address":"%"}}`
	for address, want := range map[string][]string{
		"古城街道":                       nil,
		"古城街道，联系电话13812345678":       {"/body/address mobile"},
		"身份证11010519491231002X的住户家中": {"/body/address identity_card"},
	} {
		ans := r.Do(strings.Replace(about, "%", address, 1))
		var got []string
		for _, w := range ans.Warnings {
			got = append(got, w.Pointer+" "+w.Code)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", address, got, want)
		}
	}
}

func TestTheNumberOfAHotlineIsNoPersonalNumber(t *testing.T) {
	r := registertest.New(t)
	ans := r.Do(`{"act":"jurisdiction.publish-hotline","division":"530427","effective":"2026-03-01","body":{"agency":"530427-education","number":"0877-7011234","hours":"全天"}}`)
	if len(ans.Warnings) != 0 {
		t.Errorf("got %v, want no warning", ans.Warnings)
	}
}
