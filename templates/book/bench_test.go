package book

import (
	"fmt"
	"io"
	"runtime"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"themeday"
)

// The committee's ledger: 100 branches, 12 activities each, 50 members each.
const benchBranches, benchMonths, benchMembers = 100, 12, 50

// benchYear is a branch's ledger with all its rows: 600 sign-ins, 120 leaves and as many make-up studies, and what each month brings besides.
func benchYear(n int) themeday.Yearbook {
	y := themeday.Yearbook{Branch: themeday.Branch{ID: "一", Name: fmt.Sprintf("第%d支部", n)}, Year: 2026, Made: made}
	perMonth := map[string]int{"签到册": benchMembers, "请假登记": 10, "补学登记": 10, "活动纪实": 12, "照片": 2, "巡查抽查与整改": 0, "领导参加与指导": 0, "变更报备": 0, "更正与异议": 1}
	for i, part := range themeday.YearParts() {
		count, ok := perMonth[part.Name]
		if !ok {
			count = 1
		}
		for m := range benchMonths {
			for k := range count {
				row := make([]any, len(part.Columns))
				for j, c := range part.Columns {
					row[j] = benchValue(c.Kind, n, m, k)
				}
				y.Rows[i] = append(y.Rows[i], row)
			}
		}
	}
	return y
}

func benchValue(kind themeday.CellKind, n, m, k int) any {
	switch kind {
	case themeday.CellText:
		return fmt.Sprintf("同志%d-%d", n, k)
	case themeday.CellProse:
		return fmt.Sprintf("第%d月第%d条：学习党章，交流体会，形成共识", m, k)
	case themeday.CellNumber:
		return k
	case themeday.CellPercent:
		return 83
	case themeday.CellDate:
		return themeday.Date{Year: 2026, Month: time.Month(m + 1), Day: 13}
	case themeday.CellClock:
		return themeday.TimeOfDay(14 * 60)
	case themeday.CellInstant:
		return time.Date(2026, time.Month(m+1), 13, 14, k, 0, 0, beijing)
	}
	return nil
}

func benchYears(yield func(themeday.Yearbook, error) bool) {
	for n := range benchBranches {
		if !yield(benchYear(n), nil) {
			return
		}
	}
}

// peak runs a job and reports the largest heap that was seen while it ran, beside what the benchmark reports.
func peak(b *testing.B, job func() error) {
	b.ReportAllocs()
	var most uint64
	for b.Loop() {
		runtime.GC()
		stop, seen := make(chan bool), make(chan uint64)
		go func() {
			tick := time.NewTicker(5 * time.Millisecond)
			defer tick.Stop()
			var m runtime.MemStats
			var top uint64
			for {
				select {
				case <-stop:
					seen <- top
					return
				case <-tick.C:
					runtime.ReadMemStats(&m)
					top = max(top, m.HeapAlloc)
				}
			}
		}()
		err := job()
		close(stop)
		most = max(most, <-seen)
		if err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(most)/(1<<20), "peak-MB")
}

func BenchmarkLedgerWorkbook(b *testing.B) {
	peak(b, func() error { return Ledger{Title: "台账", Several: true, Made: made}.XLSX(io.Discard, benchYears) })
}

func BenchmarkLedgerPage(b *testing.B) {
	peak(b, func() error { return Ledger{Title: "台账", Several: true, Made: made}.HTML(io.Discard, benchYears) })
}

// benchRaw writes the same rows with nothing but the library: no styles, heights, filters or print.
func benchRaw(sheet func(f *excelize.File, name string) (put func(at string, row []any) error, flush func() error, err error)) error {
	f := excelize.NewFile()
	defer f.Close() //nolint:errcheck // nothing is kept
	var puts [14]func(string, []any) error
	var flushes [14]func() error
	for i, part := range themeday.YearParts() {
		if _, err := f.NewSheet(part.Name); err != nil {
			return err
		}
		var err error
		if puts[i], flushes[i], err = sheet(f, part.Name); err != nil {
			return err
		}
	}
	var last [14]int
	for y := range benchYears {
		for i, rows := range y.Rows {
			for _, row := range rows {
				last[i]++
				cells := append([]any{y.Branch.Name}, row...)
				for j, v := range cells {
					cells[j] = cellValue(v, themeday.CellText)
				}
				if err := puts[i](address(1, last[i]), cells); err != nil {
					return err
				}
			}
		}
	}
	for _, flush := range flushes {
		if err := flush(); err != nil {
			return err
		}
	}
	return f.Write(io.Discard)
}

func BenchmarkExcelizePlain(b *testing.B) {
	peak(b, func() error {
		return benchRaw(func(f *excelize.File, name string) (func(string, []any) error, func() error, error) {
			return func(at string, row []any) error { return f.SetSheetRow(name, at, &row) }, func() error { return nil }, nil
		})
	})
}

func BenchmarkExcelizeStream(b *testing.B) {
	peak(b, func() error {
		return benchRaw(func(f *excelize.File, name string) (func(string, []any) error, func() error, error) {
			w, err := f.NewStreamWriter(name)
			if err != nil {
				return nil, nil, err
			}
			return func(at string, row []any) error { return w.SetRow(at, row) }, w.Flush, nil
		})
	})
}
