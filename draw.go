package themeday

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
)

// The draw of 抽查 (R30) is f(seed, head, date) of texts and whole numbers alone, so that anybody recomputes it with SHA-256 and a pencil.
// README.md has it as fifteen lines of Python; a change here is another draw and needs another name.

// SeedCommitment is what is published of a secret seed beforehand: SHA-256 of its 64 hex digits as text.
func SeedCommitment(seed string) string { return sha256Hex(seed) }

// DrawKey mixes what nobody can choose together: the seed that was fixed beforehand, the ledger's head of the moment, and the day.
func DrawKey(seed, head string, on Date) string {
	return sha256Hex(seed + "\n" + head + "\n" + on.String())
}

// DrawWeighted draws n different places of a list of weights, each at least 1: number i of the row is the first eight bytes, big-endian, of
// SHA-256 of "key/i". One that lies beyond the greatest multiple of the weights' sum that fits is passed over; of another the remainder by the
// sum falls into the weight of one place, counted in the list's order. The place drawn leaves the list, and the row goes on.
func DrawWeighted(key string, weights []int, n int) []int {
	left := make([]uint64, len(weights))
	var sum uint64
	for i, w := range weights {
		left[i] = uint64(max(w, 1))
		sum += left[i]
	}
	var drawn []int
	for i := 0; len(drawn) < n && sum > 0; i++ {
		x := drawNumber(key, i)
		if over := (^uint64(0)%sum + 1) % sum; x > ^uint64(0)-over { // over is 2^64 modulo the sum
			continue
		}
		at := fallsInto(left, x%sum)
		drawn, sum, left[at] = append(drawn, at), sum-left[at], 0
	}
	return drawn
}

// fallsInto is the place in whose weight a number below the sum lies.
func fallsInto(weights []uint64, x uint64) int {
	for i, w := range weights {
		if x < w {
			return i
		}
		x -= w
	}
	return -1 // of a number that is not below the sum
}

func drawNumber(key string, i int) uint64 {
	sum := sha256.Sum256([]byte(fmt.Sprintf("%s/%d", key, i)))
	return binary.BigEndian.Uint64(sum[:8])
}

func sha256Hex(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
