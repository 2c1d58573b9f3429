package main

import (
	"context"

	"minglu/demo"
	"minglu/domain"
)

func demoCommand() command {
	return command{
		name:    "demo",
		summary: domain.Say("演示数据与测试数据", "data to show and to measure with"),
		sub:     []command{demoJournalCommand(), demoGenerateCommand()},
	}
}

func demoJournalCommand() command {
	return command{
		name:    "journal",
		summary: domain.Say("把演示名录作为日志写到标准输出", "write the demonstration register to standard output, as a journal"),
		prepare: func(*flags) action {
			return func(_ context.Context, c *call) error {
				_, err := c.stdout.Write(demo.Journal())
				return err
			}
		},
	}
}

func demoGenerateCommand() command {
	return command{
		name:    "generate",
		summary: domain.Say("按数量生成虚构的日志，写到标准输出", "write an invented journal of a size to standard output"),
		about: domain.Say(
			"机构分布在真实的县级区划，每个约八项行为，跨 2018 至 2026 年；相同的数量和种子得到相同的内容。\n名称、代码均为虚构，来源注明为演示数据。",
			"Institutions are spread over the real counties, with about eight acts each, from 2018 to 2026. The\nsame number and seed give the same bytes. Names and codes are invented and marked so."),
		prepare: func(f *flags) action {
			institutions, seed := 1000, uint64(1)
			f.number(&institutions, "institutions", "N", domain.Say("机构数量", "how many institutions"))
			f.position(&seed, "seed", "S", domain.Say("种子", "seed"))
			return func(_ context.Context, c *call) error {
				if institutions < 0 {
					return badUsage("--institutions 不能为负", "--institutions cannot be negative")
				}
				return demo.Generate(c.stdout, institutions, seed)
			}
		},
	}
}
