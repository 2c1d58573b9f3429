package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"minglu/domain/draw"
)

func drawFile(t *testing.T, change func(*draw.Package)) string {
	t.Helper()
	seed := draw.Seed{1, 2, 3}
	rate, err := draw.ParseRate("1/5")
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{"A", "B", "C", "D", "E", "F", "G"}
	tiers := draw.Population{{Name: "all", Rate: rate, IDs: ids}}
	p := draw.Package{
		Algorithm: draw.Algorithm, Commitment: seed.Commitment(), CommittedAtSeq: 3, Seed: seed,
		PopulationSeq: 9, PopulationHash: draw.Hash(ids), Tiers: tiers, Drawn: draw.Flat(draw.Hold(seed, tiers)),
		OfficerPool: []string{"E1", "E2", "E3"},
	}
	p.Inspectors = []draw.Assigned{{Institution: p.Drawn[0], Officers: draw.Match(seed, p.Drawn[0], p.OfficerPool, nil)}}
	if change != nil {
		change(&p)
	}
	b, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "draw.json")
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestADrawIsMadeAgainFromItsFile(t *testing.T) {
	t.Parallel()
	o := minglu(t, nil, "draw", "verify", drawFile(t, nil))
	if o.code != exitDone || !strings.HasPrefix(o.stdout, "一致：算法 sha256-rank-1，总体 7 家，抽中 2 家") {
		t.Errorf("got %+v, want it whole", o)
	}
	for name, change := range map[string]func(*draw.Package){
		"another institution": func(p *draw.Package) { p.Drawn[1] = "A" },
		"another seed":        func(p *draw.Package) { p.Seed[0]++ },
		"one more member":     func(p *draw.Package) { p.Tiers[0].IDs = append(p.Tiers[0].IDs, "H") },
		"another officer":     func(p *draw.Package) { p.Inspectors[0].Officers[0] = "E9" },
		"committed too late":  func(p *draw.Package) { p.CommittedAtSeq = 10 },
	} {
		t.Run(name, func(t *testing.T) {
			o := minglu(t, nil, "draw", "verify", drawFile(t, change))
			if o.code != exitUnverified || !strings.Contains(o.stderr, "复算与记录不一致") {
				t.Errorf("got %+v, want exit %d and the step that differs", o, exitUnverified)
			}
		})
	}
}

func TestADrawFileThatIsNoneIsToldSo(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "x.json")
	if err := os.WriteFile(path, []byte(`{"algorithm":"sha256-rank-1","more":1}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args []string
		code int
	}{
		{[]string{"draw", "verify", path}, exitFailed},
		{[]string{"draw", "verify", path + ".none"}, exitFailed},
		{[]string{"draw", "verify"}, exitUsage},
	} {
		if o := minglu(t, nil, c.args...); o.code != c.code || o.stderr == "" {
			t.Errorf("%v: got %+v, want exit %d and a sentence", c.args, o, c.code)
		}
	}
}

func TestASeedComesWithItsCommitment(t *testing.T) {
	t.Parallel()
	var one, other struct {
		Seed       draw.Seed   `json:"seed"`
		Commitment draw.Digest `json:"commitment"`
	}
	if err := json.Unmarshal([]byte(minglu(t, nil, "draw", "seed").stdout), &one); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(minglu(t, nil, "draw", "seed").stdout), &other); err != nil {
		t.Fatal(err)
	}
	if one.Seed == other.Seed || one.Seed.Commitment() != one.Commitment {
		t.Errorf("got %v and %v, want two seeds, each with its own commitment", one, other)
	}
}
