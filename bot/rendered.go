package bot

import (
	"time"

	"themeday"
)

// Rendered is what a post says at the moment it is sent.
type Rendered struct {
	Texts []string        // one part each; none means that there is nothing to say
	Files []themeday.File // go with the last text
	Data  any             // the figures of the text
	Wait  time.Time       // not yet: look again then; zero otherwise
	Why   string          // why nothing is said, for the operator
	Offer themeday.Offer  // goes with the last text
}

// Renderer makes a post's text from what is true at the instant, and draws the consequences once it went out. Both run in a transaction.
type Renderer interface {
	Render(tx themeday.Tx, p themeday.Post, at time.Time) (Rendered, error)
	AfterSent(tx themeday.Tx, p themeday.Post, at time.Time) error
}
