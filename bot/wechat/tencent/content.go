package tencent

import (
	"fmt"
	"strings"
	"unicode/utf16"
)

// escape is what the servers do to text: three characters and the line break.
func escape(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\n", "<br/>").Replace(text)
}

// spans writes emoji as the servers do at times: by name, one or two code points each.
func spans(text string) string {
	var b strings.Builder
	runes := []rune(text)
	for i := 0; i < len(runes); i++ {
		switch {
		case flagLetter(runes[i]) && i+1 < len(runes) && flagLetter(runes[i+1]):
			fmt.Fprintf(&b, `<span class="emoji emoji%x%x"></span>`, runes[i], runes[i+1])
			i++
		case runes[i] >= 0x1F000 && runes[i] <= 0x1FAFF:
			fmt.Fprintf(&b, `<span class="emoji emoji%x"></span>`, runes[i])
		default:
			b.WriteRune(runes[i])
		}
	}
	return b.String()
}

func flagLetter(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }

// inXML escapes text that is to stand in an element.
func inXML(text string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(text)
}

// appXML is the XML of an app message.
func appXML(title string, kind int, rest string) string {
	return fmt.Sprintf(`<?xml version="1.0"?>`+"\n"+`<msg><appmsg appid="" sdkver="0"><title>%s</title><des></des><action></action><type>%d</type><content></content><url></url>%s</appmsg>`+
		`<fromusername></fromusername><scene>0</scene><appinfo><version>1</version><appname></appname></appinfo></msg>`, inXML(title), kind, rest)
}

// Chain is a 接龙 as it stands at one moment.
type Chain struct {
	Header  string // without the word #接龙
	Example string // what follows 例
	Items   []ChainItem
	Tail    string
	Bare    bool // the structure is empty: there is the text alone
}

// ChainItem is a line of it.
type ChainItem struct {
	By      string // who added it, by the person's name
	Text    string
	Seconds int64 // since 1970; 0: not told
	Literal bool  // the structure repeats the text instead of saying where it stands
}

// Text is the whole, as everybody sees it.
func (c Chain) Text() string {
	text, _ := c.write()
	return text
}

// write gives the text and the structure behind it.
func (c Chain) write() (text, structure string) {
	var b, items strings.Builder
	place := func(s string) string {
		at := units(b.String())
		b.WriteString(s)
		return fmt.Sprintf("%d-%d", at, units(s))
	}
	var head strings.Builder
	b.WriteString("#接龙\n")
	fmt.Fprintf(&head, "<tt>%s</tt>", place(c.Header))
	if c.Example != "" {
		b.WriteString("\n例 ")
		fmt.Fprintf(&head, "<ex>%s</ex>", place(c.Example))
	}
	b.WriteString("\n")
	first := map[string]string{} // equal texts share the first place
	for i, item := range c.Items {
		fmt.Fprintf(&b, "\n%d. ", i+1)
		where := place(item.Text)
		if first[item.Text] == "" {
			first[item.Text] = where
		}
		fmt.Fprintf(&items, "<i><u>%s</u>", wxid(item.By))
		if item.Seconds != 0 {
			fmt.Fprintf(&items, "<t>%d</t>", item.Seconds)
		}
		if item.Literal {
			fmt.Fprintf(&items, "<c>%s</c></i>", inXML(item.Text))
		} else {
			fmt.Fprintf(&items, "<r>%s</r></i>", first[item.Text])
		}
	}
	if c.Tail != "" {
		b.WriteString("\n\n")
		fmt.Fprintf(&head, "<tl>%s</tl>", place(c.Tail))
	}
	if c.Bare {
		return b.String(), ""
	}
	return b.String(), "<solitaire>" + head.String() + "<content>" + items.String() + "</content></solitaire>"
}

func units(s string) int { return len(utf16.Encode([]rune(s))) }
