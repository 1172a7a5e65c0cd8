package commands

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"unicode/utf8"

	"themeday"
	"themeday/commands/fold"
	"themeday/templates"
)

// Planner plans a branch's posts anew from the facts, within a transaction.
type Planner interface {
	Plan(tx themeday.Tx, b themeday.BranchID, at timeAt) error
	Explain(k themeday.Kind) string
	NoticeAt(tx themeday.Tx, a themeday.Activity) (timeAt, error)
}

// Router takes every message, finds out whether it is a command, and runs it once.
type Router struct {
	Store     themeday.Store
	Desk      themeday.Desk
	Planner   Planner
	Texts     *templates.Posts
	Directory func(themeday.Account) themeday.Directory
	Log       *slog.Logger
	Limits    Limits            // of answers; none: the default
	Flooded   func(what string) // hears that a limit was reached; may be nil

	menu     []Command
	byWord   map[string]int
	begins   [lastHan - firstHan + 1]bool // ideographs with which a command may begin, in either script
	failed   *failures
	captions *captionGate
	hush     *hush
	flood    *floodGate
}

// New makes a router with the whole menu.
func New(r Router) *Router {
	r.menu = Menu()
	r.byWord = map[string]int{}
	r.captions, r.failed, r.hush, r.flood = &captionGate{}, &failures{}, &hush{}, &floodGate{}
	if r.Limits == (Limits{}) {
		r.Limits = DefaultLimits()
	}
	for i, c := range r.menu {
		for _, w := range c.Words {
			r.byWord[w] = i
		}
	}
	r.learn()
	return &r
}

// errSetAside marks a message with which a handler could not cope.
var errSetAside = errors.New("handler panicked")

// Handle runs what a message asks for, once: a message delivered again does nothing and is not answered. Its error is the operator's; then
// nothing was done and the message may be delivered again.
func (r *Router) Handle(ctx context.Context, m themeday.Message) (themeday.Reply, error) {
	if r.talk(&m) {
		return themeday.Reply{}, nil
	}
	return r.handle(ctx, m)
}

func (r *Router) handle(ctx context.Context, m themeday.Message) (themeday.Reply, error) {
	m.From = m.From.Clipped()
	h, ok := r.read(m)
	if !ok {
		if h.caption = r.captions.awaits(m, h); !h.caption {
			return themeday.Reply{}, nil
		}
	}
	if reply, deaf := r.deaf(ctx, m, h); deaf {
		return reply, nil
	}
	var reply themeday.Reply
	var fresh bool
	c := &Call{}
	err := r.Store.Update(ctx, func(tx themeday.Tx) (err error) {
		fresh, err = tx.TakeMessage(m)
		if err != nil || !fresh {
			return err
		}
		*c = Call{}
		reply, err = r.guarded(tx, m, h, c)
		if errors.Is(err, errSetAside) {
			reply = setAsideReply
			r.Log.Error("message set aside", "message", m.ID, "err", err)
			return tx.SetAside(m, "panic")
		}
		return err
	})
	switch {
	case errors.Is(err, errTalk):
		r.captions.close(m)
		return themeday.Reply{}, nil
	case errors.Is(err, themeday.ErrPassing):
		r.failed.passing(m.ID)
		return themeday.Reply{}, fmt.Errorf("handle message %s: %w", m.ID, err)
	case err != nil && ctx.Err() == nil && r.failed.again(m.ID) >= Attempts && r.putAside(ctx, m, err):
		return setAsideReply, nil
	case err != nil:
		return themeday.Reply{}, fmt.Errorf("handle message %s: %w", m.ID, err)
	case h.picture:
		r.captions.open(m)
	case h.caption && fresh:
		r.captions.close(m)
	}
	reply.Text, reply.Short = themeday.Upright(reply.Text), themeday.Upright(reply.Short)
	return r.tempered(ctx, m, h, c, reply), nil
}

// setAsideReply is what the sender of a message hears with which the program could not cope.
var setAsideReply = say("系统出错，这条没有办成，已记下。请稍后再发一次，或告诉书记")

// Attempts is how often a message is tried before it is set aside.
const Attempts = 3

// failures counts how often messages failed, since the program began; of so many that the store must be to blame it begins anew.
type failures struct {
	mu sync.Mutex
	of map[themeday.MessageID]int
}

// again counts one more failure of a message.
func (f *failures) again(id themeday.MessageID) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.of == nil || len(f.of) > 1000 {
		f.of = map[themeday.MessageID]int{}
	}
	f.of[id]++
	return f.of[id]
}

// passing notes that a message failed for no fault of its own.
func (f *failures) passing(id themeday.MessageID) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.of == nil || len(f.of) > 1000 {
		f.of = map[themeday.MessageID]int{}
	}
	f.of[id] += 0 // it is known from now on
}

// before tells whether a message has failed.
func (f *failures) before(id themeday.MessageID) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	_, there := f.of[id]
	return there
}

