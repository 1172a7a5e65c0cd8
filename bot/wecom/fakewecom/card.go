package fakewecom

import (
	"encoding/json"
	"fmt"
	"regexp"
	"time"
)

// Card is a template card as it stands in a chat.
type Card struct {
	Type     string
	TaskID   string
	Chat     string
	Title    string
	Text     string
	Question string
	Buttons  []Option         // of a button card
	Options  []Option         // of a card from which is picked
	Submit   string           // the key of what sends off
	Shown    map[string]*Card // as it was changed for some viewers; "" for all
}

// Option is something to tap or to pick.
type Option struct{ Text, Key string }

type rawCard struct {
	Type     string `json:"card_type"`
	TaskID   string `json:"task_id"`
	SubTitle string `json:"sub_title_text"`
	Main     *struct {
		Title string `json:"title"`
		Desc  string `json:"desc"`
	} `json:"main_title"`
	Action  json.RawMessage `json:"card_action"`
	Buttons []struct {
		Text  string `json:"text"`
		Key   string `json:"key"`
		Style int    `json:"style"`
	} `json:"button_list"`
	Box *struct {
		Question string      `json:"question_key"`
		Mode     int         `json:"mode"`
		Options  []rawOption `json:"option_list"`
	} `json:"checkbox"`
	Selects []struct {
		Question string      `json:"question_key"`
		Options  []rawOption `json:"option_list"`
	} `json:"select_list"`
	Submit *struct {
		Text string `json:"text"`
		Key  string `json:"key"`
	} `json:"submit_button"`
}

type rawOption struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

var taskID = regexp.MustCompile(`^[0-9A-Za-z_@-]{1,128}$`)

// readCard checks a card; update is the task id of the one that it replaces. s.mu is held.
func (s *Server) readCard(data json.RawMessage, update string) (*Card, int, string) {
	var r rawCard
	if err := json.Unmarshal(data, &r); err != nil {
		return nil, 40058, "template_card: " + err.Error()
	}
	c := &Card{Type: r.Type, TaskID: r.TaskID, Text: r.SubTitle, Shown: map[string]*Card{}}
	if r.Main != nil {
		c.Title = r.Main.Title
	}
	bad := func(format string, args ...any) (*Card, int, string) {
		return nil, 40058, "template_card: " + fmt.Sprintf(format, args...)
	}
	interactive := r.Type == "button_interaction" || r.Type == "vote_interaction" || r.Type == "multiple_interaction"
	if interactive {
		switch {
		case c.Title == "":
			return bad("main_title is missing")
		case !taskID.MatchString(r.TaskID):
			return nil, 42014, "task_id"
		case update == "" && s.tasks[r.TaskID]:
			return nil, 42014, "task_id was used before"
		case update != "" && r.TaskID != update:
			return nil, 42014, "task_id is of another card"
		}
	}
	keys := map[string]bool{}
	unique := func(key string, most int) bool {
		ok := key != "" && len(key) <= most && !keys[key]
		keys[key] = true
		return ok
	}
	switch r.Type {
	case "text_notice", "news_notice":
		if len(r.Action) == 0 || c.Title == "" && c.Text == "" {
			return bad("%s without title or action", r.Type)
		}
	case "button_interaction":
		if len(r.Buttons) < 1 || len(r.Buttons) > 6 {
			return bad("%d buttons", len(r.Buttons))
		}
		for _, b := range r.Buttons {
			if b.Text == "" || b.Style < 0 || b.Style > 4 || !unique(b.Key, 1024) {
				return bad("a button")
			}
			c.Buttons = append(c.Buttons, Option{b.Text, b.Key})
		}
	case "vote_interaction":
		if r.Box == nil || r.Box.Question == "" || len(r.Box.Options) < 1 || len(r.Box.Options) > 20 || r.Submit == nil || r.Submit.Key == "" {
			return bad("checkbox")
		}
		c.Question, c.Submit = r.Box.Question, r.Submit.Key
		for _, o := range r.Box.Options {
			if o.Text == "" || !unique(o.ID, 128) {
				return bad("an option")
			}
			c.Options = append(c.Options, Option{o.Text, o.ID})
		}
	case "multiple_interaction":
		if len(r.Selects) < 1 || len(r.Selects) > 3 || r.Submit == nil || r.Submit.Key == "" {
			return bad("select_list")
		}
		c.Submit = r.Submit.Key
		for _, sel := range r.Selects {
			if sel.Question == "" || len(sel.Options) < 1 || len(sel.Options) > 10 {
				return bad("a list")
			}
			c.Question = sel.Question
			for _, o := range sel.Options {
				if o.Text == "" || !unique(o.ID, 128) {
					return bad("an option")
				}
				c.Options = append(c.Options, Option{o.Text, o.ID})
			}
		}
	default:
		return bad("card_type %s", r.Type)
	}
	return c, 0, ""
}

func (s *Server) update(l *line, f frame, req string) (int, string) {
	var m message
	if json.Unmarshal(f.Body, &m) != nil {
		return 40058, "no body"
	}
	r, ok := s.claim(l, req, onTap, 5*time.Second)
	if !ok {
		return 846605, "invalid req_id"
	}
	if m.ResponseType != "update_template_card" {
		return 40058, "response_type"
	}
	old := s.cards[r.task]
	card, code, text := s.readCard(m.Card, r.task)
	if code != 0 {
		return code, text
	}
	r.used = true
	for _, u := range m.UserIDs {
		old.Shown[u] = card
	}
	if len(m.UserIDs) == 0 {
		old.Shown[""] = card
	}
	return 0, "ok"
}

// CardFor is a card as somebody sees it now; nil when there is none.
func (s *Server) CardFor(task, user string) *Card {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.cards[task]
	if c == nil {
		return nil
	}
	for _, u := range []string{user, ""} {
		if shown := c.Shown[u]; shown != nil {
			return shown
		}
	}
	return c
}
