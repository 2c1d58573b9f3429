package register

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"sync"
	"sync/atomic"
	"time"

	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/ident"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/projections"
)

// Register carries out acts. It may be used by many goroutines.
type Register struct {
	Log   *eventstore.Log
	Views *projections.Views
	Keys  eventstore.Keys
	Now   func() time.Time

	calendar  calendar.Calendar
	underway  sync.Map // command ids being carried out
	dry       bool     // the views do not follow the log
	importing imports
	codeKey   atomic.Pointer[[]byte] // that of query codes, once it is known
}

// New returns a register on a log. now is the clock; keys may be nil where no
// personal value is ever sent.
func New(l *eventstore.Log, v *projections.Views, keys eventstore.Keys, now func() time.Time) *Register {
	return &Register{Log: l, Views: v, Keys: keys, Now: now, calendar: calendar.Default()}
}

// Principal is who is signed in. Over HTTP the actor of an act is made from it;
// an import by the operator has none, and the journal says who acted.
type Principal struct {
	Agency  string
	Role    term.Role
	Officer string
}

// Answer is what the writer of an act is told.
type Answer struct {
	ID       string              `json:"id"`
	Ref      string              `json:"ref,omitempty"`
	Version  uint64              `json:"version"`
	Seq      uint64              `json:"seq"`
	Events   []eventstore.Placed `json:"events"`
	Repeated bool                `json:"repeated,omitempty"`
	// Revealed are the sealed values that the act asked to read.
	Revealed []Revealed `json:"revealed,omitempty"`
	// Warnings point at free text in which there seem to be personal data.
	Warnings []domain.Field `json:"warnings,omitempty"`
	// Created tells that the act made a new aggregate.
	Created bool `json:"-"`

	facts []domain.Event // what was decided; nothing where it was Repeated
}

// Do carries out one act, once, however often it is asked. p is nil for an
// import by the operator. Refusals are *domain.Error and leave nothing behind.
func (r *Register) Do(ctx context.Context, p *Principal, a Act) (Answer, error) {
	o, err := r.order(ctx, p, a, live{r.Log, r})
	if err != nil {
		return Answer{}, err
	}
	release, err := r.begin(o.Order)
	if err != nil {
		return Answer{}, err
	}
	defer release()
	if err := r.seal(ctx, &o); err != nil {
		return Answer{}, err
	}
	res, err := r.Log.Execute(ctx, o.Order)
	if err != nil {
		return Answer{}, err
	}
	ans := o.answer(res)
	if c, ok := o.Command.(domain.Unsealer); ok && !res.Repeated {
		if ans.Revealed, err = r.reveal(ctx, o.Stream, c.Unseals()); err != nil {
			return Answer{}, err
		}
	}
	if c, ok := o.Command.(interface{ Erases() string }); ok && r.Keys != nil {
		err = r.Keys.Destroy(ctx, c.Erases())
	}
	return ans, err
}

// order is an act that is read, allowed and informed.
type order struct {
	eventstore.Order
	ref      string
	account  string // of a statement: the stream of the supervised account
	division division.Code
	act      domain.ActType
	input    any  // the command as a pointer, as it was read
	heard    bool // from somebody with a token: what is told so is told now, and no history
	warnings []domain.Field
}

func (o order) answer(res eventstore.Result) Answer {
	rec := eventstore.Record{Stream: res.Stream}
	if res.Events == nil {
		res.Events = []eventstore.Placed{}
	}
	return Answer{ID: rec.AggregateID(), Ref: o.ref, Version: res.Version, Seq: res.Seq, Events: res.Events, Repeated: res.Repeated, Created: o.Creates, Warnings: o.warnings, facts: res.Facts}
}

// order reads and checks an act up to the decision, on what k knows.
func (r *Register) order(ctx context.Context, p *Principal, a Act, k known) (order, error) {
	o, err := r.read(ctx, p, a, k)
	if err == nil {
		err = r.tell(ctx, &o, k)
	}
	return o, err
}

