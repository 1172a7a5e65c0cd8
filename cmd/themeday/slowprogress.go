package main

import "time"

// slowProgress shows how far work has come once it takes more than a second; short work stays without a word.
type slowProgress struct {
	progress
	begin func() progress
	now   func() time.Time
	began time.Time
}

func (s *session) slowProgress(total int, what string) *slowProgress {
	return &slowProgress{begin: func() progress { return newProgress(s.Program, total, what) }, now: s.Now, began: s.Now()}
}

func (p *slowProgress) set(n int) {
	if p.begin != nil && p.now().Sub(p.began) > time.Second {
		p.progress, p.begin = p.begin(), nil
	}
	p.progress.set(n)
}
