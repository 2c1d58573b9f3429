package ledger

import (
	"slices"
	"strings"

	"minglu/domain"
	"minglu/domain/ident"
	"minglu/domain/term"
)

// words are what people type for a code, in the form of wordKey.
type words[T comparable] struct {
	known  map[string]T
	accept string // what to write instead, for the refusal
}

func newWords[T comparable](accept string, lists map[T]string) words[T] {
	w := words[T]{known: map[string]T{}, accept: accept}
	for code, list := range lists {
		for word := range strings.FieldsSeq(list) {
			w.known[wordKey(word)] = code
		}
	}
	return w
}

// wordKey is the form by which words are compared.
func wordKey(s string) string {
	return strings.ToUpper(strings.Trim(ident.NormaliseName(s), "。.,，、;；"))
}

func (w words[T]) read(text string) (T, error) {
	if code, ok := w.known[wordKey(text)]; ok {
		return code, nil
	}
	var none T
	return none, problem(domain.Invalid, "unknown_word", "“%s”不能确定含义，请填写：%s", "%q may mean several things or none; write one of %s", clip(text), w.accept)
}

// readAll reads several words, parted by marks.
func (w words[T]) readAll(text string) ([]T, error) {
	var out []T
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune("、,，;；/|和及与 +＋", r) }) {
		code, err := w.read(part)
		if err != nil {
			return nil, err
		}
		if !slices.Contains(out, code) {
			out = append(out, code)
		}
	}
	return out, nil
}

var (
	classWords = newWords("学科类、非学科类", map[term.Class]string{
		term.Subject:    "学科 学科类 K9 K9学科类 K9学科 K12 学科培训 文化学科 学科类培训 文化课 subject",
		term.NonSubject: "非学科 非学科类 非学科培训 非学科类培训 素质类 素质教育 素质教育类 non_subject",
	})
	categoryWords = newWords("体育类、文化艺术类、科技类、其他", map[term.Category]string{
		term.Sports:            "体育 体育类 运动 体育培训 体育运动 体育运动类 sports",
		term.CultureArts:       "艺术 文化艺术 文化艺术类 艺术类 文艺 美术 音乐 舞蹈 书法 音乐类 美术类 舞蹈类 文化艺术培训 culture_arts",
		term.ScienceTechnology: "科技 科技类 科学技术 科学技术类 编程 科普 信息技术 机器人 科技创新 science_technology",
		term.OtherCategory:     "其他 其它 其他类 其它类 综合 综合类 other",
	})
	audienceWords = newWords("学龄前、义务教育、高中", map[term.Audience]string{
		term.Preschool:  "学龄前 学龄前儿童 学前 幼儿 幼儿园 学前儿童 学前教育 3-6岁 3至6岁 preschool",
		term.Compulsory: "义务教育 义务教育阶段 小学 初中 K9 小学生 初中生 小学阶段 初中阶段 义教 九年义务教育 compulsory",
		term.SeniorHigh: "高中 普通高中 高中生 普高 高中阶段 普通高中阶段 senior_high",
	})
	modeWords = newWords("线下、线上", map[term.Mode]string{
		term.Offline: "线下 面授 线下培训 offline", term.Online: "线上 网络 在线 线上培训 online",
	})
	kindWords = newWords("机构、分支机构、教学点、自然人、场所", map[term.Kind]string{
		term.Institution: "机构 培训机构 法人 institution", term.Branch: "分支机构 分校 分公司 branch", term.TeachingPoint: "教学点 校区 teaching_point",
		term.NaturalPerson: "自然人 个人 natural_person", term.Premises: "场所 培训点 premises",
	})
	paperWords = newWords("办学许可证、培训许可证、审核意见书、设立审核表", map[term.LicenceKind]string{
		term.SchoolLicence: "办学许可证 民办学校办学许可证 school_licence", term.TrainingPermit: "培训许可证 training_permit",
		term.ReviewOpinion: "审核意见书 审核意见 review_opinion", term.EstablishmentForm: "设立审核表 establishment_form",
	})
	formWords = newWords("公司、民办非企业单位、个体工商户", map[term.LegalForm]string{
		term.Company:              "公司 有限公司 有限责任公司 企业 企业法人 营业执照 公司(营业执照) 股份公司 company",
		term.PrivateNonEnterprise: "民办非企业单位 民非 民办非企业 民非企业 民办非企业单位登记证书 社会服务机构 private_non_enterprise",
		term.Individual:           "个体工商户 个体 个体户 individual",
	})
	profitWords = newWords("营利、非营利", map[bool]string{
		true: "营利 营利性 是 盈利 盈利性 营利性机构", false: "非营利 非营利性 否 非盈利 非盈利性 不营利 非营利性机构",
	})
	statusWords = newWords("正常、注销、吊销、撤销、撤回、缴回、期满未延续、暂停", map[term.LicenceState]string{
		term.LicenceValid:       "正常 在办 有效 正常办学 营业 存续 正常营业 在营 开业 办学中 已审批 存续(在营) operating",
		term.LicenceCancelled:   "注销 已注销 注销登记 cancelled",
		term.LicenceRevoked:     "吊销 已吊销 revoked",
		term.LicenceAnnulled:    "撤销 已撤销 annulled",
		term.LicenceWithdrawn:   "撤回 已撤回 withdrawn",
		term.LicenceSurrendered: "缴回 已缴回 交回 surrendered",
		term.LicenceExpired:     "期满未延续 过期 到期 已过期 已到期 有效期届满未延续 失效 expired",
		term.LicenceSuspended:   "暂停 已暂停 暂停办学 停业整顿 暂停营业 suspended",
	})
)

// nothing are what people type into a cell that has no value.
var nothing = []string{"无", "/", "\\", "-", "--", "—", "——", "暂无", "N/A", "NA", "空", "未知", "不详"}

func isNothing(text string) bool { return slices.Contains(nothing, text) }
