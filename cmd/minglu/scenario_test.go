package main

import (
	"bytes"
	"cmp"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/txtar"

	"minglu/domain/access"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/ident"
	"minglu/domain/term"
	"minglu/register"
)

// A scenario tells a story of the whole register in text: testdata/*.txtar.
// Each is a program of its own with an embedded server, over real HTTP.
//
//	-- token AGENCY ROLE OFFICER --   a token is made before the start
//	-- serve --demo --                flags of the server, before the first request
//	-- req --                         METHOD PATH, headers, an empty line, the body
//	-- res --                         the answer that is expected
//	-- cmd --                         a command line of minglu
//	-- file NAME --                   a file beside the data directory, $DATA/../NAME
//	-- out --                         its exit code, its output and its complaints
//	-- stop -- -- start -- -- restart -- -- kill -- -- rebuild --
//	-- clock 2026-11-02 --            the day from then on
//
// A POST has the key of its number among the POSTs, unless it says "Key: N",
// and the first token, unless it says "As: OFFICER" or "As: nobody"; a GET has
// none. $institution3 is the id that the act with key 3 gave, and so for every
// aggregate; $token1 is that of the first token; $DATA is the data directory.
// "Pick: a, b.c" keeps these members of the answer, "Save: name=a.0.b" keeps one
// as $name for what comes after, and "File: name" the whole of it in a file
// beside the data directory, $DATA/../name. Reads wait for what was written
// before, and every request for what follows by itself.
// MINGLU_UPDATE=1 writes the answers anew.
//
// At the end the log is folded anew, and every view must agree.
type scenario struct {
	t       *testing.T
	data    string
	clock   testClock
	child   bool // it is killed, so it is a process of its own
	flags   []string
	tokens  map[string]string // officer → token
	first   string            // the officer of the first token
	posts   int
	seq     uint64
	server  *server
	pending string // the answer that the next section is compared with
	reactor *register.Reactor
	saved   map[string]string
}

const scenarioStart = "2026-11-02"

func TestScenarios(t *testing.T) {
	t.Parallel()
	paths, err := filepath.Glob(filepath.Join("testdata", "*.txtar"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("got %v, %v, want scenarios", paths, err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			t.Parallel()
			runScenario(t, path)
		})
	}
}

func runScenario(t *testing.T, path string) {
	a, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s := &scenario{t: t, data: filepath.Join(t.TempDir(), "data"), tokens: map[string]string{}, saved: map[string]string{}}
	s.clock = newTestClock(t, dayAtTen(t, scenarioStart))
	s.child = slices.ContainsFunc(a.Files, func(f txtar.File) bool { return f.Name == "kill" })
	s.issueTokens(a.Files)
	for i := range a.Files {
		s.step(&a.Files[i])
		if t.Failed() && os.Getenv("MINGLU_UPDATE") == "" {
			return
		}
	}
	s.finish()
	if os.Getenv("MINGLU_UPDATE") != "" {
		if err := os.WriteFile(path, txtar.Format(a), 0o640); err != nil {
			t.Fatal(err)
		}
	}
}

func dayAtTen(t *testing.T, day string) time.Time {
	t.Helper()
	d, err := calendar.ParseDay(day)
	if err != nil {
		t.Fatal(err)
	}
	return d.Time().Add(10 * time.Hour)
}

// program is minglu as the scenario runs it within this process.
func (s *scenario) program() program {
	return program{env: environ{}, stdin: strings.NewReader(""), now: s.clock.now, unsynced: !s.child,
		reacting: func(r *register.Reactor) { s.reactor = r }}
}

// settle waits until nothing is left to follow by itself. A child process cannot
// be waited for.
func (s *scenario) settle() {
	s.t.Helper()
	if s.server == nil || s.child {
		return
	}
	if err := s.reactor.Settled(s.t.Context(), s.seq, calendar.DayOf(s.clock.now())); err != nil {
		s.t.Fatalf("wait for what follows: %v", err)
	}
}

