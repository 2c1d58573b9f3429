package projections

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"minglu/domain"
	"minglu/domain/ident"
	"minglu/eventstore"
)

// Facts of the tests of the search view.
type (
	found struct {
		Name    string   `json:"name,omitempty"`
		Aliases []string `json:"aliases,omitempty"`
		USCC    string   `json:"uscc,omitempty"`
		Licence string   `json:"licence,omitempty"`
		In      string   `json:"in,omitempty"`
	}
	corrected struct{ domain.Correction }
	annulled  struct{ domain.Annulment }
)

func (found) EventName() string     { return "test.found" }
func (corrected) EventName() string { return "test.corrected" }
func (annulled) EventName() string  { return "test.annulled" }

var foundCodec = eventstore.NewCodec([]domain.EventType{
	domain.Current[found](1), domain.Current[corrected](1), domain.Current[annulled](1),
})

func extractFound(r eventstore.Record) (f SearchFact, ok bool) {
	e, ok := r.Event.(found)
	f = SearchFact{Name: e.Name, Aliases: e.Aliases, Division: e.In}
	if e.USCC != "" {
		f.Identifiers = append(f.Identifiers, SearchIdentifier{FieldUSCC, e.USCC})
	}
	if e.Licence != "" {
		f.Identifiers = append(f.Identifiers, SearchIdentifier{FieldLicence, e.Licence})
	}
	return f, ok
}

// instID returns the id of institution n; ids sort as numbers do.
func instID(n int) string {
	var b [16]byte
	b[2], b[3], b[4], b[5] = byte(n>>24), byte(n>>16), byte(n>>8), byte(n)
	return ident.NewID("institution", b)
}

// foundRecord is a fact about institution n, effective on a day of 2019.
func foundRecord(n, day int, e domain.Event) eventstore.Record {
	a := eventstore.Append{
		Meta: domain.Meta{
			CommandID: "0190163d-8694-739b-aea5-966c26f8ad91", Division: "530102",
			Effective: madeStart.AddDate(0, 0, day), Recorded: madeStart.AddDate(1, 0, day),
		},
		Writes: []eventstore.Write{{Stream: "530102.institution." + instID(n), Events: []domain.Event{e}}},
	}
	msgs, err := foundCodec.Messages(a)
	if err != nil {
		panic(err)
	}
	r, err := foundCodec.Decode(msgs[0])
	if err != nil {
		panic(err)
	}
	return r
}

func openSearch(t testing.TB, st *logStore) *Set {
	t.Helper()
	s := start(t, t.TempDir(), st, nil, NewSearch(foundCodec, extractFound))
	caughtUp(t, s)
	return s
}

var schools = []string{
	0: "昆明市五华区启航教育培训学校有限公司",
	1: "重庆长乐行知培训中心",
	2: "新平县桂山街道（小太阳）艺术培训部",
	3: "绿茵体育俱乐部",
	4: "ABC外语培训学校",
	5: "昆明市盘龙区扬帆教育咨询有限公司",
	6: "启航",
	7: "启航教育",
	8: "大理启航托管服务部",
	9: "女子舞蹈艺术中心",
}

