package commands

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"themeday"
)

var eightDigits = regexp.MustCompile(`(?m)^\d{8}$`)

// codes are those that the secretary of the first branch gets.
func (s *stage) codes(at, says string) []string {
	s.t.Helper()
	s.play(line{at, "王强", private, says, "评分码 & 一人一张 & 私信机器人发：评分 & 不再显示"})
	return eightDigits.FindAllString(s.last.Text, -1)
}

// visitors are people whom nobody knows, on the network only.
func (s *stage) visitors(names ...string) {
	for _, n := range names {
		s.net.stranger(n)
	}
}

func TestOutsidersRateByCodeOnceEach(t *testing.T) {
	s := newStage(t).approved()
	codes := s.codes("03-02 09:00", "邀评 3月 服务对象 5")
	if slices.Sort(codes); len(codes) != 5 || len(slices.Compact(codes)) != 5 {
		t.Fatalf("codes %q", codes)
	}
	more := s.codes("03-02 09:01", "邀評 3月 黨外人士2名")
	s.visitors("甲", "乙", "丙", "丁", "戊", "己")
	s.play(line{"03-03 09:00", "甲", private, "评分 " + codes[0] + " 5 4 5 5", "用于第一支部3月主题党日 & 3月13日 18:00活动结束后 & 码还有效 & 第七条·R26"})
	s.until("03-13 13:30")
	s.play(line{"03-13 13:50", "张三", group, "签到", ""})
	s.until("03-13 18:01")
	before := len(s.public)
	s.play(
		line{"03-13 18:05", "甲", private, "评分 " + codes[0] + " 6 4 5 5", "每项打1到5分"},
		line{"03-13 18:05", "甲", private, "评分 " + codes[0] + " 5 4", "请在码后面给四项各打1到5分"},
		line{"03-13 18:05", "甲", private, "评分 " + codes[0] + " 5 4 5 5 讲得生动", "已收到您对第一支部3月主题党日的测评 & 不记名 & 一码一票，交了不能改"},
		line{"03-13 18:06", "甲", private, "评分 " + codes[0] + " 1 1 1 1", "您已经用码测评过3月主题党日 & 一人一票 & 退给发码的书记 & 第七条·R26"},
		line{"03-13 18:06", "乙", private, "满意 " + codes[0], "已经用过 & 另要一张"},
		line{"03-13 18:07", "乙", private, "不满意" + codes[1], "已收到"},
		line{"03-13 18:08", "丙", private, "評分" + codes[2] + "，４４４４", "已收到"},
		line{"03-13 18:09", "丁", private, "满意：" + more[0], "已收到"},
		line{"03-13 18:10", "己", private, "满意 " + more[1], "已收到"},
		line{"03-13 18:11", "戊", private, "满意", "评分码写在前面"},
		line{"03-13 18:12", "戊", private, "评分 5 4 5 5", ""}, // a stranger hears it once an hour
		line{"03-13 18:13", "戊", private, "评分 1234567 5 4 5 5", "评分码是八位数字"},
	)
	kinds := map[bool]int{}
	for _, b := range s.ballots() {
		kinds[b.Outside]++
	}
	if kinds[true] != 5 || kinds[false] != 0 {
		t.Errorf("ballots of outsiders and others: %v", kinds)
	}
	s.do(func(tx themeday.Tx) error {
		n, err := tx.Voters("第一支部/2026-03")
		if n != 0 {
			t.Errorf("%d of the branch's own have voted", n)
		}
		return err
	})
	for _, text := range append([]string{"讲得生动", "5,4,5,5"}, append(codes, more...)...) {
		s.secret(text)
	}
	s.play(line{"03-14 19:00", "戊", private, "满意 " + codes[3], "第一支部3月主题党日 & 测评已于18:00截止"})
	if told := strings.Join(s.public[before:], "\n"); strings.Contains(told, "已收到测评") {
		t.Errorf("the group hears of outsiders' ballots as they come: %s", told)
	}
}

