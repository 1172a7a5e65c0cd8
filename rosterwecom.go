package themeday

import "strings"

// readWeCom gives the user id of somebody in WeCom, or nothing where it is refused.
func (s *rosterSheet) readWeCom(line int, cell string) string {
	id := oneLine(cell)
	if len(id) > 64 || strings.ContainsAny(id, " ,，、;；@") {
		s.fault(line, columnWeCom, "“%s”不像企业微信账号：最多64个字符，没有空格和标点，请在企业微信管理后台的成员详情里查“账号”", Shown(id))
		return ""
	}
	return id
}

// settleWeCom refuses a user id that stands with two people, and two with one.
func (s *rosterSheet) settleWeCom() {
	var lines []RosterLine
	for _, d := range s.drafts {
		if d.Name != "" {
			lines = append(lines, d.RosterLine)
		}
	}
	first := map[string]RosterLine{}
	for _, own := range linesByPerson(lines) {
		mine := ""
		for _, l := range own {
			switch other, taken := first[strings.ToLower(l.WeCom)]; {
			case l.WeCom == "":
			case mine != "" && !strings.EqualFold(mine, l.WeCom):
				s.fault(l.Line, columnWeCom, "%s在别的行有不同的企业微信账号，请改成同一个", l.Name)
			case mine == "" && taken:
				s.fault(l.Line, columnWeCom, "企业微信账号“%s”和第%d行的%s相同，请核对", Shown(l.WeCom), other.Line, other.Name)
			default:
				mine = l.WeCom
				first[strings.ToLower(l.WeCom)] = l
			}
		}
	}
}
