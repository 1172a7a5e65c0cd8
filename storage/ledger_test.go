package storage

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"themeday"
)

func TestEntriesOfAPersonComeOldestFirstFromAnInstantOn(t *testing.T) {
	s := opened(t)
	whole := themeday.Entry{
		Happened: start, Entered: start.Add(time.Minute), By: zhang, Verb: "签到", Branch: first, Activity: march, Noun: "signin", Key: "k1",
		Before: json.RawMessage(`{"a":1}`), After: json.RawMessage(`{"a":2}`), Why: "补记", Message: "m1", Undoes: 7,
	}
	bare := themeday.Entry{Happened: start, Entered: start.Add(2 * time.Minute), By: zhang}
	early := themeday.Entry{Entered: start.Add(-time.Minute), By: zhang}
	other := themeday.Entry{Entered: start.Add(time.Minute), By: li}
	update(t, s, func(tx themeday.Tx) error {
		return errors.Join(tx.AddEntry(early), tx.AddEntry(whole), tx.AddEntry(other), tx.AddEntry(bare))
	})
	early.Seq, whole.Seq, bare.Seq = 1, 2, 4
	for _, c := range []struct {
		from time.Time
		want []themeday.Entry
	}{
		{time.Time{}, []themeday.Entry{early, whole, bare}},
		{start, []themeday.Entry{whole, bare}},
		{start.Add(time.Minute), []themeday.Entry{whole, bare}},
		{start.Add(time.Minute + 1), []themeday.Entry{bare}},
		{start.Add(time.Hour), nil},
	} {
		same(t, "from "+c.from.String(), seen(t, s, func(tx themeday.Tx) ([]themeday.Entry, error) { return tx.EntriesBy(zhang, c.from) }), c.want)
	}
}

func TestAFactKnowsWhetherAnythingHappenedToItLater(t *testing.T) {
	s := opened(t)
	update(t, s, func(tx themeday.Tx) error {
		for _, key := range []string{"k1", "k2", "k1"} {
			if err := tx.AddEntry(themeday.Entry{Entered: start, Noun: "leave", Key: key}); err != nil {
				return err
			}
		}
		return nil
	})
	for _, c := range []struct {
		noun, key string
		after     int64
		want      bool
	}{{"leave", "k1", 1, true}, {"leave", "k1", 3, false}, {"leave", "k2", 1, true}, {"leave", "k2", 2, false}, {"signin", "k1", 0, false}} {
		got := seen(t, s, func(tx themeday.Tx) (bool, error) { return tx.LaterEntry(c.noun, c.key, c.after) })
		if got != c.want {
			t.Errorf("%s %s after entry %d: %v, want %v", c.noun, c.key, c.after, got, c.want)
		}
	}
}

func TestEntriesAboutAKindOfFactAreFoundByTheBeginningOfTheirKeys(t *testing.T) {
	s := opened(t)
	update(t, s, func(tx themeday.Tx) error {
		for _, e := range []themeday.Entry{
			{Noun: "signin", Key: "一/2026-12/2"},
			{Noun: "signin", Key: "一/2026-03/1"},
			{Noun: "leave", Key: "一/2026-03/1"},
			{Noun: "signin", Key: "一/2027-01/1"},
			{Noun: "signin", Key: "一组/2026-03/1"},
			{Noun: "signin", Key: "一/2026-"},
		} {
			if e.Entered = start; tx.AddEntry(e) != nil {
				return errors.New("not added")
			}
		}
		return nil
	})
	for _, c := range []struct {
		noun, prefix string
		want         []int64
	}{{"signin", "一/2026-", []int64{1, 2, 6}}, {"leave", "一/2026-", []int64{3}}, {"signin", "一/2028-", nil}, {"signin", "一/2026-03", []int64{2}}} {
		var got []int64
		for _, e := range seen(t, s, func(tx themeday.Tx) ([]themeday.Entry, error) { return tx.EntriesAbout(c.noun, c.prefix) }) {
			got = append(got, e.Seq)
		}
		same(t, c.noun+" "+c.prefix, got, c.want)
	}
}
