package themeday_test

import (
	"fmt"
	"strings"
	"testing"

	"themeday"
)

func TestTheReviewNamesThePartyGroupsThatWerePraised(t *testing.T) {
	s := reviewed(t, aYear...)
	s.do(func(tx themeday.Tx) error {
		for i, p := range []struct{ group, at string }{{"第一小组", "03-20 09:00"}, {"第二小组", "04-20 09:00"}, {"第一小组", "05-20 09:00"}} {
			if err := tx.PutPraise(themeday.Praise{Branch: "一", Number: i + 1, PartyGroup: p.group, Text: "全员到会", At: bookAt(p.at), By: 1}); err != nil {
				return err
			}
		}
		return nil
	})
	if got, want := fmt.Sprint(s.review("一", 2026).Strengths), "第一小组受到机关党委表扬2次、第二小组受到机关党委表扬1次"; !strings.Contains(got, want) {
		t.Errorf("%s, want %s", got, want)
	}
}
