package proof

import (
	"fmt"
	"strings"

	"golang.org/x/mod/sumdb/tlog"
)

// tileHeight is how many levels of the tree one level of tiles spans.
const tileHeight = 8

// TileWidth is how many hashes a full tile has.
const TileWidth = 1 << tileHeight

// Tile is a run of hashes of c2sp.org/tlog-tiles: number Index at Level, of
// which the first Width are there.
type Tile struct {
	Level int
	Index uint64
	Width int // 1 to TileWidth
}

// tilePrefix begins the path of a tile; x/mod has the height behind it.
const (
	tilePrefix = "tile/"
	tlogPrefix = "tile/8/"
)

// Path returns where a tile is served, below the prefix of the log: such as
// "tile/0/x001/234.p/17".
func (t Tile) Path() string {
	return tilePrefix + strings.TrimPrefix(t.TLog().Path(), tlogPrefix)
}

// ParseTile reads what Path returns, and nothing else.
func ParseTile(path string) (Tile, error) {
	rest, ok := strings.CutPrefix(path, tilePrefix)
	t, err := tlog.ParseTilePath(tlogPrefix + rest)
	if !ok || err != nil || t.L < 0 || t.L > maxLevel || t.W < 1 || t.W > TileWidth || t.N < 0 {
		return Tile{}, fmt.Errorf("%q is no path of a tile", path)
	}
	return Tile{Level: t.L, Index: uint64(t.N), Width: t.W}, nil
}

// maxLevel is the highest level of which a path can tell.
const maxLevel = 63

// In reports whether a log of that many records has the tile.
func (t Tile) In(size uint64) bool {
	if t.Level < 0 || t.Level > maxLevel || t.Width < 1 || t.Width > TileWidth {
		return false
	}
	have := size >> (tileHeight * t.Level) // hashes at the level
	return t.Index <= have/TileWidth && t.Index*TileWidth+uint64(t.Width) <= have
}

// TLog returns the tile as x/mod names it.
func (t Tile) TLog() tlog.Tile {
	return tlog.Tile{H: tileHeight, L: t.Level, N: int64(t.Index), W: t.Width}
}

// Tiles returns the tiles that a log of size new has and one of size old had
// not, lowest level first: what a client fetches to follow a log.
func Tiles(old, new uint64) (out []Tile) {
	for _, t := range tlog.NewTiles(tileHeight, int64(old), int64(new)) {
		out = append(out, Tile{Level: t.L, Index: uint64(t.N), Width: t.W})
	}
	return out
}
