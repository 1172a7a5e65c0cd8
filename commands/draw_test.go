package commands

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"themeday"
)

func TestADrawNeedsACommitmentThatIsAnHourOld(t *testing.T) {
	newStage(t).play(
		line{"03-05 09:00", "王强", private, "抽查 3", "由机关党委来办"},
		line{"03-05 09:00", "张三", group, "抽查 3", ""},
		line{"03-05 09:00", "路人", private, "抽查", "还没有认出您"},
		line{"03-05 09:00", "林海", private, "抽查 3", "抽取之前要先公布承诺。请发：抽查 承诺"},
		line{"03-05 09:00", "林海", private, "抽查", "还没有承诺种子"},
		line{"03-05 09:00", "林海", private, "抽查 验证", "还没有抽取过"},
		line{"03-05 09:00", "林海", group, "抽查 怎么抽", ""},
		line{"03-05 09:00", "林海", private, "抽查 怎么抽", "请这样写：抽查 承诺"},
		line{"03-05 09:01", "林海", private, "抽查 承諾", "抽查承诺第1号 & 3月5日 周四 10:01起可发：抽查 3"},
		line{"03-05 09:02", "何军", private, "抽查 承诺", "已经承诺过一个种子，还没有用"},
		line{"03-05 10:00", "林海", private, "抽查 2", "满1小时才能抽取，10:01起可发"},
		line{"03-05 10:01", "林海", private, "抽查 4", "一共3个支部，抽取的个数写1到3"},
		line{"03-05 10:01", "林海", private, "抽查 0", "抽取的个数写1到3"},
		line{"03-05 10:02", "林海", group, "抽查 2个", "私:抽查结果（第1号，2026-03-05） & 权重365/1095 & 检查卡"},
		line{"03-05 10:03", "林海", private, "抽查 2", "抽取之前要先公布承诺"},
		line{"03-05 10:03", "林海", private, "抽查 验证", "全部相符 & 合计1095 & 密钥"},
		line{"03-05 10:03", "何军", private, "抽查 验证", "全部相符 & 由林海掌握 & !密钥 & !合计 & !第一支部 & !第二支部 & !第三支部 & !个抽中"}, // he leads 第三支部
		line{"03-05 10:03", "林海", private, "抽查 验证 2026-03-05", "全部相符"},
		line{"03-05 10:03", "林海", private, "抽查 验证 3月4日", "2026-03-04没有抽取过"},
		line{"03-05 10:03", "林海", private, "抽查 验证 昨天", "请这样写：抽查 验证 2026-03-05"},
		line{"03-05 10:04", "何军", private, "抽查 承诺", "抽查承诺第2号"},
	)
}

// TestTheSeedStaysSecretUntilTheDrawAndIsToldWithIt: nothing that anybody reads, and no entry, has it before.
func TestTheSeedStaysSecretUntilTheDrawAndIsToldWithIt(t *testing.T) {
	s := newStage(t)
	s.play(line{"03-05 09:00", "林海", private, "抽查 承诺", "第1号"})
	s.until("03-05 09:30")
	if got := len(s.toldOf("", themeday.InspectionSeed)); got != 2 {
		t.Errorf("the commitment went to %d, want both of the committee", got)
	}
	seed := func() (seed string, entries []themeday.Entry) {
		s.do(func(tx themeday.Tx) error {
			all, err := tx.Draws()
			check(t, err)
			seed = all[0].Seed
			entries, err = tx.EntriesAbout("draw", "")
			return err
		})
		return seed, entries
	}
	secret, before := seed()
	for _, e := range before {
		if strings.Contains(string(e.After), secret) {
			t.Errorf("the ledger tells the seed beforehand: %s", e.After)
		}
	}
	s.play(line{"03-05 10:00", "林海", private, "抽查 3", "种子：" + secret})
	s.until("03-05 10:30")
	s.want("of the draw the other one of the committee hears", s.toldOf("", themeday.InspectionDrawn), fmt.Sprint(s.people["何军"]))
	if _, after := seed(); len(after) != 2 || !strings.Contains(string(after[1].After), secret) {
		t.Error("the ledger does not tell the seed with the draw")
	}
	s.do(func(tx themeday.Tx) error { // somebody lays hand on the figures
		all, err := tx.Draws()
		check(t, err)
		all[0].Seed = strings.Repeat("0", 64)
		return tx.PutDraw(all[0])
	})
	s.play(line{"03-05 11:00", "何军", private, "抽查 验证", "处不符：种子与事先公布的承诺不符"})
}

