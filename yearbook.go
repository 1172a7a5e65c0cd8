package themeday

import (
	"iter"
	"time"
)

// CellKind says what stands in a column of a table that is filed: how it is written, aligned and read.
type CellKind int

// The kinds of columns, with the Go type of their values; nil is an empty cell.
const (
	CellText    CellKind = iota // string, short
	CellProse                   // string, of any length
	CellNumber                  // int
	CellPercent                 // int, whole percent
	CellMean                    // float64, shown to one decimal
	CellDate                    // Date
	CellClock                   // TimeOfDay
	CellInstant                 // time.Time, shown in its own zone
	CellPicture                 // string, a picture's id
	CellSign                    // nil: left blank for a signature
)

// Column is a column of such a table.
type Column struct {
	Name string // Chinese
	Kind CellKind
}

// YearPart is what one part of the yearly ledger is called and which columns it has.
type YearPart struct {
	Name    string
	Columns []Column
}

// Yearbook is a branch's ledger of one year (台账, R21): the rows of its fourteen parts, in the order of YearParts. Single ballots and remarks
// on them stand in none.
type Yearbook struct {
	Branch Branch
	Year   int
	Made   time.Time
	Rows   [14][][]any // a row has a value for every column of its part
}

// The parts of the yearly ledger, in their order.
const (
	partPlan = iota
	partApprovals
	partNotices
	partSignIns
	partLeaves
	partMakeups
	partRecords
	partEvaluations
	partChanges
	partPictures
	partInspections
	partLeaders
	partFigures
	partCorrections
)

// YearParts are the fourteen parts of the yearly ledger (R21).
func YearParts() [14]YearPart {
	text, prose, number, percent := CellText, CellProse, CellNumber, CellPercent
	day, clock, instant := CellDate, CellClock, CellInstant
	return [14]YearPart{
		partPlan: {"年度计划及备案", []Column{
			{"月份", text},
			{"日期", day},
			{"星期", text},
			{"开始", clock},
			{"结束", clock},
			{"地点", text},
			{"主题", prose},
			{"内容", prose},
			{"主持人", text},
			{"委托事由", prose},
			{"计划备案", text},
			{"备案时间", instant},
		}},
		partApprovals: {"月度方案与审定", []Column{
			{"月份", text},
			{"主题", prose},
			{"议程", prose},
			{"主题确定", instant},
			{"报审时间", instant},
			{"退回时间", instant},
			{"退回事由", prose},
			{"审定时间", instant},
			{"审定人", text},
			{"状态", text},
		}},
		partNotices: {"预告", []Column{{"月份", text}, {"类别", text}, {"活动时间", instant}, {"发出时间", instant}, {"提前天数", number}, {"是否按期", text}, {"发出内容", prose}}},
		partSignIns: {"签到册", []Column{
			{"月份", text},
			{"日期", day},
			{"序号", number},
			{"姓名", text},
			{"身份", text},
			{"情况", text},
			{"签到时间", instant},
			{"方式", text},
			{"录入人", text},
			{"录入时间", instant},
			{"说明", prose},
			{"签名", CellSign},
		}},
		partLeaves: {"请假登记", []Column{
			{"编号", text},
			{"月份", text},
			{"姓名", text},
			{"事由", prose},
			{"提出时间", instant},
			{"是否事前", text},
			{"状态", text},
			{"批准人", text},
			{"批准时间", instant},
			{"未准事由", prose},
			{"请假条", text},
		}},
		partMakeups: {"补学登记", []Column{
			{"月份", text},
			{"姓名", text},
			{"缺席情况", text},
			{"期限", day},
			{"状态", text},
			{"提交时间", instant},
			{"方式", text},
			{"学习心得", prose},
			{"确认人", text},
			{"确认时间", instant},
			{"退回事由", prose},
		}},
		partRecords:     {"活动纪实", []Column{{"月份", text}, {"序号", number}, {"类别", text}, {"时间", instant}, {"纪实内容", prose}, {"记录人", text}}},
		partEvaluations: {"测评汇总", evaluationColumns()},
		partChanges: {"变更报备", []Column{
			{"月份", text},
			{"次数", number},
			{"原定时间", instant},
			{"改后时间", instant},
			{"事由", prose},
			{"报备时间", instant},
			{"报备人", text},
		}},
		partPictures: {"照片", []Column{{"月份", text}, {"序号", number}, {"照片", CellPicture}, {"提供人", text}, {"时间", instant}, {"指纹（SHA-256）", text}}},
		partInspections: {"巡查抽查与整改", []Column{
			{"日期", day},
			{"方式", text},
			{"类别", text},
			{"发现问题", prose},
			{"整改期限", day},
			{"整改情况", prose},
			{"复查日期", day},
		}},
		partLeaders: {"领导参加与指导", []Column{{"月份", text}, {"日期", day}, {"姓名", text}, {"职务", text}, {"参加方式", text}, {"点评", prose}}},
		partFigures: {"年度统计", []Column{
			{"月份", text},
			{"日期", day},
			{"状态", text},
			{"应到", number},
			{"实到", number},
			{"送学", number},
			{"请假", number},
			{"缺席", number},
			{"列席", number},
			{"出席率", percent},
			{"是否达标", text},
			{"参测", number},
			{"满意率", percent},
			{"预告", text},
			{"上报时间", instant},
			{"纪实表", text},
		}},
		partCorrections: {"更正与异议", []Column{
			{"类别", text},
			{"月份", text},
			{"登记时间", instant},
			{"发生时间", instant},
			{"事项", text},
			{"涉及人", text},
			{"经办人", text},
			{"说明", prose},
		}},
	}
}

