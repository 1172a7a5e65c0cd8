package storage

import (
	"context"
	"strings"
)

// Named is a file beside the database to which rows refer. Its name tells the SHA-256 of its bytes, or its seal is bound to its name, and the rows are
// under seal: so is the file.
type Named struct {
	Folder     string   // pictures or filed
	File       string   // in the folder
	SHA256     string   // of its bytes, hex; of a sealed note what its seal is bound to
	Note       bool     // it is a note and nothing else, and may be sealed
	Activities []string // that refer to it; a filed form with its version
}

// Beside are all files to which rows refer, by folder and name.
func (s *Store) Beside(ctx context.Context) ([]Named, error) {
	rows, err := s.reader.WithContext(ctx).Raw(`SELECT 'filed', sha256 || '.docx', sha256, activity || ' version ' || version, 0 FROM filed_forms WHERE sha256 <> ''
		UNION SELECT 'pictures', id, id, activity, NOT EXISTS (SELECT 1 FROM pictures p WHERE p.id = pictures.id AND p.used_for = 'activity') FROM pictures ORDER BY 1, 2, 4`).Rows()
	if err != nil {
		return nil, explain("read the names of files", err)
	}
	defer rows.Close() //nolint:errcheck // it was only read
	var all []Named
	for rows.Next() {
		var n Named
		var of string
		if err := rows.Scan(&n.Folder, &n.File, &n.SHA256, &of, &n.Note); err != nil {
			return nil, explain("read the names of files", err)
		}
		if last := len(all) - 1; last < 0 || all[last].Folder != n.Folder || all[last].File != n.File {
			all = append(all, n)
		}
		last := &all[len(all)-1]
		last.Activities = append(last.Activities, strings.TrimSpace(of))
	}
	return all, explain("read the names of files", rows.Err())
}