// putAside notes a message as one that always fails, so that it is not delivered for ever and keeps no other from being heard. It fails where
// the store itself does: then the message may come again.
func (r *Router) putAside(ctx context.Context, m themeday.Message, failed error) bool {
	err := r.Store.Update(ctx, func(tx themeday.Tx) error {
		if _, err := tx.TakeMessage(m); err != nil {
			return err
		}
		return tx.SetAside(m, "error")
	})
	if err != nil {
		return false
	}
	r.Log.Error("message set aside", "message", m.ID, "err", failed)
	return true
}

// guarded runs the message in a savepoint and turns a panic of a handler into an error; what it had done is taken back.
func (r *Router) guarded(tx themeday.Tx, m themeday.Message, h heard, c *Call) (reply themeday.Reply, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v", errSetAside, p)
		}
	}()
	reply, err = r.inSavepoint(tx, m, h, c)
	var refusal *themeday.Error
	if errors.As(err, &refusal) {
		names, err := themeday.NamesNow(tx)
		if err != nil {
			return themeday.Reply{}, err
		}
		refusal = refusal.Named(names)
		reply = refused(refusal, h)
		if r.hush.again(m, h, refusal) {
			reply = themeday.Reply{}
		}
		return reply, r.noteRefusal(tx, c, h, refusal)
	}
	return reply, err
}

// refused is the answer to what may not be done.
func refused(e *themeday.Error, h heard) themeday.Reply {
	if e.Text == "" {
		return themeday.Reply{}
	}
	short := shortRefusal
	if h.picture {
		short = e.Error() // nothing private
	}
	return themeday.Reply{
		Text: e.Error(), Aside: h.command.Aside, Short: short,
		Data: map[string]any{"code": string(e.Code), "rule": string(e.Rule)},
	}
}

// shortRefusal is all that a group hears of a refusal that belongs in private.
const shortRefusal = "没有办成，请加机器人为好友后私信再发一次"

// heard is what a message was understood to be.
type heard struct {
	command Command
	line    fold.Line
	chain   *themeday.Chain
	picture bool
	unknown bool
	caption bool // perhaps: talk behind a photo
	long    bool // too long to be looked at
}

// maxText is the longest text that is looked at, in bytes; of a longer one only its first word is.
const maxText = 8 << 10

// maxSaid is what whoever wrote too much is told that he may write, in characters; every kind of text has its own limit below.
const maxSaid = 2000

// read tells what a message is; false: not for us.
func (r *Router) read(m themeday.Message) (heard, bool) {
	switch {
	case m.Chain != nil && len(m.Text) <= 64<<10:
		return heard{chain: m.Chain}, !m.Private()
	case len(m.Files) == 0 && r.known(m.Text): // as most type it
		return r.readCommand(m)
	case themeday.IsChain(m.Text) && len(m.Text) <= 64<<10:
		chain, err := themeday.ParseChain(m.Text)
		return heard{chain: &chain}, err == nil && !m.Private()
	case len(m.Files) > 0:
		return heard{picture: true, command: Command{Aside: true}}, true
	case len(m.Text) > maxText:
		return r.readLong(m)
	case strings.TrimSpace(m.Text) == "":
		return heard{}, false
	}
	return r.readCommand(m)
}

// known tells whether a text is a command's word as it stands.
func (r *Router) known(text string) bool {
	_, ok := r.byWord[text]
	return ok
}

// readLong reads the first word of a text that is too long: who meant a command by it must not believe that it was taken.
func (r *Router) readLong(m themeday.Message) (heard, bool) {
	head := strings.ToValidUTF8(m.Text[:256], "")
	i, ok := r.byWord[fold.Parse(head).Word]
	h := heard{long: true, command: Command{Aside: true}}
	if ok {
		h.command.Words = r.menu[i].Words
	}
	return h, m.Private() || ok && !r.menu[i].Bare && !r.menu[i].Figures
}

func (r *Router) readCommand(m themeday.Message) (heard, bool) {
	i, ok := r.byWord[m.Text]
	line := fold.Line{Word: m.Text, Plain: m.Text}
	if !ok {
		line = fold.Parse(m.Text)
		i, ok = r.byWord[line.Word]
	}
	h := heard{line: line}
	if !ok {
		i, ok = r.byWord[spaced(line.Plain)]
		if ok {
			h.line.Rest = ""
		}
	}
	if !ok {
		if word, rest := beforeDigits(line); word != "" {
			if i, ok = r.byWord[word]; ok && (m.Private() || r.menu[i].Figures) {
				h.line.Word, h.line.Rest = word, rest
			} else {
				ok = false
			}
		}
	}
	if !ok {
		h.unknown = true
		return h, m.Private()
	}
	h.command = r.menu[i]
	if _, _, coded := cutCode(h.line.Rest, m.Private()); coded && h.command.Ballot {
		h.command = rateByCode
	}
	if !m.Private() && h.command.Bare && !h.command.Month && h.line.Rest != "" {
		return heard{}, false
	}
	return h, true
}

