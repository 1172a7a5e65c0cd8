package themeday

import (
	"slices"
	"strings"
	"time"
)

// Hearer is who hears a digest: a branch's secretary, or somebody of the committee.
type Hearer struct {
	Branch BranchID // the secretary's; empty for the committee
	Person PersonID
}

// hears tells whether a post goes to him.
func (h Hearer) hears(p Post) bool {
	if h.Branch != "" {
		return p.To == ToSecretary || p.To == ToPerson && p.Person == h.Person
	}
	return p.To == ToPerson && p.Person == h.Person
}

// Concerns tells whether something is his: the secretary's own branch's, or an exception for the committee; nobody of the committee is told of
// the branch that he leads himself.
func (h Hearer) Concerns(p Pending) bool {
	if h.Branch != "" {
		return p.Secretary && p.Branch.ID == h.Branch
	}
	return p.Committee && p.Leader != h.Person && !slices.Contains(p.NotFor, h.Person)
}

// How long something is left out of a digest that he has heard already.
const (
	ownPostFor   = 24 * time.Hour      // after a post of its own
	digestAgain  = 20 * time.Hour      // after a digest, when it is pressing: it comes every day
	digestUrgent = 48 * time.Hour      // so long before its deadline it is pressing
	digestSlack  = 4 * time.Hour       // digests come at an hour of the day, give or take
	digestGiven  = 30 * 24 * time.Hour // so long overdue it stands in 情况 alone
)

// Digester picks what digests say, from what waits at an instant. It reads the posts of a branch once.
type Digester struct {
	desk  Desk
	open  []Pending
	at    time.Time
	posts map[BranchID][]Post
}

// NewDigester is for the digests of an instant.
func (d Desk) NewDigester(open []Pending, at time.Time) *Digester {
	return &Digester{desk: d.At(at), open: open, at: at, posts: map[BranchID][]Post{}}
}

// Open is all that waits.
func (g *Digester) Open() []Pending { return g.open }

// since are a branch's posts that somebody may have heard; an empty branch is those of no single one.
func (g *Digester) since(tx Tx, b BranchID) ([]Post, error) {
	if all, there := g.posts[b]; there {
		return all, nil
	}
	all, err := tx.WordsBetween(b, g.at.AddDate(0, 0, -g.desk.Rules.DigestRepeatDays-1), g.desk.Day(g.at).AddDays(1).Start(g.desk.Zone))
	g.posts[b] = all
	return g.posts[b], err
}

// Items picks what somebody is told in a digest, of what concerns him: not what a post of its own says on the day or has said within a day, and
// what he was told before only when it is pressing, else after some days.
func (g *Digester) Items(tx Tx, h Hearer) ([]Pending, error) {
	digests, err := g.since(tx, h.Branch)
	if err != nil {
		return nil, err
	}
	if h.Branch != "" { // a secretary who is of the committee hears both sides in one, which is of no single branch
		both, err := g.since(tx, "")
		if err != nil {
			return nil, err
		}
		digests = slices.Concat(digests, both)
	}
	var out []Pending
	for _, p := range g.open {
		if p.Past || !h.Concerns(p) || !p.Due.IsZero() && g.at.Sub(p.Due) > digestGiven {
			continue
		}
		posts, err := g.since(tx, p.Branch.ID)
		if err != nil {
			return nil, err
		}
		if !g.desk.toldToday(h, p, posts, digests, g.at) {
			out = append(out, p)
		}
	}
	return out, nil
}

// toldToday tells whether it needs no word today.
func (d Desk) toldToday(h Hearer, p Pending, posts, digests []Post, at time.Time) bool {
	tomorrow := d.Day(at).AddDays(1).Start(d.Zone)
	var last time.Time
	for _, post := range slices.Concat(posts, ofAll(digests)) {
		if !h.hears(post) || !p.toldBy(post) || post.Branch == "" && !d.covers(post, p) {
			continue
		}
		switch {
		case post.State == Sent && p.turned(post.SentAt, at):
			continue // it said that there was time
		case post.State == Waiting && !post.Due.Before(at) && post.Due.Before(tomorrow):
			return true
		case post.State == Sent && at.Sub(post.SentAt) < ownPostFor:
			return true
		case post.State == Sent && post.SentAt.After(last):
			last = post.SentAt
		}
	}
	for _, post := range digests {
		if post.Kind == Digest && post.State == Sent && h.hears(post) && post.SentAt.After(last) && slices.Contains(strings.Split(post.Arg, "\n"), p.Key) {
			last = post.SentAt
		}
	}
	if last.IsZero() || p.turned(last, at) {
		return false
	}
	if p.pressing(at) {
		return at.Sub(last) < digestAgain
	}
	return at.Sub(last) < time.Duration(d.Rules.DigestRepeatDays)*24*time.Hour-digestSlack
}

// turned tells whether it became overdue between two instants: that is news, whatever was said of it before.
func (p Pending) turned(last, at time.Time) bool {
	return !p.Due.IsZero() && last.Before(p.Due) && !at.Before(p.Due)
}

// pressing is what is due soon, and what the committee alone has let wait.
func (p Pending) pressing(at time.Time) bool {
	left := p.Due.Sub(at)
	return !p.Due.IsZero() && left >= 0 && left < digestUrgent || !p.Calm && p.Committee && !p.Secretary && !p.Since.IsZero() && at.Sub(p.Since) > SlowApproval
}

// ofAll are the posts that tell the committee of all branches that wait for it.
func ofAll(posts []Post) (out []Post) {
	for _, p := range posts {
		if p.Kind.OfAll() && p.Branch == "" {
			out = append(out, p)
		}
	}
	return out
}

// covers tells whether a post of all branches names what waits: what is overdue for longer than it reminds of is not in it any more.
func (d Desk) covers(post Post, p Pending) bool {
	most := 0
	switch post.Kind {
	case RecordOverdue:
		most = d.Rules.RecordOverdueMax
	case RectifyOverdue:
		most = d.Rules.RectifyOverdueMax
	default:
		return true
	}
	days := RecordOverdueDays(post.Planned, p.Due, d.Zone)
	return days >= 1 && days <= most
}

// toldBy tells whether a post says the same. That of all branches names those that wait when it goes out.
func (p Pending) toldBy(post Post) bool {
	if post.Kind.OfAll() && post.Branch == "" {
		return slices.Contains(p.Kinds, post.Kind) && (post.State == Waiting || !post.SentAt.Before(p.Since))
	}
	return slices.Contains(p.Kinds, post.Kind) && (p.Activity == "" || post.Activity == "" || p.Activity == post.Activity) &&
		(post.To != ToSecretary || p.About == Bot || post.Person == Bot || p.About == post.Person)
}

// Keys are the keys of what is pending, as a post keeps them.
func Keys(all []Pending) string {
	keys := make([]string, len(all))
	for i, p := range all {
		keys[i] = p.Key
	}
	return strings.Join(keys, "\n")
}

// Among keeps what stands among keys.
func Among(all []Pending, keys string) []Pending {
	have := strings.Split(keys, "\n")
	var out []Pending
	for _, p := range all {
		if slices.Contains(have, p.Key) {
			out = append(out, p)
		}
	}
	return out
}
