package register_test

import (
	"testing"

	"minglu/register"
	"minglu/register/registertest"
)

// BenchmarkReceive takes grievances in with three sealed values each, in memory and
// without views: what the register itself costs.
func BenchmarkReceive(b *testing.B) {
	r := registertest.New(b)
	const act = `{"act":"grievance.receive","division":"530427","effective":"2026-11-02","body":{"channel":"12345","nature":"complaint","premises":"示例街道",
		"topics":["refund"],"real_name":true,"complainant":"测量人","contact":"测量","content":"测量用投诉，收费不退"}}`
	acts := make([]register.Act, b.N)
	for i := range acts {
		acts[i] = r.Act(act)
	}
	defer r.Views.Hold()()
	b.ReportAllocs()
	b.ResetTimer()
	for _, a := range acts {
		if _, err := r.Register.Do(b.Context(), nil, a); err != nil {
			b.Fatal(err)
		}
	}
}
