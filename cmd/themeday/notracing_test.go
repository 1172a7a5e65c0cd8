//go:build fifty && !race

package main

// racing: the race detector does not watch this run.
const racing = false
