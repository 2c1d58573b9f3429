package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// outcome is what one run of the program left behind.
type outcome struct {
	code   int
	stdout string
	stderr string
}

// minglu runs the program with these arguments and no environment but env.
func minglu(t *testing.T, env environ, args ...string) outcome {
	t.Helper()
	var out, errs bytes.Buffer
	p := program{env: env, stdin: strings.NewReader(""), stdout: &out, stderr: &errs, now: time.Now, unsynced: true}
	code := p.run(t.Context(), args)
	return outcome{code, out.String(), errs.String()}
}

// inForce returns what "minglu config" says, as "value (source)".
func inForce(t *testing.T, env environ, args ...string) map[string]string {
	t.Helper()
	o := minglu(t, env, append([]string{"config", "--json"}, args...)...)
	var list []setValue
	if err := json.Unmarshal([]byte(o.stdout), &list); err != nil || o.code != exitDone {
		t.Fatalf("got %+v, %v", o, err)
	}
	out := map[string]string{}
	for _, s := range list {
		out[s.Name] = s.Value + " (" + s.From + ")"
	}
	return out
}

func file(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "minglu.conf")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestFlagsGoBeforeTheEnvironmentBeforeTheFileBeforeDefaults(t *testing.T) {
	t.Parallel()
	f := file(t, "# where\nlisten = 127.0.0.1:1\ndata=/from/file\nstop-within=3s\nmax-store=2G\n")
	got := inForce(t, environ{"MINGLU_CONFIG=" + f, "MINGLU_DATA=/from/env", "MINGLU_LISTEN=127.0.0.1:2", "MINGLU_LOG_LEVEL="}, "--listen", "127.0.0.1:3")
	for name, want := range map[string]string{
		"listen": "127.0.0.1:3 (flag)", "data": "/from/env (MINGLU_DATA)", "stop-within": "3s (" + f + ")", "max-store": "2G (" + f + ")",
		"replicas": "1 (default)", "log-level": "warn (default)",
	} {
		if got[name] != want {
			t.Errorf("%s: got %q, want %q", name, got[name], want)
		}
	}
}

func TestAFileMayBeAJSONObject(t *testing.T) {
	t.Parallel()
	f := file(t, `{"nats": "nats://a:4222", "replicas": 3, "demo": true}`)
	got := inForce(t, nil, "--config", f)
	for name, want := range map[string]string{"nats": "nats://a:4222", "replicas": "3", "demo": "true"} {
		if want += " (" + f + ")"; got[name] != want {
			t.Errorf("%s: got %q, want %q", name, got[name], want)
		}
	}
}

func TestSecretsAreNeverPrinted(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{{"config"}, {"config", "--json"}} {
		o := minglu(t, environ{"MINGLU_TOKEN=mgl_hidden", "MINGLU_NATS=nats://user:hidden@a:1,b:2"}, args...)
		if strings.Contains(o.stdout, "hidden") || !strings.Contains(o.stdout, "nats://***@a:1,b:2") || o.code != exitDone {
			t.Errorf("got %+v", o)
		}
	}
	if got := inForce(t, nil)["token"]; got != "not set (default)" {
		t.Errorf("got %q", got)
	}
}

func TestAllFaultsOfAConfigurationAreToldAtOnce(t *testing.T) {
	t.Parallel()
	o := minglu(t, nil, "config", "--lang", "en", "--listen", "nowhere", "--replicas", "2", "--nats-creds", "x", "--server", "ftp://a")
	for _, want := range []string{"setting listen: should be HOST:PORT", "setting replicas: should be 1 or 3", "setting replicas: the embedded server keeps one replica",
		"setting nats-creds: is for an outside NATS only", "setting server: should be an address"} {
		if !strings.Contains(o.stderr, want) {
			t.Errorf("got %q, want %q in it", o.stderr, want)
		}
	}
	if o.code != exitUsage || o.stdout != "" {
		t.Errorf("got code %d and %q", o.code, o.stdout)
	}
}

