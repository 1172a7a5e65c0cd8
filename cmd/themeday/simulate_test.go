package main

import (
	"testing"
)

func BenchmarkAMonthOfARandomHouse(b *testing.B) {
	for b.Loop() {
		if out, err := (simulation{seed: 3, months: 1, small: true}).run(b.TempDir()); err != nil || out.Found != nil {
			b.Fatal(out.Found, err)
		}
	}
}
