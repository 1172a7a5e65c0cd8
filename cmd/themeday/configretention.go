package main

import (
	"themeday"
	"themeday/scheduler"
)

// never is how it is written that something is kept for ever.
const never = "never"

// retentionConfig is for how many days things are kept; 0 or nothing is the default, never is for ever.
type retentionConfig struct {
	Messages whole `yaml:"messages"`
	Codes    whole `yaml:"codes"`
	Bindings whole `yaml:"bindings"`
	Posts    whole `yaml:"posts"`
	Dropped  whole `yaml:"dropped"`
	Reasons  whole `yaml:"reasons"`
	Makeups  whole `yaml:"makeups"`
	Refused  whole `yaml:"refused"`
	Looks    whole `yaml:"looks"`

	Cron string `yaml:"cron"`
}

// retentionCron is when `run` purges where nothing is said: in the night after the first of the month.
const retentionCron = "40 3 1 * *"

func (r retentionConfig) times() string {
	if r.Cron == "" {
		return retentionCron
	}
	return r.Cron
}

// keptFor is one kind with what is written for it and the fewest days that make sense.
type keptFor struct {
	kind  themeday.Purge
	days  whole
	least int
}

// terms are all kinds. A repeated message may come days later; texts and reasons are needed until the month is filed and objected to; a post that
// was dropped must not be planned again.
func (r retentionConfig) terms() []keptFor {
	return []keptFor{
		{themeday.PurgeMessages, r.Messages, 7},
		{themeday.PurgeCodes, r.Codes, 2},
		{themeday.PurgeBindings, r.Bindings, 30},
		{themeday.PurgePosts, r.Posts, 90},
		{themeday.PurgeDropped, r.Dropped, 400},
		{themeday.PurgeReasons, r.Reasons, 90},
		{themeday.PurgeMakeups, r.Makeups, 90},
		{themeday.PurgeRefused, r.Refused, 30},
		{themeday.PurgeLooks, r.Looks, 90},
	}
}

// longest is a hundred years.
const longest = 36_525

// checkRetention refuses terms that make no sense. Who has looked at a reason is known as long as the reason.
func (c Config) checkRetention() error {
	for _, t := range c.Retention.terms() {
		if t.days == "" || t.days == never {
			continue
		}
		if n, err := t.days.parse(); err != nil || n != 0 && n < t.least || n > longest {
			return c.bad("retention."+string(t.kind), "%s; write whole days from %d to %d, 0 for the default, or %s", t.days, t.least, longest, never)
		}
	}
	if _, err := scheduler.ParseTimes(c.Retention.times(), c.Zone()); err != nil {
		return c.bad("retention.cron", "%v", err)
	}
	kept := c.retention()
	reasons, looks := kept[themeday.PurgeReasons], kept[themeday.PurgeLooks]
	if looks > 0 && (reasons == 0 || looks < reasons) {
		return c.bad("retention."+shorter(c.Retention), "who was shown a reason is kept as long as the reason: looks must not be shorter than reasons")
	}
	return nil
}

// shorter is the key of the two that was written.
func shorter(r retentionConfig) string {
	if r.Looks != "" {
		return string(themeday.PurgeLooks)
	}
	return string(themeday.PurgeReasons)
}

// retention is the default with what the configuration sets.
func (c Config) retention() themeday.Retention {
	out := themeday.DefaultRetention()
	for _, t := range c.Retention.terms() {
		n, _ := t.days.parse() // refused by check when it cannot be read
		switch {
		case t.days == never:
			delete(out, t.kind)
		case n > 0:
			out[t.kind] = n
		}
	}
	return out
}