// tell puts what the command must know of elsewhere into an order that is read.
func (r *Register) tell(ctx context.Context, o *order, k known) error {
	if err := r.narrowed(ctx, o); err != nil {
		return err
	}
	if err := r.refer(ctx, k, o.division, o.input); err != nil {
		return err
	}
	if err := r.inform(ctx, k, o); err != nil {
		return err
	}
	o.Command = o.act.Command(o.input)
	return nil
}

// read reads and checks an act as far as its own content goes.
func (r *Register) read(ctx context.Context, p *Principal, a Act, k known) (order, error) {
	agg, act, ok := ActOf(a.Act)
	if !ok {
		return order{}, domain.BadField("/act", "unknown_act", domain.Say("没有名为“%s”的行为", "there is no act %q", a.Act))
	}
	id, err := ident.ParseUUID(a.CommandID)
	if err != nil {
		return order{}, domain.Fault(domain.Malformed, domain.Say("缺少编号或编号不是 UUID", "the command id is missing or no UUID"),
			domain.Field{Pointer: "/command_id", Code: "uuid", Message: domain.Say("应为 UUID", "should be a UUID")})
	}
	now := r.Now()
	m := domain.Meta{
		CommandID: ident.FormatUUID(id), Act: act.Name, Recorded: now.Round(0), CausationID: a.Causation,
		Basis: a.Basis, Evidence: a.Evidence, Rules: act.RuleRefs(), IfVersion: a.IfVersion,
	}
	if a.Source != nil {
		m.Source = *a.Source
	}
	if m.Visibility, err = visibilityOf(agg, act, a.Visibility); err != nil {
		return order{}, err
	}
	if m.Effective, err = effectiveOf(a.Effective, act.Future, now); err != nil {
		return order{}, err
	}
	if m.Actor, err = actorOf(p, a); err != nil {
		return order{}, err
	}
	o := order{Order: eventstore.Order{Aggregate: agg, Creates: act.Creates}, act: act, heard: p != nil}
	var code division.Code
	if o.Stream, code, o.ref, err = r.target(ctx, agg, act, a, id, m, k); err != nil {
		return order{}, err
	}
	if agg == Statement {
		o.account, o.Stream = o.Stream, StatementStream(o.Stream, calendar.DayOf(m.Effective))
	}
	m.Division = string(code)
	if err := r.allowed(act, m.Actor, p, code); err != nil {
		return order{}, err
	}
	if o.input, err = readBody(act, a.Body, o.ref); err != nil {
		return order{}, err
	}
	if c, ok := o.input.(naming); ok && act.Creates && c.Names() != "" {
		o.Stream, o.First = eventstore.StreamName(string(code), agg.Name, c.Names()), true
	}
	body, err := json.Marshal(o.input)
	if err != nil {
		return order{}, err
	}
	m.CommandDigest, o.warnings = digest(act, m, o, body), warnings(body)
	if act.Creates && o.ref != "" {
		o.Claims = []domain.Claim{{Kind: "ref", Value: eventstore.RefValue(string(code), agg.Name, o.ref)}}
	}
	o.Meta, o.division = m, code
	return o, nil
}

// naming is a command that may say which id the thing has that it creates; else
// the id follows from the command id.
type naming interface{ Names() string }

// readBody reads the body of an act into a new command, a pointer.
func readBody(act domain.ActType, body json.RawMessage, ref string) (any, error) {
	cmd := act.New()
	if len(body) == 0 {
		body = json.RawMessage("{}")
	}
	if err := Decode("/body", body, cmd); err != nil {
		return nil, err
	}
	if c, ok := cmd.(interface{ Refer(string) }); ok {
		c.Refer(ref)
	}
	if c, ok := cmd.(interface{ Veil() }); ok {
		c.Veil()
	}
	return cmd, nil
}

