package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"minglu/domain"
	"minglu/projections"
	"minglu/proof"
)

const tagProofs = "proofs"

// Checkpoints are the signed checkpoints of the log.
type Checkpoints interface {
	// Origin is the first line of every checkpoint.
	Origin() string
	// Latest returns the newest one, as a note and as what it says; ok is false
	// before the first.
	Latest() (signed []byte, c proof.Checkpoint, ok bool)
	// At returns the newest one of that size; ok is false where none was signed.
	At(size uint64) (signed []byte, ok bool, err error)
	// Keys returns what verifies them, the present key first.
	Keys() []string
}

// proofRoutes are what the log is checked by, with other people's tools too.
var proofRoutes = []*route{
	page("/checkpoint", (*server).serveCheckpoint),
	page("/tile/{path...}", (*server).serveTile),
	get("/proofs/{seq}", tagProofs, "Prove that a fact is in the signed log.", (*server).proveFact, offers(asText), describedBy(describeText),
		about("A file of c2sp.org/tlog-proof@v1 with the newest checkpoint in it. A fact that came after that checkpoint is proved by the next one.")),
	get("/consistency", tagProofs, "Prove that the signed log contains an older state of itself.", (*server).proveConsistency, offers(asText), describedBy(describeText),
		about("A file in the form of a request to a witness (c2sp.org/tlog-witness), with the newer checkpoint in it.")),
	get("/signing-keys", tagProofs, "What verifies the checkpoints.", (*server).listSigningKeys,
		about("Verifier keys of signed notes, the present one first. Get them in another way too: who forges a log forges this answer.")),
}

func describeText(op *huma.Operation) {
	op.Responses = map[string]*huma.Response{"200": {
		Description: "Text.", Content: map[string]*huma.MediaType{asText.mediaType(): {Schema: &huma.Schema{Type: huma.TypeString}}},
	}}
}

// checkpointStatus is how far the log is signed; nil where nobody signs.
func (s *server) checkpointStatus() *CheckpointStatus {
	if s.Checkpoints == nil {
		return nil
	}
	out := &CheckpointStatus{Origin: s.Checkpoints.Origin()}
	if _, c, ok := s.Checkpoints.Latest(); ok {
		out.Size = c.Size
	}
	if head := s.Views.Seq(projections.MerkleView); head > out.Size {
		out.Lag = head - out.Size
	}
	return out
}

// latest is the newest checkpoint, or a refusal where there is none yet.
func (s *server) latest() (signed []byte, c proof.Checkpoint, err error) {
	ok := false
	if s.Checkpoints != nil {
		signed, c, ok = s.Checkpoints.Latest()
	}
	if !ok {
		return nil, c, domain.Fault(domain.NotFound, domain.Say("日志还没有签过检查点", "no checkpoint of the log has been signed yet"))
	}
	return signed, c, nil
}

func (s *server) serveCheckpoint(_ context.Context, q *request) {
	signed, c, err := s.latest()
	if err != nil {
		s.problem(q, err).write(q.w)
		return
	}
	q.seq = c.Size
	q.bytes(typePlain, "no-cache", signed)
}

// bytes answers b as it is.
func (q *request) bytes(mediaType, cache string, b []byte) {
	h := q.w.Header()
	h.Set("Content-Type", mediaType)
	h.Set("Content-Length", itoa(len(b)))
	h.Set("Cache-Control", cache)
	q.w.WriteHeader(http.StatusOK)
	_, _ = q.w.Write(b)
}

// forever is said of what never changes: a tile is the same as soon as it is
// there.
const forever = "public, max-age=31536000, immutable"

// serveTile answers the tiles of c2sp.org/tlog-tiles, those of hashes alone: the
// entries are not for everybody.
func (s *server) serveTile(_ context.Context, q *request) {
	t, err := proof.ParseTile("tile/" + q.r.PathValue("path"))
	if err != nil {
		s.problem(q, domain.Fault(domain.NotFound, domain.Say("没有这样的分片", "there is no such tile"))).write(q.w)
		return
	}
	data, err := s.Views.Tile(t)
	if errors.Is(err, projections.ErrNoTree) {
		err = domain.Fault(domain.NotFound, domain.Say("日志还没有那么多条，没有这个分片", "the log has not so many records: there is no such tile yet"))
	}
	if err != nil {
		s.problem(q, err).write(q.w)
		return
	}
	q.bytes("application/octet-stream", forever, data)
}

