package main

import (
	"cmp"
	"errors"
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"minglu/domain"
	"minglu/proof"
)

// Config is what an operator may set: where the log is, where to listen, what
// to log. Policy is never here: it is in the log, as events of a jurisdiction.
type Config struct {
	File string // where settings may stand; not itself a setting

	Data      string // the data directory
	NATS      string // an outside server or cluster; empty: the embedded one
	NATSCreds string
	Replicas  int
	MaxStore  int64 // bytes of the log; 0: the disk's
	KEKFile   string

	RegisterName string // in the first line of checkpoints; empty: as the key says, see registerName
	SigningKey   string
	Checkpoints  string
	// A checkpoint is signed once so many records are new, or where any is new
	// once so many seconds have passed.
	CheckpointEvery   int
	CheckpointSeconds int

	Listen     string
	Demo       bool
	StopWithin time.Duration
	// Requests a second of one address without a token, and of one token; 0 does
	// not bound them.
	AddressLimit int
	TokenLimit   int

	SiteName     string // what a government site prints about itself
	SiteSponsor  string
	SiteOperator string
	SiteContact  string
	SiteCode     string
	SiteICP      string
	SitePolice   string

	Server string // a running register, for commands that can ask one
	Token  string

	LogLevel  string
	LogFormat string
	Lang      string

	sources map[string]string // setting → where its value came from
}

// everywhere are the settings that every command has a flag for.
var everywhere = []string{"lang", "log-level", "log-format"}

// storage are the settings of commands that open the log themselves, remote
// those of commands that can ask a running register instead, site what a
// government site prints about itself, signing those of who signs checkpoints.
var (
	storage = []string{"data", "nats", "nats-creds", "replicas", "max-store", "kek-file"}
	remote  = []string{"server", "token"}
	signing = []string{"register-name", "signing-key", "checkpoints", "checkpoint-every", "checkpoint-seconds"}
	site    = []string{"site-name", "site-sponsor", "site-operator", "site-contact", "site-code", "site-icp", "site-police"}
)

func (c *Config) setDefaults() {
	c.Data = cmp.Or(c.Data, "./data")
	c.Replicas = cmp.Or(c.Replicas, 1)
	c.CheckpointEvery = cmp.Or(c.CheckpointEvery, 1000)
	c.CheckpointSeconds = cmp.Or(c.CheckpointSeconds, 60)
	c.Listen = cmp.Or(c.Listen, "127.0.0.1:8080")
	c.StopWithin = cmp.Or(c.StopWithin, 15*time.Second)
	c.AddressLimit = cmp.Or(c.AddressLimit, 50)
	c.TokenLimit = cmp.Or(c.TokenLimit, 500)
	c.LogLevel = cmp.Or(c.LogLevel, "warn")
	c.LogFormat = cmp.Or(c.LogFormat, "text")
	c.Lang = cmp.Or(c.Lang, "zh")
}

// declare declares a flag for every setting, in the order of the help.
func (c *Config) declare(f *flags) {
	f.text(&c.Data, "data", "DIR", domain.Say("数据目录", "data directory"))
	f.text(&c.NATS, "nats", "URL", domain.Say("改用外部 NATS 服务器或集群，多个地址用逗号分开", "use an outside NATS server or cluster; addresses are parted by commas"))
	f.text(&c.NATSCreds, "nats-creds", "FILE", domain.Say("外部 NATS 的凭证文件", "credentials file of the outside NATS"))
	f.number(&c.Replicas, "replicas", "N", domain.Say("外部集群中的副本数，1 或 3", "replicas in an outside cluster, 1 or 3"))
	f.size(&c.MaxStore, "max-store", "SIZE", domain.Say("日志最多占用的空间，例如 20G；默认以磁盘为限", "the most that the log may take, such as 20G; by default the disk"))
	f.text(&c.KEKFile, "kek-file", "FILE", domain.Say("包裹个人密钥的主密钥文件（32 字节）；默认在数据目录中生成", "file of the key, 32 bytes, that wraps persons' keys; by default one in the data directory"))
	f.text(&c.RegisterName, "register-name", "NAME", domain.Say("检查点上的名录名称，小写字母、数字、点和连字符；默认以密钥文件所写为准，新名录为 minglu", "name of the register on checkpoints: lower-case letters, digits, points, hyphens; by default that of the key file, of a new one minglu"))
	f.text(&c.SigningKey, "signing-key", "FILE", domain.Say("签署检查点的密钥文件；默认在数据目录中生成", "file of the key that signs checkpoints; by default one in the data directory"))
	f.text(&c.Checkpoints, "checkpoints", "FILE", domain.Say("已签检查点的文件，宜放在另一块盘上；默认在数据目录中", "file of the signed checkpoints, better on another disk; by default in the data directory"))
	f.number(&c.CheckpointEvery, "checkpoint-every", "N", domain.Say("每新增多少条记录签一次检查点", "sign a checkpoint once so many records are new"))
	f.number(&c.CheckpointSeconds, "checkpoint-seconds", "N", domain.Say("有新记录时，最多隔多少秒签一次检查点", "sign a checkpoint so many seconds after the last, where any record is new"))
	f.text(&c.Listen, "listen", "HOST:PORT", domain.Say("HTTP 监听地址，端口 0 由系统选择", "where to answer HTTP; port 0 lets the system choose"))
	f.truth(&c.Demo, "demo", domain.Say("日志为空时先载入演示名录", "load the demonstration register first if the log is empty"))
	f.duration(&c.StopWithin, "stop-within", "TIME", domain.Say("停止时最多等待办理中的请求多久", "how long requests under way are waited for at the end"))
	f.number(&c.AddressLimit, "address-limit", "N", domain.Say("同一地址不带令牌时每秒最多的请求数，0 为不限", "requests a second of one address without a token; 0: any"))
	f.number(&c.TokenLimit, "token-limit", "N", domain.Say("同一令牌每秒最多的请求数，0 为不限", "requests a second of one token; 0: any"))
	f.text(&c.SiteName, "site-name", "TEXT", domain.Say("网页上的名录名称", "name of the register on its pages"))
	f.text(&c.SiteSponsor, "site-sponsor", "TEXT", domain.Say("网页上的主办单位", "who the site belongs to"))
	f.text(&c.SiteOperator, "site-operator", "TEXT", domain.Say("网页上的承办单位", "who runs the site"))
	f.text(&c.SiteContact, "site-contact", "TEXT", domain.Say("网页上的联系方式", "how the site is reached"))
	f.text(&c.SiteCode, "site-code", "TEXT", domain.Say("政府网站标识码", "identification code of a government site"))
	f.text(&c.SiteICP, "site-icp", "TEXT", domain.Say("ICP 备案号", "ICP filing number"))
	f.text(&c.SitePolice, "site-police", "TEXT", domain.Say("公安备案号", "filing number with the police"))
	f.text(&c.Server, "server", "URL", domain.Say("正在运行的名录，代替数据目录", "a running register, instead of a data directory"))
	f.text(&c.Token, "token", "TOKEN", domain.Say("访问令牌；请用环境变量 MINGLU_TOKEN，命令行会被同机他人看到", "bearer token; better in MINGLU_TOKEN: others on this machine can read a command line")).secret = true
	f.oneOf(&c.LogLevel, "log-level", "LEVEL", []string{"debug", "info", "warn", "error"}, domain.Say("日志的级别", "level of the log"))
	f.oneOf(&c.LogFormat, "log-format", "FORMAT", []string{"text", "json"}, domain.Say("日志的格式", "format of the log"))
	f.oneOf(&c.Lang, "lang", "LANG", []string{"zh", "en"}, domain.Say("说明与提示的语言", "language of messages"))
}

