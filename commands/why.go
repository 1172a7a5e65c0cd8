package commands

import "themeday"

// askedFor is an answer whose figures 为什么 explains.
type askedFor struct {
	words  []string
	answer func(c *Call, rest string) (themeday.Reply, error)
}

// asked are all of them.
var asked = []askedFor{
	{[]string{"评先"}, (*Call).whyAwards},
	{[]string{"排名"}, (*Call).whyRanking},
	{[]string{"述职", "述职报告"}, (*Call).whyReview},
	{[]string{"情况"}, (*Call).whySituation},
	{[]string{"负担"}, (*Call).whyBurden},
}
