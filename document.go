package themeday

// DocumentKind is a kind of document that is made from the facts.
type DocumentKind string

// The documents that somebody may ask for in the chat.
const (
	RecordDocument   DocumentKind = "record"       // 纪实表, of an activity (R22)
	SheetDocument    DocumentKind = "signin-sheet" // 签到册 for the table, of an activity (R21)
	LedgerDocument   DocumentKind = "ledger"       // 台账 of a year (R21)
	ReviewDocument   DocumentKind = "review"       // 述职报告 of a year (R31)
	EvidenceDocument DocumentKind = "evidence"     // 迎检材料 of a year
	PlanDocument     DocumentKind = "plan"         // 年度计划, to be filled in
	DatesDocument    DocumentKind = "dates"        // 年度计划, for calendars
)

// Document orders a document with the answer to a message. It is made once the message has been handled, so that nobody waits for it.
type Document struct {
	Kind     DocumentKind
	Branch   BranchID   // none: all branches
	Activity ActivityID // of RecordDocument and SheetDocument
	Year     int        // of the others
	Own      bool       // the branch's own copy, with the reasons of leaves; never for anybody outside the branch
}
