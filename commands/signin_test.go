package commands

import (
	"testing"
	"time"

	"themeday"
)

func TestAMemberSignsInHoweverHeTypesIt(t *testing.T) {
	s := newStage(t).open().limits(Limits{Person: 60, Group: 150, Window: time.Minute, Strange: time.Hour})
	for _, said := range []string{"签到", "簽到", "到", " 签到 ", "签到！", "签 到", "@党建助手\u2005签到", "＠党建助手 簽到", "签到 张三", "签到，张三", "到🙋", "签到。", "　到　", "到！"} {
		s.play(line{"03-13 13:40", "张三", group, said, ""})
		s.want(said, s.signins(group), "张三 self")
		s.play(line{"03-13 13:40", "张三", group, "撤销", "已撤销：签到"})
	}
}

func TestOrdinaryTalkOfTheGroupSignsNobodyInAndIsNotAnswered(t *testing.T) {
	s := newStage(t).open()
	for _, said := range []string{"签到表在哪", "到底怎么回事", "到时候再说", "签到 在哪里", "签到了吗", "到 了吗", "到，我马上来", "签到：谁还没签", "没签到", "别忘了签到", "你到了吗", "到了吗", "我到了楼下", "签到码在哪", "到了", "我到了", "签到啦", "签到3个人了"} {
		s.play(line{"03-13 13:40", "张三", group, said, ""})
	}
	s.want("signed in", s.signins(group))
}

func TestSignInSaysFromWhenAndUntilWhen(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-12 10:00", "张三", group, "到", ""},
		line{"03-12 10:00", "张三", group, "签到", "签到尚未开始 & 3月13日 13:30"},
		line{"03-12 10:00", "张三", private, "到", "签到尚未开始"},
		line{"03-13 13:29", "张三", private, "签到", "13:30 起可签到"},
		line{"03-13 13:29", "张三", group, "到", "13:30 起可签到"},
	)
	s.until("03-13 13:30")
	s.play(
		line{"03-13 13:30", "张三", private, "签到", "张三，已签到（13:30）"},
		line{"03-13 13:31", "张三", private, "签到", "您已于13:30签到，不用再签"},
		line{"03-13 13:32", "张三", group, "签到", ""},
	)
	s.until("03-13 14:20")
	s.play(line{"03-13 14:30", "李四", group, "到", ""}, line{"03-13 18:01", "赵六", group, "签到", "活动已于18:00结束 & 补签"}, line{"03-13 18:01", "赵六", private, "签到", "请书记补签"})
	s.want("signed in", s.signins(group), "张三 self", "李四 late")
}

func TestNobodySignsInBeforeTheApproval(t *testing.T) {
	s := newStage(t).planned()
	s.play(line{"03-13 13:40", "张三", group, "签到", "还没有审定"})
	s.want("signed in", s.signins(group))
}

func TestAStrangerIsToldOnceADay(t *testing.T) {
	s := newStage(t).open()
	s.play(
		line{"03-13 13:40", "路人", group, "签到", "名单上没有“路人”"},
		line{"03-13 13:41", "路人", group, "签到", ""},
		line{"03-13 13:42", "路人", private, "签到", "还没有认出您 & 绑定"},
	)
	s.want("signed in", s.signins(group))
}

func TestAnImpostorSignsNobodyInAndTheSecretaryHearsOfIt(t *testing.T) {
	s := newStage(t).open()
	s.net.join(group, "路人", "张三")
	s.play(line{"03-13 13:40", "路人", group, "签到", "群里有两个“张三”，没法确认是哪一位 & !重名"}, line{"03-13 13:41", "张三", group, "签到", ""})
	s.want("signed in", s.signins(group), "张三 self")
	if n := len(s.posts(themeday.IdentityDoubt)); n != 1 {
		t.Errorf("the secretary hears %d times of the doubt, want once", n)
	}
}

func TestTwoOfOneNameAreToldApartByTheirGroup(t *testing.T) {
	s := newStage(t).open()
	s.play(line{"03-13 13:40", "刘洋", group, "签到", ""}, line{"03-13 13:41", "刘洋二", private, "签到", "还没有认出您"})
	s.want("signed in", s.signins(group), "刘洋 self")
}

func TestAMemberOfTwoBranchesNamesTheBranchInPrivate(t *testing.T) {
	s := newStage(t).open()
	s.play(
		line{"03-13 13:41", "吴青", private, "签到 第一支部", "已签到"},
		line{"03-13 13:42", "吴青", private, "第一支部 签到", "您已于13:41签到"},
		line{"03-13 13:43", "吴青", group2, "签到", "本支部还没有排定"},
	)
	s.want("signed in", s.signins(group), "吴青 self")
}

func TestWhoIsOnNoRosterHereCannotSignIn(t *testing.T) {
	s := newStage(t).open()
	s.play(line{"03-13 13:40", "林海", group, "签到", ""}, line{"03-13 13:40", "林海", private, "签到", "不在"}, line{"03-13 13:40", "周红", group, "签到", ""})
	s.want("signed in", s.signins(group))
}

func TestAGuestSignsInAndDoesNotCount(t *testing.T) {
	s := newStage(t).approved()
	s.play(line{"03-02 09:00", "王强", private, "列席 3月 钱伟 积极分子", "钱伟（积极分子）列席"})
	s.net.stranger("钱伟")
	s.until("03-13 13:30")
	s.play(line{"03-13 13:40", "钱伟", group, "签到", ""})
	a := s.activity()
	s.do(func(tx themeday.Tx) error {
		tally, err := s.desk().Tally(tx, a)
		if tally.Due != 9 || tally.Present != 0 || tally.Guests != 1 {
			t.Errorf("tally %+v, want 9 due, none present, one guest", tally)
		}
		return err
	})
}

