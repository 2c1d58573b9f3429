package jetstream

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"minglu/domain"
)

// lockFile is the name of the lock in a data directory.
const lockFile = "lock"

// Lock is the right of this process to use a data directory. The kernel gives
// it up when the process ends, however it ends.
type Lock struct{ f *os.File }

// LockDir takes the data directory dir, which it makes where it is missing, for
// this process. Where another process has it, the error is a *domain.Error of
// code busy. Close gives it up; the file stays.
func LockDir(dir string) (*Lock, error) {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return nil, fmt.Errorf("lock data directory: %w", err)
	}
	f, err := os.OpenFile(filepath.Join(dir, lockFile), os.O_CREATE|os.O_RDWR, 0o640)
	if err != nil {
		return nil, fmt.Errorf("lock data directory: %w", err)
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		if errors.Is(err, syscall.EWOULDBLOCK) {
			err = &domain.Error{
				Code: domain.Busy,
				Text: domain.Say("数据目录正由另一进程使用：%s", "another process is using the data directory %s", dir),
				Hint: domain.Say("请先停止那个进程，或换一个数据目录", "stop that process first, or name another data directory"),
			}
		} else {
			err = fmt.Errorf("lock data directory: %w", err)
		}
		return nil, errors.Join(err, f.Close())
	}
	return &Lock{f}, nil
}

// Close gives the directory up.
func (l *Lock) Close() error { return l.f.Close() }
