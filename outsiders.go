package themeday

import (
	"crypto/pbkdf2"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// OutsideCode is a one-time code by which an invited outsider rates one activity (邀评, R26). Only its hash is kept, and of its use only that there
// was one: not when, not by whom, not which ballot.
type OutsideCode struct {
	Activity ActivityID
	Hash     string
	Kind     string // of OutsideKinds
	Used     bool
}

// OutsideKinds are the kinds of outsiders who may be asked to rate (R26).
var OutsideKinds = [5]string{"服务对象", "党外人士", otherBranches, "群众", "其他"}

// otherBranches is the kind for members of other branches.
const otherBranches = "其他支部"

// How many codes may be made at once and for one activity.
const (
	outsideAtOnce  = 30
	outsideMost    = 200
	outsideDigits  = 8
	outsideHashing = 20_000 // rounds: eight digits alone would be tried out in seconds by whoever has the file
)

// MakeOutsideCodes makes n codes for outsiders of one kind, from the activity's approval until its evaluation closes, and gives them: this once.
func (d Desk) MakeOutsideCodes(tx Tx, c Cause, a Activity, kind string, n int) ([]string, error) {
	if d.For(a).Rules.NoEvaluation {
		return nil, Refuse(Forbidden, R25, "按现行规定不安排测评，不用发评分码")
	}
	all, err := tx.OutsideCodes(a.ID)
	if err != nil {
		return nil, err
	}
	if err := d.canInviteRaters(c, a, kind, n, len(all)); err != nil {
		return nil, err
	}
	salt, err := d.outsideSalt(tx)
	if err != nil {
		return nil, err
	}
	codes := make([]string, 0, n)
	for len(codes) < n {
		code, err := d.digits(outsideDigits)
		if err != nil {
			return nil, err
		}
		hash, err := hashOutside(salt, code)
		if err != nil {
			return nil, err
		}
		if _, taken, err := tx.OutsideCode(hash); err != nil {
			return nil, err
		} else if taken || slices.Contains(codes, code) {
			continue
		}
		codes = append(codes, code)
		all = append(all, OutsideCode{Activity: a.ID, Hash: hash, Kind: kind})
	}
	made := struct {
		Kind  string
		Count int
	}{kind, n}
	if err := note(tx, c, a.ID, nounOutsiders, string(a.ID), nil, made, ""); err != nil {
		return nil, err
	}
	return codes, tx.PutOutsideCodes(a.ID, all)
}

func (d Desk) canInviteRaters(c Cause, a Activity, kind string, n, have int) error {
	m := a.Month.Chinese()
	switch {
	case !slices.Contains(OutsideKinds[:], kind):
		return Refuse(Invalid, R26, "邀评只分这几类：%s。例如：邀评 %s 服务对象 5", strings.Join(OutsideKinds[:], "、"), m)
	case n < 1 || n > outsideAtOnce:
		return Refuse(Invalid, R26, "一次可要1到%d张评分码，不够可以再发一次", outsideAtOnce)
	case !a.Dated() || !a.Approved():
		return Refuse(Missing, R26, "%s主题党日还没有审定，审定后再要评分码。书记发“下一步”可看要做什么", m)
	case !c.At.Before(a.ClosesAt(d.For(a).Rules)):
		return Refuse(TooLate, R26, "%s主题党日的测评已于%s截止，不能再邀评", m, d.WhenFrom(a.ClosesAt(d.For(a).Rules), c.At))
	case have+n > outsideMost:
		return Refuse(Invalid, R26, "一次活动最多%d张评分码，%s已有%d张，还可要%d张", outsideMost, m, have, outsideMost-have)
	}
	return nil
}

// outsideSalt is what the codes of this house are hashed with, made when it is first needed.
func (d Desk) outsideSalt(tx Tx) (string, error) {
	salt, err := tx.OutsideSalt()
	if err != nil || salt != "" {
		return salt, err
	}
	if salt, err = d.random(16); err != nil {
		return "", err
	}
	return salt, tx.PutOutsideSalt(salt)
}

func hashOutside(salt, code string) (string, error) {
	h, err := pbkdf2.Key(sha256.New, code, []byte(salt), outsideHashing, 16)
	return hex.EncodeToString(h), err
}

// OutsideBallot is what an outsider typed.
type OutsideBallot struct {
	Code   string
	Scores Scores
	Remark string
	Known  []string // by what else than his id the speaker is known again: see Scene.KnownAs
}

// RateByCode takes an outsider's ballot: one code one ballot and one person one ballot, final. Whoever is of the branch, or signed in as its guest, rates by himself; he is
// turned away before he can learn anything of the code. A wrong code counts as a try of the speaker's, so its refusal must not take that back.
// No entry tells of a ballot, as with Rate.
func (d Desk) RateByCode(tx Tx, c Cause, m Message, session string, b OutsideBallot) (Activity, error) {
	if err := b.Scores.Valid(); err != nil { // before the code is looked up: nobody finds out by impossible marks whether a code was used
		return Activity{}, err
	}
	code, err := d.openOutside(tx, c, m, session, b.Code)
	if err != nil {
		return Activity{}, err
	}
	a, ok, err := tx.Activity(code.Activity)
	if err != nil || !ok {
		return a, err
	}
	if err := d.fromOutside(tx, c, a); err != nil {
		return a, err
	}
	if err := d.ofHisKind(tx, c, code); err != nil {
		return a, err
	}
	if err := d.outsideOpen(tx, c, a); err != nil {
		return a, err
	}
	speaker := outsideSpeaker(c.By, m, b.Known)
	if rated, err := tx.OutsideRated(a.ID, speaker...); err != nil {
		return a, err
	} else if rated {
		return a, ratedByCode(a)
	}
	if code.Used {
		return a, Refuse(Conflict, R26, "这张评分码已经用过。一码一票，交了不能改；不是您用的，请告诉发码的书记另要一张")
	}
	if a, err = d.Settle(tx, a, c.At); err != nil {
		return a, err
	}
	if err := useOutside(tx, code); err != nil {
		return a, err
	}
	if err := tx.MarkOutside(a.ID, speaker...); err != nil {
		return a, err
	}
	return d.cast(tx, a, Ballot{Scores: b.Scores, Remark: b.Remark, Outside: true})
}

// openOutside finds a code, counting the wrong ones of the speaker and of the account as openCode does with binding codes. A right one leaves
// nothing there: the tries would tell who rated.
func (d Desk) openOutside(tx Tx, c Cause, m Message, session, code string) (OutsideCode, error) {
	day, account := d.Day(c.At), "rate/"+string(m.Account)
	speaker := account + "/" + session + "/" + string(m.From.ID)
	for _, limit := range []struct {
		key  string
		most int
		text string
	}{
		{speaker, d.Rules.CodeTries, "评分码试的次数太多，请明天再试，或请发码的书记核对"},
		{account, accountTries, "今天错的评分码太多，为防冒名暂停用码测评，请明天再试，或告诉发码的书记"},
	} {
		if n, err := tx.Tries(limit.key, day); err != nil {
			return OutsideCode{}, err
		} else if n >= limit.most {
			return OutsideCode{}, Refuse(Forbidden, R26, "%s", limit.text)
		}
	}
	salt, err := tx.OutsideSalt()
	if err != nil {
		return OutsideCode{}, err
	}
	hash, err := hashOutside(salt, code)
	if err != nil {
		return OutsideCode{}, err
	}
	found, ok, err := tx.OutsideCode(hash)
	if err != nil || ok {
		return found, err
	}
	for _, key := range []string{speaker, account} {
		if _, err := tx.CountTry(key, day); err != nil {
			return found, err
		}
	}
	return found, Refuse(NotFound, R26, "没有这个评分码。请核对%d位数字再发，丢了请向发码的书记再要一张；支部的同志不用码：评分 5 4 5 5", outsideDigits)
}

// fromOutside turns away whoever rates without a code.
func (d Desk) fromOutside(tx Tx, c Cause, a Activity) error {
	if c.By == 0 {
		return nil
	}
	roster, err := d.RosterOf(tx, a)
	if err != nil {
		return err
	}
	_, mine := roster.Find(c.By)
	_, in, err := d.signedIn(tx, a.ID, c.By)
	if err != nil || !mine && !in {
		return err
	}
	return Refuse(Forbidden, R26, "评分码给受邀的支部外人员用。您按参加活动的同志测评，不用码：评分 5 4 5 5 意见")
}

// ofHisKind turns away a member of another branch, or a leader or somebody of the committee, with a code that was meant for somebody else.
func (d Desk) ofHisKind(tx Tx, c Cause, code OutsideCode) error {
	if c.By == 0 {
		return nil
	}
	places, err := tx.Memberships()
	if err != nil {
		return err
	}
	today := d.Day(c.At)
	for _, p := range places {
		if p.Person != c.By || !p.Category.Counts() || !p.On(today) {
			continue
		}
		if code.Kind == otherBranches {
			return nil
		}
		return Refuse(Forbidden, R26, "这张评分码是给%s的，您是党支部的党员，不能用。请把码退给发码的书记，另要一张“%s”的", code.Kind, otherBranches)
	}
	people, err := tx.People()
	for _, p := range people {
		if kind := p.aboveKind(); p.ID == c.By && kind != "" {
			return Refuse(Forbidden, R26, "这张评分码是给%s的，您是%s，不能用。到场签到后直接测评，不用码：评分 5 4 5 5 意见；没有签到的请书记补签。码请退给发码的书记", code.Kind, yes(p.Liaison, kind, kind+"的同志"))
		}
	}
	return err
}

// outsideSpeaker are the names by which somebody who rates by code is known again: his id on the network, which a new session changes, what he
// is known by beyond it, and himself where he is known.
func outsideSpeaker(p PersonID, m Message, known []string) []string {
	who := []string{"speaker/" + string(m.Account) + "/" + string(m.From.ID)}
	for _, k := range known {
		who = append(who, "known/"+string(m.Account)+"/"+k)
	}
	if p != 0 {
		who = append(who, fmt.Sprint("person/", p))
	}
	return who
}

func ratedByCode(a Activity) error {
	return Refuse(Conflict, R26, "您已经用码测评过%s主题党日。一人一票，交了不能改；手上多的码请退给发码的书记", a.Month.Chinese())
}

// outsideOpen refuses a code before its evaluation has opened and after it has closed, naming which.
func (d Desk) outsideOpen(tx Tx, c Cause, a Activity) error {
	b, err := d.Branch(tx, a.Branch)
	if err != nil {
		return err
	}
	which := b.Name + a.Month.Chinese()
	if a.Month.Year != d.Day(c.At).Year {
		which = fmt.Sprintf("%s%d年%s", b.Name, a.Month.Year, a.Month.Chinese())
	}
	switch closes := a.ClosesAt(d.For(a).Rules); {
	case !a.Over(c.At):
		return Refuse(TooEarly, R26, "这张评分码用于%s主题党日，测评还没有开始，%s活动结束后再发。码还有效", which, d.WhenFrom(a.EndAt(), c.At))
	case !c.At.Before(closes):
		return Refuse(TooLate, R26, "这张评分码用于%s主题党日，测评已于%s截止，不能再用。别的活动要另向书记要码", which, d.WhenFrom(closes, c.At))
	case !a.Approved() || !a.Done(SigningIn):
		return Refuse(TooEarly, R26, "这张评分码用于%s主题党日，还没有开展，不能测评。请问发码的书记；码还有效", which)
	}
	return nil
}

// useOutside marks a code as used.
func useOutside(tx Tx, code OutsideCode) error {
	all, err := tx.OutsideCodes(code.Activity)
	if err != nil {
		return err
	}
	for i := range all {
		all[i].Used = all[i].Used || all[i].Hash == code.Hash
	}
	return tx.PutOutsideCodes(code.Activity, all)
}
