package commands

import (
	"strings"
	"testing"

	"themeday"
)

func TestADateIsChangedHoweverItIsTyped(t *testing.T) {
	s := newStage(t).approved()
	for said, want := range map[string]string{
		"改期 3月 3月20日 14:00 会议室维修":             "03-20 14:00-18:00",
		"改期 3月20日 14:00 会议室维修":                "03-20 14:00-18:00",
		"改期 3月20日 下午2点 会议室维修":                 "03-20 14:00-18:00",
		"改期 3月20日 下午2:30 会议室维修":               "03-20 14:30-18:30",
		"改期 3月20日下午2点半 会议室维修":                 "03-20 14:30-18:30",
		"改期 3月20日（周五）14:00-18:30，会议室维修":       "03-20 14:00-18:30",
		"改期 三月二十日 14:00 会议室维修":                "03-20 14:00-18:00",
		"改期 3月20号 上午8点到12点 会议室维修":             "03-20 08:00-12:00",
		"改期3月20日 14:00 会议室维修":                 "03-20 14:00-18:00",
		"改期 3/20 14:00 会议室维修":                 "03-20 14:00-18:00",
		"改期 2026-03-20 14:00 会议室维修":           "03-20 14:00-18:00",
		"改期 3月20日 会议室维修":                      "03-20 14:00-18:00",
		"改期 3月 20日 14:00 会议室维修":               "03-20 14:00-18:00",
		"@党建助手\u2005改期　３月２０日　１４：００　会议室维修":     "03-20 14:00-18:00",
		"改期：3月，3月20日，14时，会议室维修":               "03-20 14:00-18:00",
		"改期 3月 3月20日 14:00 原因是会议室维修，要3月25日才好": "03-20 14:00-18:00",
	} {
		s.play(line{"03-02 09:00", "王强", private, said, "3月主题党日改到3月20日 & 已向机关党委报备"})
		a := s.activity()
		if got := s.desk().Local(a.Starts).Format("01-02 15:04-") + s.desk().Local(a.Ends).Format("15:04"); got != want {
			t.Errorf("%q: it is on %s, want %s", said, got, want)
		}
		s.do(func(tx themeday.Tx) error {
			all, err := tx.Changes(a.ID)
			if why := all[len(all)-1].Why; !strings.HasSuffix(why, "会议室维修") && !strings.HasPrefix(why, "原因是会议室维修") {
				t.Errorf("%q: the reason is kept as %q", said, why)
			}
			return err
		})
		s.play(line{"03-02 09:01", "王强", private, "改期 3月24日 14:00-18:00 复原", "3月24日"})
	}
}

func TestAChangeThatMayNotBeIsRefused(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-02 09:00", "王强", private, "改期", "请这样写：改期 3月 3月20日 14:00 事由"},
		line{"03-02 09:00", "王强", private, "改期 3月 3月20日 14:00", "R05"},
		line{"03-02 09:00", "王强", private, "改期 3月 4月2日 14:00 出差", "R05"},
		line{"03-02 09:00", "王强", private, "改期 3月20日 14:00-16:00 出差", "R02"},
		line{"03-02 09:00", "王强", private, "改期 3月20日 22:00 出差", "当天结束"},
		line{"03-02 09:00", "王强", private, "改期 3月1日 14:00 出差", "已经过去"},
		line{"03-02 09:00", "王强", private, "改期 3月13日 14:00 出差", "不用改"},
		line{"03-02 09:00", "王强", private, "改期 3月32日 14:00 出差", "3月没有32日"},
		line{"03-02 09:00", "王强", private, "改期 3月20日 25:00 出差", "请这样写"},
		line{"03-02 09:00", "张三", group, "改期 3月20日 14:00 出差", "由书记来办"},
		line{"03-02 09:00", "张三", group, "改期了吗", ""},
		line{"03-02 09:00", "周红", private, "改期 第一支部 3月20日 14:00 出差", "您不在第一支部的名单上"},
	)
	if a := s.activity(); a.Version != 1 {
		t.Errorf("the date was set %d times", a.Version)
	}
}