// issueTokens makes the tokens that the scenario names, with keys of their own
// numbers from the end of all.
func (s *scenario) issueTokens(files []txtar.File) {
	s.t.Helper()
	var issue []access.IssueToken
	for _, f := range files {
		words := strings.Fields(f.Name)
		if words[0] != "token" {
			continue
		}
		if len(words) != 4 {
			s.t.Fatalf("token AGENCY ROLE OFFICER: got %q", f.Name)
		}
		token := "mgl_scenario-" + words[3]
		s.tokens[words[3]] = token
		s.first = cmp.Or(s.first, words[3])
		issue = append(issue, access.IssueToken{Digest: digestOf(token), Agency: words[1], Role: term.Role(words[2]), Officer: words[3]})
	}
	if len(issue) == 0 {
		return
	}
	s.withRegister(func(n *node) error {
		for i, t := range issue {
			agency, err := authority.ParseAgency(t.Agency)
			if err != nil {
				return err
			}
			act := localTokens{n, s.clock.now}.act("access.issue-token", string(agency.Division), nil, t)
			act.CommandID = commandID(tokenKey(i + 1))
			ans, err := n.register.Do(s.t.Context(), nil, act)
			if err != nil {
				return err
			}
			s.seq = ans.Seq
		}
		return nil
	})
}

// withRegister opens the register of the stopped scenario.
func (s *scenario) withRegister(f func(n *node) error) {
	s.t.Helper()
	p := s.program()
	var cfg Config
	cfg.setDefaults()
	cfg.Data = s.data
	c := &call{log: newLogger(os.Stderr, &cfg), now: p.now, unsynced: p.unsynced}
	if err := withNode(s.t.Context(), c, &cfg, f); err != nil {
		s.t.Fatal(err)
	}
}

// commandID is the key with that number.
func commandID(n int) string { return fmt.Sprintf("00000000-0000-4000-8000-%012d", n) }

func (s *scenario) step(f *txtar.File) {
	s.t.Helper()
	words := strings.Fields(f.Name)
	if s.pending != "" {
		want := map[string]string{"R": "res", "C": "out"}[s.pending[:1]]
		if words[0] != want {
			s.t.Fatalf("got section %q, want %q for an answer that was:\n%s", f.Name, want, s.pending[1:])
		}
		s.compare(f)
		return
	}
	switch words[0] {
	case "token": // made at the start
	case "serve":
		s.flags = words[1:]
	case "clock":
		s.clock.set(s.t, dayAtTen(s.t, words[1]))
		s.settle()
	case "start":
		s.start()
	case "stop":
		s.stop()
	case "restart":
		s.start()
		s.stop()
		s.start()
	case "kill":
		s.start()
		s.server.kill()
		s.server = nil
		s.start()
	case "rebuild":
		s.rebuild()
	case "req":
		s.request(f.Data)
	case "cmd":
		s.command(f.Data)
	case "file":
		if err := os.WriteFile(filepath.Join(filepath.Dir(s.data), words[1]), f.Data, 0o600); err != nil {
			s.t.Fatal(err)
		}
	default:
		s.t.Fatalf("no section is called %q", f.Name)
	}
}

// start starts the server unless it runs.
func (s *scenario) start() {
	s.t.Helper()
	if s.server != nil {
		return
	}
	args := append([]string{"--data", s.data, "--listen", "127.0.0.1:0"}, s.flags...)
	if s.child {
		s.server = startChild(s.t, s.clock.path, args...)
	} else {
		s.server = startInside(s.t, s.program(), args...)
	}
	s.settle()
}

func (s *scenario) stop() {
	s.t.Helper()
	if s.server == nil {
		return
	}
	if code := s.server.end(); code != exitDone {
		s.t.Errorf("got exit code %d after a stop; it said:\n%s", code, s.server.stderr)
	}
	s.server = nil
}

