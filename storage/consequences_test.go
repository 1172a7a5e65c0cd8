package storage

import (
	"reflect"
	"testing"
	"time"

	"themeday"
)

func TestBarsAndRectificationsComeBackAsTheyWerePut(t *testing.T) {
	s := house(t)
	bar := themeday.Bar{Branch: first, Year: 2026, Version: 1, Strikes: 3, Told: start}
	r := themeday.Rectification{
		Branch: first, Number: 1, Year: 2026, Source: themeday.ByEvaluation, Text: "三次低于60%", Opened: start, Due: start.Add(720 * time.Hour), State: themeday.RectifyOpen,
	}
	other := themeday.Rectification{Branch: second, Number: 1, Year: 2026, Source: themeday.ByCommittee, Text: "台账不全", Opened: start, By: wang, Due: start.Add(time.Hour), State: themeday.RectifyOpen}
	update(t, s, func(tx themeday.Tx) error {
		for _, err := range []error{tx.PutBar(bar), tx.PutRectification(r), tx.PutRectification(other)} {
			if err != nil {
				return err
			}
		}
		bar.Lifted, r.State = start.Add(time.Hour), themeday.RectifyReturned
		r.Steps = []themeday.RectifyStep{
			{Kind: themeday.RectifyHanded, Text: "提前点题", By: wang, At: start.Add(time.Minute)}, {Kind: themeday.RectifyReturned, Text: "不具体", By: li, At: start.Add(time.Hour)},
		}
		if err := tx.PutBar(bar); err != nil {
			return err
		}
		return tx.PutRectification(r)
	})
	bars := seen(t, s, func(tx themeday.Tx) ([]themeday.Bar, error) { return tx.Bars(first) })
	all := seen(t, s, func(tx themeday.Tx) ([]themeday.Rectification, error) { return tx.Rectifications(first) })
	if !reflect.DeepEqual(bars, []themeday.Bar{bar}) || !reflect.DeepEqual(all, []themeday.Rectification{r}) {
		t.Errorf("got %+v, %+v", bars, all)
	}
	if none := seen(t, s, func(tx themeday.Tx) ([]themeday.Bar, error) { return tx.Bars(second) }); none != nil {
		t.Errorf("the other branch: %+v", none)
	}
}
