package jetstream

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// schema is the version of what a stream holds, in its metadata.
const schema = "1"

// duplicates is the server's window for message ids, of which none are set.
const duplicates = 2 * time.Minute

// logConfig is the configuration of the stream of facts. Each field that could
// drop a fact is off: limits, roll-ups, expiry. Changing a line here makes
// every existing log refuse to open; that is meant.
func logConfig(name string, replicas int) jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name: name, Subjects: []string{subjectOf(name, ">")},
		Storage: jetstream.FileStorage, Retention: jetstream.LimitsPolicy, Discard: jetstream.DiscardNew,
		Replicas: replicas, Compression: jetstream.S2Compression,
		MaxMsgs: -1, MaxBytes: -1, MaxMsgsPerSubject: -1, MaxMsgSize: -1, MaxConsumers: -1,
		DenyDelete: true, DenyPurge: true,
		AllowAtomicPublish: true, AllowDirect: true,
		Duplicates: duplicates,
		Metadata:   map[string]string{"minglu.schema": schema},
	}
}

// keysConfig is the configuration of the stream of persons' keys. It allows
// deleting a message, which is how a person is erased, and is not compressed,
// so that a deleted key is overwritten where it stood.
func keysConfig(name string, replicas int) jetstream.StreamConfig {
	return jetstream.StreamConfig{
		Name: name, Subjects: []string{subjectOf(name, ">")},
		Storage: jetstream.FileStorage, Retention: jetstream.LimitsPolicy, Discard: jetstream.DiscardNew,
		Replicas: replicas, Compression: jetstream.NoCompression,
		MaxMsgs: -1, MaxBytes: -1, MaxMsgsPerSubject: -1, MaxMsgSize: 1024, MaxConsumers: -1,
		DenyPurge: true, AllowDirect: true, AllowAtomicPublish: true,
		Duplicates: duplicates,
		Metadata:   map[string]string{"minglu.schema": schema},
	}
}

// beforeBatches tells the configuration that the stream of keys had before keys
// were made several at a time. It is brought up to date, and that is logged: to
// take atomic batches drops nothing.
func beforeBatches(want jetstream.StreamConfig, fields []string) bool {
	return !want.DenyDelete && len(fields) == 1 && fields[0] == "allow_atomic is unset, must be true"
}

// subjectOf returns the subject of a name within a JetStream stream. Streams
// thus never overlap, whatever their names.
func subjectOf(streamName, name string) string {
	return strings.ToLower(streamName) + "." + name
}

// streamInfo is what is needed of the answer to STREAM.INFO. The configuration
// stays raw, so that fields younger than the client library count too.
type streamInfo struct {
	Config map[string]json.RawMessage `json:"config"`
	State  struct {
		Msgs    uint64 `json:"messages"`
		Bytes   uint64 `json:"bytes"`
		LastSeq uint64 `json:"last_seq"`
	} `json:"state"`
}

// ensure compares a live stream with want and makes it where there is none and
// mayCreate is set. A stream that differs is refused with ErrDrift.
func (s *Store) ensure(ctx context.Context, want jetstream.StreamConfig, mayCreate bool) (streamInfo, error) {
	c := s.clientOf(want.Name)
	info, err := c.info(ctx)
	var api *apiError
	switch {
	case err == nil:
	case errors.As(err, &api) && api.ErrCode == jetstream.JSErrCodeStreamNotFound && mayCreate:
		if err := c.api(ctx, "STREAM.CREATE."+want.Name, want, &info); err != nil {
			return streamInfo{}, fmt.Errorf("create stream %s: %w", want.Name, err)
		}
		s.cfg.Logger.LogAttrs(ctx, levelInfo, "stream created", attrStream(want.Name))
	case errors.As(err, &api) && api.ErrCode == jetstream.JSErrCodeStreamNotFound:
		return streamInfo{}, fmt.Errorf("%w: stream %s is missing, though the data directory is not new", ErrDrift, want.Name)
	default:
		return streamInfo{}, fmt.Errorf("look at stream %s: %w", want.Name, err)
	}
	fields, err := drift(want, info.Config)
	if err != nil {
		return streamInfo{}, err
	}
	if beforeBatches(want, fields) {
		if err := c.api(ctx, "STREAM.UPDATE."+want.Name, want, &info); err != nil {
			return streamInfo{}, fmt.Errorf("let stream %s take batches: %w", want.Name, err)
		}
		s.cfg.Logger.LogAttrs(ctx, levelInfo, "stream takes batches from now on", attrStream(want.Name))
		return info, nil
	}
	if len(fields) > 0 {
		return streamInfo{}, fmt.Errorf("%w: stream %s: %s", ErrDrift, want.Name, strings.Join(fields, ", "))
	}
	return info, nil
}

// free are the fields that say nothing about what a stream keeps: a label, and
// where an operator puts replicas.
var free = []string{"description", "placement"}

// drift returns the fields, by their name in JetStream's JSON, in which a live
// stream differs from want. An absent field and a zero one are the same.
func drift(want jetstream.StreamConfig, live map[string]json.RawMessage) ([]string, error) {
	b, err := json.Marshal(want)
	if err != nil {
		return nil, err
	}
	var w map[string]json.RawMessage
	if err := json.Unmarshal(b, &w); err != nil {
		return nil, err
	}
	names := slices.Sorted(maps.Keys(w))
	for name := range live {
		if _, ok := w[name]; !ok {
			names = append(names, name)
		}
	}
	var fields []string
	for _, name := range names {
		if slices.Contains(free, name) {
			continue
		}
		a, b := normal(w[name]), normal(live[name])
		if !bytes.Equal(a, b) {
			fields = append(fields, fmt.Sprintf("%s is %s, must be %s", name, orNone(b), orNone(a)))
		}
	}
	return fields, nil
}

// normal returns a JSON value with sorted members, without metadata of the
// server, and nothing for a zero value.
func normal(raw json.RawMessage) []byte {
	var v any
	if len(raw) == 0 || json.Unmarshal(raw, &v) != nil {
		return raw
	}
	if m, ok := v.(map[string]any); ok {
		maps.DeleteFunc(m, func(k string, _ any) bool { return strings.HasPrefix(k, "_nats.") })
	}
	b, err := json.Marshal(v)
	if err != nil {
		return raw
	}
	switch string(b) {
	case "null", "false", "0", `""`, "[]", "{}":
		return nil
	}
	return b
}

func orNone(b []byte) string {
	if len(b) == 0 {
		return "unset"
	}
	return string(b)
}
