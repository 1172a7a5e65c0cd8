package main

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"

	"themeday"
)

// look goes over what has changed since the last look, and now and then over everything.
func (j *judge) look(everything bool) {
	if j.w.house == nil || j.found != nil {
		return
	}
	if leak := j.w.log.leak; leak != "" {
		j.finds("privacy", "the log tells what is private: %s", leak)
	}
	j.view(func(tx themeday.Tx) error {
		if err := j.ledger(tx); err != nil {
			return err
		}
		if everything {
			if err := j.all(tx); err != nil {
				return err
			}
		}
		for _, id := range inOrder(j.touched) {
			if err := j.activity(tx, id); err != nil {
				return err
			}
		}
		return nil
	})
	if j.looks++; everything || j.seldom == 0 || j.looks%j.seldom == 0 {
		j.remembered(everything)
		clear(j.branches)
	}
	clear(j.touched)
	if !everything || j.found != nil {
		return
	}
	v, err := j.w.house.Store.Verify(context.Background(), "")
	if err != nil {
		j.finds("read", "verify: %v", err)
	} else if v.Bad != nil {
		j.finds("chain", "%s", v.Bad.What)
	}
}

func inOrder[K ~string](set map[K]bool) []K {
	all := make([]K, 0, len(set))
	for k := range set {
		all = append(all, k)
	}
	slices.Sort(all)
	return all
}

// afterStart: what was acknowledged before a crash is there after it.
func (j *judge) afterStart() {
	j.view(func(tx themeday.Tx) error {
		if j.head.Entry == 0 {
			return nil
		}
		there, err := tx.HeadAt(j.head)
		if err == nil && !there {
			j.finds("lost", "after a crash the chain has not the head %s any more, up to entry %d of which facts were acknowledged", j.head.Short(), j.head.Entry)
		}
		if err == nil && j.moved {
			err, j.moved = j.forgets(tx), false
		}
		return err
	})
}

// ledger reads the entries that were added.
func (j *judge) ledger(tx themeday.Tx) error {
	head, err := tx.Head()
	if err != nil || head == j.head {
		return err
	}
	if head.Entry < j.head.Entry {
		j.finds("lost", "the ledger ends at entry %d, and entry %d was there", head.Entry, j.head.Entry)
		return nil
	}
	var fresh []themeday.Entry
	for seq := head.Entry; seq > j.head.Entry; {
		e, there, err := tx.LastEntry(seq)
		if err != nil {
			return err
		}
		if !there || e.Seq <= j.head.Entry {
			break
		}
		fresh = append(fresh, e)
		seq = e.Seq - 1
	}
	j.head = head
	for _, e := range slices.Backward(fresh) {
		j.entry(e)
	}
	return nil
}

// byPeople are the kinds of facts that only somebody's message, or the operator, can bring about.
var byPeople = []string{"signin", "leave", "minute", "check", "comment", "objection", "picture", "claim", "guest", "fixedday", "required"}

// entry: no fact without a message that somebody sent.
func (j *judge) entry(e themeday.Entry) {
	j.entries++
	if e.Activity != "" {
		j.touched[e.Activity] = true
	}
	if e.Branch != "" {
		j.branches[e.Branch] = true
	}
	what := fmt.Sprintf("entry %d (%s %s %s)", e.Seq, e.Verb, e.Noun, e.Key)
	switch {
	case e.Message != "" && !j.said[e.Message]:
		j.finds("source", "%s names message %s, which nobody sent", what, e.Message)
	case e.Message == "" && e.By != themeday.Bot && e.Noun != "refused": // by what message a ballot came nobody may find
		j.finds("source", "%s is by person %d and names no message", what, e.By)
	case e.Message == "" && slices.Contains(byPeople, e.Noun) && e.Verb != "import roster":
		j.finds("source", "%s has neither a message nor a person", what)
	case e.Entered.IsZero() || e.Noun == "" || e.Key == "":
		j.finds("source", "%s does not say when or what", what)
	}
	if e.Noun == "signin" {
		key := e.Key
		if j.there[key] = e.After != nil; e.After == nil {
			j.undone[key] = true
			delete(j.signed, key)
		}
	}
}

