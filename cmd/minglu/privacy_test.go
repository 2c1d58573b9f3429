package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// personal are values of persons that the test hands to the register, each of
// which stands nowhere else: who complains, how to reach them, their child, what
// they say; an organiser, a principal, an officer, a claimant, who is referred
// for accountability, and a natural person with the door.
var personal = []string{
	"欧阳慧敏", "13712345678", "530427198803074128", "欧阳小满", "三楼东侧教室补习数学", "淳于静怡", "18687654321",
	"司徒建国", "公孙丽华", "慕容远山", "诸葛明轩", "夏侯文博", "尉迟文静", "5单元501",
}

// inTheClear is a value of the same filing that is no person's. Where it is not found,
// nothing was looked at.
const inTheClear = "新平县听雨艺术培训中心（示例）"

// leaked returns the first of the personal values that a text has, as it is or
// as JSON or an address would write it.
func leaked(text []byte) string {
	for _, value := range personal {
		for _, form := range []string{value, escaped(value), url.QueryEscape(value)} {
			if bytes.Contains(text, []byte(form)) {
				return value
			}
		}
	}
	return ""
}

// escaped writes a text with the escapes of JSON alone.
func escaped(s string) string {
	var b strings.Builder
	for _, r := range s {
		fmt.Fprintf(&b, `\u%04x`, r)
	}
	return b.String()
}

func TestWhatIsLookedForIsFound(t *testing.T) {
	t.Parallel()
	name := "欧阳慧敏"
	for _, text := range []string{"a" + name, `{"a":"` + escaped(name) + `"}`, "/x?q=" + url.QueryEscape(name)} {
		if got := leaked([]byte(text)); got != name {
			t.Errorf("%s: got %q, want the name", text, got)
		}
	}
	if got := leaked([]byte(inTheClear)); got != "" {
		t.Errorf("got %q in %s", got, inTheClear)
	}
}

// confided is a register to which personal values were handed, with all that it
// said to whom.
type confided struct {
	*scenario
	ids map[string]string // aggregate → id
}

func newConfided(t *testing.T) *confided {
	s := &confided{&scenario{t: t, data: filepath.Join(t.TempDir(), "data"), tokens: map[string]string{}, saved: map[string]string{}}, map[string]string{}}
	s.clock = newTestClock(t, dayAtTen(t, scenarioStart))
	s.flags = []string{"--log-level", "debug", "--address-limit", "0", "--token-limit", "0"}
	s.issueTokens([]txtar.File{
		{Name: "token 530427-education approver XP-E01"}, {Name: "token 530427-education handler XP-E02"}, {Name: "token 530427-market_regulation handler XP-M01"},
		{Name: "token 530427-education auditor XP-A01"}, {Name: "token 530427-education administrator XP-S01"}, {Name: "token 530400-education supervisor YX-E01"},
	})
	return s
}

// ask sends a request as scenarios write them and returns the status and the
// answer.
func (s *confided) ask(text string) (status int, answer []byte) {
	s.t.Helper()
	s.start()
	resp, err := s.server.client.Do(s.read(text).Request)
	if err != nil {
		s.t.Fatal(err)
	}
	defer resp.Body.Close() //nolint:errcheck // read
	if answer, err = io.ReadAll(resp.Body); err != nil {
		s.t.Fatal(err)
	}
	return resp.StatusCode, answer
}

// does carries an act out for an officer; its answer must not give anybody away.
func (s *confided) does(officer, path, body string) (answer struct {
	ID  string `json:"id"`
	Seq uint64 `json:"seq"`
}) {
	s.t.Helper()
	status, said := s.ask("POST /api/v1/" + path + "\nAs: " + officer + "\n\n" + body)
	if err := json.Unmarshal(said, &answer); err != nil || status >= 300 {
		s.t.Fatalf("%s: got %d %s, %v", path, status, said, err)
	}
	s.silent(path, said)
	s.seq = max(s.seq, answer.Seq)
	s.settle()
	return answer
}

// silent reports what gives a person away.
func (s *confided) silent(where string, text []byte) {
	s.t.Helper()
	if value := leaked(text); value != "" {
		s.t.Errorf("%s: got %q in the clear", where, value)
	}
}

