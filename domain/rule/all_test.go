package rule_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/domain/rule"
)

// sources parses the files of the package that are no tests.
func sources(t *testing.T) []*ast.File {
	t.Helper()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, e := range entries {
		if name := e.Name(); strings.HasSuffix(name, ".go") && !strings.HasSuffix(name, "_test.go") {
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			files = append(files, f)
		}
	}
	return files
}

// variables calls found for every variable that a value is given to.
func variables(files []*ast.File, found func(name string, value *ast.CompositeLit)) {
	for _, f := range files {
		for _, d := range f.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.VAR {
				continue
			}
			for _, s := range g.Specs {
				v := s.(*ast.ValueSpec)
				for i, name := range v.Names {
					if i < len(v.Values) {
						if lit, ok := v.Values[i].(*ast.CompositeLit); ok {
							found(name.Name, lit)
						}
					}
				}
			}
		}
	}
}

func isRule(e ast.Expr) bool {
	s, ok := e.(*ast.SelectorExpr)
	return ok && s.Sel.Name == "Rule"
}

func TestEveryRuleOfThePackageStandsInAllOnce(t *testing.T) {
	var rules, all []string
	variables(sources(t), func(name string, value *ast.CompositeLit) {
		if isRule(value.Type) {
			rules = append(rules, name)
		}
		if strings.HasSuffix(name, "Rules") {
			for _, e := range value.Elts {
				all = append(all, e.(*ast.Ident).Name)
			}
		}
	})
	slices.Sort(rules)
	slices.Sort(all)
	if len(rules) < 20 || !slices.Equal(all, rules) {
		t.Errorf("got %v in All, want %v", all, rules)
	}
}

func TestEveryRuleHasItsIdentity(t *testing.T) {
	ids, kebab := map[string]bool{}, regexp.MustCompile(`^[a-z]+(-[a-z]+)*$`)
	marks := []domain.Mark{domain.Law, domain.Seen, domain.Printed, domain.Design, domain.Unverified}
	for _, r := range rule.All {
		if ids[r.ID] || !kebab.MatchString(r.ID) {
			t.Errorf("got the id %q, want it in kebab-case and once", r.ID)
		}
		ids[r.ID] = true
		if r.Title.ZH == "" || r.Title.EN == "" {
			t.Errorf("%s: got the title %q, want it in both languages", r.ID, r.Title)
		}
		if r.Version < 1 {
			t.Errorf("%s: got version %d, want 1 or more", r.ID, r.Version)
		}
		if !slices.Contains(marks, r.Mark) {
			t.Errorf("%s: got the mark %q", r.ID, r.Mark)
		}
		if r.Mark != domain.Design && r.Citation == "" {
			t.Errorf("%s: got no citation under the mark %q", r.ID, r.Mark)
		}
		for _, day := range []string{r.From, r.To} {
			if _, err := calendar.ParseDay(day); day != "" && err != nil {
				t.Errorf("%s: got the day %q", r.ID, day)
			}
		}
	}
}
