package main

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"themeday"
)

// days makes up what the people of a house do, day by day: they react to what stands in the database, well or badly.
type days struct {
	*populace
	w     *world
	zone  *time.Location
	today time.Time // midnight
	out   []deed
	words int
	files int
	sheet int
	level float64 // of the troubles; 0: none
	eager bool    // who plans does so at once
}

// reason is a text that nobody but those concerned may read.
func (d *days) reason(of string) string {
	d.words++
	return fmt.Sprintf("%s%s%d", of, secretMark, d.words)
}

// at adds a deed at so many minutes after midnight, a few seconds off.
func (d *days) at(minute float64, step ScriptStep) {
	minute = min(max(minute, 0), 1439)
	step.At = d.today.Add(time.Duration(minute*60) * time.Second)
	d.out = append(d.out, deed{ScriptStep: step})
}

// dm lets somebody say something in private, in lets him say it in his group.
func (d *days) dm(minute float64, who *soul, text string) {
	d.at(minute, ScriptStep{Verb: Say, Name: d.called(who), Text: text})
}

func (d *days) in(minute float64, b int, who *soul, text string) {
	d.at(minute, ScriptStep{Verb: Say, Group: groupName(b), Name: d.called(who), Text: text})
}

// called is how the script calls somebody; two of one name go by their cards.
func (d *days) called(p *soul) string {
	if p.card != "" {
		return p.card
	}
	return p.name
}

// trouble adds one.
func (d *days) trouble(minute float64, nearest StepVerb, format string, args ...any) {
	d.at(minute, ScriptStep{Verb: nearest})
	d.out[len(d.out)-1].Trouble = fmt.Sprintf(format, args...)
}

func (d *days) between(from, to float64) float64 { return from + d.chance.Float64()*(to-from) }

func pick[T any](chance *rand.Rand, of ...T) T { return of[chance.IntN(len(of))] }

// day makes up one day, in the order of time.
func (d *days) day(today time.Time) []deed {
	d.today, d.out = today, nil
	for b := range d.branches {
		d.branch(b)
	}
	d.above()
	d.strangers()
	d.troubles()
	slices.SortStableFunc(d.out, func(a, b deed) int { return cmp.Compare(a.At.Unix(), b.At.Unix()) })
	return d.out
}

// done tells whether the first branch's activity lies two days back.
func (d *days) done() (done bool) {
	d.w.judge.view(func(tx themeday.Tx) error {
		acts, err := tx.Activities(themeday.BranchID(branchName(0)), themeday.DateOf(d.w.now, d.zone).MonthOf(), themeday.DateOf(d.w.now, d.zone).MonthOf())
		for _, a := range acts {
			done = done || a.Dated() && a.Ends.Before(d.w.now.AddDate(0, 0, -2))
		}
		return err
	})
	return done
}

// branch is a branch's day.
func (d *days) branch(b int) {
	all := d.members(b)
	if len(all) == 0 {
		return
	}
	secretary, date := all[0], themeday.DateOf(d.today, d.zone)
	var acts []themeday.Activity
	var leaves []themeday.Leave
	var handed []themeday.Makeup
	fixed := false
	d.w.judge.view(func(tx themeday.Tx) (err error) {
		id := themeday.BranchID(branchName(b))
		if _, fixed, err = tx.FixedDay(id); err != nil {
			return err
		}
		if acts, err = tx.Activities(id, date.MonthOf().Add(-1), date.MonthOf().Add(1)); err != nil {
			return err
		}
		for _, a := range acts {
			l, err := tx.Leaves(a.ID)
			if err != nil {
				return err
			}
			leaves = append(leaves, l...)
			m, err := tx.Makeups(a.ID)
			if err != nil {
				return err
			}
			handed = append(handed, m...)
		}
		return nil
	})
	week := 2 + d.chance.IntN(2)
	if d.eager {
		week = 2
	}
	if !fixed && (d.eager || d.often(0.7)) {
		hour := pick(d.chance, 9, 13, 14)
		d.dm(d.between(480, 1000), secretary, fmt.Sprintf("固定日 每月第%d个周%s %d:00-%d:00 党员活动室", week, pick(d.chance, "一", "三", "五", "六"), hour, hour+4))
	}
	d.small(b, all)
	for _, a := range acts {
		starts := a.Starts.In(d.zone)
		switch {
		case !a.Dated():
		case a.Starts.After(d.today.Add(24 * time.Hour)):
			d.ahead(b, all, a, a.Starts.Sub(d.today) < 14*24*time.Hour)
		case starts.Format(time.DateOnly) == d.today.Format(time.DateOnly):
			if a.Approved() {
				d.theDay(b, all, a)
			} else if d.often(0.5) {
				d.dm(480, secretary, "报审 "+a.Month.Chinese())
				d.dm(500, d.committee[0], "审定 "+branchName(b)+" "+a.Month.Chinese())
			}
		case d.today.Sub(a.Starts) < 25*24*time.Hour && a.Approved():
			d.after(b, all, a)
		}
	}
	for _, l := range leaves {
		if l.State != themeday.LeaveAsked || !d.often(0.6) {
			continue
		}
		if who := d.named(l.Person); who != nil {
			d.dm(d.between(500, 1200), secretary, pick(d.chance, "准假 "+who.name, "准假 "+who.name, "不准 "+who.name+" "+d.reason("人手不够")))
		}
	}
	for _, m := range handed {
		if m.State != themeday.MakeupHanded || !d.often(0.5) {
			continue
		}
		if who := d.named(m.Person); who != nil {
			d.dm(d.between(500, 1200), secretary, pick(d.chance, "补学 过 "+who.name, "补学 退 "+who.name+" "+d.reason("太短")))
		}
	}
}

