package themeday

import (
	"regexp"
	"strings"
	"unicode"
)

// The words behind a name in a #接龙. What is in none of the tables is not understood, and signs nobody in.
var (
	comingWord = regexp.MustCompile(`^(?:本人)?(?:(?:已经?|都)? ?(?:签到|簽到|报到|報到|到会|到會|到场|到場|参会|參會|参加|參加|出席|签|簽|到|来|來)[了啦]?|✓|[1１])`)
	officeWord = regexp.MustCompile(`^(?:支部|党支部|黨支部|组织|組織|宣传|宣傳|纪检|紀檢|青年|第?[一二三四五六七八九十0-9]{0,3}(?:党|黨)?小?)?(?:副?(?:书记|書記)|支委|委员|委員|记录员|記錄員|副?[组組][长長]|(?:正式|预备|預備)?(?:党员|黨員)|同志|积极分子|積極分子|入党积极分子|发展对象|發展對象|[团團][员員]|群众|群眾|本人)`)
	leaveWord  = regexp.MustCompile(`[请請](?:了|个|個|一天|半天|[病事年产產婚丧喪公休]){0,2}假|[病事年产產婚丧喪公休]假|因公(?:出差|外出)|公出|出差`)
	bareLeave  = regexp.MustCompile(`^假(?:$|[ ，,：:（(])`)
	notLeave   = regexp.MustCompile(`[不没沒未无無免销銷]|可能|也许|也許|待定`)
	leaveOver  = regexp.MustCompile(`^(?:了|已经?|已經|刚|剛|假期)*(?:结束|結束|取消|回[来來]|返回|归来|歸來|待定)`)
	counted    = regexp.MustCompile(`^ *(?:[+＋]|[-－—] *[0-9０-９])`)
	leaveLead  = regexp.MustCompile(`^(?:(?:已经?|因为?|因為|由于|由於|需要?|要|想|申请|申請|特|向[组組][织織]|向[书書][记記]|本人|今天|今日)[ ，,：:]*)+`)
	doubtWord  = regexp.MustCompile(`^(?:不|没|沒|未|无法|無法|无|無|待定|待|晚|迟|遲|稍|可能|也许|也許|应该|應該|看情况|看情況|尽量|盡量|路上|在路|马上|馬上|堵车|堵車|线上|線上|来不|來不|去不|到不|去|缺席|有事|生病|住院|感冒|发烧|發燒|隔离|隔離|忙|病|否|收到|明天|下次|销假|銷假|补|補|假)`)
	bracketed  = regexp.MustCompile(`^ *[（(][^（）()]+[）)]?$`)
	absentWord = regexp.MustCompile(`[不没沒未无無否缺假休停请請销銷?？吗嗎]|待|可能|也许|也許|或|尽量|儘量|盡量|争取|爭取|应该|應該|看情况|看情況|回头|下次|出差|外出|住院|隔离|隔離`)
	proxyWord  = regexp.MustCompile(`^(?:[（(][ ]*)?(?:代替?|帮忙?|幫忙?|替)[ ]*([^ ].*?)[）)]*$`)
	proxyBy    = regexp.MustCompile(`^[（( ]*(?:由|请|請)?[ ]*([\p{L}·•]{2,20}?)?[ ]*(?:代|(?:代替?|帮忙?|幫忙?|替)(?:签到|簽到|签|簽|报到|報到|到))[）) ]*$`)
)

// notComing tells whether a remark says, or leaves open, that somebody does not come.
func notComing(remark string) bool {
	return absentWord.MatchString(remark) || strings.ContainsFunc(remark, doubtful)
}

// smallTalk is what people say in a list without naming anybody.
var smallTalk = map[string]bool{
	"收到": true, "好的": true, "谢谢": true, "謝謝": true, "辛苦了": true, "知道了": true, "同上": true, "以上": true, "以下": true,
	"完毕": true, "完畢": true, "暂无": true, "暫無": true, "ok": true, "OK": true, "Ok": true, "哈哈": true, "加油": true, "大家好": true, "姓名": true,
}

// notInNames are letters that speak against a word being the name of somebody who is not on the roster.
const notInNames = "不没沒未晚迟遲待稍假否吗嗎呢再看去能到病等差忙了的请請签簽代替"

// couldBeName tells whether a word that is on no roster may be somebody's name: he is shown to the secretary, nothing more.
func couldBeName(s string) bool {
	letters := []rune(s)
	if smallTalk[s] || len(letters) < 2 || strings.ContainsAny(s, notInNames) {
		return false
	}
	han := 0
	for _, r := range letters {
		switch {
		case unicode.Is(unicode.Han, r):
			han++
		case r != '·' && r != '•' && r != ' ' && !unicode.IsLetter(r):
			return false
		}
	}
	switch {
	case strings.ContainsAny(s, "·•"):
		return len(letters) <= 20
	case han > 0:
		return han == len(letters) && han <= 4
	}
	return len(letters) <= 20
}

// wechatFace is one of WeChat's own emoticons as it stands in a text: [强], [玫瑰].
var wechatFace = regexp.MustCompile(`\[(?:(强|強|OK|ThumbsUp)|玫瑰|微笑|呲牙|鼓掌|握手|爱心|愛心|抱拳|胜利|勝利|加油|耶|庆祝|慶祝|太阳|太陽|愉快|憨笑|拥抱|擁抱|合十|嘿哈|奋斗|奮鬥|得意|调皮|調皮|偷笑)\]`)

// Pictures that mean coming, and pictures after which nobody can say whether he comes.
const (
	comingPictures = "√✔✅☑👍👌"
	doubtPictures  = "❌❎✖✗✘✕🚫🙅👎⛔❓❔🤔🤷😷🤒🤕🤧🤢🤮🏥✈🛫🛬⏰⏱⏲⏳⌛🕰😭😢😴💤💊💉🛌🏃🚶☒☓🈚🈲☹🏳⬜☐⚠"
)

// doubtful tells whether a picture leaves it open: a cross, a question, a sickbed, a clock, a journey.
func doubtful(r rune) bool {
	return strings.ContainsRune(doubtPictures, r) || r >= 0x1f550 && r <= 0x1f567 || r >= 0x1f681 && r <= 0x1f6a8
}

// plainPictures turns pictures of coming into ✓, leaves the doubtful ones, and drops the rest, which people put behind their names.
func plainPictures(s string) string {
	s = wechatFace.ReplaceAllStringFunc(s, func(face string) string {
		if wechatFace.FindStringSubmatch(face)[1] != "" {
			return "✓"
		}
		return ""
	})
	return strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune(comingPictures, r):
			return '✓'
		case r == '✓' || doubtful(r):
			return r
		case r >= 0x1f000 && r <= 0x1faff, r >= 0x2600 && r <= 0x27bf, r >= 0x2b00 && r <= 0x2bff, r >= 0x2300 && r <= 0x23ff, r == 0x20e3:
			return -1
		}
		return r
	}, s)
}

// lineEnds makes all ends of lines one.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n", "\v", "\n", "\f", "\n")

// visible drops what cannot be seen, keeps the ends of lines, and mends broken letters.
func visible(s string) string {
	s = lineEnds.Replace(strings.ToValidUTF8(s, "�"))
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.Is(unicode.Zs, r), r == '\t':
			return ' '
		case unicode.Is(unicode.Cf, r), unicode.IsControl(r), unicode.Is(unicode.Variation_Selector, r), r == 0x115f, r == 0x1160, r == 0x3164, r == 0xffa0, r == 0x34f:
			return -1
		}
		return r
	}, s)
}
