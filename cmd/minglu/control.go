package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"time"

	"minglu/domain"
	"minglu/projections"
)

// controlName is the socket in a data directory by which the process that
// serves it takes the work of an operator. Who may open it may read the log.
const controlName = "control"

// errNotServed says that no process serves the data directory.
var errNotServed = errors.New("nobody serves the data directory")

// longestSocketPath is what fits into an address of the kernel; longer ones are
// reached through the directory's descriptor.
const longestSocketPath = 100

// controlPath returns a path of the socket that fits, and what is to be closed
// once it is not used any more.
func controlPath(data string) (string, io.Closer, error) {
	path := filepath.Join(data, controlName)
	if len(path) <= longestSocketPath {
		return path, io.NopCloser(nil), nil
	}
	d, err := os.Open(data)
	if err != nil {
		return "", nil, err
	}
	return fmt.Sprintf("/proc/self/fd/%d/%s", d.Fd(), controlName), d, nil
}

// A control answers operators of this machine.
type control struct {
	server *http.Server
	dir    io.Closer
	done   chan struct{}
	cancel context.CancelFunc
	stop   func() error // may be called again
}

// startControl begins to answer operators. The caller has the data directory,
// so a socket that is there was left by a process that ended.
func startControl(o operatorHere) (*control, error) {
	path, dir, err := controlPath(o.data)
	if err != nil {
		return nil, err
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, errors.Join(err, dir.Close())
	}
	l, err := net.Listen("unix", path)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("listen for operators: %w", err), dir.Close())
	}
	if err := os.Chmod(path, 0o600); err != nil {
		return nil, errors.Join(err, l.Close(), dir.Close())
	}
	ctx, cancel := context.WithCancel(context.Background())
	c := &control{dir: dir, done: make(chan struct{}), cancel: cancel}
	c.server = &http.Server{Handler: controlHandler(o), ReadHeaderTimeout: headerTimeout, BaseContext: func(net.Listener) context.Context { return ctx }}
	c.stop = sync.OnceValue(c.end)
	go func() {
		defer close(c.done)
		if err := c.server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			o.node.logger.Error("operators are not answered any more", "error", err)
		}
	}()
	return c, nil
}

// controlStop bounds how long work that was broken off may take to clean up.
const controlStop = 5 * time.Second

// end breaks off what is under way: it can be asked for again.
func (c *control) end() error {
	c.cancel()
	ctx, cancel := context.WithTimeout(context.Background(), controlStop)
	defer cancel()
	err := c.server.Shutdown(ctx)
	if err != nil {
		err = c.server.Close()
	}
	<-c.done
	return errors.Join(err, c.dir.Close())
}

func controlHandler(o operatorHere) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /replay", func(w http.ResponseWriter, r *http.Request) {
		seq, err := strconv.ParseUint(r.FormValue("at_seq"), 10, 64)
		if err != nil {
			controlAnswer(w, nil, err)
			return
		}
		list, err := o.replay(r.Context(), seq)
		controlAnswer(w, list, err)
	})
	mux.HandleFunc("POST /rebuild", func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil {
			controlAnswer(w, nil, err)
			return
		}
		list, err := o.rebuild(r.Context(), r.Form["view"])
		controlAnswer(w, list, err)
	})
	mux.HandleFunc("POST /export", func(w http.ResponseWriter, r *http.Request) {
		out := &counter{w: w}
		size, err := o.export(r.Context(), out)
		switch {
		case err == nil:
			w.Header().Set(http.TrailerPrefix+exportSize, strconv.FormatUint(size, 10))
		case out.n == 0:
			controlAnswer(w, nil, err)
		default:
			o.node.logger.WarnContext(r.Context(), "export broken off", "error", err)
			panic(http.ErrAbortHandler) // what was sent is no package
		}
	})
	mux.HandleFunc("POST /backup", func(w http.ResponseWriter, r *http.Request) {
		out := bufio.NewWriter(w)
		m, err := o.backup(r.Context(), out)
		if err == nil {
			_, err = out.Write(append(mustJSON(controlEnd{Manifest: &m}), '\n'))
		} else {
			_, err = out.Write(append(mustJSON(controlEnd{Fault: faultOf(err)}), '\n'))
		}
		if err == nil {
			err = out.Flush()
		}
		if err != nil {
			o.node.logger.WarnContext(r.Context(), "backup broken off", "error", err)
		}
	})
	return mux
}

