package archtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const root = "../.."

// bannedInDomain are packages that let a rule look at the world, with what to
// do instead.
var bannedInDomain = map[string]string{
	"context": "a rule does not wait", "os": "a rule reads no file", "net": "a rule asks nobody", "net/http": "a rule asks nobody",
	"database/sql": "a rule asks nobody", "log": "a rule says nothing; it returns", "log/slog": "a rule says nothing; it returns",
	"sync": "states are values", "math/rand": "randomness comes in the command", "math/rand/v2": "randomness comes in the command",
	"path/filepath": "a rule reads no file",
}

// bannedCalls read the clock.
var bannedCalls = []string{"time.Now", "time.Since", "time.Until"}

func TestDomainDoesNotLookAtTheWorld(t *testing.T) {
	for path, f := range goFiles(t, "domain", false) {
		for _, imp := range f.Imports {
			name := strings.Trim(imp.Path.Value, `"`)
			if why, banned := bannedInDomain[name]; banned {
				t.Errorf("%s imports %s: %s", path, name, why)
			}
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok && slices.Contains(bannedCalls, x.Name+"."+s.Sel.Name) {
					t.Errorf("%s calls %s.%s: time comes in the command", path, x.Name, s.Sel.Name)
				}
			}
			return true
		})
	}
}

// TestTestsDoNotSleepNorSkip keeps green honest: a test that sleeps is slow or
// flaky, one that skips says nothing.
func TestTestsDoNotSleepNorSkip(t *testing.T) {
	banned := []string{"time.Sleep", "t.Skip", "t.Skipf", "t.SkipNow", "b.Skip"}
	for path, f := range goFiles(t, ".", true) {
		ast.Inspect(f, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok && slices.Contains(banned, x.Name+"."+s.Sel.Name) && strings.HasSuffix(path, "_test.go") {
					t.Errorf("%s: %s.%s", path, x.Name, s.Sel.Name)
				}
			}
			return true
		})
	}
}

// TestRunReturns keeps exits in one place: nothing deferred is lost.
func TestRunReturns(t *testing.T) {
	for path, f := range goFiles(t, ".", false) {
		if f.Name.Name == "main" && strings.HasSuffix(path, "/main.go") {
			continue
		}
		ast.Inspect(f, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := s.X.(*ast.Ident); ok {
					switch x.Name + "." + s.Sel.Name {
					case "os.Exit", "log.Fatal", "log.Fatalf", "log.Fatalln":
						t.Errorf("%s: %s.%s: return an error, main exits", path, x.Name, s.Sel.Name)
					}
				}
			}
			return true
		})
	}
}

// TestNoPackageIsACupboard refuses names that say nothing.
func TestNoPackageIsACupboard(t *testing.T) {
	for path, f := range goFiles(t, ".", false) {
		switch f.Name.Name {
		case "util", "utils", "common", "helper", "helpers", "manager", "base", "impl", "models", "service", "pkg", "app":
			t.Errorf("%s: a package %s could hold anything", path, f.Name.Name)
		}
	}
}

var (
	mdLink   = regexp.MustCompile(`\]\(([^)#\s]+)(#[^)]*)?\)`)
	backtick = regexp.MustCompile("(?s)```.*?```|`[^`]*`")
)

// TestLinksInDocumentsLeadSomewhere checks relative links of all Markdown.
func TestLinksInDocumentsLeadSomewhere(t *testing.T) {
	found := 0
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".md") {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, m := range mdLink.FindAllStringSubmatch(backtick.ReplaceAllString(string(b), ""), -1) {
			if strings.Contains(m[1], "://") || strings.HasPrefix(m[1], "mailto:") {
				continue
			}
			found++
			if _, err := os.Stat(filepath.Join(filepath.Dir(path), m[1])); err != nil {
				t.Errorf("%s: the link %s leads nowhere", path, m[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found == 0 {
		t.Error("no link was found; is the pattern still right?")
	}
}

// goFiles parses the Go files under dir, with test files or without.
func goFiles(t *testing.T, dir string, tests bool) map[string]*ast.File {
	t.Helper()
	out := map[string]*ast.File{}
	err := filepath.WalkDir(filepath.Join(root, dir), func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && path != root) {
			if path != filepath.Join(root, dir) {
				return filepath.SkipDir
			}
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || !tests && strings.HasSuffix(path, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		out[strings.TrimPrefix(path, root+"/")] = f
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) == 0 {
		t.Fatalf("no Go file under %s", dir)
	}
	return out
}
