package commands

import (
	"testing"

	"themeday"
)

func TestASecretarySaysWithWhatAnActivityIsLinked(t *testing.T) {
	s := newStage(t).planned()
	s.play(
		line{"03-01 09:00", "王强", private, "结合 3月 两学一做、党建", "没有“党建”这一项。可以写：两学一做、不忘初心牢记使命、基层党组织建设、中心工作 & 党员大会、支委会"},
		line{"03-01 09:01", "王强", private, "结合 3月 中心、两学一做、支部党员大会", "3月主题党日结合：两学一做、中心工作；同时计入：党员大会"},
		line{"03-01 09:01", "王强", private, "結合 3月 不忘初心、牢记使命，黨課", "结合：不忘初心牢记使命；同时计入：党课 & !两学一做"},
		line{"03-01 09:01", "王强", private, "撤销", "撤销"},
		line{"03-01 09:02", "王强", private, "结合 2026", "两学一做：1次（3月） & 中心工作：1次（3月） & 基层党组织建设：没有 & 同时计入党员大会：1次（3月） & 还没有结合过：不忘初心牢记使命、基层党组织建设"},
		line{"03-01 09:03", "林海", private, "结合 第一支部 2026", "两学一做：1次"},
		line{"03-01 09:03", "林海", private, "结合 第一支部 3月 中心工作", "由支部书记来写"},
		line{"03-01 09:03", "周红", private, "结合 第一支部 3月 中心工作", "您不在第一支部的名单上"},
		line{"03-01 09:03", "张三", private, "结合 3月 中心工作", "由书记来办"},
		line{"03-01 09:03", "张三", group, "结合 实际情况再说", ""},
		line{"03-01 09:04", "王强", private, "结合 3月 党", "没有“党”这一项"},
		line{"03-01 09:04", "王强", private, "结合 3月", "请这样写"},
		line{"03-01 09:05", "王强", private, "结合 3月 无", "没有结合内容"},
		line{"03-01 09:06", "王强", private, "结合 2026", "两学一做：没有"},
	)
}

func TestAPlanIsCheckedBeforeTheYear(t *testing.T) {
	s := newStage(t).planned()
	s.play(
		line{"03-01 09:00", "林海", private, "必选主题 5月 学习全会精神", "已定"},
		line{"03-01 09:00", "王强", private, "忙时 6月10日-6月15日 半年结账", "已记下"},
		line{"03-01 09:01", "王强", private, "体检 2026", "5月：计划里还没有必选主题“学习全会精神” & R16 & 主题 5月 必选 学习全会精神 & 6月：定在6月12日，是支部登记的忙时（半年结账） & R07 & 全年：一次也没有结合：两学一做 & R17"},
		line{"03-01 09:01", "王强", group, "体检 2026", "私:第一支部2026年计划体检"},
		line{"03-01 09:02", "林海", private, "體檢", "第一支部6月：定在6月12日，是支部登记的忙时 & 第二支部 & 每月的固定日也没有定"},
		line{"03-01 09:02", "林海", private, "体检 2026 第二支部", "每月的固定日也没有定 & !第一支部"},
		line{"03-01 09:02", "林海", private, "体检 第二支部 2026", "第二支部2026年计划体检"},
		line{"03-01 09:03", "张三", private, "体检", "由书记来办"},
		line{"03-01 09:03", "张三", group, "体检 明天去医院", ""},
		line{"03-01 09:03", "王强", group, "体检 明天去医院", ""},
		line{"03-01 09:03", "周红", private, "体检 第一支部 2026", "您不在第一支部的名单上"},
		line{"03-01 09:04", "王强", private, "体检 2025", "只体检今年和明年的"},
		line{"03-01 09:04", "王强", private, "体检 2026 明天", "“体检”后面只写年份"},
	)
}

