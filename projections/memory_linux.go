package projections

import (
	"syscall"

	bolt "go.etcd.io/bbolt"
)

// unmapPages takes the pages of a file out of this process's memory. They stay
// in the operating system's cache and come back when they are touched; but a
// file that is built, checked or read through would otherwise count as memory
// of the process as a whole, gigabytes for a large register. It MUST be called
// by the goroutine that writes the file, for bbolt maps a growing file anew.
func unmapPages(db *bolt.DB, size int64) {
	const dontNeed = 4 // MADV_DONTNEED: on a shared file mapping nothing is lost
	if size > 0 {
		_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, db.Info().Data, uintptr(size), dontNeed)
	}
}