// activity looks at one activity.
func (j *judge) activity(tx themeday.Tx, id themeday.ActivityID) error {
	a, there, err := tx.Activity(id)
	if err != nil || !there {
		return err
	}
	for s := themeday.Approving; s <= themeday.Summing; s++ {
		switch {
		case !a.Done(s) || a.Done(s-1):
		case s == themeday.Reporting: // also where nobody signed in
		case s == themeday.SigningIn && !j.quiet(4*time.Hour): // who is there is signed in, also while the network does not take the call
		default:
			j.finds("steps", "%s has step %s without %s", id, s, s-1)
		}
	}
	signins, err := tx.SignIns(id)
	if err != nil {
		return err
	}
	rows := map[string]bool{}
	for _, s := range signins {
		key := fmt.Sprintf("%s/%d", id, s.Person)
		rows[key] = true
		if !j.there[key] {
			j.finds("ledger", "the sign-in %s stands in no entry", key)
		}
	}
	for key, is := range j.there {
		if is && strings.HasPrefix(key, string(id)+"/") && !rows[key] {
			j.finds("ledger", "the sign-in %s is gone without an entry", key)
		}
	}
	for key := range j.signed {
		if strings.HasPrefix(key, string(id)+"/") && !rows[key] {
			j.finds("lost", "the acknowledged sign-in %s is not there", key)
		}
	}
	if a.Dated() {
		if err := j.tally(tx, a, signins); err != nil {
			return err
		}
	}
	return j.ballots(tx, id)
}

// tally: the program's own figures are the sum of the facts.
func (j *judge) tally(tx themeday.Tx, a themeday.Activity, signins []themeday.SignIn) error {
	want, err := j.count(tx, a.ID)
	if err != nil {
		return err
	}
	roster, err := tx.Roster(a.Branch, j.w.house.Desk.Day(a.Starts))
	if err != nil {
		return err
	}
	leaves, err := tx.Leaves(a.ID)
	if err != nil {
		return err
	}
	t := themeday.Count(roster, signins, leaves)
	if got := (figuresOf{t.Due, t.Present, t.Remote, t.Leave, t.Absent}); got != want || t.Due != t.Present+t.Remote+t.Leave+t.Absent || len(t.Attending)+len(t.OnLeave)+len(t.Absentees) != t.Due {
		j.finds("tally", "%s: the tally says %+v, the facts say %+v", a.ID, got, want)
	}
	return nil
}

// ballots: as many ballots as people who voted.
func (j *judge) ballots(tx themeday.Tx, id themeday.ActivityID) error {
	voters, err := tx.Voters(id)
	if err != nil {
		return err
	}
	ballots, err := tx.Ballots(id)
	if err != nil {
		return err
	}
	own := 0
	for _, b := range ballots {
		if !b.Outside {
			own++
		}
	}
	if own != voters {
		j.finds("ballots", "%s has %d ballots of %d people", id, own, voters)
	}
	return nil
}

// all looks at every activity and every post.
func (j *judge) all(tx themeday.Tx) error {
	today := j.w.house.Desk.Day(j.w.now).MonthOf()
	all, err := tx.AllActivities(today.Add(-3), today.Add(2))
	if err != nil {
		return err
	}
	for _, a := range all {
		j.touched[a.ID] = true
		if err := j.deadlines(tx, a); err != nil {
			return err
		}
	}
	branches, err := tx.Branches()
	if err != nil {
		return err
	}
	for _, b := range append(branches, themeday.Branch{}) {
		if b.ID != "" {
			j.branches[b.ID] = true
		}
		posts, err := tx.PostsOf(b.ID)
		if err != nil {
			return err
		}
		for _, p := range posts {
			j.post(p)
		}
	}
	return nil
}

// quiet tells whether nothing has kept posts from going out for a while.
func (j *judge) quiet(span time.Duration) bool { return j.w.now.Sub(j.w.calm) > span }

