package api

import (
	"slices"
	"strings"

	"minglu/domain"
)

// representation is a form in which an answer can be had.
type representation string

// The representations.
const (
	asJSON   representation = "json"
	asCSV    representation = "csv"
	asNDJSON representation = "ndjson"
	asXLSX   representation = "xlsx"
	asStream representation = "sse"
	asText   representation = "text"
)

// The media types of the representations, as they are answered.
const (
	typeJSON   = "application/json"
	typeCSV    = "text/csv; charset=utf-8; header=present"
	typeNDJSON = "application/x-ndjson"
	typeXLSX   = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
	typeStream = "text/event-stream"
	typePlain  = "text/plain; charset=utf-8"
)

var mediaTypes = map[representation]string{
	asJSON: typeJSON, asCSV: typeCSV, asNDJSON: typeNDJSON, asXLSX: typeXLSX, asStream: typeStream, asText: typePlain,
}

// mediaType returns the type without its parameters.
func (r representation) mediaType() string {
	t, _, _ := strings.Cut(mediaTypes[r], ";")
	return t
}

// suffixes choose a representation at the end of an address.
var suffixes = []representation{asJSON, asCSV, asNDJSON, asXLSX}

// suffix takes a suffix off an address of the data.
func suffix(path string) (rest string, rep representation, ok bool) {
	if !strings.HasPrefix(path, base) || path == base+openAPIPath {
		return path, "", false
	}
	for _, r := range suffixes {
		if rest, ok := strings.CutSuffix(path, "."+string(r)); ok && !strings.HasSuffix(rest, "/") {
			return rest, r, true
		}
	}
	return path, "", false
}

// negotiate chooses the representation: that of the suffix, else the one of the
// route that Accept likes best.
func (q *request) negotiate() error {
	offered := q.route.reps
	if len(offered) == 0 {
		offered = []representation{asJSON}
	}
	if !q.suffixed {
		q.rep = preferred(q.r.Header.Values("Accept"), offered)
	}
	if q.rep != "" && slices.Contains(offered, q.rep) {
		return nil
	}
	var types []string
	for _, r := range offered {
		types = append(types, r.mediaType())
	}
	list := strings.Join(types, "、")
	return domain.Fault(NotAcceptable, domain.Say("这个地址提供：%[1]s", "the address offers: %[2]s", list, strings.Join(types, ", ")))
}

// preferred returns the offered representation of the greatest weight; among
// equals the first that is offered. None is asked for: the first.
func preferred(accept []string, offered []representation) representation {
	if len(accept) == 0 || len(accept) == 1 && accept[0] == "" {
		return offered[0]
	}
	best, weight := representation(""), 0.0
	for _, r := range offered {
		if w := weightOf(accept, r.mediaType()); w > weight {
			best, weight = r, w
		}
	}
	return best
}

// weightOf returns the weight that an Accept header gives a type: that of the
// range which names it most closely.
func weightOf(accept []string, media string) float64 {
	major, _, _ := strings.Cut(media, "/")
	weight, closeness := 0.0, 0
	for _, header := range accept {
		for part := range strings.SplitSeq(header, ",") {
			value, w := weighted(part)
			c := 0
			switch strings.ToLower(value) {
			case media:
				c = 3
			case major + "/*":
				c = 2
			case "*/*", "*":
				c = 1
			}
			if c > closeness {
				weight, closeness = w, c
			}
		}
	}
	return weight
}
