package themeday

import (
	"fmt"
	"slices"
)

// SheetRow is a row of a table file.
type SheetRow struct {
	Line     int      // as a person counts it in the file, from 1
	Cells    []string // as they stand in the file; short rows end early
	Formulas []int    // indexes of the cells that hold a formula, from 0
}

// Roster is a roster sheet that has been read and found in order (R08).
type Roster struct {
	Lines []RosterLine // in the order of the sheet
	Notes []string     // Chinese: what was taken for granted and is worth a look
}

// RosterLine is one person's place in one branch, as a line of the sheet gives it.
type RosterLine struct {
	Line       int // in the file, from 1
	Branch     string
	Name       string
	Offices    Offices
	Category   Category
	PartyGroup string
	Phone      string // digits, perhaps with a leading +; may be empty
	WeCom      string // his user id in WeCom (企业微信账号); may be empty
	Frail      bool   // 年老体弱 (R15)
	Remark     string
	Guides     []string // the branches he guides (联系支部, R10)
	Group      string   // the name of the branch's chat group (群名)
	Card       string   // his name in that group (群昵称)
	Counted    bool     // he is one of the members of his branch that R12 divides by
}

// RowError is a fault of the sheet that whoever filled it in can mend.
type RowError struct {
	Line   int    // in the file, from 1; 0 when it concerns no line
	Column string // the column's header, or empty
	Text   string // Chinese, with the way out
}

// Error names the line and the column: 第7行 职务：….
func (e RowError) Error() string {
	switch {
	case e.Line == 0:
		return e.Text
	case e.Column == "":
		return fmt.Sprintf("第%d行：%s", e.Line, e.Text)
	}
	return fmt.Sprintf("第%d行 %s：%s", e.Line, e.Column, e.Text)
}

// ReadRoster reads a roster sheet. All faults are reported at once, by line; where there is one the roster has no lines.
func ReadRoster(rows []SheetRow) (Roster, []RowError) {
	if len(rows) == 0 {
		return Roster{}, []RowError{{Text: "表格是空的，请填写表头和人员"}}
	}
	s, faults := readHeader(rows)
	if len(faults) > 0 {
		return Roster{Notes: s.notes}, faults
	}
	for _, row := range rows[s.header+1:] {
		s.read(row)
	}
	if len(s.drafts) == 0 {
		s.fault(rows[s.header].Line, "", "表头下面没有人员，请每人填一行")
	}
	s.settle()
	if len(s.faults) > 0 {
		slices.SortStableFunc(s.faults, func(a, b RowError) int { return a.Line - b.Line })
		return Roster{Notes: s.notes}, s.faults
	}
	out := Roster{Notes: s.notes}
	for _, d := range s.drafts {
		out.Lines = append(out.Lines, d.RosterLine)
	}
	return out, nil
}

// rosterSheet is a roster while it is being read.
type rosterSheet struct {
	header  int            // index of the header among the rows
	columns map[string]int // index of each known column, by its header
	drafts  []*rosterDraft
	notes   []string
	faults  []RowError
}

func (s *rosterSheet) fault(line int, column, format string, args ...any) {
	s.faults = append(s.faults, RowError{Line: line, Column: column, Text: fmt.Sprintf(format, args...)})
}

func (s *rosterSheet) note(format string, args ...any) {
	s.notes = append(s.notes, fmt.Sprintf(format, args...))
}
