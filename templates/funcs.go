package templates

import (
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"text/template"
	"time"
)

// funcs are what templates may call. Times are shown in their own zone: whoever passes one makes it local first.
func funcs() template.FuncMap {
	m := template.FuncMap{
		"date": date, "day": day, "clock": clock, "when": when,
		"join": join, "lines": lines, "inc": func(n int) int { return n + 1 },
		"printf": printf,
	}
	for name, f := range map[string]func(...any) string{
		"print": fmt.Sprint, "println": fmt.Sprintln,
		"html": template.HTMLEscaper, "js": template.JSEscaper, "urlquery": template.URLQueryEscaper,
	} {
		m[name] = bounded(f)
	}
	return m
}

// date is 3月13日.
func date(t time.Time) string { return fmt.Sprintf("%d月%d日", t.Month(), t.Day()) }

// day is 3月13日 周五.
func day(t time.Time) string {
	return date(t) + " 周" + string([]rune("日一二三四五六")[t.Weekday()])
}

// clock is 14:30.
func clock(t time.Time) string { return t.Format("15:04") }

// when is 3月13日 周五 14:30.
func when(t time.Time) string { return day(t) + " " + clock(t) }

// join is the elements of a list with 、 between them, or with another mark.
func join(list any, mark ...string) (string, error) {
	v := reflect.ValueOf(list)
	if v.Kind() != reflect.Slice && v.Kind() != reflect.Array {
		return "", fmt.Errorf("join wants a list, not %T", list)
	}
	parts := make([]string, v.Len())
	for i := range parts {
		part, err := plain(v.Index(i).Interface())
		if err != nil {
			return "", err
		}
		parts[i] = part
	}
	return within64KB(strings.Join(parts, append(mark, "、")[0]))
}

// lines keeps the line breaks of a text.
func lines(text any) (multiline, error) {
	s, err := plain(text)
	return multiline(s), err
}

// wide is a width or precision in a format that writes more than anybody reads, or takes it from an argument: 64 KB of those make gigabytes.
var wide = regexp.MustCompile(`%[^a-zA-Z%]*(?:\d{4}|\*)`)

func printf(format string, args ...any) (string, error) {
	if wide.MatchString(format) {
		return "", errors.New("printf takes widths of at most three digits")
	}
	return within64KB(fmt.Sprintf(format, args...))
}

// bounded keeps a template from doubling a string for ever.
func bounded(f func(...any) string) func(...any) (string, error) {
	return func(args ...any) (string, error) { return within64KB(f(args...)) }
}

func within64KB(s string) (string, error) {
	if len(s) > maxBytes {
		return "", errors.New("a text grows over 64 KB")
	}
	return s, nil
}
