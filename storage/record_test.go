package storage

import (
	"errors"
	"testing"
	"time"

	"themeday"
)

func TestTicksComeByTimeAndCanBeTakenBack(t *testing.T) {
	s := house(t)
	read := func(tx themeday.Tx) ([]themeday.Check, error) { return tx.Checks(march) }
	flag := themeday.Check{Activity: march, Item: "党旗", By: wang, At: start}
	badge := themeday.Check{Activity: march, Item: "徽章", By: wang, At: start.Add(-time.Minute)}
	update(t, s, func(tx themeday.Tx) error {
		return errors.Join(tx.PutCheck(flag), tx.PutCheck(badge), tx.PutCheck(badge))
	})
	same(t, "checks", seen(t, s, read), []themeday.Check{badge, flag})
	update(t, s, func(tx themeday.Tx) error { return tx.DeleteCheck(march, "徽章") })
	same(t, "checks", seen(t, s, read), []themeday.Check{flag})
}

func TestANumberOfTheMinutesIsNeverGivenTwice(t *testing.T) {
	s := house(t)
	read := func(tx themeday.Tx) ([]themeday.Minute, error) { return tx.Minutes(march) }
	line := func(seq int64, text string) themeday.Minute {
		return themeday.Minute{Activity: march, Seq: seq, Kind: themeday.Agreed, Text: text, By: zhang, At: start}
	}
	update(t, s, func(tx themeday.Tx) error {
		for i, text := range []string{"一", "二"} {
			if seq, err := tx.AddMinute(line(0, text)); err != nil || seq != int64(i+1) {
				t.Errorf("line %s has number %d, %v", text, seq, err)
			}
		}
		if err := tx.DeleteMinute(march, 2); err != nil {
			return err
		}
		if seq, err := tx.AddMinute(line(0, "三")); err != nil || seq != 3 {
			t.Errorf("after the last was deleted the next has number %d, %v", seq, err)
		}
		_, err := tx.AddMinute(line(2, "二")) // put back
		return err
	})
	same(t, "minutes", seen(t, s, read), []themeday.Minute{line(1, "一"), line(2, "二"), line(3, "三")})
}

func TestAPictureUsedTwiceIsSeenTwice(t *testing.T) {
	s := house(t)
	read := func(id themeday.ActivityID) func(themeday.Tx) ([]themeday.Picture, error) {
		return func(tx themeday.Tx) ([]themeday.Picture, error) { return tx.Pictures(id) }
	}
	a := themeday.Picture{
		ID: "ab12", Activity: march, Person: zhang, Use: "activity", At: start,
		Caption: "重温誓词", Look: "0f", Received: "ef", LikeActivity: "第一支部/2026-02", LikeID: "99",
	}
	again := themeday.Picture{ID: "ab12", Activity: "第一支部/2026-04", Person: zhang, Use: "activity", At: start.AddDate(0, 1, 0)}
	note := themeday.Picture{ID: "cd34", Activity: march, Person: li, Use: "leave", At: start.Add(-time.Hour)}
	update(t, s, func(tx themeday.Tx) error {
		return errors.Join(tx.PutPicture(a), tx.PutPicture(again), tx.PutPicture(note), tx.PutPicture(a))
	})
	same(t, "March", seen(t, s, read(march)), []themeday.Picture{note, a})
	same(t, "April", seen(t, s, read("第一支部/2026-04")), []themeday.Picture{again})
	photos := func(tx themeday.Tx) ([]themeday.Picture, error) { return tx.PicturesOf("activity") }
	same(t, "photos", seen(t, s, photos), []themeday.Picture{a, again})
	update(t, s, func(tx themeday.Tx) error { return tx.DeletePicture(a) })
	same(t, "photos after one was taken back", seen(t, s, photos), []themeday.Picture{again})
}

func TestObjectionsComeInTheOrderInWhichTheyWereRaised(t *testing.T) {
	s := house(t)
	a := themeday.Objection{Branch: first, Activity: march, Person: zhang, Text: "我到了", At: start}
	b := themeday.Objection{Branch: first, Person: li, Text: "名单有误", At: start.Add(-time.Hour)}
	other := themeday.Objection{Branch: second, Person: wang, Text: "另一支部", At: start}
	update(t, s, func(tx themeday.Tx) error {
		return errors.Join(tx.AddObjection(a), tx.AddObjection(other), tx.AddObjection(b))
	})
	a.ID, b.ID = 1, 3
	same(t, "objections", seen(t, s, func(tx themeday.Tx) ([]themeday.Objection, error) { return tx.Objections(first) }), []themeday.Objection{a, b})
}
