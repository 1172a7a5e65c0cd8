package wecom

import (
	"sync"
	"time"

	"themeday"
)

// The spans in which a callback may be answered by its req_id.
const (
	replyWindow = 24 * time.Hour
	eventWindow = 4500 * time.Millisecond // five seconds, less the way there
)

// question is a callback that may be answered by its req_id: once, while its connection lives.
type question struct {
	req   string
	link  *link
	chat  string
	group bool
	from  string
	at    time.Time
	tap   *tap // it is a tap on a card, which is answered by changing the card

	mu   sync.Mutex
	used bool
}

// claim takes the one answer that a question has; false when it is gone.
func (q *question) claim(l *link, now time.Time) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	window := replyWindow
	if q.tap != nil {
		window = eventWindow
	}
	if q.used || q.link != l || q.req == "" || now.Sub(q.at) >= window {
		return false
	}
	q.used = true
	return true
}

// most is how many questions and cards are remembered.
const most = 2000

// remember keeps a question under the id of its message.
func (t *Transport) remember(id themeday.MessageID, q *question) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if _, known := t.asked[id]; !known {
		t.order = append(t.order, id)
	}
	t.asked[id] = q
	for len(t.order) > most {
		delete(t.asked, t.order[0])
		t.order = t.order[1:]
	}
}

// asker is the question that a message was; nil when it is not known any more.
func (t *Transport) asker(id themeday.MessageID) *question {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.asked[id]
}

// newest is the last message of a chat that may still be answered, for a chat that takes nothing else.
func (t *Transport) newest(chat string, l *link) *question {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i := len(t.order) - 1; i >= 0; i-- {
		q := t.asked[t.order[i]]
		if q.chat != chat || q.link != l || q.tap != nil {
			continue
		}
		q.mu.Lock()
		used := q.used
		q.mu.Unlock()
		if !used {
			return q
		}
	}
	return nil
}
