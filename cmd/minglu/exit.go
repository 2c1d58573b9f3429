package main

import (
	"errors"
	"io"
	"strings"

	"minglu/api/client"
	"minglu/domain"
)

// How the program ends.
const (
	exitDone       = 0
	exitFailed     = 1
	exitUsage      = 2 // the command line cannot be taken
	exitPartly     = 3 // part was refused
	exitUnverified = 4 // something does not verify
)

// An ending is an error that says with which code the program ends. One without
// a text is silent: everything has been said.
type ending struct {
	code int
	text domain.Text
}

func (e ending) Error() string { return e.text.EN }

// badUsage ends the program because of how it was called.
func badUsage(zh, en string, args ...any) error {
	return ending{exitUsage, domain.Say(zh, en, args...)}
}

// failed ends the program with a sentence of its own.
func failed(zh, en string, args ...any) error {
	return ending{exitFailed, domain.Say(zh, en, args...)}
}

// partlyRefused ends the program after part of the work, which has been told.
func partlyRefused() error { return ending{code: exitPartly} }

// unverified ends the program because something does not verify.
func unverified(zh, en string, args ...any) error {
	return ending{exitUnverified, domain.Say(zh, en, args...)}
}

// exitCode returns the code that err ends the program with.
func exitCode(err error) int {
	if err == nil {
		return exitDone
	}
	if e, ok := errors.AsType[ending](err); ok {
		return e.code
	}
	return exitFailed
}

// report writes an error for people, one line for each fault.
func report(w io.Writer, lang string, err error) {
	for _, line := range sentences(lang, err) {
		io.WriteString(w, "minglu: "+line+"\n") //nolint:errcheck // nobody is left to be told
	}
}

// sentences returns what err says, in a language where it has one; of joined
// errors, what each says.
func sentences(lang string, err error) (out []string) {
	if list, ok := err.(interface{ Unwrap() []error }); ok {
		if parts := list.Unwrap(); errors.Join(parts...).Error() == err.Error() {
			for _, e := range parts {
				out = append(out, sentences(lang, e)...)
			}
			return out
		}
	}
	if e, ok := errors.AsType[ending](err); ok {
		if t := e.text.In(lang); t != "" {
			out = append(out, t)
		}
		return out
	}
	if p, ok := errors.AsType[*client.Problem](err); ok {
		return []string{refusal(lang, p.Refusal())}
	}
	if e, ok := errors.AsType[*domain.Error](err); ok {
		return []string{refusal(lang, e)}
	}
	return []string{strings.ReplaceAll(err.Error(), "\n", "; ")}
}

// refusal is a refusal in one line: the sentence, the members at fault, and
// what to do next.
func refusal(lang string, e *domain.Error) string {
	var b strings.Builder
	b.WriteString(e.Text.In(lang))
	for _, f := range e.Fields {
		if f.Pointer != "" {
			b.WriteString("; " + f.Pointer + ": " + f.Message.In(lang))
		}
	}
	if h := e.Hint.In(lang); h != "" {
		b.WriteString("; " + h)
	}
	return b.String()
}
