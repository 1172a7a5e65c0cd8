package themeday

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Correction is a change of what the record form says, after it was filed (R33): what stood there and what stands there now.
type Correction struct {
	Version int
	At      time.Time // in the desk's zone
	By      string
	What    string // in Chinese, long texts shortened; no reasons
	Whole   string // the same with its texts whole, for the ledger
	Routine bool   // make-up study that takes its course
	entry   Entry
}

// String says it with who made it and when.
func (k Correction) String() string {
	return fmt.Sprintf("%s（%s，%d月%d日 %s）", k.What, k.By, int(k.At.Month()), k.At.Day(), k.At.Format("15:04"))
}

// told is a change in words: short, and with its texts whole.
type told struct{ short, whole string }

func same(s string) told { return told{s, s} }

// shownOfText is how much of a text stands in a form and a post; the ledger has it whole.
const shownOfText = 60

// fromTo tells a change of a text.
func fromTo(name, before, after string) told {
	quoted := func(s string, most int) string {
		r := []rune(strings.Join(strings.Fields(s), " "))
		switch {
		case len(r) == 0:
			return orNone("")
		case len(r) > most:
			return "「" + string(r[:most]) + "……」"
		}
		return "「" + string(r) + "」"
	}
	whole := max(len(before), len(after))
	return told{
		short: name + "：" + quoted(before, shownOfText) + "→" + quoted(after, shownOfText),
		whole: name + "：" + quoted(before, whole) + "→" + quoted(after, whole),
	}
}

// corrector puts into words what was changed of an activity's form.
type corrector struct {
	d      Desk
	tx     Tx
	a      Activity
	roster BranchRoster
	name   func(PersonID) string
	came   map[int64]told // of entries about who came, by their numbers
}

// corrections are the changes after the filing and the form's version: that of the newest filing, or one more when something has been
// corrected since.
func (f corrector) corrections(entries []Entry) ([]Correction, int, error) {
	var out []Correction
	filed, version := 0, 1
	for i, e := range entries {
		_, form, ok := bothOf[FiledForm](e)
		switch {
		case e.Noun == nounForm && ok:
			filed = max(filed, form.Version)
			version = filed
		case filed == 0 && files(e):
			filed = 1
		case filed > 0:
			if f.came == nil {
				var err error
				if f.came, err = f.replay(entries[i:]); err != nil {
					return nil, 0, err
				}
			}
			for _, what := range f.changed(e) {
				version = filed + 1
				out = append(out, Correction{
					Version: version, At: f.d.Local(e.Entered), By: f.name(e.By), What: what.short, Whole: what.whole, Routine: e.Noun == nounMakeup, entry: e,
				})
			}
		}
	}
	return out, version, nil
}

// files tells whether an entry is the filing itself.
func files(e Entry) bool {
	if e.Noun != nounActivity {
		return false
	}
	before, after, ok := bothOf[Activity](e)
	return ok && before.Filed.IsZero() && !after.Filed.IsZero()
}

// bothOf reads what an entry changed; a missing side is the zero value.
func bothOf[T any](e Entry) (before, after T, ok bool) {
	for side, into := range map[*json.RawMessage]*T{&e.Before: &before, &e.After: &after} {
		if len(*side) > 0 && json.Unmarshal(*side, into) != nil {
			return before, after, false
		}
	}
	return before, after, true
}

