package main

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"minglu/domain/term"
)

func tokens(t *testing.T, args ...string) []tokenLine {
	t.Helper()
	o := minglu(t, nil, append([]string{"token", "list", "--json"}, args...)...)
	var list []tokenLine
	if err := json.Unmarshal([]byte(o.stdout), &list); err != nil || o.code != exitDone {
		t.Fatalf("got %+v, %v", o, err)
	}
	return list
}

// create makes a token and checks that it is all that is said.
func create(t *testing.T, env environ, args ...string) string {
	t.Helper()
	o := minglu(t, env, append([]string{"token", "create"}, args...)...)
	token, rest, _ := strings.Cut(o.stdout, "\n")
	if o.code != exitDone || rest != "" || o.stderr != "" || !strings.HasPrefix(token, tokenPrefix) || len(token) != len(tokenPrefix)+43 {
		t.Fatalf("got %+v, want a token as the only line", o)
	}
	return token
}

// opens tells whether a token opens what needs one.
func opens(t *testing.T, srv *server, token string) bool {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.base+"/api/v1/tokens", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	resp, err := srv.client.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = resp.Body.Close()
	return resp.StatusCode == http.StatusOK
}

func TestTokensAreIssuedListedAndRevoked(t *testing.T) {
	t.Parallel()
	s := newStressed(t)
	data := []string{"--data", s.data}
	admin := create(t, nil, append(data, "--agency", "530427-education", "--role", "administrator", "--officer", "XP-A01")...)
	list := tokens(t, data...)
	if want := (tokenLine{ID: list[0].ID, Agency: "530427-education", Role: term.Administrator, Officer: "XP-A01"}); len(list) != 1 || list[0] != want {
		t.Fatalf("got %+v, want %+v", list, want)
	}
	srv := s.inside()
	if !opens(t, srv, admin) || opens(t, srv, strings.ToLower(admin)+"a") {
		t.Error("got the wrong token taken, or the right one refused")
	}
	env := environ{"MINGLU_SERVER=" + srv.base, "MINGLU_TOKEN=" + admin}
	auditor := create(t, env, "--agency", "530427-auditor", "--role", "auditor")
	if !opens(t, srv, auditor) {
		t.Error("got the token of an auditor refused")
	}
	var id string
	for _, l := range tokens(t, "--server", srv.base, "--token", admin) {
		if l.Role == term.Auditor {
			id = l.ID
		}
	}
	if o := minglu(t, env, "token", "revoke", id, "--reason", "调离"); o.code != exitDone || o.stdout != "" {
		t.Errorf("got %+v", o)
	}
	until(t, "the revoked token is refused", func() bool { return !opens(t, srv, auditor) })
	if o := minglu(t, append(env, "MINGLU_LANG=en"), "token", "create", "--agency", "110101-education", "--role", "handler"); o.code != exitFailed ||
		!strings.Contains(o.stderr, "outside the agency's division") {
		t.Errorf("for another place: got %+v", o)
	}
	if o := minglu(t, nil, "token", "list", "--server", srv.base, "--lang", "en"); o.code != exitFailed || !strings.Contains(o.stderr, "token") {
		t.Errorf("without a token: got %+v", o)
	}
	s.end(srv)
	if o := minglu(t, env, "token", "list", "--lang", "en"); o.code != exitFailed || !strings.Contains(o.stderr, "does not answer") {
		t.Errorf("after its end: got %+v", o)
	}
	if o := minglu(t, nil, "token", "revoke", "--data", s.data, list[0].ID); o.code != exitDone {
		t.Errorf("got %+v", o)
	}
	if o := minglu(t, nil, "token", "revoke", "--data", s.data, "01NOBODY", "--lang", "en"); o.code != exitFailed || !strings.Contains(o.stderr, "there is no token 01NOBODY") {
		t.Errorf("got %+v", o)
	}
	for _, l := range tokens(t, data...) {
		if !l.Revoked {
			t.Errorf("got %+v, want it revoked", l)
		}
	}
	nowhere(t, s.data, admin, auditor)
}

// nowhere looks for secrets in every file of a directory.
func nowhere(t *testing.T, dir string, secrets ...string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(path)
		for _, secret := range secrets {
			if bytes.Contains(b, []byte(secret)) {
				t.Errorf("got a secret in %s", path)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}
