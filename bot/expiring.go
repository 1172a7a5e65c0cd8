package bot

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"themeday"
)

// expire gives a post up; its note keeps what held it until now.
func (s *Sender) expire(p *themeday.Post) {
	p.State = themeday.Dropped
	if p.Note == "" {
		p.Note = themeday.ExpiredNote
	} else {
		p.Note = themeday.ExpiredNote + "; before: " + p.Note
	}
	s.expired = append(s.expired, *p)
}

// tellExpired tells the operator what was given up since it was told last: a line for one post, and one line for many, which an old database has. The
// note of each says more.
func (s *Sender) tellExpired() {
	all := s.expired
	s.expired = nil
	if len(all) == 0 {
		return
	}
	kinds := map[themeday.Kind]int{}
	for _, p := range all {
		kinds[p.Kind]++
	}
	byKind := slices.SortedFunc(maps.Keys(kinds), func(a, b themeday.Kind) int { return cmp.Or(kinds[b]-kinds[a], cmp.Compare(a, b)) })
	if s.Lost != nil {
		for _, k := range byKind {
			s.Lost(k)
		}
	}
	if len(all) == 1 {
		p := all[0]
		s.Log.Warn("post dropped: expired", "kind", p.Kind, "key", p.Key, "tries", p.Tries, "note", p.Note)
		return
	}
	var counts []string
	for _, k := range byKind {
		counts = append(counts, fmt.Sprintf("%s %d", k, kinds[k]))
	}
	first := slices.MinFunc(all, func(a, b themeday.Post) int { return a.Due.Compare(b.Due) })
	s.Log.Warn("posts dropped: expired", "posts", len(all), "kinds", strings.Join(counts, ", "), "first_due", first.Due)
}
