package themeday

// Choice is something to tap. It stands for a command that may be typed as well, and goes the same way.
type Choice struct {
	Label   string // a few characters
	Command string
}

// Offer is what can be tapped under a text on a network that has cards; where there are none the words to type are all there is.
type Offer struct {
	Ask     string // what the choices are about, in one line
	Choices []Choice
	Listed  bool // one of a list is picked and sent off; else every choice is a button of its own
}

// Empty tells whether there is nothing to tap.
func (o Offer) Empty() bool { return len(o.Choices) == 0 }
