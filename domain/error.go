package domain

import (
	"errors"
	"strings"
)

// Code is the kind of a refusal. The edge maps each to one HTTP status and one
// exit code; a code without a mapping fails a test there.
type Code string

// The kinds of refusal.
const (
	Malformed        Code = "malformed"              // not readable at all
	Unauthenticated  Code = "unauthenticated"        // nobody is signed in
	Forbidden        Code = "forbidden"              // says which authority is missing
	NotFound         Code = "not_found"              // no such thing
	Conflict         Code = "conflict"               // the state moved, or a rule refuses
	Erased           Code = "erased"                 // was here, erased by law
	Stale            Code = "stale"                  // If-Match names an older version
	TooLarge         Code = "too_large"              // more than is taken at once
	UnsupportedMedia Code = "unsupported_media"      // a representation nobody reads
	Invalid          Code = "invalid"                // readable, but a value cannot be
	KeyReused        Code = "idempotency_key_reused" // a known command id with another body
	RateLimited      Code = "rate_limited"           // too many requests
	Busy             Code = "busy"                   // try again
)

// Field points at the member of an act that is at fault.
type Field struct {
	// Pointer is a JSON pointer into the act, such as "/body/valid_to".
	Pointer string `json:"pointer"`
	// Code names the fault in snake_case, such as "checksum".
	Code string `json:"code"`
	// Message is the whole sentence about this field.
	Message Text `json:"message"`
}

// Error is a refusal that may be shown to the person who asked. Everything
// that is not an *Error is the register's own fault and is never shown.
type Error struct {
	Code   Code
	Rule   string // id of the rule that refuses, or empty
	Text   Text   // one whole sentence
	Hint   Text   // what to do next, or empty
	Fields []Field
}

// Error returns the Chinese sentence, with those of the fields.
func (e *Error) Error() string {
	if len(e.Fields) == 0 {
		return e.Text.ZH
	}
	parts := make([]string, len(e.Fields))
	for i, f := range e.Fields {
		parts[i] = f.Pointer + " " + f.Message.ZH
	}
	return e.Text.ZH + "（" + strings.Join(parts, "；") + "）"
}

// Is reports whether target is a refusal of the same code (and, where target
// names one, of the same rule), so that errors.Is answers for both families.
func (e *Error) Is(target error) bool {
	t, ok := errors.AsType[*Error](target)
	return ok && t.Code == e.Code && (t.Rule == "" || t.Rule == e.Rule)
}

// Refuse makes a refusal by a rule. It takes a Rule, not an id, so that a rule
// that does not exist does not compile.
func Refuse(code Code, r Rule, text Text, fields ...Field) *Error {
	return &Error{Code: code, Rule: r.ID, Text: text, Fields: fields}
}

// Fault makes a refusal that no rule of law stands behind.
func Fault(code Code, text Text, fields ...Field) *Error {
	return &Error{Code: code, Text: text, Fields: fields}
}

// BadField makes the refusal of one member whose value cannot be.
func BadField(pointer, code string, text Text) *Error {
	return &Error{Code: Invalid, Text: text, Fields: []Field{{Pointer: pointer, Code: code, Message: text}}}
}

// At returns err with pointer put before the pointers of its fields, where err
// is a refusal; a refusal without fields gets one. Anything else is returned as
// it is. Value types refuse without knowing where they stand: At tells.
func At(pointer string, err error) error {
	e, ok := errors.AsType[*Error](err)
	if !ok {
		return err
	}
	c := *e
	if len(e.Fields) == 0 {
		c.Fields = []Field{{Pointer: pointer, Code: string(e.Code), Message: e.Text}}
		return &c
	}
	c.Fields = make([]Field, len(e.Fields))
	for i, f := range e.Fields {
		f.Pointer = pointer + f.Pointer
		c.Fields[i] = f
	}
	return &c
}
