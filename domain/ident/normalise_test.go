package ident_test

import (
	"testing"

	"minglu/domain/ident"
)

func TestNamesThatPrintAlikeCompareAlike(t *testing.T) {
	for s, want := range map[string]string{
		"新平县启明培训学校（有限公司）":             "新平县启明培训学校(有限公司)",
		" 新平县 启明\u3000培训学校\t(有限公司)\n": "新平县启明培训学校(有限公司)",
		"ＡＢＣ英语１２３":                    "ABC英语123",
		"Abc 英语":                      "Abc英语",
		"\ufeff启明\u200b学校\u00a0":      "启明学校",
		"":                            "",
	} {
		if got := ident.NormaliseName(s); got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
	}
}

func TestDocumentNumbersHaveOneKindOfBracket(t *testing.T) {
	for s, want := range map[string]string{
		"怀政办发〔2022〕64号":      "怀政办发〔2022〕64号",
		"怀政办发[2022]64号":      "怀政办发〔2022〕64号",
		"怀政办发［２０２２］６４号":      "怀政办发〔2022〕64号",
		"怀政办发【2022】 64 号":    "怀政办发〔2022〕64号",
		"怀政办发﹝2022﹞64号":      "怀政办发〔2022〕64号",
		"怀政办发〖2022〗64号":      "怀政办发〔2022〕64号",
		"怀政办发（2022）64号":      "怀政办发〔2022〕64号",
		"怀政办发(2022)64号(试行)":  "怀政办发〔2022〕64号(试行)",
		"怀政办发202264号":        "怀政办发202264号",
		"((2022)(":           "(〔2022〕(",
		"(2022":              "(2022",
		"(22)5号":             "(22)5号",
		"新教罚〔2026〕12号\u200b": "新教罚〔2026〕12号",
	} {
		got := ident.NormaliseDocNo(s)
		if got != want {
			t.Errorf("%q: got %q, want %q", s, got, want)
		}
		if again := ident.NormaliseDocNo(got); again != got {
			t.Errorf("%q: got %q, want it unchanged", got, again)
		}
	}
}

func FuzzNormaliseName(f *testing.F) {
	for _, s := range []string{"新平县启明培训学校（有限公司）", " ＡＢＣ\u3000", "\xff", "\u200b"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := ident.NormaliseName(s)
		if again := ident.NormaliseName(once); again != once {
			t.Fatalf("got %q, want %q", again, once)
		}
	})
}

func FuzzNormaliseDocNo(f *testing.F) {
	for _, s := range []string{"怀政办发〔2022〕64号", "怀政办发[2022]64号", "((2022)2022)", "(2022)", "\xff("} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := ident.NormaliseDocNo(s)
		if again := ident.NormaliseDocNo(once); again != once {
			t.Fatalf("got %q, want %q", again, once)
		}
	})
}
