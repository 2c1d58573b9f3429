package answer

import (
	"fmt"
	"slices"
	"strings"

	"minglu/domain"
	"minglu/domain/figure"
	"minglu/domain/term"
	"minglu/projections"
)

// itemLists says to which closed lists the items of a figure belong. The items
// of those that are not here are free words, such as areas, and are their own
// labels.
var itemLists = map[term.Figure][]*term.List{
	term.GrievancesReceived:   {term.Channels},
	term.GrievanceParts:       {term.Natures},
	term.GrievancesRefused:    {term.RefusalGrounds},
	term.GrievancesTerminated: {term.MediationEnds},
	term.GrievancesClosed:     {term.Natures},
	term.Campaigns:            {term.InspectionKinds},
	term.InspectionVisits:     {term.InspectionKinds},
	term.Findings:             {term.CheckItems},
	term.CorrectedOnSite:      {term.CheckItems},
	term.PremisesSurveyed:     {term.DocumentsList},
	term.CasesAlleged:         {term.Disguises, term.Variants},
	term.CasesNotPunished:     {term.NoPenaltyGrounds},
	term.InformalMeasures:     {term.Informals},
	term.EscrowAccountsOpened: {term.EscrowModes},
	term.ChargeBreachesNoted:  {term.ChargeBreaches},
	term.EscrowAlertsRaised:   {term.AlertLevels},
	term.RefundsRequested:     {term.RefundCauses},
	term.DisputesOpened:       {term.DisputeCauses},
	term.DisputePupils:        {term.DisputeCauses},
	term.DisputesRouted:       {term.Recourses},
	term.DisputesResolved:     {term.Recourses},
	term.Notices:              {term.NoticeAudiences},
	term.WarningsPosted:       {term.Warnings},
	term.OperationsStopped:    {term.DocumentsList},
	term.AnnualInspections:    {term.InspectionResults},
	term.LicenceApplications:  {term.Classes},
	term.LicencesGranted:      {term.Classes},
	term.DeadlinesMissed:      {term.Clocks},
	term.ListingsProposed:     {term.Proposals},
}

// agencyItems are the figures whose items are agencies.
var agencyItems = []term.Figure{term.GrievancesTransferred, term.GrievancesReturned}

// ItemLabel returns the words for an item of a figure; an item that is in no
// list is its own label.
func ItemLabel(key term.Figure, item string) domain.Text {
	if item == "" {
		return domain.Text{ZH: "未注明", EN: "not told"}
	}
	for _, l := range itemLists[key] {
		if l.Has(item) {
			return l.Label(item)
		}
	}
	if slices.Contains(agencyItems, key) {
		return AgencyName(item)
	}
	return domain.Text{ZH: item, EN: item}
}

// confidential reports whether a figure counts people who complained or were
// harmed, or what they brought in: small numbers of those name somebody. That
// there is a dispute with an institution names the institution alone.
func confidential(key term.Figure, unit term.Unit) bool {
	people := unit == term.Persons || unit == term.PersonVisits
	switch {
	case strings.HasPrefix(string(key), "grievance"), key == term.RefundsRequested:
		return people || unit == term.Incidents
	case strings.HasPrefix(string(key), "dispute"):
		return people
	}
	return false
}

// confidentialClocks are the clocks that run for the same.
var confidentialClocks = []term.Clock{
	term.ComplaintAccept, term.ComplaintMediation, term.MediationEndNotice, term.MediationLeadCheck, term.ReportCheck, term.ReportOutcomeNotice,
	term.OfficeDispute, term.FalsePublicityCheck, term.PetitionRegister, term.PetitionTransferObjection, term.PetitionClose,
	term.PetitionReviewRequest, term.PetitionReviewAnswer, term.PetitionRereviewRequest, term.PetitionRereviewAnswer,
	term.GrievanceTransferReturn, term.LessonConfirmation, term.RefundAnswer, term.RefundPayment,
}

