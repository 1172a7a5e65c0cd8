package themeday

import (
	"fmt"
	"strings"
)

// ErasedName stands where the name of somebody stood who was erased.
const ErasedName = "已删除"

// Erasure is what was taken away with a person.
type Erasure struct {
	Person   PersonID `json:"person"`
	Entries  int      `json:"entries"`  // of the ledger, which say nothing any more
	Rows     int      `json:"rows"`     // in which something was emptied or replaced
	Bindings int      `json:"bindings"` // by which he was recognised
	Shared   bool     `json:"shared"`   // somebody else bears the name: texts in which it stands were left as they are
	Forms    int      `json:"forms"`    // record forms of activities in which he took part: as they were filed they are kept
}

// Erase takes away who somebody was: his name, how he was recognised, his reasons and what he wrote, and what the ledger says of him. What his
// number did stays, and the chain holds (R33). Only who has left all branches is erased, and it cannot be taken back.
func (d Desk) Erase(tx Tx, c Cause, id PersonID, why string) (Erasure, error) {
	people, err := tx.People()
	if err != nil {
		return Erasure{}, err
	}
	var who Person
	for _, p := range people {
		if p.ID == id {
			who = p
		}
	}
	if err := d.mayErase(tx, c, who, why); err != nil {
		return Erasure{}, err
	}
	out, err := tx.Erase(id)
	if err != nil {
		return out, err
	}
	return out, note(tx, c, "", nounPerson, fmt.Sprint(id), nil, map[string]int{"Entries": out.Entries, "Rows": out.Rows}, why)
}

const nounPerson = "person"

func (d Desk) mayErase(tx Tx, c Cause, who Person, why string) error {
	switch {
	case who.ID == 0:
		return Refuse(NotFound, R33, "没有这个人，请核对姓名或编号")
	case who.Name == ErasedName:
		return Refuse(Conflict, R33, "编号%d已经删除过", who.ID)
	case strings.TrimSpace(why) == "":
		return Refuse(Missing, R33, "删除要写明事由，例如：--reason 本人申请")
	case strings.Contains(why, who.Name):
		return Refuse(Invalid, R33, "事由留在台账里，请不要写他的姓名")
	case who.Committee || who.Liaison:
		return Refuse(Conflict, R33, "他还在机关党委或联系领导名单上，请先从名册去掉再导入：themeday import roster")
	}
	places, err := tx.Memberships()
	for _, m := range places {
		if m.Person == who.ID && (m.Until == Date{} || m.Until.After(d.Day(c.At))) {
			return Refuse(Conflict, R33, "他还在%s的名册上，离开所有支部后才能删除：请先从名册去掉再导入（themeday import roster）", m.Branch)
		}
	}
	return err
}

// Called are all people who bear a name, those too who have left.
func Called(tx Tx, name string) ([]Person, error) {
	people, err := tx.People()
	var out []Person
	for _, p := range people {
		if p.Name == name {
			out = append(out, p)
		}
	}
	return out, err
}