// Validate returns all faults of c at once, or nil.
func (c *Config) Validate() error {
	var errs []error
	bad := func(name, zh, en string) {
		errs = append(errs, badUsage("设置 %s：%s", "setting %[1]s: %[3]s", name, zh, en))
	}
	if c.Data == "" {
		bad("data", "须给出目录", "name a directory")
	}
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		bad("listen", "应为 主机:端口", "should be HOST:PORT")
	}
	if c.Replicas != 1 && c.Replicas != 3 {
		bad("replicas", "应为 1 或 3", "should be 1 or 3")
	}
	if c.NATS == "" && c.Replicas != 1 {
		bad("replicas", "内置服务器只有一个副本", "the embedded server keeps one replica")
	}
	if c.NATS == "" && c.NATSCreds != "" {
		bad("nats-creds", "只用于外部 NATS", "is for an outside NATS only")
	}
	if c.NATS != "" && c.MaxStore != 0 {
		bad("max-store", "外部 NATS 的容量由其自己的配置决定", "limits of an outside NATS are in its own configuration")
	}
	for name, n := range map[string]int{"address-limit": c.AddressLimit, "token-limit": c.TokenLimit} {
		if n < 0 {
			bad(name, "不能为负", "cannot be negative")
		}
	}
	for name, n := range map[string]int{"checkpoint-every": c.CheckpointEvery, "checkpoint-seconds": c.CheckpointSeconds} {
		if n < 1 {
			bad(name, "应不小于 1", "should be 1 or more")
		}
	}
	if c.RegisterName != "" {
		if _, err := proof.Origin(c.RegisterName); err != nil {
			bad("register-name", "应为小写字母、数字、点和连字符", "should be lower-case letters, digits, points and hyphens")
		}
	}
	if c.StopWithin < 0 {
		bad("stop-within", "不能为负", "cannot be negative")
	}
	if c.Server != "" {
		if u, err := url.Parse(c.Server); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			bad("server", "应为 http:// 或 https:// 开头的地址", "should be an address that begins with http:// or https://")
		}
	}
	return errors.Join(errs...)
}

// kekFile is where the key that wraps persons' keys is kept.
func (c *Config) kekFile() string {
	return cmp.Or(c.KEKFile, filepath.Join(c.Data, "kek"))
}

// shown is the value of a setting as it may be printed: of what is secret,
// whether it is set.
func shown(o option, value string) string {
	switch {
	case o.secret && value != "":
		return "set"
	case o.secret:
		return "not set"
	case o.name == "nats":
		return withoutPasswords(value)
	}
	return value
}

// withoutPasswords hides user and password in addresses.
func withoutPasswords(addresses string) string {
	list := strings.Split(addresses, ",")
	for i, a := range list {
		if at := strings.LastIndexByte(a, '@'); at >= 0 {
			scheme, _, ok := strings.Cut(a, "://")
			if !ok {
				scheme = "nats"
			}
			list[i] = scheme + "://***@" + a[at+1:]
		}
	}
	return strings.Join(list, ",")
}
