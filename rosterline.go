package themeday

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// rosterDraft is a line before it is known which branches the sheet has. A field that was refused is left empty.
type rosterDraft struct {
	RosterLine
	place  string // the cell 支部
	guides string // the cell 联系支部
	loose  bool   // place may be empty: he stands above the branches, or his offices could not be read
}

// read adds a row to the drafts; one that is empty in every known column is passed over.
func (s *rosterSheet) read(row SheetRow) {
	cells, good := s.cells(row)
	if len(cells) == 0 {
		return
	}
	d := &rosterDraft{RosterLine: RosterLine{
		Line: row.Line, PartyGroup: oneLine(cells[columnPartyGroup]), Remark: oneLine(cells[columnRemark]),
		Group: oneLine(cells[columnGroup]), Card: oneLine(cells[columnCard]),
	}, guides: cells[columnGuides]}
	s.drafts = append(s.drafts, d)
	d.Frail = frail(d.Remark)
	if good(columnName) {
		d.Name = s.readName(row.Line, cells[columnName])
	}
	if d.Card == "" {
		d.Card = d.Name
	}
	d.Phone = s.readPhone(row.Line, cells[columnPhone])
	d.WeCom = s.readWeCom(row.Line, cells[columnWeCom])
	s.readStanding(d, cells)
	d.loose = d.Offices.aboveBranches() || !good(columnOffices)
	if good(columnBranch) {
		d.place = s.readBranch(d, cells[columnBranch])
	}
}

// cells cleans the cells of a row by column and refuses formulas; good tells whether a column had none.
func (s *rosterSheet) cells(row SheetRow) (cells map[string]string, good func(column string) bool) {
	cells = map[string]string{}
	var bad []string
	for _, column := range rosterColumns {
		i, ok := s.columns[column]
		if !ok {
			continue
		}
		text := "" // of a row that ends early
		if i < len(row.Cells) {
			text = cellText(row.Cells[i])
			if strings.ContainsFunc(strings.TrimSpace(row.Cells[i]), unseen) && slices.Contains(namingColumns, column) {
				s.note("第%d行%s里有看不见的字符，已去掉：%s", row.Line, column, Shown(text))
			}
		}
		if slices.Contains(row.Formulas, i) || formulaLike(text) {
			s.fault(row.Line, column, "这一格是公式或以 =、@ 开头，请改成文字（公式可复制后选择性粘贴为“数值”）")
			cells[column], bad = "", append(bad, column)
		} else if text != "" {
			cells[column] = text
		}
	}
	return cells, func(column string) bool { return !slices.Contains(bad, column) }
}

// namingColumns are those by whose text somebody or something is recognised.
var namingColumns = []string{columnName, columnCard, columnGroup, columnBranch}

// unseen tells whether a character is dropped from a name without a trace; a variation of a letter or an emoji is none that matters.
func unseen(r rune) bool {
	return Invisible(r) && !unicode.Is(unicode.Variation_Selector, r) && r != '\u200d'
}

// unfitForNames are the marks that chat scripts and commands are read by.
const unfitForNames = "[]:：()（）"

// readName gives the cleaned name, or nothing where it is refused.
func (s *rosterSheet) readName(line int, cell string) string {
	name := joinHan(cell)
	length := utf8.RuneCountInString(name)
	switch {
	case name == "":
		s.fault(line, columnName, "姓名为空，请填写")
	case strings.ContainsAny(name, "\n,，、;；/／"):
		s.fault(line, columnName, "一格只写一个姓名，请每人填一行")
	case strings.ContainsAny(name, unfitForNames):
		s.fault(line, columnName, "姓名里不能有括号和冒号，请去掉；说明可写在备注")
	case strings.ContainsRune(name, unicode.ReplacementChar):
		s.fault(line, columnName, "姓名里有损坏的字符，请重新输入")
	case strings.ContainsFunc(name, lookalikeHan):
		s.fault(line, columnName, "“%s”里有和常用字看着一样、其实不是一个字的字（部首或兼容汉字，常见于从PDF复制），请重新输入", Shown(name))
	case mixedAlphabets(name):
		s.fault(line, columnName, "“%s”里混用了看着相像的外文字母（如西里尔字母 а 和拉丁字母 a），请重新输入", Shown(name))
	case strings.ContainsAny(name[:1], "+-"):
		s.fault(line, columnName, "姓名不能以“%s”开头，请改正", name[:1])
	case !strings.ContainsFunc(name, unicode.IsLetter):
		s.fault(line, columnName, "“%s”不像姓名，请写文字", Shown(name))
	case length < 2 || length > 20:
		s.fault(line, columnName, "姓名应为2至20个字，现为%d个，请改正", length)
	default:
		return name
	}
	return ""
}

// readStanding reads offices and category; who has no office given is 党员 and who has no category 正式.
func (s *rosterSheet) readStanding(d *rosterDraft, cells map[string]string) {
	var unknown string
	if d.Offices, unknown = readOffices(cells[columnOffices]); unknown != "" {
		s.fault(d.Line, columnOffices, "没有“%s”这个职务，可填：%s", Shown(unknown), offices)
		d.loose = true
	}
	category, ok := categories[sheetWord(cells[columnCategory])]
	if !ok {
		s.fault(d.Line, columnCategory, "没有“%s”这个类别，可填：正式、预备、积极分子、发展对象、团员、群众", Shown(cells[columnCategory]))
	}
	d.Category = category
	if len(d.Offices) == 0 && !d.loose {
		d.Offices = Offices{Member}
	}
}

// readPhone gives the number without blanks and dashes and without the prefix of China, or nothing where it is refused.
func (s *rosterSheet) readPhone(line int, cell string) string {
	number := strings.NewReplacer(" ", "", "\n", "", "-", "").Replace(halfWidth(cell))
	digits := strings.TrimPrefix(number, "+")
	if number == "" {
		return ""
	}
	if len(digits) < 5 || len(digits) > 20 || strings.Trim(digits, "0123456789") != "" {
		s.fault(line, columnPhone, "手机号应为5至20位数字，可带 + 和 -，请改正（不知道可留空）")
		return ""
	}
	for _, prefix := range []string{"+86", "0086", "86"} {
		if mobile, ok := strings.CutPrefix(number, prefix); ok && len(mobile) == 11 && mobile[0] == '1' {
			return mobile
		}
	}
	return number
}

// readBranch gives the cleaned name of the cell 支部, or nothing where it is refused.
func (s *rosterSheet) readBranch(d *rosterDraft, cell string) string {
	name := joinHan(oneLine(cell))
	switch {
	case name == "" && !d.loose:
		s.fault(d.Line, columnBranch, "支部为空，请填写（合并的单元格请先取消合并、逐行填满）")
	case strings.ContainsAny(name, "[]:：/／"):
		s.fault(d.Line, columnBranch, "支部名里不能有方括号、冒号和斜杠，请去掉")
	case utf8.RuneCountInString(name) > 40:
		s.fault(d.Line, columnBranch, "支部名最多40个字，请用简称")
	default:
		return name
	}
	return ""
}

// frail tells whether a remark says that somebody is old or infirm (年老体弱, R15).
func frail(remark string) bool {
	remark = sheetWord(remark)
	return strings.Contains(remark, "年老") || strings.Contains(remark, "体弱") || strings.Contains(remark, "行动不便")
}
