package main

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"themeday"
	"themeday/bot"
	"themeday/bot/many"
)

// wire is a network with one friend and one group.
type wire struct {
	account themeday.Account
	session string
	state   bot.State
	group   themeday.GroupSeen
	friend  themeday.Sighting
	sent    []string
}

func (w *wire) Account() themeday.Account     { return w.account }
func (w *wire) State() bot.State              { return w.state }
func (w *wire) Directory() themeday.Directory { return w }
func (w *wire) Session() string               { return w.session }
func (w *wire) Groups() []themeday.GroupSeen  { return []themeday.GroupSeen{w.group} }
func (w *wire) Friends() []themeday.Sighting  { return []themeday.Sighting{w.friend} }
func (w *wire) Run(ctx context.Context, _ func(context.Context, themeday.Message) error) error {
	<-ctx.Done()
	return ctx.Err()
}

func (w *wire) Send(_ context.Context, out bot.Outgoing) error {
	if w.state != bot.Online {
		return bot.ErrOffline
	}
	w.sent = append(w.sent, string(out.Kind)+" "+string(out.Chat))
	return nil
}

func TestEveryNetworkHasItsOwnPostsAndOneThatIsAwayHoldsUpNoOther(t *testing.T) {
	for _, away := range []bool{false, true} {
		onWeChat := &wire{
			account: "wechat", session: "s1", state: bot.Online, group: themeday.GroupSeen{Chat: "@@2", Name: "第二支部", Unlisted: true},
			friend: themeday.Sighting{ID: "@li", Remark: "李四", Friend: true},
		}
		if away {
			onWeChat.state = bot.Offline
		}
		onWeCom := &wire{
			account: themeday.WeCom, session: themeday.WeComSession, state: bot.Online, group: themeday.GroupSeen{Chat: "wr1", Name: "第一支部", Unlisted: true},
			friend: themeday.Sighting{ID: "zhangsan", Friend: true, Stable: true},
		}
		c := defaultConfig()
		c.Database = filepath.Join(t.TempDir(), "two.db")
		h, err := OpenHouse(c, many.New(nil, onWeChat, onWeCom), rand.NewChaCha8([32]byte{1}), slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		at := time.Date(2026, 3, 9, 8, 0, 0, 0, c.Zone())
		roster, bad := themeday.ReadRoster([]themeday.SheetRow{
			{Line: 1, Cells: []string{"支部", "姓名", "职务", "企业微信账号"}},
			{Line: 2, Cells: []string{"第一支部", "张三", "书记", "zhangsan"}},
			{Line: 3, Cells: []string{"第二支部", "李四", "书记", ""}},
		})
		if len(bad) > 0 {
			t.Fatal(bad)
		}
		if _, err := h.Enrol(t.Context(), roster, at, nil); err != nil {
			t.Fatal(err)
		}
		if err := h.Start(t.Context(), at); err != nil {
			t.Fatal(err)
		}
		until := time.Date(2026, 3, 10, 12, 0, 0, 0, c.Zone())
		for next := at; !next.IsZero() && next.Before(until); next = h.Next() {
			if err := h.Advance(t.Context(), next); err != nil {
				t.Fatal(err)
			}
			if n := h.Next(); !n.After(next) {
				t.Fatal("it does not get past", next)
			}
		}
		missing := string(themeday.PlanMissing)
		if !slices.Contains(onWeCom.sent, missing+" zhangsan") || slices.ContainsFunc(onWeCom.sent, func(s string) bool { return s == missing+" @li" }) {
			t.Errorf("on WeCom %q", onWeCom.sent)
		}
		if away == slices.Contains(onWeChat.sent, missing+" @li") {
			t.Errorf("away=%t: on WeChat %q", away, onWeChat.sent)
		}
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	}
}
