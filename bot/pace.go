package bot

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"
)

// Pace says how fast and when the bot may speak. Its zero value knows no limits.
type Pace struct {
	Min, Max time.Duration // between any two posts, at random between both
	PerHour  int           // posts to groups; 0: no limit
	PerDay   int           // likewise, in any 24 hours
	Quiet    Quiet
	Rand     *rand.Rand // nil: always Min
}

// Quiet is the span of the day in which the bot keeps silent of its own accord; it may run over midnight. Zero: none.
type Quiet struct{ From, To time.Duration }

// ParseQuiet reads 23:00-07:00; an empty text is none.
func ParseQuiet(s string) (Quiet, error) {
	if s == "" {
		return Quiet{}, nil
	}
	from, to, _ := strings.Cut(s, "-")
	first, err1 := timeOfDay(from)
	last, err2 := timeOfDay(to)
	if err1 != nil || err2 != nil || first == last {
		return Quiet{}, fmt.Errorf("quiet hours %q: write them as 23:00-07:00, from and to at different times", s)
	}
	return Quiet{From: first, To: last}, nil
}

// timeOfDay reads 7:00 or 07:00; 24:00 is midnight.
func timeOfDay(s string) (time.Duration, error) {
	s = strings.TrimSpace(s)
	if s == "24:00" {
		return 0, nil
	}
	t, err := time.Parse("15:04", s)
	return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute, err
}

// Over is the first instant at or after at that is not quiet.
func (q Quiet) Over(at time.Time, zone *time.Location) time.Time {
	if q.From == q.To {
		return at
	}
	local := at.In(zone)
	day := time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, zone)
	since := local.Sub(day)
	switch {
	case q.From < q.To && since >= q.From && since < q.To, q.From > q.To && since < q.To:
		return day.Add(q.To)
	case q.From > q.To && since >= q.From:
		return day.AddDate(0, 0, 1).Add(q.To)
	}
	return at
}

// gap is the random pause after a post.
func (p Pace) gap() time.Duration {
	if p.Max <= p.Min || p.Rand == nil {
		return p.Min
	}
	return p.Min + time.Duration(p.Rand.Int64N(int64(p.Max-p.Min)+1))
}
