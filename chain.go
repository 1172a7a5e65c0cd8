package themeday

import (
	"regexp"
	"strings"
	"time"
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
	chainStart = regexp.MustCompile(`(?i)^[\s\x{3000}]*[#＃](?:接龙|接龍|Group Note)`)
	chainLine  = regexp.MustCompile(`^[\s\x{3000}]*([0-9０-９]{1,3})[\s\x{3000}]*(?:[)）．.,~。，、:;\-_#@!&*%：；—！]|[\s\x{3000}])[\s\x{3000}]*(.*)$`)
	circled    = regexp.MustCompile(`^[\s\x{3000}]*([①-⑳])[\s\x{3000}.．、]*(.*)$`)
	exampleRow = regexp.MustCompile(`^(?:例|例如|如|格式|格式如)[\s\x{3000}]*[,.:，：、 \x{3000}](.+)$`)
)

// IsChain tells whether a text is a #接龙.
func IsChain(text string) bool { return chainStart.MatchString(text) }

// ParseChain reads the visible text of a #接龙, more tolerant than the client: other marks behind the numbers, ①, full-width digits.
// A line without a number belongs to the item above, until a blank line begins the tail. Too long a text is refused.
func ParseChain(text string) (Chain, error) {
	var c Chain
	text = strings.ReplaceAll(text, "\r\n", "\n")
	lines := strings.Split(text, "\n")
	if len(text) > maxChainBytes || len(lines) > maxChainLines {
		return c, Refuse(Invalid, R18, "接龙太长，请直接发：签到")
	}
	lines[0] = chainStart.ReplaceAllString(lines[0], "")
	tail := false
	for i, line := range lines {
		number, said, ok := readLine(line)
		switch {
		case ok && tail && number == 0, i == 0 && !ok:
			c.Header = join(c.Header, line)
		case ok:
			tail = false
			c.Items = append(c.Items, ChainItem{Number: number, Text: strings.TrimSpace(said)})
		case blank(line):
			tail = len(c.Items) > 0
		case len(c.Items) == 0:
			c.head(line)
		case tail:
			c.Tail = join(c.Tail, line)
		default:
			last := &c.Items[len(c.Items)-1]
			last.Text = join(last.Text, line)
		}
	}
	c.dropEmpty()
	return c, nil
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

func blank(s string) bool { return strings.Trim(s, " \t　") == "" }

func join(a, b string) string { return strings.TrimSpace(a + "\n" + strings.TrimSpace(b)) }

// readLine reads the number of an item and what stands behind it.
func readLine(line string) (int, string, bool) {
	if hit := circled.FindStringSubmatch(line); hit != nil {
		return int([]rune(hit[1])[0]-'①') + 1, hit[2], true
	}
	hit := chainLine.FindStringSubmatch(line + " ")
	if hit == nil {
		return 0, "", false
	}
	n := 0
	for _, r := range hit[1] {
		if r >= '０' {
			r = r - '０' + '0'
		}
		n = n*10 + int(r-'0')
	}
	return n, hit[2], true
}

var (
	aboutComing = []string{"签到", "簽到", "党日", "黨日", "到会", "到會", "参会", "參會", "报到", "報到", "出席", "活动", "活動", "会议", "會議"}
	aboutElse   = []string{"餐", "饭", "飯", "团购", "團購", "水果", "订购", "訂購", "拼车", "拼車", "物资", "物資", "报名", "報名"}
)

// Concerns tells whether a chain is about who has come: it says so, or says nothing at all.
func (c Chain) Concerns() bool {
	head := c.Header
	switch {
	case blank(head), contains(head, aboutComing[:2]):
		return true
	case contains(head, aboutElse):
		return false
	}
	return contains(head, aboutComing)
}

func contains(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