// Confidential are the figures of which small numbers are not told to the
// public.
func Confidential() (keys []term.Figure) {
	for _, c := range term.Figures.Codes() {
		if confidential(term.Figure(c), term.Persons) {
			keys = append(keys, term.Figure(c))
		}
	}
	return keys
}

// ConfidentialClocks are the clocks of which small numbers are not told to the
// public.
func ConfidentialClocks() []term.Clock { return slices.Clone(confidentialClocks) }

// withheld says which parts of a number that is told are not: those that are
// small and, where these could be worked out from the total, the next smallest
// with all that are equal to it, so that what is told says of none of them whether
// it is a small one. ok is false where there are no others; then none of the
// parts is told.
func withheld(parts []int, small int) (hide []bool, ok bool) {
	hide = make([]bool, len(parts))
	n, sum, next := 0, 0, 0
	for i, p := range parts {
		switch {
		case p > 0 && p < small:
			hide[i], n, sum = true, n+1, sum+p
		case p >= small && (next == 0 || p < next):
			next = p
		}
	}
	// One part alone is what is missing from the total; several of which every
	// one is the least, or the most, that it may be are known too.
	if n == 0 || n > 1 && sum != n && sum != n*(small-1) {
		return hide, true
	}
	for i, p := range parts {
		hide[i] = hide[i] || p == next && p > 0
	}
	return hide, next > 0
}

// Publicity says how much of small numbers a reader is told.
type Publicity struct {
	// Small is the smallest number of people, or of their matters, that is told;
	// 0 where all are, as to officers.
	Small int
	// Figures and Clocks are not told at all, whatever they count: those of an
	// agency that stands beside others somewhere and is withheld there.
	Figures map[term.Figure]bool
	Clocks  map[term.Clock]bool
}

// small reports whether a number is too small to be told.
func (p Publicity) small(n int) bool { return n > 0 && n < p.Small }

// WithheldFigure reports whether, among the agencies of a figure, one is not
// told to the public.
func (p Publicity) WithheldFigure(t projections.FigureTotal, agency string) bool {
	if p.Small == 0 || !confidential(t.Key, t.Total.Unit) {
		return false
	}
	numbers := make([]int, len(t.Agencies))
	for i, a := range t.Agencies {
		numbers[i] = a.Count.N
	}
	at := slices.IndexFunc(t.Agencies, func(a projections.FigurePart) bool { return a.Code == agency })
	return at >= 0 && p.withholds(t.Total.N, numbers, at)
}

// WithheldClock reports whether, among the agencies of a clock, one is not told
// to the public.
func (p Publicity) WithheldClock(c projections.ClockDurations, agency string) bool {
	if p.Small == 0 || !slices.Contains(confidentialClocks, c.Key) {
		return false
	}
	numbers := make([]int, len(c.Agencies))
	for i, a := range c.Agencies {
		numbers[i] = a.N
	}
	at := slices.IndexFunc(c.Agencies, func(a projections.AgencyDuration) bool { return a.Agency == agency })
	return at >= 0 && p.withholds(c.N, numbers, at)
}

func (p Publicity) withholds(total int, parts []int, at int) bool {
	hide, ok := withheld(parts, p.Small)
	return p.small(total) || !ok || hide[at]
}

// tooFew is said in place of a number.
func tooFew(small int) domain.Text { return domain.Say("少于 %d", "fewer than %d", small) }

// tooFewHere is said in place of a part. It does not say which of the parts are
// small and which only hide them.
func tooFewHere(small int) domain.Text {
	return domain.Say("少于 %d，或为防止推算而不公布", "fewer than %d, or not told so that none can be worked out", small)
}

// FigureCount is a number of something that may be unknown or not told.
type FigureCount struct {
	N         *int  `json:"n" doc:"Null where it is unknown or not told."`
	Precision Maybe `json:"precision"`
}

func countOf(c figure.Count) FigureCount {
	out := FigureCount{N: &c.N, Precision: Maybe(c.Filled().Precision)}
	if c.Precision == term.UnknownCount && c.N == 0 {
		out.N = nil
	}
	return out
}

