package projections

import (
	"encoding/binary"

	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/institution"
	"minglu/domain/jurisdiction"
	"minglu/domain/listing"
	"minglu/domain/term"
	"minglu/eventstore"
)

// ReductionView is the name of the view of the reduction rate.
const ReductionView = "reduction"

// reduction shows what the reduction rate is counted from: for each institution
// the days on which what it is licensed for changed, and the frozen baselines.
//
// Buckets: facts (id ‖ seq → fact of the institution), current (stream →
// folded state), tenures (stream → tenures), tenures_at (stream ‖ seq → the
// same as it was known then), relapses (stream ‖ seq → day), jurisdictions
// (division ‖ seq → fact).
type reduction struct{ facts, decisions facts }

// Reduction returns the view.
func Reduction(c *eventstore.Codec) Projection { return newReduction(c) }

func newReduction(c *eventstore.Codec) reduction {
	return reduction{facts: facts{codec: c, bucket: "facts"}, decisions: facts{codec: c, bucket: "jurisdictions"}}
}

// Name returns the view's name.
func (reduction) Name() string { return ReductionView }

// Version is raised whenever the rows change.
func (reduction) Version() int { return 1 }

// Apply folds what touches licences, baselines and relapses.
func (v reduction) Apply(tx *Tx, r eventstore.Record) error {
	switch e := r.Event.(type) {
	case institution.Event:
		return v.applyInstitution(tx, r, e)
	case listing.BlackListed:
		return applyRelapse(tx, r, e)
	case jurisdiction.BaselineFrozen, jurisdiction.Corrected, jurisdiction.Annulled:
		v.decisions.put(tx, r.Division(), r)
	}
	return nil
}

// tracked is the part of an institution that the rate looks at.
type tracked struct {
	State institution.State
}

func (v reduction) applyInstitution(tx *Tx, r eventstore.Record, e institution.Event) error {
	if !touchesTenure(e) {
		return nil
	}
	v.facts.put(tx, r.AggregateID(), r)
	cur, _, err := loadState[tracked](tx.Bucket("current"), []byte(r.Stream))
	if err != nil {
		return err
	}
	if isAmendment(r) {
		recs, err := v.facts.records(tx.Bucket("facts"), r.AggregateID(), Now)
		if err == nil {
			recs, err = v.facts.codec.Amend(recs)
		}
		if err != nil {
			return err
		}
		cur.State = institution.State{}
		for _, r := range recs {
			cur.State = institution.Evolve(cur.State, r.Meta, r.Event.(institution.Event))
		}
	} else {
		cur.State = institution.Evolve(cur.State, r.Meta, e)
	}
	if err := putState(tx.Bucket("current"), []byte(r.Stream), cur); err != nil {
		return err
	}
	row := encodeTenures(cur.State)
	if string(row) == string(tx.Bucket("tenures").Get([]byte(r.Stream))) {
		return nil
	}
	tx.Bucket("tenures").Put([]byte(r.Stream), row)
	tx.Bucket("tenures_at").Put(SeqKey(r.Meta.Seq, r.Stream), row)
	return nil
}

// touchesTenure reports whether the fact can change what the rate counts.
func touchesTenure(e institution.Event) bool {
	switch e.(type) {
	case institution.IdentifierAttached, institution.IdentifierDetached, institution.NameChanged, institution.AddressChanged,
		institution.ComplianceReviewRecorded, institution.AnnualInspectionConcluded, institution.PlatformEnrolled,
		institution.ContractTemplateAdopted, institution.InterviewHeld, institution.OperationStopped,
		institution.LicenceApplied, institution.LicenceApplicationAccepted, institution.LicenceRefused,
		institution.ClassificationChallenged, institution.ClassificationReviewed, institution.WarningPosted, institution.AdvertisementRemoved,
		institution.ScheduleBreachNoted, institution.AnnualReportFiled, institution.AbnormalClosureReported, institution.CardIssued,
		institution.PersonalDataRead, institution.PersonalDataErased, institution.DeadlineMissed:
		return false
	}
	return true
}

// applyRelapse notes that a black listing names disguised subject training or
// training outside the scope; of a converted institution that is a relapse.
func applyRelapse(tx *Tx, r eventstore.Record, e listing.BlackListed) error {
	for _, g := range e.Grounds {
		if g.Code == term.B2 || g.Code == term.B3 {
			stream := eventstore.StreamName(r.Division(), "institution", r.AggregateID())
			PutUint(tx.Bucket("relapses"), SeqKey(r.Meta.Seq, stream), uint64(calendar.DayOf(r.Meta.Effective)))
			return nil
		}
	}
	return nil
}

// tenureSize is the length of one tenure: day, three masks, flags.
const tenureSize = 4 + 3 + 1

const (
	flagAny = 1 << iota
	flagNonProfit
	flagEnding
	flagOnline
)

func encodeTenures(s institution.State) []byte {
	var out []byte
	for _, t := range s.Tenures() {
		out = binary.BigEndian.AppendUint32(out, uint32(t.From))
		var flags byte
		for bit, on := range map[byte]bool{flagAny: t.Any, flagNonProfit: t.NonProfit, flagEnding: t.Ending, flagOnline: s.Mode == term.Online} {
			if on {
				flags |= bit
			}
		}
		out = append(out, t.Held, t.Suspended, t.Converted, flags)
	}
	return out
}

// decodeTenure returns the tenure that holds on a day, and whether the
// institution works online.
func decodeTenure(b []byte, on calendar.Day) (t institution.Tenure, online bool) {
	for n := len(b) - tenureSize; n >= 0; n -= tenureSize {
		row := b[n : n+tenureSize]
		online = row[7]&flagOnline != 0
		if from := calendar.Day(binary.BigEndian.Uint32(row)); from <= on {
			return institution.Tenure{
				From: from, Held: row[4], Suspended: row[5], Converted: row[6],
				Any: row[7]&flagAny != 0, NonProfit: row[7]&flagNonProfit != 0, Ending: row[7]&flagEnding != 0,
			}, online
		}
	}
	return institution.Tenure{}, online
}

func (v reduction) baselines(r *Read, code division.Code, atSeq uint64) ([]jurisdiction.BaselineFrozen, error) {
	recs, err := v.decisions.records(r.Bucket("jurisdictions"), string(code), atSeq)
	if err == nil {
		recs, err = v.decisions.codec.Amend(recs)
	}
	var out []jurisdiction.BaselineFrozen
	for _, rec := range recs {
		if b, ok := rec.Event.(jurisdiction.BaselineFrozen); ok {
			out = append(out, b)
		}
	}
	return out, err
}
