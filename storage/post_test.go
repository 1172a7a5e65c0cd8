package storage

import (
	"strings"
	"testing"
	"time"

	"themeday"
)

func put(t *testing.T, s *Store, posts ...themeday.Post) {
	t.Helper()
	update(t, s, func(tx themeday.Tx) error {
		for _, p := range posts {
			if err := tx.PutPost(p); err != nil {
				return err
			}
		}
		return nil
	})
}

func keys(posts []themeday.Post) string {
	var out []string
	for _, p := range posts {
		out = append(out, p.Key)
	}
	return strings.Join(out, " ")
}

func TestAPostIsOneAKeyAndComesBackWhole(t *testing.T) {
	s := opened(t)
	p := themeday.Post{
		Key: "notice/第一支部/2026-03/1", Kind: themeday.Notice, Branch: first, Activity: march, To: themeday.ToGroup, Person: zhang, Arg: "3",
		Due: start, Planned: start.Add(-time.Hour), Expires: start.Add(time.Hour), State: themeday.Waiting, Tries: 2, Said: 1,
	}
	put(t, s, p)
	p.State, p.SentAt, p.Text, p.Note = themeday.Sent, start.Add(time.Minute), "预告", "late"
	put(t, s, p)
	seen(t, s, func(tx themeday.Tx) (int, error) {
		got, ok, err := tx.Post(p.Key)
		same(t, "post", []any{got, ok}, []any{p, true})
		_, ok, _ = tx.Post("notice/第一支部/2026-03/2")
		same(t, "another is there", ok, false)
		return 0, err
	})
	same(t, "posts of the branch", keys(seen(t, s, func(tx themeday.Tx) ([]themeday.Post, error) { return tx.PostsOf(first) })), p.Key)
}

// many puts planned posts of several kinds and others in every state.
func many(t *testing.T) *Store {
	s := opened(t)
	post := func(key string, k themeday.Kind, after time.Duration, state themeday.PostState) themeday.Post {
		return themeday.Post{Key: key, Kind: k, Branch: first, Activity: march, To: themeday.ToGroup, Due: start.Add(after), State: state}
	}
	foreign := post("foreign", themeday.Reminder, time.Hour, themeday.Waiting)
	foreign.Branch, foreign.Activity = second, "第二支部/2026-03"
	put(t, s,
		post("progress", themeday.SignInProgress, -3*time.Minute, themeday.Waiting),
		post("open", themeday.SignInOpen, -2*time.Minute, themeday.Waiting),
		post("b", themeday.Reminder, -time.Minute, themeday.Waiting),
		post("a", themeday.Reminder, -time.Minute, themeday.Waiting),
		post("c", themeday.ForecastPost, -2*time.Minute, themeday.Waiting),
		post("notice", themeday.Notice, 0, themeday.Waiting),
		post("later", themeday.Notice, time.Nanosecond, themeday.Waiting),
		post("unknown", themeday.Notice, -time.Minute, themeday.Unknown),
		post("sending", themeday.Notice, -time.Hour, themeday.Sending),
		post("sent", themeday.Notice, -time.Hour, themeday.Sent),
		post("failed", themeday.Notice, -time.Hour, themeday.Failed),
		post("dropped", themeday.Notice, -time.Hour, themeday.Dropped),
		foreign)
	return s
}

func TestPostsAreListedInTheirOrder(t *testing.T) {
	s := many(t)
	for _, c := range []struct {
		what string
		read func(themeday.Tx) ([]themeday.Post, error)
		want string
	}{
		{"due: notices first, acknowledgements last, then due, then key", func(tx themeday.Tx) ([]themeday.Post, error) { return tx.DuePosts(start, 0) }, "notice open c a b progress"},
		{"the first three due", func(tx themeday.Tx) ([]themeday.Post, error) { return tx.DuePosts(start, 3) }, "notice open c"},
		{"none is due yet", func(tx themeday.Tx) ([]themeday.Post, error) { return tx.DuePosts(start.Add(-time.Hour), 9) }, ""},
		{"planned until now", func(tx themeday.Tx) ([]themeday.Post, error) { return tx.PlannedPosts(start) }, "progress c open a b notice"},
		{"planned in the next hour", func(tx themeday.Tx) ([]themeday.Post, error) { return tx.PlannedPosts(start.Add(time.Hour)) }, "progress c open a b notice later foreign"},
		{"stuck", themeday.Tx.StuckPosts, "sending unknown"},
		{"of the activity and a kind", func(tx themeday.Tx) ([]themeday.Post, error) { return tx.ActivityPosts(march, themeday.Reminder) }, "a b"},
		{"of the branch in two states", func(tx themeday.Tx) ([]themeday.Post, error) {
			return tx.PostsOf(first, themeday.Sent, themeday.Unknown)
		}, "sent unknown"},
		{"of the other branch", func(tx themeday.Tx) ([]themeday.Post, error) { return tx.PostsOf(second) }, "foreign"},
	} {
		same(t, c.what, keys(seen(t, s, c.read)), c.want)
	}
}

