package storage

import (
	"database/sql"
	"encoding"
	"encoding/json"
	"fmt"
	"time"

	"themeday"
)

// instantLayout is how an instant stands in the database: UTC and of fixed width, so that text compares as time does.
const instantLayout = "2006-01-02T15:04:05.000000000Z"

// at is an instant as a column; the zero time is NULL.
func at(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UTC().Format(instantLayout)
}

// atText is an instant to compare columns with; the zero time comes before all.
func atText(t time.Time) string { return t.UTC().Format(instantLayout) }

// when reads an instant; NULL is the zero time.
func when(t *time.Time) sql.Scanner {
	return column(func(s string) (err error) {
		if *t = (time.Time{}); s != "" {
			*t, err = instant(s)
		}
		return err
	})
}

// instant reads what at wrote; every row has several, so the usual case is read without time.Parse.
func instant(s string) (time.Time, error) {
	if len(s) != len(instantLayout) {
		return time.Parse(instantLayout, s)
	}
	var n [7]int
	from := 0
	for i, to := range [7]int{4, 7, 10, 13, 16, 19, 29} {
		for ; from < to; from++ {
			c := s[from]
			if c < '0' || c > '9' {
				return time.Parse(instantLayout, s)
			}
			n[i] = 10*n[i] + int(c-'0')
		}
		if s[from] != instantLayout[from] {
			return time.Parse(instantLayout, s)
		}
		from++
	}
	if n[1] < 1 || n[1] > 12 || n[2] < 1 || n[2] > 28 || n[3] > 23 || n[4] > 59 || n[5] > 59 { // the last days of months are left to it too
		return time.Parse(instantLayout, s)
	}
	return time.Date(n[0], time.Month(n[1]), n[2], n[3], n[4], n[5], n[6], time.UTC), nil
}

// asJSON is a list or a small value as a column; an empty list is [].
func asJSON(v any) any {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // of texts and numbers alone
	}
	if string(b) == "null" {
		return "[]"
	}
	return string(b)
}

// fromJSON reads what asJSON wrote; an empty list leaves its variable nil.
func fromJSON(v any) sql.Scanner {
	return column(func(s string) error {
		if s == "[]" {
			return nil
		}
		return json.Unmarshal([]byte(s), v)
	})
}

// column reads a column of text; NULL is read as an empty one.
type column func(string) error

func (c column) Scan(v any) error {
	switch v := v.(type) {
	case nil:
		return c("")
	case string:
		return c(v)
	}
	return fmt.Errorf("a column of %T where text was expected", v)
}

// dayText is a day as a column, YYYY-MM-DD; the zero day is an empty text, which comes before all.
func dayText(d themeday.Date) string {
	if d == (themeday.Date{}) {
		return ""
	}
	return d.String()
}

// fromText reads a day or a month.
func fromText(v encoding.TextUnmarshaler) sql.Scanner {
	return column(func(s string) error { return v.UnmarshalText([]byte(s)) })
}
