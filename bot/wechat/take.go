package wechat

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/eatmoreapple/openwechat"

	"themeday"
)

// handTries is how often a message is handed over that the house could not take, before it is left to the next sync.
const handTries = 3

// chatsAtOnce is how many chats' messages are handed over at a time.
const chatsAtOnce = 64

// handAll hands over what one sync brought: of each chat in its order, up to the first that the house could not take; of several chats at a time,
// so that the house can write them down together.
func (t *Transport) handAll(ctx context.Context, all []themeday.Message, hand take) error {
	chats := map[themeday.ChatID][]themeday.Message{}
	var order []themeday.ChatID
	for _, m := range all {
		if chats[m.Chat] == nil {
			order = append(order, m.Chat)
		}
		chats[m.Chat] = append(chats[m.Chat], m)
	}
	errs := make([]error, len(order))
	free := make(chan struct{}, chatsAtOnce)
	var busy sync.WaitGroup
	for i, chat := range order {
		free <- struct{}{}
		busy.Go(func() {
			defer func() { <-free }()
			for _, m := range chats[chat] {
				if errs[i] = t.hand(ctx, m, hand); errs[i] != nil {
					return
				}
			}
		})
	}
	busy.Wait()
	for _, m := range all {
		for _, f := range m.Files {
			_ = os.Remove(f.Path) // whoever wanted it has kept it
		}
	}
	return errors.Join(errs...)
}

// receive reads one message of a sync; false for one that is not for the house. Its error means that the whole sync has to come again.
func (t *Transport) receive(ctx context.Context, c *client, m *openwechat.Message) (themeday.Message, bool, error) {
	in, ok := Read(RawOf(m), c.self.UserName)
	if in.Ignored != PhoneStatus {
		t.noteInbound() // whatever it is, the session hears
	}
	if !ok {
		t.opt.Log.Debug("wechat: ignored", "message", in.ID, "why", string(in.Ignored))
		return themeday.Message{}, false, nil
	}
	if in.Notice != NoNotice || in.Revoked != "" {
		t.noticed(in)
		return themeday.Message{}, false, nil
	}
	if in.Sender == c.self.UserName && t.ours(string(in.ID), in.Text) {
		return themeday.Message{}, false, nil
	}
	return t.message(ctx, c, in)
}

// hand gives a message to the house, again after a moment when it could not take it.
func (t *Transport) hand(ctx context.Context, m themeday.Message, hand take) error {
	var err error
	for try := range handTries {
		if err = hand(ctx, m); err == nil || ctx.Err() != nil {
			return err
		}
		if err := t.opt.Wait(ctx, time.Second<<try); err != nil {
			return err
		}
	}
	return fmt.Errorf("a message was not taken: %w", err)
}

func (t *Transport) noteInbound() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.status.LastInbound = t.opt.Now()
}

// noticed draws from a system message what has to be looked up again. A message that somebody took back stays what it was: a fact is not
// undone by it.
func (t *Transport) noticed(in Incoming) {
	switch {
	case in.Revoked != "":
		t.opt.Log.Info("wechat: a message was revoked; what it did stands", "message", in.Revoked)
	case in.Notice == MembersChanged, in.Notice == GroupRenamed:
		t.groupChanged(in.Chat, in.Notice == GroupRenamed)
	case in.Notice == FriendsChanged:
		t.contactsChanged()
	}
}

// message is a message as the house understands it; false for one that is not for us.
func (t *Transport) message(ctx context.Context, c *client, in Incoming) (themeday.Message, bool, error) {
	m := themeday.Message{ID: in.ID, Account: t.Account(), At: in.At, Chat: themeday.ChatID(in.Chat), Text: in.Text, Quoted: in.Quoted, Chain: in.Chain}
	if m.At.IsZero() {
		m.At = t.opt.Now()
	}
	if in.Group {
		g, ours, err := t.groupOf(ctx, c, in.Chat)
		if err != nil || !ours {
			return m, false, t.unread(err)
		}
		m.Group, m.From = g.name, t.memberOf(ctx, c, g, in.Sender)
	} else if ok := t.fromFriend(ctx, c, in, &m); !ok {
		return m, false, nil
	}
	files, err := t.fetchPatiently(ctx, c, in)
	if err != nil {
		return m, false, err
	}
	m.Files = files
	return m, m.Text != "" || m.Chain != nil || len(m.Files) > 0, nil
}

// unread: a group that cannot be read now makes the sync come again, until it is clear that it will not be read.
func (t *Transport) unread(err error) error {
	if err == nil {
		return nil
	}
	if _, end := endOf(err); end || errors.Is(err, errUnread) {
		return err
	}
	return fmt.Errorf("%w: %w", errUnread, err)
}

// fromFriend fills in who wrote in private; false for official accounts and for what the account wrote to somebody from its phone.
func (t *Transport) fromFriend(ctx context.Context, c *client, in Incoming, m *themeday.Message) bool {
	if in.Sender == c.self.UserName {
		return false
	}
	t.mu.Lock()
	public := t.people.public[in.Chat]
	s, known := t.people.friends[in.Chat]
	t.mu.Unlock()
	if public {
		return false
	}
	if !known {
		s = t.newFriend(ctx, c, in.Chat)
	}
	m.From = s
	return s.ID != ""
}

// newFriend reads who wrote that was not in the contact list: somebody who became a friend meanwhile.
func (t *Transport) newFriend(ctx context.Context, c *client, id string) themeday.Sighting {
	all, err := t.details(ctx, c, openwechat.Members{{UserName: id}})
	t.mu.Lock()
	defer t.mu.Unlock()
	s := themeday.Sighting{ID: themeday.SightingID(id), Friend: true}
	if err != nil {
		return s // asked again with his next word
	}
	for _, u := range all {
		if u == nil || u.UserName != id {
			continue
		}
		if u.VerifyFlag != 0 {
			t.people.public[id] = true
			return themeday.Sighting{}
		}
		s = friend(u)
	}
	t.people.friends[id], t.people.shown = s, nil
	return s
}