// run runs minglu on the stopped data directory.
func (s *scenario) run(args ...string) outcome {
	s.t.Helper()
	var out, errs bytes.Buffer
	p := s.program()
	p.stdout, p.stderr = &out, &errs
	return outcome{p.run(s.t.Context(), args), out.String(), errs.String()}
}

// folded returns what replay says, which must be that every view agrees.
func (s *scenario) folded() string {
	s.t.Helper()
	o := s.run("replay", "--json", "--data", s.data)
	if o.code != exitDone {
		s.t.Fatalf("replay: got %+v", o)
	}
	return o.stdout
}

// rebuild builds all views anew, which must change nothing.
func (s *scenario) rebuild() {
	s.t.Helper()
	s.stop()
	before := s.folded()
	if o := s.run("rebuild", "--data", s.data); o.code != exitDone {
		s.t.Fatalf("rebuild: got %+v", o)
	}
	if after := s.folded(); after != before {
		s.t.Errorf("rebuild: got %s, want %s", after, before)
	}
	s.start()
}

func (s *scenario) finish() {
	s.t.Helper()
	if s.pending != "" {
		s.t.Errorf("no section for the answer:\n%s", s.pending[1:])
	}
	s.stop()
	s.folded()
}

func (s *scenario) command(data []byte) {
	s.t.Helper()
	args := strings.Fields(s.expand(string(data)))
	if len(args) == 0 || args[0] != "minglu" {
		s.t.Fatalf("a command begins with minglu: got %q", data)
	}
	o := s.run(args[1:]...)
	said := fmt.Sprintf("exit %d\n", o.code) + o.stdout
	for line := range strings.Lines(o.stderr) {
		if strings.HasPrefix(line, "minglu: ") {
			said += line
		}
	}
	s.pending = "C" + strings.ReplaceAll(said, s.data, "$DATA")
}

var (
	numbered = regexp.MustCompile(`\$(institution|token|grievance|inspection|rectification|penalty|dispute|case|escrow|order)(\d+)`)
	named    = regexp.MustCompile(`\$[a-z]+`)
)

// expand puts in what the scenario names by number.
func (s *scenario) expand(text string) string {
	text = numbered.ReplaceAllStringFunc(text, func(m string) string {
		part := numbered.FindStringSubmatch(m)
		n, err := strconv.Atoi(part[2])
		if err != nil {
			s.t.Fatal(err)
		}
		aggregate := part[1]
		if part[1] == "token" {
			aggregate, n = register.Access.Name, tokenKey(n)
		}
		id, err := ident.ParseUUID(commandID(n))
		if err != nil {
			s.t.Fatal(err)
		}
		return ident.NewID(aggregate, id)
	})
	text = named.ReplaceAllStringFunc(text, func(m string) string {
		v, ok := s.saved[m[1:]]
		if !ok {
			s.t.Fatalf("nothing was saved as %s", m)
		}
		return v
	})
	return strings.ReplaceAll(text, "$DATA", s.data)
}

// tokenKey is the number of the key under which the nth token was made.
func tokenKey(n int) int { return 1_000_000_000_000 - n }

