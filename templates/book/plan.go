package book

import (
	"errors"
	"io"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"themeday"
)

// Plan is one or more branches' plan of a year (年度计划), month by month.
type Plan struct {
	Title  string // such as 第一支部 2026年度主题党日计划
	Zone   *time.Location
	Made   time.Time
	Months []PlanMonth
}

// PlanMonth is one month of a branch; its activity may have no date yet.
type PlanMonth struct {
	Branch   string
	Activity themeday.Activity
	Sequence int    // how often its date, time or place was changed
	Kinds    string // which of its topics are compulsory, and which compulsory ones it lacks
}

// XLSX writes the plan as a workbook that `import plan` reads back; months without a date stand there to be filled in.
func (p Plan) XLSX(w io.Writer) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	styles, err := newStyles(f)
	if err != nil {
		return err
	}
	s, err := newSheet(f, styles, 0, "年度计划", p.Title, themeday.PlanColumns())
	if err != nil {
		return err
	}
	for _, m := range p.Months {
		if err := s.add(p.row(m)); err != nil {
			return err
		}
	}
	if err := s.finish(p.Made); err != nil {
		return err
	}
	return f.Write(w)
}

// row has a value for each of themeday.PlanColumns.
func (p Plan) row(m PlanMonth) []any {
	a := m.Activity
	month := a.Month.First()
	row := []any{m.Branch, monthName(month), nil, nil, nil, a.Place, strings.Join(a.Topics, "；"), strings.Join(a.Content, "、"), m.Kinds}
	if a.Dated() {
		row[2], row[3], row[4] = themeday.DateOf(a.Starts, p.Zone), clock(a.Starts, p.Zone), clock(a.Ends, p.Zone)
	}
	return row
}

// monthName is 2026年3月: with its year a month can be read back without a date.
func monthName(d themeday.Date) string {
	return d.String()[:4] + "年" + d.MonthOf().Chinese()
}

func clock(t time.Time, zone *time.Location) themeday.TimeOfDay {
	t = t.In(zone)
	return themeday.TimeOfDay(t.Hour()*60 + t.Minute())
}
