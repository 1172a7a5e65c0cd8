package bot

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// Pace says how fast and when the bot may speak. Its zero value knows no limits.
type Pace struct {
	Min, Max time.Duration // between any two posts, at random between both
	PerHour  int           // posts to groups; 0: no limit
	PerDay   int
	Quiet    Quiet
	Zone     *time.Location
	Rand     *rand.Rand
}

// Quiet is the span of the day in which the bot keeps silent of its own accord; it may run over midnight. Zero: none.
type Quiet struct{ From, To time.Duration }

// ParseQuiet reads 23:00-07:00; an empty text is none.
func ParseQuiet(s string) (Quiet, error) {
	if s == "" {
		return Quiet{}, nil
	}
	var h1, m1, h2, m2 int
	if n, err := fmt.Sscanf(s, "%d:%d-%d:%d", &h1, &m1, &h2, &m2); err != nil || n != 4 || h1 > 24 || h2 > 24 || m1 > 59 || m2 > 59 || h1 < 0 || h2 < 0 || m1 < 0 || m2 < 0 {
		return Quiet{}, fmt.Errorf("quiet hours %q: write them as 23:00-07:00", s)
	}
	at := func(h, m int) time.Duration { return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute }
	return Quiet{From: at(h1, m1), To: at(h2, m2)}, nil
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
	return p.Min + time.Duration(p.Rand.Int64N(int64(p.Max-p.Min)))
}