func TestABusyDayAsksForAConfirmation(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-02 09:00", "王强", private, "忙时 3月25日-3月30日 月末结账", "3月25日至3月30日，月末结账"},
		line{"03-02 09:00", "王强", private, "忙時 3月17日到3月18日 检查", "3月17日至3月18日，检查"},
		line{"03-02 09:00", "王强", private, "忙时 3月23日-24日 盘点", "3月23日至3月24日，盘点"},
		line{"03-02 09:00", "王强", private, "忙时 3月19日 迎检", "3月19日至3月19日"},
		line{"03-02 09:00", "王强", private, "忙时 3月30日-3月25日 反了", "写反"},
		line{"03-02 09:00", "王强", private, "忙时 3月25日", "请写原因"},
		line{"03-02 09:00", "王强", private, "忙时", "请这样写"},
		line{"03-02 09:00", "张三", private, "忙时 3月25日 休息", "由书记来办"},
		line{"03-02 09:01", "王强", private, "改期 3月27日 14:00 出差", "是业务忙时（月末结账） & 确认"},
		line{"03-02 09:02", "王强", private, "改期 3月27日 14:00 出差 确认", "改到3月27日"},
	)
}

func TestADeputyHostsWhenTheSecretaryDelegates(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-02 09:00", "王强", private, "委托主持 3月 李敏", "要写事由"},
		line{"03-02 09:00", "王强", private, "委托主持 3月 张三 出差", "只能委托副书记或支委"},
		line{"03-02 09:00", "王强", private, "委托主持 3月 张飞 出差", "名单上没有“张飞”"},
		line{"03-02 09:00", "李敏", private, "委托主持 3月 李敏 我来", "由书记来办"},
		line{"03-02 09:01", "王强", private, "委託主持 3月 李敏 书记外出开会", "委托李敏主持"},
		line{"03-02 09:02", "李四", private, "活动", "还没有认出您"},
		line{"03-02 09:02", "张三", private, "活动", "李敏"},
	)
	s.until("03-13 13:31")
	s.play(
		line{"03-13 13:31", "李敏", group, "检查 全部", "已全部完成"},
		line{"03-13 13:32", "李敏", private, "代签 张三 手机没电", "已为张三代签"},
		line{"03-13 13:33", "李敏", group, "开始", ""},
		line{"03-13 13:34", "李敏", private, "补签 李四 手机没电", "由书记来办"},
	)
	if s.activity().Began.IsZero() {
		t.Error("the delegated host could not begin")
	}
}

func TestRecorderAndGuestAreNamed(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-02 09:00", "王强", private, "记录员 3月 张三", "3月主题党日由张三记录"},
		line{"03-02 09:00", "王强", private, "記錄員 3月 張三", "由张三记录"},
		line{"03-02 09:00", "王强", private, "记录员", "请这样写：记录员 3月 张三"},
		line{"03-02 09:00", "张三", group, "记录员 是谁", ""},
		line{"03-02 09:00", "张三", group, "记录员是谁", ""},
		line{"03-02 09:00", "王强", private, "列席 4月 钱伟", "请这样写：列席 4月 姓名 积极分子"},
		line{"03-02 09:00", "王强", private, "列席 3月 张三 积极分子", "张三是本支部党员，不用列席"},
		line{"03-02 09:01", "王强", private, "列席 3月 钱伟 积极分子", "不计入到会率"},
		line{"03-02 09:02", "王强", private, "列席 3月 钱伟 积极分子", "钱伟（积极分子）列席"},
	)
	s.do(func(tx themeday.Tx) error {
		all, err := tx.Guests("第一支部/2026-03")
		if len(all) != 1 {
			t.Errorf("guests %+v, want one", all)
		}
		return err
	})
}

func TestSignInsOfADayThatIsNotHeldAreCancelled(t *testing.T) {
	s := newStage(t).open()
	s.play(
		line{"03-13 13:35", "王强", private, "检查 全部", "完成"},
		line{"03-13 13:36", "张三", group, "签到", ""},
		line{"03-13 13:37", "李四", group, "#接龙\n签到\n1. 赵六\n2. 李四", ""},
		line{"03-13 13:38", "王强", private, "签到码", "签到码"},
		line{"03-13 13:40", "王强", private, "改期 3月20日 14:00 停电", "改到3月20日 & 已有2人签到作废"},
		line{"03-13 13:41", "王强", private, "撤销", "日期已经报备，不能撤销"},
	)
	s.want("signed in", s.signins(group))
	a := s.activity()
	if a.Done(themeday.SigningIn) || a.Code != "" {
		t.Errorf("signed in %v, code %q", a.Done(themeday.SigningIn), a.Code)
	}
	s.do(func(tx themeday.Tx) error {
		open, err := s.desk().OpenClaims(tx, a)
		ticked, _ := tx.Checks(a.ID)
		if len(open)+len(ticked) != 0 {
			t.Errorf("claims %v, ticks %v of the day that is not held", open, ticked)
		}
		return err
	})
	s.until("03-20 13:30")
	s.play(line{"03-20 13:35", "张三", private, "签到", "已签到"}, line{"03-20 13:36", "李四", group, "#接龙\n签到\n1. 赵六\n2. 李四", ""})
	s.want("signed in", s.signins(group), "张三 self", "李四 chain")
	a = s.activity()
	s.do(func(tx themeday.Tx) error {
		open, err := s.desk().OpenClaims(tx, a)
		if len(open) != 1 {
			t.Errorf("claims %v, want the one of the new day", open)
		}
		return err
	})
}

