package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/ident"
	"minglu/domain/term"
)

// compose returns the whole journal, division by division.
func compose() []byte {
	var out bytes.Buffer
	for _, c := range []*county{xinping(), beibei(), linyi()} {
		c.write(&out)
	}
	return out.Bytes()
}

// line is one act in the order in which its members are read best.
type line struct {
	CommandID string        `json:"command_id"`
	Act       string        `json:"act"`
	Division  string        `json:"division"`
	Target    *target       `json:"target,omitempty"`
	Effective calendar.Day  `json:"effective"`
	Actor     actor         `json:"actor"`
	Source    domain.Source `json:"source"`
	Body      any           `json:"body"`
}

type target struct {
	Ref string `json:"ref"`
}

type actor struct {
	Agency  string `json:"agency"`
	Officer string `json:"officer"`
}

// county collects the acts of one division: a county, a district, a prefecture.
type county struct {
	code    string
	name    string // as it stands before the names of its agencies
	officer string // prefix of the officers' numbers
	lines   []line
	roster  []inspector // who holds a credential, in the order of registration
}

// A deferred body is made once every act of the county has its command id: from
// those come the ids of what acts create, and from the ids what a draw draws.
type deferred func() any

// act adds an act on the thing with that ref, or on the division where ref is
// empty.
func (c *county) act(day, name, ref string, by actor, source domain.Source, body any) {
	l := line{Act: name, Division: c.code, Effective: on(day), Actor: by, Source: source, Body: body}
	if ref != "" {
		l.Target = &target{ref}
	}
	l.Source.Title = "演示数据：" + l.Source.Title
	c.lines = append(c.lines, l)
}

func (c *county) division() division.Code { return division.Code(c.code) }

// by is an officer of a department of the county.
func (c *county) by(department term.Department, officer int) actor {
	return actor{Agency: c.agency(department), Officer: c.number(officer)}
}

// write writes the acts in the order of their days, those of one day as they
// were added.
func (c *county) write(out *bytes.Buffer) {
	slices.SortStableFunc(c.lines, func(a, b line) int { return int(a.Effective - b.Effective) })
	for i, l := range c.lines {
		c.lines[i].CommandID = commandID(l, i)
	}
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	for _, l := range c.lines {
		if body, ok := l.Body.(deferred); ok {
			l.Body = body()
		}
		if err := e.Encode(l); err != nil {
			panic(fmt.Sprintf("write %s: %v", l.Act, err))
		}
	}
}

// stream is the stream of the institution that is registered under a ref. It is
// known from the time on at which the acts have their command ids.
func (c *county) stream(ref string) string {
	const register = "institution.register"
	i := slices.IndexFunc(c.lines, func(l line) bool { return l.Act == register && l.Target.Ref == ref })
	id, err := ident.ParseUUID(c.lines[i].CommandID)
	if err != nil {
		panic(err)
	}
	return c.code + ".institution." + ident.NewID("institution", id)
}

// commandID is a UUID of version 7 whose time is eight in the morning of the
// effective day and as many milliseconds more as the act's place in its county;
// the rest is a digest of what tells the act from the others.
func commandID(l line, n int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s/%d/%s", l.Division, n, l.Act))
	var id [16]byte
	binary.BigEndian.PutUint64(id[:], uint64(l.Effective.Time().UnixMilli()+8*3600_000+int64(n))<<16)
	copy(id[6:], sum[:10])
	id[6] = id[6]&0x0f | 0x70
	id[8] = id[8]&0x3f | 0x80
	return ident.FormatUUID(id)
}

// on reads a day that stands in this program.
func on(day string) calendar.Day {
	d, err := calendar.ParseDay(day)
	if err != nil {
		panic(err)
	}
	return d
}

func later(day string, days int) string { return on(day).AddDays(days).String() }

func paper(title, number string) domain.Source { return domain.Source{Title: title, DocNo: number} }

// named refers to what was created under a ref in the same division.
func named(ref string) domain.Ref { return domain.Ref{Name: ref} }
