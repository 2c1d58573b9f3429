package register

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/clock"
	"minglu/domain/division"
	"minglu/domain/grievance"
	"minglu/domain/ident"
	"minglu/domain/rule"
	"minglu/domain/term"
	"minglu/eventstore"
)

// Filing is a grievance that somebody files without an account. Its personal
// values are in clear until [Register.File] has them sealed; formatting it does
// not show them.
type Filing struct {
	// Key is a UUID that who files has chosen: the same key and content give the
	// same receipt for ever. It is a secret of theirs, and no record holds it.
	Key string `json:"-"`
	// Division may be left out where the institution says it.
	Division string `json:"division,omitempty"`
	// Institution or Premises, or both, say whom or what place it is about.
	Institution domain.Ref            `json:"institution,omitzero"`
	Premises    string                `json:"premises,omitempty"`
	Topics      []term.GrievanceTopic `json:"topics"` // the chief one first: it decides who handles it
	Nature      term.Nature           `json:"nature"`
	Content     domain.Personal       `json:"content"`
	// Complainant and Contact are needed for a complaint, a petition and a
	// report under the real name.
	Complainant   domain.Personal `json:"complainant,omitzero"`
	Contact       domain.Personal `json:"contact,omitzero"`
	RealName      bool            `json:"real_name,omitempty"`
	ChildInvolved bool            `json:"child_involved,omitempty"`
}

// Receipt is what who filed a grievance is told.
type Receipt struct {
	Number ident.ReceiptNumber
	// Code goes with the number. Nothing but its digest is kept.
	Code     ident.QueryCode
	ID       string // of the grievance, which is not for the public
	Seq      uint64 // position up to which a view must have come to show it
	Division division.Code
	Received calendar.Day
	Handler  string // agency that has it first
	// Clocks are those that began with it.
	Clocks []clock.Start
	// Warnings point at what stands in the clear and seems to identify a person.
	Warnings []domain.Field
	// Repeated tells that the same key had been used for it before.
	Repeated bool
}

// numberAttempts bounds how many numbers are drawn for one filing. With a hundred
// thousand filings of one division, one number in a thousand is taken.
const numberAttempts = 20

// queryCodes names the key under which query codes are made. It is kept with
// those of persons and, being nobody's, never destroyed.
const queryCodes = "register-query-codes"

// handledBy is the department that gets a filing first, by its chief topic; all
// other topics go to education, which leads the supervision of training. Whoever
// gets what is not theirs transfers it.
var handledBy = map[term.GrievanceTopic]term.Department{
	term.TopicRefund: term.MarketDept, term.TopicContract: term.MarketDept, term.TopicFees: term.MarketDept, term.TopicAdvertising: term.MarketDept,
	term.TopicSafety: term.Fire,
}

// File takes in a grievance from the public, once, however often it is asked
// under one key, and returns the receipt. It carries out grievance.receive for
// the joint-conference office of the division, without an officer. Refusals are
// *domain.Error with pointers into the filing, and quote nothing personal.
func (r *Register) File(ctx context.Context, f Filing) (Receipt, error) {
	key, err := readKey(f.Key)
	if err != nil {
		return Receipt{}, err
	}
	if err := f.Check(); err != nil {
		return Receipt{}, err
	}
	code, err := r.queryCode(ctx, key[:])
	if err != nil {
		return Receipt{}, err
	}
	today := calendar.DayOf(r.Now())
	in, err := r.filedIn(f, today)
	if err != nil {
		return Receipt{}, err
	}
	id := commandOf("filing", key)
	ans, err := patiently(ctx, func() (Answer, error) { return r.receive(ctx, f, in, id, code, today) })
	if err != nil {
		return Receipt{}, outward(err)
	}
	return r.receiptOf(ctx, f, in, id, code, ans)
}

// receive carries out the act under the first number it draws that names no other
// grievance, or under the number that the filing got before. Numbers are drawn by
// the key alone, and the stream that a number names is the only record of who has
// it: the same key comes upon its own grievance again on any day.
func (r *Register) receive(ctx context.Context, f Filing, in division.Code, id [16]byte, code ident.QueryCode, today calendar.Day) (Answer, error) {
	for attempt := range numberAttempts {
		number, err := numberOf(in, today, id, attempt)
		if err != nil {
			return Answer{}, err
		}
		ans, err := r.Do(ctx, nil, f.act(in, id, number, code))
		if _, refused := errors.AsType[*domain.Error](err); !refused {
			return ans, err
		}
		before, other, ferr := r.receivedAs(ctx, in, number, id)
		switch {
		case ferr != nil:
			return Answer{}, ferr
		case before != "" && before != number:
			return r.Do(ctx, nil, f.act(in, id, before, code))
		case !other:
			return Answer{}, err
		}
	}
	return Answer{}, domain.Fault(domain.Busy, domain.Say("暂时编不出受理编号，请稍后再试", "no receipt number is free, try again later"))
}

