package main

import (
	"bytes"
)

type exportCmd struct {
	Ledger      exportLedgerCmd   `cmd:"" help:"The ledger of a year (台账), .xlsx or .html: one branch's own, or that of all branches without the reasons."`
	Plan        exportPlanCmd     `cmd:"" help:"The plan of a year, .xlsx to be filled in and read back, or .ics for calendars."`
	Record      exportRecordCmd   `cmd:"" help:"The record form of an activity (纪实表), .docx or .html for print."`
	Review      exportReviewCmd   `cmd:"" help:"The review of a branch's year (述职报告) with charts, .docx or .html for print."`
	SignInSheet exportSheetCmd    `cmd:"" name:"signin-sheet" help:"The numbered list for the table (签到册), .docx; its numbers are those of 纸 1-12,15."`
	Evidence    exportEvidenceCmd `cmd:"" help:"Everything of a branch's year in one zip (迎检): an index of the clauses, gaps first, the documents, their SHA-256 sums."`
	Facts       exportFactsCmd    `cmd:"" help:"The facts as JSON for other programs: no reasons, no single ratings."`
}

type exportFactsCmd struct {
	Branch   string `help:"Only this branch." placeholder:"NAME"`
	Activity string `help:"Only this activity, such as 第一支部/2026-03." placeholder:"ID"`
	Out      string `short:"o" required:"" help:"The file; - is the standard output." placeholder:"FILE"`
}

func (c *exportFactsCmd) Run(s *session) error {
	h, err := s.look()
	if err != nil {
		return err
	}
	defer h.Close() //nolint:errcheck // nothing was written
	var facts bytes.Buffer
	if err := h.WriteFacts(s.ctx, &facts, c.Branch, c.Activity); err != nil {
		return err
	}
	return s.deliver(c.Out, facts.Bytes())
}

// deliver writes a document to its file, readable by its owner only, or to the standard output.
func (s *session) deliver(path string, document []byte) error {
	if path == "-" {
		return s.printf("%s", document)
	}
	return writeFile(path, document)
}
