package main

import (
	"archive/zip"
	"bufio"
	"cmp"
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/tlog"

	"minglu/domain"
	"minglu/proof"
)

func verifyCommand() command {
	return command{
		name: "verify", args: "FILE",
		summary: domain.Say("离线核验导出的日志；不符时退出码 4", "check an exported log offline; exit 4 where it does not verify"),
		about: domain.Say(
			"重算每条记录的散列和全树的根，核对签名，并核对是否延续以前保存的检查点。不需要名录本身。\n公钥应从别处得到；不给 --key 时用文件里的公钥，只能说明文件自身前后一致。",
			"Computes the hash of each record and the root of the tree anew, verifies the signature, and that the\nlog continues a checkpoint that was kept. It needs nothing of the register. The key should come in\nanother way: without --key that of the file is used, which shows only that the file agrees with itself."),
		prepare: func(f *flags) action {
			var key, old string
			f.text(&key, "key", "KEY", domain.Say("公钥，或写有公钥的文件", "verifier key, or a file that has it"))
			f.text(&old, "checkpoint", "OLD", domain.Say("以前保存的检查点文件", "file of a checkpoint that was kept"))
			return func(_ context.Context, c *call) error {
				if len(c.args) != 1 {
					return badUsage("请写明一个文件", "name one file")
				}
				return verifyPackage(c, c.args[0], key, old)
			}
		},
	}
}

// verifyPackage checks a package from front to back, one record at a time.
func verifyPackage(c *call, path, key, old string) (err error) {
	z, err := zip.OpenReader(path)
	if errors.Is(err, os.ErrNotExist) || errors.Is(err, os.ErrPermission) {
		return failed("不能读取 %s", "cannot read %s", path)
	}
	if err != nil {
		return unverified("%[1]s 不完整，或不是导出的日志：%[2]v", "%[1]s is cut short, or no exported log: %[2]v", path, err)
	}
	defer func() { err = errors.Join(err, z.Close()) }()
	p := opened{&z.Reader}
	signed, before, err := p.signed(key, old)
	if err != nil {
		return err
	}
	if err := p.readme(); err != nil {
		return err
	}
	if err := p.log(signed.Checkpoint, before); err != nil {
		return err
	}
	if key == "" {
		c.say(c.stderr, domain.Say("注意：公钥取自文件本身；请用从别处得到的公钥（--key）再核验一次", "note: the key is that of the file itself; check again with the key that you got in another way (--key)"))
	}
	c.say(c.stdout, domain.Say("完整：%[1]s 的 %[2]d 条记录，与签过的检查点相符", "whole: %[2]d records of %[1]s, as signed in the checkpoint", signed.Origin, signed.Size))
	if before != nil {
		c.say(c.stdout, domain.Say("延续 %d 条时的检查点", "continues the checkpoint of %d records", before.Size))
	}
	return nil
}

// opened is a package that is being checked.
type opened struct{ *zip.Reader }

// read opens a file of the package. What is damaged in it comes out as an error
// of its reader.
func (p opened) read(name string, f func(io.Reader) error) error {
	r, err := p.Open(name)
	if err != nil {
		return unverified("文件中的 %[1]s 缺失或损坏：%[2]v", "%[1]s in the file is missing or damaged: %[2]v", name, err)
	}
	return errors.Join(f(r), r.Close())
}

// whole reads a short file.
func (p opened) whole(name string) (b []byte, err error) {
	err = p.read(name, func(r io.Reader) (err error) {
		if b, err = io.ReadAll(io.LimitReader(r, proof.MaxNote)); err != nil {
			return unverified("文件中的 %[1]s 损坏：%[2]v", "%[1]s in the file is damaged: %[2]v", name, err)
		}
		return nil
	})
	return b, err
}

func (p opened) readme() error {
	_, err := p.whole(packageReadme)
	return err
}