// named finds somebody by what the program calls him.
func (d *days) named(id themeday.PersonID) *soul {
	var name string
	d.w.judge.view(func(tx themeday.Tx) error {
		people, err := tx.People()
		for _, p := range people {
			if p.ID == id {
				name = p.Name
			}
		}
		return err
	})
	for _, p := range d.people {
		if p.name == name {
			return p
		}
	}
	return nil
}

// ahead is what is done before an activity.
func (d *days) ahead(b int, all []*soul, a themeday.Activity, near bool) {
	secretary, month := all[0], a.Month.Chinese()
	switch {
	case !near:
	case len(a.Topics) == 0:
		if d.eager || d.often(0.6) {
			d.dm(d.between(480, 1200), secretary, "主题 "+month+" "+pick(d.chance, "学习党章；重温入党誓词", "学习党史", "缅怀先烈；志愿服务"))
		}
	case a.Submitted.IsZero() || a.Returned.After(a.Submitted):
		if d.eager || d.often(0.75) {
			d.dm(d.between(480, 1200), secretary, "报审 "+month)
		}
	case !a.Approved():
		who := pick(d.chance, d.committee...)
		switch x := d.chance.Float64(); {
		case x < 0.8:
			d.dm(d.between(480, 1200), who, "审定 "+branchName(b)+" "+month)
		case x < 0.9:
			d.dm(d.between(480, 1200), who, "退回 "+branchName(b)+" "+month+" 再具体些")
		}
	default:
		d.leaveAsked(b, all, a)
	}
	if !near {
		return
	}
	if d.often(0.03) {
		day := a.Starts.In(d.zone).AddDate(0, 0, 1+d.chance.IntN(6))
		d.dm(d.between(480, 1200), secretary, fmt.Sprintf("改期 %s %d月%d日 14:00 会议冲突", month, day.Month(), day.Day()))
	}
	if d.often(0.05) {
		d.dm(d.between(480, 1200), secretary, pick(d.chance,
			"议程 "+month+" 1.重温誓词 2.学习讨论", "列席 "+month+" 马小明 积极分子", "忙时 "+month+"28日-"+month+"30日 月末结账", "记录员 "+month+" "+pick(d.chance, all...).name,
			"委托主持 "+month+" "+all[min(1, len(all)-1)].name+" 出差", "结合 "+month+" 两学一做、党课", "年度计划 2026 报备", "内容 "+month+" 政治学习、党性锻炼"))
	}
}

func (d *days) leaveAsked(b int, all []*soul, a themeday.Activity) {
	if a.Starts.Sub(d.today) > 6*24*time.Hour {
		return
	}
	for _, p := range all {
		switch x := d.chance.Float64(); {
		case x < 0.03:
			d.dm(d.between(450, 1300), p, "请假 "+d.reason("家里有事"))
		case x < 0.04:
			d.in(d.between(450, 1300), b, p, "请假 "+d.reason("看病"))
		case x < 0.05:
			d.dm(d.between(450, 1300), p, "销假")
		case x < 0.06:
			d.picture(d.between(450, 1300), -1, p)
		}
	}
}

