package register

import (
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"minglu/domain"
	"minglu/domain/ident"
	"minglu/domain/rule"
)

// warnings points at free text in which there seem to be numbers of persons. body
// is a command as facts will hold it, its personal values sealed.
func warnings(body []byte) []domain.Field {
	if len(ident.Detect(string(body))) == 0 {
		return nil // as nearly always; nothing is taken apart for it
	}
	var v any
	if json.Unmarshal(body, &v) != nil {
		return nil
	}
	return warnIn("/body", v)
}

func warnIn(pointer string, v any) (out []domain.Field) {
	switch v := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			out = append(out, warnIn(pointer+"/"+escape(name), v[name])...)
		}
	case []any:
		for i := range v {
			out = append(out, warnIn(pointer+"/"+strconv.Itoa(i), v[i])...)
		}
	case string:
		if !strings.ContainsFunc(v, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			return nil // a member that is a number, such as that of a hotline, is what it says
		}
		for _, f := range ident.Detect(v) {
			out = append(out, domain.Field{Pointer: pointer, Code: rule.FreeText.ID + "-" + strings.ReplaceAll(string(f.Kind), "_", "-"), Message: warningOf(f.Kind)})
		}
	}
	return out
}

func warningOf(k ident.FindingKind) domain.Text {
	words := map[ident.FindingKind]domain.Text{
		ident.MobileNumber: {ZH: "手机号码", EN: "a mobile number"}, ident.LandlineNumber: {ZH: "固定电话号码", EN: "a telephone number"},
		ident.IdentityCard: {ZH: "居民身份证号码", EN: "an identity-card number"}, ident.BankCard: {ZH: "银行卡号", EN: "a bank-card number"},
	}
	return domain.Say("文字中似有%s，会原样入册；请作废后改写，或核对确无个人信息", "the text seems to hold %[2]s, which the log keeps as it is; annul and rewrite it, or check that it is of nobody",
		words[k].ZH, words[k].EN)
}
