package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"strings"

	"minglu/domain"
	"minglu/ledger"
)

// refusals writes what was refused to a file, and the first few lines to
// standard error. The file is made when there is something to write, for its
// owner alone: what was refused may be what must not be published.
type refusals struct {
	call  *call
	path  string
	file  *os.File
	out   *bufio.Writer
	shown int
}

// shownRefusals is how many refusals of a file a person is told at once.
const shownRefusals = 10

func newRefusals(c *call, path string) *refusals { return &refusals{call: c, path: path} }

// refusedLine is one line of the file.
type refusedLine struct {
	Line     int             `json:"line"`
	Original json.RawMessage `json:"original"`
	Problem  refusedProblem  `json:"problem"`
}

type refusedProblem struct {
	Code   domain.Code    `json:"code"`
	Rule   string         `json:"rule,omitempty"`
	Detail string         `json:"detail"`
	Hint   string         `json:"hint,omitempty"`
	Errors []refusedField `json:"errors,omitempty"`
}

// refusedField points at a member of an act, or names the column of a ledger.
type refusedField struct {
	Pointer string `json:"pointer,omitempty"`
	Column  string `json:"column,omitempty"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

func (r *refusals) add(e ledger.Entry, err error) error {
	err = e.Explain(err)
	l := refusedLine{Line: e.Line, Original: e.Original(), Problem: r.problem(err)}
	b, jsonErr := json.Marshal(l)
	if jsonErr != nil {
		return jsonErr
	}
	if r.file == nil {
		if r.file, err = createPrivate(r.path); err != nil {
			return err
		}
		r.out = bufio.NewWriter(r.file)
	}
	r.show(l)
	_, err = r.out.Write(append(b, '\n'))
	return err
}

// createPrivate makes an empty file for its owner alone, whatever was there.
func createPrivate(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, err
	}
	if err := f.Chmod(0o600); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

func (r *refusals) problem(err error) refusedProblem {
	e, ok := errors.AsType[*domain.Error](err)
	if !ok {
		return refusedProblem{Code: domain.Busy, Detail: err.Error()}
	}
	p := refusedProblem{Code: e.Code, Rule: e.Rule, Detail: e.Text.In(r.call.lang), Hint: e.Hint.In(r.call.lang)}
	for _, f := range e.Fields {
		rf := refusedField{Column: f.Pointer, Code: f.Code, Message: f.Message.In(r.call.lang)}
		if strings.HasPrefix(f.Pointer, "/") {
			rf.Pointer, rf.Column = f.Pointer, ""
		}
		p.Errors = append(p.Errors, rf)
	}
	return p
}

// show tells a person about the first refusals.
func (r *refusals) show(l refusedLine) {
	switch r.shown++; {
	case r.shown > shownRefusals:
		return
	case r.shown == shownRefusals:
		defer r.call.say(r.call.stderr, domain.Say("其余见 %s", "the rest is in %s", r.path))
	}
	text := l.Problem.Detail
	for _, f := range l.Problem.Errors {
		if at := f.Column + f.Pointer; at != "" {
			text = at + "：" + f.Message
			break
		}
	}
	r.call.say(r.call.stderr, domain.Say("第 %d 行被拒：%s", "line %d refused: %s", l.Line, text))
}

// close ends the file. Where the whole file was read and nothing was refused,
// one that an earlier run left is removed.
func (r *refusals) close(whole bool) error {
	if r.file != nil {
		return errors.Join(r.out.Flush(), r.file.Close())
	}
	if !whole {
		return nil
	}
	if err := os.Remove(r.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func ignoredColumns(path string, names []string) domain.Text {
	return domain.Say("%s：以下各列不认识，没有导入：%s", "%s: these columns are not known and were not imported: %s", path, strings.Join(names, "、"))
}
