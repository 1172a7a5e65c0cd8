package main

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// scriptClock reads the times of a script, of which none runs back.
type scriptClock struct {
	zone *time.Location
	last time.Time
}

var (
	fullTime  = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)[ \t]+(\d{1,2}:\d\d)(:\d\d)?(?:[ \t]+(.*))?$`)
	stepSpan  = regexp.MustCompile(`^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$`)
	timeForms = "2026-03-13 14:10, 2026-03-13 14:10:30 or +5m"
)

// read splits a line into its time and what happens then.
func (c *scriptClock) read(line string) (at time.Time, what string, err error) {
	if plus, ok := strings.CutPrefix(line, "+"); ok {
		at, what, err = c.later(plus)
	} else if p := fullTime.FindStringSubmatch(line); p != nil {
		at, err = c.full(p[1], p[2], p[3])
		what = p[4]
	} else {
		err = c.noTime(line)
	}
	switch {
	case err != nil:
		return time.Time{}, "", err
	case at.Year() < 2000 || at.Year() > 2100:
		return time.Time{}, "", fmt.Errorf("the year %d: times lie from 2000 to 2100", at.Year())
	case at.Before(c.last):
		return time.Time{}, "", fmt.Errorf("time runs back from %s to %s: put the lines in the order of their times", c.show(c.last), c.show(at))
	case what == "":
		return time.Time{}, "", errors.New("nothing happens at this time: write `wait` after it")
	}
	c.last = at
	return at, what, nil
}

func (c *scriptClock) full(day, clock, seconds string) (time.Time, error) {
	if seconds == "" {
		seconds = ":00"
	}
	at, err := time.ParseInLocation("2006-01-02 15:04:05", day+" "+clock+seconds, c.zone)
	if err != nil {
		return at, fmt.Errorf("%s %s is no day and time of the calendar: write as in 2026-03-13 14:10", day, clock)
	}
	return at, nil
}

// later reads a time relative to the line before, without its plus; days are days of the calendar.
func (c *scriptClock) later(line string) (time.Time, string, error) {
	span, what := cutBlank(line)
	days, rest, err := readSpan(span)
	switch {
	case err != nil:
		return time.Time{}, "", err
	case c.last.IsZero():
		return time.Time{}, "", fmt.Errorf("+%s counts from the line before, and there is none with a time: begin with a full one, such as 2026-03-13 14:10", span)
	}
	return c.last.AddDate(0, 0, days).Add(rest), what, nil
}

func (c *scriptClock) noTime(line string) error {
	word, _ := cutBlank(line)
	if c.last.IsZero() {
		return fmt.Errorf("%s: a step begins with its time, the first one with a full one: 2026-03-13 14:10 or 2026-03-13 14:10:30", quote(word))
	}
	return fmt.Errorf("%s: a step begins with its time: %s", quote(word), timeForms)
}

func (c *scriptClock) show(t time.Time) string { return t.Format("2006-01-02 15:04:05") }

// readSpan reads 90s, 5m, 2h, 1h30m or 1d.
func readSpan(s string) (days int, rest time.Duration, err error) {
	p := stepSpan.FindStringSubmatch(s)
	if p == nil || s == "" {
		return 0, 0, fmt.Errorf("%s is no duration: write 30s, 5m, 2h, 1h30m or 1d", quote(s))
	}
	for i, unit := range []time.Duration{24 * time.Hour, time.Hour, time.Minute, time.Second} {
		if p[i+1] == "" {
			continue
		}
		n, err := strconv.Atoi(p[i+1])
		if most := 101 * 366 * 24 * time.Hour; err != nil || n > int(most/unit) {
			return 0, 0, fmt.Errorf("%s is longer than a hundred years: write a shorter time", quote(s))
		}
		if i == 0 {
			days = n
		} else {
			rest += time.Duration(n) * unit
		}
	}
	return days, rest, nil
}

// quote shows what a script says in an error, cut where it gets long.
func quote(s string) string {
	if r := []rune(s); len(r) > 40 {
		s = string(r[:40]) + "…"
	}
	return strconv.Quote(s)
}
