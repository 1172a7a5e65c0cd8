// Package commands turns what people type into use cases. One file a verb; router.go finds who speaks, which branch and verb are meant,
// and runs the verb in the transaction that also notes the message as handled.
package commands

import (
	"themeday"
	"themeday/templates"
)

// Who says who may run a command.
type Who int

// The circles, from everybody to the committee.
const (
	Anyone    Who = iota // also strangers
	Member               // on the branch's roster, or its guest
	Writer               // the recorder, the host or the secretary
	Host                 // the host of the activity or the secretary
	Secretary            // the secretary
	Committee            // of the committee
)

// Command is a verb of the chat: its words, how it is used, who may use it, and what it does.
type Command struct {
	Words    []string // simplified; the first is its name
	Usage    string   // the form to type; %s is a month
	Help     string   // one line; %s is a month
	Who      Who
	Month    bool                       // begins with an optional month
	Behind   bool                       // its month lies behind: in December 3月 is this year\'s
	Bare     bool                       // takes nothing behind it, or behind its month; in a group anything there makes it ordinary talk
	Everyday bool                       // a word of ordinary talk: from those who may not, or at the wrong time, it is not answered in a group
	Figures  bool                       // figures may follow the word without a blank, in a group as well: 签到4821
	Aside    bool                       // answered in private
	NoBranch bool                       // concerns no single branch
	Branches bool                       // names its branches itself: a name in front is not cut off
	Anywhere bool                       // the committee may use it without naming a branch
	Visitor  func(themeday.Person) bool // who may say it of any branch to which he came
	Ballot   bool                       // a vote: with an outsider's code behind it it is rateByCode
	Run      func(*Call) (themeday.Reply, error)
}

// Call is one command being run: who, where, when, with what behind it. Tx is its only way to the facts.
type Call struct {
	themeday.Desk
	Tx      themeday.Tx
	Cause   themeday.Cause
	Message themeday.Message
	Command Command
	Actor   themeday.Comrade // the speaker; of no branch for the committee and for strangers
	Level   themeday.Level
	Branch  themeday.Branch
	Named   bool                  // the branch stands in the message, by today's name or one that it had
	Roster  themeday.BranchRoster // of the branch, today
	Month   *themeday.YearMonth   // as typed
	Args    string                // behind the word, branch and month, in the writer's own script
	Session string
	Scene   themeday.Scene // as the speaker was recognised in it
	Menu    []Command
	Texts   *templates.Posts
	Explain func(themeday.Kind) string

	NoticeAt func(themeday.Tx, themeday.Activity) (timeAt, error) // when the notice of an activity can go out
	plan     bool
	foreign  bool // said in a group that is no branch's
}

// name is the command's name, or empty while none is known.
func (c *Call) name() string {
	if len(c.Command.Words) == 0 {
		return ""
	}
	return c.Command.Words[0]
}

// replan asks for the branch's posts to be planned anew in the same transaction.
func (c *Call) replan() { c.plan = true }

// say is a reply in the chat where the question was put.
func say(text string) themeday.Reply { return themeday.Reply{Text: text} }

// Menu is every command, in the order in which help shows them.
func Menu() []Command {
	return []Command{
		signIn, askLeave, cancelLeave, makeup, rate, rateByWord, showActivity, showMine, object, why, rules, bind, help, commentOn, leaders,
		next, progress, fixedDay, yearPlan, planFiles, checkup, topicMenu, topics, linkTo, content, agenda, submit, changeDate, keepClear, delegate, recorder, invite, inviteRaters,
		grant, refuse, tick, dayCode, proxy, proxyAfter, remote, paper, begin, end, note, agree, assign, summarise, undo,
		list, forecast, bindingCode, claimGroup, recordForm, file, correct, signInSheet, ledger, review, evidence, rectify, situation, burden,
		bestCase, shared, borrow,
		pending, approve, sendBack, requireTopic, filings, awards, ranking, inspect, draw, branches, handOver, partyGroups, oddities, praise,
	}
}
