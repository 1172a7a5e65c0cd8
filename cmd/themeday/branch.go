package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"themeday"
)

type branchCmd struct {
	Rename branchRenameCmd `cmd:"" help:"Give a branch another name; its records stay, and commands understand the old name for a year."`
	Close  branchCloseCmd  `cmd:"" help:"Close a branch from today on: nothing is dated or reminded any more, everything stays readable."`
	Merge  branchMergeCmd  `cmd:"" help:"Move a branch's members into another one today and close it; its history stays under its own name."`
	Reopen branchReopenCmd `cmd:"" help:"Take a closing back; who left by it comes back with his office, unless he was enrolled elsewhere since."`
}

type branchRenameCmd struct {
	Branch string `arg:"" help:"The branch, by its name."`
	Name   string `arg:"" help:"Its new name."`
	Group  string `help:"The name of its chat group, where that changes too." placeholder:"NAME"`
	DryRun bool   `help:"Only check; change nothing."`
}

type branchCloseCmd struct {
	Branch string `arg:"" help:"The branch, by its name."`
	Why    string `arg:"" help:"Why, for the ledger."`
	DryRun bool   `help:"Only check; change nothing."`
}

type branchMergeCmd struct {
	Branch string `arg:"" help:"The branch whose members move, by its name."`
	Into   string `arg:"" help:"The branch into which they move."`
	Why    string `arg:"" help:"Why, for the ledger."`
	DryRun bool   `help:"Only check; change nothing."`
}

type branchReopenCmd struct {
	Branch string `arg:"" help:"The branch, by its name."`
	DryRun bool   `help:"Only check; change nothing."`
}

func (c *branchRenameCmd) Run(s *session) error {
	return s.changeBranch(c.DryRun, "rename branch", func(h *House, tx themeday.Tx, cause themeday.Cause) (string, error) {
		b, err := h.branchCalled(tx, c.Branch)
		if err != nil {
			return "", err
		}
		n, err := h.Desk.RenameBranch(tx, cause, b, c.Name, c.Group)
		return fmt.Sprintf("%s is now called %s; its group is %s", b.Name, n.Name, n.Group), err
	})
}

func (c *branchCloseCmd) Run(s *session) error {
	return s.changeBranch(c.DryRun, "close branch", func(h *House, tx themeday.Tx, cause themeday.Cause) (string, error) {
		b, err := h.branchCalled(tx, c.Branch)
		if err != nil {
			return "", err
		}
		_, err = h.Desk.CloseBranch(tx, cause, b, c.Why)
		return b.Name + " is closed; its records stay", err
	})
}

func (c *branchMergeCmd) Run(s *session) error {
	return s.changeBranch(c.DryRun, "merge branch", func(h *House, tx themeday.Tx, cause themeday.Cause) (string, error) {
		b, err := h.branchCalled(tx, c.Branch)
		if err != nil {
			return "", err
		}
		into, err := h.branchCalled(tx, c.Into)
		if err != nil {
			return "", err
		}
		moved, err := h.Desk.MergeBranch(tx, cause, b, into, c.Why)
		return fmt.Sprintf("%d people of %s are now in %s", len(moved), b.Name, into.Name), err
	})
}

func (c *branchReopenCmd) Run(s *session) error {
	return s.changeBranch(c.DryRun, "reopen branch", func(h *House, tx themeday.Tx, cause themeday.Cause) (string, error) {
		b, err := h.branchCalled(tx, c.Branch)
		if err != nil {
			return "", err
		}
		r, err := h.Desk.ReopenBranch(tx, cause, b)
		text := fmt.Sprintf("%s is open again; %d people are on its list", b.Name, len(r.Back))
		if n := len(r.Stay); n > 0 {
			text += fmt.Sprintf(", %d stay where they were enrolled since", n)
		}
		return text, err
	})
}

// changeBranch does a change of the operator's, and takes a dry run back.
func (s *session) changeBranch(dry bool, verb string, do func(*House, themeday.Tx, themeday.Cause) (string, error)) error {
	h, err := s.look()
	if err != nil {
		return err
	}
	defer h.Close() //nolint:errcheck // what was committed stands
	var done string
	err = h.Store.Update(context.WithoutCancel(s.ctx), func(tx themeday.Tx) (err error) {
		if done, err = do(h, tx, themeday.Cause{By: themeday.Bot, At: s.Now(), Verb: verb}); err == nil && dry {
			return errDry
		}
		return err
	})
	switch {
	case errors.Is(err, errDry):
		return s.printf("Dry run, nothing was changed: %s\n", done)
	case err != nil:
		return err
	}
	return s.printf("%s\n", done)
}

// branchCalled is the branch of a name, of today or before.
func (h *House) branchCalled(tx themeday.Tx, name string) (themeday.Branch, error) {
	name = strings.TrimSpace(name)
	all, err := tx.Branches()
	if err != nil {
		return themeday.Branch{}, err
	}
	var known []string
	for _, b := range all {
		if b.Name == name {
			return b, nil
		}
		known = append(known, b.Name)
	}
	for _, b := range all {
		if was, _ := b.WasCalled(name, themeday.Date{}); was || string(b.ID) == name {
			return b, nil
		}
	}
	return themeday.Branch{}, usage("there is no branch %q; there are: %s", name, strings.Join(known, ", "))
}
