package jetstream

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"minglu/eventstore"
)

// apiError is what JetStream answers instead of doing something.
type apiError struct {
	Code        int                 `json:"code"`
	ErrCode     jetstream.ErrorCode `json:"err_code"`
	Description string              `json:"description"`
}

func (e *apiError) Error() string {
	return e.Description + " (JetStream " + strconv.Itoa(int(e.ErrCode)) + ")"
}

// Codes that nats.go has no constant for, by those of the server's module.
const (
	codeFull        = jetstream.ErrorCode(server.JSStreamStoreFailedF)
	codeGone        = jetstream.ErrorCode(server.JSSequenceNotFoundErrF)
	codeFullDisk    = jetstream.ErrorCode(server.JSStorageResourcesExceededErr)
	codeFullAccount = jetstream.ErrorCode(server.JSAccountResourcesExceededErr)
	codeResources   = jetstream.ErrorCode(server.JSInsufficientResourcesErr)
	codeInflight    = jetstream.ErrorCode(server.JSAtomicPublishTooManyInflight)
	codeTooMany     = jetstream.ErrorCode(server.JSStreamTooManyRequests)
	codeIncomplete  = jetstream.ErrorCode(server.JSAtomicPublishIncompleteBatchErr)
	codeBatchesOff  = jetstream.ErrorCode(server.JSAtomicPublishDisabledErr)
	codeOtherStream = jetstream.ErrorCode(server.JSStreamNotMatchErr)
)

// codeUnavailable is the HTTP-like code of an answer without a leader.
const codeUnavailable = 503

// What a publish can meet beside the errors of package eventstore; none leaves
// this package as such.
var (
	errBusy       = errors.New("the server is busy; nothing was stored")
	errIncomplete = errors.New("the batch was abandoned; nothing was stored")
)

// ErrDrift says that the stream is not configured as this program needs it; it
// stands in errors that name the fields.
var ErrDrift = errors.New("the stream is not configured as it must be")

// appendError tells what an answer to an append means. Errors are matched by
// code, never by text.
func (e *apiError) appendError() error {
	switch e.ErrCode {
	case jetstream.JSErrCodeStreamWrongLastSequence, jetstream.JSErrCodeStreamWrongLastSequenceConstant:
		return eventstore.ErrConflict
	case codeFull, codeFullDisk, codeFullAccount:
		return fmt.Errorf("%w: %w", eventstore.ErrFull, e)
	case codeInflight, codeTooMany, codeResources:
		return fmt.Errorf("%w: %w", errBusy, e)
	case codeIncomplete:
		return fmt.Errorf("%w: %w", errIncomplete, e)
	case codeBatchesOff, codeOtherStream:
		return fmt.Errorf("%w: %w", ErrDrift, e)
	}
	return fmt.Errorf("append: %w", e)
}

// unknown is the error of an attempt that was not answered.
func unknown(cause error) error {
	return fmt.Errorf("%w: %w", eventstore.ErrUnknown, cause)
}

// ack is what a publish is answered with.
type ack struct {
	Stream string    `json:"stream"`
	Seq    uint64    `json:"seq"`
	Batch  string    `json:"batch"`
	Count  int       `json:"count"`
	Error  *apiError `json:"error"`
}

// decodeAck reads the answer to a publish. An answer that cannot be read leaves
// the outcome unknown.
func decodeAck(resp *nats.Msg) (ack, error) {
	switch status := resp.Header.Get(statusHeader); status {
	case "":
	case statusNoResponders:
		return ack{}, fmt.Errorf("%w: no leader takes it", errBusy) // it reached nobody
	default:
		return ack{}, unknown(fmt.Errorf("status %s", status))
	}
	var a ack
	switch err := json.Unmarshal(resp.Data, &a); {
	case err != nil:
		return ack{}, unknown(fmt.Errorf("read the acknowledgement: %w", err))
	case a.Error != nil:
		return ack{}, a.Error.appendError()
	case a.Seq == 0:
		return ack{}, unknown(errors.New("acknowledged without a position"))
	}
	return a, nil
}

func isBusy(err error) bool { return errors.Is(err, errBusy) }
