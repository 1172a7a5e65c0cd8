package commands

import (
	"regexp"
	"strconv"
	"strings"

	"themeday"
	"themeday/commands/fold"
)

var rate = Command{
	Words: []string{"评分", "测评"}, Usage: "评分 5 4 5 5 意见", Help: "活动后测评，四项各1到5分，可附意见；一人一票，不记名，交了不能改",
	Who: Member, Everyday: true, Figures: true, Ballot: true, Run: runRate,
}

var rateByWord = Command{
	Words: []string{"满意", "基本满意", "不满意"}, Usage: "满意", Help: "活动后测评，一个词就行：满意、基本满意、不满意",
	Who: Member, Everyday: true, Ballot: true, Run: runRateByWord,
}

func runRate(c *Call) (themeday.Reply, error) {
	args, err := c.ofMonth(c.Args)
	if err != nil {
		return themeday.Reply{}, err
	}
	scores, remark, ok := readScores(args)
	if !ok {
		if !c.Message.Private() {
			if c.Args != "" && !startsWithDigit(c.Args) {
				return themeday.Reply{}, nil // talk about ratings
			}
			if _, err := c.EvaluationOpen(c.Tx, c.Branch.ID, c.Message.At); err != nil {
				return themeday.Reply{}, nil
			}
		}
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R25, "请给四项各打1到5分，例如：评分 5 4 5 5。四项是：%s", strings.Join(themeday.Dimensions[:], "、"))
	}
	return c.vote(scores, remark, false)
}

var (
	markWord  = regexp.MustCompile(`^[\s,，、/]*(\d{1,2})分?(?:[\s,，、/。；;]+|$)`)
	fourMarks = regexp.MustCompile(`^(\d)(\d)(\d)(\d)(?:[\s,，、。；;]+|$)`)
)

// readScores reads four marks, apart or together (5455), and a remark behind them.
func readScores(args string) (themeday.Scores, string, bool) {
	var s themeday.Scores
	rest := strings.TrimSpace(fold.Text(args))
	if hit := fourMarks.FindStringSubmatch(rest); hit != nil {
		for i := range s {
			s[i], _ = strconv.Atoi(hit[i+1])
		}
		return s, strings.TrimSpace(rest[len(hit[0]):]), true
	}
	for i := range s {
		hit := markWord.FindStringSubmatch(rest)
		if hit == nil {
			return s, "", false
		}
		s[i], _ = strconv.Atoi(hit[1])
		rest = rest[len(hit[0]):]
	}
	return s, strings.TrimSpace(rest), true
}

func runRateByWord(c *Call) (themeday.Reply, error) {
	s, ok := themeday.ScoresOf(fold.Parse(c.Message.Text).Word)
	if !ok {
		return themeday.Reply{}, c.usage()
	}
	if !c.Message.Private() && asks(c.Args) {
		return themeday.Reply{}, nil
	}
	remark, err := c.ofMonth(c.Args)
	if err != nil {
		return themeday.Reply{}, err
	}
	return c.vote(s, remark, true)
}

// asks tells whether a text is a question: 满意 吗？ is no ballot.
func asks(text string) bool {
	if strings.Contains(text, "怎么") || strings.Contains(text, "怎麼") {
		return true
	}
	for _, mark := range []string{"?", "？", "吗", "嗎", "呢"} {
		if strings.HasSuffix(text, mark) {
			return true
		}
	}
	return false
}

// vote takes the ballot. The group hears a gathered count; a word of ordinary talk outside an evaluation is not answered there.
func (c *Call) vote(s themeday.Scores, remark string, word bool) (themeday.Reply, error) {
	if c.Message.Relayed != "" {
		return themeday.Reply{}, relayedBallot()
	}
	a, err := c.Rate(c.Tx, c.Cause, c.Message, c.Branch.ID, c.Actor, s, remark, c.Scene.KnownAs(c.Message.From)...)
	switch code := themeday.CodeOf(err); {
	case err != nil && word && !c.Message.Private() && (code == themeday.TooEarly || code == themeday.TooLate):
		return themeday.Reply{}, nil
	case err != nil:
		return themeday.Reply{}, err
	}
	if err := c.Gather(c.Tx, c.Cause, a, themeday.EvaluationCount, a.ClosesAt(c.For(a).Rules)); err != nil {
		return themeday.Reply{}, err
	}
	if !c.Message.Private() {
		return themeday.Reply{}, nil
	}
	return say("已收到您的测评，谢谢。不记名，交了不能改"), nil
}

func relayedBallot() error {
	return themeday.Refuse(themeday.Forbidden, themeday.R25, "测评不记名，不能由别人转贴。请本人等微信恢复后再评")
}