func evaluationColumns() []Column {
	columns := []Column{{"月份", CellText}, {"主题", CellProse}, {"参会", CellNumber}, {"参测", CellNumber}, {"满意", CellNumber}, {"满意率", CellPercent}}
	for _, d := range Dimensions {
		columns = append(columns, Column{d + "（均分）", CellMean})
	}
	return append(columns, Column{"低于下限", CellText}, Column{"累计次数", CellNumber}, Column{"说明", CellProse})
}

// Yearbook makes a branch's ledger of a year as it stands at an instant. With own the reasons of leaves and sign-ins, what was handed in as
// make-up study and the words of objections stand in it: it is the branch's own. Without, as the committee sees it, only that there are such.
func (d Desk) Yearbook(tx Tx, b BranchID, year int, at time.Time, own bool) (Yearbook, error) {
	branch, err := d.Branch(tx, b)
	if err != nil {
		return Yearbook{}, err
	}
	for y, err := range d.Yearbooks(tx, []Branch{branch}, year, at, own) {
		return y, err
	}
	return Yearbook{}, nil
}

// Yearbooks makes the ledgers of several branches one after the other, so that only one is in memory at a time. It ends at an error.
func (d Desk) Yearbooks(tx Tx, branches []Branch, year int, at time.Time, own bool) iter.Seq2[Yearbook, error] {
	return func(yield func(Yearbook, error) bool) {
		people, err := namesByID(tx)
		for _, b := range branches {
			if err != nil {
				yield(Yearbook{}, err)
				return
			}
			w := yearWriter{desk: d, tx: tx, names: people, at: at, own: own, book: Yearbook{Branch: b, Year: year, Made: d.Local(at)}}
			if err = w.write(); err == nil && !yield(w.book, nil) {
				return
			}
		}
		if err != nil {
			yield(Yearbook{}, err)
		}
	}
}

func namesByID(tx Tx) (map[PersonID]string, error) {
	people, err := tx.People()
	out := map[PersonID]string{Bot: "机器人"}
	for _, p := range people {
		out[p.ID] = p.Name
	}
	return out, err
}

// yearWriter writes one branch's ledger.
type yearWriter struct {
	desk  Desk
	tx    Tx
	names map[PersonID]string
	at    time.Time
	own   bool
	book  Yearbook

	strikes int // evaluations under the floor so far (R28)
	total   yearTotal
}

// yearMonth is an activity and what is known of it, read once.
type yearMonth struct {
	Activity
	label   string // 3月
	roster  BranchRoster
	signins []SignIn
	leaves  []Leave
	makeups []Makeup
	tally   Tally
	voters  int
	ballots EvaluationTally // only once the result is out
	notice  []Post
}

func (w *yearWriter) row(part int, cells ...any) {
	w.book.Rows[part] = append(w.book.Rows[part], cells)
}

func (w *yearWriter) write() error {
	filing, filed, err := w.filing()
	if err != nil {
		return err
	}
	for m := (YearMonth{Year: w.book.Year, Month: time.January}); m.Year == w.book.Year; m = m.Next() {
		y, err := w.read(m)
		if err != nil {
			return err
		}
		w.plan(y, filing, filed)
		if y.Dated() {
			for _, part := range []func(*yearMonth) error{w.approvals, w.notices, w.signIns, w.leavesOf, w.makeupsOf, w.records, w.evaluations, w.changes, w.pictures} {
				if err := part(y); err != nil {
					return err
				}
			}
		}
		w.figures(y)
	}
	w.sum()
	return w.corrections()
}

func (w *yearWriter) filing() (Filing, bool, error) {
	all, err := w.tx.Filings(w.book.Year)
	for _, f := range all {
		if f.Branch == w.book.Branch.ID {
			return f, true, err
		}
	}
	return Filing{}, false, err
}

// read takes together what is known of a month's activity.
func (w *yearWriter) read(m YearMonth) (*yearMonth, error) {
	y := &yearMonth{label: m.Chinese()}
	var err error
	if y.Activity, err = w.desk.OfMonth(w.tx, w.book.Branch.ID, m); err != nil || !y.Dated() {
		return y, err
	}
	if y.roster, err = w.desk.RosterOf(w.tx, y.Activity); err != nil {
		return y, err
	}
	if y.signins, err = w.tx.SignIns(y.ID); err != nil {
		return y, err
	}
	if y.leaves, err = w.tx.Leaves(y.ID); err != nil {
		return y, err
	}
	if y.makeups, err = w.tx.Makeups(y.ID); err != nil {
		return y, err
	}
	y.tally = Count(y.roster, y.signins, y.leaves)
	if y.voters, err = w.tx.Voters(y.ID); err == nil && !y.Result.IsZero() {
		y.ballots, _, err = w.desk.Evaluate(w.tx, y.ID)
	}
	return y, err
}

// instant is a time in the desk's zone to the second, or an empty cell.
func (w *yearWriter) instant(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return w.desk.Local(t).Truncate(time.Second)
}

func (w *yearWriter) day(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return w.desk.Day(t)
}

func (w *yearWriter) clock(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	t = w.desk.Local(t)
	return TimeOfDay(t.Hour()*60 + t.Minute())
}

// who is the name of somebody who did something at a time; nobody when it did not happen.
func (w *yearWriter) who(p PersonID, at time.Time) any {
	if at.IsZero() {
		return nil
	}
	return w.names[p]
}

// secret is a text that only the branch itself reads; others see that there is one.
func (w *yearWriter) secret(s string) string {
	if s == "" || w.own {
		return s
	}
	return "（存支部）"
}

func yes(is bool, yes, no string) string {
	if is {
		return yes
	}
	return no
}
