package themeday

import "fmt"

// EvidenceKind is a kind of file in the evidence of a year.
type EvidenceKind string

// The kinds of files, in the order in which they are packed.
const (
	PlanFile     EvidenceKind = "年度计划"
	CalendarFile EvidenceKind = "计划日历"
	LedgerFile   EvidenceKind = "台账（表格）"
	LedgerPage   EvidenceKind = "台账"
	FormFile     EvidenceKind = "纪实表"
	SheetFile    EvidenceKind = "签到册"
	PhotoFile    EvidenceKind = "照片"
	ReviewFile   EvidenceKind = "述职"
	FactsFile    EvidenceKind = "事实数据"
)

// EvidenceFile names a file of the evidence by what it is; how it is called in the zip is for the one who packs it.
type EvidenceFile struct {
	Kind    EvidenceKind
	Month   YearMonth // of an activity's files
	Version int       // of a filed form; 0: the one that stands, filed or draft
	Photo   string    // a photo's id
}

// EvidenceLink points to a file, or to a part of the ledger's page.
type EvidenceLink struct {
	File EvidenceFile
	Part int // of the ledger, from 1; 0: the whole file
	N    int // of a photo in its month, from 1
}

// String is how a link is called in the index.
func (l EvidenceLink) String() string {
	switch {
	case l.Part > 0:
		return fmt.Sprintf("台账%d %s", l.Part, YearParts()[l.Part-1].Name)
	case l.File.Kind == PhotoFile:
		return fmt.Sprintf("照片%d", l.N)
	case l.File.Version > 0:
		return string(l.File.Kind) + VersionName(l.File.Version, true)
	}
	return string(l.File.Kind)
}

// EvidencePhoto is a photo of an activity.
type EvidencePhoto struct {
	Month   YearMonth
	N       int // in its month, from 1
	ID      string
	Caption string
}

// File is where the index points to for it.
func (p EvidencePhoto) File() EvidenceFile {
	return EvidenceFile{Kind: PhotoFile, Month: p.Month, Photo: p.ID}
}

func theFile(k EvidenceKind) EvidenceLink { return EvidenceLink{File: EvidenceFile{Kind: k}} }

// inLedger points to a part of the ledger's page.
func inLedger(part int) EvidenceLink {
	return EvidenceLink{File: EvidenceFile{Kind: LedgerPage}, Part: part + 1}
}
