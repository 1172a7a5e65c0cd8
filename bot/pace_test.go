package bot

import (
	"math/rand/v2"
	"testing"
	"time"
	_ "time/tzdata" // the tests do not depend on the machine's
)

// shanghai is the zone of the tests; local reads an instant in it.
var shanghai = func() *time.Location {
	zone, err := time.LoadLocation("Asia/Shanghai")
	if err != nil {
		panic(err)
	}
	return zone
}()

func local(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04:05", s, shanghai)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func TestQuietHoursEndAtTheirEndAlsoOverMidnight(t *testing.T) {
	for _, c := range []struct{ quiet, at, over string }{
		{"23:00-07:00", "2026-03-13 22:59:59", "2026-03-13 22:59:59"},
		{"23:00-07:00", "2026-03-13 23:00:00", "2026-03-14 07:00:00"},
		{"23:00-07:00", "2026-03-14 00:00:00", "2026-03-14 07:00:00"},
		{"23:00-07:00", "2026-03-14 06:59:59", "2026-03-14 07:00:00"},
		{"23:00-07:00", "2026-03-14 07:00:00", "2026-03-14 07:00:00"},
		{"23:00-07:00", "2026-02-28 23:30:00", "2026-03-01 07:00:00"}, // over the end of a month
		{"23:00-07:00", "2026-12-31 23:30:00", "2027-01-01 07:00:00"},
		{"12:00-14:00", "2026-03-13 11:59:59", "2026-03-13 11:59:59"},
		{"12:00-14:00", "2026-03-13 12:00:00", "2026-03-13 14:00:00"},
		{"12:00-14:00", "2026-03-13 14:00:00", "2026-03-13 14:00:00"},
		{"22:00-24:00", "2026-03-13 22:30:00", "2026-03-14 00:00:00"},
		{"22:00-24:00", "2026-03-14 00:00:00", "2026-03-14 00:00:00"},
		{"0:00-6:30", "2026-03-14 00:00:00", "2026-03-14 06:30:00"},
		{"", "2026-03-13 23:30:00", "2026-03-13 23:30:00"},
	} {
		q, err := ParseQuiet(c.quiet)
		if err != nil {
			t.Errorf("%q: %v", c.quiet, err)
			continue
		}
		if got := q.Over(local(t, c.at).UTC(), shanghai); !got.Equal(local(t, c.over)) {
			t.Errorf("%q at %s: over at %s, want %s", c.quiet, c.at, got.In(shanghai), c.over)
		}
	}
}

func TestQuietHoursThatCannotBeMeantAreRefused(t *testing.T) {
	for _, s := range []string{"23", "23:00", "23:00-", "-07:00", "25:00-07:00", "24:30-07:00", "23:60-07:00", "23:00-07:00 Uhr", "07:00-07:00", "00:00-24:00", "23.00-07.00"} {
		if q, err := ParseQuiet(s); err == nil {
			t.Errorf("%q was read as %v", s, q)
		}
	}
}

func TestThePauseLiesBetweenItsBounds(t *testing.T) {
	p := Pace{Min: 3 * time.Second, Max: 8 * time.Second, Rand: rand.New(rand.NewPCG(1, 2))}
	least, most := p.Max, p.Min
	for range 1000 {
		gap := p.gap()
		least, most = min(least, gap), max(most, gap)
	}
	if least < p.Min || most > p.Max || least > 4*time.Second || most < 7*time.Second {
		t.Errorf("pauses from %v to %v, want them spread over 3s to 8s", least, most)
	}
	for _, p := range []Pace{{}, {Min: time.Second}, {Min: time.Second, Max: time.Second, Rand: p.Rand}, {Min: time.Second, Max: time.Minute}} {
		if gap := p.gap(); gap != p.Min {
			t.Errorf("%v: %v, want %v", p, gap, p.Min)
		}
	}
}
