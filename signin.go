package themeday

import (
	"fmt"
	"slices"
	"time"
)

// SignInDone is the outcome of a sign-in.
type SignInDone struct {
	Activity Activity
	SignIn   SignIn
	Again    bool // he was signed in already; nothing was written
	Returned bool // his leave ended with it (销假)
}

// Signable gives the activity for which sign-ins are taken now, or the refusal that says from when or what instead (R18 ⑤).
func (d Desk) Signable(tx Tx, b BranchID, at time.Time) (Activity, error) {
	a, ok, err := d.Next(tx, b, at)
	if err != nil {
		return Activity{}, err
	}
	if last, had, err := d.Last(tx, b, at); err == nil && had && last.Over(at) && d.Day(last.EndAt()) == d.Day(at) {
		return Activity{}, Refuse(TooLate, R18, "活动已于%s结束，签到截止。到场了请书记补签：补签 姓名 事由", d.WhenFrom(last.EndAt(), at))
	}
	switch {
	case !ok:
		return Activity{}, Refuse(TooEarly, "", "本支部还没有排定主题党日")
	case at.Before(a.SignInOpens(d.For(a).Rules)):
		return Activity{}, Refuse(TooEarly, "", "签到尚未开始，%s 起可签到", d.WhenFrom(a.SignInOpens(d.For(a).Rules), at))
	case !a.Approved():
		return Activity{}, Refuse(Missing, R18, "%s主题党日还没有审定，暂不能签到。书记发“下一步”可看要做什么", a.Month.Chinese())
	}
	return a, nil
}

// SignInSelf signs in who says so himself, member or guest.
func (d Desk) SignInSelf(tx Tx, c Cause, b BranchID, who Comrade, how How, code string) (SignInDone, error) {
	a, err := d.Signable(tx, b, c.At)
	if err != nil {
		return SignInDone{}, err
	}
	if a.Code != "" {
		if err := d.showCode(tx, c, a, who, code); err != nil {
			return SignInDone{}, err
		}
	}
	if how == Self && a.Late(c.At, d.For(a).Rules) || how == ByChain && a.Late(c.At, d.For(a).Rules) {
		how = Late
	}
	return d.signIn(tx, c, a, who, SignIn{How: how, At: c.At, By: who.ID})
}

// showCode holds what was typed against the day's code. A wrong one counts, so its refusal must not take back what was written; after so many
// a day only the secretary can sign him in.
func (d Desk) showCode(tx Tx, c Cause, a Activity, who Comrade, code string) error {
	if _, in, err := d.signedIn(tx, a.ID, who.ID); err != nil || in {
		return err
	}
	if code == "" {
		return Refuse(Missing, R33, "今天签到要带签到码：签到 四位数字，见会场屏幕")
	}
	tried, day := fmt.Sprintf("code/%s/%d", a.ID, who.ID), d.Day(c.At)
	n, err := tx.Tries(tried, day)
	switch {
	case err != nil:
		return err
	case n >= d.For(a).Rules.CodeTries:
		return Refuse(Forbidden, R33, "签到码试的次数太多，今天不再收您的签到码。到场了请书记代签：代签 %s 事由", who.Name)
	case code == a.Code:
		return nil
	}
	if _, err := tx.CountTry(tried, day); err != nil {
		return err
	}
	return Refuse(Invalid, R33, "签到码不对，请看会场屏幕，再发：签到 四位数字")
}

// SignInProxy signs somebody in on the secretary's word (代签 before the end, 补签 after), with a reason; he is told of it (R33).
func (d Desk) SignInProxy(tx Tx, c Cause, a Activity, who Comrade, why string, after bool) (SignInDone, error) {
	how, verb := Proxy, "代签"
	if after {
		how, verb = Late, "补签"
	}
	if err := tooLong(R33, verb+"事由", why, reasonMost); err != nil {
		return SignInDone{}, err
	}
	if why == "" {
		return SignInDone{}, Refuse(Invalid, R33, "%s要写事由，例如：%s %s 手机没电", verb, verb, who.Name)
	}
	if err := d.canEnter(a, c, after, who.Name); err != nil {
		return SignInDone{}, err
	}
	s := SignIn{How: how, At: c.At, By: c.By, Why: why}
	if after {
		s.At = a.BeginAt()
	}
	done, err := d.signIn(tx, c, a, who, s)
	if err != nil || done.Again || who.ID == c.By {
		return done, err
	}
	return done, d.tellPerson(tx, c, who.ID, Post{Key: fmt.Sprintf("%s/%s/%d", ProxyTold, a.ID, c.At.Unix()), Kind: ProxyTold, Branch: a.Branch, Activity: a.ID})
}

func (d Desk) canEnter(a Activity, c Cause, after bool, name string) error {
	at := c.At
	if err := CanTake(a, Noticing); err != nil {
		return err
	}
	switch {
	case at.Before(a.SignInOpens(d.For(a).Rules)):
		return Refuse(TooEarly, "", "签到尚未开始，%s 起可签到", d.WhenFrom(a.SignInOpens(d.For(a).Rules), at))
	case sealed(a, c, "补签 "+name+" 事由") != nil:
		return sealed(a, c, "补签 "+name+" 事由")
	case !after && a.Over(at):
		return Refuse(TooLate, R33, "活动已结束，请改用：补签 %s 事由", name)
	case after && !a.Over(at):
		return Refuse(TooEarly, R33, "活动还没有结束，请改用：代签 %s 事由", name)
	}
	return nil
}

