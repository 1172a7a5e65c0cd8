package themeday

// Whereabouts says where somebody stands in the house: his branches today, or his office above them; 列席 for a guest.
func (d Desk) Whereabouts(tx Tx, c Cause, p Person) (string, error) {
	places, err := tx.Memberships()
	if err != nil {
		return "", err
	}
	where := ""
	branches, err := tx.Branches()
	if err != nil {
		return "", err
	}
	for _, m := range places {
		if m.Person == p.ID && m.On(d.Day(c.At)) {
			where += "、" + nameOf(branches, m.Branch)
		}
	}
	if p.Committee {
		where += "、" + string(Committee)
	}
	if p.Liaison {
		where += "、" + string(Liaison)
	}
	if where == "" {
		return "列席", nil
	}
	return where[len("、"):], nil
}

// Anybody finds somebody of a name who has a place in the house, in one branch or in any when none is given. Several are a refusal that says
// how to tell them apart; guests and leavers are nobody here.
func (d Desk) Anybody(tx Tx, c Cause, name string, branch BranchID) (Person, error) {
	people, err := tx.People()
	if err != nil {
		return Person{}, err
	}
	places, err := tx.Memberships()
	if err != nil {
		return Person{}, err
	}
	in := map[PersonID]BranchID{}
	for _, m := range places {
		if m.On(d.Day(c.At)) && (branch == "" || m.Branch == branch) {
			in[m.Person] = m.Branch
		}
	}
	var hits []Person
	for _, p := range people {
		if _, placed := in[p.ID]; p.Name == name && (placed || branch == "" && (p.Committee || p.Liaison)) {
			hits = append(hits, p)
		}
	}
	switch len(hits) {
	case 1:
		return hits[0], nil
	case 0:
		return Person{}, Refuse(NotFound, "", "名单上没有“%s”，请核对姓名", Shown(name))
	}
	for _, p := range hits {
		if b := in[p.ID]; b != "" {
			all, err := tx.Branches()
			if err != nil {
				return Person{}, err
			}
			return Person{}, Refuse(Conflict, "", "有%d位同志叫%s，请写明支部，例如：%s %s", len(hits), name, nameOf(all, b), name)
		}
	}
	return Person{}, Refuse(Conflict, "", "有%d位同志叫%s，请先在名册里区别姓名", len(hits), name)
}

// nameOf is the name of a branch today.
func nameOf(all []Branch, id BranchID) string {
	for _, b := range all {
		if b.ID == id {
			return b.Name
		}
	}
	return string(id)
}