// actorOf is who acts: the principal, or who the journal names. Over HTTP an
// act may name further officers of the same agency, never another agency.
func actorOf(p *Principal, a Act) (domain.Actor, error) {
	if p == nil {
		if a.Actor == nil || a.Actor.Agency == "" {
			return domain.Actor{}, domain.BadField("/actor", "required", domain.Say("请写明行为机关", "name the acting agency"))
		}
		return checkedActor(a.Actor.meta())
	}
	own := Actor{Agency: p.Agency, Officer: p.Officer}
	if a.Actor != nil {
		return domain.Actor{}, domain.BadField("/actor", "not_taken", domain.Say("行为人由令牌确定，不能在内容中填写", "the actor is made from the token and not taken from the body"))
	}
	return checkedActor(own.meta())
}

// checkedActor refuses officer numbers that cannot stand in a header.
func checkedActor(m domain.Actor) (domain.Actor, error) {
	for _, o := range m.Officers {
		if !plainToken(o) {
			return m, domain.BadField("/actor/officer", "form", domain.Say("执法人员编号只能含字母、数字和连字符", "an officer's number has letters, digits and hyphens only"))
		}
	}
	return m, nil
}

func plainToken(s string) bool {
	if s == "" || len(s) > 64 {
		return false
	}
	for _, c := range s {
		if !(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-' || c == '_' || c == '.') {
			return false
		}
	}
	return true
}

func (r *Register) allowed(act domain.ActType, who domain.Actor, p *Principal, in division.Code) error {
	agency, err := authority.ParseAgency(who.Agency)
	if err != nil {
		return err
	}
	var role term.Role
	if p != nil {
		role = p.Role
	}
	return authority.Check(act, agency, role, in)
}

// digest is the SHA-256 of the act in canonical form, its body with personal
// values left out: it tells a repeat from another act under the same key.
func digest(act domain.ActType, m domain.Meta, o order, body []byte) string {
	h := sha256.New()
	for _, s := range []string{act.Name, o.Stream, eventstore.FormatEffective(m.Effective), m.Actor.Agency, m.Source.DocNo, m.Source.Title, o.ref} {
		h.Write([]byte(s))
		h.Write([]byte{0})
	}
	h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}

// begin refuses a command id that is being carried out, or that is known on
// another aggregate.
func (r *Register) begin(o eventstore.Order) (release func(), err error) {
	id := o.Meta.CommandID
	if _, busy := r.underway.LoadOrStore(id, true); busy {
		return nil, &domain.Error{Code: domain.Conflict, Text: domain.Say("同一编号的行为正在办理", "an act with this key is being carried out"),
			Hint: domain.Say("请稍后用同一编号再试", "try again with the same key"), Fields: []domain.Field{{Pointer: "/command_id", Code: "underway", Message: domain.Say("正在办理", "under way")}}}
	}
	release = func() { r.underway.Delete(id) }
	stream, digest, err := r.command(id)
	if err == nil && stream != "" && (stream != o.Stream || digest != o.Meta.CommandDigest) {
		err = eventstore.KeyReused()
	}
	if err != nil {
		release()
		return nil, err
	}
	return release, nil
}

// seal seals the personal values of a command, each under the key of its own
// person, before the act is decided. Persons are new: who is told apart by what
// is not decided here.
func (r *Register) seal(ctx context.Context, o *order) error {
	c, ok := o.input.(domain.Confidential)
	if !ok {
		return nil
	}
	_, one := c.(domain.Discreet)
	var sealer eventstore.Sealer
	sealed := false
	for _, p := range c.Personal() {
		if p.Clear() == "" {
			continue
		}
		if r.Keys == nil {
			return domain.Fault(domain.Busy, domain.Say("密钥库不可用，不能登记个人信息", "the key store is not there: personal values cannot be taken"))
		}
		if !sealer.Ready() || !one {
			person, key, err := r.Keys.Fresh(ctx)
			if err != nil {
				return err
			}
			if sealer, err = eventstore.NewSealer(person, key); err != nil {
				return err
			}
		}
		s, err := sealer.Seal(p.Clear())
		if err != nil {
			return err
		}
		p.Sealed, sealed = s, true
	}
	if sealed {
		o.Command = o.act.Command(o.input)
	}
	return nil
}