// FigureCell is a number that may be withheld.
type FigureCell struct {
	FigureCount
	Suppressed bool  `json:"suppressed,omitempty" doc:"Too small a number of people, or of their matters, to be told to the public."`
	Note       Maybe `json:"note,omitempty" doc:"What is said in its place."`
}

func withheldCell(words domain.Text, f For) FigureCell {
	return FigureCell{Suppressed: true, Note: Maybe(f.say(words))}
}

// FigureItem is one figure of a period.
type FigureItem struct {
	Key       term.Figure `json:"key"`
	Label     string      `json:"label"`
	Unit      term.Unit   `json:"unit"`
	UnitLabel string      `json:"unit_label"`
	FigureCell
	Institutions *FigureCount     `json:"distinct_institutions" doc:"How many different institutions it is about; null where that says nothing, n null where it is unknown. Visits are no institutions."`
	Items        []FigureByItem   `json:"by_item" doc:"Empty where it has no parts, or where these would tell what is withheld."`
	Agencies     []FigureByAgency `json:"by_agency"`
}

// FigureByItem is the part of one item.
type FigureByItem struct {
	Item  Maybe  `json:"item"`
	Label string `json:"label"`
	FigureCell
}

// FigureByAgency is the part of one agency.
type FigureByAgency struct {
	Agency string `json:"agency"`
	Name   string `json:"name"`
	FigureCell
}

// ClosingRate is what was closed in a period by what was received in it.
type ClosingRate struct {
	Received *int  `json:"received"`
	Closed   *int  `json:"closed"`
	Rate     Maybe `json:"rate" doc:"In per cent with two decimals, half up; null where it cannot be said."`
	Reason   Maybe `json:"reason" doc:"Why there is none."`
}

// Figures are the figures of a period.
type Figures struct {
	Division    Maybe        `json:"division"`
	Agency      Maybe        `json:"agency"`
	From        Date         `json:"from"`
	To          Date         `json:"to" doc:"Null: up to as_of. Nothing after as_of is counted."`
	SmallNumber *int         `json:"small_number" doc:"Smallest number of complaints, disputes and their people that is told; null where all is told, as to officers."`
	Items       []FigureItem `json:"items"`
	Total       int          `json:"total"`
	ClosingRate *ClosingRate `json:"closing_rate" doc:"Null where the figures that it is made of are not asked for."`
	AsOf        Date         `json:"as_of"`
	AtSeq       uint64       `json:"at_seq"`
	Scheduled   bool         `json:"scheduled,omitempty"`
}

// SmallNumber is how the threshold is answered: null where all is told.
func (p Publicity) SmallNumber() *int {
	if p.Small == 0 {
		return nil
	}
	return &p.Small
}

// FigureItemsOf answers with figures, in the order of their list.
func FigureItemsOf(totals []projections.FigureTotal, p Publicity, f For) []FigureItem {
	order := term.Figures.Codes()
	totals = slices.SortedFunc(slices.Values(totals), func(a, b projections.FigureTotal) int {
		return slices.Index(order, string(a.Key)) - slices.Index(order, string(b.Key))
	})
	out := make([]FigureItem, len(totals))
	for i, t := range totals {
		out[i] = figureItemOf(t, p, f)
	}
	return out
}

