package projections

import (
	"minglu/domain/division"
	"minglu/domain/jurisdiction"
	"minglu/eventstore"
)

// DivisionsView is the name of the view of divisions.
const DivisionsView = "divisions"

// divisions shows what each division has decided for itself: moratoria, policy,
// conferences, baselines, batches.
//
// Bucket: facts (division ‖ seq → fact). Divisions have few facts, so the state
// is folded when it is read.
type divisions struct{ facts facts }

// Divisions returns the view.
func Divisions(c *eventstore.Codec) Projection { return divisions{facts{codec: c, bucket: "facts"}} }

// Name returns the view's name.
func (divisions) Name() string { return DivisionsView }

// Version is raised whenever the rows change.
func (divisions) Version() int { return 2 }

// Apply keeps a fact of a division.
func (v divisions) Apply(tx *Tx, r eventstore.Record) error {
	if r.Aggregate() != "jurisdiction" {
		return nil
	}
	v.facts.put(tx, r.Division(), r)
	return nil
}

// Jurisdiction returns what a division had decided by a position, and the
// number of its facts.
func (v *Views) Jurisdiction(code division.Code, atSeq uint64) (s jurisdiction.State, version uint64, err error) {
	err = v.Read(DivisionsView, func(r *Read) error {
		s, version, err = v.divisions.fold(r.Bucket("facts"), string(code), atSeq)
		return err
	})
	return s, version, err
}

func (v divisions) fold(b Rows, code string, atSeq uint64) (jurisdiction.State, uint64, error) {
	var s jurisdiction.State
	recs, err := v.facts.records(b, code, atSeq)
	if err != nil {
		return s, 0, err
	}
	n := uint64(len(recs))
	if recs, err = v.facts.codec.Amend(recs); err != nil {
		return s, 0, err
	}
	for _, r := range recs {
		s = jurisdiction.Evolve(s, r.Meta, r.Event.(jurisdiction.Event))
	}
	return s, n, nil
}

// DivisionsWithFacts returns the divisions that have decided something, in
// order.
func (v *Views) DivisionsWithFacts(in string) (out []division.Code, err error) {
	err = v.Read(DivisionsView, func(r *Read) error {
		for k := range r.Bucket("facts").Scan(nil) {
			code, _, _ := CutText(k)
			if n := len(out); (n == 0 || out[n-1] != division.Code(code)) && division.Matches(division.Code(code), in) {
				out = append(out, division.Code(code))
			}
		}
		return nil
	})
	return out, err
}
