package themeday_test

import (
	"fmt"
	"strings"
	"testing"

	"themeday"
)

func TestTheReasonOfALeaveThatWasTakenBackStandsInNoLedger(t *testing.T) {
	s := newYear(t)
	for state, want := range map[themeday.LeaveState]bool{themeday.LeaveGranted: true, themeday.LeaveCancelled: false} {
		s.do(func(tx themeday.Tx) error {
			return tx.PutLeave(themeday.Leave{Activity: "一/2026-03", Person: bookLi, At: bookAt("03-12 20:00"), Reason: "@住院", Refusal: "再想想", State: state, Decided: bookAt("03-12 21:00"), By: bookLi})
		})
		got := fmt.Sprint(s.yearbook(true).Rows)
		if strings.Contains(got, "@住院") != want || strings.Contains(got, "再想想") != want {
			t.Errorf("%s: the reason stands there, want %v", state, want)
		}
		if !strings.Contains(drawn(s.yearbook(true), "请假登记"), "李四") {
			t.Errorf("%s: the leave itself is gone", state)
		}
	}
}
