package main

import (
	"encoding/json"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestVerifyTellsTheHeadAndNamesWhatWasAltered(t *testing.T) {
	dir := t.TempDir()
	if code, _, errs := start(t, "demo", "--out", dir); code != exitDone {
		t.Fatal(errs)
	}
	db := filepath.Join(dir, demoDatabase)
	code, out, errs := start(t, "--db", db, "verify")
	hit := regexp.MustCompile(`Head: ([0-9a-f-]{14}), entry \d+ \([0-9a-f]{64}\)\n`).FindStringSubmatch(out)
	if code != exitDone || hit == nil || !strings.HasPrefix(out, "The chain holds: ") || !strings.Contains(out, "entered from 2026-") {
		t.Fatalf("%d %s %s", code, out, errs)
	}
	if code, out, _ := start(t, "--db", db, "verify", "--head", hit[1]); code != exitDone || !strings.Contains(out, "The head "+hit[1]+" is in it: what was printed with it is proved up to entry ") {
		t.Errorf("%d %s", code, out)
	}
	if code, _, errs := start(t, "--db", db, "verify", "--head", "ffff-ffff-ffff"); code != exitFailed || !strings.Contains(errs, "the chain never had the head") {
		t.Errorf("%d %s", code, errs)
	}
	alter(t, db, "UPDATE signins SET at = '2026-03-13T00:00:00.000000000Z' WHERE person = 2")
	if code, _, errs := start(t, "--db", db, "verify"); code != exitFailed || !strings.Contains(errs, "the ledger was altered: the row") || !strings.Contains(errs, "of signins was altered from outside; the last entry that touched it is ") {
		t.Errorf("%d %s", code, errs)
	}
	code, out, _ = start(t, "--db", db, "verify", "--json")
	var v verified
	if err := json.Unmarshal([]byte(out), &v); err != nil || code != exitFailed || v.OK || v.Bad == nil || v.Bad.Table != "signins" || v.Bad.Entry == nil || v.Bad.Entry.Noun != "signin" {
		t.Errorf("%d %s", code, out)
	}
	if code, _, errs := start(t, "--db", filepath.Join(dir, "none.db"), "verify"); code != exitFailed || !strings.Contains(errs, "there is no database") {
		t.Errorf("%d %s", code, errs)
	}
}

func TestEraseTakesOnlyWhoHasLeft(t *testing.T) {
	dir := t.TempDir()
	if code, _, errs := start(t, "demo", "--out", dir); code != exitDone {
		t.Fatal(errs)
	}
	db := filepath.Join(dir, demoDatabase)
	if code, _, errs := start(t, "--db", db, "erase", "王强", "--reason", "本人申请"); code != exitFailed || !strings.Contains(errs, "离开所有支部后才能删除") {
		t.Errorf("%d %s", code, errs)
	}
	if code, _, errs := start(t, "--db", db, "erase", "没有此人", "--reason", "本人申请"); code != exitFailed || !strings.Contains(errs, "没有这个人") {
		t.Errorf("%d %s", code, errs)
	}
}
