package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"

	"themeday"
	"themeday/templates"
	"themeday/templates/paper"
)

type exportRecordCmd struct {
	Activity string `required:"" help:"The activity, such as 第一支部/2026-03." placeholder:"ID"`
	Out      string `short:"o" required:"" help:"The file: .docx or .html." placeholder:"FILE"`
}

func (c *exportRecordCmd) Run(s *session) error {
	ending, err := endingOf(c.Out, ".docx", ".html")
	if err != nil {
		return err
	}
	h, err := s.look()
	if err != nil {
		return err
	}
	defer h.Close() //nolint:errcheck // nothing was written
	var form themeday.RecordForm
	err = h.Store.View(s.ctx, func(tx themeday.Tx) error {
		a, err := activityNamed(tx, c.Activity)
		if err == nil {
			form, err = h.Desk.RecordFormAt(tx, a, s.Now())
		}
		return err
	})
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := h.writeRecordForm(&out, form, ending); err != nil {
		return err
	}
	return writeFile(c.Out, out.Bytes())
}

// writeRecordForm writes the form as Word, in the committee's own layout where the folder of templates has one, or for print from a browser.
func (h *House) writeRecordForm(w io.Writer, form themeday.RecordForm, ending string) error {
	photos := photosOf(h.Config)
	if ending == ".html" {
		return paper.RecordFormHTML(w, form, photos)
	}
	own, err := ownRecordForm(h.Config)
	if err != nil {
		return err
	}
	if own == nil {
		return paper.RecordFormWord(w, form, photos)
	}
	filled, err := paper.FillOwnForm(own, form)
	if err != nil {
		return err
	}
	_, err = w.Write(filled)
	return err
}

// formLimit is more than any Word form takes.
const formLimit = 20 << 20

// ownRecordForm is the committee's own form, or nothing.
func ownRecordForm(c Config) ([]byte, error) {
	if c.Templates == "" {
		return nil, nil
	}
	form, err := readFile(filepath.Join(c.Templates, templates.OwnRecordForm), formLimit)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return form, err
}

type exportSheetCmd struct {
	Activity string `required:"" help:"The activity, such as 第一支部/2026-03." placeholder:"ID"`
	Out      string `short:"o" required:"" help:"The file: .docx." placeholder:"FILE"`
}

func (c *exportSheetCmd) Run(s *session) error {
	if _, err := endingOf(c.Out, ".docx"); err != nil {
		return err
	}
	h, err := s.look()
	if err != nil {
		return err
	}
	defer h.Close() //nolint:errcheck // nothing was written
	var sheet themeday.SignInSheet
	err = h.Store.View(s.ctx, func(tx themeday.Tx) error {
		a, err := activityNamed(tx, c.Activity)
		if err == nil {
			sheet, err = h.Desk.SignInSheet(tx, a)
		}
		return err
	})
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := paper.SignInSheetWord(&out, sheet); err != nil {
		return err
	}
	return writeFile(c.Out, out.Bytes())
}

// activityNamed is the activity of an id.
func activityNamed(tx themeday.Tx, id string) (themeday.Activity, error) {
	a, ok, err := tx.Activity(themeday.ActivityID(id))
	if err == nil && !ok {
		err = fmt.Errorf("no activity of %q; an activity's id is 支部/2026-03, see themeday agenda", id)
	}
	return a, err
}
