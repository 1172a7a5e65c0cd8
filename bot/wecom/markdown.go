package wecom

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// mostText is how many bytes of Markdown one message holds.
const mostText = 20480

// There are no backslash escapes in the network's Markdown, so what would mean something in it is written with the full-width letter that looks
// the same: what members write shows as they wrote it, and makes neither link nor heading nor mention.
var (
	everywhere = strings.NewReplacer("*", "＊", "`", "｀", "~~", "～～", "](", "]（", "][", "]［", "![", "！[", "$$", "＄＄", `\[`, "＼[", `\(`, "＼(", "__", "＿＿", "\t", "　", "\r", "")
	tag        = regexp.MustCompile(`<([A-Za-z/@!?])`)
	underscore = regexp.MustCompile(`(^|[^0-9A-Za-z])_|_($|[^0-9A-Za-z])`)
	heading    = regexp.MustCompile(`^(\s{0,3})#`)
	quotation  = regexp.MustCompile(`^(\s{0,3})>`)
	rule       = regexp.MustCompile(`^\s*([-=＊＿]\s*){3,}$`)
	reference  = regexp.MustCompile(`^(\s{0,3})\[([^\]]*)\]:`)
	indented   = regexp.MustCompile(`^ {2,}`)
)

// markdown is a text as the network shows it unchanged.
func markdown(text string) string {
	lines := strings.Split(everywhere.Replace(text), "\n")
	for i, line := range lines {
		line = tag.ReplaceAllString(line, "＜$1")
		line = underscore.ReplaceAllStringFunc(line, func(s string) string { return strings.ReplaceAll(s, "_", "＿") })
		line = heading.ReplaceAllString(line, "$1＃")
		line = quotation.ReplaceAllString(line, "$1＞")
		line = reference.ReplaceAllString(line, "$1[$2]：")
		line = indented.ReplaceAllStringFunc(line, func(s string) string { return strings.Repeat("　", len(s)/2) })
		if strings.HasPrefix(strings.TrimSpace(line), "|") {
			line = strings.ReplaceAll(line, "|", "｜")
		}
		if rule.MatchString(line) {
			line = strings.NewReplacer("-", "－", "=", "＝").Replace(line)
		}
		lines[i] = line
	}
	return strings.Join(lines, "\n")
}

// split cuts a text into parts of at most so many bytes, at the end of a line where that is possible, never within a letter.
func split(text string, most int) []string {
	var parts []string
	for len(text) > most {
		cut := strings.LastIndexByte(text[:most+1], '\n')
		if cut < most/2 {
			cut = most
			for cut > 0 && !utf8.RuneStart(text[cut]) {
				cut--
			}
		}
		parts = append(parts, strings.TrimRight(text[:cut], "\n"))
		text = strings.TrimLeft(text[cut:], "\n")
	}
	if text != "" || len(parts) == 0 {
		parts = append(parts, text)
	}
	return parts
}

// markdownBody is the message that shows a text as it is; it must not be longer than one holds.
func markdownBody(text string) map[string]any {
	return map[string]any{"msgtype": "markdown", "markdown": map[string]any{"content": markdown(text)}}
}

// textBodies are the messages that show a text as it is.
func textBodies(text string) []map[string]any {
	var out []map[string]any
	for _, part := range split(markdown(text), mostText) {
		out = append(out, map[string]any{"msgtype": "markdown", "markdown": map[string]any{"content": part}})
	}
	return out
}