// TestPersonalValuesStandNowhereInTheClear hands personal values to the register
// in every way that it takes them, and looks for them in all that it answers,
// logs and stores. The one act that reads them with a reason gives them back,
// until they are erased.
func TestPersonalValuesStandNowhereInTheClear(t *testing.T) {
	t.Parallel()
	s := newConfided(t)
	s.confide()
	s.refuse()
	s.reveal()
	s.browse()
	s.silent("log of the program", []byte(s.server.stderr.String()))
	s.stop()
	s.stored()
	s.start()
	s.erase()
	s.browse()
	s.finish()
	s.stored()
}

// confide hands the values to the register.
func (s *confided) confide() {
	const about = `"effective":"2026-11-02","division":"530427"`
	class := `"class":"non_subject","categories":["culture_arts"],"audiences":["compulsory"]`
	s.ids["institutions"] = s.does("XP-E01", "institutions", `{`+about+`,"target":{"ref":"T-1"},"body":{"names":["`+inTheClear+`"],"kind":"institution","mode":"offline",
		"address":"桂山街道平山路 21 号","organiser":"司徒建国","principal":"公孙丽华",`+class+`}}`).ID
	institution := `{"id":"` + s.ids["institutions"] + `"}`
	s.ids["person"] = s.does("XP-E01", "institutions", `{`+about+`,"target":{"ref":"T-2"},"body":{"names":["尉迟文静"],"kind":"natural_person","mode":"offline",
		"address":"桂山街道平山路5单元501",`+class+`}}`).ID
	s.does("XP-E01", "jurisdictions/530427/register-officer", `{`+about+`,"body":{"officer":"XP-E02","agency":"530427-education","credential":"滇F-E02","person":"慕容远山"}}`)
	s.does("XP-E01", "jurisdictions/530427/register-officer", `{`+about+`,"body":{"officer":"XP-E03","agency":"530427-education","credential":"滇F-E03"}}`)
	s.file(institution)
	s.ids["disputes"] = s.does("XP-E02", "disputes", `{`+about+`,"body":{"institution":`+institution+`,"cause":"refund_refused","pupils":{"n":1,"unit":"person"}}}`).ID
	s.does("XP-E02", "disputes/"+s.ids["disputes"]+"/record-claim", `{"effective":"2026-11-02","body":{"rank":"trainee","amount_fen":480000,"claimant":"诸葛明轩"}}`)
	s.ids["penalties"] = s.does("XP-E02", "penalties", `{`+about+`,"body":{"source_kind":"grievance","source":{"id":"`+s.ids["grievances"]+`"},"subject":`+institution+`,
		"committed":{"from":"2026-10-10"},"facts":"周末开展学科类培训"}}`).ID
	s.does("XP-E02", "penalties/"+s.ids["penalties"]+"/refer-accountability", `{"effective":"2026-11-02","body":{"body":"县纪委监委","person":"夏侯文博","reason":"在职教师参与"}}`)
	s.ids["cases"] = s.does("XP-E02", "cases", `{`+about+`,"body":{"institution":`+institution+`,"title":"听雨艺术联合查处（示例）","agencies":["530427-market_regulation"]}}`).ID
	s.does("XP-E02", "cases/"+s.ids["cases"]+"/tie", `{"effective":"2026-11-02","body":{"ref":{"id":"`+s.ids["grievances"]+`"},"role":"origin"}}`)
	s.ids["inspections"] = s.does("XP-E01", "inspections", `{`+about+`,"visibility":"joint","body":{"kind":"grievance","theme":"听雨艺术核查（示例）",
		"period":{"from":"2026-11-02","to":"2026-11-06"},"institutions":[`+institution+`],"sources":[{"id":"`+s.ids["grievances"]+`"}]}}`).ID
	s.ids["rectifications"] = s.does("XP-E02", "rectifications", `{`+about+`,"body":{"institution":`+institution+`,"source":{"id":"`+s.ids["grievances"]+`"},
		"items":[{"item":"content","text":"停止学科类培训"}],"basis":"行政处罚法 第二十八条"}}`).ID
	s.prepay(about, institution)
	g := "grievances/" + s.ids["grievances"]
	s.does("XP-E02", g+"/accept", `{"effective":"2026-11-02","body":{"part":"1"}}`)
	s.does("XP-E02", g+"/notify-complainant", `{"effective":"2026-11-02","body":{"part":"1","step":"acceptance","means":"phone"}}`)
}

