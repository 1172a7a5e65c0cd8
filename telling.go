package themeday

import (
	"fmt"
	"time"
)

// post fills in what every post that a use case calls for has in common: due now, and a day to be said in.
func (d Desk) post(c Cause, p Post) Post {
	p.State = Waiting
	if p.Due.IsZero() {
		p.Due = c.At
	}
	if p.Expires.IsZero() || p.Expires.Before(p.Due) {
		p.Expires = p.Due.Add(7 * 24 * time.Hour)
	}
	p.Planned = p.Due
	return p
}

// tell plans a post once; a second time changes nothing.
func (d Desk) tell(tx Tx, c Cause, p Post) error {
	_, there, err := tx.Post(p.Key)
	if err != nil || there {
		return err
	}
	return tx.PutPost(d.post(c, p))
}

func (d Desk) tellSecretary(tx Tx, c Cause, p Post) error {
	p.To = ToSecretary
	return d.tell(tx, c, p)
}

func (d Desk) tellPerson(tx Tx, c Cause, to PersonID, p Post) error {
	p.To, p.Person = ToPerson, to
	p.Key = fmt.Sprintf("%s/%d", p.Key, to)
	return d.tell(tx, c, p)
}

// tellCommittee plans a post for everybody of the committee, each in his private chat; not for who did himself what it tells.
func (d Desk) tellCommittee(tx Tx, c Cause, p Post) error {
	members, err := Committees(tx)
	if err != nil {
		return err
	}
	for _, m := range members {
		if m.ID == c.By && p.Kind.tellsDeed() {
			continue
		}
		if err := d.tellPerson(tx, c, m.ID, p); err != nil {
			return err
		}
	}
	return nil
}

// tellsDeed tells whether posts of a kind only say that somebody did something: who did it has read the answer.
func (k Kind) tellsDeed() bool {
	switch k {
	case PlanFiled, ApprovalAsked, ChangeFiled, RecordFiled, RectifyHandedPost, InspectionHanded, HandoverAsked:
		return true
	}
	return false
}

// Committees are the people of the committee (机关党委), by id.
func Committees(tx Tx) ([]Person, error) {
	people, err := tx.People()
	if err != nil {
		return nil, err
	}
	var out []Person
	for _, p := range people {
		if p.Committee {
			out = append(out, p)
		}
	}
	return out, nil
}
