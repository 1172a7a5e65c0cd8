package main

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"themeday"
	"themeday/commands"
	"themeday/commands/fold"
	"themeday/templates"
	"themeday/templates/hant"
)

const rehearsalInTraditional = "testdata/rehearsals/traditional.txt"

// typedInSimplified are the words in simplified characters that the roster and the people of the rehearsal wrote.
var typedInSimplified = []string{
	"机关党支部", "机关党员群", "王强", "陈静", "于后里", "张发", "赵干", "马龙", "张飞", "林海",
	"党员活动室", "缅怀先烈", "重温誓词", "缺党性锻炼内容", "头发都湿了", "工作离不开", "我当天到会了", "我学习了党章", "请写体会",
}

func TestAHouseInTraditionalCharactersSaysNoWordOfItsOwnInSimplifiedOnes(t *testing.T) {
	said := map[string]bool{}
	for _, l := range lines(t, rehearsed(t, rehearsalInTraditional)) {
		if l.Dir == "in" {
			continue
		}
		if want := hant.Convert(l.Text, typedInSimplified); l.Text != want {
			t.Errorf("%s %s\n got %s\nwant %s", clock(l), l.Kind, l.Text, want)
		}
		for _, w := range typedInSimplified {
			said[w] = said[w] || strings.Contains(l.Text, w)
		}
		if data, _ := l.Data.(map[string]any); l.Kind == string(themeday.Notice) && !slices.Contains(figures(l), `topics=["學習黨章","缅怀先烈"]`) {
			t.Errorf("the figures changed: %v", data)
		}
	}
	for _, w := range typedInSimplified {
		if !said[w] && w != "林海" && w != "机关党员群" {
			t.Errorf("%s is in no text as it was written", w)
		}
	}
}

func TestWhatTheBotTellsPeopleToTypeIsUnderstoodInTraditionalCharacters(t *testing.T) {
	for _, c := range commands.Menu() {
		for _, w := range c.Words {
			if got := fold.Parse(hant.Convert(w, nil)).Word; got != w {
				t.Errorf("%s is shown as %s and read as %s", w, hant.Convert(w, nil), got)
			}
		}
		if got := fold.Command(hant.Convert(c.Usage, nil)); got != fold.Command(c.Usage) {
			t.Errorf("%s is shown as %s and read as %s", c.Usage, hant.Convert(c.Usage, nil), got)
		}
	}
}

func TestTheWordsOfAPostsViewAreNotTheBots(t *testing.T) {
	view := templates.NoticeView{Head: templates.Head{Branch: "机关党支部", Month: "3月"}, Place: "党员活动室", Topics: []string{"学习党章", "学"}, Host: "张发"}
	got := wordsOfView(reflect.ValueOf(view), nil)
	for w, kept := range map[string]bool{"机关党支部": true, "党员活动室": true, "学习党章": true, "张发": true, "学": false, "3月": false} {
		if slices.Contains(got, w) != kept {
			t.Errorf("%s kept: %v, want %v", w, !kept, kept)
		}
	}
	reminded := templates.RecordDueView{Missing: []string{"⑨总结提升"}, Next: "总结 3月 成效……"}
	if got := wordsOfView(reflect.ValueOf(reminded), nil); len(got) != 0 {
		t.Errorf("kept %q of the bot's own words", got)
	}
}

func TestTheWordsOfAMessageAreKeptButForCommands(t *testing.T) {
	for said, want := range map[string][]string{
		"签到":         nil,
		"帮助 请假":      nil,
		"代签 张飞 手机没电": {"张飞", "手机没电", "张飞 手机没电"},
		"你们好":        nil,
	} {
		got := wordsOfMessage(themeday.Message{Text: said})
		for _, w := range want {
			if !slices.Contains(got, w) {
				t.Errorf("%s: %q without %s", said, got, w)
			}
		}
		if len(want) == 0 && slices.ContainsFunc(got, func(s string) bool { return s != "" }) {
			t.Errorf("%s: kept %q", said, got)
		}
	}
}

func TestAHouseInSimplifiedCharactersConvertsNothing(t *testing.T) {
	house := traditionalOf(defaultConfig())
	r, err := house.reply(t.Context(), nil, themeday.Message{}, themeday.Reply{Text: "请发：签到", Short: "请私信"}, themeday.YearMonth{Year: 2026, Month: time.March})
	if house != nil || err != nil || r.Text != "请发：签到" || r.Short != "请私信" {
		t.Errorf("%v %v %v", house, r, err)
	}
}
