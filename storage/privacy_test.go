package storage

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"testing"

	"themeday"
)

// holding names the tables any of whose columns contain a text.
func holding(t *testing.T, s *Store, text string) []string {
	t.Helper()
	var tables, out []string
	if err := s.reader.Raw("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").Scan(&tables).Error; err != nil {
		t.Fatal(err)
	}
	for _, table := range tables {
		for _, c := range columns(t, s, table) {
			var n int
			if err := s.reader.Raw(fmt.Sprintf("SELECT count(*) FROM %q WHERE instr(CAST(%q AS TEXT), ?) > 0", table, c), text).Scan(&n).Error; err != nil {
				t.Fatal(err)
			}
			if n > 0 {
				out = append(out, table+"."+c)
			}
		}
	}
	return out
}

// stands counts how often a text stands in the raw bytes of the file and of its log.
func stands(t *testing.T, s *Store, text string) (n int) {
	t.Helper()
	for _, end := range []string{"", "-wal"} {
		b, err := os.ReadFile(s.Path() + end)
		if err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
		n += bytes.Count(b, []byte(text))
	}
	return n
}

func TestWhatIsPrivateStandsInOnePlaceOnly(t *testing.T) {
	const reason, remark, essay, said, card, private, old = "膝盖手术", "会议太长", "补学体会", "聊天内容", "群里的人", "私信正文", "先前的事由"
	s := house(t)
	update(t, s, func(tx themeday.Tx) error {
		m := themeday.Message{ID: "m1", Account: "wechat", Chat: "@@g", Group: "一支部群", At: start, Text: said, From: themeday.Sighting{Card: card}}
		_, err := tx.TakeMessage(m)
		_, voted := tx.Vote(march, li)
		return errors.Join(err, voted, tx.SetAside(m, "panic"),
			tx.PutLeave(themeday.Leave{Activity: march, Person: zhang, At: start, Reason: old, State: themeday.LeaveAsked}),
			tx.AddBallot(themeday.Ballot{Activity: march, Key: "0a", Remark: remark}),
			tx.PutMakeup(themeday.Makeup{Activity: march, Person: zhang, Text: essay}),
			tx.PutPost(themeday.Post{Key: "p", To: themeday.ToPerson, Person: zhang, Due: start, State: themeday.Sent, Text: private}))
	})
	update(t, s, func(tx themeday.Tx) error {
		return tx.PutLeave(themeday.Leave{Activity: march, Person: zhang, At: start, Reason: reason, State: themeday.LeaveAsked})
	})
	want := []struct {
		text  string
		where []string
	}{
		{reason, []string{"leaves.reason"}},
		{remark, []string{"ballots.remark"}},
		{essay, []string{"makeups.text"}},
		{said, nil},
		{card, nil},
		{private, nil},
		{old, nil},
	}
	for _, w := range want {
		same(t, "columns with "+w.text, holding(t, s, w.text), w.where)
	}
	for _, w := range want[3:6] {
		same(t, "times "+w.text+" stands in file and log", stands(t, s, w.text), 0)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	for _, w := range want { // what was replaced is overwritten
		same(t, "times "+w.text+" stands in the closed file", stands(t, s, w.text), len(w.where))
	}
}
