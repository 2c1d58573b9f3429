package jetstream

// keysName is the name of the stream of persons' keys.
func (s *Store) keysName() string { return s.cfg.StreamName + "_KEYS" }
