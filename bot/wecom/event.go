package wecom

import (
	"encoding/json"
)

// event is what happened besides messages.
type event struct {
	Type string
	Card cardEvent
}

// cardEvent is a tap on a card.
type cardEvent struct {
	CardType string `json:"card_type"`
	Key      string `json:"event_key"`
	TaskID   string `json:"task_id"`
	Taskid   string `json:"taskid"` // as one example of the documents has it
	Selected struct {
		Items []struct {
			Question string `json:"question_key"`
			Options  struct {
				IDs []string `json:"option_id"`
			} `json:"option_ids"`
		} `json:"selected_item"`
	} `json:"selected_items"`
}

// UnmarshalJSON reads the details where they stand: under the event's name as the documents have it, or beside it as the SDK's types do.
func (e *event) UnmarshalJSON(data []byte) error {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		return nil //nolint:nilerr // an event of no known form is none
	}
	_ = json.Unmarshal(fields["eventtype"], &e.Type)
	if e.Type != eventTap {
		return nil
	}
	_ = json.Unmarshal(data, &e.Card)
	if inner, ok := fields[e.Type]; ok {
		_ = json.Unmarshal(inner, &e.Card)
	}
	if e.Card.TaskID == "" {
		e.Card.TaskID = e.Card.Taskid
	}
	return nil
}

// The events that mean something to us.
const (
	eventEnter    = "enter_chat"
	eventTap      = "template_card_event"
	eventTakeover = "disconnected_event"
)

// commands are those that a tap stands for: that of the button, or those of what was picked from a list.
func (c cardEvent) commands() []string {
	if command, ok := commandIn(c.Key); ok {
		return []string{command}
	}
	var out []string
	for _, item := range c.Selected.Items {
		for _, id := range item.Options.IDs {
			if command, ok := commandIn(id); ok {
				out = append(out, command)
			}
		}
	}
	return out
}
