package projections

import (
	"testing"
)

// BenchmarkWork200K asks for first pages of 50 with the exact number of all,
// among 200,000 pieces of work.
//
//	go test -run '^$' -bench Work200K ./projections
func BenchmarkWork200K(b *testing.B) {
	st := &deadlineStore{n: 200_000, agencies: 20}
	s := start(b, b.TempDir(), st, nil, newWorks(deskCodec, workOf(deskDecider)))
	caughtUp(b, s)
	v := &Views{Set: s, works: newWorks(deskCodec, workOf(deskDecider))}
	for name, q := range map[string]WorkQuery{
		"agency":   {WorkFilter: WorkFilter{Agency: "530424-dept3", Standing: WorkOpen}, AtSeq: Now},
		"county":   {WorkFilter: WorkFilter{Division: "530424", Standing: WorkOpen}, AtSeq: Now},
		"status":   {WorkFilter: WorkFilter{Division: "530424", Status: "received"}, AtSeq: Now},
		"all":      {AtSeq: Now},
		"about":    {WorkFilter: WorkFilter{Institution: instID(1_000_123)}, AtSeq: Now},
		"position": {WorkFilter: WorkFilter{Division: "530424"}, AtSeq: 150_000},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if p, err := v.Work(q); err != nil || len(p.Heads) == 0 {
					b.Fatal(len(p.Heads), err)
				}
			}
		})
	}
}
