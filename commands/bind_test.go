package commands

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"themeday"
)

var sixDigits = regexp.MustCompile(`\d{6}`)

// codeFor asks for a binding code.
func (s *stage) codeFor(at, who, says string) string {
	s.t.Helper()
	s.play(line{at, who, private, says, "绑定码："})
	return sixDigits.FindString(s.last.Text)
}

func TestACodeBindsWhoTypesItOnceAndForCertain(t *testing.T) {
	s := newStage(t).approved()
	code := s.codeFor("03-02 09:00", "王强", "绑定码 李四")
	s.play(
		line{"03-02 09:01", "李四", private, "我的", "还没有认出您"},
		line{"03-02 09:02", "李四", private, "绑定" + code, "已绑定：李四"},
		line{"03-02 09:03", "李四", private, "我的", "李四"},
		line{"03-02 09:04", "路人", private, "绑定 " + code, "绑定码不对或已失效"},
	)
	late := s.codeFor("03-02 10:00", "王强", "綁定碼：李四")
	s.play(line{"03-03 10:00", "路人", private, "绑定 " + late, "已失效"})
	s.secret(code)
	s.secret(late)
}

func TestFiveWrongTriesLockOutUntilTomorrow(t *testing.T) {
	s := newStage(t)
	code := s.codeFor("03-02 09:00", "王强", "绑定码 李四")
	for range 5 {
		s.play(line{"03-02 09:01", "李四", private, "绑定 000000", "绑定码不对或已失效"})
	}
	s.play(line{"03-02 09:02", "李四", private, "绑定 " + code, "试的次数太多"}, line{"03-03 08:00", "李四", private, "绑定 " + code, "已绑定：李四"})
}

func TestWhoMayVouchForWhom(t *testing.T) {
	s := newStage(t)
	s.play(
		line{"03-02 09:00", "张三", private, "绑定码 李四", "由书记来办"},
		line{"03-02 09:00", "李敏", group, "绑定码 李四", "私:由书记来办"},
		line{"03-02 09:00", "周红", private, "绑定码 李四", "名单上没有“李四”"},
		line{"03-02 09:00", "周红", private, "绑定码 第一支部 李四", "您不在第一支部的名单上"},
		line{"03-02 09:00", "王强", private, "绑定码 何军", "名单上没有“何军”"},
		line{"03-02 09:00", "王强", private, "绑定码", "请这样写：绑定码 张三"},
		line{"03-02 09:00", "林海", private, "绑定码 第二支部 周红", "周红（第二支部）的绑定码"},
		line{"03-02 09:00", "林海", private, "绑定码 周红", "周红（第二支部）的绑定码"},
		line{"03-02 09:00", "林海", group, "绑定码 周红", "私:周红（第二支部）的绑定码"},
		line{"03-02 09:00", "林海", private, "绑定码 吴青", "吴青（第一支部、第二支部）的绑定码"},
		line{"03-02 09:00", "林海", private, "绑定码 刘洋", "有2位同志叫刘洋，请写明支部"},
		line{"03-02 09:00", "林海", private, "绑定码 第二支部 刘洋", "刘洋（第二支部）的绑定码"},
		line{"03-02 09:00", "林海", private, "绑定码 林海", "林海（机关党委）的绑定码"},
		line{"03-02 09:00", "何军", private, "绑定码 林海", "林海是机关党委的，身份已经确认 & 本人用原来的微信发：绑定码 林海 & themeday code & R33 & !的绑定码："},
		line{"03-02 09:00", "林海", private, "绑定码 没有人", "名单上没有“没有人”"},
		line{"03-02 09:00", "林海", private, "绑定码", "请这样写：绑定码 张三"},
		line{"03-02 09:00", "路人", private, "绑定码 李四", "还没有认出您"},
		line{"03-02 10:00", "路人", private, "绑定", "请这样写：绑定 六位数字"},
		line{"03-02 09:00", "张三", group, "绑定码在哪里", ""},
		line{"03-02 09:00", "张三", group, "绑定 手机号", ""},
	)
}

func TestACodeIsNotShownInTheGroup(t *testing.T) {
	s := newStage(t)
	s.play(line{"03-02 09:00", "王强", group, "绑定码 李四", "私:李四的绑定码"})
	s.secret(sixDigits.FindString(s.last.Text))
}

func TestTwoOfOneNameAreBoundApart(t *testing.T) {
	s := newStage(t).approved()
	code := s.codeFor("03-02 09:00", "周红", "绑定码 刘洋")
	s.play(
		line{"03-02 09:01", "刘洋二", private, "绑定 " + code, "已绑定：刘洋"},
		line{"03-02 09:02", "刘洋二", private, "我的", "第二支部"},
		line{"03-02 09:03", "刘洋", private, "我的", "还没有认出您"},
	)
}

// 马甲 is a friend without a remark.
func (s *stage) puppet() {
	s.net.stranger("马甲")
	p := s.net.people["马甲"]
	p.Friend = true
	s.net.people["马甲"] = p
}

func TestASecretaryVouchesOnlyForTheMembersOfHisBranch(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-02 09:00", "王强", private, "列席 3月 林海 群众代表", "名册上另有同名的同志，按两个人记"},
		line{"03-02 09:01", "王强", private, "绑定码 林海", "林海不在本支部的名单上，书记不能发 & 请机关党委发"},
		line{"03-02 09:02", "林海", private, "待审", "没有待审的"},
		line{"03-02 09:03", "王强", private, "列席 3月 周红 群众代表", "按两个人记"},
		line{"03-02 09:04", "王强", private, "绑定码 周红", "不在本支部的名单上"},
		line{"03-02 09:05", "周红", private, "下一步", "固定日"},
		line{"03-02 09:06", "何军", private, "绑定码 第三支部 何军", "何军（第三支部、机关党委）的绑定码"},
	)
	recorder := themeday.Membership{Branch: group2, Person: s.people["张三"], Number: 9, Offices: themeday.Offices{themeday.Recorder}, Category: themeday.Formal, Card: "张三"}
	s.do(func(tx themeday.Tx) error { return tx.PutMembership(recorder) })
	s.play(
		line{"03-02 09:07", "王强", private, "绑定码 张三", "张三在别的支部有职务"},
		line{"03-02 09:08", "王强", private, "绑定码 吴青", "吴青的绑定码"},
	)
}

