package themeday_test

import (
	"fmt"
	"os"
	"os/exec"
	"reflect"
	"strings"
	"testing"
	"time"

	"themeday"
)

const (
	drawSeed = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
	drawHead = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
)

var drawDay = themeday.Date{Year: 2026, Month: time.March, Day: 5}

func TestASeedIsBoundByItsCommitment(t *testing.T) {
	if got, want := themeday.SeedCommitment(drawSeed), "2a8abfa8cb9906290437854193ca6bca41d4d4e26d1d454bd66a35158095e737"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// drawCases are golden: whoever changes the algorithm breaks draws that were published.
var drawCases = []struct {
	day     themeday.Date
	weights []int
	n       int
	want    []int
}{
	{drawDay, []int{1}, 1, []int{0}},
	{drawDay, []int{1, 1, 1}, 3, []int{2, 1, 0}},
	{drawDay, []int{120, 365, 30}, 1, []int{1}},
	{drawDay, []int{120, 365, 30}, 3, []int{1, 2, 0}},
	{drawDay.AddDays(1), []int{120, 365, 30}, 3, []int{1, 0, 2}},
	{drawDay, []int{1, 1000000, 1, 1, 1}, 2, []int{1, 4}},
	{drawDay, []int{3, 1, 4, 1, 5, 9, 2, 6, 5, 3}, 5, []int{5, 6, 7, 4, 9}},
	{drawDay, []int{7, 7}, 5, []int{0, 1}},
	{drawDay, nil, 1, nil},
}

func TestADrawFollowsFromItsFiguresAlone(t *testing.T) {
	for _, c := range drawCases {
		key := themeday.DrawKey(drawSeed, drawHead, c.day)
		for range 2 {
			if got := themeday.DrawWeighted(key, c.weights, c.n); !reflect.DeepEqual(got, c.want) {
				t.Errorf("%s %v %d: %v, want %v", c.day, c.weights, c.n, got, c.want)
			}
		}
	}
}

// TestTheREADMEDrawsTheSame runs the Python of README.md, where there is a Python.
func TestTheREADMEDrawsTheSame(t *testing.T) {
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("there is no python3")
	}
	for _, file := range []string{"README.md", "README.zh.md"} {
		program := pythonOf(t, file)
		for _, c := range drawCases {
			if len(c.weights) == 0 {
				continue
			}
			var weights []string
			for i, w := range c.weights {
				weights = append(weights, fmt.Sprintf("(%d, %d)", i, w))
			}
			call := fmt.Sprintf("\nprint(draw(%q, %q, %q, [%s], %d))\n", drawSeed, drawHead, c.day, strings.Join(weights, ", "), min(c.n, len(c.weights)))
			out, err := exec.Command(python, "-c", program+call).CombinedOutput()
			if want := strings.Join(strings.Fields(fmt.Sprint(c.want)), ", "); err != nil || strings.TrimSpace(string(out)) != want {
				t.Errorf("%s: %v %d draws %s (%v), want %s", file, c.weights, c.n, out, err, want)
			}
		}
	}
}

// TestABranchThatWaitedLongerIsDrawnMoreOften: of 10,000 draws of one, each share lies within four standard deviations of its weight's.
func TestABranchThatWaitedLongerIsDrawnMoreOften(t *testing.T) {
	const draws, sum = 10000, 10
	weights := []int{1, 2, 3, 4}
	var first [4]int
	for i := range draws {
		key := themeday.DrawKey(fmt.Sprintf("%064x", i), drawHead, drawDay)
		got := themeday.DrawWeighted(key, weights, 4)
		first[got[0]]++
		seen := map[int]bool{}
		for _, at := range got {
			seen[at] = true
		}
		if len(seen) != 4 {
			t.Fatalf("draw %d names one twice: %v", i, got)
		}
	}
	for i, w := range weights {
		want := draws * w / sum
		off := first[i] - want
		if variance := draws * w * (sum - w) / (sum * sum); off*off > 16*variance {
			t.Errorf("weight %d was drawn first %d times, want about %d", w, first[i], want)
		}
	}
}

// pythonOf is the one Python program of a file.
func pythonOf(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	_, after, ok := strings.Cut(string(text), "```python\n")
	program, _, closed := strings.Cut(after, "```")
	if !ok || !closed {
		t.Fatalf("%s has no Python program", file)
	}
	return program
}
