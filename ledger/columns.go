package ledger

import (
	"slices"
	"strings"

	"minglu/domain"
	"minglu/domain/ident"
	"minglu/domain/term"
)

// A field is what a column of a ledger holds.
type field string

// The fields, named as the template heads them.
const (
	fDivision   field = "区划代码"
	fName       field = "机构名称"
	fOtherNames field = "其他名称"
	fUSCC       field = "统一社会信用代码"
	fKind       field = "对象种类"
	fMode       field = "培训方式"
	fClass      field = "类别"
	fCategory   field = "非学科类别"
	fAudiences  field = "培训对象"
	fAddress    field = "地址"
	fOrganiser  field = "举办者"
	fPrincipal  field = "校长"
	fLicence    field = "办学许可证号"
	fPaper      field = "许可文件种类"
	fGranted    field = "发证日期"
	fFrom       field = "有效期起"
	fUntil      field = "有效期止"
	fTerm       field = "有效期"
	fForm       field = "登记形式"
	fRegNumber  field = "登记证号"
	fRegDate    field = "登记日期"
	fProfit     field = "营利性"
	fStatus     field = "状态"
	fStatusDate field = "状态日期"
	fRemark     field = "备注" // and whatever else is known and not taken
)

// A heading is one name of a column.
type heading struct {
	field field
	paper term.LicenceKind // that a number under this heading is of, where it says so
}

// headings are the names under which columns are known, in the form of
// headingKey.
var headings = func() map[string]heading {
	all := map[string]heading{}
	for f, names := range map[field]string{
		fDivision:   "区划代码 行政区划代码 行政区划 区划 区县代码 所属区划代码 地区代码",
		fName:       "机构名称 名称 单位名称 机构全称 学校名称 培训机构名称 校外培训机构名称 办学机构名称 机构 企业名称",
		fOtherNames: "其他名称 简称 别名 曾用名 机构简称",
		fUSCC:       "统一社会信用代码 社会信用代码 信用代码 统一代码 统一社会信用代码证号 组织机构代码证号 USCC",
		fKind:       "对象种类 机构种类 对象类型",
		fMode:       "培训方式 培训形式 线上线下 线上/线下 授课方式",
		fClass:      "类别 培训类别 机构类别 办学类别 机构类型 培训类型 学科类别 学科/非学科 类型 学科类/非学科类",
		fCategory:   "非学科类别 非学科类型 非学科类 细分类别 培训项目类别 非学科分类",
		fAudiences:  "培训对象 招生对象 面向对象 学段 培训学段 服务对象 对象 办学层次",
		fAddress:    "地址 机构地址 办学地址 办学地点 详细地址 培训地址 住所 经营场所 注册地址 所在地址",
		fOrganiser:  "举办者 举办人 举办单位",
		fPrincipal:  "校长 负责人 校长姓名 机构负责人 行政负责人",
		fLicence:    "办学许可证号 办学许可证编号 许可证号 许可证编号 办学许可证号码 办学许可证 办证号 民办学校办学许可证号 许可证号码",
		fPaper:      "许可文件种类 许可证种类 证件种类 证件类型",
		fGranted:    "发证日期 发证时间 许可日期 批准日期 审批日期 颁证日期 许可证发证日期 批准时间 审批时间 办学许可证发证日期 成立日期 设立日期",
		fFrom:       "有效期起 有效期自 有效期始 有效期开始 有效期开始日期 有效期起始 有效期起始日期 起始日期 许可证有效期起 有效期从 有效期限起 开始日期",
		fUntil:      "有效期止 有效期至 有效期结束 有效期截止 有效期截止日期 截止日期 有效期终止 许可证有效期止 许可证有效期至 到期日期 到期时间 有效期到 有效期限止 有效期限至 结束日期",
		fTerm:       "有效期 有效期限 许可证有效期 许可有效期 办学许可证有效期 许可期限",
		fForm:       "登记形式 法人类型 法人登记形式 登记类型 法人属性 证照类型 登记性质",
		fRegNumber:  "登记证号 登记证书号 营业执照号 营业执照注册号 登记号 执照号 民非登记证号 民非证号 证照号 登记证照号 营业执照编号 法人登记证号",
		fRegDate:    "登记日期 注册日期 法人登记日期 执照日期 登记时间 注册时间",
		fProfit:     "营利性 是否营利 营利性质 营利/非营利 办学性质 营利性/非营利性 营利属性 是否营利性",
		fStatus:     "状态 办学状态 机构状态 许可状态 许可证状态 当前状态 经营状态 办学情况",
		fStatusDate: "状态日期 注销日期 吊销日期 终止日期 状态变更日期 注销时间 吊销时间 撤销日期 停办日期 暂停日期",
		fRemark:     "备注 序号 说明 编号 法定代表人 法人代表 法人 联系人 联系电话 电话 联系方式 手机 乡镇 街道 所属街道 所属乡镇 面积 教师人数 学员人数 审批机关 发证机关 主管部门 邮箱",
	} {
		for name := range strings.FieldsSeq(names) {
			all[headingKey(name)] = heading{field: f}
		}
	}
	for name, paper := range map[string]term.LicenceKind{
		"办学许可证号 办学许可证编号 办学许可证号码 办学许可证 民办学校办学许可证号": term.SchoolLicence,
		"培训许可证号 培训许可证编号 培训许可证":                    term.TrainingPermit,
		"审核意见书编号 审核意见书号 审核意见书文号 审核意见编号":           term.ReviewOpinion,
		"设立审核表编号 设立审核表号 设立审核表":                    term.EstablishmentForm,
	} {
		for name := range strings.FieldsSeq(name) {
			all[headingKey(name)] = heading{field: fLicence, paper: paper}
		}
	}
	return all
}()

