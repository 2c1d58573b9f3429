package ledger

import (
	"encoding/json"
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/ident"
	"minglu/domain/institution"
	"minglu/domain/rule"
	"minglu/domain/term"
	"minglu/register"
)

// Options say what a ledger does not.
type Options struct {
	// Division is that of rows without a code of their own.
	Division string
	// Agency acts; empty is the education bureau of the row's division.
	Agency  string
	Officer string
	// AsOf is the day as of which the ledger was kept: from it on holds what has
	// no date in its row. Without it such a row is refused.
	AsOf calendar.Day
}

// subject is what a row says about one institution.
type subject struct {
	*row
	options  Options
	division division.Code
	name     string
	scope    rule.Scope
	uscc     ident.USCC
	licence  ident.LicenceNumber
	granted  calendar.Day
	regDate  calendar.Day
	acts     []register.Act
}

// read returns the acts of a row.
func (r *row) acts(o Options) ([]register.Act, error) {
	s := &subject{row: r, options: o}
	for _, step := range []func() error{s.identity, s.teaching, s.dates, s.register, s.grant, s.registration, s.status} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return s.acts, nil
}

func (s *subject) identity() error {
	code, err := s.text(fDivision)
	if err != nil {
		return err
	}
	if code = strings.TrimSuffix(code, "000000"); code == "" {
		code = s.options.Division
	}
	if code == "" {
		return missing(fDivision, domain.Say("：请填写该列，或用 --division 指定", "; fill the column or give --division"))
	}
	if s.division, err = division.Parse(ident.NormaliseName(code)); err != nil {
		return inColumn(fDivision, err)
	}
	if s.name, err = s.needed(fName); err != nil {
		return err
	}
	text, err := s.text(fUSCC)
	if err != nil {
		return err
	}
	if text != "" {
		if s.uscc, err = ident.ReadUSCC(text); err != nil {
			return inColumn(fUSCC, err)
		}
	}
	text, err = s.text(fLicence)
	s.licence = ident.NormaliseLicenceNumber(text)
	return err
}

// teaching reads class, categories and audiences. K9 says class and audience;
// a category in the place of the class says non-subject.
func (s *subject) teaching() error {
	text, err := s.needed(fClass)
	if err != nil {
		return err
	}
	s.scope.Class, err = classWords.read(text)
	if err != nil {
		categories, other := categoryWords.readAll(text)
		if other != nil {
			return inColumn(fClass, err)
		}
		s.scope.Class, s.scope.Categories = term.NonSubject, categories
	}
	if text, err = s.text(fCategory); err != nil {
		return err
	}
	if text != "" {
		categories, err := categoryWords.readAll(text)
		if err != nil {
			return inColumn(fCategory, err)
		}
		s.scope.Categories = categories
	}
	if s.scope.Class == term.Subject && len(s.scope.Categories) > 0 {
		return inColumn(fCategory, problem(domain.Invalid, "inconsistent", "学科类机构不填非学科类别", "a subject institution has no non-subject category"))
	}
	return s.audiences()
}

func (s *subject) audiences() error {
	text, err := s.text(fAudiences)
	if err != nil {
		return err
	}
	if text == "" {
		class, err := s.text(fClass)
		if err != nil {
			return err
		}
		if !strings.Contains(wordKey(class), "K9") {
			return missing(fAudiences, domain.Text{})
		}
		text = "K9"
	}
	s.scope.Audiences, err = audienceWords.readAll(text)
	return inColumn(fAudiences, err)
}

// dates reads the days from which the papers hold. Where one is not printed,
// the other stands for it.
func (s *subject) dates() (err error) {
	if s.granted, err = s.day(fGranted); err != nil {
		return err
	}
	if s.regDate, err = s.day(fRegDate); err != nil {
		return err
	}
	if s.granted == 0 {
		if s.granted, err = s.day(fFrom); err != nil {
			return err
		}
	}
	if s.granted == 0 && s.licence != "" {
		if s.granted, _, err = s.period(); err != nil {
			return err
		}
	}
	if s.granted == 0 && s.licence != "" {
		return missing(fGranted, domain.Text{})
	}
	return nil
}

var needsAsOf = domain.Say("：没有日期的行请用 --as-of 指定台账截止日", "; give --as-of, the day of the ledger, for rows without a date")

