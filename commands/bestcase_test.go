package commands

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"themeday"
)

// pictured puts photos with captions into an activity of 第一支部.
func (s *stage) pictured(month time.Month, captions ...string) *stage {
	s.t.Helper()
	id := themeday.ActivityOf(group, themeday.YearMonth{Year: 2026, Month: month})
	s.do(func(tx themeday.Tx) error {
		for i, caption := range captions {
			check(s.t, tx.PutPicture(themeday.Picture{ID: fmt.Sprintf("%s-%d", id, i), Activity: id, Person: s.people["张三"], Use: "activity", At: s.clock("01-10 15:00"), Caption: caption}))
		}
		return nil
	})
	return s
}

// attended signs in everybody of 第一支部 who is not in yet.
func (s *stage) attended(months ...time.Month) *stage {
	s.t.Helper()
	s.do(func(tx themeday.Tx) error {
		for _, m := range months {
			a, _, err := tx.Activity(themeday.ActivityOf(group, themeday.YearMonth{Year: 2026, Month: m}))
			check(s.t, err)
			for _, who := range []string{"李敏", "张三", "吴青", "刘洋"} {
				check(s.t, tx.PutSignIn(themeday.SignIn{Activity: a.ID, Person: s.people[who], At: a.Starts, Entered: a.Starts, How: themeday.Self}))
			}
		}
		return nil
	})
	return s
}

func TestABestCaseIsNominatedChosenAndAnnouncedToAllGroups(t *testing.T) {
	s := newStage(t).rated(5, 2, 5, 5).attended(1, 2, 3).pictured(1, "布置会场", "重温誓词").pictured(2, "布置会场", "").pictured(3, "会场")
	s.play(
		line{"05-01 09:00", "张三", private, "最佳案例 申报 1月 很好", "由书记来办"},
		line{"05-01 09:00", "张三", group, "最佳案例 2026", ""},
		line{"05-01 09:00", "路人", private, "最佳案例", "还没有认出您"},
		line{"05-01 09:00", "王强", group, "最佳案例 真不错", ""},
		line{"05-01 09:00", "王强", private, "最佳案例 真不错", "请这样写：最佳案例 申报"},
		line{"05-01 09:00", "王强", private, "最佳案例", "第一支部最佳案例 2026 & 还没有申报"},
		line{"05-01 09:00", "王强", private, "最佳案例 2027", "没有2027年的申报"},
		line{"05-01 09:00", "王强", private, "最佳案例 申报 1月", "请写亮点"},
		line{"05-01 09:00", "王强", private, "最佳案例 申报 13月 亮点", "没有13月"},
		line{"05-01 09:00", "王强", private, "最佳案例 申报 2月 亮点", "满意率40%，低于60% & 照片1张，要2张 & 可以申报其他月份的 & 第七条·R29 & !没有达到"},
		line{"05-01 09:00", "王强", private, "最佳案例 申报 3月 亮点", "照片1张，要2张 & !满意率"},
		line{"05-01 09:00", "王强", private, "最佳案例 申报 4月 亮点", "参加5人，没有达到党员总数9人的80% & 照片0张"},
		line{"05-01 09:00", "王强", private, "最佳案例 申报 6月 亮点", "还没有开展完"},
		line{"05-01 09:00", "周红", private, "最佳案例 申报 第一支部 1月 亮点", "您不是第一支部的书记"},
		line{"05-01 09:00", "林海", private, "最佳案例 选 第一支部 1月 好", "没有申报。请支部书记发：最佳案例 申报 1月"},
		line{"05-01 09:01", "王强", private, "最佳案例 申报 1月 老党员讲故事", "1月主题党日已申报最佳案例"},
		line{"05-01 09:02", "王强", group, "最佳案例 申報 第一支部 1月 老党员讲入党故事", "私:已申报最佳案例"},
		line{"05-01 09:03", "王强", private, "最佳案例 撤", "请这样写"},
		line{"05-01 09:03", "王强", private, "最佳案例 撤 2月", "没有在申报"},
		line{"05-01 09:03", "王强", private, "最佳案例 撤 1月", "已撤回1月"},
		line{"05-01 09:03", "王强", private, "最佳案例 申报 1月 老党员讲入党故事", "已申报"},
		line{"05-01 09:03", "王强", private, "最佳案例", "1月“学习”：已申报 & 讲入党故事 & !满意率 & !评选请发"},
		line{"05-01 09:03", "周红", private, "最佳案例", "还没有申报 & !第一支部"},
		line{"05-01 09:03", "王强", private, "最佳案例 选 第一支部 1月 好", "由机关党委评选"},
		line{"05-01 09:04", "林海", private, "最佳案例 2026", "第一支部1月“学习”：已申报 & 满意率100%（5/5票）& 到会9/9人 & 被借用0次 & 第1季度已评0个（1个为宜） & 请发：最佳案例 选 第一支部 1月"},
		line{"05-01 09:04", "林海", private, "最佳案例 选 第一支部 好", "请这样写：最佳案例 选"},
		line{"05-01 09:04", "林海", private, "最佳案例 选 1月 好", "请这样写：最佳案例 选"},
		line{"05-01 09:04", "林海", private, "最佳案例 选 第一支部 1月", "请写评语"},
		line{"05-01 09:04", "林海", private, "最佳案例 选 第一支部 1月 张三讲得好", "不写同志姓名（张三）"},
		line{"05-01 09:04", "林海", private, "最佳案例 选 第一支部 1月 好，详询0571-88886666", "不写电话、证件等号码"},
		line{"05-01 09:04", "林海", private, "最佳案例 选 第一支部 1月 满意率很高", "不写满意率等测评数字"},
		line{"05-01 09:05", "林海", group2, "最佳案例 選 第一支部 1月 联系实际紧", "私:已评为最佳案例"},
		line{"05-01 09:06", "林海", private, "最佳案例 选 第一支部 1月 联系实际紧", "已于5月1日评为最佳案例"},
		line{"05-01 09:06", "王强", private, "最佳案例 申报 1月 再报", "已经评为最佳案例"},
		line{"05-01 09:06", "王强", private, "最佳案例 撤 1月", "由机关党委来撤"},
	)
	s.until("05-01 12:00")
	s.want("announced", s.sent(themeday.CaseChosenPost), "case.chosen/第一支部/2026-01/1/secretary", "case.chosen/第一支部/2026-01/1/第一支部")
	read := 0
	for _, text := range s.public {
		if strings.Contains(text, "最佳案例") {
			read++
			for _, word := range []string{"满意率", "%", "票", "王强"} {
				if strings.Contains(text, word) {
					t.Errorf("a group reads %q", text)
				}
			}
		}
	}
	if read != 3 {
		t.Errorf("%d groups heard of it, want three", read)
	}
	s.play(
		line{"05-02 09:00", "林海", private, "最佳案例 撤 第一支部 1月", "撤要写事由"},
		line{"05-02 09:01", "林海", private, "最佳案例 撤 第一支部 1月 与签到册不符", "已撤下"},
		line{"05-02 09:02", "林海", private, "最佳案例 撤 第一支部 1月 与签到册不符", "没有在申报"},
		line{"05-02 09:03", "王强", private, "最佳案例 申报 1月 已核对", "已申报"},
		line{"05-02 09:04", "林海", private, "最佳案例 选 第一支部 1月 联系实际紧", "已评为最佳案例"},
	)
	s.until("05-02 12:00")
	if got := s.sent(themeday.CaseChosenPost); len(got) != 3 {
		t.Errorf("announced %v, want no group a second time", got)
	}
	if got := s.sent(themeday.CaseWithdrawnPost); len(got) != 0 {
		t.Errorf("it was nominated anew, and yet said: %v", got)
	}
	s.do(func(tx themeday.Tx) error {
		entries, err := tx.EntriesAbout("case", "第一支部/2026-01")
		if len(entries) != 8 {
			t.Errorf("%d entries, want eight", len(entries))
		}
		return err
	})
}

