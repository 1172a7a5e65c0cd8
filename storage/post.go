package storage

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"themeday"
)

const (
	postColumns = "key, kind, branch, activity, audience, person, arg, due, planned, expires, state, tries, said, sent_at, text, note"
	selectPosts = "SELECT " + postColumns + " FROM posts "

	// The state is written out, not an argument, so that the small index of planned posts serves.
	nextDue      = "SELECT due FROM posts WHERE state = 'planned' ORDER BY due LIMIT 1"
	plannedPosts = selectPosts + "WHERE state = 'planned' AND due <= ? ORDER BY due, key"
	stuckPosts   = selectPosts + "WHERE state IN ('sending', 'unknown') ORDER BY due, key"
	countSent    = "SELECT count(*) FROM posts WHERE state = 'sent' AND audience = 'group' AND sent_at >= ? AND sent_at < ?"
)

func (t *tx) Post(key string) (themeday.Post, bool, error) {
	for _, of := range t.known.waiting {
		if p, there := of[key]; there {
			return p, true, nil
		}
	}
	return one(t, "posts", scanPost, selectPosts+"WHERE key = ?", key)
}

// PutPost keeps the text only of what goes to a group.
func (t *tx) PutPost(p themeday.Post) error {
	if p.To != themeday.ToGroup {
		p.Text = ""
	}
	err := t.put("posts", postColumns, p.Key, p.Kind, p.Branch, p.Activity, p.To, p.Person, p.Arg, at(p.Due), at(p.Planned), at(p.Expires),
		p.State, p.Tries, p.Said, at(p.SentAt), p.Text, p.Note)
	if err == nil {
		t.posted = t.posted || p.State == themeday.Waiting
		t.follow(p)
	}
	return err
}

// MarkPost leaves the other columns, and their indexes, alone. Like PutPost it keeps the text only of what goes to a group.
func (t *tx) MarkPost(p themeday.Post) error {
	if p.To != themeday.ToGroup {
		p.Text = ""
	}
	t.writes++
	n, err := t.exec("mark a post", "UPDATE posts SET due = ?, state = ?, tries = ?, said = ?, sent_at = ?, text = ?, note = ? WHERE key = ?",
		at(p.Due), p.State, p.Tries, p.Said, at(p.SentAt), p.Text, p.Note, p.Key)
	if err == nil && n == 0 {
		return fmt.Errorf("mark a post: there is none with the key %s", p.Key)
	}
	if err == nil {
		t.follow(p)
	}
	return err
}

func scanPost(r row, p *themeday.Post) error {
	return r.Scan(&p.Key, &p.Kind, &p.Branch, &p.Activity, &p.To, &p.Person, &p.Arg, when(&p.Due), when(&p.Planned), when(&p.Expires),
		&p.State, &p.Tries, &p.Said, when(&p.SentAt), &p.Text, &p.Note)
}

// PostsOf gives a branch's posts in some states, or in all when none is named.
func (t *tx) PostsOf(b themeday.BranchID, states ...themeday.PostState) ([]themeday.Post, error) {
	if len(states) == 1 && states[0] == themeday.Waiting && !t.readonly {
		return t.waitingOf(b)
	}
	return list(t, "posts", scanPost, postsOf(states...), b)
}

// postsOf writes the states out, like the queries above; they are words of the program, never of a person.
func postsOf(states ...themeday.PostState) string {
	query := selectPosts + "WHERE branch = ? "
	if len(states) > 0 {
		either := make([]string, len(states))
		for i, s := range states {
			either[i] = "state = '" + strings.ReplaceAll(string(s), "'", "''") + "'"
		}
		query += "AND (" + strings.Join(either, " OR ") + ") "
	}
	return query + "ORDER BY due, key"
}

func (t *tx) ActivityPosts(id themeday.ActivityID, kind themeday.Kind) ([]themeday.Post, error) {
	return list(t, "posts", scanPost, selectPosts+"WHERE activity = ? AND kind = ? ORDER BY due, key", id, kind)
}

// DuePosts gives at most limit posts, or all for a limit of 0.
func (t *tx) DuePosts(at time.Time, limit int) ([]themeday.Post, error) {
	due, err := list(t, "posts", scanPost, plannedPosts, atText(at))
	if err != nil {
		return nil, err
	}
	slices.SortStableFunc(due, func(a, b themeday.Post) int { return cmp.Compare(a.Kind.Priority(), b.Kind.Priority()) })
	if limit > 0 && len(due) > limit {
		due = due[:limit]
	}
	return due, nil
}

func (t *tx) NextDue() (time.Time, bool, error) {
	return one(t, "posts", func(r row, at *time.Time) error { return r.Scan(when(at)) }, nextDue)
}

func (t *tx) PlannedPosts(until time.Time) ([]themeday.Post, error) {
	return list(t, "posts", scanPost, plannedPosts, atText(until))
}

func (t *tx) StuckPosts() ([]themeday.Post, error) {
	return list(t, "posts", scanPost, stuckPosts)
}

func (t *tx) CountSent(since, until time.Time) (int, error) {
	n, _, err := one(t, "posts", scanNumber, countSent, atText(since), atText(until))
	return int(n), err
}

// DropPlanned drops an activity's planned posts whose keys are not kept, and notes why.
func (t *tx) DropPlanned(activity themeday.ActivityID, keep map[string]bool, why string) error {
	planned, err := list(t, "posts", scanPost, selectPosts+"WHERE activity = ? AND state = 'planned' ORDER BY key", activity)
	if err != nil {
		return err
	}
	for _, p := range planned {
		if keep[p.Key] {
			continue
		}
		p.State, p.Note = themeday.Dropped, why
		if err := t.MarkPost(p); err != nil {
			return err
		}
	}
	return nil
}
