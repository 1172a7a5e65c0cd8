package storage

import (
	"time"

	"themeday"
)

// PostsSince goes by when posts are due, as the index of a branch's posts does.
func (t *tx) PostsSince(b themeday.BranchID, from time.Time) ([]themeday.Post, error) {
	return list(t, "posts", scanPost, selectPosts+"WHERE branch = ? AND due >= ? ORDER BY due, key", b, atText(from))
}
