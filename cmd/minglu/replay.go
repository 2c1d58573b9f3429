package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"

	"minglu/domain"
	"minglu/projections"
)

func replayCommand() command {
	return command{
		name:    "replay",
		summary: domain.Say("重放日志并与现有视图核对", "fold the log anew and compare with the views"),
		about: domain.Say(
			"从头折叠日志到临时视图，逐个比较摘要，并核对预收费账目是否平衡。有一个不同就以 4 退出。名录运行时也可以。",
			"Folds the log from its beginning into scratch views and compares the digest of each,\nand adds the books of prepayment up anew. Exits with 4 where one differs. The register may be running."),
		prepare: func(f *flags) action {
			cfg := f.settings(storage...)
			var atSeq uint64
			var asJSON bool
			f.position(&atSeq, "at-seq", "N", domain.Say("只折叠到这个序号", "fold up to this position only"))
			f.truth(&asJSON, "json", domain.Say("以 JSON 输出", "print JSON"))
			return func(ctx context.Context, c *call) error {
				return withOperator(ctx, c, cfg, func(o operator) error {
					list, err := o.replay(ctx, atSeq)
					if err != nil {
						return err
					}
					if asJSON {
						err = json.NewEncoder(c.stdout).Encode(list)
					} else {
						err = writeComparisons(c.stdout, c.lang, list)
					}
					if err != nil {
						return err
					}
					return verdict(list)
				})
			}
		},
	}
}

// verdict tells whether every view agrees. A view that was folded to another
// position than the live one was not compared.
func verdict(list []projections.Comparison) error {
	differ := 0
	for _, v := range list {
		if v.Error != "" || v.Live.Hash != "" && !v.Same {
			differ++
		}
	}
	if differ > 0 {
		return unverified("%d 个视图与日志不符；minglu rebuild 重建", "views that differ from the log: %d; minglu rebuild builds them anew", differ)
	}
	return nil
}

func writeComparisons(w io.Writer, lang string, list []projections.Comparison) error {
	words := map[bool]domain.Text{true: domain.Say("相符", "same"), false: domain.Say("不符", "DIFFERS")}
	notCompared := domain.Say("未比较", "not compared")
	var rows [][]string
	for _, v := range list {
		word := words[v.Same].In(lang)
		switch {
		case v.Error != "":
			word += ": " + v.Error
		case v.Live.Hash == "":
			word = notCompared.In(lang)
		}
		rows = append(rows, []string{v.Name, fmt.Sprint(v.Replayed.Seq), fmt.Sprint(v.Replayed.Rows), short(v.Live.Hash), short(v.Replayed.Hash), word})
	}
	return columns(w, rows)
}

// short is the beginning of a digest, enough for a table.
func short(hash string) string {
	if len(hash) < 16 {
		return "-"
	}
	return hash[:16]
}
