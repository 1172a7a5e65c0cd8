package wechat

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

var emojiSpan = regexp.MustCompile(`<span class="emoji emoji([^"<>]*)"></span>`)

// emojis turns Web WeChat's emoji markup into the letters that it stands for; what stands for none is dropped.
func emojis(s string) string {
	return emojiSpan.ReplaceAllStringFunc(s, func(span string) string {
		return emoji(emojiSpan.FindStringSubmatch(span)[1])
	})
}

// maxEmojiHex bounds a sequence; a family of four with its joiners has 33 digits.
const maxEmojiHex = 64

// emoji reads the code points that stand in a row without anything between them: 1f44d, 1f1e81f1f3, 2320e3. It is empty for what is none.
func emoji(hex string) string {
	hex = strings.ToLower(hex)
	if len(hex) > maxEmojiHex {
		return ""
	}
	if s, ok := splitEmoji(hex); ok {
		return s
	}
	n, err := strconv.ParseUint(hex, 16, 32)
	if r := rune(n); err == nil && len(hex) <= 6 && n >= 0x80 && n <= unicode.MaxRune && r != unicode.ReplacementChar && (unicode.IsGraphic(r) || unicode.Is(unicode.Co, r)) {
		return string(r)
	}
	return ""
}

// splitEmoji takes five digits where they are an emoji, else four, else two, so that every code point of the row is one that emoji are made of.
func splitEmoji(hex string) (string, bool) {
	var b strings.Builder
	for hex != "" {
		r, size := emojiRune(hex)
		if size == 0 {
			return "", false
		}
		b.WriteRune(r)
		hex = hex[size:]
	}
	return b.String(), b.Len() > 0
}

func emojiRune(hex string) (rune, int) {
	for _, size := range []int{2, 5, 4} {
		if len(hex) < size {
			continue
		}
		n, err := strconv.ParseUint(hex[:size], 16, 32)
		if r := rune(n); err == nil && madeOf(r, size, hex[size:]) {
			return r, size
		}
	}
	return 0, 0
}

// madeOf tells whether emoji are made of this code point. Two digits are one of a keycap, whose key follows, or stand for © and ®.
func madeOf(r rune, size int, rest string) bool {
	switch size {
	case 2:
		key := r == '#' || r == '*' || r >= '0' && r <= '9'
		return key && (strings.HasPrefix(rest, "20e3") || strings.HasPrefix(rest, "fe0f20e3")) || (r == '©' || r == '®') && rest == ""
	case 5:
		return r >= 0x1F000 && r <= 0x1FBFF || r >= 0xE0020 && r <= 0xE007F
	}
	return r >= 0x2000 && r <= 0x32FF && unicode.IsGraphic(r) || r == 0x200D || r == 0xFE0F
}