func TestMoreCasesThanTheQuotaHaveToBeConfirmed(t *testing.T) {
	s := newStage(t).rated(5, 5).attended(1, 2).pictured(1, "布置会场", "重温誓词").pictured(2, "会场", "讨论")
	s.play(
		line{"03-01 09:00", "王强", private, "最佳案例 申报 1月 老党员讲故事", "已申报"},
		line{"03-01 09:00", "王强", private, "最佳案例 申报 现场教学", "2月主题党日已申报"},
		line{"03-01 09:01", "林海", private, "最佳案例 选 第一支部 1月 好", "已评为"},
		line{"03-01 09:02", "林海", private, "最佳案例 选 第一支部 2月 好", "2026年第1季度已评1个，按支部数的10%评1个为宜 & 确认"},
		line{"03-01 09:02", "林海", private, "最佳案例 选 第一支部 2月 确认", "请写评语"},
		line{"03-01 09:03", "林海", private, "最佳案例 选 第一支部 2月 好 確認", "已评为"},
		line{"03-01 09:04", "林海", private, "最佳案例", "第1季度已评2个（1个为宜） & 评语：好"},
	)
	s.do(func(tx themeday.Tx) error {
		at := s.clock("03-02 09:00")
		book, err := s.desk().Yearbook(tx, group, 2026, at, false)
		check(t, err)
		if rows := fmt.Sprint(book.Rows); strings.Count(rows, "机关党委评为最佳案例：好") != 2 {
			t.Errorf("the ledger has %s", rows)
		}
		review, err := s.desk().YearReview(tx, group, 2026, at)
		check(t, err)
		if all := fmt.Sprint(review.Strengths); !strings.Contains(all, "2次活动被机关党委评为最佳案例") {
			t.Errorf("the review has %s", all)
		}
		e, err := s.desk().Evidence(tx, group, 2026, at)
		if all := fmt.Sprint(e.Clauses[28]); !strings.Contains(all, "已评为最佳案例") || e.Clauses[28].Rule != themeday.R29 {
			t.Errorf("the evidence has %s", all)
		}
		return err
	})
}

