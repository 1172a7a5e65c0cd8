package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"log/slog"
	"time"

	"themeday"
	"themeday/bot/relay"
)

type relayCmd struct {
	As   string `required:"" help:"The name, as on the roster, of who pastes." placeholder:"NAME"`
	Sent bool   `help:"Take what is shown for pasted, without asking (for scripts)."`
}

const relayGreeting = `转贴模式：微信连不上时用。到点该发的会显示在这里，请您贴到群里；群里的消息请贴回来：
  姓名: 文字          或直接粘贴微信里复制的多条消息
  [群名]              换一个群
  > 文字              您自己对机器人说的话，例如：> 下一步
Ctrl-D 结束。
`

func (c *relayCmd) Run(s *session) error {
	config, err := s.load()
	if err != nil {
		return err
	}
	if err := existing(config); err != nil {
		return err
	}
	var h *House
	t := &relay.Transport{In: s.In, Out: s.Out, Now: s.Now, Zone: config.Zone(), Trust: c.Sent, Groups: func() []relay.Group { return h.relayGroups(s.ctx, s.Now()) }}
	if h, err = OpenHouse(config, t, rand.Reader, s.logger(slog.LevelWarn)); err != nil {
		return err
	}
	defer h.Close() //nolint:errcheck // what was committed stands
	if t.Me, err = h.oneCalled(s.ctx, c.As); err != nil {
		return err
	}
	if terminal(s.In) {
		if err := s.printf("%s", relayGreeting); err != nil {
			return err
		}
	}
	t.Listen()
	return (&Live{House: h, Now: s.Now, InTurn: true}).Serve(s.ctx)
}

// relayGroups are the branches' groups with the people who are on their lists today.
func (h *House) relayGroups(ctx context.Context, at time.Time) []relay.Group {
	var out []relay.Group
	err := h.Store.View(ctx, func(tx themeday.Tx) error {
		branches, err := tx.Branches()
		if err != nil {
			return err
		}
		for _, b := range branches {
			roster, err := tx.Roster(b.ID, h.Desk.Day(at))
			if err != nil {
				return err
			}
			g := relay.Group{Name: b.Group}
			for _, m := range roster {
				g.Members = append(g.Members, relay.Member{ID: m.Person.ID, Name: m.Name, Card: m.Card})
			}
			out = append(out, g)
		}
		return nil
	})
	if err != nil {
		h.Log.Error("read the rosters", "err", err)
	}
	return out
}

// oneCalled gives the one person of a name.
func (h *House) oneCalled(ctx context.Context, name string) (relay.Member, error) {
	var hits []relay.Member
	err := h.Store.View(ctx, func(tx themeday.Tx) error {
		people, err := tx.People()
		for _, p := range people {
			if p.Name == name {
				hits = append(hits, relay.Member{ID: p.ID, Name: p.Name, Card: p.Name})
			}
		}
		return err
	})
	switch {
	case err != nil:
		return relay.Member{}, err
	case len(hits) == 0:
		return relay.Member{}, fmt.Errorf("nobody is called %s: give --as a name of the roster", name)
	case len(hits) > 1:
		return relay.Member{}, fmt.Errorf("%d people are called %s: give --as the name of somebody who is alone with it", len(hits), name)
	}
	return hits[0], nil
}
