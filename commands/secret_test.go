package commands

import (
	"strings"
	"testing"
)

func TestUndoDoesNotFindABallotAndTheLedgerDoesNotTellOfIt(t *testing.T) {
	s := newStage(t).held()
	s.play(
		line{"03-13 18:05", "张三", private, "不满意", "已收到您的测评"},
		line{"03-13 18:06", "张三", private, "撤销", "没有可撤销的操作"},
		line{"03-13 18:07", "李敏", private, "满意", "已收到您的测评"},
	)
	if n := len(s.ballots()); n != 2 {
		t.Errorf("%d ballots, want 2", n)
	}
}

func TestOfTwoBallotsTheGroupHearsOnlyThatTheyWereTwo(t *testing.T) {
	s := newStage(t).held()
	before := len(s.public)
	s.play(
		line{"03-13 18:05", "张三", private, "不满意", "已收到"},
		line{"03-13 18:07", "李敏", private, "满意", "已收到"},
	)
	s.until("03-14 19:00")
	all := strings.Join(s.public[before:], "\n")
	if !strings.Contains(all, "测评2人") || strings.Contains(all, "满意率") || strings.Contains(all, "满意1人") {
		t.Errorf("the group hears:\n%s", all)
	}
}