// signed verifies the checkpoint of the package, and the older one that was
// kept, by the key given or else by those of the package.
func (p opened) signed(key, old string) (signed proof.Signed, before *proof.Checkpoint, err error) {
	text := []byte(key + "\n")
	if b, err := os.ReadFile(key); key != "" && err == nil {
		text = b
	}
	inside, err := p.whole(packageKeys)
	if err != nil {
		return signed, nil, err
	}
	if key == "" {
		text = inside
	}
	trust, err := trustIn(string(text))
	if err != nil && key != "" {
		return signed, nil, badUsage("--key 不是公钥：%v", "--key is no verifier key: %v", err)
	}
	if err != nil {
		return signed, nil, unverified("文件中的公钥损坏：%v", "the keys in the file are damaged: %v", err)
	}
	b, err := p.whole(packageCheckpoint)
	if err != nil {
		return signed, nil, err
	}
	if signed, err = proof.Open(b, trust); err != nil {
		return signed, nil, unverified("检查点不是 %[1]s 的密钥所签，或被改动：%[2]v", "the checkpoint is not signed by the key of %[1]s, or was altered: %[2]v", trust.Origin, err)
	}
	if old == "" {
		return signed, nil, nil
	}
	if b, err = os.ReadFile(old); err != nil {
		return signed, nil, failed("不能读取 %s", "cannot read %s", old)
	}
	kept, err := proof.Open(b, trust)
	if err != nil {
		return signed, nil, unverified("保存的检查点不是 %[1]s 的密钥所签，或被改动：%[2]v", "the checkpoint that was kept is not signed by the key of %[1]s, or was altered: %[2]v", trust.Origin, err)
	}
	if kept.Size > signed.Size {
		return signed, nil, unverified("日志变短了：文件有 %[1]d 条，保存的检查点有 %[2]d 条", "the log is shorter than it was: the file has %[1]d records, the checkpoint that was kept %[2]d", signed.Size, kept.Size)
	}
	return signed, &kept.Checkpoint, nil
}

// trustIn reads verifier keys, a line each, all of one log.
func trustIn(text string) (t proof.Trust, err error) {
	for line := range strings.Lines(text) {
		v, err := proof.NewVerifier(strings.TrimSpace(line))
		if err != nil {
			return t, err
		}
		t.Origin = cmp.Or(t.Origin, v.Name())
		t.Log = append(t.Log, v)
	}
	if len(t.Log) == 0 {
		return t, errors.New("there is none")
	}
	return t, nil
}

// log reads the records beside the hashes of their leaves and compares the root
// with the checkpoint.
func (p opened) log(c proof.Checkpoint, before *proof.Checkpoint) error {
	return p.read(packageLeaves, func(leaves io.Reader) error {
		return p.read(packageLog, func(log io.Reader) error {
			r := &logReader{leaves: bufio.NewReaderSize(leaves, 64<<10), lines: bufio.NewReaderSize(log, 1<<20), c: c, before: before}
			return r.run()
		})
	})
}

// A logReader reads a log once. It builds the tree of the records and that of
// the hashes that came with them: where the second is the signed one, the first
// record that is not as its hash is the first that was altered.
type logReader struct {
	leaves, lines *bufio.Reader
	c             proof.Checkpoint
	before        *proof.Checkpoint
	records, hash tree
	// differs is the first position whose record is not as its hash, and how.
	differs uint64
	how     domain.Text
}