func TestSearchFindsNamesHoweverTheyAreTyped(t *testing.T) {
	st := &logStore{}
	for n, name := range schools {
		st.put(foundRecord(n, n, found{Name: name}))
	}
	s := openSearch(t, st)
	for _, c := range []struct {
		q    string
		want []int
	}{
		{"昆明市五华区启航教育培训学校有限公司", []int{0}},
		{"启航", []int{6, 7, 8, 0}},
		{"启航教育", []int{7, 0}},
		{"航教", []int{7, 0}},
		{"qihang", []int{6, 7, 8, 0}},
		{"QiHang", []int{6, 7, 8, 0}},
		{"qi hang", []int{6, 7, 8, 0, 1}},
		{"qǐháng", []int{6, 7, 8, 0}},
		{"qi'hang", []int{6, 7, 8, 0}},
		{"qihangjy", []int{7, 0}},
		{"qhjy", []int{7, 0}},
		{"qhj", []int{7, 0}},
		{"qihangji", []int{7, 0}},
		{"qihangjiaoy", []int{7, 0}},
		{"qihangjiaoyu", []int{7, 0}},
		{"启hang", []int{6, 7, 8, 0}},
		{"q航", []int{6, 7, 8, 0}},
		{"启h教", []int{7, 0}},
		{"啟航", []int{6, 7, 8, 0}},
		{"啟航教育培訓學校", []int{0}},
		{"启 航 教 育", []int{7, 0}},
		{"昆明 启航", []int{0}},
		{"启航 kunming", []int{0}},
		{"kmswhq", []int{0}},
		{"km教育", nil},
		{"昆明", []int{5, 0}},
		{"重庆", []int{1}},
		{"chongqing", []int{1}},
		{"zhongqing", []int{1}},
		{"cq", []int{1}},
		{"zq", []int{1}},
		{"zhq", []int{1}},
		{"changle", []int{1}},
		{"zhangyue", []int{1}},
		{"changyue", []int{1}},
		{"clxz", []int{1}},
		{"zyhz", []int{1}},
		{"hangzhi", []int{1}},
		{"xingzhi", []int{1}},
		{"hengzhi", []int{1}},
		{"小太阳艺术", []int{2}},
		{"(小太阳)", []int{2}},
		{"（小太阳", []int{2}},
		{"【小太阳】", []int{2}},
		{"xiaotaiyang", []int{2}},
		{"xtyys", []int{2}},
		{"lvyin", []int{3}},
		{"luyin", []int{3}},
		{"lüyin", []int{3}},
		{"lǜyīn", []int{3}},
		{"nvzi", []int{9}},
		{"nuzi", []int{9}},
		{"abc", []int{4}},
		{"ＡＢＣ", []int{4}},
		{"abcwaiyu", []int{4}},
		{"bcwy", []int{4}},
		{"艺术", []int{9, 2}},
		{"q", []int{6, 7, 1, 8, 5, 0, 4}},
		{"没有这家", nil},
		{"", nil},
		{"（）", nil},
		{"  ", nil},
	} {
		res, err := s.Search(c.q, SearchOptions{})
		if err != nil {
			t.Fatal(err)
		}
		var got []int
		for _, h := range res.Hits {
			got = append(got, slices.Index(schools, h.Name))
		}
		if !slices.Equal(got, c.want) || res.Total != len(c.want) {
			t.Errorf("%q finds %v (%d), want %v", c.q, got, res.Total, c.want)
		}
	}
}

// nameOf makes a name as demonstration registers have them.
func nameOf(n int) string {
	cities := []string{"昆明市五华区", "昆明市盘龙区", "昆明市官渡区", "大理市", "玉溪市红塔区", "新平县", "曲靖市麒麟区", "重庆市渝中区", "长沙市岳麓区", "成都市锦江区", "杭州市西湖区"}
	brand := []rune("启航扬帆博学明德智慧星辰新蕾小太阳童心梦想未来金钥匙蓝天彩虹阳光雨露春晖师大优学思维乐知行远翰林文渊致远卓越育才英华晨曦格物求真尚品弘毅天行健君子书香墨语琴韵舞飞扬跃动方圆")
	trades := []string{"教育培训学校", "教育咨询", "艺术培训中心", "体育俱乐部", "外语培训学校", "文化艺术培训学校", "科技培训中心", "教育培训中心", "校外培训机构"}
	forms := []string{"有限公司", "有限责任公司", "", "", "五华分公司"}
	h := mix(uint64(n) + 1)
	b := ""
	for range 2 + h%3 {
		h = mix(h)
		b += string(brand[h%uint64(len(brand))])
	}
	pick := func(list []string) string {
		h = mix(h)
		return list[h%uint64(len(list))]
	}
	return pick(cities) + b + pick(trades) + pick(forms)
}

// BenchmarkSearch asks a register of 120,000 institutions.
func BenchmarkSearch(b *testing.B) {
	st := &logStore{}
	for n := range 120_000 {
		st.put(foundRecord(n, 0, found{
			Name: nameOf(n), USCC: fmt.Sprintf("9153%014d", mix(uint64(n))%1e14), Licence: fmt.Sprintf("教民1530%011d号", mix(uint64(n)+9)%1e11),
		}))
	}
	began := time.Now()
	s := openSearch(b, st)
	b.Logf("built at %.0f institutions/s", 120_000/time.Since(began).Seconds())
	for _, q := range []string{
		"启航", "qihang", "qhjy", "昆明市五华区启航教育培训学校有限公司", "启hang", "xiaotaiyang", "91530000", "770000", "教民15300001",
		"教育", "jy", "培训", "教育培训", "jiaoyupeixun", "y", "j", "q", "9", "有限公司", "昆明 教育", "kunmingshiwuhuaqu",
	} {
		b.Run(strings.ReplaceAll(q, " ", "+"), func(b *testing.B) {
			var total int
			var longest time.Duration
			for b.Loop() {
				began := time.Now()
				res, err := s.Search(q, SearchOptions{Limit: 20})
				if err != nil {
					b.Fatal(err)
				}
				longest = max(longest, time.Since(began))
				total = res.Total
			}
			b.ReportMetric(float64(total), "found")
			b.ReportMetric(float64(longest.Microseconds())/1000, "max-ms")
		})
	}
}