func figureItemOf(t projections.FigureTotal, p Publicity, f For) FigureItem {
	i := FigureItem{
		Key: t.Key, Label: f.say(t.Key.Label()), Unit: t.Total.Unit, UnitLabel: f.say(t.Total.Unit.Label()),
		Items: []FigureByItem{}, Agencies: []FigureByAgency{},
	}
	small := 0
	if confidential(t.Key, t.Total.Unit) {
		small = p.Small
	}
	if small > 0 && (p.Figures[t.Key] || p.small(t.Total.N)) {
		words := tooFew(small)
		if p.Figures[t.Key] {
			words = tooFewHere(small)
		}
		i.FigureCell = withheldCell(words, f)
		return i
	}
	i.FigureCount = countOf(t.Total)
	if t.Institutions.Unit != "" {
		n := countOf(t.Institutions)
		i.Institutions = &n
	}
	if len(t.Items) > 1 || len(t.Items) == 1 && t.Items[0].Code != "" {
		for n, cell := range cellsOf(t.Items, small, f) {
			code := t.Items[n].Code
			i.Items = append(i.Items, FigureByItem{Item: Maybe(code), Label: f.say(ItemLabel(t.Key, code)), FigureCell: cell})
		}
	}
	for n, cell := range cellsOf(t.Agencies, small, f) {
		code := t.Agencies[n].Code
		i.Agencies = append(i.Agencies, FigureByAgency{Agency: code, Name: f.say(AgencyName(code)), FigureCell: cell})
	}
	return i
}

// cellsOf answers with the parts of a number that is told; with none where they
// would tell what is withheld.
func cellsOf(parts []projections.FigurePart, small int, f For) []FigureCell {
	numbers := make([]int, len(parts))
	for i, p := range parts {
		numbers[i] = p.Count.N
	}
	hide, ok := withheld(numbers, small)
	if !ok {
		return nil
	}
	out := make([]FigureCell, len(parts))
	for i, p := range parts {
		if hide[i] {
			out[i] = withheldCell(tooFewHere(small), f)
		} else {
			out[i].FigureCount = countOf(p.Count)
		}
	}
	return out
}

// ClosingRateOf works out what share of the grievances was closed, where both
// numbers are known exactly and told.
func ClosingRateOf(items []FigureItem, f For) *ClosingRate {
	find := func(key term.Figure) FigureCell {
		if i := slices.IndexFunc(items, func(i FigureItem) bool { return i.Key == key }); i >= 0 {
			return items[i].FigureCell
		}
		return FigureCell{FigureCount: countOf(figure.Of(0, term.Incidents))}
	}
	received, closed := find(term.GrievancesReceived), find(term.GrievancesClosed)
	r := &ClosingRate{Received: received.N, Closed: closed.N}
	switch {
	case received.Suppressed || closed.Suppressed:
		r.Reason = Maybe(f.say(domain.Text{ZH: "件数少，不公布", EN: "the numbers are too small to be told"}))
	case received.Precision != Maybe(term.Exact) || closed.Precision != Maybe(term.Exact):
		r.Reason = Maybe(f.say(domain.Text{ZH: "收到或办结的件数不是准数（“余”“近”），不能计算办结率", EN: "what was received or closed is not known exactly, so there is no rate"}))
	case *received.N == 0:
		r.Reason = Maybe(f.say(domain.Text{ZH: "期间没有收到投诉举报，无法计算", EN: "nothing was received in the time"}))
	default:
		r.Rate = Maybe(perCent(*closed.N, *received.N))
	}
	return r
}

// perCent writes a share in per cent with two decimals, half up.
func perCent(n, of int) string {
	hundredths := (20000*n + of) / (2 * of)
	return fmt.Sprintf("%d.%02d", hundredths/100, hundredths%100)
}

// FigureRow is one number of the figures, as files have it.
type FigureRow struct {
	Key       term.Figure `json:"key"`
	Label     string      `json:"label"`
	Part      string      `json:"part" enum:"total,item,agency"`
	Code      Maybe       `json:"code" doc:"The item or the agency; null for the total."`
	CodeLabel Maybe       `json:"code_label"`
	Unit      term.Unit   `json:"unit"`
	FigureCell
	Institutions *FigureCount `json:"distinct_institutions"`
}

// FigureRowsOf returns every number of the figures, one a row.
func FigureRowsOf(items []FigureItem) []FigureRow {
	var out []FigureRow
	for _, i := range items {
		row := FigureRow{Key: i.Key, Label: i.Label, Part: "total", Unit: i.Unit, FigureCell: i.FigureCell, Institutions: i.Institutions}
		out = append(out, row)
		row.Institutions = nil
		for _, p := range i.Items {
			row.Part, row.Code, row.CodeLabel, row.FigureCell = "item", p.Item, Maybe(p.Label), p.FigureCell
			out = append(out, row)
		}
		for _, p := range i.Agencies {
			row.Part, row.Code, row.CodeLabel, row.FigureCell = "agency", Maybe(p.Agency), Maybe(p.Name), p.FigureCell
			out = append(out, row)
		}
	}
	return out
}

