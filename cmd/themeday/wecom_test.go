package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"themeday"
	"themeday/bot"
	"themeday/bot/wecom"
	"themeday/bot/wecom/fakewecom"
	"themeday/templates/sheet"
)

const (
	weComBot   = "主题党日助手"
	weComGroup = "wrFIRST"
)

// company is a house that serves on WeCom: the fake server, the real transport, and a clock that the script moves.
type company struct {
	t      *testing.T
	server *fakewecom.Server
	config Config
	ids    map[string]string // user ids by name
	log    *lockedBuffer

	mu    sync.Mutex
	now   time.Time
	taken int
	house *House
	done  chan error
	stop  context.CancelFunc

	said int
	last func() // says the last thing again
}

func newCompany(t *testing.T, roster string, begins time.Time) *company {
	t.Helper()
	c := &company{t: t, server: fakewecom.New("bot-1", "secret-1"), ids: map[string]string{}, log: &lockedBuffer{}, now: begins}
	c.server.Now = c.clock
	if err := c.server.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.server.Close)
	c.config = defaultConfig()
	c.config.Database, c.config.Transport = filepath.Join(t.TempDir(), "wecom.db"), "wecom"
	c.open()
	t.Cleanup(func() { c.close() })
	rows, err := sheet.Read(roster, nil)
	if err != nil {
		t.Fatal(err)
	}
	read, bad := themeday.ReadRoster(rows)
	if len(bad) > 0 {
		t.Fatal(bad)
	}
	for _, l := range read.Lines {
		c.ids[l.Name] = l.WeCom
	}
	if _, err := c.house.Enrol(t.Context(), read, c.now, nil); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *company) clock() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// open starts the program on the database, as a new process would, and waits until it is online.
func (c *company) open() {
	c.t.Helper()
	var h *House
	t := wecom.New(wecom.Options{
		BotID: "bot-1", Secret: "secret-1", Endpoint: c.server.URL(), Names: []string{weComBot}, Files: filepath.Join(c.t.TempDir(), "files"),
		Known: func(ctx context.Context) (wecom.Known, error) { return h.weComKnows(ctx) },
		Log:   slog.New(slog.NewTextHandler(c.log, nil)), Now: c.clock, Rand: rand.New(rand.NewPCG(1, 2)),
	})
	h, err := OpenHouse(c.config, t, rand.NewChaCha8([32]byte{1}), slog.New(slog.NewTextHandler(c.log, nil)))
	if err != nil {
		c.t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	c.house, c.stop, c.done = h, stop, make(chan error, 1)
	go func() { c.done <- t.Run(ctx, c.take) }()
	c.until("online", func() bool { return t.State() == bot.Online })
	if err := h.Start(ctx, c.clock()); err != nil {
		c.t.Fatal(err)
	}
}

func (c *company) close() {
	if c.stop == nil {
		return
	}
	c.stop()
	<-c.done
	c.stop = nil
	_ = c.house.Close()
}

func (c *company) take(ctx context.Context, m themeday.Message) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	defer func() { c.taken++ }()
	c.mu.Unlock() // the transport asks for the time while it answers
	err := c.house.TakeAt(ctx, m, c.clock())
	c.mu.Lock()
	return err
}

func (c *company) until(what string, holds func() bool) {
	c.t.Helper()
	tick := time.NewTicker(2 * time.Millisecond)
	defer tick.Stop()
	for late := time.After(20 * time.Second); !holds(); {
		select {
		case <-tick.C:
		case <-late:
			c.t.Fatalf("%s: not in 20 seconds\n%s", what, c.log)
		}
	}
}

// heard waits until the house has taken what was just said.
func (c *company) heard(messages int) {
	c.t.Helper()
	c.mu.Lock()
	want := c.said + messages
	c.said = want
	c.mu.Unlock()
	c.until("it is taken", func() bool { c.mu.Lock(); defer c.mu.Unlock(); return c.taken >= want })
}

// pass lets time go by: everything that falls due on the way is done at its instant.
func (c *company) pass(to time.Time) {
	c.t.Helper()
	for {
		next := c.house.Next()
		if next.IsZero() || !next.Before(to) {
			break
		}
		c.at(next)
	}
	c.at(to)
}

func (c *company) at(when time.Time) {
	c.t.Helper()
	c.mu.Lock()
	if when.After(c.now) {
		c.now = when
	}
	now := c.now
	c.mu.Unlock()
	if err := c.house.Advance(c.t.Context(), now); err != nil {
		c.t.Fatal(err)
	}
}

// say lets somebody say something, as it is said on WeCom: in a group by the bot's name, a picture there as a quoted one.
func (c *company) say(s ScriptStep, dir string) {
	c.t.Helper()
	said := fakewecom.Said{From: c.ids[s.Name], Body: fakewecom.Text(s.Text)}
	if s.Group != "" {
		said.Group, said.Body = weComGroup, fakewecom.Text("@"+weComBot+" "+s.Text)
	}
	if s.Quoted {
		said.Quote = fakewecom.Text("现在可以签到")
	}
	if s.File != "" {
		data, err := os.ReadFile(filepath.Join(dir, s.File))
		if err != nil {
			c.t.Fatal(err)
		}
		file := c.server.File("image", "", data, fakewecom.Unpadded)
		if said.Body = file; s.Group != "" {
			said.Body, said.Quote = fakewecom.Text("@"+weComBot), file
		}
	}
	id := c.server.Say(said)
	c.last = func() { c.server.Deliver(id, said); c.heard(1) }
	c.heard(1)
}

