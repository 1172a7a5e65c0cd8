package commands

import (
	"errors"

	"themeday"
)

// kept is a refusal that does not take back what the attempt wrote: a wrong code has to count.
type kept struct{ error }

func (k kept) Unwrap() error { return k.error }

// keep marks a refusal as kept; every other error takes back as ever.
func keep(err error) error {
	if themeday.CodeOf(err) == "" {
		return err
	}
	return kept{err}
}

// inSavepoint runs a message so that what a refused handler did is taken back, unless it asked to keep it.
func (r *Router) inSavepoint(tx themeday.Tx, m themeday.Message, h heard, c *Call) (reply themeday.Reply, err error) {
	var stays error
	err = tx.Nested(func(tx themeday.Tx) error {
		var err error
		reply, err = r.inside(tx, m, h, c)
		if k := (kept{}); errors.As(err, &k) {
			stays = k.error
			return nil
		}
		return err
	})
	if err == nil {
		err = stays
	}
	return reply, err
}

// noteRefusal remembers who tried what he may not, after his attempt was taken back and in the same transaction, so that the entry stays.
func (r *Router) noteRefusal(tx themeday.Tx, c *Call, h heard, e *themeday.Error) error {
	if !remembered(e, c.Command) {
		return nil
	}
	try := themeday.Attempt{Cause: c.Cause, Certain: c.Level == themeday.Certain, Ballot: c.Command.Ballot || e.Rule == themeday.R25}
	if c.Level == themeday.Nobody {
		try.By = 0
	}
	switch {
	case h.chain != nil:
		try.Verb = "接龙"
	case h.picture:
		try.Verb = "照片"
	default:
		try.Verb = c.name()
	}
	return r.Desk.NoteRefusal(tx, try, e)
}

// remembered: whatever somebody may not do; what an office or a ballot does a second time; and whatever an outsider's code does not open.
// Talk that is not answered is not remembered either.
func remembered(e *themeday.Error, cmd Command) bool {
	switch e.Code {
	case themeday.Forbidden:
		return e.Text != ""
	case themeday.Conflict:
		return cmd.Ballot || cmd.Who >= Writer
	case themeday.TooEarly, themeday.TooLate:
		return cmd.Ballot && cmd.Who == Anyone
	}
	return false
}
