package storage

import (
	"testing"
	"time"

	"themeday"
)

func TestInstantsComeBackEqualAndInUTC(t *testing.T) {
	shanghai := time.FixedZone("CST", 8*3600)
	s := house(t)
	for _, said := range []time.Time{
		{},
		time.Date(2026, 1, 1, 0, 0, 0, 0, shanghai),
		time.Date(2026, 3, 13, 14, 30, 0, 123456789, shanghai),
		time.Date(1999, 12, 31, 23, 59, 59, 999999999, time.UTC),
	} {
		update(t, s, func(tx themeday.Tx) error {
			return tx.PutSignIn(themeday.SignIn{Activity: march, Person: zhang, At: said})
		})
		got := seen(t, s, func(tx themeday.Tx) ([]themeday.SignIn, error) { return tx.SignIns(march) })[0].At
		if !got.Equal(said) || got.Location() != time.UTC || got.IsZero() != said.IsZero() {
			t.Errorf("%v came back as %v", said, got)
		}
	}
}

func TestInstantsCompareInTheDatabaseAsTheyDoInLife(t *testing.T) {
	shanghai := time.FixedZone("CST", 8*3600)
	inOrder := []time.Time{ // as people in Shanghai and in UTC would write them, across the ends of years
		time.Date(2025, 12, 31, 23, 59, 59, 0, shanghai),
		time.Date(2026, 1, 1, 0, 0, 0, 0, shanghai),
		time.Date(2025, 12, 31, 16, 0, 0, 1, time.UTC),
		time.Date(2025, 12, 31, 23, 59, 59, 999999999, time.UTC),
		time.Date(2026, 1, 1, 8, 0, 0, 0, shanghai),
		time.Date(2026, 1, 1, 0, 0, 0, 500000000, time.UTC),
		time.Date(2026, 10, 1, 9, 0, 0, 0, shanghai),
	}
	s := opened(t)
	for i, due := range inOrder {
		key := string(rune('z' - i)) // keys the other way round
		update(t, s, func(tx themeday.Tx) error {
			return tx.PutPost(themeday.Post{Key: key, To: themeday.ToGroup, Due: due, State: themeday.Waiting})
		})
	}
	for i, at := range inOrder {
		due := seen(t, s, func(tx themeday.Tx) ([]themeday.Post, error) { return tx.DuePosts(at, 0) })
		if len(due) != i+1 || !due[i].Due.Equal(at) {
			t.Errorf("by %v %d posts are due, want %d and that one last", at, len(due), i+1)
		}
	}
}

func TestDaysAndMonthsComeBackAsTheyWere(t *testing.T) {
	s := house(t)
	want := []themeday.Blackout{
		{Branch: first, From: date(2025, 12, 25), To: date(2026, 1, 5), Why: "年终决算"},
		{Branch: first, From: date(2026, 3, 1), To: date(2026, 3, 31)},
	}
	update(t, s, func(tx themeday.Tx) error {
		for i := len(want) - 1; i >= 0; i-- {
			if err := tx.PutBlackout(want[i]); err != nil {
				return err
			}
		}
		return nil
	})
	same(t, "blackouts", seen(t, s, func(tx themeday.Tx) ([]themeday.Blackout, error) { return tx.Blackouts(first) }), want)
	same(t, "blackouts of another branch", seen(t, s, func(tx themeday.Tx) ([]themeday.Blackout, error) { return tx.Blackouts(second) }), []themeday.Blackout(nil))
}
