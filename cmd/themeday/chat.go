package main

import (
	"context"
	"crypto/rand"
	"io"
	"log/slog"
	"slices"

	"themeday"
	"themeday/bot/console"
	"themeday/storage"
)

type chatCmd struct {
	Force bool `help:"Go on in a database that serves on WeChat: what is typed counts there."`
}

// greeting stands above a chat on a terminal.
const greeting = `这里就是群聊：按下面的样子打字，回车发送；Ctrl-D 结束。
  [群名] 姓名: 签到        在群里说
  (姓名): 下一步           私信机器人
`

func (c *chatCmd) Run(s *session) error {
	config, err := s.load()
	if err != nil {
		return err
	}
	config.force = c.Force
	return s.console(config, false)
}

// console serves in the terminal. Who runs it makes backups and reads its configuration anew, as on WeChat; a chat is a trial.
func (s *session) console(config Config, running bool) error {
	t := &console.Transport{In: s.In, Out: s.Out, Now: s.Now}
	if terminal(s.In) && terminal(s.Out) {
		in, out, closer, err := console.Terminal()
		if err != nil {
			return err
		}
		defer closer.Close() //nolint:errcheck // the terminal is given back
		t.In, t.Out = in, out
		if _, err := io.WriteString(out, greeting); err != nil {
			return err
		}
	}
	h, err := OpenHouse(config, t, rand.Reader, s.logger(slog.LevelWarn))
	if err != nil {
		return err
	}
	defer h.Close() //nolint:errcheck // what was committed stands
	t.Zone, t.Names = config.Zone(), func() ([]string, []string) { return namesOf(s.ctx, h.Store) }
	if groups, _ := t.Names(); len(groups) == 0 {
		if err := s.printf("还没有支部：先导入名单，themeday import roster FILE\n"); err != nil {
			return err
		}
	}
	live := &Live{House: h, Now: s.Now, InTurn: true}
	ctx, end := context.WithCancel(s.ctx)
	defer end()
	if running {
		live.backups = &schedule{work: s.work}
		live.Hangup, live.Load = s.hangup(end), s.load
	}
	return live.Serve(ctx)
}

// namesOf are the groups of the branches and the people of the house, for the console's directory.
func namesOf(ctx context.Context, store *storage.Store) (groups, people []string) {
	err := store.View(ctx, func(tx themeday.Tx) error {
		branches, err := tx.Branches()
		if err != nil {
			return err
		}
		for _, b := range branches {
			groups = append(groups, b.Group)
		}
		all, err := tx.People()
		for _, p := range all {
			people = append(people, p.Name)
		}
		return err
	})
	if err != nil {
		return nil, nil
	}
	slices.Sort(people)
	return groups, slices.Compact(people)
}
