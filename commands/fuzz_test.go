package commands

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"themeday"
	"themeday/commands/fold"
)

// FuzzRead reads any text as a command, and what stands behind it as everything that commands read: nothing panics, and what is accepted is real.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"签到", "签到 4821", "到", "评分 84213765 5 4 5 5 讲得好", "满意00000000", "评分5 4 5 5", "绑定 482913", "绑定４８２９１３", "固定日 每月第2个周五 14:00-18:00 会议室", "主题 3月 学习党章；缅怀先烈",
		"改期 3月 3月20日 14:00 事由", "纸 1-12,15", "纸 1-99999999999", "议程 3月 1.学习 2.讨论", "邀评 3月 服务对象 5", "补签 张三 手机没电", "请假 12月 15日住院", "为什么 述职 2026", "#接龙\n1. 张三", "@党建助手\u2005签到",
		"\u202e签到", "签\u200b到", "２０２６年３月", "2026-99-99 25:99", "十二月", "下午3点半", "(周五) 14点", strings.Repeat("签到 ", 3000), "\xff\xfe",
	} {
		f.Add(s)
	}
	r := New(Router{})
	now := themeday.YearMonth{Year: 2026, Month: 3}
	f.Fuzz(func(t *testing.T, s string) {
		for _, group := range []string{"", "第一支部"} {
			m := themeday.Message{Text: s, Group: group}
			h, ok := r.read(m)
			if ok && h.name() == "" && group != "" && h.chain == nil && !h.long {
				t.Errorf("%q is no command and not talk either", s)
			}
			readArgs(t, h.line.Rest, now)
		}
		readArgs(t, s, now)
	})
}

// readArgs reads a text as every kind of argument.
func readArgs(t *testing.T, s string, now themeday.YearMonth) {
	t.Helper()
	for who := Anyone; who <= Committee; who++ {
		if m, rest := cutMonth(s, now, who); m != nil && (m.Month < 1 || m.Month > 12 || m.Year < 2000 || m.Year > 2999 || len(rest) > 4*len(s)) {
			t.Errorf("%q is the month %v and %q", s, m, rest)
		}
	}
	if d, _, ok := cutDay(s, now); ok && d.AddDays(0) != d {
		t.Errorf("%q is the day %v, which there is not", s, d)
	}
	if from, to, _, ok := cutTimes(s); ok && (from < 0 || to < 0 || from > 24*60 || to > 24*60) {
		t.Errorf("%q is from %v to %v", s, from, to)
	}
	if some, err := numbers(s); err == nil && (len(some) == 0 || len(some) > 5000) {
		t.Errorf("%q are %d numbers", s, len(some))
	}
	for _, private := range []bool{true, false} {
		if code, _, ok := cutCode(s, private); ok && (len(code) < 6 || len(code) > 12 || strings.Trim(code, "0123456789") != "") {
			t.Errorf("%q has the code %q", s, code)
		}
	}
	if code := fold.Command(s); isDigits(code) && len(code) > 6 {
		t.Errorf("%q is the code %q", s, code)
	}
	if scores, _, ok := readScores(s); ok && scores.Valid() == nil {
		for _, n := range scores {
			if n < 1 || n > 5 {
				t.Errorf("%q are the scores %v", s, scores)
			}
		}
	}
	cutYear(s, 2026)
	cutDayOf(s, now)
	noSuchDay(s, now)
	agendaItems(s)
	captionOf(s)
	near(s, "签到")
	if look := fold.Skeleton(s); utf8.ValidString(s) && fold.Skeleton(look) != look {
		t.Errorf("the skeleton of %+q is %+q and then %+q", s, look, fold.Skeleton(look))
	}
}

// trial is a store in which nothing stays.
type trial struct{ themeday.Store }

var errTrial = errors.New("trial")

func (s trial) Update(ctx context.Context, do func(themeday.Tx) error) error {
	var inside error
	err := s.Store.Update(ctx, func(tx themeday.Tx) error {
		inside = do(tx)
		return errTrial
	})
	if errors.Is(err, errTrial) {
		return inside
	}
	return err
}

// FuzzHear says any text to a house on a real database, in the group and in private, as the secretary, a member and a stranger: nothing is set aside, and
// no answer turns a line round.
func FuzzHear(f *testing.F) {
	for _, s := range []string{
		"签到", "下一步", "情况", "固定日 每月第2个周五 14:00-18:00 会议室", "主题 3月 学习党章；缅怀先烈", "议程 3月 1.学习 2.讨论", "改期 3月 3月20日 14:00 天气", "补签 张三 没电", "代签 李四 没电", "纸 1-3", "列席 3月 某某 群众代表",
		"撤销", "更正 3月 补签 张三 漏记", "记录 大家谈了", "任务 李四 月底前联系", "总结 3月 好", "邀评 3月 服务对象 5", "绑定 000000", "绑定码 张三", "异议 3月 我到了", "移交 李四", "我的 全部", "帮助 签到", "为什么", "规则 R12", "结合 3月 党课", "体检 2026",
		"整改 措施 改", "案例 23", "借用 23 3月", "请假 发烧", "补学 3月 学了", "意见 3月 好", "避开 3月1日-3月5日 忙", "#接龙\n签到\n1. 张三\n2. 李四（请假）", "第一支部 进度 3月", "评分 5 4 5 5", "检查 全部", "党小组 2026", "计划 2026", "必选 3月 学习", "备案 2026",
	} {
		f.Add(s)
	}
	s := stageOf(f).open()
	s.router.Store = trial{s.store}
	s.router.Limits = Limits{Person: 1 << 40, Group: 1 << 40, Window: time.Hour, Strange: 1}
	f.Fuzz(func(t *testing.T, text string) {
		s.t = t
		for _, who := range []string{"王强", "张三", "林海", "路人"} {
			for _, where := range []string{group, private} {
				r, err := s.router.Handle(context.Background(), s.message("03-13 13:45", who, where, text))
				if err != nil {
					t.Fatalf("%s %q: %v", who, text, err)
				}
				if r.Text == setAsideReply.Text {
					t.Errorf("%s [%s] %q was set aside", who, where, text)
				}
				if strings.ContainsAny(r.Text+r.Short, "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u200b") {
					t.Errorf("%s [%s] %q hears %+q", who, where, text, r.Text)
				}
			}
		}
	})
}
