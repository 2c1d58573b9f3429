package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"time"

	"minglu/domain"
)

// benchCommand measures the register against the raw engine below it, one after
// the other in one process and on one scratch directory, so that the ratio
// means something on any machine.
func benchCommand() command {
	return command{
		name:    "bench",
		summary: domain.Say("与底层引擎同场对比的性能测量", "measure against the raw engine in the same run"),
		about: domain.Say(
			"在临时目录中先后测量底层引擎和名录，打印两者和比值。数字只在同一次运行中可比。",
			"Measures the raw engine and then the register on a scratch directory and prints both and their ratio.\nOnly figures of one run can be compared."),
		sub: []command{
			{name: "append", summary: domain.Say("写入：同步发布与经 Execute 的行为", "appends: synced publishes and acts through Execute"), prepare: prepareBenchAppend},
			{name: "import", summary: domain.Say("导入：原子批与日志导入", "import: atomic batches and a generated journal"), prepare: prepareBenchImport},
			{name: "rebuild", summary: domain.Say("重建：单表写入与全部视图", "rebuild: one put an event and all views"), prepare: prepareBenchRebuild},
			{name: "query", summary: domain.Say("查询：空处理器与名录接口", "queries: a bare handler and the register's"), prepare: prepareBenchQuery},
			{name: "escrow", summary: domain.Say("预收费：银行流水、账户行为、试算平衡与视图重建", "prepayment: statements, acts on an account, trial balance, rebuild"), prepare: prepareBenchEscrow},
		},
	}
}

// benchFlags are those that every measurement has.
type benchFlags struct {
	json bool
	dir  string
}

func (b *benchFlags) declare(f *flags) {
	f.truth(&b.json, "json", domain.Say("以 JSON 输出", "print JSON"))
	f.text(&b.dir, "scratch", "DIR", domain.Say("临时数据放在此目录下（默认系统临时目录）", "put scratch data below this directory (default: the system's)"))
}

// figures are the results of a measurement, in the order in which they are
// shown. A value may be figures itself.
type figures []figure

type figure struct {
	name  string
	value any
}

func (fs *figures) add(name string, value any) { *fs = append(*fs, figure{name, value}) }

// MarshalJSON writes the figures as an object.
func (fs figures) MarshalJSON() ([]byte, error) {
	m := map[string]any{}
	for _, f := range fs {
		m[f.name] = f.value
	}
	return json.Marshal(m)
}

// rows are the figures for people, those of figures below their name.
func (fs figures) rows(prefix string) (rows [][]string) {
	for _, f := range fs {
		if below, ok := f.value.(figures); ok {
			rows = append(rows, below.rows(prefix+f.name+" ")...)
			continue
		}
		rows = append(rows, []string{prefix + f.name, fmt.Sprint(f.value)})
	}
	return rows
}

func (b benchFlags) print(c *call, fs figures) error {
	if b.json {
		return json.NewEncoder(c.stdout).Encode(fs)
	}
	return columns(c.stdout, fs.rows(""))
}

// scratch runs f in a new directory and removes it.
func (b benchFlags) scratch(f func(dir string) error) (err error) {
	dir, err := os.MkdirTemp(b.dir, "minglu-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	return f(dir)
}

// onScratch opens an empty register in a new directory for f.
func (b benchFlags) onScratch(ctx context.Context, c *call, f func(n *node, dir string) error) error {
	return b.scratch(func(dir string) (err error) {
		cfg := &Config{}
		cfg.setDefaults()
		cfg.Data = filepath.Join(dir, "data")
		n, err := openNode(ctx, c, cfg)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, n.close()) }()
		return f(n, dir)
	})
}

func rounded(x float64) float64 {
	v, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'f', 2, 64), 64)
	return v
}

func whole(perSecond float64) int { return int(perSecond + 0.5) }

func milliseconds(d time.Duration) float64 { return rounded(float64(d) / float64(time.Millisecond)) }

// percentile returns the duration below which the share q of all lies. It
// sorts all.
func percentile(all []time.Duration, q float64) time.Duration {
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[min(int(q*float64(len(all))), len(all)-1)]
}

// memoryWatch measures what a process takes: the peak of all that is in memory,
// mapped files among it, and the most that was no file.
type memoryWatch struct {
	stop chan struct{}
	done chan struct{}
	anon int
}

// memoryEvery is how often memory that is no file is looked at.
const memoryEvery = 50 * time.Millisecond

// watchMemory gives back what is free and begins to measure.
func watchMemory() *memoryWatch {
	debug.FreeOSMemory()
	_ = os.WriteFile("/proc/self/clear_refs", []byte("5"), 0) // begins a new peak, where the system can
	m := &memoryWatch{stop: make(chan struct{}), done: make(chan struct{})}
	go func() {
		defer close(m.done)
		t := time.NewTicker(memoryEvery)
		defer t.Stop()
		for {
			_, anon := memoryUsed()
			m.anon = max(m.anon, anon)
			select {
			case <-t.C:
			case <-m.stop:
				return
			}
		}
	}()
	return m
}

// add ends the measuring and adds its figures.
func (m *memoryWatch) add(fs *figures) {
	close(m.stop)
	<-m.done
	peak, _ := memoryUsed()
	fs.add("rss_mb", peak)
	fs.add("rss_anon_mb", m.anon)
}

// memoryUsed returns the most memory that the process has had, and what it has
// now that is no file: both in MiB, and 0 where the system does not tell.
func memoryUsed() (peak, anonymous int) {
	b, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0, 0
	}
	for line := range strings.Lines(string(b)) {
		name, rest, _ := strings.Cut(line, ":")
		kib, _ := strconv.Atoi(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(rest), "kB")))
		switch name {
		case "VmHWM":
			peak = kib / 1024
		case "RssAnon":
			anonymous = kib / 1024
		}
	}
	return peak, anonymous
}
