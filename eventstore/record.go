package eventstore

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"minglu/domain"
)

// Record is one stored fact with its place in the log.
type Record struct {
	Stream  string
	ID      string // event id, UUIDv5 of command id and ordinal
	Type    string // stored name
	Version int    // stored version of the shape
	Meta    domain.Meta
	// Event is the fact in the shape of today, whatever the stored version.
	Event domain.Event
	// Body is the stored body, a JSON object; read only.
	Body []byte
	// Payload is the stored message, byte for byte; read only.
	Payload []byte
}

// Division returns the first token of the stream: the division at birth.
func (r Record) Division() string { return streamToken(r.Stream, 0) }

// Aggregate returns the second token of the stream.
func (r Record) Aggregate() string { return streamToken(r.Stream, 1) }

// AggregateID returns the third token of the stream.
func (r Record) AggregateID() string { return streamToken(r.Stream, 2) }

// IsReservation reports whether the record belongs to the register's own
// bookkeeping of identifiers and is no fact about the world.
func (r Record) IsReservation() bool { return strings.HasPrefix(r.Stream, uniq) }

// EndsCommand reports whether the record is the last of its command: views
// commit only behind such a record.
func (r Record) EndsCommand() bool { return r.Meta.Ordinal == r.Meta.Count }

// StreamName returns the name of an aggregate's stream.
func StreamName(division, aggregate, id string) string {
	return division + "." + aggregate + "." + id
}

func streamToken(stream string, n int) string {
	for range n {
		_, rest, ok := strings.Cut(stream, ".")
		if !ok {
			return ""
		}
		stream = rest
	}
	token, _, _ := strings.Cut(stream, ".")
	return token
}

const uniq = "uniq."

// ReservationStream returns the stream that keeps who holds an identifier. The
// value is hashed, so it may hold any text; it MUST NOT be a personal value.
func ReservationStream(kind, value string) string {
	sum := sha256.Sum256([]byte(value))
	return uniq + kind + "." + hex.EncodeToString(sum[:20])
}

// RefValue is the value under which a writer's own reference is reserved, kind
// "ref": unique per aggregate kind and division.
func RefValue(division, aggregate, ref string) string {
	return division + "/" + aggregate + "/" + ref
}

// Reserved says that an identifier belongs to a stream.
type Reserved struct {
	Owner string `json:"owner"`
}

// EventName returns the stored name.
func (Reserved) EventName() string { return "register.identifier_reserved" }

// Released says that an identifier is free again.
type Released struct {
	Owner string `json:"owner"`
}

// EventName returns the stored name.
func (Released) EventName() string { return "register.identifier_released" }

var reservationEvents = []domain.EventType{
	domain.Current[Reserved](1),
	domain.Current[Released](1),
}
