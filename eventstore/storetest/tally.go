package storetest

import (
	"encoding/binary"
	"time"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/ident"
	"minglu/eventstore"
)

// Division is the division of every tally.
const Division = "530427"

// Opened begins a tally and reserves its number.
type Opened struct {
	Number string `json:"number"`
}

// EventName returns the stored name.
func (Opened) EventName() string { return "tally.opened" }

// Claims reserves the number.
func (e Opened) Claims() []domain.Claim {
	if e.Number == "" {
		return nil
	}
	return []domain.Claim{{Kind: "number", Value: e.Number}}
}

// Added is the shape of today: an amount and a unit.
type Added struct {
	Amount int    `json:"amount"`
	Unit   string `json:"unit"`
}

// EventName returns the stored name.
func (Added) EventName() string { return "tally.added" }

// AddedV1 is the first shape of Added, which had no unit.
type AddedV1 struct {
	N int `json:"n"`
}

// Closed ends a tally and gives its number back.
type Closed struct {
	Number string `json:"number"`
}

// EventName returns the stored name.
func (Closed) EventName() string { return "tally.closed" }

// Claims gives the number back.
func (e Closed) Claims() []domain.Claim {
	return []domain.Claim{{Kind: "number", Value: e.Number, Release: true}}
}

// Corrected changes one member of an earlier fact.
type Corrected struct{ domain.Correction }

// EventName returns the stored name.
func (Corrected) EventName() string { return "tally.corrected" }

// Annulled takes an earlier fact back.
type Annulled struct{ domain.Annulment }

// EventName returns the stored name.
func (Annulled) EventName() string { return "tally.annulled" }

// Events is the table of the tally's stored shapes.
var Events = []domain.EventType{
	domain.Current[Opened](1),
	domain.Current[Added](2),
	domain.Old("tally.added", 1, func(v AddedV1) Added { return Added{Amount: v.N, Unit: "piece"} }),
	domain.Current[Closed](1),
	domain.Current[Corrected](1),
	domain.Current[Annulled](1),
}

// Codec writes and reads the tally's events.
var Codec = eventstore.NewCodec(Events)

// State is what a tally has come to.
type State struct {
	Open   bool
	Number string
	Sum    int
	Adds   int
}

// What may be asked of a tally.
type (
	// Open begins it.
	Open struct {
		Number string `json:"number"`
	}
	// Add adds the amounts, one event each.
	Add struct {
		Amounts []int `json:"amounts"`
	}
	// Close ends it.
	Close struct{}
	// Correct changes one member of an earlier fact.
	Correct struct{ domain.Correction }
	// Annul takes an earlier fact back.
	Annul struct{ domain.Annulment }
)

type command interface{ tally() }

func (Open) tally()    {}
func (Add) tally()     {}
func (Close) tally()   {}
func (Correct) tally() {}
func (Annul) tally()   {}

var onlyOpen = domain.Rule{ID: "tally-open", Title: domain.Text{ZH: "未开立不得记数", EN: "An open tally only"}, Mark: domain.Design, Version: 1}

func decide(s State, _ domain.Meta, c command) ([]domain.Event, error) {
	switch c := c.(type) {
	case Open:
		if s.Open {
			return nil, domain.Refuse(domain.Conflict, onlyOpen, domain.Say("已经开立", "it is open already"))
		}
		return []domain.Event{Opened(c)}, nil
	case Correct:
		return []domain.Event{Corrected(c)}, nil
	case Annul:
		return []domain.Event{Annulled(c)}, nil
	}
	if !s.Open {
		return nil, domain.Refuse(domain.Conflict, onlyOpen, domain.Say("尚未开立", "it is not open"))
	}
	var out []domain.Event
	switch c := c.(type) {
	case Add:
		for _, n := range c.Amounts {
			out = append(out, Added{Amount: n, Unit: "piece"})
		}
	case Close:
		out = append(out, Closed{Number: s.Number})
	}
	return out, nil
}

func evolve(s State, _ domain.Meta, e domain.Event) State {
	switch e := e.(type) {
	case Opened:
		s.Open, s.Number = true, e.Number
	case Added:
		s.Sum += e.Amount
		s.Adds++
	case Closed:
		s.Open = false
	}
	return s
}

// Tally is the aggregate.
var Tally = eventstore.Bind(
	domain.Decider[State, command, domain.Event]{Name: "tally", Decide: decide, Evolve: evolve},
	"tallies", domain.Text{ZH: "计数", EN: "Tally"}, Events,
	[]domain.ActType{
		domain.Creates[Open]("tally.open", "", domain.Text{ZH: "开立", EN: "Open"}),
		domain.On[Add]("tally.add", "", domain.Text{ZH: "记数", EN: "Add"}),
		domain.On[Close]("tally.close", "", domain.Text{ZH: "结束", EN: "Close"}),
		domain.On[Correct]("tally.correct", "", domain.Text{ZH: "更正", EN: "Correct"}),
		domain.On[Annul]("tally.annul", "", domain.Text{ZH: "作废", EN: "Annul"}),
	},
)

// now is when the suite's acts hold and are recorded.
var now = time.Date(2021, 9, 1, 8, 30, 0, 0, calendar.Beijing)

// CommandID returns the n-th of the suite's command ids.
func CommandID(n int) string {
	var id [16]byte
	id[6], id[8] = 0x70, 0x80
	binary.BigEndian.PutUint32(id[:4], uint32(n))
	return ident.FormatUUID(id)
}

// Stream returns the stream of the tally that the n-th command creates.
func Stream(n int) string {
	id, err := ident.ParseUUID(CommandID(n))
	if err != nil {
		panic(err) // CommandID made it
	}
	return eventstore.StreamName(Division, "tally", ident.NewID("tally", id))
}

// Meta returns the meta of the n-th command.
func Meta(n int) domain.Meta {
	return domain.Meta{
		CommandID: CommandID(n), CommandDigest: "d0", Act: "tally.act", Division: Division,
		Effective: now, Recorded: now, Visibility: domain.Public,
		Actor: domain.Actor{Agency: Division + "-education", Officers: []string{"5304270001"}},
	}
}

// Order returns the n-th command as an order on a stream.
func Order(n int, stream string, c any) eventstore.Order {
	_, creates := c.(Open)
	return eventstore.Order{Aggregate: Tally, Stream: stream, Meta: Meta(n), Command: c, Creates: creates}
}

// Append returns the n-th command as an append of count Added to one stream.
func Append(n int, stream string, last uint64, count int) eventstore.Append {
	events := make([]domain.Event, count)
	for i := range events {
		events[i] = Added{Amount: n, Unit: "piece"}
	}
	return eventstore.Append{Meta: Meta(n), Writes: []eventstore.Write{{Stream: stream, Last: last, Events: events}}}
}