// picture sends one; in private with a negative branch.
func (d *days) picture(minute float64, b int, who *soul) {
	name := fmt.Sprintf("photo-%d.png", d.files%4)
	d.files++
	step := ScriptStep{Verb: Say, Name: d.called(who), File: name, Image: true}
	if b >= 0 {
		step.Group = groupName(b)
	}
	d.at(minute, step)
}

// theDay is the day of an activity.
func (d *days) theDay(b int, all []*soul, a themeday.Activity) {
	starts := a.Starts.In(d.zone)
	begin := float64(starts.Hour()*60 + starts.Minute())
	end := begin + a.Ends.Sub(a.Starts).Minutes()
	secretary, month := all[0], a.Month.Chinese()
	if d.often(0.6) {
		d.dm(begin-20, secretary, "检查 全部")
	}
	coded := d.often(0.08)
	if coded {
		d.dm(begin-35, secretary, "签到码")
	}
	for _, p := range all {
		d.signs(b, all, p, begin)
	}
	if d.often(0.2) {
		text := "#接龙\n签到\n"
		for i := range 1 + d.chance.IntN(4) {
			text += fmt.Sprintf("%d. %s\n", i+1, pick(d.chance, all...).name)
		}
		d.in(d.between(begin-20, begin+20), b, pick(d.chance, all...), text)
	}
	if d.often(0.7) {
		d.in(d.between(begin, begin+12), b, secretary, "开始")
	}
	if d.often(0.1) {
		d.in(d.between(begin+1, begin+20), b, secretary, "撤销")
	}
	for range d.chance.IntN(3) {
		d.in(d.between(begin+20, end-10), b, all[min(2, len(all)-1)], pick(d.chance, "记录 大家讨论了三件事", "共识 每月走访一户", "任务 整理档案", "撤销"))
	}
	for range d.chance.IntN(3) {
		at := d.between(begin, end)
		p := pick(d.chance, all...)
		d.picture(at, b, p)
		if d.often(0.5) {
			d.in(at+1, b, p, "大家重温誓词")
		}
	}
	closed := end
	if d.often(0.6) {
		closed = d.between(begin+200, end+5)
		d.in(closed, b, secretary, "结束")
		if d.often(0.1) {
			d.in(closed+d.between(0.2, 4), b, secretary, "撤销")
		}
	}
	for _, p := range all {
		if d.often(0.7) {
			d.rates(b, p, d.between(closed-2, min(closed+300, 1439)))
		}
	}
	if d.often(0.1) {
		d.dm(d.between(end, 1400), secretary, "补签 "+pick(d.chance, all...).name+" "+d.reason("当时没带手机"))
	}
	_ = month
}

// signs is how somebody comes, or does not.
func (d *days) signs(b int, all []*soul, p *soul, begin float64) {
	at := d.between(begin-32, begin+14)
	switch x := d.chance.Float64(); {
	case x < 0.62:
		d.in(at, b, p, pick(d.chance, "签到", "到", "签到", "签 到", "簽到", "@党建助手 签到", "签到！"))
	case x < 0.70:
		d.in(at, b, p, pick(d.chance, "签道", "签到表在哪", "已签到", "签到 4821"))
		d.in(at+1, b, p, "签到")
	case x < 0.75:
		d.at(at, ScriptStep{Verb: Say, Group: groupName(b), Name: d.called(p), Text: "签到", Quoted: true})
	case x < 0.80:
		d.in(d.between(begin+16, begin+200), b, p, "签到")
	case x < 0.84:
		d.dm(d.between(begin-10, begin+100), all[0], "代签 "+p.name+" "+d.reason("手机没电"))
	case x < 0.86:
		d.dm(d.between(begin, begin+100), all[0], "送学 "+p.name+" 上门")
	case x < 0.88:
		d.dm(d.between(begin, begin+100), all[0], fmt.Sprintf("纸 1-%d", 1+d.chance.IntN(len(all))))
	case x < 0.9:
		d.dm(d.between(begin-200, begin+60), p, "请假 "+d.reason("发烧"))
	}
	if d.often(0.08) {
		d.in(at+d.between(0, 5), b, p, "签到")
	}
	if d.often(0.03) {
		d.in(at+d.between(0.1, 8), b, p, "撤销")
	}
}

