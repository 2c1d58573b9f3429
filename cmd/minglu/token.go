package main

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"minglu/domain"
	"minglu/domain/access"
	"minglu/domain/authority"
	"minglu/domain/calendar"
	"minglu/domain/ident"
	"minglu/domain/term"
	"minglu/register"
)

func tokenCommand() command {
	return command{
		name:    "token",
		summary: domain.Say("签发、列出、撤销访问令牌", "issue, list and revoke bearer tokens"),
		about: domain.Say(
			"令牌代表一个机关、一个角色和一名执法人员。日志只记其 SHA-256，令牌本身只在签发时显示一次。\n--data 用于已停止的名录，--server 与 --token 用于正在运行的名录。",
			"A token stands for an agency, a role and an officer. The log holds its SHA-256 alone; the token\nitself is shown once, when it is issued. Use --data on a stopped register, --server and --token on\na running one."),
		sub: []command{tokenCreateCommand(), tokenListCommand(), tokenRevokeCommand()},
	}
}

// tokenSettings are those of the commands about tokens.
var tokenSettings = append(append([]string{}, storage...), remote...)

func tokenCreateCommand() command {
	return command{
		name:    "create",
		summary: domain.Say("签发令牌；标准输出只有令牌一行", "issue a token; it is the only line on standard output"),
		prepare: func(f *flags) action {
			cfg := f.settings(tokenSettings...)
			var issue access.IssueToken
			var role string
			f.text(&issue.Agency, "agency", "ID", domain.Say("机关，例如 530427-education", "agency, such as 530427-education"))
			f.oneOf(&role, "role", "ROLE", term.Roles.Codes(), domain.Say("角色", "role"))
			f.text(&issue.Officer, "officer", "ID", domain.Say("执法人员编号", "number of the officer"))
			return func(ctx context.Context, c *call) error {
				if issue.Agency == "" || role == "" {
					return badUsage("请给出 --agency 和 --role", "--agency and --role are needed")
				}
				issue.Role = term.Role(role)
				agency, err := authority.ParseAgency(issue.Agency)
				if err != nil {
					return badUsage("“%s”不是机关，应为 区划代码-部门", "%q is no agency; it should be division-department", issue.Agency)
				}
				token := newToken()
				issue.Digest = digestOf(token)
				return withTokens(ctx, c, cfg, func(keeper tokenKeeper) error {
					if err := keeper.issue(ctx, string(agency.Division), issue); err != nil {
						return err
					}
					_, err := fmt.Fprintln(c.stdout, token)
					return err
				})
			}
		},
	}
}

func tokenListCommand() command {
	return command{
		name:    "list",
		summary: domain.Say("列出令牌，包括已撤销的", "list tokens, revoked ones included"),
		prepare: func(f *flags) action {
			cfg := f.settings(tokenSettings...)
			var asJSON bool
			f.truth(&asJSON, "json", domain.Say("以 JSON 输出", "print JSON"))
			return func(ctx context.Context, c *call) error {
				return withTokens(ctx, c, cfg, func(keeper tokenKeeper) error {
					list, err := keeper.list(ctx)
					if err != nil {
						return err
					}
					if asJSON {
						return json.NewEncoder(c.stdout).Encode(list)
					}
					var rows [][]string
					for _, t := range list {
						state := domain.Say("有效", "valid")
						if t.Revoked {
							state = domain.Say("已撤销", "revoked")
						}
						rows = append(rows, []string{t.ID, t.Agency, string(t.Role), t.Officer, state.In(c.lang)})
					}
					return columns(c.stdout, rows)
				})
			}
		},
	}
}