// prepay has a supervised account with an order of a pupil, who is a reference.
func (s *confided) prepay(about, institution string) {
	account := s.does("XP-E02", "escrows", `{`+about+`,"body":{"institution":`+institution+`,"bank":"icbc","bank_name":"工商银行","mode":"bank_custody","size":"small"}}`).ID
	s.ids["escrows"] = account
	s.does("XP-E02", "escrows/"+account+"/open-account", `{"effective":"2026-11-02","body":{"masked_number":"1234"}}`)
	s.ids["orders"] = s.does("XP-E02", "orders", `{`+about+`,"body":{"account":{"id":"`+account+`"},"pupil":"`+strings.Repeat("5a", 16)+`","course":"国画","hours":40,
		"amount_fen":400000,"period_from":"2026-11-05","period_to":"2026-12-31","contract":"2021"}}`).ID
	s.does("XP-E02", "orders/"+s.ids["orders"]+"/deliver-lesson", `{"effective":"2026-11-02","body":{"hours":2,"notice":"平台消息"}}`)
	s.does("XP-E02", "statements/"+account+"/book-line", `{"effective":"2026-11-02","body":{"serial":"S1","amount_fen":400000,"balance_fen":400000}}`)
}

// file files one grievance over the data and one by the page, and follows the
// first.
func (s *confided) file(institution string) {
	filing := `{"institution":` + institution + `,"topics":["content","refund"],"nature":"mixed","real_name":true,"child_involved":true,"premises":"桂山街道平山路",
		"content":"孩子欧阳小满周末在三楼东侧教室补习数学，身份证 530427198803074128","complainant":"欧阳慧敏","contact":"13712345678"}`
	status, said := s.ask("POST /api/v1/filings\nAs: nobody\n\n" + filing)
	var receipt struct{ Number, Code string }
	if err := json.Unmarshal(said, &receipt); err != nil || status != http.StatusCreated {
		s.t.Fatalf("got %d %s, %v", status, said, err)
	}
	s.silent("receipt", said)
	for _, path := range []string{"filings/status", "filings/rate"} {
		_, said := s.ask(fmt.Sprintf("POST /api/v1/%s\nAs: nobody\n\n{\"number\":%q,\"code\":%q}", path, receipt.Number, receipt.Code))
		s.silent(path, said)
	}
	form := url.Values{"key": {commandID(900)}, "institution": {s.ids["institutions"]}, "topic": {"refund"}, "nature": {"complaint"},
		"content": {"请打淳于静怡的电话 18687654321"}, "complainant": {"淳于静怡"}, "contact": {"18687654321"}, "child": {"1"}, "action": {"submit"}}
	status, said = s.ask("POST /grievances/new\nAs: nobody\nContent-Type: application/x-www-form-urlencoded\n\n" + form.Encode())
	if status != http.StatusOK || !bytes.Contains(said, []byte("已经收到")) {
		s.t.Fatalf("got %d %s", status, said)
	}
	s.silent("page of the receipt", said)
	// An act tells how far the log has come, and the number leads to the id.
	s.does("XP-E01", "jurisdictions/530427/publish-notice", `{"effective":"2026-11-02","body":{"audience":"parents","title":"致家长的一封信"}}`)
	_, said = s.ask("GET /api/v1/grievances/" + receipt.Number + "\nAs: XP-E02")
	var shown struct{ ID string }
	if err := json.Unmarshal(said, &shown); err != nil || shown.ID == "" {
		s.t.Fatalf("got %s, %v", said, err)
	}
	s.ids["grievances"] = shown.ID
}

