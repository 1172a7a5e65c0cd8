package wecom

import (
	"context"
	"time"
	"unicode/utf8"

	"themeday"
)

// tap is somebody's tap on a card while it is being handled.
type tap struct {
	event   cardEvent
	command string
}

// guardAfter is how long a tap waits for what comes of it before the card is changed without that.
const guardAfter = 3 * time.Second

// tapped hands over what a tap stands for, as if it had been typed, and sees to it that the card changes in time.
func (t *Transport) tapped(ctx context.Context, it *item, hand func(context.Context, themeday.Message) error) {
	commands := it.said.Event.Card.commands()
	if len(commands) == 0 {
		t.opt.Log.Debug("wecom: a tap that stands for nothing")
		return
	}
	for i, command := range commands {
		m := t.message(it)
		m.Text, m.Tapped = command, true
		q := &question{req: it.req, link: it.link, chat: it.said.chat(), group: it.said.group(), from: it.said.From.UserID, at: it.at, tap: &tap{event: it.said.Event.Card, command: command}}
		if i > 0 { // a card that lets pick several: each is a message of its own
			m.ID = themeday.MessageID(string(m.ID) + "/" + command)
			q.used = true
		}
		t.remember(m.ID, q)
		guard, calm := t.after(ctx, guardAfter)
		handled := make(chan struct{})
		go func() {
			select {
			case <-guard:
				t.change(ctx, q, "已收到，正在办理")
			case <-handled:
			}
		}()
		err := t.hand(ctx, m, hand)
		close(handled)
		calm()
		if err != nil {
			return
		}
		t.change(ctx, q, "已收到："+command)
	}
}

// change shows on the card, to whoever tapped it, what came of it; false when it was changed already or cannot be any more.
func (t *Transport) change(ctx context.Context, q *question, says string) bool {
	l := t.current()
	if l == nil || !q.claim(l, t.opt.Now()) {
		return false
	}
	c := t.sent(q.tap.event, q.tap.command)
	body := map[string]any{
		"response_type": "update_template_card",
		"userids":       []string{q.from}, // what came of it is his own matter
		"template_card": c.body(q.tap.event.TaskID, &answered{command: q.tap.command, says: says}),
	}
	t.count(q.chat)
	if _, err := l.call(ctx, cmdUpdate, q.req, body); err != nil {
		t.opt.Log.Warn("wecom: a card was not changed", "err", secretless(err))
		return false
	}
	return true
}

// onCard tells whether an answer was shown on the card that was tapped, so that nothing has to be said.
func (t *Transport) onCard(ctx context.Context, q *question, text string) bool {
	return utf8.RuneCountInString(text) <= 2*mostSub && t.change(ctx, q, text)
}
