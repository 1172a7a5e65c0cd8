package commands

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
)

func TestHelpShowsWhatTheSpeakerMayUse(t *testing.T) {
	s := newStage(t)
	s.play(
		line{"03-02 09:00", "张三", group, "帮助", "签到 & 请假 & !固定日 & !待审"},
		line{"03-02 09:00", "王强", group, "幫助", "签到 & !固定日"},
		line{"03-02 09:00", "王强", private, "帮助", "签到 & 固定日 & 上报 3月 & !待审 & !各支部的例外；"},
		line{"03-02 09:00", "林海", group, "帮助", "签到 & !整改 & !绑定码 张三"},
		line{"03-02 09:00", "陈静", private, "菜单", "记录 & !固定日"},
		line{"03-02 09:00", "林海", private, "帮助", "审定 & 待审 & !固定日 & · 情况： & · 整改： & · 移交： & · 最佳案例： & · 体检： & · 台账： & · 绑定码 张三： & · 负担 第一支部 3月："},
		line{"03-02 09:00", "何军", private, "帮助", "审定 & 固定日"},
		line{"03-02 09:00", "吴青", private, "帮助", "签到"},
		line{"03-02 09:00", "路人", private, "帮助", "绑定"},
		line{"03-02 09:00", "王强", private, "帮助 改期", "写法：改期 3月 3月20日 14:00 事由"},
		line{"03-02 09:00", "王强", private, "帮助 補學", "补学"},
		line{"03-02 09:00", "张三", group, "帮助一下…", ""},
		line{"03-02 09:00", "张三", group, "帮助 老人过马路", ""},
		line{"03-02 09:00", "张三", group, "帮助很大", ""},
	)
}

func TestInPrivateTheNearestCommandIsNamed(t *testing.T) {
	s := newStage(t)
	s.play(
		line{"03-02 09:00", "张三", private, "我要请假", "您是不是要发：请假 事由"},
		line{"03-02 09:00", "张三", private, "签道", "您是不是要发：签到"},
		line{"03-02 09:00", "张三", private, "今天天气不错", "没有看懂。发“帮助”看能用的话"},
		line{"03-02 09:00", "张三", private, "固定日每月15日", "!固定日 每月第2个周五"},
		line{"03-02 09:00", "吴青", private, "你好", "没有看懂"},
		line{"03-02 09:00", "路人", private, "你好", "没有看懂 & 绑定"},
		line{"03-02 09:00", "张三", group, "今天天气不错", ""},
	)
}

func TestWhyExplainsTheLastPost(t *testing.T) {
	s := newStage(t).approved()
	s.play(line{"03-02 09:00", "张三", group, "为什么", "我还没有在这里主动发过消息"})
	s.until("03-08 09:01")
	s.play(
		line{"03-08 10:00", "张三", group, "为什么", "5天"},
		line{"03-08 10:00", "张三", group, "為什麼？", ""},
		line{"03-08 10:00", "张三", group, "为什么改时间", ""},
		line{"03-08 10:00", "张三", group, "为什么 这么早", ""},
		line{"03-08 10:00", "张三", private, "为什么", "还没有在这里主动发过消息"},
	)
}

func TestHelpShowsADelegatedHostWhatHeMayUse(t *testing.T) {
	s := newStage(t).approved()
	s.play(line{"03-02 09:00", "王强", private, "委托主持 3月 李敏 书记出差", "委托李敏主持"})
	s.until("03-13 13:30")
	s.play(line{"03-13 13:31", "李敏", private, "帮助", "开始 & 结束 & !固定日"}, line{"03-13 13:31", "张三", private, "帮助", "签到 & !结束"})
}

func TestHelpShowsNobodyAnUnfinishedForm(t *testing.T) {
	s := newStage(t)
	s.play(
		line{"03-02 09:00", "王强", private, "帮助 点评", "书记代录：点评 3月 姓名 内容"},
		line{"03-02 09:00", "林海", private, "帮助 必选主题", "撤回：必选主题 3月 撤回 学习全会精神"},
	)
	n := 0
	hears := func(who, where, says string) {
		n++ // one an hour: nobody asks too much
		if r := s.hear(s.message(fmt.Sprintf("03-%02d %02d:00", 3+n/10, 9+n%10), who, where, says)); r.Text == "" || strings.Contains(r.Text, "%") {
			t.Errorf("%s hears of %q in %q: %q", who, says, where, r.Text)
		}
	}
	for _, who := range []string{"张三", "王强", "李敏", "陈静", "林海", "何军", "路人"} {
		hears(who, private, "帮助")
	}
	hears("张三", group, "帮助")
	for _, cmd := range Menu() {
		hears("何军", private, "帮助 "+cmd.Words[0])
	}
}

func TestTheCommitteeMayDoWhatItsHelpSays(t *testing.T) {
	s := newStage(t).approved()
	for i, l := range helpAbove {
		for j, says := range append([]string{l.Type}, examples.FindAllString(l.Help, -1)...) {
			r := s.hear(s.message(fmt.Sprintf("03-%02d 09:%02d", 3+i, 5*j), "林海", private, month(says, march)))
			for _, no := range []string{"请这样写", "由书记", "没有看懂", "不在任何支部", "请先写支部名"} {
				if r.Text == "" || strings.Contains(r.Text, no) {
					t.Errorf("%q: %q", says, r.Text)
				}
			}
		}
	}
	for _, word := range []string{"下一步", "年度计划", "计划", "结合", "纪实表", "签到册", "述职", "迎检", "党小组"} {
		s.play(line{"03-20 09:00", "林海", private, word + " 第一支部", "!由书记 & !不在任何支部 & !请先写"})
	}
}

// examples are the lines in a text of help that can be typed as they stand.
var examples = regexp.MustCompile(`(情况|整改|移交|最佳案例|案例|体检|台账|绑定码) [^；，：]+`)
