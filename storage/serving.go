package storage

import (
	"context"

	"themeday"
)

// Serving is the network on which the database serves; empty until it does on one.
func (s *Store) Serving() (themeday.Account, error) {
	var account themeday.Account
	err := s.reader.Raw("SELECT account FROM serving").Scan(&account).Error
	return account, explain("read serving", err)
}

// Serve notes the network on which the database serves from now on.
func (s *Store) Serve(ctx context.Context, account themeday.Account) error {
	return s.Update(ctx, func(update themeday.Tx) error { return update.(*tx).put("serving", "one, account", 1, account) })
}

// Messages is how many messages were ever taken.
func (s *Store) Messages() (int, error) {
	var n int
	err := s.reader.Raw("SELECT count(*) FROM inbox").Scan(&n).Error
	return n, explain("count messages", err)
}