func TestNobodyRatesTwiceWithTwoCodes(t *testing.T) {
	s := newStage(t).held()
	codes := s.codes("03-13 18:02", "邀评 3月 其他支部 5")
	s.visitors("甲", "乙")
	s.play(
		line{"03-13 18:05", "甲", private, "满意 " + codes[0], "已收到"},
		line{"03-13 18:06", "甲", private, "不满意 " + codes[1], "您已经用码测评过3月主题党日 & 一人一票 & 退给发码的书记 & 第七条·R26"},
		line{"03-13 18:07", "乙", private, "满意 " + codes[1], "已收到"}, // the code that was refused still holds
		line{"03-13 18:08", "周红", private, "满意 " + codes[2], "已收到"},
		line{"03-13 18:09", "周红", private, "满意 " + codes[3], "您已经用码测评过"},
	)
	for _, by := range []themeday.PersonID{themeday.Bot, s.people["周红"]} {
		s.do(func(tx themeday.Tx) error {
			all, err := tx.EntriesAbout("refused", fmt.Sprintf("%d/测评/2026-03-13T18", by))
			if len(all) != 1 || all[0].Message != "" || all[0].Entered.Minute() != 0 {
				t.Errorf("entries of the refusal of %d: %+v", by, all)
			}
			return err
		})
	}
	if n := len(s.ballots()); n != 3 {
		t.Errorf("%d ballots, want 3", n)
	}
}

func TestWhoIsSignedInAfterHeRatedByCodeRatesNoSecondTime(t *testing.T) {
	s := newStage(t).approved()
	s.play(line{"03-02 09:00", "王强", private, "列席 3月 钱伟 积极分子", "列席"})
	s.visitors("钱伟")
	s.net.join(group, "钱伟", "钱伟")
	s.until("03-13 13:30")
	s.play(line{"03-13 13:50", "王强", group, "签到", ""})
	s.until("03-13 18:01")
	code := s.codes("03-13 18:02", "邀评 3月 群众 1")[0]
	s.play(
		line{"03-13 18:05", "钱伟", private, "满意 " + code, "已收到"}, // nobody knows him in private
		line{"03-13 18:07", "王强", private, "补签 钱伟 漏签", "钱伟"},
		line{"03-13 18:08", "钱伟", group, "不满意", "您已经用码测评过3月主题党日"},
	)
	if n := len(s.ballots()); n != 1 {
		t.Errorf("%d ballots, want 1", n)
	}
}

func TestAMemberOfAnotherBranchRatesWithACodeForOtherBranchesOnly(t *testing.T) {
	s := newStage(t).held()
	masses := s.codes("03-13 18:02", "邀评 3月 群众 1")[0]
	branches := s.codes("03-13 18:03", "邀评 3月 其他支部 1")[0]
	s.play(
		line{"03-13 18:05", "周红", private, "满意 " + masses, "是给群众的 & 您是党支部的党员 & 另要一张“其他支部”的 & 第七条·R26"},
		line{"03-13 18:06", "周红", private, "满意 " + branches, "已收到"},
		line{"03-13 18:07", "路人", private, "满意 " + masses, "已收到"}, // it was not used
	)
	s.do(func(tx themeday.Tx) error {
		all, err := tx.EntriesAbout("refused", fmt.Sprintf("%d/测评/2026-03-13T18", s.people["周红"]))
		if len(all) != 1 || all[0].Message != "" || all[0].Entered.Minute() != 0 {
			t.Errorf("entries of the refusal: %+v", all)
		}
		return err
	})
}

