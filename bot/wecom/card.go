package wecom

import (
	"encoding/base64"
	"strings"
	"unicode/utf8"

	"themeday"
)

// The kinds of cards that can be tapped.
const (
	buttonCard = "button_interaction"
	voteCard   = "vote_interaction"
	pickCard   = "multiple_interaction"
)

// The measures of a card, in characters.
const (
	mostTitle   = 26
	mostSub     = 112
	mostButton  = 6 // buttons of a card
	mostLetters = 4 // of a button before it is cut
	mostPick    = 10
	mostVote    = 20
	mostID      = 128 // bytes of an option's id
)

// sentCard is one that was sent, so that it can be changed when somebody taps it.
type sentCard struct {
	kind, title, text string
	offer             themeday.Offer
}

// answered is what a changed card shows besides.
type answered struct {
	command string // what was tapped
	says    string // what came of it
}

// cardOf is the card of an offer; false when the network has none for it.
func cardOf(o themeday.Offer, text string) (sentCard, bool) {
	c := sentCard{kind: buttonCard, offer: o, title: o.Ask}
	for _, choice := range o.Choices {
		if len(keyOf(choice.Command)) > mostID {
			return c, false
		}
		if utf8.RuneCountInString(choice.Label) > mostLetters {
			c.kind = voteCard
		}
	}
	switch n := len(o.Choices); {
	case n == 0 || n > mostVote:
		return c, false
	case o.Listed && n <= mostPick:
		c.kind = pickCard
	case o.Listed || n > mostButton:
		c.kind = voteCard
	}
	if first, rest, _ := strings.Cut(strings.TrimSpace(text), "\n"); fits(first, mostTitle) && fits(rest, mostSub) && first != "" {
		c.title, c.text = first, strings.TrimSpace(rest)
	}
	return c, true
}

func fits(s string, most int) bool { return utf8.RuneCountInString(s) <= most }

// whole tells whether the card holds all of a text, so that none has to stand above it.
func (c sentCard) whole(text string) bool {
	text = strings.TrimSpace(text)
	return text == "" || text == strings.TrimSpace(c.title+"\n"+c.text)
}

// submitKey is the event key of a card of which something is picked and then sent off.
const submitKey = "submit"

// keyOf is the key under which a choice comes back: the command itself, so that a card of an earlier process is understood too.
func keyOf(command string) string {
	return "c." + base64.RawURLEncoding.EncodeToString([]byte(command))
}

// commandIn reads a key that keyOf made.
func commandIn(key string) (string, bool) {
	code, ours := strings.CutPrefix(key, "c.")
	if !ours {
		return "", false
	}
	command, err := base64.RawURLEncoding.DecodeString(code)
	return string(command), err == nil && len(command) > 0 && utf8.Valid(command)
}

// body is the card as the network takes it; with an answer it is the card after a tap.
func (c sentCard) body(task string, a *answered) map[string]any {
	title, text := c.title, c.text
	if a != nil {
		text = a.says
	}
	body := map[string]any{"card_type": c.kind, "task_id": task, "main_title": map[string]any{"title": clip(title, 2*mostTitle)}}
	if text != "" {
		body["sub_title_text"] = clip(text, 4*mostSub)
	}
	switch c.kind {
	case buttonCard:
		body["button_list"] = c.buttons(a)
	case voteCard:
		body["checkbox"] = c.vote(a)
		body["submit_button"] = submit(a)
	case pickCard:
		body["select_list"] = []map[string]any{c.pick(a)}
		body["submit_button"] = submit(a)
	}
	return body
}

// buttons can be tapped again after a tap: who signed in may still have to go.
func (c sentCard) buttons(a *answered) []map[string]any {
	var out []map[string]any
	for i, choice := range c.offer.Choices {
		style := 1
		if i > 0 {
			style = 3
		}
		label := choice.Label
		if a != nil && a.command == choice.Command {
			label, style = "✓"+label, 2
		}
		out = append(out, map[string]any{"text": label, "style": style, "key": keyOf(choice.Command)})
	}
	return out
}

func (c sentCard) vote(a *answered) map[string]any {
	var options []map[string]any
	for _, choice := range c.offer.Choices {
		o := map[string]any{"id": keyOf(choice.Command), "text": choice.Label}
		if a != nil {
			o["is_checked"] = a.command == choice.Command
		}
		options = append(options, o)
	}
	out := map[string]any{"question_key": "choice", "mode": 0, "option_list": options}
	if a != nil {
		out["disable"] = true
	}
	return out
}

func (c sentCard) pick(a *answered) map[string]any {
	var options []map[string]any
	for _, choice := range c.offer.Choices {
		options = append(options, map[string]any{"id": keyOf(choice.Command), "text": choice.Label})
	}
	out := map[string]any{"question_key": "choice", "title": clip(c.offer.Ask, 13), "option_list": options}
	if a != nil {
		out["disable"], out["selected_id"] = true, keyOf(a.command)
	}
	return out
}

func submit(a *answered) map[string]any {
	text := "提交"
	if a != nil {
		text = "已提交"
	}
	return map[string]any{"text": text, "key": submitKey}
}

// unknownCard stands for one of an earlier process, of which only the tap is known.
func unknownCard(kind, command string) sentCard {
	if kind != voteCard && kind != pickCard {
		kind = buttonCard
	}
	label := command
	if !fits(label, mostLetters) {
		label = string([]rune(label)[:mostLetters])
	}
	return sentCard{kind: kind, title: "主题党日", offer: themeday.Offer{Ask: "已选", Choices: []themeday.Choice{{Label: label, Command: command}}}}
}

// hint is what stands under a text where there are no cards: the words to type.
func hint(o themeday.Offer, group bool) string {
	var words []string
	for _, c := range o.Choices {
		words = append(words, c.Command)
	}
	said := "可以发：" + strings.Join(words, "；")
	if group {
		said = "请@我并在后面写：" + strings.Join(words, "；")
	}
	return said
}

// keep remembers a card that was sent.
func (t *Transport) keep(task string, c sentCard) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.cards[task] = c
	if t.tasks = append(t.tasks, task); len(t.tasks) > most {
		delete(t.cards, t.tasks[0])
		t.tasks = t.tasks[1:]
	}
}

// sent gives a card by its task id; one that this process did not send is made up.
func (t *Transport) sent(e cardEvent, command string) sentCard {
	t.mu.Lock()
	defer t.mu.Unlock()
	if c, ok := t.cards[e.TaskID]; ok {
		return c
	}
	return unknownCard(e.CardType, command)
}
