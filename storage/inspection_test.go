package storage

import (
	"reflect"
	"testing"
	"time"

	"themeday"
)

func TestInspectionsFindingsAndDrawsComeBackAsTheyWerePut(t *testing.T) {
	s := house(t)
	march, day := themeday.YearMonth{Year: 2026, Month: time.March}, themeday.Date{Year: 2026, Month: time.March, Day: 5}
	visits := []themeday.Inspection{
		{Number: 1, Branch: first, Month: march, Way: "现场", On: day, By: wang, At: start, Text: "按时"},
		{Number: 2, Branch: second, PartyGroup: "第一小组", Month: march, Way: "资料", Draw: 1, On: day, By: wang, At: start, Text: "齐全"},
	}
	found := themeday.Found{
		Number: 1, Branch: first, PartyGroup: "第一小组", Month: march, Inspection: 1, Kind: themeday.FoundMoved, Text: "没有报备", By: wang, At: start, Due: start.Add(time.Hour), State: themeday.FindingOpen,
	}
	other := themeday.Found{Number: 2, Branch: second, Month: march, Kind: themeday.FoundOther, Text: "记录简单", By: wang, At: start, Due: start.Add(time.Hour), State: themeday.FindingOpen}
	draw := themeday.Draw{Number: 1, Commitment: "abc", Committed: start, CommittedBy: wang, Seed: "s"}
	pending := themeday.Draw{Number: 2, Commitment: "def", Committed: start, Seed: "t"}
	update(t, s, func(tx themeday.Tx) error {
		for _, err := range []error{tx.PutInspection(visits[0]), tx.PutInspection(visits[1]), tx.PutFinding(found), tx.PutFinding(other), tx.PutDraw(draw), tx.PutDraw(pending)} {
			if err != nil {
				return err
			}
		}
		found.State, found.Rectification = themeday.FindingHanded, 4
		found.Steps = []themeday.FindingStep{{To: themeday.FindingHanded, Text: "已补报", By: wang, At: start.Add(time.Minute)}, {To: themeday.FindingReopened, Text: "不够", By: li, At: start.Add(time.Hour)}}
		draw.Head, draw.HeadSeq, draw.On, draw.Drawn, draw.By = "h", 7, day, start.Add(time.Hour), li
		draw.Candidates = []themeday.Candidate{{Branch: second, Weight: 365}, {Branch: first, Weight: 3, Since: day, Place: 1}}
		if err := tx.PutFinding(found); err != nil {
			return err
		}
		return tx.PutDraw(draw)
	})
	got := seen(t, s, func(tx themeday.Tx) (all struct {
		Visits, Second []themeday.Inspection
		Found, First   []themeday.Found
		Draws          []themeday.Draw
	}, err error,
	) {
		for _, read := range []func(){
			func() { all.Visits, err = tx.Inspections("") }, func() { all.Second, err = tx.Inspections(second) },
			func() { all.Found, err = tx.Findings("") }, func() { all.First, err = tx.Findings(first) }, func() { all.Draws, err = tx.Draws() },
		} {
			if err == nil {
				read()
			}
		}
		return all, err
	})
	for _, c := range []struct {
		name      string
		got, want any
	}{
		{"inspections", got.Visits, visits},
		{"of the second", got.Second, visits[1:]},
		{"findings", got.Found, []themeday.Found{found, other}},
		{"of the first", got.First, []themeday.Found{found}},
		{"draws", got.Draws, []themeday.Draw{draw, pending}},
	} {
		if !reflect.DeepEqual(c.got, c.want) {
			t.Errorf("%s: got %+v, want %+v", c.name, c.got, c.want)
		}
	}
}

func TestTheLastEntryIsFoundAsItWasAtItsTime(t *testing.T) {
	s := house(t)
	entry := func(key string) themeday.Entry {
		return themeday.Entry{Happened: start, Entered: start, By: wang, Verb: "签到", Noun: "signin", Key: key}
	}
	update(t, s, func(tx themeday.Tx) error {
		if err := tx.AddEntry(entry("1")); err != nil {
			return err
		}
		return tx.AddEntry(entry("2"))
	})
	last := seen(t, s, func(tx themeday.Tx) (themeday.Entry, error) { e, _, err := tx.LastEntry(0); return e, err })
	before := seen(t, s, func(tx themeday.Tx) (themeday.Entry, error) {
		e, _, err := tx.LastEntry(last.Seq - 1)
		return e, err
	})
	if last.Key != "2" || before.Key != "1" {
		t.Errorf("got %q and before it %q", last.Key, before.Key)
	}
}
