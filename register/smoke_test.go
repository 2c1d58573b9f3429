package register_test

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"
	"time"

	"minglu/eventstore"
	"minglu/eventstore/memory"
	"minglu/projections"
	"minglu/register"
)

func TestSmoke(t *testing.T) {
	c := register.Codec()
	st := memory.New(c)
	v, err := projections.OpenViews(t.Context(), t.TempDir(), st, c, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	if err := v.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	reg := register.New(eventstore.NewLog(st, c, 1000), v, nil, func() time.Time { return time.Now() })
	n := 0
	do := func(s string) {
		a, err := register.ParseAct([]byte(s))
		if err != nil {
			t.Fatal(err)
		}
		n++
		a.CommandID = fmt.Sprintf("00000000-0000-4000-8000-%012d", n)
		a.Actor = &register.Actor{Agency: "530427-education", Officer: fmt.Sprint("E", n%2)}
		ans, err := reg.Do(t.Context(), nil, a)
		b, _ := json.Marshal(ans)
		fmt.Fprintln(os.Stderr, a.Act, string(b), err)
	}
	do(`{"act":"institution.register","division":"530427","target":{"ref":"A"},"effective":"2019-03-01","body":{"names":["新平县启航培训学校"],"kind":"institution","mode":"offline","address":"桂山街道","class":"subject","categories":[],"audiences":["compulsory"]}}`)
	do(`{"act":"institution.grant-licence","division":"530427","target":{"ref":"A"},"effective":"2019-03-01","body":{"number":"教民153042770000017号","kind":"school_licence","class":"subject","categories":[],"audiences":["compulsory"],"valid_from":"2019-03-01","valid_to":"2029-02-28"}}`)
	do(`{"act":"institution.record-legal-registration","division":"530427","target":{"ref":"A"},"effective":"2019-03-02","body":{"authority":"market_regulation","form":"company","number":"X1","for_profit":true}}`)
	do(`{"act":"institution.enrol-platform","division":"530427","target":{"ref":"A"},"effective":"2019-03-02","body":{"platform":"全国平台"}}`)
	do(`{"act":"listing.list-white","division":"530427","target":{"ref":"A"},"effective":"2019-04-02","body":{"document_no":"新教〔2019〕1号"}}`)
	do(`{"act":"jurisdiction.freeze-baseline","division":"530427","effective":"2021-07-01","body":{"name":"b","date":"2021-07-01","class":"subject","audiences":["compulsory"]}}`)
	do(`{"act":"jurisdiction.impose-moratorium","division":"530427","effective":"2021-07-07","body":{"class":"subject","audiences":["compulsory"],"document_no":"x"}}`)
	do(`{"act":"institution.approve-conversion","division":"530427","target":{"ref":"A"},"effective":"2022-01-01","body":{"old_licence":"教民153042770000017号","to":{"class":"non_subject","categories":["sports"],"audiences":["compulsory"]},"new_licence":{"number":"新体审1","kind":"review_opinion","valid_from":"2022-01-01","valid_to":"2032-01-01"}}}`)
	do(`{"act":"listing.serve-black-notice","division":"530427","target":{"ref":"A"},"effective":"2022-02-01","body":{"grounds":[{"code":"B2","facts":"x","law":"y"}]}}`)
	do(`{"act":"listing.waive-statement","division":"530427","target":{"ref":"A"},"effective":"2022-02-02","body":{}}`)
	do(`{"act":"listing.list-black","division":"530427","target":{"ref":"A"},"effective":"2022-02-02","body":{"document_no":"d","tier":"serious","publish_from":"2022-02-02","min_until":"2023-02-02","max_until":"2025-02-02","bogus":1}}`)
	do(`{"act":"listing.list-black","division":"530427","target":{"ref":"A"},"effective":"2022-02-02","body":{"document_no":"d","tier":"serious","publish_from":"2022-02-02","min_until":"2023-02-02","max_until":"2025-02-02"}}`)
	if err := v.CatchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(os.Stderr, v.Seq())
}
