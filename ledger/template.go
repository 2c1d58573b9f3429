package ledger

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"minglu/domain/ident"
)

// The sheets of the template beside that for the data.
const (
	guideSheet   = "填写说明"
	exampleSheet = "示例"
	dataSheet    = "台账"
)

// templateColumn is one column of the template.
type templateColumn struct {
	field    field
	width    float64
	text     bool // codes and numbers, which a spreadsheet would spoil
	date     bool
	list     []string // to choose from
	needed   string   // when it is to be filled
	note     string
	examples [3]string
}

var templateColumns = []templateColumn{
	{field: fName, width: 32, needed: "必填", note: "登记的全称", examples: [3]string{"示例县星桥培训学校（示例）", "示例县云杉体育培训中心（示例）", "示例县竹溪艺术培训中心（示例）"}},
	{field: fUSCC, width: 24, text: true, note: "18 位；校验码不符的行会被拒", examples: [3]string{exampleCode("91", 1), exampleCode("91", 2), exampleCode("52", 3)}},
	{field: fClass, width: 12, list: []string{"学科类", "非学科类"}, needed: "必填", note: "学科类（K9）或非学科类", examples: [3]string{"学科类", "非学科类", "非学科类"}},
	{field: fCategory, width: 14, list: []string{"体育类", "文化艺术类", "科技类", "其他"}, note: "非学科类填写；几类用顿号分开", examples: [3]string{"", "体育类", "文化艺术类"}},
	{field: fAudiences, width: 18, needed: "必填", note: "学龄前、义务教育、高中；几个用顿号分开。“中小学”含义不明，不采用", examples: [3]string{"义务教育", "义务教育、高中", "学龄前、义务教育"}},
	{field: fMode, width: 10, list: []string{"线下", "线上"}, note: "不填为线下", examples: [3]string{"线下", "线下", "线下"}},
	{field: fAddress, width: 30, note: "办学地址", examples: [3]string{"示例路1号", "示例路2号", "示例路3号"}},
	{field: fLicence, width: 26, text: true, note: "没有许可证的不填", examples: [3]string{"教民153042779000001号", "教民153042779000002号", "教民153042779000003号"}},
	{field: fPaper, width: 14, list: []string{"办学许可证", "培训许可证", "审核意见书", "设立审核表"}, note: "不填为办学许可证", examples: [3]string{"办学许可证", "办学许可证", "办学许可证"}},
	{field: fGranted, width: 13, date: true, needed: "有许可证的必填", note: "年月日都要写；缺损的日期不作推测", examples: [3]string{"2019-03-01", "2020-05-06", "2021-09-01"}},
	{field: fFrom, width: 13, date: true, note: "不填为发证日期", examples: [3]string{"2019-03-01", "2020-05-06", "2021-09-01"}},
	{field: fUntil, width: 13, date: true, needed: "有许可证的必填", note: "有效的最后一天", examples: [3]string{"2024-02-29", "2030-05-05", "2031-08-31"}},
	{field: fForm, width: 16, list: []string{"公司", "民办非企业单位", "个体工商户"}, note: "没有法人登记的不填", examples: [3]string{"公司", "公司", "民办非企业单位"}},
	{field: fRegNumber, width: 24, text: true, note: "不填时用统一社会信用代码", examples: [3]string{"", "", "示例民证字第3号"}},
	{field: fRegDate, width: 13, date: true, note: "不填时用发证日期", examples: [3]string{"2019-03-20", "2020-06-01", "2021-09-20"}},
	{field: fProfit, width: 10, list: []string{"营利", "非营利"}, note: "民办非企业单位为非营利", examples: [3]string{"营利", "营利", "非营利"}},
	{field: fStatus, width: 12, list: []string{"正常", "注销", "吊销", "撤销", "撤回", "缴回", "期满未延续", "暂停"}, note: "不填为正常；注销的原因按“来源未写明”记", examples: [3]string{"注销", "正常", "正常"}},
	{field: fStatusDate, width: 13, date: true, needed: "状态不是正常的必填", note: "或在导入时用 --as-of 指定台账截止日", examples: [3]string{"2021-12-31", "", ""}},
	{field: fDivision, width: 12, text: true, note: "6 位；不填时用 --division", examples: [3]string{"530427", "530427", "530427"}},
	{field: fRemark, width: 20, note: "不导入", examples: [3]string{"演示数据", "演示数据", "演示数据"}},
}

// templateRows is how many rows below the headings have formats and lists.
const templateRows = 2000

func exampleCode(prefix string, serial int) string {
	return string(ident.SyntheticUSCC(prefix, "530427", 9_000_000+serial))
}