func TestACodeMakesNoSecondOwner(t *testing.T) {
	s := newStage(t)
	s.puppet()
	code := s.codeFor("03-02 09:00", "王强", "绑定码 张三")
	s.play(line{"03-02 09:01", "马甲", private, "绑定 " + code, "已在另一个微信上确认了身份，没有绑定"}, line{"03-02 09:01", "马甲", private, "我的", "还没有认出您"})
	if told := s.told("张三"); len(told) != 1 || !strings.Contains(told[0], "没有办成") {
		t.Errorf("张三 hears %q", told)
	}
	s.play(line{"03-02 09:02", "林海", private, "绑定码 张三", "张三（第一支部）的绑定码"})
	code = sixDigits.FindString(s.last.Text)
	s.play(line{"03-02 09:03", "马甲", private, "绑定 " + code, "已绑定：张三"}, line{"03-02 09:04", "马甲", private, "我的", "张三"})
	if told := s.told("张三"); len(told) != 2 || !strings.Contains(told[1], "如果不是您本人，请马上告诉机关党委") {
		t.Errorf("张三 hears %q", told)
	}
}

// told renders the words to somebody's old chat, by when they were planned.
func (s *stage) told(key string) (texts []string) {
	s.t.Helper()
	s.do(func(tx themeday.Tx) error {
		posts, err := tx.PostsOf(group, themeday.Waiting)
		for _, p := range posts {
			if p.Kind != themeday.IdentityDoubt || p.Arg != string(s.net.people[key].ID) {
				continue
			}
			r, err := s.planner.Render(tx, p, p.Due)
			if err != nil {
				return err
			}
			texts = append(texts, r.Texts...)
		}
		return err
	})
	return texts
}

func TestANewCodeEndsTheEarlierOnes(t *testing.T) {
	s := newStage(t)
	old := s.codeFor("03-02 09:00", "王强", "绑定码 李四")
	code := s.codeFor("03-02 09:01", "王强", "绑定码 李四")
	s.play(
		line{"03-02 09:02", "路人", private, "绑定 " + old, "已失效"},
		line{"03-02 09:03", "李四", private, "绑定 " + code, "已绑定：李四"},
	)
}

func TestFiftyWrongCodesOnAnAccountStopItsBindingsForTheDay(t *testing.T) {
	s := newStage(t)
	code := s.codeFor("03-02 09:00", "王强", "绑定码 李四")
	for i := range 50 {
		s.net.session = fmt.Sprintf("s%d", i/5) // every login begins the count of a speaker anew
		s.play(line{"03-02 09:01", "路人", private, "绑定 000000", "绑定码不对"})
	}
	s.net.session = "s99"
	s.play(
		line{"03-02 09:02", "李四", private, "绑定 " + code, "今天错的绑定码太多"},
		line{"03-03 08:00", "李四", private, "绑定 " + code, "已绑定：李四"},
	)
}

func TestWhoIsOfNoBranchOrOfTwoMayUndo(t *testing.T) {
	newStage(t).play(
		line{"03-02 09:00", "林海", private, "撤销", "没有可撤销的操作"},
		line{"03-02 09:00", "吴青", private, "撤销", "没有可撤销的操作"},
		line{"03-02 09:00", "路人", private, "撤销", "还没有认出您"},
	)
}

func TestAGuestOfTheSameNameLocksNobodyOut(t *testing.T) {
	newStage(t).play(
		line{"03-01 08:00", "周红", private, "固定日 每月第3个周五 14:00-18:00 活动室", "固定日"},
		line{"03-02 09:00", "周红", private, "列席 3月 王强 群众代表", "按两个人记"},
		line{"03-02 09:01", "王强", private, "下一步", "固定日"},
	)
}

func TestACodeForOneOfTheCommitteeIsToldToTheOthersOfIt(t *testing.T) {
	s := newStage(t)
	s.do(func(tx themeday.Tx) error {
		s.person(tx, "高峰", true)
		s.person(tx, "秦岭", true)
		return nil
	})
	p := s.net.people["秦岭"]
	p.Remark = "" // nobody is he for certain
	s.net.people["秦岭"] = p
	s.play(
		line{"03-02 09:00", "高峰", private, "绑定码 林海", "不能再要他的绑定码"},
		line{"03-02 09:01", "高峰", private, "绑定码 秦岭", "秦岭（机关党委）的绑定码"},
	)
	told := map[string]string{}
	s.do(func(tx themeday.Tx) error {
		posts, err := tx.PostsOf(group, themeday.Waiting)
		for _, p := range posts {
			if p.Kind != themeday.CodeIssued {
				continue
			}
			r, err := s.planner.Render(tx, p, p.Due)
			check(t, err)
			for name, id := range s.people {
				if id == p.Person {
					told[name] = strings.Join(r.Texts, "")
				}
			}
		}
		return err
	})
	if len(told) != 2 || !strings.Contains(told["林海"], "高峰在聊天里要了秦岭的绑定码") || told["何军"] != told["林海"] {
		t.Errorf("told: %q", told)
	}
}
