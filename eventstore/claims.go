package eventstore

import (
	"context"
	"slices"

	"minglu/domain"
)

// plan is the append of o: its facts and what they reserve or give back.
func (l *Log) plan(ctx context.Context, o Order, f folded, facts []domain.Event) (Append, error) {
	a := Append{Meta: o.Meta, Writes: []Write{{Stream: o.Stream, Last: f.last, Events: facts}}}
	claims := slices.Clone(o.Claims)
	for _, e := range facts {
		cs, err := l.claimsOf(ctx, o.Stream, e)
		if err != nil {
			return Append{}, err
		}
		claims = append(claims, cs...)
	}
	for _, c := range claims {
		w, needed, err := l.reservation(ctx, o.Stream, c)
		if err != nil {
			return Append{}, err
		}
		if needed {
			a.Writes = append(a.Writes, w)
		}
	}
	return a, nil
}

// claimsOf returns what a fact reserves and gives back. An amendment undoes
// what its target did and does what the corrected one would have done.
func (l *Log) claimsOf(ctx context.Context, stream string, e domain.Event) ([]domain.Claim, error) {
	am, ok := e.(domain.Amendment)
	if !ok {
		return claimed(e), nil
	}
	recs, err := l.Records(ctx, stream)
	if err != nil {
		return nil, err
	}
	before, after, err := l.Codec.beforeAndAfter(recs, am)
	if err != nil {
		return nil, err
	}
	var out []domain.Claim
	for _, c := range before {
		if !slices.Contains(after, c) {
			c.Release = !c.Release
			out = append(out, c)
		}
	}
	for _, c := range after {
		if !slices.Contains(before, c) {
			out = append(out, c)
		}
	}
	return out, nil
}

func claimed(e domain.Event) []domain.Claim {
	if c, ok := e.(domain.Claimer); ok {
		return c.Claims()
	}
	return nil
}

// reservation returns the write by which stream takes c or gives it back, and
// whether one is needed. Somebody else's identifier is refused with its holder.
func (l *Log) reservation(ctx context.Context, stream string, c domain.Claim) (Write, bool, error) {
	rs := ReservationStream(c.Kind, c.Value)
	owner, last, err := l.Owner(ctx, c.Kind, c.Value)
	if err != nil {
		return Write{}, false, err
	}
	switch {
	case c.Release && owner == stream:
		return Write{Stream: rs, Last: last, Events: []domain.Event{Released{Owner: stream}}}, true, nil
	case c.Release, owner == stream:
		return Write{}, false, nil
	case owner != "":
		return Write{}, false, Taken(c, owner)
	}
	return Write{Stream: rs, Last: last, Events: []domain.Event{Reserved{Owner: stream}}}, true, nil
}

// Owner returns the stream that holds an identifier, or nothing, and the
// position of the newest record of its reservation.
func (l *Log) Owner(ctx context.Context, kind, value string) (owner string, last uint64, err error) {
	for r, err := range l.Load(ctx, ReservationStream(kind, value)) {
		if err != nil {
			return "", 0, err
		}
		last = r.Meta.Seq
		switch e := r.Event.(type) {
		case Reserved:
			owner = e.Owner
		case Released:
			owner = ""
		}
	}
	return owner, last, nil
}

// Taken refuses an identifier that belongs to another stream.
func Taken(c domain.Claim, owner string) *domain.Error {
	return domain.Refuse(domain.Conflict, UniqueIdentifier, domain.Say(
		"“%[3]s”已由 %[4]s 登记，同一%[1]s只能属于一个对象", "%[2]s %[3]s is already held by %[4]s", claimWord(c.Kind).ZH, claimWord(c.Kind).EN, c.Value, owner),
		domain.Field{Pointer: claimPointer[c.Kind], Code: "taken", Message: domain.Say("已由 %s 登记", "held by %s", owner)})
}

// claimWords are the words for what may be reserved.
var claimWords = map[string]domain.Text{
	"uscc":       {ZH: "统一社会信用代码", EN: "credit code"},
	"licence":    {ZH: "许可证号", EN: "licence number"},
	"ref":        {ZH: "参考号", EN: "ref"},
	"receipt":    {ZH: "受理回执号", EN: "receipt number"},
	"inspection": {ZH: "检查编号", EN: "number of an inspection"},
	"fine":       {ZH: "违法行为（一事不再罚）", EN: "act that is fined"},
	"transfer":   {ZH: "划转", EN: "transfer"},
}

func claimWord(kind string) domain.Text {
	if t, ok := claimWords[kind]; ok {
		return t
	}
	return domain.Text{ZH: "标识", EN: kind}
}

var claimPointer = map[string]string{"uscc": "/body/uscc", "licence": "/body/number", "ref": "/target/ref",
	"receipt": "/body/receipt/number", "inspection": "/body/number", "fine": "/body/fine_fen", "transfer": "/body/transfer_of"}

// UniqueIdentifier is the rule of reservations.
var UniqueIdentifier = domain.Rule{
	ID:      "unique-identifier",
	Title:   domain.Text{ZH: "标识只属于一个对象", EN: "An identifier belongs to one thing"},
	Mark:    domain.Design,
	Version: 1,
}
