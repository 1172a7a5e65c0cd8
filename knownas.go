package themeday

// KnownAs is by what a friend is known again in a new session, where his id is another one: the remark set on the account's phone, and his
// nickname. Each counts only while no other friend bears the same: then whoever had it in the last session is he. Who changes his nickname and has
// no remark is not known again.
func (sc Scene) KnownAs(s Sighting) []string {
	if sc.Directory == nil || s.Stable {
		return nil
	}
	remarks, nicks := 0, 0
	for _, f := range sc.Directory.Friends() {
		if f.ID == s.ID {
			continue
		}
		if CleanName(f.Remark) == CleanName(s.Remark) {
			remarks++
		}
		if CleanName(f.Nick) == CleanName(s.Nick) {
			nicks++
		}
	}
	var out []string
	if s.Remark != "" && remarks == 0 {
		out = append(out, "remark/"+CleanName(s.Remark))
	}
	if s.Nick != "" && nicks == 0 {
		out = append(out, "nick/"+CleanName(s.Nick))
	}
	return out
}
