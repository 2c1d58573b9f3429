package archtest

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// A layer says what the packages under a path may import of the project and of
// others, and why not more. The first layer that matches a package counts.
type layer struct {
	path   string   // "domain/rule"; a trailing "/..." takes what lies below
	own    []string // packages of the project, same spelling
	others []string // prefixes of modules outside the standard library
	why    string
}

var values = []string{"domain", "domain/book", "domain/calendar", "domain/clock", "domain/division", "domain/draw", "domain/figure", "domain/ident", "domain/money", "domain/term", "domain/work"}

var layers = []layer{
	{"domain", nil, nil, "what a fact is depends on nothing"},
	{"domain/book", values, nil, "a value type knows values only"},
	{"domain/calendar", values, nil, "a value type knows values only"},
	{"domain/clock", values, nil, "a value type knows values only"},
	{"domain/draw", values, nil, "a value type knows values only"},
	{"domain/figure", values, nil, "a value type knows values only"},
	{"domain/work", values, nil, "a value type knows values only"},
	{"domain/division", values, nil, "a value type knows values only"},
	{"domain/ident", values, nil, "a value type knows values only"},
	{"domain/money", values, nil, "a value type knows values only"},
	{"domain/term", values, nil, "a value type knows values only"},
	{"domain/rule", values, nil, "law is data and pure predicates"},
	{"domain/authority", values, nil, "authority is data"},
	{"domain/reaction", []string{"domain/..."}, nil, "the only place that knows several aggregates"},
	{"domain/domaintest", []string{"domain", "domain/calendar"}, nil, "it tells rules, it has none"},
	{"domain/...", append([]string{"domain/rule", "domain/authority"}, values...), nil,
		"aggregates do not know each other; what one needs of another comes in the command"},
	{"eventstore", values, nil, "what a store is must not depend on which one it is"},
	{"eventstore/memory", append([]string{"eventstore"}, values...), nil, "for tests; events of their own"},
	{"eventstore/overlay", append([]string{"eventstore"}, values...), nil, "a dry run writes beside the log, whichever store has it"},
	{"eventstore/storetest", append([]string{"eventstore"}, values...), nil, "for tests; events of their own"},
	{"eventstore/jetstream", append([]string{"eventstore"}, values...), []string{"github.com/nats-io/"}, "only this package knows NATS"},
	{"proof", nil, []string{"golang.org/x/mod"}, "formats of proofs are pure: anybody can check with them"},
	{"audit", []string{"proof"}, []string{"golang.org/x/mod"}, "signing knows trees, not views"},
	{"projections", []string{"domain/...", "eventstore", "proof"}, []string{"go.etcd.io/bbolt", "golang.org/x/mod", "golang.org/x/text", "github.com/mozillazg/go-pinyin", "github.com/fxamacker/cbor"},
		"only this package knows bbolt; it never writes facts"},
	{"register", []string{"domain/...", "eventstore", "projections"}, nil, "the one way to carry out an act knows no transport and no store"},
	{"register/registertest", []string{"domain/...", "eventstore", "eventstore/memory", "projections", "register"}, nil, "a whole register for tests"},
	{"ledger", []string{"domain/...", "register"}, []string{"github.com/xuri/excelize", "golang.org/x/text"}, "a ledger is read into acts; it does not carry them out"},
	{"demo/...", []string{"domain/...", "register"}, nil, "demonstration data is acts"},
	{"api/answer", []string{"domain/...", "eventstore", "projections", "register"}, nil, "answers are made from views, for every representation"},
	{"api/client", []string{"domain", "register"}, nil, "a client knows acts, not the server"},
	{"api/html", []string{"domain/...", "eventstore", "projections", "register", "api/answer"}, nil, "pages are a second representation of the same answers"},
	{"api", []string{"domain/...", "eventstore", "projections", "proof", "register", "api/answer", "api/html"},
		[]string{"github.com/danielgtaylor/huma", "github.com/xuri/excelize", "github.com/prometheus/", "golang.org/x/time"},
		"HTTP must not depend on which store there is"},
	{"cmd/...", []string{"..."}, []string{""}, ""},
	{"internal/archtest", nil, nil, "it looks at files, not at packages"},
	{"internal/...", []string{"..."}, nil, "tools of the house"},
}

type pkg struct {
	ImportPath string
	Imports    []string
	Standard   bool
}

// TestImportsFollowTheLayers reads what each package imports; test files may
// import more.
func TestImportsFollowTheLayers(t *testing.T) {
	used := make([]bool, len(layers))
	for _, p := range packages(t) {
		path := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, "minglu"), "/")
		i := slices.IndexFunc(layers, func(l layer) bool { return match(l.path, path) })
		if i < 0 {
			t.Errorf("%s: no layer says what it may import; add one", path)
			continue
		}
		used[i] = true
		l := layers[i]
		for _, imp := range p.Imports {
			if why := l.refuses(imp); why != "" {
				t.Errorf("%s imports %s: %s", path, imp, why)
			}
		}
	}
	for i, l := range layers {
		if !used[i] {
			t.Errorf("the layer %s is about no package; remove it", l.path)
		}
	}
}

func (l layer) refuses(imp string) string {
	if own, ok := strings.CutPrefix(imp, "minglu/"); ok {
		if !slices.ContainsFunc(l.own, func(p string) bool { return match(p, own) }) {
			return l.why
		}
		return ""
	}
	if first, _, _ := strings.Cut(imp, "/"); !strings.Contains(first, ".") {
		return ""
	}
	if !slices.ContainsFunc(l.others, func(p string) bool { return strings.HasPrefix(imp, p) }) {
		return l.why
	}
	return ""
}

func match(pattern, path string) bool {
	if pattern == "..." {
		return true
	}
	if base, ok := strings.CutSuffix(pattern, "/..."); ok {
		return path == base || strings.HasPrefix(path, base+"/")
	}
	return pattern == path
}

func packages(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...")
	cmd.Dir = root
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var all []pkg
	d := json.NewDecoder(strings.NewReader(string(out)))
	for d.More() {
		var p pkg
		if err := d.Decode(&p); err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}
