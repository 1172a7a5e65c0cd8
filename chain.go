package themeday

import (
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Chain is a #接龙: a list that everybody sends again with his own line added. Its copies fork.
type Chain struct {
	Header, Example, Tail string
	Items                 []ChainItem
}

// ChainItem is a line of it.
type ChainItem struct {
	Number int
	Text   string
	Adder  string    // who added it, by the network's own id; empty when the text alone is known
	At     time.Time // when; zero when unknown
}

// The limits of a #接龙, twice those of the client.
const (
	maxChainLines = 1000
	maxChainBytes = 64 << 10
)

var (
	chainStart = regexp.MustCompile(`(?i)^[\s\x{3000}]*[#＃][\s\x{3000}]*(?:接龙|接龍|Group Note)`)
	markedLine = regexp.MustCompile(`^[ (（【\[]*([0-9０-９]{1,3}) ?\x{20e3}?[ ]*[)）．.,~。，、:;\-_#@!&*%：；—！】\]][ ]*(.*)$`)
	keycapLine = regexp.MustCompile(`^ *([0-9]{1,3})\x{20e3}[ ]*(.*)$`)
	spacedLine = regexp.MustCompile(`^ *([0-9０-９]{1,3}) (.*)$`)
	gluedLine  = regexp.MustCompile(`^ *([0-9０-９]{1,3})([\p{Han}\p{Latin}@].*)$`)
	exampleRow = regexp.MustCompile(`^(?:例|例如|如|格式|格式如) *[,.:，：、 ](.+)$`)
)

// circles are the numbers that are one letter: the first of each row, what it counts, and how many there are.
var circles = []struct {
	first rune
	count int
	size  rune
}{{'①', 1, 20}, {'㉑', 21, 15}, {'㊱', 36, 15}, {'❶', 1, 10}, {'⑴', 1, 20}, {'⒈', 1, 20}}

// IsChain tells whether a text is a #接龙.
func IsChain(text string) bool {
	if len(text) > 256 {
		text = text[:256]
	}
	return chainStart.MatchString(visible(text))
}

// ParseChain reads the visible text of a #接龙, more tolerant than the client: other marks behind the numbers, ①, full-width digits.
// A line without a number belongs to the item above, until a blank line begins the tail. Too long a text is refused.
func ParseChain(text string) (Chain, error) {
	if len(text) > maxChainBytes {
		return Chain{}, errChainLong()
	}
	lines := strings.Split(visible(text), "\n")
	if len(lines) > maxChainLines {
		return Chain{}, errChainLong()
	}
	lines[0] = chainStart.ReplaceAllString(lines[0], "")
	r := chainReader{}
	for i, line := range lines {
		r.read(line, i == 0)
	}
	r.dropEmpty()
	return r.Chain, nil
}

func errChainLong() error { return Refuse(Invalid, R18, "接龙太长，请直接发：签到") }

// chainReader is a chain while it is being read.
type chainReader struct {
	Chain
	tail bool // a blank line stands behind the last item
	last int  // the number of the last item
}

func (r *chainReader) read(line string, first bool) {
	number, said, ok := r.item(line)
	switch {
	case ok:
		r.tail, r.last = false, number
		r.Items = append(r.Items, ChainItem{Number: number, Text: strings.TrimSpace(said)})
	case first:
		r.Header = join(r.Header, line)
	case blank(line):
		r.tail = len(r.Items) > 0
	case len(r.Items) == 0:
		r.head(line)
	case r.tail:
		r.Tail = join(r.Tail, line)
	default:
		last := &r.Items[len(r.Items)-1]
		last.Text = join(last.Text, line)
	}
}

// item reads the number of an item and what stands behind it. A number with only a blank behind it, or nothing, counts where it carries on
// the list: 2 楼会议室 and 3月13日 are no items, and neither are 14:30 and 3.13.
func (r *chainReader) item(line string) (int, string, bool) {
	if n, rest, ok := circled(line); ok {
		return n, rest, true
	}
	for _, row := range []*regexp.Regexp{keycapLine, markedLine} {
		if hit := row.FindStringSubmatch(line); hit != nil && !moreDigits(line, hit[2]) {
			return digits(hit[1]), hit[2], true
		}
	}
	hit := spacedLine.FindStringSubmatch(line + " ")
	if hit != nil {
		n := digits(hit[1])
		return n, hit[2], (!r.tail || n == r.last+1) && !unitBehind(hit[2])
	}
	if hit = gluedLine.FindStringSubmatch(line); hit != nil {
		n := digits(hit[1])
		return n, hit[2], n == r.last+1 && !unitBehind(hit[2])
	}
	return 0, "", false
}

// moreDigits: a digit stands at once behind the number's mark, so that it is a date or a time.
func moreDigits(line, rest string) bool {
	before := strings.TrimSuffix(line, rest)
	return rest != "" && before == strings.TrimRight(before, " ") && unicode.IsDigit([]rune(rest)[0])
}

// unitBehind: what follows makes the number a date, a place or a count: 3 月, 2 楼.
func unitBehind(rest string) bool {
	rest = strings.TrimSpace(rest)
	return rest != "" && strings.ContainsRune("年月日号號时時点點分秒楼樓层層室栋棟支人名个個位次周週天元份", []rune(rest)[0])
}

func circled(line string) (int, string, bool) {
	line = strings.TrimLeft(line, " ")
	first, size := utf8.DecodeRuneInString(line)
	for _, c := range circles {
		if first >= c.first && first < c.first+c.size {
			return c.count + int(first-c.first), strings.TrimLeft(line[size:], " .．、"), true
		}
	}
	return 0, "", false
}

// digits reads at most three digits, full-width ones too.
func digits(s string) int {
	n := 0
	for _, r := range s {
		if r >= '０' {
			r = r - '０' + '0'
		}
		n = n*10 + int(r-'0')
	}
	return n
}

func (c *Chain) head(line string) {
	if ex := exampleRow.FindStringSubmatch(strings.TrimSpace(line)); ex != nil && c.Example == "" {
		c.Example = strings.TrimSpace(ex[1])
		return
	}
	c.Header = join(c.Header, line)
}

// dropEmpty forgets the placeholder that an empty chain begins with.
func (c *Chain) dropEmpty() {
	var kept []ChainItem
	for _, i := range c.Items {
		if i.Text != "" {
			kept = append(kept, i)
		}
	}
	c.Items = kept
}

func blank(s string) bool { return strings.TrimSpace(s) == "" }

func join(a, b string) string { return strings.TrimSpace(a + "\n" + strings.TrimSpace(b)) }

var (
	signing     = []string{"签到", "簽到"}
	aboutComing = []string{"签到", "簽到", "党日", "黨日", "到会", "到會", "参会", "參會", "报到", "報到", "到场", "到場", "出席", "活动", "活動", "会议", "會議", "开会", "開會"}
	// aboutThings: a list about a thing, or about those who do not come, is never about who has come.
	aboutThings = []string{
		"餐", "饭", "飯", "聚会", "聚會", "宴", "饮料", "飲料", "奶茶", "咖啡", "水果", "蛋糕", "团购", "團購", "订购", "訂購", "订票", "訂票", "购票", "購票", "拼团", "拼團", "采购", "採購", "购买", "購買",
		"拼车", "拼車", "乘车", "乘車", "坐车", "坐車", "车辆", "車輛", "车位", "車位", "车牌", "車牌", "班车", "班車", "大巴", "住宿", "房间", "房間", "酒店", "物资", "物資", "领取", "領取", "礼品", "禮品",
		"疫苗", "接种", "接種", "核酸", "体温", "體溫", "体检", "體檢", "献血", "獻血", "捐", "党费", "黨費", "缴费", "繳費", "交费", "費用", "费用", "收款", "尺码", "尺碼", "服装", "服裝", "衣服", "团建", "團建", "旅游", "旅遊",
		"生日", "电话", "電話", "手机", "手機", "身份证", "身份證", "心得", "作业", "作業", "答题", "答題", "学习强国", "學習強國", "球赛", "球賽",
		"未签到", "未簽到", "没签到", "沒簽到", "不能签到", "不能簽到", "补签", "補簽", "代签", "代簽", "忘记签到", "忘記簽到",
	}
	// aboutPlans: a list about what is to come or to be chosen, unless it says that it is for signing in.
	aboutPlans = []string{
		"报名", "報名", "投票", "意向", "测评", "測評", "评议", "評議", "请假", "請假", "缺席", "不参加", "不參加", "不能", "无法", "無法", "不来", "不來", "不到", "未到", "没到", "沒到",
		"补课", "補課", "补学", "補學", "征集", "徵集", "调查", "調查",
	}
	asides = regexp.MustCompile(`[（(][^（()）]*[)）]`)
)

// Concerns tells whether a chain is about who has come: it says so in its title, or says nothing at all. 午餐签到 is about lunch;
// 主题党日签到（会后用餐） is about coming.
func (c Chain) Concerns() bool {
	if blank(c.Header) {
		return !c.speaksOfThings()
	}
	title, _, _ := strings.Cut(strings.TrimSpace(asides.ReplaceAllString(visible(c.Header), "")), "\n")
	if contains(title, signing) {
		return !contains(title, aboutThings)
	}
	return contains(c.Header, aboutComing) && !contains(c.Header, aboutThings) && !contains(c.Header, aboutPlans)
}

// speaksOfThings: a chain without a header may have its title in the first line, in the example or below the list.
func (c Chain) speaksOfThings() bool {
	if contains(c.Example, aboutThings) || contains(c.Tail, aboutThings) {
		return true
	}
	if len(c.Items) == 0 {
		return false
	}
	first := c.Items[0].Text
	return ReadItem(first).Status == ChainUnclear && (contains(first, aboutThings) || contains(first, aboutPlans))
}

func contains(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