func TestABranchWeighsTheDaysSinceItsLastInspection(t *testing.T) {
	s := newStage(t)
	s.do(func(tx themeday.Tx) error { // 第二支部 held one on 1 January
		day := themeday.Date{Year: 2026, Month: time.January, Day: 1}
		return tx.PutActivity(themeday.Activity{ID: themeday.ActivityOf(group2, day.MonthOf()), Branch: group2, Month: day.MonthOf(), Version: 1, Starts: day.At(14*60, s.desk().Zone), Ends: day.At(18*60, s.desk().Zone)})
	})
	s.play(
		line{"03-01 09:00", "林海", private, "巡查 第一支部 2月 现场 2月10日 很好", "第1号"},
		line{"03-02 09:00", "林海", private, "抽查 承诺", "第1号"},
		line{"03-02 10:00", "林海", private, "抽查 3", "检查卡：第一支部 & 检查卡：第二支部 & 检查卡：第三支部 & 没有定"},
		line{"03-02 10:01", "林海", private, "抽查 验证", "· 第一支部 20（2026-02-10起） & · 第二支部 60（2026-01-01起） & · 第三支部 365 → & 合计445"},
		line{"03-02 10:02", "林海", private, "巡查", "抽中还没有去看的：第一支部、第二支部、第三支部"},
		line{"03-02 11:00", "林海", private, "巡查 第一支部 2月 资料 齐全", "算随机抽查"},
		line{"03-02 11:01", "林海", private, "巡查 第一支部 2月 座谈 也好", "第3号 & !随机"},
		line{"03-02 11:02", "林海", private, "巡查", "抽中还没有去看的：第二支部、第三支部"},
		line{"03-02 11:03", "林海", private, "抽查 承诺", "第2号"},
		line{"03-02 12:03", "林海", private, "抽查 1", "第2号"},
		line{"03-02 12:04", "林海", private, "抽查 验证", "· 第一支部 1（2026-03-02起）"},
	)
}

func TestASeedIsFixedByItselfOnTheFirstDayOfAQuarter(t *testing.T) {
	s := newStage(t)
	daily := func(at string) { s.do(func(tx themeday.Tx) error { return s.planner.Daily(tx, s.clock(at)) }) }
	count := func() (n int) {
		s.do(func(tx themeday.Tx) error { all, err := tx.Draws(); n = len(all); return err })
		return n
	}
	for _, c := range []struct {
		at   string
		want int
	}{{"03-31 00:05", 0}, {"04-01 00:05", 1}, {"04-01 00:06", 1}, {"04-02 00:05", 1}, {"07-01 00:05", 1}} {
		if daily(c.at); count() != c.want {
			t.Errorf("%s: %d seeds, want %d", c.at, count(), c.want)
		}
	}
	s.play(
		line{"04-01 08:00", "林海", private, "抽查 1", "10:00起可发"},
		line{"04-01 10:00", "林海", private, "抽查 1", "抽查结果"},
	)
	if daily("04-01 00:07"); count() != 1 {
		t.Error("a second one on the same day")
	}
	if daily("07-01 00:05"); count() != 2 {
		t.Error("none in the next quarter")
	}
}

func TestEverybodyMayVerifyADrawAndNobodyLearnsFromItWhomItConcerns(t *testing.T) {
	s := newStage(t)
	s.play(
		line{"03-05 09:00", "张三", private, "抽查 验证", "还没有抽取过"},
		line{"03-05 09:01", "林海", private, "抽查 承诺", "抽查承诺第1号"},
		line{"03-05 10:01", "何军", private, "抽查 2", "您任职的第三支部也在抽取之列，不能自己抽，请机关党委林海来抽（第八条·R30）"},
		line{"03-05 10:01", "林海", private, "抽查 2", "抽查结果"},
	)
	var x themeday.Draw
	s.do(func(tx themeday.Tx) (err error) { x, _, err = themeday.DrawOf(tx, 1); return err })
	hidden := "全部相符 & 承诺 & " + x.Commitment + " & 结果指纹：" + x.Seal() + " & !" + x.Seed + " & !" + x.Head + " & !第一支部 & !第二支部 & !第三支部"
	s.play(
		line{"03-05 10:02", "张三", private, "抽查 验证", hidden},
		line{"03-05 10:02", "王强", private, "抽查 驗證", hidden},
		line{"03-05 10:02", "张三", group, "抽查 验证", "私:全部相符"},
		line{"03-05 10:02", "路人", private, "抽查 验证", "还没有认出您"},
		line{"03-05 10:02", "李四", private, "抽查 验证", "还没有认出您"},
		line{"03-05 10:02", "张三", private, "抽查 承诺", "由机关党委来办"},
		line{"03-05 10:02", "何军", private, "巡查", "!抽中还没有去看的"},
		line{"03-05 10:02", "林海", private, "巡查", "抽中还没有去看的"},
		line{"03-05 10:02", "何军", private, "情况", "!抽查抽到"},
		line{"03-05 10:02", "何军", private, "情况 第二支部", "!抽查抽到"},
		line{"03-05 10:02", "王强", private, "情况", "!抽查抽到"},
		line{"03-05 10:02", "林海", private, "情况", "抽查抽到，还没有去"},
	)
	said := s.rendersTo("何军", themeday.InspectionDrawn, "03-05 10:03")
	if !strings.Contains(said, "由林海掌握") || strings.Contains(said, "第一支部") || strings.Contains(said, "第二支部") || strings.Contains(said, "第三支部") || strings.Contains(said, x.Seed) {
		t.Errorf("何军, who leads 第三支部, is told:\n%s", said)
	}
	for _, p := range x.Picked() {
		s.play(line{"03-05 11:00", "林海", private, "巡查 " + string(p.Branch) + " 3月 现场 很好", "算随机抽查"})
	}
	s.play(
		line{"03-05 11:01", "张三", private, "抽查 验证", "全部相符 & 种子：" + x.Seed + " & 合计1095 & 结果指纹：" + x.Seal()},
		line{"03-05 11:01", "何军", private, "抽查 验证", "合计1095"},
	)
}