// beforeDigits parts a word from the figures right behind it: 签到4821, 评分5 4 5 5.
func beforeDigits(line fold.Line) (word, rest string) {
	i := strings.IndexAny(line.Word, "0123456789")
	if i < 1 {
		return "", ""
	}
	return line.Word[:i], strings.TrimSpace(line.Word[i:] + " " + line.Rest)
}

// spaced is a word of two letters typed with a blank between them: 签 到.
func spaced(plain string) string {
	if letters := strings.Fields(plain); len(letters) == 2 && len([]rune(plain)) == 3 {
		return letters[0] + letters[1]
	}
	return ""
}

// inside finds out who speaks and for which branch, and runs the command in a call that it fills.
func (r *Router) inside(tx themeday.Tx, m themeday.Message, h heard, c *Call) (themeday.Reply, error) {
	sp, err := r.speaker(tx, m)
	if err == nil && sp.foreign && claiming(m, h) {
		sp, err = r.claimant(tx, m)
	}
	c.Level, c.foreign = sp.known.Level, sp.foreign
	if err == nil && sp.foreign && m.Account == themeday.WeCom {
		return r.unclaimed(h), nil
	}
	if err != nil || sp.foreign {
		return themeday.Reply{}, err
	}
	if h.long {
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, "", "这条有%d字，太长，没有收。一条最多%d字，请写短些或分几条发", utf8.RuneCountInString(m.Text), maxSaid)
	}
	if h.caption {
		return themeday.Reply{}, r.takeCaption(tx, m, sp)
	}
	*c = Call{
		Desk: r.Desk.At(m.At), Tx: tx, Message: m, Level: sp.known.Level, Menu: r.menu, Texts: r.Texts, Session: sp.session, Scene: sp.scene, Explain: r.Planner.Explain, NoticeAt: r.Planner.NoticeAt,
		Cause: themeday.Cause{By: sp.known.Person, At: m.At, Message: m.ID},
	}
	if h.unknown && m.Private() {
		if again, ok := r.branchFirst(sp, h.line); ok {
			h = again
		}
	}
	if c.toSomebodyElse(sp, h.line.Mentions) {
		return themeday.Reply{}, nil
	}
	c.Command, c.Args = h.command, h.line.Rest
	if err := c.settle(sp); err != nil {
		return themeday.Reply{}, err
	}
	reply, err := r.dispatch(c, sp, h)
	if err != nil {
		return reply, err
	}
	reply.Aside = reply.Aside || h.command.Aside
	return reply, r.replan(c, sp)
}

// replan plans the call's branch anew if it asked for that; a call of no single branch concerns all where the speaker has a place.
func (r *Router) replan(c *Call, sp speaker) error {
	if !c.plan {
		return nil
	}
	if c.Branch.ID != "" {
		return r.Planner.Plan(c.Tx, c.Branch.ID, c.Message.At)
	}
	for _, p := range sp.places {
		if err := r.Planner.Plan(c.Tx, p.Branch, c.Message.At); err != nil {
			return err
		}
	}
	return nil
}

func (r *Router) dispatch(c *Call, sp speaker, h heard) (themeday.Reply, error) {
	switch {
	case h.chain != nil:
		return takeChain(c, sp, *h.chain)
	case h.picture:
		return takePicture(c, sp)
	case h.unknown:
		return c.nearest(h.line.Plain), nil
	}
	if sp.known.Level == themeday.Nobody && c.Command.Who != Anyone {
		return c.unrecognised(sp)
	}
	if err := c.may(sp); err != nil {
		return themeday.Reply{}, err
	}
	if err := c.monthThatIs(); err != nil {
		if c.Command.Everyday && !c.Message.Private() {
			return themeday.Reply{}, nil
		}
		return themeday.Reply{}, err
	}
	if c.Command.Bare && c.Args != "" && (c.Command.Month || monthLike.MatchString(fold.Text(c.Args))) {
		if c.Message.Private() {
			return themeday.Reply{}, c.usage()
		}
		return themeday.Reply{}, nil
	}
	c.Cause.Verb = c.Command.Words[0]
	return c.Command.Run(c)
}

// branchFirst reads a private line that begins with the name of a branch: 第一支部 进度 3月.
func (r *Router) branchFirst(sp speaker, line fold.Line) (heard, bool) {
	for _, b := range sp.branches {
		names := []string{b.Name}
		for _, f := range b.Former {
			names = append(names, f.Name)
		}
		for _, name := range names {
			verb, ok := strings.CutPrefix(line.Word, fold.Command(name))
			if !ok {
				continue
			}
			rest := fold.Parse(strings.TrimSpace(verb + " " + line.Rest))
			if i, ok := r.byWord[rest.Word]; ok {
				rest.Rest = strings.TrimSpace(name + " " + rest.Rest)
				return heard{command: r.menu[i], line: rest}, true
			}
		}
	}
	return heard{}, false
}
