package main

import (
	"themeday"
)

type codeCmd struct {
	Name   string `arg:"" help:"Whom the code is for, by his name on the roster."`
	Branch string `help:"His branch, where several people bear the name." placeholder:"NAME"`
}

// Run prints a binding code once; only its hash is kept.
func (c *codeCmd) Run(s *session) error {
	h, err := s.look()
	if err != nil {
		return err
	}
	defer h.Close() //nolint:errcheck // what was committed stands
	var code, where string
	err = h.Store.Update(s.ctx, func(tx themeday.Tx) error {
		cause := themeday.Cause{By: themeday.Bot, At: s.Now(), Verb: "code"}
		who, err := h.Desk.Anybody(tx, cause, themeday.CleanName(c.Name), themeday.BranchID(c.Branch))
		if err != nil {
			return err
		}
		if where, err = h.Desk.Whereabouts(tx, cause, who); err != nil {
			return err
		}
		code, err = h.Desk.OperatorCode(tx, cause, who.ID)
		return err
	})
	if err != nil {
		return err
	}
	return s.printf("%s（%s）: %s\nGood for 24 hours and for one use. Tell nobody else; he sends the bot in private: 绑定 %s\n", c.Name, where, code, code)
}
