package storage

import (
	"slices"
	"strings"
	"time"

	"themeday"
)

// PostsBetween goes by when posts are due, as the index of a branch's posts does.
func (t *tx) PostsBetween(b themeday.BranchID, from, until time.Time) ([]themeday.Post, error) {
	return list(t, "posts", scanPost, selectPosts+"WHERE branch = ? AND due >= ? AND due < ? ORDER BY due, key", b, atText(from), atText(until))
}

func (t *tx) WordsBetween(b themeday.BranchID, from, until time.Time) ([]themeday.Post, error) {
	return list(t, "posts", scanPost, selectPosts+"WHERE branch = ? AND due >= ? AND due < ? AND audience <> 'group' AND state IN ('sent', 'planned') ORDER BY due, key",
		b, atText(from), atText(until))
}

// keysAtOnce is how many keys stand in one query.
const keysAtOnce = 200

// PostsByKey asks for many posts at once.
func (t *tx) PostsByKey(keys []string) (map[string]themeday.Post, error) {
	found := map[string]themeday.Post{}
	for some := range slices.Chunk(keys, keysAtOnce) {
		args := make([]any, len(some))
		for i, key := range some {
			args[i] = key
		}
		all, err := list(t, "posts", scanPost, selectPosts+"WHERE key IN (?"+strings.Repeat(", ?", len(some)-1)+")", args...)
		if err != nil {
			return nil, err
		}
		for _, p := range all {
			found[p.Key] = p
		}
	}
	return found, nil
}
