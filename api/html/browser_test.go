package html_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// browser is one window of Chromium without script.
type browser struct {
	t   *testing.T
	ctx context.Context
	url string // of the register
	dir string // for pictures
}

// openBrowser starts Chromium on a register. MINGLU_SCREENSHOTS names a
// directory in which the pictures are kept.
func openBrowser(t *testing.T, s *shop) *browser {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Fatal("Chromium is missing: install the Debian packages chromium and fonts-noto-cjk")
	}
	dir := os.Getenv("MINGLU_SCREENSHOTS")
	if dir == "" {
		dir = t.TempDir()
	}
	server := httptest.NewServer(s.pages)
	t.Cleanup(server.Close)
	// Without UserDataDir every browser has a new directory, which goes with it.
	alloc, stop := chromedp.NewExecAllocator(t.Context(),
		chromedp.ExecPath(path), chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-sync", true), chromedp.Flag("hide-scrollbars", true))
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(alloc)
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil && !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
		cancel()
	})
	if err := chromedp.Do(ctx); err != nil {
		t.Fatalf("start Chromium: %v", err)
	}
	b := &browser{t: t, ctx: ctx, url: server.URL, dir: dir}
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	return b
}

// do runs steps, for a minute at most.
func (b *browser) do(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, time.Minute)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		b.t.Fatal(err)
	}
}

// ask runs one action, for a minute at most, and returns what it found.
func ask[T any](b *browser, a chromedp.Action[T]) T {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, time.Minute)
	defer cancel()
	v, err := chromedp.Run(ctx, a)
	if err != nil {
		b.t.Fatal(err)
	}
	return v
}

// width sets the width of the window in CSS pixels; its height is that of a
// small telephone.
func (b *browser) width(px int64) {
	b.t.Helper()
	b.do(chromedp.EmulateViewport(px, 568))
}

func (b *browser) open(path string) {
	b.t.Helper()
	b.do(chromedp.Navigate(b.url + path))
}

// follow does what leads to another page, and waits for it.
func (b *browser) follow(steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, time.Minute)
	defer cancel()
	r, err := chromedp.RunResponse(ctx, steps...)
	if err != nil {
		b.t.Fatal(err)
	}
	if r.Status != http.StatusOK {
		b.t.Fatalf("%s: got %d, want 200", r.URL, r.Status)
	}
}

// bottom is how far down on the page an element ends, in CSS pixels.
func (b *browser) bottom(selector chromedp.CSS) float64 {
	b.t.Helper()
	box := ask(b, chromedp.Dimensions(selector))
	return box.Border[5]
}

// media shows the page as on a screen or as on paper.
func (b *browser) media(kind string) {
	b.t.Helper()
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: kind}); err != nil {
		b.t.Fatal(err)
	}
}

// fits fails where the page is wider than the window.
func (b *browser) fits(px int64) {
	b.t.Helper()
	if wide := ask(b, chromedp.Evaluate[int64](`document.documentElement.scrollWidth`)); wide > px {
		who := ask(b, chromedp.Evaluate[string](`[...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 0.5)
			.slice(0, 5).map(e => e.outerHTML.slice(0, 120)).join("\n")`))
		b.t.Errorf("got a page %d px wide in a window of %d px; too wide:\n%s", wide, px, who)
	}
}

// picture keeps a picture of the whole page.
func (b *browser) picture(name string) {
	b.t.Helper()
	if err := os.WriteFile(filepath.Join(b.dir, name+".png"), ask(b, chromedp.FullScreenshot(100)), 0o644); err != nil {
		b.t.Fatal(err)
	}
}

func TestAParentFindsAnInstitutionInAMinute(t *testing.T) {
	s := newShop(t).demonstration()
	b := openBrowser(t, s)
	for _, px := range []int64{320, 1280} {
		size := "-" + strconv.FormatInt(px, 10)
		b.width(px)

		b.open("/")
		b.fits(px)
		b.picture("home" + size)

		b.follow(chromedp.SendKeys(chromedp.ID("q"), "花腰\r"))
		if got := ask(b, chromedp.Title()); got != "查询“花腰” - 校外培训机构名录" {
			t.Errorf("got the title %q, want that of the search", got)
		}
		b.fits(px)
		b.picture("search" + size)

		b.follow(chromedp.Click(chromedp.CSS(".results h3 a")))
		if got := ask(b, chromedp.TextContent(chromedp.CSS("h1"))); got != "新平县花腰文化艺术培训中心（示例）" {
			t.Errorf("got the heading %q, want the institution", got)
		}
		if got := ask(b, chromedp.TextContent(chromedp.CSS(".advice"))); !strings.HasPrefix(got, "主管部门已把它列入白名单，可以报名") {
			t.Errorf("got the advice %q", got)
		}
		if y := b.bottom(".advice"); y > 568 {
			t.Errorf("got the advice down to %.0f px at %d px, want it on the first screen", y, px)
		}
		b.fits(px)
		b.picture("institution" + size)

		b.follow(chromedp.Click(chromedp.CSS("a[href$='/history']")))
		b.fits(px)
		b.picture("history" + size)
	}
}

func TestNoPageIsWiderThanATelephone(t *testing.T) {
	s := newShop(t).demonstration()
	s.do(xinping, "institution.register", "long", "2022-01-01", body{
		"names": []string{strings.Repeat("Longname", 30)}, "kind": "institution", "mode": "offline", "address": strings.Repeat("0123456789", 20), "class": "subject", "audiences": compulsory})
	s.level()
	black := s.first("/lists/black")
	gone := s.first("/lists/deregistered")
	b := openBrowser(t, s)
	for _, px := range []int64{320, 1280} {
		b.width(px)
		for name, target := range map[string]string{
			"white": "/lists/white", "black": "/lists/black", "deregistered": "/lists/deregistered", "region": "/regions/530427", "province": "/regions/530000",
			"no-baseline": "/regions/500109", "regions": "/regions", "filters": "/search?standing=white", "nothing": "/search?q=zzzz", "person": black, "gone": gone,
			"gone-history": gone + "/history", "long": "/institutions/" + s.ids["long"], "past": gone + "?as_of=2020-01-01", "planned": gone + "?as_of=2027-05-01",
			"unknown": "/nothing", "refused": "/?as_of=2021-02-30",
		} {
			b.open(target)
			b.fits(px)
			b.picture(name + "-" + strconv.FormatInt(px, 10))
		}
	}
}

// paper is the width of A4 upright within margins of 15 mm, in CSS pixels.
const paper = 680

func TestPagesFitOnPaper(t *testing.T) {
	s := newShop(t).demonstration()
	b := openBrowser(t, s)
	b.width(paper)
	b.media("print")
	for name, target := range map[string]string{
		"white": "/lists/white", "black": "/lists/black", "region": "/regions/530427", "institution": s.first("/lists/white"), "home": "/",
	} {
		b.open(target)
		b.fits(paper)
		b.picture("print-" + name)
		pdf := ask(b, chromedp.PrintToPDF())
		if !bytes.HasPrefix(pdf, []byte("%PDF")) {
			t.Errorf("%s: got no document", target)
		}
	}
}

// first is the address of the first institution of a list.
func (s *shop) first(list string) string {
	s.t.Helper()
	for _, link := range s.page(list).all("a") {
		if href := attr(link, "href"); strings.HasPrefix(href, "/institutions/") {
			return href
		}
	}
	s.t.Fatalf("%s: got nobody", list)
	return ""
}
