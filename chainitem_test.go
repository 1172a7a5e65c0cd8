package themeday

import (
	"reflect"
	"strings"
	"testing"
)

func TestOnlyABareNameOrAPlainWordOfComingIsASignIn(t *testing.T) {
	for _, said := range []string{
		"张三", "张三 到", "张三到", "张三 到了", "张三已到", "张三 已签到", "张三簽到", "张三 参加", "张三 出席", "张三 √", "张三✓", "张三 ✔️", "张三 ✅", "张三 1", "张三 １", "张三👌", "张三 👍🏻",
		"张三，到！", "张三：到。", "张三（到）", "张三 到 👍", "张三 来了", "张三 已 到", "张三（书记）", "张三（组织委员）到", "张三 同志 到", "张三书记", "@张三 到", "张三 本人签到", "张三、到",
		"张三🚩", "张三 🌹🌹", "张三😊", "张三❤️", "🇨🇳张三", "张三[玫瑰]", "张三 [强]", "张三 💪🏻到", "张三\u200b", "\u202e张三\u202c", "\ufeff张三\u3000到", "张三\t到", "张三\n到了",
	} {
		if got, want := ReadItem(said), (ChainEntry{Name: "张三", Status: ChainIn}); !reflect.DeepEqual(got, want) {
			t.Errorf("ReadItem(%q) = %+v, want %+v", said, got, want)
		}
	}
}

func TestALineThatIsNotUnderstoodSignsNobodyIn(t *testing.T) {
	for _, said := range []string{
		"张三 ❌", "张三❌", "张三 ✗", "张三✘", "张三 ×", "张三 x", "张三 🚫", "张三🙅‍♂️", "张三 👎", "张三 不去", "张三不去", "张三不参加", "张三 没到", "张三未到", "张三 未签到", "张三 不能出席",
		"张三 待定", "张三待定", "张三 来不了", "张三来不了", "张三 去不了", "张三 ？", "张三?", "张三❓", "张三 🤔", "张三 稍晚", "张三 晚到", "张三晚到", "张三 迟到", "张三 晚点到", "张三（晚到）", "张三 线上参加",
		"张三 可能到", "张三 到吗", "张三 到不了", "张三到不了", "张三 +1", "张三+1", "张三 2", "张三 12", "张三 11", "张三 0", "张三 -1", "张三 出差已回来", "张三 病假结束", "张三 在路上", "张三 🚗", "张三 ⏰", "张三 🤒", "张三 明天到",
		"张三 不请假", "张三 没请假", "张三 销假", "张三 出差回来", "张三 请假？", "张三 可能请假", "张三 请假取消", "张三 到，李四请假", "张三 [疑问]", "张三 谢谢大家", "张三 帮忙", "张三 ☐", "张三 准时参加", "张三 13:30到", "张三 在外地", "张三 13800000000",
	} {
		if got := ReadItem(said); got.Status != ChainUnclear || got.Name != "张三" || got.For != nil || got.With != nil {
			t.Errorf("ReadItem(%q) = %+v, want 张三 unclear", said, got)
		}
	}
}

func TestWordsThatNameNobody(t *testing.T) {
	for said, want := range map[string]ChainStatus{
		"到": ChainIn, "签到": ChainIn, "已到": ChainIn, "1": ChainIn, "√": ChainIn, "👌": ChainIn, "[OK]": ChainIn, "到🚩": ChainIn, "本人签到": ChainIn,
		"请假": ChainLeave, "请假 发烧": ChainLeave,
		"": ChainUnclear, "❌": ChainUnclear, "？": ChainUnclear, "不去": ChainUnclear, "待定": ChainUnclear, "收到": ChainUnclear, "谢谢": ChainUnclear, "🌹": ChainUnclear, "+1": ChainUnclear, "12": ChainUnclear, "姓名": ChainUnclear,
		"迟到": ChainUnclear, "没到": ChainUnclear, "（）": ChainUnclear, "-": ChainUnclear, "OK": ChainUnclear, "晚到": ChainUnclear, "楼会议室集合": ChainUnclear,
	} {
		if got := ReadItem(said); got.Status != want || got.Name != "" || got.For != nil {
			t.Errorf("ReadItem(%q) = %+v, want %s of nobody", said, got, want)
		}
	}
}

func TestALeaveInAChainHasItsReason(t *testing.T) {
	for said, reason := range map[string]string{
		"李四 请假": "", "李四请假": "", "李四（请假）": "", "李四 假": "", "李四 請假": "", "李四 请个假": "", "李四 想请假": "", "李四已请假": "", "李四 请假🤒": "",
		"李四 请假 发烧": "发烧", "李四请假：发烧": "发烧", "李四 请假（发烧）": "发烧", "李四 假 发烧": "发烧", "李四 因发烧请假": "发烧", "李四因发烧请假": "发烧", "李四 发烧请假": "发烧", "李四（书记）请假，发烧": "发烧", "李四 事假 搬家": "搬家", "李四 请假 不舒服": "不舒服",
		"李四病假": "病假", "李四 公出": "公出", "李四出差": "出差", "李四 因公出差": "因公出差", "李四 出差 北京": "北京", "李四 请病假": "", "李四 请假 孩子没人带": "孩子没人带", "李四 出差 周五回来": "周五回来",
	} {
		if got, want := ReadItem(said), (ChainEntry{Name: "李四", Status: ChainLeave, Reason: reason}); !reflect.DeepEqual(got, want) {
			t.Errorf("ReadItem(%q) = %+v, want %+v", said, got, want)
		}
	}
}

