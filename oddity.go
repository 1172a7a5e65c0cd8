package themeday

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Oddity is something about an activity that is worth a look (疑点, R33): a question with the two things to hold side by side, and no verdict.
// Nothing follows from it by itself.
type Oddity struct {
	Activity ActivityID
	What     string
	This     string // the one thing
	That     string // the other
}

const (
	oddSignIns = 3  // sign-ins of an activity from which one hand is worth a look
	oddBallots = 10 // ballots from which full marks of all are
	oddExcerpt = 30 // characters of minutes that are shown
	oddShort   = 10 // characters from which short minutes that are the same word for word are
)

// Oddities gives what is odd about the activities of a branch in the twelve months up to an instant, by month.
func (d Desk) Oddities(tx Tx, b BranchID, at time.Time) ([]Oddity, error) {
	all, err := d.OdditiesOf(tx, []BranchID{b}, at)
	return all[b], err
}

// OdditiesOf gives it of several branches; the minutes of all are read once.
func (d Desk) OdditiesOf(tx Tx, branches []BranchID, at time.Time) (map[BranchID][]Oddity, error) {
	w := oddWatcher{desk: d, tx: tx, wanted: map[BranchID]bool{}, out: map[BranchID][]Oddity{}}
	for _, b := range branches {
		w.wanted[b] = true
	}
	if err := w.load(at); err != nil {
		return w.out, err
	}
	for i, r := range w.read {
		if !w.wanted[r.Branch] {
			continue
		}
		for _, look := range []func(int) error{w.pictures, w.minutes, w.signIns, w.twoPlaces, w.ballots, w.form, w.length} {
			if err := look(i); err != nil {
				return w.out, err
			}
		}
	}
	return w.out, nil
}

// oddWatcher looks for what is odd among the activities of a year.
type oddWatcher struct {
	desk     Desk
	tx       Tx
	names    map[PersonID]string
	leaders  map[PersonID]bool
	came     map[ActivityID][]SignIn // who was there himself, as far as it was read
	branches []Branch
	wanted   map[BranchID]bool
	read     []readActivity // by month
	out      map[BranchID][]Oddity
}

// readActivity is an activity that began, with the shingles of its minutes.
type readActivity struct {
	Activity
	minutes  string
	shingles []uint64
	words    string // of short minutes, which have no shingles: what they say, without marks and blanks
}

func (w *oddWatcher) load(at time.Time) (err error) {
	if w.names, err = namesByID(w.tx); err != nil {
		return err
	}
	if err := w.loadLeaders(); err != nil {
		return err
	}
	if w.branches, err = w.tx.Branches(); err != nil {
		return err
	}
	now := w.desk.Day(at).MonthOf()
	all, err := w.tx.AllActivities(now.Add(-11), now)
	if err != nil {
		return err
	}
	for _, a := range all {
		if !a.Dated() || a.BeginAt().After(at) {
			continue
		}
		lines, err := w.tx.Minutes(a.ID)
		if err != nil {
			return err
		}
		var said []string
		for _, l := range lines {
			said = append(said, l.Text)
		}
		r := readActivity{Activity: a, minutes: strings.Join(said, "\n")}
		if r.shingles = Shingles(r.minutes); r.shingles == nil {
			if said := strings.Join(wordsIn(r.minutes), " "); utf8.RuneCountInString(r.minutes) >= oddShort {
				r.words = said
			}
		}
		w.read = append(w.read, r)
	}
	return nil
}

func (w *oddWatcher) odd(a Activity, what, this, that string) {
	w.out[a.Branch] = append(w.out[a.Branch], Oddity{Activity: a.ID, What: what, This: this, That: that})
}

// pictures: a photo that looks like one of another activity.
func (w *oddWatcher) pictures(i int) error {
	a := w.read[i].Activity
	all, err := w.tx.Pictures(a.ID)
	for _, p := range all {
		if p.Use == forActivity && p.LikeActivity != "" {
			w.odd(a, "照片与另一次活动的相似", fmt.Sprintf("%s的照片（%s，%s发）", activityChinese(a.ID), w.names[p.Person], w.clock(p.At)), activityChinese(p.LikeActivity)+"的照片")
		}
	}
	return err
}

