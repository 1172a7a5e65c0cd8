package wecom

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// callback is what the network tells: a message or an event.
type callback struct {
	MsgID      string `json:"msgid"`
	ChatType   string `json:"chattype"`
	ChatID     string `json:"chatid"`
	CreateTime number `json:"create_time"`
	From       struct {
		UserID string `json:"userid"`
	} `json:"from"`
	content
	Quote *content `json:"quote"`
	Event *event   `json:"event"`
}

// content is what a message holds, or the one that it quotes.
type content struct {
	MsgType string  `json:"msgtype"`
	Text    *words  `json:"text"`
	Voice   *words  `json:"voice"`
	Image   *medium `json:"image"`
	File    *medium `json:"file"`
	Video   *medium `json:"video"`
	Mixed   *struct {
		Items []content `json:"msg_item"`
	} `json:"mixed"`
}

type words struct {
	Content string `json:"content"`
}

// medium is a file on the network's storage, under a key of its own.
type medium struct {
	URL    string `json:"url"`
	AESKey string `json:"aeskey"`
}

// number is one that comes as a number or as a text.
type number int64

// UnmarshalJSON takes either; what is no number counts as none.
func (n *number) UnmarshalJSON(data []byte) error {
	v, err := strconv.ParseFloat(string(bytes.Trim(data, `" `)), 64)
	if err != nil {
		v = 0
	}
	*n = number(v)
	return nil
}

// at is the instant of a callback; zero when it named none that a clock of today can say.
func (c callback) at() time.Time {
	n := int64(c.CreateTime)
	if n > 1<<36 { // milliseconds
		n /= 1000
	}
	if n <= 0 || n >= 1<<33 {
		return time.Time{}
	}
	return time.Unix(n, 0).UTC()
}

func (c callback) group() bool { return c.ChatType == "group" && c.ChatID != "" }

// chat is the id by which the chat is answered: that of the group, or that of the person.
func (c callback) chat() string {
	if c.group() {
		return c.ChatID
	}
	return c.From.UserID
}

func readCallback(f frame) (callback, error) {
	var c callback
	err := json.Unmarshal(f.Body, &c)
	if c.MsgID == "" {
		c.MsgID = f.Headers.ReqID
	}
	return c, err
}

// said is the text of a message and the pictures and files that came with it.
func (c content) said() (text string, media []medium) {
	var texts []string
	switch {
	case c.Text != nil:
		texts = append(texts, c.Text.Content)
	case c.Voice != nil:
		texts = append(texts, spoken(c.Voice.Content))
	}
	if c.Mixed != nil {
		for _, item := range c.Mixed.Items {
			t, m := item.said()
			texts, media = append(texts, t), append(media, m...)
		}
	}
	for _, m := range []*medium{c.Image, c.File} { // nothing here wants a video
		if m != nil && m.URL != "" {
			media = append(media, *m)
		}
	}
	texts = slices.DeleteFunc(texts, func(t string) bool { return strings.TrimSpace(t) == "" })
	return strings.Join(texts, "\n"), media
}

// spoken is a recognised text without the full stop that the recognition sets behind every word.
func spoken(text string) string { return strings.TrimRight(strings.TrimSpace(text), "。．.！!") }

// gap is what stands behind a mention.
const gap = " \u2005\u00a0\u3000\t\n"

// unmentioned takes the literal @BotName out of a group's text: by the names that are configured wherever it stands, else whatever name leads.
func unmentioned(text string, names []string) string {
	names = slices.Clone(names)
	slices.SortFunc(names, func(a, b string) int { return len(b) - len(a) })
	found := false
	for _, name := range names {
		for _, at := range []string{"@", "＠"} {
			for name != "" && strings.Contains(text, at+name) {
				before, after, _ := strings.Cut(text, at+name)
				text, found = strings.TrimRight(before, gap)+" "+strings.TrimLeft(after, gap), true
			}
		}
	}
	text = strings.Trim(text, gap)
	if found || !strings.HasPrefix(text, "@") && !strings.HasPrefix(text, "＠") {
		return text
	}
	if i := strings.IndexAny(text, gap); i > 0 {
		return strings.TrimLeft(text[i:], gap)
	}
	return ""
}