// SignInRemote notes how a frail member took part (送学, R15).
func (d Desk) SignInRemote(tx Tx, c Cause, a Activity, who Comrade, way string) (SignInDone, error) {
	if err := tooLong(R15, "送学方式", way, reasonMost); err != nil {
		return SignInDone{}, err
	}
	switch {
	case !who.Frail:
		return SignInDone{}, Refuse(Forbidden, R15, "%s在名单上没有标注年老体弱，不能按送学记", who.Name)
	case way == "":
		return SignInDone{}, Refuse(Invalid, R15, "请写方式，例如：送学 %s 上门", who.Name)
	case !a.Filed.IsZero():
		return SignInDone{}, Refuse(TooLate, R22, "%s纪实表已上报，签到不能再改", a.Month.Chinese())
	}
	if err := CanTake(a, Noticing); err != nil {
		return SignInDone{}, err
	}
	if d.Day(c.At).Before(d.Day(a.Starts)) {
		return SignInDone{}, Refuse(TooEarly, R15, "活动还没有开始，%s当天起可以记送学", d.Day(a.Starts).Chinese())
	}
	return d.signIn(tx, c, a, who, SignIn{How: Remote, At: c.At, By: c.By, Why: way})
}

// PaperDone is the outcome of entering a signed sheet.
type PaperDone struct {
	Activity Activity
	New      []Comrade
	Again    []Comrade
}

// SignInPaper enters a signed sheet by the numbers of the list, and guests without one by who they are (纸). All of it or nothing.
func (d Desk) SignInPaper(tx Tx, c Cause, a Activity, numbers []int, guests ...Comrade) (PaperDone, error) {
	out := PaperDone{Activity: a}
	if err := d.canEnter(a, c, a.Over(c.At), "姓名"); err != nil {
		return out, err
	}
	roster, err := d.RosterOf(tx, a)
	if err != nil {
		return out, err
	}
	byNumber, guests := map[int]Comrade{}, slices.Clone(guests)
	for _, m := range roster {
		byNumber[m.Number] = m
	}
	for _, n := range numbers {
		who, ok := byNumber[n]
		if !ok {
			return out, Refuse(NotFound, "", "名单上没有第%d号。发“名单”可看编号", n)
		}
		guests = append(guests, who)
	}
	for _, who := range guests {
		done, err := d.signIn(tx, c, out.Activity, who, SignIn{How: Paper, At: a.BeginAt(), By: c.By})
		if err != nil {
			return out, err
		}
		out.Activity = done.Activity
		if done.Again {
			out.Again = append(out.Again, who)
		} else {
			out.New = append(out.New, who)
		}
	}
	return out, nil
}

// signIn writes a sign-in once, ends a leave that stood against it, completes step ⑤ and lets the group hear of it.
func (d Desk) signIn(tx Tx, c Cause, a Activity, who Comrade, s SignIn) (SignInDone, error) {
	out := SignInDone{Activity: a}
	old, there, err := d.signedIn(tx, a.ID, who.ID)
	if err != nil {
		return out, err
	}
	if there {
		out.SignIn, out.Again = old, true
		return out, nil
	}
	s.Activity, s.Person, s.Entered, s.Guest = a.ID, who.ID, c.At, !who.Counts()
	if err := d.seat(tx, c, a, who); err != nil {
		return out, err
	}
	c.Happened = s.At
	if err := note(tx, c, a.ID, nounSignIn, key(a.ID, who.ID), nil, s, ""); err != nil {
		return out, err
	}
	if err := tx.PutSignIn(s); err != nil {
		return out, err
	}
	out.SignIn = s
	if out.Returned, err = d.endLeave(tx, c, a, who.ID); err != nil {
		return out, err
	}
	if err := d.forgiveMakeup(tx, c, a, who.ID); err != nil {
		return out, err
	}
	if !a.Done(SigningIn) && !s.Guest && s.How != Remote { // somebody has to be there
		out.Activity.complete(Convening, c.At, Bot) // whoever comes while the word to the group still waits has been called together
		out.Activity.complete(SigningIn, c.At, s.By)
		if err := tx.PutActivity(out.Activity); err != nil {
			return out, err
		}
		if !a.Ended.IsZero() {
			if err := d.oweMakeups(tx, c, out.Activity); err != nil {
				return out, err
			}
		}
	}
	if s.How == Remote || a.Over(c.At) {
		return out, nil
	}
	return out, d.Gather(tx, c, a, SignInProgress, a.EndAt())
}

func (d Desk) signedIn(tx Tx, a ActivityID, p PersonID) (SignIn, bool, error) {
	all, err := tx.SignIns(a)
	for _, s := range all {
		if s.Person == p {
			return s, true, err
		}
	}
	return SignIn{}, false, err
}

// Gather plans the acknowledgement of what comes in one by one, and no more while one is planned: sign-ins after a minute, and three times
// that once three have gone out; ballots, which nobody waits for, after ten.
func (d Desk) Gather(tx Tx, c Cause, a Activity, kind Kind, expires time.Time) error {
	if waits, err := tx.Waits(a.Branch, a.ID, kind); err != nil || waits {
		return err
	}
	posts, err := tx.ActivityPosts(a.ID, kind)
	if err != nil {
		return err
	}
	wait := d.Rules.ProgressAfter
	switch {
	case kind == EvaluationCount:
		wait *= 10
	case len(posts) >= 3:
		wait *= 3
	}
	p := Post{
		Key: fmt.Sprintf("%s/%s/%d", kind, a.ID, len(posts)+1), Kind: kind, Branch: a.Branch, Activity: a.ID, To: ToGroup,
		Due: c.At.Add(wait), Expires: expires,
	}
	return tx.PutPost(d.post(c, p))
}
