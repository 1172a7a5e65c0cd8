package themeday

import (
	"strings"
	"time"
)

// Step is one of the nine steps of an activity (R18), 1 to 9.
type Step int

// The nine steps, in their order.
const (
	Deciding   Step = 1 + iota // ① the branch committee decides topic and plan
	Approving                  // ② the committee approves
	Noticing                   // ③ the arrangement is made public
	Convening                  // ④ the members are called together
	SigningIn                  // ⑤ members sign in
	Reporting                  // ⑥ attendance and content are reported
	Holding                    // ⑦ the activity is held
	Evaluating                 // ⑧ the activity is evaluated
	Summing                    // ⑨ it is summed up
)

// StepDone is the evidence that a step is completed.
type StepDone struct {
	At time.Time // when it happened
	By PersonID  // who did it; Bot for the program
}

// StepRow is a row of the table of steps.
type StepRow struct {
	Step      Step
	Mark      string // ① …
	Name      string // what the regulation calls it
	Who       string // who does it
	Completes string // what completes it
	Evidence  string // what proves it
	Type      string // the command that does it, %s is the month; empty: the bot does it
}

// Steps is the table of the nine steps. Each comes after the one above it; none is skipped.
var steps = [9]StepRow{
	{Deciding, "①", "支委会定主题", "书记", "主题写入", "主题、时间、地点", "主题 %s 学习党章；重温誓词"},
	{Approving, "②", "机关党委审定", "机关党委", "审定", "报审和审定的时间、审定人", "报审 %s"},
	{Noticing, "③", "公示预告", "机器人", "预告发到群里", "预告及发出时间", ""},
	{Convening, "④", "召集会议", "机器人", "签到通知发到群里", "通知及发出时间", ""},
	{SigningIn, "⑤", "党员签到", "党员", "有人签到", "签到册", "签到"},
	{Reporting, "⑥", "通报到会", "机器人", "到会情况发到群里", "应到、实到、请假", "开始"},
	{Holding, "⑦", "开展活动", "主持人", "活动结束", "起止时间、记录", "结束"},
	{Evaluating, "⑧", "主题测评", "参会同志", "有人测评", "测评结果", "评分 5 4 5 5"},
	{Summing, "⑨", "总结提升", "书记", "总结写入", "总结", "总结 %s 成效……不足……下步……"},
}

// StepTable gives the nine rows in order.
func StepTable() [9]StepRow { return steps }

// Row gives the row of a step.
func (s Step) Row() StepRow { return steps[s-1] }

// String is the mark and the name, such as ②机关党委审定.
func (s Step) String() string { return s.Row().Mark + s.Row().Name }

// NextStep is the first step not yet completed, and false when all nine are.
func NextStep(a Activity) (Step, bool) {
	for s := Deciding; s <= Summing; s++ {
		if !a.Done(s) {
			return s, true
		}
	}
	return 0, false
}

// CanTake tells whether a step may be taken now: refused with the first missing one before it (R18).
func CanTake(a Activity, s Step) error {
	for before := Deciding; before < s; before++ {
		if !a.Done(before) {
			return missingStep(a, before, s.Row().Name)
		}
	}
	return nil
}

// canSay is CanTake for a step that a word brings on: a refusal uses the word that was typed.
func canSay(a Activity, s Step, word string) error {
	for before := Deciding; before < s; before++ {
		if !a.Done(before) {
			return missingStep(a, before, word)
		}
	}
	return nil
}

func missingStep(a Activity, missing Step, asked string) error {
	row := missing.Row()
	text := "还不能" + asked + "：缺第" + row.Mark + "步（" + row.Name + "）"
	who, command := WhoTakes(a, missing)
	if command == "" {
		return Refuse(Missing, R18, "%s，机器人会按时完成", text)
	}
	if missing == Approving && who == row.Who { // the committee names the branch
		return Refuse(Missing, R18, "%s。请%s发：审定 %s %s", text, who, a.Branch, a.Month.Chinese())
	}
	return Refuse(Missing, R18, "%s。请%s发：%s", text, who, command)
}

// WhoTakes says who brings a step on and what he types for it; the command is empty where only the bot does it.
func WhoTakes(a Activity, s Step) (who, command string) {
	row := s.Row()
	who, command = row.Who, row.Type
	switch {
	case s == Approving && (a.Submitted.IsZero() || a.Returned.After(a.Submitted)): // until it is submitted, or anew
		who = string(Secretary)
	case s == Approving:
		command = "审定 " + string(a.Branch) + " %s"
	case s == SigningIn && !a.Ended.IsZero(): // nobody can sign in any more; who was there is entered by the secretary
		who, command = string(Secretary), signAfter
	case s == Reporting: // the bot does it on time, and at once when the secretary says 开始
		who = string(Secretary)
	}
	return who, monthIn(command, a.Month)
}

// signAfter is how sign-ins are entered once the activity is over.
const signAfter = "补签 %s 姓名 事由，或：纸 %s 1-12"

// asOver is an activity as it stands at an instant: one whose planned end is past counts as ended, though nobody has said so.
func (a Activity) asOver(at time.Time) Activity {
	if a.Dated() && a.Over(at) {
		a.Ended = a.EndAt()
	}
	return a
}

// monthIn writes the month into a command wherever it has a place for it.
func monthIn(command string, m YearMonth) string {
	return strings.ReplaceAll(command, "%s", m.Chinese())
}
