package themeday

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"time"
)

// accountTries is how many wrong codes an account hears in a day before it takes none at all until tomorrow: whoever tries them all begins a
// new session, or comes as somebody else, for every few.
const accountTries = 50

// IssueCode makes a one-time code that binds whoever types it to a person (绑定码). The committee issues codes for everybody; a secretary for the
// people of his branch who have no office elsewhere and none above the branches. Earlier codes of the person that are still open are void.
// Nobody of the committee becomes another one of it: who is certain already asks for his own code, and the others hear of each that is issued.
func (d Desk) IssueCode(tx Tx, c Cause, sc Scene, who PersonID) (string, error) {
	p, err := d.personOf(tx, who)
	if err != nil {
		return "", err
	}
	by, err := d.personOf(tx, c.By)
	if err != nil {
		return "", err
	}
	if !by.Committee {
		if err := d.mayVouch(tx, c, p); err != nil {
			return "", err
		}
	}
	if !p.Committee {
		return d.issue(tx, c, p)
	}
	if p.ID != c.By && len(sc.Owners(p.ID, "")) > 0 {
		return "", Refuse(Forbidden, R33, "%s是机关党委的，身份已经确认，别人不能再要他的绑定码。换微信请本人用原来的微信发：绑定码 %s；原来的登不上，请机器人的管理员在电脑上发码（themeday code）", p.Name, p.Name)
	}
	code, err := d.issue(tx, c, p)
	if err != nil {
		return "", err
	}
	return code, d.tellOfCode(tx, c, p)
}

// tellOfCode tells the others of the committee that a code for one of them was issued in the chat.
func (d Desk) tellOfCode(tx Tx, c Cause, who Person) error {
	branch, err := anyBranch(tx, who.ID)
	if err != nil || branch == "" {
		return err
	}
	members, err := Committees(tx)
	if err != nil {
		return err
	}
	for _, m := range members {
		if m.ID == c.By || m.ID == who.ID {
			continue
		}
		p := Post{
			Key: fmt.Sprintf("%s/%d/%s", CodeIssued, who.ID, c.At.UTC().Format(time.RFC3339Nano)), Kind: CodeIssued, Branch: branch,
			Arg: fmt.Sprintf("%d %d", c.By, who.ID), Expires: c.At.Add(d.Rules.CodeWithin),
		}
		if err := d.tellPerson(tx, c, m.ID, p); err != nil {
			return err
		}
	}
	return nil
}

// OperatorCode is a code that whoever runs the program issues for anybody (themeday code).
func (d Desk) OperatorCode(tx Tx, c Cause, who PersonID) (string, error) {
	p, err := d.personOf(tx, who)
	if err != nil {
		return "", err
	}
	c.By = Bot
	return d.issue(tx, c, p)
}

func (d Desk) issue(tx Tx, c Cause, who Person) (string, error) {
	if who.ID == 0 {
		return "", Refuse(NotFound, "", "没有这位同志，请核对姓名")
	}
	code, err := d.digits(6)
	if err != nil {
		return "", err
	}
	if err := revoke(tx, who.ID, c.At); err != nil {
		return "", err
	}
	b := BindingCode{Hash: hashCode(code), Person: who.ID, By: c.By, Issued: c.At, Expires: c.At.Add(d.Rules.CodeWithin)}
	if err := note(tx, c, "", nounBinding, "code/"+strconv.FormatInt(int64(who.ID), 10), nil, nil, ""); err != nil {
		return "", err
	}
	return code, tx.PutCode(b)
}

// revoke ends the codes of a person that are still open.
func revoke(tx Tx, p PersonID, at time.Time) error {
	codes, err := tx.Codes(p)
	if err != nil {
		return err
	}
	for _, b := range codes {
		if b.Used.IsZero() && at.Before(b.Expires) {
			b.Expires = at
			if err := tx.PutCode(b); err != nil {
				return err
			}
		}
	}
	return nil
}

// mayVouch: a secretary vouches for his own people, and for nobody who would be more than that by the code.
func (d Desk) mayVouch(tx Tx, c Cause, who Person) error {
	places, err := tx.Memberships()
	if err != nil {
		return err
	}
	if who.Committee || who.Liaison {
		return Refuse(Forbidden, R33, "%s另有职务，绑定码请机关党委发：绑定码 %s", who.Name, who.Name)
	}
	here := false
	for _, m := range places {
		if m.Person != who.ID || !m.On(d.Day(c.At)) {
			continue
		}
		if m.Branch == c.Branch {
			here = true
		} else if m.Offices.any() {
			return Refuse(Forbidden, R33, "%s在别的支部有职务，绑定码请机关党委发：绑定码 %s %s", who.Name, m.Branch, who.Name)
		}
	}
	if !here {
		return Refuse(Forbidden, R33, "%s不在本支部的名单上，书记不能发绑定码，请机关党委发：绑定码 %s %s", who.Name, c.Branch, who.Name)
	}
	return nil
}

// Bind joins whoever typed a valid code to its person, for certain, in this session. A wrong code is counted; after five a day the
// speaker has to wait until tomorrow.
// Whoever is known for certain already as somebody else keeps being him: a code that was told to the wrong person takes nobody over. Nor does
// one make a second owner of somebody who is certain elsewhere, unless the committee or the operator issued it; he is told either way.
func (d Desk) Bind(tx Tx, c Cause, m Message, known Recognition, sc Scene, code string) (Person, error) {
	b, err := d.openCode(tx, c, m, sc.Directory.Session(), code)
	if err != nil {
		return Person{}, err
	}
	if known.Level == Certain && known.Person != b.Person {
		return Person{}, Refuse(Forbidden, R33, "这个绑定码是给别的同志的。您的身份已经确认，不用绑定；认错了请告诉机器人的管理员")
	}
	weighty, err := d.weighty(tx, b)
	if err != nil {
		return Person{}, err
	}
	owners := sc.Owners(b.Person, m.From.ID)
	if err := d.tellOwners(tx, c, b, owners, weighty); err != nil {
		return Person{}, err
	}
	if len(owners) > 0 && !weighty {
		return Person{}, Refuse(Forbidden, R33, "这位同志已在另一个微信上确认了身份，没有绑定。换了微信请向机关党委或机器人的管理员要绑定码")
	}
	return d.join(tx, c, m, sc.Directory.Session(), b)
}

