package paper

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"themeday"
)

// guestLines is how many empty lines are left for guests whom nobody expected.
const guestLines = 3

// SignInSheetWord writes the numbered list for the table (签到册) as a Word document.
func SignInSheetWord(w io.Writer, s themeday.SignInSheet) error { return signInSheet(s).word(w) }

func signInSheet(s themeday.SignInSheet) page {
	p := page{
		title: fmt.Sprintf("%s%d年%d月主题党日签到册", s.Branch, s.Month.Year, int(s.Month.Month)),
		above: strings.Join(full(day(s.Starts)+" "+clock(s.Starts)+"—"+clock(s.Ends), s.Place, strings.Join(s.Topics, "；")), "　"),
	}
	members := part{columns: []int{9, 20, 20, 31, 20}, head: 1, rows: []row{heads("编号", "姓名", "党小组", "签名", "备注")}}
	for _, m := range s.Members {
		members.rows = append(members.rows, sign(m.Number, m.Name, m.PartyGroup))
	}
	members.remark = fmt.Sprintf("应到%d人。本人签名；会后书记按编号录入，例如发给机器人：纸 1-12,15", len(s.Members))
	guests := part{heading: "列席", columns: []int{9, 20, 20, 31, 20}, head: 1, rows: []row{heads("编号", "姓名", "身份", "签名", "备注")}}
	for _, g := range s.Guests {
		guests.rows = append(guests.rows, sign(g.Number, g.Name, g.Kind))
	}
	for range guestLines {
		guests.rows = append(guests.rows, sign(0, "", ""))
	}
	p.parts = []part{members, guests}
	return p
}

func full(parts ...string) []string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}

func sign(number int, name, group string) row {
	n := ""
	if number > 0 {
		n = strconv.Itoa(number)
	}
	r := plain(n, name, group, "", "")
	r.height = 9
	return r
}