func TestTheNextPostIsTheEarliestPlannedOne(t *testing.T) {
	s := opened(t)
	next := func(tx themeday.Tx) ([]any, error) {
		at, ok, err := tx.NextDue()
		return []any{at, ok}, err
	}
	same(t, "next of none", seen(t, s, next), []any{time.Time{}, false})
	put(t, s, themeday.Post{Key: "sent", Due: start.Add(-time.Hour), State: themeday.Sent}, themeday.Post{Key: "b", Due: start.Add(time.Hour), State: themeday.Waiting},
		themeday.Post{Key: "a", Due: start, State: themeday.Waiting})
	same(t, "next", seen(t, s, next), []any{start, true})
}

func TestOnlyWhatWentToGroupsCountsAgainstThePace(t *testing.T) {
	s := opened(t)
	sent := func(key string, to themeday.Audience, after time.Duration) themeday.Post {
		return themeday.Post{Key: key, To: to, Due: start, State: themeday.Sent, SentAt: start.Add(after)}
	}
	put(t, s, sent("before", themeday.ToGroup, -1), sent("at", themeday.ToGroup, 0), sent("after", themeday.ToGroup, time.Minute), sent("by a clock that was ahead", themeday.ToGroup, 48*time.Hour), sent("private", themeday.ToPerson, time.Minute),
		themeday.Post{Key: "planned", To: themeday.ToGroup, Due: start, State: themeday.Waiting})
	same(t, "sent", seen(t, s, func(tx themeday.Tx) (int, error) { return tx.CountSent(start, start.Add(time.Hour)) }), 2)
}

func TestPlannedPostsOfAnActivityAreDroppedUnlessKept(t *testing.T) {
	s := many(t)
	update(t, s, func(tx themeday.Tx) error {
		return tx.DropPlanned(march, map[string]bool{"notice": true, "a": true, "b": false}, "改期")
	})
	same(t, "planned", keys(seen(t, s, func(tx themeday.Tx) ([]themeday.Post, error) { return tx.PlannedPosts(start.Add(time.Hour)) })), "a notice foreign")
	seen(t, s, func(tx themeday.Tx) (int, error) {
		for key, want := range map[string]string{"b": "dropped 改期", "open": "dropped 改期", "sent": "sent ", "sending": "sending ", "unknown": "unknown "} {
			p, _, err := tx.Post(key)
			if err != nil {
				return 0, err
			}
			same(t, key, string(p.State)+" "+p.Note, want)
		}
		return 0, nil
	})
}

func TestLookingForPlannedPostsDoesNotReadThoseThatWereSent(t *testing.T) {
	s := opened(t)
	for query, index := range map[string]string{
		plannedPosts: "SEARCH posts USING INDEX posts_planned (state=? AND due<?)",
		nextDue:      "SEARCH posts USING COVERING INDEX posts_planned (state=?)",
		stuckPosts:   "SEARCH posts USING INDEX posts_stuck (state=?)",
		countSent:    "SEARCH posts USING COVERING INDEX posts_sent (sent_at>? AND sent_at<?)",
	} {
		var plan []struct{ Detail string }
		if err := s.reader.Raw("EXPLAIN QUERY PLAN "+query, make([]any, strings.Count(query, "?"))...).Scan(&plan).Error; err != nil {
			t.Fatal(err)
		}
		if len(plan) == 0 || plan[0].Detail != index {
			t.Errorf("%s\nis answered by %v, want %s", query, plan, index)
		}
	}
}
