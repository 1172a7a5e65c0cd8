package commands

import (
	"testing"

	"themeday"
)

func TestTheChecklistIsTicked(t *testing.T) {
	s := newStage(t).open()
	s.play(
		line{"03-13 13:31", "王强", group, "检查", "请写检查了哪几项：党旗、徽章"},
		line{"03-13 13:31", "王强", group, "检查 国旗", "没有“国旗”这一项"},
		line{"03-13 13:32", "王强", group, "檢查 党旗", "还差：徽章"},
		line{"03-13 13:33", "王强", private, "检查：党旗、徽章", "已全部完成"},
		line{"03-13 13:34", "王强", private, "检查 全部", "已全部完成"},
		line{"03-13 13:34", "张三", group, "检查 党旗", ""},
		line{"03-13 13:34", "张三", private, "检查 党旗", "由主持人或书记来办"},
		line{"03-13 13:34", "张三", group, "检查一下投影", ""},
	)
}

func TestTheSecretarySignsInForOthersWithAReason(t *testing.T) {
	s := newStage(t).approved()
	s.play(line{"03-12 13:31", "王强", private, "代签 张三 手机没电", "今天没有主题党日，下一次是3月13日"})
	s.until("03-13 13:30")
	s.play(
		line{"03-13 13:31", "王强", private, "代签 张三", "代签要写事由"},
		line{"03-13 13:31", "王强", private, "代签", "请这样写：代签 张三 事由"},
		line{"03-13 13:31", "王强", private, "代签张三 手机没电", "您是不是要发：代签 张三 事由"},
		line{"03-13 13:31", "王强", private, "代签 张飞 手机没电", "名单上没有“张飞”"},
		line{"03-13 13:31", "王强", private, "补签 张三 手机没电", "请改用：代签 张三"},
		line{"03-13 13:32", "王强", group, "代簽　张三　手机没电", "已为张三代签，签到册会注明，并告诉本人"},
		line{"03-13 13:33", "王强", private, "代签，张三，手机没电", "张三已经签到过了"},
		line{"03-13 13:33", "张三", private, "代签 李四 没电", "由主持人或书记来办"},
		line{"03-13 13:33", "周红", private, "代签 第一支部 李四 没电", "您不在第一支部的名单上"},
		line{"03-13 13:33", "林海", private, "代签 第一支部 李四 没电", "您不在第一支部的名单上"},
	)
	s.until("03-13 18:01")
	s.play(
		line{"03-13 18:05", "王强", private, "代签 李四 手机没电", "请改用：补签 李四"},
		line{"03-13 18:06", "王强", private, "補簽 李四 手机没电", "已为李四补签"},
		line{"03-13 18:07", "李敏", private, "补签 赵六 没电", "由书记来办"},
	)
	s.want("signed in", s.signins(group), "张三 proxy", "李四 late")
	if got := s.posts(themeday.ProxyTold); len(got) != 2 {
		t.Errorf("told of it: %v, want two", got)
	}
}

func TestOnlyAFrailMemberStudiesAtHome(t *testing.T) {
	s := newStage(t).open()
	s.play(
		line{"03-13 13:31", "王强", private, "送学 张三 上门", "没有标注年老体弱"},
		line{"03-13 13:31", "王强", private, "送学 王五", "请写方式"},
		line{"03-13 13:32", "王强", private, "送學 王五 上门", "已记：王五送学（上门），计入到会"},
		line{"03-13 13:33", "王强", private, "送学 3月 王五 电话", "王五已经记过了"},
		line{"03-13 13:33", "张三", private, "送学 王五 上门", "由主持人或书记来办"},
	)
	s.want("signed in", s.signins(group), "王五 remote")
}

func TestASignedSheetIsEnteredByItsNumbers(t *testing.T) {
	s := newStage(t).open()
	s.play(
		line{"03-13 13:31", "张三", group, "签到", ""},
		line{"03-13 13:35", "王强", group, "纸 1-3,4", "纸质签到录入3人，另有1人此前已签到：张三"},
		line{"03-13 13:36", "王强", private, "紙：5、７", "录入2人"},
		line{"03-13 13:37", "王强", private, "纸 8 20", "没有第20号"},
		line{"03-13 13:37", "王强", private, "纸 张三", "请写名单上的编号"},
		line{"03-13 13:37", "王强", private, "纸", "请写名单上的编号"},
		line{"03-13 13:37", "王强", private, "纸 3-1", "请写名单上的编号"},
		line{"03-13 13:37", "王强", group, "纸 在哪里", ""},
		line{"03-13 13:37", "王强", group, "纸巾带了吗", ""},
		line{"03-13 13:37", "张三", group, "纸 1-3", ""},
		line{"03-13 13:38", "王强", private, "纸 9号", "录入1人"},
	)
	if got := s.signins(group); len(got) != 7 {
		t.Errorf("signed in %v, want seven", got)
	}
}

func TestTheHostBeginsAndEnds(t *testing.T) {
	s := newStage(t).approved()
	s.play(line{"03-12 09:00", "王强", private, "开始", "今天没有主题党日"}, line{"03-13 09:00", "王强", group, "开始", "13:30 起可签到"},
		line{"03-13 09:00", "王强", private, "结束", "还没有开始"})
	s.until("03-13 13:30")
	s.play(
		line{"03-13 13:40", "王强", group, "开始", "还不能开始：缺第⑤步（党员签到）"},
		line{"03-13 13:41", "张三", group, "签到", ""},
		line{"03-13 13:50", "张三", group, "开始", ""},
		line{"03-13 13:50", "张三", private, "开始", "由主持人或书记来办"},
		line{"03-13 13:50", "王强", group, "开始了吗", ""},
		line{"03-13 13:50", "王强", group, "开始 讨论吧", ""},
		line{"03-13 13:51", "王强", group, "開始！", ""},
		line{"03-13 13:52", "王强", group, "开始", "活动已于13:51开始"},
	)
	s.until("03-13 13:55")
	s.play(
		line{"03-13 17:00", "王强", group, "结束后吃饭", ""},
		line{"03-13 17:00", "王强", group, "结束 后吃饭", ""},
		line{"03-13 18:00", "张三", group, "结束", ""},
		line{"03-13 18:00", "王强", private, "結束", "活动结束，测评通知已发到群里"},
		line{"03-13 18:01", "王强", private, "结束", "活动已于18:00结束"},
	)
	a := s.activity()
	if !a.Done(themeday.Holding) || s.desk().Local(a.Began).Format("15:04") != "13:51" {
		t.Errorf("began %v, steps %+v", a.Began, a.Steps)
	}
}

func TestTheEndSaidAfterThePlannedOneCorrectsTheTime(t *testing.T) {
	s := newStage(t).open()
	s.play(line{"03-13 13:41", "张三", group, "签到", ""})
	s.until("03-13 18:10")
	s.play(line{"03-13 18:30", "王强", group, "结束", "结束时间改记为18:30，测评照常进行"})
}

func TestHowAFrailMemberTookPartIsNotTheGroups(t *testing.T) {
	s := newStage(t).open()
	s.play(line{"03-13 13:41", "张三", group, "签到", ""}, line{"03-13 13:55", "王强", group, "送学 王五 病房探望", "已记：王五 & !病房"})
	s.secret("病房")
	s.play(line{"03-13 13:56", "王强", private, "纸 1-3,2,3", "纸质签到录入3人： & !另有"})
}
