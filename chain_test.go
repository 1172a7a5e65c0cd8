package themeday

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

const forked = "#接龙\n第二支部6月主题党日签到🚩\n例 姓名 到/假\n\n1. 張三 到\n2. 李四 代王五到\n3. 𠮷田 請假\n\n請於14:30前接龍"

func texts(c Chain) []string {
	var out []string
	for _, i := range c.Items {
		out = append(out, i.Text)
	}
	return out
}

func TestAChainIsKnownByItsFirstWord(t *testing.T) {
	for said, want := range map[string]bool{
		"#接龙": true, "#接龙\n签到": true, "＃接龍\n1. 张三": true, "# 接龙": true, "\u200b#接龙\n1. 张三": true, "\u202e\ufeff #接龙": true, "#Group Note\n1. a": true,
		"": false, "接龙": false, "请大家#接龙": false, "#签到": false,
	} {
		if got := IsChain(said); got != want {
			t.Errorf("IsChain(%q) = %v", said, got)
		}
	}
}

func TestAChainIsReadFromItsVisibleText(t *testing.T) {
	for said, want := range map[string][]string{
		forked:              {"張三 到", "李四 代王五到", "𠮷田 請假"},
		"#接龙\n1. 张三\n2. 李四": {"张三", "李四"},
		"#接龙\r\n签到\r\n\r\n1. 张三\r\n2. 李四":                 {"张三", "李四"},
		"＃接龙\n签到\n\n1、张三\n２．李四\n③王五\n4 赵六":                {"张三", "李四", "王五", "赵六"},
		"#接龙\n1、张三（书记）\n2) 李四\n(3) 王五\n【4】赵六":             {"张三（书记）", "李四", "王五", "赵六"},
		"#接龙\n1️⃣张三\n⑵李四\n❸ 王五\n⒋赵六\n⑤、陈七":                {"张三", "李四", "王五", "赵六", "陈七"},
		"#接龙\n㉑ 张三\n㊱ 李四":                                 {"张三", "李四"},
		"#接龙\n签到\n1张三\n2李四":                               {"张三", "李四"},
		"#接龙\n１．張三\n２\u3000李四":                            {"張三", "李四"},
		"#接龙\n签到\n\n1. 张三\n2. 李四\n2. 王五":                  {"张三", "李四", "王五"}, // a fork pasted together
		"#接龙\n签到\n\n1. 张三\n\n1. 李四":                       {"张三", "李四"},
		"#接龙\n签到\n\n1. \n2. 李四":                           {"李四"},
		"#接龙\n签到\n\n1. 张三\n2.":                            {"张三"}, // the number that waits for the next one
		"#接龙\n签到\n\n1. 张三\n2. \n3":                        {"张三"},
		"#接龙\n签到\n1. 张三\n到了\n\n谢谢大家":                      {"张三\n到了"},
		"#接龙\n签到\n1. 张三\n\n2 楼会议室":                        {"张三"},
		"#接龙\n签到\n1. 张三\n\n5 号楼集合":                        {"张三"},
		"#接龙\n签到\n1. 张三\n\n14:30 开始":                      {"张三"},
		"#接龙\n3月13日签到\n14:30会议室\n\n1. 张三":                 {"张三"},
		"#接龙\n3.13主题党日签到\n\n1. 张三":                        {"张三"},
		"#接龙\n2026-03-13 签到\n1. 张三":                       {"张三"},
		"#接龙\n3 月 13 日签到\n1. 张三":                          {"张三"},
		"#Group Note\nsign in\n\n1) 张三":                   {"张三"},
		"#接龙\n\u202e1. 张三\u202c\n\u200b2. 李\u200d四\ufeff": {"张三", "李四"},
		"#接龙\n1. 张三\u20282. 李四":                           {"张三", "李四"},
		"#接龙\n签到\n\n1. 张三\n99999999999999999999. 李四":      {"张三\n99999999999999999999. 李四"},
		"#接龙": nil, "#接龙\n": nil, "#接龙\n签到": nil, "": nil,
	} {
		c, err := ParseChain(said)
		if err != nil || !reflect.DeepEqual(texts(c), want) {
			t.Errorf("ParseChain(%q) = %q, %v, want %q", said, texts(c), err, want)
		}
	}
}

func TestAChainKeepsItsHeaderExampleAndTailApart(t *testing.T) {
	for said, want := range map[string][3]string{
		forked: {"第二支部6月主题党日签到🚩", "姓名 到/假", "請於14:30前接龍"},
		"#接龙 主题党日签到\n例：张三\n1. 张三":   {"主题党日签到", "张三", ""},
		"#接龙\n3.13晚餐\n\n1. 张三":      {"3.13晚餐", "", ""},
		"#接龙\n\n1. 张三\n\n谢谢\n2 楼集合": {"", "", "谢谢\n2 楼集合"},
	} {
		c, err := ParseChain(said)
		if got := [3]string{c.Header, c.Example, c.Tail}; err != nil || got != want {
			t.Errorf("ParseChain(%q) has %q, %v, want %q", said, got, err, want)
		}
	}
}

func TestAChainTooLongIsRefused(t *testing.T) {
	for name, said := range map[string]string{
		"10,000 lines": "#接龙\n" + strings.Repeat("1. 张三\n", 10000), "10,000 empty lines": "#接龙" + strings.Repeat("\u2028", 10000),
		"a huge line": "#接龙\n1. " + strings.Repeat("张", 1<<20), "ten megabytes": strings.Repeat("#接龙\n", 2<<20),
	} {
		if c, err := ParseChain(said); CodeOf(err) != Invalid || len(c.Items) > 0 {
			t.Errorf("%s: %d items, %v", name, len(c.Items), err)
		}
	}
}

