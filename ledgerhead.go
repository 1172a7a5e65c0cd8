package themeday

import (
	"fmt"
	"time"
)

// LedgerHead is the ledger's last entry as one text of 64 hex digits, and its number: what nobody knows beforehand and everybody can look up
// afterwards. Of an empty ledger it is that of no text at all, with number 0.
func LedgerHead(tx Tx) (head string, seq int64, err error) { return ledgerHeadAt(tx, 0) }

// ledgerHeadAt is the head as it was when an entry was the last one; 0 is now.
func ledgerHeadAt(tx Tx, seq int64) (string, int64, error) {
	e, there, err := tx.LastEntry(seq)
	if err != nil || !there {
		return sha256Hex(""), 0, err
	}
	return sha256Hex(fmt.Sprintf("%d\n%s\n%s\n%s\n%s", e.Seq, e.Entered.UTC().Format(time.RFC3339Nano), e.Noun, e.Key, e.After)), e.Seq, nil
}
