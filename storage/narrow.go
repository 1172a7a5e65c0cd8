package storage

import "context"

// Narrow keeps the file from growing, as a full disk does, or lets it grow again. It is for simulations and tests, and ends with the Store.
func (s *Store) Narrow(ctx context.Context, full bool) error {
	pages := "PRAGMA max_page_count = 1" // SQLite reads less than there is as what there is
	if !full {
		pages = "PRAGMA max_page_count = 1073741823"
	}
	var now int64
	return explain("set the most pages of "+s.path, s.writer.WithContext(ctx).Raw(pages).Row().Scan(&now))
}
