package storage

import (
	"testing"
	"time"

	"themeday"
)

func TestOfEverybodyTheLastCommentStands(t *testing.T) {
	s := house(t)
	read := func(tx themeday.Tx) ([]themeday.Comment, error) { return tx.Comments(march) }
	first := themeday.Comment{Activity: march, Person: wang, Text: "优点：好", At: start, By: wang}
	spoken := themeday.Comment{Activity: march, Person: zhang, Text: "讲得实在\n要多走访", At: start.Add(time.Minute), By: wang}
	again := first
	again.Text, again.At = "不足：时间紧", start.Add(time.Hour)
	for _, c := range []themeday.Comment{first, spoken, again} {
		update(t, s, func(tx themeday.Tx) error { return tx.PutComment(c) })
	}
	same(t, "comments", seen(t, s, read), []themeday.Comment{spoken, again})
	update(t, s, func(tx themeday.Tx) error { return tx.DeleteComment(march, wang) })
	same(t, "comments", seen(t, s, read), []themeday.Comment{spoken})
}
