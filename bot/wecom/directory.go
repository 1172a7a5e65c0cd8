package wecom

import (
	"context"
	"slices"

	"themeday"
)

// directory is what the network shows, which is little: no names, no members. Ids never change, so there is one session for ever.
type directory struct {
	groups  []themeday.GroupSeen
	friends []themeday.Sighting
}

// Session implements themeday.Directory.
func (d directory) Session() string { return themeday.WeComSession }

// Groups implements themeday.Directory.
func (d directory) Groups() []themeday.GroupSeen { return d.groups }

// Friends implements themeday.Directory.
func (d directory) Friends() []themeday.Sighting { return d.friends }

// Directory shows the groups that were claimed for a branch, and whoever is bound or has written to the bot alone.
func (t *Transport) Directory() themeday.Directory {
	t.mu.Lock()
	defer t.mu.Unlock()
	var d directory
	for chat, name := range t.known.Groups {
		d.groups = append(d.groups, themeday.GroupSeen{Chat: chat, Name: name, Unlisted: true})
	}
	slices.SortFunc(d.groups, func(a, b themeday.GroupSeen) int { return cmp(string(a.Chat), string(b.Chat)) })
	ids := map[string]bool{}
	for id := range t.direct {
		ids[id] = true
	}
	for _, id := range t.known.People {
		ids[string(id)] = !t.shut[string(id)]
	}
	for id, reachable := range ids {
		if reachable {
			d.friends = append(d.friends, t.sighting(id))
		}
	}
	slices.SortFunc(d.friends, func(a, b themeday.Sighting) int { return cmp(string(a.ID), string(b.ID)) })
	return d
}

func cmp(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// sighting is somebody as the network shows him: an id and nothing else. t.mu is held.
func (t *Transport) sighting(id string) themeday.Sighting {
	known := slices.Contains(t.known.People, themeday.SightingID(id)) && !t.shut[id]
	return themeday.Sighting{ID: themeday.SightingID(id), Friend: t.direct[id] || known, Stable: true}
}

// Refresh asks the house anew what it knows. It must not be called in a transaction.
func (t *Transport) Refresh(ctx context.Context) {
	known, err := t.opt.Known(ctx)
	if err != nil {
		t.opt.Log.Error("wecom: the groups and people were not read", "err", err)
		return
	}
	t.mu.Lock()
	t.known = known
	t.mu.Unlock()
}

// meets notes that somebody has written in a direct chat: from now on the bot may write to him.
func (t *Transport) meets(id string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.direct[id] = true
	delete(t.shut, id)
}

// closed notes that a chat refused a push: nobody has written to the bot in it, or he may not use it any more.
func (t *Transport) closed(chat string, private bool) {
	t.mu.Lock()
	if private {
		t.shut[chat] = true
		delete(t.direct, chat)
	}
	t.mu.Unlock()
	if !private {
		t.opt.Alert("WeCom does not know a group any more (93006): somebody has to @ the bot in it once")
	}
}
