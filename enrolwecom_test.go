package themeday_test

import (
	"strings"
	"testing"

	"themeday"
)

func TestTheRosterGivesTheUserIDInWeCom(t *testing.T) {
	for _, c := range []struct {
		name string
		rows []string
		want string // the ids in order, or a part of the fault
	}{
		{"each his own", []string{"一,张三,zhangsan", "一,李四,LiSi"}, "zhangsan LiSi"},
		{"some have none", []string{"一,张三,zhangsan", "一,李四,"}, "zhangsan "},
		{"one person in two branches", []string{"一,张三,zhangsan", "二,张三,ZhangSan"}, "zhangsan ZhangSan"},
		{"two people with one", []string{"一,张三,zhangsan", "一,李四,zhangsan"}, "和第2行的张三相同"},
		{"one person with two", []string{"一,张三,zhangsan", "二,张三,zs"}, "不同的企业微信账号"},
		{"no id at all", []string{"一,张三,张 三@公司"}, "不像企业微信账号"},
	} {
		t.Run(c.name, func(t *testing.T) {
			rows := []themeday.SheetRow{{Line: 1, Cells: []string{"支部", "姓名", "企业微信账号"}}}
			for i, r := range c.rows {
				rows = append(rows, themeday.SheetRow{Line: i + 2, Cells: strings.Split(r, ",")})
			}
			roster, faults := themeday.ReadRoster(rows)
			var got []string
			for _, l := range roster.Lines {
				got = append(got, l.WeCom)
			}
			for _, f := range faults {
				got = append(got, f.Error())
			}
			if text := strings.Join(got, " "); text != c.want && !(len(faults) > 0 && strings.Contains(text, c.want)) {
				t.Errorf("got %q, want %q", text, c.want)
			}
		})
	}
}