// receivedAs returns the number under which a command took a grievance in, and
// whether the one it drew names another's. A command whose number was still
// reserved has the grievance whose id follows from itself.
func (r *Register) receivedAs(ctx context.Context, in division.Code, drew ident.ReceiptNumber, id [16]byte) (before ident.ReceiptNumber, other bool, err error) {
	for _, name := range []string{drew.Names(), ident.NewID(Grievance.Name, id)} {
		recs, err := r.Log.Records(ctx, eventstore.StreamName(string(in), Grievance.Name, name))
		if err != nil {
			return "", false, err
		}
		if len(recs) == 0 {
			continue
		}
		e, ok := recs[0].Event.(grievance.Received)
		if ok && e.Receipt != nil && recs[0].Meta.CommandID == ident.FormatUUID(id) {
			return e.Receipt.Number, false, nil
		}
		other = true
	}
	return "", other, nil
}

// clearFiling is the body of the act with clear texts: a Personal value would
// write its seal.
type clearFiling struct {
	Channel       term.Channel          `json:"channel"`
	Nature        term.Nature           `json:"nature"`
	Topics        []term.GrievanceTopic `json:"topics"`
	Institution   domain.Ref            `json:"institution,omitzero"`
	Premises      string                `json:"premises"`
	Content       string                `json:"content"`
	Complainant   string                `json:"complainant"`
	Contact       string                `json:"contact"`
	RealName      bool                  `json:"real_name"`
	ChildInvolved bool                  `json:"child_involved"`
	Handler       string                `json:"handler"`
	Receipt       grievance.Receipt     `json:"receipt"`
}

// act is the filing as an act. Its day is that of the number, so that a repeat
// on a later day is the same act.
func (f Filing) act(in division.Code, id [16]byte, number ident.ReceiptNumber, code ident.QueryCode) Act {
	body := bodyOf(clearFiling{
		Channel: term.ChannelWeb, Nature: f.Nature, Topics: f.Topics, Institution: f.Institution, Premises: strings.TrimSpace(f.Premises),
		Content: f.Content.Clear(), Complainant: f.Complainant.Clear(), Contact: f.Contact.Clear(),
		RealName: f.RealName, ChildInvolved: f.ChildInvolved, Handler: agencyOf(in, f.handler()),
		Receipt: grievance.Receipt{Number: number, QueryDigest: code.Digest()},
	})
	return Act{
		CommandID: ident.FormatUUID(id), Act: "grievance.receive", Division: string(in), Effective: number.Day().String(),
		Actor: &Actor{Agency: agencyOf(in, term.JointConferenceOffice)}, Body: body,
	}
}

// bodyOf is the body of an act.
func bodyOf(members any) json.RawMessage {
	b, err := json.Marshal(members)
	if err != nil {
		panic("the body of an act cannot be written as JSON: " + err.Error())
	}
	return b
}

func agencyOf(in division.Code, d term.Department) string { return string(in) + "-" + string(d) }

func (f Filing) handler() term.Department {
	if d, ok := handledBy[f.Topics[0]]; ok {
		return d
	}
	return term.EducationDept
}

// receiptOf is what is told of a filing that is in the log: what its own command
// recorded, whatever has happened since.
func (r *Register) receiptOf(ctx context.Context, f Filing, in division.Code, id [16]byte, code ident.QueryCode, ans Answer) (Receipt, error) {
	out := Receipt{Code: code, ID: ans.ID, Seq: ans.Seq, Division: in, Repeated: ans.Repeated, Warnings: f.Warnings()}
	facts := ans.facts
	if len(facts) == 0 {
		recs, err := r.Log.Records(ctx, eventstore.StreamName(string(in), Grievance.Name, ans.ID))
		if err != nil {
			return Receipt{}, err
		}
		for _, rec := range recs {
			if rec.Meta.CommandID == ident.FormatUUID(id) {
				facts = append(facts, rec.Event)
			}
		}
	}
	for _, e := range facts {
		if e, ok := e.(grievance.Received); ok {
			out.Number, out.Handler, out.Received = e.Receipt.Number, e.Handler, e.Receipt.Number.Day()
		}
		if e, ok := e.(clock.Mover); ok {
			for _, m := range e.Moves() {
				if m.Op == clock.Begin {
					out.Clocks = append(out.Clocks, m.Start)
				}
			}
		}
	}
	return out, nil
}