func TestTheGroupHearsOfEveryMoveOfADateThatItWasTold(t *testing.T) {
	s := newStage(t).approved()
	s.until("03-08 09:01")
	s.play(line{"03-09 09:00", "王强", private, "改期 3月27日 14:00 停电", "3月22日 09:00按新日期发预告"})
	s.until("03-09 09:01")
	s.play(line{"03-09 10:00", "王强", private, "改期 3月25日 14:00 停电", "改到3月25日"})
	s.until("03-09 10:01")
	if got := s.sent(themeday.DateChanged); len(got) != 2 {
		t.Errorf("the group heard of the moves by %v, want two posts", got)
	}
	s.play(line{"03-20 10:00", "王强", private, "改期 3月24日 14:00 停电", "不足5天，预告马上发出并注明逾期"})
	s.until("03-20 10:01")
	if got := s.sent(themeday.DateChanged); len(got) != 2 {
		t.Errorf("the notice comes at once, and yet %v", got)
	}
}

func TestAMoveSaysWhenTheNoticeGoesOut(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-02 09:00", "王强", private, "改期 3月20日 14:00 停电", "3月15日 09:00按新日期发预告"},
		line{"03-14 08:00", "王强", private, "改期 3月19日 14:00 停电", "09:00按新日期发预告"},
		line{"03-14 09:30", "王强", private, "改期 3月19日 15:00 停电", "预告马上发出并注明逾期"},
	)
}

func TestBusySpansAreReadAndTakenBack(t *testing.T) {
	for said, want := range map[string]string{
		"忙时 3月25日-30日 月末":        "3月25日至3月30日，月末",
		"忙时 3月25日-30日月末":         "3月25日至3月30日，月末",
		"忙时 1月1日-12月31日 x":       "1月1日至12月31日，x",
		"忙时 12月25日-1月5日 年终决算":    "12月25日至2027年1月5日，年终决算",
		"忙时 2026年3月25日至3月30日 月末": "3月25日至3月30日，月末",
	} {
		t.Run(said, func(t *testing.T) {
			s := newStage(t).approved()
			s.play(line{"03-02 09:00", "王强", private, said, want}, line{"03-02 09:01", "王强", private, "撤销", "已撤销：忙时"})
			s.do(func(tx themeday.Tx) error {
				kept, err := tx.Blackouts(group)
				if len(kept) != 0 {
					t.Errorf("still kept clear: %v", kept)
				}
				return err
			})
		})
	}
}

func TestADayOrMonthThatThereIsNotIsNamed(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-02 09:00", "王强", private, "改期 6月31日 14:00 停电", "6月没有31日"},
		line{"03-02 09:00", "王强", private, "改期 3月 32日 14:00 停电", "3月没有32日"},
		line{"03-02 09:00", "王强", private, "忙时 2月30日 x", "2月没有30日"},
		line{"03-02 09:00", "王强", private, "主题 13月 学习党章", "没有13月"},
		line{"03-02 09:00", "王强", private, "报审 13月", "没有13月"},
		line{"03-02 09:00", "王强", private, "进度 13月", "没有13月"},
		line{"03-02 09:00", "王强", private, "进度 0月", "没有0月"},
		line{"03-02 09:00", "王强", private, "主题 2099年12月 学习党章", "只能安排今年和明年的"},
		line{"03-02 09:00", "王强", private, "主题 2027年1月 学习党章", "2027年1月主题：学习党章 & 报审 2027年1月"},
		line{"03-02 09:00", "王强", private, "主题 2月 学习党章", "2月已经过去"},
		line{"03-02 09:00", "王强", private, "报审 2月", "2月已经过去 & !改期"},
		line{"03-02 09:00", "王强", private, "年度计划 2100 报备", "只有今年和明年的计划"},
		line{"03-02 09:00", "王强", private, "年度计划 2025 报备", "已经过去"},
		line{"03-02 09:00", "张三", private, "活动 4月", "第一支部4月主题党日 & 4月10日"},
		line{"03-02 09:00", "张三", group, "活动 4月", "4月10日"},
		line{"03-02 09:00", "张三", group, "活动 13月", ""},
		line{"03-02 09:00", "王强", private, "下一步 4月", "请这样写：下一步"},
	)
}
