package main

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"themeday"
	"themeday/bot"
	"themeday/commands"
	"themeday/commands/fold"
	"themeday/templates/hant"
)

// traditional writes the bot's own words in traditional characters. Names, and what people wrote themselves, stay in their own script: they
// are gathered around each text and kept out of the conversion. A word of the bot's that is somebody's name or topic stays with them.
type traditional struct {
	mu    sync.Mutex
	at    time.Time // of the names: the posts of one instant read the roster once
	names []string
}

// traditionalOf is nil where the configuration asks for simplified characters, which need no conversion.
func traditionalOf(c Config) *traditional {
	if c.Language != "zh-Hant" {
		return nil
	}
	return &traditional{}
}

// forget is called when people may have come or changed.
func (t *traditional) forget() {
	if t != nil {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.at = time.Time{}
	}
}

// post converts the texts of a post; its figures stay.
func (t *traditional) post(tx themeday.Tx, out bot.Rendered, at time.Time) (bot.Rendered, error) {
	if t == nil || len(out.Texts) == 0 {
		return out, nil
	}
	names, err := t.known(tx, at)
	if err != nil {
		return out, err
	}
	keep := wordsOfView(reflect.ValueOf(out.Data), names[:len(names):len(names)])
	texts := make([]string, len(out.Texts))
	for i, text := range out.Texts {
		texts[i] = hant.Convert(text, keep)
	}
	out.Texts = texts
	return out, nil
}

// reply converts the answer to a message.
func (t *traditional) reply(ctx context.Context, store themeday.Store, m themeday.Message, r themeday.Reply, at themeday.YearMonth) (themeday.Reply, error) {
	if t == nil || r.Text == "" && r.Short == "" {
		return r, nil
	}
	keep := wordsOfMessage(m)
	err := store.View(ctx, func(tx themeday.Tx) error {
		names, err := t.known(tx, m.At)
		if err != nil {
			return err
		}
		if keep, err = wordsOfRectifications(tx, keep); err != nil {
			return err
		}
		activities, err := tx.AllActivities(at.Add(-12), at.Add(12))
		keep = wordsOfActivities(append(keep, names...), activities)
		return err
	})
	if err != nil {
		return r, fmt.Errorf("read whose words an answer repeats: %w", err)
	}
	r.Text, r.Short = hant.Convert(r.Text, keep), hant.Convert(r.Short, keep)
	return r, nil
}

// known are the names of people, branches and groups.
func (t *traditional) known(tx themeday.Tx, at time.Time) ([]string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.at.Equal(at) && !at.IsZero() {
		return t.names, nil
	}
	branches, err := tx.Branches()
	if err != nil {
		return nil, err
	}
	people, err := tx.People()
	if err != nil {
		return nil, err
	}
	places, err := tx.Memberships()
	if err != nil {
		return nil, err
	}
	var names []string
	for _, b := range branches {
		names = append(names, string(b.ID), b.Name, b.Group)
	}
	for _, p := range people {
		names = append(names, p.Name)
	}
	for _, m := range places {
		if m.Card != "" {
			names = append(names, m.Card)
		}
	}
	t.at, t.names = at, names
	return names, nil
}

// ownFields are the fields of views that hold words of the bot itself. The words of every other field stay as they are.
var ownFields = map[string]bool{
	"Month": true, "Day": true, "Verb": true, "Lasted": true, "HalfDay": true, "Missing": true, "Next": true, "Means": true, "Content": true, "Open": true,
	"Weakest": true, "Advice": true, "Rates": true, "Standing": true, "Grounds": true, "Record": true,
	"What": true, "Rule": true, "Stand": true, "Command": true, "Changed": true,
}

// wordsOfView are the words in the view of a post that are not the bot's own.
func wordsOfView(v reflect.Value, keep []string) []string {
	switch v.Kind() {
	case reflect.String:
		return wordsOf(v.String(), keep)
	case reflect.Slice:
		for i := range v.Len() {
			keep = wordsOfView(v.Index(i), keep)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && !ownFields[f.Name] {
				keep = wordsOfView(v.Field(i), keep)
			}
		}
	}
	return keep
}

// wordsOf are a text that somebody wrote, as a whole, by its lines, and as answers repeat it in short. A single letter of it is no word: it
// would stand in the bot's own words as well.
func wordsOf(text string, keep []string) []string {
	for _, s := range append(strings.Split(text, "\n"), text, strings.TrimSuffix(themeday.Shown(text), "…")) {
		if s = strings.TrimSpace(s); utf8.RuneCountInString(s) > 1 {
			keep = append(keep, s)
		}
	}
	return keep
}

// wordsOfActivities are the topics, places and the like of activities.
func wordsOfActivities(keep []string, activities []themeday.Activity) []string {
	for _, a := range activities {
		for _, list := range [][]string{a.Topics, a.Agenda, {a.Place, a.Summary, a.ReturnWhy, a.HostWhy}} {
			for _, s := range list {
				keep = wordsOf(s, keep)
			}
		}
	}
	return keep
}

// wordsOfRectifications are what the committee asked to be put right and what secretaries did about it.
func wordsOfRectifications(tx themeday.Tx, keep []string) ([]string, error) {
	branches, err := tx.Branches()
	if err != nil {
		return keep, err
	}
	for _, b := range branches {
		all, err := tx.Rectifications(b.ID)
		if err != nil {
			return keep, err
		}
		for _, r := range all {
			if r.Source != themeday.ByEvaluation {
				keep = wordsOf(r.Text, keep)
			}
			for _, s := range r.Steps {
				if s.By != themeday.Bot {
					keep = wordsOf(s.Text, keep)
				}
			}
		}
	}
	found, err := tx.Findings("")
	for _, f := range found {
		keep = append(wordsOf(f.Text, keep), f.PartyGroup)
		for _, s := range f.Steps {
			keep = wordsOf(s.Text, keep)
		}
	}
	return keep, err
}

// wordsOfMessage are the names of who wrote a message and what he wrote, but for the words of commands.
func wordsOfMessage(m themeday.Message) []string {
	keep := []string{m.Group, m.From.Card, m.From.Nick, m.From.Remark}
	if m.Chain != nil {
		for _, i := range m.Chain.Items {
			keep = wordsOf(i.Text, keep)
		}
	}
	line := fold.Parse(m.Text)
	for _, s := range append(strings.FieldsFunc(line.Rest, mark), line.Rest) {
		if !isCommand(fold.Command(s)) {
			keep = wordsOf(s, keep)
		}
	}
	return keep
}

func mark(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) }

func isCommand(word string) bool {
	for _, c := range commands.Menu() {
		for _, w := range c.Words {
			if w == word {
				return true
			}
		}
	}
	return false
}
