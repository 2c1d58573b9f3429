package api_test

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const (
	educationOf = "530427-education"
	marketOf    = "530427-market_regulation"
)

// deadlines fills the register with open clocks of each state in the county of
// Xinping, as of 2026-11-22: of education one late, one due today, two within a
// week, one later, one paused, one that awaits a calendar and one that lapsed; of
// market supervision one later; and one later of the county of Yimen. It returns
// the id of the grievance that is paused.
func (f *fixture) deadlines() (id, institution string) {
	f.t.Helper()
	do := f.reg.Do
	institution = f.enrol("A")
	do(`{"act":"jurisdiction.hold-joint-conference","division":"530427","effective":"2026-10-08","body":{"sequence":1,"agencies":["` + educationOf + `"],"resolutions":["甲","乙","丙","丁","戊","己"]}}`)
	for i, due := range []string{"2026-11-10", "2026-11-22", "2026-11-23", "2026-11-29", "2026-11-30", "2026-12-31"} {
		agency := educationOf
		if i == 5 {
			agency = marketOf
		}
		do(fmt.Sprintf(`{"act":"jurisdiction.set-resolution","division":"530427","effective":"2026-10-09","body":{"sequence":1,"resolution":%d,"agency":"%s","due":"%s"}}`, i+1, agency, due))
	}
	receive := `{"act":"grievance.receive","division":"530427","effective":"%s","body":{"channel":"12345","nature":"complaint","topics":["refund"],"institution":{"id":"` + institution + `"},"handler":"` + educationOf + `"}}`
	id = do(fmt.Sprintf(receive, "2026-11-02")).ID
	on := `"division":"530427","target":{"id":"` + id + `"},"effective":"2026-11-0%d","body":{%s}}`
	do(fmt.Sprintf(`{"act":"grievance.accept",`+on, 3, ""))
	do(fmt.Sprintf(`{"act":"grievance.start-mediation",`+on, 4, ""))
	do(fmt.Sprintf(`{"act":"grievance.suspend-mediation",`+on, 5, `"cause":"tests"`))
	other := do(fmt.Sprintf(receive, "2026-11-03")).ID
	do(`{"act":"grievance.accept","division":"530427","target":{"id":"` + other + `"},"effective":"2026-11-20","body":{}}`)
	do(`{"act":"listing.serve-black-notice","division":"530427","target":{"ref":"A"},"effective":"2026-02-02","body":{"grounds":[{"code":"B1","facts":"违规办班","law":"民办教育促进法第六十四条"}]}}`)
	do(`{"act":"jurisdiction.hold-joint-conference","division":"530425","effective":"2026-10-08","body":{"sequence":1,"agencies":["530425-education"],"resolutions":["甲"]}}`)
	do(`{"act":"jurisdiction.set-resolution","division":"530425","effective":"2026-10-09","body":{"sequence":1,"resolution":1,"agency":"530425-education","due":"2027-06-30"}}`)
	return id, institution
}

func TestOpenClocksAreListed(t *testing.T) {
	f := newFixture(t)
	id, institution := f.deadlines()
	a := f.get("/api/v1/due", "Authorization", "Bearer "+f.bureau()).is(200)
	fmt.Println(string(a.body))
	_, _ = id, institution
	_ = csv.NewReader
	_ = cmp.Diff
	_ = strings.Join
}
