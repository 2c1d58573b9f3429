package register

import (
	"context"

	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/jurisdiction"
	"minglu/domain/term"
)

// roll returns who held a licence on the day that c names, at the head of the
// log.
func (r *Register) roll(ctx context.Context, in division.Code, c jurisdiction.FreezeBaseline) (jurisdiction.Roll, error) {
	if len(c.Audiences) == 0 || c.Class == "" {
		return jurisdiction.Roll{}, nil // the decision refuses it with its reason
	}
	if err := r.Views.CatchUp(ctx); err != nil {
		return jurisdiction.Roll{}, err
	}
	return r.Views.Roll(string(in), c.Class, c.Audiences, c.Mode, c.Date)
}

// members returns who is on a list on a day, at the head of the log.
func (r *Register) members(ctx context.Context, in division.Code, list term.ListName, on calendar.Day) (jurisdiction.Members, error) {
	if err := r.Views.CatchUp(ctx); err != nil {
		return jurisdiction.Members{}, err
	}
	seq := r.Views.Seq()
	entries, err := r.Views.List(list, string(in), on, seq)
	m := jurisdiction.Members{AtSeq: seq}
	for _, e := range entries {
		m.Rows = append(m.Rows, e.Stream)
	}
	return m, err
}

// command returns where a command id was carried out, and its digest; no
// stream where it is unknown.
func (r *Register) command(id string) (stream, digest string, err error) {
	c, ok, err := r.Views.Command(id)
	if !ok {
		return "", "", err
	}
	return c.Stream, c.Digest, nil
}
