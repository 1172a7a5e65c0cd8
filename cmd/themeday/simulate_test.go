package main

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"themeday"
	"themeday/templates"
)

// shortSeeds is how many small houses are simulated for a month, with all troubles; `themeday simulate` runs more and bigger ones.
const shortSeeds = 150

func TestNoPromiseIsBrokenInAnySimulatedMonth(t *testing.T) {
	seeds := shortSeeds
	if testing.Short() {
		seeds = 10
	}
	texts, err := templates.LoadPosts("")
	if err != nil {
		t.Fatal(err)
	}
	dir, todo := t.TempDir(), make(chan uint64)
	var workers sync.WaitGroup
	var mu sync.Mutex
	var sum simulated
	for range runtime.NumCPU() {
		workers.Go(func() {
			for seed := range todo {
				out, err := simulation{seed: seed, months: 1, small: true, texts: texts}.run(seedFolder(dir, seed))
				if err != nil {
					t.Error(err)
				} else if out.Found != nil {
					t.Errorf("seed %d: %+v\n%s\nthe last lines of the log:\n%s", seed, out.Found, out.script(out.config), strings.Join(out.log, "\n"))
				}
				_ = os.RemoveAll(seedFolder(dir, seed))
				mu.Lock()
				sum.Steps, sum.Lives, sum.Struck, sum.Posts = sum.Steps+out.Steps, sum.Lives+out.Lives, sum.Struck+out.Struck, sum.Posts+out.Posts
				mu.Unlock()
			}
		})
	}
	for seed := range uint64(seeds) {
		todo <- seed + 1
	}
	close(todo)
	workers.Wait()
	if sum.Lives < 2*seeds || sum.Struck < seeds || sum.Posts < 20*seeds {
		t.Errorf("too little happened in %d seeds: %d steps, %d lives, %d troubles, %d posts", seeds, sum.Steps, sum.Lives, sum.Struck, sum.Posts)
	}
}

func TestTheSameSeedIsTheSameRun(t *testing.T) {
	dir := t.TempDir()
	var runs [2]simulated
	for i := range runs {
		out, err := simulation{seed: 7, months: 1, small: true}.run(filepath.Join(dir, "run", string(rune('a'+i))))
		if err != nil {
			t.Fatal(err)
		}
		runs[i] = out
	}
	if !reflect.DeepEqual(runs[0], runs[1]) {
		t.Errorf("%+v\n%+v", runs[0], runs[1])
	}
}

// brokenRecovery is a program that sends once more what a killed process was sending.
type brokenRecovery struct{ themeday.Tx }

func (b brokenRecovery) MarkPost(p themeday.Post) error {
	if p.State == themeday.Unknown {
		p.State, p.Note = themeday.Waiting, "once more"
	}
	return b.Tx.MarkPost(p)
}

// forgetfulStore loses a sign-in now and then, with its entry or without.
type forgetfulStore struct {
	themeday.Tx
	signins *int
}

func (f forgetfulStore) PutSignIn(s themeday.SignIn) error {
	if *f.signins++; *f.signins%5 == 0 {
		return nil
	}
	return f.Tx.PutSignIn(s)
}

// silentStore loses them with their entries.
type silentStore struct{ forgetfulStore }

func (f silentStore) AddEntry(e themeday.Entry) error {
	if e.Noun == "signin" && (*f.signins+1)%5 == 0 {
		return nil
	}
	return f.Tx.AddEntry(e)
}

// talkative tells the group why somebody is away.
type talkative struct{ themeday.Tx }

func (b talkative) Activity(id themeday.ActivityID) (themeday.Activity, bool, error) {
	a, there, err := b.Tx.Activity(id)
	if err != nil {
		return a, there, err
	}
	leaves, err := b.Leaves(id)
	for _, l := range leaves {
		a.Place = l.Reason
	}
	return a, there, err
}

// hasty skips the approval.
type hasty struct{ themeday.Tx }

func (b hasty) PutActivity(a themeday.Activity) error {
	if a.Done(themeday.Noticing) {
		a.Steps[themeday.Approving-1] = themeday.StepDone{}
	}
	return b.Tx.PutActivity(a)
}

// doubleVote takes every ballot twice.
type doubleVote struct{ themeday.Tx }

func (b doubleVote) AddBallot(ballot themeday.Ballot) error {
	if err := b.Tx.AddBallot(ballot); err != nil {
		return err
	}
	ballot.Key += "2"
	return b.Tx.AddBallot(ballot)
}

// careless lets reminders fall without a word.
type careless struct{ themeday.Tx }

func (b careless) PutPost(p themeday.Post) error {
	if p.Kind == themeday.Reminder {
		p.State = themeday.Dropped
	}
	return b.Tx.PutPost(p)
}

