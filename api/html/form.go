package html

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"net/http"
	"strings"
	"time"

	"minglu/domain"
	"minglu/domain/ident"
)

// Form is what every page that sends something has in common.
//
// Nothing here asks who sends it: the register has no cookies and no session, so
// a page elsewhere that posts such a form for its reader gains nothing that it
// could not send itself.
type Form struct {
	// Key is made by the server, one for each form that is opened: what is sent
	// twice under it is carried out once.
	Key    string
	Faults []FormFault
	// Wrong has the sentence of each field at fault, by the field's name.
	Wrong map[string]string
	// Hint says what to do next about the faults, or nothing.
	Hint string
}

// FormFault is one fault, with the field that it is about.
type FormFault struct {
	Href, Text string // no address: it is about no field
}

// largestForm bounds what a form may send: the longest text, as browsers write
// it, and some more.
const largestForm = 128 << 10

// formWithin bounds how long a form may take to arrive.
const formWithin = 30 * time.Second

// posted reads the form of a visit.
func (v *visit) posted(w http.ResponseWriter) error {
	control := http.NewResponseController(w)
	_ = control.SetReadDeadline(time.Now().Add(formWithin))
	defer func() { _ = control.SetReadDeadline(time.Time{}) }()
	v.Body = http.MaxBytesReader(w, v.Body, largestForm)
	err := v.ParseForm()
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return domain.Fault(domain.TooLarge, domain.Say("填写的内容太多", "the form has too much"))
	}
	if err != nil {
		return domain.Fault(domain.Malformed, domain.Say("填写的内容没有收完，请再试一次", "the form did not arrive whole"))
	}
	return nil
}

// posting answers a form. The answer is kept nowhere: it may show a query code,
// or what somebody wrote.
func (s *site) posting(to route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v, err := s.visit(r, to.views)
		if err == nil {
			err = v.posted(w)
		}
		var p page
		if err == nil {
			p, err = to.show(s, v)
		}
		if err != nil {
			p = s.fault(w, r, v, err)
		}
		p.frame().unkept = true
		s.answer(w, r, v, p)
	})
}

// field returns what was written into a field.
func (v *visit) field(name string) string { return strings.TrimSpace(v.PostForm.Get(name)) }

// newKey returns a UUID of version 7.
func newKey(now time.Time) string {
	var id [16]byte
	_, _ = rand.Read(id[:]) // never fails
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(now.UnixMilli()))
	copy(id[:6], ms[2:])
	id[6] = id[6]&0x0f | 0x70
	id[8] = id[8]&0x3f | 0x80
	return ident.FormatUUID(id)
}

// refused takes down why what was sent cannot be, and returns the status of the
// answer. fields names the first input of each field that the page has, by the
// first token of a pointer. What is no refusal is returned.
func (f *Form) refused(err error, fields map[string]string) (status int, other error) {
	e := refusal(err)
	if e == nil {
		return 0, err
	}
	f.Wrong, f.Hint = map[string]string{}, sentence(e.Hint.ZH)
	for _, at := range e.Fields {
		name, _, _ := strings.Cut(strings.TrimPrefix(at.Pointer, "/"), "/")
		input, ok := fields[name]
		if !ok {
			continue
		}
		f.Wrong[name] = sentence(at.Message.ZH)
		f.Faults = append(f.Faults, FormFault{"#" + input, f.Wrong[name]})
	}
	if len(f.Faults) == 0 {
		f.Faults = []FormFault{{Text: sentence(e.Text.ZH)}}
	}
	status, known := statuses[e.Code]
	if !known {
		status = http.StatusInternalServerError
	}
	return status, nil
}

// limitKey is the key under which a request has its limit.
type limitKey struct{}

// Limited returns a request that may file something only where limit does not
// refuse; it is asked once, right before.
func Limited(r *http.Request, limit func() error) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), limitKey{}, limit))
}

// allowed asks the limit of a visit.
func (v *visit) allowed() error {
	if limit, ok := v.Context().Value(limitKey{}).(func() error); ok {
		return limit()
	}
	return nil
}
