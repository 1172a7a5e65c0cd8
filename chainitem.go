package themeday

import (
	"regexp"
	"strings"
)

// ChainStatus is what a line of a #接龙 says of somebody.
type ChainStatus int

// The statuses.
const (
	ChainIn ChainStatus = iota
	ChainLeave
)

// ChainEntry is a line of a #接龙 as understood.
type ChainEntry struct {
	Name   string   // of whom it speaks; empty when it names nobody
	For    []string // others for whom it was typed
	Status ChainStatus
	Reason string // of a leave
}

var (
	comingTail = regexp.MustCompile(`(?:已?签到|已?簽到|已到|到会|到會|参加|參加|出席|到|√|✓|✔|1)$`)
	leaveWord  = regexp.MustCompile(`(请假|請假|事假|病假|公出|出差|假)`)
	proxyFor   = regexp.MustCompile(`(?:代替?|帮|幫|替)[\s　]*([\p{Han}A-Za-z·]{2,20}?)(?:签到|簽到|签|簽|到|报到|報到)?$`)
	proxyBy    = regexp.MustCompile(`[（(]?[\s　]*([\p{Han}A-Za-z·]{2,20}?)[\s　]*(?:代签|代簽|代)[）)]?$`)
	nameMarks  = " 　,，、:：-—+＋（(）)"
)

// ReadItem reads the words of a line: 张三, 张三 到, 李四 请假 发烧, 李四 代王五到, 王五（李四代）. Names stay as they were written.
func ReadItem(text string) ChainEntry {
	text = strings.TrimFunc(CleanName(strings.Map(plainMark, text)), func(r rune) bool { return r == ' ' || r == '。' || r == '！' || r == '!' })
	if loc := leaveWord.FindStringIndex(text); loc != nil {
		name := strings.Trim(text[:loc[0]], nameMarks)
		reason := strings.Trim(text[loc[1]:], nameMarks)
		if word := text[loc[0]:loc[1]]; reason == "" && (word == "病假" || word == "公出" || word == "出差") {
			reason = word
		}
		return ChainEntry{Name: name, Status: ChainLeave, Reason: reason}
	}
	if loc := proxyFor.FindStringSubmatchIndex(text); loc != nil {
		return ChainEntry{Name: personIn(text[:loc[0]]), For: []string{text[loc[2]:loc[3]]}}
	}
	if loc := proxyBy.FindStringSubmatchIndex(text); loc != nil && loc[0] > 0 {
		return ChainEntry{For: []string{personIn(text[:loc[0]])}}
	}
	return ChainEntry{Name: personIn(text)}
}

// personIn is the name in what is left of a line.
func personIn(s string) string {
	s = strings.Trim(s, nameMarks)
	return strings.Trim(comingTail.ReplaceAllString(s, ""), nameMarks)
}

// plainMark drops pictures that people put behind their names.
func plainMark(r rune) rune {
	if r >= 0x1f000 && r <= 0x1faff || r >= 0x2600 && r <= 0x27bf && r != '√' && r != '✓' && r != '✔' {
		return -1
	}
	return r
}