// controlEnd is the last line of a backup: what describes it, or why there is
// none.
type controlEnd struct {
	Manifest *manifest    `json:"manifest,omitempty"`
	Fault    *domain.Text `json:"fault,omitempty"`
}

func mustJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // a type of the program
	}
	return b
}

func controlAnswer(w http.ResponseWriter, v any, err error) {
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		v = faultOf(err)
	}
	_, _ = w.Write(mustJSON(v)) // the operator may be gone
}

func faultOf(err error) *domain.Text {
	t := domain.Text{}
	for _, s := range sentences("zh", err) {
		t.ZH += s
	}
	for _, s := range sentences("en", err) {
		t.EN += s
	}
	return &t
}

// operatorThere asks the process that serves the data directory.
type operatorThere struct{ client *http.Client }

// dialControl looks for the process that serves a data directory:
// errNotServed where there is none.
func dialControl(ctx context.Context, data string) (operatorThere, error) {
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		path, dir, err := controlPath(data)
		if err != nil {
			return nil, err
		}
		defer dir.Close() //nolint:errcheck // only read
		return new(net.Dialer).DialContext(ctx, "unix", path)
	}
	conn, err := dial(ctx, "", "")
	switch {
	case errors.Is(err, os.ErrNotExist), errors.Is(err, syscall.ECONNREFUSED):
		return operatorThere{}, errNotServed
	case err != nil:
		return operatorThere{}, fmt.Errorf("ask the process that serves %s: %w", data, err)
	}
	if err := conn.Close(); err != nil {
		return operatorThere{}, err
	}
	return operatorThere{&http.Client{Transport: &http.Transport{DialContext: dial, DisableKeepAlives: true}}}, nil
}

func (o operatorThere) post(ctx context.Context, what string, form url.Values) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://minglu/"+what, bytes.NewReader([]byte(form.Encode())))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return o.client.Do(r)
}

func (o operatorThere) ask(ctx context.Context, what string, form url.Values, v any) (err error) {
	resp, err := o.post(ctx, what, form)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, resp.Body.Close()) }()
	d := json.NewDecoder(resp.Body)
	if resp.StatusCode != http.StatusOK {
		var t domain.Text
		if err := d.Decode(&t); err != nil {
			return err
		}
		return ending{exitFailed, t}
	}
	return d.Decode(v)
}

func (o operatorThere) replay(ctx context.Context, atSeq uint64) (list []projections.Comparison, err error) {
	err = o.ask(ctx, "replay", url.Values{"at_seq": {strconv.FormatUint(atSeq, 10)}}, &list)
	return list, err
}

func (o operatorThere) rebuild(ctx context.Context, names []string) (list []projections.Status, err error) {
	err = o.ask(ctx, "rebuild", url.Values{"view": names}, &list)
	return list, err
}

// exportSize is the trailer that tells how many records were exported.
const exportSize = "Minglu-Size"

func (o operatorThere) export(ctx context.Context, w io.Writer) (size uint64, err error) {
	resp, err := o.post(ctx, "export", nil)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, resp.Body.Close()) }()
	if resp.StatusCode != http.StatusOK {
		var t domain.Text
		if err := json.NewDecoder(resp.Body).Decode(&t); err != nil {
			return 0, err
		}
		return 0, ending{exitFailed, t}
	}
	if _, err := io.Copy(w, resp.Body); err != nil {
		return 0, fmt.Errorf("the export was broken off: %w", err)
	}
	return strconv.ParseUint(resp.Trailer.Get(exportSize), 10, 64)
}

// backup passes the lines of the log on to w, and reads the last line.
func (o operatorThere) backup(ctx context.Context, w io.Writer) (m manifest, err error) {
	resp, err := o.post(ctx, "backup", nil)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, resp.Body.Close()) }()
	lines := bufio.NewReader(resp.Body)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return m, fmt.Errorf("the backup was broken off: %w", err)
		}
		if bytes.HasPrefix(line, []byte(`{"seq":`)) {
			if _, err := w.Write(line); err != nil {
				return m, err
			}
			continue
		}
		var end controlEnd
		if err := json.Unmarshal(line, &end); err != nil {
			return m, err
		}
		if end.Manifest == nil {
			return m, ending{exitFailed, *end.Fault}
		}
		return *end.Manifest, nil
	}
}
