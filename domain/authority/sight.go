package authority

import (
	"slices"

	"minglu/domain"
	"minglu/domain/division"
	"minglu/domain/term"
)

// Relation is how a reader stands to a fact.
type Relation string

// The relations, from the loosest.
const (
	Anyone    Relation = "anyone"    // the public
	Joined    Relation = "joined"    // an agency that enforces the law in the division of the fact
	Recording Relation = "recording" // the agency that recorded it
	Auditing  Relation = "auditing"  // an auditor of the division or of one above it
)

// Sight is one line of the table of what may be read: who may read facts of a
// visibility. What is not in the table is read by nobody; a sealed value is read
// by the act that asks for it with a reason, and each reading is a fact.
type Sight struct {
	Visibility domain.Visibility
	Title      domain.Text
	Readers    []Relation
}

// Sights is the whole of it.
var Sights = []Sight{
	{domain.Public, domain.Text{ZH: "公开", EN: "published"}, []Relation{Anyone}},
	{domain.Joint, domain.Text{ZH: "联合执法单位", EN: "joint enforcement, not published"}, []Relation{Joined, Recording}},
	{domain.AgencyOnly, domain.Text{ZH: "本单位（另一单位未公开的部分不可见）", EN: "an agency's own part, not shared"}, []Relation{Recording, Auditing}},
	{domain.SealedOnly, domain.Text{ZH: "密封", EN: "sealed"}, nil},
}

// Relations are all relations, with their words.
var Relations = map[Relation]domain.Text{
	Anyone:    {ZH: "任何人", EN: "anyone"},
	Joined:    {ZH: "该辖区及上级辖区的执法单位", EN: "enforcing agencies of the division and of those above it"},
	Recording: {ZH: "记录该事实的单位", EN: "the agency that recorded it"},
	Auditing:  {ZH: "该辖区及上级辖区的审计人员", EN: "auditors of the division and of those above it"},
}

// Reader is who reads: nobody known where it is zero.
type Reader struct {
	Agency   string
	Division division.Code
	Role     term.Role
}

// Over reports whether the reader enforces the law in a division: an agency of the
// division or of one above it. A bank and the platform, which record what happens
// on accounts and orders, do not.
func (r Reader) Over(in division.Code) bool {
	a, err := ParseAgency(r.Agency)
	return err == nil && a.Department != term.Bank && a.Department != term.PlatformDept && r.Serves(in)
}

// Serves reports whether the reader's agency, whichever it is, is one of the
// division or of one above it.
func (r Reader) Serves(in division.Code) bool {
	return r.Agency != "" && (r.Division == in || division.Within(in, r.Division))
}

func (r Reader) is(rel Relation, m domain.Meta) bool {
	switch rel {
	case Anyone:
		return true
	case Joined:
		return r.Over(division.Code(m.Division))
	case Recording:
		return r.Agency != "" && r.Agency == m.Actor.Agency
	case Auditing:
		return r.Role == term.Auditor && r.Over(division.Code(m.Division))
	}
	return false
}

// MaySee reports whether a reader may read a fact.
func MaySee(r Reader, m domain.Meta) bool {
	v := m.Visibility
	if v == "" {
		v = domain.Public
	}
	i := slices.IndexFunc(Sights, func(s Sight) bool { return s.Visibility == v })
	return i >= 0 && slices.ContainsFunc(Sights[i].Readers, func(rel Relation) bool { return r.is(rel, m) })
}