func TestALineTypedForOthersNamesThem(t *testing.T) {
	for said, want := range map[string]ChainEntry{
		"李四 代王五": {Name: "李四", For: []string{"王五"}}, "李四 代王五到": {Name: "李四", For: []string{"王五"}}, "李四代王五签到": {Name: "李四", For: []string{"王五"}},
		"李四（代王五）": {Name: "李四", For: []string{"王五"}}, "李四 到，代王五": {Name: "李四", For: []string{"王五"}}, "李四 帮王五签到": {Name: "李四", For: []string{"王五"}},
		"李四代王五、赵六到": {Name: "李四", For: []string{"王五", "赵六"}}, "代王五签到": {For: []string{"王五"}}, "代 王五": {For: []string{"王五"}},
		"王五（李四代签）": {For: []string{"王五"}}, "王五（李四代）": {For: []string{"王五"}}, "王五 李四代签": {For: []string{"王五"}}, "王五（由李四代签）": {For: []string{"王五"}}, "王五 代签": {For: []string{"王五"}}, "王五（代签）": {For: []string{"王五"}},
		"张三、李四": {Name: "张三", With: []string{"李四"}}, "张三、李四、王五 到": {Name: "张三", With: []string{"李四", "王五"}}, "張三/李四": {Name: "張三", With: []string{"李四"}}, "张三、李四都到": {Name: "张三", With: []string{"李四"}},
		"阿依古丽·买买提": {Name: "阿依古丽·买买提"}, "𠮷田 到": {Name: "𠮷田"}, "欧阳修远 到": {Name: "欧阳修远"}, "Zhang San 到": {Name: "Zhang San"}, "张和平": {Name: "张和平"}, "張三": {Name: "張三"},
	} {
		want.Status = ChainIn
		if got := ReadItem(said); !reflect.DeepEqual(got, want) {
			t.Errorf("ReadItem(%q) = %+v, want %+v", said, got, want)
		}
	}
	for _, said := range []string{"张三、待定", "张三、李四请假", "张三、李四晚到", "李四 不能代王五", "李四代王五请假"} {
		if got := ReadItem(said); got.Status == ChainIn {
			t.Errorf("ReadItem(%q) = %+v, want nobody in", said, got)
		}
	}
}

func TestNamesOfTheBranchAreReadAsTheyAre(t *testing.T) {
	branch := map[string]bool{"张三": true, "李四": true, "王小到": true, "代小明": true, "办公室-赵六": true, "霍去病": true, "张不凡": true, "Li-Na": true, "吴假": true, "老周🚩": true}
	known := func(s string) bool { return branch[s] }
	for said, want := range map[string]ChainEntry{
		"王小到": {Name: "王小到", Status: ChainIn}, "王小到 到": {Name: "王小到", Status: ChainIn}, "王小到 晚到": {Name: "王小到", Status: ChainUnclear},
		"代小明": {Name: "代小明", Status: ChainIn}, "代小明 签到": {Name: "代小明", Status: ChainIn}, "张三代代小明": {Name: "张三", For: []string{"代小明"}, Status: ChainIn},
		"办公室-赵六 到": {Name: "办公室-赵六", Status: ChainIn}, "霍去病": {Name: "霍去病", Status: ChainIn}, "霍去病 病假": {Name: "霍去病", Status: ChainLeave, Reason: "病假"},
		"张不凡 到": {Name: "张不凡", Status: ChainIn}, "Li-Na 1": {Name: "Li-Na", Status: ChainIn}, "吴假": {Name: "吴假", Status: ChainIn}, "老周🚩": {Name: "老周🚩", Status: ChainIn},
		"张三 李四": {Name: "张三", With: []string{"李四"}, Status: ChainIn}, "张三和李四": {Name: "张三", With: []string{"李四"}, Status: ChainIn}, "张三\n李四": {Name: "张三", With: []string{"李四"}, Status: ChainIn},
		"张三李四": {Name: "张三", With: []string{"李四"}, Status: ChainIn}, "张三丰": {Name: "张三丰", Status: ChainIn}, "张三忙": {Name: "张三", Status: ChainUnclear}, "张三感冒中": {Name: "张三", Status: ChainUnclear},
		"张三 李四请假": {Name: "张三", Status: ChainUnclear}, "张三 出差，李四到": {Name: "张三", Status: ChainUnclear}, "张三，李四 到": {Name: "张三", With: []string{"李四"}, Status: ChainIn},
		"签到：张三": {Name: "张三", Status: ChainIn}, "✓张三": {Name: "张三", Status: ChainIn}, "到 张三 晚到": {Name: "张三", Status: ChainUnclear}, "李四（张三代签）": {For: []string{"李四"}, Status: ChainIn}, "张三、陈七": {Name: "张三", With: []string{"陈七"}, Status: ChainIn},
	} {
		if got := readItem(said, known); !reflect.DeepEqual(got, want) {
			t.Errorf("readItem(%q) = %+v, want %+v", said, got, want)
		}
	}
}

func TestALineWithoutEndIsNotUnderstood(t *testing.T) {
	for _, said := range []string{strings.Repeat("张", 5000), "张三" + strings.Repeat("到", 5000), strings.Repeat("代", 300), strings.Repeat("、", 300), strings.Repeat("张三、", 5000), "\xff\xfe", strings.Repeat("\u202e", 5000)} {
		if got := ReadItem(said); got.Status != ChainUnclear {
			t.Errorf("ReadItem(%.20q…) = %+v", said, got)
		}
	}
}