// WriteTemplate writes a workbook to fill in: a sheet with the headings, with
// lists to choose from, one that explains each column, and one with examples.
func WriteTemplate(w io.Writer) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.SetSheetName("Sheet1", dataSheet); err != nil {
		return err
	}
	t := template{file: f}
	if err := t.styles(); err != nil {
		return err
	}
	if err := t.data(dataSheet, 0); err != nil {
		return err
	}
	if err := t.guide(); err != nil {
		return err
	}
	if _, err := f.NewSheet(exampleSheet); err != nil {
		return err
	}
	if err := t.data(exampleSheet, len(templateColumns[0].examples)); err != nil {
		return err
	}
	_, err = f.WriteTo(w)
	return err
}

type template struct {
	file                        *excelize.File
	head, needed, text, dateFmt int
}

func (t *template) styles() (err error) {
	border := []excelize.Border{{Type: "bottom", Color: "808080", Style: 1}}
	style := func(fill string, format *string, bold bool) int {
		s := &excelize.Style{CustomNumFmt: format, Alignment: &excelize.Alignment{Vertical: "center"}}
		if bold {
			s.Font, s.Border = &excelize.Font{Bold: true}, border
			s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}
		}
		id, e := t.file.NewStyle(s)
		err = errors.Join(err, e)
		return id
	}
	asText, asDate := "@", "yyyy-mm-dd"
	t.head, t.needed = style("E7E6E6", nil, true), style("FFE699", nil, true)
	t.text, t.dateFmt = style("", &asText, false), style("", &asDate, false)
	return err
}

// data writes a sheet with the headings and so many examples.
func (t *template) data(sheet string, examples int) error {
	for i, c := range templateColumns {
		letter, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		head := t.head
		if c.needed == "必填" {
			head = t.needed
		}
		cells := fmt.Sprintf("%s2:%s%d", letter, letter, templateRows+1)
		err = errors.Join(
			t.file.SetColWidth(sheet, letter, letter, c.width),
			t.file.SetCellValue(sheet, letter+"1", string(c.field)),
			t.format(sheet, letter, c),
			t.file.SetCellStyle(sheet, letter+"1", letter+"1", head),
			t.choose(sheet, cells, c),
		)
		for n := range examples {
			err = errors.Join(err, t.file.SetCellValue(sheet, fmt.Sprintf("%s%d", letter, n+2), c.examples[n]))
		}
		if err != nil {
			return err
		}
	}
	return t.file.SetPanes(sheet, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"})
}

func (t *template) format(sheet, letter string, c templateColumn) error {
	switch {
	case c.text:
		return t.file.SetColStyle(sheet, letter, t.text)
	case c.date:
		return t.file.SetColStyle(sheet, letter, t.dateFmt)
	}
	return nil
}

// choose lets cells be chosen from a list. Categories may be several, so that
// other values are warned of only.
func (t *template) choose(sheet, cells string, c templateColumn) error {
	if c.list == nil {
		return nil
	}
	dv := excelize.NewDataValidation(true)
	dv.Sqref = cells
	if err := dv.SetDropList(c.list); err != nil {
		return err
	}
	style := excelize.DataValidationErrorStyleStop
	if c.field == fCategory {
		style = excelize.DataValidationErrorStyleWarning
	}
	dv.SetError(style, string(c.field), "请从列表中选择："+strings.Join(c.list, "、"))
	return t.file.AddDataValidation(sheet, dv)
}

func (t *template) guide() error {
	if _, err := t.file.NewSheet(guideSheet); err != nil {
		return err
	}
	rows := [][]any{{"列名", "是否必填", "可填内容", "说明"}}
	for _, c := range templateColumns {
		rows = append(rows, []any{string(c.field), c.needed, strings.Join(c.list, "、"), c.note})
	}
	rows = append(rows, nil,
		[]any{"列的顺序可以改变，表头之上可以有标题行，空行和合并的标题行会跳过；不认识的列不导入，并在导入时列出。"},
		[]any{"日期可写成 2021-07-07、2021/7/7、2021年7月7日、20210707；缺年、缺日或印刷缺损的日期会被拒，不作推测。"},
		[]any{"每行要么全部办理，要么全部不办理；再次导入同一行不会重复办理。"})
	for i, r := range rows {
		if err := t.file.SetSheetRow(guideSheet, fmt.Sprintf("A%d", i+1), &r); err != nil {
			return err
		}
	}
	return errors.Join(
		t.file.SetCellStyle(guideSheet, "A1", "D1", t.head),
		t.file.SetColWidth(guideSheet, "A", "B", 20), t.file.SetColWidth(guideSheet, "C", "D", 56))
}