func TestWrongUseIsToldInBothLanguages(t *testing.T) {
	t.Parallel()
	unknown := file(t, "lissten=1\ndatta=2\n")
	for name, c := range map[string]struct {
		env    environ
		args   []string
		zh, en string
	}{
		"an unknown command":            {nil, []string{"serv"}, "没有名为“serv”的命令", `there is no command "serv"`},
		"an unknown subcommand":         {nil, []string{"token", "mint"}, "没有名为“mint”的命令", `there is no command "mint"`},
		"an unknown flag":               {nil, []string{"serve", "--dat", "x"}, "没有选项 --dat", "there is no flag --dat"},
		"a flag of another command":     {nil, []string{"version", "--data", "x"}, "没有选项 --data", "there is no flag --data"},
		"a flag without its value":      {nil, []string{"serve", "--data"}, "缺少值", "needs a value"},
		"a value of the wrong kind":     {nil, []string{"serve", "--replicas", "many"}, "“many”不能作为值", `"many" cannot be a value`},
		"a value out of the list":       {nil, []string{"serve", "--log-level", "loud"}, "不在可选值之中", "is none of"},
		"a size that is none":           {nil, []string{"serve", "--max-store", "big"}, "不是大小", "is no size"},
		"a variable that cannot be":     {environ{"MINGLU_REPLICAS=x"}, []string{"serve"}, "MINGLU_REPLICAS 中的 replicas", "replicas in MINGLU_REPLICAS"},
		"a word too much":               {nil, []string{"version", "now"}, "多余的参数“now”", `"now" is too much`},
		"a key that is no setting":      {nil, []string{"config", "--config", unknown}, "没有名为 lissten 的设置", "there is no setting lissten"},
		"another key that is none":      {nil, []string{"config", "--config", unknown}, "没有名为 datta 的设置", "there is no setting datta"},
		"a file that cannot be read":    {nil, []string{"config", "--config", "/nowhere/x"}, "不能读取配置文件", "cannot read the configuration file"},
		"a line that is no pair":        {nil, []string{"config", "--config", file(t, "data\n")}, "line 1: not key=value", "line 1: not key=value"},
		"JSON with a list":              {nil, []string{"config", "--config", file(t, `{"data":[1]}`)}, "data: neither text", "data: neither text"},
		"a token without its agency":    {nil, []string{"token", "create"}, "请给出 --agency 和 --role", "--agency and --role are needed"},
		"a token of no agency":          {nil, []string{"token", "create", "--agency", "x", "--role", "approver"}, "“x”不是机关", `"x" is no agency`},
		"a view that is none":           {nil, []string{"rebuild", "mirrors"}, "没有名为 mirrors 的视图", "there is no view mirrors"},
		"completion for no known shell": {nil, []string{"completion", "csh"}, "不支持 csh", "csh is not offered"},
		"help for no command":           {nil, []string{"help", "token", "mint"}, "没有名为“token mint”的命令", `there is no command "token mint"`},
	} {
		t.Run(name, func(t *testing.T) {
			if o := minglu(t, c.env, c.args...); o.code != exitUsage || !strings.Contains(o.stderr, c.zh) {
				t.Errorf("got %+v, want %q", o, c.zh)
			}
			if o := minglu(t, append(c.env, "MINGLU_LANG=en"), c.args...); o.code != exitUsage || !strings.Contains(o.stderr, c.en) {
				t.Errorf("got %+v, want %q", o, c.en)
			}
		})
	}
}

func TestSizesAreReadAndWritten(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{"0": "0", "100": "100", "1k": "1K", "1024": "1K", "20G": "20G", "20GB": "20G", " 3m ": "3M", "1536K": "1536K", "2T": "2T"} {
		var b byteSize
		if err := b.Set(text); err != nil || b.String() != want {
			t.Errorf("%q: got %v, %v, want %s", text, b, err, want)
		}
	}
	for _, bad := range []string{"", "G", "-1", "1.5G", "9999999T", "1X"} {
		if err := new(byteSize).Set(bad); err == nil {
			t.Errorf("%q: got no refusal", bad)
		}
	}
}
