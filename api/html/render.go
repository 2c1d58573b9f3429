package html

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"time"

	"minglu/domain/calendar"
	"minglu/domain/term"
)

//go:embed templates/*.html
var templateFiles embed.FS

var templates = template.Must(template.New("").Funcs(template.FuncMap{
	"day": dayMarkup, "date": dateMarkup, "instant": instantMarkup, "tag": newTag, "bigtag": newBigTag,
	"complain": func() string { return complain },
}).ParseFS(templateFiles, "templates/*.html"))

// render returns the markup of a page.
func render(p page) ([]byte, error) {
	var b bytes.Buffer
	if err := templates.ExecuteTemplate(&b, p.template(), p); err != nil {
		return nil, fmt.Errorf("render %s: %w", p.template(), err)
	}
	return bytes.Map(straight, b.Bytes()), nil
}

// straight leaves out the marks that turn the direction of writing: Chinese
// needs none, and in a name they make it read as another one. Files and the API
// have names as they were recorded.
func straight(r rune) rune {
	switch {
	case r == '\u061c', r == '\u200e', r == '\u200f', '\u202a' <= r && r <= '\u202e', '\u2066' <= r && r <= '\u2069':
		return -1
	}
	return r
}

// answer writes a page. The validator is a digest of the page itself: it
// changes whenever anything on the page does, the position included.
func (s *site) answer(w http.ResponseWriter, r *http.Request, v *visit, p page) {
	body, err := render(p)
	if err != nil {
		s.Logger.ErrorContext(r.Context(), "page", "path", r.URL.Path, "error", err)
		http.Error(w, "页面无法显示，请稍后再试。", http.StatusInternalServerError)
		return
	}
	h, f := w.Header(), p.frame()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Language", "zh-CN")
	h.Set("Minglu-Seq", seqText(v.moment.Head))
	h.Set("Cache-Control", "no-cache")
	switch {
	case f.unkept:
		h.Set("Cache-Control", "no-store")
	case f.status == http.StatusOK:
		sum := sha256.Sum256(body)
		tag := `"` + hex.EncodeToString(sum[:12]) + `"`
		h.Set("ETag", tag)
		if matches(r.Header.Get("If-None-Match"), tag) {
			w.WriteHeader(http.StatusNotModified)
			return
		}
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(f.status)
	w.Write(body)
}

func matches(header, tag string) bool {
	for t := range strings.SplitSeq(header, ",") {
		t = strings.TrimPrefix(strings.TrimSpace(t), "W/")
		if t == tag || t == "*" {
			return true
		}
	}
	return false
}

// dayMarkup writes a day as running text does, 2026年11月2日; nothing for no
// day.
func dayMarkup(d calendar.Day) template.HTML { return timeMarkup(d, dayText(d)) }

// dateMarkup writes a day as tables do, 2026-11-02; nothing for no day.
func dateMarkup(d calendar.Day) template.HTML { return timeMarkup(d, d.String()) }

// timeMarkup makes markup of digits alone, so nothing in it needs escaping.
func timeMarkup(d calendar.Day, text string) template.HTML {
	if d == 0 {
		return ""
	}
	return template.HTML(`<time datetime="` + d.String() + `">` + text + `</time>`)
}

// instantMarkup writes an instant in Beijing time.
func instantMarkup(t time.Time) template.HTML {
	if t.IsZero() {
		return ""
	}
	t = t.In(calendar.Beijing)
	return template.HTML(`<time datetime="` + t.Format(time.RFC3339) + `">` + dayText(calendar.DayOf(t)) + t.Format(" 15:04") + `（北京时间）</time>`)
}

// tag is the mark of a standing: a word, a shape and a colour.
type tag struct {
	Code, Word string
	Large      bool
}

func newTag(s term.Standing) tag { return tag{Code: string(s), Word: s.Label().ZH} }

func newBigTag(s term.Standing) tag { return tag{Code: string(s), Word: s.Label().ZH, Large: true} }
