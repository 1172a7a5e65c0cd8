package themeday

import "unicode/utf8"

// How many characters a person may write where a post, a list or the record form shows it.
const (
	topicsMost   = 200 // all topics together, and likewise the contents
	requiredMost = 60  // a compulsory topic, a topic of the menu
	placeMost    = 50
	agendaMost   = 1000
	noteMost     = 1000 // a line of the minutes, a summary
	reasonMost   = 200
	commentMost  = 1000 // what a leader says of an activity
)

// tooLong refuses a text of more than so many characters; what is how its writer calls it.
func tooLong(r Rule, what, text string, most int) error {
	if n := utf8.RuneCountInString(text); n > most {
		return Refuse(Invalid, r, "%s写了%d字，最多%d字，请写短些再发一次", what, n, most)
	}
	return nil
}
