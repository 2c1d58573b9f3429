// Package ledger reads files that people and programs keep into acts: journals,
// one act a line, and ledgers, one institution a row, as offices keep them in
// spreadsheets. It carries nothing out.
//
// A journal says what it means and is taken literally. A ledger is read as it
// was typed: headings in any order and under several names, words for codes,
// dates in many forms. What could mean two things is refused with its column
// and never guessed.
//
// Each line and each row is one Entry, with its place in the file, and is
// either all acts or one refusal. The acts of a row have command ids made from
// what the row is about, so that reading a file again says the same acts.
package ledger