// post: what is due is sent, dropped with a reason, or waits with one.
func (j *judge) post(p themeday.Post) {
	switch p.State {
	case themeday.Waiting:
		if j.quiet(2*time.Hour) && p.Due.Before(j.w.now.Add(-2*time.Hour)) {
			j.finds("deadline", "the post %s was due at %s and neither went out nor says why", p.Key, j.w.house.Desk.Local(p.Due).Format("2006-01-02 15:04"))
		}
	case themeday.Sending:
		if j.quiet(time.Hour) { // else its mark could not be written yet
			j.finds("sending", "the post %s stands as being sent, and nothing is being sent", p.Key)
		}
	case themeday.Sent:
		if j.out[p.Key+"#0"] == 0 {
			j.finds("sent", "the post %s stands as sent, and never went out", p.Key)
		}
		if p.SentAt.IsZero() {
			j.finds("sent", "the post %s stands as sent, and nobody knows when", p.Key)
		}
	case themeday.Dropped, themeday.Failed, themeday.Unknown:
		if p.Note == "" {
			j.finds("reason", "the post %s is %s without a reason", p.Key, p.State)
		}
	default:
		j.finds("reason", "the post %s stands as %q", p.Key, p.State)
	}
}

// deadlines: what the regulation asks of the bot is planned, sent, or dropped with a reason.
func (j *judge) deadlines(tx themeday.Tx, a themeday.Activity) error {
	if !a.Dated() || !a.Approved() || !j.quiet(4*time.Hour) {
		return nil
	}
	desk := j.w.house.Desk
	rules := desk.For(a).Rules
	day := desk.Local(a.Starts).AddDate(0, 0, -rules.NoticeDays)
	notice := time.Date(day.Year(), day.Month(), day.Day(), 9, 0, 0, 0, day.Location())
	if at := a.Steps[themeday.Approving-1].At; at.After(notice) {
		notice = at
	}
	for _, d := range []struct {
		kind themeday.Kind
		due  time.Time
		owed bool
	}{
		{themeday.Notice, notice, notice.Before(a.Starts)},
		{themeday.SignInOpen, a.SignInOpens(rules), a.Done(themeday.Noticing)},
		{themeday.Attendance, a.Starts.Add(rules.AttendanceAfter), a.Done(themeday.Noticing)},
		{themeday.EvaluationOpened, a.Ends, a.Done(themeday.Noticing)},
		{themeday.EvaluationResult, a.Closes, a.Done(themeday.Evaluating)},
	} {
		if !d.owed || d.due.IsZero() || j.w.now.Before(d.due.Add(4*time.Hour)) {
			continue
		}
		posts, err := tx.ActivityPosts(a.ID, d.kind)
		if err != nil {
			return err
		}
		if len(posts) == 0 {
			j.finds("deadline", "%s: there is no %s, which was due at %s", a.ID, d.kind, desk.Local(d.due).Format("2006-01-02 15:04"))
		}
	}
	return nil
}

