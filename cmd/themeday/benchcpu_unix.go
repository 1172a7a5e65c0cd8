//go:build !windows

package main

import (
	"time"

	"golang.org/x/sys/unix"
)

// cpuTime is what this process has used of the processors, its own and the system's for it; false where nobody tells.
func cpuTime() (time.Duration, bool) {
	var u unix.Rusage
	if err := unix.Getrusage(unix.RUSAGE_SELF, &u); err != nil {
		return 0, false
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano()), true
}
