// Package relay is the transport by hand, for when WeChat is down or refuses the account: what is due is shown as a text to paste into the
// chat, and chat that is pasted back goes through the same commands, marked with who pasted it.
package relay

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"themeday"
	"themeday/bot"
)

// Member is somebody of a group, as the house knows him.
type Member struct {
	ID   themeday.PersonID
	Name string
	Card string // his name in the group
}

// Group is a branch's group.
type Group struct {
	Name    string
	Members []Member
}

// Transport shows and takes text. Sends wait until whoever pastes says that he has; answers do not.
type Transport struct {
	In     io.Reader
	Out    io.Writer
	Now    bot.Clock
	Zone   *time.Location
	Me     Member // who pastes; his own words count as certainly his
	Groups func() []Group
	Trust  bool          // what is shown counts as pasted, without being asked
	Code   func() string // of his own words after pasted chat; nil draws one

	mu      sync.Mutex
	group   string
	count   int         // of his own words
	yes     string      // what confirms the post that waits
	pending chan string // gets the word of who pastes while a post waits for it
	ended   bool        // nobody is there any more to confirm
	closed  bool        // everything that was pasted has been taken
	begin   sync.Once
	lines   chan string
}

var _ bot.Transport = (*Transport)(nil)

// Account is relay.
func (t *Transport) Account() themeday.Account { return "relay" }

// State is online until everything that was pasted has been taken.
func (t *Transport) State() bot.State {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.closed {
		return bot.Closed
	}
	return bot.Online
}

// Directory shows the groups of the house with their people; the ids are the house's own and never change.
func (t *Transport) Directory() themeday.Directory {
	d := directory{}
	seen := map[themeday.PersonID]bool{}
	for _, g := range t.Groups() {
		out := themeday.GroupSeen{Chat: chatOf(g.Name), Name: g.Name}
		for _, m := range g.Members {
			out.Members = append(out.Members, t.sighting(m))
			if !seen[m.ID] {
				seen[m.ID] = true
				d.friends = append(d.friends, themeday.Sighting{ID: idOf(m), Card: m.Name, Nick: m.Name, Remark: m.Name, Friend: true})
			}
		}
		d.groups = append(d.groups, out)
	}
	if !seen[t.Me.ID] {
		d.friends = append(d.friends, t.sighting(t.Me))
	}
	return d
}

func chatOf(group string) themeday.ChatID      { return themeday.ChatID("[" + group + "]") }
func idOf(m Member) themeday.SightingID        { return themeday.SightingID(fmt.Sprintf("p%d", m.ID)) }
func (t *Transport) certain(m Member) bool     { return m.ID == t.Me.ID }
func (t *Transport) printf(f string, a ...any) { _, _ = fmt.Fprintf(t.Out, f, a...) } // a terminal

// sighting is a member as a pasted chat shows him: by a name that anybody could have typed, but for who pastes.
func (t *Transport) sighting(m Member) themeday.Sighting {
	s := themeday.Sighting{ID: idOf(m), Card: m.Card, Nick: m.Name}
	if t.certain(m) {
		s.Remark, s.Friend = m.Name, true
	}
	return s
}

// Send shows what is to be pasted where. Of a post it waits for the word that it was: without it nothing counts as sent.
func (t *Transport) Send(ctx context.Context, out bot.Outgoing) error {
	where := "群聊 [" + out.Name + "]"
	if out.Private {
		where = "私聊 (" + out.Name + ")"
	}
	t.printf("\n──── 请粘贴到%s ────\n%s\n", where, out.Text)
	for _, f := range out.Files {
		t.printf("〔文件 %s〕%s\n", f.Name, f.Path)
	}
	if out.Kind == themeday.ReplyKind || t.Trust {
		t.printf("────\n")
		return nil
	}
	sign := t.sign()
	t.printf("──── 贴好了输入 ok %s，先不发输入 no ────\n", sign)
	return t.confirmed(ctx, "ok "+sign)
}

// sign is what stands behind the word for one post: nobody who writes in the chat that is pasted can know it.
func (t *Transport) sign() string {
	w := ownWords{code: t.Code}
	return w.draw()
}

// confirmed waits for the word that a post was pasted.
func (t *Transport) confirmed(ctx context.Context, yes string) error {
	word := make(chan string, 1)
	t.mu.Lock()
	if t.ended {
		t.mu.Unlock()
		return fmt.Errorf("not confirmed: %w", bot.ErrOffline)
	}
	t.pending, t.yes = word, yes
	t.mu.Unlock()
	defer func() {
		t.mu.Lock()
		t.pending = nil
		t.mu.Unlock()
	}()
	select {
	case <-ctx.Done():
	case said := <-word:
		if said == yes {
			return nil
		}
	}
	return fmt.Errorf("not confirmed: %w", bot.ErrOffline)
}

