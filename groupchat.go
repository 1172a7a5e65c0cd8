package themeday

import (
	"encoding/json"
	"strings"
)

const nounGroupChat = "groupchat"

// claimedGroup is what the ledger holds of a group that was claimed for a branch.
type claimedGroup struct {
	Branch BranchID `json:"branch"`
}

// GroupChats are the groups of a network whose groups have no names, as they were claimed for branches; the last word on a group, and on a branch,
// counts. The ledger is where they stand: a claim is a fact, and there are few.
func GroupChats(tx Tx, a Account) (map[ChatID]BranchID, error) {
	prefix := string(a) + "/"
	all, err := tx.EntriesAbout(nounGroupChat, prefix)
	if err != nil {
		return nil, err
	}
	out := map[ChatID]BranchID{}
	for _, e := range all {
		var now claimedGroup
		if err := json.Unmarshal(e.After, &now); err != nil {
			return nil, err
		}
		for chat, b := range out {
			if b == now.Branch {
				delete(out, chat)
			}
		}
		out[ChatID(strings.TrimPrefix(e.Key, prefix))] = now.Branch
	}
	return out, nil
}

// ClaimGroup makes a group the one of a branch (R33): what goes to the branch's group goes there from now on, and what was held for want of one goes out.
func (d Desk) ClaimGroup(tx Tx, c Cause, a Account, chat ChatID, b Branch) error {
	claimed, err := GroupChats(tx, a)
	if err != nil {
		return err
	}
	former, had := claimed[chat]
	if had && former == b.ID {
		return Refuse(Conflict, R33, "这个群已经是%s的群，不用再绑定", b.Name)
	}
	var before any
	if had {
		before = claimedGroup{Branch: former}
	}
	c.Branch = b.ID
	if err := note(tx, c, "", nounGroupChat, string(a)+"/"+string(chat), before, claimedGroup{Branch: b.ID}, ""); err != nil {
		return err
	}
	held, err := tx.PostsOf(b.ID, Waiting)
	if err != nil {
		return err
	}
	for _, p := range held {
		if p.To == ToGroup && strings.HasPrefix(p.Note, HeldNote) && p.Due.After(c.At) {
			p.Due = c.At
			if err := tx.MarkPost(p); err != nil {
				return err
			}
		}
	}
	return nil
}
