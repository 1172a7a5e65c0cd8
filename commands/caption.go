package commands

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode"
	"unicode/utf8"

	"themeday"
	"themeday/commands/fold"
)

// captionGate keeps ordinary talk of the groups from the database: it knows who has just sent a photo and may say now what it shows. What it
// forgets in a new start is made good by asking the database about all talk of the first minutes.
type captionGate struct {
	mu    sync.Mutex
	first time.Time // of the first message that this process heard
	until map[someone]time.Time
	quiet atomic.Int64 // the instant, in Unix nanoseconds, after which nobody's caption is awaited; 0: nothing was heard yet
}

// awaitsAny tells whether the caption of anybody may be awaited at an instant.
func (g *captionGate) awaitsAny(at time.Time) bool {
	quiet := g.quiet.Load()
	return quiet == 0 || at.UnixNano() <= quiet
}

// listen lets captions be awaited for a while.
func (g *captionGate) listen(at time.Time) {
	g.quiet.Store(max(g.quiet.Load(), at.Add(themeday.CaptionWithin).UnixNano()))
}

// someone is a person as the network shows him in a group.
type someone struct {
	account themeday.Account
	chat    themeday.ChatID
	who     themeday.SightingID
}

func senderOf(m themeday.Message) someone { return someone{m.Account, m.Chat, m.From.ID} }

// open notes that somebody has sent a photo to a group.
func (g *captionGate) open(m themeday.Message) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.begin(m)
	if m.Private() {
		return
	}
	for who, until := range g.until {
		if until.Before(m.At) {
			delete(g.until, who)
		}
	}
	if g.until == nil {
		g.until = map[someone]time.Time{}
	}
	g.until[senderOf(m)] = m.At.Add(themeday.CaptionWithin)
	g.listen(m.At)
}

func (g *captionGate) begin(m themeday.Message) {
	if g.first.IsZero() {
		g.first = m.At
		g.listen(m.At)
	}
}

// awaits tells whether a message that is no command may be the caption of a photo. His first words behind the photo count and no others.
func (g *captionGate) awaits(m themeday.Message, h heard) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.begin(m)
	if m.Private() {
		return false
	}
	until, waiting := g.until[senderOf(m)]
	switch {
	case !waiting && !m.At.Before(g.first.Add(themeday.CaptionWithin)):
		return false
	case waiting && m.At.After(until), !h.unknown, len(h.line.Mentions) > 0, m.Quoted, m.Relayed != "", captionOf(m.Text) == "":
		delete(g.until, senderOf(m))
		return false
	}
	return true
}

// close notes that somebody's words behind his photo were heard.
func (g *captionGate) close(m themeday.Message) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.until, senderOf(m))
}

// captionOf is a text as a caption, on one line; empty for what is too long for one, or has no word in it.
func captionOf(text string) string {
	words := strings.Join(strings.Fields(fold.Text(text)), " ")
	if utf8.RuneCountInString(words) > themeday.CaptionMost || !strings.ContainsFunc(words, unicode.IsLetter) {
		return ""
	}
	return words
}

// errTalk takes back the note of a message that was no caption after all: of ordinary talk nothing is kept.
var errTalk = errors.New("ordinary talk")

// takeCaption puts what somebody says in his group under the photos that he has just sent there. The bot says nothing to it.
func (r *Router) takeCaption(tx themeday.Tx, m themeday.Message, sp speaker) error {
	if sp.foreign || sp.known.Level == themeday.Nobody || sp.group == nil {
		return errTalk
	}
	c := themeday.Cause{By: sp.known.Person, At: m.At, Message: m.ID}
	taken, err := r.Desk.CaptionPhotos(tx, c, sp.group.ID, sp.known.Person, captionOf(m.Text))
	if err == nil && !taken {
		return errTalk
	}
	return err
}
