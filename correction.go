package themeday

import (
	"encoding/json"
	"fmt"
	"time"
)

// Correction is a change of what the record form says, after it was filed (R33).
type Correction struct {
	Version int
	At      time.Time
	By      string
	What    string // in Chinese; no reasons
	Routine bool   // make-up study that takes its course
}

// corrections are the changes after the filing and the form's version: that of the newest filing, or one more when something has been
// corrected since.
func (f *formFiller) corrections(entries []Entry) ([]Correction, int) {
	var out []Correction
	filed, version := 0, 1
	for _, e := range entries {
		_, form, ok := bothOf[FiledForm](e)
		switch {
		case e.Noun == nounForm && ok:
			filed = max(filed, form.Version)
			version = filed
		case filed == 0 && files(e):
			filed = 1
		case filed > 0:
			for _, what := range f.changed(e) {
				version = filed + 1
				out = append(out, Correction{Version: version, At: f.local(e.Entered), By: f.name(e.By), What: what, Routine: e.Noun == nounMakeup})
			}
		}
	}
	return out, version
}

// files tells whether an entry is the filing itself.
func files(e Entry) bool {
	before, after, ok := bothOf[Activity](e)
	return e.Noun == nounActivity && ok && before.Filed.IsZero() && !after.Filed.IsZero()
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

// correctable are the facts of the form other than the activity itself, as a correction names them.
var correctable = map[string]string{
	nounSignIn: "签到", nounLeave: "请假", nounCheck: "现场检查", nounMinute: "活动记录", nounGuest: "列席", nounPicture: "照片", nounChange: "日期变更", nounComment: "点评",
}

// changed says what an entry changed of the form; nothing when the form does not show it.
func (f *formFiller) changed(e Entry) []string {
	var about struct{ Person PersonID }
	for _, side := range []json.RawMessage{e.Before, e.After} {
		_ = json.Unmarshal(side, &about) // facts about nobody name nobody
	}
	switch e.Noun {
	case nounActivity:
		return f.activityChanged(e)
	case nounMakeup:
		before, after, _ := bothOf[Makeup](e)
		if before.State == after.State {
			return nil
		}
		return []string{fmt.Sprintf("%s的补学：%s→%s", f.name(about.Person), orNone(before.State.Chinese()), orNone(after.State.Chinese()))}
	case nounObjection:
		if _, after, _ := bothOf[Objection](e); !after.Open() {
			return []string{f.name(about.Person) + "的异议：" + after.State.Chinese()}
		}
		return []string{f.name(about.Person) + "对记录提出异议"}
	}
	name, shown := correctable[e.Noun]
	switch {
	case !shown:
		return nil
	case about.Person != Bot:
		return []string{fmt.Sprintf("%s的%s有更正（%s）", f.name(about.Person), name, e.Verb)}
	}
	return []string{fmt.Sprintf("%s有更正（%s）", name, e.Verb)}
}

func (f *formFiller) activityChanged(e Entry) []string {
	before, after, ok := bothOf[Activity](e)
	if !ok {
		return nil
	}
	var out []string
	if before.Result.IsZero() && !after.Result.IsZero() {
		out = append(out, "测评截止，补入测评结果")
	}
	for _, t := range []struct {
		name          string
		before, after time.Time
	}{{"开始时间", before.Began, after.Began}, {"结束时间", before.Ended, after.Ended}} {
		if !t.before.Equal(t.after) {
			out = append(out, fmt.Sprintf("%s：%s→%s", t.name, f.clock(t.before), f.clock(t.after)))
		}
	}
	if before.Summary != after.Summary {
		out = append(out, "总结有更正")
	}
	if before.Host != after.Host {
		out = append(out, fmt.Sprintf("主持人：%s→%s", orNone(f.name(before.Host)), orNone(f.name(after.Host))))
	}
	if before.Recorder != after.Recorder {
		out = append(out, fmt.Sprintf("记录人：%s→%s", orNone(f.name(before.Recorder)), orNone(f.name(after.Recorder))))
	}
	return out
}

func (f *formFiller) clock(t time.Time) string {
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
