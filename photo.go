package themeday

import (
	"fmt"
	"slices"
	"time"
)

// photosOf is the activity whose photos the group of a branch sends at an instant: from the opening of sign-in until a day after the end, and
// only until the record form is filed (R21, R22).
func (d Desk) photosOf(tx Tx, b BranchID, at time.Time) (Activity, bool, error) {
	for _, find := range []func(Tx, BranchID, time.Time) (Activity, bool, error){d.Next, d.Last} {
		a, ok, err := find(tx, b, at)
		if err != nil {
			return Activity{}, false, err
		}
		if ok && !at.Before(a.SignInOpens(d.For(a).Rules)) && !at.After(a.EndAt().Add(24*time.Hour)) && a.Filed.IsZero() {
			return a, true, nil
		}
	}
	return Activity{}, false, nil
}

// activityPictures keeps the photos that somebody sent to the group.
func (d Desk) activityPictures(tx Tx, c Cause, b BranchID, who Comrade, m Message) error {
	a, ok, err := d.photosOf(tx, b, c.At)
	if err != nil || !ok {
		return err
	}
	for _, f := range m.Files {
		kept, err := d.Pictures.Keep(f.Path)
		if err != nil {
			return err
		}
		if err := d.keepPhoto(tx, c, kept.picture(a.ID, who.ID, forActivity, c.At)); err != nil {
			return err
		}
	}
	return nil
}

// keepPhoto keeps a photo of an activity, once however often it is sent, and asks the secretary about one that was used before.
func (d Desk) keepPhoto(tx Tx, c Cause, p Picture) error {
	here, err := tx.Pictures(p.Activity)
	if err != nil || slices.ContainsFunc(here, func(o Picture) bool { return o.Use == forActivity && sameBytes(o, p) }) {
		return err
	}
	earlier, err := tx.PicturesOf(forActivity)
	if err != nil {
		return err
	}
	if like, ok := lookedAlike(earlier, p); ok {
		p.LikeActivity, p.LikeID = like.Activity, like.ID
	}
	if err := keepPicture(tx, c, p); err != nil || p.LikeID == "" {
		return err
	}
	a, _, err := tx.Activity(p.Activity)
	if err != nil {
		return err
	}
	return d.tellSecretary(tx, c, Post{
		Key: fmt.Sprintf("%s/%s/%s", PictureReused, p.Activity, p.ID), Kind: PictureReused, Branch: a.Branch, Activity: p.Activity, Person: p.Person, Arg: p.ID,
	})
}

// sameBytes tells whether two pictures are one file; older versions named a picture for the bytes as they came.
func sameBytes(a, b Picture) bool {
	return a.ID == b.ID || a.Received != "" && (a.Received == b.Received || a.Received == b.ID) || b.Received != "" && b.Received == a.ID
}

// lookedAlike finds a picture of another activity that was there before: the same file rather than one that only looks the same, one of the
// same branch rather than another's, the first of several.
func lookedAlike(all []Picture, p Picture) (Picture, bool) {
	var best Picture
	most := 0
	for _, o := range all {
		if o.Activity == p.Activity || o.At.After(p.At) {
			continue
		}
		points := 0
		switch {
		case sameBytes(o, p):
			points = 3
		case Alike(o.Look, p.Look):
			points = 1
		default:
			continue
		}
		if sameBranch(o.Activity, p.Activity) {
			points++
		}
		if points > most {
			best, most = o, points
		}
	}
	return best, most > 0
}

// CaptionWithin is how long after a photo its sender's words are taken for its caption, and CaptionMost how many characters they may have.
const (
	CaptionWithin = 5 * time.Minute
	CaptionMost   = 60
)

const verbCaption = "图说"

// CaptionPhotos puts what somebody says in the group under the photos that he has just sent there and that have no caption yet. It tells
// whether there were any (R21).
func (d Desk) CaptionPhotos(tx Tx, c Cause, b BranchID, who PersonID, words string) (bool, error) {
	a, ok, err := d.photosOf(tx, b, c.At)
	if err != nil || !ok {
		return false, err
	}
	all, err := tx.Pictures(a.ID)
	if err != nil {
		return false, err
	}
	c.Verb, c.Branch = verbCaption, b
	taken := false
	for _, p := range all {
		if p.Use != forActivity || p.Person != who || p.Caption != "" || p.At.After(c.At) || c.At.Sub(p.At) > CaptionWithin {
			continue
		}
		said := p
		said.Caption = words
		if err := note(tx, c, a.ID, nounPicture, pictureKey(p), p, said, ""); err != nil {
			return false, err
		}
		if err := tx.PutPicture(said); err != nil {
			return false, err
		}
		taken = true
	}
	return taken, nil
}

func sameBranch(a, b ActivityID) bool {
	one, _ := a.Parts()
	other, _ := b.Parts()
	return one == other
}

// likeness says of a photo that one of an earlier month looks the same; which branch it is of stays untold where it is another's.
func (p Picture) likeness() string {
	if p.LikeID == "" {
		return ""
	}
	whose := "其他支部"
	if sameBranch(p.LikeActivity, p.Activity) {
		whose = "本支部"
	}
	_, m := p.LikeActivity.Parts()
	return fmt.Sprintf("与%s%d年%s的照片相似", whose, m.Year, m.Chinese())
}