// minutes: nearly those of another branch.
func (w *oddWatcher) minutes(i int) error {
	a := w.read[i]
	for _, o := range w.read {
		if o.Branch == a.Branch {
			continue
		}
		if a.words != "" && a.words == o.words {
			w.odd(a.Activity, "记录与别的支部一字不差", activityChinese(a.ID)+"：“"+excerpt(a.minutes)+"”", activityChinese(o.ID)+"：“"+excerpt(o.minutes)+"”")
			continue
		}
		if Similar(a.shingles, o.shingles) {
			w.odd(a.Activity, "记录与别的支部几乎相同", activityChinese(a.ID)+"：“"+excerpt(a.minutes)+"”", activityChinese(o.ID)+"：“"+excerpt(o.minutes)+"”")
		}
	}
	return nil
}

// signIns: all entered by one person within a minute.
func (w *oddWatcher) signIns(i int) error {
	a := w.read[i].Activity
	all, err := w.tx.SignIns(a.ID)
	if err != nil || len(all) < oddSignIns {
		return err
	}
	first, last, paper := all[0], all[len(all)-1], true // they come by time entered
	for _, s := range all {
		if s.By != first.By {
			return nil
		}
		paper = paper && s.How == Paper
	}
	if last.Entered.Sub(first.Entered) <= time.Minute {
		w.odd(a, "签到由一个人在一分钟内录入", fmt.Sprintf("%s签到%d人，都由%s在%s录入", activityChinese(a.ID), len(all), w.names[first.By], w.clock(first.Entered)),
			yes(paper, "纸质签到册原件", "活动现场照片"))
	}
	return nil
}

// ballots: so many, and all of them full marks. Other marks that agree are no question: to say so would tell everybody's ballot, while of full
// marks the means have told it already.
func (w *oddWatcher) ballots(i int) error {
	a := w.read[i].Activity
	r, out, err := w.desk.rated(w.tx, a)
	if err != nil || !out || r.Tally.Raters < oddBallots {
		return err
	}
	for _, sum := range r.Tally.Sums {
		if sum != 5*r.Tally.Raters {
			return nil
		}
	}
	w.odd(a, "测评全是满分", fmt.Sprintf("%s%d票满意率100%%，四项均分都是5.0", activityChinese(a.ID), r.Tally.Raters), "同一活动的记录和总结")
	return nil
}

// form: summed up or filed before the activity was over; or before its planned end, by another hand than the one that said it was over.
func (w *oddWatcher) form(i int) error {
	a := w.read[i].Activity
	ended := a.Steps[Holding-1].By
	early := func(at time.Time, by PersonID) bool {
		return !at.IsZero() && (at.Before(a.EndAt()) || at.Before(a.Ends) && by != ended && by != Bot && ended != Bot)
	}
	end := activityChinese(a.ID) + "活动" + w.clock(a.EndAt()) + "结束"
	if a.EndAt().Before(a.Ends) {
		end += fmt.Sprintf("（计划%s结束", w.clock(a.Ends))
		if ended != Bot {
			end += "，由" + w.names[ended] + "宣布"
		}
		end += "）"
	}
	by := func(p PersonID) string { return yes(w.names[p] != "" && p != Bot, "由"+w.names[p], "") }
	switch done := a.Steps[Summing-1]; {
	case early(a.Filed, a.FiledBy):
		w.odd(a, "纪实表在活动结束前上报", "纪实表"+w.clock(a.Filed)+by(a.FiledBy)+"上报", end)
	case early(done.At, done.By):
		w.odd(a, "总结在活动结束前写好", "总结"+w.clock(done.At)+by(done.By)+"写好", end)
	}
	return nil
}

// length: shorter than half a day (R02).
func (w *oddWatcher) length(i int) error {
	a := w.read[i].Activity
	if w.desk.Shortened(a) {
		w.odd(a, "实际时间不足半天", fmt.Sprintf("%s%s开始，%s结束", activityChinese(a.ID), w.clock(a.BeginAt()), w.clock(a.Ended)), "计划"+w.clock(a.Starts)+"开始，"+w.clock(a.Ends)+"结束")
	}
	return nil
}

func (w *oddWatcher) clock(at time.Time) string {
	return w.desk.Day(at).Chinese() + w.desk.Local(at).Format(" 15:04")
}

// activityChinese names an activity in a sentence: 第一支部3月.
func activityChinese(id ActivityID) string {
	b, m := id.Parts()
	return string(b) + m.Chinese()
}

func excerpt(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if rs := []rune(text); len(rs) > oddExcerpt {
		return string(rs[:oddExcerpt]) + "…"
	}
	return text
}
