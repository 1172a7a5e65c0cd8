package commands

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"themeday"
	"themeday/commands/fold"
)

var inviteRaters = Command{
	Words: []string{"邀评"}, Usage: "邀评 %s 服务对象 5", Help: "给受邀来评的支部外人员要评分码（" + strings.Join(themeday.OutsideKinds[:], "、") + "）",
	Who: Host, Month: true, Aside: true, Run: runInviteRaters,
}

var kindAndCount = regexp.MustCompile(`^(\D+?)[\s,，、:：]*(\d{1,3})\s*[个個名位人张張份]?$`)

// runInviteRaters makes codes for outsiders and lists them this once, in private alone.
func runInviteRaters(c *Call) (themeday.Reply, error) {
	if !c.Message.Private() {
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R26, "评分码只在私信里给。请私信我发：%s", c.form())
	}
	hit := kindAndCount.FindStringSubmatch(fold.Text(c.Args))
	if hit == nil || c.Month == nil {
		return themeday.Reply{}, c.usage()
	}
	n, _ := strconv.Atoi(hit[2])
	a, err := c.OfMonth(c.Tx, c.Branch.ID, *c.Month)
	if err != nil {
		return themeday.Reply{}, err
	}
	kind := fold.Command(hit[1])
	codes, err := c.MakeOutsideCodes(c.Tx, c.Cause, a, kind, n)
	if err != nil {
		return themeday.Reply{}, err
	}
	text := fmt.Sprintf("%s主题党日%s评分码%d张，一人一张，只能用一次，到测评截止为止：\n%s\n请当面或电话交给本人，不要记谁拿哪张。活动结束后，私信机器人发：评分 %s 5 4 5 5 意见\n也可只发：满意 %s\n四项依次是%s。评分码不再显示，丢了另要",
		c.month(a.Month), kind, len(codes), strings.Join(codes, "\n"), codes[0], codes[0], strings.Join(themeday.Dimensions[:], "、"))
	return themeday.Reply{Text: text, Short: "评分码请私信我索取"}, nil
}

// rateByCode is 评分 or 满意 with an outsider's code behind it. It stands in no menu: the word is the members', the code makes it another command.
var rateByCode = Command{
	Words: []string{"评分"}, Usage: "评分 84213765 5 4 5 5 意见", Help: "受邀的支部外人员用评分码测评",
	Who: Anyone, NoBranch: true, Aside: true, Ballot: true, Run: runRateByCode,
}

var (
	codeInPrivate = regexp.MustCompile(`^[\s,，、:：]*(\d{6,12})(?:[\s,，、:：。；;]+|$)`) // not yet of the right length: to be told so
	codeInGroup   = regexp.MustCompile(`^[\s,，、:：]*(\d{8})(?:[\s,，、:：。；;]+|$)`)
	codeOfEight   = regexp.MustCompile(`^\d{8}$`)
)

// cutCode cuts an outsider's code off the front.
func cutCode(args string, private bool) (code, rest string, ok bool) {
	form := codeInGroup
	if private {
		form = codeInPrivate
	}
	folded := fold.Text(args)
	hit := form.FindStringSubmatch(folded)
	if hit == nil {
		return "", args, false
	}
	return hit[1], strings.TrimSpace(folded[len(hit[0]):]), true
}

// runRateByCode takes an outsider's ballot. A refusal stays what it wrote, for a wrong code must count.
func runRateByCode(c *Call) (themeday.Reply, error) {
	code, rest, _ := cutCode(c.Args, c.Message.Private())
	switch {
	case !c.Message.Private():
		e := themeday.Refuse(themeday.Invalid, themeday.R26, "评分码请私信我用，在群里发大家都看得见，这条没有算")
		return themeday.Reply{Text: e.Error(), Short: e.Error()}, nil
	case c.Message.Relayed != "":
		return themeday.Reply{}, relayedBallot()
	case !codeOfEight.MatchString(code):
		return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R26, "评分码是八位数字，例如：评分 84213765 5 4 5 5。支部的同志不用码：评分 5 4 5 5")
	}
	ballot := themeday.OutsideBallot{Code: code, Remark: rest, Known: c.Scene.KnownAs(c.Message.From)}
	word := ballotWord(c.Message.Text)
	scores, byWord := themeday.ScoresOf(word)
	if ballot.Scores = scores; !byWord {
		var ok bool
		if ballot.Scores, ballot.Remark, ok = readScores(rest); !ok {
			return themeday.Reply{}, themeday.Refuse(themeday.Invalid, themeday.R26, "请在码后面给四项各打1到5分，例如：评分 %s 5 4 5 5；或只发：满意 %s。四项是：%s", code, code, strings.Join(themeday.Dimensions[:], "、"))
		}
	}
	a, err := c.RateByCode(c.Tx, c.Cause, c.Message, c.Session, ballot)
	c.Cause.Branch = a.Branch // which the code is of, and not the speaker
	if err != nil {
		return themeday.Reply{}, keep(err)
	}
	names, err := themeday.NamesNow(c.Tx)
	if err != nil {
		return themeday.Reply{}, err
	}
	return say(fmt.Sprintf("已收到您对%s%s主题党日的测评，谢谢。不记名，一码一票，交了不能改", names(a.Branch), c.month(a.Month))), nil
}

// ballotWord is the word of a ballot, without a code that stands right behind it.
func ballotWord(text string) string {
	line := fold.Parse(text)
	if word, _ := beforeDigits(line); word != "" {
		return word
	}
	return line.Word
}
