package eventstore

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/ident"
)

// Header is the header of a stored message: CloudEvents 1.0 attributes in
// binary mode, so that any NATS client can read the log. Names are
// case-sensitive there; the constants below are the only spelling.
type Header map[string][]string

// The header's names. Extensions have lower-case letters and digits only, as
// CloudEvents wants.
const (
	hSpecVersion     = "ce-specversion"
	hID              = "ce-id"
	hType            = "ce-type"
	hSource          = "ce-source"
	hSubject         = "ce-subject"
	hTime            = "ce-time" // when recorded
	hContentType     = "content-type"
	hDataVersion     = "ce-dataversion"
	hEffective       = "ce-effective"
	hCommandID       = "ce-commandid"
	hCommandDigest   = "ce-commanddigest"
	hAct             = "ce-act"
	hOrdinal         = "ce-ordinal"
	hCount           = "ce-count"
	hDivision        = "ce-division"
	hAgency          = "ce-agency"
	hOfficers        = "ce-officers"
	hVisibility      = "ce-visibility"
	hPolicyVersion   = "ce-policyversion"
	hCalendarVersion = "ce-calendarversion"
	hRules           = "ce-rules"
	hCorrelationID   = "ce-correlationid"
	hCausationID     = "ce-causationid"
)

// CommandIDHeader and its neighbours are what a store needs of the header.
const CommandIDHeader = hCommandID

const eventSource = "urn:minglu"

// headerMost is the most names that a header has, with those that a store adds.
const headerMost = 28

func header(stream string, t domain.EventType, m domain.Meta) (Header, error) {
	id, err := ident.ParseUUID(m.CommandID)
	if err != nil {
		return nil, fmt.Errorf("command id %q: %w", m.CommandID, err)
	}
	h := make(Header, headerMost)
	values := make([]string, 0, headerMost) // all in one piece
	set := func(name, value string) {
		if value != "" {
			values = append(values, value)
			h[name] = values[len(values)-1 : len(values) : len(values)]
		}
	}
	set(hSpecVersion, "1.0")
	set(hID, ident.EventID(id, m.Ordinal))
	set(hType, t.Name)
	set(hSource, eventSource)
	set(hSubject, stream)
	set(hTime, m.Recorded.In(calendar.Beijing).Format(time.RFC3339Nano))
	set(hContentType, "application/json")
	set(hDataVersion, strconv.Itoa(t.Version))
	set(hEffective, FormatEffective(m.Effective))
	set(hCommandID, m.CommandID)
	set(hCommandDigest, m.CommandDigest)
	set(hAct, m.Act)
	set(hOrdinal, strconv.Itoa(m.Ordinal))
	set(hCount, strconv.Itoa(m.Count))
	set(hDivision, m.Division)
	set(hAgency, m.Actor.Agency)
	set(hOfficers, strings.Join(m.Actor.Officers, ","))
	set(hVisibility, string(m.Visibility))
	set(hPolicyVersion, m.PolicyVersion)
	set(hCalendarVersion, m.CalendarVersion)
	set(hRules, strings.Join(m.Rules, ","))
	set(hCorrelationID, m.CorrelationID)
	set(hCausationID, m.CausationID)
	return h, nil
}

// fields holds the values of a header by name; what is not there is empty.
type fields struct {
	id, typ, version, time, effective               string
	commandID, commandDigest, act, ordinal, count   string
	division, agency, officers, visibility          string
	policy, calendar, rules, correlation, causation string
}

