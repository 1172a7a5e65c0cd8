package themeday

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
)

// IssueCode makes a one-time code that binds whoever types it to a person (绑定码). A secretary issues codes only for people whose offices
// all lie in his own branch; for others the committee does.
func (d Desk) IssueCode(tx Tx, c Cause, who Person, by Person) (string, error) {
	if !by.Committee && by.ID != Bot {
		if err := d.mayVouch(tx, c, who); err != nil {
			return "", err
		}
	}
	code, err := d.digits(6)
	if err != nil {
		return "", err
	}
	b := BindingCode{Hash: hashCode(code), Person: who.ID, By: c.By, Issued: c.At, Expires: c.At.Add(d.Rules.CodeWithin)}
	if err := note(tx, c, "", nounBinding, "code/"+strconv.FormatInt(int64(who.ID), 10), nil, nil, ""); err != nil {
		return "", err
	}
	return code, tx.PutCode(b)
}

func (d Desk) mayVouch(tx Tx, c Cause, who Person) error {
	places, err := tx.Memberships()
	if err != nil {
		return err
	}
	if who.Committee || who.Liaison {
		return Refuse(Forbidden, "", "%s另有职务，绑定码请机关党委发", who.Name)
	}
	for _, m := range places {
		if m.Person == who.ID && m.Branch != c.Branch && m.On(d.Day(c.At)) && m.Offices.Has(Secretary) {
			return Refuse(Forbidden, "", "%s在别的支部有职务，绑定码请机关党委发", who.Name)
		}
	}
	return nil
}

// Bind joins whoever typed a valid code to its person, for certain, in this session. A wrong code is counted; after five a day the
// speaker has to wait until tomorrow.
// Whoever is known for certain already as somebody else keeps being him: a code that was told to the wrong person takes nobody over.
func (d Desk) Bind(tx Tx, c Cause, m Message, known Recognition, session, code string) (Person, error) {
	tries := string(m.Account) + "/" + session + "/" + string(m.From.ID)
	b, ok, err := tx.Code(hashCode(code))
	if err != nil {
		return Person{}, err
	}
	count, err := tx.CountTry(tries, d.Day(c.At))
	if err != nil {
		return Person{}, err
	}
	if count > d.Rules.CodeTries {
		return Person{}, Refuse(Forbidden, "", "试的次数太多，请明天再试，或请书记重新发绑定码")
	}
	if !ok || !b.Used.IsZero() || !c.At.Before(b.Expires) {
		return Person{}, Refuse(Invalid, "", "绑定码不对或已失效，请向书记要新的绑定码")
	}
	if known.Level == Certain && known.Person != b.Person {
		return Person{}, Refuse(Forbidden, R33, "这个绑定码是给别的同志的。您的身份已经确认，不用绑定；认错了请告诉机器人的管理员")
	}
	b.Used = c.At
	if err := tx.PutCode(b); err != nil {
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
