// Package demo has data to show and to measure the register with: a small
// register that is read, and a large one that is made to size.
//
// Everything in it is invented. Names carry the mark （示例）, sources begin with
// 演示数据, and credit codes are those of organisations that do not exist; only
// the figures of the small one (how many institutions, exits, conferences) are
// those that two counties and a prefecture printed.
package demo

import (
	_ "embed"
)

//go:generate sh -c "go run ./make > journal.ndjson"

//go:embed journal.ndjson
var journal []byte

// Journal returns the demonstration register as a journal, one act a line: 新平
// (530427), whose 24 subject institutions ended or turned by 2022-06-08, 北碚
// (500109), which printed no baseline and inspected a lot, and 临沂 (371300), a
// prefecture that draws by lot every year. The caller MUST NOT change it.
func Journal() []byte { return journal }
