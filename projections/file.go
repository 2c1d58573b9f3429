package projections

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"
)

// A view file has one bucket of the framework's own beside those of the view.
const (
	metaBucket    = "\x00meta"
	keyName       = "name"
	keyVersion    = "version"
	keyFormat     = "format"
	keyCheckpoint = "checkpoint"
)

// fileFormat is raised when the framework itself writes files differently;
// files of another format are built anew.
const fileFormat = 1

const (
	fileSuffix  = ".db"
	buildSuffix = ".building"
	runsSuffix  = ".runs" + buildSuffix
	lockName    = "lock"
)

// lockWait is how long a file may be held by a process that is just ending.
const lockWait = time.Second

func fileName(p Projection) string {
	return p.Name() + "@" + strconv.Itoa(p.Version()) + fileSuffix
}

// A damage says that a view file cannot be used and is to be built anew.
type damage struct{ reason error }

func (d damage) Error() string { return "damaged view file: " + d.reason.Error() }
func (d damage) Unwrap() error { return d.reason }

// fileFault carries an error of the file through Apply.
type fileFault struct{ err error }

func (f fileFault) Error() string { return f.err.Error() }

// fileOptions are those of every view file; §10 of the design says why. A file
// that is being built is not synced: it is thrown away after a crash.
func fileOptions(building bool) *bolt.Options {
	return &bolt.Options{
		Timeout: lockWait, FreelistType: bolt.FreelistMapType, NoFreelistSync: true,
		InitialMmapSize: 1 << 30, NoStatistics: true, NoSync: building, NoGrowSync: building,
	}
}

// openFile opens a live view file and returns the position it stands at. A
// damage is returned for what is to be deleted and built anew; head is the
// position of the newest record, which no view can be ahead of.
func openFile(path string, p Projection, head uint64) (db *bolt.DB, seq uint64, err error) {
	if err := checkFile(path, wholeCheck); err != nil {
		return nil, 0, err
	}
	err = guarded(func() (err error) {
		db, err = bolt.Open(path, 0o600, fileOptions(false))
		return err
	})
	if err != nil {
		if errors.Is(err, bolterrors.ErrTimeout) || os.IsPermission(err) {
			return nil, 0, fmt.Errorf("open view %s: %w", path, err)
		}
		return nil, 0, damage{err}
	}
	db.AllocSize = growth
	seq, err = readMeta(db, p)
	if err == nil && seq > head {
		err = damage{fmt.Errorf("it stands at %d, the log ends at %d", seq, head)}
	}
	if err != nil {
		return nil, 0, errors.Join(err, db.Close())
	}
	return db, seq, nil
}

func readMeta(db *bolt.DB, p Projection) (seq uint64, err error) {
	err = db.View(func(tx *bolt.Tx) error {
		m := tx.Bucket([]byte(metaBucket))
		if m == nil {
			return damage{errors.New("it does not say what it is")}
		}
		version, _, ok1 := CutUint(m.Get([]byte(keyVersion)))
		format, _, ok2 := CutUint(m.Get([]byte(keyFormat)))
		if name := string(m.Get([]byte(keyName))); !ok1 || !ok2 || name != p.Name() || version != uint64(p.Version()) || format != fileFormat {
			return damage{fmt.Errorf("it holds view %q version %d format %d", name, version, format)}
		}
		var ok bool
		if seq, ok = checkpoint(tx); !ok {
			return damage{errors.New("its position cannot be read")}
		}
		return nil
	})
	return seq, err
}

func checkpoint(tx *bolt.Tx) (seq uint64, ok bool) {
	m := tx.Bucket([]byte(metaBucket))
	if m == nil {
		return 0, false
	}
	v := m.Get([]byte(keyCheckpoint))
	if len(v) != 8 {
		return 0, false
	}
	return binary.BigEndian.Uint64(v), true
}

// createFile makes an empty file to build a view in, in the place of one that
// was left unfinished.
func createFile(path string, p Projection) (*bolt.DB, error) {
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	db, err := bolt.Open(path, 0o600, fileOptions(true))
	if err != nil {
		return nil, fmt.Errorf("create view %s: %w", path, err)
	}
	err = db.Update(func(tx *bolt.Tx) error {
		m, err := tx.CreateBucket([]byte(metaBucket))
		if err != nil {
			return err
		}
		return errors.Join(
			m.Put([]byte(keyName), []byte(p.Name())),
			m.Put([]byte(keyVersion), AppendUint(nil, uint64(p.Version()))),
			m.Put([]byte(keyFormat), AppendUint(nil, fileFormat)),
			m.Put([]byte(keyCheckpoint), AppendUint(nil, 0)))
	})
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// closeFile closes a file and leaves the list of its free pages in it. While a
// file is written the list is not, for that would be written by every commit;
// but without it the next opening reads the whole file.
func closeFile(db *bolt.DB) error {
	db.NoFreelistSync = false
	err := db.Update(func(*bolt.Tx) error { return nil })
	return errors.Join(err, db.Sync(), db.Close())
}

// finishFile makes a built file durable under its own name and opens it again.
func finishFile(db *bolt.DB, from, to string) (*bolt.DB, error) {
	if err := closeFile(db); err != nil {
		return nil, err
	}
	if err := os.Rename(from, to); err != nil {
		return nil, err
	}
	if err := syncDir(filepath.Dir(to)); err != nil {
		return nil, err
	}
	db, err := bolt.Open(to, 0o600, fileOptions(false))
	if err == nil {
		db.AllocSize = growth
	}
	return db, err
}

// growth is by how much a live file grows at a time, each time synced.
const growth = 4 << 20

func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}

// sweep deletes what earlier runs left of view p: unfinished builds, and, where
// the file of the present version is there, those of other versions.
func sweep(dir string, p Projection) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	_, err = os.Stat(filepath.Join(dir, fileName(p)))
	present := err == nil
	for _, e := range entries {
		name := e.Name()
		of, rest, ok := strings.Cut(name, "@")
		if !ok || of != p.Name() {
			continue
		}
		old := strings.HasSuffix(rest, fileSuffix) && present && name != fileName(p)
		if old || strings.HasSuffix(rest, buildSuffix) {
			if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
				return err
			}
		}
	}
	return nil
}

// lockDir takes the directory for this process. The lock is itself a bbolt
// file, whose lock the operating system gives back when the process ends.
func lockDir(dir string) (*bolt.DB, error) {
	path := filepath.Join(dir, lockName)
	open := func() (*bolt.DB, error) { return bolt.Open(path, 0o600, &bolt.Options{Timeout: lockWait}) }
	db, err := open()
	switch {
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, fmt.Errorf("%s: %w", dir, ErrInUse)
	case errors.Is(err, bolterrors.ErrInvalid), errors.Is(err, bolterrors.ErrChecksum), errors.Is(err, bolterrors.ErrVersionMismatch):
		if err := os.Remove(path); err != nil {
			return nil, err
		}
		return open()
	}
	return db, err
}