// tap lets somebody tap the newest card in the group on which his words stand; false when there is none.
func (c *company) tap(name, command string) bool {
	c.t.Helper()
	all := c.server.Sent()
	for i := len(all) - 1; i >= 0; i-- {
		card := all[i].Card
		if card == nil || all[i].Chat != weComGroup {
			continue
		}
		for _, o := range append(card.Buttons, card.Options...) {
			if o.Text != command {
				continue
			}
			key, picked := o.Key, []string(nil)
			if card.Submit != "" {
				key, picked = card.Submit, []string{o.Key}
			}
			c.server.Tap(card.TaskID, c.ids[name], key, picked...)
			c.heard(1)
			c.until("the card shows it", func() bool {
				return c.server.CardFor(card.TaskID, c.ids[name]) != c.server.CardFor(card.TaskID, "nobody")
			})
			return true
		}
	}
	return false
}

// play plays a script; tappers tap where the others type.
func (c *company) play(script Script, dir string, tappers ...string) {
	c.t.Helper()
	for _, s := range script.Steps {
		c.pass(s.At)
		switch s.Verb {
		case Say:
			tapped := false
			for _, who := range tappers {
				tapped = tapped || s.Name == who && s.Group != "" && s.File == "" && c.tap(who, s.Text)
			}
			if !tapped {
				c.say(s, dir)
			}
		case Restart:
			c.close()
			c.open()
		case Relogin:
			before, _ := c.server.Subscriptions()
			c.server.Drop()
			c.until("online again", func() bool {
				n, _ := c.server.Subscriptions()
				return n > before && c.house.Transport.State() == bot.Online
			})
		case Repeat:
			c.last()
		case Offline:
			c.server.Away(true)
			c.until("offline", func() bool { return c.house.Transport.State() != bot.Online })
			c.pass(s.At.Add(s.For))
			c.server.Away(false)
			c.until("online again", func() bool { return c.house.Transport.State() == bot.Online })
			c.at(c.clock().Add(time.Minute))
		}
	}
}

func (c *company) facts() string {
	c.t.Helper()
	var out bytes.Buffer
	if err := c.house.WriteFacts(c.t.Context(), &out, "", ""); err != nil {
		c.t.Fatal(err)
	}
	return out.String()
}

// sentTo are what a chat was told, a line each.
func (c *company) sentTo(chat string) string {
	var out strings.Builder
	for _, m := range c.server.Sent() {
		if m.Chat == chat {
			fmt.Fprintf(&out, "%s %s %s%s\n", m.At.In(c.config.Zone()).Format("01-02 15:04"), m.Kind, m.Text, m.Media.Name)
		}
	}
	return out.String()
}

func TestTheSameMonthGivesTheSameFactsOnWeChatAndOnWeCom(t *testing.T) {
	const path = "testdata/wecom/month.txt"
	player, err := readScriptFile(path, "")
	if err != nil {
		t.Fatal(err)
	}
	player.Log = slog.New(slog.DiscardHandler)
	player.Config.Database = filepath.Join(t.TempDir(), "wechat.db")
	var onWeChat bytes.Buffer
	player.Done = func(h *House) error { return h.WriteFacts(t.Context(), &onWeChat, "", "") }
	if err := rehearse(t.Context(), player, io.Discard, false, ""); err != nil {
		t.Fatal(err)
	}

	begins := player.Script.Steps[0].At.Add(-time.Hour)
	c := newCompany(t, "testdata/wecom/roster.csv", begins)
	// What WeCom needs first: everybody has written to the bot once, and the secretary says whose group it is.
	for _, name := range []string{"王强", "李敏", "陈静", "赵国栋", "刘洋", "孙丽", "周大伟", "吴芳", "郑涛", "冯雪", "林海"} {
		c.say(ScriptStep{Name: name, Text: "帮助"}, "")
		c.pass(c.clock().Add(time.Minute))
	}
	c.say(ScriptStep{Group: "第一支部", Name: "李敏", Text: "绑定群 第一支部"}, "")
	if got := c.sentTo(weComGroup); strings.Contains(got, "已绑定") {
		t.Errorf("a member claims the group: %s", got)
	}
	c.say(ScriptStep{Group: "第一支部", Name: "王强", Text: "绑定群 第一支部"}, "")
	c.play(player.Script, filepath.Dir(path), "陈静", "吴芳", "刘洋")

	if got := c.facts(); got != onWeChat.String() {
		t.Errorf("on WeCom the facts are\n%s\non WeChat\n%s\nthe log:\n%s\nthe group:\n%s", got, onWeChat.String(), c.log, c.sentTo(weComGroup))
	}
	group := c.sentTo(weComGroup)
	for _, words := range []string{"本群已绑定为第一支部的群", "预告", "现在可以签到", "到会情况", "测评"} {
		if n := strings.Count(group, words); n < 1 {
			t.Errorf("the group was not told %q:\n%s", words, group)
		}
	}
	if secretary := c.sentTo("wangqiang"); !strings.Contains(secretary, ".docx") || !strings.Contains(secretary, "孙丽请假") {
		t.Errorf("the secretary has no record form, or was not told of the leave:\n%s", secretary)
	}
	for _, secret := range []string{"孩子发烧", "出差"} {
		if strings.Contains(group, secret) {
			t.Errorf("the group was told %q", secret)
		}
	}
	for _, secret := range []string{"secret-1", "sign=secret", "孙丽", "sunli"} {
		if strings.Contains(c.log.String(), secret) {
			t.Errorf("the log holds %q", secret)
		}
	}
}
