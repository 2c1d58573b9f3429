package html

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"net/http"
	"strconv"
)

//go:embed static/style.css
var style []byte

//go:embed static/icon.svg
var icon []byte

// The addresses of the style sheet and the icon carry a digest of what they
// hold, so that browsers may keep them for ever.
var (
	stylePath = "/static/style." + shortDigest(style) + ".css"
	iconPath  = "/static/icon." + shortDigest(icon) + ".svg"
)

func shortDigest(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:6])
}

func serveStyle(w http.ResponseWriter, _ *http.Request) {
	serveAsset(w, "text/css; charset=utf-8", style)
}

func serveIcon(w http.ResponseWriter, _ *http.Request) {
	serveAsset(w, "image/svg+xml", icon)
}

func serveAsset(w http.ResponseWriter, kind string, b []byte) {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Length", strconv.Itoa(len(b)))
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	w.Write(b)
}
