package scheduler

import (
	"time"

	"github.com/robfig/cron/v3"
)

// Times are the instants of one cron expression in a zone.
type Times struct{ look cron.Schedule }

// ParseTimes reads a cron expression of five fields; one that cannot be read or never fires is refused.
func ParseTimes(spec string, zone *time.Location) (Times, error) {
	look, err := parseSpec(spec, zone)
	return Times{look}, err
}

// After is the first of them after an instant; zero when there is none within five years.
func (t Times) After(at time.Time) time.Time { return t.look.Next(at) }
