package term_test

import (
	"encoding"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"minglu/domain"
	"minglu/domain/term"
)

func TestEveryListHasUniqueCodesAndBothLabels(t *testing.T) {
	names, code := map[string]bool{}, regexp.MustCompile(`^([a-z]+(_[a-z]+)*|[A-Za-z]+[0-9]+|[0-9]+)$`)
	for _, l := range term.Lists {
		if names[l.Name] || !code.MatchString(l.Name) || l.Title.ZH == "" || l.Title.EN == "" {
			t.Errorf("got the list %q, %q, want it once and with both titles", l.Name, l.Title)
		}
		names[l.Name] = true
		codes, zh, en := map[string]bool{}, map[string]bool{}, map[string]bool{}
		for _, i := range l.Items {
			if codes[i.Code] || !code.MatchString(i.Code) {
				t.Errorf("%s: got the code %q twice or in another form", l.Name, i.Code)
			}
			if i.Label.ZH == "" || i.Label.EN == "" || zh[i.Label.ZH] || en[i.Label.EN] {
				t.Errorf("%s: got the label %q of %s, want both languages and each once", l.Name, i.Label, i.Code)
			}
			codes[i.Code], zh[i.Label.ZH], en[i.Label.EN] = true, true, true
			if back, ok := l.ByLabel(i.Label.ZH); !ok || back != i.Code {
				t.Errorf("%s: got %q by the label of %s", l.Name, back, i.Code)
			}
			if l.Label(i.Code) != i.Label || !l.Has(i.Code) {
				t.Errorf("%s: got no label for %s", l.Name, i.Code)
			}
		}
		if len(codes) == 0 || len(l.Codes()) != len(codes) {
			t.Errorf("%s: got the codes %v, want %d", l.Name, l.Codes(), len(codes))
		}
		if term.Of(l.Name) != l {
			t.Errorf("%s: got another list by its name", l.Name)
		}
	}
	if len(names) < 20 {
		t.Errorf("got %d lists", len(names))
	}
}

func TestUnknownCodesAreTheirOwnLabel(t *testing.T) {
	if got, want := term.Classes.Label("sideways"), (domain.Text{ZH: "sideways", EN: "sideways"}); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if _, ok := term.Classes.ByLabel("别的"); ok || term.Of("nothing") != nil || term.Classes.Has("") {
		t.Error("got something where there is nothing")
	}
}

// parts are the constants and lists of the package's source: type → constants
// in order, and list variable → constants in order.
func parts(t *testing.T) (constants, lists map[string][]string) {
	t.Helper()
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var decls []ast.Decl
	for _, file := range files {
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(file, "_test.go") {
			decls = append(decls, f.Decls...)
		}
	}
	constants, lists = map[string][]string{}, map[string][]string{}
	for _, d := range decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.CONST && g.Tok != token.VAR {
			continue
		}
		for _, s := range g.Specs {
			v := s.(*ast.ValueSpec)
			name := v.Names[0].Name
			if len(v.Values) == 0 {
				continue
			}
			switch value := v.Values[0].(type) {
			case *ast.BasicLit:
				of := v.Type.(*ast.Ident).Name
				constants[of] = append(constants[of], name)
			case *ast.CallExpr:
				for _, a := range value.Args {
					if c, ok := a.(*ast.CallExpr); ok {
						lists[name] = append(lists[name], c.Args[0].(*ast.Ident).Name)
					}
				}
			}
		}
	}
	return constants, lists
}

func TestEveryConstantStandsInTheListOfItsType(t *testing.T) {
	constants, lists := parts(t)
	if len(constants) < 20 || len(constants) != len(lists) || len(lists) != len(term.Lists) {
		t.Errorf("got %d types, %d lists in the source and %d lists", len(constants), len(lists), len(term.Lists))
	}
	for of, names := range constants {
		found := false
		for _, in := range lists {
			found = found || slices.Equal(in, names)
		}
		if !found {
			t.Errorf("%s: got no list of exactly %v", of, names)
		}
	}
}