func TestOnlyChainsAboutComingConcernTheBot(t *testing.T) {
	for header, want := range map[string]bool{
		"": true, " \n": true, "3月主题党日签到": true, "黨日活動": true, "第二支部到会接龙": true, "主题党日": true, "支部会议": true, "3月13日主题党日\n地点：二楼会议室": true,
		"主题党日签到（会后用餐）": true, "主题党日签到\n会后聚餐自愿": true, "主题党日签到，不能参加的请假": true, "活动报名签到": true, "【签到】3月主题党日": true,
		"晚餐报名": false, "水果团购": false, "大家的生日": false, "拼车": false, "午餐签到": false, "主题党日午餐签到": false, "午餐（主题党日签到）": false,
		"3月13日主题党日晚餐统计": false, "3月13日主題黨日晚餐統計": false, "主题党日订餐": false, "主题党日\n晚餐报名接龙": false, "报名聚餐": false, "主题党日拼车": false, "主题党日活动乘车接龙": false,
		"疫苗接种": false, "支部活动疫苗登记": false, "捐款": false, "党日活动爱心捐款": false, "党费": false, "党日活动服装尺码": false, "主题党日报名": false, "主题党日时间投票": false, "主题党日请假接龙": false,
		"不参加主题党日的同志": false, "未签到人员": false, "主题党日心得": false, "学习强国答题": false, "主题党日测评": false, "团建活动": false, "参会人员住宿": false,
	} {
		if got := (Chain{Header: header}).Concerns(); got != want {
			t.Errorf("a chain %q: %v, want %v", header, got, want)
		}
	}
}

func TestAChainWithoutAHeaderSpeaksByItsFirstLine(t *testing.T) {
	for said, want := range map[string]bool{
		"#接龙\n1. 张三": true, "#接龙\n1. 张三 请假 打疫苗": true, "#接龙\n1. 张三\n2. 李四（不用餐）": true, "#接龙\n1. 主题党日签到\n2. 张三": true,
		"#接龙\n1. 晚餐统计\n2. 张三": false, "#接龙\n3 份水果团购\n\n1. 张三": false, "#接龙\n例 张三 一份盒饭\n\n1. 张三": false, "#接龙\n1. 张三\n\n请订餐的接龙": false, "#接龙 3.13晚餐\n1. 张三": false,
		"#接龙\n3 月 13 日主题党日晚餐统计\n\n1. 张三": false, "#接龙\n1 支部主题党日晚餐统计\n\n1. 张三": false,
	} {
		c, err := ParseChain(said)
		if err != nil || c.Concerns() != want {
			t.Errorf("%q concerns the bot: %v, %v, want %v", said, c.Concerns(), err, want)
		}
	}
}

func FuzzParseChain(f *testing.F) {
	for _, s := range []string{forked, "#接龙", "#接龙\n1. ", "#接龙\n①②", "#接龙\n999. x\n\n\n", "#接龙\n1 张三代李四代王五到", "#接龙\n1. 张三 ❌\n2. 李四、王五\n3. 赵六（代签）\n4. 请假 发烧"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, err := ParseChain(s)
		if err != nil && (CodeOf(err) != Invalid || len(s) <= maxChainBytes && len(visible(s)) < maxChainLines) {
			t.Errorf("%q: %v", s, err)
		}
		if len(c.Items) > maxChainLines {
			t.Errorf("%q has %d items", s, len(c.Items))
		}
		c.Concerns()
		for _, i := range c.Items {
			checkItem(t, s, i)
		}
		again := "#接龙\n" + plainly(c)
		if d, err := ParseChain(again); err == nil && len(c.Items) > 0 && !sameNames(c, d) {
			t.Errorf("%q read again as %q gives %q, want %q", s, again, texts(d), texts(c))
		}
	})
}

// checkItem holds what is true of every line, whatever stands in it.
func checkItem(t *testing.T, s string, i ChainItem) {
	if i.Text == "" || !utf8.ValidString(i.Text) || i.Number < 0 || i.Number > 999 {
		t.Errorf("%q has the item %+v", s, i)
	}
	e := ReadItem(i.Text)
	switch {
	case e.Status != ChainIn && e.Status != ChainLeave && e.Status != ChainUnclear:
		t.Errorf("%q: no such status: %+v", s, e)
	case e.Status != ChainLeave && e.Reason != "", e.Status != ChainIn && (e.For != nil || e.With != nil):
		t.Errorf("%q contradicts itself: %+v", s, e)
	}
	for _, name := range append(append([]string{e.Name}, e.With...), e.For...) {
		if name != "" && (!couldBeName(name) || !strings.Contains(CleanName(strings.ReplaceAll(visible(i.Text), "\n", " ")), name) && plainPictures(i.Text) == i.Text) {
			t.Errorf("%q gives a name that is none: %q", s, name)
		}
	}
	if e.Name != "" && e.Status == ChainIn && ReadItem(e.Name+" 晚到").Status == ChainIn {
		t.Errorf("%q: %s comes though he comes later", s, e.Name)
	}
}

// plainly writes the items as the client would.
func plainly(c Chain) string {
	var b strings.Builder
	for n, i := range c.Items {
		fmt.Fprintf(&b, "%d. %s\n", n%999+1, strings.Join(strings.Fields(i.Text), " "))
	}
	return b.String()
}

func sameNames(c, d Chain) bool {
	if len(c.Items) != len(d.Items) {
		return false
	}
	for i := range c.Items {
		if !reflect.DeepEqual(ReadItem(c.Items[i].Text), ReadItem(d.Items[i].Text)) {
			return false
		}
	}
	return true
}
