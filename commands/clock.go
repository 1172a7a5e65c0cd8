package commands

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

const spokenHour = `(上午|早上|早晨|凌晨|中午|下午|晚上|傍晚)?\s*(\d{1,2}|[二两兩三四五六七八九]|十[一二]?|一)(?:[:：](\d{2})|[点點时時](半|\d{1,2})?分?整?)`

var (
	spokenTime = regexp.MustCompile(spokenHour + `(?:\s*(?:-|–|—|~|至|到)+\s*` + spokenHour + `)?`)
	spokenDate = regexp.MustCompile(`^(十[一二]?|[一二三四五六七八九])月(?:份)?([一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])[日号號]`)
)

// plainTimes writes the first time or span of a text in figures: 下午2点到6点 becomes 14:00-18:00. What is no time of a day stays as it is.
func plainTimes(text string) string {
	at := spokenTime.FindStringSubmatchIndex(text)
	if at == nil {
		return text
	}
	hit := spokenTime.FindStringSubmatch(text)
	from := hourOf(hit[1], hit[2])
	out := fmt.Sprintf("%d:%s", from, minuteOf(hit[3], hit[4]))
	if hit[6] != "" {
		to := hourOf(hit[5], hit[6])
		if hit[5] == "" && hit[1] != "" && to <= from && to <= 12 {
			to += 12
		}
		out += fmt.Sprintf("-%d:%s", to, minuteOf(hit[7], hit[8]))
	}
	before, behind := text[:at[0]], text[at[1]:]
	if before != "" && !strings.HasSuffix(before, " ") {
		before += " "
	}
	if behind != "" && !strings.HasPrefix(behind, " ") {
		behind = " " + behind
	}
	return before + out + behind
}

// hourOf is the hour of 下午2 or 两.
func hourOf(half, said string) int {
	h := number(said)
	if (half == "下午" || half == "晚上" || half == "傍晚") && h < 12 || half == "中午" && h < 3 {
		h += 12
	}
	return h
}

func minuteOf(colon, word string) string {
	switch {
	case colon != "":
		return colon
	case word == "半":
		return "30"
	case word == "":
		return "00"
	}
	return fmt.Sprintf("%02d", number(word))
}

// plainDate writes a leading 三月二十日 in figures.
func plainDate(text string) string {
	hit := spokenDate.FindStringSubmatch(text)
	if hit == nil {
		return text
	}
	return fmt.Sprintf("%d月%d日%s", number(hit[1]), number(hit[2]), text[len(hit[0]):])
}

// number reads figures and Chinese numbers below a hundred.
func number(s string) int {
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	one := map[rune]int{'一': 1, '二': 2, '两': 2, '兩': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9}
	n := 0
	for _, r := range s {
		switch {
		case r == '十' && n == 0:
			n = 10
		case r == '十':
			n *= 10
		default:
			n += one[r]
		}
	}
	return n
}
