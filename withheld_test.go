package themeday

import "testing"

func TestALeadersVisitIsLeftOutOfWhatAGroupReads(t *testing.T) {
	w := func() *withholding {
		return &withholding{
			fold:     func(s string) string { return s },
			leaders:  [][]rune{[]rune("欧阳明"), []rune("林海"), []rune("高远")},
			others:   [][]rune{[]rune("林海涛"), []rune("张三")},
			surnames: map[rune]bool{'林': true, '高': true, '欧': true},
		}
	}
	for _, c := range []struct{ text, want string }{
		{"学习党章", "学习党章"},
		{"林海局长到会指导", ""},
		{"学习党章，林海到会点评", "学习党章"},
		{"林海到会点评，学习党章", "学习党章"},
		{"学习党章（林海同志出席）", "学习党章"},
		{"学习党章（林海出席，张三领学）", "学习党章（张三领学）"},
		{"邀请局长林海作报告，讨论", "讨论"},
		{"林海同志讲党课", ""},
		{"联系领导欧阳明讲党课、学习党章", "学习党章"},
		{"联系领导林海领学、学习党章", "学习党章"},
		{"林 海 同志作报告", ""},
		{"林 海 同志领学", "某同志领学"},
		{"党委书记 林海领学", "某同志领学"},
		{"学习党章；林海授课；讨论", "学习党章；讨论"},
		{"书记林海领学", "某同志领学"},
		{"林 海领学", "某同志领学"},
		{"欧阳明主任领学", "某同志领学"},
		{"林局长领学", "某同志领学"},
		{"林 局长领学", "某同志领学"},
		{"请林副局长领学", "请某同志领学"},
		{"林海涛讲党课，张三领学", "林海涛讲党课，张三领学"}, // a member, whose name only begins like the leader's
		{"志存高远", "志存高远"},               // two characters in a word
		{"学习志存高远的榜样，参加劳动", "学习志存高远的榜样，参加劳动"},
		{"高远讲党史", "某同志讲党史"},
		{"请高远领学", "请某同志领学"},
		{"主讲：高远", "主讲：某同志"},
		{"提高领导水平", "提高领导水平"},
		{"森林局长远规划", "森林局长远规划"},
	} {
		if got := w().clauses(c.text); got != c.want {
			t.Errorf("%q is read as %q, want %q", c.text, got, c.want)
		}
	}
}
