package register_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/grievance"
	"minglu/domain/ident"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/register"
	"minglu/register/registertest"
)

const (
	filingKey = "0190163d-8694-739b-aea5-966c26f8ad91"
	parent    = "欧阳示例"
	telephone = "13800138000"
	story     = "6月3日交了4800元，现在关门了，孩子叫司徒小例"
)

// filing is a complaint about a refund; change makes it another one.
func filing(change ...func(*register.Filing)) register.Filing {
	f := register.Filing{
		Key: filingKey, Division: "530427", Premises: "平山路启航培训班", Topics: []term.GrievanceTopic{term.TopicRefund, term.TopicClosure}, Nature: term.Complaint,
		Content: domain.PersonalText(story), Complainant: domain.PersonalText(parent), Contact: domain.PersonalText(telephone),
	}
	for _, c := range change {
		c(&f)
	}
	return f
}

func file(t *testing.T, r *registertest.Register, change ...func(*register.Filing)) register.Receipt {
	t.Helper()
	got, err := r.File(t.Context(), filing(change...))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestAFilingIsReceivedWithoutAnAccount(t *testing.T) {
	r := registertest.New(t)
	got := file(t, r)
	number, err := ident.ReadReceiptNumber(string(got.Number))
	if err != nil || number.Division() != "530427" || number.Day() != calendar.Date(2026, 11, 22) {
		t.Errorf("got the number %s (%v), want one of the division and day", got.Number, err)
	}
	if _, err := ident.ReadQueryCode(got.Code.Text()); err != nil {
		t.Errorf("got the code %s: %v", got.Code.Text(), err)
	}
	if got.Handler != "530427-market_regulation" || got.Received != calendar.Date(2026, 11, 22) || got.Division != "530427" || got.Repeated || len(got.Warnings) != 0 {
		t.Errorf("got %+v", got)
	}
	if len(got.Clocks) != 1 || got.Clocks[0].Key != term.ComplaintAccept || got.Clocks[0].Due != calendar.Date(2026, 12, 1) || got.Clocks[0].Agency != got.Handler {
		t.Errorf("got the clocks %+v, want the acceptance within seven working days", got.Clocks)
	}
	recs, err := r.Log.Records(t.Context(), "530427.grievance."+got.ID)
	if err != nil || len(recs) != 1 || got.Number.Names() != got.ID {
		t.Fatalf("got %d records (%v) of %s, want one, of what the number names", len(recs), err, got.ID)
	}
	if head := headOf(t, r); head != 1 {
		t.Errorf("got %d records, want no reservation beside the fact", head)
	}
	m, e := recs[0].Meta, recs[0].Event.(grievance.Received)
	if m.Actor.Agency != "530427-joint_conference_office" || len(m.Actor.Officers) != 0 || m.Visibility != domain.Joint || calendar.DayOf(m.Effective) != got.Received {
		t.Errorf("got the envelope %+v", m)
	}
	if e.Channel != term.ChannelWeb || e.Receipt.Number != got.Number || e.Receipt.QueryDigest != got.Code.Digest() {
		t.Errorf("got the fact %+v", e)
	}
	if m.CommandID == filingKey {
		t.Error("got the key of who filed as the command id, want it in no record")
	}
}

func TestNothingPersonalOfAFilingIsInClear(t *testing.T) {
	r := registertest.New(t)
	got := file(t, r)
	_, err := r.File(t.Context(), filing(func(f *register.Filing) {
		f.Content, f.Premises = domain.PersonalText(strings.Repeat(story, 1000)), "平山路9号"
	}))
	for _, shown := range []string{fmt.Sprintf("%v %+v %#v", filing(), filing(), filing()), fmt.Sprintf("%v %+v %#v", got, got, got), fmt.Sprintf("%v %+v", err, err)} {
		for _, secret := range []string{parent, telephone, "4800元", "司徒", string(got.Code), got.Code.Text()} {
			if strings.Contains(shown, secret) {
				t.Errorf("got %s in %s", secret, shown)
			}
		}
	}
	head := headOf(t, r)
	for rec, err := range r.Log.Follow(t.Context(), 0) {
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{parent, telephone, "4800元", "司徒", string(got.Code), got.Code.Text(), filingKey} {
			if bytes.Contains(rec.Payload, []byte(secret)) || strings.Contains(fmt.Sprint(rec.Meta), secret) {
				t.Errorf("record %d holds %s", rec.Meta.Seq, secret)
			}
		}
		if rec.Meta.Seq == head {
			break
		}
	}
}

func TestAFilingGoesToTheAgencyOfItsTopic(t *testing.T) {
	for topic, want := range map[term.GrievanceTopic]string{
		term.TopicRefund: "market_regulation", term.TopicContract: "market_regulation", term.TopicFees: "market_regulation", term.TopicAdvertising: "market_regulation",
		term.TopicSafety: "fire", term.TopicUnlicensed: "education", term.TopicSchedule: "education", term.TopicStaff: "education", term.TopicContent: "education",
		term.TopicClosure: "education", term.TopicOther: "education",
	} {
		r := registertest.New(t)
		if got := file(t, r, func(f *register.Filing) { f.Topics = []term.GrievanceTopic{topic} }); got.Handler != "530427-"+want {
			t.Errorf("%s: got %s, want %s", topic, got.Handler, want)
		}
	}
}

func TestARepeatedFilingHasTheSameReceipt(t *testing.T) {
	r := registertest.New(t)
	first := file(t, r)
	head, _ := r.Log.Head(t.Context())
	for name, later := range map[string]time.Duration{"at once": 0, "three days later": 72 * time.Hour} {
		r.Clock = r.Clock.Add(later)
		again := file(t, r)
		if !again.Repeated || again.Number != first.Number || again.Code != first.Code || again.ID != first.ID || again.Received != first.Received || len(again.Clocks) != 1 || again.Clocks[0] != first.Clocks[0] {
			t.Errorf("%s: got %+v, want %+v repeated", name, again, first)
		}
	}
	if now, _ := r.Log.Head(t.Context()); now != head {
		t.Errorf("got %d records more, want none", now-head)
	}
	_, err := r.File(t.Context(), filing(func(f *register.Filing) { f.Topics = []term.GrievanceTopic{term.TopicSafety} }))
	if !errors.Is(err, &domain.Error{Code: domain.KeyReused}) {
		t.Errorf("another filing under the key: got %v", err)
	}
	other := file(t, r, func(f *register.Filing) { f.Key = "0190163d-8694-739b-aea5-966c26f8ad93" })
	if other.Repeated || other.Code == first.Code || other.Number == first.Number || other.ID == first.ID {
		t.Errorf("another key: got %+v, want another receipt", other)
	}
}

// TestAButtonPressedTwiceShowsOneReceipt sends one filing many times at once.
func TestAButtonPressedTwiceShowsOneReceipt(t *testing.T) {
	r := registertest.New(t)
	const n = 50
	got, begin := make(chan register.Receipt, n), make(chan bool)
	for range n {
		go func() {
			<-begin
			receipt, err := r.File(t.Context(), filing())
			if err != nil {
				t.Error(err)
			}
			got <- receipt
		}()
	}
	close(begin)
	numbers, repeated := map[string]bool{}, 0
	for range n {
		receipt := <-got
		numbers[string(receipt.Number)+receipt.Code.Text()] = true
		if receipt.Repeated {
			repeated++
		}
	}
	if repeated != n-1 || len(numbers) != 1 {
		t.Errorf("got %d repeats and the receipts %v, want %d of one", repeated, numbers, n-1)
	}
}

// letter is a report that came by letter and was given a number, and a code made
// of one byte.
func letter(n ident.ReceiptNumber, code byte) string {
	return `{"act":"grievance.receive","division":"530427","effective":"` + n.Day().String() + `","body":{"channel":"letter","nature":"report","topics":["safety"],"receipt":{"number":"` +
		string(n) + `","query_digest":"` + ident.MakeQueryCode([10]byte{code}).Digest() + `"}}}`
}

func TestATakenNumberIsLeftToItsHolder(t *testing.T) {
	wanted := file(t, registertest.New(t)).Number
	for name, annulled := range map[string]bool{"a letter": false, "a letter that was annulled": true} {
		r := registertest.New(t)
		other := r.Do(letter(wanted, 1))
		if other.ID != wanted.Names() {
			t.Fatalf("got the id %s, want the one that the number names", other.ID)
		}
		if annulled {
			r.Do(fmt.Sprintf(`{"act":"grievance.annul","division":"530427","target":{"id":"%s"},"effective":"2026-11-22","body":{"target_seq":1,"reason":"弄错"}}`, other.ID))
		}
		got := file(t, r)
		if got.Number == wanted || got.ID == other.ID || got.Repeated {
			t.Fatalf("%s: got %s, want another number", name, got.Number)
		}
		for _, later := range []time.Duration{0, 72 * time.Hour} {
			r.Clock = r.Clock.Add(later)
			if again := file(t, r); !again.Repeated || again.Number != got.Number || again.Code != got.Code || again.ID != got.ID || len(again.Clocks) != 1 {
				t.Errorf("%s: got %+v, want %+v repeated", name, again, got)
			}
		}
		if p := (holder{got}).status(t, r); p.Number != got.Number || p.Nature != term.Complaint {
			t.Errorf("%s: got %+v, want the filing", name, p)
		}
		_, err := r.Status(t.Context(), string(wanted), ident.MakeQueryCode([10]byte{1}).Text())
		if annulled != errors.Is(err, &domain.Error{Code: domain.NotFound}) {
			t.Errorf("%s: got %v of its own number", name, err)
		}
	}
}

// TestANumberNamesOneGrievance has numbers of both kinds given twice.
func TestANumberNamesOneGrievance(t *testing.T) {
	r := registertest.New(t)
	on := calendar.Date(2026, 11, 2)
	serial, _ := ident.MakeReceiptNumber("530427", on, 123)
	drawn, _ := ident.DrawReceiptNumber("530427", on, 123)
	sameLot, _ := ident.DrawReceiptNumber("530427", on.AddDays(1), 123)
	ids := map[string]bool{}
	for i, n := range []ident.ReceiptNumber{serial, drawn} {
		ids[r.Do(letter(n, byte(i))).ID] = true
		p, err := r.Status(t.Context(), string(n), ident.MakeQueryCode([10]byte{byte(i)}).Text())
		if err != nil || p.Number != n {
			t.Errorf("%s: got %+v, %v", n, p, err)
		}
		if stream, err := r.Receipted(t.Context(), n); err != nil || !ids[strings.TrimPrefix(stream, "530427.grievance.")] {
			t.Errorf("%s: got the stream %q, %v", n, stream, err)
		}
	}
	for _, n := range []ident.ReceiptNumber{serial, drawn, sameLot} {
		if e := r.Refused(letter(n, 7)); e.Code != domain.Conflict || e.Rule != eventstore.UniqueIdentifier.ID {
			t.Errorf("%s: got %v, want it refused as taken", n, e)
		}
	}
	free, _ := ident.DrawReceiptNumber("530427", on, 124)
	for _, n := range []ident.ReceiptNumber{free, sameLot} {
		if stream, err := r.Receipted(t.Context(), n); err != nil || stream != "" {
			t.Errorf("%s: got the stream %q, %v, want none", n, stream, err)
		}
	}
	if _, err := r.Status(t.Context(), string(sameLot), ident.MakeQueryCode([10]byte{1}).Text()); !errors.Is(err, &domain.Error{Code: domain.NotFound}) {
		t.Errorf("got %v of the number with another day, want it unknown", err)
	}
}

// TestAFilingWithAReservedNumberIsRepeated has a filing repeated that was taken in
// when numbers were reserved and ids followed from the command.
func TestAFilingWithAReservedNumberIsRepeated(t *testing.T) {
	before := registertest.New(t)
	code := file(t, before).Code
	r := registertest.New(t)
	r.Keys = before.Keys // under which the code is made
	key, err := ident.ParseUUID(filingKey)
	if err != nil {
		t.Fatal(err)
	}
	id := ident.UUIDv5(key, []byte("filing"))
	copy(id[:6], key[:6])
	serial, _ := ident.MakeReceiptNumber("530427", calendar.Date(2026, 11, 22), 371_497)
	r.Do(`{"command_id":"` + ident.FormatUUID(id) + `","act":"grievance.receive","division":"530427","effective":"2026-11-22","actor":{"agency":"530427-joint_conference_office"},
		"body":{"channel":"web","nature":"complaint","topics":["refund","closure"],"premises":"平山路启航培训班","content":"` + story + `","complainant":"` + parent + `","contact":"` + telephone + `",
		"handler":"530427-market_regulation","receipt":{"number":"` + string(serial) + `","query_digest":"` + code.Digest() + `"}}}`)
	head := headOf(t, r)
	for _, later := range []time.Duration{0, 72 * time.Hour} {
		r.Clock = r.Clock.Add(later)
		got := file(t, r)
		if !got.Repeated || got.Number != serial || got.Code != code || got.ID != ident.NewID("grievance", id) || len(got.Clocks) != 1 {
			t.Errorf("got %+v, want the receipt of before", got)
		}
		if p := (holder{got}).status(t, r); p.Number != serial {
			t.Errorf("got %+v", p)
		}
	}
	if now := headOf(t, r); now != head {
		t.Errorf("got %d records more, want none", now-head)
	}
	_, err = r.File(t.Context(), filing(func(f *register.Filing) { f.Topics = []term.GrievanceTopic{term.TopicSafety} }))
	if !errors.Is(err, &domain.Error{Code: domain.KeyReused}) {
		t.Errorf("another filing under the key: got %v", err)
	}
}

func TestTheInstitutionSaysTheDivision(t *testing.T) {
	r := registertest.New(t)
	id := r.Do(fmt.Sprintf(school, "A")).ID
	about := func(ref domain.Ref) func(*register.Filing) {
		return func(f *register.Filing) { f.Division, f.Premises, f.Institution = "", "", ref }
	}
	for name, ref := range map[string]domain.Ref{"by id": {ID: id}, "by stream": domain.RefTo("530427.institution." + id)} {
		got := file(t, r, about(ref), func(f *register.Filing) { f.Key = registertest.CommandID(900 + len(name)) })
		p, err := r.Status(t.Context(), string(got.Number), got.Code.Text())
		if err != nil || got.Division != "530427" || p.Institution != "530427.institution."+id {
			t.Errorf("%s: got %s and %+v, %v", name, got.Division, p, err)
		}
	}
	// 怀仁县 became 怀仁市 in 2018.
	old := r.Do(`{"act":"institution.register","division":"140624","target":{"ref":"H"},"effective":"2016-03-01","body":{"names":["怀仁示例培训学校"],"kind":"institution","mode":"offline","address":"仁和路","class":"subject","audiences":["compulsory"]}}`).ID
	if got := file(t, r, about(domain.Ref{ID: old}), func(f *register.Filing) { f.Key = registertest.CommandID(950) }); got.Division != "140681" || got.Handler != "140681-market_regulation" {
		t.Errorf("got %s and %s, want the division of today", got.Division, got.Handler)
	}
}

func TestAPlaceThatNamesSomebodyIsWarnedOf(t *testing.T) {
	r := registertest.New(t)
	got := file(t, r, func(f *register.Filing) { f.Premises = "平山路启航班，老师电话" + telephone })
	if len(got.Warnings) != 1 || got.Warnings[0].Pointer != "/premises" || got.Warnings[0].Code != "mobile" || strings.Contains(got.Warnings[0].Message.ZH, telephone) {
		t.Errorf("got %+v, want a warning of the number that does not repeat it", got.Warnings)
	}
}

func TestAFilingThatCannotBeIsRefused(t *testing.T) {
	r := registertest.New(t)
	type f = register.Filing
	long := func(n int) string { return strings.Repeat("长", n) }
	for name, c := range map[string]struct {
		change func(*f)
		code   domain.Code
		want   string // pointer and code of each field
	}{
		"no key":               {func(f *f) { f.Key = "" }, domain.Malformed, "/Idempotency-Key uuid"},
		"no division":          {func(f *f) { f.Division = "" }, domain.Invalid, "/division required"},
		"an unknown division":  {func(f *f) { f.Division = "999999" }, domain.Invalid, "/division unknown_division"},
		"no place":             {func(f *f) { f.Premises = " " }, domain.Invalid, "/premises required"},
		"a house number":       {func(f *f) { f.Premises = "平山路9号" }, domain.Invalid, "/premises too_exact"},
		"a long place":         {func(f *f) { f.Premises = long(201) }, domain.Invalid, "/premises too_long"},
		"no topic":             {func(f *f) { f.Topics = nil }, domain.Invalid, "/topics required"},
		"a topic twice":        {func(f *f) { f.Topics = []term.GrievanceTopic{term.TopicFees, term.TopicFees} }, domain.Invalid, "/topics/1 repeated"},
		"no nature":            {func(f *f) { f.Nature = "" }, domain.Invalid, "/nature required"},
		"no content":           {func(f *f) { f.Content = domain.PersonalText(" ") }, domain.Invalid, "/content required"},
		"a long content":       {func(f *f) { f.Content = domain.PersonalText(long(5001)) }, domain.Invalid, "/content too_long"},
		"a nameless complaint": {func(f *f) { f.Complainant = domain.Personal{} }, domain.Invalid, "/complainant required"},
		"a real name without a way to be reached": {func(f *f) { f.Nature, f.RealName, f.Contact = term.Report, true, domain.Personal{} }, domain.Invalid, "/contact required"},
		"everything missing":                      {func(f *register.Filing) { *f = register.Filing{Key: f.Key} }, domain.Invalid, "/division required, /premises required, /topics required, /nature required, /content required"},
		"an unknown institution":                  {func(f *f) { f.Institution = domain.Ref{ID: ident.NewID("institution", [16]byte{1})} }, domain.NotFound, "/institution unknown"},
		"an unknown institution without division": {func(f *f) { f.Division, f.Institution = "", domain.Ref{ID: ident.NewID("institution", [16]byte{1})} }, domain.NotFound, "/institution unknown"},
	} {
		_, err := r.File(t.Context(), filing(c.change))
		e, ok := errors.AsType[*domain.Error](err)
		if !ok {
			t.Errorf("%s: got %v, want a refusal", name, err)
			continue
		}
		var got []string
		for _, f := range e.Fields {
			got = append(got, f.Pointer+" "+f.Code)
		}
		if e.Code != c.code || strings.Join(got, ", ") != c.want {
			t.Errorf("%s: got %s at %v, want %s at %s", name, e.Code, got, c.code, c.want)
		}
	}
	if head, _ := r.Log.Head(t.Context()); head != 0 {
		t.Errorf("got %d records, want none", head)
	}
	r.Register.Keys = nil
	if _, err := r.File(t.Context(), filing()); !errors.Is(err, &domain.Error{Code: domain.Busy}) {
		t.Errorf("got %v without a key store, want busy", err)
	}
}

func TestAnAnonymousReportIsTaken(t *testing.T) {
	r := registertest.New(t)
	got := file(t, r, func(f *register.Filing) {
		f.Nature, f.Complainant, f.Contact = term.Report, domain.Personal{}, domain.Personal{}
	})
	if len(got.Clocks) != 1 || got.Clocks[0].Key != term.ReportCheck {
		t.Errorf("got %+v, want the check of a report", got.Clocks)
	}
}

// on is an act on a grievance by its handling agency.
func (h holder) on(act, effective, body string) string {
	return fmt.Sprintf(`{"act":"grievance.%s","division":"530427","target":{"id":"%s"},"effective":"%s","actor":{"agency":"%s","officer":"S7"},"body":%s}`, act, h.ID, effective, h.Handler, body)
}

// holder is who has a receipt.
type holder struct{ register.Receipt }

func (h holder) status(t *testing.T, r *registertest.Register) register.Progress {
	t.Helper()
	p, err := r.Status(t.Context(), string(h.Number), h.Code.Text())
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestTheHolderOfAReceiptFollowsTheHandling(t *testing.T) {
	r := registertest.New(t)
	h := holder{file(t, r)}
	p := h.status(t, r) // without waiting for any view
	if p.Number != h.Number || p.Status != term.GrievanceReceived || p.Received != h.Received || p.Ended != 0 || len(p.Parts) != 1 || p.Parts[0].Handler != h.Handler ||
		len(p.Due) != 1 || p.Due[0].Due != calendar.Date(2026, 12, 1) || len(p.Steps) != 1 || p.Steps[0].Code != term.StepReceived {
		t.Errorf("got %+v", p)
	}
	r.Clock = calendar.Date(2027, 1, 8).Time()
	r.Wait()
	r.Do(h.on("transfer", "2026-11-23", `{"to":"530427-education","reason":"办学问题"}`))
	h.Handler = "530427-education"
	if p = h.status(t, r); p.Status != term.GrievanceTransferred || slices.ContainsFunc(p.Due, func(c clock.Clock) bool { return c.Key == term.GrievanceTransferReturn }) {
		t.Errorf("got %s and %+v, want no clock of agencies among themselves", p.Status, p.Due)
	}
	r.Do(h.on("accept", "2026-11-24", `{}`))
	r.Do(h.on("terminate-mediation", "2026-11-27", `{"cause":"absent"}`))
	r.Do(h.on("notify-complainant", "2026-11-27", `{"step":"mediation_end","means":"phone"}`))
	r.Do(h.on("close", "2026-11-30", `{"result":"对方不参加调解，已告知可以起诉"}`))
	p = h.status(t, r)
	var steps []term.GrievanceStep
	for _, s := range p.Steps {
		steps = append(steps, s.Code)
	}
	if want := []term.GrievanceStep{term.StepReceived, term.StepTransferred, term.StepAccepted, term.StepTerminated, term.StepNotified, term.StepClosed}; !slices.Equal(steps, want) {
		t.Errorf("got the steps %v, want %v", steps, want)
	}
	if p.Status != term.GrievanceClosed || p.Ended != calendar.Date(2026, 11, 30) || len(p.Due) != 0 || p.Parts[0].Result != "对方不参加调解，已告知可以起诉" {
		t.Errorf("got %+v", p)
	}
	if s := fmt.Sprintf("%+v", p); strings.Contains(s, "S7") || strings.Contains(s, parent) {
		t.Errorf("got %s, want no officer and no complainant", s)
	}
	r.Do(h.on("reopen", "2026-12-01", `{"reason":"投诉人补充证据"}`))
	if p = h.status(t, r); p.Ended != 0 || p.Parts[0].Result != "" {
		t.Errorf("got %+v, want no result of what was reopened", p)
	}
}

func TestTheStatusSaysWhyAPartWasRefused(t *testing.T) {
	r := registertest.New(t)
	h := holder{file(t, r, func(f *register.Filing) { f.Nature = term.Mixed })}
	if len(h.Clocks) != 2 {
		t.Errorf("got the clocks %+v, want one of each part", h.Clocks)
	}
	r.Wait()
	r.Do(h.on("refuse", "2026-11-22", `{"part":"1","ground":"other_by_law","reason":"依某规定"}`))
	p := h.status(t, r)
	if len(p.Parts) != 2 || p.Parts[0].Ground != term.RefusedByOtherLaw || p.Parts[0].Result != "依某规定" || p.Parts[0].Status != term.GrievanceRefused || p.Parts[1].Status != term.GrievanceReceived {
		t.Errorf("got %+v", p.Parts)
	}
	r.Do(fmt.Sprintf(`{"act":"grievance.annul","division":"530427","target":{"id":"%s"},"effective":"2026-11-22","actor":{"agency":"%s","officer":"S7"},"body":{"target_seq":%d,"reason":"弄错"}}`, h.ID, h.Handler, headOf(t, r)))
	if p = h.status(t, r); p.Parts[0].Ground != "" || p.Parts[0].Status != term.GrievanceReceived {
		t.Errorf("got %+v, want no refusal that was annulled", p.Parts)
	}
}

func headOf(t *testing.T, r *registertest.Register) uint64 {
	t.Helper()
	head, err := r.Log.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return head
}

// TestAWrongCodeAndAnUnknownNumberReadTheSame also holds both against the clock:
// neither is told before either could be.
func TestAWrongCodeAndAnUnknownNumberReadTheSame(t *testing.T) {
	r := registertest.New(t)
	h := holder{file(t, r)}
	letter, _ := ident.MakeReceiptNumber("530427", calendar.Date(2026, 11, 22), 1)
	r.Do(`{"act":"grievance.receive","division":"530427","effective":"2026-11-22","body":{"channel":"letter","nature":"report","topics":["safety"]}}`)
	wrong := ident.MakeQueryCode([10]byte{7}).Text()
	var told []string
	for name, c := range map[string][2]string{
		"a wrong code": {string(h.Number), wrong}, "an unknown number": {string(letter), wrong}, "the code of another": {string(letter), h.Code.Text()},
	} {
		began := time.Now()
		_, err := r.Status(t.Context(), c[0], c[1])
		_, rated := r.Rate(t.Context(), filingKey, c[0], c[1], 5)
		if took := time.Since(began); took < 50*time.Millisecond {
			t.Errorf("%s: got two refusals after %s, want them told evenly", name, took)
		}
		e, ok := errors.AsType[*domain.Error](err)
		if !ok || e.Code != domain.NotFound || rated.Error() != err.Error() {
			t.Fatalf("%s: got %v and %v, want both not found", name, err, rated)
		}
		told = append(told, fmt.Sprintf("%+v", *e))
	}
	if slices.Sort(told); told[0] != told[len(told)-1] {
		t.Errorf("got %v, want one refusal", told)
	}
	_, err := r.Status(t.Context(), "TS-530427-20261102-000123-8", "没有")
	e, _ := errors.AsType[*domain.Error](err)
	if e == nil || e.Code != domain.Invalid || len(e.Fields) != 2 || e.Fields[0].Pointer != "/number" || e.Fields[0].Code != "checksum" || e.Fields[1].Pointer != "/code" {
		t.Errorf("got %+v, want both members named", err)
	}
}

func TestTheHolderOfAReceiptRatesOnce(t *testing.T) {
	r := registertest.New(t)
	h := holder{file(t, r, func(f *register.Filing) { f.Nature = term.Report })}
	rate := func(key string, score int) (register.Answer, error) {
		return r.Rate(t.Context(), key, strings.ToLower(string(h.Number)), strings.ToLower(h.Code.Text()), score)
	}
	r.Wait()
	if _, err := rate(filingKey, 5); !errors.Is(err, &domain.Error{Code: domain.Conflict, Rule: "grievance-rating"}) {
		t.Errorf("got %v of an open grievance, want it refused", err)
	}
	r.Do(h.on("check-lead", "2026-11-22", `{"outcome":"unsubstantiated"}`))
	r.Do(h.on("decide-filing", "2026-11-22", `{"filed":false,"reason":"不属实"}`))
	r.Do(h.on("notify-complainant", "2026-11-22", `{"step":"report_outcome","means":"phone"}`))
	r.Do(h.on("close", "2026-11-22", `{"result":"不属实"}`))
	_, err := rate(filingKey, 6)
	if e, _ := errors.AsType[*domain.Error](err); e == nil || e.Code != domain.Invalid || e.Fields[0].Pointer != "/score" {
		t.Errorf("got %v, want the score at fault", err)
	}
	if ans, err := rate(filingKey, 4); err != nil || len(ans.Events) != 1 || ans.Events[0].Event != "grievance.rated" {
		t.Errorf("got %+v, %v", ans, err)
	}
	if ans, err := rate(filingKey, 4); err != nil || !ans.Repeated {
		t.Errorf("got %+v, %v, want it repeated", ans, err)
	}
	if _, err := rate("0190163d-8694-739b-aea5-966c26f8ad94", 1); !errors.Is(err, &domain.Error{Code: domain.Conflict, Rule: "grievance-rating"}) {
		t.Errorf("got %v, want a second rating refused", err)
	}
	if p := h.status(t, r); p.Score != 4 {
		t.Errorf("got the score %d, want 4", p.Score)
	}
	if _, err := rate("7", 1); !errors.Is(err, &domain.Error{Code: domain.Malformed}) {
		t.Errorf("got %v, want a key that is none refused", err)
	}
}
