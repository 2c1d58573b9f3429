package api

import (
	"encoding/base64"
	"encoding/json"
	"net/url"

	"minglu/domain"
)

// cursor is where the next page of a walk begins. It keeps the filter, the day
// and the position of the first page, so that a walk sees one state of the
// register; clients take it as it is.
type cursor struct {
	Filter map[string]string `json:"f,omitempty"`
	AsOf   string            `json:"d"`
	AtSeq  uint64            `json:"s"`
	After  string            `json:"a"`
	Route  string            `json:"r"`
}

func (c cursor) String() string {
	b, _ := json.Marshal(c)
	return base64.RawURLEncoding.EncodeToString(b)
}

// readCursor reads the cursor of a walk over route, and refuses one that was
// made for another walk: given holds the filters that the request names, which
// may be left out.
func readCursor(text, route string, given map[string]string) (cursor, error) {
	var c cursor
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || json.Unmarshal(b, &c) != nil || c.Route == "" {
		return c, domain.BadField("/cursor", "cursor", domain.Say("不是本名录给出的游标", "this is no cursor of the register"))
	}
	if c.Route != route {
		return c, domain.BadField("/cursor", "other_list", domain.Say("游标属于另一个列表", "the cursor belongs to another list"))
	}
	for name, value := range given {
		if value != "" && c.value(name) != value {
			return c, domain.BadField("/"+name, "other_filter", domain.Say("与游标的条件不同；换条件请从第一页开始", "differs from the cursor; begin at the first page for another filter"))
		}
	}
	return c, nil
}

// value returns what the first page was asked with.
func (c cursor) value(name string) string {
	switch name {
	case "as_of":
		return c.AsOf
	case "at_seq":
		return utoa(c.AtSeq)
	}
	return c.Filter[name]
}

// nextLink is the Link header to the page of a cursor.
func nextLink(path string, c, limit string) string {
	v := url.Values{"cursor": {c}}
	if limit != "" {
		v.Set("limit", limit)
	}
	return "<" + path + "?" + v.Encode() + `>; rel="next"`
}
