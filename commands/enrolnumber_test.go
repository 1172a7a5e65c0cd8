package commands

import (
	"fmt"
	"strings"
	"testing"

	"themeday"
)

func TestANumberOfThePrintedListStaysWithItsPerson(t *testing.T) {
	s := newStage(t)
	for _, c := range []struct{ what, sheet, want string }{
		{"as it was", "第二支部|周红|书记|正式\n第二支部|吴青||正式\n第二支部|刘洋||正式", "1 周红 2 吴青 3 刘洋"},
		{"somebody has left", "第二支部|周红|书记|正式\n第二支部|刘洋||正式", "1 周红 3 刘洋"},
		{"somebody new stands first", "第二支部|新同志||正式\n第二支部|周红|书记|正式\n第二支部|刘洋||正式", "1 周红 3 刘洋 4 新同志"},
		{"the other comes back, and the last leaves", "第二支部|吴青||正式\n第二支部|周红|书记|正式\n第二支部|刘洋||正式", "1 周红 2 吴青 3 刘洋"},
		{"nobody gets his number", "第二支部|吴青||正式\n第二支部|周红|书记|正式\n第二支部|另一位||正式", "1 周红 2 吴青 5 另一位"},
	} {
		s.enlist("03-03 09:00", c.sheet)
		var got []string
		s.do(func(tx themeday.Tx) error {
			roster, err := tx.Roster("第二支部", themeday.Date{Year: 2026, Month: 3, Day: 3})
			for _, m := range roster {
				got = append(got, fmt.Sprint(m.Number, " ", m.Name))
			}
			return err
		})
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: the list is %q, want %q", c.what, strings.Join(got, " "), c.want)
		}
	}
}
