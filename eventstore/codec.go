package eventstore

import (
	"bytes"
	"encoding/json"
	"fmt"
	"sync"

	"minglu/domain"
)

// Codec writes facts down and reads them back. It is a value made once at
// start from the aggregates' tables; there is no global registry.
type Codec struct {
	shapes  map[string]map[int]domain.EventType
	current map[string]domain.EventType
}

// NewCodec makes a codec of the tables. It panics on what can only be a fault
// of the program: a name used twice, a version missing or beyond the current
// one, a name without a current shape.
func NewCodec(tables ...[]domain.EventType) *Codec {
	c := &Codec{shapes: map[string]map[int]domain.EventType{}, current: map[string]domain.EventType{}}
	for _, table := range append(tables, reservationEvents) {
		for _, t := range table {
			c.add(t)
		}
	}
	for name, shapes := range c.shapes {
		cur, ok := c.current[name]
		if !ok {
			panic(fmt.Sprintf("event %s has no current shape", name))
		}
		for v := 1; v <= cur.Version; v++ {
			if _, ok := shapes[v]; !ok {
				panic(fmt.Sprintf("event %s: version %d is missing", name, v))
			}
		}
		if len(shapes) != cur.Version {
			panic(fmt.Sprintf("event %s has a version beyond the current %d", name, cur.Version))
		}
	}
	return c
}

func (c *Codec) add(t domain.EventType) {
	if t.Name == "" || t.Version < 1 {
		panic(fmt.Sprintf("event type %q version %d", t.Name, t.Version))
	}
	if c.shapes[t.Name] == nil {
		c.shapes[t.Name] = map[int]domain.EventType{}
	}
	if _, ok := c.shapes[t.Name][t.Version]; ok {
		panic(fmt.Sprintf("event %s version %d stands twice in the tables", t.Name, t.Version))
	}
	c.shapes[t.Name][t.Version] = t
	if t.Current {
		if _, ok := c.current[t.Name]; ok {
			panic(fmt.Sprintf("event %s has two current shapes", t.Name))
		}
		c.current[t.Name] = t
	}
}

// Current returns the shape in which facts of that name are written today.
func (c *Codec) Current(name string) (domain.EventType, bool) {
	t, ok := c.current[name]
	return t, ok
}

// Message is a record as it is stored: CloudEvents in binary mode.
type Message struct {
	Stream string
	Seq    uint64 // zero before it is stored
	Header Header
	// RawHeader is the header as NATS writes it. It is read where Header is nil,
	// which costs a third of filling a map that nobody keeps.
	RawHeader []byte
	Payload   []byte
}

// written is the stored message as it is written down: the fact, and what says
// why. The body stands first, see plainBody.
type written struct {
	Body     domain.Event      `json:"body"`
	Source   *domain.Source    `json:"source,omitempty"`
	Basis    []domain.Basis    `json:"basis,omitempty"`
	Evidence []domain.Evidence `json:"evidence,omitempty"`
}

// payload is the stored message as it is read.
type payload struct {
	Body     json.RawMessage   `json:"body"`
	Source   *domain.Source    `json:"source,omitempty"`
	Basis    []domain.Basis    `json:"basis,omitempty"`
	Evidence []domain.Evidence `json:"evidence,omitempty"`
}

// Messages writes down what a appends, in order. Each fact gets its ordinal
// among those of the append and its event id.
func (c *Codec) Messages(a Append) ([]Message, error) {
	n := a.Len()
	out := make([]Message, 0, n)
	for _, w := range a.Writes {
		for _, e := range w.Events {
			m := a.Meta
			m.Ordinal, m.Count = len(out)+1, n
			msg, err := c.message(w.Stream, m, e)
			if err != nil {
				return nil, err
			}
			out = append(out, msg)
		}
	}
	return out, nil
}

func (c *Codec) message(stream string, m domain.Meta, e domain.Event) (Message, error) {
	t, ok := c.current[e.EventName()]
	if !ok {
		return Message{}, fmt.Errorf("event %s is in no table", e.EventName())
	}
	p := written{Body: e, Basis: m.Basis, Evidence: m.Evidence}
	if m.Source != (domain.Source{}) {
		p.Source = &m.Source
	}
	b, err := json.Marshal(p)
	if err != nil {
		return Message{}, fmt.Errorf("write down %s: %w", t.Name, err)
	}
	h, err := header(stream, t, m)
	if err != nil {
		return Message{}, err
	}
	return Message{Stream: stream, Header: h, Payload: b}, nil
}