// DurationRow is how long clocks of one key took that ended in a period.
type DurationRow struct {
	Clock      term.Clock `json:"clock"`
	Label      string     `json:"label"`
	Agency     Maybe      `json:"agency" doc:"Null: all agencies together."`
	AgencyName Maybe      `json:"agency_name"`
	N          *int       `json:"n" doc:"How many ended."`
	Median     *int       `json:"median" doc:"In calendar days from the first day, pauses among them."`
	P90        *int       `json:"p90" doc:"Nine of ten took no longer."`
	Late       *int       `json:"late" doc:"How many ended after their last day."`
	Suppressed bool       `json:"suppressed,omitempty"`
	Note       Maybe      `json:"note,omitempty"`
}

// Durations are how long clocks took.
type Durations struct {
	Division    Maybe         `json:"division"`
	Agency      Maybe         `json:"agency"`
	From        Date          `json:"from"`
	To          Date          `json:"to"`
	SmallNumber *int          `json:"small_number"`
	Items       []DurationRow `json:"items"`
	Total       int           `json:"total"`
	AsOf        Date          `json:"as_of"`
	AtSeq       uint64        `json:"at_seq"`
	Scheduled   bool          `json:"scheduled,omitempty"`
}

// DurationRowsOf answers with clocks in the order of their list: all agencies
// together, then each. Where one agency is asked for there is but its row.
func DurationRowsOf(clocks []projections.ClockDurations, agency string, p Publicity, f For) []DurationRow {
	order := term.Clocks.Codes()
	clocks = slices.SortedFunc(slices.Values(clocks), func(a, b projections.ClockDurations) int {
		return slices.Index(order, string(a.Key)) - slices.Index(order, string(b.Key))
	})
	out := []DurationRow{}
	for _, c := range clocks {
		out = append(out, durationRows(c, agency, p, f)...)
	}
	return out
}

func durationRows(c projections.ClockDurations, agency string, p Publicity, f For) (out []DurationRow) {
	row := func(agency string, d projections.Duration) DurationRow {
		r := DurationRow{Clock: c.Key, Label: f.say(c.Key.Label()), Agency: Maybe(agency), N: &d.N, Median: &d.Median, P90: &d.P90, Late: &d.Late}
		if agency != "" {
			r.AgencyName = Maybe(f.say(AgencyName(agency)))
		}
		return r
	}
	small := 0
	if slices.Contains(confidentialClocks, c.Key) {
		small = p.Small
	}
	all := row(agency, c.Duration)
	switch {
	case small > 0 && p.Clocks[c.Key]:
		return []DurationRow{all.without(tooFewHere(small), f)}
	case small > 0 && p.small(c.N):
		return []DurationRow{all.without(tooFew(small), f)}
	case agency != "":
		return []DurationRow{all}
	}
	numbers := make([]int, len(c.Agencies))
	for i, a := range c.Agencies {
		numbers[i] = a.N
	}
	out = append(out, all)
	hide, ok := withheld(numbers, small)
	for i, a := range c.Agencies {
		r := row(a.Agency, a.Duration)
		if hide[i] {
			r = r.without(tooFewHere(small), f)
		}
		if ok {
			out = append(out, r)
		}
	}
	return out
}

// without is the row with its numbers withheld.
func (r DurationRow) without(words domain.Text, f For) DurationRow {
	r.N, r.Median, r.P90, r.Late = nil, nil, nil, nil
	r.Suppressed, r.Note = true, Maybe(f.say(words))
	return r
}

// The steps of the funnel.
const (
	StepSurveyed = "surveyed_unlicensed"
	StepApplied  = "applied"
	StepGranted  = "granted"
)