func TestTheResultTellsOfOutsidersApartAndTogether(t *testing.T) {
	for _, row := range []struct{ outside, own int }{{3, 3}, {2, 3}, {3, 2}, {3, 0}} {
		t.Run(fmt.Sprint(row), func(t *testing.T) {
			s := newStage(t).held()
			codes := s.codes("03-13 18:02", "邀评 3月 群众 5")
			for i := range row.outside {
				s.visitors(fmt.Sprint("客", i))
				s.play(line{"03-13 18:05", fmt.Sprint("客", i), private, "不满意 " + codes[i], "已收到"})
			}
			for _, who := range []string{"张三", "李敏", "陈静"}[:row.own] {
				s.play(line{"03-13 18:06", who, private, "满意", "已收到"})
			}
			before := len(s.public)
			s.until("03-14 19:00")
			told := strings.Join(s.public[before:], "\n")
			for text, want := range map[string]bool{
				"测评3人，满意3人，满意率100%":            row.own == 3,
				"另有受邀的支部外人员测评3人，满意0人，满意率0%，单列": row.outside == 3,
				"合在一起6人，满意3人，满意率50%":           row.outside == 3 && row.own == 3,
				"支部外人员": row.outside == 3,
				"满意＝四项平均4分以上；满意率＝满意÷参加测评": true,
			} {
				if strings.Contains(told, text) != want {
					t.Errorf("%q in the result: want %v\n%s", text, want, told)
				}
			}
		})
	}
}

func TestWhoMayAskForCodesAndHowMany(t *testing.T) {
	s := newStage(t).planned()
	s.play(
		line{"03-01 08:20", "王强", private, "邀评 3月 服务对象 5", "还没有审定 & 第七条·R26"},
		line{"03-01 08:20", "王强", private, "报审 3月", "已报"},
		line{"03-01 09:00", "林海", private, "审定 第一支部 3月", "已审定"},
		line{"03-02 09:00", "张三", private, "邀评 3月 服务对象 5", "由主持人或书记来办"},
		line{"03-02 09:00", "周红", private, "邀评 第一支部 3月 服务对象 5", "不在第一支部的名单上"},
		line{"03-02 09:00", "路人", private, "邀评 3月 服务对象 5", "还没有认出您"},
		line{"03-02 09:00", "王强", group, "邀评 3月 服务对象 5", "私:只在私信里给"},
		line{"03-02 09:00", "王强", private, "邀评 3月 熟人 5", "服务对象、党外人士、其他支部、群众、其他"},
		line{"03-02 09:00", "王强", private, "邀评 3月 群众 31", "一次可要1到30张"},
		line{"03-02 09:00", "王强", private, "邀评 3月 群众 0", "一次可要1到30张"},
		line{"03-02 09:00", "王强", private, "邀评 3月 群众", "请这样写：邀评 3月 服务对象 5"},
		line{"03-02 09:00", "王强", private, "邀评 群众 5", "请这样写"},
		line{"03-02 09:00", "王强", private, "委托主持 3月 李敏 出差", "李敏"},
		line{"03-02 09:01", "李敏", private, "邀评 3月 其他支部 1", "评分码1张"},
	)
	for range 6 {
		s.codes("03-02 09:02", "邀评 3月 其他 30")
	}
	s.play(
		line{"03-02 09:03", "王强", private, "邀评 3月 其他 30", "最多200张 & 还可要19张"},
		line{"03-02 09:03", "王强", private, "邀评 3月 其他 19", "评分码19张"},
		line{"03-20 09:00", "王强", private, "邀评 3月 其他 1", "截止，不能再邀评"},
	)
	s.do(func(tx themeday.Tx) error {
		made, err := tx.EntriesAbout("outsiders", "第一支部/2026-03")
		if len(made) != 8 || string(made[0].After) != `{"Kind":"其他支部","Count":1}` || made[0].By != s.people["李敏"] || made[0].Verb != "邀评" {
			t.Errorf("%d entries of codes, the first %+v", len(made), made[0])
		}
		return err
	})
}