// Decode reads a stored message. Unknown names, versions and members are
// refused: a reader that guesses would show something nobody recorded.
func (c *Codec) Decode(msg Message) (Record, error) {
	r := Record{Stream: msg.Stream, Payload: msg.Payload}
	if err := r.readHeader(msg); err != nil {
		return Record{}, fmt.Errorf("read record %d of %s: %w", msg.Seq, msg.Stream, err)
	}
	r.Meta.Seq = msg.Seq
	if err := c.readPayload(&r); err != nil {
		return Record{}, fmt.Errorf("read record %d of %s: %w", msg.Seq, msg.Stream, err)
	}
	return r, nil
}

// readPayload reads r.Payload into r, whose type and version are known. Where
// the payload stands as message wrote it, body and the rest are read in one
// pass; anything else is taken apart first.
func (c *Codec) readPayload(r *Record) error {
	t, err := c.shape(r.Type, r.Version)
	if err != nil {
		return err
	}
	r.Type = t.Name // the table's, so that a remembered name keeps no message in memory
	body, plain := plainBody(r.Payload)
	if !plain {
		var p payload
		if err := strict(r.Payload, &p); err != nil {
			return err
		}
		r.why(p.Source, p.Basis, p.Evidence)
		r.Body = p.Body
		r.Event, err = c.Event(r.Type, r.Version, p.Body)
		return err
	}
	p := struct {
		Body     any               `json:"body"` // a pointer, so that it is filled
		Source   *domain.Source    `json:"source"`
		Basis    []domain.Basis    `json:"basis"`
		Evidence []domain.Evidence `json:"evidence"`
	}{Body: t.New()}
	filled := p.Body
	if err := strict(r.Payload, &p); err != nil {
		return fmt.Errorf("%s version %d: %w", r.Type, r.Version, err)
	}
	r.why(p.Source, p.Basis, p.Evidence)
	r.Body, r.Event = body, t.Event(filled)
	return nil
}

func (r *Record) why(s *domain.Source, b []domain.Basis, e []domain.Evidence) {
	if s != nil {
		r.Meta.Source = *s
	}
	r.Meta.Basis, r.Meta.Evidence = b, e
}

// plainBody returns the body of a payload that begins with it, as message
// writes them, and whether it does. It tells no for whatever could hold a second
// body, which the last one would win.
func plainBody(payload []byte) (body []byte, ok bool) {
	const start = `{"body":{`
	if !bytes.HasPrefix(payload, []byte(start)) {
		return nil, false
	}
	depth, inString := 0, false
	for i := len(start) - 1; i < len(payload); i++ {
		switch b := payload[i]; {
		case inString && b == '\\':
			i++
		case b == '"':
			inString = !inString
		case inString:
		case b == '{':
			depth++
		case b == '}':
			if depth--; depth == 0 {
				rest := payload[i+1:]
				if bytes.IndexByte(rest, '\\') >= 0 || containsFold(rest, `"body"`) {
					return nil, false
				}
				return payload[len(start)-1 : i+1 : i+1], true
			}
		}
	}
	return nil, false
}

// containsFold reports whether b holds the lower-case ASCII text s, whatever the
// case of its letters: encoding/json finds members so.
func containsFold(b []byte, s string) bool {
	for i := 0; i+len(s) <= len(b); i++ {
		if b[i] == s[0] && bytes.EqualFold(b[i:i+len(s)], []byte(s)) {
			return true
		}
	}
	return false
}

func (c *Codec) shape(name string, version int) (domain.EventType, error) {
	t, ok := c.shapes[name][version]
	if !ok {
		return domain.EventType{}, fmt.Errorf("event %s version %d is not known to this program", name, version)
	}
	return t, nil
}

// Event reads a stored body, of the version in which it was stored, into the
// shape of today.
func (c *Codec) Event(name string, version int, body []byte) (domain.Event, error) {
	t, err := c.shape(name, version)
	if err != nil {
		return nil, err
	}
	p := t.New()
	if err := strict(body, p); err != nil {
		return nil, fmt.Errorf("body of %s version %d: %w", name, version, err)
	}
	return t.Event(p), nil
}

// strictReader is a decoder that is used again, for its buffer and its many
// parts.
type strictReader struct {
	in bytes.Reader
	d  *json.Decoder
}

var strictReaders = sync.Pool{New: func() any {
	r := new(strictReader)
	r.d = json.NewDecoder(&r.in)
	r.d.DisallowUnknownFields()
	return r
}}

// strict reads one JSON object into v, and refuses unknown members and text
// behind it.
func strict(b []byte, v any) error {
	r := strictReaders.Get().(*strictReader)
	r.in.Reset(bytes.TrimRight(b, " \t\r\n"))
	if err := r.d.Decode(v); err != nil {
		return err // the decoder keeps the error and is not used again
	}
	rest, _ := r.d.Buffered().(*bytes.Reader)
	if rest == nil || rest.Len() > 0 || r.in.Len() > 0 {
		return fmt.Errorf("text after the end of the object")
	}
	strictReaders.Put(r)
	return nil
}
