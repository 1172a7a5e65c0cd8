package commands

import "themeday"

// whyNoPicture says to whom a picture in private is of no use yet what to do; empty when it may be taken.
func (c *Call) whyNoPicture(sp speaker) string {
	switch {
	case !c.Message.Private():
		return ""
	case sp.known.Level == themeday.Nobody:
		return "还没有认出您，图片没有收。请向书记要绑定码，再发：绑定 六位数字"
	case c.Branch.ID == "" && len(sp.places) > 1:
		return "您在几个支部，不知道图片给哪个支部，没有收。请改用文字：请假 支部名 事由"
	case !c.Message.Files[0].Image:
		return "这个文件没有收。请假条、补学笔记请发照片"
	}
	return ""
}

// takePicture takes a picture: in private the note of a leave or notes of a make-up study, in the group a photo of the activity that is on.
func takePicture(c *Call, sp speaker) (themeday.Reply, error) {
	if text := c.whyNoPicture(sp); text != "" {
		return say(text), nil
	}
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
