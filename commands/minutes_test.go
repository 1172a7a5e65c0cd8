package commands

import (
	"testing"

	"themeday"
)

func TestTheMinutesAreWrittenByRecorderHostAndSecretary(t *testing.T) {
	s := newStage(t).approved()
	s.play(line{"03-02 09:00", "王强", private, "记录员 3月 张三", "张三"}, line{"03-13 12:00", "陈静", private, "记录 大家到了", "13:30 起可以记录"})
	s.until("03-13 14:20")
	s.play(
		line{"03-13 14:30", "陈静", group, "记录 李敏谈了体会", ""},
		line{"03-13 14:31", "张三", private, "記錄：王强讲了党课", "已记：记录（14:31）"},
		line{"03-13 14:32", "王强", private, "共识 每季度一次志愿服务", "已记：共识"},
		line{"03-13 14:33", "王强", private, "任務 李四 月底前联系社区", "已记：任务"},
		line{"03-13 14:34", "王强", private, "记录", "请写内容"},
		line{"03-13 14:35", "李四", group, "记录 我也记一条", ""},
		line{"03-13 14:35", "李敏", private, "记录 我也记一条", "由记录员、主持人或书记来办"},
		line{"03-13 14:35", "陈静", group, "记录员是谁", ""},
		line{"03-13 14:35", "李四", group, "任务完成了", ""},
	)
	s.do(func(tx themeday.Tx) error {
		all, err := tx.Minutes("第一支部/2026-03")
		if len(all) != 4 || all[0].Text != "李敏谈了体会" || all[3].Kind != themeday.Assigned {
			t.Errorf("the minutes: %+v", all)
		}
		return err
	})
}

func TestTheSummaryAndTheFormFollowTheSteps(t *testing.T) {
	s := newStage(t).held()
	s.play(
		line{"03-13 18:02", "王强", private, "上报 3月", "还不能上报：缺第⑧步"},
		line{"03-13 18:02", "王强", private, "总结 3月 成效明显", "缺第⑧步"},
		line{"03-13 18:05", "张三", group, "满意", ""},
		line{"03-13 18:06", "王强", private, "总结 3月", "请写总结"},
		line{"03-13 18:06", "张三", group, "总结 得很好", ""},
		line{"03-13 18:06", "张三", private, "总结 3月 得很好", "由主持人或书记来办"},
		line{"03-13 18:07", "王强", private, "上报", "缺第⑨步"},
		line{"03-13 18:08", "王强", private, "總結 3月 成效明显，不足是时间紧", "3月总结已记下 & 上报 3月"},
		line{"03-13 18:09", "李敏", private, "上报 3月", "由书记来办"},
		line{"03-13 18:09", "王强", group, "上报 3月 考勤表的请抓紧", ""},
		line{"03-13 18:10", "王强", private, "上報 三月", "3月纪实表已上报机关党委 & 测评3月14日"},
		line{"03-13 18:11", "王强", private, "上报 3月", "已于18:10上报"},
		line{"03-13 18:12", "王强", private, "补签 李四 手机没电", "不能再改"},
		line{"03-13 18:12", "王强", private, "撤销", "不能撤销"},
	)
}

func TestALateFormSaysSo(t *testing.T) {
	s := newStage(t).held()
	s.play(line{"03-13 18:05", "张三", group, "满意", ""}, line{"03-17 09:00", "王强", private, "总结 成效明显", "已记下"}, line{"03-17 09:01", "王强", private, "上报", "逾期2天"})
}

