package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"syscall"

	"minglu/domain"
	"minglu/domain/calendar"
	"minglu/ledger"
)

// importing is what an import was asked to do.
type importing struct {
	cfg      *Config
	ledger   ledger.Options
	bank     string // file of the mapping; with it the files are statements
	account  string
	asOf     string
	dry      bool
	template string
}

func importCommand() command {
	return command{
		name:    "import",
		args:    "FILE…",
		summary: domain.Say("办理日志文件（.ndjson）、台账或银行对账单（.csv、.xlsx）", "carry out a journal (.ndjson), a ledger or a bank's statement (.csv, .xlsx)"),
		about: domain.Say(
			`日志每行一项行为；台账每行一个机构，表头用中文列名，次序不限，minglu import --template 台账.xlsx 生成模板。
--data 用于已停止的名录，--server 与 --token 用于正在运行的名录。再次导入不会重复办理，中断后重新运行即可继续。
被拒的行连同行号和原因写入 FILE.refused.ndjson；最后一行为 imported N, already known M, refused K。
有行被拒时以 3 退出。--dry-run 逐行判定但不写入名录。FILE 为 - 时从标准输入读日志。
--bank 对应.json 按银行的列名读对账单，每行一笔流水，登记到 --account 的监管账户，还须写明 --division 和 --agency。`,
			`A journal has one act a line; a ledger has one institution a row, under Chinese headings in any order:
minglu import --template ledger.xlsx makes one to fill in. Use --data on a stopped register, --server and
--token on a running one. Importing again changes nothing, so an import that broke off is run again.
Refused lines go to FILE.refused.ndjson with their number and the problem; the last line is
"imported N, already known M, refused K". Exits with 3 where something was refused. --dry-run decides
every line and writes nothing to the register. A FILE of - reads a journal from standard input.
With --bank MAPPING.json the files are statements of a bank, one line a movement, read by the bank's own
headings and booked on the supervised account of --account; --division and --agency are needed too.`),
		prepare: func(f *flags) action {
			o := importing{cfg: f.settings(append(append([]string{}, storage...), remote...)...)}
			f.text(&o.ledger.Division, "division", "CODE", domain.Say("台账各行的区划代码，行内有区划代码列的除外", "division of a ledger's rows that have no code of their own"))
			f.text(&o.ledger.Agency, "agency", "ID", domain.Say("台账的行为机关，默认为该区划的教育部门", "agency that acts by a ledger; by default the education bureau of the division"))
			f.text(&o.ledger.Officer, "officer", "ID", domain.Say("台账的经办人编号", "number of the officer who acts by a ledger"))
			f.text(&o.bank, "bank", "MAPPING", domain.Say("银行对账单的列对应文件（.json）；文件按对账单读入", "how the bank lays out its statements (.json); the files are read as statements"))
			f.text(&o.account, "account", "REF|ID", domain.Say("对账单所属的监管账户", "supervised account that the statements are of"))
			f.text(&o.asOf, "as-of", "DATE", domain.Say("台账截止日，用于行内没有写日期的事项", "day of the ledger, from which on holds what has no date in its row"))
			f.truth(&o.dry, "dry-run", domain.Say("只判定，不写入名录", "decide everything and write nothing to the register"))
			f.text(&o.template, "template", "FILE", domain.Say("生成台账模板（.xlsx）后结束", "write a ledger to fill in (.xlsx) and end"))
			return func(ctx context.Context, c *call) error { return o.run(ctx, c) }
		},
	}
}

func (o importing) run(ctx context.Context, c *call) error {
	if o.template != "" {
		return writeTemplate(c, o.template)
	}
	if err := o.check(c); err != nil {
		return err
	}
	// The first signal ends the import behind the batch under way; a second one
	// ends the program.
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop)
	i := newImport(c, o.ledger)
	if o.bank != "" {
		read, err := o.statements()
		if err != nil {
			return err
		}
		i.read = read
	}
	err := o.with(ctx, c, i, func() error {
		for _, path := range c.args {
			if err := i.file(ctx, path); err != nil {
				return err
			}
		}
		return nil
	})
	i.progress.end()
	if o.dry {
		c.say(c.stderr, domain.Say("只是判定，名录没有改动", "decided only: the register is as it was"))
	}
	if sum := i.sum(); sum != "" {
		c.say(c.stdout, domain.Say(sum, sum))
	}
	switch {
	case errors.Is(err, context.Canceled):
		return failed("已中断，以上各行已办理；重新运行即可继续", "interrupted behind the lines above; run it again to go on")
	case err != nil:
		return err
	case i.refused > 0:
		return partlyRefused()
	}
	return nil
}

func (o *importing) check(c *call) error {
	switch {
	case len(c.args) == 0:
		return badUsage("请给出要导入的文件；见 minglu help import", "name the files to import; see minglu help import")
	case o.dry && o.cfg.Server != "":
		return badUsage("--dry-run 只用于已停止的名录（--data）", "--dry-run is for a stopped register (--data)")
	case (o.bank == "") != (o.account == ""):
		return badUsage("--bank 与 --account 须一并给出", "--bank and --account go together")
	case o.bank != "" && (o.ledger.Division == "" || o.ledger.Agency == "" && o.cfg.Server == ""):
		return badUsage("导入对账单须写明 --division 和 --agency", "statements need --division and --agency")
	case o.bank != "" && slices.Contains(c.args, "-"):
		return badUsage("对账单应为文件，不能从标准输入读", "statements are files and are not read from standard input")
	case o.asOf == "":
		return nil
	}
	day, err := calendar.ParseDay(o.asOf)
	if err != nil {
		return badUsage("--as-of 应为 2022-06-08 这样的日期", "--as-of is a day such as 2022-06-08")
	}
	o.ledger.AsOf = day
	return nil
}

// statements returns what opens the files as statements of a bank.
func (o *importing) statements() (func(path string) (*ledger.File, error), error) {
	f, err := os.Open(o.bank)
	if errors.Is(err, os.ErrNotExist) {
		return nil, failed("没有文件 %s", "there is no file %s", o.bank)
	}
	if err != nil {
		return nil, err
	}
	m, err := ledger.ReadBankMapping(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("%s: %w", o.bank, err)
	}
	s := ledger.StatementOptions{Account: o.account, Division: o.ledger.Division, Agency: o.ledger.Agency, Officer: o.ledger.Officer}
	return func(path string) (*ledger.File, error) { return ledger.OpenStatement(path, m, s) }, nil
}

// writeTemplate writes the ledger to fill in; a file that is there is kept.
func writeTemplate(c *call, path string) (err error) {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, os.ErrExist) {
		return failed("%s 已存在，没有改动", "%s is there already and was left as it is", path)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return ledger.WriteTemplate(f)
}

// refusedPath is where the refused lines of a file go.
func refusedPath(path string) string {
	if path == "-" {
		path = "stdin"
	}
	return cmp.Or(path, "stdin") + ".refused.ndjson"
}
