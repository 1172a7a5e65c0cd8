//go:build fifty && race

package main

// racing: the race detector watches this run.
const racing = true