// funnelLabels are the words for the steps.
var funnelLabels = map[string]domain.Text{
	StepSurveyed: {ZH: "摸排到的无证场所", EN: "unlicensed premises surveyed"},
	StepApplied:  {ZH: "申请办证", EN: "applied for a licence"},
	StepGranted:  {ZH: "发给许可", EN: "granted a licence"},
}

// FunnelLabel returns the words for a step of the funnel.
func FunnelLabel(step string) domain.Text { return funnelLabels[step] }

// Unlicensed are the papers of premises without a licence, as surveys note them.
var Unlicensed = []string{string(term.RegisteredOnly), string(term.Neither)}

// FunnelStep is one step from unlicensed premises to a licence.
type FunnelStep struct {
	Step  string    `json:"step" enum:"surveyed_unlicensed,applied,granted"`
	Label string    `json:"label"`
	Unit  term.Unit `json:"unit"`
	FigureCount
	Institutions FigureCount `json:"distinct_institutions"`
	Note         Maybe       `json:"note,omitempty" doc:"Why a number is not exact."`
}

// Funnel is how many unlicensed premises were surveyed in a period, and how many
// of them applied for a licence and were granted one since.
type Funnel struct {
	Division  Maybe        `json:"division"`
	From      Date         `json:"from"`
	To        Date         `json:"to"`
	Items     []FunnelStep `json:"items"`
	Total     int          `json:"total"`
	Note      string       `json:"note"`
	AsOf      Date         `json:"as_of"`
	AtSeq     uint64       `json:"at_seq"`
	Scheduled bool         `json:"scheduled,omitempty"`
}

// funnelNote says what the steps are of each other.
var funnelNote = domain.Text{
	ZH: "期间内摸排到的无证场所，其中此后申请办证、发给许可的机构。",
	EN: "Premises without a licence surveyed in the period, and which of them applied for a licence and were granted one since.",
}

// FunnelMembers are the streams of those in each step.
type FunnelMembers struct {
	Premises figure.Count // surveys of premises without a licence
	Surveyed []string     // institutions that they are known as
	Nameless bool         // some of the premises are known as none
	Applied  []string
	Granted  []string
}

// FunnelOf answers with the steps: each counts those of the step before it alone.
func FunnelOf(m FunnelMembers, f For) Funnel {
	applied := among(m.Applied, m.Surveyed)
	granted := among(m.Granted, m.Surveyed)
	surveyed := figure.Of(len(m.Surveyed), term.Institutions)
	first := FunnelStep{Step: StepSurveyed, Label: f.say(FunnelLabel(StepSurveyed)), Unit: term.Visits, FigureCount: countOf(figure.Of(0, term.Visits))}
	if m.Premises.Unit != "" {
		first.Unit, first.FigureCount = m.Premises.Unit, countOf(m.Premises)
	}
	if m.Nameless {
		surveyed.Precision = term.AtLeast
		first.Note = Maybe(f.say(domain.Text{ZH: "有的场所未在名录中登记，以后的环节不计", EN: "some premises are not in the register and cannot be followed"}))
	}
	first.Institutions = countOf(surveyed)
	a := Funnel{Note: f.say(funnelNote), AsOf: Date{f.AsOf}, AtSeq: f.AtSeq, Scheduled: f.Scheduled(), Items: []FunnelStep{first}}
	for _, s := range []struct {
		step string
		n    int
	}{{StepApplied, applied}, {StepGranted, granted}} {
		n := countOf(figure.Of(s.n, term.Institutions))
		a.Items = append(a.Items, FunnelStep{Step: s.step, Label: f.say(FunnelLabel(s.step)), Unit: term.Institutions, FigureCount: n, Institutions: n})
	}
	a.Total = len(a.Items)
	return a
}

// among counts those of a list, in order, that are in another.
func among(list, of []string) (n int) {
	for _, s := range list {
		if _, ok := slices.BinarySearch(of, s); ok {
			n++
		}
	}
	return n
}
