package themeday

import (
	"slices"
	"strings"
)

// RosterPerson is a person of the sheet with all the places that its lines give him.
type RosterPerson struct {
	Name        string
	Phone       string // may be empty
	WeCom       string // likewise
	Committee   bool   // of the committee (机关党委)
	Liaison     bool   // a leader who guides branches (联系领导, R10)
	Guides      []string
	Memberships []RosterLine // only lines in a branch; none for somebody who stands above the branches
}

// People joins the lines into people, in the order of the sheet. Lines of one name are one person unless their phones differ.
func (r Roster) People() []RosterPerson {
	var out []RosterPerson
	for _, lines := range linesByPerson(r.Lines) {
		p := RosterPerson{Name: lines[0].Name}
		for _, l := range lines {
			p.add(l)
		}
		out = append(out, p)
	}
	return out
}

// linesByPerson puts together the lines of each person.
func linesByPerson(lines []RosterLine) [][]RosterLine {
	var out [][]RosterLine
	phones, place := phonesByName(lines), map[[2]string]int{}
	for _, l := range lines {
		key := [2]string{l.Name}
		if len(phones[l.Name]) > 1 {
			key[1] = l.Phone
		}
		i, ok := place[key]
		if !ok {
			i = len(out)
			place[key], out = i, append(out, nil)
		}
		out[i] = append(out[i], l)
	}
	return out
}

func (p *RosterPerson) add(l RosterLine) {
	if p.Phone == "" {
		p.Phone = l.Phone
	}
	if p.WeCom == "" {
		p.WeCom = l.WeCom
	}
	p.Committee = p.Committee || l.Offices.Has(Committee)
	p.Liaison = p.Liaison || l.Offices.Has(Liaison)
	for _, g := range l.Guides {
		if !slices.Contains(p.Guides, g) {
			p.Guides = append(p.Guides, g)
		}
	}
	if l.Branch != "" {
		p.Memberships = append(p.Memberships, l)
	}
}

// phonesByName gives the different phones of each name.
func phonesByName(lines []RosterLine) map[string]map[string]bool {
	phones := map[string]map[string]bool{}
	for _, l := range lines {
		if phones[l.Name] == nil {
			phones[l.Name] = map[string]bool{}
		}
		if l.Phone != "" {
			phones[l.Name][l.Phone] = true
		}
	}
	return phones
}

// settleNamesakes says which lines of one name are taken for one person, and refuses a line that could be either of two.
func (s *rosterSheet) settleNamesakes() {
	var lines []RosterLine
	for _, d := range s.drafts {
		if d.Name != "" {
			lines = append(lines, d.RosterLine)
		}
	}
	phones := phonesByName(lines)
	for _, l := range lines {
		if l.Phone == "" && len(phones[l.Name]) > 1 {
			s.fault(l.Line, columnPhone, "“%s”在别处有不同的手机号，分不清是哪一位，请填手机", l.Name)
		}
	}
	s.noteNamesakes(lines)
}

func (s *rosterSheet) noteNamesakes(lines []RosterLine) {
	for _, own := range linesByPerson(lines) {
		var places []string
		certain := true
		for _, l := range own {
			place := l.Branch
			if place == "" {
				place = l.Offices.String()
			}
			places, certain = append(places, place), certain && l.Phone != ""
		}
		switch {
		case len(own) < 2:
		case certain:
			s.note("%s 同时在%s，按一人处理", own[0].Name, strings.Join(places, "、"))
		default:
			s.note("%s 同时在%s，按一人处理；若是两人请填手机号", own[0].Name, strings.Join(places, "、"))
		}
	}
}
