package themeday

import (
	"fmt"
	"strconv"
	"time"
)

// FiledForm is a record form as it was filed (上报, R22): its bytes are kept, and their sum stands in the ledger, so that a copy on paper or on
// somebody's computer can be told from another (R33).
type FiledForm struct {
	Activity ActivityID
	Version  int    // from 1
	SHA256   string // of the bytes, hex
	At       time.Time
	By       PersonID
}

// FormKeeper writes a record form as it is filed, keeps its bytes and gives their SHA-256 in hex. The same form gives the same bytes.
type FormKeeper interface {
	KeepForm(RecordForm) (sha256 string, err error)
	// FormFile is the file of kept bytes; an error when they are gone, or not what was kept.
	FormFile(sha256 string) (path string, err error)
}

// sealed refuses what would change a filed form by the way; a correction on purpose (更正) may (R22, R33).
func sealed(a Activity, c Cause, correction string) error {
	if a.Filed.IsZero() || c.Correcting {
		return nil
	}
	return Refuse(TooLate, R22, "%s纪实表已上报，不能再改。确需更正请书记发：更正 %s %s", a.Month.Chinese(), a.Month.Chinese(), correction)
}

// FileRecord files the record form with the committee (上报, R22): after all nine steps. What was corrected since is filed as a new version
// when it is asked for again (R33).
func (d Desk) FileRecord(tx Tx, c Cause, a Activity) (Activity, FiledForm, error) {
	if s, open := NextStep(a); open && a.Filed.IsZero() {
		return a, FiledForm{}, missingStep(a.asOver(c.At), s, "上报")
	}
	first := a.Filed.IsZero()
	if first {
		var err error
		if a, err = d.change(tx, c, a, "", func(n *Activity) error {
			n.Filed, n.FiledBy = c.At, c.By
			return nil
		}); err != nil {
			return a, FiledForm{}, err
		}
	}
	f, fresh, err := d.freeze(tx, c, a)
	if err == nil && !fresh {
		err = Refuse(Conflict, R22, "%s纪实表已于%s上报，之后没有更正", a.Month.Chinese(), d.WhenFrom(f.At, c.At))
	}
	return a, f, err
}

// freeze keeps the form as it stands and tells the committee, unless this version was filed already.
func (d Desk) freeze(tx Tx, c Cause, a Activity) (FiledForm, bool, error) {
	form, err := d.RecordForm(tx, a)
	if err != nil {
		return FiledForm{}, false, err
	}
	last, ok, err := d.LastFiled(tx, a.ID)
	if err != nil || ok && last.Version >= form.Version {
		return last, false, err
	}
	f := FiledForm{Activity: a.ID, Version: form.Version, At: c.At, By: c.By}
	if err := d.sealing(tx, &form, f); err != nil {
		return f, false, err
	}
	if d.Forms != nil {
		if f.SHA256, err = d.Forms.KeepForm(form); err != nil {
			return f, false, fmt.Errorf("keep the form of %s: %w", a.ID, err)
		}
	}
	if err := note(tx, c, a.ID, nounForm, fmt.Sprintf("%s/%d", a.ID, f.Version), nil, f, ""); err != nil {
		return f, false, err
	}
	if err := tx.PutFiledForm(f); err != nil {
		return f, false, err
	}
	return f, true, d.tellCommittee(tx, c, Post{
		Key: fmt.Sprintf("%s/%s/%d", RecordFiled, a.ID, f.Version), Kind: RecordFiled, Branch: a.Branch, Activity: a.ID, Arg: strconv.Itoa(f.Version),
	})
}

// sealing puts the filing itself into the form that is filed.
func (d Desk) sealing(tx Tx, form *RecordForm, f FiledForm) error {
	if form.Frozen() {
		return nil
	}
	people, err := namesByID(tx)
	form.Filings = append(form.Filings, FormFiling{Version: f.Version, At: d.Local(f.At), By: people[f.By]})
	return err
}

// filings are all filed versions of an activity's form, by version; one that was filed before their bytes were kept is the first.
func (d Desk) filings(tx Tx, a Activity) ([]FiledForm, error) {
	all, err := tx.FiledForms(a.ID)
	if !a.Filed.IsZero() && (len(all) == 0 || all[0].Version > 1) {
		all = append([]FiledForm{{Activity: a.ID, Version: 1, At: a.Filed, By: a.FiledBy}}, all...)
	}
	return all, err
}

// LastFiled is the newest version that was filed.
func (d Desk) LastFiled(tx Tx, a ActivityID) (FiledForm, bool, error) {
	all, err := tx.FiledForms(a)
	if err != nil || len(all) == 0 {
		return FiledForm{}, false, err
	}
	return all[len(all)-1], true, nil
}

// FiledVersion is a filed version, and what was corrected in it since the one before.
func (d Desk) FiledVersion(tx Tx, a Activity, version int) (f FiledForm, corrected []Correction, err error) {
	all, err := tx.FiledForms(a.ID)
	if err != nil {
		return f, nil, err
	}
	for _, one := range all {
		if one.Version == version {
			f = one
		}
	}
	form, err := d.RecordForm(tx, a)
	for _, k := range form.Corrections {
		if k.Version == version {
			corrected = append(corrected, k)
		}
	}
	return f, corrected, err
}

// Unfiled are the corrections that the newest filed version does not hold and that call for another filing; make-up study that takes its
// course is none.
func (d Desk) Unfiled(tx Tx, a Activity) ([]Correction, error) {
	if a.Filed.IsZero() {
		return nil, nil
	}
	last, ok, err := d.LastFiled(tx, a.ID)
	if err != nil {
		return nil, err
	}
	if !ok {
		last.Version = 1 // filed before the bytes were kept
	}
	form, err := d.RecordForm(tx, a)
	var out []Correction
	for _, k := range form.Corrections {
		if k.Version > last.Version && !k.Routine {
			out = append(out, k)
		}
	}
	return out, err
}

// FormName is the name under which a filed version of a form goes out.
func FormName(branch string, m YearMonth, version int) string {
	return fmt.Sprintf("%s%d年%s主题党日纪实表（第%d版）.docx", branch, m.Year, m.Chinese(), version)
}

// VersionName is what a version is called. Until it is filed it is a draft, whatever number it will bear.
func VersionName(version int, filed bool) string {
	return fmt.Sprintf("第%d版", max(version, 1)) + yes(filed, "", "（草稿，未上报）")
}

// FileName is the name under which the form goes out as it stands.
func (f RecordForm) FileName() string {
	if f.Frozen() {
		return FormName(f.Branch, f.Month, f.Version)
	}
	return fmt.Sprintf("%s%d年%s主题党日纪实表%s.docx", f.Branch, f.Month.Year, f.Month.Chinese(), VersionName(f.Version, false))
}