// since is the first day on which the row says anything.
func (s *subject) since() (calendar.Day, error) {
	switch {
	case s.granted != 0 && s.regDate != 0:
		return min(s.granted, s.regDate), nil
	case s.granted != 0 || s.regDate != 0:
		return max(s.granted, s.regDate), nil
	case s.options.AsOf != 0:
		return s.options.AsOf, nil
	}
	return 0, missing(fGranted, needsAsOf)
}

// registerBody is that of institution.register, with what is personal in clear.
type registerBody struct {
	Names      []string        `json:"names"`
	Kind       term.Kind       `json:"kind"`
	Mode       term.Mode       `json:"mode"`
	Address    string          `json:"address"`
	USCC       ident.USCC      `json:"uscc,omitempty"`
	Organiser  string          `json:"organiser,omitempty"`
	Principal  string          `json:"principal,omitempty"`
	Class      term.Class      `json:"class"`
	Categories []term.Category `json:"categories,omitempty"`
	Audiences  []term.Audience `json:"audiences,omitempty"`
}

func (s *subject) register() error {
	since, err := s.since()
	if err != nil {
		return err
	}
	b := registerBody{
		Names: []string{s.name}, Kind: term.Institution, Mode: term.Offline, USCC: s.uscc,
		Class: s.scope.Class, Categories: s.scope.Categories, Audiences: s.scope.Audiences,
	}
	others, err := s.text(fOtherNames)
	if err != nil {
		return err
	}
	for name := range strings.FieldsFuncSeq(others, func(r rune) bool { return strings.ContainsRune("、,，;；", r) }) {
		b.Names = append(b.Names, name)
	}
	if b.Address, err = s.text(fAddress); err != nil {
		return err
	}
	if b.Organiser, err = s.text(fOrganiser); err != nil {
		return err
	}
	if b.Principal, err = s.text(fPrincipal); err != nil {
		return err
	}
	if err := or(&b.Kind, s.row, fKind, kindWords); err != nil {
		return err
	}
	if err := or(&b.Mode, s.row, fMode, modeWords); err != nil {
		return err
	}
	s.act("institution.register", "", since, "", b)
	return nil
}

// or puts the code of a field in the place of a default.
func or[T comparable](p *T, r *row, f field, w words[T]) error {
	code, err := read(r, f, w)
	var none T
	if err == nil && code != none {
		*p = code
	}
	return err
}

func (s *subject) grant() error {
	if s.licence == "" {
		return nil
	}
	from, until, err := s.period()
	if err != nil {
		return err
	}
	if until == 0 {
		return missing(fUntil, domain.Text{})
	}
	if from == 0 {
		from = s.granted
	}
	paper, err := s.paper()
	if err != nil {
		return err
	}
	s.act("institution.grant-licence", string(s.licence), s.granted, "", institution.GrantLicence{
		Number: s.licence, Kind: paper, Class: s.scope.Class, Categories: s.scope.Categories, Audiences: s.scope.Audiences,
		ValidFrom: from, ValidTo: until,
	})
	return nil
}

// paper is of which kind the licence is: what the row says, else the heading of
// its number.
func (s *subject) paper() (term.LicenceKind, error) {
	_, where, err := s.one(fLicence)
	if err != nil {
		return "", err
	}
	paper := where.paper
	if paper == "" {
		paper = term.SchoolLicence
	}
	return paper, or(&paper, s.row, fPaper, paperWords)
}

// period reads the term of the licence, from two columns or from one.
func (s *subject) period() (from, until calendar.Day, err error) {
	if from, err = s.day(fFrom); err != nil {
		return 0, 0, err
	}
	if until, err = s.day(fUntil); err != nil {
		return 0, 0, err
	}
	text, err := s.text(fTerm)
	if err != nil || text == "" || from != 0 && until != 0 {
		return from, until, err
	}
	first, last, ok := halves(text)
	if !ok {
		return 0, 0, inColumn(fTerm, problem(domain.Invalid, "period_form", "“%s”不是起止日期，应写成 2019-03-01至2024-02-28", "%q is no period; write 2019-03-01至2024-02-28", clip(text)))
	}
	if from, err = readDay(first); err != nil {
		return 0, 0, inColumn(fTerm, err)
	}
	until, err = readDay(last)
	return from, until, inColumn(fTerm, err)
}

// halves parts a period at the mark between its days; a hyphen is one only
// where the days have none.
func halves(text string) (first, last string, ok bool) {
	for _, mark := range []string{"至", "到", "~", "～", "——", "—", "--"} {
		if first, last, ok = strings.Cut(text, mark); ok {
			return first, last, true
		}
	}
	if strings.Count(text, "-") == 1 {
		return strings.Cut(text, "-")
	}
	return "", "", false
}

