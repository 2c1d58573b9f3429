package jetstream

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/nats-io/nats.go/jetstream"
)

// pageTries and pagePause bound how long a replica that lags is asked again.
const (
	pageTries = 50
	pagePause = 20 * time.Millisecond
)

// newest returns the position of a stream's newest record as the leader has it,
// 0 for none. Where one server has the only copy, direct get is not behind, and
// 0 is returned without asking.
func (s *Store) newest(ctx context.Context, stream string) (uint64, error) {
	if s.cfg.Replicas == 1 {
		return 0, nil
	}
	var resp struct {
		Message struct {
			Seq uint64 `json:"seq"`
		} `json:"message"`
	}
	err := s.api(ctx, "STREAM.MSG.GET."+s.cfg.StreamName, getRequest{Last: subjectOf(s.cfg.StreamName, stream)}, &resp)
	var api *apiError
	if errors.As(err, &api) && api.ErrCode == jetstream.JSErrCodeMessageNotFound {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("ask the leader: %w", err)
	}
	return resp.Message.Seq, nil
}

// pause waits for a replica to come on.
func (s *Store) pause(ctx context.Context) error {
	select {
	case <-time.After(pagePause):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