// rates is how somebody evaluates, perhaps twice.
func (d *days) rates(b int, p *soul, at float64) {
	score := func() int { return 2 + d.chance.IntN(4) }
	for range 1 + d.chance.IntN(5)/4 {
		switch x := d.chance.Float64(); {
		case x < 0.3:
			d.dm(at, p, pick(d.chance, "满意", "基本满意", "不满意"))
		case x < 0.4:
			d.in(at, b, p, pick(d.chance, "满意", "基本满意"))
		case x < 0.9:
			d.dm(at, p, fmt.Sprintf("评分 %d %d %d %d", score(), score(), score(), score()))
		default:
			d.dm(at, p, fmt.Sprintf("评分 %d %d %d %d %s", score(), score(), score(), score(), d.reason("内容空")))
		}
		at += d.between(0.1, 10)
	}
}

// after is what is done after an activity.
func (d *days) after(b int, all []*soul, a themeday.Activity) {
	secretary, month := all[0], a.Month.Chinese()
	if d.today.Sub(a.Starts) < 24*time.Hour {
		for _, p := range all {
			if d.often(0.2) {
				d.rates(b, p, d.between(420, 900))
			}
		}
	}
	if a.Summary == "" && d.often(0.6) {
		d.dm(d.between(480, 1300), secretary, "总结 "+month+" 成效是学得实；不足是时间短；下步抓落实")
	}
	if a.Filed.IsZero() && d.often(0.6) {
		d.dm(d.between(480, 1400), secretary, "上报 "+month)
	}
	for _, p := range all {
		switch x := d.chance.Float64(); {
		case x < 0.05:
			d.dm(d.between(480, 1400), p, "补学 "+d.reason("我学习了党章，体会是要守规矩"))
		case x < 0.06:
			d.dm(d.between(480, 1400), p, "异议 "+month+" "+d.reason("我到会了"))
		case x < 0.065:
			d.dm(d.between(480, 1400), secretary, "异议 "+month+" "+pick(d.chance, "成立 ", "不成立 ")+p.name+" "+d.reason("查过了"))
		case x < 0.07:
			d.dm(d.between(480, 1400), secretary, "补签 "+p.name+" "+d.reason("没带手机"))
		case x < 0.075:
			d.dm(d.between(480, 1400), secretary, "撤销")
		}
	}
	if d.leader != nil && d.often(0.2) {
		d.dm(d.between(480, 1400), d.leader, "点评 "+branchName(b)+" "+month+" 优点是认真；不足是短；方向是实")
	}
	if d.often(0.05) {
		d.dm(d.between(480, 1400), secretary, "更正 "+month+" 补签 "+pick(d.chance, all...).name+" "+d.reason("核对过"))
	}
}

// small is what people say any day.
func (d *days) small(b int, all []*soul) {
	for range d.chance.IntN(3) {
		p := pick(d.chance, all...)
		switch d.chance.IntN(8) {
		case 0:
			d.in(d.between(400, 1400), b, p, pick(d.chance, "今天天气不错", "收到", "签到", "满意", "谁有会议室钥匙", "帮助", "活动"))
		case 1, 2:
			d.dm(d.between(400, 1400), p, pick(d.chance, "我的", "帮助", "活动", "规则 R12", "你好", "为什么", "签到", "异议 "+d.reason("记错了"), "撤销"))
		case 3, 4:
			d.dm(d.between(400, 1400), all[0], pick(d.chance, "下一步", "进度", "名单", "预测", "计划 2026", "台账 2026", "体检 2026", "纪实表", "主题菜单", "负担"))
		case 5:
			d.at(d.between(400, 1400), ScriptStep{Verb: Rename, Group: groupName(b), Name: d.called(p), To: pick(d.chance, p.name, "小鸟", pick(d.chance, all...).name)})
		case 6:
			d.dm(d.between(400, 1400), all[0], "绑定码 "+p.name)
			d.dm(d.between(400, 1400), p, fmt.Sprintf("绑定 %06d", d.chance.IntN(1000000)))
		default:
			d.in(d.between(400, 1400), b, p, "为什么")
		}
	}
}