// refuse sends what cannot be taken. No refusal says a value back.
func (s *confided) refuse() {
	for _, r := range []struct{ officer, path, body string }{
		{"nobody", "filings", `{"division":"530427","topics":[],"nature":"complaint","content":"欧阳小满在三楼东侧教室补习数学","complainant":"欧阳慧敏"}`},
		{"nobody", "filings", `{"division":"530427","topics":["refund"],"nature":"complaint","content":{"text":"三楼东侧教室补习数学"},"complainant":["欧阳慧敏"]}`},
		{"nobody", "filings", `{"division":"530427","phone":"13712345678","content":"欧阳小满"}`},
		{"nobody", "filings", `{"complainant":"欧阳慧敏"`},
		{"XP-E02", "grievances", `{"effective":"2026-11-02","body":{"complainant":"欧阳慧敏","content":"三楼东侧教室补习数学"}}`},
		{"XP-E02", "grievances", `{"effective":"2026-11-02","body":{"complainant":{"name":"欧阳慧敏"},"contact":13712345678}}`},
		{"XP-E02", "grievances", `{"effective":"2099-01-01","body":{"channel":"counter","nature":"complaint","topics":["refund"],"complainant":"欧阳慧敏","contact":"13712345678"}}`},
		{"XP-M01", "institutions", `{"effective":"2026-11-02","body":{"names":["尉迟文静"],"kind":"natural_person"}}`},
		{"XP-E02", "disputes/" + s.ids["disputes"] + "/record-claim", `{"effective":"2026-11-02","body":{"rank":"trainee","amount_fen":0,"claimant":"诸葛明轩"}}`},
		{"XP-E02", "orders", `{"division":"530427","effective":"2026-11-02","body":{"account":{"id":"` + s.ids["escrows"] + `"},"pupil":"欧阳小满","course":"国画"}}`},
		{"XP-E02", "statements/" + s.ids["escrows"] + "/book-line", `{"effective":"2026-11-02","body":{"serial":"S2","amount_fen":1,"reference":"13712345678"}}`},
		{"XP-E02", "statements/" + s.ids["escrows"] + "/book-line", `{"effective":"2026-11-02","body":{"serial":"S2","amount_fen":1,"reference":"欧阳慧敏"}}`},
		{"XP-E02", "escrows/" + s.ids["escrows"] + "/open-account", `{"effective":"2026-11-02","body":{"masked_number":"530427198803074128"}}`},
	} {
		status, said := s.ask("POST /api/v1/" + r.path + "\nAs: " + r.officer + "\n\n" + r.body)
		if status < 400 || status >= 500 {
			s.t.Errorf("%s %s: got %d %s, want a refusal", r.path, r.body, status, said)
		}
		s.silent("refusal of "+r.path, said)
	}
}

// unseal asks for the sealed values of a grievance.
func (s *confided) unseal(officer string) (status int, said []byte) {
	s.t.Helper()
	path := "/api/v1/grievances/" + s.ids["grievances"]
	_, said = s.ask("GET " + path + "\nAs: XP-E02")
	var shown struct {
		Complainant struct {
			Person string `json:"person_ref"`
		}
	}
	if err := json.Unmarshal(said, &shown); err != nil || shown.Complainant.Person == "" {
		s.t.Fatalf("got %s, %v", said, err)
	}
	s.ids["of"] = shown.Complainant.Person
	status, said = s.ask("POST " + path + "/read-personal-data\nAs: " + officer + "\n\n" +
		`{"effective":"2026-11-02","body":{"person_ref":"` + shown.Complainant.Person + `","reason":"核实情况"}}`)
	return status, said
}

// reveal reads the values of the filing with a reason, which the handling agency
// alone may.
func (s *confided) reveal() {
	status, said := s.unseal("XP-M01")
	if status != http.StatusForbidden {
		s.t.Errorf("got %d %s, want it refused to another agency", status, said)
	}
	s.silent("refusal to read", said)
	status, said = s.unseal("XP-E02")
	for _, value := range []string{"欧阳慧敏", "13712345678", "530427198803074128", "欧阳小满", "三楼东侧教室补习数学"} {
		if status != http.StatusOK || !bytes.Contains(said, []byte(value)) {
			s.t.Errorf("got %d %s, want %q read", status, said, value)
		}
	}
	var answer struct{ Seq uint64 }
	if err := json.Unmarshal(said, &answer); err != nil {
		s.t.Fatal(err)
	}
	s.seq = answer.Seq
	s.settle()
}

// erase erases who filed, after which nobody reads it.
func (s *confided) erase() {
	s.does("XP-E01", "grievances/"+s.ids["grievances"]+"/erase-personal-data",
		`{"effective":"2026-11-02","body":{"person_ref":"`+s.ids["of"]+`","reason":"投诉人申请","legal_basis":"个人信息保护法 第四十七条"}}`)
	status, said := s.unseal("XP-E02")
	if status != http.StatusGone {
		s.t.Errorf("got %d %s, want it gone", status, said)
	}
	s.silent("refusal to read what was erased", said)
}

// browse reads every address of the data, for every kind of reader and in every
// representation, and the pages.
func (s *confided) browse() {
	for _, reader := range []string{"nobody", "XP-E01", "XP-E02", "XP-M01", "XP-A01", "XP-S01", "YX-E01"} {
		met := false
		for _, path := range s.addresses() {
			for _, suffix := range []string{"", ".csv", ".ndjson", ".xlsx"} {
				status, said := s.ask("GET " + path + suffix + "\nAs: " + reader)
				if status >= 500 {
					s.t.Errorf("%s%s: got %d %s", path, suffix, status, said)
				}
				said = slices.Concat(said, unzipped(s.t, said))
				met = met || bytes.Contains(said, []byte(inTheClear))
				s.silent(path+suffix+" for "+reader, said)
			}
		}
		if !met {
			s.t.Errorf("got nothing of %s for %s", inTheClear, reader)
		}
	}
	s.crawl()
}