type proofIn struct {
	Seq string `path:"seq" doc:"Position of the fact, as seq in every history."`
}

func (s *server) proveFact(ctx context.Context, in *proofIn) (*reply[[]byte], error) {
	var p params
	seq := p.number("seq", in.Seq)
	if seq == 0 && len(p.faults) == 0 {
		p.fault("seq", "out_of_range", domain.Say("序号从 1 开始", "positions begin at 1"))
	}
	if err := p.err(); err != nil {
		return nil, err
	}
	signed, c, err := s.latest()
	if err != nil {
		return nil, err
	}
	if seq > c.Size {
		return nil, s.notSigned(ctx, seq, c.Size)
	}
	path, err := s.Views.ProveRecord(seq, c.Size)
	if err != nil {
		return nil, err
	}
	return text(proof.Inclusion{Index: seq - 1, Path: path, Checkpoint: signed}.Marshal(), c.Size), nil
}

// notSigned is why there is no proof: the fact came later, or never.
func (s *server) notSigned(ctx context.Context, seq, size uint64) error {
	head, err := s.Log.Head(ctx)
	if err != nil {
		return err
	}
	if seq > head {
		return domain.Fault(domain.NotFound, domain.Say("没有第 %[1]d 号：日志目前到第 %[2]d 号", "there is no position %[1]d: the log ends at %[2]d", seq, head),
			domain.Field{Pointer: "/seq", Code: "beyond_log", Message: domain.Say("应不大于 %d", "%d at most", head)})
	}
	e := domain.Fault(domain.Conflict, domain.Say("第 %[1]d 号晚于最新的检查点（到第 %[2]d 号），还不能证明", "position %[1]d came after the newest checkpoint, which has %[2]d records, and cannot be proved by it", seq, size),
		domain.Field{Pointer: "/seq", Code: "after_checkpoint", Message: domain.Say("检查点到第 %d 号", "the checkpoint has %d records", size)})
	e.Hint = domain.Say("下一个检查点签出后再试", "try again once the next checkpoint is signed")
	return e
}

type consistencyIn struct {
	Old string `query:"old" doc:"Size of the older state; 0 where it is left out." example:"1000"`
	New string `query:"new" doc:"Size of a signed checkpoint; the newest where it is left out."`
}

func (s *server) proveConsistency(_ context.Context, in *consistencyIn) (*reply[[]byte], error) {
	var p params
	old, size := p.number("old", in.Old), p.number("new", in.New)
	if err := p.err(); err != nil {
		return nil, err
	}
	signed, c, err := s.latest()
	if err != nil {
		return nil, err
	}
	if in.New == "" {
		size = c.Size
	}
	if old > size {
		p.fault("old", "out_of_range", domain.Say("应不大于 %d", "%d at most", size))
		return nil, p.err()
	}
	if size != c.Size {
		ok := false
		if signed, ok, err = s.Checkpoints.At(size); err != nil {
			return nil, err
		}
		if !ok {
			return nil, domain.Fault(domain.NotFound, domain.Say("没有签过 %[1]d 条的检查点；最新的有 %[2]d 条", "no checkpoint of %[1]d records was signed; the newest has %[2]d", size, c.Size),
				domain.Field{Pointer: "/new", Code: "not_signed", Message: domain.Say("没有签过", "not signed")})
		}
	}
	path, err := s.Views.ProveTree(old, size)
	if err != nil {
		return nil, err
	}
	return text(proof.Consistency{Old: old, Path: path, Checkpoint: signed}.Marshal(), size), nil
}

// text is an answer that is a text about the first seq records.
func text(b []byte, seq uint64) *reply[[]byte] {
	return &reply[[]byte]{Status: http.StatusOK, Body: b, ContentType: typePlain, Seq: utoa(seq)}
}

// SigningKeys are the keys that checkpoints are verified by.
type SigningKeys struct {
	Origin string   `json:"origin" doc:"The first line of every checkpoint." example:"minglu/xinping"`
	Keys   []string `json:"keys" doc:"Verifier keys of signed notes, the present one first."`
}

func (s *server) listSigningKeys(context.Context, *struct{}) (*reply[*SigningKeys], error) {
	if s.Checkpoints == nil {
		return nil, domain.Fault(domain.NotFound, domain.Say("这里不签检查点", "no checkpoints are signed here"))
	}
	return &reply[*SigningKeys]{Status: http.StatusOK, ContentType: typeJSON, Body: &SigningKeys{s.Checkpoints.Origin(), s.Checkpoints.Keys()}}, nil
}
