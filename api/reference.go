package api

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"sync"

	"minglu/api/answer"
	"minglu/domain"
	"minglu/domain/authority"
	"minglu/domain/rule"
	"minglu/domain/term"
	"minglu/eventstore"
	"minglu/register"
)

const tagReference = "reference"

var referenceRoutes = []*route{
	get("/acts", tagReference, "What may be done: every act with its body, address, rules and competence.", (*server).listActs, reads(streamsView)),
	get("/enums", tagReference, "The code lists with Chinese and English labels.", (*server).listEnums, reads(streamsView),
		about("A code is never renamed, reused or changed in meaning; clients must bear unknown ones.")),
	get("/rules", tagReference, "The rules that may refuse an act, and the parameters that a division may set.", (*server).listRules, reads(streamsView)),
}

// ActInfo is one act.
type ActInfo struct {
	Act         string          `json:"act"`
	Aggregate   string          `json:"aggregate"`
	Title       domain.Text     `json:"title"`
	Method      string          `json:"method"`
	Path        string          `json:"path"`
	Creates     bool            `json:"creates" doc:"Makes a new thing; may bind a ref."`
	Future      bool            `json:"future" doc:"May take effect on a day to come."`
	Competence  string          `json:"competence"`
	Authority   domain.Text     `json:"authority"`
	Departments []string        `json:"departments"`
	Roles       []string        `json:"roles"`
	Rules       []string        `json:"rules"`
	Body        json.RawMessage `json:"body" doc:"JSON Schema of the body."`
}

// Acts are all acts.
type Acts struct {
	Items []ActInfo `json:"items"`
}

// Enum is one closed list of codes.
type Enum struct {
	Name  string      `json:"name"`
	Title domain.Text `json:"title"`
	Codes []EnumCode  `json:"codes"`
}

// EnumCode is one code.
type EnumCode struct {
	Code    string      `json:"code"`
	Label   domain.Text `json:"label"`
	Since   string      `json:"since" doc:"Version of the interface that has it first."`
	Retired bool        `json:"retired"`
}

// Enums are all code lists.
type Enums struct {
	Items []Enum `json:"items"`
}

// RuleInfo is one rule.
type RuleInfo struct {
	ID       string      `json:"id"`
	Version  int         `json:"version"`
	Title    domain.Text `json:"title"`
	Citation string      `json:"citation"`
	Quote    string      `json:"quote,omitempty"`
	Mark     domain.Mark `json:"mark" doc:"How sure the register is of it."`
	From     string      `json:"from,omitempty"`
	To       string      `json:"to,omitempty"`
	Acts     []string    `json:"acts" doc:"The acts that it judges."`
}

// ParameterInfo is one setting of a division's policy.
type ParameterInfo struct {
	Key     string      `json:"key"`
	Title   domain.Text `json:"title"`
	Type    string      `json:"type"`
	Default string      `json:"default"`
	Mark    domain.Mark `json:"mark"`
	Note    string      `json:"note,omitempty"`
}

// Rules are all rules and parameters.
type Rules struct {
	Items      []RuleInfo      `json:"items"`
	Parameters []ParameterInfo `json:"parameters"`
}

// fixed is an answer that never changes while the program runs.
func fixed[B any](ctx context.Context, body B) (*reply[encoded[B]], error) {
	out, err := shown(reading{q: asked(ctx)}, body, 1, 0)
	if err == nil {
		out.Seq, out.Cache = "", "public, max-age=300"
	}
	return out, err
}

type nothing struct{}

func (s *server) listActs(ctx context.Context, _ *nothing) (*reply[encoded[Acts]], error) {
	return fixed(ctx, actsInfo())
}

func (s *server) listEnums(ctx context.Context, _ *nothing) (*reply[encoded[Enums]], error) {
	e := Enums{}
	for _, l := range term.Lists {
		one := Enum{Name: l.Name, Title: l.Title}
		for _, i := range l.Items {
			one.Codes = append(one.Codes, EnumCode{Code: i.Code, Label: i.Label, Since: "1"})
		}
		e.Items = append(e.Items, one)
	}
	return fixed(ctx, e)
}

func (s *server) listRules(ctx context.Context, _ *nothing) (*reply[encoded[Rules]], error) {
	out := Rules{Items: []RuleInfo{}}
	for _, r := range register.Rules() {
		info := RuleInfo{ID: r.ID, Version: r.Version, Title: r.Title, Citation: r.Citation, Quote: r.Quote, Mark: r.Mark, From: r.From, To: r.To, Acts: []string{}}
		for _, agg := range register.Aggregates {
			for _, a := range agg.Acts {
				for _, judged := range a.Rules {
					if judged.ID == r.ID {
						info.Acts = append(info.Acts, a.Name)
					}
				}
			}
		}
		out.Items = append(out.Items, info)
	}
	for _, p := range rule.Parameters {
		out.Parameters = append(out.Parameters, ParameterInfo{Key: p.Key, Title: p.Title, Type: string(p.Type), Default: p.Default, Mark: p.Mark, Note: p.Note})
	}
	return fixed(ctx, out)
}

var actsInfo = sync.OnceValue(func() Acts {
	out := Acts{}
	for _, agg := range register.Aggregates {
		for _, a := range agg.Acts {
			info := ActInfo{Act: a.Name, Aggregate: agg.Name, Title: a.Title, Method: http.MethodPost, Path: actPath(agg, a),
				Creates: a.Creates, Future: a.Future, Competence: string(a.Competence), Departments: []string{}, Roles: []string{}, Rules: []string{}}
			if g, ok := authority.Of(a.Competence); ok {
				info.Authority = g.Title
				for _, d := range g.Departments {
					info.Departments = append(info.Departments, string(d))
				}
				for _, r := range g.Roles {
					info.Roles = append(info.Roles, string(r))
				}
			}
			for _, r := range a.Rules {
				info.Rules = append(info.Rules, r.ID)
			}
			info.Body, _ = answer.Marshal(bodySchema(a))
			out.Items = append(out.Items, info)
		}
	}
	return out
})

// actPath is the address of an act.
func actPath(agg *eventstore.Aggregate, a domain.ActType) string {
	path := base + "/" + agg.Plural
	if a.Creates {
		return path
	}
	_, name, _ := strings.Cut(a.Name, ".")
	return path + "/{id}/" + name
}

func knownAggregate(name string) bool {
	for _, a := range register.Aggregates {
		if a.Name == name {
			return true
		}
	}
	return false
}

func knownEvent(name string) bool {
	for _, a := range register.Aggregates {
		for _, e := range a.Events {
			if e.Name == name {
				return true
			}
		}
	}
	return false
}