var placeholder = regexp.MustCompile(`\{(\w+)\}`)

// addresses are all addresses of the description that are read, with the ids of
// what there is. An address that takes something new needs a line here.
func (s *confided) addresses() []string {
	s.t.Helper()
	_, said := s.ask("GET /api/v1/openapi.json")
	var doc struct{ Paths map[string]map[string]any }
	if err := json.Unmarshal(said, &doc); err != nil {
		s.t.Fatal(err)
	}
	out := []string{"/metrics", "/readyz", "/healthz", "/checkpoint", "/tile/0/000.p/1"}
	for _, path := range slices.Sorted(maps.Keys(doc.Paths)) {
		if doc.Paths[path]["get"] == nil {
			continue
		}
		out = append(out, s.filled(path)...)
	}
	if len(out) < 40 {
		s.t.Fatalf("got the addresses %v, want those of the description", out)
	}
	return out
}

func (s *confided) filled(path string) []string {
	s.t.Helper()
	m := placeholder.FindStringSubmatch(path)
	if m == nil {
		return []string{path}
	}
	plural, _, _ := strings.Cut(strings.TrimPrefix(path, "/api/v1/"), "/")
	values := map[string][]string{
		"institutions": {s.ids["institutions"], s.ids["person"]}, "agencies": {"530427-education", "530427-joint_conference_office"}, "officers": {"XP-E02"},
		"divisions": {"530427"}, "lists": {"white", "black", "watch"}, "proofs": {"1"},
	}[plural]
	if id := s.ids[plural]; values == nil && id != "" {
		values = []string{id}
	}
	if values == nil {
		s.t.Fatalf("got the address %s, which this test cannot fill", path)
	}
	var out []string
	for _, v := range values {
		out = append(out, s.filled(strings.Replace(path, m[0], v, 1))...)
	}
	return out
}

// unzipped returns the parts of a workbook; nothing for what is none.
func unzipped(t *testing.T, b []byte) (text []byte) {
	t.Helper()
	if !bytes.HasPrefix(b, []byte("PK\x03\x04")) {
		return nil
	}
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		part, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		text = append(text, part...)
	}
	return text
}

var href = regexp.MustCompile(`href="(/[^"#]*)`)

// mostPages bounds how many pages are followed: there are views of many days.
const mostPages = 150

// crawl follows the links of the pages from the first one on.
func (s *confided) crawl() {
	pages, met := []string{"/", "/institutions/" + s.ids["institutions"], "/institutions/" + s.ids["person"], "/grievances/new", "/grievances/status"}, false
	for i := 0; i < len(pages) && i < mostPages; i++ {
		_, said := s.ask("GET " + pages[i])
		met = met || bytes.Contains(said, []byte(inTheClear))
		s.silent(pages[i], said)
		for _, m := range href.FindAllSubmatch(said, -1) {
			to := strings.ReplaceAll(string(m[1]), "&amp;", "&")
			if !slices.Contains(pages, to) && !strings.HasPrefix(to, "/api/") {
				pages = append(pages, to)
			}
		}
	}
	if !met {
		s.t.Errorf("got nothing of %s on %d pages", inTheClear, len(pages))
	}
}

// stored looks at every file of the data directory and, as the log is
// compressed, at every record of it.
func (s *confided) stored() {
	files := 0
	err := filepath.WalkDir(s.data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		files++
		s.silent(path, b)
		return err
	})
	if err != nil || files < 10 {
		s.t.Fatalf("got %d files, %v, want those of log and views", files, err)
	}
	met := false
	s.withRegister(func(n *node) error {
		head, err := n.store.Head(s.t.Context())
		if err != nil {
			return err
		}
		for rec, err := range n.store.Follow(s.t.Context(), 0) {
			if err != nil {
				return err
			}
			met = met || bytes.Contains(rec.Payload, []byte(inTheClear))
			s.silent(fmt.Sprintf("record %d", rec.Meta.Seq), slices.Concat(rec.Payload, rec.Body, fmt.Append(nil, rec.Stream, rec.Meta)))
			if rec.Meta.Seq >= head {
				return nil
			}
		}
		return nil
	})
	if !met {
		s.t.Errorf("got nothing of %s in the log", inTheClear)
	}
}
