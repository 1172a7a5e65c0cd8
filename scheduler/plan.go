package scheduler

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"themeday"
)

// Facts are what the posts of one branch depend on.
type Facts struct {
	Branch     themeday.BranchID
	Activities []themeday.Activity               // by month
	Moved      map[themeday.ActivityID]time.Time // when the date of an activity was changed last
	Told       map[themeday.ActivityID]time.Time // when the secretary heard who is absent, of an activity of which 开始 or 结束 was taken back
	Committee  []themeday.PersonID               // of the committee (机关党委)
	Makeups    []themeday.Makeup
	Objections []themeday.Objection
	Rectify    []themeday.Rectification               // open ones
	Findings   []themeday.Found                       // open ones
	Required   []themeday.RequiredTopic               // compulsory topics that may still be planned in time
	FixedDay   bool                                   // the branch has one (R03)
	Filed      map[int]bool                           // the years whose plan is filed (R04)
	Judged     func(themeday.Activity) themeday.Rules // by which an activity is judged; nil: by those of today
}

// Plan gives every post that the facts call for, by due time and key: those of the activities, and those of this month, the one before and
// the one after. It says what should be said, not whether it has been: posts that are past stand in it too.
func Plan(f Facts, at time.Time, r themeday.Rules, s Schedule, zone *time.Location) []themeday.Post {
	p := &plan{Facts: f, rules: r, schedule: s, zone: zone}
	today := themeday.DateOf(at, zone)
	this := today.MonthOf()
	p.planMissing(this)
	p.planMissing(this.Next())
	p.notHeld(this.Prev())
	p.notHeld(this)
	p.filing(this.Year)
	p.filing(this.Year + 1)
	for _, a := range f.Activities {
		if a.Dated() {
			p.rules = p.judging(a, r)
			p.before(a)
			p.during(a)
			p.after(a)
		}
	}
	p.rules = r
	for _, m := range f.Makeups {
		p.makeup(m)
	}
	for _, r := range f.Rectify {
		p.rectify(r)
	}
	for _, t := range f.Required {
		p.topic(t)
	}
	for _, x := range f.Findings {
		p.finding(x)
	}
	for _, o := range f.Objections {
		p.objection(o)
	}
	slices.SortFunc(p.posts, func(a, b themeday.Post) int {
		return cmp.Or(a.Due.Compare(b.Due), cmp.Compare(a.Key, b.Key))
	})
	return p.posts
}

// plan is a plan while it is being made.
type plan struct {
	Facts
	rules    themeday.Rules
	schedule Schedule
	zone     *time.Location
	posts    []themeday.Post
}

// judging are the rules of an activity's day.
func (p *plan) judging(a themeday.Activity, today themeday.Rules) themeday.Rules {
	if p.Judged == nil {
		return today
	}
	return p.Judged(a)
}

// day is the calendar day of an instant.
func (p *plan) day(at time.Time) themeday.Date { return themeday.DateOf(at, p.zone) }

// add takes a post in, unless it would be useless by the time that it is due.
func (p *plan) add(post themeday.Post, due, expires time.Time) {
	if due.IsZero() || !due.Before(expires) {
		return
	}
	post.Branch, post.State = p.Branch, themeday.Waiting
	post.Due, post.Planned, post.Expires = due, due, expires
	p.posts = append(p.posts, post)
}

// toSecretary takes in a post that others get as well: his key says so.
func (p *plan) toSecretary(post themeday.Post, due, expires time.Time) {
	post.Key += "/secretary"
	post.To = themeday.ToSecretary
	p.add(post, due, expires)
}

// toCommittee takes in a post for everybody of the committee.
func (p *plan) toCommittee(post themeday.Post, due, expires time.Time) {
	for _, who := range p.Committee {
		each := post
		each.Key = fmt.Sprintf("%s/%d", post.Key, who)
		each.To, each.Person = themeday.ToPerson, who
		p.add(each, due, expires)
	}
}

// of is a post about an activity; its key holds the version of the date, so that a new date calls for it anew.
func of(a themeday.Activity, k themeday.Kind, to themeday.Audience) themeday.Post {
	key := fmt.Sprintf("%s/%s", k, a.ID)
	if a.Version > 1 {
		key = fmt.Sprintf("%s/v%d", key, a.Version)
	}
	switch k {
	case themeday.Attendance, themeday.Absent, themeday.EvaluationOpened, themeday.EvaluationResult:
		if a.Undone > 0 { // what followed from 开始 or 结束 comes anew
			key = fmt.Sprintf("%s/u%d", key, a.Undone)
		}
	}
	return themeday.Post{Key: key, Kind: k, Activity: a.ID, To: to}
}

// more adds to a post's key.
func more(post themeday.Post, part any) themeday.Post {
	post.Key = fmt.Sprintf("%s/%v", post.Key, part)
	return post
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
