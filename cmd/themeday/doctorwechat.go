package main

import (
	"fmt"
	"os"
	"strings"
	"time"

	"themeday/bot/wechat"
)

// wechatFindings tell how the WeChat session stands, as far as the running or last process wrote it down.
func wechatFindings(c Config, at time.Time) []finding {
	if _, err := os.Stat(c.WeChat.Session); err != nil {
		return []finding{{"note", "wechat", "never logged in: themeday run --login"}}
	}
	st, err := wechat.ReadStatus(c.WeChat.Session)
	if err != nil {
		return []finding{{"mend", "wechat", err.Error()}}
	}
	out := []finding{{phaseState(st.Phase), "wechat", phaseText(st, c.Zone())}}
	if at.Before(st.RefusedUntil) {
		out = append(out, finding{"mend", "wechat", fmt.Sprintf("refused (%d): no login before %s; go on with themeday relay", st.RefusedCode, st.RefusedUntil.In(c.Zone()).Format("2006-01-02 15:04"))})
	}
	if len(st.Unsaved) > 0 {
		out = append(out, finding{"mend", "groups", "missing, doubtful or not saved to the contacts on the phone: " + strings.Join(st.Unsaved, ", ")})
	} else if st.Groups > 0 {
		out = append(out, finding{"ok", "groups", fmt.Sprintf("%d found and saved to the contacts", st.Groups)})
	}
	return out
}

func phaseState(p wechat.Phase) string {
	switch p {
	case wechat.Up, wechat.Opening, wechat.Starting:
		return "ok"
	case wechat.Down:
		return "note"
	}
	return "mend"
}

func phaseText(st wechat.Status, zone *time.Location) string {
	text := fmt.Sprintf("%s since %s", st.Phase, st.Since.In(zone).Format("2006-01-02 15:04"))
	if !st.LastInbound.IsZero() {
		text += ", last heard something at " + st.LastInbound.In(zone).Format("2006-01-02 15:04")
	}
	switch st.Phase {
	case wechat.LoggedOut, wechat.Scanning:
		text += ": log in with themeday run --login"
	case wechat.Deaf:
		text += ": send the bot a word from another phone, and log in again if it does not answer"
	}
	return text
}
