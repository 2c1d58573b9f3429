package projections

// Written counts what the present command has put so far: it rises with every
// first touch of a row.
func Written(tx *Tx) int {
	n := len(tx.undo)
	for _, b := range tx.buckets {
		n += len(b.buffer.slots)
	}
	return n
}
