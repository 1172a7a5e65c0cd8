package themeday

import (
	"fmt"
	"time"
)

// Quarter is a quarter of a year; visits of guided branches are looked at by it (R10).
type Quarter struct{ Year, N int } // N from 1

// QuarterOf is the quarter of a day.
func QuarterOf(d Date) Quarter { return Quarter{d.Year, (int(d.Month)-1)/3 + 1} }

// Quarter is the quarter of a month.
func (m YearMonth) Quarter() Quarter { return QuarterOf(m.First()) }

// First is the quarter's first day.
func (q Quarter) First() Date { return Date{q.Year, time.Month(q.N*3 - 2), 1} }

// Last is the quarter's last day.
func (q Quarter) Last() Date { return YearMonth{q.Year, time.Month(q.N * 3)}.Last() }

// String is how keys name it: 2026-Q1.
func (q Quarter) String() string { return fmt.Sprintf("%d-Q%d", q.Year, q.N) }

// Chinese is how people say it within the year: 第1季度.
func (q Quarter) Chinese() string { return fmt.Sprintf("第%d季度", q.N) }