func TestOnesOwnLastStepIsTakenBackWithinTenMinutes(t *testing.T) {
	s := newStage(t).open()
	s.play(
		line{"03-13 13:40", "张三", group, "撤销", "近10分钟内没有可撤销的操作"},
		line{"03-13 13:40", "张三", group, "签到", ""},
		line{"03-13 13:45", "李四", private, "撤销", "还没有认出您"},
		line{"03-13 13:45", "王强", private, "撤销", "没有可撤销的操作"},
		line{"03-13 13:50", "张三", group, "撤銷", "已撤销：签到 & 撤销本身已记录"},
		line{"03-13 13:51", "张三", group, "撤销", "没有可撤销的操作"},
		line{"03-13 13:52", "张三", group, "签到", ""},
		line{"03-13 14:03", "张三", group, "撤销", "近10分钟内没有可撤销的操作"},
		line{"03-13 14:03", "张三", group, "撤销一下", ""},
	)
	s.want("signed in", s.signins(group), "张三 self")
}

func TestWhatOthersHaveBuiltOnIsNotTakenBack(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-10 09:00", "张三", private, "请假 出差", "已转给书记"},
		line{"03-10 09:01", "王强", private, "准假 张三", "已准"},
		line{"03-10 09:02", "张三", private, "撤销", "之后记录又有变化，不能撤销"},
		line{"03-10 09:03", "王强", private, "撤销", "已撤销：准假"},
		line{"03-10 09:04", "王强", private, "改期 3月20日 14:00 维修", "改到3月20日"},
		line{"03-10 09:05", "王强", private, "撤销", "日期已经报备，不能撤销"},
		line{"03-10 09:06", "林海", private, "撤销", "近10分钟内没有可撤销的操作"},
	)
	s.want("leaves", s.leaves(), "张三 asked")
}

func TestPlanningIsTakenBack(t *testing.T) {
	s := newStage(t).planned()
	s.play(line{"03-01 09:00", "王强", private, "主题 3月 植树", "植树"}, line{"03-01 09:01", "王强", private, "撤销", "已撤销：主题"},
		line{"03-01 09:02", "王强", private, "报审", "已报"}, line{"03-01 09:03", "王强", private, "撤销", "不能撤销"})
	if got := s.activity().Topic(); got != "学习党章；重温入党誓词" {
		t.Errorf("the topic is %q", got)
	}
}

func TestAMemberOfTwoBranchesTakesBackInPrivate(t *testing.T) {
	s := newStage(t).open()
	s.play(line{"03-13 13:40", "吴青", private, "签到 第一支部", "已签到"}, line{"03-13 13:41", "吴青", private, "撤销", "已撤销：签到"})
	s.want("signed in", s.signins(group))
}

func TestTakingBackOnesOwnStepLeavesWhatOthersDidMeanwhile(t *testing.T) {
	s := newStage(t).open()
	s.play(line{"03-13 13:40", "王强", private, "签到码", "今天的签到码"})
	s.play(line{"03-13 13:41", "张三", group, "签到 " + s.activity().Code, ""}, line{"03-13 13:42", "王强", private, "撤销", "已撤销：签到码"})
	if a := s.activity(); !a.Done(themeday.SigningIn) || a.Code != "" {
		t.Errorf("signed in %v, code %q", a.Done(themeday.SigningIn), a.Code)
	}
}

func TestTakingBackTheSummaryLeavesTheEvaluation(t *testing.T) {
	s := newStage(t).held()
	s.play(
		line{"03-13 18:05", "张三", group, "满意", ""},
		line{"03-13 18:06", "王强", private, "总结 成效明显", "已记下"},
		line{"03-13 18:07", "李敏", group, "满意", ""},
		line{"03-13 18:08", "王强", private, "撤销", "已撤销：总结"},
	)
	if a := s.activity(); !a.Done(themeday.Evaluating) || a.Done(themeday.Summing) || a.Summary != "" {
		t.Errorf("evaluated %v, summed up %v, %q", a.Done(themeday.Evaluating), a.Done(themeday.Summing), a.Summary)
	}
}

func TestWhatIsPrivateIsNotNamedWhenItIsTakenBackInTheGroup(t *testing.T) {
	s := newStage(t).approved()
	s.play(line{"03-10 09:00", "张三", private, "请假 出差", "已转给书记"}, line{"03-10 09:01", "张三", group, "撤销", "已撤销上一步 & !请假"})
}
