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

// GroupOf gives the group of a branch, like FindGroup; one in which too few are seen of those whom the house has recognised before is not it.
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
	return g, known < knownLeast || seen*100 >= known*knownShare
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
