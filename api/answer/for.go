package answer

import (
	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/division"
	"minglu/domain/term"
)

// For says what an answer is made for.
type For struct {
	AsOf    calendar.Day // as things stood in the world on this day
	AtSeq   uint64       // as the register knew them at this position
	Today   calendar.Day // by which limits of publication are judged
	English bool         // sentences in English instead of Chinese
	Reader  Reader
}

// Scheduled reports whether the day asked about is yet to come.
func (f For) Scheduled() bool { return f.AsOf > f.Today }

// say returns the sentence in the language asked for.
func (f For) say(t domain.Text) string {
	if f.English {
		return t.In("en")
	}
	return t.In("zh")
}

// Reader is who reads: the public where it is zero, else an agency's officer.
type Reader struct {
	Agency   string
	Division division.Code // of the agency
	Role     term.Role
	Officer  string
}

// Public reports whether it is the public that reads.
func (r Reader) Public() bool { return r.Agency == "" }

// Over reports whether the reader enforces the law in a division; see
// [authority.Reader.Over].
func (r Reader) Over(in division.Code) bool {
	return authority.Reader{Agency: r.Agency, Division: r.Division}.Over(in)
}

// Serves reports whether the reader's agency, be it a bank, is one of the division
// or of one above it.
func (r Reader) Serves(in division.Code) bool {
	return authority.Reader{Agency: r.Agency, Division: r.Division}.Serves(in)
}

// Sees reports whether the reader may read a fact of that visibility. What is
// sealed needs a stated reason and is read nowhere here.
func (r Reader) Sees(m domain.Meta) bool {
	return authority.MaySee(authority.Reader{Agency: r.Agency, Division: r.Division, Role: r.Role}, m)
}

// SeesBooked reports whether the reader may read a fact of an account or an order
// that is theirs to read: what is joint is read by the bank that keeps the account
// and by the platform as well.
func (r Reader) SeesBooked(m domain.Meta) bool {
	return r.Sees(m) || m.Visibility == domain.Joint && r.Serves(division.Code(m.Division))
}

// keepsTokens reports whether facts about tokens are the reader's business.
func (r Reader) keepsTokens() bool {
	return r.Role == term.Administrator || r.Role == term.Auditor
}
