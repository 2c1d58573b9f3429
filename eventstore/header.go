package eventstore

import (
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

func header(stream string, t domain.EventType, m domain.Meta) (Header, error) {
	id, err := ident.ParseUUID(m.CommandID)
	if err != nil {
		return nil, fmt.Errorf("command id %q: %w", m.CommandID, err)
	}
	h := make(Header, 24)
	set := func(name, value string) {
		if value != "" {
			h[name] = []string{value}
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

func (r *Record) readHeader(h Header) error {
	get := func(name string) string {
		if v := h[name]; len(v) > 0 {
			return v[0]
		}
		return ""
	}
	var err error
	number := func(name string) int {
		n, e := strconv.Atoi(get(name))
		if e != nil && err == nil {
			err = fmt.Errorf("header %s: %w", name, e)
		}
		return n
	}
	r.ID, r.Type, r.Version = get(hID), get(hType), number(hDataVersion)
	m := &r.Meta
	m.Ordinal, m.Count = number(hOrdinal), number(hCount)
	m.CommandID, m.CommandDigest, m.Act = get(hCommandID), get(hCommandDigest), get(hAct)
	m.Division = get(hDivision)
	m.Actor.Agency = get(hAgency)
	if o := get(hOfficers); o != "" {
		m.Actor.Officers = strings.Split(o, ",")
	}
	m.Visibility = domain.Visibility(get(hVisibility))
	m.PolicyVersion, m.CalendarVersion = get(hPolicyVersion), get(hCalendarVersion)
	if v := get(hRules); v != "" {
		m.Rules = strings.Split(v, ",")
	}
	m.CorrelationID, m.CausationID = get(hCorrelationID), get(hCausationID)
	if err != nil {
		return err
	}
	if m.Recorded, err = time.Parse(time.RFC3339Nano, get(hTime)); err != nil {
		return fmt.Errorf("header %s: %w", hTime, err)
	}
	if m.Effective, err = ParseEffective(get(hEffective)); err != nil {
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
