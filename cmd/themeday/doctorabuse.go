package main

import (
	"fmt"
	"strings"
	"time"

	"themeday"
	"themeday/commands"
)

// inquireAbuse tells of limits that were reached, and of wrong codes, today and yesterday.
func (h *House) inquireAbuse(tx themeday.Tx, at time.Time) ([]finding, error) {
	var out []finding
	today := h.Desk.Day(at)
	for _, day := range []themeday.Date{today, today.AddDays(-1)} {
		var seen []string
		for _, k := range commands.FloodKinds {
			n, err := tx.Tries(commands.FloodKey(k.Kind), day)
			if err != nil {
				return nil, err
			}
			if n > 0 {
				seen = append(seen, fmt.Sprintf("%s (%d times)", k.Text, n))
			}
		}
		for _, account := range accounts {
			wrong, err := wrongCodes(tx, account, day)
			if err != nil {
				return nil, err
			}
			if wrong > 0 {
				seen = append(seen, fmt.Sprintf("wrong binding or rating codes on %s (%d)", account, wrong))
			}
		}
		if len(seen) > 0 {
			out = append(out, finding{"note", "limits", fmt.Sprintf("%s: %s; see the log of that day", day, strings.Join(seen, "; "))})
		}
	}
	return out, nil
}

// accounts are the networks on which somebody may be recognised.
var accounts = []themeday.Account{"wechat", themeday.WeCom, "console", "rehearsal"}

func wrongCodes(tx themeday.Tx, a themeday.Account, day themeday.Date) (int, error) {
	bound, err := tx.Tries("bind/"+string(a), day)
	if err != nil {
		return 0, err
	}
	rated, err := tx.Tries("rate/"+string(a), day)
	return bound + rated, err
}
