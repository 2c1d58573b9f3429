package projections

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/ident"
	"minglu/eventstore"
)

// madeStore is a log of n facts that are made while they are read: 8 facts an
// institution, in the order in which a register would meet them.
type madeStore struct {
	logStore
	n uint64
}

func (s *madeStore) Head(context.Context) (uint64, error) { return s.n, nil }

func (s *madeStore) Follow(ctx context.Context, after uint64) iter.Seq2[eventstore.Record, error] {
	return func(yield func(eventstore.Record, error) bool) {
		for seq := after + 1; seq <= s.n; seq++ {
			if !yield(madeRecord(seq), nil) {
				return
			}
		}
		<-ctx.Done()
		yield(eventstore.Record{}, ctx.Err())
	}
}

var madeStart = time.Date(2019, 3, 1, 0, 0, 0, 0, calendar.Beijing)

func mix(n uint64) uint64 {
	n ^= n >> 33
	n *= 0xff51afd7ed558ccd
	n ^= n >> 33
	n *= 0xc4ceb9fe1a85ec53
	return n ^ n>>33
}

func madeRecord(seq uint64) eventstore.Record {
	var id, command [16]byte
	inst := mix(seq) % (seq/8 + 1)
	binary.BigEndian.PutUint64(id[:], inst<<20)
	binary.BigEndian.PutUint64(id[8:], mix(inst))
	binary.BigEndian.PutUint64(command[:], seq<<16)
	binary.BigEndian.PutUint64(command[8:], mix(seq))
	digest := mix(seq + 7)
	body := fmt.Sprintf(`{"number":"教民%018d号","kind":"school_licence","class":"subject","categories":["sports"],"audiences":["compulsory","senior_high"],"valid_from":"2019-03-01","valid_to":"2024-02-28","seq":%d}`, mix(seq)%1e18, seq)
	payload := `{"body":` + body + `,"source":{"title":"办学许可证","doc_no":"教民153042770000017号"},"basis":[{"statute":"民办教育促进法","article":"第十二条"}]}`
	return eventstore.Record{
		Stream: eventstore.StreamName(fmt.Sprintf("53%04d", inst%120*10), "institution", ident.NewID("institution", id)),
		ID:     ident.EventID(command, 1), Type: "institution.licence_granted", Version: 1,
		Body: []byte(body), Payload: []byte(payload),
		Meta: domain.Meta{
			Seq: seq, Ordinal: 1, Count: 1, CommandID: ident.FormatUUID(command),
			CommandDigest: fmt.Sprintf("%016x%016x%016x%016x", digest, digest, digest, digest),
			Act:           "institution.grant-licence", Division: fmt.Sprintf("53%04d", inst%120*10),
			Effective: madeStart.AddDate(0, 0, int(seq%2000)), Recorded: madeStart.Add(time.Duration(seq) * time.Second),
			Actor:      domain.Actor{Agency: fmt.Sprintf("53%04d-education", inst%120*10), Officers: []string{fmt.Sprintf("XP-E%02d", inst%700)}},
			Visibility: domain.Public, PolicyVersion: "1", CalendarVersion: "2026-1", Rules: []string{"moratorium@1"},
		},
	}
}

// rowsView stands for a usual view: a present row that is read and written, a
// row of history, and two index keys.
type rowsView struct{ name string }

func (v rowsView) Name() string { return v.name }
func (v rowsView) Version() int { return 1 }
func (v rowsView) Apply(tx *Tx, r eventstore.Record) error {
	id := r.AggregateID()
	now := tx.Bucket("now")
	n := 0
	if old := now.Get(Key(id)); old != nil {
		n = int(old[0])
	}
	row := make([]byte, 280)
	row[0] = byte(n + 1)
	copy(row[1:], r.Body)
	now.Put(Key(id), row)
	day := r.Meta.Effective.Unix() / 86400
	tx.Bucket("history").Put(AppendUint(AppendInt(Key(id, "licence"), day), r.Meta.Seq), row[:60])
	h := fnv.New64a()
	io.WriteString(h, v.name+id)
	tx.Bucket("by-hash").Put(AppendUint(nil, h.Sum64()), []byte(id))
	tx.Bucket("by-division").Put(Key(r.Meta.Division, id), nil)
	return nil
}

func benchViews() []Projection {
	return []Projection{
		Streams{}, Commands{}, NewTimeline(nil),
		rowsView{"institutions"}, rowsView{"lists"}, rowsView{"reduction"}, rowsView{"divisions"}, rowsView{"due"},
	}
}

// BenchmarkBuild builds eight views from b.N facts:
//
//	go test -run '^$' -bench Build -benchtime 1000000x ./projections
func BenchmarkBuild(b *testing.B) {
	dir := b.TempDir()
	s, err := Open(b.Context(), Options{Dir: dir, Store: &madeStore{n: uint64(b.N)}, Projections: benchViews(), Logger: quiet})
	if err != nil {
		b.Fatal(err)
	}
	if err := s.CatchUp(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "facts/s")
	b.StopTimer()
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	report(b, dir)
}

// report adds the greatest memory and the size of the files.
func report(b *testing.B, dir string) {
	status, err := os.ReadFile("/proc/self/status")
	if err == nil {
		for line := range strings.Lines(string(status)) {
			var kb float64
			if n, _ := fmt.Sscanf(line, "VmHWM: %f kB", &kb); n == 1 {
				b.ReportMetric(kb/1024, "rss-MiB")
			}
		}
	}
	var total int64
	_ = filepath.Walk(dir, func(_ string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			total += info.Size()
		}
		return nil
	})
	b.ReportMetric(float64(total)/(1<<20), "files-MiB")
}

// BenchmarkLive appends commands of one fact to a register whose eight views
// are level, and waits for each (one), or for the last one only (many).
func BenchmarkLive(b *testing.B) {
	for name, each := range map[string]bool{"one": true, "many": false} {
		b.Run(name, func(b *testing.B) {
			st := &logStore{}
			s, err := Open(b.Context(), Options{Dir: b.TempDir(), Store: st, Projections: benchViews(), Logger: quiet})
			if err != nil {
				b.Fatal(err)
			}
			defer s.Close()
			if err := s.CatchUp(b.Context()); err != nil {
				b.Fatal(err)
			}
			b.ResetTimer()
			for n := range b.N {
				seq := st.put(madeRecord(uint64(n + 1)))
				if each {
					err = s.Wait(b.Context(), seq)
				}
			}
			if err := errors.Join(err, s.CatchUp(b.Context())); err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "facts/s")
		})
	}
}