func (s *subject) registration() error {
	form, err := read(s.row, fForm, formWords)
	if err != nil {
		return err
	}
	number, err := s.text(fRegNumber)
	if err != nil {
		return err
	}
	if form == "" && number == "" {
		return nil
	}
	if form == "" {
		return missing(fForm, domain.Say("：填了登记证号", "; there is a registration number"))
	}
	if number == "" {
		number = string(s.uscc)
	}
	if number == "" {
		return missing(fRegNumber, domain.Say("：填了登记形式，但没有登记证号和统一社会信用代码", "; there is a form, and neither number nor credit code"))
	}
	b := institution.RecordLegalRegistration{Authority: term.MarketRegulation, Form: form, Number: number, ForProfit: true}
	if form == term.PrivateNonEnterprise {
		b.Authority, b.ForProfit = term.CivilAffairs, false
	}
	if said, err := s.text(fProfit); err != nil {
		return err
	} else if said != "" {
		if b.ForProfit, err = profitWords.read(said); err != nil {
			return inColumn(fProfit, err)
		}
	}
	day, why := s.regDate, ""
	if day == 0 {
		if day, err = s.since(); err != nil {
			return err
		}
		why = "台账未写登记日期"
	}
	s.act("institution.record-legal-registration", number, day, why, b)
	return nil
}

// exits are the acts of a state that ends a licence, with what the source does
// not say left open.
var exits = map[term.LicenceState]string{
	term.LicenceRevoked: "institution.revoke-licence", term.LicenceAnnulled: "institution.annul-licence",
	term.LicenceWithdrawn: "institution.withdraw-licence", term.LicenceSurrendered: "institution.surrender-licence",
	term.LicenceExpired: "institution.expire-licence", term.LicenceSuspended: "institution.suspend-licence",
}

func (s *subject) status() error {
	state, err := read(s.row, fStatus, statusWords)
	if err != nil || state == "" || state == term.LicenceValid {
		return err
	}
	if s.licence == "" {
		return missing(fLicence, domain.Say("：状态说的是许可，须有许可证号", "; the state is that of a licence"))
	}
	day, err := s.day(fStatusDate)
	if err != nil {
		return err
	}
	if day == 0 && state == term.LicenceExpired {
		_, until, err := s.period()
		if err != nil {
			return err
		}
		day = until.AddDays(1)
	}
	if day == 0 {
		day = s.options.AsOf
	}
	if day == 0 {
		return missing(fStatusDate, needsAsOf)
	}
	if state == term.LicenceCancelled {
		s.act("institution.cancel-licence", string(s.licence), day, "", institution.CancelLicence{Number: s.licence, Cause: term.NotPrinted})
		return nil
	}
	s.act(exits[state], string(s.licence), day, "", institution.SuspendLicence{Number: s.licence, Reason: "台账记载：" + state.Label().ZH})
	return nil
}

// key is what tells the institution from others: the number of its licence,
// else its credit code, else its name.
func (s *subject) key() string {
	switch {
	case s.licence != "":
		s.known = fLicence
		return string(s.licence)
	case s.uscc != "":
		s.known = fUSCC
		return string(s.uscc)
	}
	s.known = fName
	return ident.NormaliseName(s.name)
}

// namespace of the command ids of ledgers.
var namespace = ident.UUIDv5([16]byte{}, []byte("minglu ledger"))

// act adds an act. Its command id is made from what it is about, not from what
// it says and in which file, so that it is the same when the ledger is read
// again.
func (s *subject) act(name, about string, day calendar.Day, why string, body any) {
	raw, err := json.Marshal(body)
	if err != nil {
		panic(err) // a struct of texts and days that were read
	}
	id := ident.UUIDv5(namespace, []byte(strings.Join([]string{string(s.division), s.key(), name, about}, "\x00")))
	agency := s.options.Agency
	if agency == "" {
		agency = string(s.division) + "-" + string(term.EducationDept)
	}
	s.acts = append(s.acts, register.Act{
		CommandID: ident.FormatUUID(id), Act: name, Division: string(s.division), Target: &register.Target{Ref: s.key()},
		Effective: day.String(), Actor: &register.Actor{Agency: agency, Officer: s.options.Officer},
		Source: &domain.Source{Title: "机构台账", DocNo: about, Reason: why}, Body: raw,
	})
}
