package api

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"minglu/api/answer"
)

// An encoded answer is one that was written down to make its validator.
type encoded[B any] struct{ text []byte }

// Schema is that of the answer.
func (encoded[B]) Schema(r huma.Registry) *huma.Schema {
	return r.Schema(reflect.TypeFor[B](), true, "")
}

// MarshalJSON returns the answer.
func (e encoded[B]) MarshalJSON() ([]byte, error) { return e.text, nil }

func (e encoded[B]) written() []byte { return e.text }

// encode writes an answer down and makes its strong validator: its version, the
// position of its newest fact where that matters (else 0), and a digest of what
// is shown. Where the views stand, the last at_seq, is no part of it.
func encode[B any](body B, version, seq uint64) (encoded[B], string, error) {
	b, err := answer.Marshal(body)
	if err != nil {
		return encoded[B]{}, "", err
	}
	shown := string(b)
	if before, rest, ok := cutLast(shown, `,"at_seq":`); ok {
		shown = before + strings.TrimLeft(rest, "0123456789")
	}
	tag := utoa(version) + "-"
	if seq > 0 {
		tag += utoa(seq) + "-"
	}
	return encoded[B]{b}, `"` + tag + digestOf(shown) + `"`, nil
}

func cutLast(s, mark string) (before, after string, found bool) {
	i := strings.LastIndex(s, mark)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(mark):], true
}

// fresh gives a list its weak validator, which says where it was read and what
// was asked for, and reports whether the client has it already.
func fresh[B any](out *reply[B], r reading) bool {
	out.ETag = `W/"` + utoa(r.AtSeq) + "-" + digestOf(strings.Join([]string{
		r.q.r.RequestURI, string(r.q.rep), r.AsOf.String(), r.Today.String(), yesNo(r.English), r.Reader.Agency, string(r.Reader.Role), utoa(r.limits()),
	}, "\x00")) + `"`
	if !notModified(r.q.r.Header.Get("If-None-Match"), out.ETag) {
		return false
	}
	out.Status = http.StatusNotModified
	return true
}

// limits is the position by which limits of publication are judged, where they
// may change what is shown of the past.
func (r reading) limits() uint64 {
	if r.past() {
		return r.head
	}
	return 0
}

func digestOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:8])
}

// notModified reports whether If-None-Match names the tag.
func notModified(header, tag string) bool {
	if header == "" || tag == "" {
		return false
	}
	plain := strings.TrimPrefix(tag, "W/")
	for part := range strings.SplitSeq(header, ",") {
		part = strings.TrimSpace(part)
		if part == "*" || strings.TrimPrefix(part, "W/") == plain {
			return true
		}
	}
	return false
}

// stated is what an If-Match header says: any version, a version, or what an
// ETag says of one.
type stated struct {
	any     bool
	version uint64
	// seq is the position of the newest fact that the client knew, where it sent
	// an ETag; 0 where it sent a bare version.
	seq uint64
}

// readIfMatch reads `*`, `3`, `"3"` and the ETag of a record.
func readIfMatch(header string) (s stated, ok bool) {
	header = strings.TrimSpace(header)
	if header == "*" {
		return stated{any: true}, true
	}
	if strings.HasPrefix(header, "W/") || strings.Contains(header, ",") {
		return stated{}, false
	}
	parts := strings.Split(strings.Trim(header, `"`), "-")
	var err error
	if s.version, err = strconv.ParseUint(parts[0], 10, 64); err != nil {
		return stated{}, false
	}
	switch len(parts) {
	case 1, 2:
		return s, true
	case 3:
		s.seq, err = strconv.ParseUint(parts[1], 10, 64)
		return s, err == nil && s.seq > 0
	}
	return stated{}, false
}