func (s *scenario) compare(f *txtar.File) {
	s.t.Helper()
	got := s.pending[1:]
	s.pending = ""
	if os.Getenv("MINGLU_UPDATE") != "" {
		f.Data = []byte(got)
		return
	}
	if want := string(f.Data); strings.TrimSpace(got) != strings.TrimSpace(want) {
		s.t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// A request is a section "req" taken apart.
type request struct {
	*http.Request
	pick []string
	save map[string]string // name → path into the answer
	file string            // beside the data directory, or none
}

func (s *scenario) request(data []byte) {
	s.t.Helper()
	s.start()
	r := s.read(s.expand(string(data)))
	resp, err := s.server.client.Do(r.Request)
	if err != nil {
		s.t.Fatalf("%v; it said:\n%s", err, s.server.stderr)
	}
	defer resp.Body.Close() //nolint:errcheck // read
	s.keep(r.file, resp)
	if seq, err := strconv.ParseUint(resp.Header.Get("Minglu-Seq"), 10, 64); err == nil && r.Method == http.MethodPost {
		s.seq = max(s.seq, seq)
	}
	text, value := s.answer(resp)
	if m, ok := value.(map[string]any); ok && resp.StatusCode < 300 && r.Method == http.MethodPost {
		if n, err := strconv.ParseUint(fmt.Sprint(m["seq"]), 10, 64); err == nil {
			s.seq = max(s.seq, n)
		}
	}
	s.save(r.save, value)
	s.settle()
	if value != nil {
		if resp.StatusCode >= 300 {
			r.pick = nil // a refusal is shown whole
		}
		text = layout(picked(value, r.pick), "") + "\n"
	}
	s.pending = "R" + fmt.Sprintf("%d %s\n", resp.StatusCode, http.StatusText(resp.StatusCode)) + text
}

// keep writes an answer that was found as it came to a file of that name.
func (s *scenario) keep(name string, resp *http.Response) {
	s.t.Helper()
	if name == "" || resp.StatusCode >= 300 {
		return
	}
	b, err := io.ReadAll(resp.Body)
	if err == nil {
		err = os.WriteFile(filepath.Join(filepath.Dir(s.data), name), b, 0o600)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	resp.Body = io.NopCloser(bytes.NewReader(b))
}

// save keeps members of an answer under names.
func (s *scenario) save(wanted map[string]string, value any) {
	s.t.Helper()
	for name, path := range wanted {
		v := value
		for step := range strings.SplitSeq(path, ".") {
			switch at := v.(type) {
			case map[string]any:
				v = at[step]
			case []any:
				n, err := strconv.Atoi(step)
				if err != nil || n >= len(at) {
					s.t.Fatalf("save %s: there is no %s in %v", name, path, value)
				}
				v = at[n]
			default:
				s.t.Fatalf("save %s: there is no %s in %v", name, path, value)
			}
		}
		s.saved[name] = fmt.Sprint(v)
	}
}

func (s *scenario) read(text string) request {
	s.t.Helper()
	head, body, _ := strings.Cut(text, "\n\n")
	lines := strings.Split(strings.TrimSpace(head), "\n")
	method, path, ok := strings.Cut(lines[0], " ")
	if !ok {
		s.t.Fatalf("METHOD PATH: got %q", lines[0])
	}
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.server.base+path, strings.NewReader(strings.TrimSpace(body)))
	if err != nil {
		s.t.Fatal(err)
	}
	r := request{Request: req, save: map[string]string{}}
	as := ""
	if method != http.MethodGet {
		s.posts++
		as = s.first
		r.Header.Set("Idempotency-Key", commandID(s.posts))
		r.Header.Set("Content-Type", "application/json")
	} else if q := r.URL.Query(); !q.Has("min_seq") && !q.Has("at_seq") && strings.HasPrefix(path, "/api/v1/") {
		q.Set("min_seq", strconv.FormatUint(s.seq, 10))
		r.URL.RawQuery = q.Encode()
	}
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ":")
		value = strings.TrimSpace(value)
		switch name {
		case "As":
			as = value
		case "Key":
			n, err := strconv.Atoi(value)
			if err != nil {
				s.t.Fatal(err)
			}
			r.Header.Set("Idempotency-Key", commandID(n))
		case "Save":
			name, path, _ := strings.Cut(value, "=")
			r.save[strings.TrimSpace(name)] = strings.TrimSpace(path)
		case "File":
			r.file = value
		case "Pick":
			for p := range strings.SplitSeq(value, ",") {
				r.pick = append(r.pick, strings.TrimSpace(p))
			}
		default:
			r.Header.Set(name, value)
		}
	}
	if token, ok := s.tokens[as]; ok {
		r.Header.Set("Authorization", "Bearer "+token)
	} else if as != "" && as != "nobody" {
		s.t.Fatalf("no token was made for %q", as)
	}
	return r
}
