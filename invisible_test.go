package themeday_test

import (
	"strings"
	"testing"

	"themeday"
)

func TestNothingInvisibleIsLeftInAName(t *testing.T) {
	for raw, want := range map[string]string{
		"王强": "王强", "王\u200b强": "王强", "\u202e王强\u202c": "王强", "王\u2066强\u2069": "王强", "王\u061c强": "王强", "王\U000e0100强": "王强", "王\u3164强": "王强",
		"王\u2800强": "王 强", "王\u3000 强": "王 强", "王\u0085强": "王 强", "\x00王强\u009f": "王强", "\U000e0041王强": "王强",
		"王\u2028强": "王 强", "阿依古丽·买买提": "阿依古丽·买买提", "": "", "\u200b": "",
	} {
		if got := themeday.CleanName(raw); got != want {
			t.Errorf("CleanName(%+q) = %+q, want %+q", raw, got, want)
		}
		if got := themeday.Shown(raw); got != want {
			t.Errorf("Shown(%+q) = %+q, want %+q", raw, got, want)
		}
	}
}

func TestAnAnswerIsNeverTurnedRound(t *testing.T) {
	for raw, want := range map[string]string{
		"好\n的": "好\n的", "a\u202eb": "ab", "a\u2067b\u2069": "ab", "👨\u200d👩": "👨\u200d👩", "❤\ufe0f": "❤\ufe0f", "a\u200bb": "ab",
	} {
		if got := themeday.Upright(raw); got != want {
			t.Errorf("Upright(%+q) = %+q, want %+q", raw, got, want)
		}
	}
}

func TestNamesOfARosterThatReadLikeOthersAreRefusedOrCleanedAndItSaysSo(t *testing.T) {
	for cell, want := range map[string]string{
		"\uf9e1四":     "看着一样、其实不是一个字", // 李 of another standard
		"⽟兰":          "看着一样、其实不是一个字", // the radical
		"\U0002f8a6四": "看着一样、其实不是一个字",
		"Аnna Lee":    "混用了看着相像的外文字母",
		"王а强":         "混用了看着相像的外文字母",
	} {
		_, bad := themeday.ReadRoster(rosterRows("支部|姓名\n一支部|" + cell))
		if len(bad) != 1 || !strings.Contains(bad[0].Error(), want) {
			t.Errorf("%q: %v", cell, bad)
		}
	}
	r := mustReadRoster(t, "支部|姓名\n一支部|王\u200b强\n一支部|\u202e李四\u202c\n一支部|Анна Ли\n一支部|﨑田")
	if len(r.Notes) != 3 || !strings.Contains(r.Notes[0], "第2行姓名里有看不见的字符，已去掉：王强") || r.Lines[1].Name != "李四" {
		t.Errorf("notes %q, lines %+v", r.Notes, r.Lines)
	}
}