// filedIn is the division that a filing belongs to: the one it names, else the
// one of its institution, or what has become of that.
func (r *Register) filedIn(f Filing, today calendar.Day) (division.Code, error) {
	if f.Division != "" {
		return divisionOn(f.Division, today)
	}
	stream := f.Institution.Stream
	if f.Institution.ID != "" {
		var err error
		if stream, err = r.Views.Stream(f.Institution.ID, Institution.Name); err != nil {
			return "", err
		}
	}
	code := division.Code(eventstore.Record{Stream: stream}.Division())
	if code == "" {
		return "", domain.Refuse(domain.NotFound, rule.Registered, domain.Say("名录中没有这家机构", "the register has no such institution"),
			domain.Field{Pointer: "/institution", Code: "unknown", Message: domain.Say("没有找到", "not found")})
	}
	for now := division.Resolve(code, today); now.Status == division.Retired && now.Division.Successor != ""; now = division.Resolve(code, today) {
		code = now.Division.Successor
	}
	return divisionOn(string(code), today)
}

// readKey reads the key of somebody without an account.
func readKey(key string) ([16]byte, error) {
	id, err := ident.ParseUUID(key)
	if err != nil {
		t := domain.Say("缺少编号或编号不是 UUID", "the key is missing or no UUID")
		return id, domain.Fault(domain.Malformed, t, domain.Field{Pointer: "/Idempotency-Key", Code: "uuid", Message: t})
	}
	return id, nil
}

// commandOf makes a command id of a key. A query code follows from the key, and
// facts and log lines show command ids: from those, the key does not follow. The
// first six bytes are kept, by which ids are in the order of time.
func commandOf(purpose string, key [16]byte) [16]byte {
	id := ident.UUIDv5(key, []byte(purpose))
	copy(id[:6], key[:6])
	return id
}

// queryCode is the code that belongs to a key: of a filing, what its writer chose;
// of an order, a text that is longer.
func (r *Register) queryCode(ctx context.Context, key []byte) (ident.QueryCode, error) {
	if r.Keys == nil {
		return "", domain.Fault(domain.Busy, domain.Say("密钥库不可用，现在不能网上提交和查询", "the key store is not there: nothing can be filed or followed"))
	}
	secret := r.codeKey.Load()
	if secret == nil {
		made, err := r.Keys.Create(ctx, queryCodes)
		if err != nil {
			return "", err
		}
		secret = &made
		r.codeKey.Store(secret)
	}
	mac := hmac.New(sha256.New, *secret)
	mac.Write(key)
	return ident.MakeQueryCode([10]byte(mac.Sum(nil)[:10])), nil
}

// numberOf is the number that a command draws at an attempt.
func numberOf(in division.Code, on calendar.Day, id [16]byte, attempt int) (ident.ReceiptNumber, error) {
	sum := sha256.Sum256(append(id[:], byte(attempt)))
	return ident.DrawReceiptNumber(in, on, binary.BigEndian.Uint64(sum[:8]))
}

// patiently does something that may be under way already: who presses a button
// twice reads the answer to the second time alone.
func patiently(ctx context.Context, do func() (Answer, error)) (Answer, error) {
	const tries, between = 100, 20 * time.Millisecond
	for try := 1; ; try++ {
		ans, err := do()
		if !underway(err) || try == tries {
			return ans, err
		}
		select {
		case <-time.After(between):
		case <-ctx.Done():
			return Answer{}, ctx.Err()
		}
	}
}

// underway reports whether an act was refused because its key is being carried
// out.
func underway(err error) bool {
	e, ok := errors.AsType[*domain.Error](err)
	return ok && slices.ContainsFunc(e.Fields, func(f domain.Field) bool { return f.Code == "underway" })
}

// outward makes the pointers of a refusal point into what the public sent, which
// has the members of the body and no envelope.
func outward(err error) error {
	e, ok := errors.AsType[*domain.Error](err)
	if !ok {
		return err
	}
	c := *e
	c.Fields = append([]domain.Field(nil), e.Fields...)
	for i, f := range c.Fields {
		c.Fields[i].Pointer = strings.TrimPrefix(f.Pointer, "/body")
	}
	return &c
}