func TestNobodyOfTheCommitteeChoosesTheCaseOfHisOwnBranch(t *testing.T) {
	s := newStage(t)
	s.play(
		line{"03-20 09:00", "何军", private, "最佳案例 申报 1月 亮点", "还没有开展完"},
		line{"03-20 09:00", "何军", private, "最佳案例 撤 1月", "没有在申报"},
	)
	s.do(func(tx themeday.Tx) error {
		m := themeday.YearMonth{Year: 2026, Month: time.January}
		id := themeday.ActivityOf("第三支部", m)
		check(t, tx.PutActivity(themeday.Activity{ID: id, Branch: "第三支部", Month: m, Topics: []string{"学习"}, Starts: s.clock("01-10 14:00"), Ends: s.clock("01-10 18:00")}))
		return tx.PutCase(themeday.Case{Activity: id, Highlights: "亮点", Nominated: s.clock("02-01 09:00"), By: s.people["何军"], State: themeday.CaseNominated})
	})
	s.play(
		line{"03-20 09:01", "何军", private, "最佳案例 选 第三支部 1月 好", "自己任书记或支委的支部，请机关党委其他同志评选"},
		line{"03-20 09:01", "何军", private, "最佳案例 撤 第三支部 1月 不报了", "请机关党委其他同志来撤"},
		line{"03-20 09:01", "林海", private, "最佳案例 选 第三支部 1月 好", "没有签到记录"},
		line{"03-20 09:02", "何军", private, "最佳案例 撤 1月", "已撤回1月"},
	)
}

func TestABarredBranchNominatesNothing(t *testing.T) {
	s := newStage(t).rated(2, 2, 2, 5).attended(4).pictured(4, "布置会场", "重温誓词")
	s.play(line{"05-01 09:00", "王强", private, "最佳案例 申报 4月 亮点", "支部2026年不得评先选优 & 为什么 评先 第一支部 2026 & !照片"})
}

func TestAPartyGroupIsPraisedInItsOwnGroupAlone(t *testing.T) {
	s := newStage(t)
	s.do(func(tx themeday.Tx) error {
		roster, err := tx.Roster(group, themeday.Date{Year: 2026, Month: time.March, Day: 1})
		check(t, err)
		m := roster[3].Membership
		m.PartyGroup = "第一小组"
		return tx.PutMembership(m)
	})
	s.play(
		line{"03-20 09:00", "王强", private, "表扬 第一支部 第一小组 全员到会", "由机关党委来办"},
		line{"03-20 09:00", "张三", group, "表扬 第一小组 全员到会", ""},
		line{"03-20 09:00", "林海", group, "表扬 大家今天来得早", ""},
		line{"03-20 09:00", "林海", private, "表扬", "请先写支部名，例如：表扬 第一支部"},
		line{"03-20 09:00", "林海", private, "表扬 第一小组 全员到会", "请先写支部名"},
		line{"03-20 09:00", "林海", private, "表扬 第一支部 第二小组 全员到会", "没有“第二小组”，党小组有：第一小组"},
		line{"03-20 09:00", "林海", private, "表扬 第二支部 第一小组 全员到会", "名册上没有党小组"},
		line{"03-20 09:00", "林海", private, "表扬 第一支部 第一小组", "表扬要写事由"},
		line{"03-20 09:00", "林海", private, "表扬 第一支部 第一小组 满意率最高", "不写满意率等测评数字"},
		line{"03-20 09:00", "林海", private, "表扬 第一支部 第一小组 张三带病到会", "表扬会发到第一支部群，不写同志姓名（张三），请换个说法再发一次 & R29"},
		line{"03-20 09:00", "林海", private, "表扬 第一支部 第一小组 张 三同志带病到会", "不写同志姓名（张 三）"},
		line{"03-20 09:00", "林海", private, "表扬 第一支部 第一小组 王书记带得好", "不写同志姓名（王书记）"},
		line{"03-20 09:00", "林海", private, "表扬 第一支部 第一小组 学习请打13800138000", "不写电话、证件等号码，请去掉号码再发一次 & R29 & !138"},
		line{"03-20 09:01", "林海", private, "表揚 第一支部 第一小組 全员到会，人人发言", "会发到第一支部群"},
		line{"03-20 09:02", "林海", private, "表扬 第一支部 第一小组 全员到会，人人发言", "今天已经这样表扬过"},
	)
	s.until("03-20 12:00")
	s.want("praised", s.sent(themeday.GroupPraised), "group.praised/第一支部/1")
	s.play(line{"03-20 12:01", "张三", group, "为什么", "机关党委表扬党小组 & R29"})
}
