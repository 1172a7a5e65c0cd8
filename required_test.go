package themeday

import (
	"strings"
	"testing"
	"time"
)

// toSimplified stands in for the folding of the commands.
var toSimplified = strings.NewReplacer("學", "学", "習", "习", "會", "会", "黨", "党", "課", "课").Replace

func TestATopicPlansACompulsoryOneWhoseWordsItHas(t *testing.T) {
	d := Desk{Fold: toSimplified}
	for _, c := range []struct {
		topics, required string
		planned          bool
	}{
		{"学习全会精神", "学习全会精神", true},
		{"认真学习全会精神，交流体会", "学习全会精神", true},
		{"學習全會精神", "学习全会精神", true},
		{"学习 全会 精神", "学习全会精神", true},
		{"学习《党章》", "学习党章", true},
		{"缅怀先烈|学习全会精神", "学习全会精神", true},
		{"全会精神学习", "学习全会精神", false},
		{"全会精神，集中学习", "学习 全会精神", true}, // several words, each of them
		{"集中学习", "学习 全会精神", false},
		{"学习ＡＢＣ", "学习abc", true},
		{"缅怀先烈", "学习全会精神", false},
		{"", "学习全会精神", false},
		{"学习党章", "……", false},
	} {
		a := Activity{Topics: strings.Split(c.topics, "|")}
		if got := d.plans(a, RequiredTopic{Number: 1, Text: c.required}); got != c.planned {
			t.Errorf("topics %q plan %q: %v, want %v", c.topics, c.required, got, c.planned)
		}
	}
	marked := Activity{Topics: []string{"集中研讨"}, Compulsory: []TopicMark{{1, "集中研讨"}}}
	if !d.plans(marked, RequiredTopic{Number: 1, Text: "学习全会精神"}) || d.plans(marked, RequiredTopic{Number: 2, Text: "学习全会精神"}) {
		t.Error("a mark does not plan its own compulsory topic alone")
	}
}

func TestACompulsoryTopicIsDueTenDaysBeforeTheMonthsEnd(t *testing.T) {
	d := Desk{Rules: DefaultRules()}
	for _, c := range []struct {
		month YearMonth
		today Date
		due   Date
	}{
		{YearMonth{2026, time.March}, Date{2026, time.March, 1}, Date{2026, time.March, 21}},
		{YearMonth{2026, time.February}, Date{2026, time.January, 1}, Date{2026, time.February, 18}},
		{YearMonth{2028, time.February}, Date{2028, time.January, 1}, Date{2028, time.February, 19}},
		{YearMonth{2026, time.March}, Date{2026, time.March, 20}, Date{2026, time.March, 21}},
		{YearMonth{2026, time.March}, Date{2026, time.March, 21}, Date{2026, time.March, 31}}, // too late for that
		{YearMonth{2026, time.March}, Date{2026, time.March, 25}, Date{2026, time.March, 31}},
	} {
		if got := d.topicDue(c.month, c.today); got != c.due {
			t.Errorf("%v asked on %v is due %v, want %v", c.month, c.today, got, c.due)
		}
	}
}

func TestLinksAreReadByTheirNamesAndParts(t *testing.T) {
	d := Desk{Rules: DefaultRules(), Fold: toSimplified}
	for _, c := range []struct{ said, links, meetings string }{
		{"两学一做", "两学一做", ""},
		{"中心|两学一做", "两学一做|中心工作", ""}, // in the order of the setting
		{"不忘初心|牢记使命", "不忘初心牢记使命", ""},
		{"组织建设", "基层党组织建设", ""},
		{"黨課|支部党员大会", "", "党员大会|党课"},
		{"党小组会|中心工作", "中心工作", "党小组会"},
		{"组织", "!", ""}, // 基层党组织建设 or 组织生活会
		{"党", "!", ""},
		{"支部标准化", "!", ""},
	} {
		l, err := d.ReadLinks(strings.Split(c.said, "|"))
		if c.links == "!" {
			if CodeOf(err) != Invalid {
				t.Errorf("%q is read as %+v, %v", c.said, l, err)
			}
			continue
		}
		if got, also := strings.Join(l.Links, "|"), strings.Join(l.Meetings, "|"); err != nil || got != c.links || also != c.meetings {
			t.Errorf("%q is read as %q and %q, want %q and %q (%v)", c.said, got, also, c.links, c.meetings, err)
		}
	}
}
