package projections

import (
	"encoding/binary"
	"fmt"

	"minglu/domain/book"
	"minglu/domain/calendar"
	"minglu/domain/escrow"
	"minglu/domain/term"
	"minglu/eventstore"
)

// accounts are the supervised accounts.
var accounts = foldable[escrow.State]{
	bucket: "accounts",
	evolve: func(s escrow.State, r eventstore.Record) escrow.State {
		return escrow.Evolve(s, r.Meta, r.Event.(escrow.Event))
	},
	account:   func(_ escrow.State, stream string) string { return stream },
	reference: func(escrow.State, string) string { return "" },
	sheet:     func(s *escrow.State) *book.Sheet { return &s.Deposit },
	rows:      accountRows,
}

// accountTail and alertTail are the lengths of what follows the division in
// by_division, and the division and whether it is closed in alerts.
const (
	accountTail = 8
	alertTail   = 4 + 8 + 4
)

func accountRows(f bookFold[escrow.State], row func(bucket string, key, value []byte)) {
	s, code := f.state, f.head.Division()
	if s.Institution == "" {
		return
	}
	facet := accountFacet{f.head.Stream, s.Institution, s.Bank, s.Mode, s.Status(s.Latest)}
	row("by_division", AppendUint(Key(code), ^f.head.First), facet.packed())
	for _, a := range s.Alerts {
		alert := EscrowAlert{
			Account: f.head.Stream, Institution: s.Institution, Number: a.Number, Level: a.Level, Metric: a.Metric, Raised: a.Raised, Closed: a.Closed,
		}
		key := append(Key(code), closedByte(alert.Closed == 0))
		key = AppendUint(binary.BigEndian.AppendUint32(key, ^uint32(alert.Raised)), ^f.head.First)
		row("alerts", binary.BigEndian.AppendUint32(key, ^uint32(alert.Number)), alert.packed())
	}
}

// An accountFacet is what lists of accounts filter by.
type accountFacet struct {
	stream, institution, bank string
	mode                      term.EscrowMode
	status                    term.AccountStatus
}

func (f accountFacet) packed() []byte {
	var p packer
	for _, s := range []string{f.stream, f.institution, f.bank, string(f.mode), string(f.status)} {
		p.text(s)
	}
	return p
}

func readAccountFacet(row []byte) (f accountFacet, err error) {
	u := unpacker{rest: row}
	f.stream, f.institution, f.bank = u.text(), u.text(), u.text()
	f.mode, f.status = term.EscrowMode(u.text()), term.AccountStatus(u.text())
	if u.bad {
		return f, fmt.Errorf("the row of a supervised account cannot be read")
	}
	return f, nil
}

func (a EscrowAlert) packed() []byte {
	var p packer
	for _, s := range []string{a.Account, a.Institution, string(a.Level), string(a.Metric)} {
		p.text(s)
	}
	for _, n := range []int{a.Number, int(a.Raised), int(a.Closed)} {
		p.uint(uint64(n))
	}
	return p
}

func readAlert(row []byte) (a EscrowAlert, err error) {
	u := unpacker{rest: row}
	a.Account, a.Institution = u.text(), u.text()
	a.Level, a.Metric = term.AlertLevel(u.text()), term.AlertMetric(u.text())
	a.Number, a.Raised, a.Closed = int(u.uint()), calendar.Day(u.uint()), calendar.Day(u.uint())
	if u.bad {
		return a, fmt.Errorf("the row of an alert cannot be read")
	}
	return a, nil
}