func tokenRevokeCommand() command {
	return command{
		name: "revoke", args: "ID",
		summary: domain.Say("撤销令牌", "revoke a token"),
		values:  func() []string { return nil },
		prepare: func(f *flags) action {
			cfg := f.settings(tokenSettings...)
			var reason string
			f.text(&reason, "reason", "TEXT", domain.Say("理由，记入日志", "the reason, which the log keeps"))
			return func(ctx context.Context, c *call) error {
				if len(c.args) != 1 {
					return badUsage("请写明一个令牌的编号；minglu token list 列出编号", "name one token by its id; minglu token list shows them")
				}
				return withTokens(ctx, c, cfg, func(keeper tokenKeeper) error {
					return keeper.revoke(ctx, c.args[0], access.RevokeToken{Reason: reason})
				})
			}
		},
	}
}

// A tokenKeeper issues, lists and revokes tokens, here or on a running
// register.
type tokenKeeper interface {
	issue(ctx context.Context, division string, t access.IssueToken) error
	list(ctx context.Context) ([]tokenLine, error)
	revoke(ctx context.Context, id string, r access.RevokeToken) error
}

// tokenLine is a token as it is listed.
type tokenLine struct {
	ID      string    `json:"id"`
	Agency  string    `json:"agency"`
	Role    term.Role `json:"role"`
	Officer string    `json:"officer,omitempty"`
	Revoked bool      `json:"revoked"`
}

// withTokens calls f with the tokens of a running register where cfg names
// one, else with those of the data directory.
func withTokens(ctx context.Context, c *call, cfg *Config, f func(tokenKeeper) error) error {
	if cfg.Server != "" {
		return f(remoteTokens{dial(c, cfg), cfg.Server, c.now})
	}
	return withNode(ctx, c, cfg, func(n *node) error { return f(localTokens{n, c.now}) })
}

// localTokens keeps the tokens of a register that is opened here. The operator
// acts for the joint-conference office, which keeps the register of a division.
type localTokens struct {
	node *node
	now  clock
}

func (l localTokens) issue(ctx context.Context, division string, t access.IssueToken) error {
	_, err := l.node.register.Do(ctx, nil, l.act("access.issue-token", division, nil, t))
	return err
}

func (l localTokens) list(context.Context) (out []tokenLine, err error) {
	list, err := l.node.views.AllTokens()
	for _, t := range list {
		out = append(out, tokenLine{t.ID, t.Agency, t.Role, t.Officer, t.Revoked})
	}
	return out, err
}

func (l localTokens) revoke(ctx context.Context, id string, r access.RevokeToken) error {
	list, err := l.node.views.AllTokens()
	if err != nil {
		return err
	}
	for _, t := range list {
		if t.ID == id {
			_, err := l.node.register.Do(ctx, nil, l.act("access.revoke-token", t.Division, &register.Target{ID: id}, r))
			return err
		}
	}
	return unknownToken(id)
}

func unknownToken(id string) error {
	return failed("没有编号为 %s 的令牌", "there is no token %s", id)
}

func (l localTokens) act(name, division string, target *register.Target, body any) register.Act {
	return register.Act{
		CommandID: newCommandID(l.now()), Act: name, Division: division, Target: target,
		Effective: calendar.DayOf(l.now()).String(),
		Actor:     &register.Actor{Agency: division + "-" + string(term.JointConferenceOffice)},
		Body:      mustJSON(body),
	}
}

// tokenPrefix marks a token of minglu, so that scanners of leaked secrets know
// one.
const tokenPrefix = "mgl_"

func newToken() string {
	b := make([]byte, 32)
	rand.Read(b) //nolint:errcheck // never fails
	return tokenPrefix + base64.RawURLEncoding.EncodeToString(b)
}

func digestOf(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// newCommandID returns a UUIDv7: ids made from it are in order of time.
func newCommandID(now time.Time) string {
	var id [16]byte
	rand.Read(id[:]) //nolint:errcheck // never fails
	ms := uint64(now.UnixMilli())
	for i := range 6 {
		id[i] = byte(ms >> (40 - 8*i))
	}
	id[6] = id[6]&0x0f | 0x70
	id[8] = id[8]&0x3f | 0x80
	return ident.FormatUUID(id)
}