// changed says what an entry changed of the form; nothing when the form does not show it.
func (f corrector) changed(e Entry) []told {
	switch e.Noun {
	case nounActivity:
		return f.activityChanged(e)
	case nounSignIn:
		if t, ok := f.came[e.Seq]; ok {
			return []told{t}
		}
	case nounLeave:
		before, after, _ := bothOf[Leave](e)
		if before.State != after.State {
			return []told{same(fmt.Sprintf("%s的请假：%s→%s", f.name(concerned(e)), orNone(before.State.Chinese()), orNone(after.State.Chinese())))}
		}
	case nounMakeup:
		before, after, _ := bothOf[Makeup](e)
		if before.State != after.State {
			return []told{same(fmt.Sprintf("%s的补学：%s→%s", f.name(concerned(e)), orNone(before.State.Chinese()), orNone(after.State.Chinese())))}
		}
	case nounMinute:
		before, after, _ := bothOf[Minute](e)
		return []told{fromTo(string(max(before.Kind, after.Kind)), before.Text, after.Text)}
	case nounCheck:
		before, after, _ := bothOf[Check](e)
		return []told{same(fmt.Sprintf("现场检查·%s：%s→%s", max(before.Item, after.Item), yes(before.Item == "", "未查", "已查"), yes(after.Item == "", "未查", "已查")))}
	case nounGuest:
		before, after, _ := bothOf[Guest](e)
		return []told{fromTo("列席", guestWords(before), guestWords(after))}
	case nounComment:
		before, after, _ := bothOf[Comment](e)
		return []told{fromTo(f.name(concerned(e))+"的点评", before.Text, after.Text)}
	case nounPicture:
		return pictureChanged(e)
	case nounChange:
		_, after, _ := bothOf[DateChange](e)
		return []told{same(fmt.Sprintf("日期：%s→%s", f.clock(after.From), f.clock(after.To)))}
	case nounObjection:
		if _, after, _ := bothOf[Objection](e); !after.Open() {
			return []told{same(f.name(concerned(e)) + "的异议：" + after.State.Chinese())}
		}
		return []told{same(f.name(concerned(e)) + "对记录提出异议")}
	}
	return nil
}

// concerned is whom an entry concerns; Bot when it is nobody.
func concerned(e Entry) PersonID {
	var who struct{ Person PersonID }
	for _, side := range []json.RawMessage{e.Before, e.After} {
		_ = json.Unmarshal(side, &who) // facts about nobody name nobody
	}
	return who.Person
}

func guestWords(g Guest) string {
	if g.Kind == "" {
		return g.Name
	}
	return g.Name + "（" + g.Kind + "）"
}

// pictureChanged tells of photos of the activity; notes of leaves and make-up studies are no part of the form.
func pictureChanged(e Entry) []told {
	before, after, _ := bothOf[Picture](e)
	switch {
	case before.Use != forActivity && after.Use != forActivity:
		return nil
	case before.ID == "":
		return []told{fromTo("照片（增加）", "", after.ID[:min(8, len(after.ID))]+" "+after.Caption)}
	case after.ID == "":
		return []told{fromTo("照片（删去）", before.ID[:min(8, len(before.ID))]+" "+before.Caption, "")}
	}
	return []told{fromTo("照片说明", before.Caption, after.Caption)}
}

func (f corrector) activityChanged(e Entry) []told {
	before, after, ok := bothOf[Activity](e)
	if !ok {
		return nil
	}
	var out []told
	if before.Result.IsZero() && !after.Result.IsZero() {
		out = append(out, same("测评截止，补入测评结果"))
	}
	for _, t := range []struct {
		name          string
		before, after time.Time
	}{{"开始时间", before.Began, after.Began}, {"结束时间", before.Ended, after.Ended}} {
		if !t.before.Equal(t.after) {
			out = append(out, same(fmt.Sprintf("%s：%s→%s", t.name, f.clock(t.before), f.clock(t.after))))
		}
	}
	list := func(s []string) string { return strings.Join(s, "；") }
	for _, t := range []struct{ name, before, after string }{
		{"主题", list(before.Topics), list(after.Topics)},
		{"内容", list(before.Content), list(after.Content)},
		{"结合内容", list(before.Links), list(after.Links)},
		{"同时计入", list(before.Meetings), list(after.Meetings)},
		{"地点", before.Place, after.Place},
		{"议程", list(before.Agenda), list(after.Agenda)},
		{"总结", before.Summary, after.Summary},
	} {
		if t.before != t.after {
			out = append(out, fromTo(t.name, t.before, t.after))
		}
	}
	for _, p := range []struct {
		name          string
		before, after PersonID
	}{{"主持人", before.Host, after.Host}, {"记录人", before.Recorder, after.Recorder}} {
		if p.before != p.after {
			out = append(out, same(fmt.Sprintf("%s：%s→%s", p.name, f.named(p.before), f.named(p.after))))
		}
	}
	return out
}

// named is somebody who was named for the activity; without one it is the one of the roster.
func (f corrector) named(p PersonID) string {
	if p == 0 {
		return "未另指定"
	}
	return f.name(p)
}

func (f corrector) clock(t time.Time) string {
	if t.IsZero() {
		return orNone("")
	}
	return f.d.When(t)
}

func orNone(s string) string {
	if s == "" {
		return "无"
	}
	return s
}
