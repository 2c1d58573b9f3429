//go:build !linux

package projections

import bolt "go.etcd.io/bbolt"

// unmapPages does nothing where the system has no such call.
func unmapPages(*bolt.DB, int64) {}
