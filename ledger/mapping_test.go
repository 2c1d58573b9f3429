package ledger_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"minglu/domain"
	"minglu/ledger"
)

// icbcMapping is a mapping in which every member is filled that may be beside the
// others.
const icbcMapping = `{"bank":"icbc","columns":{"date":"交易日期","time":"交易时间","serial":"流水号","in":"收入","out":"支出","balance":"余额","summary":"摘要","reference":"附言"},
 "date_layout":"2006-01-02","sign":"in_out","kinds":{"预收费":"order","结息":"interest"},"reference_pattern":"(XP[0-9]{6})","encoding":"utf-8","skip_rows":1,
 "account":{"tail":"1234"}}`

// changed is a text in which each old part is replaced by the new one behind it.
func changed(text string, oldnew ...string) string {
	return strings.NewReplacer(oldnew...).Replace(text)
}

func mapping(t *testing.T, text string) ledger.BankMapping {
	t.Helper()
	m, err := ledger.ReadBankMapping(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestAMappingIsRead(t *testing.T) {
	m := mapping(t, icbcMapping)
	if m.Bank != "icbc" || m.Columns.In != "收入" || m.Sign != ledger.InAndOut || m.Kinds["结息"] != "interest" || m.SkipRows != 1 || m.Account.Tail != "1234" {
		t.Errorf("got %+v", m)
	}
	mapping(t, `{"bank":"ccb","columns":{"date":"日期","serial":"凭证号","amount":"金额"},"date_layout":"20060102","sign":"signed"}`)
	mapping(t, `{"bank":"ccb","columns":{"date":"日期","serial":"凭证号","amount":"金额"},"date_layout":"2006/1/2","sign":"flag","flag":{"column":"借贷","in":"贷","out":"借"}}`)
}

func TestMappingsThatCannotBe(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string // pointers
	}{
		"no JSON":                     {"{", []string{""}},
		"a member nobody knows":       {changed(icbcMapping, `"bank"`, `"banks"`), []string{"/bank", "/banks"}},
		"a kind nobody knows":         {changed(icbcMapping, `"interest"`, `"gift"`), []string{"/kinds/结息"}},
		"two banks and a wrong tail":  {changed(icbcMapping, `"icbc"`, `"ICBC"`, `"1234"`, `"12"`), []string{"/bank", "/account/tail"}},
		"no columns":                  {changed(icbcMapping, `"交易日期"`, `""`, `"流水号"`, `""`, `"收入"`, `""`), []string{"/columns/date", "/columns/serial", "/columns/in"}},
		"one column for both ways":    {changed(icbcMapping, `"支出"`, `"收入"`), []string{"/columns/out"}},
		"a layout nobody knows":       {changed(icbcMapping, `"2006-01-02"`, `"YYYY-MM-DD"`), []string{"/date_layout"}},
		"a sign nobody knows":         {changed(icbcMapping, `"in_out"`, `"both"`), []string{"/sign"}},
		"columns of another sign":     {changed(icbcMapping, `"in_out"`, `"signed"`), []string{"/columns/amount", "/columns/in", "/columns/out"}},
		"a flag without its column":   {changed(icbcMapping, `"in_out"`, `"flag"`, `"in":"收入","out":"支出"`, `"amount":"金额"`), []string{"/flag"}},
		"a flag of one word":          {changed(icbcMapping, `"sign":"in_out"`, `"sign":"flag","flag":{"column":"借贷","in":"贷","out":"贷"}`, `"in":"收入","out":"支出"`, `"amount":"金额"`), []string{"/flag/out"}},
		"a flag that is not used":     {changed(icbcMapping, `"sign":"in_out"`, `"sign":"in_out","flag":{"column":"借贷","in":"贷","out":"借"}`), []string{"/flag"}},
		"no pattern of the reference": {changed(icbcMapping, `"(XP[0-9]{6})"`, `""`), []string{"/reference_pattern"}},
		"a broken pattern":            {changed(icbcMapping, `(XP`, `((XP`), []string{"/reference_pattern"}},
		"a pattern without a group":   {changed(icbcMapping, `"(XP[0-9]{6})"`, `"XP"`), []string{"/reference_pattern"}},
		"a pattern without a column":  {changed(icbcMapping, `,"summary":"摘要","reference":"附言"`, ``), []string{"/columns/summary", "/columns/reference"}},
		"another encoding":            {changed(icbcMapping, `"utf-8"`, `"big5"`), []string{"/encoding"}},
		"rows below zero":             {changed(icbcMapping, `"skip_rows":1`, `"skip_rows":-1`), []string{"/skip_rows"}},
		"an account of nothing":       {changed(icbcMapping, `"tail":"1234"`, ``), []string{"/account"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ledger.ReadBankMapping(strings.NewReader(c.text))
			e, ok := errors.AsType[*domain.Error](err)
			if !ok {
				t.Fatalf("got %v, want a refusal", err)
			}
			var got []string
			for _, f := range e.Fields {
				if got = append(got, f.Pointer); f.Message.ZH == "" || f.Message.EN == "" {
					t.Errorf("%s is not told in both languages", f.Pointer)
				}
			}
			if slices.Sort(got); !slices.Equal(got, slices.Sorted(slices.Values(c.want))) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
