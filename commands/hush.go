package commands

import (
	"strings"
	"sync"
	"time"

	"themeday"
)

// hushFor is how long a group is not told again what it has just read.
const hushFor = time.Hour

// hush keeps a group from hearing thirty times what holds for everybody there: not begun yet, not approved, no activity today. The first who asks
// is answered, for all. What it forgets in a new start is said once more.
type hush struct {
	mu   sync.Mutex
	said map[groupWord]time.Time
}

// groupWord is a sentence in a group.
type groupWord struct {
	account themeday.Account
	chat    themeday.ChatID
	text    string
}

// again tells whether a refusal that holds for everybody in the group was said there within the hour; else it is said now.
func (u *hush) again(m themeday.Message, h heard, e *themeday.Error) bool {
	if m.Private() || !h.command.Everyday || h.command.Who > Member || h.command.Aside || !forAll(e) {
		return false
	}
	u.mu.Lock()
	defer u.mu.Unlock()
	for w, at := range u.said {
		if m.At.Sub(at) >= hushFor {
			delete(u.said, w)
		}
	}
	word := groupWord{m.Account, m.Chat, e.Text}
	if _, there := u.said[word]; there {
		return true
	}
	if u.said == nil {
		u.said = map[groupWord]time.Time{}
	}
	u.said[word] = m.At
	return false
}

// forAll tells whether a refusal is about the time or the activity, and not about who asks: then it says 您 to nobody.
func forAll(e *themeday.Error) bool {
	switch e.Code {
	case themeday.TooEarly, themeday.TooLate, themeday.Missing, themeday.NotFound:
		return e.Text != "" && !strings.Contains(e.Text, "您")
	}
	return false
}
