package themeday

import "testing"

func TestWordsThatGoOutNameNobodyAndCountNobody(t *testing.T) {
	names := []string{"欧阳明月", "王强", "张三"}
	for _, c := range []struct{ said, goes string }{
		{"王强主持，欧阳明月讲党课", "某同志主持，某同志讲党课"},
		{"讨论30分钟，每人3分钟", "讨论30分钟，每人3分钟"},
		{"12人参加，张三等3名党员发言", "若干人参加，某同志等若干名党员发言"},
		{"二十多人次参与", "若干人参与"},
		{"满意率90%，平均4.5分", "满意率若干，平均若干"},
		{"百分之九十的同志满意", "若干的同志满意"},
		{"一人一句谈体会", "一人一句谈体会"},
		{"学习第20次会议精神", "学习第20次会议精神"},
		{"收回 8 票", "收回 若干票"},
		{"王 强同志主持，张三 同志记录", "某同志主持，某同志记录"},
		{"请王书记领誓，书记王强总结", "请某同志领誓，某同志总结"},
		{"有事找联系人13800138000", "有事找联系人（号码略）"},
		{"报名打0571-8888 6666", "报名打（号码略）"},
		{"身份证33010219900101123X", "身份证（号码略）"},
		{"打一三八零零一三八零零零", "打（号码略）"},
		{"2025-2026年、2026-03-13、1500元", "2025-2026年、2026-03-13、1500元"},
	} {
		if got := withoutPeople(c.said, names, nil); got != c.goes {
			t.Errorf("%s goes out as %s, want %s", c.said, got, c.goes)
		}
	}
}

func TestWhatFellShortIsReadFromTheSummary(t *testing.T) {
	for _, c := range []struct{ summary, short string }{
		{"成效明显；不足：讨论时间偏短；下步改进安排", "讨论时间偏短"},
		{"成效：大家发言。不足是准备不细。下一步提前发材料", "准备不细"},
		{"不足之处：现场嘈杂", "现场嘈杂"},
		{"成效好，不足有二：一是晚，二是短。今后早些", "有二：一是晚，二是短"},
		{"大家都发了言", ""},
	} {
		if got := Shortfall(c.summary); got != c.short {
			t.Errorf("%s: %q, want %q", c.summary, got, c.short)
		}
	}
}

func TestNoGroupHearsOfRatingsInPraise(t *testing.T) {
	for _, c := range []struct {
		words string
		fit   bool
	}{
		{"全员到会，人人发言", true},
		{"连续6次按时到会", true},
		{"满意率最高", false},
		{"排名第一", false},
		{"得票最多", false},
		{"90%的同志说好", false},
		{"百分之百到会", false},
		{"准备了30分钟的展示", true},
	} {
		if err := noRatings("表扬会发到支部群", c.words); (err == nil) != c.fit {
			t.Errorf("%s: %v", c.words, err)
		}
	}
}

func TestABorrowingByTheOwnBranchDoesNotCount(t *testing.T) {
	s := SharedActivity{Activity: "第一支部/2026-03", Borrowed: []Borrowing{{Activity: "第一支部/2026-05"}, {Activity: "第二支部/2026-05"}}}
	if got := s.ByOthers(); len(got) != 1 || got[0].Activity != "第二支部/2026-05" {
		t.Errorf("counted %v", got)
	}
}
