package main

import (
	"errors"
	"strconv"
	"strings"

	"themeday"
)

type eraseCmd struct {
	Who    string `arg:"" help:"Who is erased: his name, or his number where several people bear it."`
	Reason string `required:"" help:"Why, such as: 本人申请. It stays in the ledger, so without his name." placeholder:"TEXT"`
	DryRun bool   `name:"dry-run" help:"Only say what would be taken away."`
}

// errRehearsed takes back what a dry run did.
var errRehearsed = errors.New("a dry run")

func (c *eraseCmd) Run(s *session) error {
	h, err := s.look()
	if err != nil {
		return err
	}
	defer h.Close() //nolint:errcheck // what was committed stands
	var out themeday.Erasure
	err = h.Store.Update(s.ctx, func(tx themeday.Tx) error {
		id, err := c.person(tx)
		if err != nil {
			return err
		}
		cause := themeday.Cause{By: themeday.Bot, At: s.Now(), Verb: "erase"}
		if out, err = h.Desk.Erase(tx, cause, id, strings.TrimSpace(c.Reason)); err == nil && c.DryRun {
			err = errRehearsed
		}
		return err
	})
	did := "Erased"
	switch {
	case errors.Is(err, errRehearsed):
		did = "Would be erased"
	case err != nil:
		return err
	default:
		if err := h.Store.Clear(s.ctx); err != nil {
			return err
		}
	}
	if err := s.printf("%s: person %d; %d entries of the ledger say nothing any more, %d rows were emptied, %d bindings forgotten. The chain holds: themeday verify\n",
		did, out.Person, out.Entries, out.Rows, out.Bindings); err != nil {
		return err
	}
	if out.Shared {
		if err := s.printf("Somebody else bears the same name: texts in which it stands were left as they are.\n"); err != nil {
			return err
		}
	}
	return s.printf("What is not in the database stays: %d filed forms of activities he was in, exports, pictures of groups, and backups made before; delete those backups or let them run out.\n", out.Forms)
}

// person is who is meant: a number, or a name that one person bears.
func (c *eraseCmd) person(tx themeday.Tx) (themeday.PersonID, error) {
	if n, err := strconv.ParseInt(c.Who, 10, 64); err == nil {
		return themeday.PersonID(n), nil
	}
	all, err := themeday.Called(tx, themeday.CleanName(c.Who))
	if err != nil {
		return 0, err
	}
	if len(all) > 1 {
		var ids []string
		for _, p := range all {
			ids = append(ids, strconv.FormatInt(int64(p.ID), 10))
		}
		return 0, themeday.Refuse(themeday.Invalid, themeday.R33, "叫这个名字的有%d人，请写编号：%s", len(all), strings.Join(ids, "、"))
	}
	if len(all) == 0 {
		return 0, themeday.Refuse(themeday.NotFound, themeday.R33, "没有这个人，请核对姓名或编号")
	}
	return all[0].ID, nil
}
