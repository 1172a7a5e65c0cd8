package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"themeday"
)

type agendaCmd struct {
	Days int  `default:"31" help:"How many days ahead, 1 to 400 (default: ${default})."`
	JSON bool `name:"json" help:"One JSON array."`
}

// AgendaItem is one post that the bot is going to make, as things stand now.
type AgendaItem struct {
	At       time.Time           `json:"at"`
	Chat     string              `json:"chat"` // the group's name, or the person's when private; empty when the branch has no such person
	Private  bool                `json:"private"`
	Kind     themeday.Kind       `json:"kind"`
	Branch   themeday.BranchID   `json:"branch"`
	Activity themeday.ActivityID `json:"activity,omitempty"`
	Why      string              `json:"why"`
}

func (c *agendaCmd) Run(s *session) error {
	if c.Days < 1 || c.Days > 400 {
		return usage("--days %d: write a number from 1 to 400", c.Days)
	}
	h, err := s.look()
	if err != nil {
		return err
	}
	defer h.Close() //nolint:errcheck // nothing was written
	now := s.Now()
	items, err := h.Agenda(s.ctx, now, h.Desk.Day(now).AddDays(c.Days+1).Start(h.Desk.Zone))
	if err != nil {
		return err
	}
	if c.JSON {
		out := json.NewEncoder(s.Out)
		out.SetEscapeHTML(false)
		out.SetIndent("", "  ")
		return out.Encode(items)
	}
	if len(items) == 0 {
		return s.printf("Nothing is planned for the next %d days.\n", c.Days)
	}
	var b strings.Builder
	for _, i := range items {
		where := "[" + i.Chat + "]"
		if i.Private {
			where = "(" + i.Chat + ")"
		}
		fmt.Fprintf(&b, "%s  %-18s %s %s\n", i.At.Format("2006-01-02 15:04"), i.Kind, where, i.Why)
	}
	return s.printf("%s", b.String())
}

// Agenda lists what would be posted from an instant until another if nothing else happened. It plans as the daily look does, and takes that back.
func (h *House) Agenda(ctx context.Context, at, until time.Time) ([]AgendaItem, error) {
	items := []AgendaItem{}
	back := errors.New("taken back")
	err := h.Store.Update(ctx, func(tx themeday.Tx) error {
		if err := h.Planner.Daily(tx, at); err != nil {
			return err
		}
		posts, err := tx.PlannedPosts(until)
		if err != nil {
			return err
		}
		names, err := peopleNames(tx)
		if err != nil {
			return err
		}
		for _, p := range posts {
			if coming, err := h.Planner.Foresee(tx, p, at); err != nil {
				return err
			} else if !coming {
				continue
			}
			item, err := h.agendaItem(tx, p, at, names)
			if err != nil {
				return err
			}
			items = append(items, item)
		}
		return back
	})
	if !errors.Is(err, back) {
		return nil, fmt.Errorf("read the agenda: %w", err)
	}
	return items, nil
}

func (h *House) agendaItem(tx themeday.Tx, p themeday.Post, at time.Time, names map[themeday.PersonID]string) (AgendaItem, error) {
	i := AgendaItem{At: h.Desk.Local(later(p.Due, at)), Kind: p.Kind, Branch: p.Branch, Activity: p.Activity, Private: p.To != themeday.ToGroup, Why: h.Planner.ExplainPost(p)}
	switch p.To {
	case themeday.ToGroup:
		b, err := h.Desk.Branch(tx, p.Branch)
		i.Chat = b.Group
		return i, err
	case themeday.ToPerson:
		i.Chat = names[p.Person]
		return i, nil
	}
	roster, err := tx.Roster(p.Branch, h.Desk.Day(p.Due))
	if who, ok := roster.Secretary(); ok {
		i.Chat = who.Name
	}
	return i, err
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
