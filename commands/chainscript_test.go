package commands

import (
	"testing"

	"themeday"
)

func TestANameInAChainIsTheRostersInEitherScript(t *testing.T) {
	c := &Call{Actor: themeday.Comrade{Person: themeday.Person{Name: "吴十"}}, Roster: themeday.BranchRoster{
		{Person: themeday.Person{Name: "赵六"}, Membership: themeday.Membership{Card: "老赵"}}, {Person: themeday.Person{Name: "張偉"}}, {Person: themeday.Person{Name: "张三"}}, {Person: themeday.Person{Name: "張三"}},
	}}
	for said, want := range map[string]string{
		"吳十":     "吴十",
		"吳十（到）":  "吴十（到）",
		"老趙 到":   "老赵 到",
		"代趙六簽到":  "代赵六簽到",
		"张伟 到":   "張偉 到",
		"張三":     "張三", // both are of the branch
		"张三":     "张三",
		"吴十 簽到":  "吴十 簽到",
		"歐陽 請假":  "歐陽 請假",
		"簽到：吳十":  "簽到：吴十",
		"":       "",
		"吳十、張偉到": "吴十、張偉到",
	} {
		got := c.inOurScript(themeday.Chain{Items: []themeday.ChainItem{{Number: 1, Text: said}}})
		if got.Items[0].Text != want {
			t.Errorf("%q reads %q, want %q", said, got.Items[0].Text, want)
		}
	}
}
