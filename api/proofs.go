package api

import "minglu/proof"

// Checkpoints are the signed checkpoints of the log.
type Checkpoints interface {
	// Origin is the first line of every checkpoint.
	Origin() string
	// Latest returns the newest one, as a note and as what it says; ok is false
	// before the first.
	Latest() (signed []byte, c proof.Checkpoint, ok bool)
	// Keys returns what verifies them, the present key first.
	Keys() []string
}

// checkpointStatus is how far the log is signed; nil where nobody signs.
func (s *server) checkpointStatus() *CheckpointStatus {
	if s.Checkpoints == nil {
		return nil
	}
	out := &CheckpointStatus{Origin: s.Checkpoints.Origin()}
	if _, c, ok := s.Checkpoints.Latest(); ok {
		out.Size = c.Size
	}
	if head := s.Views.Seq("merkle"); head > out.Size {
		out.Lag = head - out.Size
	}
	return out
}