func TestABrokenProgramIsFoundOut(t *testing.T) {
	signins := 0
	for _, c := range []struct {
		name   string
		tamper func(themeday.Tx) themeday.Tx
		rules  []string
	}{
		{"it sends again what a killed process was sending", func(tx themeday.Tx) themeday.Tx { return brokenRecovery{tx} }, []string{"twice", "sent", "deadline"}},
		{"it loses a sign-in", func(tx themeday.Tx) themeday.Tx { return forgetfulStore{tx, &signins} }, []string{"lost", "ledger"}},
		{"it loses a sign-in with its entry", func(tx themeday.Tx) themeday.Tx { return silentStore{forgetfulStore{tx, &signins}} }, []string{"lost"}},
		{"it tells a group of a reason", func(tx themeday.Tx) themeday.Tx { return talkative{tx} }, []string{"privacy"}},
		{"it skips a step", func(tx themeday.Tx) themeday.Tx { return hasty{tx} }, []string{"steps"}},
		{"it counts a ballot twice", func(tx themeday.Tx) themeday.Tx { return doubleVote{tx} }, []string{"ballots", "chain"}},
		{"it drops a reminder without a word", func(tx themeday.Tx) themeday.Tx { return careless{tx} }, []string{"reason"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for seed := range uint64(40) {
				signins = 0
				out, err := simulation{seed: seed, months: 1, small: true, tamper: c.tamper}.run(filepath.Join(t.TempDir(), "seed"))
				if err != nil {
					t.Fatal(err)
				}
				if out.Found == nil {
					continue
				}
				if !slices.Contains(c.rules, out.Found.Rule) {
					t.Errorf("found %+v, want one of %v", out.Found, c.rules)
				}
				return
			}
			t.Error("no seed finds it")
		})
	}
}

func TestAScriptOfAFoundSeedFindsTheSameAndIsShort(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "seed")
	tamper := func(tx themeday.Tx) themeday.Tx { return hasty{tx} }
	var out simulated
	for seed := uint64(1); out.Found == nil; seed++ {
		var err error
		if out, err = (simulation{seed: seed, months: 1, small: true, tamper: tamper}).run(dir); err != nil {
			t.Fatal(err)
		}
	}
	config, err := simulatedConfig(dir, out.config)
	if err != nil {
		t.Fatal(err)
	}
	small := out.shrink(dir, config, tamper, 60)
	path := filepath.Join(dir, "script.txt")
	if err := os.WriteFile(path, small.script(out.config), 0o600); err != nil {
		t.Fatal(err)
	}
	_, deeds, err := readDeeds(path, config.Zone())
	if err != nil {
		t.Fatal(err)
	}
	again, err := replay(dir, filepath.Join(dir, "again"), config, deeds, tamper, nil)
	if err != nil || again.Found == nil || again.Found.Rule != out.Found.Rule || len(deeds) > 25 {
		t.Errorf("%d deeds find %+v, want %+v in at most 25; %v", len(deeds), again.Found, out.Found, err)
	}
	code, _, errs := start(t, "rehearse", path) // the player of rehearsals takes it as well
	if code != exitDone {
		t.Errorf("rehearse: exit %d: %s", code, errs)
	}
}

func TestEveryDeedIsReadAsItWasWritten(t *testing.T) {
	zone := defaultConfig().Zone()
	at := time.Date(2026, 3, 13, 14, 10, 5, 0, zone)
	deeds := []deed{
		{ScriptStep: ScriptStep{Verb: Say, Group: "一支部群", Name: "张三", Text: "#接龙\n签到\n1. 张三"}},
		{ScriptStep: ScriptStep{Verb: Say, Name: "张三", Text: `请假 a\b`}},
		{ScriptStep: ScriptStep{Verb: Say, Group: "一支部群", Name: "张三", Text: "签到", Quoted: true}},
		{ScriptStep: ScriptStep{Verb: Say, Group: "一支部群", Name: "张三", File: "photo-1.png", Image: true}},
		{ScriptStep: ScriptStep{Verb: Rename, Group: "一支部群", Name: "张三", To: "小鸟"}},
		{ScriptStep: ScriptStep{Verb: Offline, For: 5 * time.Hour}},
		{ScriptStep: ScriptStep{Verb: Import, File: "roster-1.csv"}},
		{ScriptStep: ScriptStep{Verb: Restart}, Trouble: "crash 17 5m"},
		{ScriptStep: ScriptStep{Verb: Wait}, Trouble: "send 2 unknown-gone"},
		{ScriptStep: ScriptStep{Verb: Repeat}, Trouble: "again 3"},
		{ScriptStep: ScriptStep{Verb: Relogin}},
	}
	for i := range deeds {
		deeds[i].At = at.Add(time.Duration(i) * time.Second)
	}
	path := filepath.Join(t.TempDir(), "script.txt")
	if err := os.WriteFile(path, simulated{deeds: deeds}.script(""), 0o600); err != nil {
		t.Fatal(err)
	}
	_, got, err := readDeeds(path, zone)
	if err != nil {
		t.Fatal(err)
	}
	for i := range got {
		got[i].Line = 0
	}
	if !reflect.DeepEqual(got, deeds) {
		t.Errorf("got  %+v\nwant %+v", got, deeds)
	}
}

func TestSimulateTellsWhatItDid(t *testing.T) {
	var out, errs bytes.Buffer
	p := Program{In: strings.NewReader(""), Out: &out, Err: &errs, Now: time.Now}
	if code := p.Run(t.Context(), []string{"simulate", "--seeds", "2", "--from", "5", "--out", t.TempDir(), "--json"}); code != exitDone {
		t.Fatalf("exit %d: %s", code, errs.String())
	}
	if lines := strings.Split(strings.TrimSpace(out.String()), "\n"); len(lines) != 2 || !strings.HasPrefix(lines[0], `{"seed":5,"steps":`) {
		t.Error(out.String())
	}
	if code, _, _ := start(t, "simulate", "--seeds", "0"); code != exitUsage {
		t.Errorf("exit %d", code)
	}
}

func BenchmarkAMonthOfARandomHouse(b *testing.B) {
	for seed := uint64(1); b.Loop(); seed++ {
		if out, err := (simulation{seed: seed, months: 1, small: true}).run(b.TempDir()); err != nil || out.Found != nil {
			b.Fatal(out.Found, err)
		}
	}
}
