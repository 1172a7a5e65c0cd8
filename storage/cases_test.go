package storage

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"themeday"
)

func TestCasesComeBackAsTheyWerePut(t *testing.T) {
	s := staffed(t)
	id := themeday.ActivityOf(first, themeday.DateOf(start, time.UTC).MonthOf())
	nominated := themeday.Case{Activity: id, Highlights: "老党员讲故事", Nominated: start, By: wang, State: themeday.CaseNominated}
	chosen := nominated
	chosen.State, chosen.Words, chosen.Decided, chosen.DecidedBy, chosen.Version = themeday.CaseChosen, "好", start.Add(time.Hour), li, 1
	shared := themeday.SharedActivity{
		Number: 1, Activity: id, Published: start, By: wang, Topics: []string{"学习党章"}, Content: []string{"政治学习"}, Agenda: []string{"领学", "讨论"}, Agreed: []string{"志愿服务"}, Short: "时间短",
	}
	praise := themeday.Praise{Branch: first, Number: 1, PartyGroup: "第一小组", Text: "全员到会", At: start, By: li}
	borrowing := themeday.Borrowing{Number: 1, Activity: "第二支部/2026-05", At: start, By: li}
	update(t, s, func(tx themeday.Tx) error {
		return errors.Join(tx.PutActivity(themeday.Activity{ID: id, Branch: first, Month: themeday.DateOf(start, time.UTC).MonthOf()}),
			tx.PutCase(nominated), tx.PutCase(chosen), tx.PutSharedActivity(shared), tx.PutBorrowing(borrowing), tx.PutBorrowing(borrowing), tx.PutPraise(praise))
	})
	if got := seen(t, s, func(tx themeday.Tx) ([]themeday.Case, error) { return tx.Cases() }); !reflect.DeepEqual(got, []themeday.Case{chosen}) {
		t.Errorf("cases %+v", got)
	}
	shared.Borrowed = []themeday.Borrowing{borrowing}
	if got := seen(t, s, func(tx themeday.Tx) ([]themeday.SharedActivity, error) { return tx.SharedActivities() }); !reflect.DeepEqual(got, []themeday.SharedActivity{shared}) {
		t.Errorf("shared %+v", got)
	}
	if got := seen(t, s, func(tx themeday.Tx) ([]themeday.Praise, error) { return tx.Praises(first) }); !reflect.DeepEqual(got, []themeday.Praise{praise}) {
		t.Errorf("praises %+v", got)
	}
	update(t, s, func(tx themeday.Tx) error { return tx.DeleteBorrowing(borrowing) })
	if got := seen(t, s, func(tx themeday.Tx) ([]themeday.SharedActivity, error) { return tx.SharedActivities() }); len(got[0].Borrowed) != 0 {
		t.Errorf("a borrowing that was taken back is there: %+v", got[0].Borrowed)
	}
}
