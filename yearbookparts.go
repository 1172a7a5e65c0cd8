package themeday

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
			{"必选自选", text},
			{"结合", prose},
			{"主持人", text},
			{"委托事由", prose},
			{"计划备案", text},
			{"备案时间", instant},
		}},
		partApprovals: {"月度方案与审定", []Column{
			{"月份", text},
			{"主题", prose},
			{"必选主题", prose},
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
		partPictures: {"照片", []Column{
			{"月份", text},
			{"序号", number},
			{"照片", CellPicture},
			{"说明", prose},
			{"提供人", text},
			{"时间", instant},
			{"相似", prose},
			{"指纹（SHA-256）", text},
		}},
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
