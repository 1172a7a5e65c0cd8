package themeday

import (
	_ "embed" // the table of holidays
	"fmt"
	"strings"
	"time"
)

//go:embed holidays.txt
var holidayTable string

// Calendar knows the public holidays and make-up working days of the years of its table. A nil Calendar must not be used.
type Calendar struct {
	off         map[Date]string
	work        map[Date]bool
	first, last int
}

// NewCalendar reads the embedded table.
func NewCalendar() (*Calendar, error) { return readCalendar(holidayTable) }

func readCalendar(table string) (*Calendar, error) {
	c := &Calendar{off: map[Date]string{}, work: map[Date]bool{}}
	for n, line := range strings.Split(table, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := c.add(strings.Fields(line)); err != nil {
			return nil, fmt.Errorf("holidays line %d: %w", n+1, err)
		}
	}
	return c, nil
}

// add reads first day off, last day off (month-day of the same or the next year), name, make-up working days.
func (c *Calendar) add(f []string) error {
	if len(f) < 3 {
		return fmt.Errorf("too short")
	}
	from, err := ParseDate(f[0])
	if err != nil {
		return err
	}
	to, err := ParseDate(f[0][:5] + f[1])
	if err != nil {
		return err
	}
	if to.Before(from) {
		to.Year++
	}
	for d := from; !d.After(to); d = d.AddDays(1) {
		c.off[d] = f[2]
	}
	for _, w := range f[3:] {
		d, err := ParseDate(w)
		if err != nil {
			return err
		}
		c.work[d] = true
	}
	if c.first == 0 || to.Year < c.first {
		c.first = to.Year
	}
	c.last = max(c.last, from.Year)
	return nil
}

// Knows tells whether the holidays of a year are in the table.
func (c *Calendar) Knows(year int) bool { return year >= c.first && year <= c.last }

// Years are the first and the last year of the table.
func (c *Calendar) Years() (first, last int) { return c.first, c.last }

// Holiday names the public holiday of a day off.
func (c *Calendar) Holiday(d Date) (name string, ok bool) {
	name, ok = c.off[d]
	return name, ok
}

// Workday tells whether people work on a day; of an unknown year only the weekends are known, and known is false.
func (c *Calendar) Workday(d Date) (workday, known bool) {
	if _, off := c.off[d]; off {
		return false, true
	}
	weekend := d.Weekday() == time.Saturday || d.Weekday() == time.Sunday
	return c.work[d] || !weekend, c.Knows(d.Year)
}
