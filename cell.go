package themeday

import (
	"strings"
	"unicode"
)

// cellText cleans a cell of a sheet: what cannot be seen is dropped, blanks are folded to one, line breaks between words stay.
func cellText(s string) string {
	var lines []string
	for line := range strings.Lines(strings.Map(dropUnseen, s)) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}

// dropUnseen drops control characters except blanks and line breaks, zero-width characters, marks of writing direction and the like.
func dropUnseen(r rune) rune {
	switch {
	case r == blankLike:
		return ' '
	case Invisible(r):
		return -1
	}
	return r
}

// oneLine puts the lines of a cleaned cell behind each other.
func oneLine(s string) string { return strings.ReplaceAll(s, "\n", " ") }

// joinHan removes the blanks beside Chinese characters (王 强 is 王强); those between Latin words stay.
func joinHan(s string) string {
	rs := []rune(s)
	var out strings.Builder
	for i, r := range rs {
		if r == ' ' && i > 0 && i+1 < len(rs) && (unicode.Is(unicode.Han, rs[i-1]) || unicode.Is(unicode.Han, rs[i+1])) {
			continue
		}
		out.WriteRune(r)
	}
	return out.String()
}

// sheetWord is the form in which the sheet's own words (headers, offices, categories) are compared: half-width, simplified, without blanks.
func sheetWord(s string) string {
	return simplifiedSheet.Replace(strings.Join(strings.Fields(halfWidth(cellText(s))), ""))
}

// halfWidth turns full-width letters, digits, marks and blanks into plain ones.
func halfWidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '\u3000':
			return ' '
		}
		return r
	}, s)
}

// simplifiedSheet knows the traditional characters of the sheet's own words and no others; names are never converted.
var simplifiedSheet = strings.NewReplacer(
	"職", "职", "務", "务", "類", "类", "別", "别", "黨", "党", "組", "组", "機", "机", "號", "号", "碼", "码", "電", "电", "話", "话",
	"備", "备", "註", "注", "聯", "联", "繫", "系", "係", "系", "暱", "昵", "稱", "称", "書", "书", "記", "记", "錄", "录", "員", "员",
	"關", "关", "領", "领", "導", "导", "預", "预", "積", "积", "極", "极", "發", "发", "對", "对", "團", "团", "眾", "众", "衆", "众",
	"體", "体", "動", "动", "羣", "群", "開", "开", "結", "结", "點", "点", "題", "题", "內", "内", "時", "时", "間", "间",
)

// formulaLike tells whether a table program would calculate a text instead of showing it.
func formulaLike(s string) bool { return s != "" && strings.ContainsRune("=@＝＠", []rune(s)[0]) }
