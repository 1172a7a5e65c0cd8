package book

import (
	"fmt"
	"strings"
	"time"
	"unicode"

	"themeday"
)

// longest is how much text a cell may hold, a little under what Excel takes.
const longest = 32_000

// plain makes what people typed fit for a document: one that no program calculates, no mark turns round and no control character breaks.
// Line breaks stay.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t', r == '\r', r == '\v', r == '\f', r == '\u2028', r == '\u2029', r == '\u0085':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Bidi_Control, r), r == 0xfeff, r&0xfffe == 0xfffe, r >= 0xfdd0 && r <= 0xfdef:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	if len(s) <= longest {
		return s
	}
	units := 0
	for i, r := range s {
		if units++; r > 0xffff {
			units++
		}
		if units > longest {
			return s[:i] + "……（太长，其余从略）"
		}
	}
	return s
}

// cellValue is a value as excelize writes it: text as text, a percentage as a share of one, times as the serial numbers of their wall clock.
func cellValue(v any, kind themeday.CellKind) any {
	switch v := v.(type) {
	case nil:
		return nil
	case int:
		if kind == themeday.CellPercent {
			return float64(v) / 100
		}
	case string:
		if v == "" {
			return nil
		}
		return plain(v)
	case themeday.Date:
		return serialDay(v)
	case themeday.TimeOfDay:
		return float64(v)/(24*60) + hair
	case time.Time:
		day := themeday.DateOf(v, v.Location())
		return float64(serialDay(day)) + float64(v.Hour()*3600+v.Minute()*60+v.Second())/(24*3600) + hair
	}
	return v
}

// hair is the fraction of a day, ten microseconds, by which times are written too late: a third of them has no exact share of a day, and
// LibreOffice would show 13:36 as 13:35.
const hair = 1e-10

// serialDay is the number of a day in Excel's reckoning.
func serialDay(d themeday.Date) int {
	return d.Sub(themeday.Date{Year: 1899, Month: time.December, Day: 30})
}

// shown is a value as people read it on a page.
func shown(v any, kind themeday.CellKind) string {
	switch v := v.(type) {
	case nil:
		return ""
	case time.Time:
		return v.Format("2006-01-02 15:04")
	case float64:
		return fmt.Sprintf("%.1f", v)
	case int:
		if kind == themeday.CellPercent {
			return fmt.Sprintf("%d%%", v)
		}
	}
	return plain(fmt.Sprint(v))
}
