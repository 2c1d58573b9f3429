package html

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/projections"
)

// visit is one request as the pages see it.
type visit struct {
	*http.Request
	query  url.Values
	moment Moment
	// elsewhere is where a page that answers errElsewhere lives.
	elsewhere string
}

// patience is how long a page waits for views to reach a position: long enough
// for a commit, short enough that nobody takes the page for broken.
const patience = 2 * time.Second

// visit reads what all pages take: as_of, at_seq, min_seq. views are those that
// the page may read. The visit is good for a page about the present also where
// an error is returned.
func (s *site) visit(r *http.Request, views []string) (*visit, error) {
	v := &visit{Request: r, query: r.URL.Query()}
	today := calendar.DayOf(s.Now())
	v.moment = present(today, s.Views.Seq(views...))
	minSeq, err := readSeq(v.query, "min_seq")
	if err != nil {
		return v, err
	}
	atSeq, err := readSeq(v.query, "at_seq")
	if err != nil {
		return v, err
	}
	if err := s.reach(r.Context(), minSeq, atSeq, views); err != nil {
		return v, err
	}
	if err := s.readable(r.Context(), views); err != nil {
		return v, err
	}
	m, err := readMoment(v.query, today, s.Views.Seq(views...))
	if err == nil {
		v.moment = m
	}
	return v, err
}

// readSeq reads a position; 0 where there is none.
func readSeq(q url.Values, name string) (uint64, error) {
	text := q.Get(name)
	if text == "" {
		return 0, nil
	}
	seq, err := strconv.ParseUint(text, 10, 63)
	if err != nil {
		return 0, domain.BadField("/"+name, "integer", domain.Say("序号“%s”应为不带符号的整数", "the position %q should be a whole number", clip(text)))
	}
	return seq, nil
}

// readable refuses a visit while one of the views cannot be read: an empty page
// would say that nobody is registered.
func (s *site) readable(ctx context.Context, views []string) error {
	if s.Views.Seq(views...) > 0 {
		return nil
	}
	head, err := s.Log.Head(ctx)
	if err == nil && head > 0 {
		err = projections.ErrNotReady
	}
	return err
}

// reach waits, for a bounded time, until the views have come to the positions
// that are asked for, as far as the log has.
func (s *site) reach(ctx context.Context, minSeq, atSeq uint64, views []string) error {
	seq := minSeq
	if atSeq > s.Views.Seq(views...) {
		head, err := s.Log.Head(ctx)
		if err != nil {
			return err
		}
		if atSeq <= head {
			seq = max(seq, atSeq)
		}
	}
	if seq == 0 {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	err := s.Views.Wait(ctx, seq, views...)
	if errors.Is(err, context.DeadlineExceeded) {
		return domain.Fault(domain.Busy, domain.Say("序号 %d 还没有显示出来，请稍后再试", "the views have not reached %d yet", seq))
	}
	return err
}

// with returns the address of a page at the moment of the visit: path and query,
// with the day and position that the reader chose.
func (v *visit) with(path string, params url.Values) string {
	return address(path, params, v.moment.chosen())
}

// link is with for parameters that are given as names and values in turn; empty
// values are left out.
func (v *visit) link(path string, params ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(params); i += 2 {
		if params[i+1] != "" {
			q.Set(params[i], params[i+1])
		}
	}
	return v.with(path, q)
}

func address(path string, params ...url.Values) string {
	q := url.Values{}
	for _, p := range params {
		maps.Copy(q, p)
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// pageNumber reads page=N, from 1.
func (v *visit) pageNumber() (int, error) {
	text := v.query.Get("page")
	if text == "" {
		return 1, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 1_000_000 {
		return 0, domain.BadField("/page", "integer", domain.Say("页码“%s”应为从 1 起的整数", "the page %q should be a whole number from 1", clip(text)))
	}
	return n, nil
}

// pages are the links below a list that is shown in parts.
type pages struct {
	Number, Last   int
	Before, Behind string // addresses; empty where there is none
}

// pages returns the links of page n of total rows. Further pages keep day and
// position, so that a reader who walks through them sees one state.
func (v *visit) pages(path string, params url.Values, n, size, total int) pages {
	p := pages{Number: n, Last: max(1, (total+size-1)/size)}
	at := func(n int) string {
		q := v.moment.pinned()
		maps.Copy(q, params)
		q.Set("page", strconv.Itoa(n))
		return address(path, q)
	}
	if n > 1 {
		p.Before = at(min(n-1, p.Last))
	}
	if n < p.Last {
		p.Behind = at(n + 1)
	}
	return p
}

// part returns the rows of page n.
func part[T any](rows []T, n, size int) []T {
	from := min((n-1)*size, len(rows))
	return rows[from:min(from+size, len(rows))]
}
