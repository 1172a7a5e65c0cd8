package commands

import (
	"regexp"
	"testing"
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
		line{"03-02 09:00", "林海", private, "绑定码 第二支部 周红", "周红的绑定码"},
		line{"03-02 09:00", "林海", private, "绑定码 周红", "请先写支部名"},
		line{"03-02 09:00", "路人", private, "绑定码 李四", "还没有认出您"},
		line{"03-02 09:00", "路人", private, "绑定", "请这样写：绑定 六位数字"},
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
