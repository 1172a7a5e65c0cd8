package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"themeday"
	"themeday/storage"
)

type verifyCmd struct {
	Head *string `help:"A head as it is printed on a form, such as 3fa2-91c0-77de: whether the chain ever had it, and up to which entry the form is proved." placeholder:"HEX"`
	JSON bool    `name:"json" help:"One JSON object."`
}

// verified is the verdict as JSON.
type verified struct {
	OK bool `json:"ok"`
	storage.Verdict
}

// Run only reads: it may run while the bot serves. What does not hold is an error.
func (c *verifyCmd) Run(s *session) error {
	config, err := s.load()
	if err != nil {
		return err
	}
	head := ""
	if c.Head != nil {
		if head = *c.Head; head == "" {
			return errors.New("--head is empty: copy the head as it is printed, such as 3fa2-91c0-77de")
		}
	}
	v, err := storage.Verify(s.ctx, config.Database, head)
	if err != nil {
		return err
	}
	ok := v.Bad == nil && (v.Known == nil || v.Known.There)
	if c.JSON {
		out := json.NewEncoder(s.Out)
		out.SetEscapeHTML(false)
		out.SetIndent("", "  ")
		if err := out.Encode(verified{ok, v}); err != nil || ok {
			return err
		}
		return errors.New("")
	}
	if v.Bad != nil {
		return fmt.Errorf("the ledger was altered: %s", v.Bad.What)
	}
	if err := s.printf("%s", told(v, config.Zone())); err != nil || ok {
		return err
	}
	return fmt.Errorf("the chain never had the head %s: the paper is of another database, or the ledger was cut off or made anew after it was printed; compare with a backup", v.Known.Asked)
}

// printedHead is the ledger's head as documents bear it.
func printedHead(tx themeday.Tx) (string, error) {
	h, err := tx.Head()
	return h.String(), err
}

// told says that the chain holds.
func told(v storage.Verdict, zone *time.Location) string {
	at := func(t time.Time) string { return t.In(zone).Format("2006-01-02 15:04") }
	var b strings.Builder
	fmt.Fprintf(&b, "The chain holds: %d entries, %d links, %d rows under seal", v.Entries, v.Links, v.Rows)
	if v.Entries > 0 {
		fmt.Fprintf(&b, ", entered from %s to %s", at(v.First), at(v.Last))
	}
	b.WriteString(".\n")
	if v.Erased > 0 {
		fmt.Fprintf(&b, "Of %d entries the words were erased with a person or purged after their time; that they were there is still proved.\n", v.Erased)
	}
	fmt.Fprintf(&b, "Head: %s, entry %d (%s)\n", v.Head.Short(), v.Head.Entry, v.Head.Hash)
	if k := v.Known; k != nil && k.There {
		fmt.Fprintf(&b, "The head %s is in it: what was printed with it is proved up to entry %d", k.Head.Short(), k.Head.Entry)
		if !k.At.IsZero() {
			fmt.Fprintf(&b, ", entered on %s", at(k.At))
		}
		b.WriteString(".\n")
	}
	return b.String()
}
