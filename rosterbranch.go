package themeday

import (
	"slices"
	"strings"
)

// rosterBranch is a branch that the sheet names, and the lines on which its own things first stood.
type rosterBranch struct {
	name      string
	group     string
	groupLine int // 0 while no line gives a group
	secretary int // 0 while there is none
	names     map[string]int
	cards     map[string]int
}

// settle judges the lines together: who belongs to which branch, and what contradicts what.
func (s *rosterSheet) settle() {
	branches, order := s.branches()
	for _, d := range s.drafts {
		s.join(d, branches)
		s.resolveGuides(d, branches)
	}
	s.settleGroups(order)
	for _, d := range s.drafts {
		if b := branches[d.Branch]; b != nil {
			d.Group = b.group
		}
	}
	for _, b := range order {
		if b.secretary == 0 {
			s.note("%s没有书记，请确认", b.name)
		}
	}
	s.settleNamesakes()
	s.settleWeCom()
}

// branches are those that somebody belongs to who does not stand above the branches; the committee alone makes none.
func (s *rosterSheet) branches() (map[string]*rosterBranch, []*rosterBranch) {
	byName, order := map[string]*rosterBranch{}, []*rosterBranch(nil)
	for _, d := range s.drafts {
		if d.place != "" && byName[d.place] == nil && !d.Offices.aboveBranches() {
			b := &rosterBranch{name: d.place, names: map[string]int{}, cards: map[string]int{}}
			byName[d.place], order = b, append(order, b)
		}
	}
	return byName, order
}

// join puts a line into its branch and refuses what the branch already has.
func (s *rosterSheet) join(d *rosterDraft, branches map[string]*rosterBranch) {
	b := branches[d.place]
	if b == nil {
		if d.place != "" && sheetWord(d.place) != string(Committee) {
			s.note("第%d行 %s：本表没有“%s”这个支部，不计入任何支部", d.Line, d.Name, Shown(d.place))
		}
		return
	}
	d.Branch, d.Counted = b.name, d.Category.Counts()
	s.joinName(d, b)
	if d.Offices.Has(Secretary) {
		if b.secretary != 0 {
			s.fault(d.Line, columnOffices, "%s已有书记（第%d行），一个支部只能有一位书记，请改正其中一行", b.name, b.secretary)
		} else {
			b.secretary = d.Line
		}
	}
	switch {
	case d.Group == "" || d.Group == b.group:
	case b.group != "":
		s.fault(d.Line, columnGroup, "%s的群名与第%d行不同（“%s”），一个支部只能有一个群，请改成一样", b.name, b.groupLine, Shown(b.group))
	default:
		b.group, b.groupLine = d.Group, d.Line
	}
}

func (s *rosterSheet) joinName(d *rosterDraft, b *rosterBranch) {
	if d.Name == "" {
		return
	}
	if line, ok := b.names[d.Name]; ok {
		s.fault(d.Line, columnName, "与第%d行同在%s、同名“%s”，请在姓名后加区别，如“%s大”“%s小”；若是同一人请删去一行", line, b.name, d.Name, d.Name, d.Name)
		return
	}
	b.names[d.Name] = d.Line
	if line, ok := b.cards[d.Card]; ok {
		s.fault(d.Line, columnCard, "与第%d行的群昵称“%s”相同，请在群里改成不同的昵称后填写", line, Shown(d.Card))
		return
	}
	b.cards[d.Card] = d.Line
}

// settleGroups gives a branch without a group its own name as one, and refuses a group that two branches would share.
func (s *rosterSheet) settleGroups(order []*rosterBranch) {
	owner := map[string]*rosterBranch{}
	for _, b := range order {
		if b.group == "" {
			b.group = b.name
		}
		if other := owner[b.group]; other != nil {
			line := max(b.groupLine, other.groupLine)
			s.fault(line, columnGroup, "%s和%s的群名都是“%s”，请各填各的群", other.name, b.name, Shown(b.group))
			continue
		}
		owner[b.group] = b
	}
}

// resolveGuides finds the branches of the cell 联系支部, which is one name or several with marks or blanks between them.
func (s *rosterSheet) resolveGuides(d *rosterDraft, branches map[string]*rosterBranch) {
	add := func(name string) bool {
		name = joinHan(name)
		if branches[name] == nil {
			return false
		}
		if !slices.Contains(d.Guides, name) {
			d.Guides = append(d.Guides, name)
		}
		return true
	}
	if d.guides == "" || add(oneLine(d.guides)) {
		return
	}
	for _, part := range strings.FieldsFunc(d.guides, func(r rune) bool { return r != ' ' && betweenOffices(r) }) {
		if add(part) {
			continue
		}
		for _, name := range strings.Fields(part) {
			if !add(name) {
				s.fault(d.Line, columnGuides, "本表没有“%s”这个支部，请写支部列里的名称，多个用、隔开", Shown(name))
			}
		}
	}
}
