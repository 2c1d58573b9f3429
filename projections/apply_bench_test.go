package projections_test

import (
	"fmt"
	"testing"

	"minglu/projections"
	"minglu/register/registertest"
)

// BenchmarkRead asks for an institution now and at an earlier position.
func BenchmarkRead(b *testing.B) {
	r := registertest.New(b)
	stream := school(r, "A", "2019-03-01")
	r.Do(on("A", "institution.record-legal-registration", "2019-03-05", company("X1")))
	for year := 2019; year < 2024; year++ {
		r.Do(on("A", "institution.conclude-annual-inspection", fmt.Sprintf("%d-06-30", year), fmt.Sprintf(`{"year":%d,"result":"pass","published_on":"%[1]d-07-01"}`, year)))
	}
	at := r.Do(on("A", "institution.adopt-contract-template", "2021-01-01", `{"version":"2021"}`)).Seq
	r.Do(on("A", "institution.hold-interview", "2022-01-01", `{"reason":"收费"}`))
	for name, seq := range map[string]uint64{"now": projections.Now, "then": at} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if _, ok, err := r.Views.Institution(stream, seq); !ok || err != nil {
					b.Fatal(ok, err)
				}
			}
		})
	}
}
