package main

import (
	"context"
	"io"
	"testing"
)

// BenchmarkStart is a start from nothing to the first answer in a house of 20,000 members.
func BenchmarkStart(b *testing.B) {
	o := &bench{program: &Program{Err: io.Discard}, dir: b.TempDir()}
	w := &benchWorld{branches: 667, members: 30, at: stormAt, meets: spreadStart}
	dir, err := o.lay(context.Background(), w, true)
	if err != nil {
		b.Fatal(err)
	}
	var took, idle, peak series
	b.ResetTimer()
	for b.Loop() {
		if err := o.start(context.Background(), w, dir, &took, &idle, &peak); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(took.median(), "ms-first-answer")
	b.ReportMetric(idle.median(), "MB-idle")
	b.ReportMetric(peak.median(), "MB-peak")
}
