package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"os"

	"minglu/domain"
	"minglu/domain/draw"
)

func drawCommand() command {
	return command{
		name:    "draw",
		summary: domain.Say("双随机抽查：生成种子、复算抽取", "random draws: make a seed, make a draw again"),
		about: domain.Say(
			"先公布种子的承诺（inspection.commit-seed），冻结名录之后再公开种子（inspection.hold-draw）。\n复算只需要 /api/v1/inspections/{id}/draw 给出的文件，不需要名录本身。",
			"The commitment of a seed is published first (inspection.commit-seed), the seed after the population is\nfrozen (inspection.hold-draw). Making a draw again takes the file of /api/v1/inspections/{id}/draw and\nnothing of the register."),
		sub: []command{drawSeedCommand(), drawVerifyCommand()},
	}
}

func drawSeedCommand() command {
	return command{
		name:    "seed",
		summary: domain.Say("生成随机种子及其承诺", "make a random seed and its commitment"),
		about:   domain.Say("种子在开取之前须保密；公布的只有 commitment。", "Keep the seed secret until the draw; publish the commitment alone."),
		prepare: func(*flags) action {
			return func(_ context.Context, c *call) error {
				var seed draw.Seed
				if _, err := rand.Read(seed[:]); err != nil {
					return err
				}
				return json.NewEncoder(c.stdout).Encode(struct {
					Seed       draw.Seed   `json:"seed"`
					Commitment draw.Digest `json:"commitment"`
				}{seed, seed.Commitment()})
			}
		},
	}
}

func drawVerifyCommand() command {
	return command{
		name: "verify", args: "FILE",
		summary: domain.Say("凭导出的文件复算一次抽取；不一致时退出码 4", "make a draw again from its file; exit 4 where it differs"),
		prepare: func(*flags) action {
			return func(_ context.Context, c *call) error {
				if len(c.args) != 1 {
					return badUsage("请写明一个文件", "name one file")
				}
				p, err := readDraw(c.args[0])
				if err != nil {
					return err
				}
				if d, ok := errors.AsType[*draw.Difference](p.Verify()); ok {
					return ending{exitUnverified, d.Text()}
				}
				c.say(c.stdout, domain.Say("一致：算法 %[1]s，总体 %[2]d 家，抽中 %[3]d 家，匹配检查人员 %[4]d 家",
					"whole: algorithm %[1]s, population %[2]d, drawn %[3]d, inspectors for %[4]d",
					p.Algorithm, len(p.Tiers.IDs()), len(p.Drawn), len(p.Inspectors)))
				return nil
			}
		},
	}
}

// readDraw reads the file of a draw strictly: what it does not know cannot be
// vouched for.
func readDraw(path string) (p draw.Package, err error) {
	f, err := os.Open(path)
	if err != nil {
		return p, failed("不能读取 %s", "cannot read %s", path)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	d := json.NewDecoder(f)
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		return p, failed("%s 不是抽取文件：%v", "%s is no file of a draw: %v", path, err)
	}
	if d.More() {
		return p, failed("%s 在抽取之后还有内容", "%s has something behind the draw", path)
	}
	return p, nil
}
