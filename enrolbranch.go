package themeday

import "time"

// asKnown writes the names of a sheet's branches as the house knows them: a branch that was renamed is found by its old name too, one that was
// closed is refused, and a secretary to whom the committee let the office go over is not taken from it by an old sheet.
func (e *enrolment) asKnown(r Roster) (Roster, error) {
	ids, sheet := map[string]BranchID{}, map[BranchID]string{}
	out := r
	out.Lines = make([]RosterLine, len(r.Lines))
	for i, l := range r.Lines {
		if l.Branch != "" {
			b, known := e.called(l.Branch)
			if known && b.Gone(e.today) {
				return r, e.isGone(b, l.Branch)
			}
			if other, ok := sheet[b.ID]; known && ok && other != l.Branch {
				return r, Refuse(Conflict, R08, "名册里的“%s”和“%s”是同一个支部（现名%s），请写成一样再导入", other, l.Branch, b.Name)
			}
			if known {
				if _, seen := ids[l.Branch]; !seen && b.Name != l.Branch {
					e.note("名册里的“%s”现名%s，按%s导入；请改名册", l.Branch, b.Name, b.Name)
				}
				if l.Group == l.Branch && b.Name != string(b.ID) { // none was given: the group did not change its name with the branch
					l.Group = b.Group
				}
				ids[l.Branch], sheet[b.ID] = b.ID, l.Branch
				l.Branch = string(b.ID)
			}
		}
		out.Lines[i] = l
	}
	for i, l := range out.Lines {
		guides := make([]string, 0, len(l.Guides))
		for _, g := range l.Guides {
			if b, known := e.called(g); known {
				g = string(b.ID)
			}
			guides = append(guides, g)
		}
		out.Lines[i].Guides = guides
	}
	return out, e.handedOver(out, sheet)
}

// called finds a branch by its name, else by its id or a former name.
func (e *enrolment) called(name string) (Branch, bool) {
	for _, b := range e.known {
		if b.Name == name {
			return b, true
		}
	}
	if b, ok := e.known[BranchID(name)]; ok {
		return b, true
	}
	for _, b := range e.known {
		if _, understood := b.WasCalled(name, e.today); understood {
			return b, true
		}
	}
	return Branch{}, false
}

func (e *enrolment) isGone(b Branch, name string) error {
	if into, ok := e.known[b.Into]; ok {
		return Refuse(Conflict, R08, "“%s”已于%s并入%s，请把这些人填到%s再导入；要恢复请机关党委发：支部 恢复 %s", name, b.Closed.Chinese(), into.Name, into.Name, b.Name)
	}
	return Refuse(Conflict, R08, "“%s”已于%s撤销，请把这些人填到现在的支部或从名册去掉；要恢复请机关党委发：支部 恢复 %s", name, b.Closed.Chinese(), b.Name)
}

// handedOver keeps the last handing over of each branch of a sheet, until a sheet agrees with it or names a third person.
func (e *enrolment) handedOver(r Roster, sheet map[BranchID]string) error {
	all, err := e.tx.Handovers("")
	if err != nil {
		return err
	}
	last := map[BranchID]Handover{}
	for _, h := range all {
		if h.State == HandoverAgreed {
			last[h.Branch] = h
		}
	}
	for _, h := range all {
		if _, named := sheet[h.Branch]; !named || last[h.Branch].Number != h.Number || h.Listed != (Date{}) {
			continue
		}
		if e.keepSecretary(r, h) {
			continue
		}
		h.Listed = e.today
		if err := e.tx.PutHandover(h); err != nil {
			return err
		}
	}
	return nil
}

// keepSecretary corrects the lines of a sheet that still names the former secretary, or nobody; false where it names another one, or no longer
// has the one to whom the office went.
func (e *enrolment) keepSecretary(r Roster, h Handover) bool {
	from, to := e.personName(h.From), e.personName(h.To)
	now, next := -1, -1
	for i, l := range r.Lines {
		if l.Branch != string(h.Branch) {
			continue
		}
		if l.Offices.Has(Secretary) {
			now = i
		}
		if l.Name == to {
			next = i
		}
	}
	if next < 0 || now >= 0 && r.Lines[now].Name != from {
		return false
	}
	b := e.known[h.Branch]
	if now >= 0 {
		var rest Offices
		for _, o := range r.Lines[now].Offices {
			if o != Secretary {
				rest = append(rest, o)
			}
		}
		if len(rest) == 0 {
			rest = Offices{Member}
		}
		r.Lines[now].Offices = rest
	}
	offices := Offices{Secretary}
	for _, o := range r.Lines[next].Offices {
		if o != Member && o != Deputy {
			offices = append(offices, o)
		}
	}
	r.Lines[next].Offices = offices
	e.note("名册里%s的书记不是%s，但机关党委已于%s同意移交给%s：书记按移交算，其余照名册。请改名册；真要换回请机关党委发：移交 %s 姓名 确认",
		b.Name, to, e.desk.Day(h.Decided).Chinese(), to, b.Name)
	return true
}

func (e *enrolment) personName(p PersonID) string {
	for name, all := range e.people {
		for _, who := range all {
			if who.ID == p {
				return name
			}
		}
	}
	return ""
}

// lastDay is from when who leaves a branch is no longer on its list: today, or tomorrow where it meets or met today already, for the activity
// is judged by the roster of its day (R12).
func (d Desk) lastDay(tx Tx, b BranchID, at time.Time) (Date, error) {
	today := d.Day(at)
	all, err := tx.Activities(b, today.MonthOf(), today.MonthOf())
	for _, a := range all {
		if a.Dated() && d.Day(a.Starts) == today && !at.Before(a.SignInOpens(d.For(a).Rules)) {
			return today.AddDays(1), err
		}
	}
	return today, err
}
