package commands

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"themeday"
)

func TestAMessageDeliveredTwiceIsDoneAndAnsweredOnce(t *testing.T) {
	s := newStage(t).open()
	m := s.message("03-13 13:40", "张三", private, "签到")
	if r := s.hear(m); r.Text == "" {
		t.Error("the first delivery is not answered")
	}
	if r := s.hear(m); r.Text != "" {
		t.Errorf("the second delivery is answered: %q", r.Text)
	}
	s.want("signed in", s.signins(group), "张三 self")
}

func TestAPanicSetsItsMessageAsideAndTheBotGoesOn(t *testing.T) {
	s := newStage(t).open()
	s.router.menu[s.router.byWord["签到"]].Run = func(c *Call) (themeday.Reply, error) {
		if _, err := c.SignInSelf(c.Tx, c.Cause, c.Branch.ID, c.Actor, themeday.Self, ""); err != nil {
			return themeday.Reply{}, err
		}
		panic("a handler that cannot cope")
	}
	m := s.message("03-13 13:40", "张三", private, "签到")
	if r := s.hear(m); !strings.Contains(r.Text, "系统出错") {
		t.Errorf("heard %q", r.Text)
	}
	s.want("signed in", s.signins(group))
	if r := s.hear(m); r.Text != "" {
		t.Errorf("the message set aside is handled again: %q", r.Text)
	}
	s.play(line{"03-13 13:41", "张三", private, "活动", "党员活动室"})
}

func TestAFaultOfTheHouseLeavesTheMessageToBeDeliveredAgain(t *testing.T) {
	s := newStage(t).open()
	run := s.router.menu[s.router.byWord["签到"]].Run
	s.router.menu[s.router.byWord["签到"]].Run = func(*Call) (themeday.Reply, error) { return themeday.Reply{}, errors.New("disk full") }
	m := s.message("03-13 13:40", "张三", private, "签到")
	for range Attempts - 1 {
		if r, err := s.router.Handle(context.Background(), m); err == nil || r.Text != "" {
			t.Errorf("heard %q, err %v", r.Text, err)
		}
	}
	s.router.menu[s.router.byWord["签到"]].Run = run
	if r := s.hear(m); !strings.Contains(r.Text, "已签到") {
		t.Errorf("the second delivery: %q", r.Text)
	}
}

func TestAMessageIsNeverSetAsideWhileTheDiskIsFull(t *testing.T) {
	s := newStage(t).open()
	run := s.router.menu[s.router.byWord["签到"]].Run
	s.router.menu[s.router.byWord["签到"]].Run = func(*Call) (themeday.Reply, error) {
		return themeday.Reply{}, fmt.Errorf("the disk is full: %w", themeday.ErrPassing)
	}
	m := s.message("03-13 13:40", "张三", private, "签到")
	for range deafAfter*DefaultLimits().Person + 2 { // more often than anybody may speak
		if r, err := s.router.Handle(context.Background(), m); !errors.Is(err, themeday.ErrPassing) || r.Text != "" {
			t.Errorf("heard %q, err %v", r.Text, err)
		}
	}
	s.router.menu[s.router.byWord["签到"]].Run = run
	if r := s.hear(m); !strings.Contains(r.Text, "已签到") {
		t.Errorf("when there is room again: %q", r.Text)
	}
}

func TestAMessageThatAlwaysFailsIsSetAsideAndTheOthersAreHeard(t *testing.T) {
	s := newStage(t).open()
	s.router.menu[s.router.byWord["签到"]].Run = func(*Call) (themeday.Reply, error) { return themeday.Reply{}, errors.New("cannot be read") }
	m := s.message("03-13 13:40", "张三", private, "签到")
	var said []string
	for range Attempts + 1 {
		r, err := s.router.Handle(context.Background(), m)
		said = append(said, fmt.Sprint(r.Text != "", err != nil))
	}
	s.want("the attempts", said, "false true", "false true", "true false", "false false")
	s.play(line{"03-13 13:41", "张三", private, "活动", "党员活动室"})
}

func TestAStudyForgivenByASignInIsOwedAgainWhenThatIsTakenBack(t *testing.T) {
	s := newStage(t).held()
	s.play(line{"03-13 18:06", "王强", private, "补签 李四 晚到", "已为李四补签"}, line{"03-13 18:07", "王强", private, "撤销", "已撤销：补签"})
	s.do(func(tx themeday.Tx) error {
		owed, err := tx.MakeupsOf(s.people["李四"])
		if len(owed) != 1 || owed[0].State != themeday.MakeupOwed {
			t.Errorf("owed %+v", owed)
		}
		return err
	})
}

func TestARefusalTakesBackWhatWasDoneBeforeIt(t *testing.T) {
	s := newStage(t).open()
	s.play(line{"03-13 13:40", "王强", private, "纸 1-3,99", "没有第99号"})
	s.want("signed in", s.signins(group))
}

func TestWhatIsSaidInAGroupOfNoBranchIsNotHeard(t *testing.T) {
	s := newStage(t).open()
	s.play(line{"03-13 13:40", "张三", "篮球群", "签到", ""}, line{"03-13 13:40", "王强", "篮球群", "帮助", ""})
	s.want("signed in", s.signins(group))
}

func TestEmptyAndEndlessMessagesAreNoCommands(t *testing.T) {
	s := newStage(t).open()
	for _, said := range []string{"", " ", "@党建助手", "\u200b", "[强]", "👍", strings.Repeat("签到 ", 4000)} {
		s.play(line{"03-13 13:40", "张三", group, said, ""})
	}
	s.want("signed in", s.signins(group))
}

func TestEveryCommandHasAWayToBeTypedAndALineOfHelp(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range Menu() {
		if len(c.Words) == 0 || c.Usage == "" || c.Help == "" || c.Run == nil {
			t.Errorf("incomplete: %+v", c.Words)
		}
		for _, w := range c.Words {
			if seen[w] {
				t.Errorf("two commands are called %s", w)
			}
			seen[w] = true
		}
	}
}
