package themeday

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
	g, ok := FindGroup(sc.Directory, name)
	if !ok || g.Unlisted {
		return g, ok
	}
	shown := map[string]bool{}
	for _, m := range g.Members {
		shown[CleanName(m.Card)], shown[CleanName(m.Remark)], shown[CleanName(m.Nick)] = true, true, true
	}
	known, seen := 0, 0
	for _, c := range roster {
		names := sc.namesOf(c)
		if len(names) == 0 {
			continue
		}
		known++
		for _, n := range append(names, c.Name, CleanName(c.Card)) {
			if shown[n] {
				seen++
				break
			}
		}
	}
	if known < knownLeast {
		return g, sc.vouched(g, roster)
	}
	return g, seen*100 >= known*knownShare
}

// vouched tells whether somebody is in a group who is certain, and bears an office in the branch or above it.
func (sc Scene) vouched(g GroupSeen, roster BranchRoster) bool {
	answers := map[PersonID]bool{}
	for _, c := range roster {
		answers[c.ID] = len(c.Offices) > 0
	}
	for _, p := range sc.People {
		answers[p.ID] = answers[p.ID] || p.Committee || p.Liaison
	}
	friends := map[SightingID]Sighting{}
	for _, f := range sc.Directory.Friends() {
		friends[f.ID] = f
	}
	for _, m := range g.Members {
		if f, ok := friends[m.ID]; ok {
			m.Friend, m.Remark = true, f.Remark
		}
		if p, ok := sc.certain(m); ok && answers[p] {
			return true
		}
	}
	return false
}

// namesOf are the names under which somebody was recognised so far.
func (sc Scene) namesOf(c Comrade) []string {
	var names []string
	for _, b := range sc.Bindings {
		if b.Person == c.ID && b.Name != "" {
			names = append(names, b.Name)
		}
	}
	return names
}
