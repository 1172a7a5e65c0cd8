package relay

import (
	"regexp"
	"strings"
	"time"

	"themeday"
)

// Said is one message of a pasted chat.
type Said struct {
	Name string    // as it stood before the text
	At   time.Time // when the copy tells it; zero otherwise
	Text string
	Own  bool // the words of who pastes, to the bot alone
}

var (
	oneLine  = regexp.MustCompile(`^\s*([^:：\s][^:：]{0,39}?)\s*[:：]\s*(\S.*)$`)
	headOnly = regexp.MustCompile(`^\s*([^:：\s][^:：]{0,39}?)\s*[:：]\s*$`)
	headTime = regexp.MustCompile(`^\s*(\S.{0,39}?)[ \t　]+((?:\d{4}[-/年]\d{1,2}[-/月]\d{1,2}日?[ \t]+)?\d{1,2}:\d{2}(?::\d{2})?)\s*$`)
	groupRow = regexp.MustCompile(`^\s*\[([^\]]+)\]\s*$`)
	inGroup  = regexp.MustCompile(`^\s*\[([^\]]+)\]\s*(\S.*)$`)
)

// paste reads pasted chat line by line: `姓名: 文字`, or WeChat's copy of several messages, in which a line with the name, alone or with a
// time, stands above the text. Only names that are known begin a message: a text may hold colons too.
type paste struct {
	known func(name string) bool
	zone  *time.Location
	now   time.Time

	open *Said
}

// line takes a line; it gives a message when one is complete, and tells whether the line was understood.
func (p *paste) line(line string) (done []Said, understood bool) {
	line = strings.TrimRight(line, " \t\r")
	if strings.TrimSpace(line) == "" {
		if p.open != nil && themeday.IsChain(p.open.Text) { // its items stand below a blank line
			p.open.Text += "\n"
			return nil, true
		}
		return p.flush(), true
	}
	if name, at, ok := p.head(line); ok {
		done = p.flush()
		p.open = &Said{Name: name, At: at}
		return done, true
	}
	if hit := oneLine.FindStringSubmatch(line); hit != nil && p.known(hit[1]) {
		done = p.flush()
		return append(done, Said{Name: hit[1], Text: hit[2]}), true
	}
	if p.open == nil {
		return nil, false
	}
	p.open.Text = strings.TrimSpace(p.open.Text + "\n" + line)
	return nil, true
}

// head reads a line that only says who speaks, perhaps when.
func (p *paste) head(line string) (name string, at time.Time, ok bool) {
	if hit := headOnly.FindStringSubmatch(line); hit != nil && p.known(hit[1]) {
		return hit[1], time.Time{}, true
	}
	if hit := headTime.FindStringSubmatch(line); hit != nil && p.known(hit[1]) {
		return hit[1], p.time(hit[2]), true
	}
	return "", time.Time{}, false
}

// time reads the time of a copied message, of today where it names no day; one that lies ahead counts as now.
func (p *paste) time(text string) time.Time {
	text = strings.NewReplacer("年", "-", "月", "-", "日", "", "/", "-").Replace(text)
	for _, form := range []string{"2006-1-2 15:04:05", "2006-1-2 15:04", "15:04:05", "15:04"} {
		at, err := time.ParseInLocation(form, text, p.zone)
		if err != nil {
			continue
		}
		if at.Year() == 0 {
			day := p.now.In(p.zone)
			at = time.Date(day.Year(), day.Month(), day.Day(), at.Hour(), at.Minute(), at.Second(), 0, p.zone)
		}
		if at.After(p.now) {
			return p.now
		}
		return at
	}
	return time.Time{}
}

// flush gives the message that stands open, if it has a text.
func (p *paste) flush() []Said {
	open := p.open
	p.open = nil
	if open == nil || open.Text == "" {
		return nil
	}
	return []Said{*open}
}