// above is what the committee and the leaders do.
func (d *days) above() {
	name, who := branchName(d.chance.IntN(d.branches)), pick(d.chance, d.committee...)
	month := themeday.DateOf(d.today, d.zone).MonthOf().Chinese()
	if d.often(0.3) {
		d.dm(d.between(480, 1200), who, pick(d.chance, "待审", "情况", "排名 2026", "评先 2026", "备案", "支部 "+name, "抽查 承诺", "抽查 1", "巡查 "+name+" 问题 记录不全", "整改 "+name+" 30天 材料不实",
			"必选主题 "+month+" 学习党纪", "情况", "规则", "领导 2026", "负担", "最佳案例 2026"))
	}
	if d.leader != nil && d.often(0.1) {
		d.dm(d.between(480, 1200), d.leader, pick(d.chance, "指导", "领导 2026", "我的"))
	}
}

// strangers talk too.
func (d *days) strangers() {
	if !d.often(0.15) {
		return
	}
	b := d.chance.IntN(d.branches)
	at, text := d.between(400, 1400), pick(d.chance, "签到", "满意", "你好", "审定 第一支部 3月", "绑定 123456", "名单", "请假 "+d.reason("有事"))
	if d.often(0.5) {
		d.at(at, ScriptStep{Verb: Say, Group: groupName(b), Name: "马甲", Text: text})
	} else {
		d.at(at, ScriptStep{Verb: Say, Name: "马甲", Text: text})
	}
}

// troubles strike most on the days on which much is said.
func (d *days) troubles() {
	n := 0
	for p := d.level * (0.3 + float64(len(d.out))/25); p > 0; p-- {
		if p >= 1 || d.often(p) {
			n++
		}
	}
	said := slices.Clone(d.out)
	for range n {
		at := d.between(0, 1439)
		if len(said) > 0 && d.often(0.8) { // around something
			at = max(0, said[d.chance.IntN(len(said))].At.Sub(d.today).Minutes()-d.between(0, 0.5))
		}
		switch d.chance.IntN(16) {
		case 0, 1, 2, 3, 4:
			d.trouble(at, Restart, "crash %d %s", 1+d.chance.IntN(pick(d.chance, 6, 40, 200)), pick(d.chance, "0s", "0s", "10s", "5m", "3h"))
		case 5:
			d.at(at, ScriptStep{Verb: Restart})
		case 6:
			d.at(at, ScriptStep{Verb: Relogin})
		case 7, 8:
			d.trouble(at, Repeat, "again %d", 1+d.chance.IntN(12))
		case 9:
			d.trouble(at, Wait, "late %s", pick(d.chance, "20s", "2m", "1h", "9h"))
		case 10:
			d.at(at, ScriptStep{Verb: Offline, For: pick(d.chance, time.Minute, 20*time.Minute, 5*time.Hour)})
		case 11:
			d.trouble(at, Wait, "full %d %s", d.chance.IntN(8), pick(d.chance, "30s", "5m", "2h"))
		case 12:
			d.trouble(at, Wait, "narrow %s", pick(d.chance, "1m", "20m", "3h"))
		case 13:
			d.trouble(at, Wait, "send %d %s", 1+d.chance.IntN(4), pick(d.chance, "unknown-gone", "unknown-lost", "refused", "often"))
		case 14:
			d.trouble(at, Wait, "clock %s", pick(d.chance, "0s", "90s", "-90s", "20m", "-20m", "0s", "3h", "-3h"))
			d.trouble(at+d.between(1, 200), Wait, "clock 0s")
		default:
			d.trouble(at, Wait, "%s", pick(d.chance, "resend", "reload"))
		}
	}
	d.keeping()
	if d.often(0.03) {
		d.change()
		d.sheet++
		name := fmt.Sprintf("roster-%d.csv", d.sheet)
		if err := writeInto(d.w.files, name, d.populace.sheet()); err == nil {
			d.at(d.between(480, 1200), ScriptStep{Verb: Import, File: name})
		}
	}
}

// keeping is what an operator does with a house in the course of a month: backups, another machine, purges.
func (d *days) keeping() {
	if d.level == 0 {
		return
	}
	if d.often(0.06) {
		d.trouble(d.between(0, 1439), Wait, "backup")
	}
	if d.often(0.04) {
		d.trouble(d.between(0, 1439), Restart, "move %s", pick(d.chance, "0s", "10m", "3h"))
	}
	if d.often(0.08) {
		d.trouble(d.between(0, 1439), Wait, "purge")
	}
}
