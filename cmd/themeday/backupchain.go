package main

import (
	"context"
	"fmt"

	"themeday/storage"
)

// errAltered tells of a backup whose ledger was altered before it was made.
type errAltered struct{ what string }

// Error says what does not hold, and what to do.
func (e errAltered) Error() string {
	return "the ledger in it was altered: " + e.what + "; themeday verify tells more, and an older backup may be whole"
}

// verifiedChain walks along the chain of a restored database and gives its head in words; errAltered where it does not hold.
func verifiedChain(ctx context.Context, store *storage.Store) (string, error) {
	v, err := store.Verify(ctx, "")
	switch {
	case err != nil:
		return "", err
	case v.Bad != nil:
		return "", errAltered{v.Bad.What}
	}
	return fmt.Sprintf("holds: %d entries, %d links, head %s", v.Entries, v.Links, v.Head.Short()), nil
}