func (r *logReader) run() error {
	broken := false // the records cannot be read any more
	for seq := uint64(1); seq <= r.c.Size; seq++ {
		var want proof.Hash
		if _, err := io.ReadFull(r.leaves, want[:]); err != nil {
			return unverified("被截断或损坏：散列表到第 %[1]d 号为止，应有 %[2]d 条（%[3]v）", "cut short or damaged: the list of hashes ends before position %[1]d, %[2]d are signed (%[3]v)", seq, r.c.Size, err)
		}
		r.hash.add(want)
		if broken {
			continue
		}
		got, how := r.next(seq)
		if how != (domain.Text{}) {
			r.differ(seq, how)
			broken = true
			continue
		}
		if got != want {
			r.differ(seq, domain.Say("内容被改动，或换成了另一条", "it was altered, or is another one"))
		}
		r.records.add(got)
		if r.before != nil && seq == r.before.Size && r.records.root() != r.before.Root && r.differs == 0 {
			return unverified("不延续保存的检查点：前 %[1]d 条不是那时的记录", "it does not continue the checkpoint that was kept: the first %[1]d records are not those of then", seq)
		}
	}
	return r.verdict()
}

func (r *logReader) differ(seq uint64, how domain.Text) {
	if r.differs == 0 {
		r.differs, r.how = seq, how
	}
}

// next reads the record that is to stand at a position; how tells why it cannot.
func (r *logReader) next(seq uint64) (leaf proof.Hash, how domain.Text) {
	line, err := r.lines.ReadBytes('\n')
	switch {
	case errors.Is(err, io.EOF):
		return leaf, domain.Say("日志到此为止，被截断", "the log ends before it, it was cut short")
	case err != nil:
		return leaf, domain.Say("文件损坏：%v", "the file is damaged: %v", err)
	}
	l, err := readPackageLine(line)
	if err != nil {
		return leaf, domain.Say("不能读取：%v", "it cannot be read: %v", err)
	}
	if l.Seq != seq {
		return leaf, domain.Say("这里是第 %d 号：次序被改动，或缺少记录", "record %d stands there: the order was altered, or records are missing", l.Seq)
	}
	if leaf, err = l.leafOf(); err != nil {
		return leaf, domain.Say("不能读取：%v", "it cannot be read: %v", err)
	}
	return leaf, domain.Text{}
}

// verdict tells what came of it.
func (r *logReader) verdict() error {
	hashes := r.hash.root() == r.c.Root
	switch {
	case r.differs > 0 && hashes:
		return unverified("第一处不符在第 %[1]d 号：%[2]s", "the first that differs is position %[1]d: %[3]s", r.differs, r.how.ZH, r.how.EN)
	case r.differs > 0:
		return unverified("第 %[1]d 号不符：%[2]s；散列表也不是签过的", "position %[1]d differs: %[3]s; nor are the hashes those that were signed", r.differs, r.how.ZH, r.how.EN)
	case !hashes:
		return unverified("前 %d 条与签过的检查点不符，散列表随记录一同被改，说不出是哪一条", "the %d records are not those of the signed checkpoint; the hashes were altered with them, so which one cannot be told", r.c.Size)
	}
	if _, err := r.lines.ReadByte(); !errors.Is(err, io.EOF) {
		return unverified("第 %d 号之后还有内容，不在检查点之内，或文件损坏", "something stands behind position %d, which the checkpoint does not cover, or the file is damaged", r.c.Size)
	}
	if _, err := r.leaves.ReadByte(); !errors.Is(err, io.EOF) {
		return unverified("散列表长于检查点，或损坏", "the list of hashes is longer than the checkpoint, or damaged")
	}
	return nil
}

// A tree is the edge of a Merkle tree: the roots of its complete subtrees,
// largest first.
type tree struct {
	size uint64
	edge []proof.Hash
}

func (t *tree) add(leaf proof.Hash) {
	for left := t.size; left&1 == 1; left >>= 1 {
		last := len(t.edge) - 1
		leaf, t.edge = tlog.NodeHash(t.edge[last], leaf), t.edge[:last]
	}
	t.edge = append(t.edge, leaf)
	t.size++
}

func (t *tree) root() proof.Hash {
	if t.size == 0 {
		return proof.EmptyRoot
	}
	root := t.edge[len(t.edge)-1]
	for i := len(t.edge) - 2; i >= 0; i-- {
		root = tlog.NodeHash(t.edge[i], root)
	}
	return root
}
