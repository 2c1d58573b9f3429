package projections

import (
	"fmt"

	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/institution"
	"minglu/domain/jurisdiction"
	"minglu/domain/rule"
	"minglu/domain/term"
)

// CohortQuery asks for the cohort of a division.
type CohortQuery struct {
	Division  string // six digits; what lies below is included
	Baseline  string // name; empty: the newest that fits
	Class     term.Class
	Audiences []term.Audience
	Mode      term.Mode // empty: any
}

// Cohort is the answer: the baseline, its members by state, and who they are.
type Cohort struct {
	rule.Cohort
	Name    string
	Date    calendar.Day
	Members []Member
	Newer   []string // streams of the entrants
}

// Member is one member of a baseline with its state on the day asked for.
type Member struct {
	Stream  string
	State   term.CohortState
	Relapse bool
}

// Cohort returns the cohort as of each of the days, at a position. Where the
// division froze no baseline of its own that fits, those of the divisions
// below it are added up. A day before the baseline's own has no cohort.
func (v *Views) Cohort(q CohortQuery, days []calendar.Day, atSeq uint64) (out []Cohort, err error) {
	err = v.Read(ReductionView, func(r *Read) error {
		frozen, err := v.frozen(r, q, atSeq)
		if err != nil {
			return err
		}
		for _, day := range days {
			c := Cohort{Cohort: rule.Cohort{States: map[term.CohortState]int{}}}
			for _, f := range frozen {
				c.add(r, f.code, f.baseline, day, atSeq)
			}
			out = append(out, c)
		}
		return nil
	})
	return out, err
}

type frozenIn struct {
	code     division.Code
	baseline jurisdiction.BaselineFrozen
}

// frozen returns the baselines to be added up: the division's own, or those of
// the nearest below.
func (v *Views) frozen(r *Read, q CohortQuery, atSeq uint64) ([]frozenIn, error) {
	return v.frozenBelow(r, division.Code(q.Division), q, atSeq)
}

func (v *Views) frozenBelow(r *Read, code division.Code, q CohortQuery, atSeq uint64) ([]frozenIn, error) {
	own, err := v.reduction.baselines(r, code, atSeq)
	if err != nil {
		return nil, err
	}
	for n := len(own) - 1; n >= 0; n-- {
		if q.fits(own[n]) {
			return []frozenIn{{code, own[n]}}, nil
		}
	}
	var out []frozenIn
	for _, child := range division.Children(code) {
		below, err := v.frozenBelow(r, child, q, atSeq)
		if err != nil {
			return nil, err
		}
		out = append(out, below...)
	}
	return out, nil
}

func (q CohortQuery) fits(b jurisdiction.BaselineFrozen) bool {
	if q.Baseline != "" && q.Baseline != b.Name || q.Mode != "" && b.Mode != q.Mode && b.Mode != "" {
		return false
	}
	if q.Class != "" && q.Class != b.Class {
		return false
	}
	return len(q.Audiences) == 0 || rule.Scope{Class: b.Class, Audiences: q.Audiences}.Same(rule.Scope{Class: b.Class, Audiences: b.Audiences})
}

// add counts one baseline in.
func (c *Cohort) add(r *Read, code division.Code, b jurisdiction.BaselineFrozen, on calendar.Day, atSeq uint64) {
	if on < b.Date {
		return
	}
	c.Name, c.Date = b.Name, b.Date
	c.Frozen = true
	c.Cohort.Members += len(b.Members)
	c.LicensedInAll += b.LicensedInAll
	mask := institution.Mask(b.Class, b.Audiences)
	member := make(map[string]bool, len(b.Members))
	for _, stream := range b.Members {
		member[stream] = true
		t, _ := decodeTenure(tenureRow(r, stream, atSeq), on)
		m := Member{Stream: stream, State: t.Cohort(mask)}
		if m.State == term.CohortConverted && relapsed(r, stream, on, atSeq) {
			m.Relapse = true
			c.Relapses++
		}
		c.States[m.State]++
		c.Members = append(c.Members, m)
	}
	for _, prefix := range prefixes(string(code)) {
		for stream, row := range tenureRows(r, prefix, atSeq) {
			if t, online := decodeTenure(row, on); t.Held&mask != 0 && !member[stream] && modeFits(b.Mode, online) {
				c.Entrants++
				c.Newer = append(c.Newer, stream)
			}
		}
	}
}

func modeFits(m term.Mode, online bool) bool {
	return m == "" || (m == term.Online) == online
}

func tenureRow(r *Read, stream string, atSeq uint64) []byte {
	if atSeq >= r.Seq() {
		return r.Bucket("tenures").Get([]byte(stream))
	}
	for _, b := range r.Bucket("tenures_at").Back(Key(stream), SeqKey(atSeq+1, stream)) {
		return b
	}
	return nil
}

// tenureRows yields the streams of a prefix with what was known of them at a
// position.
func tenureRows(r *Read, prefix string, atSeq uint64) func(yield func(string, []byte) bool) {
	return func(yield func(string, []byte) bool) {
		for k, row := range r.Bucket("tenures").Scan([]byte(prefix)) {
			stream := string(k)
			if atSeq < r.Seq() {
				row = tenureRow(r, stream, atSeq)
			}
			if row != nil && !yield(stream, row) {
				return
			}
		}
	}
}

func relapsed(r *Read, stream string, on calendar.Day, atSeq uint64) bool {
	b := r.Bucket("relapses")
	for k := range b.Scan(Key(stream)) {
		seq, _, _ := CutUint(k[len(k)-8:])
		if seq <= atSeq && calendar.Day(GetUint(b, k)) <= on {
			return true
		}
	}
	return false
}

// Roll returns the streams of the institutions of a division, with all below
// it, that held a licence for the class and one of the audiences on a day, and
// how many held any licence; and the position at which it was read.
func (v *Views) Roll(in string, class term.Class, audiences []term.Audience, mode term.Mode, on calendar.Day) (roll jurisdiction.Roll, err error) {
	return v.RollWithout(in, class, audiences, mode, on, func(string) bool { return false })
}

// RollWithout is Roll without the streams that are left out.
func (v *Views) RollWithout(in string, class term.Class, audiences []term.Audience, mode term.Mode, on calendar.Day, leftOut func(stream string) bool) (roll jurisdiction.Roll, err error) {
	mask := institution.Mask(class, audiences)
	if mask == 0 {
		return roll, fmt.Errorf("no audience to look for")
	}
	err = v.Read(ReductionView, func(r *Read) error {
		roll.AtSeq = r.Seq()
		for _, prefix := range prefixes(in) {
			for stream, row := range tenureRows(r, prefix, Now) {
				t, online := decodeTenure(row, on)
				if !modeFits(mode, online) || leftOut(stream) {
					continue
				}
				if t.Any {
					roll.LicensedInAll++
				}
				if t.Held&mask != 0 {
					roll.Members = append(roll.Members, stream)
				}
			}
		}
		return nil
	})
	return roll, err
}
