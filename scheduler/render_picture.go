package scheduler

import "themeday/templates"

// pictureReused asks the secretary about a photo that looks like one of another activity. Of another branch's photo he learns the month and
// nothing else. A photo that was taken back meanwhile is no question any more.
func (j job) pictureReused() (Rendered, error) {
	all, err := j.tx.Pictures(j.a.ID)
	if err != nil {
		return Rendered{}, err
	}
	for _, p := range all {
		if p.ID != j.post.Arg || p.Person != j.post.Person || p.LikeID == "" {
			continue
		}
		people, err := j.tx.People()
		if err != nil {
			return Rendered{}, err
		}
		v := templates.PictureReusedView{Head: j.head, Activity: j.a.ID, Sent: j.local(p.At)}
		for _, who := range people {
			if who.ID == p.Person {
				v.Member = who.Name
			}
		}
		branch, month := p.LikeActivity.Parts()
		v.LikeMonth, v.Own, v.OtherYear = month, branch == j.a.Branch, month.Year != j.a.Month.Year
		if until := p.At.Add(j.Desk.Rules.UndoWithin); j.a.Filed.IsZero() && j.at.Before(until) {
			v.Until = j.local(until)
		}
		return say(j, j.Texts.PictureReused, v)
	}
	return nothing("the photo is gone")
}
