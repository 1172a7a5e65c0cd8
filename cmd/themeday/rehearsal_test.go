package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// The scripts in testdata/rehearsals tell in remarks what has to come of them:
//
//	#> 2026-03-08 09:00 notice [第一支部] days_ahead=5 late=false
//
// is a post: its time, kind, chat and, as far as named, its data. Every post that is no answer stands there, in order.
//
//	#= 还没到时间
//
// after a message is a part of the answer to it, whose files stand in 〔〕; `#= -` is silence. A message without such a line may be answered as it may.
func TestTheRehearsalsComeOutAsTheyTell(t *testing.T) {
	scripts, err := filepath.Glob("testdata/rehearsals/*.txt")
	if err != nil || len(scripts) == 0 {
		t.Fatal("no scripts", err)
	}
	for _, path := range scripts {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txt"), func(t *testing.T) {
			t.Parallel()
			said := rehearsed(t, path)
			if again := rehearsed(t, path); !bytes.Equal(said, again) {
				t.Error("a second time it comes out differently")
			}
			compare(t, path, lines(t, said))
		})
	}
}

// start runs the program with arguments in this test's process and gives its exit code and what it wrote.
func start(t *testing.T, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	p := Program{In: strings.NewReader(""), Out: &o, Err: &e, Now: func() time.Time { return time.Date(2026, 3, 1, 2, 0, 0, 0, time.UTC) }}
	code = p.Run(context.Background(), args)
	return code, o.String(), e.String()
}

func rehearsed(t *testing.T, path string) []byte {
	t.Helper()
	code, out, errs := start(t, "rehearse", "--json", path)
	if code != exitDone || errs != "" {
		t.Fatalf("exit %d: %s", code, errs)
	}
	return []byte(out)
}

func lines(t *testing.T, said []byte) []Line {
	t.Helper()
	var all []Line
	for d := json.NewDecoder(bytes.NewReader(said)); d.More(); {
		var l Line
		if err := d.Decode(&l); err != nil {
			t.Fatal(err)
		}
		all = append(all, l)
	}
	return all
}

// compare holds a transcript against the remarks of its script.
func compare(t *testing.T, path string, all []Line) {
	t.Helper()
	posts, answers := expectations(t, path)
	next, heard := 0, -1
	for i, l := range all {
		switch {
		case l.Dir == "in":
			heard++
			if want := answers[heard]; len(want) > 0 {
				checkAnswer(t, l, want, all[i+1:])
			}
		case l.Kind != "reply":
			if next < len(posts) && posts[next].fits(l) {
				next++
				continue
			}
			want := "nothing more"
			if next < len(posts) {
				want = posts[next].text
				next++
			}
			t.Errorf("posted %s\n  want %s", shown(l), want)
		}
	}
	for _, p := range posts[next:] {
		t.Errorf("not posted: %s", p.text)
	}
}

// checkAnswer looks among the answers that follow a message at once.
func checkAnswer(t *testing.T, in Line, want []string, after []Line) {
	t.Helper()
	var got []string
	for _, l := range after {
		if l.Dir == "in" || l.Kind != "reply" || l.At != in.At {
			break
		}
		got = append(got, l.Text)
		for _, f := range l.Files {
			got = append(got, "〔"+f.Name+"〕")
		}
	}
	all := strings.Join(got, "\n")
	for _, w := range want {
		if w == "-" && all != "" {
			t.Errorf("%s %s: %q is answered: %s", in.At, in.Chat, in.Text, all)
		}
		if w != "-" && !strings.Contains(all, w) {
			t.Errorf("%s %s: %q is answered %q, want %q in it", in.At, in.Chat, in.Text, all, w)
		}
	}
}

// expected is a line that begins with #>.
type expected struct {
	text, at, kind, chat string
	data                 []string
}

// fits tells whether a post is the expected one.
func (e expected) fits(l Line) bool {
	if e.at != clock(l) || e.kind != l.Kind || e.chat != chat(l) {
		return false
	}
	have := figures(l)
	for _, d := range e.data {
		if !slices.Contains(have, d) {
			return false
		}
	}
	return true
}

func clock(l Line) string { return strings.Replace(l.At[:16], "T", " ", 1) }

func chat(l Line) string {
	if l.Private {
		return "(" + l.Chat + ")"
	}
	return "[" + l.Chat + "]"
}

// figures are the data of a post as key=value.
func figures(l Line) []string {
	data, _ := l.Data.(map[string]any)
	var out []string
	for k, v := range data {
		text, err := json.Marshal(v)
		if err != nil {
			continue
		}
		out = append(out, k+"="+strings.Trim(string(text), `"`))
	}
	for _, f := range l.Files {
		out = append(out, "file="+f.Name)
	}
	slices.Sort(out)
	return out
}

func shown(l Line) string {
	return fmt.Sprintf("%s %s %s %s", clock(l), l.Kind, chat(l), strings.Join(figures(l), " "))
}

// expectations reads the remarks of a script; the answers are counted by the messages before them.
func expectations(t *testing.T, path string) (posts []expected, answers map[int][]string) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	answers = map[int][]string{}
	said := -1
	for s := bufio.NewScanner(f); s.Scan(); {
		line := s.Text()
		if want, ok := strings.CutPrefix(line, "#= "); ok {
			answers[said] = append(answers[said], want)
		} else if want, ok := strings.CutPrefix(line, "#> "); ok {
			p := strings.Fields(want)
			if len(p) < 4 {
				t.Fatalf("%s: %q is no post", path, line)
			}
			posts = append(posts, expected{text: want, at: p[0] + " " + p[1], kind: p[2], chat: p[3], data: p[4:]})
		} else if isSpeech(line) {
			said++
		}
	}
	return posts, answers
}

// isSpeech tells whether a line of a script is something that somebody says.
func isSpeech(line string) bool {
	if line == "" || line[0] == '#' {
		return false
	}
	script, err := ReadScript(strings.NewReader(withTime(line)), time.UTC)
	return err == nil && len(script.Steps) == 1 && script.Steps[0].Verb == Say
}

// withTime makes a relative time one that can be read alone.
func withTime(line string) string {
	if line[0] != '+' {
		return line
	}
	_, rest := cutBlank(line)
	return "2026-01-01 00:00 " + rest
}

// BenchmarkAYearOfOneBranch plays a branch's twelve months, every member speaking.
func BenchmarkAYearOfOneBranch(b *testing.B) {
	for b.Loop() {
		p := Program{In: strings.NewReader(""), Out: io.Discard, Err: io.Discard, Now: time.Now}
		if code := p.Run(context.Background(), []string{"rehearse", "testdata/year.txt"}); code != exitDone {
			b.Fatal("exit", code)
		}
	}
}