func TestAPlanIsFiledAgainAfterChanges(t *testing.T) {
	s := newStage(t).planned()
	s.play(
		line{"03-01 09:00", "王强", private, "年度计划 2026 报备", "备案回执 第一支部-2026-1 & 逾期"},
		line{"03-01 09:01", "王强", private, "年度计划 2026 报备", "之后没有变化，不用再报 & 第一支部-2026-1"},
		line{"03-01 09:02", "王强", private, "主题 4月 重温入党誓词", "4月主题"},
		line{"03-01 09:02", "王强", private, "改期 5月 5月15日 14:00 业务会议", "已向机关党委报备"},
		line{"03-01 09:03", "王强", private, "年度计划 2026", "备案回执 第一支部-2026-1 & 之后有变化 & 改期1次"},
		line{"03-01 09:04", "王强", private, "年度计划 2026 报备", "备案回执 第一支部-2026-2 & 4月主题定为重温入党誓词 & 改到5月15日"},
		line{"03-01 09:05", "王强", private, "年度计划 2026", "备案回执 第一支部-2026-2 & !之后有变化"},
		line{"03-01 09:06", "林海", private, "备案 2026", "第一支部：3月1日备案（逾期），回执 第一支部-2026-2，改期1次（5月） & 第二支部：未备案"},
		line{"03-01 09:07", "李敏", private, "年度计划 2026 报备", "由"},
	)
}

func TestLinksAreCorrectedAfterTheFormIsFiled(t *testing.T) {
	s := newStage(t).held()
	id := themeday.ActivityOf(group, march)
	s.do(func(tx themeday.Tx) error {
		a, _, err := tx.Activity(id)
		check(t, err)
		a.Filed = s.clock("03-14 10:00")
		return tx.PutActivity(a)
	})
	s.play(
		line{"03-15 09:00", "王强", private, "结合 3月 中心工作", "确需更正请书记发：更正 3月 结合 中心工作"},
		line{"03-15 09:01", "王强", private, "更正 3月 结合 中心工作、党课", "已更正3月：结合。请发：上报 3月"},
		line{"03-15 09:02", "王强", private, "更正 3月 结合 党课、中心工作", "没有变化，不用更正"},
		line{"03-15 09:03", "王强", private, "更正 3月 结合 党建", "没有“党建”这一项"},
		line{"03-15 09:04", "张三", private, "更正 3月 结合 无", "由书记来办"},
		line{"03-15 09:05", "王强", private, "结合 2026", "中心工作：1次（3月） & 同时计入党课：1次（3月）"},
	)
	s.do(func(tx themeday.Tx) error {
		entries, err := tx.ActivityEntries(id)
		last := entries[len(entries)-1]
		for _, e := range entries {
			if e.Verb == "结合" {
				last = e
			}
		}
		if last.Verb != "结合" || last.Why == "" {
			t.Errorf("the ledger has no correction: %+v", last)
		}
		return err
	})
}

func TestAClosedBranchShowsItsBalanceAndHasNoPlanToCheck(t *testing.T) {
	s := newStage(t).planned()
	s.play(
		line{"03-01 09:01", "王强", private, "结合 3月 中心工作", "3月主题党日结合"},
		line{"03-02 09:00", "林海", private, "支部 撤销 第一支部 人少 确认", "第一支部已撤销"},
		line{"03-03 09:00", "林海", private, "结合 第一支部 2026", "第一支部 & 中心工作：没有"}, // March is not held any more
		line{"03-03 09:01", "王强", private, "结合 2026", "中心工作：没有"},
		line{"03-03 09:02", "王强", private, "结合 3月 两学一做", "第一支部已于3月2日撤销"},
		line{"03-03 09:03", "林海", private, "体检 第一支部 2026", "第一支部已于3月2日撤销"},
		line{"03-03 09:03", "林海", private, "体检 2026 第一支部", "第一支部已于3月2日撤销"},
		line{"03-03 09:04", "王强", private, "体检 2026", "第一支部已于3月2日撤销"},
		line{"03-03 09:05", "林海", private, "体检 2026", "!第一支部"},
	)
}
