package themeday

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// ChainStatus is what a line of a #接龙 says of somebody.
type ChainStatus string

// The statuses.
const (
	ChainIn      ChainStatus = "in"      // he has come: the bare name, or a plain word of coming behind it
	ChainLeave   ChainStatus = "leave"   // he asks for leave
	ChainRemark  ChainStatus = "remark"  // a known name with a remark in brackets, of which the secretary makes what he can: 王五（在家看直播）
	ChainUnclear ChainStatus = "unclear" // anything else: nobody is signed in, and nothing is claimed
)

// ChainEntry is a line of a #接龙 as understood.
type ChainEntry struct {
	Name   string   // of whom it speaks; empty when it names nobody
	With   []string // others named beside him, on a footing with him: 张三、李四
	For    []string // others for whom it was typed: 张三代李四
	Status ChainStatus
	Reason string // of a leave
}

const (
	maxItemLetters = 300 // twice the client's limit
	maxNameLetters = 40
	nameMarks      = " ，,、:：;；-—_+＋（(）)@."
	lastMarks      = " 。！!~～.，,、;；"
)

// nameBook tells whether a text is a name that is known in the branch.
type nameBook func(string) bool

// ReadItem reads the words of a line: 张三, 张三 到, 李四 请假 发烧, 李四 代王五到, 王五（李四代）. Names stay as they were written.
func ReadItem(text string) ChainEntry { return readItem(text, func(string) bool { return false }) }

// readItem reads a line in a branch, where names may be anything that is known there: 办公室-张三, 王小到.
func readItem(text string, known nameBook) ChainEntry {
	text = CleanName(strings.ReplaceAll(visible(text), "\n", " "))
	if known(text) {
		return ChainEntry{Name: text, Status: ChainIn}
	}
	text = strings.TrimSpace(strings.TrimRight(plainPictures(text), lastMarks))
	text = strings.TrimLeft(text, "@ ")
	if text == "" || utf8.RuneCountInString(text) > maxItemLetters {
		return ChainEntry{Status: ChainUnclear}
	}
	name, rest := splitName(behindComing(text, known), known)
	e := judge(rest, name != "", known)
	switch {
	case e.Status == ChainUnclear && known(name) && bracketed.MatchString(rest) && !notComing(rest):
		return ChainEntry{Name: name, Status: ChainRemark}
	case e.Status == ChainUnclear:
		return ChainEntry{Name: name, Status: ChainUnclear}
	case e.Name == byProxy:
		return ChainEntry{For: []string{name}, Status: ChainIn}
	}
	e.Name = name
	return e
}

// splitName cuts a line behind the name that it begins with; a line that names nobody has none.
func splitName(text string, known nameBook) (name, rest string) {
	letters := []rune(text)
	for n := min(len(letters), maxNameLetters); n > 1; n-- {
		head, tail := string(letters[:n]), letters[n:]
		if known(head) && !longerName(head, string(tail)) {
			return head, string(tail)
		}
	}
	if understood(text) && !proxyBy.MatchString(text) {
		return "", text
	}
	n := 0
	for n < min(len(letters), maxNameLetters) && (unicode.IsLetter(letters[n]) || letters[n] == '·' || letters[n] == '•' || latinBlank(letters, n)) {
		n++
		if n > 1 && n < len(letters) && understood(string(letters[n:])) {
			break
		}
	}
	if name = string(letters[:n]); !couldBeName(name) {
		return "", text
	}
	return name, string(letters[n:])
}

// behindComing gives the known name that a line has behind its word of coming: 签到：张三, ✓张三.
func behindComing(text string, known nameBook) string {
	if t := strings.TrimLeft(dropComing(text), nameMarks); t != text && startsKnown(t, known) && !startsKnown(text, known) {
		return t
	}
	return text
}

// longerName: behind a known name one more letter stands that makes it somebody else's: 张三 in 张三丰.
func longerName(name, tail string) bool {
	r, size := utf8.DecodeRuneInString(tail)
	if size != len(tail) || !unicode.Is(unicode.Han, r) || strings.ContainsRune(notInNames, r) {
		return false
	}
	return utf8.RuneCountInString(name) == 2 && couldBeName(name+tail) && !understood(tail)
}

// latinBlank: a blank between Latin words belongs to the name: Zhang San.
func latinBlank(letters []rune, n int) bool {
	return letters[n] == ' ' && n > 0 && n+1 < len(letters) && latin(letters[n-1]) && latin(letters[n+1])
}

func latin(r rune) bool { return unicode.Is(unicode.Latin, r) }

// understood tells whether a text begins with one of the words that stand behind names.
func understood(s string) bool {
	if loc := comingWord.FindString(s); loc != "" && allComing(s) {
		return true
	}
	if loc := leaveWord.FindStringIndex(s); loc != nil && loc[0] == 0 {
		return true
	}
	if head := leaveLead.FindString(s); head != "" && leaveWord.MatchString(s) {
		return true
	}
	return bareLeave.MatchString(s) || doubtWord.MatchString(s) || proxyWord.MatchString(s) || proxyBy.MatchString(s) || officeOnly(s)
}

func officeOnly(s string) bool {
	loc := officeWord.FindStringIndex(s)
	return loc != nil && (loc[1] == len(s) || allComing(s[loc[1]:]))
}

// allComing tells whether a text holds nothing but words of coming and offices.
func allComing(s string) bool {
	for {
		s = strings.Trim(s, nameMarks)
		if s == "" {
			return true
		}
		n := len(comingWord.FindString(s))
		if n == 0 {
			n = len(officeWord.FindString(s))
		}
		if n == 0 {
			return false
		}
		if r, _ := utf8.DecodeRuneInString(s[n:]); s[:n] == "1" && unicode.IsDigit(r) {
			return false
		}
		s = s[n:]
	}
}

