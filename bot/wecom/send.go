package wecom

import (
	"context"
	"errors"
	"fmt"
	"time"

	"themeday/bot"
)

// Send says one thing in one chat: the text, what can be tapped, then the files. What certainly did not go out wraps bot.ErrOffline or
// bot.ErrRefused; everything else that is no success is bot.ErrUnknown and must not be repeated.
func (t *Transport) Send(ctx context.Context, out bot.Outgoing) error {
	t.talk.Lock()
	defer t.talk.Unlock()
	l := t.current()
	if l == nil {
		return fmt.Errorf("nothing is subscribed: %w", bot.ErrOffline)
	}
	chat, q := string(out.Chat), t.asker(out.Answers)
	if q != nil && q.tap != nil {
		if q.chat == chat && len(out.Files) == 0 && out.Offer.Empty() && t.onCard(ctx, q, out.Text) {
			return nil
		}
		q = nil // the answer to a tap is the card; everything else is pushed
	}
	if q != nil && q.chat != chat {
		q = nil
	}
	pieces, err := t.pieces(ctx, l, out)
	if err != nil {
		return err
	}
	if err := t.allow(chat, len(pieces)); err != nil {
		return outcome(err)
	}
	for i, p := range pieces {
		err := t.piece(ctx, &l, out, q, p)
		switch {
		case err != nil && i > 0:
			return fmt.Errorf("%w: a part of it went out: %w", bot.ErrUnknown, err)
		case err != nil:
			return outcome(err)
		}
	}
	return nil
}

// piece is one message of a post: a body, or a card.
type piece struct {
	body map[string]any
	card *sentCard
	text string // what the card's text is, for a chat that takes no card
}

// pieces are the messages of a post, with its files on the network already: nothing goes to the chat before all of it can.
func (t *Transport) pieces(ctx context.Context, l *link, out bot.Outgoing) ([]piece, error) {
	var files []piece
	for _, f := range out.Files {
		body, err := t.upload(ctx, l, f)
		if err != nil {
			return nil, err
		}
		files = append(files, piece{body: body})
	}
	c, hasCard := cardOf(out.Offer, out.Text)
	plain := t.takesNoCards(string(out.Chat))
	var pieces []piece
	switch {
	case out.Offer.Empty():
		pieces = asPieces(out.Text)
	case !hasCard || plain:
		pieces = asPieces(withHint(out.Text, hint(out.Offer, !out.Private)))
	case c.whole(out.Text):
		pieces = []piece{{card: &c, text: withHint(out.Text, hint(out.Offer, !out.Private))}}
	default:
		pieces = append(asPieces(out.Text), piece{card: &c, text: hint(out.Offer, !out.Private)})
	}
	return append(pieces, files...), nil
}

func withHint(text, hint string) string {
	if text == "" {
		return hint
	}
	return text + "\n" + hint
}

func asPieces(text string) []piece {
	if text == "" {
		return nil
	}
	var out []piece
	for _, body := range textBodies(text) {
		out = append(out, piece{body: body})
	}
	return out
}

// piece says one message. A card that is refused becomes words to type.
func (t *Transport) piece(ctx context.Context, l **link, out bot.Outgoing, q *question, p piece) error {
	if p.card == nil {
		return t.say(ctx, l, string(out.Chat), out.Private, q, p.body)
	}
	for try := 0; ; try++ {
		task := "themeday_" + t.stamp()
		t.keep(task, *p.card) // before it goes: a tap may overtake the answer
		err := t.say(ctx, l, string(out.Chat), out.Private, q, map[string]any{"msgtype": "template_card", "template_card": p.card.body(task, nil)})
		var r *Refusal
		switch {
		case refusedWith(err, codeTask) && try == 0:
			continue
		case !errors.As(err, &r), refusedWith(err, codeNoChat, codeOften, codeCrowded, codeBusy, codeOverlap, codeUnserved):
			return err
		}
		t.opt.Log.Warn("wecom: a card was refused; the words to type were sent", "code", r.Code, "group", !out.Private)
		t.refusesCards(string(out.Chat))
		return t.say(ctx, l, string(out.Chat), out.Private, q, markdownBody(p.text))
	}
}

// plainFor is how long a chat that refused a card is not offered another.
const plainFor = 24 * time.Hour

func (t *Transport) refusesCards(chat string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.plain[chat] = t.opt.Now()
}

func (t *Transport) takesNoCards(chat string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	at, refused := t.plain[chat]
	return refused && t.opt.Now().Sub(at) < plainFor
}

// busyTries is how often something is said that the network was too busy to take.
const busyTries = 3

// say says one message: as the answer to a question where there is one that may still be answered, else as a push.
func (t *Transport) say(ctx context.Context, l **link, chat string, private bool, q *question, body map[string]any) error {
	var err error
	for try := 0; try <= busyTries; try++ {
		if try > 0 {
			if werr := t.opt.Wait(ctx, time.Second<<(try-1)); werr != nil {
				return err
			}
		}
		err = t.sayOnce(ctx, *l, chat, private, q, body)
		switch {
		case refusedWith(err, codeUnserved) && try == 0:
			fresh := t.again(ctx, *l)
			if fresh == nil {
				return err
			}
			*l = fresh
		case refusedWith(err, codeBusy, codeOverlap):
		default:
			return err
		}
	}
	return err
}

func (t *Transport) sayOnce(ctx context.Context, l *link, chat string, private bool, q *question, body map[string]any) error {
	if q != nil && q.tap == nil && q.claim(l, t.opt.Now()) {
		t.count(chat)
		_, err := l.call(ctx, cmdRespond, q.req, body)
		if !refusedWith(err, codeBadReq, codeStreamOver) {
			return err
		}
	}
	err := t.push(ctx, l, chat, private, body)
	var r *Refusal
	switch {
	case !errors.As(err, &r), fault[r.Code]:
	case r.Code == codeOften, r.Code == codeCrowded:
		t.hold(chat)
	default:
		if !private { // a chat that is not pushed to may still be answered
			if live := t.newest(chat, l); live != nil && live.claim(l, t.opt.Now()) {
				if _, again := l.call(ctx, cmdRespond, live.req, body); again == nil {
					return nil
				}
			}
		}
		if r.Code == codeNoChat {
			t.closed(chat, private)
		}
	}
	return err
}

// push says one message of the bot's own accord.
func (t *Transport) push(ctx context.Context, l *link, chat string, private bool, body map[string]any) error {
	kind := 2
	if private {
		kind = 1
	}
	sent := map[string]any{"chatid": chat, "chat_type": kind}
	for k, v := range body {
		sent[k] = v
	}
	t.count(chat)
	_, err := l.call(ctx, cmdSend, "", sent)
	return err
}
