package commands

import "themeday"

// takePicture takes a picture: in private the note of a leave or notes of a make-up study, in the group a photo of the activity that is on.
func takePicture(c *Call, sp speaker) (themeday.Reply, error) {
	if sp.known.Level == themeday.Nobody || c.Actor.Branch != c.Branch.ID || !c.Message.Files[0].Image {
		return themeday.Reply{}, nil
	}
	c.Cause.Verb = "图片"
	use, err := c.TakePictures(c.Tx, c.Cause, c.Branch.ID, c.Actor, c.Message)
	if err != nil || use == "" {
		return themeday.Reply{}, err
	}
	c.replan()
	if !c.Message.Private() {
		return themeday.Reply{}, nil
	}
	return say(use), nil
}
