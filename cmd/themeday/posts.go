package main

import (
	"fmt"
	"strings"
	"time"

	"themeday"
)

type postsCmd struct {
	List postsListCmd `cmd:"" default:"1" help:"List the posts of which nobody knows whether they were sent."`
	Send postsSendCmd `cmd:"" help:"Send posts that are not in the chat, with what is true now; a serving program does it within a minute."`
	Sent postsSentCmd `cmd:"" help:"Note that posts are in the chat."`
}

type postsListCmd struct{}

func (c *postsListCmd) Run(s *session) error {
	h, err := s.look()
	if err != nil {
		return err
	}
	defer h.Close() //nolint:errcheck // nothing was written
	var stuck []themeday.Post
	err = h.Store.View(s.ctx, func(tx themeday.Tx) (err error) {
		stuck, err = tx.StuckPosts()
		return err
	})
	if err != nil {
		return err
	}
	if len(stuck) == 0 {
		return s.printf("Of every post it is known whether it was sent.\n")
	}
	for _, p := range stuck {
		use := ""
		if !s.Now().Before(p.Expires) {
			use = " (of no use any more)"
		}
		if err := s.printf("%s  %-18s %s%s\n    %s: %s\n", h.Desk.Local(p.Due).Format("2006-01-02 15:04"), p.Kind, p.Branch, use, quoted(p.Key), p.Note); err != nil {
			return err
		}
	}
	return s.printf("In the chat: themeday posts sent KEY. Not in the chat: themeday posts send KEY.\n")
}

type postsSendCmd struct {
	Keys []string `arg:"" name:"key" help:"The posts, as themeday posts lists them."`
}

func (c *postsSendCmd) Run(s *session) error {
	now := s.Now()
	return s.decide(c.Keys, func(p *themeday.Post) error {
		if !now.Before(p.Expires) {
			return fmt.Errorf("%s would be of no use any more: tell the branch yourself what is missing, and say themeday posts sent %s", p.Key, quoted(p.Key))
		}
		p.State, p.Due, p.Said, p.Note = themeday.Waiting, now, 0, "sent again at the operator's word"
		return nil
	}, "will be sent by whatever serves")
}

type postsSentCmd struct {
	Keys []string `arg:"" name:"key" help:"The posts, as themeday posts lists them."`
}

func (c *postsSentCmd) Run(s *session) error {
	return s.decide(c.Keys, func(p *themeday.Post) error {
		p.State, p.Note = themeday.Sent, "found in the chat by the operator"
		return nil
	}, "counts as sent")
}

// decide does what the operator says with posts of which nobody knows; all of them or none. What is being sent right now is not touched.
func (s *session) decide(keys []string, change func(*themeday.Post) error, done string) error {
	h, err := s.look()
	if err != nil {
		return err
	}
	defer h.Close() //nolint:errcheck // what was committed stands
	if err := h.Store.Update(s.ctx, func(tx themeday.Tx) error { return decidePosts(tx, keys, s.Now(), change) }); err != nil {
		return err
	}
	return s.printf("%s: %s\n", strings.Join(keys, " "), done)
}

func decidePosts(tx themeday.Tx, keys []string, now time.Time, change func(*themeday.Post) error) error {
	for _, key := range keys {
		p, there, err := tx.Post(key)
		switch {
		case err != nil:
			return err
		case !there:
			return fmt.Errorf("there is no post %s: themeday posts lists them", key)
		case p.State != themeday.Unknown:
			return fmt.Errorf("of %s it is known: it is %s", key, p.State)
		}
		if err := change(&p); err != nil {
			return err
		}
		if err := tx.PutPost(p); err != nil {
			return err
		}
		err = tx.AddEntry(themeday.Entry{
			Happened: now, Entered: now, By: themeday.Bot, Verb: "posts", Branch: p.Branch, Activity: p.Activity, Noun: "post", Key: key, Why: p.Note,
		})
		if err != nil {
			return err
		}
	}
	return nil
}
