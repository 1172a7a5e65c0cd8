package themeday

import "time"

// RulesFrom are rules that hold from a day on; a zero day is since ever.
type RulesFrom struct {
	From  Date
	Rules Rules
}

// Rulebook is what the rules were, are and will be, by their days: each holds until the next. An activity is judged by the rules of its own day.
type Rulebook []RulesFrom

// On are the rules that hold on a day.
func (b Rulebook) On(day Date) Rules {
	var r Rules
	for _, one := range b {
		if one.From == (Date{}) || !day.Before(one.From) {
			r = one.Rules
		}
	}
	return r
}

// At is the desk with the rules that hold at an instant.
func (d Desk) At(at time.Time) Desk { return d.on(d.Day(at)) }

// For is the desk with the rules by which an activity is judged: those of its day, or of the first day of its month while it has none.
func (d Desk) For(a Activity) Desk {
	switch {
	case a.Dated():
		return d.on(d.Day(a.Starts))
	case a.Month == YearMonth{}:
		return d
	}
	return d.on(a.Month.First())
}

func (d Desk) on(day Date) Desk {
	if len(d.Book) > 0 {
		d.Rules = d.Book.On(day)
	}
	return d
}
