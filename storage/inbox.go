package storage

import "themeday"

// TakeMessage keeps the id, the chat and the time of a message, and nothing that was said.
func (t *tx) TakeMessage(m themeday.Message) (bool, error) {
	n, err := t.exec("write inbox", "INSERT INTO inbox (account, message, chat, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
		m.Account, m.ID, m.Chat, at(m.At))
	return n == 1, err
}

func (t *tx) SetAside(m themeday.Message, why string) error {
	return t.put("inbox", "account, message, chat, at, aside, why", m.Account, m.ID, m.Chat, at(m.At), true, why)
}