func TestWhoIsOfTheBranchOrItsGuestRatesWithoutACode(t *testing.T) {
	s := newStage(t).approved()
	s.play(line{"03-02 09:00", "王强", private, "列席 3月 钱伟 积极分子", "列席"})
	s.net.stranger("钱伟")
	s.net.join(group, "钱伟", "钱伟")
	s.until("03-13 13:30")
	for _, who := range []string{"王强", "张三", "钱伟"} {
		s.play(line{"03-13 13:50", who, group, "签到", ""})
	}
	s.until("03-13 18:01")
	codes := s.codes("03-13 18:02", "邀评 3月 群众 2")
	s.play(
		line{"03-13 18:05", "张三", private, "评分 " + codes[0] + " 5 4 5 5", "给受邀的支部外人员用 & 不用码：评分 5 4 5 5 & !已经测评"},
		line{"03-13 18:05", "李敏", private, "满意 " + codes[0], "给受邀的支部外人员用"}, // not signed in, but a member
		line{"03-13 18:05", "钱伟", group, "满意", ""},
		line{"03-13 18:06", "钱伟", private, "满意 " + codes[0], "给受邀的支部外人员用 & !已经测评"},
		line{"03-13 18:06", "张三", private, "满意", "已收到"},
		line{"03-13 18:07", "路人", private, "满意 " + codes[0], "已收到"},
		line{"03-13 18:08", "张三", private, "满意 " + codes[0], "给受邀的支部外人员用 & !用过"}, // nor does he learn that the code was used
	)
	if n := len(s.ballots()); n != 3 {
		t.Errorf("%d ballots, want 3", n)
	}
}

func TestACodeInTheGroupIsNotTaken(t *testing.T) {
	s := newStage(t).held()
	code := s.codes("03-13 18:02", "邀评 3月 群众 1")[0]
	s.net.join(group, "路人", "路人")
	s.play(
		line{"03-13 18:05", "路人", group, "评分 " + code + " 5 4 5 5", "私:评分码请私信我用"},
		line{"03-13 18:05", "张三", group, "满意 " + code, "私:评分码请私信我用"},
		line{"03-13 18:05", "张三", group, "满意 2026", ""},
	)
	if strings.Contains(s.public[len(s.public)-3], code) {
		t.Errorf("the group reads the code in %q", s.public[len(s.public)-3])
	}
	s.play(line{"03-13 18:06", "路人", private, "满意 " + code, "已收到"})
}

func TestFiveWrongOutsideCodesLockOutUntilTomorrow(t *testing.T) {
	s := newStage(t).held()
	codes := s.codes("03-13 18:02", "邀评 3月 群众 2")
	for range 5 {
		s.play(line{"03-13 18:05", "路人", private, "满意 00000000", "没有这个评分码 & 再要一张"})
	}
	s.play(line{"03-13 18:06", "路人", private, "满意 " + codes[0], "试的次数太多"})
	s.visitors("甲")
	s.play(line{"03-13 18:07", "甲", private, "满意 " + codes[1], "已收到"}, line{"03-14 08:00", "路人", private, "满意 " + codes[0], "已收到"})
}

func TestFiftyWrongOutsideCodesADayLockTheAccount(t *testing.T) {
	s := newStage(t).held()
	code := s.codes("03-13 18:02", "邀评 3月 群众 1")[0]
	for i := range 50 {
		who := fmt.Sprint("客", i/5)
		s.visitors(who)
		s.play(line{"03-13 18:05", who, private, "满意 00000000", "没有这个评分码"})
	}
	s.visitors("甲")
	s.play(line{"03-13 18:07", "甲", private, "满意 " + code, "为防冒名暂停用码测评"})
}

func TestNobodyUndoesTheEndAfterAnOutsiderRated(t *testing.T) {
	s := newStage(t).open()
	code := s.codes("03-13 13:40", "邀评 3月 群众 1")[0]
	s.play(line{"03-13 13:50", "王强", group, "签到", ""})
	s.until("03-13 17:30")
	s.play(line{"03-13 17:30", "王强", group, "结束", ""})
	s.until("03-13 17:31")
	s.play(
		line{"03-13 17:32", "路人", private, "满意 " + code, "已收到"},
		line{"03-13 17:33", "王强", private, "撤销", "已经有同志测评，结束不能撤销"},
	)
}