func TestADaysCodeIsAskedOfEverybody(t *testing.T) {
	s := newStage(t).open()
	s.play(line{"03-13 13:35", "王强", group, "签到码", "私:今天的签到码"})
	code := s.activity().Code
	s.secret(code + "。")
	wrong := "1" + code[1:]
	if wrong == code {
		wrong = "2" + code[1:]
	}
	s.play(
		line{"03-13 13:36", "王强", private, "签到码", code},
		line{"03-13 13:40", "张三", group, "签到", "今天签到要带签到码"},
		line{"03-13 13:41", "张三", group, "签到 " + wrong, "签到码"},
		line{"03-13 13:42", "张三", group, "簽到　" + wide(code), ""},
		line{"03-13 13:43", "李四", group, "签到" + code, ""},
		line{"03-13 13:44", "陈静", group, "到 " + code, ""},
		line{"03-13 13:45", "赵六", private, "签到 赵六 " + code, "已签到"},
		line{"03-13 13:44", "李敏", group, "签到码", "私:由主持人或书记来办"},
	)
	s.want("signed in", s.signins(group), "张三 self", "李四 self", "陈静 self", "赵六 self")
}

// wide writes digits in full width.
func wide(digits string) string {
	out := []rune(digits)
	for i, r := range out {
		out[i] = r - '0' + '０'
	}
	return string(out)
}

func TestAChainSignsInWhoSentItAndOnlyClaimsTheOthers(t *testing.T) {
	s := newStage(t).open()
	s.play(line{"03-13 13:40", "张三", group, "#接龙\n主题党日签到\n\n1. 张三\n2. 李四", ""}, line{"03-13 13:41", "路人", group, "#接龙\n签到\n\n1. 路人", ""},
		line{"03-13 13:42", "赵六", group, "#接龙\n团购水果\n\n1. 赵六 两箱", ""})
	s.want("signed in", s.signins(group), "张三 chain")
}

func TestAWordPastedForSomebodyElseIsMarkedAsSuch(t *testing.T) {
	s := newStage(t).open()
	m := s.message("03-13 13:40", "张三", group, "签到")
	m.Relayed = "王强"
	s.hear(m)
	s.want("signed in", s.signins(group), "张三 relayed")
}

func TestALineInAChainIsNoCode(t *testing.T) {
	s := newStage(t).open()
	s.play(line{"03-13 13:35", "王强", private, "签到码", "今天的签到码"})
	code := s.activity().Code
	s.play(
		line{"03-13 13:40", "张三", group, "#接龙\n签到\n1. 张三", "私:接龙不算签到 & 签到 四位数字"},
		line{"03-13 13:41", "张三", group, "#接龙\n签到\n1. 张三", ""},
	)
	s.want("signed in", s.signins(group))
	s.want("claims", s.claims(), "张三")
	s.play(line{"03-13 13:42", "张三", private, "签到 " + code, "已签到"})
	s.want("signed in", s.signins(group), "张三 self")
	s.want("claims", s.claims())
}

func TestACodeCannotBeGuessed(t *testing.T) {
	s := newStage(t).open()
	s.play(line{"03-13 13:35", "王强", private, "签到码", "今天的签到码"})
	code := s.activity().Code
	wrong := "1111"
	if wrong == code {
		wrong = "2222"
	}
	for range 5 {
		s.play(line{"03-13 13:40", "张三", private, "签到 " + wrong, "签到码不对"})
	}
	s.play(
		line{"03-13 13:41", "张三", private, "签到 " + code, "试的次数太多 & 代签 张三"},
		line{"03-13 13:41", "李敏", private, "签到 " + code, "已签到"},
		line{"03-13 13:42", "王强", private, "代签 张三 输错了码", "已为张三代签"},
	)
}

func TestARemarkBehindANameInAChainIsForTheSecretary(t *testing.T) {
	s := newStage(t).open()
	s.play(line{"03-13 13:40", "张三", group, "#接龙\n签到\n1. 张三\n2. 王五（在家看直播）\n3. 赵六（迟到）\n4. 李四（不来）\n5. 陈静（？）\n6. 刘洋（待定）\n7. 吴青（❌）\n8. 周末（聚餐）", ""})
	s.want("signed in", s.signins(group), "张三 chain")
	s.want("claims", s.claims(), "王五", "赵六")
	s.play(line{"03-13 13:41", "李敏", group, "#接龙\n签到\n1. 李敏（在路上堵着）", ""})
	s.want("claims", s.claims(), "王五", "赵六", "李敏")
}

func TestWhatIsSaidToSomebodyElseIsNotSaidToTheBot(t *testing.T) {
	s := newStage(t).open()
	for _, said := range []string{"@张三 签到", "@张三\u2005签到", "＠李四 签到", "@李四\u2005@党建助手\u2005签到", "@党建助手\u2005@李四\u2005签到", "@昵称张三\u2005签到"} {
		s.play(line{"03-13 13:40", "李敏", group, said, ""})
	}
	s.want("signed in", s.signins(group))
	s.play(line{"03-13 13:41", "李敏", group, "@党建助手 签到", ""})
	s.want("signed in", s.signins(group), "李敏 self")
}

func TestARefusalOfAnOfficeNamesItsRule(t *testing.T) {
	s := newStage(t).approved()
	for said, rule := range map[string]string{"下一步": "R18", "第二支部 活动": "R08"} {
		s.play(line{"03-10 09:00", "张三", private, said, rule})
		if d := s.last.Data.(map[string]any); d["rule"] != rule {
			t.Errorf("%s: the data names %v, want %s", said, d["rule"], rule)
		}
	}
}