// place returns where the value of a name goes, or nil for a name that is not
// read.
func (f *fields) place(name string) *string {
	switch name {
	case hID:
		return &f.id
	case hType:
		return &f.typ
	case hDataVersion:
		return &f.version
	case hTime:
		return &f.time
	case hEffective:
		return &f.effective
	case hCommandID:
		return &f.commandID
	case hCommandDigest:
		return &f.commandDigest
	case hAct:
		return &f.act
	case hOrdinal:
		return &f.ordinal
	case hCount:
		return &f.count
	case hDivision:
		return &f.division
	case hAgency:
		return &f.agency
	case hOfficers:
		return &f.officers
	case hVisibility:
		return &f.visibility
	case hPolicyVersion:
		return &f.policy
	case hCalendarVersion:
		return &f.calendar
	case hRules:
		return &f.rules
	case hCorrelationID:
		return &f.correlation
	case hCausationID:
		return &f.causation
	}
	return nil
}

// fields reads the header of m, in whichever form it is there.
func (m Message) fields() (f fields, err error) {
	if m.Header != nil {
		for name, values := range m.Header {
			if p := f.place(name); p != nil && len(values) > 0 {
				*p = values[0]
			}
		}
		return f, nil
	}
	// One copy for all values: they are parts of it.
	rest, ok := strings.CutPrefix(string(m.RawHeader), "NATS/1.0\r\n")
	if !ok {
		return fields{}, errors.New("the header is none of NATS")
	}
	for {
		end := strings.IndexByte(rest, '\n')
		if end < 1 || rest[end-1] != '\r' {
			return fields{}, errors.New("the header does not end")
		}
		line := rest[:end-1]
		rest = rest[end+1:]
		if line == "" {
			return f, nil
		}
		colon := strings.IndexByte(line, ':')
		if colon < 0 {
			return fields{}, errors.New("the header has a line without a name")
		}
		if p := f.place(line[:colon]); p != nil && *p == "" {
			*p = strings.TrimLeft(line[colon+1:], " \t")
		}
	}
}

func (r *Record) readHeader(msg Message) error {
	f, err := msg.fields()
	if err != nil {
		return err
	}
	number := func(name, value string) int {
		n, e := strconv.Atoi(value)
		if e != nil && err == nil {
			err = fmt.Errorf("header %s: %w", name, e)
		}
		return n
	}
	r.ID, r.Type, r.Version = f.id, f.typ, number(hDataVersion, f.version)
	m := &r.Meta
	m.Ordinal, m.Count = number(hOrdinal, f.ordinal), number(hCount, f.count)
	m.CommandID, m.CommandDigest, m.Act = f.commandID, f.commandDigest, f.act
	m.Division = f.division
	m.Actor.Agency = f.agency
	if f.officers != "" {
		m.Actor.Officers = strings.Split(f.officers, ",")
	}
	m.Visibility = domain.Visibility(f.visibility)
	m.PolicyVersion, m.CalendarVersion = f.policy, f.calendar
	if f.rules != "" {
		m.Rules = strings.Split(f.rules, ",")
	}
	m.CorrelationID, m.CausationID = f.correlation, f.causation
	if err != nil {
		return err
	}
	if m.Recorded, err = time.Parse(time.RFC3339Nano, f.time); err != nil {
		return fmt.Errorf("header %s: %w", hTime, err)
	}
	if m.Effective, err = ParseEffective(f.effective); err != nil {
		return fmt.Errorf("header %s: %w", hEffective, err)
	}
	return nil
}

// FormatEffective writes a day as YYYY-MM-DD and an instant as RFC 3339 in
// Beijing time. A day is the instant of its 00:00.
func FormatEffective(t time.Time) string {
	t = t.In(calendar.Beijing)
	if day := calendar.DayOf(t); day.Time().Equal(t) {
		return day.String()
	}
	return t.Format(time.RFC3339Nano)
}

// ParseEffective reads what FormatEffective writes.
func ParseEffective(s string) (time.Time, error) {
	if len(s) == len("2006-01-02") {
		day, err := calendar.ParseDay(s)
		if err != nil {
			return time.Time{}, err
		}
		return day.Time(), nil
	}
	t, err := time.Parse(time.RFC3339Nano, s)
	return t.In(calendar.Beijing), err
}
