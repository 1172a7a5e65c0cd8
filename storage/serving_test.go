package storage

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"themeday"
)

func TestADatabaseKnowsOnWhichNetworkItServes(t *testing.T) {
	s := opened(t)
	stands := func(account themeday.Account, messages int) {
		t.Helper()
		have, err := s.Serving()
		n, err2 := s.Messages()
		if err != nil || err2 != nil || have != account || n != messages {
			t.Errorf("it serves on %q with %d messages, want %q with %d; %v %v", have, n, account, messages, err, err2)
		}
	}
	stands("", 0)
	update(t, s, func(tx themeday.Tx) error { return add(tx, "新人") })
	for _, account := range []themeday.Account{"console", "wechat"} {
		if err := s.Serve(context.Background(), account); err != nil {
			t.Fatal(err)
		}
		stands(account, 0)
	}
	update(t, s, func(tx themeday.Tx) error {
		_, err := tx.TakeMessage(themeday.Message{ID: "m1", Account: "wechat", At: start})
		return err
	})
	stands("wechat", 1)
}

func TestADatabaseThatServedBeforeItKnewHasTheNetworkOfItsMessages(t *testing.T) {
	dump, err := os.ReadFile("testdata/schema1.sql")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "old.db")
	rawly(t, path, string(dump))
	s, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if account, err := s.Serving(); err != nil || account != "wechat" {
		t.Errorf("it serves on %q, %v", account, err)
	}
}

func TestPlannedPostsOfABranchAreFoundByTheirOwnIndex(t *testing.T) {
	s := opened(t)
	var plan []string
	rows, err := s.reader.Raw("EXPLAIN QUERY PLAN "+postsOf(themeday.Waiting), first).Rows()
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var a, b, c int
		var detail string
		if err := rows.Scan(&a, &b, &c, &detail); err != nil {
			t.Fatal(err)
		}
		plan = append(plan, detail)
	}
	same(t, "plan", plan, []string{"SEARCH posts USING INDEX posts_planned_branch (branch=?)"})
}
