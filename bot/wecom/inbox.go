package wecom

import (
	"context"
	"errors"
	"os"
	"strconv"
	"sync"
	"time"

	"themeday"
)

// inbox holds what was received until it is handled: the network does not send it again. It outlives connections.
type inbox struct {
	mu    sync.Mutex
	items []*item
	busy  bool
	wake  chan struct{} // somebody put something in
	empty chan struct{} // closed when nothing is left; nil: nobody waits for that
}

// item is one callback.
type item struct {
	link *link
	req  string
	said callback
	at   time.Time // when it came
	text string
	got  []themeday.File
	lost int           // so many files could not be fetched
	why  error         // of the last
	done chan struct{} // closed when its files are here
}

func newInbox() *inbox { return &inbox{wake: make(chan struct{}, 1)} }

func (in *inbox) put(it *item) {
	in.mu.Lock()
	in.items = append(in.items, it)
	in.mu.Unlock()
	select {
	case in.wake <- struct{}{}:
	default:
	}
}

// next waits for the next one; nil when ctx ends.
func (in *inbox) next(ctx context.Context) *item {
	for {
		in.mu.Lock()
		in.busy = len(in.items) > 0
		if in.busy {
			it := in.items[0]
			in.items = in.items[1:]
			in.mu.Unlock()
			return it
		}
		if in.empty != nil {
			close(in.empty)
			in.empty = nil
		}
		in.mu.Unlock()
		select {
		case <-ctx.Done():
			return nil
		case <-in.wake:
		}
	}
}

// drained waits until everything is handled, or ctx ends.
func (in *inbox) drained(ctx context.Context) {
	in.mu.Lock()
	if !in.busy && len(in.items) == 0 {
		in.mu.Unlock()
		return
	}
	if in.empty == nil {
		in.empty = make(chan struct{})
	}
	empty := in.empty
	in.mu.Unlock()
	select {
	case <-empty:
	case <-ctx.Done():
	}
}

// hear takes a callback from a connection. It never waits: answers to what is being handled come by the same connection.
func (t *Transport) hear(l *link, f frame) {
	c, err := readCallback(f)
	if err != nil {
		t.opt.Log.Warn("wecom: a callback was not read", "err", err)
		return
	}
	if c.Event != nil && c.Event.Type == eventTakeover {
		l.end(errTakenOver)
		return
	}
	if c.From.UserID == "" || c.MsgID == "" {
		t.opt.Log.Debug("wecom: a callback of nobody")
		return
	}
	now := t.opt.Now()
	t.heard(c, now)
	it := &item{link: l, req: f.Headers.ReqID, said: c, at: now, done: make(chan struct{})}
	var media []medium
	if f.Cmd == cmdMessage {
		it.text, media = c.said()
		if c.group() {
			it.text = unmentioned(it.text, t.opt.Names)
		}
		if c.Quote != nil {
			_, quoted := c.Quote.said()
			media = append(media, quoted...)
		}
	}
	if len(media) == 0 {
		close(it.done)
	} else { // at once: the addresses are good for five minutes
		go func() {
			defer close(it.done)
			t.fetchAll(l.ctx, it, media)
		}()
	}
	t.in.put(it)
}

// heard notes that the network speaks to us.
func (t *Transport) heard(c callback, now time.Time) {
	t.mu.Lock()
	t.status.LastInbound = now
	fresh := false
	if c.group() {
		t.mute.spoke(now)
		if _, ours := t.known.Groups[themeday.ChatID(c.ChatID)]; !ours && len(t.status.Unclaimed) < 20 {
			fresh = true
			for _, id := range t.status.Unclaimed {
				fresh = fresh && id != c.ChatID
			}
			if fresh {
				t.status.Unclaimed = append(t.status.Unclaimed, c.ChatID)
			}
		}
	}
	t.mu.Unlock()
	if !c.group() {
		t.meets(c.From.UserID)
	}
	if fresh {
		t.keepStatus()
	}
}

// work hands over what was received, one at a time, until ctx ends.
func (t *Transport) work(ctx context.Context, hand func(context.Context, themeday.Message) error) {
	for {
		it := t.in.next(ctx)
		if it == nil {
			return
		}
		select {
		case <-it.done:
		case <-ctx.Done():
			return
		}
		t.handle(ctx, it, hand)
		for _, f := range it.got {
			_ = os.Remove(f.Path) // whoever wanted it has kept it
		}
	}
}