// rendersTo is what the posts of a kind say to somebody.
func (s *stage) rendersTo(who string, kind themeday.Kind, at string) string {
	s.t.Helper()
	var out []string
	s.do(func(tx themeday.Tx) error {
		posts, err := tx.PlannedPosts(s.clock(at).AddDate(0, 0, 1))
		check(s.t, err)
		for _, p := range posts {
			if p.Kind != kind || p.Person != s.people[who] {
				continue
			}
			r, err := s.planner.Render(tx, p, s.clock(at))
			check(s.t, err)
			out = append(out, r.Texts...)
		}
		return nil
	})
	return strings.Join(out, "\n")
}

// committeeIs makes the committee these people and nobody else.
func (s *stage) committeeIs(names ...string) {
	s.t.Helper()
	s.do(func(tx themeday.Tx) error {
		people, err := tx.People()
		check(s.t, err)
		for _, p := range people {
			p.Committee = false
			for _, n := range names {
				p.Committee = p.Committee || s.people[n] == p.ID
			}
			check(s.t, tx.PutPerson(p))
		}
		return nil
	})
}

func TestWhoIsTheWholeCommitteeDrawsHisOwnBranchAndTheLedgerSaysSo(t *testing.T) {
	s := newStage(t)
	s.committeeIs("何军")
	s.play(
		line{"03-05 09:00", "何军", private, "抽查 承诺", "第1号"},
		line{"03-05 10:01", "何军", private, "抽查 3", "抽取人在第三支部任职，机关党委只有他一人，台账已注明 & 权重"},
		line{"03-05 10:02", "何军", private, "巡查 第三支部 3月 现场 很好", "已记下巡查第1号 & 巡查人在本支部任职，机关党委只有他一人，台账已注明"},
		line{"03-05 10:03", "何军", private, "巡查 第三支部 3月 问题 其他 没有记录员", "第1号"},
		line{"03-05 10:04", "何军", private, "巡查 销号 1 看过了", "已销号"},
	)
	s.do(func(tx themeday.Tx) error {
		for _, noun := range []string{"draw", "inspection", "finding"} {
			all, err := tx.EntriesAbout(noun, "")
			check(t, err)
			if why := all[len(all)-1].Why; !strings.Contains(why, "机关党委只有他一人") {
				t.Errorf("%s: the ledger says %q", noun, why)
			}
		}
		return nil
	})
}

func TestWhereEverybodyOfTheCommitteeLeadsABranchEachKnowsOfTheOthers(t *testing.T) {
	s := newStage(t)
	s.committeeIs("何军", "王强")
	s.play(
		line{"03-05 09:00", "何军", private, "抽查 承诺", "第1号"},
		line{"03-05 10:01", "何军", private, "抽查 3", "结果已私下告诉王强 & !种子 & !第三支部 & !第二支部 & 请您看这几个支部 & 检查卡：第一支部"}, // the one that 王强 leads
	)
	said := s.rendersTo("王强", themeday.InspectionDrawn, "03-05 10:03")
	if strings.Contains(said, "第一支部") || !strings.Contains(said, "第二支部") || !strings.Contains(said, "第三支部") || strings.Contains(said, "种子") {
		t.Errorf("王强, who leads 第一支部, is told:\n%s", said)
	}
}