// Run takes pasted lines until the input or ctx ends.
func (t *Transport) Run(ctx context.Context, take func(context.Context, themeday.Message) error) error {
	t.Listen()
	defer func() {
		t.end()
		t.mu.Lock()
		t.closed = true
		t.mu.Unlock()
	}()
	p := paste{known: t.known, zone: t.Zone}
	w := ownWords{code: t.Code}
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case line, ok := <-t.lines:
			p.now = t.Now()
			done, more, err := t.read(&p, &w, line, ok)
			if err != nil {
				t.printf("%v\n", err)
			}
			for _, s := range done {
				if err := take(ctx, t.message(s)); err != nil {
					return err
				}
			}
			if !more {
				return nil
			}
		}
	}
}

// read reads one line; false at the end of the input.
func (t *Transport) read(p *paste, w *ownWords, line string, ok bool) (done []Said, more bool, err error) {
	if !ok {
		return p.flush(), false, nil
	}
	if said, question, is := w.line(line); is {
		done = p.flush()
		if question != "" {
			t.printf("%s\n", question)
			return done, true, nil
		}
		return append(done, Said{Own: true, Text: said}), true, nil
	}
	if hit := groupRow.FindStringSubmatch(line); hit != nil {
		done = p.flush()
		return done, true, t.enter(hit[1])
	}
	if hit := inGroup.FindStringSubmatch(line); hit != nil {
		if err := t.enter(hit[1]); err != nil {
			return nil, true, err
		}
		line = hit[2]
	}
	w.chat(line)
	done, understood := p.line(line)
	if !understood {
		err = fmt.Errorf("没看懂这一行（名单上没有这个名字？）。请粘贴：姓名: 文字；换群输入：[群名]")
	}
	return done, true, err
}

// Listen begins to read the input: words for a post that waits go to it, everything else is pasted chat.
func (t *Transport) Listen() {
	t.begin.Do(func() {
		t.lines = make(chan string, 10_000)
		go t.listen()
	})
}

func (t *Transport) listen() {
	in := bufio.NewScanner(t.In)
	in.Buffer(make([]byte, 64<<10), 1<<20)
	for in.Scan() {
		line := strings.TrimPrefix(in.Text(), "\ufeff")
		word := strings.ToLower(strings.Join(strings.Fields(line), " "))
		t.mu.Lock()
		waiting := t.pending
		if waiting != nil && (word == t.yes || word == "no") {
			t.pending = nil
			t.mu.Unlock()
			waiting <- word
			continue
		}
		t.mu.Unlock()
		t.lines <- line
	}
	t.end()
	close(t.lines)
}

// end lets a post that waits for its word go: it was not pasted.
func (t *Transport) end() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.ended = true
	if t.pending != nil {
		t.pending <- "no"
		t.pending = nil
	}
}

// enter makes a group the one that is pasted from.
func (t *Transport) enter(name string) error {
	for _, g := range t.Groups() {
		if g.Name == name {
			t.group = name
			return nil
		}
	}
	var names []string
	for _, g := range t.Groups() {
		names = append(names, g.Name)
	}
	return fmt.Errorf("没有这个群：%s。有：%s", themeday.Shown(name), strings.Join(names, "、"))
}

// current is the group that is pasted from: the one that was named, else the only one.
func (t *Transport) current() (Group, bool) {
	all := t.Groups()
	for _, g := range all {
		if g.Name == t.group || t.group == "" && len(all) == 1 {
			return g, true
		}
	}
	return Group{}, false
}

func (t *Transport) known(name string) bool {
	_, ok := t.member(name)
	return ok
}

func (t *Transport) member(name string) (Member, bool) {
	g, _ := t.current()
	for _, m := range g.Members {
		if m.Card == name || m.Name == name {
			return m, true
		}
	}
	return Member{}, false
}

// message is what was pasted as the house hears it. The same words of the same person on the same day are one message, so that pasting
// twice does no harm.
func (t *Transport) message(s Said) themeday.Message {
	if s.Own {
		return t.own(s)
	}
	g, _ := t.current()
	m, _ := t.member(s.Name)
	from := themeday.Sighting{ID: idOf(m), Card: m.Card, Nick: m.Name} // never certain: anybody may have put the name into a text
	at := s.At
	if at.IsZero() {
		at = t.Now()
	}
	sum := sha256.Sum256([]byte(strings.Join([]string{g.Name, s.Name, s.Text, at.In(t.Zone).Format("2006-01-02"), s.At.String()}, "\x00")))
	return themeday.Message{
		ID: themeday.MessageID(hex.EncodeToString(sum[:12])), Account: t.Account(), At: at, Chat: chatOf(g.Name), Group: g.Name,
		From: from, Text: s.Text, Relayed: t.Me.Name,
	}
}

// own is what who pastes says to the bot alone; each time it is another message.
func (t *Transport) own(s Said) themeday.Message {
	at := t.Now()
	t.count++
	me := t.sighting(t.Me)
	return themeday.Message{
		ID: themeday.MessageID(fmt.Sprintf("own-%d-%d", at.UnixNano(), t.count)), Account: t.Account(), At: at,
		Chat: themeday.ChatID(me.ID), From: me, Text: s.Text,
	}
}

type directory struct {
	groups  []themeday.GroupSeen
	friends []themeday.Sighting
}

func (d directory) Session() string              { return "relay" }
func (d directory) Groups() []themeday.GroupSeen { return d.groups }
func (d directory) Friends() []themeday.Sighting { return d.friends }
