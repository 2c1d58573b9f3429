package projections

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/ident"
	"minglu/eventstore"
)

// packRecord writes down all of a record but its position: the envelope in
// short form, then the payload as it is stored.
func packRecord(r *eventstore.Record) []byte {
	m := &r.Meta
	p := make(packer, 0, 256+len(r.Payload))
	p.text(r.Stream)
	p.text(r.Type)
	p.uint(uint64(r.Version))
	p.uint(uint64(m.Ordinal))
	p.uint(uint64(m.Count))
	command := strings.ReplaceAll(m.CommandID, "-", "")
	id, err := ident.ParseUUID(m.CommandID)
	if err != nil || ident.FormatUUID(id) != m.CommandID {
		command = m.CommandID + "!"
	}
	p.hex(command)
	eventID := r.ID
	if err == nil && eventID == ident.EventID(id, m.Ordinal) {
		eventID = "" // follows from the command
	}
	p.text(eventID)
	p.hex(m.CommandDigest)
	for _, s := range []string{
		m.Act, m.CorrelationID, m.CausationID, m.Division, m.Actor.Agency,
		string(m.Visibility), m.PolicyVersion, m.CalendarVersion,
	} {
		p.text(s)
	}
	p.time(m.Effective)
	p.time(m.Recorded)
	p.texts(m.Actor.Officers)
	p.texts(m.Rules)
	return append(p, r.Payload...)
}

func (p *packer) texts(list []string) {
	p.uint(uint64(len(list)))
	for _, s := range list {
		p.text(s)
	}
}

func (u *unpacker) texts() (list []string) {
	for n := u.uint(); n > 0 && !u.bad; n-- {
		list = append(list, u.text())
	}
	return list
}

// unpackRecord reads what packRecord wrote. Event is left nil. Nothing of the
// record points into b.
func unpackRecord(seq uint64, b []byte) (r eventstore.Record, err error) {
	u := unpacker{rest: b}
	m := &r.Meta
	m.Seq = seq
	r.Stream, r.Type = u.text(), u.text()
	r.Version, m.Ordinal, m.Count = int(u.uint()), int(u.uint()), int(u.uint())
	if m.CommandID = u.hex(); strings.HasSuffix(m.CommandID, "!") {
		m.CommandID = strings.TrimSuffix(m.CommandID, "!")
	} else if h := m.CommandID; len(h) == 32 {
		m.CommandID = h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
	}
	if r.ID = u.text(); r.ID == "" {
		if id, err := ident.ParseUUID(m.CommandID); err == nil {
			r.ID = ident.EventID(id, m.Ordinal)
		}
	}
	m.CommandDigest = u.hex()
	m.Act, m.CorrelationID, m.CausationID, m.Division, m.Actor.Agency = u.text(), u.text(), u.text(), u.text(), u.text()
	m.Visibility, m.PolicyVersion, m.CalendarVersion = domain.Visibility(u.text()), u.text(), u.text()
	m.Effective, m.Recorded = u.time(calendar.Beijing), u.time(calendar.Beijing)
	m.Actor.Officers, m.Rules = u.texts(), u.texts()
	if u.bad {
		return r, fmt.Errorf("row of fact %d cannot be read", seq)
	}
	r.Payload = bytes.Clone(u.rest)
	var p struct {
		Body     json.RawMessage   `json:"body"`
		Source   domain.Source     `json:"source"`
		Basis    []domain.Basis    `json:"basis"`
		Evidence []domain.Evidence `json:"evidence"`
	}
	if err := json.Unmarshal(r.Payload, &p); err != nil {
		return r, fmt.Errorf("payload of fact %d: %w", seq, err)
	}
	r.Body, m.Source, m.Basis, m.Evidence = p.Body, p.Source, p.Basis, p.Evidence
	return r, nil
}