// openCode finds the code that was typed, counting the tries of the speaker and the wrong ones of his group and of the account.
func (d Desk) openCode(tx Tx, c Cause, m Message, session, code string) (BindingCode, error) {
	day, account, group := d.Day(c.At), "bind/"+string(m.Account), "bind/"+string(m.Account)+"/"+string(m.Chat)
	count, err := tx.CountTry(string(m.Account)+"/"+session+"/"+string(m.From.ID), day)
	if err != nil {
		return BindingCode{}, err
	}
	if count > d.Rules.CodeTries {
		return BindingCode{}, Refuse(Forbidden, "", "试的次数太多，今天不再收您的绑定码。请明天再试；急用请机器人的管理员把您的好友备注改成姓名")
	}
	if here, err := tx.Tries(group, day); err != nil || !m.Private() && here >= d.Rules.CodeTries {
		if err == nil {
			err = Refuse(Forbidden, "", "今天在本群错的绑定码太多，群里不再收。请加机器人为好友，私信发：绑定 六位数字")
		}
		return BindingCode{}, err
	}
	if all, err := tx.Tries(account, day); err != nil || all >= accountTries {
		if err == nil {
			err = Refuse(Forbidden, "", "今天错的绑定码太多，为防冒名暂停绑定，请明天再试，或告诉机器人的管理员")
		}
		return BindingCode{}, err
	}
	b, ok, err := tx.Code(hashCode(code))
	if err != nil {
		return b, err
	}
	if !ok || !b.Used.IsZero() || !c.At.Before(b.Expires) {
		for _, key := range []string{account, group} {
			if _, err := tx.CountTry(key, day); err != nil {
				return b, err
			}
		}
		return b, Refuse(Invalid, "", "绑定码不对或已失效，请向书记或机关党委要新的绑定码")
	}
	return b, nil
}

// weighty tells whether the committee or the operator issued a code.
func (d Desk) weighty(tx Tx, b BindingCode) (bool, error) {
	if b.By == Bot {
		return true, nil
	}
	by, err := d.personOf(tx, b.By)
	return by.Committee, err
}

// tellOwners tells whoever is certain to be the person of a code that somebody else used it. The post names the session id of his chat, for
// the person may be found elsewhere from now on.
func (d Desk) tellOwners(tx Tx, c Cause, b BindingCode, owners []Sighting, bound bool) error {
	branch, err := anyBranch(tx, b.Person)
	if err != nil || branch == "" {
		return err
	}
	for _, s := range owners {
		p := Post{
			Key: fmt.Sprintf("%s/%s/%s", IdentityDoubt, b.Hash[:16], s.ID), Kind: IdentityDoubt, Branch: branch, To: ToPerson, Person: b.Person,
			Arg: string(s.ID), Expires: c.At.Add(24 * time.Hour),
		}
		if bound {
			p.Key += "/bound"
		}
		if err := d.tell(tx, c, p); err != nil {
			return err
		}
	}
	return nil
}

// anyBranch is a branch under which a word to a person can be planned: his own, or for the committee the first one.
func anyBranch(tx Tx, p PersonID) (BranchID, error) {
	places, err := tx.Memberships()
	if err != nil {
		return "", err
	}
	all, err := tx.Branches()
	if err != nil {
		return "", err
	}
	open := map[BranchID]bool{}
	for _, b := range all {
		open[b.ID] = b.Closed == Date{}
	}
	for _, m := range places {
		if m.Person == p && m.Until == (Date{}) && open[m.Branch] {
			return m.Branch, nil
		}
	}
	for _, m := range places {
		if m.Person == p {
			return m.Branch, nil
		}
	}
	for _, b := range all {
		if open[b.ID] {
			return b.ID, nil
		}
	}
	return "", nil
}

// join uses a code up.
func (d Desk) join(tx Tx, c Cause, m Message, session string, b BindingCode) (Person, error) {
	b.Used = c.At
	if err := tx.PutCode(b); err != nil {
		return Person{}, err
	}
	if err := revoke(tx, b.Person, c.At); err != nil {
		return Person{}, err
	}
	if err := tx.DropBindings(m.Account, b.Person); err != nil {
		return Person{}, err
	}
	c.By = b.Person
	if err := note(tx, c, "", nounBinding, strconv.FormatInt(int64(b.Person), 10), nil, nil, ""); err != nil {
		return Person{}, err
	}
	if err := tx.PutBinding(Binding{Account: m.Account, Session: session, Sighting: m.From.ID, Person: b.Person, Level: Certain, Name: CleanName(m.From.Card), At: c.At, Nick: m.From.Nick, Mark: m.From.Mark}); err != nil {
		return Person{}, err
	}
	return d.personOf(tx, b.Person)
}

func (d Desk) personOf(tx Tx, id PersonID) (Person, error) {
	people, err := tx.People()
	for _, p := range people {
		if p.ID == id {
			return p, err
		}
	}
	return Person{}, err
}

func hashCode(code string) string {
	h := sha256.Sum256([]byte("themeday binding code " + code))
	return hex.EncodeToString(h[:])
}
