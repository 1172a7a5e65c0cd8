package themeday

import "time"

// Level says how sure the bot is that somebody it sees is a certain person.
type Level int

// The levels, from nobody to certain. Members act for themselves from Assumed on, offices from Certain on.
const (
	Nobody  Level = iota
	Assumed       // seen under that name before, unique, nothing refutes it
	Strong        // his group card is exactly one roster name and nobody else there bears it
	Certain       // by one-time code, by the remark on the bot's phone, or by an id that never changes
)

// Binding joins somebody seen in a session to a person.
type Binding struct {
	Account  Account
	Session  string
	Sighting SightingID
	Person   PersonID
	Level    Level
	Name     string // the name under which he was seen
	Nick     string // the nickname that he chose
	Mark     string // Sighting.Mark
	At       time.Time
}

// BindingCode is a one-time code that binds who types it (绑定 CODE). Only its hash is kept.
type BindingCode struct {
	Hash    string
	Person  PersonID
	By      PersonID
	Issued  time.Time
	Expires time.Time
	Used    time.Time
}