// readers are one value of every type of code.
var readers = []interface {
	encoding.TextUnmarshaler
	Label() domain.Text
	List() *term.List
}{
	new(term.Class), new(term.Category), new(term.Audience), new(term.Mode), new(term.Kind), new(term.LicenceKind), new(term.LicenceState),
	new(term.CancelCause), new(term.Registry), new(term.LegalForm), new(term.Procedure), new(term.ReviewResult), new(term.InspectionResult),
	new(term.IdentifierKind), new(term.ListName), new(term.Standing), new(term.Status), new(term.Documents), new(term.WhiteRemoval),
	new(term.WatchOutcome), new(term.Tier), new(term.BlackGround), new(term.BlackRemoval), new(term.Method), new(term.CohortState),
	new(term.Department), new(term.Role), new(term.StopBasis),
	new(term.Clock), new(term.DisputeStatus), new(term.DisputeCause), new(term.Recourse), new(term.ClaimRank), new(term.Unit),
	new(term.Precision), new(term.Figure), new(term.Channel), new(term.Nature), new(term.GrievanceTopic), new(term.GrievanceStatus),
	new(term.GrievanceStep), new(term.RefusalGround), new(term.ReturnGround), new(term.PauseCause), new(term.MediationEnd),
	new(term.LeadOutcome), new(term.NoticeStep), new(term.NoticeMeans), new(term.OpinionOutcome), new(term.ReviewStage),
	new(term.ReviewOutcome), new(term.GrievanceRelation), new(term.Variant), new(term.InspectionKind), new(term.InspectionStatus),
	new(term.CheckItem), new(term.Severity), new(term.RiskTier), new(term.JointCaseStatus), new(term.TieRole), new(term.Proposal),
	new(term.AgencyStatus), new(term.TaskForceRole), new(term.DocumentStatus), new(term.NoticeAudience), new(term.AuditResult),
	new(term.ClassificationOutcome), new(term.LicenceRefusal), new(term.ScheduleRule), new(term.Advertisement), new(term.Warning),
	new(term.CardColour), new(term.CaseSource), new(term.Disguise), new(term.PartyType), new(term.CaseStatus), new(term.PenaltyProcedure),
	new(term.PenaltyKind), new(term.Aggravation), new(term.NoPenaltyGround), new(term.Informal), new(term.PartyRight), new(term.Duty),
	new(term.Remedy), new(term.RemedyStep), new(term.RemedyOutcome), new(term.CaseEnd), new(term.WithdrawalCause),
	new(term.RectificationStatus), new(term.RectificationSeverity), new(term.FollowUpResult),
	new(term.EscrowMode), new(term.AccountStatus), new(term.ReleasePolicy), new(term.OrderStatus), new(term.ChargeBreach), new(term.ConfirmedBy),
	new(term.AgreedBy), new(term.RefundCause), new(term.RefundRoute), new(term.AlertLevel), new(term.AlertMetric), new(term.SizeClass),
	new(term.Movement), new(term.LedgerAccount), new(term.Reconciliation),
	new(term.RateVerdict), new(term.Rounding), new(term.RatePart),
}

func TestEveryTypeReadsItsOwnCodesAlone(t *testing.T) {
	seen := map[*term.List]bool{}
	for _, v := range readers {
		l := v.List()
		seen[l] = true
		for _, i := range l.Items {
			if err := v.UnmarshalText([]byte(i.Code)); err != nil || v.Label() != i.Label {
				t.Errorf("%s: got %q, %v reading %s, want %q", l.Name, v.Label(), err, i.Code, i.Label)
			}
		}
		before := v.Label()
		for _, bad := range []string{"", "sideways", " " + l.Items[0].Code, l.Items[0].Label.ZH} {
			err := v.UnmarshalText([]byte(bad))
			e, ok := errors.AsType[*domain.Error](err)
			if !ok || e.Code != domain.Invalid || len(e.Fields) != 1 || e.Fields[0].Code != "unknown_code" {
				t.Errorf("%s: got %v reading %q, want an unknown code", l.Name, err, bad)
			}
		}
		if v.Label() != before {
			t.Errorf("%s: got %q after refusals, want %q as before", l.Name, v.Label(), before)
		}
	}
	for _, l := range term.Lists {
		if !seen[l] {
			t.Errorf("%s: got no type tested for it", l.Name)
		}
	}
}

func TestCodesAreWrittenAsTheyAreRead(t *testing.T) {
	var c term.Class
	if err := json.Unmarshal([]byte(`"non_subject"`), &c); err != nil || c != term.NonSubject {
		t.Errorf("got %q, %v, want %q", c, err, term.NonSubject)
	}
	if b, err := json.Marshal(c); err != nil || string(b) != `"non_subject"` {
		t.Errorf("got %s, %v", b, err)
	}
}
