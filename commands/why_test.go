package commands

import (
	"strings"
	"testing"
)

func TestEveryFigureOfARankingCanBeAskedFor(t *testing.T) {
	s := newStage(t).rated(2, 2, 2, 5)
	s.play(
		line{"04-20 09:00", "林海", private, "排名 2026", "第一支部（不能评先）：下限34.2%，满意率55%（11/20票，4次），平均到会55% & 为什么 排名 2026"},
		line{"04-20 09:01", "林海", private, "为什么 排名 2026", "威尔逊 & 满意率11÷20=55%，下限34.2% & 到会20÷36=55% & 不推荐：低于60%已有3次 & 第二支部：0次结果，0票，样本太少不排 & 为什么 排名 第一支部 2026"},
		line{"04-20 09:02", "林海", private, "為什麼 排名 第一支部", "第一支部排名 2026的依据 & 1月40%（2/5票，5人参加） & 到会逐月：1月5÷9 & !第二支部"},
		line{"04-20 09:02", "林海", private, "为什么 排名 第二支部 2026", "样本太少不排 & 测评逐月：没有"},
		line{"04-20 09:02", "林海", private, "为什么 排名 2027", "请这样写：为什么 排名 2026"},
		line{"04-20 09:03", "王强", private, "为什么 排名 2026", "依据由机关党委查 & !下限"},
		line{"04-20 09:03", "张三", private, "为什么 排名", "依据由机关党委查"},
		line{"04-20 09:03", "林海", group, "为什么 排名 2026", ""},
		line{"04-20 09:04", "林海", private, "为什么 天气", "评先、排名、述职、情况、负担"},
	)
}

func TestEveryFigureOfABurdenAndOfAReviewCanBeAskedFor(t *testing.T) {
	s := newStage(t).held()
	s.play(
		line{"03-20 09:00", "王强", private, "负担 3月", "为什么 负担 第一支部 3月"},
		line{"03-20 09:01", "王强", private, "为什么 负担 第一支部 3月", "群里 & 请大家发的 & 签到 & 书记等办理的 & 安排和步骤 & 已经报过又再问的0次"},
		line{"03-20 09:02", "林海", private, "为什么 负担 第一支部 2026", "第一支部2026年负担的依据"},
		line{"03-20 09:02", "林海", private, "为什么 负担", "请写明是哪个支部"},
		line{"03-20 09:02", "王强", private, "为什么 负担 5月", "请这样写：为什么 负担 第一支部 3月"},
		line{"03-20 09:02", "周红", private, "为什么 负担 第一支部", "只能查自己支部的"},
		line{"03-20 09:03", "王强", private, "为什么 述职 2026", "其余数字请发：为什么 述职 第一支部 2026 其余"},
		line{"03-20 09:04", "王强", private, "为什么 述职 2026 其余", "开展1次＝3月（3月13日） & 年度计划备案 & 没有列出的是0 & 为什么 负担 第一支部 2026"},
		line{"03-20 09:05", "林海", private, "为什么 情况", "只列等机关党委办的"},
	)
	if strings.Contains(s.last.Text, "%!") {
		t.Errorf("a figure is missing: %q", s.last.Text)
	}
}

func TestAwardsAndSituationCountTheSameDaysOverdue(t *testing.T) {
	s := newStage(t).rated(2, 2, 2) // the third bars: a rectification that is due at the end of 10 April
	for _, c := range []struct{ at, overdue string }{
		{"04-10 23:59", ""}, {"04-11 00:00", "已逾期1天"}, {"04-11 23:59", "已逾期1天"}, {"04-12 00:00", "已逾期2天"}, {"04-16 09:00", "已逾期6天"},
	} {
		want := "整改第1号（测评） & !逾期"
		if c.overdue != "" {
			want = "整改第1号（测评） & " + c.overdue
		}
		s.play(
			line{c.at, "林海", private, "评先 2026", want},
			line{c.at, "林海", private, "整改 第一支部", c.overdue + " & 第1号"},
		)
		if c.overdue != "" {
			s.play(line{c.at, "林海", private, "情况 第一支部", want})
		}
	}
}