func (t *Transport) handle(ctx context.Context, it *item, hand func(context.Context, themeday.Message) error) {
	t.Refresh(ctx)
	if e := it.said.Event; e != nil {
		switch e.Type {
		case eventEnter:
			t.welcome(ctx, it)
		case eventTap:
			t.tapped(ctx, it, hand)
		default:
			t.opt.Log.Debug("wecom: an event that means nothing here", "event", clip(e.Type, 40))
		}
		return
	}
	q := &question{req: it.req, link: it.link, chat: it.said.chat(), group: it.said.group(), from: it.said.From.UserID, at: it.at}
	for _, m := range t.messages(it) {
		t.remember(m.ID, q)
		if t.hand(ctx, m, hand) != nil {
			return
		}
	}
	if it.lost > 0 {
		t.tellLost(ctx, it, q)
	}
}

// messages are what a callback says, in the order in which it makes sense: in private the words and then the pictures that prove them, in a group
// the photos and then what they show.
func (t *Transport) messages(it *item) []themeday.Message {
	base := t.message(it)
	var texts, files []themeday.Message
	if it.text != "" {
		m := base
		m.Text, m.Quoted = it.text, it.said.Quote != nil
		texts = append(texts, m)
	}
	for i, f := range it.got {
		m := base
		if it.text != "" || i > 0 {
			m.ID = themeday.MessageID(string(base.ID) + "/" + strconv.Itoa(i+1))
		}
		m.Files = []themeday.File{f}
		files = append(files, m)
	}
	if it.said.group() {
		return append(files, texts...)
	}
	return append(texts, files...)
}

// message is what all messages of a callback have in common.
func (t *Transport) message(it *item) themeday.Message {
	c := it.said
	t.mu.Lock()
	defer t.mu.Unlock()
	m := themeday.Message{ID: themeday.MessageID(c.MsgID), Account: themeday.WeCom, At: c.at(), Chat: themeday.ChatID(c.chat()), From: t.sighting(c.From.UserID)}
	if m.At.IsZero() || m.At.After(it.at.Add(time.Minute)) {
		m.At = it.at
	}
	if c.group() {
		m.Group = t.known.Groups[m.Chat]
		if m.Group == "" {
			m.Group = c.ChatID // it has no name until it is claimed for a branch
		}
	}
	return m
}

// hand gives a message to the house, again after a pause as long as it could not take it.
func (t *Transport) hand(ctx context.Context, m themeday.Message, hand func(context.Context, themeday.Message) error) error {
	for try := 0; ; try++ {
		err := hand(ctx, m)
		if err == nil {
			return nil
		}
		t.opt.Log.Warn("wecom: a message was not taken; tried again", "message", m.ID, "tries", try+1)
		if err := t.opt.Wait(ctx, min(time.Second<<min(try, 6), time.Minute)); err != nil {
			return err
		}
	}
}

// tellLost says that a file did not arrive: silence would look as if it had.
func (t *Transport) tellLost(ctx context.Context, it *item, q *question) {
	text := "文件没有取到，请再发一次"
	if errors.Is(it.why, errUnfit) {
		text = "文件没有收：太大（最多20MB）或不是能用的格式"
	}
	t.opt.Log.Warn("wecom: a file was not fetched", "message", it.said.MsgID, "err", secretless(it.why))
	t.talk.Lock()
	defer t.talk.Unlock()
	if l := t.current(); l != nil {
		if err := t.say(ctx, &l, it.said.chat(), !it.said.group(), q, markdownBody(text)); err != nil {
			t.opt.Log.Warn("wecom: the loss was not told", "err", secretless(err))
		}
	}
}

// greeting is what somebody reads who opens the direct chat, once a day.
const greeting = "我是主题党日助手。第一次用请向书记要绑定码，再发：绑定 六位数字\n发“帮助”看能用的话"

func (t *Transport) welcome(ctx context.Context, it *item) {
	if t.opt.Now().Sub(it.at) >= eventWindow || !it.link.alive() {
		return
	}
	_, err := it.link.call(ctx, cmdWelcome, it.req, map[string]any{"msgtype": "text", "text": map[string]any{"content": greeting}})
	if err != nil {
		t.opt.Log.Debug("wecom: not welcomed", "err", secretless(err))
	}
}
