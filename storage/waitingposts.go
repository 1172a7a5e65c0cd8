package storage

import (
	"cmp"
	"slices"
	"time"

	"themeday"
)

// mostWaiting is of how many branches the waiting posts are remembered.
const mostWaiting = 256

// waitingOf are the planned posts of a branch, by due time and key, as they stand in this transaction.
func (t *tx) waitingOf(b themeday.BranchID) ([]themeday.Post, error) {
	known, there := t.known.waiting[b]
	if !there {
		all, err := list(t, "posts", scanPost, postsOf(themeday.Waiting), b)
		if err != nil {
			return nil, err
		}
		known = make(map[string]themeday.Post, len(all))
		for _, p := range all {
			known[p.Key] = p
		}
		if t.known.waiting == nil || len(t.known.waiting) >= mostWaiting {
			t.known.waiting = map[themeday.BranchID]map[string]themeday.Post{}
		}
		t.known.waiting[b] = known
		return all, nil
	}
	all := make([]themeday.Post, 0, len(known))
	for _, p := range known {
		all = append(all, p)
	}
	slices.SortFunc(all, func(a, b themeday.Post) int { return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Key, b.Key)) })
	return all, nil
}

// follow keeps what is remembered of a branch's waiting posts in step with one that was written; whatever takes a part of the transaction back
// forgets all of it.
func (t *tx) follow(p themeday.Post) {
	known, there := t.known.waiting[p.Branch]
	switch {
	case !there:
	case p.State != themeday.Waiting:
		delete(known, p.Key)
	default:
		for _, at := range []*time.Time{&p.Due, &p.Planned, &p.Expires, &p.SentAt} {
			*at = at.UTC().Round(0) // as it would be read
		}
		known[p.Key] = p
	}
}

// Waits looks among what is remembered.
func (t *tx) Waits(b themeday.BranchID, a themeday.ActivityID, k themeday.Kind) (bool, error) {
	if _, there := t.known.waiting[b]; !there {
		if _, err := t.waitingOf(b); err != nil {
			return false, err
		}
	}
	for _, p := range t.known.waiting[b] {
		if p.Activity == a && p.Kind == k {
			return true, nil
		}
	}
	return false, nil
}
