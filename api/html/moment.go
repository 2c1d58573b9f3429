package html

import (
	"net/url"
	"strconv"

	"minglu/domain"
	"minglu/domain/calendar"
)

// Moment is the day and the position of the log for which a page answers.
type Moment struct {
	AsOf  calendar.Day
	AtSeq uint64

	Today calendar.Day
	Head  uint64 // position that the views had reached

	// ChosenDay and ChosenSeq tell what the reader asked for; links keep it.
	ChosenDay, ChosenSeq bool
}

// Future reports whether the day is still to come, so that the page shows what
// is planned.
func (m Moment) Future() bool { return m.AsOf > m.Today }

// Past reports whether the page shows something else than the present.
func (m Moment) Past() bool { return m.AsOf < m.Today || m.AtSeq < m.Head }

// present is the moment that is meant where nothing is asked for.
func present(today calendar.Day, head uint64) Moment {
	return Moment{AsOf: today, AtSeq: head, Today: today, Head: head}
}

// readMoment reads as_of and at_seq. What is not given is today and head, the
// position of the views.
func readMoment(q url.Values, today calendar.Day, head uint64) (Moment, error) {
	m := present(today, head)
	if s := q.Get("as_of"); s != "" {
		day, err := calendar.ParseDay(s)
		if err != nil {
			return m, domain.At("/as_of", err)
		}
		m.AsOf, m.ChosenDay = day, true
	}
	if q.Get("at_seq") == "" {
		return m, nil
	}
	seq, err := readSeq(q, "at_seq")
	if err != nil {
		return m, err
	}
	if seq > head {
		return m, domain.BadField("/at_seq", "beyond_log", domain.Say(
			"序号 %d 超过了目前的最大序号 %d", "the position %d is beyond the log, which ends at %d", seq, head))
	}
	m.AtSeq, m.ChosenSeq = seq, true
	return m, nil
}

// chosen are the parameters that links keep.
func (m Moment) chosen() url.Values {
	v := url.Values{}
	if m.ChosenDay {
		v.Set("as_of", m.AsOf.String())
	}
	if m.ChosenSeq {
		v.Set("at_seq", strconv.FormatUint(m.AtSeq, 10))
	}
	return v
}

// pinned are both parameters, for addresses that are to show this very state
// later too: further pages of a list, and files.
func (m Moment) pinned() url.Values {
	return url.Values{"as_of": {m.AsOf.String()}, "at_seq": {strconv.FormatUint(m.AtSeq, 10)}}
}

// clip shortens what is quoted in a sentence.
func clip(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
