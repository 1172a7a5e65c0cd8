package themeday

import "slices"

// FindGroup gives the one group that bears a branch's group name; none or several means that its posts are held.
func FindGroup(dir Directory, name string) (GroupSeen, bool) {
	var hit GroupSeen
	n := 0
	for _, g := range dir.Groups() {
		if g.Name == name {
			hit = g
			n++
		}
	}
	return hit, n == 1
}

// The share of those recognised before who must be seen in a group for it to be their branch's, and from how many on it is asked for.
const (
	knownShare = 60 // percent
	knownLeast = 3
)

// GroupOf gives the group of a branch, like FindGroup. One in which too few are seen of those whom the house has recognised before is not it; and as
// long as there are no such, it takes somebody in it who is certain and answers for the branch: anybody can give a group its name.
func (sc Scene) GroupOf(name string, roster BranchRoster) (GroupSeen, bool) {
	var g GroupSeen
	n := 0
	for hit := range sc.groups(name) {
		g = *hit
		n++
	}
	if n != 1 || g.Unlisted {
		return g, n == 1
	}
	shown := sc.look().shownIn(g)
	known, seen := 0, 0
	for _, c := range roster {
		names := sc.namesOf(c)
		if len(names) == 0 {
			continue
		}
		known++
		if slices.ContainsFunc(append(names, c.Name, CleanName(c.Card)), func(n string) bool { return n != "" && shown[n] }) {
			seen++
		}
	}
	if known < knownLeast {
		return g, sc.vouched(g, roster)
	}
	return g, seen*100 >= known*knownShare
}

// vouched tells whether somebody is in a group who is certain, and bears an office in the branch or above it.
func (sc Scene) vouched(g GroupSeen, roster BranchRoster) bool {
	for _, m := range g.Members {
		for f := range sc.friend(m.ID) {
			m.Friend, m.Remark = true, f.Remark
		}
		p, ok := sc.certain(m)
		if !ok {
			continue
		}
		if c, here := roster.Find(p); here && slices.ContainsFunc(c.Offices, func(o Office) bool { return o != Member }) {
			return true
		}
		if who, _ := sc.Person(p); who.Committee || who.Liaison {
			return true
		}
	}
	return false
}

// namesOf are the names under which somebody was recognised so far.
func (sc Scene) namesOf(c Comrade) []string {
	var names []string
	for b := range sc.Bonds(c.ID) {
		if b.Name != "" {
			names = append(names, b.Name)
		}
	}
	return names
}
