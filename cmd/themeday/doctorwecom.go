package main

import (
	"fmt"
	"strings"
	"time"

	"themeday"
	"themeday/bot/wecom"
)

// weComFindings tell how the bot on WeCom stands: its credentials, and what the running or last process wrote down.
func weComFindings(c Config) []finding {
	var out []finding
	if _, _, err := c.WeCom.credentials(); err != nil {
		out = append(out, finding{"mend", "wecom", err.Error()})
	}
	if c.WeCom.Name == "" {
		out = append(out, finding{"note", "wecom", "wecom.name is empty: a name of the bot with a blank in it is not taken off what people write in a group"})
	}
	st, err := wecom.ReadStatus(c.WeCom.Status)
	switch {
	case err != nil:
		return append(out, finding{"mend", "wecom", err.Error()})
	case st.Since.IsZero():
		return append(out, finding{"note", "wecom", "never connected: themeday run"})
	}
	text := fmt.Sprintf("%s since %s", st.Phase, st.Since.In(c.Zone()).Format("2006-01-02 15:04"))
	if !st.LastInbound.IsZero() {
		text += ", last heard something at " + st.LastInbound.In(c.Zone()).Format("2006-01-02 15:04")
	}
	state := "ok"
	switch st.Phase {
	case wecom.Down:
		state = "note"
	case wecom.Refused:
		state, text = "mend", fmt.Sprintf("%s (%d): the bot id or the secret is wrong, or the bot is not in the long-connection mode", text, st.Code)
	case wecom.TakenOver:
		state, text = "mend", text+": another instance has the connection; run one only"
	}
	out = append(out, finding{state, "wecom", text})
	if st.LastInbound.IsZero() && st.Phase == wecom.Up {
		out = append(out, finding{"note", "wecom", "nobody was heard yet. In a team of ten or fewer only the creator may talk to the bot, and so where the bot was given extra permissions: others' words vanish"})
	}
	return out
}

// weComGroups tell which branches have no group on WeCom where WeCom is the only network, and which groups belong to no branch.
func (h *House) weComGroups(tx themeday.Tx, c Config, at time.Time) ([]finding, error) {
	if !c.Transport.has("wecom") {
		return nil, nil
	}
	branches, err := h.Desk.OpenBranches(tx, at)
	if err != nil {
		return nil, err
	}
	claimed, err := themeday.GroupChats(tx, themeday.WeCom)
	if err != nil {
		return nil, err
	}
	has := map[themeday.BranchID]bool{}
	for _, b := range claimed {
		has[b] = true
	}
	var missing []string
	for _, b := range branches {
		if !has[b.ID] {
			missing = append(missing, b.Name)
		}
	}
	var out []finding
	switch {
	case len(missing) > 0 && !c.Transport.has("wechat"):
		out = append(out, finding{"mend", "wecom", "no group yet: " + strings.Join(missing, "、") + "; the secretary says in the group: @bot 绑定群 支部名"})
	case len(claimed) > 0:
		out = append(out, finding{"ok", "wecom", fmt.Sprintf("%d groups belong to branches", len(claimed))})
	}
	st, err := wecom.ReadStatus(c.WeCom.Status)
	if err != nil {
		return out, nil //nolint:nilerr // said above
	}
	open := 0
	for _, id := range st.Unclaimed {
		if _, ours := claimed[themeday.ChatID(id)]; !ours {
			open++
		}
	}
	if open > 0 {
		out = append(out, finding{"note", "wecom", fmt.Sprintf("%d groups in which somebody spoke to the bot belong to no branch", open)})
	}
	return out, nil
}
