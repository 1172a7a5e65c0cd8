package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"
)

// resident is how many MB of memory the process holds: what the system says on Linux, elsewhere what the runtime has taken and not given back.
func resident() float64 {
	debug.FreeOSMemory()
	return residentNow()
}

func residentNow() float64 {
	if text, err := os.ReadFile("/proc/self/statm"); err == nil {
		if fields := strings.Fields(string(text)); len(fields) > 1 {
			if pages, err := strconv.ParseFloat(fields[1], 64); err == nil {
				return pages * float64(os.Getpagesize()) / (1 << 20)
			}
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return float64(m.Sys-m.HeapReleased) / (1 << 20)
}

// peakOf is the most memory that is held while a job runs.
func peakOf(job func() error) (most float64, err error) {
	stop := make(chan struct{})
	var watch sync.WaitGroup
	watch.Go(func() {
		tick := time.NewTicker(5 * time.Millisecond)
		defer tick.Stop()
		for {
			most = max(most, residentNow())
			select {
			case <-stop:
				return
			case <-tick.C:
			}
		}
	})
	err = job()
	close(stop)
	watch.Wait()
	return most, err
}
