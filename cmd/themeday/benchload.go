package main

import (
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// load is how work was done.
type load struct {
	rate float64 // a second
	cpu  float64 // µs a message; 0 where nobody tells
}

// saturate does n jobs, so many at a time, as fast as they go.
func saturate(n, flight int, job func(i int) error) (load, error) {
	var next atomic.Int64
	var failed onceError
	var all sync.WaitGroup
	used, _ := cpuTime()
	began := time.Now()
	for range min(flight, n) {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && !failed.is(); i = int(next.Add(1)) - 1 {
				failed.take(job(i))
			}
		})
	}
	all.Wait()
	took := time.Since(began)
	now, _ := cpuTime()
	return load{rate: float64(n) / took.Seconds(), cpu: float64((now - used).Microseconds()) / float64(n)}, failed.err
}

// offered begins n jobs at a steady pace, whether those before are done or not, and gives how long half of them and all but one in a hundred took, in ms.
func offered(n, aSecond int, job func(i int) error) (p50, p99 float64, err error) {
	took := make([]time.Duration, n)
	var failed onceError
	var all sync.WaitGroup
	began := time.Now()
	for i := range n {
		time.Sleep(time.Until(began.Add(time.Duration(i) * time.Second / time.Duration(aSecond))))
		all.Go(func() {
			from := time.Now()
			failed.take(job(i))
			took[i] = time.Since(from)
		})
	}
	all.Wait()
	slices.Sort(took)
	ms := func(part int) float64 { return float64(took[min(n*part/100, n-1)].Nanoseconds()) / 1e6 }
	return ms(50), ms(99), failed.err
}

// onceError keeps the first error of several goroutines.
type onceError struct {
	mu  sync.Mutex
	err error
}

func (e *onceError) take(err error) {
	if err == nil {
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.err == nil {
		e.err = err
	}
}

func (e *onceError) is() bool {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.err != nil
}
