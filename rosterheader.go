package themeday

import (
	"fmt"
	"strings"
)

// The columns of the roster sheet.
const (
	columnBranch     = "支部"
	columnName       = "姓名"
	columnOffices    = "职务"
	columnCategory   = "类别"
	columnPartyGroup = "党小组"
	columnPhone      = "手机"
	columnRemark     = "备注"
	columnGuides     = "联系支部"
	columnGroup      = "群名"
	columnCard       = "群昵称"
	columnWeCom      = "企业微信账号"
)

// rosterColumns are the columns in the order in which a row is checked.
var rosterColumns = []string{
	columnBranch, columnName, columnOffices, columnCategory, columnPartyGroup, columnPhone, columnRemark, columnGuides, columnGroup, columnCard, columnWeCom,
}

// rosterHeaders gives the column of every header that is understood.
var rosterHeaders = map[string]string{
	"支部": columnBranch, "党支部": columnBranch, "姓名": columnName, "职务": columnOffices, "类别": columnCategory, "党小组": columnPartyGroup,
	"手机": columnPhone, "手机号": columnPhone, "手机号码": columnPhone, "电话": columnPhone, "备注": columnRemark, "联系支部": columnGuides,
	"群名": columnGroup, "群昵称": columnCard, "企业微信账号": columnWeCom, "企业微信帐号": columnWeCom, "企业微信": columnWeCom, "企微账号": columnWeCom, "企业微信ID": columnWeCom,
}

// titleRows is how many rows are looked through for the header: titles may stand above it.
const titleRows = 10

// readHeader finds the row with the most known headers and learns the columns from it.
func readHeader(rows []SheetRow) (*rosterSheet, []RowError) {
	s, most := &rosterSheet{}, 0
	for i, row := range rows[:min(titleRows, len(rows))] {
		known := 0
		for _, cell := range row.Cells {
			if rosterHeaders[headerWord(cell)] != "" {
				known++
			}
		}
		if known > most {
			s.header, most = i, known
		}
	}
	s.learn(rows[s.header])
	return s, s.faults
}

// learn takes the columns from the header and refuses one that lacks a required column or has one twice.
func (s *rosterSheet) learn(header SheetRow) {
	s.columns = map[string]int{}
	var found, unknown []string
	for i, cell := range header.Cells {
		shown := Shown(cell)
		column := rosterHeaders[headerWord(cell)]
		if shown != "" {
			found = append(found, shown)
		}
		first, twice := s.columns[column]
		switch {
		case column == "" && shown != "":
			unknown = append(unknown, shown)
		case column == "":
		case twice:
			s.fault(header.Line, column, "第%d列和第%d列都是“%s”，请只留一列", first+1, i+1, column)
		default:
			s.columns[column] = i
		}
	}
	s.require(header.Line, found)
	for _, name := range unknown {
		s.note("“%s”列不认识，已忽略", name)
	}
}

func (s *rosterSheet) require(line int, found []string) {
	var missing []string
	for _, column := range []string{columnBranch, columnName} {
		if _, ok := s.columns[column]; !ok {
			missing = append(missing, fmt.Sprintf("“%s”", column))
		}
	}
	if len(missing) > 0 {
		s.fault(line, "表头", "缺少%s列，请补上；找到的列：%s", strings.Join(missing, ""), strings.Join(found, "、"))
	}
}

func headerWord(cell string) string { return strings.Trim(sheetWord(cell), "*:") }
