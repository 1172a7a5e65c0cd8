package themeday_test

import (
	"strings"
	"testing"

	"themeday"
)

// minutesOf are minutes of 60 characters, long enough to be compared.
const minutesOf = "会议传达学习了上级文件精神，党员同志围绕本职工作谈了学习体会，大家一致认为要把学习成果用到为群众办实事上来，下月继续开展志愿服务活动。"

func TestMinutesAreComparedByTheirRunsOfWords(t *testing.T) {
	for _, c := range []struct {
		name string
		a, b string
		want bool
	}{
		{"the same", minutesOf, minutesOf, true},
		{"other marks and blanks", minutesOf, strings.NewReplacer("，", " ", "。", "\n").Replace(minutesOf), true},
		{"one word changed", minutesOf, strings.Replace(minutesOf, "下月", "下周", 1), true},
		{"a sentence put in front of many", minutesOf, "4月。" + minutesOf, true},
		{"a third rewritten", minutesOf, strings.Replace(minutesOf, "大家一致认为要把学习成果用到为群众办实事上来", "陈静讲了老党员带徒弟的事情，李四说了窗口的难处", 1), false},
		{"the same words, twice as long", minutesOf, minutesOf + "随后参观了纪念馆，听讲解员讲述了革命先烈的事迹，在纪念碑前重温了入党誓词并合影留念，各自写下了感想。", false},
		{"another", minutesOf, "今天我们来到敬老院，为老人打扫房间、理发、包饺子，听老党员讲过去的故事，约定每季度来一次，名单由组织委员排定。", false},
		{"too short", "传达学习了上级文件精神", "传达学习了上级文件精神", false},
		{"nothing", "", "", false},
		{"39 characters", strings.Repeat("学", 39), strings.Repeat("学", 39), false},
		{"40 characters", strings.Repeat("学", 40), strings.Repeat("学", 40), true},
		{"Latin words are words", strings.Repeat("study meeting plan ", 4), strings.Repeat("STUDY meeting Plan ", 4), true},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, b := themeday.Shingles(c.a), themeday.Shingles(c.b)
			if got := themeday.Similar(a, b); got != c.want || themeday.Similar(b, a) != got {
				t.Errorf("got %v and %v, want %v", got, themeday.Similar(b, a), c.want)
			}
		})
	}
}

func TestSimilarityCountsWhatBothHave(t *testing.T) {
	run := func(from, to uint64) (out []uint64) {
		for ; from < to; from++ {
			out = append(out, from)
		}
		return out
	}
	for _, c := range []struct {
		name string
		a, b []uint64
		want bool
	}{
		{"80 of 100", run(0, 90), run(10, 100), true},
		{"79 of 100", run(0, 89), run(10, 100), false},
		{"8 of 10, the rest in one", run(0, 8), run(0, 10), true},
		{"7 of 10", run(0, 7), run(0, 10), false},
		{"nothing and something", nil, run(0, 10), false},
	} {
		if got := themeday.Similar(c.a, c.b); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
