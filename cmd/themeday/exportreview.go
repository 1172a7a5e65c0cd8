package main

import (
	"io"
	"strings"
	"time"

	"themeday"
	"themeday/templates/paper"
)

type exportReviewCmd struct {
	Branch string `help:"The branch; may be left out where there is only one." placeholder:"NAME"`
	Year   int    `help:"The year (default: this one)." placeholder:"YEAR"`
	Out    string `short:"o" required:"" help:"The file: .docx or .html." placeholder:"FILE"`
}

func (c *exportReviewCmd) Run(s *session) error {
	ending, err := endingOf(c.Out, ".docx", ".html")
	if err != nil {
		return err
	}
	h, err := s.look()
	if err != nil {
		return err
	}
	defer h.Close() //nolint:errcheck // nothing was written
	year, err := yearOr(c.Year, h.Desk.Day(s.Now()))
	if err != nil {
		return err
	}
	return h.Store.View(s.ctx, func(tx themeday.Tx) error {
		b, err := h.branchOf(tx, c.Branch)
		if err != nil {
			return err
		}
		return streamFile(c.Out, func(w io.Writer) error {
			return h.writeReview(tx, w, b.ID, year, s.Now(), ending)
		})
	})
}

// writeReview writes a branch's review of a year (述职报告, R31) as it stands at an instant: .docx, or .html for print from a browser.
func (h *House) writeReview(tx themeday.Tx, w io.Writer, b themeday.BranchID, year int, at time.Time, ending string) error {
	review, err := h.Desk.YearReview(tx, b, year, at)
	if err != nil {
		return err
	}
	if ending == ".html" {
		return paper.ReviewHTML(w, review)
	}
	return paper.ReviewWord(w, review)
}

// branchOf is the branch of a name, or, without a name, the only one.
func (h *House) branchOf(tx themeday.Tx, name string) (themeday.Branch, error) {
	all, _, err := h.branchesOf(tx, name)
	if err != nil {
		return themeday.Branch{}, err
	}
	if len(all) > 1 {
		var known []string
		for _, b := range all {
			known = append(known, b.Name)
		}
		return themeday.Branch{}, usage("name one with --branch; there are: %s", strings.Join(known, ", "))
	}
	return all[0], nil
}
