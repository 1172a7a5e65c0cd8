package main

import (
	"context"
	"fmt"
	"io"
	"testing"
)

// BenchmarkSignIns is the house in a storm alone, for profiles: go test ./cmd/themeday -run '^$' -bench SignIns -benchtime 2560x -cpuprofile cpu.
// Beside its yardsticks it stands in themeday bench.
func BenchmarkSignIns(b *testing.B) {
	for _, flight := range []int{1, inFlight} {
		b.Run(fmt.Sprintf("flight=%d", flight), func(b *testing.B) {
			o := &bench{program: &Program{Err: io.Discard}, dir: b.TempDir()}
			w, dir, err := o.stormed(context.Background(), max(b.N, 5120))
			if err != nil {
				b.Fatal(err)
			}
			h, err := serveBench(context.Background(), dir, w, stormAt)
			if err != nil {
				b.Fatal(err)
			}
			defer h.end()
			if err := h.take(context.Background(), w.inGroup(0, "first", "大家好", h.now())); err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			b.ResetTimer()
			l, err := saturate(b.N, flight, func(i int) error {
				return h.take(context.Background(), w.private(i, fmt.Sprintf("message-%d", i), "签到", h.now()))
			})
			b.StopTimer()
			if err != nil {
				b.Fatal(err)
			}
			b.ReportMetric(l.cpu, "cpu-µs/op")
			if err := h.complete(context.Background(), w, b.N, b.N); err != nil {
				b.Fatal(err)
			}
		})
	}
}
