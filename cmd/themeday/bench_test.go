package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// benchFigures are the figures of a whole run, in their order.
var benchFigures = strings.Fields(`
	storm.saturated storm.saturated.insert storm.saturated.gorm storm.saturated.group storm.saturated.memory storm.in-groups storm.one-in-flight
	storm.p50-at-200 storm.p99-at-200 storm.cpu storm.cpu.group storm.commits-saturated storm.commits-alone storm.idle storm.peak
	chatter.rate chatter.cpu
	routing.talk routing.talk.switch routing.talk.allocations routing.long-talk routing.long-talk.switch routing.long-talk.allocations
	routing.traditional-talk routing.traditional-talk.switch routing.traditional-talk.allocations routing.command routing.command.switch
	routing.command.allocations routing.decorated-command routing.decorated-command.switch routing.decorated-command.allocations
	schedule.plan.branches schedule.plan.posts schedule.plan schedule.plan.a-branch schedule.at-once.due schedule.at-once.sent schedule.at-once
	schedule.empty-minute schedule.empty-minute.flat schedule.day.planned schedule.day.due schedule.day.sent schedule.day schedule.day.cpu
	start.one-branch.first-answer start.one-branch.first-answer.limit start.one-branch.idle start.one-branch.peak
	start.20000-members.first-answer start.20000-members.first-answer.limit start.20000-members.idle start.20000-members.peak
	start.10000-branches.first-answer start.10000-branches.first-answer.limit start.10000-branches.idle start.10000-branches.peak
	ledger.rows ledger.time ledger.peak ledger.peak.stream ledger.peak.flat`)

func TestAQuickBenchmarkMeasuresEverythingAndLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	code, out, errs := start(t, "bench", "--quick", "--json", "--dir", dir)
	var r benchReport
	if err := json.Unmarshal([]byte(out), &r); code != exitDone || errs != "" || err != nil {
		t.Fatal(code, errs, err, out)
	}
	if !r.Quick || r.Machine.CPUs < 1 || r.Machine.Go == "" {
		t.Errorf("%+v", r.Machine)
	}
	got := map[string]benchFigure{}
	for _, f := range r.Figures {
		got[f.Name] = f
		positive := f.Value > 0 || f.Value == 0 && f.Unit == "allocations"
		if f.Skipped == "" && (!positive || f.Unit == "" || f.Rounds < 1 || f.Yardstick != "" && (f.Against <= 0 || f.Ratio <= 0)) {
			t.Errorf("%+v", f)
		}
	}
	for _, name := range benchFigures {
		if _, there := got[name]; !there && !(strings.HasSuffix(name, ".group") || strings.HasSuffix(name, "-alone")) { // these go with another that is skipped
			t.Errorf("no %s", name)
		}
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left: %v %v", left, err)
	}
}

func TestOneBenchmarkAloneIsATableForPeople(t *testing.T) {
	code, out, errs := start(t, "bench", "--quick", "--only", "ledger", "--dir", t.TempDir())
	lines := strings.Split(out, "\n")
	if code != exitDone || errs != "" || !strings.HasPrefix(lines[0], "what") || !strings.HasPrefix(lines[1], "ledger.rows") || !strings.Contains(out, "too small to judge by") {
		t.Error(code, errs, out)
	}
}

func TestABenchmarkThatIsNotThereIsNamed(t *testing.T) {
	for args, want := range map[string]string{"--only dance": "there is no such benchmark; there are storm, chatter", "--db x.db": "--dir DIR"} {
		if code, _, errs := start(t, strings.Fields("bench "+args)...); code != exitUsage || !strings.Contains(errs, want) {
			t.Error(args, code, errs)
		}
	}
	if code, _, errs := start(t, "bench", "--dir", filepath.Join(t.TempDir(), "nowhere")); code != exitFailed || !strings.Contains(errs, "make a folder") {
		t.Error(code, errs)
	}
}

func TestTwoRoundsOfThreeDecideATarget(t *testing.T) {
	for _, c := range []struct {
		name     string
		of, yard series
		target   *benchTarget
		ratio    float64
		met      bool
	}{
		{"two are fast enough", series{10, 30, 30}, series{10, 10, 10}, atLeast(2.5), 3, true},
		{"one is fast enough", series{10, 30, 10}, series{10, 10, 10}, atLeast(2.5), 1, false},
		{"each is judged by its own round", series{10, 40, 20}, series{20, 20, 10}, atMost(2), 2, true},
		{"one round alone", series{8}, series{4}, atMost(1.5), 2, false},
	} {
		b := &bench{}
		b.beside("figure", "s", c.of, "yardstick", c.yard, c.target)
		if f := b.figures[0]; f.Ratio != c.ratio || *f.Met != c.met {
			t.Errorf("%s: %+v, met %v", c.name, f, *f.Met)
		}
	}
}

func TestFiguresAreWrittenWithThreeDigits(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 0.0123456: "0.0123", 0.5: "0.500", 1.234: "1.23", 12.34: "12.3", 123.4: "123", 12345: "12345", 0.00000001: "0.000000"} {
		if got := short(v); got != want {
			t.Errorf("%v is written %s, want %s", v, got, want)
		}
	}
}

func TestNobodyInABenchmarkSharesAName(t *testing.T) {
	seen := map[string]int{}
	for n := range 300_000 {
		if before, there := seen[benchName(n)]; there {
			t.Fatalf("%d and %d are both %s", before, n, benchName(n))
		}
		seen[benchName(n)] = n
	}
}

func TestASpreadHouseMeetsOnWorkingDays(t *testing.T) {
	for b := range 200 {
		if at := spreadMeets(b); at.Weekday() == time.Saturday || at.Weekday() == time.Sunday || at.Month() != time.March || at.Hour() < 9 || at.Hour() > 16 {
			t.Errorf("branch %d meets at %v", b, at)
		}
	}
}
