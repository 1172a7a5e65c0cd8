package storage

import (
	"time"

	"themeday"
)

// PostsBetween goes by when posts are due, as the index of a branch's posts does.
func (t *tx) PostsBetween(b themeday.BranchID, from, until time.Time) ([]themeday.Post, error) {
	return list(t, "posts", scanPost, selectPosts+"WHERE branch = ? AND due >= ? AND due < ? ORDER BY due, key", b, atText(from), atText(until))
}
