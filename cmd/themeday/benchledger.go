package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/xuri/excelize/v2"

	"themeday"
	"themeday/templates/book"
)

// ledgerYear is a branch's ledger with its rows: mostly sign-ins, and what each month brings besides.
func ledgerYear(n, months, members int) themeday.Yearbook {
	y := themeday.Yearbook{Branch: themeday.Branch{ID: "一", Name: benchBranchName(n)}, Year: 2026, Made: stormAt}
	usual := map[string]int{"签到册": members, "巡查抽查与整改": 0, "领导参加与指导": 0, "变更报备": 0, "更正与异议": 0}
	for i, part := range themeday.YearParts() {
		count, known := usual[part.Name]
		if !known {
			count = 0
			if i < 2 {
				count = 1
			}
		}
		for m := range months {
			for k := range count {
				row := make([]any, len(part.Columns))
				for j, c := range part.Columns {
					row[j] = ledgerValue(c.Kind, m, k)
				}
				y.Rows[i] = append(y.Rows[i], row)
			}
		}
	}
	return y
}

func ledgerValue(kind themeday.CellKind, m, k int) any {
	switch kind {
	case themeday.CellText:
		return benchName(k)
	case themeday.CellProse:
		return fmt.Sprintf("第%d月第%d条：学习党章，交流体会，形成共识", m+1, k+1)
	case themeday.CellNumber:
		return k
	case themeday.CellPercent:
		return 83
	case themeday.CellDate:
		return themeday.Date{Year: 2026, Month: time.Month(m + 1), Day: 13}
	case themeday.CellClock:
		return themeday.TimeOfDay(14 * 60)
	case themeday.CellInstant:
		return time.Date(2026, time.Month(m+1), 13, 14, k%60, 0, 0, benchZone)
	}
	return nil
}

// benchLedger measures how a ledger is written as a workbook; that it is read from the facts is not in it.
func benchLedger(ctx context.Context, b *bench) error {
	z := b.size
	years := func(yield func(themeday.Yearbook, error) bool) {
		for n := range z.books {
			if !yield(ledgerYear(n, z.months, z.members), ctx.Err()) {
				return
			}
		}
	}
	rows := 0
	for y := range years {
		for _, part := range y.Rows {
			rows += len(part)
		}
	}
	dir, err := b.folder()
	if err != nil {
		return err
	}
	ours := func(name string, years book.Yearbooks) func() error {
		return func() error {
			return streamTo(filepath.Join(dir, name), func(w *bufio.Writer) error {
				return book.Ledger{Title: "台账", Several: true, Made: stormAt}.XLSX(w, years)
			})
		}
	}
	half := func(yield func(themeday.Yearbook, error) bool) {
		for n := range max(z.books/2, 1) {
			if !yield(ledgerYear(n, z.months, z.members), ctx.Err()) {
				return
			}
		}
	}
	var took, memory, halfMemory, yard, yardMemory, rate series
	bar := b.progress(benchRounds, "ledger")
	defer bar.done()
	for round := range benchRounds {
		if err := ctx.Err(); err != nil {
			return err
		}
		for _, one := range []struct {
			job          func() error
			took, memory *series
		}{
			{func() error { return rawLedger(filepath.Join(dir, "raw.xlsx"), years) }, &yard, &yardMemory},
			{ours("ours.xlsx", years), &took, &memory},
			{ours("half.xlsx", half), nil, &halfMemory},
		} {
			before := resident()
			began := time.Now()
			most, err := peakOf(one.job)
			if err != nil {
				return err
			}
			if one.took != nil {
				one.took.add(time.Since(began).Seconds())
			}
			one.memory.add(max(b.bare+most-before, 1))
		}
		rate.add(float64(rows))
		bar.set(round + 1)
	}
	const stream = "the library's stream writer"
	b.tell("ledger.rows", "rows", rate, nil)
	b.beside("ledger.time", "s", took, stream, yard, atMost(1.1))
	b.tell("ledger.peak", "MB", memory, atMost(80))
	b.beside("ledger.peak.stream", "MB", memory, stream, yardMemory, nil)
	b.beside("ledger.peak.flat", "MB", memory, "half the rows", halfMemory, nil)
	return nil
}

// streamTo writes a file through a buffer.
func streamTo(path string, write func(*bufio.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<16)
	return errors.Join(write(w), w.Flush(), f.Close())
}

// rawLedger writes the same rows with nothing but the library: no styles, heights, filters or print.
func rawLedger(path string, years book.Yearbooks) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	var sheets [14]*excelize.StreamWriter
	var last [14]int
	for i, part := range themeday.YearParts() {
		if _, err := f.NewSheet(part.Name); err != nil {
			return err
		}
		if sheets[i], err = f.NewStreamWriter(part.Name); err != nil {
			return err
		}
	}
	for y, err := range years {
		if err != nil {
			return err
		}
		for i, rows := range y.Rows {
			for _, row := range rows {
				last[i]++
				cells := append([]any{y.Branch.Name}, row...)
				for j, v := range cells {
					cells[j] = rawCell(v)
				}
				if err := sheets[i].SetRow(fmt.Sprintf("A%d", last[i]), cells); err != nil {
					return err
				}
			}
		}
	}
	for _, s := range sheets {
		if err := s.Flush(); err != nil {
			return err
		}
	}
	return streamTo(path, func(w *bufio.Writer) error { return f.Write(w) })
}

// rawCell is a value as the library takes it.
func rawCell(v any) any {
	switch v := v.(type) {
	case themeday.Date:
		return time.Date(v.Year, v.Month, v.Day, 0, 0, 0, 0, time.UTC)
	case themeday.TimeOfDay:
		return float64(v) / (24 * 60)
	}
	return v
}
