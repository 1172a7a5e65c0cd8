package themeday

import (
	"fmt"
	"time"
)

// Head is the head of the ledger's chain (R33): the hash of its last link, and the number of the last entry that it holds. Nobody knows it
// beforehand, and everybody can look up afterwards whether the chain ever had it: a head on paper proves the whole ledger up to it.
type Head struct {
	Hash  string `json:"hash"` // 64 hex digits
	Entry int64  `json:"entry"`
}

// Short is what is printed of a head: enough to find it again.
func (h Head) Short() string {
	if len(h.Hash) < 12 {
		return h.Hash
	}
	return h.Hash[:4] + "-" + h.Hash[4:8] + "-" + h.Hash[8:12]
}

// String is how a head stands on forms and in chats.
func (h Head) String() string {
	return fmt.Sprintf("台账链首 %s · 第 %d 条", h.Short(), h.Entry)
}

// LedgerHead is the chain's head as it is committed, in 64 hex digits, and the number of its last entry.
func LedgerHead(tx Tx) (head string, seq int64, err error) {
	h, err := tx.Head()
	return h.Hash, h.Entry, err
}

// ledgerHadHead tells whether the ledger ever had a head. Draws from before there was a chain bear the last entry's own.
func ledgerHadHead(tx Tx, head string, seq int64) (bool, error) {
	if there, err := tx.HeadAt(Head{Hash: head, Entry: seq}); err != nil || there {
		return there, err
	}
	if seq == 0 {
		return head == sha256Hex(""), nil
	}
	e, there, err := tx.LastEntry(seq)
	if err != nil || !there {
		return false, err
	}
	return head == sha256Hex(fmt.Sprintf("%d\n%s\n%s\n%s\n%s", e.Seq, e.Entered.UTC().Format(time.RFC3339Nano), e.Noun, e.Key, e.After)), nil
}