// headingKey is the form by which headings are compared: without spaces, marks
// of what is required, and what stands in brackets.
func headingKey(s string) string {
	s = ident.NormaliseName(s)
	for {
		i := strings.IndexByte(s, '(')
		j := strings.IndexByte(s, ')')
		if i < 0 || j < i {
			break
		}
		s = s[:i] + s[j+1:]
	}
	return strings.ToUpper(strings.Trim(s, "*:：、"))
}

// column is one column that is read.
type column struct {
	heading
	at    int
	title string // as it was typed
}

// columns are those of one sheet.
type columns struct {
	list    []column
	ignored []string // headings that nobody knows
	width   int
}

// of returns the columns of a field.
func (c *columns) of(f field) []column {
	return slices.DeleteFunc(slices.Clone(c.list), func(k column) bool { return k.field != f })
}

// headingRows is how many rows may stand above the headings.
const headingRows = 30

// findColumns finds the row with the headings and returns the columns and what
// lies below. ok is false where there is none: a sheet of something else.
func findColumns(s sheet) (_ *columns, below []line, ok bool, err error) {
	for i, l := range s.rows[:min(len(s.rows), headingRows)] {
		c := readHeadings(l)
		if len(c.of(fName)) == 0 || len(c.list) < 2 || l.across {
			continue
		}
		return c, s.rows[i+1:], true, c.once()
	}
	return nil, nil, false, nil
}

func readHeadings(l line) *columns {
	c := &columns{width: len(l.cells)}
	for i, cell := range l.cells {
		if cell.blank() {
			continue
		}
		h, known := headings[headingKey(cell.text)]
		switch {
		case !known:
			c.ignored = append(c.ignored, cell.text)
		default:
			c.list = append(c.list, column{heading: h, at: i, title: cell.text})
		}
	}
	return c
}

// once refuses two columns for one thing; numbers of different papers may stand
// in several.
func (c *columns) once() error {
	seen := map[heading]string{}
	for _, k := range c.list {
		if before, ok := seen[k.heading]; ok && k.field != fRemark && k.field != fOtherNames {
			return problem(domain.Invalid, "two_columns", "“%s”和“%s”两列说的是同一项", "the columns %q and %q are for the same thing", before, k.title)
		}
		seen[k.heading] = k.title
	}
	return nil
}

// repeats reports whether a row is the headings once more, as printed ledgers
// have them on every page.
func (c *columns) repeats(l line) bool {
	same := 0
	for _, k := range c.list {
		if k.at < len(l.cells) && l.cells[k.at].text == k.title {
			same++
		}
	}
	return same >= 2 && same == l.filled()
}
