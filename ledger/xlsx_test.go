package ledger_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"minglu/domain/ident"
	"minglu/ledger"
)

// workbook writes a workbook that fill makes.
func workbook(t *testing.T, fill func(f *excelize.File) error) string {
	t.Helper()
	f := excelize.NewFile()
	if err := fill(f); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := f.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func setRows(f *excelize.File, sheet string, rows ...[]any) error {
	var errs []error
	for i, r := range rows {
		at, err := excelize.CoordinatesToCellName(1, i+1)
		errs = append(errs, err, f.SetSheetRow(sheet, at, &r))
	}
	return errors.Join(errs...)
}

func TestAWorkbookIsReadAsItIsShown(t *testing.T) {
	day := time.Date(2019, 3, 1, 0, 0, 0, 0, time.UTC)
	code := string(ident.SyntheticUSCC("91", "530427", 9_000_001))
	book := workbook(t, func(f *excelize.File) error {
		chinese := `yyyy"年"m"月"d"日"`
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &chinese})
		return errors.Join(err,
			setRows(f, "Sheet1",
				[]any{"校外培训机构台账"},
				[]any{"区划代码", "机构名称", "统一社会信用代码", "类别", "培训对象", "办学许可证号", "发证日期", "有效期止"},
				[]any{"530427", "甲", code, "学科", "小学", "A-1", day, day.AddDate(5, 0, -1)},
				[]any{nil, "乙", nil, "科技", "小学", 153042779000002, 43525, "2024-2-28"},
				[]any{nil, "丙", nil, "科技", "小学", 1.5304277900000e18, day, "2024-2-28"},
				[]any{nil, "丁", nil, "科技", "小学", "A-4", "20190301", "2024.2.28"},
				[]any{nil, "戊", nil, "科技", "小学", "A-5", 43525, "2024-2-28"},
				[]any{"二、体育类"},
				[]any{nil, "己", 915304270000000197, "科技", "小学", "A-6", day, "2024-2-28"},
			),
			f.MergeCell("Sheet1", "A1", "H1"), f.MergeCell("Sheet1", "A8", "H8"), f.MergeCell("Sheet1", "A3", "A7"),
			f.SetCellStyle("Sheet1", "G5", "G5", style), f.SetCellStyle("Sheet1", "G7", "G7", style),
		)
	})
	o := xinping
	o.Division = "500109" // of the rows below the merged cell
	list := entries(t, "a.xlsx", book, o)
	wantShown(t, list,
		"3: register@2019-03-01 grant-licence@2019-03-01",
		"4: 发证日期 date_damaged",
		"5: 办学许可证号 digits_lost",
		"6: register@2019-03-01 grant-licence@2019-03-01",
		"7: register@2019-03-01 grant-licence@2019-03-01",
		"9: 统一社会信用代码 digits_lost")
	for i, want := range map[int]string{0: "530427", 3: "530427", 4: "530427"} {
		if got := list[i].Acts[0].Division; got != want {
			t.Errorf("row %d is of %s, want %s", list[i].Line, got, want)
		}
	}
	if got := string(list[3].Acts[1].Body); !bytes.Contains([]byte(got), []byte(`"number":"A-4"`)) {
		t.Errorf("grant %s", got)
	}
}

func TestEverySheetWithHeadingsIsRead(t *testing.T) {
	head := []any{"机构名称", "类别", "学段", "发证日期"}
	book := workbook(t, func(f *excelize.File) error {
		_, err1 := f.NewSheet("乡镇")
		_, err2 := f.NewSheet("旧")
		return errors.Join(err1, err2,
			setRows(f, "Sheet1", head, []any{"甲", "科技", "小学", "2023-1-1"}),
			setRows(f, "乡镇", head, []any{"乙", "科技", "小学", "2023-1-1"}),
			setRows(f, "旧", head, []any{"丙", "科技", "小学", "2023-1-1"}),
			f.SetSheetVisible("旧", false))
	})
	list := entries(t, "a.xlsx", book, xinping)
	wantShown(t, list, "2: register@2023-01-01", "2: register@2023-01-01")
	if got := string(list[1].Original()); got != `{"工作表":"乡镇","机构名称":"乙","类别":"科技","学段":"小学","发证日期":"2023-1-1"}` {
		t.Errorf("original %s", got)
	}
}

func TestTheTemplateIsALedger(t *testing.T) {
	var b bytes.Buffer
	if err := ledger.WriteTemplate(&b); err != nil {
		t.Fatal(err)
	}
	wantShown(t, entries(t, "ledger.xlsx", b.String(), xinping))
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	lists, err := f.GetDataValidations("台账")
	if err != nil || len(lists) < 6 {
		t.Errorf("%d lists to choose from, %v", len(lists), err)
	}
	if err := f.SetSheetName("示例", "乡镇"); err != nil {
		t.Fatal(err)
	}
	b.Reset()
	if _, err := f.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	wantShown(t, entries(t, "ledger.xlsx", b.String(), xinping),
		"2: register@2019-03-01 grant-licence@2019-03-01 record-legal-registration@2019-03-20 cancel-licence@2021-12-31",
		"3: register@2020-05-06 grant-licence@2020-05-06 record-legal-registration@2020-06-01",
		"4: register@2021-09-01 grant-licence@2021-09-01 record-legal-registration@2021-09-20")
}
