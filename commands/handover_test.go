package commands

import (
	"fmt"
	"strings"
	"testing"

	"themeday"
)

func TestTheOfficeOfSecretaryGoesOverWhenTheCommitteeAgrees(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-02 09:00", "张三", private, "移交 李四", "由书记来办"},
		line{"03-02 09:00", "张三", group, "移交 材料放在三楼", ""},
		line{"03-02 09:00", "王强", group, "移交 材料放在三楼", ""},
		line{"03-02 09:00", "周红", private, "移交 第一支部 李四", "您不在第一支部的名单上"},
		line{"03-02 09:01", "王强", private, "移交 周红", "名单上没有“周红” & 名单"},
		line{"03-02 09:01", "王强", private, "移交 赵六", "赵六是预备 & 正式党员 & R08"},
		line{"03-02 09:01", "王强", private, "移交 王强", "现在就是书记"},
		line{"03-02 09:01", "王强", private, "移交 取消", "没有在等同意的移交"},
		line{"03-02 09:02", "王强", private, "移交 张三", "把第一支部书记交给张三 & 3月主题党日：3月13日 & 确认请发：移交 张三 确认"},
		line{"03-02 09:03", "王强", private, "移交 张三 确认", "已报机关党委 & 同意的当天生效"},
		line{"03-02 09:04", "王强", private, "移交 张三 确认", "正在等同意 & 移交 取消"},
		line{"03-02 09:04", "王强", private, "移交", "移交给张三 & 在等同意"},
		line{"03-02 09:05", "张三", private, "下一步", "由书记来办"},
		line{"03-02 09:05", "王强", private, "移交 同意 第一支部", "由机关党委同意"},
		line{"03-02 09:06", "林海", private, "移交", "第一支部：王强 → 张三 & 移交 同意 第一支部"},
		line{"03-02 09:06", "林海", private, "移交 不同意 第一支部", "不同意要写事由"},
		line{"03-02 09:07", "林海", private, "移交 同意 第一支部", "第一支部书记已移交给张三，3月2日起生效"},
		line{"03-02 09:08", "林海", private, "移交 同意 第一支部", "没有等同意的移交"},
		line{"03-02 09:08", "林海", private, "撤销", "不能撤销"},
		line{"03-02 09:09", "王强", private, "下一步", "由书记来办"},
		line{"03-02 09:09", "王强", private, "我的", "王强"},
		line{"03-02 09:10", "张三", private, "下一步", "预告"},
	)
	s.until("03-02 10:00")
	if kinds := strings.Join(s.sent(themeday.HandoverDone), " "); !strings.HasPrefix(kinds, "handover/第一支部/1/") {
		t.Errorf("the new secretary got %q", kinds)
	}
	s.do(func(tx themeday.Tx) error {
		for day, want := range map[int]string{1: "王强", 2: "张三", 13: "张三"} {
			roster, err := tx.Roster(group, themeday.Date{Year: 2026, Month: 3, Day: day})
			check(s.t, err)
			if who, _ := roster.Secretary(); who.Name != want || len(roster.Members()) != 9 {
				t.Errorf("3月%d日 the secretary is %s of %d, want %s of 9", day, who.Name, len(roster.Members()), want)
			}
		}
		return nil
	})
}

func TestAHandoverIsRefusedWithdrawnAndRemindedOf(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-02 09:00", "王强", private, "移交 张三 确认", "已报机关党委"},
		line{"03-02 09:01", "王强", private, "移交 取消", "已取消移交"},
		line{"03-02 09:02", "王强", private, "移交 陈静 确认", "已报机关党委"},
		line{"03-02 09:03", "林海", private, "移交 不同意 第一支部 待换届后再办", "没有同意"},
		line{"03-02 09:04", "王强", private, "下一步", "预告"},
		line{"03-02 09:05", "王强", private, "移交 陈静 确认", "已报机关党委"},
	)
	s.until("03-10 00:00")
	var open []string
	for _, key := range s.sent(themeday.HandoverDue) {
		open = append(open, strings.Split(key, "/")[2])
	}
	s.want("reminders", open, "3", "3", "3", "3") // after three and seven days, to both of the committee, about the third alone
}

func TestAHandoverThatIsTakenBackIsToldToWhomeverHeardOfIt(t *testing.T) {
	s := newStage(t).approved()
	told := func() string { return strings.Join(s.sent(themeday.HandoverTold), " ") }
	s.play(
		line{"03-02 09:00", "王强", private, "移交 张三 确认", "已报机关党委"},
		line{"03-02 09:00", "王强", private, "移交 取消", "已取消移交"}, // nobody has read anything yet
	)
	s.until("03-02 09:00")
	if got := told(); strings.Count(got, "handover.told") != 1 {
		t.Errorf("told %q", got)
	}
	s.play(line{"03-03 09:00", "王强", private, "移交 张三 确认", "已报机关党委"})
	s.until("03-03 09:00")
	s.play(line{"03-03 09:00", "王强", private, "移交 取消", "已取消移交"}) // in the same second
	s.until("03-03 10:00")
	got := told()
	for _, who := range []string{"张三", "林海", "何军"} {
		if want := fmt.Sprintf("/withdrawn/%d", s.people[who]); !strings.Contains(got, want) {
			t.Errorf("%s is not told that it was taken back: %q", who, got)
		}
	}
}

