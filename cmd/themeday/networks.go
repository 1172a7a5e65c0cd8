package main

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"strings"
	"time"

	"themeday"
	"themeday/bot"
	"themeday/bot/many"
	"themeday/bot/wechat"
	"themeday/bot/wecom"
)

// network is what every transport of a serving house needs.
type network struct {
	login   bool
	log     *slog.Logger
	alert   func(string)
	changed func()
	house   func() *House // there as soon as the transport runs
}

// networks makes the transports that the configuration names, as one.
func (s *session) networks(c Config, n network) (bot.Transport, error) {
	var all []bot.Transport
	for _, name := range c.Transport.list() {
		if name == "wecom" {
			t, err := s.weCom(c, n)
			if err != nil {
				return nil, err
			}
			all = append(all, t)
			continue
		}
		all = append(all, s.weChat(c, n))
	}
	if len(all) == 1 {
		return all[0], nil
	}
	return many.New(func(a themeday.Account, err error) {
		n.log.Error("one network is closed; the others go on", "network", a, "err", err)
		n.alert("the bot has ended on " + string(a) + " and goes on elsewhere; see the log")
	}, all...), nil
}

func (s *session) weChat(c Config, n network) bot.Transport {
	base := strings.TrimSuffix(c.WeChat.Session, filepath.Ext(c.WeChat.Session))
	return wechat.New(wechat.Options{
		SessionFile: c.WeChat.Session, Web: c.WeChat.Mode == "web", Files: base + "-files", QRFile: base + "-login.png",
		Wanted: func() ([]string, error) { return n.house().groups(s.ctx, s.Now()) },
		Active: func(at time.Time) bool { return n.house().meeting(s.ctx, at) },
		Ask:    s.asker(n.login), Show: s.line,
		Alert: n.alert, Changed: n.changed, Log: n.log, Now: s.Now, Zone: c.Zone(),
	})
}

func (s *session) weCom(c Config, n network) (bot.Transport, error) {
	id, secret, err := c.WeCom.credentials()
	if err != nil {
		return nil, err
	}
	base := strings.TrimSuffix(c.WeCom.Status, filepath.Ext(c.WeCom.Status))
	return wecom.New(wecom.Options{
		BotID: id, Secret: secret, Endpoint: c.WeCom.Endpoint, Names: c.WeCom.Name.list(), Files: base + "-files", StatusFile: c.WeCom.Status,
		Known:  func(ctx context.Context) (wecom.Known, error) { return n.house().weComKnows(ctx) },
		Active: func(at time.Time) bool { return n.house().meeting(s.ctx, at) },
		Show:   s.line, Alert: n.alert, Changed: n.changed, Log: n.log, Now: s.Now,
	}), nil
}

func (s *session) line(text string) { _ = s.printf("%s\n", text) }

// farewell is how a serving house ends: that another instance took over is no failure, or whoever watches over the program would start it again, and the
// two would throw each other out.
func (s *session) farewell(err error) error {
	if errors.Is(err, wecom.ErrTakenOver) {
		return nil // it was shown
	}
	return err
}

// weComKnows is what the house knows of WeCom: the groups that were claimed, and who is bound.
func (h *House) weComKnows(ctx context.Context) (wecom.Known, error) {
	known := wecom.Known{Groups: map[themeday.ChatID]string{}}
	err := h.Store.View(ctx, func(tx themeday.Tx) error {
		claimed, err := themeday.GroupChats(tx, themeday.WeCom)
		if err != nil {
			return err
		}
		branches, err := tx.Branches()
		if err != nil {
			return err
		}
		for chat, b := range claimed {
			for _, one := range branches {
				if one.ID == b {
					known.Groups[chat] = one.Group
				}
			}
		}
		bound, err := tx.Bindings(themeday.WeCom)
		for _, b := range bound {
			if b.Level == themeday.Certain {
				known.People = append(known.People, b.Sighting)
			}
		}
		return err
	})
	return known, err
}

// onWeCom tells whether a branch's group was claimed on WeCom.
func (h *House) onWeCom(claimed map[themeday.ChatID]themeday.BranchID, b themeday.BranchID) bool {
	if _, serves := many.Of(h.Transport, themeday.WeCom).(*wecom.Transport); !serves {
		return false
	}
	for _, whose := range claimed {
		if whose == b {
			return true
		}
	}
	return false
}