// byProxy is the name of an entry whose name was typed by somebody else: 王五（李四代签）.
const byProxy = "\x00"

// judge reads what stands behind a name.
func judge(rest string, named bool, known nameBook) ChainEntry {
	unclear := ChainEntry{Status: ChainUnclear}
	if counted.MatchString(rest) || !named && strings.Trim(rest, nameMarks) == "" {
		return unclear
	}
	if allComing(rest) {
		return ChainEntry{Status: ChainIn}
	}
	if others, ok := listed(rest, known); ok && named {
		return ChainEntry{With: others, Status: ChainIn}
	}
	rest = dropOffice(rest)
	if named && proxyBy.MatchString(rest) && !known(strings.Trim(rest, nameMarks)) {
		return ChainEntry{Name: byProxy, Status: ChainIn}
	}
	if hit := proxyWord.FindStringSubmatch(strings.TrimLeft(dropComing(rest), nameMarks)); hit != nil {
		if others := proxied(hit[1], known); len(others) > 0 {
			return ChainEntry{For: others, Status: ChainIn}
		}
		return unclear
	}
	return judgeLeave(rest, known)
}

// dropOffice cuts an office off the front: 书记 请假.
func dropOffice(s string) string {
	t := strings.TrimLeft(s, nameMarks)
	if loc := officeWord.FindStringIndex(t); loc != nil {
		return strings.TrimLeft(t[loc[1]:], nameMarks)
	}
	return s
}

// dropComing cuts words of coming off the front: 到，代王五.
func dropComing(s string) string {
	for {
		t := strings.TrimLeft(s, nameMarks)
		n := len(comingWord.FindString(t))
		if n == 0 {
			return s
		}
		s = t[n:]
	}
}

// listed reads the names behind a mark of listing: 、李四、王五 到. Every one of them has to be a name.
func listed(rest string, known nameBook) ([]string, bool) {
	rest = strings.TrimSpace(rest)
	for _, and := range []string{"和", "与", "與", "跟"} {
		if t, ok := strings.CutPrefix(rest, and); ok && startsKnown(t, known) {
			rest = "、" + t
		}
	}
	if !strings.ContainsAny(firstLetter(rest), "、/&＆/") && !startsKnown(rest, known) {
		return nil, false
	}
	return names(rest, known)
}

func firstLetter(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

func startsKnown(s string, known nameBook) bool {
	letters := []rune(strings.TrimLeft(s, nameMarks))
	for n := min(len(letters), maxNameLetters); n > 1; n-- {
		if known(string(letters[:n])) {
			return true
		}
	}
	return false
}

// names reads names with marks between them, of which each may have a word of coming behind it.
func names(s string, known nameBook) ([]string, bool) {
	var out []string
	for _, piece := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("、/&＆/，,", r) }) {
		for piece = strings.Trim(piece, nameMarks); piece != ""; {
			name, rest := splitName(piece, known)
			if name == "" && len(out) > 0 && allComing(rest) {
				break
			}
			if name == "" {
				return nil, false
			}
			out = append(out, name)
			if allComing(rest) {
				break
			}
			if rest = strings.Trim(rest, nameMarks); !startsKnown(rest, known) {
				return nil, false
			}
			piece = rest
		}
	}
	return out, len(out) > 0
}

// proxied reads for whom somebody signs: 王五到, 王五、赵六签到.
func proxied(s string, known nameBook) []string {
	out, ok := names(s, known)
	if !ok {
		return nil
	}
	return out
}

// judgeLeave reads a request for leave, with its reason before or behind: 因发烧请假, 请假（发烧）.
func judgeLeave(rest string, known nameBook) ChainEntry {
	rest = strings.Trim(rest, " ，,、:：;；-—")
	trimmed := strings.Trim(rest, nameMarks)
	if !strings.ContainsAny(trimmed, "❌❎✖✗✘✕🚫❓❔🤔🤷") {
		trimmed = strings.Trim(strings.Map(dropDoubt, trimmed), nameMarks)
	}
	loc := leaveWord.FindStringIndex(trimmed)
	if loc == nil && bareLeave.MatchString(trimmed) {
		loc = []int{0, len("假")}
	}
	if loc == nil {
		return ChainEntry{Status: ChainUnclear}
	}
	word := trimmed[loc[0]:loc[1]]
	lead := strings.Trim(leaveLead.ReplaceAllString(trimmed[:loc[0]], ""), nameMarks)
	why := strings.Trim(trimmed[loc[1]:], nameMarks)
	if notLeave.MatchString(trimmed[:loc[0]]) || strings.ContainsAny(trimmed, "?？吗嗎✓❌❎✖✗✘✕🚫❓❔🤔🤷") || comingWord.MatchString(lead) || startsKnown(lead, known) || startsKnown(why, known) || leaveOver.MatchString(why) {
		return ChainEntry{Status: ChainUnclear}
	}
	reason := strings.Trim(lead+" "+why, " ")
	if reason == "" && !strings.ContainsAny(word, "请請") && (strings.Contains(word, "病") || strings.Contains(word, "出")) {
		reason = word
	}
	return ChainEntry{Status: ChainLeave, Reason: reason}
}

// dropDoubt drops the pictures that say nothing beside a request in words: 请假🤒.
func dropDoubt(r rune) rune {
	if doubtful(r) {
		return -1
	}
	return r
}