func TestWhoIsOfTheCommitteeIsNotToldWhatHeDidHimselfAsSecretary(t *testing.T) {
	s := newStage(t)
	s.play(
		line{"03-01 08:00", "何军", private, "固定日 每月第2个周五 14:00-18:00 会议室", "3月13日"},
		line{"03-01 08:01", "何军", private, "主题 3月 学习党章；重温入党誓词", "学习党章"},
		line{"03-01 08:02", "何军", private, "报审 3月", "已报"},
		line{"03-01 08:03", "何军", private, "年度计划 2026 报备", "备案"},
	)
	s.until("03-01 09:00")
	s.do(func(tx themeday.Tx) error {
		all, err := tx.PostsOf("第三支部", themeday.Sent)
		told := map[themeday.Kind][]themeday.PersonID{}
		for _, p := range all {
			told[p.Kind] = append(told[p.Kind], p.Person)
		}
		for _, k := range []themeday.Kind{themeday.ApprovalAsked, themeday.PlanFiled} {
			if got := fmt.Sprint(told[k]); got != fmt.Sprint([]themeday.PersonID{s.people["林海"]}) {
				t.Errorf("%s goes to %s", k, got)
			}
		}
		return err
	})
}

func TestTheCommitteeAppointsAtOnceButNotInItsOwnBranch(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-02 09:00", "林海", private, "移交 李四", "请写明是哪个支部 & 移交 第一支部 李四"},
		line{"03-02 09:00", "林海", private, "移交 第二支部 吴青", "立即生效 & 移交 第二支部 吴青 确认"},
		line{"03-02 09:01", "林海", private, "移交 第二支部 吴青 确认", "已移交给吴青"},
		line{"03-02 09:02", "吴青", private, "进度 第二支部", "第二支部"},
		line{"03-02 09:02", "吴青", private, "固定日 第一支部 每月15日 14:00-18:00 会议室", "由书记来办"},
		line{"03-02 09:03", "何军", private, "移交 第三支部 何军", "现在就是书记"},
	)
}

func TestOnTheDayOfAnActivityItsSecretaryFinishesIt(t *testing.T) {
	s := newStage(t).approved()
	s.play(
		line{"03-12 09:00", "王强", private, "移交 张三 确认", "已报机关党委"},
		line{"03-13 14:10", "林海", private, "移交 同意 第一支部", "今天有主题党日 & 请明天再同意"},
		line{"03-14 09:00", "林海", private, "移交 同意 第一支部", "3月14日起生效"},
	)
}

func TestWhoTakesOverIsVouchedForAnewWhereTheFormerSecretaryVouchedForHim(t *testing.T) {
	s := newStage(t).approved()
	s.puppet()
	s.play(line{"03-02 09:00", "王强", private, "绑定码 李四", "李四 & 的绑定码"})
	s.play(
		line{"03-02 09:01", "马甲", private, "绑定 " + sixDigits.FindString(s.last.Text), "已绑定：李四"},
		line{"03-02 09:02", "王强", private, "移交 李四 确认", "已报机关党委"},
		line{"03-02 09:03", "林海", private, "移交 同意 第一支部", "还没有绑定 & 绑定码 第一支部 李四"},
		line{"03-02 09:04", "马甲", private, "下一步", "还没有认出您"},
		line{"03-02 09:05", "林海", private, "绑定码 第一支部 李四", "李四 & 的绑定码"},
	)
	s.play(
		line{"03-02 09:06", "马甲", private, "绑定 " + sixDigits.FindString(s.last.Text), "已绑定：李四"},
		line{"03-02 09:07", "马甲", private, "下一步", "预告"},
	)
}

const sheetOfTwo = "第二支部|周红|书记|正式\n第二支部|吴青||正式\n第二支部|刘洋||正式"

func TestAnOldSheetDoesNotTakeTheOfficeBack(t *testing.T) {
	s := newStage(t)
	s.play(line{"03-02 09:00", "林海", private, "移交 第二支部 吴青 确认", "已移交给吴青"})
	notes := s.enlist("03-03 09:00", sheetOfTwo)
	if !strings.Contains(notes, "书记不是吴青") || !strings.Contains(notes, "移交 第二支部 姓名 确认") {
		t.Errorf("the import notes %q", notes)
	}
	secretary := func(want string) {
		t.Helper()
		s.do(func(tx themeday.Tx) error {
			roster, err := tx.Roster(group2, themeday.Date{Year: 2026, Month: 3, Day: 20})
			if who, _ := roster.Secretary(); who.Name != want {
				t.Errorf("the secretary is %s, want %s", who.Name, want)
			}
			return err
		})
	}
	secretary("吴青")
	s.enlist("03-04 09:00", "第二支部|周红||正式\n第二支部|吴青|书记|正式\n第二支部|刘洋||正式")
	secretary("吴青")
	s.enlist("03-05 09:00", sheetOfTwo) // the sheet knew of it: this is a new change
	secretary("周红")
}
