package answer

import (
	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/institution"
	"minglu/domain/term"
	"minglu/projections"
)

// InstitutionRow is an institution in a list.
type InstitutionRow struct {
	ID         string          `json:"id"`
	Ref        Maybe           `json:"ref"`
	Name       string          `json:"name"`
	USCC       Maybe           `json:"uscc"`
	Division   Division        `json:"division"`
	Kind       term.Kind       `json:"kind"`
	Mode       term.Mode       `json:"mode"`
	Class      term.Class      `json:"class"`
	Categories []term.Category `json:"categories"`
	Audiences  []term.Audience `json:"audiences"`
	Address    Maybe           `json:"address"`
	Licence    Maybe           `json:"licence_number" doc:"The licence in force that was granted last."`
	ValidTo    Date            `json:"licence_valid_to"`
	Documents  term.Documents  `json:"documents"`
	Standing   term.Standing   `json:"standing"`
	Since      Date            `json:"standing_since"`
	Status     term.Status     `json:"status"`
	Version    uint64          `json:"version"`
	// Match tells a search why the row was found.
	Match *Match `json:"match,omitempty"`
}

// Match says in which field a search found its words, and where: characters
// From to To of Text, both 0 where they stand in several places.
type Match struct {
	Field string `json:"field"`
	Text  string `json:"text"`
	From  int    `json:"from"`
	To    int    `json:"to"`
}

// RowOf answers for one row of a list; see InstitutionOf for now.
func RowOf(i, now projections.Institution, f For) InstitutionRow {
	s, on := i.State, f.AsOf
	m := maskOf(now.State, f.Reader)
	i = Shown(i, now, f)
	scope := s.Scope(on)
	r := InstitutionRow{
		ID: i.ID, Ref: Maybe(s.Ref), Name: m.text(s.Name(on)), Division: DivisionOn(i.Division, on),
		Kind: s.Kind, Mode: s.Mode, Class: scope.Class, Categories: orEmpty(scope.Categories), Audiences: orEmpty(scope.Audiences),
		Address: Maybe(m.text(s.Address(on))), Documents: s.Documents(on), Status: s.Status(on), Version: i.Version,
	}
	if !m.hides() {
		r.USCC = Maybe(s.USCC(on))
	}
	var since calendar.Day
	r.Standing, since, _ = i.Standing(on)
	r.Since = Date{since}
	if l, ok := newestLicence(s, on); ok {
		r.Licence, r.ValidTo = Maybe(l.Number), Date{l.ValidTo}
	}
	return r
}

// newestLicence returns the licence in force on a day that was granted last.
func newestLicence(s institution.State, on calendar.Day) (newest institution.Licence, ok bool) {
	for _, l := range s.Licences {
		if l.Valid(on) && (!ok || l.ValidFrom >= newest.ValidFrom) {
			newest, ok = l, true
		}
	}
	return newest, ok
}

// ListedInstitution names who is listed.
type ListedInstitution struct {
	ID           string        `json:"id"`
	Name         string        `json:"name"`
	USCC         Maybe         `json:"uscc"`
	Division     division.Code `json:"division"`
	DivisionName string        `json:"division_name"`
	Kind         term.Kind     `json:"kind"`
}

// ListRow is a member of a list.
type ListRow struct {
	Institution ListedInstitution `json:"institution"`
	ListedOn    Date              `json:"listed_on"`
	Reason      string            `json:"reason"`
	LegalBasis  Maybe             `json:"legal_basis"`
	DocumentNo  Maybe             `json:"document_no"`
	DecidedBy   Maybe             `json:"decided_by"`
	Agency      Maybe             `json:"decided_by_name"`
	Until       Date              `json:"until" doc:"The last day that is known, null where it is open."`
	Tier        Maybe             `json:"tier"`
	RepairFrom  Date              `json:"repair_from"`
	Categories  []term.Category   `json:"categories"`
	Audiences   []term.Audience   `json:"audiences"`
	Address     Maybe             `json:"address"`
	Licence     Maybe             `json:"licence_number"`
}

// ListRowOf answers for one member of the list that its standing is of; see
// InstitutionOf for now.
func ListRowOf(i, now projections.Institution, f For) ListRow {
	m := maskOf(now.State, f.Reader)
	i = Shown(i, now, f)
	st := standingOf(i, f, m)
	if st.basis == nil {
		st.basis = &StandingBasis{}
	}
	scope := i.State.Scope(f.AsOf)
	r := ListRow{
		Institution: listedOf(i, f, m), ListedOn: Date{st.since}, Reason: st.reason,
		LegalBasis: st.basis.LegalBasis, DocumentNo: st.basis.DocumentNo, DecidedBy: st.basis.DecidedBy, Agency: st.basis.Agency,
		Until: st.basis.Until, Tier: st.basis.Tier, RepairFrom: st.basis.RepairFrom,
		Categories: orEmpty(scope.Categories), Audiences: orEmpty(scope.Audiences), Address: Maybe(m.text(i.State.Address(f.AsOf))),
	}
	if l, ok := newestLicence(i.State, f.AsOf); ok {
		r.Licence = Maybe(l.Number)
	}
	return r
}

func listedOf(i projections.Institution, f For, m mask) ListedInstitution {
	d := DivisionOn(i.Division, f.AsOf)
	l := ListedInstitution{ID: i.ID, Name: m.text(i.State.Name(f.AsOf)), Division: d.Code, DivisionName: d.Name, Kind: i.State.Kind}
	if !m.hides() {
		l.USCC = Maybe(i.State.USCC(f.AsOf))
	}
	return l
}

// List is who is on a list.
type List struct {
	List      term.ListName `json:"list"`
	Division  Maybe         `json:"division"`
	Items     []ListRow     `json:"items"`
	Total     int           `json:"total"`
	Next      Maybe         `json:"next"`
	AsOf      Date          `json:"as_of"`
	AtSeq     uint64        `json:"at_seq"`
	Scheduled bool          `json:"scheduled,omitempty"`
}

// Institutions is a page of institutions.
type Institutions struct {
	Items     []InstitutionRow `json:"items"`
	Next      Maybe            `json:"next" doc:"The cursor of the next page, null at the end."`
	Total     int              `json:"total"`
	AsOf      Date             `json:"as_of"`
	AtSeq     uint64           `json:"at_seq"`
	Scheduled bool             `json:"scheduled,omitempty"`
	Note      Maybe            `json:"note,omitempty" doc:"What it means that nothing was found."`
}
