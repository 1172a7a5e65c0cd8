package wechat

import (
	"html"
	"regexp"
	"strings"
	"unicode"
)

// maxContent bounds what is read of one message, in bytes; the longest that a client sends, a #接龙 of hundreds, is far below.
const maxContent = 512 << 10

var (
	lineBreak  = regexp.MustCompile(`<br ?/?>`)
	escaped    = regexp.MustCompile(`&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});`)
	userName   = regexp.MustCompile(`^@[0-9A-Za-z]+$`)
	oldQuoting = regexp.MustCompile(`(?s)^「.*」\n(?:- ){4,}-?\n(.*)$`)
)

// senderMark stands in a group's message between who wrote it and what he wrote.
const senderMark = ":<br/>"

// cutSender takes the sender's UserName off a group's message. It cuts once, at the first mark, and only what looks like a UserName:
// 请假:<br/>事由:<br/>发烧 is all text.
func cutSender(content string) (sender, body string) {
	before, after, ok := strings.Cut(content, senderMark)
	if !ok || !userName.MatchString(before) {
		return "", content
	}
	return before, after
}

// Text is what a person wrote, from a message's content behind the sender: with lines, emoji and signs as he typed them, every blank a
// space, nothing invisible, trimmed. Chinese letters and punctuation stay as they are.
func Text(body string) string { return tidy(unwire(body)) }

// unwire undoes what Web WeChat does to a text, in its order: what somebody typed to look like markup is still escaped while the markup
// is read, so that it comes out as he typed it. Blanks stay: the places of a #接龙 count them.
func unwire(s string) string {
	s = strings.ToValidUTF8(s, "")
	s = lineBreak.ReplaceAllString(s, "\n")
	s = emojis(s)
	s = escaped.ReplaceAllStringFunc(s, unescape)
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' {
			return -1
		}
		return r
	}, s)
}

// unescape reads one entity. One without a semicolon is none: ?a=1&copy=2 is an address.
func unescape(entity string) string {
	if s := html.UnescapeString(entity); s != "\uFFFD" {
		return s
	}
	return "" // &#0; and its like
}

var oneLineEnd = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n")

// tidy folds every blank to a space, drops what nobody sees and trims.
func tidy(s string) string {
	s = closeMentions(oneLineEnd.Replace(s))
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t', unicode.Is(unicode.Zs, r):
			return ' '
		case unseen(r):
			return -1
		}
		return r
	}, s))
}

// unseen letters show nothing: zero-width and direction marks, controls, the Hangul fillers that people take for an empty name.
func unseen(r rune) bool {
	switch r {
	case 0x115F, 0x1160, 0x3164, 0xFFA0, 0x034F:
		return true
	}
	return unicode.Is(unicode.Cf, r) || unicode.IsControl(r)
}

// mentionEnd is the blank that the client sets behind a mention.
const mentionEnd = "\u2005"

// maxMentions bounds the mentions that are closed up.
const maxMentions = 20

// closeMentions closes up the names of the mentions that a text begins with, since they end at the first blank once every blank is a
// space: @党日 小助手 签到 is said to 党日小助手, not to 党日.
func closeMentions(s string) string {
	var b strings.Builder
	for range maxMentions {
		rest := strings.TrimLeftFunc(s, unicode.IsSpace)
		line, _, _ := strings.Cut(rest, "\n")
		name, _, ok := strings.Cut(line, mentionEnd)
		if !ok || !strings.HasPrefix(name, "@") {
			break
		}
		for _, part := range strings.FieldsFunc(name, unicode.IsSpace) {
			b.WriteString(part)
		}
		b.WriteByte(' ')
		s = rest[len(name)+len(mentionEnd):]
	}
	b.WriteString(s)
	return b.String()
}

// unquote takes the quotation off a reply of the older clients, which send it as plain text: 「张三：几点」, a dashed line, the words.
func unquote(text string) (words string, quoted bool) {
	hit := oldQuoting.FindStringSubmatch(text)
	if hit == nil {
		return text, false
	}
	return strings.TrimSpace(hit[1]), true
}
