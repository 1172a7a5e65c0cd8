package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"themeday"
	"themeday/templates/sheet"
)

type importPlanCmd struct {
	File   string `arg:"" help:"The sheet, such as export plan writes: .xlsx or .csv with the headers 支部, 月份, 日期, 开始, 结束, 地点, 主题, 内容 in any order; 事由 for a date that was filed."`
	DryRun bool   `help:"Only check and count; change nothing."`
}

func (c *importPlanCmd) Run(s *session) error {
	lines, bad, err := c.read(s)
	if err != nil {
		return err
	}
	h, err := s.look()
	if err != nil {
		return err
	}
	defer h.Close() //nolint:errcheck // what was committed stands
	taken, err := c.take(s, h, lines, bad)
	if err != nil {
		return err
	}
	for _, n := range taken.Notes {
		if err := s.printf("注意：%s\n", n); err != nil {
			return err
		}
	}
	did := fmt.Sprintf("%d months dated, %d moved, %d otherwise changed, %d as they were", taken.Dated, taken.Moved, taken.Changed, taken.Same)
	if c.DryRun {
		return s.printf("%s is in order; it would be imported: %s. Nothing was changed.\n", filepath.Base(c.File), did)
	}
	return s.printf("%s imported: %s\n", filepath.Base(c.File), did)
}

// read reads the sheet, and what is wrong with its rows as they stand.
func (c *importPlanCmd) read(s *session) ([]themeday.PlanLine, []themeday.RowError, error) {
	bar := s.slowProgress(-1, "reading")
	rows, err := sheet.Read(c.File, bar.set)
	bar.done()
	if err != nil {
		return nil, nil, err
	}
	lines, bad := themeday.ReadPlan(rows)
	return lines, bad, nil
}

// refused names every bad row on the error stream and gives the error, or nil when there is none.
func (c *importPlanCmd) refused(s *session, bad []themeday.RowError) error {
	if len(bad) == 0 {
		return nil
	}
	slices.SortStableFunc(bad, func(a, b themeday.RowError) int { return a.Line - b.Line })
	for _, e := range bad {
		fmt.Fprintln(s.Err, e.Error()) //nolint:errcheck // the error below tells
	}
	faults := fmt.Sprintf("%d faults", len(bad))
	if len(bad) == 1 {
		faults = "1 fault"
	}
	return fmt.Errorf("%s: %s (above), nothing was imported; mend what is named and try again", filepath.Base(c.File), faults)
}

// take takes the plan over in one transaction and plans the posts anew; a dry run takes all of it back. Where rows are bad as they stand the
// others are looked at all the same, so that every fault is named at once.
func (c *importPlanCmd) take(s *session, h *House, lines []themeday.PlanLine, unread []themeday.RowError) (themeday.PlanTaken, error) {
	var taken themeday.PlanTaken
	at := s.Now()
	err := h.Store.Update(context.WithoutCancel(s.ctx), func(tx themeday.Tx) error {
		var bad []themeday.RowError
		var err error
		taken, bad, err = h.Desk.TakePlan(tx, themeday.Cause{By: themeday.Bot, At: at, Verb: "导入计划"}, lines)
		if err == nil {
			err = c.refused(s, append(unread, bad...))
		}
		if err == nil && c.DryRun {
			err = errDry
		}
		if err != nil {
			return err
		}
		return h.Planner.Daily(tx, at)
	})
	if c.DryRun && errors.Is(err, errDry) {
		err = nil
	}
	return taken, err
}
