package hant

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTheBotsWordsAreWrittenInTraditionalCharacters(t *testing.T) {
	for from, want := range map[string]string{
		"干部": "幹部", "干净": "乾淨", "干涉": "干涉", "若干": "若干",
		"头发": "頭髮", "发言": "發言", "补发": "補發",
		"签到": "簽到", "代签": "代簽", "补签": "補簽", "签错了": "簽錯了", "抽签": "抽籤", "请发：签到": "請發：簽到",
		"准假": "准假", "不准": "不准", "已准": "已准", "以名单为准": "以名單為準", "准时": "準時", "标准": "標準", "批准": "批准",
		"结束发早了": "結束發早了", "接龙里": "接龍裡", "里面": "裡面", "群里": "群裡", "公里": "公里",
		"为什么": "為什麼", "群众": "群眾", "秘书": "秘書", "意见箱": "意見箱",
		"截止后": "截止後", "皇后": "皇后", "后天": "後天", "第2个周五": "第2個週五", "一周": "一週",
		"于": "於", "关于": "關於", "最后一个": "最後一個", "复核": "複核", "恢复": "恢復",
		"党支部书记": "黨支部書記", "积极分子": "積極分子", "志愿服务": "志願服務", "纪实表": "紀實表", "测评": "測評",
		"第六条·R22 3月13日 14:30，abc": "第六條·R22 3月13日 14:30，abc",
		"簽到 裡面 為什麼":               "簽到 裡面 為什麼",
		"":                        "", "坏\xff字": "壞\xff字",
	} {
		if got := Convert(from, nil); got != want {
			t.Errorf("Convert(%q) = %q, want %q", from, got, want)
		}
	}
}

func TestWhatPeopleWroteStaysAsItIs(t *testing.T) {
	for _, c := range []struct {
		text string
		keep []string
		want string
	}{
		{"于伟请假，准假 于伟", []string{"于伟"}, "于伟請假，准假 于伟"},
		{"请于3月前答复于里", []string{"于里"}, "請於3月前答覆于里"},
		{"王后来电", []string{"王后"}, "王后來電"},
		{"王后来电", []string{"李四"}, "王后來電"},
		{"后来者后来到", []string{"后来", "后来者"}, "后来者后来到"},
		{"万万千", []string{"万万", "万千"}, "万万千"},
		{"主题：学习党章；缅怀先烈\n请发：报审", []string{"学习党章", "缅怀先烈"}, "主題：学习党章；缅怀先烈\n請發：報審"},
		{"[党员群] 发“帮助”", []string{"党员群", ""}, "[党员群] 發“幫助”"},
		{"签到", []string{"签到"}, "签到"},
	} {
		if got := Convert(c.text, c.keep); got != c.want {
			t.Errorf("Convert(%q, %q) = %q, want %q", c.text, c.keep, got, c.want)
		}
	}
}

func TestTheDictionaryIsWhole(t *testing.T) {
	if n := len(load().words); n != 53714 {
		t.Errorf("%d words", n)
	}
	for from, to := range load().words {
		if from == "" || to == "" || !utf8.ValidString(from+to) || strings.ContainsAny(to, " 爲羣裏") {
			t.Errorf("%q becomes %q", from, to)
		}
	}
}

func FuzzConvert(f *testing.F) {
	for _, s := range []string{"签到", "王后来电", "\xff里", "", "准假 于伟"} {
		f.Add(s, "于伟")
	}
	f.Fuzz(func(t *testing.T, text, keep string) {
		got := Convert(text, []string{keep})
		if utf8.ValidString(text) && utf8.ValidString(keep) && strings.Count(text, keep) > strings.Count(got, keep) && keep != "" {
			t.Errorf("Convert(%q, %q) = %q", text, keep, got)
		}
	})
}

const notice = "【主题党日预告】第一支部\n时间：3月13日 周五 14:30-18:30\n地点：党员活动室\n主题：学习党章；缅怀先烈\n主持：王强\n不能来的请提前请假，发：请假 事由\n"

func BenchmarkConvert(b *testing.B) {
	keep := strings.Split(strings.Repeat("欧阳建国 ", 1000)+"王强", " ")
	for b.Loop() {
		Convert(notice, keep)
	}
}

func BenchmarkUnpackTheDictionary(b *testing.B) {
	for b.Loop() {
		unpack()
	}
}
