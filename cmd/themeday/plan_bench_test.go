package main

import (
	"context"
	"io"
	"testing"
	"time"
)

// BenchmarkPlanning is the first planning of a house, a branch at a time, for profiles.
func BenchmarkPlanning(b *testing.B) {
	o := &bench{program: &Program{Err: io.Discard}, dir: b.TempDir()}
	w := &benchWorld{branches: b.N, members: 30, at: stormAt, meets: func(int) time.Time { return benchDay(13, 14, 0) }}
	dir, err := o.lay(context.Background(), w, false)
	if err != nil {
		b.Fatal(err)
	}
	h, err := openBench(dir, newBenchNetwork(w.network), false)
	if err != nil {
		b.Fatal(err)
	}
	defer h.Close()
	b.ReportAllocs()
	b.ResetTimer()
	if err := h.plan(context.Background(), stormAt); err != nil {
		b.Fatal(err)
	}
}
