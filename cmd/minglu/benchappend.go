package main

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/ident"
	"minglu/domain/institution"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/eventstore/jetstream"
	"minglu/register"
)

func prepareBenchAppend(f *flags) action {
	var b benchFlags
	writers, seconds, views, act := 64, 5, false, benchInterview
	b.declare(f)
	f.number(&writers, "writers", "N", domain.Say("并行写入者", "writers side by side"))
	f.number(&seconds, "seconds", "S", domain.Say("各测多少秒", "seconds for each of the two"))
	f.oneOf(&act, "act", "ACT", benchActs, domain.Say("测哪一种行为：约谈、收到投诉、公众投诉（带回执）", "which act: an interview, a grievance taken in, a filing by the public with a receipt"))
	f.truth(&views, "views", domain.Say("测量时各视图同时跟随日志", "let all views follow the log meanwhile"))
	return func(ctx context.Context, c *call) error {
		if writers < 1 || seconds < 1 {
			return badUsage("--writers 和 --seconds 至少为 1", "--writers and --seconds are 1 at least")
		}
		return b.onScratch(ctx, c, func(n *node, _ string) error {
			if err := n.views.CatchUp(ctx); err != nil {
				return err
			}
			if !views {
				defer n.views.Hold()()
			}
			fs, err := benchAppend(ctx, n, act, writers, time.Duration(seconds)*time.Second)
			if err != nil {
				return err
			}
			return b.print(c, fs)
		})
	}
}

// The acts that may be measured.
const (
	benchInterview = "interview" // by Execute, each writer on institutions of its own
	benchGrievance = "grievance" // by the register as a journal line would: read, judged, sealed; each a stream of its own
	benchFiling    = "filing"    // with a receipt number that names it, and a query code
)

var benchActs = []string{benchInterview, benchGrievance, benchFiling}

// benchAppend measures synced guarded publishes with the payload of an act's
// fact, to new subjects where the act makes new streams, and acts of writers side
// by side.
func benchAppend(ctx context.Context, n *node, act string, writers int, d time.Duration) (figures, error) {
	var ids atomic.Uint64
	acts := make([]*benchWriter, writers)
	for i := range acts {
		acts[i] = &benchWriter{reg: n.register, log: n.log, ids: &ids, act: act}
		if err := acts[i].next(ctx); err != nil {
			return nil, err
		}
	}
	size, err := newestSize(ctx, n.store)
	if err != nil {
		return nil, err
	}
	raw, err := jetstream.RawPublish(ctx, n.store, writers, d, size, act != benchInterview)
	if err != nil {
		return nil, err
	}
	times, took, err := runWriters(ctx, acts, d)
	if err != nil {
		return nil, err
	}
	perSecond := float64(len(times)) / took.Seconds()
	var fs figures
	fs.add("act", act)
	fs.add("writers", writers)
	fs.add("raw_per_s", whole(raw.PerSecond))
	fs.add("register_per_s", whole(perSecond))
	fs.add("ratio", rounded(perSecond/raw.PerSecond))
	fs.add("p50_ms", milliseconds(percentile(times, 0.50)))
	fs.add("p99_ms", milliseconds(percentile(times, 0.99)))
	fs.add("raw_p50_ms", milliseconds(raw.P50))
	fs.add("raw_p99_ms", milliseconds(raw.P99))
	return fs, nil
}

// newestSize is the size of the newest fact in bytes.
func newestSize(ctx context.Context, store *jetstream.Store) (int, error) {
	head, err := store.Head(ctx)
	if err != nil {
		return 0, err
	}
	for r, err := range store.Follow(ctx, head-1) {
		return len(r.Payload), err
	}
	return 0, errors.New("the log is empty")
}

// A benchWriter acts on an institution of its own, and on another one after
// some acts, so that no history grows beyond what one has.
type benchWriter struct {
	reg    *register.Register
	log    *eventstore.Log
	act    string
	ids    *atomic.Uint64
	stream string
	acts   int
	times  []time.Duration
}

// actsOnOne is after how many acts a writer takes another institution.
const actsOnOne = 200

