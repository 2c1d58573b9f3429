package register_test

import (
	"fmt"
	"strings"
	"testing"

	"minglu/domain"
	"minglu/eventstore"
	"minglu/register/registertest"
)

func TestAnAgencyAmendsWhatItRecordedItself(t *testing.T) {
	r := registertest.New(t)
	setDay(r, "2026-11-02")
	g := r.Do(fmt.Sprintf(received, 1))
	link := `{"act":"grievance.correct","division":"530427","target":{"id":"` + g.ID + `"},"effective":"2026-11-02","actor":{"agency":"%s","officer":"E9"},
		"body":{"target_seq":` + fmt.Sprint(g.Events[0].Seq) + `,"field":"channel","was":"counter","is":"letter","reason":"录入有误"}}`
	for _, other := range []string{"530427-fire", "530400-fire"} {
		e := r.Refused(fmt.Sprintf(link, other))
		if e.Code != domain.Forbidden || e.Rule != eventstore.Amending.ID {
			t.Errorf("%s: got %v, want it forbidden by %s", other, e, eventstore.Amending.ID)
		}
	}
	r.Do(fmt.Sprintf(link, "530400-education")) // the one above
}

func TestARefusedCorrectionDoesNotTellWhatIsNotPublic(t *testing.T) {
	r := registertest.New(t)
	setDay(r, "2026-11-02")
	g := r.Do(fmt.Sprintf(received, 1))
	e := r.Refused(`{"act":"grievance.correct","division":"530427","target":{"id":"` + g.ID + `"},"effective":"2026-11-02",
		"body":{"target_seq":` + fmt.Sprint(g.Events[0].Seq) + `,"field":"premises","was":"别处","is":"某处","reason":"录入有误"}}`)
	if strings.Contains(e.Error(), "古城街道") {
		t.Errorf("got %v, which tells the value", e)
	}
}

func TestSealedValuesAreNotCorrected(t *testing.T) {
	r := registertest.New(t)
	ans := r.Do(`{"act":"institution.register","division":"530427","target":{"ref":"X"},"effective":"2026-03-01","body":{
		"names":["示例培训学校"],"kind":"institution","mode":"offline","address":"示例路1号","class":"non_subject","categories":["sports"],"audiences":["compulsory"],"organiser":"王某人"}}`)
	correct := func(was string) *domain.Error {
		t.Helper()
		return r.Refused(`{"act":"institution.correct","division":"530427","target":{"id":"` + ans.ID + `"},"effective":"2026-03-01",
			"body":{"target_seq":` + fmt.Sprint(ans.Events[0].Seq) + `,"field":"organiser","was":` + was + `,"is":{"person":"y","commit":"王某人","box":""},"reason":"改"}}`)
	}
	if e := correct(`{"person":"x"}`); e.Rule != eventstore.Amending.ID || strings.Contains(e.Error(), "commit") {
		t.Errorf("got %v, want it refused without telling the seal", e)
	}
	recs, err := r.Log.Records(t.Context(), "530427.institution."+ans.ID)
	if err != nil {
		t.Fatal(err)
	}
	sealed, _ := recs[0].MemberOf("organiser")
	if e := correct(string(sealed)); e.Rule != eventstore.Amending.ID || len(e.Fields) != 1 || e.Fields[0].Code != "sealed" {
		t.Errorf("got %v, want a seal never corrected", e)
	}
}
