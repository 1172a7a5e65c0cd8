package themeday

import "time"

// Census remembers for later sessions which nickname and mark go with which card, of everybody in the branches' groups whom his card names
// without a doubt, so that members who never spoke are not taken for each other either when they swap cards while the session changes. It
// recognises nobody: what it writes stands under an id that no network has.
func (d Desk) Census(tx Tx, a Account, dir Directory, at time.Time) error {
	scene, err := d.SceneOf(tx, a, dir, at)
	if err != nil {
		return err
	}
	branches, err := tx.Branches()
	if err != nil {
		return err
	}
	for _, b := range branches {
		roster, err := tx.Roster(b.ID, d.Day(at))
		if err != nil {
			return err
		}
		g, ok := scene.GroupOf(b.Group, roster)
		if !ok {
			continue
		}
		scene.Roster, scene.Chat = roster, g.Chat
		for _, m := range g.Members {
			m = m.Clipped()
			r := Recognise(m, scene)
			if r.Level < Strong || m.Nick == "" && m.Mark == "" {
				continue
			}
			seen := Binding{
				Account: a, Session: dir.Session(), Sighting: "seen " + m.ID, Person: r.Person, Level: Assumed,
				Name: CleanName(m.Card), Nick: m.Nick, Mark: m.Mark, At: at,
			}
			if scene.remembers(seen) {
				continue
			}
			if err := tx.PutBinding(seen); err != nil {
				return err
			}
		}
	}
	return nil
}

// remembers tells whether the same has been written down in this session, whenever that was.
func (sc Scene) remembers(b Binding) bool {
	for bond := range sc.bonded(b.Sighting) {
		old := *bond
		if old.At = b.At; old == b {
			return true
		}
	}
	return false
}
