package themeday

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Comment is what a leader or somebody of the committee who came says of an activity (点评, R27). It stands in the record.
type Comment struct {
	Activity ActivityID
	Person   PersonID // whose word it is
	Text     string
	At       time.Time
	By       PersonID // who entered it: himself, or the secretary what was spoken
}

// Dictated tells whether somebody else wrote it down.
func (c Comment) Dictated() bool { return c.By != c.Person }

// CommentPart is a part of a comment: 优点, 不足 or 方向; without a name what stands before them.
type CommentPart struct{ Name, Text string }

var commentMark = regexp.MustCompile(`(?:^|[\s，,。；;、！!])(优点|優點|不足之处|不足之處|不足|(?:改进|改進|努力|下步|下一步|今后|今後)?(?:方向|建议|建議))(?:[是有在为為]|[：:，,\s])*`)

// Parts splits a comment where the words 优点, 不足 and 方向 or 建议 begin a clause; without them it is one part.
func (c Comment) Parts() []CommentPart {
	marks := commentMark.FindAllStringSubmatchIndex(c.Text, -1)
	trim := func(s string) string { return strings.Trim(s, " \n\t，,。；;、：:") }
	if len(marks) == 0 {
		return []CommentPart{{Text: strings.TrimSpace(c.Text)}}
	}
	var out []CommentPart
	add := func(name, text string) {
		if text = trim(text); text == "" {
			return
		}
		if i := slices.IndexFunc(out, func(p CommentPart) bool { return p.Name == name }); i >= 0 {
			out[i].Text += "；" + text
			return
		}
		out = append(out, CommentPart{name, text})
	}
	add("", c.Text[:marks[0][0]])
	for i, m := range marks {
		end := len(c.Text)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		add(partName(c.Text[m[2]:m[3]]), c.Text[m[1]:end])
	}
	return out
}

func partName(mark string) string {
	switch {
	case strings.HasSuffix(mark, "点") || strings.HasSuffix(mark, "點"):
		return "优点"
	case strings.HasPrefix(mark, "不足"):
		return "不足"
	}
	return "方向"
}

// Comment takes what somebody who came says of an activity, from its start until some days after its end (R27). The secretary may write down
// what was spoken. Who comments again replaces his own words as long as the form is not filed.
func (d Desk) Comment(tx Tx, c Cause, a Activity, who Comrade, text string) (Comment, error) {
	k := Comment{Activity: a.ID, Person: who.ID, Text: strings.TrimSpace(text), At: c.At, By: c.By}
	if err := d.canComment(tx, c, a, who, k.Text); err != nil {
		return k, err
	}
	old, there, err := commentOf(tx, a.ID, who.ID)
	if err != nil {
		return k, err
	}
	var before any
	if there {
		before = old
	}
	if there && old.Text == k.Text {
		return old, Refuse(Conflict, R27, "这条点评已经记下，不用再发")
	}
	if err := note(tx, c, a.ID, nounComment, key(a.ID, who.ID), before, k, ""); err != nil {
		return k, err
	}
	if err := tx.PutComment(k); err != nil || k.Dictated() {
		return k, err
	}
	return k, d.tellSecretary(tx, c, Post{
		Key: fmt.Sprintf("%s/%s/%d/%d", CommentGiven, a.ID, who.ID, c.At.Unix()), Kind: CommentGiven, Branch: a.Branch, Activity: a.ID, Person: who.ID,
	})
}

func (d Desk) canComment(tx Tx, c Cause, a Activity, who Comrade, text string) error {
	m := a.Month.Chinese()
	switch {
	case !a.Dated():
		return Refuse(NotFound, R27, "%s没有主题党日，请核对月份，例如：点评 %s %s 优点……；不足……；方向……", m, a.Branch, m)
	case c.At.Before(a.BeginAt()):
		return Refuse(TooEarly, R27, "%s主题党日还没有开始，%s起可以点评", m, d.WhenFrom(a.BeginAt(), c.At))
	}
	if err := d.mayComment(tx, a, who); err != nil {
		return err
	}
	if text == "" {
		return Refuse(Invalid, R27, "请写点评内容，例如：点评 %s %s 优点……；不足……；方向……", a.Branch, m)
	}
	if err := tooLong(R27, "点评", text, commentMost); err != nil {
		return err
	}
	if err := sealed(a, c, "点评 "+who.Name+" 内容"); err != nil {
		return err
	}
	if last := d.Day(a.EndAt()).AddDays(d.For(a).Rules.CommentDays); !c.Correcting && d.Day(c.At).After(last) {
		return Refuse(TooLate, R27, "%s主题党日的点评到%s截止。书面点评请交书记随纪实表存档", m, last.Chinese())
	}
	return nil
}

// mayComment: a leader, one of the committee or its delegate who came as a guest. A member of the branch is here an ordinary one (R09).
func (d Desk) mayComment(tx Tx, a Activity, who Comrade) error {
	roster, err := d.RosterOf(tx, a)
	if err != nil {
		return err
	}
	if own, here := roster.Find(who.ID); here && own.Counts() {
		return Refuse(Forbidden, R09, "%s在%s是普通党员，点评由到场的联系领导或机关党委来写。对活动的看法请写进测评：评分 5 4 5 5 意见", who.Name, a.Branch)
	}
	guests, err := tx.Guests(a.ID)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(guests, func(g Guest) bool { return g.Person == who.ID })
	if who.aboveKind() == "" && (i < 0 || !guests[i].Comments()) {
		return Refuse(Forbidden, R27, "点评由到场的联系领导、机关党委或其委派的同志来写。对活动的看法请写进测评：评分 5 4 5 5 意见")
	}
	_, in, err := d.signedIn(tx, a.ID, who.ID)
	if err != nil || in || i >= 0 {
		return err
	}
	return Refuse(Forbidden, R27, "点评由到场的同志来写，%s主题党日没有%s的签到记录。到场了请书记补记：%s %s 事由", a.Month.Chinese(), who.Name, signVerb(a), who.Name)
}

// signVerb is with what the secretary signs somebody in.
func signVerb(a Activity) string {
	if a.Ended.IsZero() {
		return "代签"
	}
	return "补签 " + a.Month.Chinese()
}

func commentOf(tx Tx, a ActivityID, p PersonID) (Comment, bool, error) {
	all, err := tx.Comments(a)
	for _, k := range all {
		if k.Person == p {
			return k, true, err
		}
	}
	return Comment{}, false, err
}

// backComment forgets a comment, or restores the one before.
func backComment(tx Tx, e Entry) error {
	if len(e.Before) == 0 {
		return backInto(e.After, func(k Comment) error { return tx.DeleteComment(k.Activity, k.Person) })
	}
	var before Comment
	if err := json.Unmarshal(e.Before, &before); err != nil {
		return fmt.Errorf("read entry: %w", err)
	}
	return tx.PutComment(before)
}
