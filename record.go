package themeday

import "time"

// MinuteKind is the kind of a line of the minutes.
type MinuteKind string

// The kinds of lines.
const (
	Noted    MinuteKind = "记录"
	Agreed   MinuteKind = "共识"
	Assigned MinuteKind = "任务"
)

// Minute is a line of the minutes, as somebody said it (R11, R21).
type Minute struct {
	Activity ActivityID
	Seq      int64
	Kind     MinuteKind
	Text     string
	By       PersonID
	At       time.Time
}

// Check is a ticked item of the checklist (R23).
type Check struct {
	Activity ActivityID
	Item     string
	By       PersonID
	At       time.Time
}

// Picture is a photo that was sent to the bot: a leave note, or a picture of the activity (R21).
type Picture struct {
	ID           string // SHA-256 of what is kept of it, hex; its file's name in the store of pictures
	Activity     ActivityID
	Person       PersonID
	Use          string // leave, makeup or activity
	At           time.Time
	Caption      string     // what its sender said of it
	Look         string     `json:"-"` // what it looks like: see Alike
	Received     string     // SHA-256 of the bytes as they came, hex
	LikeActivity ActivityID // where a photo was used before that looks the same
	LikeID       string     // that photo
}
