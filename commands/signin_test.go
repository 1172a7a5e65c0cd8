package commands

import (
	"testing"

	"themeday"
)

func TestAMemberSignsInHoweverHeTypesIt(t *testing.T) {
	s := newStage(t).open()
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
	s.play(line{"03-13 13:40", "路人", group, "签到", "没法确认是本人"}, line{"03-13 13:41", "张三", group, "签到", ""})
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
		line{"03-13 13:40", "吴青", private, "签到", "请先写支部名 & 第一支部"},
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
