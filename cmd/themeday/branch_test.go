package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheOperatorRenamesMergesAndClosesBranches(t *testing.T) {
	db := filepath.Join(t.TempDir(), "house.db")
	config := filepath.Join(t.TempDir(), "themeday.yaml")
	if err := os.WriteFile(config, []byte("database: "+db+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		args []string
		code int
		says string
	}{
		{[]string{"import", "roster", "testdata/rehearsals/branches.csv"}, exitDone, "imported"},
		{[]string{"branch", "rename", "第一支部", "机关支部", "--dry-run"}, exitDone, "Dry run, nothing was changed: 第一支部 is now called 机关支部"},
		{[]string{"branch", "rename", "第一支部", "第二支部"}, exitFailed, "第二支部的名称或旧名"},
		{[]string{"branch", "rename", "第一支部", "机关支部"}, exitDone, "第一支部 is now called 机关支部; its group is 一支部群"},
		{[]string{"branch", "rename", "第九支部", "机关支部"}, exitUsage, "there are: 机关支部, 第二支部"},
		{[]string{"import", "roster", "testdata/rehearsals/branches-moved.csv"}, exitDone, "“第一支部”现名机关支部"},
		{[]string{"branch", "merge", "第二支部", "第一支部", "人少", "--dry-run"}, exitDone, "Dry run, nothing was changed: 4 people of 第二支部"},
		{[]string{"branch", "merge", "第二支部", "第一支部", "人少"}, exitDone, "4 people of 第二支部 are now in 机关支部"},
		{[]string{"branch", "close", "第二支部", "人少"}, exitFailed, "已于3月1日撤销"},
		{[]string{"import", "roster", "testdata/rehearsals/branches.csv"}, exitFailed, "nothing was imported"},
		{[]string{"branch", "reopen", "第二支部"}, exitDone, "第二支部 is open again"},
		{[]string{"import", "roster", "testdata/rehearsals/branches.csv"}, exitDone, "imported"},
	} {
		code, out, errs := start(t, append([]string{"--config", config}, step.args...)...)
		if code != step.code || !strings.Contains(out+errs, step.says) {
			t.Errorf("%v: exit %d, %s%s", step.args, code, out, errs)
		}
	}
}
