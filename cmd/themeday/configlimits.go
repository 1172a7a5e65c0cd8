package main

import (
	"time"

	"themeday/commands"
)

// limitsConfig are the limits on answers; what is absent keeps its default.
type limitsConfig struct {
	Person  *whole    `yaml:"person_answers"`
	Burst   *whole    `yaml:"person_minute"`
	Group   *whole    `yaml:"group_answers"`
	Window  *duration `yaml:"window"`
	Strange *duration `yaml:"stranger_pause"`
}

// checkLimits refuses limits under which the bot would be of no use, or none.
func (c Config) checkLimits() error {
	for _, f := range []figure{{"person_answers", c.Limits.Person, 5, 10_000}, {"person_minute", c.Limits.Burst, 5, 10_000}, {"group_answers", c.Limits.Group, 5, 10_000}} {
		if f.value == nil {
			continue
		}
		if n, err := f.value.parse(); err != nil || n < f.low || n > f.top {
			return c.bad("limits."+f.key, "%s; write a whole number from %d to %d", *f.value, f.low, f.top)
		}
	}
	for _, d := range []struct {
		key   string
		value *duration
		top   time.Duration
	}{{"window", c.Limits.Window, 24 * time.Hour}, {"stranger_pause", c.Limits.Strange, 24 * time.Hour}} {
		if d.value == nil {
			continue
		}
		span, err := d.value.parse()
		if err != nil {
			return c.bad("limits."+d.key, "%q is no duration: write 10m or 1h", *d.value)
		}
		if span < time.Minute || span > d.top {
			return c.bad("limits."+d.key, "%v; write a duration from %v to %v", span, time.Minute, d.top)
		}
	}
	return nil
}

// limits are the defaults with what the configuration sets.
func (c Config) limits() commands.Limits {
	l := commands.DefaultLimits()
	if c.Limits.Person != nil {
		l.Person, _ = c.Limits.Person.parse() // refused by check when it cannot be read
	}
	if c.Limits.Burst != nil {
		l.Burst, _ = c.Limits.Burst.parse()
	}
	if c.Limits.Group != nil {
		l.Group, _ = c.Limits.Group.parse()
	}
	if c.Limits.Window != nil {
		l.Window, _ = c.Limits.Window.parse()
	}
	if c.Limits.Strange != nil {
		l.Strange, _ = c.Limits.Strange.parse()
	}
	return l
}