// remembered: what the writing connection has in mind is what stands in the database.
func (j *judge) remembered(everything bool) {
	if j.found != nil || len(j.branches) == 0 && !everything {
		return
	}
	branches, activities := inOrder(j.branches), inOrder(j.touched)
	account := j.w.net.Account()
	read := func(tx themeday.Tx) (all []any, names []string, err error) {
		keep := func(name string, v any, e error) {
			if err == nil {
				err = e
			}
			all, names = append(all, v), append(names, name)
		}
		people, e := tx.People()
		keep("people", people, e)
		places, e := tx.Memberships()
		keep("memberships", places, e)
		if everything {
			list, e := tx.Branches()
			keep("branches", list, e)
			guides, e := tx.Guides()
			keep("guides", guides, e)
			bindings, e := tx.Bindings(account)
			keep("bindings", bindings, e)
			stuck, e := tx.StuckPosts()
			keep("stuck posts", stuck, e)
		}
		month := j.w.house.Desk.Day(j.w.now).MonthOf()
		for _, b := range branches {
			known, e := tx.Activities(b, month.Add(-3), month.Add(12))
			keep("activities of "+string(b), known, e)
			waiting, e := tx.PostsOf(b, themeday.Waiting)
			keep("planned posts of "+string(b), waiting, e)
			fixed, _, e := tx.FixedDay(b)
			keep("fixed day of "+string(b), fixed, e)
			filings, e := tx.FilingsOf(b)
			keep("filings of "+string(b), filings, e)
			objections, e := tx.Objections(b)
			keep("objections of "+string(b), objections, e)
		}
		for _, id := range activities {
			signins, e := tx.SignIns(id)
			keep("sign-ins of "+string(id), signins, e)
			leaves, e := tx.Leaves(id)
			keep("leaves of "+string(id), leaves, e)
			makeups, e := tx.Makeups(id)
			keep("make-ups of "+string(id), makeups, e)
			guests, e := tx.Guests(id)
			keep("guests of "+string(id), guests, e)
			claims, e := tx.Claims(id)
			keep("claims of "+string(id), claims, e)
		}
		return all, names, err
	}
	var committed, known []any
	var names []string
	j.view(func(tx themeday.Tx) (err error) {
		committed, names, err = read(tx)
		return err
	})
	err := j.w.house.Store.Update(context.Background(), func(tx themeday.Tx) (err error) {
		known, _, err = read(tx)
		return err
	})
	if err != nil {
		j.finds("read", "%v", err)
		return
	}
	for i := range names {
		if i < len(committed) && i < len(known) && !same(committed[i], known[i]) {
			j.finds("remembered", "%s: the writing connection remembers what is not there:\n%+v\n%+v", names[i], known[i], committed[i])
			return
		}
	}
}

// same compares lists; none and an empty one are the same.
func same(a, b any) bool {
	x, y := reflect.ValueOf(a), reflect.ValueOf(b)
	if x.Kind() == reflect.Slice && x.Len() == 0 && y.Len() == 0 {
		return true
	}
	return reflect.DeepEqual(a, b)
}

// standing is what was true before a message was handed over.
type standing struct {
	signable themeday.ActivityID // the activity for which a sign-in by this message has to be taken
	person   themeday.PersonID
}

// before tells what has to come of a message: a plain sign-in of a known member in his group, while sign-ins are taken.
func (j *judge) before(m themeday.Message) (s standing) {
	if m.Group == "" || m.Quoted || m.Text != "签到" && m.Text != "到" {
		return s
	}
	j.view(func(tx themeday.Tx) error {
		branches, err := tx.Branches()
		if err != nil {
			return err
		}
		i := slices.IndexFunc(branches, func(b themeday.Branch) bool { return b.Group == m.Group })
		if i < 0 {
			return nil
		}
		desk := j.w.house.Desk
		today := desk.Day(m.At)
		roster, err := tx.Roster(branches[i].ID, today)
		if err != nil {
			return err
		}
		people, err := tx.People()
		if err != nil {
			return err
		}
		bearers := 0
		for _, p := range people {
			if p.Name == m.From.Remark {
				bearers++
			}
		}
		for _, c := range roster {
			if c.Name == m.From.Remark && bearers == 1 && c.Counts() {
				s.person = c.ID
			}
		}
		a, there, err := tx.Activity(themeday.ActivityOf(branches[i].ID, today.MonthOf()))
		if err != nil || !there || s.person == 0 || !a.Dated() || !a.Approved() || a.Code != "" {
			return err
		}
		if m.At.Before(a.SignInOpens(desk.For(a).Rules)) || !m.At.Before(a.EndAt()) {
			return nil
		}
		s.signable = a.ID
		return nil
	})
	return s
}

// acknowledged: the message was taken, so its fact is there.
func (j *judge) acknowledged(m themeday.Message, s standing) {
	if s.signable == "" || j.aside[m.ID] || j.found != nil {
		return
	}
	key := fmt.Sprintf("%s/%d", s.signable, s.person)
	j.view(func(tx themeday.Tx) error {
		all, err := tx.SignIns(s.signable)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(all, func(in themeday.SignIn) bool { return in.Person == s.person }) {
			if j.undone[key] { // said again after it was taken back
				return nil
			}
			j.finds("lost", "message %s was acknowledged and the sign-in %s is not there", m.ID, key)
			return nil
		}
		j.signed[key] = true
		return nil
	})
	j.touched[s.signable] = true
}