// next registers another institution, or takes a first grievance in.
func (w *benchWriter) next(ctx context.Context) error {
	if w.act != benchInterview {
		return w.once(ctx)
	}
	id, text := w.commandID()
	w.stream = eventstore.StreamName("530427", register.Institution.Name, ident.NewID(register.Institution.Name, id))
	w.acts = 0
	return w.do(ctx, "institution.register", text, true, institution.Register{
		Names: []string{"测量用机构（示例）"}, Kind: term.Institution, Mode: term.Offline, Address: "测量",
		Class: term.NonSubject, Audiences: []term.Audience{term.Compulsory},
	})
}

// once carries out one act.
func (w *benchWriter) once(ctx context.Context) (err error) {
	switch w.act {
	case benchGrievance:
		_, text := w.commandID()
		_, err = w.reg.Do(ctx, nil, register.Act{
			CommandID: text, Act: "grievance.receive", Division: "530427", Effective: calendar.DayOf(time.Now()).String(),
			Actor: &register.Actor{Agency: "530427-education", Officer: "E1"}, Source: &domain.Source{Title: "测量"},
			Body: json.RawMessage(`{"channel":"12345","nature":"complaint","premises":"测量","topics":["refund"],"real_name":true,` +
				`"complainant":"测量人","contact":"测量","content":"测量用投诉，收费不退"}`),
		})
	case benchFiling:
		_, text := w.commandID()
		_, err = w.reg.File(ctx, register.Filing{
			Key: text, Division: "530427", Premises: "测量", Topics: []term.GrievanceTopic{term.TopicRefund}, Nature: term.Complaint,
			Content: domain.PersonalText("测量用投诉，收费不退"), Complainant: domain.PersonalText("测量人"), Contact: domain.PersonalText("测量"), RealName: true,
		})
	default:
		err = w.interview(ctx)
	}
	return err
}

func (w *benchWriter) interview(ctx context.Context) error {
	if w.acts >= actsOnOne {
		return w.next(ctx)
	}
	_, text := w.commandID()
	return w.do(ctx, "institution.hold-interview", text, false, institution.HoldInterview{Reason: "收费公示不全", Commitments: []string{"十日内改正"}})
}

// commandID returns the next UUID of version 7.
func (w *benchWriter) commandID() (id [16]byte, text string) {
	n := w.ids.Add(1)
	binary.BigEndian.PutUint64(id[:], uint64(time.Now().UnixMilli())<<16|0x7000)
	binary.BigEndian.PutUint64(id[8:], n|1<<63)
	return id, ident.FormatUUID(id)
}

func (w *benchWriter) do(ctx context.Context, act, id string, creates bool, command any) error {
	now := time.Now().Round(0)
	_, err := w.log.Execute(ctx, eventstore.Order{
		Aggregate: register.Institution, Stream: w.stream, Command: command, Creates: creates,
		Meta: domain.Meta{
			CommandID: id, CommandDigest: fmt.Sprintf("%064x", w.acts), Act: act, Division: "530427",
			Effective: now, Recorded: now, Actor: domain.Actor{Agency: "530427-education", Officers: []string{"E1"}},
			Visibility: domain.Public, Source: domain.Source{Title: "测量"},
		},
	})
	w.acts++
	return err
}

// runWriters lets every writer act until d is over and returns how long each
// act took, and all of them together.
func runWriters(ctx context.Context, writers []*benchWriter, d time.Duration) (times []time.Duration, took time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, d)
	defer cancel()
	errs := make([]error, len(writers))
	began := time.Now()
	var wg sync.WaitGroup
	for i, w := range writers {
		wg.Go(func() {
			for ctx.Err() == nil && errs[i] == nil {
				start := time.Now()
				// An act that has begun is finished, so that its time counts.
				errs[i] = w.once(context.WithoutCancel(ctx))
				w.times = append(w.times, time.Since(start))
			}
		})
	}
	wg.Wait()
	took = time.Since(began)
	for _, w := range writers {
		times = append(times, w.times...)
	}
	return times, took, errors.Join(errs...)
}
